#!/usr/bin/env python3
"""T14: after a day without mail a self-test goes through the whole loop each
hour; two that are lost call comms and the administrator, once; what comes
back says so.  A self-test is never answered, and nobody can forge one.
"""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import CONF, SITREP, epoch  # noqa: E402

tap = Tap()
WATCHED = CONF.replace('silence = "never"', '')
START = epoch('2026-03-04 14:00:00')
HOUR, DAY = 3600, 86400
PAGER, ADMIN = '5550134@pager.example', 'root@localhost'


def tests(letters):
    return [m for m in letters if rcpt(m).startswith('selftest+')]


def others(letters):
    return sorted(rcpt(m) for m in letters
                  if not rcpt(m).startswith('selftest+'))


def loop(desk, letter, at):
    """What our own mail server does with it."""
    raw = b'Received: from mx by in.status.example\n' + letter.as_bytes()
    desk.deliver(raw, rcpt(letter), '', at=at)
    return desk.sql('SELECT verdict, result FROM handled ORDER BY message_id '
                    'DESC LIMIT 1')[0]


desk = Desk(number=42, conf=WATCHED)
desk.tick(at=START)
tap.same(desk.tick(at=START + DAY - 1), [], 'a day less a second: nothing')
got = desk.tick(at=START + DAY)
tap.ok(len(got) == 1 and len(tests(got)) == 1, 'after a day: a self-test')
first = got[0]
tap.ok(re.fullmatch(r'selftest\+[a-z2-7]{31}@in\.status\.example',
                    rcpt(first)), 'to an address of its own', rcpt(first))
tap.same(desk.tick(), [], 'asked again: none')
tap.same(desk.tick(at=START + DAY + HOUR - 1), [], 'nor within the hour')

# It comes back.
tap.same(loop(desk, first, START + DAY + HOUR - 1), ('selftest', 'ok'),
         'it comes back, and is known')
tap.same(desk.sql('SELECT back - sent FROM heartbeat'), [(HOUR - 1,)],
         'with its round trip')
tap.same(desk.out(), [], 'and is not answered')
loop(desk, first, START + DAY + HOUR)
tap.same(desk.sql('SELECT back - sent FROM heartbeat'), [(HOUR - 1,)],
         'a second copy changes nothing')

# Forged ones.
second = desk.tick(at=START + DAY + HOUR)[0]
forged = bytes(second.as_bytes()).replace(
    b'Sitrep-Self: ' + str(second['Sitrep-Self'])[:4].encode(),
    b'Sitrep-Self: 0000')
desk.deliver(forged, rcpt(second), '')
tap.same(desk.sql('SELECT verdict FROM handled ORDER BY message_id DESC '
                  'LIMIT 1'), [('loop',)], 'a forged mark: a loop')
swapped = 'selftest+' + 'a' * 31 + '@in.status.example'
desk.deliver(second.as_bytes() + b'x\n', swapped, '')
tap.same(desk.sql('SELECT verdict FROM handled ORDER BY message_id DESC '
                  'LIMIT 1'), [('loop',)], 'another token: a loop')
desk.mail(NOC1, rcpt(second), 'hello\n')
tap.same(desk.sql('SELECT verdict FROM handled ORDER BY message_id DESC '
                  'LIMIT 1'), [('kept',)], "a person's mail: kept")
tap.same(desk.sql('SELECT count(*) FROM heartbeat WHERE back = 0'), [(1,)],
         'none of them counts')
tap.same(desk.out(), [], 'and none is answered')
tap.same(desk.sql('SELECT count(*) FROM event'), [(0,)], 'nor opens anything')

# The second and the third are lost.
got = desk.tick(at=START + DAY + 2 * HOUR)
tap.ok(len(tests(got)) == 1 and others(got) == [], 'one lost: the next goes')
got = desk.tick(at=START + DAY + 3 * HOUR)
tap.same(others(got), sorted([PAGER, ADMIN, 'comms1@example.net']),
         'two lost in a row: comms on call and the administrator know')
page = text_of(to(got, PAGER)).strip()
tap.ok(len(page) <= 160 and 'no mail comes in since' in page, 'by a page',
       page)
tap.ok(len(tests(got)) == 1, 'and the tests go on')
got = []
for h in range(4, 30):
    got += desk.tick(at=START + DAY + h * HOUR)
tap.ok(others(got) == [] and len(tests(got)) == 26, 'the outage is told once',
       others(got))
desk.deliver(got[-1].as_bytes(), rcpt(got[-1]), '')
got = desk.out()
tap.same(others(got), sorted([ADMIN, 'comms1@example.net']),
         'one comes back: both are told')
tap.same({str(m['Subject']) for m in got}, {'Mail is back [INTERNAL]'},
         'that mail is back')
got = desk.tick(at=START + DAY + 30 * HOUR)
tap.ok(others(got) == [] and len(tests(got)) == 1, 'and the next hour is quiet')

# A mail ends the silence.
desk.mail(NOC1, IN, 'cluster b: slow\n', subject='Sev3 cluster b: slow')
last = desk.now
desk.sql("UPDATE timer SET cancelled_at = 1")
tap.same(tests(desk.tick(at=last + HOUR)), [], 'a mail ends the silence')
tap.same(tests(desk.tick(at=last + DAY - 1)), [], 'for a day')
tap.same(len(tests(desk.tick(at=last + DAY))), 1, 'and no longer')

# A clock that jumps.
desk.sql("UPDATE timer SET cancelled_at = 1")
sent = desk.sql('SELECT count(*) FROM heartbeat')[0][0]
desk.tick(at=last + 9 * DAY)
desk.tick(at=last + 9 * DAY)
tap.same(desk.sql('SELECT count(*) FROM heartbeat')[0][0], sent + 1,
         'a jump ahead: one')
desk.tick(at=last + DAY + 60)
tap.same(desk.sql('SELECT count(*) FROM heartbeat')[0][0], sent + 1,
         'and back: none')

# Several clocks at once.
desk.sql("DELETE FROM watch WHERE what = 'selftest'")
sent = desk.sql('SELECT count(*) FROM heartbeat')[0][0]
running = [subprocess.Popen([SITREP, '-c', desk.path('sitrep.conf'), '-t',
                             '@%d' % (last + 12 * DAY), 'tick'],
                            stderr=subprocess.DEVNULL) for _ in range(8)]
for p in running:
    p.wait()
tap.same(desk.sql('SELECT count(*) FROM heartbeat')[0][0], sent + 1,
         'eight ticks at once: one test')

# check.
said = desk.run('check').stdout.decode()
tap.ok(re.search(r'ok +self-test +.*after 0 s', said), 'check says the last',
       said)
desk.close()
desk = Desk(conf=WATCHED)
tap.ok(re.search(r'warn +self-test ', desk.run('check').stdout.decode()),
       'or that there was none')
desk.write('sitrep.conf', desk.read('sitrep.conf').replace(
    'spool:%s/out' % desk.dir, 'smtp://127.0.0.1:1'))
said = desk.run('check', '--selftest').stdout.decode()
tap.ok(re.search(r'WRONG +self-test +it can.t be sent', said),
       'check --selftest over a relay that is not there', said)
desk.close()
tap.done()
