"""What the models foretell of four readers, held against those readers themselves, on small files of random fragments. Seeded: SEED=n."""

import base64
import json
import os
import random
import shutil
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from project import VENVS
from test_portable_values import PROBE, godotenv
from test_readers import node

COUNT = 4_000
VARIABLES = {"CK_HOST": "from_process", "CK_EMPTY": ""}

NAMES = ["A", "B", "a", "CK_HOST", "CK_EMPTY", "CK_UNSET"]
KEYS = ["A"] * 8 + ["B", "a", "CK_HOST", "A.b", "A-b"]
TEXT = ["x", "x", "a1", "Az_9", "v-1", "1", "e", "n", "t"]
SIGNS = [
    " ", " ", "\t", "#", " #", " # c", "\t# c", "'", '"', "`", "\\", "\\\\", "\\n", "\\r", "\\t", "\\q", "\\a", "\\'", '\\"', "\\$", "\\`",
    "$", "$$", "$1", "${", "}", "{", "(", ")", ";", "|", "&", "<", ">", "~", "*", "?", "!", "=", ":", "/", "@", "%", "+", ",", "[", "]", "^",
    "é", "e\u0301", "\u00a0", "\u2003", "\u200b", "\u200d", "\ufeff", "\x0b", "\x85", "💥",
]
LINE_ENDS = ["\n"] * 12 + ["\r\n", "\r"]


class Fragments:
    """Small files of what the grammar is made of, most with one key, so that one thing is wrong at a time."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.choose = self.random.choice

    def often(self, share):
        return self.random.random() < share

    def expansion(self, depth=0):
        name = self.choose(NAMES)
        if self.often(0.25):
            return f"${name}"
        if self.often(0.4) or depth > 1:
            return f"${{{name}}}"
        word = self.choose(["", "d", "d e", "'d'", '"d"', "$B", self.expansion(depth + 1)])
        return f"${{{name}{self.choose([':-', ':-', '-', ':+', '+', ':?', '?'])}{word}}}"

    def pieces(self, most):
        kinds = [lambda: self.choose(TEXT)] * 5 + [lambda: self.choose(SIGNS)] * 3 + [self.expansion]
        return "".join(self.choose(kinds)() for _ in range(self.random.randint(0, most)))

    def value(self):
        kind = self.random.random()
        if kind < 0.35:
            return self.pieces(4)
        behind = self.choose(["", "", "", "", " ", " # c", "# c", "\t# c"])
        inner = self.pieces(4) + (self.choose(["\n", "\r\n", "\r"]) + self.pieces(2) if self.often(0.1) else "")
        if kind < 0.65:
            return "'" + inner.replace("'", "") + "'" + behind
        # An escaped quote may stay; a lone one would end the value.
        return '"' + inner.replace('\\"', "\0").replace('"', "").replace("\0", '\\"') + '"' + behind

    def line(self):
        if self.often(0.04):
            return self.choose(["", " ", "\t", "# c", "\t# it's"])
        before = self.choose([""] * 9 + ["export ", "export  ", "export\t", " ", "\t"])
        equals = self.choose(["="] * 12 + [" =", "= ", " = ", "=\t"])
        return before + self.choose(KEYS) + equals + self.value()

    def file(self):
        lines = [self.line() for _ in range(self.choose([1, 1, 1, 1, 2, 3]))]
        end = self.choose(LINE_ENDS)
        text = end.join(lines) + (end if self.often(0.9) else "")
        return (("\ufeff" if self.often(0.02) else "") + text).encode()


PYTHON = """
import base64, json, logging, sys
from dotenv import dotenv_values
logging.disable()
for path in sys.argv[1:]:
    values = dotenv_values(path)
    print(json.dumps({key: value if value is None else base64.b64encode(value.encode()).decode() for key, value in values.items()}))
