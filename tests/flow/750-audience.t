#!/usr/bin/env python3
# One update to a list of whom a third chose what it is about: exactly that
# third gets it, compared as sets, in one pass and with memory that doesn't
# grow with the list.  12,000 members; with CHECK_LONG a million.
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, Desk, to  # noqa: E402
from rig import CONF, SITREP, Tap  # noqa: E402

tap = Tap()
N = 1000000 if os.environ.get('CHECK_LONG') else 12000
LIST = 'example-status'
SINK = shutil.which('smtp-sink', path=os.environ['PATH'] + ':/usr/sbin')
if SINK is None:
    tap.skip("smtp-sink isn't installed")
    tap.done()

s = socket.socket()
s.bind(('127.0.0.1', 0))
port = s.getsockname()[1]
s.close()
desk = Desk(members=1, number=42)
lines = ['address,language,timezone,format']
lines += ['m%d@d%d.example,,,text' % (i, i % 500) for i in range(N)]
start = time.monotonic()
desk.run('list', LIST, 'import', '-', text='\n'.join(lines) + '\n', check=True)
print('# %d imported in %.1f s' % (N, time.monotonic() - start))
desk.sql("UPDATE member SET topics = CASE id % 3 WHEN 0 THEN 'email-b' "
         "WHEN 1 THEN 'dns-hosting,webmail' ELSE 'group:dns' END")

# The mails inside go to the spool, the list to a real server.
got = desk.drafted()
desk.write('sitrep.conf', desk.read('sitrep.conf').replace(
    'spool:%s/out' % desk.dir, 'smtp://127.0.0.1:%d' % port))
args = [SINK] + (['-u', 'nobody'] if os.getuid() == 0 else [])
sink = subprocess.Popen(args + ['127.0.0.1:%d' % port, '512'],
                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(100):
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    raw = desk.compose(COMMS1, str(got['Reply-To']), 'yes\n', reply=got,
                       subject='Re: ' + got['Subject'])
    desk.now += 60
    desk.deliver(raw, re.sub('.*<|>.*', '', str(got['Reply-To'])),
                 'comms1@example.net')
    code, took, peak = desk.watched('send')
finally:
    sink.terminate()
    sink.wait()
tap.same(code, 0, 'all is sent')
letter = desk.sql("SELECT id, status FROM letter WHERE kind = 'broadcast'")
tap.same([x[1] for x in letter], ['sent'], 'one letter, and it is done')
have, twice = set(), 0
with open(desk.path('state', 'deliveries', '%d.log' % letter[0][0])) as f:
    for line in f:
        member, _, code = line.split()[:3]
        twice += int(member) in have
        if code[0] == '2':
            have.add(int(member))
want = {r[0] for r in desk.sql("SELECT id FROM member WHERE topics = "
                               "'email-b'")}
tap.ok(have == want, 'exactly the third that chose it: %d' % len(want),
       '%d got it, %d of them wrongly, %d missing' % (
           len(have), len(have - want), len(want - have)))
tap.same(twice, 0, 'nobody twice')
print('# %d copies in %.1f s, peak %d kB' % (len(have), took, peak))
tap.ok(0 < peak < 32 * 1024 or 'asan' in SITREP, 'peak memory: %d kB' % peak)
desk.close()
tap.done()
