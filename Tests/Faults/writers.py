"""The verbs that write, each on a small project: what stands there before, what it does, what must stand there after."""

import os
import re
import shutil
import stat
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
# A second key that rotates, and that is past its age.
TWO_KEYS = SCHEMA + """
# @sensitive # cfgkit: strength=128 generate=hex:32 rotate=180d fallback=API_KEYS
API_KEY=
"""
ENV = f"# mine\r\nMODE='a'   # why\nDEBUG=False\n\nexport SECRET_KEY={OLD_KEY}\nNOTE='two\nlines'"


OLD_API_KEY = "b0e1d59a6c2f4387e9105dac7b83f2461e6f0c9d4ab87253f1d2c6e8905b7a43"
TWO_KEYS_ENV = f"# mine\nMODE=a\nDEBUG=false\nSECRET_KEY={OLD_KEY}\n# cfgkit: rotated=2020-02-03\nAPI_KEY={OLD_API_KEY}\n"


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

    def __hash__(self):
        return hash(self.name)


def rotating(*flags, after=(), **options):
    """`rotate-secret SECRET_KEY` with flags, after other steps of it."""
    before = tuple(("rotate-secret", "SECRET_KEY", *step) for step in after)
    steps = "".join(f", after {step[0] if step else 'one shot'}" for step in after)
    return Writer(
        f"rotate-secret {' '.join(flags)}".strip() + steps, ("rotate-secret", "SECRET_KEY", *flags), before=before, **options
    )


def rotating_two(*arguments, after=()):
    """The same for a project with two keys."""
    files = {".env.schema": TWO_KEYS, ".env": TWO_KEYS_ENV}
    return Writer(f"rotate-secret {' '.join(arguments)}", ("rotate-secret", *arguments), files=files, before=after)


SET = Writer("set", ("set", "MODE", "b"))
SECRET = Writer("set --stdin", ("set", "SECRET_KEY", "--stdin"), input=ISSUED_KEY + "\n")
NEW = Writer("set of a key that is not there", ("set", "EXTRA", "x"))
UNSET = Writer("unset", ("unset", "NOTE"))
ROTATE = rotating(modes={".env": 0o640})
ROTATIONS = (
    ROTATE,
    rotating("--stdin", input=ISSUED_KEY + "\n"),
    rotating("--grace", "3d"),
    rotating("--drop-previous"),
    rotating("--compromised", "--yes", after=(("--prepare",),)),
    rotating("--prepare"),
    rotating("--promote", after=(("--prepare",),)),
    rotating("--retire", "--grace", "0", after=((),)),
    rotating("--abort", after=(("--prepare",),)),
    rotating("--abort", after=((),)),
    rotating("--resume", after=(("--prepare",),)),
    rotating_two("SECRET_KEY", "API_KEY"),
    rotating_two("--all"),
    rotating_two("--due"),
    rotating_two("--all", "--prepare"),
    rotating_two("--all", "--promote", after=(("rotate-secret", "--all", "--prepare"),)),
)
FIX = Writer("validate --fix", ("validate", "--fix"), modes={".env": 0o644})
FORMAT = Writer("fmt", ("fmt",), modes={".env": 0o640})
INIT = Writer("init", ("init", "flask"), files={".gitignore": "dist/\n", ".env": "FLASK_APP=app.py\n"})
EMPTY = Writer("init over an empty file", ("init", "flask"), files={".env": ""})
MERGE = Writer("init --merge", ("init", "flask", "--merge"), files={".env.schema": SCHEMA, ".env": ENV})
FRESH = Writer("init of an empty folder", ("init", "flask"), files={})

ALL = (SET, SECRET, NEW, UNSET, *ROTATIONS, FIX, FORMAT, INIT, EMPTY, MERGE, FRESH)
QUICK = (ROTATE,)
# One verb of each kind meets every fault at every call; what the others share with it, which is all that they do before they
# lock and all memory calls, is left out for them, and each of their calls meets one error and one signal in turn.
THOROUGH = (SET, ROTATE, FRESH)


# Where each writer begins, once it was prepared.
BEGINNINGS = {}


class Folder:
    """A project in a folder of its own, with a home and a folder for temporary files that must stay empty."""

    def __init__(self, writer, place=None):
        self.writer = writer
        self.base = Path(tempfile.mkdtemp(prefix="cfgkit-fault-", dir=place))
        self.path = self.base / "project"
        self.path.mkdir()
        for name in ("home", "tmp"):
            (self.base / name).mkdir()
        subprocess.run(["git", "init", "-q", "--template=", self.path], check=True)
        if writer in BEGINNINGS:
            for name, data, mode in BEGINNINGS[writer]:
                (self.path / name).write_bytes(data)
                os.chmod(self.path / name, mode)
        else:
            self.begin()
        self.old = self.state()

    def begin(self):
        """Writes the files and runs the verbs that come before; the result is kept for the next folder."""
        for name, text in self.writer.files.items():
            (self.path / name).write_bytes(text.encode())
            os.chmod(self.path / name, self.writer.modes.get(name, 0o600))
        for arguments in self.writer.before:
            self.run(arguments).check_returncode()
        BEGINNINGS[self.writer] = [
            (name, (self.path / name).read_bytes(), stat.S_IMODE(os.stat(self.path / name).st_mode)) for name in self.names()
        ]

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

    def run(self, arguments, under=(), input="", timeout=60):
        """Runs cfgkit here, under another command if one is given."""
        return subprocess.run(
            [*under, *self.command(arguments)],
            cwd=self.path,
            env=self.environment,
            input=input,
            capture_output=True,
            text=True,
            timeout=timeout,
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
    text = text.replace(OLD_KEY, "<old>").replace(OLD_API_KEY, "<old api>").replace(ISSUED_KEY, "<issued>")
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
