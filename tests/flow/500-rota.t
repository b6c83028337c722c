#!/usr/bin/env python3
# The rota: a swap by mail that both confirm, refusals, what can't be swapped;
# nobody on call; a gap that is told daily until it is mended; calendars.
import json
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import TOP, Rig, Tap, epoch, rcpt, text_of, to

tap = Tap()
IN = 'incident@in.status.example'
NOC1 = 'NOC One <noc1@example.net>'
COMMS1 = 'Comms One <comms1@example.net>'
COMMS2 = 'Comms Two <comms2@example.net>'
C1, C2 = 'comms1@example.net', 'comms2@example.net'
WEEK = '2026-03-02T00:00Z 2026-03-09T00:00Z '
ROTA = (WEEK + 'comms 1 comms1\n' + WEEK + 'comms 2 comms1\n' +
        WEEK + 'noc 1 noc1\n')
EXTRA = '''person "left" { name = "Comms Three" addresses = { "comms3@example.net" } roles = { "comms" } }
person "root" { name = "Root One" addresses = { "root1@example.net" } roles = { "admin" } }
'''


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else ''


def rota(rig):
    return json.loads(rig.run('show', 'rota', '--json', check=True).stdout)


def holders(rig):
    return [(r['role'], r['level'], r['person']) for r in rota(rig)['rota']]


def who(got):
    return sorted(rcpt(m) for m in got)


# -- a swap -------------------------------------------------------------------

rig = Rig(members=1, rota=ROTA, extra=EXTRA, at='2026-03-04 14:00')
got = rig.mail(COMMS1, IN, 'swap with comms2 until 18:00 UTC\n\nDentist.\n',
               subject='please')
tap.same(who(got), [C1, C2], 'both are asked')
mine, theirs = to(got, C1), to(got, C2)
tap.ok('Is Comms Two to be on call as comms level 1 and comms level 2 for you '
       'until 4 Mar 2026 18:00 UTC? Reply YES' in flat(mine),
       'the sender confirms', text_of(mine))
tap.ok('Comms One asks you to be on call as comms level 1 and comms level 2 '
       'until 4 Mar 2026 18:00 UTC; reply yes or no.' in flat(theirs),
       'the other is asked', text_of(theirs))
tap.ok('Reply with one of: yes no' in flat(mine) and
       'Reply with one of: yes no' in flat(theirs), 'with one word')
tap.same([str(m['Subject']) for m in (mine, theirs)],
         ['Swap: please [INTERNAL]',
          '[INTERNAL] swap? comms level 1 and comms level 2'], 'subjects')
tap.ok(mine['Reply-To'] != theirs['Reply-To'] and
       mine['Message-ID'] != theirs['Message-ID'], 'a question each')
tap.same(rig.run('show', check=True).stdout, b'No open event.\n',
         'no event comes of it')
tap.same([s['from'] for s in rota(rig)['swaps']], [None, None],
         'nothing is swapped yet')
tap.ok('Swap asked for: comms 1, Comms Two for Comms One until 4 Mar 2026 '
       '18:00 UTC' in rig.run('show', 'rota').stdout.decode(),
       'show rota has it')

got = rig.answer(theirs, 'yes\n', sender=COMMS1, at='2026-03-04 14:02')
tap.ok(to(got, C1)['Sitrep-Result'] == 'E43' and
       rota(rig)['swaps'][0]['taker_yes'] is None,
       "nobody answers another's question", text_of(to(got, C1)))
got = rig.answer(mine, 'Yes\n', at='2026-03-04 14:03')
tap.same(who(got), [C1], 'one yes is noted, and disturbs nobody else')
tap.ok('in force as soon as Comms Two says yes too' in flat(got[0]),
       '... and says what is missing', text_of(got[0]))
tap.same(holders(rig)[0], ('comms', 1, 'comms1'), 'still the old one')
got = rig.answer(mine, 'yes\n', at='2026-03-04 14:04')
tap.same(str(to(got, C1)['Sitrep-Result']), 'E14', 'yes again')
got = rig.answer(theirs, 'ok!\n', at='2026-03-04 14:05')
tap.same(who(got), [C1, C2], 'both are told')
for m in got:
    tap.ok('Swapped: Comms Two is on call as comms level 1 and comms level 2 '
           'from 14:05 UTC until 4 Mar 2026 18:00 UTC instead of Comms One.'
           in flat(m), 'that it is in force', text_of(m))
tap.same(holders(rig), [('comms', 1, 'comms2'), ('noc', 1, 'noc1'),
                        ('comms', 2, 'comms2')], 'the rota has it')
tap.same(rota(rig)['rota'][0]['until'], '2026-03-04T18:00:00Z',
         '... until its time')
