#!/usr/bin/env python3
# P11: every step of every timer fires once, not early, and at most a minute
# late, whatever happens to clocks and processes.  Incidents come at random,
# people do what they like or nothing, somebody sets the clock by an hour or a
# day, the clock's process is killed, two of them run at once.  A town in each
# of twelve zones, over a change of its clocks.
#
# The times are worked out here a second time, from the table of the
# specification (process, 2.5) and what became of the mails, with the zones of
# Python.  After each process what is armed and what has fired must be that,
# to the second.
#
# Every process gets its time by -t: it stands still in it, so a failure comes
# again with the same SEED, and 365 days don't take any.  What reads the
# machine's own clock is tried in tests/whole/year.t.
#
# 30 days and 100 incidents; 365 and 1,000 with CHECK_LONG=1.  SEED, ZONE.
import concurrent.futures
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import CONF, Rig, SITREP, Tap, epoch

LONG = bool(os.environ.get('CHECK_LONG'))
SANITIZED = bool(os.environ.get('SITREP_SANITIZED'))
SEED = int(os.environ.get('SEED') or
           (random.randrange(1, 1 << 31) if LONG else 1))
DAYS, INCIDENTS = (365, 1000) if LONG else (30, 24 if SANITIZED else 100)
ZONES = ('Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca',
         'America/Toronto', 'Europe/Paris', 'America/St_Johns',
         'Asia/Kathmandu', 'Pacific/Chatham', 'Africa/Cairo',
         'America/Santiago', 'Asia/Gaza', 'Europe/Dublin')
MIN, HOUR, DAY = 60, 3600, 86400
IN = 'incident@in.status.example'
PLACES = ('cluster a', 'cluster b', 'webmail', 'dns', 'api')
WHO = {'noc1': 'NOC One', 'noc2': 'NOC Two', 'comms1': 'Comms One',
       'comms2': 'Comms Two', 'exec1': 'Duty Exec', 'sec1': 'Security One'}


# ---- the table, as the specification has it ---------------------------------

#        T1          T2       T3        T4        T6        T7    T10
SEV = {1: (0,         5 * MIN, 15 * MIN, HOUR,     5 * MIN,  HOUR, 3),
       2: (15 * MIN,  5 * MIN, 15 * MIN, 2 * HOUR, 10 * MIN, HOUR, 5),
       3: (15 * MIN,  5 * MIN, 15 * MIN, 2 * HOUR, 10 * MIN, HOUR, None),
       4: (HOUR,      5 * MIN, 15 * MIN, DAY,      10 * MIN, HOUR, None)}
TOP = {1: 3, 2: 3, 3: 2, 4: 2}  # the highest level called
REMIND, EXPIRES, REVIEW, WEEK = 20 * MIN, 4 * HOUR, 72 * HOUR, 7 * DAY
# (after the timer is due, level called) of each step
STEPS = {2: ((0, 2), (5 * MIN, 2), (10 * MIN, 3)),
         3: ((0, 0), (10 * MIN, 2), (30 * MIN, 3)),
         4: ((-REMIND, 0), (0, 1), (10 * MIN, 2), (30 * MIN, 3)),
         5: ((0, 0),),
         6: ((0, 0), (5 * MIN, 0), (None, 0)),
         7: ((0, 0),),
         10: ((0, 0), (WEEK, 0)),
         11: ((0, 0),)}


OVER = ('closed', 'closed_quiet', 'void')


class Office:
    """Monday to Friday, nine to five, of a zone."""

    def __init__(self, zone):
        self.zone = ZoneInfo(zone)

    def hours(self, t):
        """From the day of t on: when it opens, when it closes."""
        day = datetime.fromtimestamp(t, self.zone).date()
        while True:
            if day.weekday() < 5:
                yield tuple(int(datetime(day.year, day.month, day.day, h,
                                         tzinfo=self.zone).timestamp())
                            for h in (9, 17))
            day += timedelta(1)

    def after(self, t, seconds):
        """So many seconds of work later."""
        for opens, closes in self.hours(t):
            t = max(t, opens)
            if t + seconds < closes:
                return t + seconds
            seconds -= max(0, closes - t)

    def working_days(self, t, n):
        at = datetime.fromtimestamp(t, self.zone)
        day, clock = at.date(), at.time()
        while n > 0:
            day += timedelta(1)
            n -= day.weekday() < 5
        return int(datetime.combine(day, clock.replace(fold=0),
                                    self.zone).timestamp())


