"""What tests of the web listener share: requests, their answers, tokens."""
import base64
import hmac
import os
import socket
import struct

LIST = "example-status"


def token(i, member, purpose=b"unsubscribe"):
    with open(os.path.join(i.dir, "state/keys/list")) as f:
        key = bytes.fromhex(f.readline().strip())
    text = purpose + b"\0" + LIST.encode() + b"\0%d\0-1\0" % member
    raw = struct.pack(">I", member) + hmac.digest(key, text, "sha256")[:12]
    return base64.b32encode(raw).decode().rstrip("=").lower()


def raw(i, data, wait=10, source=None):
    """Sends bytes, gives all that comes back up to the end."""
    s = socket.create_connection(i.http, wait,
                                 source_address=source and (source, 0))
    got = b""
    try:
        s.sendall(data)
        while True:
            more = s.recv(65536)
            if not more:
                break
            got += more
    except OSError:
        pass
    finally:
        s.close()
    return got


class Answer:
    def __init__(self, data):
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if " " in lines[0] else 0
        self.head = {k.lower(): v.strip() for k, v in
                     (x.split(":", 1) for x in lines[1:] if ":" in x)}
        self.data = data


def ask(i, path, method="GET", body=b"", **headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: x", "Connection: close"]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
    return Answer(raw(i, "\r\n".join(lines).encode("latin-1") +
                      b"\r\n\r\n" + body))