text = rig.run('show', 'rota').stdout.decode()
tap.ok('Level 1: Comms Two (comms2), comms, until 4 Mar 2026 18:00 UTC\n'
       in text and 'Swapped: comms 1, Comms Two for Comms One until' in text,
       'show rota', text)
got = rig.mail(NOC1, IN, 'who\n')
tap.ok('Level 1: Comms Two (comms2)' in flat(got[0]) and
       'Swapped: comms 1' in flat(got[0]), 'and the answer to who',
       text_of(got[0]))
got = rig.mail(NOC1, IN, 'Severity: 1\n\ndown\n', subject='dns',
               at='2026-03-04 14:10')
tap.ok(to(got, C2) is not None and
       str(to(got, C2)['Subject']).startswith('YOU HAVE IT'),
       'who stands in is paged', who(got))

# -- over, on, back -----------------------------------------------------------

rig.now = epoch('2026-03-04 14:20')
rig.run('tick', check=True)
rig.out()
got = rig.mail(COMMS2, IN, 'swap with left until 16:00 UTC\n')
rig.answer(to(got, 'comms3@example.net'), 'yes\n')
got = rig.answer(to(got, C2), 'yes\n')
tap.same(who(got), [C2, 'comms3@example.net'], 'who stands in may pass it on')
tap.same(holders(rig)[0], ('comms', 1, 'left'), '... and it holds')
rig.run('tick', at='2026-03-04 16:00')
tap.same(holders(rig)[0], ('comms', 1, 'comms2'), '... for its time')
rig.run('tick', at='2026-03-04 17:59:59')
tap.same(holders(rig)[0], ('comms', 1, 'comms2'), 'to the last second')
rig.run('tick', at='2026-03-04 18:00')
tap.same((holders(rig)[0], rota(rig)['swaps']), (('comms', 1, 'comms1'), []),
         'then the rota holds again')

rig.out()

# -- refused ------------------------------------------------------------------

got = rig.mail(NOC1, IN, 'swap with NOC Two until tomorrow 08:00\n')
m = to(got, 'noc2@example.net')
tap.ok(m is not None and 'NOC One asks you to be on call as noc level 1 until '
       '5 Mar 2026 13:00 UTC' in flat(m), 'in the zone of the writer',
       '\n'.join(text_of(x) for x in got))
mine = to(got, 'noc1@example.net')
tap.ok('5 Mar 2026 13:00 UTC (08:00 Toronto)' in flat(mine),
       '... who sees both', text_of(mine))
again = rig.answer(m, 'yes\n\nbut only until seven\n')
tap.same((who(again), str(again[0]['Sitrep-Result'])),
         (['noc2@example.net'], 'E40'), 'yes, but: no')
got = rig.answer(m, 'no, I am away\n')
tap.same(who(got), ['noc1@example.net', 'noc2@example.net'],
         'no: both are told')
tap.ok(all('No swap: NOC Two said no. NOC One stays on call as noc level 1'
           in flat(x) for x in got), '... who stays', flat(got[0]))
got = rig.answer(mine, 'yes\n')
tap.ok(str(got[0]['Sitrep-Result']) == 'E14' and 'was refused' in flat(got[0]),
       'a yes after that', text_of(got[0]))
tap.same(holders(rig)[1], ('noc', 1, 'noc1'), 'nothing is swapped')

# -- what can't be ------------------------------------------------------------

for sender, line, code, says in (
        (COMMS1, 'swap with noc1 until 22:00 UTC', 'E24',
         "NOC One can't be on call as comms level 1, for want of the role"),
        (COMMS1, 'swap with nobody until 22:00 UTC', 'E24',
         'Nobody here is called "nobody"; nothing was swapped'),
        (COMMS1, 'swap with comms1 until 22:00 UTC', 'E24', 'yourself'),
        (COMMS1, 'swap with comms2', 'E24', 'say until when'),
        (COMMS1, 'swap with comms2 until 2026-03-19 22:00Z', 'E24', '14 days'),
        (COMMS1, 'swap with comms2 until 2026-03-04 12:00Z', 'E24', ''),
        (COMMS1, 'swap with comms2 until later', 'E23', ''),
        (COMMS2, 'swap with comms1 until 22:00 UTC', 'E24',
         "you aren't on call now"),
        ('Root One <root1@example.net>', 'swap with comms1 until 22:00 UTC',
         'E24', "you aren't on call now")):
    before = rig.sql('SELECT count(*) FROM swap')
    got = rig.mail(sender, IN, line + '\n')
    tap.ok(len(got) == 1 and str(got[0]['Sitrep-Result']) == code and
           says in flat(got[0]) and
           before == rig.sql('SELECT count(*) FROM swap'),
           line, '\n'.join(text_of(m) for m in got))
got = rig.mail(COMMS1, IN, 'swap with comms2 until 22:00 UTC\n'
               'swap with left until 23:00 UTC\n')
