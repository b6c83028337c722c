"""What the whole-program tests share: TAP, a throw-away instance, LMTP."""
import glob
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import mailcheck

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
SITREP = os.path.realpath(os.environ.get("SITREP",
                                         os.path.join(ROOT, "build/sitrep")))


CHILDREN = 7  # of serve


class Tap:
    def __init__(self):
        self.n = 0
        self.bad = 0

    def ok(self, good, name, more=""):
        self.n += 1
        self.bad += not good
        print(("ok" if good else "not ok"), self.n, "-", name, flush=True)
        if not good and more != "":
            for line in str(more).splitlines():
                print("#", line, flush=True)
        return bool(good)

    def same(self, got, want, name):
        return self.ok(got == want, name, f"got  {got!r:.400}\n"
                       f"want {want!r:.400}")

    def skip(self, name, why):
        self.n += 1
        print(f"ok {self.n} - {name} # SKIP {why}", flush=True)

    def done(self):
        print(f"1..{self.n}", flush=True)
        sys.exit(1 if self.bad else 0)


def wait_until(check, seconds=10):
    """What check() gives once it is true; its last value at the end."""
    end = time.monotonic() + seconds
    while True:
        got = check()
        if got or time.monotonic() > end:
            return got
        time.sleep(0.02)


class Instance:
    """A configuration in a directory of its own; ended and removed at the
    end of the with-block."""

    def __init__(self, *lines, parent=None):
        self.dir = tempfile.mkdtemp(prefix="sitrep-whole-", dir=parent)
        os.chmod(self.dir, 0o755)
        subprocess.run([os.path.join(ROOT, "tests/lib/instance.sh"),
                        self.dir, *lines], check=True)
        self.conf = os.path.join(self.dir, "sitrep.conf")
        self.lmtp = os.path.join(self.dir, "lmtp.sock")
        self.log = os.path.join(self.dir, "log")
        self.serving = None

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    @property
    def http(self):
        with open(os.path.join(self.dir, "http")) as f:
            host, port = f.read().strip().rsplit(":", 1)
        return host, int(port)

    def run(self, *args, data=b"", **more):
        return subprocess.run([SITREP, "-c", self.conf, *args], input=data,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=120, **more)

    def serve(self, **more):
        with open(self.log, "ab") as log:
            self.serving = subprocess.Popen(
                [SITREP, "-c", self.conf, "serve"], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, **more)
        if not wait_until(lambda: self.answers() and
                          len(self.children()) == CHILDREN):
            raise RuntimeError("serve does not answer:\n" + self.said())
        return self.serving

    def answers(self):
        try:
            with socket.create_connection(self.http, 1):
                return os.path.exists(self.lmtp)
        except OSError:
            return False

    def said(self):
        try:
            with open(self.log, errors="replace") as f:
                return f.read()
        except OSError:
            return ""

    def stop(self, sig=signal.SIGTERM):
        if self.serving is None:
            return None
        self.serving.send_signal(sig)
        try:
            code = self.serving.wait(30)
        except subprocess.TimeoutExpired:
            self.serving.kill()
            code = self.serving.wait()
        self.serving = None
        return code

    def rows(self, sql, *values):
        path = os.path.join(self.dir, "state", "sitrep.db")
        if not os.path.exists(path):
            return []
        # For writing: what a kill left half done is rolled back by whoever
        # looks first.
        db = sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=20)
        try:
            return db.execute(sql, values).fetchall()
        except sqlite3.OperationalError as e:
            if "no such table" in str(e):
                return []
            raise
        finally:
            db.close()

    def one(self, sql, *values):
        got = self.rows(sql, *values)
        return got[0][0] if got else None

    def children(self):
        """pid by name, of the running serve; one that has no name of its
        own yet, or that writes to the administrator, isn't among them."""
        out = {}
        for pid in os.listdir("/proc"):
            if not pid.isdigit():
                continue
            try:
                with open(f"/proc/{pid}/stat") as f:
                    text = f.read()
            except OSError:
                continue
            name = text[text.index("(") + 1:text.rindex(")")]
            rest = text[text.rindex(")") + 2:].split()
            if (int(rest[1]) == self.serving.pid and rest[0] != "Z" and
                    name != "sitrep"):
                out[name] = int(pid)
        return out


    def mails(self):
        """What came out to its spool, each looked at, oldest first."""
        out = []
        for name in sorted(glob.glob(self.dir + "/out/new/*"),
                           key=os.path.getmtime):
            with open(name, "rb") as f:
                out.append(mailcheck.read(f.read()))
        return out

    def at_rest(self):
        """Whether nobody reads or writes the store at this moment."""
        db = sqlite3.connect(os.path.join(self.dir, "state", "sitrep.db"),
                             timeout=0)
        try:
            db.execute("BEGIN EXCLUSIVE")
            return True
        except sqlite3.OperationalError:
            return False
        finally:
            db.close()

    def halt(self, *names):
        """Stops children while none of them keeps others from the store;
        gives their pids."""
        child = self.children()
        pids = [child[name] for name in names]

        def halted():
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            time.sleep(0.01)  # until they stand
            if self.at_rest():
                return True
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
            return False
        if not wait_until(halted):
            raise RuntimeError("the store is never at rest")
        return pids


