"""The verbs that write, each on a small project: what stands there before, what it does, what must stand there after."""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CFGKIT = Path(os.environ.get("CFGKIT", ROOT / ".build/debug/cfgkit")).absolute()

OLD_KEY = "4f1b0a7c9d2e8356b1c0f4a97e63d852aa0c5b7e19f3d4682b7c0e91f5a3d604"
ISSUED_KEY = "531bfcfbe1f4177996b9ce9ec96023cfb74ff48f2d716ce3ff22e31ad6c81b2a"

SCHEMA = """\
# @defaultRequired=true @defaultSensitive=false
# ---

# @type=enum(a, b, c)
MODE=a

# @type=boolean
DEBUG=false

# @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32 fallback=SECRET_KEY_FALLBACKS
SECRET_KEY=

# @optional @sensitive @type=array(string) # cfgkit: managed
SECRET_KEY_FALLBACKS=

# @optional
NOTE=
"""
ENV = f"# mine\r\nMODE='a'   # why\nDEBUG=False\n\nexport SECRET_KEY={OLD_KEY}\nNOTE='two\nlines'"


@dataclass(frozen=True)
class Writer:
    """One verb that writes: the files it starts from, its arguments, and its standard input."""

    name: str
    arguments: tuple
    files: dict = field(default_factory=lambda: {".env.schema": SCHEMA, ".env": ENV})
    modes: dict = field(default_factory=dict)
    input: str = ""
    # Verbs run beforehand, to bring the project where the writer starts.
    before: tuple = ()


SET = Writer("set", ("set", "MODE", "b"))
UNSET = Writer("unset", ("unset", "NOTE"))
ROTATE = Writer("rotate-secret", ("rotate-secret", "SECRET_KEY"), modes={".env": 0o640})
PREPARE = Writer("rotate-secret --prepare", ("rotate-secret", "SECRET_KEY", "--prepare"))
PROMOTE = Writer(
    "rotate-secret --promote",
    ("rotate-secret", "SECRET_KEY", "--promote"),
    before=(("rotate-secret", "SECRET_KEY", "--prepare"),),
)
RETIRE = Writer(
    "rotate-secret --retire",
    ("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0"),
    before=(("rotate-secret", "SECRET_KEY"),),
)
ISSUED = Writer("rotate-secret --stdin", ("rotate-secret", "SECRET_KEY", "--stdin"), input=ISSUED_KEY + "\n")
SECRET = Writer("set --stdin", ("set", "SECRET_KEY", "--stdin"), input=ISSUED_KEY + "\n")
FIX = Writer("validate --fix", ("validate", "--fix"), modes={".env": 0o644})
FORMAT = Writer("fmt", ("fmt",), modes={".env": 0o640})
INIT = Writer("init", ("init", "flask"), files={".gitignore": "dist/\n", ".env": "FLASK_APP=app.py\n"})
FRESH = Writer("init of an empty folder", ("init", "flask"), files={})

ALL = (SET, SECRET, UNSET, ROTATE, PREPARE, PROMOTE, RETIRE, ISSUED, FIX, FORMAT, INIT, FRESH)
QUICK = (ROTATE,)


class Folder:
    """A project in a folder of its own, with a home and a folder for temporary files that must stay empty."""

    def __init__(self, writer, place=None):
        self.writer = writer
        self.base = Path(tempfile.mkdtemp(prefix="cfgkit-fault-", dir=place))
        self.path = self.base / "project"
        self.path.mkdir()
        for name in ("home", "tmp"):
            (self.base / name).mkdir()
        subprocess.run(["git", "init", "-q", self.path], check=True)
        for name, text in writer.files.items():
            (self.path / name).write_bytes(text.encode())
            os.chmod(self.path / name, writer.modes.get(name, 0o600))
        for arguments in writer.before:
            self.run(arguments).check_returncode()
        self.old = self.state()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.base, ignore_errors=True)

    @property
    def environment(self):
        home, tmp = str(self.base / "home"), str(self.base / "tmp")
        return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": home, "TMPDIR": tmp}

    def command(self, arguments):
        return [str(CFGKIT), *arguments]

    def run(self, arguments, under=(), input=""):
        """Runs cfgkit here, under another command if one is given."""
        return subprocess.run(
            [*under, *self.command(arguments)],
            cwd=self.path,
            env=self.environment,
            input=input,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def again(self, under=()):
        return self.run(self.writer.arguments, under, self.writer.input)

    def names(self):
        return sorted(name for name in os.listdir(self.path) if name != ".git")

    def state(self):
        """Every file with its mode and its bytes, whatever is random in them by its role."""
        found = {}
        for name in self.names():
            status = os.lstat(self.path / name)
            found[name] = (status.st_mode, status.st_uid, status.st_gid, roles((self.path / name).read_bytes()))
        return found

    def restore(self):
        """Back to where it began, with the same bytes."""
        shutil.rmtree(self.path)
        self.__class__.__init__(self, self.writer)


def roles(data):
    """The bytes with every secret, date and random word replaced by what it is."""
    text = data.decode("utf-8", "surrogateescape")
    text = text.replace(OLD_KEY, "<old>").replace(ISSUED_KEY, "<issued>")
    seen = []

    def key(match):
        if match[0] not in seen:
            seen.append(match[0])
        return f"<new {seen.index(match[0])}>"

    text = re.sub(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", key, text)
    text = re.sub(r"\b(op|salt|current|next|previous|dead)=[-\w:.,@]+", r"\1=…", text)
    return re.sub(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", "<date>", text)


def is_temporary(name):
    return re.fullmatch(r"\.(env|env\.schema|gitignore)\.cfgkit-[0-9a-f]{16}", name) is not None
