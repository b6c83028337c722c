#!/usr/bin/env python3
# An address book completes an old reply address; somebody replies to last
# month's mail with a new subject.  Each opens a new incident, related to the
# old one, and the receipt says so.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=1, number=42)


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


opened = desk.opened()[0]
got = desk.mail(COMMS1, say(), 'draft\n\nWe are looking into it.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:10')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                  at='2026-03-04 14:11')
u1 = to(got, 'noc1@example.net')

# While it is open: an old address without a thread and without the tag.
got = desk.mail(NOC1, address_of(opened['Reply-To']), 'webmail is slow\n',
                subject='Sev3 webmail: slow', at='2026-03-04 15:00')
new = to(got, 'noc1@example.net')
tap.same(new['Sitrep-Event'], 'INC-2026-0043',
         'an address book\'s address opens a new incident')
tap.ok('INC-2026-0043 is open' in words(new).split('.')[0] + '.' or
       'INC-2026-0043 is open.' in words(new), 'the verdict', text_of(new))
tap.ok('You wrote to INC-2026-0042, which is open. I opened INC-2026-0043 and '
       'its clock runs.' in words(new), 'the receipt says so', text_of(new))
undo = [s for s in text_of(new).split('\n') if 'belongs to' in s and
        s.startswith('  ')][0].strip()
e = desk.sql('SELECT related FROM event WHERE number = 43')
tap.same(e, [(1,)], 'it is related to the old one')
tap.same(len(desk.show('INC-2026-0042')['notes']), 1, 'the old one has none '
         'of it')
got = desk.answer(new, undo + '\n', sender=NOC1, at='2026-03-04 15:01')
tap.same(desk.show('INC-2026-0043')['event']['phase'], 'void',
         'the line to undo it works: ' + undo)

# The same address, typed without its token, is explicit.
got = desk.mail(NOC1, say(), 'one more thing\n', subject='hello',
                at='2026-03-04 15:02')
tap.same(to(got, 'noc1@example.net')['Sitrep-Event'], 'INC-2026-0042',
         'without a token it is explicit')
# ... and a real reply with its token is a note.
got = desk.answer(opened, 'a note\n', sender=NOC1, at='2026-03-04 15:03')
tap.same(to(got, 'noc1@example.net')['Sitrep-Event'], 'INC-2026-0042',
         'a real reply stays')

# It ends.  A month later:
got = desk.mail(COMMS1, say(), 'resolved\n\nAll works again.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 16:00')
desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
            at='2026-03-04 16:01')
got = desk.answer(u1, 'cluster b is down again\n', sender=NOC1,
                  subject='cluster b: down', at='2026-04-06 10:00')
new = to(got, 'noc1@example.net')
tap.same(new['Sitrep-Event'], 'INC-2026-0044',
         'last month\'s mail under a new subject opens a new incident')
tap.ok('You wrote to INC-2026-0042, closed 4 Mar 2026.' in words(new),
       'the receipt says so', text_of(new))
tap.same(desk.show('INC-2026-0044')['event']['phase'], 'open',
         'its clock runs')
got = desk.mail(SUPPORT, address_of(opened['Reply-To']), 'customers call\n',
                subject='calls', at='2026-04-06 10:05')
tap.same(to(got, 'support1@example.net')['Sitrep-Event'], 'INC-2026-0045',
         'an old address on a closed event, from support')
got = desk.mail(NOC2, IN, 'again\n', subject='[INC-2026-0042] imap',
                at='2026-04-06 10:06')
tap.same(to(got, 'noc2@example.net')['Sitrep-Event'], 'INC-2026-0046',
         'the tag of a closed event alone')
# A real reply to a closed one is a note, and says that it is closed.
got = desk.answer(u1, 'it was the switch after all\n', sender=NOC1,
                  at='2026-04-06 10:07')
m = to(got, 'noc1@example.net')
tap.same(m['Sitrep-Event'], 'INC-2026-0042', 'a real reply is a note')
tap.ok('which is closed' in words(m) and 'the clock runs' not in words(m),
       'and says that it is closed', text_of(m))
# Comms writes: a note on the old one, its commands are E11.
got = desk.mail(COMMS1, say(), 'publish identified\n\nWords.\n',
                subject='[INC-2026-0042] x', at='2026-04-06 10:08')
m = to(got, 'comms1@example.net')
tap.ok('E11' in m['Sitrep-Result'] and m['Sitrep-Event'] == 'INC-2026-0042',
       'from comms: a note, commands E11', m['Sitrep-Result'])
tap.ok('closed' in words(m).split('.')[0] + words(m).split('.')[1],
       'the verdict is first', text_of(m))
# An id that nobody knows.
got = desk.mail(NOC1, IN, 'still down\n', subject='[INC-2026-0999] x',
                at='2026-04-06 10:09')
m = to(got, 'noc1@example.net')
tap.same((m['Sitrep-Result'], m['Sitrep-Event']), ('E12', None),
         'an unknown id: E12, kept')
tap.ok('INC-2026-0044' in text_of(m), 'the open ones are listed', text_of(m))
desk.audit(tap)
desk.close()
tap.done()
