#!/usr/bin/env python3
"""The clock of a running serve: at a rate (clock_rate), set by somebody
(libfaketime), through a real Postfix and back (the self-test)."""
import os
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import (FAKETIME, ROOT, Instance, Tap, fake_time,  # noqa: E402
                   mail, wait_until)

t = Tap()
RATE = 300


def written(at, subject):
    """A mail of a time that isn't the machine's."""
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(at))
    return re.sub(rb"\r\nDate: [^\r]*", b"\r\nDate: " + date.encode(),
                  mail(subject)).replace(b"\r\n", b"\n")


def letters(i, where="1"):
    return i.rows("SELECT mid, created, recipient FROM letter WHERE %s "
                  "ORDER BY id" % where)


# At a rate.
with Instance("clock_rate = %d" % RATE) as i:
    began = time.time()
    i.serve()

    def ours():
        """Their time, by the file that they all go by."""
        ms, start, rate = map(int, open(i.dir + "/state/clock").read().split())
        return start + (time.time() * 1000 - ms) * rate / 1000

    t.ok(abs(ours() - began) < RATE * 5, "it begins with the machine's time")
    time.sleep(1)
    t.ok(ours() - began > RATE, "and goes on faster")
    want = ours()
    i.run("deliver", "-f", "noc1@example.net", "--",
          "incident@in.status.example",
          data=written(want, "Sev3 cluster b: slow"))
    got = i.one("SELECT received FROM message WHERE source = 'pipe'")
    t.ok(got is not None and want - 1 <= got <= ours() + 1,
         "deliver beside it has the same time", f"{want} {got} {ours()}")
    t.ok(wait_until(lambda: letters(i, "mid LIKE '%.t1.1@%'")),
         "T1 fires a quarter of an hour later, which is soon", i.said())
    due, fired = i.rows("SELECT due_at, coalesce(fired_at, 0) FROM timer "
                        "WHERE kind = 1")[0]
    t.ok(due <= fired <= due + RATE, "at its time",
         f"{due} {fired}")
    t.ok(wait_until(lambda: i.one("SELECT count(*) FROM timer WHERE kind = 2 "
                                  "AND fired_at IS NOT NULL")),
         "and T2 after it")
    t.same(i.one("SELECT count(*) FROM (SELECT 1 FROM timer WHERE fired_at IS "
                 "NOT NULL GROUP BY event_id, kind, step, round HAVING "
                 "count(*) > 1)"), 0, "each once")
    before = ours()
    i.stop()
    i.serve()
    t.ok(before <= ours() and i.one("SELECT count(*) FROM letter WHERE created "
                                    "> %d" % (ours() + 60)) == 0,
         "started again it goes on from there")
    i.run("post", "--as", "noc1", data=b"Subject: [INC-2026-0001] x\n\nslow\n")
    t.ok(abs((i.one("SELECT max(received) FROM message WHERE source = 'post'")
              or 0) - ours()) < 2 * RATE, "post goes with it, too")
    t.ok(i.stop() == 0, "an orderly end")
    text = open(i.conf).read().replace("clock_rate = %d" % RATE, "")
    open(i.conf, "w").write(text)
    i.serve()
    t.ok(not os.path.exists(i.dir + "/state/clock"),
         "without the key it goes with the machine again")

