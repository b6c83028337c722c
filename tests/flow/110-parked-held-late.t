#!/usr/bin/env python3
# What waits for a yes: an unproved step, a stranger's mail, a late mail.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=1, number=42)


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def code(got, address):
    m = to(got, address)
    return m and m['Sitrep-Result']


def event(n=42):
    return desk.show('INC-2026-%04d' % n)['event']


# ---- parked
desk.opened()
got = desk.mail(NOC1, say(), 'void a probe was broken\n', auth=None,
                subject='[INC-2026-0042] x', at='2026-03-04 14:07')
q = to(got, 'noc1@example.net')
tap.same((q['Sitrep-Result'], event()['phase']), ('E43', 'open'),
         'unproved: parked')
tap.ok(words(q).startswith(MARKER + ' Nothing was changed yet. Reply YES to '
                           'this mail'), 'the one question is first',
       text_of(q))
tap.ok(re.search(r'\.q1\.', q['Reply-To']), 'its own address', q['Reply-To'])
got = desk.mail(NOC2, address_of(q['Reply-To']), 'yes\n', reply=q,
                subject='Re: ' + q['Subject'], at='2026-03-04 14:08')
tap.same((code(got, 'noc2@example.net'), event()['phase']), ('E43', 'open'),
         'the yes of another doesn\'t count')
got = desk.answer(q, 'yes', sender=NOC1, at='2026-03-04 14:09')
tap.same(event()['phase'], 'void', 'a proved yes carries it out')
tap.ok('is void' in words(to(got, 'noc1@example.net')), 'and says so',
       text_of(to(got, 'noc1@example.net')))
tap.ok('a probe was broken' in desk.show('INC-2026-0042')['notes'][-1]['text'],
       'the reason is kept')
desk.opened(subject='Sev2 webmail: slow', at='2026-03-04 14:20')
got = desk.mail(NOC1, say(43), 'identified\n', auth=None,
                subject='[INC-2026-0043] x', at='2026-03-04 14:21')
got = desk.answer(to(got, 'noc1@example.net'), 'no', sender=NOC1,
                  at='2026-03-04 14:22')
tap.ok('As you say' in words(to(got, 'noc1@example.net')) and
       event(43)['noc_state'] == 'none', 'no: it stays undone',
       text_of(to(got, 'noc1@example.net')))

# ---- held
desk.tick(at='2026-03-04 15:00')
got = desk.mail('Carrier <ops@carrier.example>', IN,
                'Your uplink is cut at mile 12.\n', subject='uplink cut',
                at='2026-03-04 15:00')
held = to(got, 'noc1@example.net')
tap.same(sorted(rcpt(m) for m in got),
         ['comms1@example.net', 'noc1@example.net', 'noc2@example.net',
          'ops@carrier.example'], 'a stranger: passed on, and one word')
tap.ok('Reply accept' in words(held) and 'mile 12' in text_of(held),
       'with the question first', text_of(held))
tap.same(desk.sql('SELECT count(*) FROM event')[0][0], 2, 'no incident yet')
desk.tick(at='2026-03-04 15:05')
got = desk.mail('Z <z@else.example>', IN, 'me too\n', at='2026-03-04 15:05')
tap.same([rcpt(m) for m in got], ['z@else.example'],
         'a second one within 15 minutes waits for a digest')
got = desk.answer(held, 'accept', sender=NOC1, at='2026-03-04 15:06')
mine = to(got, 'noc1@example.net')
tap.same(event(44)['phase'], 'open', 'accepted: an incident')
tap.ok(text_of(mine).split('\n')[1].startswith('Accepted'), 'told first',
       text_of(mine))
tap.same([rcpt(m) for m in got], ['noc1@example.net'],
         'the stranger gets no internal mail')
tap.same(desk.show('INC-2026-0044')['notes'][0]['text'].strip(),
         'Your uplink is cut at mile 12.', 'his words are a note')
got = desk.tick(at='2026-03-04 15:20')
tap.ok(any('z@else.example' in words(m) for m in got if rcpt(m) ==
           'noc1@example.net' and 'held mail' in m['Subject']),
       'the digest shows it', [m['Subject'] for m in got])
got = desk.mail('Z <z2@else.example>', IN, 'me too\n', at='2026-03-04 15:20')
tap.ok(to(got, 'noc1@example.net'), 'the next is passed on')
got = desk.answer(held, 'accept', sender=NOC1, at='2026-03-04 15:23')
tap.same(code(got, 'noc1@example.net'), 'E14', 'a second accept: E14')
got = desk.tick(at='2026-03-04 15:40')
tap.ok(not [m for m in got if 'carrier' in rcpt(m)], 'nor later')

# A failed check with a known name is a stranger's mail.
got = desk.mail(NOC1, IN, 'cluster a: down\n', subject='Sev1 cluster a: down',
                auth='fail', at='2026-03-04 16:00')
q = to(got, 'comms1@example.net')
tap.ok(q is not None and 'FAILED' in words(q), 'forged: passed on as failed',
       [m['Subject'] for m in got])
tap.ok(not [m for m in got if m['Sitrep-Result']], 'and not answered')
tap.same(desk.sql('SELECT count(*) FROM event')[0][0], 3, 'nothing opened')

# ---- late
desk.close()
desk = Desk(members=1, number=42)
got = desk.answer(desk.posted(), 'draft monitoring\n\nIt is mended.\n',
                  sender=COMMS1, at='2026-03-04 14:40')
desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
            at='2026-03-04 14:41')
got = desk.mail(NOC1, say(), 'investigating\nStill broken at the web nodes.\n',
                subject='[INC-2026-0042] still', at='2026-03-04 14:58',
                date='Wed, 04 Mar 2026 14:30:00 +0000')
q = to(got, 'noc1@example.net')
tap.same(q['Sitrep-Result'], 'W40', 'late: W40')
tap.ok('Your mail of 14:30 UTC reached me 14:58 UTC.' in words(q),
       'it says how late', text_of(q))
e = desk.show('INC-2026-0042')
tap.same((e['event']['noc_state'], e['event']['state'],
          [n['late'] for n in e['notes']][-1]), ('none', 'monitoring', True),
         'nothing was changed, the text is a late note')
got = desk.answer(q, 'yes', sender=NOC1, at='2026-03-04 15:00')
e = desk.show('INC-2026-0042')
tap.same((e['event']['noc_state'], e['drafts'][-1]['state']),
         ('investigating', 'investigating'), 'YES applies it all the same')
tap.same(len(e['notes']), 2, 'the note is not doubled')
tap.same(len(desk.posts()), 2, 'it is a proposal, nothing public')

# An old mail of comms doesn't publish without a yes of today.
desk.tick(at='2026-03-04 18:00')
got = desk.mail(COMMS1, say(), 'publish identified\n\nOld words.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 18:00',
                date='Wed, 04 Mar 2026 15:30:00 +0000')
m = to(got, 'comms1@example.net')
tap.ok('E43' in m['Sitrep-Result'] or 'W40' in m['Sitrep-Result'],
       'older than two hours: asked', m['Sitrep-Result'])
tap.ok('Old words.' not in desk.sql(
    'SELECT text FROM draft ORDER BY n DESC')[0][0], 'no draft of it')
desk.audit(tap)
desk.close()
tap.done()
