"""AWS Secrets Manager by moto, on a free port of this machine, until standard input ends. Prints the port and an access key as JSON.

moto checks the signature of every request afterwards, by botocore.
"""

import json
import sys
import urllib.request

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
url = f"http://127.0.0.1:{port}"
iam = boto3.client("iam", "us-east-1", endpoint_url=url, aws_access_key_id="any", aws_secret_access_key="any")
iam.create_user(UserName="test")
policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*"}}
iam.put_user_policy(UserName="test", PolicyName="all", PolicyDocument=json.dumps(policy))
key = iam.create_access_key(UserName="test")["AccessKey"]
urllib.request.urlopen(urllib.request.Request(f"{url}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}))
print(json.dumps({"port": port, "key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}), flush=True)
sys.stdin.read()
server.stop()
