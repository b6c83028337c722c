#!/usr/bin/env python3
"""The web listener: plain files, one-click unsubscribe, and no way in."""
import hashlib
import hmac
import os
import re
import resource
import signal
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from web import LIST, Answer, ask, raw, token  # noqa: E402
from whole import Instance, Tap, sanitized, wait_until  # noqa: E402

t = Tap()


def messages(i):
    return i.rows("SELECT id, recipient, raw FROM message ORDER BY id")


def fill(i):
    tree = os.path.join(i.dir, "state/public")
    os.makedirs(os.path.join(tree, "incident/2026/0042"), exist_ok=True)
    os.makedirs(os.path.join(tree, "empty"), exist_ok=True)
    for name, text in (("incident/2026/0042/index.html", "<h1>42</h1>"),
                       ("style.css", "h1{}"), ("note.txt", "fine"),
                       ("mark.svg", "<svg/>"), ("month.mbox", "From x"),
                       ("tool.exe", "MZ"), (".hidden", "secret"),
                       ("page.html.123~", "half"), ("zero.txt", "")):
        path = os.path.join(tree, name)
        with open(path, "w") as f:
            f.write(text)
    os.symlink("/etc/passwd", os.path.join(tree, "passwd.txt"))
    os.symlink("/etc", os.path.join(tree, "etc"))
    os.mkfifo(os.path.join(tree, "pipe.txt"))
    return tree


