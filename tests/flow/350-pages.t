#!/usr/bin/env python3
"""Pages: their words, and what follows from one that nobody gets.

A page has an envelope sender of its own.  What comes there and reports a
failure makes the next step due at once; anything else, and anything forged,
has no effect; nothing that comes there is answered.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

tap = Tap()
AT = '2026-03-04 14:00:00'
PAGER = '5550134@pager.example'

REPORT = '''This is the mail system.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; 5550134@pager.example
Action: %s
Status: %s

--b--
'''


def bounce(action='failed', status='5.1.1'):
    return (REPORT % (action, status), (
        'Content-Type: multipart/report; report-type=delivery-status;'
        ' boundary=b', 'Auto-Submitted: auto-replied'))


def paged(desk):
    """An incident handed off at once; its letters."""
    return desk.mail(NOC1, IN, 'cluster b: imap is down\n',
                     subject='Sev1 cluster b: imap', at=AT)


def sender_of(letter):
    return str(letter['Return-Path']).strip().strip('<>')


def due(desk):
    return desk.sql("SELECT due_at FROM timer WHERE kind = 2 AND fired_at IS "
                    "NULL AND cancelled_at IS NULL ORDER BY due_at LIMIT 1")


def send_back(desk, address, body, headers, sender='', at=None):
    raw = desk.compose('mailer-daemon@relay.example', address, body,
                       subject='Undelivered Mail Returned to Sender',
                       headers=headers, auth=None)
    desk.deliver(raw, address, sender, at=at)
    return desk.sql("SELECT verdict, event_id FROM handled JOIN message m "
                    "ON m.id = message_id WHERE source = 'pipe' "
                    "ORDER BY message_id DESC LIMIT 1")[0]


# ---- the words ----
desk = Desk(number=42)
got = paged(desk)
page = to(got, PAGER)
text = text_of(page).strip()
tap.ok(re.fullmatch(r'INC-2026-0042 Email Cluster B SEV1, yours since 14:00\. '
                    r'Answer ack to p\.[a-z2-7]{10}@in\.status\.example',
                    text), 'the page says what, since when, how to answer',
       text)
tap.ok(text.endswith(str(page['Reply-To'])) and len(text) <= 160,
       'with its own reply address, in 160 characters')
tap.ok(not re.search('imap', page.as_string()), 'and not a word of the note')
sender = sender_of(page)
local = sender.split('@')[0]
tap.ok(re.fullmatch('incident-bounces[+][a-z2-7]{31}', local) and
       len(local) <= 64, 'its envelope sender is one to bounce to', sender)
tap.ok(all(sender_of(m) == '' for m in got
           if rcpt(m) not in (PAGER, 'comms1@example.net')),
       'all other automatic mail has none')

# ---- what has no effect ----
armed = due(desk)
tap.ok(len(armed) == 1 and armed[0][0] > desk.now, 'T2 is armed')
other = sender_of(to(got, 'comms1@example.net'))
swapped = sender[:17] + ('b' if sender[17] == 'a' else 'a') + sender[18:]
for what, address, (body, headers), envelope, verdict in (
        ('a forged token', swapped, bounce(), '', 'bounce:unverified'),
        ('half a token', sender.replace('+', '+x')[:30] + sender[sender.index(
            '@'):], bounce(), '', 'bounce:unverified'),
        ('a delay', sender, bounce('delayed', '4.4.1'), '', 'bounce'),
        ('a delivery', sender, bounce('delivered', '2.0.0'), '', 'bounce'),
        ('a vacation', sender, ('Away.\n', ('Auto-Submitted: auto-replied',)),
         '', 'bounce'),
        ('a person', sender, ('ack\n', ()), 'x@example.net', 'bounce'),
        ('the mail beside the pager', other, bounce(), '', 'bounce')):
    have = send_back(desk, address, body, headers, envelope)
    tap.ok(have[0] == verdict and due(desk) == armed,
           'no effect: ' + what, '%r %r' % (have, due(desk)))
tap.same(desk.out(), [], 'and no answer')
done = desk.run('deliver', '-f', '', '--', 'incident-bounces@in.status.example',
                raw=b'Subject: x\n\nx\n')
tap.same((done.returncode, desk.sql(
    'SELECT verdict FROM handled ORDER BY message_id DESC LIMIT 1')[0][0]),
    (0, 'held: unknown recipient'), 'without a token there is no such address')

# ---- what has ----
body, headers = bounce()
have = send_back(desk, sender, body, headers, at='2026-03-04 14:00:30')
tap.same(have, ('bounce', 1), 'a failure is filed under its event')
tap.same(desk.sql("SELECT status, reply FROM letter WHERE recipient = '%s' "
                  "ORDER BY id LIMIT 1" % PAGER),
         [('failed', 'it came back')], 'the page failed')
got = desk.tick()
tap.ok(to(got, 'comms2@example.net') is not None,
       'the next step fires: the backup is paged')
tap.same(desk.sql('SELECT count(*) FROM timer WHERE kind = 2 AND step = 1 '
                  'AND fired_at = %d' % desk.now), [(1,)], 'once')
body, headers = bounce()
before = due(desk)
send_back(desk, sender, body + 'again\n', headers)
tap.same(due(desk), before, 'the same page coming back again does nothing')
desk.close()

# ---- a command that fails ----
desk = Desk(number=42)
conf = desk.read('sitrep.conf').replace(
    '"%s"' % PAGER, '"|/bin/false", "|/bin/cat > %s"' % desk.path('paged'))
desk.write('sitrep.conf', conf)
paged(desk)
tap.ok(due(desk)[0][0] > desk.now, 'one of two commands works: reached')
tap.ok('Answer ack to p.' in desk.read('paged'), 'it got the text',
       desk.read('paged'))
desk.close()
desk = Desk(number=42)
desk.write('sitrep.conf', desk.read('sitrep.conf').replace(
    '"%s"' % PAGER, '"|/bin/false", "|/nowhere/page"'))
paged(desk)
tap.same(due(desk)[0][0], desk.now, 'none of two works: T2 is due at once')
got = desk.tick()
tap.ok(to(got, 'comms2@example.net') is not None, 'the backup is paged')
desk.close()

# ---- SEV4 is mailed, not paged: nothing to hasten ----
desk = Desk(number=42)
desk.mail(NOC1, IN, 'handoff now\n\ncluster b: wrong colour\n',
          subject='Sev4 cluster b: colour', at=AT)
desk.sql("UPDATE timer SET cancelled_at = 1")
desk.sql("INSERT INTO timer (event_id, kind, step, round, since, due_at, "
         "reason) VALUES (1, 2, 9, 1, %d, %d, '')" % (desk.now,
                                                      desk.now + 300))
armed = due(desk)
tap.same((len(desk.sql("SELECT id FROM letter WHERE kind = 'page'")), armed),
         (1, [(desk.now + 300,)]), 'SEV4: a mail, and T2')
sender = [sender_of(m) for m in desk.letters
          if rcpt(m) == 'comms1@example.net'][0]
body, headers = bounce()
send_back(desk, sender, body, headers)
tap.same(due(desk), armed, 'its bounce hastens nothing')
desk.close()
tap.done()
