#!/usr/bin/env python3
"""serve's LMTP door: what is acknowledged is kept, what isn't is retried."""
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import (CHILDREN, SITREP, Instance, Lmtp, Tap, mail,  # noqa: E402
                   wait_until)

t = Tap()


def raws(i):
    return [bytes(r[0]) for r in i.rows("SELECT raw FROM message ORDER BY id")]


with Instance() as i:
    i.serve()
    t.same(os.stat(i.lmtp).st_mode & 0o777, 0o660, "the socket has mode 0660")
    t.same(set(i.children()),
           {"lmtp", "walk", "clock", "courier", "page", "publish", "web"},
           "a child for each work")

    with Lmtp(i.lmtp) as c:
        t.ok(c.greeting.startswith("220 "), "greeting", c.greeting)
        one = mail("first") + b".\r\n..\r\n.x\r\n"
        t.ok(c.send(one).startswith("250 2.0.0"), "a message is taken")
        t.same(raws(i), [one], "kept exactly, dots too, before the 250")
        t.ok(wait_until(lambda: i.one("SELECT count(*) FROM handled")) == 1,
             "and handled soon")
        t.ok(c.send(one).startswith("250 2.0.0"), "again: 250")
        t.same(len(raws(i)), 1, "but no second one")
        t.same(c.open(n=3)[3:], ["250 2.1.5 go on"] * 2 +
               ["354 end with a dot on a line of its own"],
               "three recipients")
        c.say(mail("three") + b".\r\n")
        t.same([c.reply()[:9] for _ in range(3)], ["250 2.0.0"] * 3,
               "get three replies")
        c.open()
        t.ok(c.ask(b".\r\n").startswith("250"), "an empty message is taken")
        t.same(c.ask(b"MAIL FROM:<a@b.example> SIZE=99999999999\r\n")[:9],
               "552 5.3.4", "SIZE over the limit")
        c.ask(b"RSET\r\n")
        c.ask(b"MAIL FROM:<a@b.example>\r\n")
        t.same(c.ask(b"RCPT TO:<nobody-here@in.status.example>\r\n")[:9],
               "550 5.1.1", "no such address")
        t.same(c.ask(b"RCPT TO:<incident@elsewhere.example>\r\n")[:9],
               "550 5.1.1", "no domain of ours")
        t.same(c.ask(b"x" * 10000 + b"\r\n")[:9], "500 5.5.2",
               "a command of 10,000 bytes")
        t.same(c.ask(b"QUIT\r\n")[:3], "221", "bye")
        t.same(c.reply(), None, "closed")

    before = len(raws(i))
    c = Lmtp(i.lmtp)
    c.open()
    c.say(mail("cut short"))
    c.s.close()
    time.sleep(0.2)
    t.same(len(raws(i)), before, "a message cut short is nobody's")

    big = mail("big") + b"0123456789abcd\r\n" * (27 * 65536)
    with Lmtp(i.lmtp, 60) as c:
        t.ok(c.send(big).startswith("250"), "over max_mail without SIZE: 250")
    got = i.rows("SELECT raw, size, cut FROM message ORDER BY id DESC"
                 " LIMIT 1")[0]
    t.same((bytes(got[0]) == big[:1048576], got[1], got[2]),
           (True, len(big), 1), "its first 1 MiB, marked")

    # Many at once, some slow, some silent: nobody waits for them.
    idle = [Lmtp(i.lmtp) for _ in range(20)]
    half = Lmtp(i.lmtp)
    half.open()
    half.say(b"Subject: half\r\n")
    before = len(raws(i))
    replies = []

    def sender(k):
        with Lmtp(i.lmtp, 60) as c:
            for n in range(10):
                replies.append(c.send(mail(f"n {n}", mid=f"{n}@par.example")
                                      .replace(b"Date: ", b"X-Date: ", 1)))
                if n % 3 == k % 3:
                    c.send(mail(f"own {k} {n}"))
    threads = [threading.Thread(target=sender, args=(k,)) for k in range(8)]
    start = time.monotonic()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took = time.monotonic() - start
    t.same({r[:9] for r in replies}, {"250 2.0.0"}, "eight senders: all 250")
    n = i.one("SELECT count(*) FROM message WHERE cast(raw AS TEXT)"
              " LIKE '%@par.example%'")
    t.ok(n is not None and n >= 10, "each content once per second of its Date",
         n)
    t.ok(took < 20, f"in {took:.1f} s")
    for c in idle:
        c.s.close()

    # More silent ones than there are places: they make room.
    busy = Lmtp(i.lmtp)
    busy.open()
    busy.say(mail("busy")[:-2])
    idle = []
    for _ in range(200):
        s = socket.socket(socket.AF_UNIX)
        s.connect(i.lmtp)
        idle.append(s)
    start = time.monotonic()
    try:
        with Lmtp(i.lmtp, 20) as c:
            said = c.send(mail("among 200 silent ones"))
    except OSError as e:
        said = repr(e)
    t.ok(said.startswith("250"), f"200 silent ones: one more is served, after "
         f"{time.monotonic() - start:.1f} s", said)
    idle[0].settimeout(5)
    t.ok(b"\r\n421 4.3.2 " in idle[0].recv(1000), "the oldest is told to go")
    t.ok(busy.ask(b"\r\n.\r\n").startswith("250"), "who speaks may stay")
    busy.s.close()
    for s in idle:
        s.close()

    # Lost replies: whatever was acknowledged is there.
    acked = []
    for k in range(20):
        m = mail(f"lost {k}")
        c = Lmtp(i.lmtp)
        c.open()
        c.say(m + b".\r\n")
        if k % 2:
            acked.append((m, c.reply()))
        c.s.close()
    time.sleep(0.3)
    have = raws(i)
    t.ok(all(m in have for m, r in acked if r and r.startswith("250")),
         "what was acknowledged is kept, whoever hangs up when")

    # Those that are whole at the same time share a commit (F12).
    def commits():  # the change counter of the file format
        with open(os.path.join(i.dir, "state/sitrep.db"), "rb") as f:
            return int.from_bytes(f.read(28)[24:], "big")

    wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0)
    child = i.children()
    halted = i.halt("walk", "clock", "courier", "page", "publish")
    group = [Lmtp(i.lmtp) for _ in range(8)]
    for c in group:
        c.open()
    os.kill(child["lmtp"], signal.SIGSTOP)
    together = [mail(f"together {k}") for k in range(8)]
    together[5] = together[2]
    for c, m in zip(group, together):
        c.say(m + b".\r\nMAIL FROM:<a@b.example>\r\n"
              b"RCPT TO:<nobody-here@in.status.example>\r\n")
    before = commits()
    os.kill(child["lmtp"], signal.SIGCONT)
    t.same([[c.reply()[:9] for _ in range(3)] for c in group],
           [["250 2.0.0", "250 2.1.0", "550 5.1.1"]] * 8,
           "eight at a time: each has its 250, and what it says next")
    t.same(commits() - before, 1, "by one commit")
    t.same(sorted(raws(i)[-7:]), sorted(together[:5] + together[6:]),
           "all are kept, the same one once")
    for c in group:
        c.s.close()
    db = sqlite3.connect(os.path.join(i.dir, "state/sitrep.db"), timeout=20)
    db.execute("CREATE TRIGGER no BEFORE INSERT ON message "
               "WHEN instr(new.raw, 'poison') BEGIN "
               "SELECT RAISE(ABORT, 'no room for it'); END")
    db.commit()
    db.close()
    group = [Lmtp(i.lmtp) for _ in range(8)]
    for c in group:
        c.open()
    os.kill(child["lmtp"], signal.SIGSTOP)
    for k, c in enumerate(group):
        c.say(mail("poison" if k == 3 else f"beside it {k}") + b".\r\n")
    os.kill(child["lmtp"], signal.SIGCONT)
    t.same([c.reply()[:3] for c in group], ["250"] * 3 + ["451"] + ["250"] * 4,
           "one that can't be stored keeps no other from it")
    for c in group:
        c.s.close()
    db = sqlite3.connect(os.path.join(i.dir, "state/sitrep.db"), timeout=20)
    db.execute("DROP TRIGGER no")
    db.commit()
    db.close()

    # Killed while eight send: what was acknowledged is there.
    acked = []

    def pump(k):
        for n in range(1000):
            m = mail(f"pump {k} {n}")
            try:
                with Lmtp(i.lmtp) as c:
                    if (c.send(m) or "").startswith("250"):
                        acked.append(m)
            except (OSError, TypeError, AttributeError):
                time.sleep(0.02)
            if stop:
                return

    stop = []
    threads = [threading.Thread(target=pump, args=(k,)) for k in range(8)]
    for one in threads:
        one.start()
    for _ in range(4):
        time.sleep(0.3)
        pid = i.children().get("lmtp")
        if pid:
            os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)
    stop.append(True)
    for one in threads:
        one.join()
    for pid in halted:
        os.kill(pid, signal.SIGCONT)
    have = set(raws(i))
    t.ok(len(acked) > 20 and all(m in have for m in acked),
         f"killed in mid-group: all of {len(acked)} acknowledged are kept")

    # A locked store is a 451, and the mail is taken afterwards.
    db = sqlite3.connect(os.path.join(i.dir, "state/sitrep.db"), timeout=20)
    db.execute("BEGIN EXCLUSIVE")
    m = mail("while locked")
    with Lmtp(i.lmtp, 60) as c:
        t.same(c.send(m)[:9], "451 4.3.0", "a locked store: try again")
        db.rollback()
        db.close()
        t.same(c.send(m)[:9], "250 2.0.0", "and then: taken")

    t.ok(wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0, 120),
         "all of them are handled")

    # The supervisor.
    old = i.children()
    os.kill(old["lmtp"], signal.SIGKILL)
    new = wait_until(lambda: i.children().get("lmtp") not in
                     (None, old["lmtp"]) and i.children()["lmtp"], 5)
    t.ok(new and new != old["lmtp"], "a child that dies comes again")
    with Lmtp(i.lmtp) as c:
        t.same(c.send(mail("after the kill"))[:3], "250", "and works")
    half_killed = Lmtp(i.lmtp)
    i.serving.send_signal(signal.SIGHUP)
    t.ok(wait_until(lambda: "read-again" in i.said()), "SIGHUP reads again")
    t.ok(wait_until(lambda: len(i.children()) == CHILDREN and
                    not set(i.children().values()) & set(old.values())),
         "with new children")
    t.same(half_killed.reply()[:9], "421 4.3.2", "a sender is told why")
    with Lmtp(i.lmtp) as c:
        t.same(c.send(mail("after SIGHUP"))[:3], "250", "and the door is open")

    # Who is told to end leaves the rest of what waits to the next one.
    walk = i.halt("walk")[0]
    with Lmtp(i.lmtp, 60) as c:
        for k in range(200):
            c.send(mail(f"a storm, {k}"))
    i.serving.send_signal(signal.SIGHUP)
    wait_until(lambda: i.said().count("read-again") == 2)
    os.kill(walk, signal.SIGCONT)
    t.ok(wait_until(lambda: i.children().get("walk") not in (None, walk)),
         "SIGHUP in a storm: others take over")
    left = i.one("SELECT count(*) FROM waiting")
    t.ok(100 < left < 200, f"at once: {left} of 200 wait still")
    t.ok(wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0, 60),
         "and are handled")

    # A mistake in the configuration: the old one goes on, whatever dies.
    with open(i.conf, "a") as f:
        f.write("no_such_key = 1\n")
    i.serving.send_signal(signal.SIGHUP)
    t.ok(wait_until(lambda: "st=kept" in i.said()), "a mistake is told")
    old = i.children()
    for pid in old.values():
        os.kill(pid, signal.SIGKILL)
    t.ok(wait_until(lambda: len(i.children()) == CHILDREN and
                    not set(i.children().values()) & set(old.values())),
         "the children come again")
    with Lmtp(i.lmtp) as c:
        t.same(c.send(mail("a mistake", mid="kept@conf.example"))[:3], "250",
               "and mail is taken")
    t.ok(wait_until(lambda: i.one(
        "SELECT count(*) FROM waiting") == 0), "and handled, as the old one says", i.said()[-500:])
    second = subprocess.run([SITREP, "-c", i.conf, "serve"],
                            stderr=subprocess.PIPE, timeout=20)
    t.ok(second.returncode != 0, "one instance per state")

    c = Lmtp(i.lmtp)
    c.open()
    c.say(b"Subject: at the end\r\n")
    pids = list(i.children().values())
    t.same(i.stop(), 0, "SIGTERM: exit 0")
    t.ok((c.reply() or "421").startswith("421"), "senders are told")
    t.ok(not any(os.path.exists(f"/proc/{p}") for p in pids),
         "no child is left")
    t.same(i.one("PRAGMA integrity_check"), "ok", "the store is sound")
    t.ok(not os.path.exists(i.lmtp), "the socket is gone")

