#!/usr/bin/env python3
# Own words while disclosure is limited need security or an executive beside
# their drafter; of SEV1, where it is set, another of those who may publish.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

OWN = 'Some names resolve slowly. Your zones are not changed.'
tap = Tap()


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def code(got, address):
    m = to(got, address)
    return m and m['Sitrep-Result']


desk = Desk(members=2, number=44)
desk.mail(NOC1, IN, 'Components: dns-hosting = partial outage\n'
          'Disclosure: limited\nHandoff: now\n\nudp flood at ns2, 140 Gbps\n',
          subject='Sev2 dns slow', at='2026-03-07 02:11')
got = desk.mail(COMMS1, say(44), 'draft investigating\nTitle: DNS is slow\n'
                'Impact for end users: some names resolve late\n\n%s\n' % OWN,
                subject='[INC-2026-0044] x', at=desk.now + 60)
mine = to(got, 'comms1@example.net')
tap.same(mine['Sitrep-Result'], 'E44', 'own words: a second person is needed')
tap.ok('waits for the yes of a second person: security or an executive' in
       flat(mine) and 'Reply YES' not in flat(mine),
       'the drafter is told, and asked for no yes', flat(mine))
for who in ('sec1@example.net', 'exec1@example.net'):
    m = to(got, who)
    tap.ok(m is not None and 'Reply YES to publish' in flat(m) and OWN in
           flat(m).split(RULER)[1], '%s gets the preview' % who, flat(m))
tap.ok(to(got, 'comms2@example.net') is None, 'others do not')
again = desk.answer(mine, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((code(again, 'comms1@example.net'), desk.posts('INC-2026-0044')),
         ('E44', []), 'the drafter\'s own yes posts nothing')
got = desk.answer(to(got, 'sec1@example.net'), 'yes', sender=SEC,
                  at=desk.now + 60)
tap.same((code(got, 'sec1@example.net'),
          len(desk.posts('INC-2026-0044'))), ('ok', 1), 'that of security does')
u1 = to(got, RESELLER)
tap.ok(OWN in flat(u1) and 'some names resolve late' in flat(u1),
       'word for word', flat(u1))
tap.ok('Details that would help an attacker are left out' in flat(u1),
       'and it says that it doesn\'t tell all', flat(u1))
post = desk.show('INC-2026-0044')['updates'][-1]
tap.same((post['author'], post['approver']), ('comms1', 'sec1'),
         'show has both names')
told = desk.run('show', 'INC-2026-0044', check=True).stdout.decode()
tap.ok('Comms One' in told and 'Security One' in told, 'in words, too', told)
seen = desk.tree() + ''.join(m.as_string() for m in desk.public())
tap.ok(not any(s in seen for s in ('Comms One', 'Security One', 'comms1',
                                   'sec1', 'flood', 'Gbps')),
       'the public has neither, and no word of the notes')

# The stock text needs one.
got = desk.mail(COMMS1, say(44), 'draft\n', subject='[INC-2026-0044] x',
                at=desk.now + 60)
p = to(got, 'comms1@example.net')
tap.ok('Reply YES' in flat(p) and p['Sitrep-Result'] == 'ok',
       'the stock text asks for one yes', flat(p))

# Security drafts: its own yes isn't enough, that of an executive is.
got = desk.mail(SEC, say(44), 'draft identified\n\nThe cause is known.\n',
                subject='[INC-2026-0044] x', at=desk.now + 60)
m = to(got, 'exec1@example.net')
own = desk.answer(to(got, 'sec1@example.net'), 'yes', sender=SEC,
                  at=desk.now + 60)
tap.ok('E4' in code(own, 'sec1@example.net') and
       len(desk.posts('INC-2026-0044')) == 1, 'the drafter is never the second',
       code(own, 'sec1@example.net'))
desk.answer(m, 'yes', sender=EXEC, at=desk.now + 60)
tap.same(len(desk.posts('INC-2026-0044')), 2, 'another is')
desk.audit(tap)
desk.close()

# SEV1, where it is set.
desk = Desk(members=1, number=42, extra='two_person = { "sev1" }\n')
desk.mail(NOC1, IN, 'Severity: 1\nComponents: email-b\n\nall down\n',
          subject='email', at='2026-03-04 14:06')
got = desk.mail(COMMS1, say(), 'draft investigating\n\nMail is down.\n',
                subject='[INC-2026-0042] x', at=desk.now + 60)
mine, theirs = to(got, 'comms1@example.net'), to(got, 'comms2@example.net')
tap.ok('waits for the yes of a second person' in flat(mine), 'SEV1: it waits',
       flat(mine))
got = desk.answer(mine, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((code(got, 'comms1@example.net'), desk.posts()), ('E44', []),
         'the drafter\'s yes is one of two')
got = desk.answer(theirs, 'yes', sender=COMMS2, at=desk.now + 60)
tap.same(len(desk.posts()), 1, 'another of Marketing makes it two')

# By an address that nobody knows, and let in by himself: still one person.
desk.mail('Me <me@home.example>', IN, 'Incident: INC-2026-0042\n'
          'state: identified\n\nfound\n\n--- public ---\nA setting is wrong.\n',
          subject='x', auth='fail', at='2026-03-04 14:30')
asked = [m for m in desk.letters if rcpt(m) == 'comms1@example.net' and
         'Reply accept' in flat(m)][-1]
got = desk.answer(asked, 'accept', sender=COMMS1, at='2026-03-04 14:31')
theirs = [m for m in got if rcpt(m) == 'comms2@example.net' and
          '[PREVIEW]' in m['Subject']][-1]
mine = [m for m in got if rcpt(m) == 'comms1@example.net' and
        '[PREVIEW]' in m['Subject']][-1]
tap.ok('waits for the yes of a second person' in flat(mine) and
       'Reply YES' not in flat(mine), 'who let it in is asked for no yes',
       flat(mine))
got = desk.answer(mine, 'yes', sender=COMMS1, at='2026-03-04 14:32')
tap.same((code(got, 'comms1@example.net'), len(desk.posts())), ('E44', 1),
         'and his is one of two')
desk.answer(theirs, 'yes', sender=COMMS2, at='2026-03-04 14:33')
tap.same(len(desk.posts()), 2, 'that of another makes it two')
desk.audit(tap)
desk.close()
tap.done()
