"""Real Flask with Flask-Session in combinations that fail: what the server says, that doctor says it before, and that doing as
printed makes the application work."""

import re
import shutil
import time

from project import ROOT, VENVS, Project
from server import Browser, Server
from services import Redis
from test_flask import FlaskCase

SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17"
FLASK = [".venv/bin/python", "-m", "flask", "--app", "app:create_app", "run", "--port", "{port}"]
SCHEMA = """# @defaultRequired=false # cfgkit: rules=flask
# ---

# @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32
SECRET_KEY=

# @type=enum(redis, filesystem, null)
SESSION_TYPE=

# @sensitive @type=url
REDIS_URL=

SESSION_USE_SIGNER=
SESSION_FILE_DIR=
"""


class AnyServer(Server):
    """A server whose answers may all be errors."""

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                return
            try:
                Browser(self).get("/health")
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no answer in 20 s:\n{self.output}")


class SessionProject(Project):
    """The application with an environment of its own, in which a printed `pip install` can be done."""

    def __init__(self, test, combination, **values):
        super().__init__(test, None, venv=f"combination-{combination}")
        source = ROOT / "Tests/Frameworks/combinations"
        shutil.copy(source / "app.py", self.folder)
        (self.folder / ".env.schema").write_text(SCHEMA)
        (self.folder / ".gitignore").write_text(".env\n.venv\n")
        self.env.write_text("".join(f"{key}={value}\n" for key, value in values.items()))
        self.env.chmod(0o600)
        shutil.copytree(self.venv, self.folder / ".venv", symlinks=True)
        # What stands in the copied folder is asked for by nobody, so that no manifest is in the way of a cure.
        pip = self.folder / ".git/tools/pip"
        pip.write_text(
            f'#!/bin/sh\nexec {VENVS}/flask/bin/python -m pip --python {self.folder}/.venv/bin/python "$@"'
            f" --quiet --disable-pip-version-check --no-index --find-links {VENVS}/wheels\n"
        )
        pip.chmod(0o755)
        self.environment["PATH"] = f"{self.folder}/.git/tools:/usr/local/bin:/usr/bin:/bin"

    def do_as_doctor_prints(self, rule):
        """Runs the fix behind a finding of this rule, exactly as printed."""
        found = re.search(rf"\[{re.escape(rule)}\]\n(?:        .*\n)*?        fix: (.*)\n", self.output)
        self.test.assertTrue(found, self.output)
        self.run(["sh", "-c", found.group(1)])


