#!/usr/bin/env python3
"""Nobody writes our log but us: mails whose every header holds line ends,
escapes and bytes that are no UTF-8, and a relay that answers with them.  One
line for each event, of printable ASCII.  (unit/t_log: what the one function
that writes lines makes of other bytes.)"""
import os
import re
import socket
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import Instance, Lmtp, Tap, wait_until  # noqa: E402

t = Tap()
# Each is followed by what would be a line of ours.
EVIL = (b"\x1b[2J\x1b]0;x\x07", b"\x1b[31m", b"\r", b"\x0b\x0c\x08\x7f",
        b"\xff\xfe\xc0\xaf", b"\xed\xa0\x80", b"\xc2\x85\xe2\x80\xa8",
        b"\xe2\x80\xae\xe2\x80\x8b", b"\x9b31m", b"=?utf-8?Q?=0D=0A=1B[31m?=",
        b"%s%n%x", b"\"; id=", b"\\x1b")
FAKE = b"sitrep: note: step=forged id=1 st=ok"
LINE = re.compile(rb"sitrep: (note|warn|fail|die): step=[a-z]+ [ -~]*")


def hostile(n, evil):
    """A report with it in every place that takes a byte."""
    e = evil + FAKE
    # A colon in From would make it nobody's.
    return (b"From: \"NOC " + evil.replace(b"\"", b"") +
            b"\" <noc1@example.net>\r\nTo: <" + e + b">\r\n"
            b"Message-ID: <" + e + b"." + str(n).encode() + b"@x>\r\n"
            b"In-Reply-To: <" + e + b"@status.example>\r\n"
            b"References: <" + e + b">\r\nDate: " + e + b"\r\n"
            b"Subject: " + e + b"\r\nX-" + str(n).encode() + b": " + e +
            b"\r\nAuthentication-Results: in.status.example; " + e +
            b"\r\nDKIM-Signature: d=example.net; s=" + e +
            b"\r\nContent-Type: text/plain; charset=\"" + e + b"\"\r\n"
            b"Content-Disposition: inline; filename=\"" + e + b"\"\r\n\r\n"
            b"Component: " + e + b"\r\nSeverity: " + e + b"\r\nescalate " + e +
            b"\r\n\r\n" + e + b"\r\n")


class Relay:
    """An SMTP server that refuses each mail in words of its choice."""

    def __init__(self):
        self.s = socket.socket()
        self.s.bind(("127.0.0.1", 0))
        self.s.listen(20)
        self.port = self.s.getsockname()[1]
        self.said = 0
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                c = self.s.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.talk, args=(c,),
                             daemon=True).start()

    def talk(self, c):
        f = c.makefile("rwb")

        def say(line):
            f.write(line + b"\r\n")
            f.flush()
        try:
            say(b"220 relay.example ESMTP")
            for line in f:
                verb = line[:4].upper()
                if verb == b"EHLO":
                    say(b"250-relay.example\r\n250-PIPELINING\r\n"
                        b"250 8BITMIME")
                elif verb == b"RCPT":
                    evil = EVIL[self.said % len(EVIL)].replace(b"\r", b"\r ")
                    self.said += 1
                    say(b"550 5.1.1 " + evil + FAKE)
                elif verb == b"DATA":
                    say(b"554 5.5.1 no recipient")
                elif verb == b"QUIT":
                    say(b"221 bye")
                    return
                else:
                    say(b"250 2.0.0 ok")
        except (OSError, ValueError):
            pass
        finally:
            c.close()


relay = Relay()
with Instance('relay = { "smtp://127.0.0.1:%d" }' % relay.port) as i:
    i.serve()
    taken = 0
    for evil in EVIL:
        for sender in (b"noc1@example.net", b"noc1" + evil + b"@example.net"):
            with Lmtp(i.lmtp) as c:
                c.say(b"LHLO " + evil.replace(b"\r", b"") + b"\r\n")
                c.reply()
                c.say(b"LHLO x\r\nMAIL FROM:<" + sender + b">\r\n")
                c.reply()
                if not c.reply().startswith("250"):
                    continue
                c.say(b"RCPT TO:<incident+" + evil.replace(b"\r", b"") +
                      b"@in.status.example>\r\n")
                c.reply()
                c.say(b"RCPT TO:<incident@in.status.example>\r\nDATA\r\n")
                c.reply(), c.reply()
                c.say(hostile(taken, evil) + b".\r\n")
                taken += (c.reply() or "").startswith("250 2.0.0")
    t.ok(taken >= len(EVIL), f"{taken} mails are taken")
    t.ok(wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0, 60),
         "and handled", i.said()[-800:])
    t.ok(wait_until(lambda: relay.said >= len(EVIL) and
                    "550 5.1.1" in i.said(), 60),
         f"the relay has refused {relay.said}", i.said()[-800:])
    wait_until(lambda: i.one("SELECT count(*) FROM letter WHERE status = "
                             "'waiting'") == 0, 20)
    i.stop()
    with open(i.log, "rb") as f:
        log = f.read()

lines = log.split(b"\n")
t.same(lines.pop(), b"", "the last line is ended")
odd = [x for x in lines if not LINE.fullmatch(x)]
t.ok(len(lines) > 50 and not odd, f"{len(lines)} lines, each one of ours",
     b"\n".join(odd[:10]).decode("latin-1"))
t.ok(not [x for x in lines if x.startswith(FAKE)], "none is forged")
t.ok(b"step=forged" in log, "as words of the relay's, in a line of ours")
t.ok(b"%s%n%x" in log, "no word of theirs is a format")
t.same(len([x for x in lines if b"step=handle" in x]), taken,
       "a line for each mail that was handled")
t.done()