resource.setrlimit(resource.RLIMIT_NOFILE,
                   (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)

with Instance() as i:
    i.serve()
    tree = fill(i)
    front = os.path.join(tree, "index.html")
    wait_until(lambda: os.path.exists(front))

    a = ask(i, "/note.txt")
    t.same((a.status, a.body, a.head["content-type"]),
           (200, b"fine", "text/plain; charset=utf-8"), "a file")
    with open(front, "rb") as f:
        t.same(ask(i, "/").body, f.read(), "the front page")
    t.same(ask(i, "/incident/2026/0042/").body, b"<h1>42</h1>", "a folder")
    a = ask(i, "/incident/2026/0042")
    t.same((a.status, a.head.get("location")), (301, "/incident/2026/0042/"),
           "a folder without its slash")
    for name, want in (("style.css", "text/css; charset=utf-8"),
                       ("mark.svg", "image/svg+xml"),
                       ("month.mbox", "application/mbox"),
                       ("tool.exe", "application/octet-stream")):
        a = ask(i, "/" + name)
        t.same((a.status, a.head["content-type"]), (200, want), name)
    t.same(a.head.get("content-disposition"), "attachment",
           "an unknown type is a download")
    for _ in range(100):
        a = ask(i, "/api/v2/status.json")
        if a.status == 200:
            break
        time.sleep(.1)
    t.same((a.status, a.head["content-type"],
            a.head.get("access-control-allow-origin")),
           (200, "application/json; charset=utf-8", "*"),
           "the JSON may be read from other pages")
    t.same(ask(i, "/note.txt").head.get("access-control-allow-origin"), None,
           "nothing else may")
    a = ask(i, "/zero.txt")
    t.same((a.status, a.body, a.head["content-length"]), (200, b"", "0"),
           "an empty file")

    for n in 1, 65535, 65536, 65537, 3000000:
        text = os.urandom((n + 1) // 2).hex()[:n].encode()
        with open(os.path.join(tree, "long.txt"), "wb") as f:
            f.write(text)
        a = ask(i, "/long.txt")
        t.ok(a.body == text and a.head["content-length"] == str(n),
             f"a file of {n} bytes is whole", len(a.body))
        t.same((ask(i, "/long.txt", "HEAD").body,
                ask(i, "/long.txt", "HEAD").head["content-length"]),
               (b"", str(n)), "... and HEAD says how long it is")

    # Who reads slowly has a whole file, and keeps others from none.
    with open(os.path.join(tree, "long.txt"), "wb") as f:
        f.write(b"x" * 60000)
    readers = []
    for _ in range(300):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.settimeout(20)
        s.connect(i.http)
        s.sendall(b"GET /long.txt HTTP/1.1\r\nHost: x\r\n"
                  b"Connection: close\r\n\r\n")
        readers.append(s)
    t.same(len(ask(i, "/long.txt").body), 60000, "another one has it at once")
    got = []
    for s in readers:
        data = b""
        while True:
            more = s.recv(65536)
            if not more:
                break
            data += more
        got.append(len(Answer(data).body))
        s.close()
    t.same(got, [60000] * 300, "300 who read slowly have all of it")

    a = ask(i, "/note.txt")
    b = ask(i, "/note.txt", If_None_Match=a.head["etag"])
    t.same((b.status, b.body), (304, b""), "ETag: 304")
    b = ask(i, "/note.txt", If_Modified_Since=a.head["last-modified"])
    t.same(b.status, 304, "Last-Modified: 304")
    b = ask(i, "/note.txt", If_None_Match='"x"',
            If_Modified_Since=a.head["last-modified"])
    t.same(b.status, 200, "an ETag that differs counts more")
    b = ask(i, "/note.txt", "HEAD")
    t.same((b.status, b.body, b.head["content-length"]), (200, b"", "4"),
           "HEAD")

    policy = ("default-src 'none'; style-src 'self'; img-src 'self' data:; "
              "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
    for path in ("/", "/nothing", "/healthz", "/note.txt", "/%00"):
        a = ask(i, path)
        t.same((a.head.get("content-security-policy"),
                a.head.get("x-content-type-options")), (policy, "nosniff"),
               f"{path} carries the policy")
    t.same(ask(i, "/healthz").body, b"ok\n", "/healthz")

    for path in ("/../state/sitrep.db", "/%2e%2e/sitrep.db", "/..%2fsitrep.db",
                 "/incident/../../sitrep.db", "/.hidden", "/%2ehidden",
                 "/page.html.123~", "/passwd.txt", "/etc/passwd",
                 "/pipe.txt", "//etc/passwd", "/incident//2026/0042/",
                 "/./note.txt", "/note.txt/", "/empty/", "/now%2", "/now%zz",
                 "/\xff", "/note.txt%20", "/" + "a" * 5000, "/keys/list",
                 "/incident/2026/0042/index.html/x"):
        a = ask(i, path)
        t.same((a.status, b"root:" in a.data, b"SQLite" in a.data),
               (404, False, False), f"{path[:40]!a} is nothing")
    t.same(ask(i, "/%00").status, 400, "NUL in the path")
    t.same(ask(i, "/note.txt%00.html").status, 400, "NUL after a good name")
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FOO"):
        t.same(ask(i, "/note.txt", method).status, 405, method)
    a = ask(i, "/note.txt", "POST", b"x=y")
    t.same((a.status, a.head.get("allow")), (405, "GET, HEAD"),
           "POST to a file")

    host = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    for name, data, want in (
            ("two lengths", b"POST /" + host + b"Content-Length: 1\r\n"
             b"Content-Length: 2\r\n\r\nxx", 400),
            ("the same length twice", b"POST /" + host +
             b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
            ("length and chunks", b"POST /" + host + b"Content-Length: 5\r\n"
             b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
            ("a blank before the colon", b"POST /healthz" + host +
             b"Content-Length : 3\r\n\r\nabc", 400),
            ("a tab before the colon", b"GET /healthz" + host +
             b"X\t: 3\r\n\r\n", 400),
            ("a name that is none", b"GET /healthz" + host +
             b"X(y): 3\r\n\r\n", 400),
            ("a CR in a header", b"GET /healthz" + host +
             b"X: a\rb\r\n\r\n", 400),
            ("a header in Latin 1", b"GET /healthz" + host +
             b"X: caf\xe9\ty\r\n\r\n", 200),
            ("two hosts", b"GET /" + host + b"Host: y\r\n\r\n", 400),
            ("no host", b"GET /healthz HTTP/1.1\r\n\r\n", 400),
            ("an absolute target", b"GET http://x/healthz" + host + b"\r\n",
             200),
            ("one without a path", b"GET HTTPS://x" + host + b"\r\n", 200),
            ("a proxy's CONNECT", b"CONNECT x:80" + host + b"\r\n", 400),
            ("chunks", b"POST /healthz" + host + b"Transfer-Encoding: "
             b"chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200),
            ("another coding", b"POST /healthz" + host +
             b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
            ("chunks of HTTP/1.0", b"POST /healthz HTTP/1.0\r\n"
             b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
            ("HTTP/0.9", b"GET /\r\n\r\n", 400),
            ("HTTP/3.0", b"GET / HTTP/3.0\r\n\r\n", (400, 505)),
            ("NUL in the line", b"GET /no\0w.txt HTTP/1.1\r\nHost: x\r\n\r\n",
             400),
            ("17 KB of header", b"GET /" + host +
             (b"X: " + b"y" * 96 + b"\r\n") * 174 + b"\r\n", 431),
            ("a header of 100 KB", b"GET /" + host + b"X: " +
             b"y" * 100000 + b"\r\n\r\n", 431),
            ("a body of 20 KB", b"POST /nothing" + host +
             b"Content-Length: 20000\r\n\r\n" + b"x" * 20000, 413)):
        got = Answer(raw(i, data))
        t.ok(got.status == want or (isinstance(want, tuple) and
                                    got.status in want), name,
             got.data[:200])

    # Who announces too much is told at once, not after it has come.
    for more in (b"", b"Expect: 100-continue\r\n"):
        start = time.monotonic()
        got = Answer(raw(i, b"POST /u/nobody HTTP/1.1\r\nHost: x\r\n" + more +
                         b"Content-Length: 99999999999\r\n\r\n"))
        t.ok(got.status == 413 and time.monotonic() - start < 2,
             "a huge length: 413 at once", got.data[:200])
    got = raw(i, b"POST /healthz" + host + b"Content-Length: 3\r\n"
              b"Expect: 100-continue\r\n\r\nabc")
    t.ok(got.startswith(b"HTTP/1.1 100 ") and b"\r\n\r\nok\n" in got,
         "100-continue", got)
    for path in ("/nothing", "/healthz", "/u/nobody", "/%00",
                 "/incident/2026/0042"):
        a, b = ask(i, path), ask(i, path, "HEAD")
        t.same((b.status, b.head["content-length"], b.body),
               (a.status, a.head["content-length"], b""), f"HEAD {path}")
    a = ask(i, "/note.txt")
    for tag, want in ((a.head["etag"], 304), ("W/" + a.head["etag"], 304),
                      ('"x", ' + a.head["etag"], 304), ("*", 304),
                      (a.head["etag"].strip('"'), 200), ("", 200)):
        t.same(ask(i, "/note.txt", If_None_Match=tag).status, want,
               f"If-None-Match: {tag}")

    # Unsubscribing.
    good = "/u/" + token(i, 7)
    before = messages(i)
    for method in ("GET", "HEAD"):
        a = ask(i, good, method, Purpose="prefetch")
        t.same(a.status, 200, f"{method} of a token: a form")
    a = ask(i, good)
    t.ok(b'<form method="post">' in a.body and b"<button" in a.body and
         a.head["cache-control"] == "no-store" and
         a.head["referrer-policy"] == "no-referrer", "with a button",
         a.data)
    t.same(ask(i, good, "OPTIONS").status, 405, "OPTIONS")
    time.sleep(0.2)
    t.same(messages(i), before, "and nothing changed")

    one = b"List-Unsubscribe=One-Click"
    a = ask(i, good, "POST", one,
            Content_Type="application/x-www-form-urlencoded")
    t.ok(a.status == 200 and b"Unsubscribed" in a.body, "one click: 200",
         a.data)
    got = messages(i)
    t.same([r[1] for r in got[len(before):]],
           [f"{LIST}-unsubscribe+{token(i, 7)}@in.status.example"],
           "becomes the mail that it stands for")
    text = bytes(got[-1][2]).decode()
    with open(os.path.join(i.dir, "state/keys/list")) as f:
        key = bytes.fromhex(f.readline().strip())
    mid = text.split("Message-ID: <")[1].split(">")[0]
    to = f"{LIST}-unsubscribe+{token(i, 7)}@in.status.example"
    said = hashlib.sha256(f"{to} {mid}".encode()).hexdigest()
    want = hmac.digest(key, b"self\0" + said.encode() + b"\0", "sha256").hex()
    t.ok(f"\r\nSitrep-Self: {want}\r\n" in text, "that proves its origin",
         text)
    form = (b"--b\r\nContent-Disposition: form-data; "
            b'name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n')
    b = ask(i, good.upper().replace("/U/", "/u/"), "POST", form,
            Content_Type="multipart/form-data; boundary=b")
    t.same((b.status, b.body), (200, a.body), "again, as a form: same page")

    before = messages(i)
    bad = token(i, 7)[:-3] + ("aaa" if token(i, 7)[-3:] != "aaa" else "bbb")
    unknown = ask(i, "/nothing-here", "POST", one)
    for name, path in (("forged", "/u/" + bad),
                       ("of another purpose", "/u/" + token(i, 7, b"bounce")),
                       ("too long", "/u/" + token(i, 7) + "a"),
                       ("none", "/u/"), ("a path", "/u/a/b")):
        a = ask(i, path, "POST", one)
        t.same((a.status, a.body,
                {k: v for k, v in a.head.items() if k != "date"}),
               (404, unknown.body,
                {k: v for k, v in unknown.head.items() if k != "date"}),
               f"a token that is {name}: like any unknown path")
        t.same(ask(i, path).status, 404, f"{name}: GET, too")
    t.same(messages(i), before, "and no mail came of it")

    # Slow ones.
    def slow(name, first, more, pause, want, least, most):
        s = socket.create_connection(i.http, 30)
        start = time.monotonic()
        s.sendall(first)
        s.settimeout(pause)
        got = b""
        while time.monotonic() - start < most + 3:
            try:
                got = s.recv(65536)
                break
            except socket.timeout:
                try:
                    s.sendall(more)
                except OSError:
                    break
            except OSError:
                break
        took = time.monotonic() - start
        s.close()
        t.ok(least <= took <= most and want in got, f"{name}: {took:.1f} s",
             got)
    slow("a slow header is cut off", b"GET / HT", b"x", 0.5, b" 408 ", 4, 7)
    slow("a silent client", b"", b"", 0.5, b" 408 ", 4, 7)
    slow("a slow body", b"POST /u/x HTTP/1.1\r\nHost: x\r\n"
         b"Content-Length: 1000\r\n\r\n", b"x", 0.5, b"", 13, 17)
    s = socket.create_connection(i.http, 10)
    s.sendall(b"GET /note.txt HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
    got = b""
    while got.count(b"HTTP/1.1 200 OK") < 50 or not got.endswith(b"fine"):
        more = s.recv(65536)
        if not more:
            break
        got += more
    t.same(got.count(b"HTTP/1.1 200 OK"), 50, "fifty in one breath")
    s.settimeout(10)
    start = time.monotonic()
    t.ok(s.recv(100) == b"" and time.monotonic() - start < 8,
         "an idle connection is closed without a word")
    s.close()

    # P12: with 2,000 slow ones that come again when they are sent home, and
    # everybody who writes stopped.
    def slow_one(k):
        s = socket.socket()
        s.setblocking(False)
        s.bind((f"127.0.{k % 250}.{1 + k // 250}", 0))
        try:
            s.connect(i.http)
        except BlockingIOError:
            pass
        return s
    writers = [p for name, p in i.children().items() if name != "web"]
    for pid in writers:
        os.kill(pid, signal.SIGSTOP)
    herd = [slow_one(k) for k in range(2000)]
    time.sleep(0.3)
    times = []
    end = time.monotonic() + (600 if os.environ.get("CHECK_LONG") else 4)
    while time.monotonic() < end:
        for k in range(len(times) % 50, 2000, 50):
            try:
                herd[k].send(b"G")
            except OSError:
                herd[k].close()
                herd[k] = slow_one(k)
        start = time.monotonic()
        good_one = ask(i, "/note.txt").status == 200
        times.append(time.monotonic() - start if good_one else 99)
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    t.ok(p99 < 0.1, f"2,000 slow ones: p99 of {len(times)} is"
         f" {p99 * 1000:.1f} ms")
    with open(f"/proc/{i.children()['web']}/status") as f:
        rss = int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))
    if sanitized(i):
        t.skip("memory", "a sanitizer takes its own")
    else:
        t.ok(rss < 64 * 1024, f"memory: {rss} kB")
    for s in herd:
        s.close()
    for pid in writers:
        os.kill(pid, signal.SIGCONT)

    with open(f"/proc/{i.children()['web']}/status") as f:
        held = dict(x.split(":", 1) for x in f.read().splitlines())
    if sanitized(i):
        t.skip("only serving", "a sanitizer needs more calls")
    else:
        t.same(held["Seccomp"].strip(), "2", "it can do nothing but serve")
    t.same(held["NoNewPrivs"].strip(), "1", "nor become anybody else")

    # The rest is broken.
    pid = i.children()["lmtp"]
    os.kill(pid, signal.SIGSTOP)
    s = socket.create_connection(i.http, 30)
    s.sendall(f"POST /u/{token(i, 8)} HTTP/1.1\r\nHost: x\r\n"
              "Content-Length: 0\r\n\r\n".encode())
    start = time.monotonic()
    t.ok(ask(i, "/note.txt").status == 200 and
         time.monotonic() - start < (2 if sanitized(i) else 0.1),
         "a writer that hangs doesn't hold a reader up")
    t.ok(b" 503 " in s.recv(1000), "and the click is told to come again")
    os.kill(pid, signal.SIGCONT)
    s.close()
    os.rename(os.path.join(i.dir, "state/sitrep.db"), i.dir + "/gone")
    os.mkdir(os.path.join(i.dir, "state/sitrep.db"))
    t.same(ask(i, "/note.txt").body, b"fine", "without a store")
    os.rename(tree, tree + ".old")
    t.same(ask(i, "/note.txt").status in (200, 404), True,
           "while the tree goes")
    os.makedirs(tree)
    with open(os.path.join(tree, "note.txt"), "w") as f:
        f.write("new")
    os.system(f"rm -rf '{tree}.old'")
    t.ok(wait_until(lambda: ask(i, "/note.txt").body == b"new"),
         "a tree made anew is found")
    i.stop()


# A key that can't be read is waited for, in the same process.
with Instance() as i:
    i.serve()
    i.stop()
    path = os.path.join(i.dir, "state/keys/list")
    link = "/u/" + token(i, 7)
    with open(path) as f:
        key = f.read()
    for name, spoil in (("broken", lambda: open(path, "w").write("x\n")),
                        ("away", lambda: os.unlink(path))):
        spoil()
        i.serve()
        web = i.children()["web"]
        t.same({ask(i, link).status for _ in range(20)}, {404},
               f"the list key is {name}: no such link")
        t.same(i.children()["web"], web, "and the web child goes on")
        with open(path + ".new", "w") as f:
            f.write(key)
        os.rename(path + ".new", path)

        def works():
            try:
                return ask(i, link).status == 200
            except OSError:  # it starts afresh
                return False
        t.ok(wait_until(works), "put back: it is read without a restart of all",
             i.said()[-500:])
        i.stop()


def few():
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))


with Instance() as i:
    i.serve(preexec_fn=few)
    fill(i)
    herd = []
    for k in range(600):
        s = socket.socket()
        s.setblocking(False)
        s.bind((f"127.1.{k % 250}.{1 + k // 250}", 0))
        try:
            s.connect(i.http)
        except BlockingIOError:
            pass
        herd.append(s)
    time.sleep(0.5)
    times = []
    for k in range(50):
        start = time.monotonic()
        good_one = ask(i, "/note.txt").status == 200
        times.append(time.monotonic() - start if good_one else 99)
    t.ok(sorted(times)[48] < 0.1, "256 descriptors, 600 slow ones",
         sorted(times)[40:])
    t.ok("web died" not in i.said(), "nothing died", i.said())

t.done()
