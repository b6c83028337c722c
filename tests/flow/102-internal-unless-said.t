#!/usr/bin/env python3
# Nothing is public that wasn't published by a verb: a complaint of comms, an
# answer between the lines of a quote.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=2, number=42)
receipt = desk.posted()

got = desk.answer(receipt, 'what a mess, ns2.int again\n', sender=COMMS1,
                  at='2026-03-04 14:20')
tap.same([rcpt(m) for m in got if m['Sitrep-Update']], [],
         'a remark of comms without a verb: nothing goes out')
e = desk.show('INC-2026-0042')
tap.ok('ns2.int' in e['notes'][-1]['text'], 'it is a note')
tap.same(len(e['drafts']), 1, 'no draft was made of it')
mine = to(got, 'comms1@example.net')
tap.ok(text_of(mine).split('\n')[1].startswith('Noted on INC-2026-0042.'),
       'the receipt says so first', text_of(mine))
tap.ok('ns2.int' not in desk.tree(), 'the public tree has none of it')

# Interleaved with publish: a preview of the lines that aren't quoted.
got = desk.answer(receipt, '''publish identified

> INC-2026-0042 update 1 posted 14:12 UTC by Comms One

We have found the cause.

> Your reply to this mail stays internal: ns3.int secret

It is being mended.
''', sender=COMMS1, at='2026-03-04 14:25')
p = to(got, 'comms1@example.net')
tap.ok(p['Subject'].startswith('[PREVIEW] '), 'interleaved publish: a preview',
       p['Subject'])
tap.ok('W41' in p['Sitrep-Result'], 'W41', p['Sitrep-Result'])
ruled = text_of(p).split(RULER)[1]
tap.ok('We have found the cause.' in ruled and 'ns3.int' not in ruled and
       'posted 14:12' not in ruled, 'the quoted lines are not in it', ruled)
tap.same(len(desk.posts()), 1, 'nothing was posted')

# Forwarded words are never public, whoever forwards them.
got = desk.mail(COMMS1, say(), '''publish identified

---------- Forwarded message ---------
From: NOC One <noc1@example.net>
Date: Wed, 4 Mar 2026 at 14:30
Subject: inside
To: Comms One <comms1@example.net>

mbx-b07.int has a broken disk
''', subject='[INC-2026-0042] Fwd: inside', at='2026-03-04 14:31')
tap.ok(all('mbx-b07' not in text_of(m).split(RULER)[1]
           for m in got if RULER in text_of(m)),
       'forwarded words are in no draft')
tap.ok('mbx-b07' not in desk.tree(), 'nor on the page')
desk.audit(tap)
desk.close()
tap.done()
