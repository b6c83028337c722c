#!/usr/bin/env python3
# Killed before or after every call by which something leaves the process,
# then run again: the end is that of the run that nobody killed.
# Every 10th call here, every one in every way with CHECK_LONG=1.  SEED=N
# repeats a sample.
import glob
import os
import random
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'  # a kill needs no disk
from rig import SITREP, Rig, Tap, epoch, to  # noqa: E402

LONG = os.environ.get('CHECK_LONG') or os.environ.get('SITREP_LONG')
MEMBERS = 40
AFTER, GROUP = 1, 2
HERE = os.path.dirname(os.path.abspath(__file__))

tap = Tap()
if os.environ.get('SITREP_SANITIZED'):
    tap.skip('the preloaded counter and the sanitizer exclude one another')
    tap.done()
folder = tempfile.mkdtemp(prefix='sitrep-kill-')
shim = os.path.join(folder, 'killshim.so')
made = subprocess.run([os.environ.get('CC', 'cc'), '-O1', '-shared', '-fPIC',
                       '-o', shim,
                       os.path.join(HERE, '..', 'lib', 'killshim.c'), '-ldl'])
if made.returncode != 0:
    shutil.rmtree(folder)
    tap.ok(False, 'tests/lib/killshim.c is compiled')
    tap.done()
seed = int(os.environ.get('SEED', time.time_ns() % 100000))
chance = random.Random(seed)
print('# SEED=%d' % seed, flush=True)

rig = Rig(members=MEMBERS, number=42)
plan = os.path.join(folder, 'plan')
restarts = []


# -- a store as it was ---------------------------------------------------------

def keep(name):
    shutil.copytree(rig.dir, os.path.join(folder, name), symlinks=True)


def restore(name):
    shutil.rmtree(rig.dir)
    shutil.copytree(os.path.join(folder, name), rig.dir, symlinks=True)


# -- what it holds at the end --------------------------------------------------

# The time of day and the chain's hash over it; reply keys: those of the first
# scene are made in it.
CLOCK = re.compile(
    rb'\d\d:\d\d(?::\d\d)?|[0-9a-f]{64}|(?<=\.)[a-z2-7]{26}(?=@)')
# What a page counts until the last post: an uptime, how long something took.
SPENT = re.compile(rb'\d+(?:\.\d+)? (?:%|h\b|min\b|s\b)')
# Rows are named by what they say, not by their ids.
QUERIES = (
    "SELECT sha, source, envelope_from, recipient, size, cut, raw FROM"
    " message WHERE source != 'clock'",
    "SELECT source, recipient, envelope_from FROM message",
    "SELECT count(*) FROM waiting",
    "SELECT m.source, h.verdict, h.trust, h.person, h.address, h.mid,"
    " h.subject, h.event_id, h.result, h.flags FROM handled h JOIN message m"
    " ON m.id = h.message_id",
    "SELECT kind, year, next FROM counter",
    "SELECT number, reporter, subject, title, phase, state, noc_state,"
    " severity, impact, disclosure, owner, handed_off > 0, acked > 0,"
    " closed > 0, next_update > 0 FROM event",
    "SELECT event_id, slug, level FROM touches",
    "SELECT event_id, n, author, late, unverified, text FROM note",
    "SELECT event_id, n, author, status, status_by, kind, state, title, text"
    " FROM draft",
    "SELECT event_id, u, r, kind, state, title, text, approver, draft FROM"
    " post",
    "SELECT event_id, kind, step, round, fired_at > 0, cancelled_at > 0,"
    " reason FROM timer",
    "SELECT kind, event_id, post_id, list, person, recipient, sender, mid,"
    " high, status, reply FROM letter",
    "SELECT recipient, raw FROM letter WHERE raw NOT NULL",
    "SELECT address, status, topics, least, delivery, consent FROM member",
    "SELECT list, what, address, message_id, repeats, done > 0 FROM pending",
    "SELECT what, address FROM told",
    "SELECT event_id, n, kind, person, answer FROM question",
)


def plain(row):
    return tuple(CLOCK.sub(b'T', v) if isinstance(v, bytes) else v
                 for v in row)


def spooled():
    """{(address, Message-ID): [bytes without the time]}"""
    found = {}
    for name in glob.glob(rig.path('out', 'new', '*')):
        with open(name, 'rb') as f:
            raw = f.read()
        key = tuple(re.search(rb'(?im)^%s:\s*<?(.*?)>?$' % h, raw).group(1).decode()
                    for h in (b'Delivered-To', b'Message-ID'))
        found.setdefault(key, []).append(CLOCK.sub(b'T', raw))
    return found


