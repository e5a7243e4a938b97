"""A real server on loopback, and a browser that keeps cookies."""

import http.client
import http.cookies
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse
from dataclasses import dataclass


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A process that answers /health; `{port}` in the command becomes its port."""

    def __init__(self, project, command, environment=None):
        self.project = project
        self.port = free_port()
        self.log = open(project.folder / ".git" / f"server-{self.port}.log", "w+")
        self.process = subprocess.Popen(
            [str(part).format(port=self.port) for part in command],
            cwd=project.folder,
            env=project.environment | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        project.test.addCleanup(self.stop)
        self.wait_until_it_answers()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def output(self):
        self.log.flush()
        with open(self.log.name) as log:
            return log.read()

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}:\n{self.output}")
            try:
                if Browser(self).get("/health").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no answer in 20 s:\n{self.output}")

    def workers(self):
        """The process ids of the server's children, from /proc."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(children) as file:
            return file.read().split()

    def reload(self):
        """HUP, and waits until every worker is a new one."""
        before = set(self.workers())
        self.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            now = set(self.workers())
            if now and not now & before:
                return self.wait_until_it_answers()
            time.sleep(0.05)
        raise AssertionError(f"no new workers in 20 s:\n{self.output}")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.log.close()
        return self.process.returncode


@dataclass
class Answer:
    status: int
    location: str
    body: str
    headers: http.client.HTTPMessage


class Browser:
    """Keeps cookies as a browser does, and follows no redirect by itself."""

    def __init__(self, server, cookies=()):
        self.server = server
        self.cookies = dict(cookies)

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, **fields):
        return self.request("POST", path, fields)

    def request(self, method, path, fields=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in http.cookies.SimpleCookie(header).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.coded_value
                else:
                    self.cookies.pop(name, None)
        return Answer(response.status, response.headers.get("Location", ""), text, response.headers)

    def form_token(self, path):
        """The hidden field that Django asks back from every form."""
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).body).group(1)