tap.ok('one swap a mail' in flat(to(got, C1)), 'two in a mail',
       text_of(to(got, C1)))
tap.same(rig.run('show', check=True).stdout.decode().count('INC-'), 1,
         'none of them opened an event')

got = rig.mail(COMMS1, IN, 'swap with comms2 until 22:00 UTC\n', auth='none')
tap.same([(rcpt(m), str(m['Sitrep-Result'])) for m in got], [(C1, 'E43')],
         'unproved: a question first')
got = rig.answer(got[0], 'yes\n')
tap.same(who(got), [C1, C2], '... and then both are asked')
asked = got
for m in asked:
    got = rig.answer(m, 'yes\n', at='2026-03-04 22:00')
    tap.ok('its time is over' in flat(got[0]), 'too late', text_of(got[0]))
got = rig.mail(COMMS1, IN, 'swap with comms2 until 6 Mar 12:00 UTC\n')
rig.write('rota', ROTA.replace('comms1', 'left'))
got = rig.answer(to(got, C2), 'yes\n')
tap.ok("Comms One isn't on call any more" in flat(got[0]),
       'the giver has nothing left to give', text_of(got[0]))
rig.close()

# -- nobody on call -----------------------------------------------------------

ADMIN = 'root@localhost'


def alarms(got):
    return sorted(rcpt(m) for m in got if str(m['Subject']).startswith('Rota'))


rig = Rig(members=1, at='2026-03-04 14:00', extra=EXTRA,
          rota=WEEK + 'noc 1 noc1\n' + WEEK + 'comms 2 comms2\n')
rig.mail(NOC1, IN, 'cluster b: down\n', subject='Sev2 cluster b')
got = rig.tick(at='2026-03-04 14:15')
tap.ok(str(to(got, C2)['Subject']).startswith('YOU HAVE IT'),
       'the next level gets it', who(got))
alarm = [m for m in got if rcpt(m) == ADMIN and '.gap@' in m['Message-ID']]
tap.ok(len(alarm) == 1 and 'INC-2026-0001 was handed over at 14:15 UTC, and '
       'nobody is on call as comms level 1. Paged instead: Comms Two. Mend the '
       'rota %s' % rig.path('rota') in flat(alarm[0]),
       'and the administrator hears of it', '\n'.join(map(text_of, got)))
got = rig.tick(at='2026-03-04 14:20') + rig.tick(at='2026-03-04 14:40')
tap.same([str(m['Subject']) for m in got if rcpt(m) == ADMIN], [],
         '... once for the event')
rig.mail(NOC1, IN, 'webmail: down\n', subject='Sev1 webmail',
         at='2026-03-04 15:00')
tap.same(rig.sql("SELECT count(*) FROM letter WHERE mid LIKE '%.gap@%'"),
         [(2,)], '... and for the next one again')
rig.close()

# -- T13 ----------------------------------------------------------------------

rig = Rig(members=1, at='2026-03-03 12:00', extra=EXTRA,
          rota='2026-03-01T00:00Z 2026-03-06T06:00Z comms 1 comms1\n'
          '2026-03-06T08:00Z 2026-03-06T09:00Z comms 1 comms1\n'
          '2026-03-06T10:00Z 2026-03-20T00:00Z comms 1 comms1\n')
tap.same(alarms(rig.tick(at='2026-03-03 05:59')), [], 'no gap in 72 hours')
tap.same(rig.sql("SELECT told FROM watch WHERE what = 'rota'"), [(0,)],
         '... nobody is told')
got = rig.tick(at='2026-03-03 08:00')
tap.same(alarms(got), ['commslead@example.net', 'root1@example.net', ADMIN],
         'a gap: the administrator, the lead')
m = to(got, 'commslead@example.net')
tap.ok('Nobody is on call as comms level 1: from 6 Mar 2026 06:00 UTC until '
       '6 Mar 2026 08:00 UTC What' in flat(m) and rig.path('rota') in flat(m)
       and 'Add a line `comms 1`' in flat(m), 'when, and what to do',
       text_of(m))
tap.ok('Rota: nobody on call from 6 Mar 2026 06:00 UTC' in m['Subject'] and
       ADMIN in str(m['Reply-To']) and m['Auto-Submitted'] == 'auto-generated',
       'its headers', str(m))
tap.ok(b'Timer: T13' in bytes(rig.sql(
    "SELECT raw FROM message WHERE source = 'clock'")[-1][0]), 'in the journal')
tap.same(sum((alarms(rig.tick(at=t)) for t in (
    '2026-03-03 08:00', '2026-03-03 12:00', '2026-03-04 07:59:59')), []), [],
    'not again the same day')
