"""The system calls of a run, by strace, and a run in which one of them goes wrong."""

import re
import shutil
import signal
from collections import Counter
from dataclasses import dataclass

HAS_STRACE = shutil.which("strace") is not None

# Calls that are about files; the others between them are memory, signals and time.
FILE_CALLS = {
    *("openat", "open", "read", "write", "close", "fsync", "renameat", "renameat2", "unlinkat", "newfstatat", "fstat"),
    *("fchmod", "fchmodat", "chmod", "fchown", "flock", "getdents64", "readlinkat", "readlink", "getcwd", "chdir"),
    *("flistxattr", "fgetxattr", "fsetxattr", "fremovexattr", "lseek", "access", "faccessat2", "statx", "stat", "lstat"),
}


@dataclass(frozen=True)
class Call:
    """One system call of a run: its name, the how manieth of that name it is, and its line in the trace."""

    name: str
    number: int
    line: str

    def __str__(self):
        return f"{self.name} {self.number}"

    @property
    def is_about_files(self):
        return self.name in FILE_CALLS


def calls(folder):
    """The calls of a clean run, from the first that touches the folder to the last."""
    log = folder.base / "trace"
    done = folder.again(("strace", "-f", "-y", "-s", "0", "-o", str(log)))
    done.check_returncode()
    found, threads = [], set()
    numbers = Counter()
    for line in log.read_text().splitlines():
        match = re.match(r"(\d+) +([a-z_0-9]+)\(", line)
        if match is None:
            continue
        thread, name = match.groups()
        threads.add(thread)
        numbers[name] += 1
        found.append(Call(name, numbers[name], line))
    # strace counts calls by thread, so the numbers mean something only if there is one.
    assert len(threads) == 1, "cfgkit runs in one thread"
    touching = [index for index, call in enumerate(found) if touches(call, folder)]
    return found[touching[0] : touching[-1] + 1]


def touches(call, folder):
    """Whether a call names a file of the project, or has it open; the working directory alone does not count."""
    line = re.sub(r"AT_FDCWD<[^>]*>", "", call.line)
    return call.name != "execve" and (str(folder.path) in line or '".env' in line or '".gitignore' in line)


def killed_at(call):
    """To run cfgkit under: it is killed before this call."""
    return injecting(call, "error=EIO:signal=KILL")


def failing_at(call, error):
    """To run cfgkit under: this call is not made and fails with an error."""
    return injecting(call, f"error={error}")


def injecting(call, what):
    return (
        *("strace", "-f", "-o", "/dev/null", "-e", f"trace={call.name}"),
        *("-e", f"inject={call.name}:{what}:when={call.number}"),
    )


# What strace ends with when what it runs was killed: it kills itself the same way.
KILLED = -signal.SIGKILL
