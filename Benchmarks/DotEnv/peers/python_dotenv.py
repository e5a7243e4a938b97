"""python-dotenv without interpolation, which would be quadratic. usage: python_dotenv.py FILE RUNS"""
import io
import json
import sys
import time

from dotenv import dotenv_values

text = open(sys.argv[1], encoding="utf-8").read()
seconds = []
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    values = dotenv_values(stream=io.StringIO(text), interpolate=False)
    seconds.append(time.process_time() - start)
print(json.dumps({"seconds": seconds, "keys": len(values), "last": values["LAST_KEY"]}))