"""
NODE = """
const { readFileSync } = require('node:fs'), { parseEnv } = require('node:util');
for (const path of process.argv.slice(1)) {
  const pairs = Object.entries(parseEnv(readFileSync(path, 'utf8')));
  console.log(JSON.stringify(Object.fromEntries(pairs.map(([k, v]) => [k, Buffer.from(v).toString('base64')]))));
}
"""


class Dialects(unittest.TestCase):
    """A model need not say what a reader makes of a file, only whether it is something else than cfgkit makes of it."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="cfgkit-dialects-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        fragments = Fragments(int(os.environ.get("SEED", "3")))
        written = []
        for number in range(COUNT):
            written.append(cls.folder / f"{number}.env")
            written[-1].write_bytes(fragments.file())
        readings = [json.loads(line) for line in cls.run_on(written, PROBE, "read").splitlines()]
        assert len(readings) == COUNT
        # A file in error, or without keys, has no values to be read otherwise.
        pairs = [pair for pair in zip(written, readings) if pair[1]["compatible"]["values"]]
        cls.files = [path for path, _ in pairs]
        cls.readings = [reading for _, reading in pairs]

    @staticmethod
    def run_on(files, *command):
        environment = VARIABLES | {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        done = subprocess.run([*command, *files], capture_output=True, timeout=300, env=environment)
        if done.returncode != 0:
            raise AssertionError(done.stderr.decode(errors="replace"))
        return done.stdout

    def check(self, dialect, actual):
        self.assertGreater(len(self.files), COUNT // 4)
        self.assertEqual(len(actual), len(self.files))
        wrong = Counter()
        examples = {}
        for path, reading, values in zip(self.files, self.readings, actual):
            ours = {key: bytes.fromhex(value) for key, value in reading["compatible"]["values"].items()}
            found = reading["otherwise"][dialect]
            if (values != ours) != bool(found):
                kind = "foretold: " + "; ".join(sorted(set(found))) if found else "not foretold"
                wrong[kind] += 1
                examples.setdefault(kind, []).append((path.read_bytes(), ours, values))
        shown = [(count, kind, examples[kind][:3]) for kind, count in wrong.most_common(12)]
        share = sum(wrong.values()) / len(self.files)
        self.assertLessEqual(share, 0.01, f"{dialect}: {sum(wrong.values())} of {len(self.files)} wrong\n" + "\n".join(map(str, shown)))

    @staticmethod
    def decoded(output):
        def bytes_of(value):
            return value if value is None else base64.b64decode(value)

        lines = [json.loads(line) for line in output.splitlines()]
        return [values and {key: bytes_of(value) for key, value in values.items()} if values is not None else None for values in lines]

    def test_python_dotenv_reads_otherwise_what_is_foretold(self):
        self.check("python-dotenv", self.decoded(self.run_on(self.files, VENVS / "dialects/bin/python", "-c", PYTHON)))

    def test_node_reads_otherwise_what_is_foretold(self):
        self.check("node", self.decoded(self.run_on(self.files, node(), "-e", NODE)))

    def test_godotenv_reads_otherwise_what_is_foretold(self):
        self.check("godotenv", self.decoded(self.run_on(self.files, godotenv(self.folder))))

    def test_bash_reads_otherwise_what_is_foretold(self):
        # In an empty folder and without a PATH: a line may well be a command.
        folder = self.folder / "empty"
        folder.mkdir()
        self.check("bash", [self.bash(path, folder) for path in self.files])

    def bash(self, path, folder):
        """The variables that sourcing a file sets; None if the shell complains."""
        before = VARIABLES | {"HOME": "/home/ck"}
        script = 'set -ea; . "$1"; exec /usr/bin/env -0'
        done = subprocess.run(
            ["/bin/bash", "-c", script, "bash", path], cwd=folder, env=before, stdin=subprocess.DEVNULL, capture_output=True, timeout=20
        )
        if done.returncode != 0 or done.stderr:
            return None
        pairs = (pair.split(b"=", 1) for pair in done.stdout.split(b"\0") if pair)
        values = {key.decode(): value for key, value in pairs}
        kept = {"PWD", "OLDPWD", "SHLVL", "_", "PATH", *(key for key, value in before.items() if values.get(key) == value.encode())}
        return {key: value for key, value in values.items() if key not in kept}


if __name__ == "__main__":
    unittest.main()