class Ladder:
    """A timer at work: the step that is next, and when."""

    def __init__(self, kind, since, step=1, base=None):
        self.kind, self.since, self.step = kind, since, step
        self.base = base  # when the timer itself is due: the promise, T10
        self.due = None


# ---- an incident and its timers ---------------------------------------------

FACTS = '''SELECT phase, severity, state, owner, disclosure, handed_off,
    next_update, reporter,
    (SELECT count(*) FROM post WHERE event_id = e.id AND r = 1),
    (SELECT state FROM post WHERE event_id = e.id ORDER BY id DESC LIMIT 1),
    (SELECT n || ' ' || status || ' ' || created FROM draft
     WHERE event_id = e.id AND status IN ('pending', 'held')
     AND author != '' ORDER BY n DESC LIMIT 1),
    (SELECT count(*) FROM note WHERE event_id = e.id AND author LIKE 'noc%%')
    FROM event e WHERE id = %d'''
NAMES = ('phase', 'severity', 'state', 'owner', 'disclosure', 'handed_off',
         'next_update', 'reporter', 'posts', 'last', 'draft', 'notes')


class Facts:
    """What became of the mails: everything but the timers."""

    def __init__(self, row):
        self.__dict__.update(zip(NAMES, row))

    @property
    def owed(self):
        return (self.phase in ('handed_off', 'owned') and
                self.state == 'none' and self.disclosure != 'embargoed')

    @property
    def held(self):
        return self.draft is not None and self.draft.split()[1] == 'held'


NOTHING = Facts(('', 0, 'none', '', 'full', 0, 0, '', 0, None, None, 0))


