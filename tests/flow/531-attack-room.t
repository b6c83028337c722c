#!/usr/bin/env python3
# An attack at night that nobody of Marketing takes: it climbs to the executive
# on duty, who opens the war room from a phone; the scribe writes its sitreps.
# What is said in the room is public nowhere.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

BRIDGE = 'bridge = "https://meet.example.net/incident"\n'
SECRETS = ('140 Gbps', 'flood', 'ns2', 'scrubbing', 'legal')
tap = Tap()
desk = Desk(members=2, number=44, extra=BRIDGE)


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def who(got):
    return sorted(rcpt(m).split('@')[0] for m in got)


desk.mail(NOC1, IN, '''Components: dns-hosting = partial outage
Disclosure: limited
Handoff: now

Reflected UDP flood at ns2, 140 Gbps, scrubbing via carrier. DO NOT publish.
''', subject='SEV1 DNS slow/unreachable from some networks',
    at='2026-03-07 02:11')
climbed = []
for minute in range(12, 59):
    climbed += desk.tick(at='2026-03-07 02:%02d:01' % minute)
up = [m for m in climbed if rcpt(m) == 'exec1@example.net' and
      'Escalated to level 3' in m['Subject']]
tap.ok(up, 'unanswered it goes up to the executive on duty',
       [m['Subject'] for m in climbed])
tap.ok('comms1' in flat(up[-1]) or 'Comms One' in flat(up[-1]),
       'who reads who has been tried', flat(up[-1]))
tap.ok('war-room open' in flat(up[-1]).lower(), 'and what can be answered',
       flat(up[-1]))

got = desk.answer(up[-1], '''War-room open noc2, comms1, noc1
chair noc2
scribe noc1

Get legal on the line too.
''', sender=EXEC, at='2026-03-07 02:58:30')
room = desk.show('INC-2026-0044')['rooms'][-1]
tap.ok(room['opened'] and not room['closed'], 'the reply opens the room', room)
tap.same((room['chair'], room['scribe']), ('noc2', 'noc1'),
         'chair and scribe, a line each')
tap.ok({'noc2', 'comms1', 'noc1'} <= set(m['person'] if isinstance(m, dict)
                                         else m for m in room['members']),
       'those named are asked in', room)
invited = {w for w in who(got)}
tap.ok({'noc2', 'comms1', 'noc1', 'exec1'} <= invited, 'by mail', invited)
mail = to(got, 'noc2@example.net')
tap.ok('Bridge: https://meet.example.net/incident' in flat(mail),
       'it has the bridge', flat(mail))
tap.ok('Chair: NOC Two' in flat(mail) and 'Scribe: NOC One' in flat(mail),
       'and the seats', flat(mail))
tap.ok('a sitrep every 30 min, a public update every 60 min' in
       flat(mail).replace('1 h', '60 min'), 'and how often', flat(mail))
notes = desk.show('INC-2026-0044')['notes']
tap.ok(any('Get legal on the line too.' in n['text'] for n in notes),
       'the free words are minuted', notes)

got = desk.answer(mail if mail else up[-1], '''war-room sitrep

Known: ns2 and ns3 are hit, 140 Gbps
Unknown: who
Doing: the carrier is scrubbing
Next decision at: 03:30 UTC
''', sender=NOC1, at='2026-03-07 03:10')
tap.ok('exec1' in who(got), 'the executive gets the sitrep', who(got))
copy = to(got, 'exec1@example.net')
tap.ok(all(w in flat(copy) for w in ('Known:', 'Unknown:', 'Doing:',
                                     'Next decision at:')),
       'with its four lines', flat(copy))
tap.ok([n for n in desk.show('INC-2026-0044')['notes']
        if 'Next decision at' in n['text']], 'and it is a note')
got = desk.tick(at='2026-03-07 03:39:59')
tap.ok(not [m for m in got if '.t8.' in m['Message-ID']],
       'the next is not asked for early')
got = desk.tick(at='2026-03-07 03:40:01')
tap.same(who(m for m in got if '.t8.' in m['Message-ID']), ['noc1', 'noc2'],
         'but after half an hour, of chair and scribe')

ask = to(climbed, 'comms2@example.net') and [
    m for m in climbed if rcpt(m) == 'comms2@example.net' and
    'Open a war room?' in flat(m)]
got = desk.answer(ask[-1], 'yes', sender=COMMS2, at=desk.now + 60)
tap.same((to(got, 'comms2@example.net')['Sitrep-Result'],
          len([r for r in desk.show('INC-2026-0044')['rooms']
               if r['opened']])), ('E14', 1),
         'the yes to what the clock proposed before comes too late')

seen = desk.tree() + ''.join(m.as_string() for m in desk.public())
tap.ok(not any(s in seen for s in SECRETS), 'nothing of it is public')
desk.audit(tap)
desk.close()
tap.done()