# Killed hard, its children go too, and the next one starts.
with Instance() as i:
    i.serve()
    pids = list(i.children().values())
    i.stop(signal.SIGKILL)
    t.ok(wait_until(lambda: not any(os.path.exists(f"/proc/{p}")
                                    for p in pids)),
         "kill -9 of serve ends its children")
    i.serve()
    with Lmtp(i.lmtp) as c:
        t.same(c.send(mail("second life"))[:3], "250",
               "the socket of a dead one is replaced")

# Socket activation and readiness.
with Instance() as i:
    s = socket.socket(socket.AF_UNIX)
    s.bind(i.lmtp)
    s.listen(5)
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(os.path.join(i.dir, "notify"))
    notify.settimeout(10)
    log = open(i.log, "ab")
    sub = subprocess.Popen(
        ["sh", "-c", 'exec 3<&"$1"; LISTEN_PID=$$ LISTEN_FDS=1'
         ' LISTEN_FDNAMES=lmtp exec "$2" -c "$3" serve', "sh",
         str(s.fileno()), SITREP, i.conf], pass_fds=[s.fileno()],
        stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        env=dict(os.environ, NOTIFY_SOCKET=os.path.join(i.dir, "notify")))
    i.serving = sub
    t.ok(b"READY=1" in notify.recv(1000), "readiness is told")
    s.close()
    with Lmtp(i.lmtp) as c:
        t.same(c.send(mail("activated"))[:3], "250", "on a socket given to it")
    i.stop()
    t.ok(b"STOPPING=1" in notify.recv(1000), "and the end")
    t.ok(os.path.exists(i.lmtp), "a socket that was given stays")

t.done()
