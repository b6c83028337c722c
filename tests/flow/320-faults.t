#!/usr/bin/env python3
# The same mail many times is one; a store that is locked, full, damaged or
# without memory or descriptors costs a try later, never a mail: deliver ends
# with 0 or 75, and once the fault is over each mail has its effect, once.
# A sample here, all steps with CHECK_LONG=1.  SEED=N repeats a run.
import fcntl
import glob
import os
import random
import re
import resource
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from rig import SITREP, Rig, Tap, rcpt  # noqa: E402

LONG = os.environ.get('CHECK_LONG') or os.environ.get('SITREP_LONG')
SANITIZED = os.environ.get('SITREP_SANITIZED')
IN = 'incident@in.status.example'
MIB = 1024 * 1024

tap = Tap()
seed = int(os.environ.get('SEED', time.time_ns() % 100000))
chance = random.Random(seed)
print('# SEED=%d' % seed, flush=True)
rig = Rig(members=2)


def report(n, body=None, mid=None):
    return rig.compose('NOC One <noc1@example.net>', IN,
                       body or 'Ticket %d: it is slow.\n' % n,
                       subject='Sev4 cluster b: case %d' % n, mid=mid)


def argv(*args):
    return [SITREP, '-c', rig.path('sitrep.conf'), '-t', '@%d' % rig.now,
            *args]


def deliver(raw, env=None, **limits):
    """Exit status under a fault; what says that nothing began is None."""
    def limit():
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, 'RLIMIT_' + name),
                               (value, value))
    done = subprocess.run(
        argv('deliver', '-f', 'noc1@example.net', '--', IN),
        env={**os.environ, **(env or {})}, input=raw, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=limit if limits else None, timeout=120)
    if b'shared librar' in done.stderr or done.returncode == 127:
        return None  # the loader's, before main()
    if done.returncode == 75 and not done.stdout.startswith(b'4.3.0 '):
        return '75 without 4.3.0: %r' % done.stdout
    return done.returncode


def archived():
    return {r[0] for r in rig.sql('SELECT raw FROM message')}


def catch_up(mails, name):
    """The fault is over: what was put off comes again, what waits goes on."""
    have = archived()
    for raw in mails:
        if raw not in have and deliver(raw) != 0:
            tap.ok(False, name + ': taken once the fault is over')
    for _ in range(2):
        rig.run('tick', check=True)
    rig.out()
    have = archived()
    tap.same(([m for m in mails if m not in have],
              rig.sql('SELECT count(*) FROM waiting')[0][0],
              rig.sql('PRAGMA integrity_check')), ([], 0, [('ok',)]),
             name + ': nothing is lost, nothing waits')


def effects(mails, name):
    """Each mail was understood, and opened its incident once."""
    got = dict(rig.sql('SELECT m.raw, h.verdict FROM message m JOIN handled h'
                       ' ON h.message_id = m.id'))
    odd = [(re.search(rb'case \d+', m).group(), got.get(m))
           for m in mails if got.get(m) != 'done']
    tap.ok(not odd, name + ': each has its effect', odd)
    subjects = [r[0] for r in rig.sql('SELECT subject FROM event')]
    twice = [m for m in mails if subjects.count(
        re.search(rb'(?m)^Subject: (.*)$', m).group(1).decode()) != 1]
    tap.ok(not twice, name + ': once', (len(twice), subjects[-5:]))


def faults(name, tries, each):
    """Mails under a fault of many sizes."""
    codes, mails, bad = {}, [], []
    for size in tries:
        raw = report(10000 + rig.serial)
        code = each(size, raw)
        if code is None:
            continue
        mails.append(raw)
        codes[code] = codes.get(code, 0) + 1
        if code == 0 and raw not in archived():
            bad.append(size)
    tap.ok(set(codes) <= {0, 75} and mails, '%s: %s' % (name, codes), codes)
    tap.ok(not bad, name + ': what was taken is there', bad)
    catch_up(mails, name)
    return mails


# -- the same mail many times --------------------------------------------------

work, codes = [], []
mails = [report(n) for n in range(200 if LONG else 16)]
mails += [report(900 + n, mid='same@example.net')
          for n in range(100 if LONG else 6)]
