"""What the packs of other frameworks claim, by the real frameworks: the error is real, cfgkit says it before, and doing as printed mends it."""

import base64
import hashlib
import hmac
import os
import re
import shutil
import subprocess
import time
import unittest

from project import Project
from server import Browser, Server
from test_django import GUNICORN, DjangoCase

class DjangoDeployment(DjangoCase):
    def unsafe(self):
        """A production configuration with everything wrong that `check --deploy` knows and that lives in the environment."""
        project = self.fresh()
        for key, value in {
            "APP_ENV": "production", "DEBUG": "true", "ALLOWED_HOSTS": "", "SESSION_COOKIE_SECURE": "false",
            "CSRF_COOKIE_SECURE": "false", "SECURE_SSL_REDIRECT": "false", "SECURE_HSTS_SECONDS": "0",
            "SECRET_KEY": "k3v9Qx7LmZ2pRt8W", "SECRET_KEY_FALLBACKS": "changeme", "DATABASE_URL": "sqlite:///db.sqlite3",
        }.items():
            project.write_line(key, value)
        return project

    def complaints(self, project):
        """The settings that Django's own check names, of those that the schema declares."""
        done = subprocess.run(
            ["cfgkit", "run", "--no-validate", "--", "python", "manage.py", "check", "--deploy"],
            cwd=project.folder, env=project.environment, capture_output=True, text=True,
        )
        declared = re.findall(r"^([A-Z_]+)=", (project.folder / ".env.schema").read_text(), re.MULTILINE)
        warnings = re.findall(r"\(security\.\w+\) (.*)", done.stdout + done.stderr)
        self.assertTrue(warnings or done.returncode == 0, done.stdout + done.stderr)
        # Each warning is about the first setting that it names.
        named = {next((word for word in re.findall(r"[A-Z_]{5,}", line) if word in declared), None) for line in warnings}
        return named - {None}

    def test_cfgkit_names_every_setting_that_djangos_deployment_check_names(self):
        project = self.unsafe()
        theirs = self.complaints(project)
        self.assertGreaterEqual(
            theirs,
            {"DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
             "SECRET_KEY", "SECRET_KEY_FALLBACKS"},
        )
        project.cfgkit("validate", exits=1)
        ours = {found for found in re.findall(r"(?:error|warning): ([A-Z_]+) ", project.output)}
        self.assertEqual(theirs - ours, set(), project.output)

    def test_doing_as_printed_leaves_the_deployment_check_nothing_to_say_of_them(self):
        project = self.unsafe()
        project.cfgkit("validate", exits=1)
        # The names of the site are known to a person alone.
        fixes = [fix for fix in project.printed_fixes() if "ALLOWED_HOSTS" not in fix]
        project.write_line("ALLOWED_HOSTS", "www.example.org")
        self.assertGreaterEqual(len(fixes), 7, project.output)
        for fix in fixes:
            project.run(["sh", "-c", fix])
        project.cfgkit("validate")
        self.assertEqual(project.output, "")
        self.assertEqual(self.complaints(project), set())

    def test_without_host_names_every_request_is_refused_as_predicted(self):
        project = self.fresh()
        project.write_line("APP_ENV", "production")
        for key in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
            project.write_line(key, "true")
        project.write_line("ALLOWED_HOSTS", "")
        project.write_line("DATABASE_URL", "sqlite:///db.sqlite3")
        project.cfgkit("validate", exits=1)
        self.assertIn("ALLOWED_HOSTS is empty: every request is answered with 400 [django/allowed-hosts]", project.output)

        class Refusing(Server):
            def wait_until_it_answers(self):
                for _ in range(400):
                    try:
                        return Browser(self).get("/health")
                    except OSError:
                        time.sleep(0.05)

        command = ["cfgkit", "run", "--no-validate", "--", *GUNICORN]
        with Refusing(project, command) as server:
            self.assertEqual(Browser(server).get("/health").status, 400)
        project.write_line("ALLOWED_HOSTS", "127.0.0.1")
        project.cfgkit("validate")
        with self.start(project, GUNICORN) as server:
            self.assertEqual(Browser(server).get("/health").status, 200)


