#!/usr/bin/env python3
# Nobody answers, and the clock climbs: who is paged at which minute, and what
# stops it.  Who answers in whose place, twice, late, or after the end.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
from rig import CONF

PAGERS = {'comms1@example.net': '5550134', 'comms2@example.net': '5550135',
          'exec1@example.net': '5550136'}
LOUD = CONF
for person, number in (('comms2', '5550135'), ('exec1', '5550136')):
    LOUD = LOUD.replace(
        'addresses = {{ "%s@example.net" }}' % person,
        'addresses = {{ "%s@example.net" }}  page = {{ "%s@pager.example" }}'
        % (person, number))

tap = Tap()
LAST = []  # the desks, to be looked at in the end


def desk(**more):
    LAST.append(Desk(members=1, number=42, conf=LOUD, **more))
    return LAST[-1]


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split()) if m else ''


def at(clock, day=4):
    return '2026-03-%02d %s' % (day, clock)


def paged(got):
    """Whose pagers rang."""
    return sorted(p.split('@')[0] for p, n in PAGERS.items()
                  if to(got, n + '@pager.example') is not None)


def told(got):
    return sorted({rcpt(m).split('@')[0] for m in got
                   if m['Sitrep-Internal'] and 'pager' not in rcpt(m)})


def steps(d, event='INC-2026-0042'):
    """(kind, step) of all timers that fired, in order."""
    return d.sql('SELECT kind, step FROM timer WHERE fired_at IS NOT NULL '
                 'ORDER BY fired_at, kind, step')


def owner(d):
    return d.show('INC-2026-0042')['event']['owner']


def reply(d, m, body, who, clock, **more):
    got = d.answer(m, body, sender=who, at=at(clock), **more)
    return to(got, address_of(who)), got


# ---- acceptance 3: nobody acks a SEV2
d = desk()
d.opened(at=at('14:00'))
tap.same(d.tick(at=at('14:14:59')), [], 'T1 is not early')
rings = []
for clock in ('14:15', '14:20', '14:25', '14:30'):
    got = d.tick(at=at(clock))
    rings.append((clock, paged(got)))
    tap.same(len({rcpt(m) for m in got if m['Message-ID'].startswith(
        '<inc-2026-0042.t2')}), len([m for m in got if m[
            'Message-ID'].startswith('<inc-2026-0042.t2')]),
        '%s: one mail a person of a step' % clock)
tap.same(rings, [('14:15', ['comms1']), ('14:20', ['comms1', 'comms2']),
                 ('14:25', ['comms2']), ('14:30', ['exec1'])],
         'pages at 0, 5, 10 and 15 min: L1, backup, L2, L3')
tap.ok('called: Duty Exec' in words([m for m in got if rcpt(
    m) == 'commslead@example.net'][0]), 'a copy says who is called now')
d2 = desk()
d2.opened(at=at('14:00'))
d2.tick(at=at('14:15'))
got = d2.tick(at=at('14:20'))
tap.ok('paged at 14:20 UTC: Comms One, Comms Two' in words(
    to(got, 'noc1@example.net')), 'NOC sees who was paged again',
    words(to(got, 'noc1@example.net')))
got = d.tick(at=at('14:40'))
tap.same(paged(got), ['comms2'], 'T3 at 10 min over: level 2')
got = d.tick(at=at('15:00'))
tap.same((paged(got), d.posts()), (['exec1'], []),
         'T3 at 30 min over: level 3, and nothing is public')
tap.ok('Tried so far: 14:15 level 1: Comms One' in words(
    to(got, 'exec1@example.net')), 'it says who was tried')
tap.same(steps(d), [(1, 1), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)],
         'each step once, in order')
tap.same([m for m in d.tick(at=at('23:00')) if 'war room' not in m['Subject']],
         [], 'and then it is at its end')

# ---- SEV3 climbs to level 2, SEV4 is mailed in office hours
d = desk()
d.opened(subject='Sev3 cluster b: slow', at=at('14:00'))
rings = []
for clock in ('14:15', '14:20', '14:25', '14:30', '14:40', '15:00', '16:00'):
    got = d.tick(at=at(clock))
    rings += paged(got)
    tap.ok(to(got, 'exec1@example.net') is None, 'SEV3, %s: no executive' %
           clock, told(got))
tap.same(rings, ['comms1', 'comms1', 'comms2', 'comms2', 'comms2'],
         'SEV3: levels 1 and 2 are all')
d = desk()
d.opened(subject='Sev4 cluster b: odd', at=at('17:30', 6))  # a Friday
got = d.tick(at=at('18:30', 6))
tap.same(told(got), ['comms1', 'comms2', 'commslead', 'noc1'],
         'SEV4: handed off after an hour')
