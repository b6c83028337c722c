#!/usr/bin/env python3
"""An incident that nobody answers climbs to level 3, a minute in each second
(clock_rate = 60), through a real Postfix into Maildirs.  The first relay is
unreachable all the time: its port takes no further connection."""
import email
import email.policy
import glob
import os
import re
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import ROOT, Instance, Tap, mail, wait_until  # noqa: E402

t = Tap()
RATE = 60
MINUTE = 60

if os.geteuid() != 0 or shutil.which("postfix", path=os.environ["PATH"] +
                                     ":/usr/sbin") is None:
    t.skip("the climb", "no Postfix, or not root")
    t.done()

PEOPLE = '''
person "comms2" { name = "Comms Two"  addresses = { "comms2@example.net" }  roles = { "comms" }  page = { "comms2@pager.example" } }
person "lead2" { name = "Support Lead"  addresses = { "lead2@example.net" }  roles = { "support" } }
person "exec1" { name = "Duty Exec"  addresses = { "exec1@example.net" }  roles = { "exec" }  page = { "exec1@pager.example" } }
'''
HALF = "2020-01-01T00:00:00Z 2099-01-01T00:00:00Z "
ROTA = "".join(HALF + line + "\n" for line in (
    "comms 2 comms2", "support 2 lead2", "exec 3 exec1"))

# step: minutes after the hand-off, who is paged, who is asked or told
STEPS = {
    "t1.1": (0, "comms1", "noc1 comms2 exec1"),
    "t2.1": (5, "comms1 comms2", "noc1"),
    "t2.2": (10, "comms2 lead2", "comms1 noc1"),
    "t2.3": (15, "exec1", "comms1 comms2 lead2 noc1"),
    "t3.1": (15, "", "comms1"),
    "t3.2": (25, "comms2 lead2", "comms1 noc1"),
    "t3.3": (45, "exec1", "comms1 comms2 lead2 noc1"),
}


class Closed:
    """A port where connections hang: it listens, and its queue is full."""

    def __init__(self):
        self.s = socket.socket()
        self.s.bind(("127.0.0.1", 0))
        self.s.listen(0)
        self.port = self.s.getsockname()[1]
        self.fill = []
        for _ in range(4):
            c = socket.socket()
            c.setblocking(False)
            c.connect_ex(("127.0.0.1", self.port))
            self.fill.append(c)
        time.sleep(0.1)
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.5).close()
            self.hangs = False
        except TimeoutError:
            self.hangs = True


def box(where, who, domain="example.net"):
    """(arrival in ms, mail), in order of arrival."""
    found = []
    for name in glob.glob("%s/mail/%s/%s/new/*" % (where, domain, who)):
        with open(name, "rb") as f:
            found.append((os.stat(name).st_mtime_ns // 10**6,
                          email.message_from_binary_file(
                              f, policy=email.policy.default)))
    return sorted(found, key=lambda x: x[0])


def step(m):
    found = re.match(r"<inc-\d{4}-\d{4}\.(t\d\.\d+)", m["Message-ID"])
    return found.group(1) if found else None  # war rooms are t15, t16


def text(m):
    return " ".join(m.get_body(("plain",)).get_content().split())


