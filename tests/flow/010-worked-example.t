#!/usr/bin/env python3
# One incident from the first mail to the resolution: who gets how many mails,
# what each says first, what the public sees.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import Rig, Tap, rcpt, text_of, to
from collections import Counter

tap = Tap()
rig = Rig(members=3, number=42)
seen = Counter()
RESELLER = 'r1@reseller1.example'


def count(letters):
    for m in letters:
        seen[rcpt(m)] += 1
    return letters


NOC1, NOC2 = 'NOC One <noc1@example.net>', 'NOC Two <noc2@example.net>'
COMMS1, LEAD = ('Comms One <comms1@example.net>',
                'Comms Lead <commslead@example.net>')
IN = 'incident@in.status.example'

# M01: the report, from a phone
got = count(rig.mail(NOC1, IN, '''Since: 9:02
cluster b auth pool exhausted on mbx-b07.int, half of logins time out.
Restarting pool, noc2 on it

Sent from my iPhone
''', subject='Sev2 cluster b: imap logins failing',
    date='Wed, 04 Mar 2026 09:06:12 -0500', at='2026-03-04 14:06:20'))
tap.same([rcpt(m) for m in got], ['noc1@example.net'], 'M01: one receipt')
receipt = got[0]
tap.ok(receipt['Subject'].startswith('[INC-2026-0042] Opened: '),
       'M01: its subject', receipt['Subject'])
tap.ok('Marketing at 14:17 UTC' in text_of(receipt), 'M01: when Marketing',
       text_of(receipt))
tap.ok('you wrote 9:02, read as Toronto' in text_of(receipt).replace(
    '\n', ' '), 'M01: the time is echoed', text_of(receipt))
e = rig.show('INC-2026-0042')['event']
tap.same((e['severity'], e['components'], e['started']),
         (2, [{'component': 'email-b', 'level': 'partial_outage'}],
          '2026-03-04T14:02:00Z'), 'M01: what was read')
tap.same(e['title'], 'Email Cluster B \u2013 partial outage', 'M01: title')
tap.ok('mbx-b07.int' in rig.show('INC-2026-0042')['notes'][0]['text'],
       'M01: the text is a note')

# M03: the hand-off
tap.same(rig.tick(at='2026-03-04 14:16:59'), [], 'T1 is not early')
got = count(rig.tick(at='2026-03-04 14:17:01'))
hand = to(got, 'comms1@example.net')
tap.ok(hand is not None and hand['Subject'].startswith(
    'YOU HAVE IT: Email Cluster B SEV2'), 'M03: the hand-off',
    hand and hand['Subject'])
tap.same(hand['Message-ID'], '<inc-2026-0042.t1.1@status.example>',
         'M03: its Message-ID')
body = text_of(hand)
tap.ok('Reply YES to publish exactly the text between the rulers'
       in body.replace('\n', ' ') and 'by 14:22 UTC' in body, 'M03: the question', body)
tap.ok('due at 14:32 UTC' in body, 'M03: the first post', body)
tap.ok('We are aware of a problem affecting Email Cluster B and are'
       in body.replace('\n', ' '), 'M03: the stock text', body)
tap.ok('mbx-b07.int' in body, 'M03: the note')
tap.ok('handed to Comms One' in text_of(to(got, 'noc1@example.net')),
       'M03: NOC is told', text_of(to(got, 'noc1@example.net')))
pager = to(got, '5550134@pager.example')
tap.ok(pager is not None and len(text_of(pager)) <= 161 and
       'mbx' not in text_of(pager), 'M03: the pager',
       pager and text_of(pager))

# M04: ack and draft from Outlook
got = count(rig.answer(hand, '''Ack
draft investigating
Title: Email Cluster B \u2013 some logins failing
Impact for resellers: the mail administration panel works normally
Impact for end users: about half of IMAP, POP and Webmail logins on Cluster B time out; inbound mail is accepted and queued
Next: +2h

We are investigating a problem with logins to mailboxes on **Email Cluster B**.
Our Operations team is restoring capacity. Cluster A isn\u2019t affected.

Comms One | Product Marketing | +1 416 555 0134
CONFIDENTIAL: this message is intended only for\u2026
________________________________
From: Status desk <incident@in.status.example>
Sent: Wednesday, March 4, 2026 2:17 PM
To: Comms One
Subject: YOU HAVE IT: Email Cluster B SEV2 ...
...
''', sender=COMMS1, at='2026-03-04 14:21:05'))
tap.same(sorted(rcpt(m) for m in got),
         ['comms1@example.net', 'noc1@example.net'], 'M04: two mails')
