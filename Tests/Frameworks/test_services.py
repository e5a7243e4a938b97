"""`doctor --online` against a real Redis and PostgreSQL, and against a listener that keeps what it is sent."""

import shutil
import subprocess
import unittest

from project import Project
from server import free_port
from services import Postgres, Recorder, Redis

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