class Incident:
    def __init__(self, town, id, name, began):
        self.town, self.id, self.name, self.began = town, id, name, began
        self.now = NOTHING
        self.ladders = {}  # by kind
        self.seen_draft = None

    def office(self):
        slug = self.now.owner or 'comms1'
        return self.town.offices[slug]

    def due(self, l):
        """When the next step of a ladder is due by the present severity;
        None: it isn't."""
        sev = SEV[self.now.severity]
        if l.kind == 1:
            return self.began + sev[0]
        after, level = STEPS[l.kind][l.step - 1]
        if level > TOP[self.now.severity]:
            return None
        if l.kind == 6 and l.step == 3:
            return l.since + EXPIRES
        wait = {2: sev[1], 3: sev[2], 5: sev[3] // 2, 6: sev[4], 7: sev[5],
                11: REVIEW}.get(l.kind)
        office = self.now.severity == 4 and l.kind in (2, 3, 4)
        if l.kind in (4, 10):
            base = l.base
        elif office:
            base = self.office().after(l.since, wait)
        else:
            base = l.since + wait
        if office and after < 0:
            return self.office().after(base + after, 0)
        if office:
            return self.office().after(self.office().after(base, 0), after)
        return base + after

    def after(self, l):
        """When the step after the one that fires is due: other office hours,
        if the owner changed, don't put it nearer."""
        before, l.step = l.due, l.step + 1
        due = self.due(l)
        if due is None or self.now.severity != 4 or l.kind not in (2, 3, 4):
            return due
        was, now = (STEPS[l.kind][n - 1][0] for n in (l.step - 1, l.step))
        return due if was < 0 else max(
            due, self.office().after(before, now - was))

    def start(self, kind, since, **more):
        l = self.ladders[kind] = Ladder(kind, since, **more)
        l.due = self.due(l)

    def stop(self, *kinds):
        for k in kinds or list(self.ladders):
            self.ladders.pop(k, None)

    # -- a mail --

    def mail(self, t):
        """Facts were changed at t."""
        old, new = self.now, self.town.facts(self.id)
        self.now = new
        if new.severity != old.severity and old is not NOTHING:
            self.renew(old, new, t)
        if old is NOTHING:
            self.start(1, self.began)
        if new.phase != 'open':
            self.stop(1)
        if new.phase == 'handed_off' and old.phase != 'handed_off':
            self.start(2, t)
        if new.phase != 'handed_off':
            self.stop(2)
        if new.owed and not old.owed:
            self.start(3, t)
        if not new.owed:
            self.stop(3)
        self.draft(old, new, t)
        if new.phase in OVER:
            self.stop(1, 2, 3, 4, 5, 6, 7)
            self.close(old, new, t)
            return
        if new.posts > old.posts:
            self.post(new, t)
        if new.phase == 'public' and (new.posts > old.posts or
                                      new.notes > old.notes):
            self.start(5, t)

    def renew(self, old, new, t):
        for l in self.ladders.values():
            if l.kind == 4:
                usual = l.since + SEV[new.severity][3]
                l.base = new.next_update
                if new.severity < old.severity:
                    l.base = min(l.base, usual)
            if l.kind not in (10, 11):
                l.due = self.due(l)
            if l.kind == 4 and l.step == 1 and l.due <= t:
                l.step = 2
                due = self.due(l)
                if due > t:  # no reminder of what is due as well
                    l.step, due = 1, l.due
                l.due = due

    def post(self, new, t):
        self.stop(4)
        if new.next_update:
            self.start(4, t, base=new.next_update)
            reminder = self.ladders[4].due
            self.ladders[4].step = 2
            due = self.due(self.ladders[4])
            if t < reminder < due:
                self.ladders[4].step = 1
                due = reminder
            self.ladders[4].due = due
        self.stop(7)
        if new.last == 'monitoring':
            self.start(7, t)

    def draft(self, old, new, t):
        was, has = old.draft, new.draft
        if has is None:
            self.stop(6)
        elif was is None or was.split()[0] != has.split()[0]:
            self.start(6, t)
        elif new.held and self.town.hold:
            self.start(6, t + self.town.hold - SEV[new.severity][4])
        elif new.held and self.town.hold == 0:
            made = int(has.split()[2])
            self.start(6, made if made + EXPIRES > t else t, step=3)

    def close(self, old, new, t):
        if old.phase in OVER:
            return
        days = SEV[new.severity][6]
        if new.phase == 'closed' and days is not None:
            self.start(10, t, base=self.town.offices['house'].working_days(
                t, days))
        if new.phase != 'void' and new.disclosure != 'full':
            self.start(11, t)

    # -- the clock --

    def set_back(self, kind, by, t):
        l = self.ladders[kind]
        l.since, l.due = min(l.since - by, t), l.due - by
        self.began = min(self.began, t)
        if l.base is not None:
            l.base -= by
        if kind == 4:
            self.now.next_update -= by

    def first(self):
        due = [l for l in self.ladders.values() if l.due is not None]
        return min(due, key=lambda l: (l.due, l.kind, l.step), default=None)

    def fire(self, l, t):
        self.stop(l.kind)
        if l.kind == 1:
            self.now.phase, self.now.handed_off = 'handed_off', t
            self.start(2, t)
            if self.now.owed:
                self.start(3, t)
        elif l.kind == 10 and l.step == 2:
            self.ladders[10] = l
            while l.due <= t:
                l.due += WEEK
        elif l.step < len(STEPS[l.kind]):
            self.ladders[l.kind] = l
            l.due = self.after(l)

    def armed(self):
        return {(self.id, l.kind, l.step, l.due)
                for l in self.ladders.values() if l.due is not None}


# ---- what people do ---------------------------------------------------------

STATES = ('investigating', 'identified', 'monitoring', 'resolved')
PROMISES = ('', '', 'Next: +90m\n', 'Next: +30m\n', 'Next: +15m\n',
            'Next: +10h\n')


