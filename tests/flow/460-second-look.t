#!/usr/bin/env python3
"""What a fresh reader stumbled over: somebody who is handed an incident and
sleeps, and what else went by without a word."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import CONF  # noqa: E402

tap = Tap()
NAME = 'INC-2026-0042'
PAGED = CONF.replace(
    '"comms2@example.net" }}  roles = {{ "comms" }}',
    '"comms2@example.net" }}  roles = {{ "comms" }}  '
    'page = {{ "5550135@pager.example" }}')


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def on(at):
    return at if '-' in at else '2026-03-04 ' + at


def got_pages(got):
    """Who got a page as a mail, and whose pager rang."""
    return sorted(rcpt(m) for m in got if 'YOU HAVE IT' in str(m['Subject'])
                  or '.page@' in m['Message-ID'])


def phase(desk, name=NAME):
    return desk.show(name)['event']['phase']


# ---- Handoff: NAME, of one who has not said that he has it ----
# Symptom: T1 and T2 were cancelled, and the new owner got a mail without a
# question.  Cause: an owner who was named passed for one who had answered.
desk = Desk(members=1, number=42, conf=PAGED)
got = desk.mail(NOC1, IN, 'Handoff: comms2\n\nall logins fail\n',
                subject='Sev1 cluster b: imap', at=on('03:06'))
tap.same(got_pages(got), ['5550134@pager.example', '5550135@pager.example',
                          'comms1@example.net', 'comms2@example.net'],
         'a SEV1 for comms2: he is paged, and so is who is on call')
m = to(got, 'comms2@example.net')
tap.ok('Reply YES to publish exactly the text between the rulers' in words(m),
       'with the draft and the question', text_of(m))
tap.ok(to(got, 'exec1@example.net') is not None, 'the executives hear of it')
tap.same((phase(desk), desk.show(NAME)['event']['owner']),
         ('handed_off', ''), 'handed off, nobody has it yet')
tap.ok('handed to Comms Two and Comms One' in
       words(to(got, 'commslead@example.net')), 'to whom, says the copy',
       text_of(to(got, 'commslead@example.net')))
tap.same(got_pages(desk.tick(on('03:11')))[-2:],
         ['comms1@example.net', 'comms2@example.net'],
         'without an answer T2 climbs')
got = desk.answer(m, 'ack', sender=COMMS2, at=on('03:12'))
tap.same((phase(desk), desk.show(NAME)['event']['owner']),
         ('owned', 'comms2'), 'his ack makes it his')
tap.same(got_pages(desk.tick(on('03:20'))), [], 'and ends the paging')
desk.audit(tap)
desk.close()

desk = Desk(members=1, number=42, conf=PAGED)
receipt = to(desk.opened(), 'noc1@example.net')
desk.tick(on('14:21'))
got = desk.answer(receipt, 'handoff comms2\n', sender=NOC1, at=on('14:23'))
tap.same(got_pages(got), ['5550135@pager.example', 'comms2@example.net'],
         'after T1 to another: he is paged')
tap.ok('Reply YES to publish' in words(to(got, 'comms2@example.net')),
       'with the draft', text_of(to(got, 'comms2@example.net')))
tap.ok('handed to Comms Two 14:23 UTC' in words(to(got, 'comms1@example.net')),
       'and who was paged before is told',
       text_of(to(got, 'comms1@example.net')))
m = to(got, 'noc1@example.net')
tap.ok(str(m['Subject']).startswith('[%s] Handed over' % NAME),
       'the receipt says what was done', m['Subject'])
tap.same(phase(desk), 'handed_off', 'until he answers nobody has it')
tap.same(got_pages(desk.tick(on('14:26'))),
         ['5550134@pager.example', '5550135@pager.example',
          'comms1@example.net', 'comms2@example.net'],
         'T2 is due when it was: at 14:26')
desk.audit(tap)
desk.close()

# Symptom: a pager that had rung once was never rung again by somebody's word.
# Cause: all those pages had one Message-ID, and the second was no letter.
desk = Desk(members=1, number=42, conf=PAGED)
receipt = to(desk.opened(), 'noc1@example.net')
desk.tick(on('14:21'))
for at in ('14:22', '14:24'):
    got = desk.answer(receipt, 'escalate comms1\n\nat %s\n' % at, sender=NOC1,
                      at=on(at))
    tap.ok(to(got, '5550134@pager.example') is not None,
           'each word that calls him rings his pager', [rcpt(m) for m in got])
desk.close()

desk = Desk(members=1, number=42, conf=PAGED)
desk.opened()
got = desk.mail(COMMS2, IN, 'handoff comms2\n', at=on('14:08'),
                subject='[%s] x' % NAME)
tap.same((phase(desk), desk.show(NAME)['event']['owner'], got_pages(got)),
         ('owned', 'comms2', []), 'who takes it himself has answered')
got = desk.mail(COMMS2, IN, 'handoff comms1\n', at=on('14:10'),
                subject='[%s] x' % NAME)
tap.same((desk.show(NAME)['event']['owner'], got_pages(got)), ('comms1', []),
         'at a change of the shift it passes on without a page')
tap.ok('handed over to Comms One' in words(to(got, 'comms1@example.net')),
       'the new one is told')
got = desk.mail(NOC1, IN, 'handoff comms2\n', at=on('14:12'),
                subject='[%s] x' % NAME)
tap.ok('handed over to Comms Two' in words(to(got, 'comms1@example.net')),
       'by whomever it was said: the old one as well',
       [rcpt(m) for m in got])
desk.audit(tap)
desk.close()

tap.done()