class Lmtp:
    """A client that says just what it is told to."""

    def __init__(self, where, timeout=15):
        self.s = socket.socket(socket.AF_UNIX)
        self.s.settimeout(timeout)
        self.s.connect(where)
        self.got = b""
        self.greeting = self.reply()

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.s.close()

    def say(self, data):
        self.s.sendall(data)

    def line(self):
        while b"\r\n" not in self.got:
            more = self.s.recv(65536)
            if more == b"":
                return None
            self.got += more
        line, self.got = self.got.split(b"\r\n", 1)
        return line.decode("latin-1")

    def reply(self):
        """The last line of the next reply; None when hung up."""
        while True:
            line = self.line()
            if line is None or line[3:4] != "-":
                return line

    def ask(self, data):
        self.say(data)
        return self.reply()

    def open(self, rcpt=b"incident@in.status.example", n=1):
        self.say(b"LHLO test\r\nMAIL FROM:<noc1@example.net>\r\n" +
                 (b"RCPT TO:<" + rcpt + b">\r\n") * n + b"DATA\r\n")
        return [self.reply() for _ in range(3 + n)]

    def send(self, mail):
        """One message with CRLF line ends; the reply to it."""
        self.open()
        return self.ask(mail.replace(b"\r\n.", b"\r\n..") + b".\r\n")


FAKETIME = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")


def fake_time(path):
    """What a program needs in its environment whose clock is as the file at
    path says; the sanitizer wants to be loaded first, but does without."""
    asan = os.environ.get("ASAN_OPTIONS", "")
    return dict(os.environ, LD_PRELOAD=FAKETIME[0],
                FAKETIME_TIMESTAMP_FILE=path, FAKETIME_NO_CACHE="1",
                FAKETIME_DONT_FAKE_MONOTONIC="1",
                ASAN_OPTIONS=asan + ":verify_asan_link_order=0")


def sanitized(i):
    """AddressSanitizer is in the running program."""
    with open(f"/proc/{i.serving.pid}/maps") as f:
        return "asan" in f.read()


def mail(subject="Cluster B down", body="Since 14:05.", mid=None, sender=None):
    mid = mid or f"{time.time_ns()}@example.net"
    return (f"From: NOC One <{sender or 'noc1@example.net'}>\r\n"
            f"To: incident@in.status.example\r\n"
            f"Subject: {subject}\r\n"
            f"Date: {time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime())}"
            f"\r\nMessage-ID: <{mid}>\r\n\r\n{body}\r\n").encode()
