"""Real Flask, built-in sessions, under `flask run` and gunicorn."""

import json
import subprocess
import unittest

from project import PLACEHOLDER, Project
from server import Browser, Server

FLASK = ["flask", "run", "--port", "{port}"]
GUNICORN = ["gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "2", "app:create_app()"]


def under_cfgkit(command):
    return ["cfgkit", "run", "--", *command]


class FlaskCase(unittest.TestCase):
    def project(self):
        return Project(self, "flask")

    def fresh(self):
        project = self.project()
        project.cfgkit("init", "flask")
        return project

    def start(self, project, command=FLASK, **options):
        return Server(project, under_cfgkit(command), **options)

    def sign_in(self, server):
        browser = Browser(server)
        self.assertEqual(browser.post("/login", name="Ada").status, 302)
        self.assert_signed_in(server, browser.cookies)
        return dict(browser.cookies)

    def assert_signed_in(self, server, cookies):
        answer = Browser(server, cookies).get("/")
        self.assertEqual(answer.status, 200)
        self.assertIn("Signed in as Ada", answer.body)

    def assert_signed_out(self, server, cookies):
        answer = Browser(server, cookies).get("/")
        self.assertEqual((answer.status, answer.location), (302, "/login"))

    def assert_round_trip(self, server):
        browser = Browser(server)
        answers = [
            browser.get("/"),
            browser.post("/login", name="Ada"),
            browser.get("/"),
            browser.post("/logout"),
            browser.get("/"),
        ]
        self.assertEqual([answer.status for answer in answers], [302, 302, 200, 302, 302])


class TheSeedCase(FlaskCase):
    # What .env says of SECRET_KEY: nothing, the empty text, the tutorial's placeholder, more of its kind.
    REFUSED = {
        "no line": None,
        "empty": "",
        "the placeholder": PLACEHOLDER,
        "the placeholder in quotes": f'"{PLACEHOLDER}"',
        "dev": "dev",
        "change-me": "change-me",
        "one letter 64 times": "a" * 64,
    }

    def test_flask_is_version_3_1_1_or_newer(self):
        project = self.project()
        done = project.run(["python", "-c", "import importlib.metadata as m; print(m.version('flask'))"])
        version = tuple(map(int, done.stdout.split(".")))
        self.assertGreaterEqual(version, (3, 1, 1))

    def test_without_cfgkit_a_missing_secret_is_found_by_the_first_person_who_signs_in(self):
        project = self.project()
        with Server(project, FLASK) as server:
            self.assertEqual(Browser(server).get("/health").status, 200)
            self.assertEqual(Browser(server).post("/login", name="Ada").status, 500)
            self.assertIn("no secret key was set", server.output)

    def test_without_cfgkit_a_placeholder_lets_anyone_forge_a_sign_in(self):
        project = self.project()
        with Server(project, FLASK, environment={"SECRET_KEY": PLACEHOLDER}) as server:
            self.assert_signed_in(server, self.forged(project))

    def test_a_missing_or_sample_secret_is_refused_and_doing_as_printed_makes_the_application_work(self):
        for name, value in self.REFUSED.items():
            with self.subTest(name):
                project = self.fresh()
                project.write_line("SECRET_KEY", value)
                before = project.env.read_bytes()

                project.cfgkit("run", "--", "touch", "started", exits=125)
                self.assertIn("SECRET_KEY", project.output)
                self.assertTrue(project.printed_fixes(), project.output)
                self.assertFalse((project.folder / "started").exists())

                project.cfgkit("validate", exits=1)
                self.assertIn(".env", project.output)
                self.assertEqual(project.env.read_bytes(), before)

                project.do_as_printed("SECRET_KEY")
                project.cfgkit("validate")
                self.assertRegex(project.value("SECRET_KEY"), r"^[0-9a-f]{64}$")
                with self.start(project) as server:
                    self.assert_round_trip(server)

    def test_the_fix_in_json_is_the_fix_that_works(self):
        for value in (None, PLACEHOLDER):
            with self.subTest(value=value):
                project = self.fresh()
                project.write_line("SECRET_KEY", value)
                report = json.loads(project.cfgkit("validate", "--format", "json", exits=1).stdout)
                self.assertFalse(report["ok"])
                [finding] = [f for f in report["findings"] if f["severity"] == "error"]
                self.assertEqual(finding["key"], "SECRET_KEY")
                self.assertEqual(finding["rule"], "placeholder-secret" if value else "missing-required")
                self.assertEqual(finding["fix"]["kind"], "command")
                project.run(finding["fix"]["argv"])
                project.cfgkit("validate")

    def test_a_placeholder_is_not_kept_as_a_fallback(self):
        project = self.fresh()
        project.write_line("SECRET_KEY", PLACEHOLDER)
        before = project.env.read_bytes()
        project.cfgkit("rotate-secret", "SECRET_KEY", exits=64)
        self.assertEqual(project.env.read_bytes(), before)
        self.assertIn("--drop-previous", project.output)

        project.cfgkit("rotate-secret", "SECRET_KEY", "--drop-previous", "--yes")
        self.assertIsNone(project.value("SECRET_KEY_FALLBACKS"))
        with self.start(project) as server:
            self.assert_signed_out(server, self.forged(project))

    def test_a_project_without_env_is_refused_and_init_makes_it_work(self):
        project = self.fresh()
        project.env.unlink()
        project.cfgkit("validate", exits=1)
        self.assertIn("SECRET_KEY", project.output)
        project.cfgkit("run", "--", "touch", "started", exits=125)
        self.assertFalse((project.folder / "started").exists())
        project.cfgkit("init", "flask")
        project.cfgkit("validate")

    def test_the_environment_alone_can_hold_the_secret(self):
        project = self.fresh()
        secret = project.value("SECRET_KEY")
        project.env.unlink()
        with self.start(project, environment={"SECRET_KEY": secret}) as server:
            self.assert_round_trip(server)

    def test_a_placeholder_in_the_environment_is_refused_though_the_file_is_right(self):
        project = self.fresh()
        project.cfgkit("validate", exits=1, environment={"SECRET_KEY": PLACEHOLDER})
        project.cfgkit("run", "--", "true", exits=125, environment={"SECRET_KEY": PLACEHOLDER})

    def test_a_tutorials_env_is_merged_and_none_of_its_bytes_changes(self):
        project = self.project()
        project.env.write_text(f"# my app\nFLASK_APP=app.py\nSECRET_KEY={PLACEHOLDER}   # change me\n")
        lines = project.env.read_text().splitlines()
        project.cfgkit("init", "flask", exits=1)
        merged = project.env.read_text().splitlines()
        self.assertEqual([line for line in merged if line in lines], lines)
        self.assertIn("placeholder-secret", project.output)
        once = project.env.read_bytes()
        project.cfgkit("init", "flask", exits=1)
        self.assertEqual(project.env.read_bytes(), once)
        project.do_as_printed("SECRET_KEY")
        with self.start(project) as server:
            self.assert_round_trip(server)

    def forged(self, project):
        """A session cookie signed by an attacker who read the tutorial."""
        script = (
            "import flask, sys; app = flask.Flask('x'); app.secret_key = sys.argv[1];"
            "print(app.session_interface.get_signing_serializer(app).dumps({'name': 'Ada', '_permanent': True}))"
        )
        done = subprocess.run(
            ["python", "-c", script, PLACEHOLDER], env=project.environment, capture_output=True, text=True, check=True
        )
        return {"session": done.stdout.strip()}


class SessionsAcrossARotation(FlaskCase):
    def test_a_fresh_project_serves_a_round_trip_under_both_servers(self):
        project = self.fresh()
        project.cfgkit("validate")
        for command in (FLASK, GUNICORN):
            with self.subTest(command[0]), self.start(project, command) as server:
                self.assert_round_trip(server)

    def test_the_same_cookie_works_after_a_rotation_and_not_after_the_fallback_is_retired(self):
        for command in (FLASK, GUNICORN):
            with self.subTest(command[0]):
                project = self.fresh()
                project.cfgkit("validate")
                with self.start(project, command) as server:
                    cookies = self.sign_in(server)
                first = project.value("SECRET_KEY")

                project.cfgkit("rotate-secret", "SECRET_KEY")
                self.assertNotEqual(project.value("SECRET_KEY"), first)
                self.assertEqual(project.value("SECRET_KEY_FALLBACKS"), first)
                project.cfgkit("validate")
                with self.start(project, command) as server:
                    visitor = Browser(server, cookies)
                    self.assertEqual(visitor.get("/").status, 200)
                    renewed = visitor.cookies
                    self.assertNotEqual(renewed, cookies)

                project.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0")
                self.assertIsNone(project.value("SECRET_KEY_FALLBACKS"))
                project.cfgkit("validate")
                with self.start(project, command) as server:
                    self.assert_signed_out(server, cookies)
                    self.assert_signed_in(server, renewed)

    def test_with_drop_previous_the_old_cookie_stops_at_once(self):
        project = self.fresh()
        with self.start(project) as server:
            cookies = self.sign_in(server)
        project.cfgkit("rotate-secret", "SECRET_KEY", "--drop-previous", "--yes")
        self.assertIsNone(project.value("SECRET_KEY_FALLBACKS"))
        with self.start(project) as server:
            self.assert_signed_out(server, cookies)

    def test_the_cookies_of_two_rotations_ago_still_work(self):
        project = self.fresh()
        signed = []
        for _ in range(2):
            with self.start(project) as server:
                signed.append(self.sign_in(server))
            project.cfgkit("rotate-secret", "SECRET_KEY")
        self.assertEqual(len(project.value("SECRET_KEY_FALLBACKS").split(",")), 2)
        with self.start(project) as server:
            for cookies in signed:
                self.assert_signed_in(server, cookies)

    def test_a_third_rotation_within_the_grace_is_refused_and_signs_nobody_out(self):
        project = self.fresh()
        with self.start(project) as server:
            cookies = self.sign_in(server)
        project.cfgkit("rotate-secret", "SECRET_KEY")
        project.cfgkit("rotate-secret", "SECRET_KEY")
        before = project.env.read_bytes()
        project.cfgkit("rotate-secret", "SECRET_KEY", exits=75)
        self.assertEqual(project.env.read_bytes(), before)
        with self.start(project) as server:
            self.assert_signed_in(server, cookies)

    def test_retiring_before_the_grace_has_passed_is_refused(self):
        project = self.fresh()
        project.cfgkit("rotate-secret", "SECRET_KEY")
        before = project.env.read_bytes()
        project.cfgkit("rotate-secret", "SECRET_KEY", "--retire", exits=75)
        self.assertEqual(project.env.read_bytes(), before)

    def test_a_rotation_that_the_environment_would_hide_is_refused(self):
        project = self.fresh()
        before = project.env.read_bytes()
        other = project.run(["python", "-c", "import secrets; print(secrets.token_hex(32))"]).stdout.strip()
        project.cfgkit("rotate-secret", "SECRET_KEY", exits=1, environment={"SECRET_KEY": other})
        self.assertEqual(project.env.read_bytes(), before)

    def test_after_a_reload_gunicorn_still_signs_with_the_old_key_and_after_a_restart_with_the_new_one(self):
        project = self.fresh()
        with self.start(project, GUNICORN) as server:
            project.cfgkit("rotate-secret", "SECRET_KEY")
            self.assertIn("restart", project.output)
            server.reload()
            after_reload = self.sign_in(server)
        with self.start(project, GUNICORN) as server:
            after_restart = self.sign_in(server)
        project.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0")
        with self.start(project, GUNICORN) as server:
            self.assert_signed_out(server, after_reload)
            self.assert_signed_in(server, after_restart)

    def test_the_server_has_the_pid_that_cfgkit_had_and_its_own_exit_status(self):
        project = self.fresh()
        with self.start(project, GUNICORN) as server:
            with open(f"/proc/{server.process.pid}/cmdline") as file:
                self.assertIn("gunicorn", file.read())
            self.assertEqual(server.stop(), 0)


class ThreeSteps(FlaskCase):
    def test_two_servers_restarted_one_after_the_other_lose_nobody(self):
        """prepare, promote, retire, with a rolling restart after each, behind a balancer that picks at random."""
        project = self.fresh()
        servers = [self.start(project), self.start(project)]
        signed = [self.sign_in(server) for server in servers]

        def everybody_is_signed_in_everywhere():
            for server in servers:
                for cookies in signed:
                    self.assert_signed_in(server, cookies)

        for step in (["--prepare"], ["--promote"], ["--retire", "--grace", "0"]):
            if step[0] == "--retire":
                # Everybody comes by during the grace and leaves with a cookie of the new key.
                for index, cookies in enumerate(signed):
                    browser = Browser(servers[0], cookies)
                    browser.get("/")
                    signed[index] = dict(browser.cookies)
            project.cfgkit("rotate-secret", "SECRET_KEY", *step)
            project.cfgkit("validate")
            for index in range(len(servers)):
                servers[index].stop()
                servers[index] = self.start(project)
                signed.append(self.sign_in(servers[index]))
                everybody_is_signed_in_everywhere()

    def test_promote_without_prepare_is_refused(self):
        project = self.fresh()
        before = project.env.read_bytes()
        project.cfgkit("rotate-secret", "SECRET_KEY", "--promote", exits=64)
        self.assertEqual(project.env.read_bytes(), before)
