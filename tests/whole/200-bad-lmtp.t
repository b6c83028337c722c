#!/usr/bin/env python3
"""Bad input at the LMTP door: the reply, what is kept, who is answered.
What a listener refuses that a network can reach stands in unit/t_lmtp.c."""
import glob
import os
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import Instance, Lmtp, Tap, mail, wait_until  # noqa: E402

LONG = os.environ.get("CHECK_LONG") or os.environ.get("SITREP_LONG")
t = Tap()

# What some servers take for an end of data, and is none.
ENDS = (b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r.\r\n", b"\r\n.\r",
        b"\r\n.\0\r\n", b"\n.\r", b"\r.\n", b"\r\r\n.\n", b"\r\n\0.\r\n",
        b"\n\n.\n")
SMUGGLED = (b"MAIL FROM:<x@y.example>\r\nRCPT TO:<incident@in.status.example>"
            b"\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n")


def last(i, columns):
    wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0)
    got = i.rows(f"SELECT {columns} FROM message m LEFT JOIN handled h ON"
                 " h.message_id = m.id ORDER BY m.id DESC LIMIT 1")
    return got[0] if got else None


def letters(i):
    return i.one("SELECT count(*) FROM letter") or 0


def count(i):
    return i.one("SELECT count(*) FROM message") or 0


def stuffed(data):
    return (b"." + data if data[:1] == b"." else data).replace(
        b"\r\n.", b"\r\n..")