for raw in mails:
    for copy in range(chance.randrange(1, 6)):
        trace = b'' if copy == 0 else (
            b'Received: from mx%d.example.net\n\tby in.status.example; now\n'
            b'Delivered-To: <x%d@in.status.example>\n' % (copy, copy))
        ends = (lambda b: b.replace(b'\n', b'\r\n')) if copy % 2 else bytes
        work.append(ends(trace + raw))
chance.shuffle(work)
todo = list(work)


def courier():
    while True:
        try:
            raw = todo.pop()
        except IndexError:
            return
        codes.append(deliver(raw))


pipes = [threading.Thread(target=courier) for _ in range(8)]
for p in pipes:
    p.start()
for p in pipes:
    p.join()
put_off = codes.count(75)
tap.ok(set(codes) <= {0, 75}, '%d copies of %d mails by 8 pipes at once, %d'
       ' put off' % (len(work), len(mails), put_off), set(codes))
for raw in work if put_off else ():
    deliver(raw)
rig.run('tick', check=True)
sent = rig.out()
tap.same(rig.sql("SELECT count(*), (SELECT count(*) FROM waiting), (SELECT"
                 " count(*) FROM event) FROM message WHERE source = 'pipe'"),
         [(len(mails), 0, len(mails))], 'one message, one incident for each')
tap.same(sorted(rcpt(m) for m in sent), ['noc1@example.net'] * len(mails),
         'one receipt for each')
if not put_off:
    tap.same(rig.sql('SELECT count(*) FROM repeat'),
             [(len(work) - len(mails),)], 'the other copies are counted')
tap.same(rig.sql("SELECT count(*) FROM handled WHERE flags LIKE '%same-mid%'")
         [0][0], (100 if LONG else 6) - 1,
         'another content under the same Message-ID is kept and flagged')

# -- a store that another writer holds -----------------------------------------

seconds = 30 if LONG else 12
db = sqlite3.connect(rig.path('state', 'sitrep.db'), isolation_level=None)
db.execute('BEGIN IMMEDIATE')
waiting = [report(2000 + n) for n in range(3)]
results = []
pipes = [threading.Thread(target=lambda r=raw: results.append(deliver(r)))
         for raw in waiting]
for p in pipes:
    p.start()
time.sleep(seconds)
db.execute('ROLLBACK')
for p in pipes:
    p.join()
tap.ok(set(results) <= {0, 75}, 'held for %d s: %s' % (seconds, results))
catch_up(waiting, 'held')
effects(waiting, 'held')

# Taken while somebody else has the turn, then held each time it is tried.
raw = report(2100)
with open(rig.path('state', 'turn')) as turn:
    fcntl.flock(turn, fcntl.LOCK_EX)
    tap.same((deliver(raw), rig.sql('SELECT count(*) FROM waiting')[0][0]),
             (0, 1), 'without its turn it is taken and waits')
path = rig.path('state', 'sitrep.db')
db.execute('BEGIN IMMEDIATE')
for _ in range(4 if LONG else 1):  # it takes ten seconds to give up
    done = rig.run('tick')
    tap.ok(done.returncode != 0 and
           re.search(rb'step=tick .*error=\S', done.stderr),
           'held: tick says so, and why', done.stderr)
db.execute('ROLLBACK')
db.close()
catch_up([raw], 'turn')
effects([raw], 'turn')

# -- little of something -------------------------------------------------------

shim, plan = rig.path('nomem.so'), rig.path('plan')


def nomem(at, raw, on=0):
    with open(plan, 'wb') as f:
        f.write(struct.pack('III', 0, at, on))
    code = deliver(raw, {'LD_PRELOAD': shim, 'NOMEM': plan})
    rig.run('tick')  # each fault is over before the next: three deaths over
    return code      # the same mail would set it aside


if not SANITIZED:
    subprocess.run(
        [os.environ.get('CC', 'cc'), '-O1', '-shared', '-fPIC', '-o', shim,
         os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib',
                      'nomem.c'), '-ldl'], check=True)
    tap.same(nomem(0, report(3000)), 0, 'malloc() refuses nothing: 0')
    with open(plan, 'rb') as f:
        requests = struct.unpack('III', f.read())[0]
    for on, name in (0, 'malloc() refuses once'), (1, 'from then on'):
        step = requests // (500 if LONG else 20)
        mails = faults('%s of %d' % (name, requests),
                       [1, 2, *range(3 + chance.randrange(step), requests,
                                     step)],
                       lambda at, raw: nomem(at, raw, on))
        effects(mails, name)
    mails = faults('memory', [*range(24, 60, 2 if LONG else 4), *range(60, 301, 10 if LONG else 40)],
                   lambda mb, raw: deliver(raw, AS=mb * MIB))
    effects(mails, 'memory')
