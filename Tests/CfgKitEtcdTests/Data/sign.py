"""Signs requests as AWS's own library does. Reads a JSON object a line, and prints what the header Authorization is."""

import datetime
import json
import sys
from unittest import mock

from botocore import auth, awsrequest, credentials

for line in sys.stdin:
    asked = json.loads(line)
    request = awsrequest.AWSRequest("POST", f"https://{asked['host']}/", asked["headers"], asked["body"].encode())
    signer = auth.SigV4Auth(
        credentials.Credentials(asked["key"], asked["secret"], asked.get("token")), "secretsmanager", asked["region"]
    )
    moment = datetime.datetime.strptime(asked["time"], "%Y%m%dT%H%M%SZ")
    with mock.patch.object(auth, "get_current_datetime", lambda: moment):
        signer.add_auth(request)
    print(request.headers["Authorization"])
