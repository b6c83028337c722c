#!/usr/bin/env python3
"""A real Postfix in front: by LMTP and by pipe(8), and no fault of ours ever
makes a bounce; the mail waits there and comes afterwards (P2)."""
import os
import random
import shutil
import signal
import smtplib
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from postfix import TO, Postfix  # noqa: E402
from whole import ROOT, SITREP, Instance, Tap, mail, wait_until  # noqa: E402

t = Tap()
FULL = os.environ.get("CHECK_LONG", "") != ""


def taken(i):
    return i.one("SELECT count(*) FROM message") or 0


def arrives(name, i, p, want, seconds=40):
    got = wait_until(lambda: taken(i) >= want and p.waiting() == 0, seconds)
    t.ok(got and taken(i) == want and p.bounces() == 0, name,
         f"{taken(i)} of {want}, {p.waiting()} wait, {p.bounces()} bounces\n"
         + p.file("log")[-1500:])


def odd_mails(n):
    """Every length of line and then some; 8 bit, dots, long lines."""
    rng = random.Random(20260304)
    for k in range(n):
        length = k if k < 1100 else rng.randrange(5000)
        line = "".join(chr(rng.randrange(33, 127)) for _ in range(length))
        body = ["", ".", "..", "From here", line, ".x", "caf\u00e9",
                line[::-1]] * (1 + k % 3)
        yield (f"From: NOC One <noc1@example.net>\r\nTo: {TO}\r\n"
               "Date: Wed, 04 Mar 2026 14:05:00 +0000\r\n"
               f"Subject: line of {length} ({k})\r\n"
               f"Message-ID: <{k}.odd@example.net>\r\nMIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: 8bit\r\n\r\n" +
               "\r\n".join(body) + "\r\n").encode()


if os.geteuid() != 0 or shutil.which("postfix", path=os.environ["PATH"] +
                                     ":/usr/sbin") is None:
    t.skip("Postfix", "no Postfix, or not root")
    t.done()

# LMTP.
with Instance('lmtp_group = "postfix"') as i, \
        Postfix(i.dir + "/postfix", "unix:" + i.lmtp) as p:
    p.send(mail("before sitrep runs"))
    t.ok(wait_until(lambda: "deferred" in p.file("log")),
         "no sitrep: Postfix keeps the mail")
    i.serve()
    arrives("and hands it over once there is one", i, p, 1)
    total = 1
    mails = list(odd_mails(60))
    p.send(*mails)
    total += len(mails)
    arrives("mails of odd lines by LMTP", i, p, total)
    have = [bytes(r[0]) for r in i.rows("SELECT raw FROM message")]
    t.ok(all(any(h.endswith(m[m.index(b"Subject: "):]) for h in have)
             for m in mails if max(map(len, m.split(b"\r\n"))) < 900),
         "byte for byte, behind Postfix's own headers")

    if shutil.which("swaks"):
        got = subprocess.run(["swaks", "--server", p.file("in"), "--to", TO,
                              "--from", "noc1@example.net", "--header",
                              "Subject: by swaks"], stdout=subprocess.PIPE)
        total += 1
        arrives("swaks", i, p, total)
    else:
        t.skip("swaks", "not installed")

    path = os.path.join(i.dir, "state/sitrep.db")
    db = sqlite3.connect(path, timeout=20)
    db.execute("BEGIN EXCLUSIVE")
    p.send(mail("while the store is locked"))
    total += 1
    t.ok(wait_until(lambda: "451 4.3.0" in p.file("log"), 30),
         "a locked store: 451")
    db.rollback()
    db.close()
    arrives("unlocked, the mail comes", i, p, total)

    os.rename(path, path + ".away")
    os.mkdir(path)
    p.send(mail("while the store is gone"))
    total += 1
    t.ok(wait_until(lambda: p.file("log").count("451 4.3.0") > 1, 30),
         "no store: 451")
    os.rmdir(path)
    os.rename(path + ".away", path)
    arrives("and with the store back, the mail comes", i, p, total)

    for k in range(20):
        p.send(mail(f"while we are killed {k}"))
        total += 1
        pid = i.children().get("lmtp")
        if pid:
            os.kill(pid, signal.SIGKILL)
    arrives("the door killed twenty times: nothing lost, nothing bounced", i,
            p, total, 60)
    pid = i.children()["lmtp"]
    os.kill(pid, signal.SIGSTOP)
    p.send(mail("while the door stands still"))
    total += 1
    time.sleep(90 if FULL else 2)
    os.kill(pid, signal.SIGCONT)
    arrives("the door stopped for a while", i, p, total)
    i.stop()
    p.send(mail("while sitrep is down"))
    total += 1
    i.serve()
    arrives("a restart", i, p, total)
    try:
        with p.smtp() as s:
            s.sendmail("a@b.example", ["nobody-here@in.status.example"],
                       mail("unknown"))
    except smtplib.SMTPException:
        pass
    t.ok(wait_until(lambda: "550 5.1.1" in p.file("log")),
         "an unknown address is refused at RCPT")

