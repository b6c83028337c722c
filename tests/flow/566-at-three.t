#!/usr/bin/env python3
"""The clock's mails as somebody reads them on a phone at three in the morning:
who is asked what he can do, who has it, who was called."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

tap = Tap()
HALF = '2026-01-01T00:00:00Z 2028-01-01T00:00:00Z '
EXTRA = '''
person "lead2" { name = "Support Lead" addresses = { "lead2@example.net" } roles = { "support" } page = { "5550200@pager.example" } }
'''
LEAD2 = 'Support Lead <lead2@example.net>'
ROTA2 = (HALF + 'comms 1 comms1\n' + HALF + 'comms 2 comms2\n' +
         HALF + 'support 2 lead2\n' + HALF + 'exec 3 exec1\n')


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def first(m):
    """The first sentences, up to the blank line."""
    return ' '.join(text_of(m).replace('\r', '').split('\n\n')[0].split(
        '\n')[1:])


def mine(got, slug):
    return to(got, slug + '@example.net')


def new():
    desk = Desk(members=1, number=42, rota=ROTA2, extra=EXTRA)
    desk.opened(at='2026-03-04 14:00:00')
    desk.tick(at='2026-03-04 14:15:01')
    return desk


def owner(desk):
    return desk.show('INC-2026-0042')['event']['owner']


# ---- nobody has it ----
desk = new()
desk.tick(at='2026-03-04 14:20:01')
got = desk.tick(at='2026-03-04 14:25:01')
m = mine(got, 'comms2')
tap.ok(m['Subject'].startswith('YOU HAVE IT: Email Cluster B SEV2') and
       first(m).startswith('Reply YES to publish exactly the text between the '
                           'rulers, or ACK to take it without publishing.'),
       'who may publish is asked for a yes', text_of(m))
m = mine(got, 'lead2')
tap.ok('YES' not in words(m) and RULER not in text_of(m) and
       first(m).startswith('Reply ACK to say that you are on it. INC-2026-0042:'
                           ' nobody has taken it since 14:15 UTC'),
       'who may not is asked to be there, and sees no draft', text_of(m))
tap.ok('\n  yes\n' not in text_of(m) and '\n  ack\n' in text_of(m),
       'nor the word among the answers')
tap.ok('.t2.' in str(m['Reply-To']), 'his answer is to the step',
       m['Reply-To'])
m = mine(got, 'noc1')
tap.ok('SEV2, Email Cluster B. Nothing is public yet.' in words(m),
       'a copy says of what', text_of(m))
got = desk.answer(mine(got, 'lead2'), 'yes', sender=LEAD2,
                  at='2026-03-04 14:26:00')
m = mine(got, 'lead2')
tap.ok(m['Sitrep-Result'] == 'ok' and first(m).startswith(
    'INC-2026-0042: noted, you are on it. Marketing has it since 14:15 UTC.'),
    'yes to it is an ack', text_of(m))
tap.same((desk.posts(), owner(desk)), ([], ''),
         'which publishes nothing, and makes nobody of support its owner')
tap.ok(first(mine(got, 'noc1')).startswith(
    'INC-2026-0042: Support Lead is on it.'), 'NOC hears of it')
desk.tick(at='2026-03-04 14:29:59')
desk.sql('UPDATE timer SET due_at = due_at + 3600 WHERE kind = 2 AND '
         'fired_at IS NULL')
got = desk.tick(at='2026-03-04 14:30:01')
tap.ok('It is with' not in words(mine(got, 'comms1')), 'it is with nobody')
desk.audit(tap)
desk.close()

# ---- somebody has it, and nothing is public ----
desk = new()
desk.mail(LEAD, say(), 'ack\n', subject='[INC-2026-0042] x',
          at='2026-03-04 14:17:00')
got = desk.tick(at='2026-03-04 14:30:01')
m = mine(got, 'comms1')
tap.ok(first(m).startswith('INC-2026-0042: nothing is public yet, and the '
                           'first post is due now.') and
       'SEV2, Email Cluster B. Nothing is public yet. Comms Lead has it.' in
       words(m), 'who is on call hears who has it', text_of(m))
got = desk.tick(at='2026-03-04 14:40:01')
m = mine(got, 'comms2')
tap.same(m['Subject'], '[INTERNAL] [INC-2026-0042] Escalated to level 2: '
         'Email Cluster B SEV2', 'it isn\'t his: escalated to level 2')
tap.ok(first(m).startswith('Reply YES to publish exactly the text between the '
                           'rulers, or ACK to say that you are on it. Comms '
                           'Lead has it.'), 'ack doesn\'t take it over',
       text_of(m))
m = mine(got, 'lead2')
tap.ok('Comms Lead has it' in words(m) and 'handoff' not in words(m),
       'who can\'t take it over isn\'t told how', text_of(m))
got = desk.tick(at='2026-03-04 15:00:01')
m = mine(got, 'exec1')
tap.same(m['Subject'], '[INTERNAL] [INC-2026-0042] Escalated to level 3: '
         'Email Cluster B SEV2', 'executives: escalated to level 3')
tap.ok('\nn1 ' not in text_of(m) and 'Tried so far:' in text_of(m) and
       'Nothing is public yet.' in text_of(m), 'short, and who was tried',
       text_of(m))
got = desk.answer(m, 'yes', sender=EXEC, at='2026-03-04 15:01:00')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'one word makes it public')

# ---- by somebody's word ----
got = desk.mail(NOC1, say(), 'escalate 2 we need the storage people\n',
                subject='[INC-2026-0042] x', at='2026-03-04 15:10:00')
m = mine(got, 'comms2')
tap.same(m['Subject'], '[INTERNAL] [INC-2026-0042] NOC One calls you: Email '
         'Cluster B SEV2', 'who calls stands in the subject')
tap.ok(first(m).startswith('INC-2026-0042: NOC One calls you: we need the '
                           'storage people. Reply ACK to say that you are on '
                           'it.'), 'why, and what is asked', text_of(m))
tap.ok(first(mine(got, 'noc1')).startswith(
    'INC-2026-0042: level 2 is paged: Comms Two, Support Lead.'),
    'the receipt names them', text_of(mine(got, 'noc1')))
m = mine(got, 'comms1')
tap.ok(first(m).startswith('INC-2026-0042: NOC One calls Comms Two, Support '
                           'Lead: we need the storage people.') and
       'SEV2, Email Cluster B. Public: investigating, update 1 of 15:01 UTC. '
       'Comms Lead has it.' in words(m), 'and so do the copies', text_of(m))
tap.ok(m['Subject'].endswith('level 2 is called'), 'by their level',
       m['Subject'])
got = desk.mail(NOC1, say(), 'escalate exec1\n', at='2026-03-04 15:12:00',
                subject='[INC-2026-0042] x')
m = mine(got, 'comms1')
tap.ok(m['Subject'].endswith('Duty Exec is called') and first(m).startswith(
    'INC-2026-0042: NOC One calls Duty Exec. '), 'or by name', text_of(m))
tap.ok(first(mine(got, 'noc1')).startswith(
    'INC-2026-0042: paged: Duty Exec.'), 'a person is no level',
    text_of(mine(got, 'noc1')))

# ---- under an embargo a subject names no service ----
desk.mail(SEC, say(), 'disclosure: embargoed\n', at='2026-03-04 15:14:00',
          subject='[INC-2026-0042] x')
got = desk.mail(NOC1, say(), 'escalate 3\n', at='2026-03-04 15:15:00',
                subject='[INC-2026-0042] x')
tap.same(mine(got, 'exec1')['Subject'], '[INTERNAL] [INC-2026-0042] NOC One '
         'calls you: SEV2', 'embargoed: no service in the subject')
desk.audit(tap)
desk.close()

# ---- to have it is one thing, to post another ----
desk = new()
got = desk.tick(at='2026-03-04 14:20:01')
desk.answer(mine(got, 'comms1'), 'ack', sender=COMMS1, at='2026-03-04 14:21:00')
tap.same(owner(desk), 'comms1', 'paged once more, comms on call takes it')
desk.tick(at='2026-03-04 14:30:01')
got = desk.tick(at='2026-03-04 14:40:01')
tap.ok(to(got, '5550200@pager.example') is not None and
       'Escalated to level 2' in mine(got, 'comms2')['Subject'],
       'and posts nothing: level 2 is paged, whoever answered before',
       mine(got, 'comms2')['Subject'])
desk.close()
tap.done()
