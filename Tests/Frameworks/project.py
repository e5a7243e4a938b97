"""A copy of an example application in a folder of its own, and cfgkit run in it as its user would."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CFGKIT = Path(os.environ.get("CFGKIT", ROOT / ".build/debug/cfgkit")).absolute()
VENVS = ROOT / ".build-venv"

# What the tutorial of the seed case prints, and many an application has.
PLACEHOLDER = "your-secret-key-here-minimal-32-characters"


class Project:
    def __init__(self, test, example, venv=None):
        self.test = test
        self.folder = Path(tempfile.mkdtemp(prefix=f"cfgkit-{example or 'empty'}-"))
        test.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        if example:
            shutil.copytree(ROOT / "Examples" / example, self.folder, dirs_exist_ok=True)
        subprocess.run(["git", "init", "-q", self.folder], check=True)
        self.seen_secrets = set()
        tools = self.folder / ".git" / "tools"  # cfgkit alone on PATH, whatever else lies beside it
        tools.mkdir()
        (tools / "cfgkit").symlink_to(CFGKIT)
        self.venv = VENVS / (venv or example or "flask")
        self.environment = {
            "PATH": f"{tools}:{self.venv / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    # The files, read and written by other means than cfgkit.

    @property
    def env(self):
        return self.folder / ".env"

    def value(self, key):
        """The text after `KEY=` in .env, as written; None if there is no such line."""
        found = re.findall(rf"^{key}=(.*)$", self.env.read_text(), re.MULTILINE)
        return found[-1] if found else None

    def write_line(self, key, value):
        """Puts `KEY=value` where KEY stands in .env; None takes the line out."""
        text = self.env.read_text()
        line = "" if value is None else f"{key}={value}\n"
        changed, count = re.subn(rf"^{key}=.*\n", lambda _: line, text, flags=re.MULTILINE)
        self.env.write_text(changed if count else text + line)

    def secrets(self):
        if self.env.exists():
            for line in self.env.read_text().splitlines():
                key, _, value = line.partition("=")
                if re.search(r"KEY|SECRET", key):
                    self.seen_secrets |= {part for part in re.split(r"[,\"'\[\]]", value) if len(part) > 16}
        return self.seen_secrets

    # cfgkit

    def run(self, arguments, exits=0, environment=None, input=None):
        """Runs a command in the project; any exit code if `exits` is None. What it prints may hold none of the secrets that .env has
        ever held."""
        self.secrets()
        done = subprocess.run(
            arguments,
            cwd=self.folder,
            env=self.environment | (environment or {}),
            input=input if input is not None else "",
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.output = done.stdout + done.stderr
        shown = f"$ {shlex.join(map(str, arguments))}\n{self.output}"
        if exits is not None:
            self.test.assertEqual(done.returncode, exits, shown)
        for secret in self.secrets():
            self.test.assertNotIn(secret, self.output)
        return done

    def cfgkit(self, *arguments, **options):
        return self.run(["cfgkit", *arguments], **options)

    def printed_fixes(self):
        """The commands behind `fix:` in what the last command printed."""
        return re.findall(r"^ *fix: (cfgkit .*)$", self.output, re.MULTILINE)

    def do_as_printed(self, key):
        """Runs the first printed fix that names this key, exactly as printed."""
        fixes = [fix for fix in self.printed_fixes() if key in fix]
        self.test.assertTrue(fixes, self.output)
        return self.run(["sh", "-c", fixes[0]])