def fill(path):
    """How many blocks there was room for."""
    n = 0
    with open(path, "ab", buffering=0) as f:
        try:
            while True:
                n += f.write(b"x" * 4096)
        except OSError:
            return n


# A full disk.
tmpfs = "/tmp/sitrep-full-%d" % os.getpid()
os.mkdir(tmpfs)
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "none",
                   tmpfs], stderr=subprocess.DEVNULL).returncode == 0:
    try:
        with Instance('lmtp_group = "postfix"', parent=tmpfs) as i, \
                Instance() as other, \
                Postfix(other.dir + "/postfix", "unix:" + i.lmtp) as p:
            i.serve()
            p.send(mail("with room"))
            arrives("with room on the disk", i, p, 1)
            filler = os.path.join(tmpfs, "filler")
            # What was being written may leave room when it is done.
            while fill(filler):
                time.sleep(0.5)
            # A short one may fit into what the store and its journal have.
            large = "\r\n".join(["Since 14:05 half of the logins fail."] * 5000)
            p.send(mail("without room", large), mail("no room either", large))
            t.ok(wait_until(lambda: "451 4.3.0" in p.file("log"), 30),
                 "a full disk: 451", p.file("log")[-800:])
            os.unlink(filler)
            arrives("room again: the mail comes", i, p, 3)
            t.same(i.one("PRAGMA integrity_check"), "ok",
                   "the store is sound")
    finally:
        subprocess.run(["umount", "-l", tmpfs])
        os.rmdir(tmpfs)
else:
    os.rmdir(tmpfs)
    t.skip("a full disk", "no tmpfs may be mounted here")

# pipe(8).
with Instance() as i:
    shutil.copy(SITREP, i.dir + "/sitrep")
    wrapper = os.path.join(i.dir, "pipe")
    with open(wrapper, "w") as f:
        f.write(f"#!/bin/sh\nSITREP={i.dir}/sitrep\n"
                f"SITREP_CONF={i.conf}\nexport SITREP SITREP_CONF\n"
                f"exec {i.dir}/sitrep-pipe \"$@\"\n")
    shutil.copy(os.path.join(ROOT, "contrib/postfix/sitrep-pipe"),
                i.dir + "/sitrep-pipe")
    os.chmod(wrapper, 0o755)
    shutil.chown(i.dir, "nobody")
    with Postfix(i.dir + "/postfix", "", wrapper) as p:
        total = 1100 if FULL else 1000
        mails = list(odd_mails(total))
        if not FULL:
            mails = mails[:total]
        start = time.monotonic()
        p.send(*mails)
        arrives(f"{total} mails of every line length through the pipe", i, p,
                total, 600 if os.environ.get("SITREP_SANITIZED") else 120)
        t.ok("deferred" not in p.file("log"), "none of them deferred",
             [x for x in p.file("log").splitlines() if "deferred" in x][:3])
        print(f"# {time.monotonic() - start:.1f} s", flush=True)
        p.send(mail("null"), sender="")
        total += 1
        arrives("the null sender", i, p, total)
        t.same(i.one("SELECT envelope_from FROM message ORDER BY id DESC"
                     " LIMIT 1"), "", "is the null sender")

        os.rename(i.conf, i.conf + ".away")
        p.send(mail("without a configuration"))
        total += 1
        t.ok(wait_until(lambda: "4.3.0" in p.file("log"), 20),
             "no configuration: deferred", p.file("log")[-500:])
        os.rename(i.conf + ".away", i.conf)
        arrives("and then it comes", i, p, total)
        before = p.file("log").count("deferred")
        os.rename(i.dir + "/sitrep", i.dir + "/sitrep.away")
        p.send(mail("without a program"))
        total += 1
        t.ok(wait_until(lambda: p.file("log").count("deferred") > before, 20),
             "no program: deferred")
        os.rename(i.dir + "/sitrep.away", i.dir + "/sitrep")
        arrives("and then it comes, too", i, p, total)

t.done()
