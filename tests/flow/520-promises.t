#!/usr/bin/env python3
# Promises: kept or missed with their minutes, the badge on the page, and what
# `show promises` makes of them.
import json
import os
import re
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
from rig import epoch

tap = Tap()


def tree(desk):
    """{path: bytes} of the public tree as it stands."""
    found, top = {}, desk.path('state', 'public')
    for where, _, names in os.walk(top):
        for name in names:
            path = os.path.join(where, name)
            with open(path, 'rb') as f:
                found[os.path.relpath(path, top)] = f.read()
    return found


def page(desk, name='index.html'):
    desk.run('page', check=True)
    return ' '.join(desk.read('state', 'public', name).split())


def measured(desk):
    """What /metrics tells of the past 30 days."""
    desk.run('page', check=True)
    return [int(n) for n in re.findall(r'(?m)^sitrep_\w+_30d(?:{.*})? (\d+)$',
                                       desk.read('state', 'web', 'metrics'))]


def badge(text):
    return 'Update overdue since' in text


OWN = 'incident/2026/0042/index.html'


def told(desk, *args):
    return desk.run('show', 'promises', *args, check=True).stdout.decode()


def record(desk, *args):
    return json.loads(told(desk, '--json', *args))


def update(desk, text, at, number=42):
    """A post of comms: draft and yes in the same minute."""
    got = desk.mail(COMMS1, say(number), text, at=at,
                    subject='[INC-2026-%04d] x' % number)
    preview = to(got, 'comms1@example.net')
    got = desk.answer(preview, 'yes', sender=COMMS1, at=epoch(at) + 1)
    return to(got, 'comms1@example.net')


# ---- the badge comes with the timer, and goes with the next post
desk = Desk(members=1, number=42)
desk.posted()                                   # u1 at 14:12, until 16:12
desk.tick('2026-03-04 16:11:59')
tap.ok(not badge(page(desk)), 'nothing is overdue before its time')
quiet = tree(desk)
desk.now = epoch('2026-03-04 16:12:00')
tap.ok(not badge(page(desk)) and tree(desk) == quiet,
       'time alone changes no page: the clock has to have seen it')
desk.tick('2026-03-04 16:12:40')
front, own = page(desk), page(desk, OWN)
band = front[front.index('class="band'):front.index('</section>')]
tap.ok('Update overdue since 16:12 UTC.' in band,
       'a timer that fires rewrites the front page: since when', band)
tap.ok('Update overdue since <time datetime="2026-03-04T16:12:00Z">' in own,
       'and the page of the incident', own)
once = tree(desk)
desk.run('page', '--all', check=True)
tap.ok(tree(desk) == once, 'page --all gives the same bytes')
desk.now = epoch('2026-03-04 18:00')
desk.run('page', '--all', check=True)
tap.ok(tree(desk) == once, 'hours later too')
r = record(desk)
tap.same([(p['event'], p['update'], p['kept'], p['late_seconds'])
          for p in r['promises']],
         [('INC-2026-0042', 1, 'missed', 6480)],
         'an open promise counts as missed as soon as it is overdue')
tap.ok('INC-2026-0042 u1: by 4 Mar 2026 16:12 UTC, 1 h 48 min late and '
       'still waiting' in told(desk), 'and says for how long', told(desk))
update(desk, 'draft identified\n\nWe have found it.\n',
       '2026-03-04 18:10')                       # u2, until 20:10
tap.ok(not badge(page(desk)) and not badge(page(desk, OWN)),
       'the next post takes the badge back')

# ---- a correction is no post; resolved ends the last promise
update(desk, 'correct 2\nReason: typo\n\nWe have found the cause.\n',
       '2026-03-04 19:00')
r = record(desk)
tap.same([(p['update'], p['kept'], p['late_seconds']) for p in r['promises']],
         [(1, 'missed', 7081), (2, 'running', 0)],
         'a correction ends no promise and makes none')
update(desk, 'draft resolved\n\nIt works again.\n', '2026-03-04 20:05')
r = record(desk)
tap.same([(p['update'], p['kept']) for p in r['promises']],
         [(1, 'missed'), (2, 'kept')], 'resolved in time keeps the last one')
tap.same(r['overall']['cadence'],
         {'kept': 1, 'missed': 1, 'running': 0, 'permille': 500,
          'target_permille': 950}, 'cadence in tenths of a per cent')