d2 = to(got, 'comms1@example.net')
body = text_of(d2)
tap.same(d2['Message-ID'], '<inc-2026-0042.d2@status.example>',
         'M04: the preview of d2')
tap.ok(d2['Subject'].startswith('[PREVIEW] [INC-2026-0042] d2 Email Cluster'),
       'M04: its subject', d2['Subject'])
tap.ok('0134' not in body and 'CONFIDENTIAL' not in body,
       'M04: the footer is cut', body)
tap.ok('example-status 3' in body, 'M04: how many get it', body)
tap.ok('acked by Comms One' in text_of(to(got, 'noc1@example.net')),
       'M04: the check begins with the ack',
       text_of(to(got, 'noc1@example.net')))
e = rig.show('INC-2026-0042')
tap.same(e['event']['owner'], 'comms1', 'M04: the owner')
tap.same([d['status'] for d in e['drafts']], ['superseded', 'pending'],
         'M04: d2 replaces d1')

# M05: yes, from a phone, above the quote
got = count(rig.answer(d2, '''Yes

On Wed, Mar 4, 2026 at 9:22 AM Status desk <
incident+inc-2026-0042.d2.k7q2m9tz@in.status.example> wrote:
> Reply YES to publish exactly the text between the rulers.
''', sender=COMMS1, at='2026-03-04 14:24:40'))
u1 = to(got, RESELLER)
tap.ok(u1 is not None, 'M05: a reseller gets u1', [rcpt(m) for m in got])
tap.same(u1['Message-ID'],
         '<inc-2026-0042.u1.r1.example-status@status.example>',
         'M05: its Message-ID')
tap.same(u1['Subject'], '[Investigating] Email Cluster B \u2013 some logins '
         'failing [INC-2026-0042]', 'M05: its subject')
tap.same(u1['Sitrep-Next-Update'], '2026-03-04T16:24:40Z',
         'M05: the promise')
tap.ok('mbx-b07' not in u1.as_string(), 'M05: nothing internal')

# M06: NOC proposes
got = count(rig.mail(NOC2, IN, '''state = identified
severity: 2

LDAP replica ldap3.int stuck after 4.6.1 rollout, rolling back. ETA 20m but dont promise it

--- public ---
We have found the cause, a fault introduced by a software update in our login
service, and are reversing that update.
-- \nN. Two, NOC
''', subject='Re: [INC-2026-0042] imap', at='2026-03-04 15:02'))
tap.same(sorted(rcpt(m) for m in got),
         ['comms1@example.net', 'noc1@example.net', 'noc2@example.net'],
         'M06: three mails')
d3 = to(got, 'comms1@example.net')
tap.ok('ldap3.int' in text_of(d3).split('-----')[0],
       'M06: the note stands above the rulers', text_of(d3))
ruled = text_of(d3).split('-' * 60)[1]
tap.ok('ldap3' not in ruled and 'reversing' in ruled,
       'M06: the draft has no host', ruled)

# M07, without its signature: class A1
got = count(rig.mail(LEAD, 'incident+inc-2026-0042@in.status.example',
    '''Incident: INC-2026-0042
publish identified
Components: email-b = degraded
Next-Update: 17:00 UTC

We have found the cause and are reversing a software update in our login
service. Most logins succeed again; some may still be slow.
''', subject='[INC-2026-0042] update', at='2026-03-04 15:10'))
tap.same(sorted(rcpt(m) for m in got),
         ['commslead@example.net', 'noc2@example.net'], 'M07: two mails')
got = count(rig.answer(to(got, 'commslead@example.net'), 'yes\n',
                       sender=LEAD, at='2026-03-04 15:11'))
