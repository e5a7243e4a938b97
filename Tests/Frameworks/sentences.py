"""Runs the tests of a folder and says of each, in one line, whether the sentence that is its name holds."""

import time
import unittest


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


def run(folder, words=()):
    """Runs `test_*.py` in a folder, or only the tests whose name holds one of the words; gives an exit code."""
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{word}*" for word in words] or None
    suite = loader.discover(str(folder), pattern="test_*.py", top_level_dir=str(folder))
    result = Sentences()
    suite.run(result)
    print(f"\n{result.passed} passed, {len(result.broken)} failed, {len(result.skipped)} skipped")
    return 0 if result.passed and not result.broken else 1
