"""direnv, a process for every run, its start and the printing of the values included. usage: direnv.py FILE RUNS"""
import json
import resource
import subprocess
import sys


def spent():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


seconds = []
for _ in range(int(sys.argv[2])):
    start = spent()
    output = subprocess.run(["direnv", "dotenv", "json", sys.argv[1]], check=True, stdout=subprocess.PIPE).stdout
    seconds.append(spent() - start)
values = json.loads(output)
print(json.dumps({"seconds": seconds, "keys": len(values), "last": values["LAST_KEY"]}))
