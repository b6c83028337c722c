#!/usr/bin/env python3
# Mail that others collected: what the writer of a reply meant is found in as
# many as we promise; and whatever the bytes are, reading them ends well, soon
# and in little memory, and they stand in the store exactly.
#
# 200 files, drawn with SEED (1); all of them with CHECK_LONG=1.
import concurrent.futures
import glob
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import Rig, SHARED, SITREP, Tap

CORPORA = os.path.join(SHARED, 'corpora')
SANITIZED = bool(os.environ.get('SITREP_SANITIZED'))
LONG = (os.environ.get('CHECK_LONG') or os.environ.get('SITREP_LONG')) \
    and not SANITIZED
SAMPLE = 50 if SANITIZED else 200
# A sanitizer costs time and memory of its own.
CPU, MEMORY = (20, 1 << 30) if SANITIZED else (2, 256 << 20)
REPLIES = (('talon', 95), ('discourse', 85), ('erp', 85))
FOLDERS = ('mime-*', 'bounces-*', 'noc-maintenance')
TO = ('incident@in.status.example', 'maintenance@in.status.example',
      'incident+inc-2026-0001@in.status.example',
      'help@in.status.example', 'postmaster@in.status.example',
      'example-status-bounces+k7q2m9tz@in.status.example',
      'nobody@elsewhere.example')

tap = Tap()


class Ran:
    """One command over a file, and what it cost."""

    def __init__(self, args, raw):
        with tempfile.TemporaryFile() as given, \
                tempfile.TemporaryFile() as out, \
                tempfile.TemporaryFile() as err:
            given.write(raw)
            given.seek(0)
            p = subprocess.Popen([SITREP, *args], stdin=given, stdout=out,
                                 stderr=err)
            timer = threading.Timer(120, p.kill)
            timer.start()
            _, status, used = os.wait4(p.pid, 0)
            timer.cancel()
            p.returncode = self.code = os.waitstatus_to_exitcode(status)
            for f in (out, err):
                f.seek(0)
            self.out, self.err = out.read(), err.read()
        self.cpu = used.ru_utime + used.ru_stime
        self.memory = used.ru_maxrss * 1024

    def wrong(self, codes=(0,)):
        if self.code not in codes:
            return 'exit %d: %s' % (self.code, self.err[-300:])
        if b'Sanitizer' in self.err or b'runtime error:' in self.err:
            return self.err[:600].decode('utf-8', 'replace')
        if self.cpu > CPU or self.memory > MEMORY:
            return '%.1f s, %d MB' % (self.cpu, self.memory >> 20)
        return None


def controls(text):
    """Bytes that a terminal would act on."""
    return re.search(rb'[\0-\x08\x0b-\x1f\x7f]', text)


def explain(raw):
    for more in ((), ('--json',), ('--reply',), ('--bounce',)):
        ran = Ran(['explain', *more], raw)
        why = ran.wrong()
        if not why and controls(ran.out):
            why = 'prints control bytes: %r' % controls(ran.out)
        if not why and more == ('--json',):
            try:
                json.loads(ran.out)
            except ValueError as e:
                why = 'no JSON: %s' % e
        if why:
            return 'explain %s: %s' % (more, why)
        yield_cost(ran)
    return None


costs = [0.0, 0]


def yield_cost(ran):
    costs[0], costs[1] = max(costs[0], ran.cpu), max(costs[1], ran.memory)


def from_noc(raw):
    """The same mail, as if one of the NOC had written it."""
    head, gap, body = raw.partition(b'\r\n\r\n' if b'\r\n\r\n' in raw
                                    else b'\n\n')
    end = b'\r\n' if b'\r\n' in head else b'\n'
    head = re.sub(rb'(?im)^From:.*(\r?\n[ \t].*)*',
                  b'From: NOC One <noc1@example.net>', head, count=1)
    # No machine's mark, so that it is acted on.
    head = re.sub(rb'(?im)^(Auto-Submitted|Precedence|List-Id|X-Loop):.*'
                  rb'(\r?\n[ \t].*)*' + end, b'', head)
    return head + gap + body


