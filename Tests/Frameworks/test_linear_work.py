"""What a hostile input costs, in instructions: a clock would decide by what else the machine does."""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from project import CFGKIT
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

    def test_twice_the_keys_cost_validate_at_most_2_2_times_as_much(self):
        if shutil.which("valgrind") is None or shutil.which("strip") is None:
            self.skipTest("valgrind or strip is not on this machine")
        with tempfile.TemporaryDirectory(prefix="cfgkit-work-") as folder:
            folder = Path(folder)
            # Valgrind does not read the debugger's part of a Swift program.
            subprocess.run(["strip", "-g", "-o", folder / "cfgkit", CFGKIT], check=True)
            (folder / ".git").mkdir()
            (folder / ".env.schema").write_text("# @defaultRequired=false\n# ---\n\nKEY_1=\n")
            costs = []
            for count in (750, 1_500):
                (folder / ".env").write_text("".join(f"KEY_{number}=value {number}\n" for number in range(count)))
                (folder / ".env").chmod(0o600)
                done = subprocess.run(
                    ["valgrind", "--tool=callgrind", "--callgrind-out-file=out", folder / "cfgkit", "validate"],
                    cwd=folder, capture_output=True, text=True, timeout=600,
                )
                self.assertIn(f"({count} lines, {count} keys)", done.stdout)
                costs.append(int(re.search(r"Collected : (\d+)", done.stderr)[1]))
        self.assertLess(costs[1], 2.2 * costs[0])


if __name__ == "__main__":
    unittest.main()