closed = Closed()
t.ok(closed.hangs, "the first relay can't be reached")
with Instance('lmtp_group = "postfix"', "clock_rate = %d" % RATE) as i:
    p = i.dir + "/postfix"
    tool = os.path.join(ROOT, "tests/lib/postfix.sh")
    subprocess.run([tool, "start", p, "unix:" + i.lmtp], check=True,
                   timeout=60)
    try:
        with open(p + "/in") as f:
            mx = f.read().strip()
        with open(i.conf) as f:
            conf = re.sub(r"relay = .*", 'relay = { "smtp://127.0.0.1:%d", '
                          '"smtp://%s" }' % (closed.port, mx), f.read())
        conf = conf.replace('{ "comms1@example.net" }',
                            '{ "comms1@example.net" }  page = { '
                            '"comms1@pager.example" }')
        with open(i.conf, "w") as f:
            f.write(conf + PEOPLE)
        with open(i.dir + "/rota", "a") as f:
            f.write(ROTA)
        i.serve()
        with open(i.dir + "/state/clock") as f:
            ms, start, rate = map(int, f.read().split())

        def ours(machine_ms):
            return start + (machine_ms - ms) * rate / 1000

        began = time.monotonic()
        report = re.sub(rb"\r\nDate: [^\r]*", b"\r\nDate: " + time.strftime(
            "%a, %d %b %Y %H:%M:%S +0000", time.gmtime(
                ours(time.time() * 1000))).encode(),
            mail("Sev1 cluster b: no login works"))
        i.run("deliver", "-f", "noc1@example.net", "--",
              "incident@in.status.example",
              data=report.replace(b"\r\n", b"\n"))
        t.ok(wait_until(lambda: [1 for _, m in box(p, "noc1")
                                 if step(m) == "t3.3"], 75),
             "the last step's copy is in NOC's Maildir", i.said()[-900:])
        wait_until(lambda: i.one("SELECT count(*) FROM letter WHERE status = "
                                 "'waiting'") == 0, 10)
        time.sleep(0.5)
        print("# after %.1f s" % (time.monotonic() - began), flush=True)
        boxes = {who: box(p, who) for who in (
            "noc1", "comms1", "comms2", "lead2", "exec1")}
        pagers = {who: box(p, who, "pager.example")
                  for who in ("comms1", "comms2", "exec1")}
        handed = i.one("SELECT handed_off FROM event")
        fired = {"t%d.%d" % (k, s): at for k, s, at in i.rows(
            "SELECT kind, step, fired_at FROM timer WHERE fired_at IS NOT "
            "NULL AND kind < 10")}
        fired["t1.1"] = handed
        late = {s: fired[s] - handed - STEPS[s][0] * MINUTE for s in STEPS}
        t.ok(set(fired) == set(STEPS) and
             all(0 <= n <= MINUTE for n in late.values()),
             "each step fires at its time, +0, +5, +10, +15, +25, +45 min",
             late)
        print("# late by, in seconds of theirs: %s" % ", ".join(
            "%s %d" % x for x in sorted(late.items())))

        for who in boxes:
            want = [s for s, (_, paged, told) in STEPS.items()
                    if who in paged.split() + told.split()]
            have = sorted((step(m) for _, m in boxes[who] if step(m)),
                          key=lambda s: (fired[s], s))
            t.same(have, want, who + " has a mail of each step that concerns "
                   "him, once")
            dates = [m["Date"].datetime for _, m in sorted(
                (x for x in boxes[who] if step(x[1])),
                key=lambda x: want.index(step(x[1])))]
            t.ok(dates == sorted(dates), "of its time")
            paged = [s for s in want if who in STEPS[s][1].split()]
            came = [step(m) for _, m in boxes[who] if step(m) in paged]
            t.same(came, paged, "and his pages came in their order")
        t.same({who: [step(m) for _, m in pagers[who]] for who in pagers},
               {who: [s for s in STEPS if who in STEPS[s][1].split()]
                for who in pagers}, "each page is on the pager, too")

        slow = {}
        for who in pagers:
            for arrived, m in pagers[who] + boxes[who]:
                if step(m) and who in STEPS[step(m)][1].split():
                    slow[who, step(m)] = max(
                        slow.get((who, step(m)), 0),
                        ours(arrived) - fired[step(m)])
        print("# pages reach their box after, in seconds of theirs: %s" %
              ", ".join("%.0f" % n for n in sorted(slow.values())))
        t.ok(max(slow.values()) < MINUTE,
             "no page waits for the relay that can't be reached", slow)

        # What they say.
        got = {(who, step(m)): m for who in boxes for _, m in boxes[who]}
        m = got["comms1", "t1.1"]
        t.ok(m["Subject"].startswith("YOU HAVE IT: Email Cluster B SEV1") and
             "Reply YES to publish" in text(m), "handed off", text(m))
        m = got["lead2", "t2.2"]
        t.ok("Reply ACK" in text(m) and "YES" not in text(m),
             "level 2, who may not publish", text(m))
        m = got["exec1", "t2.3"]
        clock = time.strftime("%H:%M", time.gmtime(fired["t2.2"]))
        t.ok("Escalated to level 3" in m["Subject"] and
             clock + " level 2: Comms Two, Support Lead" in text(m),
             "level 3 reads who was tried", text(m))
        m = got["exec1", "t3.3"]
        t.ok("Nothing is public yet" in text(m), "and that nothing is public",
             text(m))
        t.same(i.rows("SELECT recipient, status FROM letter WHERE status != "
                      "'sent'"), [], "nothing failed")
        t.ok(time.monotonic() - began < 90, "all of it in less than 90 s")
    finally:
        i.stop()
        subprocess.run([tool, "stop", p], timeout=60)
t.done()
