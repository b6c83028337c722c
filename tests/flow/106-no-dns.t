#!/usr/bin/env python3
# The staff domain's DNS is gone: no mail can be proved.  The report opens, T1
# pages, stock text can go out by token; nothing else can.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=2, number=42)
TEMP = dict(auth='temperror')


def result(got, address):
    m = to(got, address)
    return m and m['Sitrep-Result']


got = desk.mail(NOC1, IN, 'all DNS is gone\n', subject='Sev2 dns: gone',
                at='2026-03-04 14:00', **TEMP)
tap.same([rcpt(m) for m in got], ['noc1@example.net'], 'the report opens')
tap.ok('UNVERIFIED' in text_of(got[0]), 'it is marked', text_of(got[0]))
got = desk.tick(at='2026-03-04 14:15:00')
hand, pager = to(got, 'comms1@example.net'), to(got, '5550134@pager.example')
tap.ok(hand is not None and pager is not None, 'T1 pages')
tap.ok('unverified' in text_of(hand), 'the note is marked unverified',
       text_of(hand))

# The ack is taken, but doesn't stop T2's next step.
got = desk.answer(hand, 'ack', sender=COMMS1, at='2026-03-04 14:17', **TEMP)
tap.same(desk.show('INC-2026-0042')['event']['owner'], 'comms1',
         'the ack is taken')
got = desk.tick(at='2026-03-04 14:20:01')
tap.ok(to(got, 'comms2@example.net') is not None,
       'an unproved ack doesn\'t stop the next page')

# Own words and every other public step wait.
for body, code in (('draft\n\nOwn words.\n', 'E43'),
                   ('publish identified\n\nOwn words.\n', 'E43'),
                   ('identified\n', 'E43'),
                   ('resolve\n', 'E43')):
    got = desk.mail(COMMS1, say(), body, subject='[INC-2026-0042] x',
                    at=desk.now + 60, **TEMP)
    m = to(got, 'comms1@example.net')
    tap.same(m['Sitrep-Result'], code, '%r: parked' % body.split('\n')[0])
    tap.same(desk.posts(), [], '... and nothing is public')
    # A yes to that question, unproved as well, does internal things only.
    got = desk.answer(m, 'yes', sender=COMMS1, at=desk.now + 20, **TEMP)
    tap.same(desk.posts(), [], '... nor by a yes that isn\'t proved')
tap.same(desk.sql('SELECT stock FROM draft'), [(1,)],
         'no draft but the stock one')

# Without the token not even stock text.
got = desk.mail(COMMS1, say(), 'yes\n', subject=hand['Subject'], reply=hand,
                at=desk.now + 60, **TEMP)
tap.same(desk.posts(), [], 'a yes without the token: nothing')
got = desk.answer(hand, 'yes', sender=COMMS2, at=desk.now + 60, **TEMP)
tap.same(desk.posts(), [], 'somebody else\'s token: nothing')
got = desk.answer(hand, 'yes', sender=COMMS1, at=desk.now + 60, **TEMP)
tap.same(desk.posts(), [(1, 1, 'investigating')],
         'stock text goes out by token')
tap.ok('We are aware of a problem affecting DNS Hosting' in
       ' '.join(text_of(to(got, RESELLER)).split()), 'just the stock text')

# A severity may rise, not fall.
got = desk.mail(NOC1, say(), 'severity 1\n', subject='[INC-2026-0042] x',
                at=desk.now + 60, **TEMP)
tap.same(desk.show('INC-2026-0042')['event']['severity'], 1,
         'the severity is raised')
got = desk.mail(NOC1, say(), 'severity 3\nReason: better\n',
                subject='[INC-2026-0042] x', at=desk.now + 60, **TEMP)
tap.same((result(got, 'noc1@example.net'),
          desk.show('INC-2026-0042')['event']['severity']), ('E43', 1),
         'lowering waits')

# Answers go to the registered address, never to where the mail says.
got = desk.mail(NOC1, say(), 'a note\n', subject='[INC-2026-0042] x',
                headers=['Reply-To: thief@else.example'], at=desk.now + 60,
                **TEMP)
tap.same([rcpt(m) for m in got if 'else' in rcpt(m)], [],
         'Reply-To of an unproved mail is not followed')
# The DNS is back: the same parked thing may be confirmed now.
got = desk.mail(NOC1, say(), 'identified\n\nIt was the registry.\n',
                subject='[INC-2026-0042] x', at=desk.now + 60, **TEMP)
q = to(got, 'noc1@example.net')
got = desk.answer(q, 'yes', sender=NOC1, at=desk.now + 300)
tap.same(desk.show('INC-2026-0042')['event']['noc_state'], 'identified',
         'parked, then confirmed with proof: done')
tap.same(len([m for m in got if rcpt(m) == 'noc1@example.net']), 1,
         'one answer to that yes')
got = desk.answer(q, 'yes', sender=NOC1, at=desk.now + 60)
tap.same(result(got, 'noc1@example.net'), 'E14', 'a second yes: E14')
desk.audit(tap)
desk.close()
tap.done()
