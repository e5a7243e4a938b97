"""`doctor --online` against a real Redis and PostgreSQL, and against a listener that keeps what it is sent."""

import json
import shutil
import socket
import subprocess
import unittest

from project import Project
from server import free_port
from services import Postgres, Recorder, Redis, Web

SECRET = "Kx7vQ2mZ9pLr4TnB"


class OnlineCase(unittest.TestCase):
    def doctor(self, url, *arguments, exits, key="SERVICE_URL"):
        project = Project(self, None)
        project.env.write_text(f"{key}={url}\n")
        project.env.chmod(0o600)
        (project.folder / ".gitignore").write_text(".env\n")
        project.cfgkit("doctor", "--online", *arguments, exits=exits)
        self.assertNotIn(SECRET, project.output)
        return project.output


class RealServices(OnlineCase):
    def test_a_redis_that_is_up_answers_with_and_without_a_password(self):
        for password in (None, SECRET):
            redis = Redis(self, password)
            output = self.doctor(f"redis://user:{SECRET}@127.0.0.1:{redis.port}/0", exits=0)
            self.assertRegex(output, rf"ok +SERVICE_URL: 127\.0\.0\.1:{redis.port} answers, \d+ ms")
            self.assertNotIn("skip", output)

    def test_a_postgres_that_is_up_answers_and_tls_is_asked_for_where_the_url_insists(self):
        plain = Postgres(self)
        with_tls = Postgres(self, tls=True)
        url = "postgresql://app:{}@127.0.0.1:{}/app?sslmode={}"
        for service, mode, exits in (
            (plain, "prefer", 0), (plain, "require", 69), (plain, "verify-full", 69), (with_tls, "require", 0), (with_tls, "disable", 0),
        ):
            with self.subTest(tls=service.tls, mode=mode):
                output = self.doctor(url.format(SECRET, service.port, mode), exits=exits)
                self.assertEqual("[service-tls]" in output, exits == 69, output)

    def test_a_stopped_redis_is_named_before_the_application_starts(self):
        redis = Redis(self)
        redis.stop()
        output = self.doctor(f"redis://127.0.0.1:{redis.port}", exits=69)
        self.assertIn(f"warn  .env:1:1: SERVICE_URL: 127.0.0.1:{redis.port} refuses connections [service-unreachable]", output)
        self.assertIn("FAIL", self.doctor(f"redis://127.0.0.1:{redis.port}", "-e", "production", exits=69))

    def test_a_service_of_another_kind_is_not_taken_for_the_right_one(self):
        redis, postgres = Redis(self), Postgres(self)
        for url in (f"redis://127.0.0.1:{postgres.port}", f"postgres://127.0.0.1:{redis.port}/app",
                    f"mysql://127.0.0.1:{redis.port}/app", f"http://127.0.0.1:{redis.port}/", f"smtp://127.0.0.1:{postgres.port}"):
            with self.subTest(url.split(":")[0]):
                output = self.doctor(url, exits=69)
                self.assertIn("[service-unreachable]", output)

    def test_tls_that_is_wanted_and_not_offered_is_told_from_another_protocol(self):
        redis, secure_redis, web, secure_web = Redis(self), Redis(self, tls=True), Web(self), Web(self, tls=True)
        for scheme, service in (("rediss", redis), ("https", web), ("https", redis), ("rediss", web)):
            with self.subTest(f"{scheme}, {type(service).__name__} without TLS"):
                output = self.doctor(f"{scheme}://127.0.0.1:{service.port}/0", exits=69)
                self.assertIn("SERVICE_URL insists on TLS", output)
                self.assertIn("[service-tls]", output)
        for scheme, service in (("redis", secure_redis), ("http", secure_web)):
            with self.subTest(f"{scheme}, {type(service).__name__} with TLS"):
                output = self.doctor(f"{scheme}://127.0.0.1:{service.port}/0", exits=69)
                self.assertIn(f"127.0.0.1:{service.port} speaks TLS, and {scheme} does not [service-unreachable]", output)
        for scheme, service in (("rediss", secure_redis), ("https", secure_web), ("https", secure_redis)):
            with self.subTest(f"{scheme}, {type(service).__name__} with TLS"):
                output = self.doctor(f"{scheme}://127.0.0.1:{service.port}/0", exits=0)
                self.assertRegex(output, rf"127\.0\.0\.1:{service.port} answers, \d+ ms, TLS; its certificate was not checked")
        for _ in range(2):
            # Nobody was disturbed by a connection that ended in the middle of a handshake.
            self.doctor(f"rediss://127.0.0.1:{secure_redis.port}/0", exits=0)

    def test_a_login_is_tried_only_when_asked_for_and_only_on_this_machine(self):
        redis, open_redis = Redis(self, SECRET), Redis(self)
        # A password in a URL is percent-encoded.
        postgres = Postgres(self, password="p@ss/w0rd%41")
        encoded = "p%40ss%2Fw0rd%2541"
        for url, accepted in (
            (f"redis://:{SECRET}@127.0.0.1:{redis.port}/0", True), (f"redis://default:{SECRET}@localhost:{redis.port}/0", True),
            (f"redis://:wrong-password@127.0.0.1:{redis.port}/0", False), (f"redis://127.0.0.1:{redis.port}/0", False),
            (f"redis://127.0.0.1:{open_redis.port}/0", True),
            (f"postgresql://app:{encoded}@127.0.0.1:{postgres.port}/postgres", True),
            (f"postgresql://app:wrong@127.0.0.1:{postgres.port}/postgres", False),
            (f"postgresql://app:{encoded}@127.0.0.1:{postgres.port}/no_such_database", False),
            (f"postgresql://nobody:{encoded}@127.0.0.1:{postgres.port}/postgres", False),
        ):
            with self.subTest(url):
                self.assertIn(" ms\n", self.doctor(url, exits=0))
                output = self.doctor(url, "--auth", exits=0 if accepted else 69)
                self.assertEqual("; logged in\n" in output, accepted, output)
                self.assertEqual("refuses the login [service-auth]" in output, not accepted, output)
                for part in (encoded, "p@ss", "wrong"):
                    self.assertNotIn(part, output)
        project = Project(self, None)
        project.cfgkit("doctor", "--auth", exits=64)

    def test_no_password_leaves_this_machine(self):
        # A name may lead anywhere, wherever it leads today.
        name = socket.gethostname()
        try:
            recorder = Recorder(self, b"+PONG\r\n", host=socket.gethostbyname(name))
        except OSError:
            self.skipTest("this machine does not know its own name")
        project = Project(self, None)
        project.env.write_text(f"REDIS_URL=redis://:{SECRET}@{name}:{recorder.port}/0\n")
        project.cfgkit("doctor", "--online", "--auth")
        self.assertIn("1 login not tried; to another host a password would travel in clear", project.output)
        self.assertEqual(recorder.connections, 1)
        self.assertNotIn(SECRET.encode(), recorder.received)

    def test_json_says_what_was_asked_and_what_was_left_out(self):
        redis = Redis(self)
        self.doctor(f"redis://127.0.0.1:{redis.port}", exits=0)
        project = Project(self, None)
        project.env.write_text(f"UP_URL=redis://x:{SECRET}@127.0.0.1:{redis.port}\nDOWN_URL=redis://127.0.0.1:1\n")
        report = json.loads(project.cfgkit("doctor", "--online", "--format", "json", exits=69).stdout)
        answers = {answer["key"]: answer for answer in report["services"]}
        self.assertTrue(answers["UP_URL"]["reachable"])
        self.assertEqual(answers["UP_URL"]["port"], redis.port)
        self.assertGreaterEqual(answers["UP_URL"]["milliseconds"], 0)
        self.assertEqual((answers["DOWN_URL"]["reachable"], answers["DOWN_URL"]["outcome"]), (False, "refused"))
        self.assertEqual(report["skipped"], [])
        self.assertNotIn(SECRET, project.output)
        report = json.loads(project.cfgkit("doctor", "--format", "json").stdout)
        self.assertEqual(report["services"], [])
        self.assertEqual([(skip["check"], skip["count"]) for skip in report["skipped"]], [("services", 2)])

    def test_a_host_that_nobody_knows_is_named(self):
        self.assertIn("nobody knows the host", self.doctor("redis://no-such-host.invalid", exits=69))