u2 = to(got, RESELLER)
tap.same(u2['Sitrep-State'], 'identified', 'M07: u2 is posted')
copy = to(got, 'comms1@example.net')
tap.ok(copy is not None, 'M07: comms1 gets its copy')

# M08: the correction, by reply to that copy
got = count(rig.answer(copy, '''Correct: 2
Reason: Webmail is still affected, we said most logins succeed

We have found the cause and are reversing a software update in our login
service. IMAP and POP logins succeed again. **Webmail logins are still failing.**
''', sender=COMMS1, at='2026-03-04 15:31'))
tap.same(sorted(rcpt(m) for m in got),
         ['comms1@example.net', 'noc2@example.net'], 'M08: two mails')
got = count(rig.answer(to(got, 'comms1@example.net'), 'Yes',
                       sender=COMMS1, at='2026-03-04 15:32'))
u2r2 = to(got, RESELLER)
tap.ok(u2r2['Subject'].startswith('[Correction] '), 'M08: its subject',
       u2r2['Subject'])
tap.same(u2r2['Message-ID'],
         '<inc-2026-0042.u2.r2.example-status@status.example>',
         'M08: its Message-ID')

# u3, monitoring
got = count(rig.answer(to(got, 'comms1@example.net'), '''draft monitoring

A fix is in place. We are watching Email Cluster B and Webmail.
''', sender=COMMS1, at='2026-03-04 15:44'))
got = count(rig.answer(to(got, 'comms1@example.net'), 'ok', sender=COMMS1,
                       at='2026-03-04 15:45'))
tap.same(to(got, RESELLER)['Sitrep-State'], 'monitoring', 'u3')

# M09: late
got = count(rig.mail(NOC1, IN, '''investigating
Webmail nodes still rejecting.
''', subject='[INC-2026-0042] still broken',
    date='Wed, 04 Mar 2026 10:20:00 -0500', at='2026-03-04 15:58:09'))
tap.same(sorted(rcpt(m) for m in got),
         ['comms1@example.net', 'commslead@example.net', 'noc1@example.net',
          'noc2@example.net'], 'M09: whoever wrote gets the note')
late = to(got, 'noc1@example.net')
tap.ok('W40' in late['Sitrep-Result'], 'M09: W40', late['Sitrep-Result'])
e = rig.show('INC-2026-0042')
tap.same(e['event']['state'], 'monitoring', 'M09: the state stays')
tap.ok([n for n in e['notes'] if n['late'] and
        n['at'] == '2026-03-04T15:20:00Z'], 'M09: the note keeps its time',
       e['notes'])

# M15: resolved
got = count(rig.mail(COMMS1, 'incident+inc-2026-0042@in.status.example',
    '''resolved
Ended: 16:05 UTC
Lasting-Effects: No mail was lost.

Email Cluster B and Webmail have worked normally since 16:05 UTC.
''', subject='[INC-2026-0042] over', at='2026-03-04 16:11'))
got = count(rig.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                       at='2026-03-04 16:12'))
u4 = to(got, RESELLER)
tap.ok(u4['Subject'].startswith('[Resolved] '), 'M15: its subject')
body = text_of(u4)
tap.ok('2 h 3 min' in body, 'M15: the duration is computed', body)
tap.ok('No mail was lost.' in body, 'M15: lasting effects', body)
e = rig.show('INC-2026-0042')
tap.same((e['event']['phase'], e['event']['state']), ('closed', 'resolved'),
         'M15: closed')
tap.same([(u['update'], u['revision'], u['state']) for u in e['updates']],
         [(1, 1, 'investigating'), (2, 2, 'identified'), (3, 1, 'monitoring'),
          (4, 1, 'resolved')], 'four updates, one corrected')

# One cause, one person, one mail: the totals.
tap.same({a: seen[a] for a in (
    'noc1@example.net', 'noc2@example.net', 'comms1@example.net',
    '5550134@pager.example', RESELLER)},
    {'noc1@example.net': 11, 'noc2@example.net': 9, 'comms1@example.net': 12,
     '5550134@pager.example': 1, RESELLER: 5}, 'the totals')
rig.close()
tap.done()
