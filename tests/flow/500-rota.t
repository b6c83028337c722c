#!/usr/bin/env python3
# The rota: a swap by mail that both confirm, refusals, what can't be swapped;
# nobody on call; a gap that is told daily until it is mended; calendars.
import json
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import Rig, Tap, rcpt, text_of, to

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

got = rig.mail(COMMS2, IN, 'swap with left until 16:00 UTC\n',
               at='2026-03-04 14:20')
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

tap.done()