class Person:
    """What somebody may think of doing about an incident, and how often.
    Each gives sender, body, and perhaps the mail that is answered."""

    def __init__(self, town):
        self.town, self.dice = town, town.dice

    def choices(self, i):
        f = i.now
        public, open = f.phase == 'public', f.phase == 'open'
        yield 3, self.note
        yield 3, self.severity
        yield 5 * (not f.owner), self.ack
        yield 2, self.escalate
        yield 2, self.ack_of_level
        yield 6, self.draft
        yield 14 * bool(f.draft), self.yes
        yield 2 * bool(f.draft), self.no
        yield 2 * bool(f.draft), self.hold
        yield 3 * public, self.same
        yield 1, self.disclosure
        yield 2 * open, self.fixed
        yield 1 * (f.state == 'none'), self.void
        yield 4, self.nothing

    def does(self, i):
        weights, doings = zip(*self.choices(i))
        return self.dice.choices(doings, weights)[0](i)

    def comms(self):
        return self.dice.choice(('comms1', 'comms1', 'comms2'))

    def note(self, i):
        return self.dice.choice(('noc1', 'noc2', 'comms1')), \
            'Pool %d restarted.\n' % self.dice.randrange(99)

    def severity(self, i):
        n = self.dice.choice([s for s in SEV if s != i.now.severity])
        return 'noc1', 'severity %d\n\nIt is %d now.\n' % (n, n)

    def ack(self, i):
        return self.comms(), 'ack\n'

    def ack_of_level(self, i):
        return self.dice.choice(('comms2', 'exec1')), 'ack\n'

    def escalate(self, i):
        return 'noc2', 'escalate %s we are alone\n' % self.dice.choice(
            ('L2', 'L3', ''))

    def draft(self, i):
        state = self.dice.choice(STATES[:3] if i.now.phase != 'public'
                                 else STATES)
        promise = '' if state == 'resolved' else self.dice.choice(PROMISES)
        return self.comms(), 'draft %s\n%s\nWe are at it, part %d.\n' % (
            state, promise, self.dice.randrange(999))

    def same(self, i):
        return self.dice.choice(('noc1', 'comms1')), 'same\n'

    def yes(self, i):
        return self.reply(i, 'yes\n')

    def no(self, i):
        return self.reply(i, 'no\n')

    def hold(self, i):
        return self.reply(i, self.dice.choice(('hold\n', 'hold +%dm\n' %
                                                self.dice.randrange(20, 300))))

    def reply(self, i, body):
        """To the last preview that one of comms has."""
        who, address = self.town.preview(i)
        return (who, body, address) if who else None

    def disclosure(self, i):
        return 'sec1', 'Disclosure: %s\n' % self.dice.choice(
            ('limited', 'embargoed', 'full', 'full'))

    def fixed(self, i):
        return 'noc1', 'fixed\n'

    def void(self, i):
        return 'noc1', 'void false alarm of a probe\n'

    def nothing(self, i):
        return None


# ---- a town -----------------------------------------------------------------

class Trouble(Exception):
    pass


