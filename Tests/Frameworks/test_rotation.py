"""Who stays signed in, by each way to change the key, with real servers."""

import shutil
import unittest
from pathlib import Path

from project import VENVS, Project
from server import Browser, Server

APPS = Path(__file__).resolve().parent / "apps"
ROTATE = ("rotate-secret", "SECRET_KEY")

# What is done to the key; the servers are restarted after each step.
ROUTES = {
    "one shot": [ROTATE],
    "prepare": [(*ROTATE, "--prepare")],
    "prepare, promote": [(*ROTATE, "--prepare"), (*ROTATE, "--promote")],
    "one shot, then back": [ROTATE, (*ROTATE, "--abort")],
    "prepare, then back": [(*ROTATE, "--prepare"), (*ROTATE, "--abort")],
    "one shot, retired": [ROTATE, (*ROTATE, "--retire", "--grace", "0")],
    "drop previous": [(*ROTATE, "--drop-previous")],
    "compromised": [(*ROTATE, "--compromised", "--yes")],
}


class SessionsCase(unittest.TestCase):
    def fresh(self, venv="sessions", **environment):
        project = Project(self, None, venv=venv)
        shutil.copy(APPS / "sessions.py", project.folder / "app.py")
        project.environment |= environment | {"SESSION_FOLDER": str(project.folder / ".git" / "sessions")}
        project.cfgkit("init", "flask")
        return project

    def start(self, project):
        return Server(project, ["cfgkit", "run", "--", "flask", "run", "--port", "{port}"])

    def cookies(self, server, path, **fields):
        browser = Browser(server)
        self.assertEqual(browser.post(path, **fields).status, 302)
        return dict(browser.cookies)

    def is_in(self, server, cookies, path="/"):
        return Browser(server, cookies).get(path).status == 200


class FlasksOwnSessions(SessionsCase):
    # Who is still in: a permanent session that came by during the overlap, one that did not, a session that is only read
    # and came by, a remember-me cookie alone, a form that was open.
    TABLE = {
        "one shot": dict(used=True, absent=True, read=True, remembered=False, form=400),
        "prepare": dict(used=True, absent=True, read=True, remembered=True, form=200),
        "prepare, promote": dict(used=True, absent=True, read=True, remembered=False, form=400),
        "one shot, then back": dict(used=True, absent=True, read=True, remembered=True, form=200),
        "prepare, then back": dict(used=True, absent=True, read=True, remembered=True, form=200),
        "one shot, retired": dict(used=True, absent=False, read=False, remembered=False, form=400),
        "drop previous": dict(used=False, absent=False, read=False, remembered=False, form=400),
        "compromised": dict(used=False, absent=False, read=False, remembered=False, form=400),
    }

    def test_who_stays_signed_in_is_what_the_table_says(self):
        self.assertEqual(self.TABLE.keys(), ROUTES.keys())
        for route, expected in self.TABLE.items():
            with self.subTest(route):
                project = self.fresh()
                with self.start(project) as server:
                    used = self.cookies(server, "/login", name="Ada", permanent="yes")
                    absent = self.cookies(server, "/login", name="Ada", permanent="yes")
                    read = self.cookies(server, "/login", name="Ada")
                    token_cookie = self.cookies(server, "/remember")["remember_token"]
                    page = Browser(server)
                    token = page.get("/form").body
                for step in ROUTES[route]:
                    project.cfgkit(*step)
                    with self.start(project) as server:
                        visitor, reader = Browser(server, used), Browser(server, read)
                        visitor.get("/"), reader.get("/")
                        used, read = dict(visitor.cookies), dict(reader.cookies)
                        found = dict(
                            used=self.is_in(server, used),
                            absent=self.is_in(server, absent),
                            read=self.is_in(server, read),
                            remembered=self.is_in(server, {"remember_token": token_cookie}, "/remembered"),
                            form=Browser(server, page.cookies).post("/form", csrf_token=token).status,
                        )
                self.assertEqual(found, expected)

    def test_what_does_not_survive_was_said(self):
        project = self.fresh()
        project.cfgkit(*ROTATE)
        for note in ("remember-me cookies", "refused once with 400", "only read is not signed again"):
            self.assertIn(note, project.output)


class FlaskSessions(SessionsCase):
    # Session ids live in a store. Unsigned, no key has a say; signed, the signer reads one key, or the list that KEY is.
    TABLE = {
        "one shot": dict(unsigned=True, signed=False, listed=True),
        "prepare, promote": dict(unsigned=True, signed=False, listed=True),
        "one shot, then back": dict(unsigned=True, signed=True, listed=True),
        "drop previous": dict(unsigned=True, signed=False, listed=False),
        "compromised": dict(unsigned=True, signed=False, listed=False),
    }
    KINDS = {
        "unsigned": {},
        "signed": {"SESSION_USE_SIGNER": "true"},
        "listed": {"SESSION_USE_SIGNER": "true", "SECRET_KEY_IS_LIST": "yes"},
    }
    NOTES = {
        "unsigned": "does not use SECRET_KEY",
        "signed": "ignores SECRET_KEY_FALLBACKS",
        "listed": "takes the list that SECRET_KEY is",
    }

    def test_who_stays_signed_in_is_what_the_table_says(self):
        for kind, environment in self.KINDS.items():
            for route, expected in self.TABLE.items():
                with self.subTest(f"{kind}, {route}"):
                    project = self.fresh(SESSION_TYPE="cachelib", **environment)
                    if kind == "listed":
                        schema = project.folder / ".env.schema"
                        text = schema.read_text()
                        schema.write_text(
                            text.replace(
                                "fallback=SECRET_KEY_FALLBACKS", "fallback=SECRET_KEY fallback-order=oldest-first"
                            )
                        )
                    with self.start(project) as server:
                        cookies = self.cookies(server, "/login", name="Ada")
                    for step in ROUTES[route]:
                        project.cfgkit(*step)
                        if step == ROTATE:
                            self.assertIn(self.NOTES[kind], project.output)
                        with self.start(project) as server:
                            found = self.is_in(server, cookies)
                    self.assertEqual(found, expected[kind])


