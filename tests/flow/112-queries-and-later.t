#!/usr/bin/env python3
# Questions change nothing; a verb of a later part says so and does nothing;
# no answer of ours offers one.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=1, number=42)
desk.posted()


def state():
    return (desk.sql('SELECT count(*) FROM event'),
            desk.sql('SELECT phase, state, severity, owner FROM event'),
            desk.sql('SELECT count(*) FROM note'),
            desk.sql('SELECT count(*) FROM draft'),
            desk.sql('SELECT kind, step, due_at FROM timer'), desk.posts())


def body(m):
    return text_of(m).replace('\r', '').split('\n')


def ask(text, to_whom=None, who=NOC1, subject='[INC-2026-0042] x'):
    got = desk.mail(who, to_whom or say(), text + '\n', subject=subject,
                    at=desk.now + 60)
    tap.same([rcpt(m) for m in got], [address_of(who)], '%r: one answer' %
             text)
    return got[0]


before = state()
m = ask('list')
tap.same(body(m)[1], 'Open incidents:', 'list: what it is')
tap.ok('INC-2026-0042' in text_of(m) and 'Email Cluster B' in text_of(m),
       'list: the incident', text_of(m))
m = ask('status')
tap.same(body(m)[1], 'INC-2026-0042 as it stands:', 'status of an incident')
m = ask('status', IN, subject='x')
tap.same(body(m)[1], 'Open incidents:', 'status without one')
m = ask('show INC-2026-0042', IN, subject='x')
tap.ok('u1' in text_of(m) and 'n1' in text_of(m) and 'Comms One' in
       text_of(m), 'show: the history', text_of(m))
m = ask('show 0999', IN, subject='x')
tap.same(m['Sitrep-Result'], 'E10', 'show of an unknown one: E10')
m = ask('who')
tap.ok(body(m)[1] == 'On call:' and 'Comms One (comms1)' in text_of(m) and
       'Duty Exec' in text_of(m), 'who', text_of(m))
m = ask('help')
tap.ok('A NEW INCIDENT' in text_of(m) and 'COMMANDS' in text_of(m), 'help',
       text_of(m))
m = ask('anything', 'help@in.status.example', subject='')
tap.ok('A NEW INCIDENT' in text_of(m), 'help@ answers as well')
m = ask('who', who=SUPPORT)
tap.ok('Comms One' in text_of(m), 'support may ask')
tap.same(state(), before, 'no question changed anything')
got = desk.mail('X <x@else.example>', IN, 'list\n', at=desk.now + 60)
tap.ok('INC-2026' not in to(got, 'x@else.example').as_string(),
       'a stranger is told nothing')

before = state()
for text in ('link 0041',
             'extend +1h', 'reschedule 14:00', 'cancel',
             'convert', 'rollback'):
    for who in (NOC1, COMMS1, EXEC):
        got = desk.mail(who, say(), text + '\n', subject='[INC-2026-0042] x',
                        at=desk.now + 10)
        m = to(got, address_of(who))
        good = len(got) == 1 and m['Sitrep-Result'] in ('E21', 'E42') and \
            ('not built yet' in ' '.join(text_of(m).split()))
        if who is NOC1 or not good:
            tap.ok(good, '%r is not built yet' % text,
                   [(rcpt(x), x['Sitrep-Result'], text_of(x)) for x in got])
tap.same(state(), before, 'none of them did anything')
for line in ('Retract: 1', 'Backfill: yes', 'Auto: yes'):
    got = desk.mail(COMMS1, say(), line + '\n', subject='[INC-2026-0042] x',
                    at=desk.now + 10)
    tap.same(desk.posts(), [(1, 1, 'investigating')],
             '%r does nothing in public' % line)

# ---- an address that is not built yet: a person sees what came to it
for to_ in ('maintenance', 'provider+example', 'example-status-owner'):
    for who in (NOC1, 'R <%s>' % RESELLER):
        got = desk.mail(who, to_ + '@in.status.example', 'Hello there.\n',
                        subject='Hello', at=desk.now + 10)
        tap.same([rcpt(x) for x in got], ['postmaster@example.net'],
                 '%s of %s reaches the owner' % (to_, who))
got = desk.mail(NOC1, 'example-status-owner@in.status.example', 'x\n',
                at=desk.now + 10, headers=('Auto-Submitted: auto-replied',))
tap.same(got, [], "but no machine's")
desk.letters = [x for x in desk.letters
                if rcpt(x) != 'postmaster@example.net']
desk.audit(tap)
desk.close()
tap.done()
