#!/usr/bin/env python3
"""Acks that aren't one: from the wrong person, twice, late, after the end,
unproved, by forged and by stolen page addresses."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

tap = Tap()
PAGER = '5550134@pager.example'
NAME = 'INC-2026-0042'


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def new(at='2026-03-04 14:15:01'):
    desk = Desk(members=1, number=42)
    desk.opened(at='2026-03-04 14:00:00')
    desk.handed = desk.tick(at=at)
    return desk


def state(desk):
    """What an ack could have changed."""
    e = desk.show(NAME)['event']
    return (e['owner'], e['phase'], desk.sql(
        'SELECT kind, step, due_at FROM timer WHERE fired_at IS NULL AND '
        'cancelled_at IS NULL ORDER BY kind, step'), desk.sql(
        'SELECT acked FROM event'))


def ack(desk, who, body='ack\n', at=None, **more):
    more.setdefault('subject', '[%s] x' % NAME)
    at = desk.now + 30 if at is None else '2026-03-04 ' + at
    got = desk.mail(who, more.pop('to', IN), body, at=at, **more)
    return to(got, address_of(who)), got


# ---- from the wrong person ----
desk = new()
before = state(desk)
for who, what in ((NOC1, 'of NOC'), (SUPPORT, 'of support, not called'),
                  (SEC, 'of security')):
    m, got = ack(desk, who)
    tap.ok(m['Sitrep-Result'] == 'E42' and state(desk) == before,
           'ack by one %s: E42, nothing changed' % what,
           '%s %s %s' % (m['Sitrep-Result'], before, state(desk)))
    tap.ok('Not done: that is for Marketing' in words(m), 'and whose it is',
           text_of(m))
    tap.same([rcpt(x) for x in got], [rcpt(m)], 'nobody else hears of it')
m, got = ack(desk, 'x@nowhere.example')
tap.same(state(desk), before, 'a stranger: held')

# ---- twice ----
ack(desk, COMMS1, at='14:18:00')
before = state(desk)
tap.same(before[0], 'comms1', 'ack')
m, got = ack(desk, COMMS1, at='14:19:00')
tap.same((m['Sitrep-Result'], state(desk)), ('E14', before),
         'the same again: E14, nothing changed')
tap.ok('It is yours since 14:18 UTC' in words(m), 'since when', text_of(m))
tap.same([rcpt(x) for x in got], [rcpt(m)], 'nobody else hears of it')
m, got = ack(desk, COMMS2, at='14:20:00')
tap.same((m['Sitrep-Result'], state(desk)), ('E14', before),
         'by another: E14, nothing changed')
tap.ok('Comms One has had it since 14:18 UTC' in words(m) and
       'handoff comms2' in words(m), 'who, since when, how', text_of(m))
m, got = ack(desk, COMMS1, 'ack\ndraft investigating\n\nWe look into it.\n',
             at='14:21:00')
tap.ok('Reply YES' in words(m) and state(desk)[0] == 'comms1',
       'an ack too many beside a draft: the draft is made', text_of(m))

# ---- late ----
m, got = ack(desk, COMMS2, at='14:29:00',
             date='Wed, 04 Mar 2026 14:16:00 +0000')
tap.ok('E14' in m['Sitrep-Result'] and state(desk)[0] == 'comms1',
       'written before, come after: another has it', text_of(m))
desk.audit(tap)
desk.close()
desk = new()
desk.mail(NOC1, say(), 'identified\n', at='2026-03-04 14:17:00',
          subject='[%s] x' % NAME)
m, got = ack(desk, COMMS1, at='14:29:00',
             date='Wed, 04 Mar 2026 14:16:00 +0000')
tap.ok(state(desk)[0] == 'comms1' and 'W40' in m['Sitrep-Result'],
       'late, and nobody has it: it counts, and says that it was late',
       text_of(m))
tap.ok(not [x for x in state(desk)[2] if x[0] == 2], 'T2 ends')
desk.close()

# ---- after the end ----
desk = new()
page = to(desk.handed, PAGER)
p = to(desk.handed, 'comms1@example.net')
desk.answer(p, 'yes', sender=COMMS1, at='2026-03-04 14:16:00')
got = desk.mail(COMMS1, say(), 'resolved\n\nIt works.\n',
                subject='[%s] x' % NAME, at='2026-03-04 14:30:00')
desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
            at='2026-03-04 14:31:00')
before = state(desk)
tap.same(before[1], 'closed', 'resolved')
m, got = ack(desk, COMMS2, at='14:40:00')
tap.same((m['Sitrep-Result'], state(desk)), ('E11', before), 'ack: E11')
short = str(page['Reply-To'])
m, got = ack(desk, COMMS1, to=short, subject='Re: page', at='14:41:00')
tap.same((m['Sitrep-Result'], state(desk)), ('E11', before),
         'ack to the page: E11')
tap.same(len(desk.sql('SELECT id FROM event')), 1, 'and no new incident')
got = desk.mail(PAGER, short, 'ack', subject='', at='2026-03-04 14:42:00')
tap.same((state(desk), len(desk.sql('SELECT id FROM event'))), (before, 1),
         'nor from the pager')
tap.ok(all(rcpt(m) != PAGER for m in got), 'which isn\'t answered')
got = desk.mail(COMMS1, short, 'ack', subject='', at='2026-04-20 14:42:00')
tap.same((state(desk)[:2], len(desk.sql('SELECT id FROM event'))),
         (before[:2], 1), 'weeks later neither')
desk.close()

# ---- forged and stolen page addresses ----
desk = new()
before = state(desk)
short = str(to(desk.handed, PAGER)['Reply-To'])
for n, address in enumerate((
        'p.aaaaaaaaaa@in.status.example', 'p.%s@in.status.example' % (
            short[3:12] + ('b' if short[2] == 'a' else 'a')),
        short.replace('p.', 'p.a')[:-1], short[:-20] + '@in.status.example',
        'P.' + short[2:12][::-1].upper() + '@in.status.example')):
    raw = desk.compose(NOC1, address, 'ack\n', subject='')
    desk.deliver(raw, address, 'noc1@example.net', at=desk.now + 30,
                 check=False)
    raw = desk.compose('x@nowhere.example', address, 'ack\n', subject='')
    desk.deliver(raw, address, 'x@nowhere.example', at=desk.now,
                 check=False)
    tap.same((state(desk), len(desk.sql('SELECT id FROM event'))),
             (before, 1), 'no page address of ours: %s' % address)
desk.out()
m, got = ack(desk, NOC1, to=short, subject='')
tap.ok('E42' in m['Sitrep-Result'] and state(desk) == before,
       'somebody else\'s page address gives no rights', text_of(m))
raw = desk.compose('x@nowhere.example', short, 'ack\n', subject='')
desk.deliver(raw, short, 'x@nowhere.example', at=desk.now + 5)
tap.same(state(desk), before, 'nor to a stranger')
desk.out()
got = desk.mail(PAGER, short, 'ack', subject='', auth=None)
tap.same(state(desk)[0], 'comms1', 'from the pager itself it is his ack')
desk.close()

# ---- unproved ----
desk = new()
m, got = ack(desk, COMMS1, at='14:16:00', auth=None)
tap.ok(m is not None and state(desk)[0] == 'comms1',
       'unproved: he has it', m and text_of(m))
tap.ok('UNVERIFIED' in words(to(got, 'noc1@example.net')),
       'and NOC reads that nobody vouches for it')
got = desk.tick(at='2026-03-04 14:20:02')
tap.ok(to(got, 'comms2@example.net') is not None and
       to(got, PAGER) is not None, 'T2 goes on')
text = words(to(got, 'comms2@example.net'))
tap.ok(to(got, 'comms1@example.net')['Subject'].startswith('YOU HAVE IT') and
       'or ACK to take it' in words(to(got, 'comms1@example.net')),
       'he is asked once more', text_of(to(got, 'comms1@example.net')))
tap.ok('nobody has taken it' not in text, 'but not as if nobody had answered',
       text)
tap.ok('Comms One' in text and 'unproved' in text, 'it says why', text)
m, got = ack(desk, COMMS1, at='14:21:00')
tap.ok(m['Sitrep-Result'] == 'ok' and
       not [x for x in state(desk)[2] if x[0] == 2],
       'a second one that is proved ends it', text_of(m))
desk.audit(tap)
desk.close()
tap.done()