# Set by somebody.
if FAKETIME:
    with Instance() as i:
        rc = os.path.join(i.dir, "faketime")

        def set_clock(offset):
            with open(rc + "~", "w") as f:
                f.write(offset)
            os.rename(rc + "~", rc)

        set_clock("+0")
        i.serve(env=fake_time(rc))
        with open(os.path.join(i.dir, "mail"), "wb") as f:
            f.write(mail("Sev3 cluster b: slow").replace(b"\r\n", b"\n"))
        i.run("deliver", "-f", "noc1@example.net", "--",
              "incident@in.status.example",
              data=open(i.dir + "/mail", "rb").read())
        t.ok(wait_until(lambda: i.one("SELECT count(*) FROM timer")),
             "T1 is armed")
        set_clock("+3600")
        t.ok(wait_until(lambda: i.one("SELECT count(*) FROM timer WHERE kind "
                                      "= 1 AND fired_at IS NOT NULL"), 40),
             "an hour ahead: T1 fires within a look", i.said()[-800:])
        told = wait_until(lambda: i.rows(
            "SELECT recipient, raw FROM letter WHERE mid LIKE 'clock.%'"), 30)
        t.ok(told and told[0][0] == "root@localhost" and
             b"The clock was set from" in bytes(told[0][1]),
             "and the administrator is told", told)
        set_clock("-3600")
        t.ok(wait_until(lambda: i.one("SELECT count(*) FROM letter WHERE mid "
                                      "LIKE 'clock.%'") == 2, 40),
             "two hours back: told again")
        t.ok(wait_until(lambda: i.one(
            "SELECT max(since) FROM timer WHERE fired_at IS NULL AND "
            "cancelled_at IS NULL") <= time.time() - 3600, 10) and
            "st=set-back" in i.said(),
            "what was armed meanwhile is set back by as much", i.said()[-800:])
        time.sleep(2)
        t.same(i.one("SELECT count(*) FROM letter WHERE mid LIKE "
                     "'%.t1.1@%' AND recipient = 'comms1@example.net'"), 1,
               "nothing fires twice")
        set_clock("-3540")
        time.sleep(25)
        t.same(i.one("SELECT count(*) FROM letter WHERE mid LIKE 'clock.%'"),
               2, "a minute is no news")
else:
    t.skip("a clock that is set", "no libfaketime")


class Postfix:
    def __init__(self, where, lmtp):
        self.dir = where
        self.tool("start", lmtp)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.tool("stop")

    def tool(self, verb, *args):
        subprocess.run([os.path.join(ROOT, "tests/lib/postfix.sh"), verb,
                        self.dir, *args], check=True, timeout=60)

    def file(self, name):
        with open(os.path.join(self.dir, name), errors="replace") as f:
            return f.read().strip()


if os.geteuid() != 0 or shutil.which("postfix", path=os.environ["PATH"] +
                                     ":/usr/sbin") is None:
    t.skip("through Postfix", "no Postfix, or not root")
    t.done()

# The self-test through a real mail server, a day in seconds.
with Instance() as other, Instance('lmtp_group = "postfix"') as i, \
        Postfix(other.dir + "/postfix", "unix:" + i.lmtp) as p:
    text = open(i.conf).read()
    text = re.sub(r"relay = .*", 'relay = { "smtp://%s", "spool:%s/out" }\n'
                  'clock_rate = 3600' % (p.file("in"), i.dir), text)
    open(i.conf, "w").write(text)
    i.serve()
    t.ok(wait_until(lambda: i.one("SELECT count(*) FROM heartbeat WHERE back "
                                  "!= 0"), 60),
         "a day without mail: the self-test goes through Postfix and comes "
         "back", p.file("log")[-900:] + i.said()[-500:])
    t.same(i.one("SELECT count(*) FROM message m JOIN handled h ON "
                 "h.message_id = m.id WHERE m.source = 'lmtp' AND h.verdict != "
                 "'selftest'"), 0, "and is known for what it is")
    t.same(i.rows("SELECT DISTINCT recipient FROM letter WHERE recipient NOT "
                  "LIKE 'selftest+%'"), [], "nobody is answered")
    said = i.run("check").stdout.decode()
    t.ok("self-test" in said and "came back at" in said, "check tells", said)
    done = i.run("check", "--selftest").stdout.decode()
    t.ok("self-test      came back after" in done, "check --selftest sends "
         "one and reads it back", done)
    p.tool("stop")
    t.ok(wait_until(lambda: i.one("SELECT count(*) FROM letter WHERE kind = "
                                  "'page' AND status = 'sent' AND recipient "
                                  "= 'comms1@example.net'"), 60),
         "without it two are lost: comms is paged over the second relay",
         i.said()[-800:])
    t.ok(i.one("SELECT count(*) FROM letter WHERE recipient = "
               "'root@localhost' AND status = 'sent'") == 1,
         "and the administrator")

t.done()
