#!/usr/bin/env python3
# A yes to a question carries out the mail that waited, on the event that the
# question was about: symptom was a second incident of the same report.
import json
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import Rig, Tap, to

tap = Tap()
NOC = 'NOC One <noc1@example.net>'
IN = 'incident@in.status.example'


def events(rig):
    return [e['event'] for e in
            json.loads(rig.run('show', '--json').stdout)['open']]


# What an unproved report may not do waits; the incident is open meanwhile.
rig = Rig(members=1)
got = rig.mail(NOC, IN, 'Components: dns-hosting = partial outage\n'
               'Disclosure: limited\nhandoff comms2\n\nFlood at ns2\n',
               subject='Sev2 DNS slow', auth=None)
tap.same(events(rig), ['INC-2026-0001'], 'the report opens one')
tap.same(rig.show('INC-2026-0001')['event']['disclosure'], 'limited',
         'guarded from the first moment')
ask = to(got, 'noc1@example.net')
tap.ok('YES' in str(ask.get_content()), 'the rest is asked for')
got = rig.answer(ask, 'Yes\n', at=rig.now + 60)
tap.same(events(rig), ['INC-2026-0001'], 'yes opens no second one')
e = rig.show('INC-2026-0001')
tap.same(e['event']['phase'], 'handed_off', '... and carries it out')
tap.ok(any(m['To'] == 'Comms Two <comms2@example.net>' and
           'YOU HAVE IT' in m['Subject'] for m in got), 'comms2 is paged')
rig.answer(ask, 'Yes\n', at=rig.now + 60)
tap.same(events(rig), ['INC-2026-0001'], 'nor does a second yes')
tap.ok(sum('Flood' in n['text'] for n in e['notes']) == 1, 'one note',
       e['notes'])
rig.close()

# The same where the mail asked for a new incident beside another.
rig = Rig(members=1)
rig.mail(NOC, IN, 'first\n', subject='one')
got = rig.mail(NOC, 'incident+inc-2026-0001@in.status.example',
               'new\nhandoff comms2\n\nsecond\n', subject='two',
               auth=None)
tap.same(sorted(events(rig)), ['INC-2026-0001', 'INC-2026-0002'],
         'new, unproved, opens another')
rig.answer(to(got, 'noc1@example.net'), 'Yes\n', at=rig.now + 60)
tap.same(sorted(events(rig)), ['INC-2026-0001', 'INC-2026-0002'],
         'yes opens no third')
tap.same([rig.show('INC-2026-000%d' % n)['event']['phase']
          for n in (1, 2)], ['open', 'handed_off'], '... and is for that one')
rig.close()
tap.done()
