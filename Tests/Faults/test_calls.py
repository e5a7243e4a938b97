"""Killed before every system call, and every system call failing: old or new, never in between."""

import os
import stat
import unittest
from concurrent.futures import ThreadPoolExecutor

from tracing import HAS_STRACE, KILLED, calls, failing_at, killed_at
from writers import ALL, FIX, ISSUED_KEY, OLD_API_KEY, OLD_KEY, QUICK, THOROUGH, Folder, is_temporary, roles

IS_QUICK = os.environ.get("CFGKIT_FAULTS") == "quick"
WRITERS = QUICK if IS_QUICK else ALL
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EACCES", "EINTR")


class FaultCase(unittest.TestCase):
    def each(self, writer, faults, check):
        """Runs a check for each fault, two at a time, and reports all that is wrong at once."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            wrong = [text for texts in pool.map(lambda fault: check(writer, *fault), faults) for text in texts]
        self.assertGreater(len(faults), 15)
        if wrong:
            self.fail(f"{writer.name}: {len(wrong)} complaints over {len(faults)} faults\n" + "\n".join(wrong[:40]))

    def new_state(self, writer):
        with Folder(writer) as folder:
            found = calls(folder)
            self.assertNotEqual(folder.state(), folder.old)
            return found, folder.state()


def chosen(writer, found):
    """The calls of a writer that are made to go wrong: those about files, for most from the lock on."""
    if writer not in THOROUGH:
        found = found[next(index for index, call in enumerate(found) if call.name == "flock") :]
    return [call for call in found if call.is_about_files]


def in_turn(writer, words, calls):
    """Each call with the words that it meets: all of them, or one in turn."""
    turn = sum(map(ord, writer.name))
    for index, call in enumerate(calls):
        for word in words if writer in THOROUGH else [words[(turn + index) % len(words)]]:
            if (word, call.name) != ("EINTR", "getcwd"):  # which no kernel interrupts
                yield call, word


def errors(writer, found):
    """What each call is made to fail with."""
    if not IS_QUICK:
        return in_turn(writer, ERRORS, chosen(writer, found))
    return [
        (call, "ENOSPC" if call.name in ("write", "openat", "fsync") else "EIO") for call in found if call.is_about_files
    ]


def differences(folder, new, what):
    """Every file that is neither as it was nor as it should become, and every file that should not be there."""
    state = folder.state()
    for name in {*folder.old, *new}:
        if state.get(name) not in (folder.old.get(name), new.get(name)):
            yield f"{what}: {name} is neither old nor new"
    for name in state.keys() - folder.old.keys() - new.keys():
        yield f"{what}: {name} was left"
    for place in ("home", "tmp"):
        for name in os.listdir(folder.base / place):
            yield f"{what}: {place}/{name} was written"


def next_run(folder, new, what):
    """The same verb again finishes what was not done; any other writer works and cleans up."""
    if folder.state() != new:
        done = folder.again()
        if done.returncode != 0:
            yield f"{what}: the next run ends with {done.returncode}: {done.stderr.strip()}"
        elif folder.state() != new:
            yield f"{what}: the next run does not finish it"
        return
    done = folder.run(("set", "MODE" if ".env.schema" in folder.writer.files else "FLASK_APP", "c"))
    if done.returncode != 0:
        yield f"{what}: set ends with {done.returncode} afterwards: {done.stderr.strip()}"
    left = [name for name in folder.names() if name.startswith(".env.cfgkit-")]
    if left:
        yield f"{what}: the next writer leaves {left}"


@unittest.skipUnless(HAS_STRACE, "strace is not on this machine")
class KilledBeforeEachCall(FaultCase):
    def test_every_file_is_old_or_new_with_its_mode_and_the_next_run_works(self):
        for writer in WRITERS:
            with self.subTest(writer.name):
                found, new = self.new_state(writer)
                is_whole = writer in THOROUGH and not IS_QUICK
                faults = [(call, new) for call in (found if is_whole else chosen(writer, found))]
                self.each(writer, faults, self.killed)

    @staticmethod
    def killed(writer, call, new):
        with Folder(writer) as folder:
            done = folder.again(killed_at(call))
            what = f"killed at {call}"
            if done.returncode != KILLED:
                return [f"{what}: was not reached, ended with {done.returncode}"]
            wrong = []
            for name in folder.names():
                if not is_temporary(name):
                    continue
                path = folder.path / name
                mode = stat.S_IMODE(os.lstat(path).st_mode)
                target = name[: name.rindex(".cfgkit-")]
                allowed = stat.S_IMODE(folder.old[target][0]) if target in folder.old else stat.S_IMODE(new[target][0])
                if mode & ~allowed:
                    wrong.append(f"{what}: {name} has mode {mode:o}")
                os.rename(path, folder.base / name)
            wrong += differences(folder, new, what)
            for name in os.listdir(folder.base):
                if is_temporary(name):
                    os.rename(folder.base / name, folder.path / name)
            if folder.names() and any(map(is_temporary, folder.names())):
                wrong += cleaned(folder, new, what)
            else:
                wrong += next_run(folder, new, what)
            return wrong


def cleaned(folder, new, what):
    """With a private copy left by the kill: the same verb again does its work and removes it."""
    done = folder.again()
    if done.returncode != 0:
        yield f"{what}: the next run ends with {done.returncode}: {done.stderr.strip()}"
    elif folder.state() != new:
        yield f"{what}: the next run does not finish it, or leaves the copy: {folder.names()}"


@unittest.skipUnless(HAS_STRACE, "strace is not on this machine")
class EachCallFailing(FaultCase):
    def test_every_file_is_old_or_new_the_exit_code_says_which_and_the_next_run_works(self):
        for writer in WRITERS[:1] if IS_QUICK else WRITERS:
            with self.subTest(writer.name):
                found, new = self.new_state(writer)
                faults = [(call, error, new) for call, error in errors(writer, found)]
                self.each(writer, faults, self.failed)

    @staticmethod
    def failed(writer, call, error, new):
        with Folder(writer) as folder:
            done = folder.again(failing_at(call, error))
            what = f"{call} fails with {error}"
            state = folder.state()
            looked_in_vain = writer is FIX and call.name == "newfstatat" and "AT_FDCWD" in call.line
            # A check that may not look at the file's mode finds nothing about it, so that is not mended.
            wrong = [] if looked_in_vain else list(differences(folder, new, what))
            if done.returncode == 0 and state != new and not looked_in_vain:
                wrong.append(f"{what}: says that it is done, and it is not")
            # What was mended is said once it is; what fails then is the second look.
            is_done = writer is FIX and "fixed  " in done.stderr
            is_one_file = len(folder.old.keys() | new.keys()) <= 2
            if done.returncode in (73, 74, 75, 77) and is_one_file and not is_done and state != folder.old:
                wrong.append(f"{what}: exit {done.returncode} says that the old file is intact, and it is not")
            if done.returncode == 76 and ".cfgkit-" in call.line and "rename" not in call.line:
                wrong.append(f"{what}: exit 76 before the new file was in place")
            if done.returncode not in (0, 1, 65, 66, 73, 74, 75, 76, 77):
                wrong.append(f"{what}: ends with {done.returncode}: {done.stderr.strip()[:300]}")
            if error == "EINTR" and done.returncode not in (0, 1):
                wrong.append(f"{what}: an interruption is no failure: {done.returncode}: {done.stderr.strip()[:200]}")
            for secret in (OLD_KEY, OLD_API_KEY, ISSUED_KEY):
                if secret in done.stdout + done.stderr:
                    wrong.append(f"{what}: shows a secret")
            wrong += next_run(folder, new, what)
            return wrong
