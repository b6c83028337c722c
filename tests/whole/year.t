#!/usr/bin/env python3
"""P11 with the machine's own clock: a serve under libfaketime whose clock is
set by an hour or a day, forward and back; its clock's process, or all of it,
is killed; another clock (tick) runs at its side.  Nobody answers.  Every step
fires once, not early, and at most a minute after it is due or the clock was
set or the program was back.

tests/flow/550-year.t does so for a year, with a time that it is told."""
import glob
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import (FAKETIME, SITREP, Instance, Tap, fake_time,  # noqa: E402
                   mail, sanitized, wait_until)

t = Tap()
LONG = bool(os.environ.get("CHECK_LONG"))
SEED = int(os.environ.get("SEED") or
           (random.randrange(1, 1 << 31) if LONG else 1))
ROUNDS = 60 if LONG else 5
HOUR, DAY, LEAST, MOST = 3600, 86400, 1, 60
ZONES = ("Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca")
dice = random.Random(SEED)

if not FAKETIME:
    t.skip("a clock that is set", "no libfaketime")
    t.done()


class Clock:
    """The machine's, as a serve and a tick under libfaketime see it."""

    def __init__(self, i):
        self.i, self.file, self.by = i, os.path.join(i.dir, "faketime"), 0
        self.free = time.time()  # from when on nothing kept them from firing
        self.env = dict(fake_time(self.file), TZ=dice.choice(ZONES))
        self.set(0)

    def set(self, by):
        self.by += by
        with open(self.file + "~", "w") as f:
            f.write("%+d" % self.by)
        os.rename(self.file + "~", self.file)
        self.freed()

    def now(self):
        return time.time() + self.by

    def freed(self):
        self.free = self.now()


class Watch:
    """What has fired, and how late."""

    def __init__(self, i, clock):
        self.i, self.clock = i, clock
        self.seen, self.late, self.early = set(), 0, []

    def look(self):
        """Notes what is new; whether nothing that is due is left."""
        for id, due, fired in self.i.rows(
                "SELECT id, due_at, fired_at FROM timer WHERE fired_at IS NOT "
                "NULL"):
            if id in self.seen:
                continue
            self.seen.add(id)
            if fired < due:
                self.early.append((id, due, fired))
            self.late = max(self.late, fired - max(due, self.clock.free))
        return not self.i.one(
            "SELECT count(*) FROM timer WHERE fired_at IS NULL AND "
            "cancelled_at IS NULL AND due_at <= ?",
            int(self.clock.now()) - LEAST)


def written(at, subject):
    """A mail of a time that isn't the machine's."""
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(at))
    return re.sub(rb"\r\nDate: [^\r]*", b"\r\nDate: " + date.encode(),
                  mail(subject)).replace(b"\r\n", b"\n")


def next_due(i):
    return i.one("SELECT min(due_at) FROM timer WHERE fired_at IS NULL AND "
                 "cancelled_at IS NULL")


def left_behind(pid):
    """What libfaketime shares goes with a process that ends, if it can."""
    for name in ("faketime_shm_%d", "sem.faketime_sem_%d"):
        try:
            os.unlink("/dev/shm/" + name % pid)
        except FileNotFoundError:
            pass


def disturb(i, clock):
    """Something happens to the clock or its processes; what it was."""
    what = dice.choice(("clock killed", "serve killed", "tick", "tick killed",
                        "nothing"))
    if what == "clock killed":
        # One that was killed just now may not be back yet.
        wait_until(lambda: "clock" in i.children(), 10)
        os.kill(i.children()["clock"], signal.SIGKILL)
    elif what == "serve killed":
        time.sleep(dice.random() * .2)
        pid = i.serving.pid
        i.stop(signal.SIGKILL)
        left_behind(pid)
        i.serve(env=clock.env)
        clock.freed()
    elif what.startswith("tick"):
        p = subprocess.Popen([SITREP, "-c", i.conf, "tick"], env=clock.env,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        if what == "tick killed":
            time.sleep(dice.random() * .05)
            p.kill()
        p.wait(60)
        left_behind(p.pid)
    return what


print("# SEED=%d" % SEED, flush=True)
with Instance() as i:
    clock = Clock(i)
    watch = Watch(i, clock)
    i.serve(env=clock.env)
    patience = MOST * 2 if sanitized(i) else MOST
    history, stuck = [], []
    for round in range(ROUNDS):
        sev = dice.choice((1, 2, 3, 4))
        i.run("deliver", "-f", "noc1@example.net", "--",
              "incident@in.status.example", env=clock.env,
              data=written(clock.now(), "Sev%d cluster b: %d" % (sev, round)))
        due = next_due(i)
        by = dice.choice((HOUR, -HOUR, DAY, -DAY))
        if due is not None and dice.random() < .4:
            by = int(due - clock.now()) + dice.choice((-2, 0, 2))
        clock.set(by)
        what = disturb(i, clock)
        history.append("SEV%d, set by %+d, %s" % (sev, by, what))
        if not wait_until(watch.look, patience):
            stuck.append(history[-1])
    # What was set back comes in the end.
    clock.set(3 * DAY)
    last = wait_until(watch.look, patience)
    t.ok(not stuck and last, "%d times what was due has fired" % ROUNDS,
         "\n".join(stuck or history) + i.said()[-800:])
    t.same(watch.early, [], "none of %d steps early" % len(watch.seen))
    t.ok(watch.late <= MOST, "at most a minute late: %d s" % watch.late,
         "\n".join(history))
    t.same(i.rows("SELECT event_id, kind, step, count(*) FROM timer WHERE "
                  "fired_at IS NOT NULL AND kind < 10 GROUP BY 1, 2, 3 "
                  "HAVING count(*) > 1"), [], "each step of an event once")
    t.ok(i.one("SELECT count(*) FROM event") == ROUNDS and
         len(watch.seen) > 3 * ROUNDS, "and all of them climbed",
         len(watch.seen))

    def copies():
        sent = Counter()
        for name in glob.glob(os.path.join(i.dir, "out", "new", "*")):
            with open(name, "rb") as f:
                sent[tuple(re.findall(
                    rb"(?mi)^(?:Message-ID|Delivered-To):\s*(\S+)",
                    f.read().split(b"\n\n")[0]))] += 1
        return sent

    clock.set(0)
    t.ok(wait_until(lambda: not i.one("SELECT count(*) FROM letter WHERE "
                                      "status = 'waiting'"), 30),
         "the mails are sent", i.said()[-800:])
    sent = copies()
    rungs = i.one("SELECT count(*) FROM letter WHERE mid LIKE '%.t_.%'")
    t.ok(rungs and sum(b".t" in k[-1] or b".t" in k[0] for k in sent) >= rungs,
         "those of the steps too: %d" % (rungs or 0), len(sent))
    t.ok(i.stop() == 0, "an orderly end")
t.done()