with Instance() as i:
    i.serve()

    with Lmtp(i.lmtp) as c:
        c.open()
        t.same(c.ask(b".\r\n")[:9], "250 2.0.0", "1 empty DATA: 250")
    t.same((last(i, "m.raw, h.verdict"), letters(i)), ((b"", "empty"), 0),
           "1 kept as empty, nobody is told")

    for n, end in enumerate(ENDS):
        before = count(i)
        m = mail(f"form {n}") + b"one" + end + SMUGGLED
        with Lmtp(i.lmtp) as c:
            c.open()
            wire = stuffed(m) + b".\r\n"
            # The dot that a strict server doubles stays as it came here.
            wire = wire.replace(stuffed(m), m, 1)
            kept = m.replace(b"\r\n.", b"\r\n")
            for at in range(0, len(wire), 1 + n * 7):
                c.say(wire[at:at + 1 + n * 7])
            reply = c.reply()
            t.ok(reply and reply.startswith("250 2.0.0"),
                 f"6 {end!r}: one 250", reply)
            t.same(c.ask(b"NOOP\r\n")[:9], "250 2.0.0",
                   f"6 {end!r}: and no second reply")
        t.same(count(i), before + 1, f"6 {end!r}: one mail")
        t.same(last(i, "m.raw")[0], kept, f"6 {end!r}: its bytes")

    # Each form cut at each of its bytes, as packets may be.
    before, pieces = count(i), 0
    for n, end in enumerate(ENDS):
        for at in range(len(end) + 1):
            m = mail(f"form {n} cut {at}") + b"one" + end + SMUGGLED
            at += m.index(b"one") + 3
            with Lmtp(i.lmtp) as c:
                c.open()
                c.say(m[:at])
                time.sleep(0.002)  # a packet of its own
                c.say(m[at:] + b".\r\n")
                reply = c.reply()
                if not (reply or "").startswith("250 2.0.0") or \
                        c.ask(b"NOOP\r\n")[:9] != "250 2.0.0":
                    t.ok(False, f"6 {end!r} cut at {at}", reply)
            pieces += 1
    t.same(count(i), before + pieces, f"6 {pieces} cuts: a mail for each")
    wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0, 60)
    t.same(i.one("SELECT count(*) FROM handled WHERE subject = 'smuggled'"), 0,
           "6 no mail that was smuggled in")

    before = count(i)
    for cut in (b"", b"\r\n", b"\r\n.", b"\r\n.\r"):
        c = Lmtp(i.lmtp)
        c.open()
        c.say(mail("cut")[:-2] + cut)
        c.s.shutdown(socket.SHUT_WR)
        t.same(c.reply(), None, f"4 cut after {cut!r}: no reply")
        c.s.close()
    t.same(count(i), before, "4 nothing is kept")

    with Lmtp(i.lmtp) as c:
        t.same(c.ask(b"MAIL FROM:<a@b.example>\r\n")[:9], "503 5.5.1",
               "47 before LHLO")
        t.same(c.ask(b"RCPT TO:<incident@in.status.example>\r\n")[:3], "503",
               "47 RCPT before LHLO")
        t.same(c.ask(b"DATA\r\n")[:3], "503", "47 DATA before LHLO")
        c.ask(b"LHLO x\r\n")
        t.same(c.ask(b"NOOP " + b"x" * 10000 + b"\r\n")[:9], "500 5.5.2",
               "47 a command of 10,000 bytes")
        t.same(c.ask(b"MAIL FROM:<a@b.example> SIZE=99999999999\r\n")[:9],
               "552 5.3.4", "3 SIZE over max_mail")
        c.ask(b"MAIL FROM:<a@b.example>\r\n")
        for a in (b"nobody@in.status.example", b"x@elsewhere.example",
                  b"|cmd@in.status.example", b"../../x@in.status.example",
                  b"incident@[127.0.0.1]", b"<incident@in.status.example",
                  b"x" * 300 + b"@in.status.example", b"",
                  b"incident@in.status.example\0"):
            got = c.ask(b"RCPT TO:<" + a + b">\r\n")
            t.ok(got[:4] in ("550 ", "501 ", "500 "), f"44 {a[:30]!r}", got)
        got = [c.ask(b"RCPT TO:<incident@in.status.example>\r\n")[:9]
               for _ in range(1000)]
        t.same((got[:100], set(got[100:])), (["250 2.1.5"] * 100,
                                             {"452 4.5.3"}),
               "47 1,000 recipients: 100")
        c.ask(b"DATA\r\n")
        c.say(mail("a hundred") + b".\r\n")
        t.same({c.reply()[:9] for _ in range(100)}, {"250 2.0.0"},
               "47 a reply for each of them")
        t.same(c.ask(b"NOOP\r\n")[:9], "250 2.0.0", "47 and no more")

    before = count(i)
    for garbage in (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\r\n" * 99,
                    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 30,
                    bytes(range(256)) * 400 + b"\r\n" * 40):
        c = Lmtp(i.lmtp)
        try:
            c.say(garbage)
            seen = []
            while len(seen) < 200 and (line := c.reply()) is not None:
                seen.append(line[:3])
        except OSError:
            seen.append("421")
        t.ok(seen and set(seen) <= {"500", "501", "503", "421"} and
             seen[-1] == "421", f"47 garbage {garbage[:8]!r}", seen[:5])
        c.s.close()
    t.same(count(i), before, "47 nothing is kept of it")

    # Whatever a session says, each line gets its reply and nothing more.
    mf, to = b"MAIL FROM:<a@b.example>", b"RCPT TO:<incident@in.status.example>"
    data = b"DATA\r\nSubject: s\r\n\r\n"
    for name, lines, want in (
            ("BDAT", (mf, to, b"BDAT 5 LAST", b"hello"), "250 250 500 500"),
            ("HELO, EHLO, STARTTLS, AUTH", (b"HELO x", b"EHLO x", b"STARTTLS",
             b"AUTH PLAIN AA=="), "500 500 500 500"),
            ("NUL", (b"NO\0OP", b"NOOP"), "500 250"),
            ("bare LF", (b"NOOP\nNOOP", b"NOOP"), "500 250"),
            ("bare CR", (b"NOOP\rNOOP", b"NOOP"), "500 250"),
            ("DATA before RCPT", (mf, b"DATA", b"NOOP"), "250 503 250"),
            ("RCPT before MAIL", (to, b"DATA"), "503 503"),
            ("MAIL twice", (mf, mf, to), "250 503 250"),
            ("LHLO forgets", (mf, to, b"LHLO x", b"DATA"), "250 250 250 503"),
            ("RSET forgets", (mf, to, b"RSET", b"DATA"), "250 250 250 503"),
            ("a storm of RSET", (b"RSET",) * 2000, "250 " * 2000),
            ("a sender in UTF-8", ("MAIL FROM:<ñ@é.example> SMTPUTF8".encode(),
             to), "250 250"),
            ("a recipient in UTF-8", (mf, "RCPT TO:<incidént@in.status.example>"
             .encode()), "250 550"),
            ("a sender in Latin 1", (b"MAIL FROM:<\xf1@b.example>", to),
             "250 250"),
            ("SIZE twice", (mf + b" SIZE=1 SIZE=99999999999",), "552"),
            ("SIZE of 500 digits", (mf + b" SIZE=" + b"9" * 500,), "552"),
            ("SIZE without a number", (mf + b" SIZE=", mf + b" SIZE=-1"),
             "501 501"),
            ("BINARYMIME", (mf + b" BODY=BINARYMIME",), "555"),
            ("NOTIFY", (mf, to + b" NOTIFY=NEVER"), "250 555"),
            ("two paths", (mf, to + b"<x@y.example>"), "250 501"),
            ("no path", (b"MAIL FROM:a@b.example", b"MAIL", b"MAIL TO:<a@b>"),
             "501 501 501"),
            ("a control character", (b"MAIL FROM:<a\x1b@b.example>",
             b"MAIL FROM:<a\t@b.example>", b"LHLO \x01"), "500 500 500"),
            ("LHLO without a name", (b"LHLO", b"LHLO "), "501 501"),
            ("EXPN, VRFY, HELP", (b"EXPN x", b"VRFY root", b"HELP"),
             "500 252 500")):
        with Lmtp(i.lmtp) as c:
            c.ask(b"LHLO x\r\n")
            c.say(b"".join(x + b"\r\n" for x in lines) + b"QUIT\r\n")
            got = []
            while (line := c.reply()) is not None:
                got.append(line[:3])
            t.same(got, want.split() + ["221"], f"47 {name}")
    t.same(count(i), before, "47 and nothing is kept")
    for name, sender, body, more in (
            ("SIZE that lies", mf + b" SIZE=1", b"x" * 70 + b"\r\n", 1),
            ("dots everywhere", mf, b"..\r\n...\r\n.x\r\n..x\r\n" * 50, 1),
            ("a line of 3 MB", mf, b"x" * 3000000 + b"\r\n", 1),
            ("NULs", mf, b"\0" * 9999 + b"\r\n", 1),
            ("a sender of 1,000 octets", b"MAIL FROM:<" + b"a" * 1000 +
             b"@b.example>", b"long sender\r\n", 1),
            ("10,000 recipients", mf + (b"\r\n" + to) * 9999, b"y\r\n", 100)):
        n = count(i)
        with Lmtp(i.lmtp, 30) as c:
            c.ask(b"LHLO x\r\n")
            # As a client that has closed its half after the last word.
            c.say(b"\r\n".join((sender, to, data + body)) + b".\r\n")
            c.s.shutdown(socket.SHUT_WR)
            got = []
            while (line := c.reply()) is not None:
                got.append(line[:9])
            t.same((got.count("250 2.0.0"), got[-more:], count(i) - n),
                   (more, ["250 2.0.0"] * more, 1), f"47 {name}: taken, once")
    before = count(i)
    with Lmtp(i.lmtp) as c:
        for _ in range(64):
            c.say(b"x" * 65536)
        t.same(c.ask(b"\r\n")[:9], "500 5.5.2", "47 a line of 4 MB: 500")
    c = Lmtp(i.lmtp, 3)
    try:
        sent = 0
        while sent < 64 * 1024 * 1024:
            sent += c.s.send(b"NOOP\r\n" * 10000)
    except OSError:
        pass
    t.ok(sent < 4 * 1024 * 1024, "47 who never reads isn't read either", sent)
    c.s.close()

    if LONG:
        c = Lmtp(i.lmtp, 330)
        start = time.monotonic()
        t.ok((c.reply() or "")[:9] == "421 4.4.2", "47 idle: 421")
        t.ok(295 < time.monotonic() - start < 320, "47 after 5 minutes")
    with Lmtp(i.lmtp) as c:
        t.same(c.send(mail("after all that"))[:9], "250 2.0.0",
               "the door is open")
    i.stop()
    files = [f for f in glob.glob(os.path.join(i.dir, "out", "new", "*"))
             if b"elsewhere" in open(f, "rb").read()]
    t.same(files, [], "nothing went to a stranger")

t.done()
