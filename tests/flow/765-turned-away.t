#!/usr/bin/env python3
# Bounces in masses: the brake of a domain comes at the member that is too
# many, though they are counted seldom, and what comes after it costs no walk
# through the hour.  Probes: of who was gone from the database of the list and
# came back; of who is refused at once, again and again.
import os
import re
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, Desk, say, to  # noqa: E402
from fault_sink import FaultSink  # noqa: E402
from rig import Tap, rcpt  # noqa: E402

tap = Tap()
DAY = 86400
LIST = 'example-status'
VAST = ['m%d@vast.example' % i for i in range(130)]  # 5 % are 6.5


def post(n):
    got = desk.mail(COMMS1, say(), 'draft identified\n\nStep %d.\n' % n,
                    subject='[INC-2026-0042] draft', at=desk.now + 60)
    got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1)
    return {rcpt(m): str(m['Return-Path']).strip().strip('<>')
            for m in got if m['Sitrep-Update']}


def bounce(copies, who):
    desk.now += 1
    desk.deliver(desk.compose(
        'MAILER-DAEMON@mx.vast.example', copies[who],
        '--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; '
        'mx.vast.example\n\nFinal-Recipient: rfc822; %s\nAction: failed\n'
        'Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n'
        '--b--\n' % who, auth=None, headers=(
            'MIME-Version: 1.0', 'Content-Type: multipart/report; '
            'report-type=delivery-status; boundary=b')), copies[who], '')


def brake():
    """Of the domain: members that count, whether it is on, those to spare."""
    return (desk.sql('SELECT count(DISTINCT member_id) FROM bounce WHERE '
                     'counts = 1')[0][0],
            *(desk.sql('SELECT until > ?, spare FROM brake', desk.now)
              or [(0, 0)])[0])


desk = Desk(members=0)
desk.run('list', LIST, 'import', '-', text='\n'.join(VAST) + '\n', check=True)
desk.sql("INSERT INTO counter (kind, year, next) VALUES ('incident', 2026, 42)")
desk.opened()
one, two = post(1), post(2)
desk.out()
for who in VAST[:4]:
    bounce(one, who)
tap.same(brake(), (4, 0, 0), 'four of them')
bounce(one, VAST[4])
tap.same(brake(), (5, 0, 1), 'five: one more would not be too many')
bounce(two, VAST[0])
tap.same(brake(), (5, 0, 0), 'another copy of the first')
bounce(one, VAST[5])
tap.same(brake(), (6, 0, 0), 'six of 130 are not more than 5 %')
bounce(one, VAST[6])
tap.same(brake()[:2], (0, 1), 'seven are: none of them counts')
told = [m for m in desk.out() if 'vast.example' in str(m['Subject'])]
tap.ok(len(told) == 1 and '7 of 130 members' in told[0].get_content(),
       'and the owner is told', told)
bounce(two, VAST[7])
bounce(two, VAST[6])
tap.same((brake()[:2], desk.sql("SELECT count(*) FROM bounce")), ((0, 1),
         [(10,)]), 'what comes after it is noted, and does not count')
tap.same(desk.sql("SELECT count(*) FROM member WHERE status != 'active'"),
         [(0,)], 'nobody is off')
desk.now += DAY + 1
bounce(two, VAST[8])
tap.same(brake()[:2], (1, 0), 'a day later it counts again')

# ---- gone from the database, and back
desk.write('lists/resellers.conf', '''list "resellers" {
	from = "Example Notices <notices@status.example>"
	kind = "account"
}
''')


def sync(*lines):
    desk.run('list', 'resellers', 'sync', '--yes', '--most', '-', check=True,
             text='account,email\n' + ''.join(x + '\n' for x in lines))


def status(address):
    return desk.sql('SELECT status FROM member WHERE address = ?',
                    address)[0][0]


def probes(address):
    return [m for m in desk.tick() if rcpt(m) == address]


WHO = 'noc@a.example'
sync('A1,' + WHO, 'A2,ops@b.example')
desk.sql("UPDATE member SET status = 'bounced' WHERE address = ?", WHO)
desk.sql('INSERT INTO probe (member_id, due, tries) SELECT id, ?, 2 FROM '
         'member WHERE address = ?', desk.now + 5 * DAY, WHO)
sync('A2,ops@b.example')
desk.now += 6 * DAY
tap.same((probes(WHO), status(WHO)), ([], 'gone'), 'who is gone is not asked')
sync('A1,' + WHO, 'A2,ops@b.example')
tap.same((status(WHO), probes(WHO)), ('bounced', []), 'back as what he was')
desk.now += 14 * DAY
tap.same(len(probes(WHO)), 1, 'and asked after 14 days')
desk.now += 3 * DAY + 1
probes(WHO)
tap.same(status(WHO), 'active', 'as nothing came back, he is active')

# ---- refused at once
sink = FaultSink()
sink.rcpt = lambda who: '550 5.1.1 no such user' if who == WHO else None
desk.write('sitrep.conf', re.sub(r'(?m)^relay .*', 'relay = { "%s" }' %
                                 sink.url, desk.read('sitrep.conf')))
desk.sql("UPDATE member SET status = 'bounced' WHERE address = ?", WHO)
desk.sql('INSERT INTO probe (member_id, due, tries) SELECT id, ?, 4 FROM '
         'member WHERE address = ?', desk.now, WHO)
for n in (5, 6):
    tap.same(desk.sql('SELECT tries FROM probe'), [(n - 1,)], 'try %d' % n)
    desk.tick()
    desk.now += 3 * DAY + 1
    desk.tick()
    desk.now += 14 * DAY + 1
tap.same((desk.sql('SELECT tries FROM probe'), status(WHO)), ([], 'bounced'),
         'refused six times: never again')
sink.close()
desk.close()
tap.done()
