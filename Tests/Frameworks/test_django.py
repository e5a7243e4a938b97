"""Real Django 5, signed-cookie sessions, django.contrib.auth, under runserver and gunicorn."""

import secrets
import unittest

from project import PLACEHOLDER, Project
from server import Browser, Server

RUNSERVER = ["python", "manage.py", "runserver", "--noreload", "127.0.0.1:{port}"]
GUNICORN = ["gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "2", "config.wsgi"]


class DjangoCase(unittest.TestCase):
    def fresh(self):
        """A project with a database and one user, Ada."""
        project = Project(self, "django")
        project.cfgkit("init", "django")
        project.cfgkit("run", "--", "python", "manage.py", "migrate", "--verbosity", "0")
        self.password = secrets.token_urlsafe(12)
        project.cfgkit(
            *("run", "--", "python", "manage.py", "createsuperuser", "--noinput"),
            *("--username", "Ada", "--email", "ada@example.org"),
            environment={"DJANGO_SUPERUSER_PASSWORD": self.password},
        )
        return project

    def start(self, project, command=RUNSERVER, **options):
        return Server(project, ["cfgkit", "run", "--", *command], **options)

    def sign_in(self, server):
        browser = Browser(server)
        token = browser.form_token("/login")
        answer = browser.post("/login", username="Ada", password=self.password, csrfmiddlewaretoken=token)
        self.assertEqual((answer.status, answer.location), (302, "/"))
        self.assert_signed_in(server, browser.cookies)
        return dict(browser.cookies)

    def assert_signed_in(self, server, cookies):
        answer = Browser(server, cookies).get("/")
        self.assertEqual(answer.status, 200)
        self.assertIn("Signed in as Ada", answer.body)

    def assert_signed_out(self, server, cookies):
        answer = Browser(server, cookies).get("/")
        self.assertEqual((answer.status, answer.location), (302, "/login?next=/"))


class DjangoSessions(DjangoCase):
    def test_django_is_version_5(self):
        project = Project(self, "django")
        version = project.run(["python", "-c", "import django; print(django.VERSION[0])"]).stdout.strip()
        self.assertEqual(version, "5")

    def test_a_fresh_project_serves_a_round_trip(self):
        project = self.fresh()
        project.cfgkit("validate")
        with self.start(project) as server:
            browser = Browser(server)
            self.assertEqual(browser.get("/").status, 302)
            token = browser.form_token("/login")
            answer = browser.post("/login", username="Ada", password=self.password, csrfmiddlewaretoken=token)
            self.assertEqual(answer.status, 302)
            page = browser.get("/")
            self.assertEqual(page.status, 200)
            token = browser.form_token("/")
            self.assertEqual(browser.post("/logout", csrfmiddlewaretoken=token).status, 302)
            self.assertEqual(browser.get("/").status, 302)

    def test_the_same_cookie_works_after_a_rotation_and_not_after_the_fallback_is_retired(self):
        for command in (RUNSERVER, GUNICORN):
            with self.subTest(command[0]):
                project = self.fresh()
                project.cfgkit("validate")
                with self.start(project, command) as server:
                    visitor, absent = self.sign_in(server), self.sign_in(server)
                first = project.value("SECRET_KEY")

                project.cfgkit("rotate-secret", "SECRET_KEY")
                self.assertNotEqual(project.value("SECRET_KEY"), first)
                self.assertEqual(project.value("SECRET_KEY_FALLBACKS"), first)
                with self.start(project, command) as server:
                    browser = Browser(server, visitor)
                    self.assertEqual(browser.get("/").status, 200)
                    renewed = dict(browser.cookies)
                    self.assert_signed_in(server, absent)

                project.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0")
                self.assertIsNone(project.value("SECRET_KEY_FALLBACKS"))
                with self.start(project, command) as server:
                    self.assert_signed_out(server, absent)
                    self.assert_signed_out(server, visitor)
                    self.assert_signed_in(server, renewed)  # Django renews a login that is used in the overlap


class DjangoRefusals(DjangoCase):
    # Missing, empty, samples, and what `startproject` writes.
    REFUSED = {
        "no line": None,
        "empty": "",
        "the placeholder": PLACEHOLDER,
        "startproject's own": "django-insecure-6^mq4(7r!b2xk0f&w9z1u5vt8n3c@yh)pj=sdlgea+o_i%$k#e",
        "shorter than 50": "0f3b9c61d2",
    }

    def test_a_missing_or_insecure_secret_is_refused_and_doing_as_printed_makes_the_application_work(self):
        for name, value in self.REFUSED.items():
            with self.subTest(name):
                project = Project(self, "django")
                project.cfgkit("init", "django")
                written = value if not value or "#" not in value else f"'{value}'"
                project.write_line("SECRET_KEY", written)

                project.cfgkit("run", "--", "touch", "started", exits=125)
                self.assertFalse((project.folder / "started").exists())
                project.cfgkit("validate", exits=1)
                self.assertTrue(project.printed_fixes(), project.output)
                project.do_as_printed("SECRET_KEY")

                project.cfgkit("validate")
                self.assertGreaterEqual(len(project.value("SECRET_KEY")), 50)
                with self.start(project) as server:
                    self.assertEqual(Browser(server).get("/login").status, 200)

    def test_production_refuses_debug_and_cookies_sent_over_http(self):
        project = Project(self, "django")
        project.cfgkit("init", "django")
        project.write_line("APP_ENV", "production")
        project.write_line("DEBUG", "true")
        project.cfgkit("validate", exits=1)
        for key in ("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DATABASE_URL"):
            self.assertIn(key, project.output)
        project.write_line("DEBUG", "false")
        project.write_line("SESSION_COOKIE_SECURE", "true")
        project.write_line("CSRF_COOKIE_SECURE", "true")
        project.write_line("DATABASE_URL", "sqlite:///db.sqlite3")
        project.cfgkit("validate")

    def test_what_cfgkit_passes_in_production_passes_djangos_own_deployment_check_of_the_secret(self):
        project = Project(self, "django")
        project.cfgkit("init", "django")
        done = project.cfgkit("run", "--", "python", "manage.py", "check", "--deploy")
        self.assertNotIn("security.W009", done.stdout + done.stderr)  # SECRET_KEY
        self.assertNotIn("security.W025", done.stdout + done.stderr)  # SECRET_KEY_FALLBACKS
        self.assertNotIn("security.W018", done.stdout + done.stderr)  # DEBUG
        self.assertNotIn("security.W020", done.stdout + done.stderr)  # ALLOWED_HOSTS