class Box:
    """An instance that swallows everything."""

    def __init__(self):
        from rig import CONF
        self.rig = Rig(members=2, conf=CONF.replace(
            'trust     = "authenticated"', 'trust     = "open"'))
        self.n = 0

    def deliver(self, raw, dice):
        """What is wrong after it was delivered, or None."""
        rig, to = self.rig, dice.choice(TO)
        sender = dice.choice(('', 'noc1@example.net', 'x@far.example'))
        before = rig.sql('SELECT (SELECT count(*) FROM message WHERE source = \'pipe\'),'
                         '(SELECT count(*) FROM repeat)')[0]
        self.n += 1
        ran = Ran(['-c', rig.path('sitrep.conf'), '-t',
                   '@%d' % (rig.now + self.n), 'deliver', '-f', sender, '--',
                   to], raw)
        why = ran.wrong()
        if why or ran.out:
            return why or 'deliver prints %r' % ran.out[:80]
        yield_cost(ran)
        m, r = rig.sql('SELECT (SELECT count(*) FROM message WHERE source = \'pipe\'),'
                       '(SELECT count(*) FROM repeat)')[0]
        if (m, r) == (before[0], before[1] + 1):
            return None
        if (m, r) != (before[0] + 1, before[1]):
            return 'neither kept nor known: %r %r' % (before, (m, r))
        kept, handled, waits = rig.sql(
            'SELECT m.raw, (SELECT count(*) FROM handled'
            ' WHERE message_id = m.id), (SELECT count(*) FROM waiting)'
            ' FROM message m WHERE m.source = \'pipe\' ORDER BY m.id DESC LIMIT 1')[0]
        if bytes(kept) != raw:
            return 'kept %s, given %s' % (
                hashlib.sha256(kept).hexdigest(),
                hashlib.sha256(raw).hexdigest())
        if (handled, waits) != (1, 0):
            return 'kept, but not handled: %s' % ran.err[-300:]
        return None

    def close(self):
        """The letters that came of it go out and can be read again."""
        self.rig.now += self.n
        try:
            out = self.rig.out()
            return None if out else 'nothing came of it'
        except Exception as e:  # what any mail program would stumble over
            return repr(e)
        finally:
            self.rig.close()


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def robust(files, dice):
    pool = concurrent.futures.ThreadPoolExecutor(2)
    for path, why in zip(files, pool.map(lambda f: explain(read(f)), files)):
        tap.ok(not why, 'explain ' + path[len(CORPORA) + 1:], why)

    def swallow(part):
        box, found = Box(), []
        for f in part:
            raw = read(f)
            why = box.deliver(raw, random.Random(f)) or \
                box.deliver(from_noc(raw), random.Random(f + '2'))
            found.append((f, why))
        return found, box.close()
    for found, why in pool.map(swallow, (files[::2], files[1::2])):
        for f, bad in found:
            tap.ok(not bad, 'deliver ' + f[len(CORPORA) + 1:], bad)
        tap.ok(not why, 'the letters that came of them', why)
    print('# at most %.2f s and %d MB' % (costs[0], costs[1] >> 20))


def replies():
    for name, least in REPLIES:
        done = subprocess.run(
            [sys.executable, '-B', CORPORA + '/check.py', 'reply',
             CORPORA + '/replies-' + name, '--', SITREP, 'explain',
             '--reply'], stdout=subprocess.PIPE, text=True)
        score = re.search(r'([\d.]+)%', done.stdout)
        tap.ok(score and float(score.group(1)) >= least,
               'replies-%s: %s %%, at least %d' % (
                   name, score and score.group(1), least), done.stdout)


def main():
    files = sorted(f for d in FOLDERS for x in ('eml', 'part', 'in')
                   for f in glob.glob('%s/%s/*.%s' % (CORPORA, d, x)))
    if not files:
        print('1..0 # SKIP the collections are not on this machine')
        return
    if os.access('/dev/shm', os.W_OK):
        tempfile.tempdir = '/dev/shm'  # what a disk adds is tested elsewhere
    seed = int(os.environ.get('SEED', '1'))
    dice = random.Random(seed)
    replies()
    if not LONG:
        files = sorted(dice.sample(files, SAMPLE))
    print('# %d files, SEED=%d' % (len(files), seed))
    robust(files, dice)
    tap.done()


main()