got = rig.tick(at='2026-03-04 08:00')
tap.ok(len(alarms(got)) == 3 and 'from 6 Mar 2026 09:00 UTC until 6 Mar 2026 '
       '10:00 UTC' in flat(got[0]), 'daily, with every gap', flat(got[0]))
tap.same(alarms(rig.tick(at='2026-03-02 09:00')), [], 'a clock set back')
tap.same(alarms(rig.tick(at='2026-03-04 08:10')), [], '... and forth')
rig.sql("UPDATE watch SET due = due + 1000000000, told = told + 1000000000")
tap.same(alarms(rig.tick(at='2026-03-04 09:00')), [], 'one that was years ahead')
tap.ok(len(alarms(rig.tick(at='2026-03-05 09:00'))) == 3, '... tells in a day')
tap.ok('GAP: nobody is on call as comms level 1 from 6 Mar 2026 06:00 UTC '
       'until 6 Mar 2026 08:00 UTC' in rig.run('show', 'rota').stdout.decode(),
       'show rota')
tap.same(rota(rig)['gaps'], [{'from': '2026-03-06T06:00:00Z',
                              'until': '2026-03-06T08:00:00Z'}],
         '... for programs')
m = rig.mail(NOC1, IN, 'who\n')[0]
tap.ok('GAP: nobody is on call' in flat(m), 'who', text_of(m))
rig.write('rota', '2026-03-01T00:00Z 2026-03-20T00:00Z comms 1 comms1\n')
tap.same(alarms(rig.tick(at='2026-03-05 10:00')), [], 'mended')
rig.write('rota', '2026-03-01T00:00Z 2026-03-06T00:00Z comms 1 comms1\n')
got = rig.tick(at='2026-03-05 11:00')
tap.ok(len(alarms(got)) == 3 and 'until further notice' in flat(got[0]),
       'the next gap, without an end', flat(got[0]) if got else '')
rig.close()

# -- calendars, and what check says -------------------------------------------

rig = Rig(members=1, at='2026-03-04 14:00')
conf = rig.read('sitrep.conf').replace('/rota"', '/rota.ics"')
rig.write('sitrep.conf', conf)
ICS = '''BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY:comms 1 comms1
DTSTART;TZID=America/Toronto:20260302T090000
DTEND;TZID=America/Toronto:20260309T090000
RRULE:FREQ=WEEKLY;INTERVAL=2
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:comms 1 comms2
DTSTART;TZID=America/Toronto:20260309T090000
DTEND;TZID=America/Toronto:20260316T090000
RRULE:FREQ=WEEKLY;INTERVAL=2
END:VEVENT
END:VCALENDAR
'''


def check(*lines):
    done = rig.run('check')
    return [s for s in done.stdout.decode().splitlines() if '  rota ' in s]


with open(os.path.join(TOP, 'contrib', 'rota.ics')) as f:
    rig.write('rota.ics', f.read())
tap.same(holders(rig), [('comms', 1, 'comms1'), ('comms', 2, 'comms2'),
                        ('exec', 3, 'exec1')], 'the sample of a calendar')
rig.write('rota.ics', ICS)
tap.same(holders(rig), [('comms', 1, 'comms1')], 'a calendar')
tap.same(rota(rig)['rota'][0]['until'], '2026-03-09T13:00:00Z',
         'handed over at nine in Toronto, daylight saving or not')
tap.ok('on call for comms is comms1' in check()[0], 'check likes it', check())
rig.write('rota.ics', ICS.replace('20260309T090000\nDTEND',
                                  '20260307T090000\nDTEND'))
tap.ok(any('WRONG' not in s and 'rota.ics:10: overlaps line 3 (comms level 1 '
           'from 2026-03-07T14:00:00Z): comms2 holds' in s for s in check()),
       'an overlap: both lines and who holds', check())
rig.write('rota.ics', ICS.replace('comms 1 comms2', 'comms 1 nobody'))
tap.ok('WRONG' in check()[0] and 'rota.ics:10: no such person: nobody' in
       check()[0], 'an unknown person', check())
done = rig.run('serve')
tap.ok(done.returncode != 0 and b'rota.ics:10: no such person' in done.stderr,
       'start-up says the same', done)
rig.write('rota.ics', ICS.replace('T090000', 'T240000', 1))
tap.ok('rota.ics:6: 20260302T240000 is no time' in check()[0], 'a bad time',
       check())
rig.write('rota.ics', ICS.replace('INTERVAL=2', 'INTERVAL=2;UNTIL=20260303'))
tap.ok(any('nobody is on call for comms' not in s and 'WRONG' not in s
           for s in check()), 'the last of them', check())
rig.run('tick', at='2026-03-08 14:00')
tap.ok(any('WRONG' in s and 'from 2026-03-09T13:00:00Z until' in s
           for s in check()), 'a gap: from when to when', check())
rig.close()

tap.done()
