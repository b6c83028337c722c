#!/usr/bin/env python3
# Killed while a digest is made or sent, at calls by which something leaves the
# process: one issue and one letter of it there is in the end, and each member
# has a copy, or two where one was on its way.  A sample of the calls; every
# one with CHECK_LONG.
import glob
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import Desk  # noqa: E402
from rig import LIST, SITREP, Tap, epoch  # noqa: E402

tap = Tap()
if os.environ.get('SITREP_SANITIZED'):
    tap.skip('the preloaded counter and the sanitizer exclude one another')
    tap.done()
HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = None if os.environ.get('CHECK_LONG') else 8
seed = int(os.environ.get('SEED', time.time_ns() % 100000))
chance = random.Random(seed)
print('# SEED=%d' % seed)

desk = Desk(members=3, number=42)
with open(desk.path('lists', 'example-status.conf'), 'w') as f:
    f.write(LIST.replace('subject = "state"',
                         'subject = "state"\n\tdigest = "daily 08:00"'))
shim, plan = desk.path('killshim.so'), desk.path('plan')
made = subprocess.run([os.environ.get('CC', 'cc'), '-O1', '-shared', '-fPIC',
                       '-o', shim,
                       os.path.join(HERE, '..', 'lib', 'killshim.c'), '-ldl'])
tap.same(made.returncode, 0, 'tests/lib/killshim.c is compiled')
desk.sql("UPDATE member SET delivery = 'digest'")
desk.tick('2026-03-04 14:00:30')
desk.posted('2026-03-04 14:12')
desk.tick('2026-03-05 13:00:30')
desk.now = epoch('2026-03-05 13:01')
os.mkdir(desk.path('before'))
for name in 'state', 'out':
    if os.path.isdir(desk.path(name)):
        shutil.copytree(desk.path(name), desk.path('before', name))


def restore():
    for name in 'state', 'out':
        shutil.rmtree(desk.path(name), ignore_errors=True)
        if os.path.isdir(desk.path('before', name)):
            shutil.copytree(desk.path('before', name), desk.path(name))


def run(command, at=0):
    """How many calls it made; killed before that one."""
    with open(plan, 'wb') as f:
        f.write(struct.pack('III', 0, at, 0))
    subprocess.run(
        [SITREP, '-c', desk.path('sitrep.conf'), '-t', '@%d' % desk.now,
         command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, 'LD_PRELOAD': shim, 'KILLSHIM': plan})
    with open(plan, 'rb') as f:
        return struct.unpack('III', f.read())[0]


def copies():
    found = {}
    for name in glob.glob(desk.path('out', 'new', '*')):
        with open(name, 'rb') as f:
            raw = f.read()
        if b'\nSitrep-Kind: digest' in raw.replace(b'\r', b''):
            who = re.search(rb'Delivered-To: (.*?)\r?\n', raw).group(1)
            found[who] = found.get(who, 0) + 1
    return found


def faults(command, at):
    restore()
    if command != 'tick':
        run('tick')
    run(command, at)
    for again in 'tick', 'send':
        if desk.run(again).returncode != 0:
            return ['%s failed' % again]
    have = desk.sql('SELECT (SELECT count(*) FROM issue), (SELECT count(*) '
                    'FROM issue_event), (SELECT count(*) FROM letter WHERE '
                    "mid LIKE 'digest.%'), (SELECT count(*) FROM message "
                    "WHERE CAST(raw AS TEXT) LIKE 'Digest: %')")
    got = copies()
    bad = [] if have == [(1, 1, 1, 1)] else ['rows %s' % have]
    most = 1 if command == 'tick' else 2  # what was on its way goes again
    if len(got) != 3 or max(got.values()) > most:
        bad.append('copies %s' % got)
    return bad


for command in 'tick', 'send':
    restore()
    if command != 'tick':
        run('tick')
    calls = run(command)
    tap.ok(calls > 5, '%s: %d calls' % (command, calls))
    which = range(1, calls + 1)
    if SAMPLE is not None:
        which = sorted(chance.sample(which, min(SAMPLE, calls)))
    bad = {at: faults(command, at) for at in which}
    bad = {k: v for k, v in bad.items() if v}
    tap.ok(not bad, '%s, killed %d times: one issue, one letter, all copies' %
           (command, len(which)), bad)
desk.close()
tap.done()