class FlasksThatAreTooOld(SessionsCase):
    VERSIONS = {"flask-3.0": ("3.0.3", "ignores SECRET_KEY_FALLBACKS"), "flask-3.1.0": ("3.1.0", "CVE-2025-47278")}
    # Signs with a new key that has an old one beside it, and tells which of the two verifies.
    SCRIPT = """
import sys, flask
from itsdangerous import BadSignature
new, old = sys.argv[1:]
app = flask.Flask("x"); app.config.update(SECRET_KEY=new, SECRET_KEY_FALLBACKS=[old])
alone = flask.Flask("x"); alone.config.update(SECRET_KEY=old)
serializer = lambda app: app.session_interface.get_signing_serializer(app)
def accepts(app, text):
    try: serializer(app).loads(text); return True
    except BadSignature: return False
print(accepts(app, serializer(alone).dumps({})), accepts(alone, serializer(app).dumps({})))
"""

    def test_a_rotation_that_would_keep_the_old_key_is_refused_with_the_reason(self):
        for venv, (version, reason) in self.VERSIONS.items():
            with self.subTest(venv):
                project = self.fresh(venv)
                before = project.env.read_bytes()
                for flags in ((), ("--prepare",)):
                    project.cfgkit(*ROTATE, *flags, exits=64)
                    self.assertIn(f"Flask {version}", project.output)
                    self.assertIn(reason, project.output)
                    self.assertIn("Flask 3.1.1 or newer", project.output)
                self.assertEqual(project.env.read_bytes(), before)
                project.cfgkit(*ROTATE, "--drop-previous")

    def test_a_version_that_is_only_pinned_is_refused_too(self):
        project = self.fresh("none")
        (project.folder / "requirements.txt").write_text("gunicorn\nFlask==3.1.0  # not yet\n")
        project.cfgkit(*ROTATE, exits=64)
        self.assertIn("Flask 3.1.0 (requirements.txt:2)", project.output)
        (project.folder / "requirements.txt").write_text("Flask==3.1.1\n")
        project.cfgkit(*ROTATE)

    def test_the_reason_is_true(self):
        expected = {"flask-3.0": "False False", "flask-3.1.0": "True True", "sessions": "True False"}
        for venv, answer in expected.items():
            with self.subTest(venv):
                project = Project(self, None, venv=venv)
                done = project.run(["python", "-c", self.SCRIPT, "n" * 32, "o" * 32])
                self.assertEqual(done.stdout.strip(), answer)


class Djangos(unittest.TestCase):
    # A login that came by during the overlap, and one that did not; signed cookies and the database alike, since Django
    # keeps in both a hash made with the key.
    TABLE = {
        "one shot": dict(used=True, absent=True),
        "prepare": dict(used=True, absent=True),
        "prepare, promote": dict(used=True, absent=True),
        "one shot, then back": dict(used=True, absent=True),
        "one shot, retired": dict(used=True, absent=False),
        "drop previous": dict(used=False, absent=False),
        "compromised": dict(used=False, absent=False),
    }
    ENGINES = ("signed_cookies", "db")

    def test_who_stays_signed_in_is_what_the_table_says(self):
        for engine in self.ENGINES:
            for route, expected in self.TABLE.items():
                with self.subTest(f"{engine}, {route}"):
                    project = Project(self, "django")
                    (project.folder / "engine.py").write_text(
                        f"from config.settings import *\nSESSION_ENGINE = 'django.contrib.sessions.backends.{engine}'\n"
                    )
                    project.environment["DJANGO_SETTINGS_MODULE"] = "engine"
                    project.cfgkit("init", "django")
                    project.cfgkit("run", "--", "python", "manage.py", "migrate", "--verbosity", "0")
                    project.cfgkit(
                        *("run", "--", "python", "manage.py", "createsuperuser", "--noinput"),
                        *("--username", "Ada", "--email", "ada@example.org"),
                        environment={"DJANGO_SUPERUSER_PASSWORD": "a-password"},
                    )
                    with self.start(project) as server:
                        used, absent = self.sign_in(server), self.sign_in(server)
                    for step in ROUTES[route]:
                        project.cfgkit(*step)
                        with self.start(project) as server:
                            visitor = Browser(server, used)
                            visitor.get("/")
                            used = dict(visitor.cookies)
                            # The last step's visit of the other one counts, so it stays away before.
                            found = dict(used=Browser(server, used).get("/").status == 200)
                            if step == ROUTES[route][-1]:
                                found["absent"] = Browser(server, absent).get("/").status == 200
                    self.assertEqual(found, expected)

    def start(self, project):
        command = ["python", "manage.py", "runserver", "--noreload", "127.0.0.1:{port}"]
        return Server(project, ["cfgkit", "run", "--", *command])

    def sign_in(self, server):
        browser = Browser(server)
        token = browser.form_token("/login")
        answer = browser.post("/login", username="Ada", password="a-password", csrfmiddlewaretoken=token)
        self.assertEqual(answer.status, 302)
        return dict(browser.cookies)
