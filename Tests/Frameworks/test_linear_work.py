"""What a hostile input costs, in instructions: a clock would decide by what else the machine does."""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from test_portable_values import PROBE

SIZE = 8_192


class LinearWork(unittest.TestCase):
    def test_twice_the_input_costs_at_most_2_2_times_as_much(self):
        if shutil.which("valgrind") is None:
            self.skipTest("valgrind is not on this machine")
        with tempfile.TemporaryDirectory(prefix="cfgkit-work-") as folder:
            done = subprocess.run(
                [
                    "valgrind", "--tool=callgrind", "--dump-after=*countedWork*", f"--callgrind-out-file={folder}/out", PROBE, "work", str(SIZE),
                ],
                capture_output=True, text=True, timeout=300,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            names = done.stdout.splitlines()
            # Each holds what was done since the one before: making an input, and reading it.
            dumps = sorted(Path(folder).glob("out.*"), key=lambda path: int(path.suffix[1:]))
            costs = [int(re.search(r"^(?:totals|summary): (\d+)", path.read_text(), re.MULTILINE)[1]) for path in dumps]
        self.assertEqual(len(costs), 1 + 2 * len(names), "one for each reading, and one before them")
        costs = costs[1:]
        slow = {name: round(twice / once, 2) for name, once, twice in zip(names, costs[::2], costs[1::2]) if twice > 2.2 * once}
        self.assertEqual(slow, {})


if __name__ == "__main__":
    unittest.main()