class FailingApplications(FlaskCase):
    def start(self, project):
        return AnyServer(project, ["cfgkit", "run", "--", *FLASK])

    def assert_works(self, project):
        with self.start(project) as server:
            self.assert_round_trip(server)

    def assert_fails(self, project, message, path="/health"):
        """The real error of the real server."""
        with self.start(project) as server:
            if server.process.poll() is None:
                browser = Browser(server)
                answer = browser.post("/login", name="Ada") if path == "/login" else browser.get(path)
                self.assertEqual(answer.status, 500, server.output)
            self.assertIn(message, server.output)

    def predict(self, project, rule, message):
        project.cfgkit("doctor", exits=1)
        self.assertIn(f"[{rule}]", project.output)
        self.assertIn(message, project.output)

    def test_the_seed_case_signer_and_bytes_is_predicted_and_cured(self):
        redis = Redis(self)
        project = SessionProject(
            self, "seed", SECRET_KEY=SECRET, SESSION_TYPE="redis", REDIS_URL=f"redis://127.0.0.1:{redis.port}",
            SESSION_USE_SIGNER="true",
        )
        self.assert_fails(project, "TypeError: cannot use a string pattern on a bytes-like object")
        self.predict(project, "flask/signer-bytes", "cannot use a string pattern on a bytes-like object")
        self.assertIn("Flask-Session 0.4.0", project.output)
        self.assertIn("Werkzeug 3.1.3", project.output)
        project.do_as_doctor_prints("flask/signer-bytes")
        project.cfgkit("doctor")
        self.assert_works(project)

    def test_the_cure_of_the_tutorial_fails_in_the_same_way_and_is_predicted_and_cured(self):
        project = SessionProject(
            self, "half-way", SECRET_KEY=SECRET, SESSION_TYPE="filesystem", SESSION_USE_SIGNER="true"
        )
        self.assert_fails(project, "TypeError: cannot use a string pattern on a bytes-like object")
        self.predict(project, "flask/signer-bytes", "Flask-Session 0.5.0")
        project.do_as_doctor_prints("flask/signer-bytes")
        project.cfgkit("doctor")
        self.assert_works(project)

    def test_without_the_signer_it_works_but_takes_any_session_id_until_it_is_cured(self):
        project = SessionProject(self, "half-way", SECRET_KEY=SECRET, SESSION_TYPE="filesystem")
        self.assert_works(project)

        def attacker_is_signed_in(chosen):
            chosen = {"session": chosen}
            with self.start(project) as server:
                Browser(server, chosen).post("/login", name="Ada")
                return Browser(server, chosen).get("/").status == 200

        self.assertTrue(attacker_is_signed_in("chosen-by-an-attacker"))
        project.cfgkit("doctor")
        self.assertIn("[flask/sid-fixation]", project.output)
        project.do_as_doctor_prints("flask/sid-fixation")
        project.cfgkit("doctor")
        self.assertNotIn("[flask/sid-fixation]", project.output)
        self.assertFalse(attacker_is_signed_in("chosen-by-another"))
        self.assert_works(project)

    def test_an_old_flask_with_a_new_werkzeug_is_predicted_and_cured(self):
        project = SessionProject(self, "unpinned", SECRET_KEY=SECRET)
        self.assert_fails(project, "ImportError: cannot import name 'url_quote' from 'werkzeug.urls'")
        self.predict(project, "dependency-conflict", "cannot import name 'url_quote'")
        project.do_as_doctor_prints("dependency-conflict")
        project.cfgkit("doctor")
        self.assert_works(project)

    def test_todays_versions_have_no_finding_and_work_with_every_store_signed_or_not(self):
        redis = Redis(self)
        stores = {
            "built in": {},
            "redis": {"SESSION_TYPE": "redis", "REDIS_URL": f"redis://127.0.0.1:{redis.port}"},
            "redis, signed": {
                "SESSION_TYPE": "redis", "REDIS_URL": f"redis://127.0.0.1:{redis.port}", "SESSION_USE_SIGNER": "true",
            },
            "filesystem": {"SESSION_TYPE": "filesystem"},
        }
        for name, values in stores.items():
            with self.subTest(name):
                project = SessionProject(self, "healthy", SECRET_KEY=SECRET, **values)
                project.cfgkit("doctor")
                self.assertNotIn("FAIL", project.output)
                self.assert_works(project)

    def test_a_stopped_redis_looks_healthy_until_the_login_and_doctor_names_it(self):
        redis = Redis(self)
        project = SessionProject(
            self, "healthy", SECRET_KEY=SECRET, SESSION_TYPE="redis", REDIS_URL=f"redis://127.0.0.1:{redis.port}"
        )
        redis.stop()
        self.assert_fails(project, "ConnectionError", path="/login")
        project.cfgkit("doctor", "--online", exits=69)
        self.assertIn("refuses connections [service-unreachable]", project.output)

    def test_a_session_type_of_null_is_predicted_and_cured(self):
        project = SessionProject(self, "healthy", SECRET_KEY=SECRET, SESSION_TYPE="null")
        project.cfgkit("run", "--", "true", exits=125)
        self.assertIn("[flask/session-type-null]", project.output)
        with AnyServer(project, FLASK, environment={"SESSION_TYPE": "null", "SECRET_KEY": SECRET}) as server:
            if server.process.poll() is None:
                self.assertEqual(Browser(server).get("/health").status, 500)
            self.assertRegex(server.output, "Unrecognized value for SESSION_TYPE|no secret key")
        self.predict(project, "flask/session-type-null", "SESSION_TYPE is null")
        project.write_line("SESSION_TYPE", "filesystem")
        project.cfgkit("doctor")
        self.assert_works(project)

    def test_a_missing_key_is_predicted_for_both_kinds_of_session_and_cured(self):
        project = SessionProject(self, "healthy", SECRET_KEY="")
        self.assert_fails(project, "no secret key was set", path="/login")
        self.predict(project, "missing-required", "SECRET_KEY is not set")
        project.do_as_doctor_prints("missing-required")
        self.assert_works(project)

        project = SessionProject(
            self, "healthy", SECRET_KEY="", SESSION_TYPE="filesystem", SESSION_USE_SIGNER="true"
        )
        project.cfgkit("run", "--", "true", exits=125)
        self.predict(project, "flask/signer-needs-secret", "no SECRET_KEY to sign with")
        project.do_as_doctor_prints("flask/signer-needs-secret")
        self.assert_works(project)

    def test_what_the_manifest_asks_for_and_is_not_there_is_predicted_and_cured(self):
        cases = {
            "dependency-missing": ("unpinned", "cachelib\n", "cachelib, which is not installed"),
            "not-as-pinned": ("half-way", "Flask-Session>=0.8.0\n", "installed is 0.5.0"),
        }
        for rule, (combination, requirements, message) in cases.items():
            with self.subTest(rule):
                project = SessionProject(self, combination, SECRET_KEY=SECRET)
                (project.folder / "requirements.txt").write_text(requirements)
                project.cfgkit("doctor", "--fail-on", "warning", exits=1)
                self.assertIn(message, project.output)
                project.do_as_doctor_prints(rule)
                project.cfgkit("doctor", "--fail-on", "info", exits=None)
                self.assertNotIn(f"[{rule}]", project.output)

    def test_a_flask_that_ignores_previous_keys_is_predicted_and_cured(self):
        project = SessionProject(self, "seed", SECRET_KEY=SECRET, SECRET_KEY_FALLBACKS=SECRET[::-1])
        project.cfgkit("doctor", exits=1)
        self.assertIn("Flask 2.2.5 ignores them [flask/fallbacks-version]", project.output)
        project.do_as_doctor_prints("flask/fallbacks-version")
        project.cfgkit("doctor", exits=None)
        self.assertNotIn("[flask/fallbacks-version]", project.output)
