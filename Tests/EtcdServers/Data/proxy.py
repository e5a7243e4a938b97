#!/usr/bin/env python3
"""Stands before a server and spoils the first answers to requests that have a word in their head, such as a path, and, after a blank,
another one in their body.

usage: proxy.py PORT WORD COUNT HOW     prints its own port; HOW: cut, half, garbage, slow, 429, 500, drop

cut: the request is passed on, the connection ends without an answer. drop: the request is not passed on.
"""

import socket
import sys
import threading
import time

target, count, how = int(sys.argv[1]), int(sys.argv[3]), sys.argv[4]
word, _, body_word = sys.argv[2].encode().partition(b" ")
lock = threading.Lock()


def message(stream):
    """A head and a body of the length that the head says, or in chunks."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = stream.recv(65536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if lines.get(b"transfer-encoding") == b"chunked":
        # The last piece is empty, and trailers may follow it.
        while not (b"\r\n0\r\n" in b"\r\n" + body and body.endswith(b"\r\n\r\n")):
            body += stream.recv(65536)
    while len(body) < int(lines.get(b"content-length", 0)):
        body += stream.recv(65536)
    return head + b"\r\n\r\n" + body


def spoils(request):
    global count
    with lock:
        head, _, body = request.partition(b"\r\n\r\n")
        if word not in head or body_word not in body or count == 0:
            return False
        count -= 1
        return True


def plain(status, body):
    return b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


def serve(client):
    with client:
        while True:
            request = message(client)
            if not request:
                return
            is_spoiled = spoils(request)
            if is_spoiled and how == "drop":
                return
            if is_spoiled and how in ("429", "500"):
                client.sendall(plain(how.encode() + b" x", b'{"error":"etcdserver: busy","code":8}'))
                continue
            with socket.create_connection(("127.0.0.1", target)) as server:
                server.sendall(request)
                answer = message(server)
            if not is_spoiled:
                client.sendall(answer)
                continue
            if how == "half":
                client.sendall(answer[: len(answer) * 3 // 4])
            elif how == "garbage":
                client.sendall(plain(b"200 OK", b"<html>not etcd</html>"))
                continue
            elif how == "slow":
                time.sleep(7)
            return


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
