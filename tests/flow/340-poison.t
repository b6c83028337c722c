#!/usr/bin/env python3
# A mail that ends its reader, or whoever handles it, is set aside; the next
# one is handled all the same (P10).
import fcntl
import os
import struct
import subprocess
import sys
import tempfile
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from rig import Rig, Tap, rcpt, text_of, to  # noqa: E402

READER = {'is killed': 4, 'runs in circles': 8, 'eats memory': 16,
          'asks for what it may not have': 32}
IN = 'incident@in.status.example'
NOC1 = 'NOC One <noc1@example.net>'
HERE = os.path.dirname(os.path.abspath(__file__))

tap = Tap()
if os.environ.get('SITREP_SANITIZED'):
    tap.skip('the preloaded counter and the sanitizer exclude one another')
    tap.done()
rig = Rig(members=2)
shim, plan = rig.path('killshim.so'), rig.path('plan')
subprocess.run([os.environ.get('CC', 'cc'), '-O1', '-shared', '-fPIC', '-o',
                shim, os.path.join(HERE, '..', 'lib', 'killshim.c'), '-ldl'],
               check=True)


def shimmed(*args, at=0, how=0, raw=b''):
    """Exit status and calls of a command that is killed."""
    with open(plan, 'wb') as f:
        f.write(struct.pack('III', 0, at, how))
    done = rig.run(*args, raw=raw, env={'LD_PRELOAD': shim, 'KILLSHIM': plan})
    with open(plan, 'rb') as f:
        return done.returncode, struct.unpack('III', f.read())[0]


def report(n):
    return rig.compose(NOC1, IN, 'Ticket %d: it is slow.\n' % n,
                       subject='Sev4 cluster b: case %d' % n)


def outcome(raw):
    got = [r[1:] for r in rig.sql(
        'SELECT m.raw, h.verdict, h.flags FROM message m LEFT JOIN handled h'
        ' ON h.message_id = m.id') if r[0] == raw]
    return got[0] if got else None


# -- its reader ----------------------------------------------------------------

for n, (what, how) in enumerate(READER.items()):
    raw = report(n)
    start = time.monotonic()
    code, _ = shimmed('deliver', '-f', 'noc1@example.net', '--', IN, how=how,
                      raw=raw)
    took = time.monotonic() - start
    got = sorted(rig.out(), key=rcpt)
    tap.same((code, outcome(raw)), (0, ('unparsed', '')),
             'its reader %s: kept as unparsed' % what)
    tap.ok(took < 15, 'its reader %s: in time' % what, took)
    tap.ok([rcpt(m) for m in got] == ['noc1@example.net', 'root@localhost'] and
           'Nothing was' in text_of(got[0]),
           'its reader %s: writer and administrator are told' % what,
           [(rcpt(m), text_of(m)) for m in got])
    raw = report(100 + n)
    start = time.monotonic()
    got = rig.deliver(raw, IN, 'noc1@example.net')
    took = time.monotonic() - start
    tap.same(outcome(raw), ('done', ''), 'the next one is handled')
    tap.ok(took < 1, 'within a second', took)
    rig.out()


# -- whoever handles it --------------------------------------------------------

def wait(*mails):
    """They are taken while somebody else has the turn."""
    with open(rig.path('state', 'turn')) as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        for raw in mails:
            rig.deliver(raw, IN, 'noc1@example.net')


def began():
    """The message that was begun, and how often."""
    words = rig.read('state', 'turn').split()
    return tuple(map(int, words)) if words else (0, 0)


def number(raw):
    return [i for i, r in rig.sql('SELECT id, raw FROM message')
            if r == raw][0]


raw = report(1000)
wait(raw)
for at in range(1, 200):
    code, _ = shimmed('tick', at=at)
    if began() == (number(raw), 1):
        break
tap.ok(at < 199 and code == -9 and outcome(raw) == (None, None),
       'call %d of tick comes after a mail was begun' % at, (code, began()))
rig.tick()
tap.same(outcome(raw), ('done', ''), 'killed once: handled at the next run')

bad, good = report(1001), report(1002)
wait(bad, good)
for n in 1, 2, 3:
    code, _ = shimmed('tick', at=at)
    if code != -9 or began() != (number(bad), n):
        tap.ok(False, 'killed %d times' % n, (code, began()))
tap.same((outcome(bad), outcome(good)), ((None, None), (None, None)),
         'killed three times: both wait')
start = time.monotonic()
rig.run('tick', check=True)
took = time.monotonic() - start
tap.same(outcome(bad), ('unparsed', 'poison'), 'then it is set aside')
tap.same(outcome(good), ('done', ''), 'and the next one handled')
tap.ok(took < 1, 'within a second', took)
got = rig.out()
alarm = to(got, 'root@localhost')
tap.ok(alarm is not None and 'set aside' in alarm['Subject'] and
       'Message %d' % number(bad) in text_of(alarm),
       'the administrator is told which', [(rcpt(m), m['Subject'])
                                          for m in got])
tap.ok(to(got, 'noc1@example.net') is not None, 'the other has its receipt')

# The same while it is delivered: the mail is ours, the handler's end is not.
raw = report(1003)
_, calls = shimmed('deliver', '-f', 'noc1@example.net', '--', IN, raw=raw)
raw = report(1004)
code, _ = shimmed('deliver', '-f', 'noc1@example.net', '--', IN,
                  at=calls - 20, raw=raw)
tap.same((code, outcome(raw)), (0, (None, None)),
         'deliver: taken, its handler killed: 0')
rig.deliver(report(1005), IN, 'noc1@example.net')
tap.same((outcome(raw), began()[1]), (('done', ''), 1),
         'and handled with the next one')
rig.close()
tap.done()
