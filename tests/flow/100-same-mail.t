#!/usr/bin/env python3
# The same mail three times, and to two of our addresses: one effect, one
# receipt.  Another text under the same Message-ID is another mail.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=2, number=42, at='2026-03-04 14:06')
raw = desk.compose(NOC1, IN + ', noc@in.status.example',
                   'half of the logins time out\n',
                   subject='Sev2 cluster b: imap', mid='once@example.net')
for i in range(3):
    desk.deliver(raw, IN, 'noc1@example.net')
tap.same([rcpt(m) for m in desk.out()], ['noc1@example.net'],
         'three times: one receipt')

# What servers on the way put on top differs from copy to copy.
again = (b'Return-Path: <noc1@example.net>\nDelivered-To: x@in.status.example\n'
         b'Received: from second.example by in.status.example; '
         b'Wed, 04 Mar 2026 14:07:00 +0000\n') + raw
desk.deliver(again, 'noc@in.status.example', 'noc1@example.net')
desk.deliver(raw.replace(b'\n', b'\r\n'), 'outage@in.status.example',
             'noc1@example.net')
tap.same(desk.out(), [], 'Cc to a second address: nothing more')
tap.same(len(desk.show('INC-2026-0042')['notes']), 1, 'one note')
tap.same(desk.sql('SELECT count(*) FROM event')[0][0], 1, 'one incident')

# So do the marks of a server's filters, with the number of each delivery.
for queue, where in ((b'4F1', IN), (b'5A2', 'noc@in.status.example')):
    desk.deliver(b'DMARC-Filter: x in.status.example ' + queue +
                 b'\nDKIM-Filter: y in.status.example ' + queue +
                 b'\nReceived-SPF: pass receiver=in.status.example id=' + queue +
                 b'\nARC-Seal: i=1; b=' + queue + b'\nX-Queue: ' + queue +
                 b'\n' + raw, where, 'noc1@example.net')
tap.same(desk.out(), [], 'nor with the marks of filters on top')
tap.same(desk.sql('SELECT count(*) FROM event')[0][0], 1, 'still one')

other = raw.replace(b'half of the', b'all')
desk.deliver(other, IN, 'noc1@example.net', at='2026-03-04 14:08')
got = desk.out()
tap.same(len(got), 1, 'the same Message-ID with other words: answered')
tap.ok('W46' in got[0]['Sitrep-Result'], 'it may be the same incident',
       got[0]['Sitrep-Result'])
tap.same([r[0] for r in desk.sql(
    "SELECT flags FROM handled WHERE mid = 'once@example.net' "
    "ORDER BY message_id")], ['', 'same-mid'], 'the second is flagged')

# The same yes, twice: one post, one receipt, each reseller one copy.
d = to(desk.mail(COMMS1, say(), 'draft\n\nWe are looking into it.\n',
                 subject='[INC-2026-0042] x', at='2026-03-04 14:10'),
       'comms1@example.net')
yes = desk.compose(COMMS1, d['Reply-To'], 'Yes\n', reply=d,
                   subject='Re: ' + d['Subject'])
before = len(desk.letters)
for i in range(3):
    desk.deliver(yes, address_of(d['Reply-To']), 'comms1@example.net')
desk.out()
new = [rcpt(m) for m in desk.letters[before:]]
tap.same((new.count(RESELLER), new.count('comms1@example.net')), (1, 1),
         'a yes delivered three times: one copy, one receipt')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'one post')
desk.audit(tap)
desk.close()
tap.done()