mails = faults('descriptors', range(3, 33, 1 if LONG else 2),
               lambda n, raw: deliver(raw, NOFILE=n))
effects(mails, 'descriptors')
size = os.path.getsize(rig.path('state', 'sitrep.db'))
steps = [0, 1, 512, 4096, 8192, size - 4096, size, size + 4096, size + 16384]
mails = faults('file size', steps, lambda n, raw: deliver(raw, FSIZE=n))
effects(mails, 'file size')

# -- a full disk ---------------------------------------------------------------

def can_unshare():
    return subprocess.run(['unshare', '-rm', 'true'],
                          stderr=subprocess.DEVNULL).returncode == 0


def full(blocks, raw):
    """deliver and three tries to go on, with so many 4 KB blocks free; what
    the disk held then replaces what was there."""
    script = '''
mount -t tmpfs -o size=64m none "$0/small" || exit 126
cp -a "$0/state/." "$0/small/"
mount --bind "$0/small" "$0/state"
used=$(df -k --output=used "$0/small" | tail -1)
mount -o remount,size=$((used + 4 * %d))k "$0/small"
"$1" -c "$2" -t "$3" deliver -f noc1@example.net -- %s < "$0/mail" > "$0/said"
code=$?
for i in 1 2 3 4; do "$1" -c "$2" -t "$3" tick > /dev/null 2>&1; done
mount -o remount,size=64m "$0/small"
cp -a "$0/small/." "$0/kept/"
exit $code
''' % (blocks, IN)
    for name in 'small', 'kept':
        os.makedirs(rig.path(name), exist_ok=True)
    with open(rig.path('mail'), 'wb') as f:
        f.write(raw)
    done = subprocess.run(['unshare', '-rm', 'sh', '-c', script, rig.dir,
                           SITREP, rig.path('sitrep.conf'),
                           '@%d' % rig.now], stderr=subprocess.PIPE)
    shutil.rmtree(rig.path('state'))
    os.rename(rig.path('kept'), rig.path('state'))
    if done.returncode == 126:
        return None
    if done.returncode == 75 and not rig.read('said').startswith('4.3.0 '):
        return '75 without 4.3.0'
    return done.returncode


if can_unshare():
    mails = faults('full disk', range(0, 61, 1 if LONG else 4), full)
    effects(mails, 'full disk')
    raw = report(4000)
    with open(rig.path('mail'), 'wb') as f:
        f.write(raw)
    done = subprocess.run(
        ['unshare', '-rm', 'sh', '-c', 'mount --bind "$0/state" "$0/state" &&'
         ' mount -o remount,bind,ro "$0/state" || exit 126; "$1" -c "$2" -t'
         ' "$3" deliver -f noc1@example.net -- %s < "$0/mail"' % IN, rig.dir,
         SITREP, rig.path('sitrep.conf'), '@%d' % rig.now],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    tap.same(done.returncode, 75, 'read-only: 75')
    catch_up([raw], 'read-only')
    effects([raw], 'read-only')
else:
    tap.skip('no user and mount namespaces here')

# -- a damaged store -----------------------------------------------------------

good = rig.path('good.db')
shutil.copy(path, good)
size = os.path.getsize(good)
codes, other = {}, []
for n in range(500 if LONG else 20):
    at, bit = chance.randrange(size), 1 << chance.randrange(8)
    with open(path, 'r+b') as f:
        f.seek(at)
        byte = f.read(1)[0] ^ bit
        f.seek(at)
        f.write(bytes([byte]))
    code = deliver(report(5000 + n))
    codes[code] = codes.get(code, 0) + 1
    for command in ('tick',), ('send',), ('show',), ('page',):
        done = rig.run(*command)
        if done.returncode not in (0, 1, 75):
            other.append('byte %d bit %d: %s: %d %s' % (
                at, bit, command, done.returncode, done.stderr[-300:]))
    for name in glob.glob(path + '*'):
        os.unlink(name)
    shutil.copy(good, path)
tap.ok(set(codes) <= {0, 75}, 'damaged: %s' % codes, codes)
tap.ok(not other, 'damaged: other commands fail in order',
       '\n'.join(other[:10]))
rig.close()
tap.done()