class Town:
    """A rig in a zone, its incidents, and a clock that people set."""

    def __init__(self, zone, incidents):
        self.zone, self.dice = zone, random.Random('%d %s' % (SEED, zone))
        self.begin = self.before_change()
        self.end = self.begin + DAYS * DAY
        self.rig = self.build()
        home = Office(zone)
        self.offices = {'house': home, 'comms1': home,
                        'comms2': Office('America/St_Johns')}
        for slug in ('commslead', 'exec1'):
            self.offices[slug] = home
        self.person = Person(self)
        self.incidents = {}
        self.plans = sorted(
            (self.begin + self.dice.randrange(DAYS * DAY * 9 // 10), None)
            for _ in range(incidents))
        self.t = self.begin
        self.fired = Counter()
        self.log = []
        self.hold = None  # how long a mail holds a draft; 0: till it expires
        self.counts = Counter()
        self.latest = self.compared = 0

    def before_change(self):
        """Some days before the zone's clocks change, if they do."""
        t0 = epoch('2026-01-05 00:00')
        zone = ZoneInfo(self.zone)

        def offset(t):
            return datetime.fromtimestamp(t, zone).utcoffset()
        changes = [t for t in range(t0, t0 + 330 * DAY, DAY)
                   if offset(t) != offset(t + DAY)]
        at = self.dice.choice(changes or [t0 + 60 * DAY])
        return max(t0, at - DAYS * DAY // 2) + self.dice.randrange(DAY)

    def build(self):
        conf = CONF.replace('timezone  = "UTC"', 'timezone  = "%s"' %
                            self.zone)
        conf = re.sub(r'(person "comms2" .*roles = \{\{ "comms" \}\})',
                      r'\1 timezone = "America/St_Johns"', conf)
        rota = ''.join('2025-12-01T00:00:00Z 2028-01-01T00:00:00Z %s\n' % s
                       for s in ('comms 1 comms1', 'comms 2 comms2',
                                 'exec 3 exec1'))
        return Rig(members=0, conf=conf, rota=rota)

    def facts(self, id):
        return Facts(self.rig.sql(FACTS % id)[0])

    # -- processes --

    def start(self, t, *args):
        return subprocess.Popen(
            [SITREP, '-c', self.rig.path('sitrep.conf'), '-t', '@%d' % t,
             *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env={**os.environ, 'TZ': self.zone})

    def run(self, t, *args, raw=b'', kill=False):
        p = self.start(t, *args)
        if kill:
            self.counts['kills'] += 1
            time.sleep(self.dice.random() * .04)
            p.kill()
        out, err = p.communicate(raw, timeout=120)
        if p.returncode != 0 and not kill:
            raise Trouble('%s: %d %s' % (args, p.returncode, err.decode()))

    # -- mails --

    def preview(self, i):
        rows = self.rig.sql(
            "SELECT person, raw FROM letter WHERE event_id = %d AND person "
            "LIKE 'comms_' ORDER BY id DESC" % i.id)
        mark = '.d%s.' % i.now.draft.split()[0]
        for person, raw in rows:
            m = re.search(rb'Reply-To:[^<]*<([^>]+)>', raw or b'')
            if m and mark in m.group(1).decode():
                return person, m.group(1).decode()
        return None, None

    def mail(self, who, body, address, subject):
        first = self.first()
        if first is not None and first[0] <= self.t:
            self.tick()  # what is due goes before a mail
        r = self.rig
        r.now = self.t
        raw = r.compose('%s <%s@example.net>' % (WHO[who], who), address,
                        body, subject=subject)
        m = re.match(r'hold(?: \+(\d+)m)?', body)
        self.hold = int(m.group(1) or 0) * MIN if m else None
        args = ('deliver', '-f', who + '@example.net', '--', address)
        self.note('%s: %s' % (who, body.strip().replace('\n', ' | ')))
        if self.dice.random() < .04:
            self.run(self.t, *args, raw=raw, kill=True)
        self.run(self.t, *args, raw=raw)
        self.counts['mails'] += 1

    def open(self):
        sev, dice = self.dice.choice((1, 2, 2, 3, 3, 4)), self.dice
        began, body = self.t, ''
        if dice.random() < .3:
            began -= dice.randrange(40) * MIN
            began -= began % MIN
            body = datetime.fromtimestamp(began, timezone.utc).strftime(
                'Detected: %Y-%m-%d %H:%M UTC\n')
        if dice.random() < .1:
            body += 'Handoff: now\n'
        who = dice.choice(('noc1', 'noc1', 'noc1', 'comms1'))
        self.mail(who, body + 'half of the logins time out\n', IN,
                  'Sev%d %s: trouble' % (sev, dice.choice(PLACES)))
        id, name = self.rig.sql(
            "SELECT id, 'INC-' || year || '-' || printf('%04d', number) "
            "FROM event ORDER BY id DESC LIMIT 1")[0]
        if id in self.incidents:
            raise Trouble('opened no incident')
        i = self.incidents[id] = Incident(self, id, name, began)
        self.settle(i)
        self.think(i)

    def think(self, i):
        """When somebody next cares."""
        if i.now.phase in OVER or self.dice.random() < .1:  # nobody ever does
            return
        wait = self.dice.choice((40, 5 * MIN, 20 * MIN, HOUR, 5 * HOUR))
        self.plans.append((self.t + self.dice.randrange(wait), i))
        self.plans.sort(key=lambda p: p[0])

    def act(self, i):
        if i.now.phase in OVER:
            return
        what = self.person.does(i)
        if what is not None:
            who, body, *to = what
            address = to[0] if to else 'incident+%s@in.status.example' % \
                i.name.lower()
            self.mail(who, body, address, '[%s] x' % i.name)
            self.settle(i)
        self.think(i)

    def settle(self, i):
        """A mail was handled: a hand-off that was due was made with it."""
        i.mail(self.t)
        self.free = self.t  # what it made due couldn't fire before
        if 1 in i.ladders and i.ladders[1].due <= self.t:
            raise Trouble('T1 was due and was not made with the mail')
        self.compare(self.expect(None))  # what it made due, right after

    # -- the clock --

    def first(self):
        all = [(l.due, l.kind, l.step, i.id, l, i)
               for i in self.incidents.values()
               for l in [i.first()] if l is not None]
        return min(all, key=lambda x: x[:4], default=None)

    def ahead(self):
        """What was armed by a clock that was ahead of this one."""
        return self.rig.sql(
            'SELECT t.id, event_id, t.kind, since FROM timer t '
            'JOIN event e ON e.id = event_id WHERE fired_at IS NULL AND '
            'cancelled_at IS NULL AND since > %d AND changed > %d'
            % (self.t, self.t))

    def set_back(self, ahead, killed=False):
        """That goes back with it, so that nobody waits for an hour more."""
        left = self.rig.sql('SELECT id FROM timer WHERE id IN (%s) AND since >'
                            ' %d' % (', '.join(str(a[0]) for a in ahead),
                                     self.t))
        if not ahead or (killed and left):
            return
        if left:
            raise Trouble('not set back: %s' % left)
        self.counts['set back'] += len(ahead)
        by = max(a[3] for a in ahead) - self.t
        for _, id, kind, _ in ahead:
            self.incidents[id].set_back(kind, by, self.t)

    def tick(self):
        self.counts['ticks'] += 1
        self.note('tick')
        dice = self.dice.random()
        ahead = self.ahead()
        if dice < .15:
            self.run(self.t, 'tick', kill=True)
            self.set_back(ahead, killed=True)
            self.compare(self.expect(self.new_rows()))
            ahead = self.ahead()
            self.t += self.dice.randrange(5)
        if dice > .85:
            self.counts['two at once'] += 1
            two = [self.start(self.t, 'tick') for _ in range(2)]
            for p in two:
                if p.communicate(timeout=120) and p.returncode != 0:
                    raise Trouble('tick: %d' % p.returncode)
        else:
            self.run(self.t, 'tick')
        self.set_back(ahead)
        self.compare(self.expect(None))

    def expect(self, only):
        """What fires now; of a process that was killed, as far as it got."""
        out = Counter()
        while True:
            first = self.first()
            if first is None or first[0] > self.t:
                break
            due, kind, step, id, l, i = first
            row = (id, kind, step, due, self.t)
            if only is not None and only[row] == 0:
                break
            if only is not None:
                only[row] -= 1
            out[row] += 1
            i.fire(l, self.t)
            i.now = Facts(self.rig.sql(FACTS % id)[0])
            self.latest = max(self.latest, self.t - max(due, self.free))
        return out

    def new_rows(self):
        rows = Counter(self.rig.sql(
            'SELECT event_id, kind, step, due_at, fired_at FROM timer '
            'WHERE fired_at IS NOT NULL AND kind < 12'))
        return rows - self.fired

    def compare(self, want):
        have = self.new_rows()
        if have != want:
            raise Trouble('fired:\n+ %s\n- %s' % (list(have - want),
                                                  list(want - have)))
        self.fired += have
        self.compared += 1
        if self.compared % 200 == 0:
            self.run(self.t, 'send')
        have = set(self.rig.sql(
            'SELECT event_id, kind, step, due_at FROM timer WHERE fired_at '
            'IS NULL AND cancelled_at IS NULL AND kind < 12'))
        want = {a for i in self.incidents.values() for a in i.armed()}
        if have != want:
            raise Trouble('armed:\n+ %s\n- %s' % (
                sorted(have - want), sorted(want - have)))

    def set_clock(self):
        by = self.dice.choice((HOUR, -HOUR, DAY, -DAY))
        self.t += by
        self.counts['clock set'] += 1
        self.note('clock set by %+d' % by)
        self.free = self.t

    # -- all of it --

    def note(self, what):
        self.log.append('%s %s' % (datetime.fromtimestamp(
            self.t, timezone.utc).strftime('%F %T'), what))

    def step(self):
        """To whatever is next; False: it is over."""
        first = self.first()
        plan = self.plans[0][0] if self.plans else self.end
        due = first[0] if first else self.end
        if min(plan, due) >= self.end:
            return False
        if self.dice.random() < .03:
            self.set_clock()
        elif due <= plan and due > self.t and self.dice.random() < .1:
            self.t = due - 1  # not early
            self.tick()
            return True
        if plan < due and plan < self.end:
            self.t = max(self.t, plan)
            at, i = self.plans.pop(0)
            if i is None:
                self.open()
            else:
                self.act(i)
            return True
        self.t = max(self.t, due + self.dice.randrange(50))
        self.tick()
        return True

    def live(self):
        self.free = self.begin  # from when on nothing kept it from firing
        try:
            while self.step():
                pass
            return self.letters()
        except (Trouble, subprocess.TimeoutExpired) as e:
            return '%s\n%s' % (e, '\n'.join(self.log[-12:]))

    def letters(self):
        """Each step's mails went out, each once."""
        self.run(self.t, 'send')
        sent = Counter()
        for where, _, names in os.walk(self.rig.path('out', 'new')):
            for name in names:
                with open(os.path.join(where, name), 'rb') as f:
                    head = f.read().split(b'\n\n')[0]
                sent[tuple(re.findall(
                    rb'(?mi)^(?:Message-ID|Delivered-To):\s*(\S+)',
                    head))] += 1
        self.counts['letters'] = len(sent)
        twice = [k for k, n in sent.items() if n > 1]
        if twice:
            return 'sent twice: %s' % twice[:5]
        wanted = self.rig.sql("SELECT count(*) FROM letter WHERE kind IN "
                              "('mail', 'page')")[0][0]
        if wanted != len(sent):
            return '%d letters, %d sent' % (wanted, len(sent))
        mute = self.rig.sql(
            "SELECT event_id, kind, step, round, fired_at FROM timer t "
            "WHERE fired_at IS NOT NULL AND kind < 12 AND NOT EXISTS (SELECT 1 FROM letter "
            "l WHERE l.event_id = t.event_id AND l.created = t.fired_at AND "
            "l.mid LIKE '%.t' || t.kind || '.%')")
        if mute:
            return 'fired without a word: %s' % mute[:5]
        return ''


def live(zone, n):
    town = Town(zone, n)
    try:
        why = town.live()
        by_kind = Counter('T%d.%d' % r[1:3] for r in town.fired.elements())
        return zone, why, town.counts, by_kind, town.latest
    finally:
        if os.environ.get('KEEP'):
            print('#', town.rig.dir)
        else:
            town.rig.close()


tap = Tap()
print('# SEED=%d, %d days, %d incidents' % (SEED, DAYS, INCIDENTS))
zones = [z for z in ZONES if z == os.environ.get('ZONE', z)]
kinds, counts, late = Counter(), Counter(), 0
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    jobs = [pool.submit(live, z, INCIDENTS // 12 +
                        (n < INCIDENTS % 12)) for n, z in enumerate(zones)]
    for zone, why, some, by_kind, latest in (j.result() for j in jobs):
        tap.ok(not why, '%s: %d steps, each once and at its time' % (
            zone, sum(by_kind.values())), 'SEED=%d\n%s' % (SEED, why))
        kinds += by_kind
        counts += some
        late = max(late, latest)
tap.ok(late <= 60, 'at most a minute late: %d s' % late)
print('# ' + ', '.join('%d %s' % (n, k) for k, n in sorted(counts.items())))
print('# ' + ', '.join('%s %d' % k for k in sorted(kinds.items())))
tap.done()