class Listeners(OnlineCase):
    def test_one_that_never_answers_is_given_up_after_two_seconds_and_all_are_asked_at_once(self):
        project = Project(self, None)
        silent = [Recorder(self) for _ in range(6)]
        project.env.write_text("".join(f"A{index}_URL=redis://127.0.0.1:{one.port}\n" for index, one in enumerate(silent)))
        # Six times two seconds, one after the other, would run into this.
        subprocess.run(["timeout", "8", "cfgkit", "doctor", "--online"], cwd=project.folder, env=project.environment, capture_output=True)
        project.cfgkit("doctor", "--online", exits=69)
        self.assertEqual(project.output.count("did not answer within 2 s"), 6, project.output)
        self.assertEqual([one.connections for one in silent], [2] * 6)

    def test_no_part_of_a_url_but_the_host_is_sent(self):
        greetings = {
            "redis": b"", "rediss": b"", "postgresql": b"", "postgres": b"", "mysql": b"\x4a\0\0\0\x0a8.0.36\0", "mariadb": b"", "smtp": b"220 mail\r\n",
            "http": b"", "https": b"", "amqp": b"", "mongodb": b"",
        }
        for scheme, greeting in greetings.items():
            with self.subTest(scheme):
                recorder = Recorder(self, greeting)
                url = f"{scheme}://someone:{SECRET}@127.0.0.1:{recorder.port}/folder/{SECRET}?token={SECRET}&sslmode=require"
                project = Project(self, None)
                project.env.write_text(f"SERVICE_URL={url}\n")
                done = subprocess.run(["cfgkit", "doctor", "--online"], cwd=project.folder, env=project.environment, capture_output=True, text=True)
                self.assertEqual(recorder.connections, 1)
                for part in (SECRET, "someone", "folder", "token", "sslmode"):
                    self.assertNotIn(part.encode(), recorder.received)
                for part in (SECRET, "someone", "folder", "token"):
                    self.assertNotIn(part, done.stdout + done.stderr)

    def test_nothing_else_in_cfgkit_connects(self):
        if shutil.which("strace") is None:
            self.skipTest("strace is not on this machine")
        recorder = Recorder(self)
        project = Project(self, None)
        project.cfgkit("init", "flask")
        project.write_line("DATABASE_URL", f"postgresql://127.0.0.1:{recorder.port}/app")
        for words in (["doctor"], ["validate"], ["list"], ["explain", "DATABASE_URL"], ["run", "--", "true"], ["rotate-secret", "SECRET_KEY", "--yes"]):
            with self.subTest(words[0]):
                done = subprocess.run(
                    ["strace", "-f", "-qq", "-e", "trace=socket,connect", "cfgkit", *words],
                    cwd=project.folder, env=project.environment, capture_output=True, text=True,
                )
                for line in done.stderr.splitlines():
                    self.assertNotRegex(line, r"(socket|connect)\(.*AF_INET")
        self.assertEqual(recorder.connections, 0)