class Rails(unittest.TestCase):
    APPLICATION = """
require "rails"
require "action_controller/railtie"
class App < Rails::Application
  config.load_defaults 6.1
  config.root = Dir.pwd
  config.eager_load = false
  config.logger = Logger.new(nil)
  config.require_master_key = false
end
Rails.application.initialize!
puts Rails.application.credentials.mail_password.length
"""

    def setUp(self):
        if shutil.which("ruby") is None or subprocess.run(["ruby", "-e", "require 'rails'"], capture_output=True).returncode:
            self.skipTest("Rails is not on this machine")

    def test_a_master_key_of_another_length_keeps_the_application_from_starting_as_predicted(self):
        project = Project(self, None)
        (project.folder / "config").mkdir()
        (project.folder / ".gitignore").write_text(".env\n")
        master = "0f3b9c61d2a84e75b1c0937f5d28e6a4"
        make = (
            "require 'securerandom'\nrequire 'active_support'\nrequire 'active_support/encrypted_configuration'\n"
            "ActiveSupport::EncryptedConfiguration.new(config_path: 'config/credentials.yml.enc', key_path: 'none', "
            "env_key: 'RAILS_MASTER_KEY', raise_if_missing_key: true).write(\"mail_password: secret\\n\")"
        )
        project.run(["ruby", "-e", make], environment={"RAILS_MASTER_KEY": master})
        project.cfgkit("init", "rails")
        project.write_line("RAILS_MASTER_KEY", master[:31])
        start = ["ruby", "-e", self.APPLICATION]

        failed = subprocess.run(["cfgkit", "run", "--no-validate", "--", *start], cwd=project.folder, env=project.environment, capture_output=True, text=True)
        self.assertNotEqual(failed.returncode, 0)
        self.assertRegex(failed.stderr, "ArgumentError|InvalidMessage|key must be")
        project.cfgkit("validate", exits=1)
        self.assertIn("RAILS_MASTER_KEY is not 32 hexadecimal digits, so that no credentials open [rails/master-key]", project.output)
        self.assertIn("fix: take it from config/master.key: cfgkit set RAILS_MASTER_KEY", project.output)

        project.cfgkit("set", "RAILS_MASTER_KEY", "--stdin", input=master + "\n")
        project.cfgkit("validate")
        self.assertEqual(project.cfgkit("run", "--", *start).stdout.strip(), "6")


class Express(unittest.TestCase):
    APPLICATION = """
const express = require("express"), signature = require("cookie-signature")
const secret = process.env.SESSION_SECRET
const app = express()
app.get("/health", (request, response) => response.send("ok"))
app.get("/", (request, response) => {
  const cookie = decodeURIComponent(/session=([^;]*)/.exec(request.headers.cookie || "")?.[1] || "")
  const name = cookie.startsWith("s:") && signature.unsign(cookie.slice(2), secret)
  name ? response.send("Signed in as " + name) : response.status(401).end()
})
app.listen(Number(process.env.PORT), "127.0.0.1")
"""

    def forged(self, secret):
        """A cookie as cookie-signature makes it, by someone who knows the secret."""
        digest = base64.b64encode(hmac.new(secret.encode(), b"Ada", hashlib.sha256).digest()).decode().rstrip("=")
        return {"session": f"s:Ada.{digest}".replace("+", "%2B").replace("/", "%2F")}

    def test_the_secret_of_the_tutorials_lets_anyone_in_as_predicted_and_after_the_printed_fix_it_does_not(self):
        if not os.path.isdir("/usr/share/nodejs/express") or not os.path.isdir("/usr/share/nodejs/cookie-signature"):
            self.skipTest("Express is not on this machine")
        project = Project(self, None)
        (project.folder / "server.js").write_text(self.APPLICATION)
        project.cfgkit("init", "express")
        project.write_line("SESSION_SECRET", "'keyboard cat'")
        server = ["env", "PORT={port}", "NODE_PATH=/usr/share/nodejs", "cfgkit", "run"]
        with Server(project, [*server, "--no-validate", "--", "node", "server.js"]) as started:
            answer = Browser(started, self.forged("keyboard cat")).get("/")
            self.assertEqual((answer.status, answer.body), (200, "Signed in as Ada"))

        project.cfgkit("run", "--", "touch", "started", exits=125)
        self.assertFalse((project.folder / "started").exists())
        project.cfgkit("validate", exits=1)
        self.assertRegex(project.output, r"SESSION_SECRET .*\[(placeholder-secret|known-secret)\]")
        project.do_as_printed("SESSION_SECRET")
        project.cfgkit("validate")
        with Server(project, [*server, "--", "node", "server.js"]) as started:
            self.assertEqual(Browser(started, self.forged("keyboard cat")).get("/").status, 401)
