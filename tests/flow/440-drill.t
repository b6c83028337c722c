#!/usr/bin/env python3
# A drill from its report to its end beside a real incident: everybody gets
# the mails of an incident, marked; the public gets nothing, and the public
# tree doesn't change by a byte.
import json
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=3, number=42)
DRL = 'incident+drl-2026-0001@in.status.example'


def tree():
    desk.run('page', check=True)
    found = {}
    for where, _, names in os.walk(desk.path('state', 'public')):
        for name in names:
            path = os.path.join(where, name)
            with open(path, 'rb') as f:
                found[os.path.relpath(path, desk.path('state'))] = f.read()
    return found


def flat(m):
    return ' '.join(text_of(m).split())


desk.posted()
public = tree()
tap.ok(len(public) > 3, 'something is public', list(public))

# The report.  It looks just like the incident, and is no match for it.
REPORT = 'Drill: yes\n\ncluster b: half of the logins time out\n'
got = desk.mail(NOC1, IN, REPORT, subject='Sev2 cluster b: imap',
                at='2026-03-04 14:20')
receipt = to(got, 'noc1@example.net')
tap.same(receipt['Sitrep-Result'], 'ok', 'no incident is like a drill')
tap.same(receipt['Sitrep-Event'], 'DRL-2026-0001', 'it has its own numbers')
tap.ok(receipt['Subject'].startswith('[DRILL] [DRL-2026-0001] Opened'),
       'its subject', receipt['Subject'])
tap.ok('nothing of it will be public' in flat(receipt) and
       'DRL-2026-0001 is open' in flat(receipt), 'its receipt', flat(receipt))
got = desk.mail(NOC2, IN, 'cluster b: half of the logins time out\n',
                subject='Sev2 cluster b: imap', at='2026-03-04 14:21')
real = to(got, 'noc2@example.net')
tap.ok(real['Sitrep-Event'] == 'INC-2026-0043' and
       'Looks like INC-2026-0042' in flat(real) and 'DRL' not in flat(real),
       'a report is like the incident, not like the drill', flat(real))
got = desk.mail(NOC2, 'incident+inc-2026-0043@in.status.example',
                'void the same\n', at='2026-03-04 14:22')

# The hand-off, the page.
got = desk.tick(at='2026-03-04 14:36')
hand = to(got, 'comms1@example.net')
tap.ok(hand['Subject'].startswith('[DRILL] YOU HAVE IT: Email Cluster B SEV2'),
       'the hand-off', hand['Subject'])
tap.ok('Would go to: example-status 3' in flat(hand) and
       'nothing of it will be public' in flat(hand), 'its preview', flat(hand))
tap.ok('/drill/2026/0001/' in flat(hand) or '/incident/' not in flat(hand),
       'it names no incident\'s page', flat(hand))
pager = to(got, '5550134@pager.example')
tap.ok(text_of(pager).startswith('DRILL DRL-2026-0001 ') and
       pager['Subject'].startswith('DRILL ') and len(text_of(pager)) <= 161,
       'the pager', text_of(pager))
tap.ok(to(got, 'noc1@example.net') is not None, 'NOC is told')

# A late field changes nothing, and says so.
got = desk.mail(NOC1, DRL, 'Drill: no\n\nit is real after all\n',
                at='2026-03-04 14:37')
tap.ok(to(got, 'noc1@example.net')['Sitrep-Result'] == 'E24' and
       'DRL-2026-0001 stays a drill' in flat(to(got, 'noc1@example.net')),
       'a drill stays one', flat(to(got, 'noc1@example.net')))
got = desk.mail(NOC1, say(), 'Drill: yes\n\nthis is only a drill\n',
                at='2026-03-04 14:38')
tap.ok('INC-2026-0042 is real' in flat(to(got, 'noc1@example.net')),
       'and an incident stays real', flat(to(got, 'noc1@example.net')))
got = desk.mail(NOC1, IN, 'Drill: perhaps\n\nwebmail is slow\n',
                subject='webmail', at='2026-03-04 14:38:30')
tap.ok(to(got, 'noc1@example.net')['Sitrep-Event'] == 'INC-2026-0044' and
       'it is real' in flat(to(got, 'noc1@example.net')),
       'what can\'t be read is no drill', flat(to(got, 'noc1@example.net')))
desk.mail(NOC1, 'incident+inc-2026-0044@in.status.example', 'void a try\n',
          at='2026-03-04 14:39')

# Draft, yes.
got = desk.answer(hand, 'draft investigating\nNext: +2h\n\nWe look into it.\n',
                  sender=COMMS1, at='2026-03-04 14:40')
d2 = to(got, 'comms1@example.net')
tap.ok(d2['Subject'].startswith('[DRILL] [PREVIEW] [DRL-2026-0001] d2'),
       'a preview', d2['Subject'])
got = desk.answer(d2, 'yes\n', sender=COMMS1, at='2026-03-04 14:41')
u1 = to(got, 'comms1@example.net')
tap.ok('drill: nothing was published; it would have gone to: example-status 3'
       in flat(u1) and 'update 1 rehearsed 14:41' in flat(u1),
       'the yes is answered', flat(u1))
tap.same(sorted(rcpt(m) for m in got),
         ['comms1@example.net', 'comms2@example.net', 'commslead@example.net',
          'noc1@example.net'], 'the internal copies go, and no other')
copy = to(got, 'noc1@example.net')
tap.ok(copy['Subject'].startswith('[DRILL] ') and 'We look into it.' in
       flat(copy), 'a copy', flat(copy))
