"""Real services on loopback, each in a folder of its own, gone with its test."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from server import free_port

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def wait_until_it_listens(port, process):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"ended with {process.returncode}")
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("does not listen after 20 s")


class Service:
    """A process that listens on `port` until the test ends."""

    def __init__(self, test):
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="cfgkit-service-"))
        test.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.process = subprocess.Popen(
            self.command(), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        test.addCleanup(self.stop)
        wait_until_it_listens(self.port, self.process)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


    def certificate(self, run_as=lambda *command: list(map(str, command)), folder=None):
        """A key and a certificate that nobody has reason to trust."""
        folder = folder or self.folder
        key, certificate = folder / "server.key", folder / "server.crt"
        subprocess.run(
            run_as(
                *"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost".split(),
                "-keyout", key, "-out", certificate,
            ),
            check=True, capture_output=True, cwd=self.folder,
        )
        key.chmod(0o600)
        return key, certificate


class Redis(Service):
    def __init__(self, test, password=None, tls=False):
        if shutil.which("redis-server") is None:
            test.skipTest("redis-server is not on this machine")
        self.password = password
        self.tls = tls
        super().__init__(test)

    def command(self):
        port = ["--port", str(self.port)]
        if self.tls:
            key, certificate = self.certificate()
            port = ["--port", "0", "--tls-port", str(self.port), "--tls-auth-clients", "no"]
            port += ["--tls-cert-file", str(certificate), "--tls-key-file", str(key), "--tls-ca-cert-file", str(certificate)]
        command = ["redis-server", *port, "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        return command + (["--requirepass", self.password] if self.password else [])


class Web(Service):
    """A web server, with TLS or without."""

    def __init__(self, test, tls=False):
        self.tls = tls
        super().__init__(test)

    def command(self):
        if not self.tls:
            return [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(self.port)]
        key, certificate = self.certificate()
        return ["openssl", "s_server", "-quiet", "-www", "-accept", f"127.0.0.1:{self.port}", "-key", str(key), "-cert", str(certificate)]


class Postgres(Service):
    """Whoever comes is let in; with a password only `app` who knows it, by SCRAM-SHA-256."""

    def __init__(self, test, tls=False, password=None):
        if not POSTGRES:
            test.skipTest("postgresql is not on this machine")
        self.tls = tls
        self.password = password
        super().__init__(test)

    def as_postgres(self, *command):
        # initdb and postgres refuse to run as root.
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *map(str, command)] if os.getuid() == 0 else list(map(str, command))

    def command(self):
        data = self.folder / "data"
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        quiet = {"check": True, "capture_output": True, "cwd": self.folder}
        access = ["--auth=trust"]
        if self.password:
            (self.folder / "password").write_text(self.password + "\n")
            access = ["--auth=scram-sha-256", "--username=app", f"--pwfile={self.folder / 'password'}"]
        subprocess.run(self.as_postgres(POSTGRES[-1] / "initdb", *access, "--no-sync", "-D", data), **quiet)
        options = ["-c", f"port={self.port}", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}", "-c", "fsync=off"]
        if self.tls:
            self.certificate(self.as_postgres, data)
            options += ["-c", "ssl=on"]
        return self.as_postgres(POSTGRES[-1] / "postgres", "-D", data, *options)


class Recorder:
    """Listens, keeps every byte it gets, and answers with `greeting` or not at all."""

    def __init__(self, test, greeting=b"", host="127.0.0.1"):
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        self.greeting = greeting
        self.received = b""
        self.connections = 0
        test.addCleanup(self.listener.close)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.record, args=(client,), daemon=True).start()

    def record(self, client):
        with client:
            if self.greeting:
                client.sendall(self.greeting)
            while True:
                try:
                    part = client.recv(4096)
                except OSError:
                    return
                if not part:
                    return
                self.received += part