def tree():
    found = {}
    for top, _, names in os.walk(rig.path('state', 'public')):
        for name in names:
            path = os.path.join(top, name)
            with open(path, 'rb') as f:
                found[os.path.relpath(path, rig.dir)] = SPENT.sub(
                    b'N', CLOCK.sub(b'T', f.read()))
    return found


def rows():
    db = sqlite3.connect(rig.path('state', 'sitrep.db'), timeout=20)
    whole = db.execute('PRAGMA integrity_check').fetchall()
    found = [sorted(map(repr, map(plain, db.execute(q)))) for q in QUERIES]
    db.close()
    return whole, found


def archived():
    path = rig.path('state', 'sitrep.db')
    db = sqlite3.connect(path, timeout=20)
    try:
        return {r[0] for r in db.execute('SELECT raw FROM message')}
    except sqlite3.OperationalError:
        return set()
    finally:
        db.close()


# -- a command, killed ---------------------------------------------------------

def run(scene, at=0, how=0, shimmed=False):
    """Its exit status, and how many calls it made."""
    env = dict(os.environ)
    if shimmed:
        with open(plan, 'wb') as f:
            f.write(struct.pack('III', 0, at, how))
        env.update(LD_PRELOAD=shim, KILLSHIM=plan)
    done = subprocess.Popen(
        [SITREP, '-c', rig.path('sitrep.conf'), '-t', '@%d' % scene.now,
         *scene.args], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=env, start_new_session=True)
    try:
        done.communicate(scene.raw, timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(done.pid, signal.SIGKILL)
        done.communicate()
        return 'hangs', 0
    if not shimmed:
        return done.returncode, 0
    with open(plan, 'rb') as f:
        return done.returncode, struct.unpack('III', f.read())[0]


class Scene:
    """A command in a situation."""

    def __init__(self, name, before, args, raw=b'', at=None):
        self.name, self.before, self.raw = name, before, raw
        self.args = args
        self.now = epoch(at) if at else rig.now


def finish(scene):
    for n, command in enumerate(('tick', 'send', 'page')):
        rig.now = scene.now + 20 + 10 * n  # clocks go on meanwhile
        rig.run(command, check=True)


def attempt(scene, at, how):
    """None, or what is wrong after a kill at that call."""
    mail = scene.args[0] == 'deliver'
    restore(scene.before)
    old = tree()
    code, _ = run(scene, at, how, True)
    if code not in (0, 75, -signal.SIGKILL):
        return 'exit status %s' % code
    if mail and code == 0 and scene.raw not in archived():
        return 'taken, and not in the archive'
    if not tree_is_whole(old, scene.after[2]):
        return 'half a page'
    if not mail or code != 0:
        start = time.monotonic()
        code, _ = run(scene)
        restarts.append(time.monotonic() - start)
        if code != 0:
            return 'exit status %s when run again' % code
    finish(scene)
    return differs(scene)


def tree_is_whole(old, new):
    return all(data in (old.get(path), new.get(path))
               for path, data in tree().items() if not path.endswith('~'))


def differs(scene):
    whole, have = rows()
    sent, pages = spooled(), tree()
    if whole != [('ok',)]:
        return 'the store: %s' % whole
    for q, a, b in zip(QUERIES, have, scene.after[0]):
        if a != b:
            return '%s\n+ %s\n- %s' % (q, sorted(set(a) - set(b)),
                                       sorted(set(b) - set(a)))
    if set(sent) != set(scene.after[1]):
        return 'mails: %s' % sorted(set(sent) ^ set(scene.after[1]))
    for key, copies in sent.items():
        if len(copies) > (2 if scene.args == ('send',) else 1):
            return '%s: %d copies' % (key, len(copies))
        if set(copies) != set(scene.after[1][key]):
            return '%s: other bytes' % (key,)
    if pages != scene.after[2]:
        return 'the pages differ: %s' % sorted(
            p for p in {**pages, **scene.after[2]}
            if pages.get(p) != scene.after[2].get(p))
    return None


def chosen(calls):
    """Which calls, and how: after one is before the next."""
    if LONG:
        return [(at, how) for how in (0, AFTER, GROUP, GROUP | AFTER)
                for at in range(1, calls + 1)]
    return [(at, chance.choice((0, GROUP)))
            for at in range(1 + chance.randrange(10), calls + 1, 10)]


def play(scene):
    """Every chosen call of a scene."""
    restore(scene.before)
    code, _ = run(scene)
    finish(scene)
    scene.after = (rows()[1], spooled(), tree())
    restore(scene.before)
    again, calls = run(scene, 0, 0, True)
    tap.ok((code, again) == (0, 0) and calls > 10,
           '%s: %d calls' % (scene.name, calls), (code, again, calls))
    bad = []
    kills = chosen(calls)
    for at, how in kills:
        why = attempt(scene, at, how)
        if why is not None:
            bad.append('call %d, how %d: %s' % (at, how, why))
    tap.ok(not bad, '%s: killed at %d of them, %d at odds' % (
        scene.name, len(kills), len(bad)),
        '\n'.join(b[:700] for b in bad[:6]))


# -- the scenes ----------------------------------------------------------------

NOC1 = 'NOC One <noc1@example.net>'
COMMS1 = 'Comms One <comms1@example.net>'
IN = 'incident@in.status.example'


def deliver(sender, letter, body, **more):
    """Arguments and bytes of a mail from a person."""
    if letter is None:
        address = IN
    else:
        address = re.sub('.*<|>.*', '', str(letter['Reply-To']))
        more.setdefault('subject', 'Re: ' + letter['Subject'])
    raw = rig.compose(sender, address, body, reply=letter, **more)
    return ('deliver', '-f', re.sub('.*<|>.*', '', sender), '--',
            address), raw


def really(args, raw):
    rig.run(*args, raw=raw, check=True)
    return rig.out()


def asked(letters):
    """What Marketing was asked."""
    letter = to(letters, 'comms1@example.net')
    if letter is None:
        raise LookupError('Marketing got nothing')
    return letter


scenes = []


def scene(name, args, raw=b''):
    keep(name)
    scenes.append(Scene(name, name, args, raw))


rig.now = epoch('2026-03-04 14:06:10')
args, raw = deliver(NOC1, None, 'Since: 9:02\ncluster b auth pool exhausted'
                    ' on mbx-b07.int, half of logins time out.\n',
                    subject='Sev2 cluster b: imap logins failing')
scene('new', args, raw)
really(args, raw)

rig.now = epoch('2026-03-04 14:17:10')
scene('hand-off', ('tick',))
hand = asked(rig.tick())

rig.now = epoch('2026-03-04 14:21:10')
args, raw = deliver(COMMS1, hand, '''Ack
draft investigating
Title: Email Cluster B, some logins failing
Next: +2h

We are investigating a problem with logins to mailboxes on Email Cluster B.
''')
scene('draft', args, raw)
preview = asked(really(args, raw))

rig.now = epoch('2026-03-04 14:24:10')
args, raw = deliver(COMMS1, preview, 'Yes\n')
scene('yes', args, raw)
rig.run(*args, raw=raw, check=True)
scene('send', ('send',))
rig.out()
scene('page', ('page',))
rig.run('page', check=True)
with open(sorted(glob.glob(rig.path('out', 'new', '*')))[-1], 'rb') as f:
    copy = f.read()
for name in glob.glob(rig.path('out', 'new', '*')):
    with open(name, 'rb') as f:
        if b'example-status-unsubscribe+' in (data := f.read()):
            copy = data
token = re.search(rb'mailto:(example-status-unsubscribe\+[^?>]+)',
                  copy.replace(b'\n ', b'')).group(1).decode()

rig.now = epoch('2026-03-04 16:11:10')
args, raw = deliver(COMMS1, preview, '''resolved
Ended: 16:05 UTC

Email Cluster B has worked normally since 16:05 UTC.
''')
scene('resolve', args, raw)
preview = asked(really(args, raw))
rig.now = epoch('2026-03-04 16:12:10')
args, raw = deliver(COMMS1, preview, 'yes\n')
scene('resolve yes', args, raw)
really(args, raw)

raw = rig.compose('web@in.status.example', token, 'unsubscribe\n',
                  subject='unsubscribe', auth=None)
scene('unsubscribe', ('deliver', '-f', '', '--', token), raw)

ANN = 'Ann <ann@reseller99.example>'
to_list = 'example-status-subscribe@in.status.example'
raw = rig.compose(ANN, to_list, 'hello\n')
args = ('deliver', '-f', 'ann@reseller99.example', '--', to_list)
scene('subscribe', args, raw)
question = to(really(args, raw), 'ann@reseller99.example')
args, raw = deliver(ANN, question, 'yes\n')
scene('confirm', args, raw)
args, raw = deliver(ANN, to(really(args, raw), 'ann@reseller99.example'),
                    'set topics email-b\nset min major\nfirst-last\nopen\n')
scene('commands', args, raw)

only = sys.argv[1:]
for each in scenes:
    if not only or each.name in only:
        play(each)
tap.ok(restarts and sorted(restarts)[len(restarts) * 95 // 100] < 1,
       'run again within a second, 95 of 100',
       'the slowest %.2f s' % max(restarts, default=0))
print('# %d restarts, the slowest %.2f s' % (len(restarts),
                                             max(restarts, default=0)))
rig.close()
shutil.rmtree(folder)
tap.done()
