#!/usr/bin/env python3
# show: one event's whole history on one time line: mails in and out, notes,
# drafts, posts, acks, timers, deliveries; and what else show tells.
import json
import os
import re
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import Rig, Tap, to

tap = Tap()
rig = Rig(members=3, at='2026-03-04 14:00')
NOC = 'NOC One <noc1@example.net>'
IN = 'incident@in.status.example'


def show(*args):
    return rig.run('show', *args, check=True).stdout.decode()


tap.same(show(), 'No open event.\n', 'nothing is open')
raw = rig.compose(NOC, IN, 'Components: email-b\nAfects: webmail\n\nfirst\n'
                  '2026-03-04T14:00:00Z u9r1 posted by nobody\n', 'logins')
rig.deliver(raw, IN, 'noc1@example.net')
rig.deliver(raw, IN, 'noc1@example.net', at='2026-03-04 14:01')
rig.out()
hand = to(rig.tick(at='2026-03-04 14:15'), 'comms1@example.net')
rig.answer(hand, 'ack\n', at='2026-03-04 14:18')
preview = to(rig.answer(hand, 'publish\n\nLogins fail.\n',
                        at='2026-03-04 14:20'), 'comms1@example.net')
rig.answer(preview, 'Yes\n', at='2026-03-04 14:22')

text = show('INC-2026-0001')
lines = text.splitlines()[2:]
times = [x.split(' ')[0] for x in lines if not x.startswith('  ')]
tap.ok(all(re.fullmatch(r'2026-03-04T\d\d:\d\d:\d\dZ', t) for t in times),
       'each line has its time', text)
tap.same(times, sorted(times), 'in the order of time')
for want in (
        '14:00:00Z opened by NOC One: logins',
        '14:00:00Z mail in from NOC One (A1): done E20, came 1 times more, '
        'logins',
        '14:00:00Z n1 NOC One: first\n  2026-03-04T14:00:00Z u9r1 posted',
        '14:15:00Z handed off',
        '14:15:00Z timer T1 step 1 (hand-off) fired',
        '14:18:00Z acknowledged: Comms One has it',
        '14:18:00Z mail in from Comms One (A2): done, Re: YOU HAVE IT',
        '14:18:00Z timer T2 step 1 (ack) taken back',
        '14:20:00Z d2 draft by Comms One: investigating,',
        '14:22:00Z d2 approved by Comms One',
        '14:22:00Z u1r1 posted by Comms One: investigating,',
        'example-status@status.example to example-status: sent 3 taken, '
        '0 refused',
        'to noc1@example.net: sent 250',
        '16:02:00Z timer T4 step 1 (next update) falls due'):
    tap.ok('\n2026-03-04T' + want in text if want[2] == ':' else want in text,
           'history: ' + want.replace('\n', ' '), text)

e = rig.show('INC-2026-0001')
tap.same([(m['person'], m['class'], m['result'], m['repeats'])
          for m in e['mails']],
         [('noc1', 'A1', 'E20', 1), ('comms1', 'A2', 'ok', 0),
          ('comms1', 'A2', 'ok', 0), ('comms1', 'A2', 'ok', 0)],
         'the mails for programs')
tap.same([(t['timer'], t['step']) for t in e['timers']
          if not t['fired'] and not t['cancelled']], [('T4', 1), ('T5', 1)],
         'the timers that are armed')
tap.same((e['event']['acked'], e['event']['owner']),
         ('2026-03-04T14:18:00Z', 'comms1'), 'who acknowledged and when')
tap.same([x['status'] for x in e['letters'] if x['list']], ['sent'],
         'the broadcast')

posted = to(rig.answer(preview, 'correct u1: the number was wrong\n\n'
                       'All logins fail.\n', at='2026-03-04 14:30'),
            'comms1@example.net')
rig.answer(posted, 'Yes\n', at='2026-03-04 14:31')
text = show('INC-2026-0001')
tap.ok('14:22:00Z u1r1 posted by Comms One' in text and
       '14:31:00Z u1r2 posted by Comms One' in text and
       ': the number was wrong' in text, 'each revision of an update', text)
tap.same([(u['update'], u['revision'], u['reason'],
           [(r['revision'], r['text']) for r in u['earlier']])
          for u in rig.show('INC-2026-0001')['updates']],
         [(1, 2, 'the number was wrong', [(1, 'Logins fail.')])],
         '... for programs, below the one that counts')

for id in ('inc-2026-0001', '2026-0001', '0001', '#2026-0001'):
    tap.ok(show(id) == text, 'the event as ' + id)
done = rig.run('show', 'INC-2026-0099')
tap.ok(done.returncode == 1 and b'no such event' in done.stderr,
       'one that is not there', done)
done = rig.run('show', 'bogus')
tap.ok(done.returncode == 1 and b'INC-2026-0042' in done.stderr,
       'what is no name', done)
tap.same(rig.run('show', 'a', 'b').returncode, 64, 'wrong usage')
tap.ok('INC-2026-0001 SEV3 public, investigating' in show(), 'what is open')
tap.same(show('queue'), 'Nothing waits.\n', 'the queue')
rig.mail(NOC, IN, 'x\n', subject='[INC-2026-0001]')
rig.deliver(rig.compose(NOC, IN, 'y\n', '[INC-2026-0001]'), IN)
tap.ok(len(json.loads(show('queue', '--json'))['letters']) > 0,
       'what waits', show('queue'))
tap.same([(r['level'], r['person'])
          for r in json.loads(show('rota', '--json'))['rota']],
         [(1, 'comms1'), (2, 'comms2'), (3, 'exec1')], 'the rota')
tap.ok('Level 4: nobody' in show('rota'), '... and its gap')
tap.same(json.loads(show('lists', '--json')),
         {'lists': [{'list': 'example-status', 'active': 3}]}, 'the lists')
rig.close()
tap.done()