tap.ok('Promises kept' in told(desk) and '50 %' in told(desk),
       'in per cent for people', told(desk))

# ---- late clocks: the machine was down, the promise had passed
desk.opened(subject='Sev2 webmail: errors', at='2026-03-05 10:00')
update(desk, 'draft investigating\n\nWe look into it.\n', '2026-03-05 10:05',
       43)
desk.tick('2026-03-05 15:00')
tap.ok('overdue since 12:05 UTC' in page(desk),
       'a timer that fires hours late tells the promised time')
desk.sql("UPDATE timer SET due_at = due_at + 3600 WHERE kind = 4 "
         "AND step = 2 AND event_id = 2")
tap.ok('overdue since 12:05 UTC' in page(desk),
       'also where it was due later than promised')

# ---- times
desk.sql("UPDATE event SET on_call = 'comms1', first_owner = 'comms1', "
         "handed_off = began + 600, first_acked = began + 840 WHERE id = 1")
desk.sql("UPDATE event SET on_call = 'comms2', first_owner = 'comms1', "
         "handed_off = began + 1200, first_acked = began + 1260 "
         "WHERE id = 2")
r = record(desk)
tap.same(r['overall']['hand_off'],
         {'n': 2, 'median': 600, 'p90': 1200, 'target': 900},
         'from T0 to the hand-off')
tap.same(r['overall']['ack'], {'n': 2, 'median': 60, 'p90': 240,
                               'target': 300}, 'from there to the ack')
tap.same(r['overall']['first_post'],
         {'n': 2, 'median': 301, 'p90': 360, 'target': 1800},
         'from the first mail to the first post')
tap.same([(x['person'], x['incidents'], x['cadence']['missed'])
          for x in r['by_on_call']],
         [('comms1', 1, 1), ('comms2', 1, 1)], 'by person on call')
tap.same([(x['person'], x['ack']['n']) for x in r['by_first_owner']],
         [('comms1', 2)], 'the ack by who gave it')
tap.same([(x['severity'], x['incidents']) for x in r['by_severity']],
         [(1, 0), (2, 2), (3, 0), (4, 0), (5, 0)], 'by severity')
tap.same([(x['month'], x['incidents']) for x in r['by_month']],
         [('2026-03', 2)], 'by month')
tap.same(r['by_severity'][0]['first_post']['target'], 900,
         'SEV1 has its own target')

# ---- since, and what doesn't count
tap.same(record(desk, '--since', '2026-03-05')['overall']['incidents'], 1,
         'since a day')
tap.same(record(desk, '--since', '6h')['overall']['incidents'], 1,
         'or so long')
done = desk.run('show', 'promises', '--since', 'monday')
tap.ok(done.returncode == 1 and b'write a day as 2026-03-01' in done.stderr,
       'a time that is none is refused with one that works', done.stderr)
tap.same(desk.run('show', '--since', '6h').returncode, 64,
         '--since is of promises alone')
tap.same(measured(desk), [1, 2, 2, 301 + 360],
         'a monitor has promises kept, missed, first posts and their seconds')
desk.sql("UPDATE event SET source = 'import' WHERE id = 1")
desk.sql("UPDATE event SET source = 'robot' WHERE id = 2")
desk.mail(NOC1, IN, 'Drill: yes\nSeverity: 1\n\nAn exercise.\n',
          subject='exercise', at=desk.now + 60)
tap.same(record(desk)['overall']['incidents'] +
         len(record(desk)['promises']), 0, 'imports, robots and drills never count')
tap.ok('No incident in that time.' in told(desk), 'and it says so')
tap.same(measured(desk), [0, 0, 0, 0], 'nor for a monitor')
desk.sql("UPDATE event SET source = 'noc' WHERE id <= 2")
desk.now += 40 * 86400
tap.same(measured(desk), [0, 0, 0, 0], 'for which they are over after 30 days')
desk.close()

# ---- over before anybody posted: posted after the fact
desk = Desk(members=1, number=42)
desk.opened()
update(desk, 'draft resolved\n\nMail is back.\n', '2026-03-04 14:20')
r = record(desk)
tap.same((r['promises'], r['overall']['first_post']['n']), ([], 0),
         'a post after the fact promises nothing and measures nothing')
desk.close()

tap.done()
