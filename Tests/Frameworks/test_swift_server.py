"""A real Hummingbird server that imports CfgKit, over HTTP, its files changed while it runs."""

import shutil
import subprocess
import time
import unittest

from project import PLACEHOLDER, ROOT, Project
from server import Browser, Server

EXAMPLE = ROOT / "Examples" / "swift-server"
SERVER = EXAMPLE / ".build" / "debug" / "Server"


@unittest.skipUnless(SERVER.exists(), "Examples/swift-server is not built: swift build --package-path Examples/swift-server")
class SwiftServer(unittest.TestCase):
    def fresh(self):
        """A project with the example's schema and an `.env` that cfgkit made for it."""
        project = Project(self, None)
        shutil.copy(EXAMPLE / ".env.schema", project.folder)
        project.cfgkit("init")
        return project

    def start(self, project):
        # The port is a variable, the highest layer: it stays while the file changes.
        return Server(project, ["env", "PORT={port}", SERVER])

    def refused(self, project):
        """What the server says that does not start."""
        done = project.run([SERVER], exits=78)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def sign_in(self, server):
        browser = Browser(server)
        self.assertEqual(browser.post("/login", name="Ada").status, 303)
        return browser.cookies

    def wait_for(self, server, cookies, body):
        """Visits until the page says this; gives the cookies after that visit."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            browser = Browser(server, cookies)
            answer = browser.get("/")
            self.assertEqual(answer.status, 200, "signed out")
            if answer.body == body:
                return browser.cookies
            time.sleep(0.02)
        self.fail(f"never said {body!r}, but {answer.body!r}:\n{server.output}")

    def test_the_committed_schema_is_the_one_that_the_server_declares(self):
        printed = subprocess.run([SERVER, "schema"], capture_output=True, text=True, check=True).stdout
        self.assertEqual((EXAMPLE / ".env.schema").read_text(), printed)

    def test_a_placeholder_keeps_the_server_from_starting_until_the_printed_fix_is_run(self):
        project = self.fresh()
        project.write_line("SESSION_KEY", PLACEHOLDER)
        text = self.refused(project)
        self.assertRegex(text, r"(?m)^\.env:\d+:1: error: SESSION_KEY is a published placeholder, not a secret")
        self.assertIn("not started: 1 error", text)
        project.do_as_printed("SESSION_KEY")
        with self.start(project) as server:
            cookies = self.sign_in(server)
            self.wait_for(server, cookies, "Hello, Ada\n")

    def test_everything_that_is_wrong_is_said_at_once(self):
        project = self.fresh()
        project.write_line("SESSION_KEY", None)
        project.write_line("PORT", "http")
        text = self.refused(project)
        self.assertIn("SESSION_KEY is required", text)
        self.assertIn("PORT is not", text)
        self.assertIn("not started: 2 errors", text)

    def test_a_session_survives_prepare_and_promote_while_the_server_runs(self):
        project = self.fresh()
        with self.start(project) as server:
            first = self.sign_in(server)
            project.cfgkit("rotate-secret", "SESSION_KEY", "--prepare")
            # A change that shows: whoever sees it knows that the server has the prepared key too.
            project.cfgkit("set", "GREETING", "Prepared")
            prepared = self.wait_for(server, first, "Prepared, Ada\n")
            self.assertEqual(prepared, first, "the next key must not sign yet")

            project.cfgkit("rotate-secret", "SESSION_KEY", "--promote")
            project.cfgkit("set", "GREETING", "Promoted")
            promoted = self.wait_for(server, first, "Promoted, Ada\n")
            self.assertNotEqual(promoted, first, "the new key has to sign")
            self.wait_for(server, promoted, "Promoted, Ada\n")
        # The cookie of the first key is good after a restart as well, until that key is retired.
        with self.start(project) as server:
            self.wait_for(server, first, "Promoted, Ada\n")
            project.cfgkit("rotate-secret", "SESSION_KEY", "--retire", "--grace", "0")
            project.cfgkit("set", "GREETING", "Retired")
            self.wait_for(server, promoted, "Retired, Ada\n")
            self.assertEqual(Browser(server, first).get("/").status, 401)

    def test_a_cookie_of_another_key_is_refused(self):
        project, other = self.fresh(), self.fresh()
        with self.start(other) as server:
            cookies = self.sign_in(server)
        with self.start(project) as server:
            self.assertEqual(Browser(server, cookies).get("/").status, 401)
            self.assertEqual(Browser(server, {"session": "QWRh.QWRh"}).get("/").status, 401)
            self.assertEqual(Browser(server).get("/").status, 401)

    def test_a_file_that_is_not_valid_changes_nothing_and_is_logged_without_its_values(self):
        project = self.fresh()
        with self.start(project) as server:
            cookies = self.sign_in(server)
            project.write_line("GREETING", "Mended")
            project.write_line("SESSION_COOKIE_SECURE", "perhaps-4711")
            deadline = time.monotonic() + 20
            while "not taken over" not in server.output and time.monotonic() < deadline:
                self.wait_for(server, cookies, "Hello, Ada\n")
            self.assertIn("SESSION_COOKIE_SECURE", server.output)
            self.assertNotIn("4711", server.output)
            project.write_line("SESSION_COOKIE_SECURE", "false")
            self.wait_for(server, cookies, "Mended, Ada\n")

    def test_the_server_ends_with_0_when_it_is_told_to(self):
        server = self.start(self.fresh())
        self.assertEqual(server.stop(), 0)
