"""100,000 random values as cfgkit's writer spells them, read back by four other programs. Seeded: SEED=n runs others."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from project import ROOT, VENVS
from test_readers import node

PROBE = Path(os.environ.get("DOTENV_PROBE", ROOT / ".build/debug/dotenv-probe")).absolute()
COUNT = 100_000

PYTHON = """
import base64, json, sys
from dotenv import dotenv_values
for path in sys.argv[1:]:
    values = dotenv_values(path, interpolate=False)
    print(json.dumps({key: base64.b64encode(value.encode()).decode() for key, value in values.items()}))
"""
NODE = """
const { readFileSync } = require('node:fs'), { parseEnv } = require('node:util');
for (const path of process.argv.slice(1)) {
  const pairs = Object.entries(parseEnv(readFileSync(path, 'utf8')));
  console.log(JSON.stringify(Object.fromEntries(pairs.map(([k, v]) => [k, Buffer.from(v).toString('base64')]))));
}
"""
# A value may hold a line end, and never a NUL. A shell for every file: many variables make one slow.
BASH = """set -u
for file; do ( . "$file"; for key in "${!K@}"; do printf '%s=%s\\0' "$key" "${!key}"; done ); done"""


def godotenv(folder):
    """A program of godotenv's, built in the folder, that prints what it reads."""
    reader = folder / "godotenv-values"
    environment = os.environ | {
        "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(ROOT / ".scratch/go-cache"), "GOFLAGS": "",
    }
    subprocess.run(["go", "build", "-o", reader, ROOT / "Tests/Frameworks/godotenv_values.go"], check=True, env=environment)
    return reader


class PortableValues(unittest.TestCase):
    """Of the spellings of the portable subset (bare, '…', "…" without an escape, each over lines too) all four read all. What holds two
    backslashes or `${` is not in it: python-dotenv takes them apart in every spelling, and `set` says so."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="cfgkit-values-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        subprocess.run([PROBE, "values", os.environ.get("SEED", "3"), str(COUNT), cls.folder], check=True)
        cls.files = sorted(cls.folder.glob("*.env"), key=lambda path: int(path.stem))
        cls.expected = {}
        for path in cls.files:
            for line in path.with_suffix(".hex").read_text().splitlines():
                key, value = line.split(" ")
                cls.expected[key] = bytes.fromhex(value)

    def read(self, *command):
        done = subprocess.run(
            [*command, *self.files], capture_output=True, timeout=120, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        )
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout

    def decoded(self, output):
        lines = output.decode().splitlines()
        self.assertEqual(len(lines), len(self.files))
        return {key: base64.b64decode(value) for line in lines for key, value in json.loads(line).items()}

    def check(self, values):
        self.assertEqual(len(self.expected), COUNT)
        different = [key for key, value in self.expected.items() if values.get(key) != value]
        shown = [(self.line(key), self.expected[key], values.get(key)) for key in different[:5]]
        self.assertEqual(len(different), 0, shown)

    def line(self, key):
        """As it stands in the file, which may be over several lines."""
        text = b"\n" + b"".join(path.read_bytes() for path in self.files)
        start = text.index(b"\n%s=" % key.encode())
        return text[start + 1 : start + 80]

    def test_every_class_of_bytes_is_among_them(self):
        seen = set(b"".join(self.expected.values()))
        self.assertLessEqual({*range(1, 13), *range(14, 0xC0), *range(0xC2, 0xE0)}, seen)
        for first in (0xC2, 0xE2, 0xEF, 0xF0, 0xF4):
            self.assertIn(first, seen)

    def test_node_reads_back_what_was_written(self):
        self.check(self.decoded(self.read(node(), "-e", NODE)))

    def test_python_dotenv_reads_back_what_was_written(self):
        self.check(self.decoded(self.read(VENVS / "readers/bin/python", "-c", PYTHON)))

    def test_bash_reads_back_what_was_written(self):
        pairs = self.read("bash", "-c", BASH, "bash").split(b"\0")
        self.check({pair.split(b"=", 1)[0].decode(): pair.split(b"=", 1)[1] for pair in pairs if pair})

    def test_godotenv_reads_back_what_was_written(self):
        self.check(self.decoded(self.read(godotenv(self.folder))))


if __name__ == "__main__":
    unittest.main()
