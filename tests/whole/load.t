#!/usr/bin/env python3
# Everything at once: eight senders by LMTP, handling, the courier, the page,
# readers of it, and an import of a big list meanwhile.  Whatever was answered
# with 250 is in the store, once; nobody waits for longer than the store's
# patience; nothing is refused.  CHECK_LONG: for longer.
import http.client
import os
import re
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import Instance, Lmtp, Tap, wait_until  # noqa: E402

LONG = os.environ.get("CHECK_LONG")
SANITIZED = os.environ.get("SITREP_SANITIZED")
SENDERS = 8
SECONDS = 20 if LONG else 5
MEMBERS = 1000000 if LONG else 20000 if SANITIZED else 150000
PATIENCE = 10  # of ext/db.c
t = Tap()


class Sender(threading.Thread):
    """Reports, drafts and strangers, as fast as the server takes them."""

    def __init__(self, i, name):
        super().__init__()
        self.i, self.name = i, name
        self.taken, self.refused, self.slowest = [], [], 0

    def mail(self, n):
        who, subject, text = (
            ("noc1", "Logins fail %s.%d" % (self.name, n),
             "cluster b: half of the logins time out\nsev 2\n"),
            ("comms1", "Names %s.%d" % (self.name, n),
             "draft investigating\nComponents: dns\n\nWe look into it.\n"),
            ("someone", "Hello %s.%d" % (self.name, n), "What is up?\n"),
        )[n % 3]
        return ("From: %s@example.net\r\nTo: incident@in.status.example\r\n"
                "Subject: %s\r\nMessage-ID: <%s.%d@load.example>\r\n"
                "Date: %s\r\n\r\n%s" % (
                    who, subject, self.name, n,
                    time.strftime("%a, %d %b %Y %H:%M:%S +0000",
                                  time.gmtime()),
                    text.replace("\n", "\r\n")))

    def run(self):
        end = time.monotonic() + SECONDS
        with Lmtp(self.i.lmtp, timeout=4 * PATIENCE) as l:
            l.ask(b"LHLO load\r\n")
            n = 0
            while time.monotonic() < end or self.i.importing:
                raw = self.mail(n).encode() + b".\r\n"
                start = time.monotonic()
                l.ask(b"MAIL FROM:<x@example.net>\r\n")
                l.ask(b"RCPT TO:<incident@in.status.example>\r\n")
                l.ask(b"DATA\r\n")
                said = l.ask(raw)
                self.slowest = max(self.slowest, time.monotonic() - start)
                (self.taken if said.startswith("250") else
                 self.refused).append((n, said))
                n += 1
                time.sleep(0.02)


def look(i, bad):
    """A reader of the page; it is there from some time on, and stays."""
    seen = False
    while i.looking:
        try:
            c = http.client.HTTPConnection(*i.http, timeout=20)
            c.request("GET", "/")
            status = c.getresponse().status
            if status == 200:
                seen = True
            elif seen or status not in (404, 503):
                bad.append(status)
            c.close()
        except OSError as e:
            bad.append(str(e))
        time.sleep(0.05)
    if not seen:
        bad.append("never there")


def load_list(i, out):
    data = "".join("member%d@reseller%d.example\n" % (n, n % 997)
                   for n in range(MEMBERS)).encode()
    start = time.monotonic()
    done = i.run("list", "example-status", "import", "-", data=data)
    out.append((done.returncode, time.monotonic() - start, done.stderr))
    i.importing = False


with Instance('trust = "open"') as i:
    i.importing = i.looking = True
    i.serve()
    bad_pages, imported = [], []
    senders = [Sender(i, "s%d" % n) for n in range(SENDERS)]
    reader = threading.Thread(target=look, args=(i, bad_pages))
    importer = threading.Thread(target=load_list, args=(i, imported))
    for thread in senders + [reader, importer]:
        thread.start()
    for thread in senders + [importer]:
        thread.join()
    i.looking = False
    reader.join()

    taken = sum(len(s.taken) for s in senders)
    slowest = max(s.slowest for s in senders)
    print("# %d mails taken, the slowest in %.2f s; import: %.1f s"
          % (taken, slowest, imported[0][1]))
    t.same([s.refused[:3] for s in senders if s.refused], [],
           "no mail is refused")
    t.ok(taken > SENDERS * 3, "they are taken meanwhile", taken)
    t.ok(slowest < PATIENCE / 2, "nobody waits for too long", slowest)
    t.same(imported[0][0], 0, "the import succeeds")
    t.same(i.one("SELECT count(*) FROM member"), MEMBERS, "all are members")
    t.same(bad_pages[:5], [], "the page is there for its readers")

    raw = [r[0].decode() for r in i.rows("SELECT raw FROM message "
                                         "WHERE source = 'lmtp'")]
    mids = [re.search("Message-ID: <(.*)>", r).group(1) for r in raw]
    sent = ["%s.%d@load.example" % (s.name, n)
            for s in senders for n, _ in s.taken]
    t.same(sorted(mids), sorted(sent), "each is in the store, once")
    left = wait_until(
        lambda: i.one("SELECT count(*) FROM waiting") == 0, 240)
    t.ok(left, "all are handled", i.one("SELECT count(*) FROM waiting"))
    t.same(i.one("SELECT count(*) FROM handled h JOIN message m "
                 "ON m.id = h.message_id WHERE m.source = 'lmtp'"),
           taken, "each once")
    t.same(i.one("SELECT count(*) FROM event"),
           sum(1 for s in senders for n, _ in s.taken if n % 3 != 2),
           "each report is an event")
    wait_until(lambda: i.one(
        "SELECT count(*) FROM letter WHERE status = 'waiting'") == 0, 60)
    t.same(i.rows("SELECT DISTINCT status FROM letter"), [("sent",)],
           "every letter goes out")
    log = i.said()
    t.ok("locked" not in log and "busy" not in log, "no lock is given up on",
         "\n".join(x for x in log.splitlines() if "locked" in x)[:2000])
    t.ok("died" not in log, "no child dies",
         "\n".join(x for x in log.splitlines() if "died" in x)[:2000])
    t.same(i.one("PRAGMA integrity_check"), "ok", "the store is sound")
    t.same(i.stop(), 0, "serve stops")
t.done()
