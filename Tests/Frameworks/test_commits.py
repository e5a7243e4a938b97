"""Real commits: git and pre-commit run cfgkit before a commit is made, and it decides whether there will be one."""

import os
import shutil
import subprocess
import unittest

from project import ROOT, VENVS, Project

SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17"
SCHEMA = "# @defaultRequired=true\n# ---\n\n# @type=port\nPORT=\n"
IDENTITY = {f"GIT_{who}_{what}": text for who in ("AUTHOR", "COMMITTER") for what, text in (("NAME", "x"), ("EMAIL", "x@example.org"))}


class CommitCase(unittest.TestCase):
    def repository(self):
        project = Project(self, None)
        project.environment |= IDENTITY
        (project.folder / ".env.schema").write_text(SCHEMA)
        (project.folder / ".gitignore").write_text(".env\n")
        return project

    def commits(self, project):
        done = subprocess.run(["git", "-C", project.folder, "rev-list", "--count", "--all"], capture_output=True, text=True)
        return int(done.stdout or 0)

    def assert_that_bad_files_are_refused_and_good_ones_are_not(self, project):
        project.run(["git", "add", "."])
        project.run(["git", "commit", "-m", "Set up"])
        self.assertEqual(self.commits(project), 1)

        # A value that is wrong in what is staged, and right on disk.
        settings = project.folder / ".env.test"
        settings.write_text("PORT=http\n")
        project.run(["git", "add", ".env.test"])
        settings.write_text("PORT=8080\n")
        project.run(["git", "commit", "-m", "Settings"], exits=1)
        self.assertIn(".env.test:1:6: error: PORT is not a port", project.output)
        self.assertEqual(self.commits(project), 1)
        project.run(["git", "add", ".env.test"])
        project.run(["git", "commit", "-m", "Settings"])
        self.assertEqual(self.commits(project), 2)

        # A secret, which no commit may hold; the printed command takes it out.
        project.env.write_text(f"PORT=8080\nAPI_TOKEN={SECRET}\n")
        (project.folder / "notes.txt").write_text("x\n")
        project.run(["git", "add", "-f", ".env", "notes.txt"])
        project.run(["git", "commit", "-m", "Notes"], exits=1)
        self.assertIn("[tracked-by-git]", project.output)
        self.assertNotIn(SECRET, project.output)
        fix = next(line.split("fix: ")[1] for line in project.output.splitlines() if "fix: git rm" in line)
        project.run(["sh", "-c", fix])
        project.run(["git", "commit", "-m", "Notes"])
        self.assertEqual(self.commits(project), 3)
        self.assertIn(SECRET, project.env.read_text())

        # What `git commit FILE` takes is not in the usual index.
        settings.write_text("PORT=http\n")
        project.run(["git", "commit", "-m", "Settings", "--", ".env.test"], exits=1)
        self.assertIn("[type-mismatch]", project.output)
        self.assertEqual(self.commits(project), 3)


class Commits(CommitCase):
    def test_the_documented_hook_refuses_bad_staged_files_and_lets_the_others_through(self):
        project = self.repository()
        lines = (ROOT / "README.md").read_text().split("```sh\nprintf '#!/bin/sh")
        self.assertEqual(len(lines), 2, "the README shows the hook once")
        project.run(["sh", "-c", "printf '#!/bin/sh" + lines[1].split("```")[0]])
        self.assert_that_bad_files_are_refused_and_good_ones_are_not(project)

    def test_pre_commit_refuses_bad_staged_files_and_lets_the_others_through(self):
        tool = VENVS / "hooks/bin/pre-commit"
        if not tool.exists():
            self.skipTest("Scripts/setup test makes the environment of pre-commit")
        # The definition as another project would take it: out of a repository of its own.
        definitions = Project(self, None)
        definitions.environment |= IDENTITY
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", definitions.folder)
        definitions.run(["git", "add", "."])
        definitions.run(["git", "commit", "-m", "Hooks"])
        revision = definitions.run(["git", "rev-parse", "HEAD"]).stdout.strip()
        project = self.repository()
        project.environment["PATH"] += os.pathsep + str(tool.parent)
        (project.folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n  - repo: {definitions.folder}\n    rev: {revision}\n    hooks:\n      - id: cfgkit\n"
        )
        project.run([tool, "install"])
        # pre-commit keeps its clones below HOME, which is the project here.
        with (project.folder / ".gitignore").open("a") as file:
            file.write(".cache/\n")
        self.assert_that_bad_files_are_refused_and_good_ones_are_not(project)
