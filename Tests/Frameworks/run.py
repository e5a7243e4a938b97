#!/usr/bin/env python3
"""Runs cfgkit with real frameworks and real readers of .env files. Standard library only.

usage: Tests/Frameworks/run.py [WORD…]      only tests whose name holds one of the words

Needs `Scripts/setup test` and a built binary: .build/debug/cfgkit, or the one that $CFGKIT names.
"""

import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Sentences(unittest.TestResult):
    """One line a test: its name, which is the sentence it proves."""

    def __init__(self):
        super().__init__()
        self.passed = 0
        self.broken = set()

    def startTest(self, test):
        super().startTest(test)
        self.since = time.monotonic()

    def line(self, word, test, detail=""):
        seconds = time.monotonic() - self.since
        name = test.id().split(".")[-1].removeprefix("test_").replace("_", " ")
        print(f"{word:5} {type(test).__name__}: {name}{detail}  ({seconds:.1f} s)", flush=True)

    def addSuccess(self, test):
        self.passed += 1
        self.line("ok", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line("skip", test, f": {reason}")

    def failed(self, test, error):
        if test.id() not in self.broken:
            self.broken.add(test.id())
            self.line("FAIL", test)
        print("".join("      " + line for line in self._exc_info_to_string(error, test).splitlines(True)))

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.failed(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self.failed(test, error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            print(f"in {subtest._subDescription()}:")
            self.failed(test, error)


def main():
    sys.path.insert(0, str(HERE))
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{word}*" for word in sys.argv[1:]] or None
    suite = loader.discover(str(HERE), pattern="test_*.py")
    result = Sentences()
    suite.run(result)
    print(f"\n{result.passed} passed, {len(result.broken)} failed, {len(result.skipped)} skipped")
    return 0 if result.passed and not result.broken else 1


sys.exit(main())
