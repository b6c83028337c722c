#!/usr/bin/env python3
# Machines get no answer and give no commands; people get one.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=1, number=42)
d = desk.drafted()
TO = address_of(d['Reply-To'])
at = desk.now


def silent(what, headers=(), body='yes\n', env=None, sender=COMMS1,
           where=TO, subject=None):
    desk.now += 20
    raw = desk.compose(sender, where, body, headers=list(headers),
                       subject=subject or 'Re: ' + d['Subject'], reply=d)
    done = desk.deliver(raw, where, address_of(sender) if env is None else env)
    got = desk.out()
    tap.same((done.returncode, [rcpt(m) for m in got], desk.posts()),
             (0, [], []), what)


silent('a vacation notice', ['Auto-Submitted: auto-replied (vacation)'])
silent('an auto-generated mail', ['Auto-Submitted: auto-generated'])
silent('Outlook\'s out of office', subject='Automatic reply: ' + d['Subject'],
       headers=['X-Auto-Response-Suppress: All',
                'Auto-Submitted: auto-generated'])
silent('an autoreply without its header', ['X-Autoreply: yes'])
silent('Precedence: bulk', ['Precedence: bulk'])
silent('Precedence: list', ['Precedence: list'])
silent('Precedence: junk', ['Precedence: junk'])
silent('a list', ['List-Id: Staff <staff.example.net>'])
silent('the null sender', env='')
silent('MAILER-DAEMON', sender='Mail Delivery <MAILER-DAEMON@example.net>',
       env='<>')
silent('our own mail, come back', sender='Status desk '
       '<incident@in.status.example>')
silent('a list mail of ours, come back',
       ['List-Id: Example <example-status.status.example>',
        'Sitrep-Event: INC-2026-0042'], where=IN,
       sender='Example Status <status@status.example>')
silent('a delivery report', [
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
    'MIME-Version: 1.0'], env='', body='''--r

Your mail to comms1@example.net could not be delivered: yes

--r
Content-Type: message/delivery-status

Final-Recipient: rfc822; comms1@example.net
Action: failed
Status: 5.1.1

--r--
''')
silent('a bounce of a copy', where='example-status-bounces+abc'
       '@in.status.example', env='')

# The very bytes that we sent, back in again at each address of ours.
for m in list(desk.letters):
    raw = m.as_bytes()
    for where in (TO, IN, 'help@in.status.example'):
        desk.deliver(raw, where, 'incident@in.status.example')
tap.same([rcpt(m) for m in desk.out()], [], 'everything we sent, looped')
tap.same(desk.sql('SELECT count(*) FROM event')[0][0], 1,
         'no incident came of all that')

# Auto-Submitted: no is a person's.
got = desk.mail(COMMS1, TO, 'yes\n', headers=['Auto-Submitted: no'], reply=d,
                subject='Re: ' + d['Subject'], at=desk.now + 20)
tap.same(desk.posts(), [(1, 1, 'investigating')], 'Auto-Submitted: no counts')

# Whoever is unknown gets one word a day, and none without a proof.
got = desk.mail('X <x@else.example>', IN, 'down\n', at=desk.now + 20)
tap.ok(to(got, 'x@else.example') is not None, 'a proved stranger: one word')
got = desk.mail('X <x@else.example>', IN, 'down!\n', at=desk.now + 2000)
tap.ok(to(got, 'x@else.example') is None, 'the same day: none')
for auth in (None, 'fail', 'none'):
    got = desk.mail('Y <y@else.example>', IN, 'down %s\n' % auth, auth=auth,
                    at=desk.now + 2000)
    tap.ok(to(got, 'y@else.example') is None, 'dmarc=%s: none' % auth)
desk.audit(tap)
desk.close()
tap.done()