e = desk.show('DRL-2026-0001')
tap.same((e['event']['kind'], e['event']['phase'], e['event']['state'],
          e['event']['next_update']),
         ('drill', 'public', 'investigating', '2026-03-04T16:41:00Z'),
         'the process goes on')
tap.ok('u1r1 rehearsed by Comms One' in desk.run(
    'show', 'DRL-2026-0001', check=True).stdout.decode(), 'show')
tap.same(to(desk.answer(d2, 'yes\n', sender=COMMS1, at='2026-03-04 14:42'),
            'comms1@example.net')['Sitrep-Result'], 'E14', 'a second yes')

# Correction; without mail there is no list to name.
got = desk.answer(u1, 'Correct: 1 typo\nReason: a slip\n\nWe look into this.\n',
                  sender=COMMS1, at='2026-03-04 14:50')
d3 = to(got, 'comms1@example.net')
tap.ok('a slip' in flat(d3) and 'Would go to: the page only' in flat(d3),
       'the preview of a correction knows what it corrects', flat(d3))
got = desk.answer(d3, 'yes\n', sender=COMMS1, at='2026-03-04 14:51')
tap.ok('would have gone to: the page only' in
       flat(to(got, 'comms1@example.net')), 'a correction',
       flat(to(got, 'comms1@example.net')))
tap.same(desk.posts('DRL-2026-0001'), [(1, 2, 'investigating')], 'u1 r2')

# The promise is watched.
desk.tick(at='2026-03-04 16:30')
got = desk.tick(at='2026-03-04 16:41:01')
late = [m for m in got if m['Sitrep-Event'] == 'DRL-2026-0001']
tap.ok(late and all(m['Subject'].startswith(('[DRILL] ', 'DRILL '))
                    for m in late), 'an overdue update is told inside',
       [(rcpt(m), m['Subject']) for m in got])

# list, status and show keep it apart.
desk.tick(at='2026-03-04 16:42')
text = text_of(desk.mail(NOC1, IN, 'list\n', subject='x',
                         at='2026-03-04 16:42')[0]).replace('\r', '')
tap.ok(text.index('INC-2026-0042') < text.index('Drills, nothing') <
       text.index('DRL-2026-0001'), 'list', text)
both = desk.run('show', '--json', check=True).stdout.decode()
both = json.loads(both)
tap.same([[x['event'] for x in both[k]] for k in ('open', 'drills')],
         [['INC-2026-0042'], ['DRL-2026-0001']], 'show --json, apart')
tap.same(desk.mail(NOC1, IN, 'show 0001\n', subject='x',
                   at='2026-03-04 16:43')[0]['Sitrep-Result'], 'E10',
         'a bare number is no drill')

# The end.
got = desk.mail(COMMS1, DRL, 'resolved\n\nIt works again.\n',
                at='2026-03-04 16:50')
got = desk.answer(to(got, 'comms1@example.net'), 'yes\n', sender=COMMS1,
                  at='2026-03-04 16:51')
tap.ok('update 2 rehearsed' in flat(to(got, 'comms1@example.net')),
       'resolved', flat(to(got, 'comms1@example.net')))
tap.same(desk.show('DRL-2026-0001')['event']['phase'], 'closed', 'closed')

# Nothing was public.
tap.same([m for m in desk.letters if 'DRL-2026' in m.as_string() and
          'reseller' in rcpt(m)], [], 'no reseller got anything of it')
tap.same(desk.sql("SELECT count(*) FROM letter WHERE kind = 'broadcast'"),
         [(1,)], 'the incident\'s broadcast is the only one')
tap.same(desk.sql('SELECT e.kind, count(*) FROM post p JOIN event e ON '
                  'e.id = p.event_id GROUP BY 1'), [('incident', 1)],
         'no post is a drill\'s')
tap.same(desk.sql('SELECT u, r, hash FROM rehearsal ORDER BY id'),
         [(1, 1, ''), (1, 2, ''), (2, 1, '')], 'three were rehearsed')
after = tree()
told = [n for n in after if b'DRL' in after[n] or b'drl-' in after[n]]
tap.same(told, [], 'no public file names it')

# The next one, by a known sender who isn't proved, and voided.
got = desk.mail(NOC1, IN, 'Exercise: yes\n\nwebmail\n', subject='webmail',
                at='2026-03-04 17:00', auth=None)
receipt = to(got, 'noc1@example.net')
tap.same(receipt['Sitrep-Event'], 'DRL-2026-0002', 'numbers go on')
tap.ok('UNVERIFIED' in text_of(receipt), 'as with an incident',
       text_of(receipt))
desk.mail(NOC1, 'incident+drl-2026-0002@in.status.example', 'void over\n',
          at='2026-03-04 17:01')
got = desk.mail(NOC1, IN, 'dns is down\n', subject='Sev2 dns',
                at='2026-03-04 17:10')
tap.same(to(got, 'noc1@example.net')['Sitrep-Event'], 'INC-2026-0045',
         'and don\'t count with incidents')
desk.audit(tap)
desk.close()

# With nothing else, the tree stays as it is to the byte.
desk = Desk(members=3, number=42)
desk.posted()
public = tree()
got = desk.mail(COMMS1, IN, 'Drill: yes\nComponents: webmail = down\n'
                'draft investigating\n\nWebmail is down.\n',
                subject='webmail', at='2026-03-04 14:20')
got = desk.answer(to(got, 'comms1@example.net'), 'yes\n', sender=COMMS1,
                  at='2026-03-04 14:21')
tap.ok('rehearsed' in flat(to(got, 'comms1@example.net')), 'rehearsed')
tap.ok(tree() == public, 'the public tree is what it was',
       [n for n in tree() if tree()[n] != public.get(n)])
desk.close()
tap.done()