tap.same(d.tick(at=at('09:04', 9)), [], 'the weekend is quiet')
got = d.tick(at=at('09:05', 9))
tap.same(told(got), ['comms1', 'comms2', 'noc1'], 'T2 on Monday at 09:05')
d.tick(at=at('16:00', 9))
tap.same([m['Subject'] for m in d.letters if 'pager' in rcpt(m)], [],
         'SEV4 is mailed, never paged')
tap.same([k for k in steps(d) if k[0] == 2], [(2, 1), (2, 2)],
         'and ends at level 2')

# ---- raised in the middle: the ladder goes on, in the same delivery
d = desk()
d.opened(subject='Sev3 cluster b: slow', at=at('14:00'))
for clock in ('14:15', '14:20', '14:25', '14:30'):
    d.tick(at=at(clock))
got = d.mail(NOC1, say(), 'severity 2\n\nIt grows.\n',
             subject='[INC-2026-0042] x', at=at('14:35'))
tap.same((paged(got), [s for s in steps(d) if s[0] == 2][-1]),
         (['exec1'], (2, 3)), 'raised to SEV2: level 3 at once')
d = desk()
d.posted()  # at 14:12, until 16:12
got = d.mail(NOC1, say(), 'severity 1\n\nAll of them.\n',
             subject='[INC-2026-0042] x', at=at('15:14'))
tap.same(([s for s in steps(d) if s[0] == 4],
          [m['Subject'] for m in got if 'due soon' in m['Subject']],
          paged(got)), ([(4, 2)], [], ['comms1']),
         'raised past the next update: due, and no reminder with it')
d = desk()
d.opened(subject='Sev4 cluster b: odd', at=at('10:00'))
d.tick(at=at('11:00'))
got = d.mail(NOC1, say(), 'severity 1\n', subject='[INC-2026-0042] x',
             at=at('11:04'))
tap.same(paged(got), [], 'raised to SEV1: what is not due yet waits')
got = d.tick(at=at('11:05'))
tap.same(paged(got), ['comms1', 'comms2'], 'and fires by the new severity')

# ---- no mail overtakes a timer
d = desk()
d.opened(at=at('14:00'))
got = d.mail(NOC1, say(), 'Webmail is slow too.\n', subject='[INC-2026-0042] x',
             at=at('14:15'))
tap.same(paged(got), ['comms1'], 'T1 is due when a note comes: it fires')
mine = [m for m in got if m['Auto-Submitted'] == 'auto-replied']
tap.ok(len(mine) == 1 and 'Marketing was paged just now' in words(mine[0]),
       'and the answer says so', [words(m) for m in mine])
got = d.mail(COMMS1, say(), 'ack\n', subject='[INC-2026-0042] x',
             at=at('14:20'))
tap.same((paged(got), owner(d)), (['comms1', 'comms2'], 'comms1'),
         'T2 that is due fires before the ack')
tap.same([rcpt(m) for m in d.tick(at=at('14:29'))], [],
         'which ends it all the same')

# ---- answers: by another level, twice, late, by the wrong person, after
d = desk()
d.opened(at=at('14:00'))
d.tick(at=at('14:15'))
hand = to(d.letters, 'comms1@example.net')
first = [m for m in d.letters if rcpt(m) == '5550134@pager.example'][0]
m, got = reply(d, hand, 'ack', NOC2, '14:16')
tap.same((m['Sitrep-Result'], owner(d)), ('E42', ''),
         'ack by NOC: not for it')
m, got = reply(d, hand, 'ack', SUPPORT, '14:16')
tap.same((m['Sitrep-Result'], owner(d)), ('E42', ''), 'nor for support')
got = d.tick(at=at('14:20'))
second = to(got, '5550135@pager.example')
got = d.mail('5550134@pager.example', str(first['Reply-To']), 'ok\n',
             auth=None, at=at('14:21'))
tap.same(owner(d), 'comms1', 'a page target\'s ack counts as its person\'s')
tap.ok('UNVERIFIED' in words(to(got, 'noc1@example.net')),
       'unproved, and so marked', words(to(got, 'noc1@example.net')))
got = d.tick(at=at('14:25'))
tap.same(paged(got), ['comms2'], 'so it doesn\'t stop the next page')
lvl2 = to(got, 'comms2@example.net')
tap.ok('YES' in words(lvl2) or 'Comms One has it' in words(lvl2),
       'level 2 is told', words(lvl2))
m, got = reply(d, lvl2, 'ack', COMMS2, '14:26')
tap.same((m['Sitrep-Result'], owner(d)), ('ok', 'comms1'),
         'ack of level 2: he is on it, comms1 keeps it')
tap.ok('Comms Two is on it' in words(to(got, 'noc1@example.net')),
       'NOC hears of it')
m, got = reply(d, lvl2, 'ack', COMMS2, '14:27')
tap.same((m['Sitrep-Result'], owner(d)), ('E14', 'comms1'), 'twice: E14')
tap.ok('handoff comms2' in words(m), 'with how to take it over', words(m))
m, got = reply(d, hand, 'ack', COMMS1, '14:28')
tap.same((m['Sitrep-Result'], owner(d)), ('ok', 'comms1'),
         'the owner\'s proved ack')
tap.same([s for s in steps(d) if s[0] == 2], [(2, 1), (2, 2)],
         'ends T2 before level 3')
tap.same(told(d.tick(at=at('14:30'))), ['comms1'],
         'T3 asks the owner only')
p = d.mail(COMMS1, say(), 'resolve\n\nIt works.\n',
           subject='[INC-2026-0042] x', at=at('14:31'))
reply(d, to(p, 'comms1@example.net'), 'yes', COMMS1, '14:32')
m, got = reply(d, hand, 'ack', COMMS1, '14:40')
tap.same((m['Sitrep-Result'], d.show('INC-2026-0042')['event']['phase']),
         ('E11', 'closed'), 'after the end: E11, nothing changes')
tap.same(paged(d.tick(at=at('20:00'))), [], 'and nothing climbs any more')
# An ack that was long under way.
d = desk()
d.opened(at=at('14:00'))
d.tick(at=at('14:15'))
hand = to(d.letters, 'comms1@example.net')
d.tick(at=at('14:20'))
m, got = reply(d, hand, 'ack', COMMS1, '14:33',
               date='Wed, 04 Mar 2026 14:16:00 +0000')
tap.same(owner(d), 'comms1', 'a late ack is one', )
tap.ok('W40' not in m['Sitrep-Result'] or owner(d) == 'comms1', 'all the same')

# ---- acceptance 22: the year ends in the middle of it
d = desk(at='2026-12-31 23:00')
d.opened(at='2026-12-31 23:50')
d.tick(at='2026-12-31 23:59:59')
rings = [paged(d.tick(at='2027-01-01 00:%02d' % m)) for m in (5, 10, 15, 20)]
tap.same(rings, [['comms1'], ['comms1', 'comms2'], ['comms2'], ['exec1']],
         'over the end of the year it climbs as ever')
tap.same({m['Sitrep-Event'] for m in d.internal()}, {'INC-2026-0042'},
         'under the name that it had')

# ---- by somebody's word
d = desk()
d.opened(at=at('14:00'))
got = d.mail(NOC1, say(), 'escalate 3 all customers call\n',
             subject='[INC-2026-0042] x', at=at('14:03'))
tap.same((paged(got), d.show('INC-2026-0042')['event']['phase']),
         (['exec1'], 'open'), 'escalate 3 pages the executive now')
tap.ok('all customers call' in words(to(got, 'exec1@example.net')),
       'with the reason')
m, got = reply(d, to(got, 'exec1@example.net'), 'ack', EXEC, '14:05')
tap.same(owner(d), 'exec1', 'who takes it')
tap.same(d.tick(at=at('14:16')), [], 'and nobody else is paged')

# ---- acceptance 2 and 4
d = desk()
d.opened(at=at('14:00'))
got = d.mail(NOC1, say(), 'fixed, pool restarted\n',
             subject='[INC-2026-0042] x', at=at('14:09'))
tap.same((d.show('INC-2026-0042')['event']['phase'], paged(got),
          d.tick(at=at('14:30'))), ('closed_quiet', [], []),
         'resolved before the hand-off: nobody is paged')
d = desk()
d.posted()  # 14:12, its promise 16:12
got = d.tick(at=at('15:52'))
mine = to(got, 'comms1@example.net')
tap.ok('delay 30m and why' in words(mine), 'the reminder is the form',
       words(mine))
for clock, who in (('16:12', ['comms1']), ('16:22', ['comms2']),
                   ('16:42', ['exec1'])):
    tap.same(paged(d.tick(at=at(clock))), who, 'T4 at %s' % clock)
tap.ok('overdue since 16:12 UTC' in ' '.join(d.tree().split()),
       'the page says overdue')
got = d.mail(COMMS1, say(), 'same\n', subject='[INC-2026-0042] x',
             at=at('16:45'))
reply(d, to(got, 'comms1@example.net'), 'yes', COMMS1, '16:46')
tap.ok('overdue since' not in ' '.join(d.tree().split()),
       'and no more after the next update')
for d in LAST:
    d.audit(tap)
    d.close()
tap.done()
