#!/usr/bin/env python3
# The hand-off, the preview, the receipts and a reseller's mail, line by line.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=2, number=42)


def body(m):
    return text_of(m).replace('\r', '').split('\n')


def has(m, *lines):
    missing = [s for s in lines if s not in body(m)]
    tap.ok(not missing, '%s: %s' % (m['Message-ID'], '; '.join(lines)),
           '%r\n%s' % (missing, text_of(m)))


# ---- the receipt
got = desk.mail(NOC1, IN, '''Since: 9:02
Afects: webmail

auth pool exhausted on mbx-b07.int, half of logins time out.
Restarting pool.

Sent from my iPhone
''', subject='Sev2 cluster b: imap logins failing',
    date='Wed, 04 Mar 2026 09:06:12 -0500', at='2026-03-04 14:06:20')
r = got[0]
tap.same(str(r['Subject']),
         '[INC-2026-0042] Opened: imap logins failing [INTERNAL]', 'receipt')
tap.same(body(r)[:3], [MARKER, 'INC-2026-0042 is open. Marketing at 14:17 '
                       'UTC.', 'Your reply to this mail stays internal.'],
         'its first lines')
has(r, 'Line 2:', '  Afects: webmail', '  Affects: webmail',
    'Read: SEV2, Email Cluster B (partial outage)',
    'Started 14:02 UTC (you wrote 9:02, read as Toronto)',
    'Note kept: 2 lines. Left out as signature or quote: 1.')
tap.same(r['Sitrep-Result'], 'E20', 'its code')

# ---- the hand-off
desk.mail(NOC2, say(), 'The LDAP replica is stuck.\n',
          subject='[INC-2026-0042] x', at='2026-03-04 14:10')
got = desk.tick(at='2026-03-04 14:17:01')
h = to(got, 'comms1@example.net')
tap.same(str(h['Subject']),
         'YOU HAVE IT: Email Cluster B SEV2 [INTERNAL] [INC-2026-0042]',
         'hand-off')
tap.same(body(h)[:4], [
    MARKER, 'Reply YES to publish exactly the text between the rulers, or',
    'ACK to take it without publishing (by 14:22 UTC).',
    'The first public post is due at 14:32 UTC.'], 'its first lines')
has(h, 'n1 NOC One, 14:06 UTC:', 'n2 NOC Two, 14:10 UTC:',
    'The LDAP replica is stuck.', '  yes', '  ack', '  draft', '  no')
tap.ok('imap logins failing' in ' '.join(
    text_of(h).split(RULER)[0].split()),
       'the reporter\'s subject is told inside')
ruled = text_of(h).split(RULER)[1].replace('\r', '')
tap.ok('imap logins' not in ruled and 'mbx' not in ruled and 'LDAP' not in
       ruled, 'and is no part of the draft', ruled)
for s in ('Subject: [Investigating] Email Cluster B \u2013 partial outage '
          '[INC-2026-0042]', 'Email Cluster B: PARTIAL OUTAGE',
          'Started: 4 Mar 2026 14:02 UTC', 'Posted: when you approve',
          'Next update: 2 h after posting'):
    tap.ok(s in ruled.split('\n'), 'd1: ' + s, ruled)
rest = text_of(h).split(RULER)[2]
tap.ok(re.search(r'Draft d1, hash [0-9a-f]{16}', rest) and
       'Goes to: example-status 2' in rest, 'number, hash, lists', rest)
pager = to(got, '5550134@pager.example')
tap.ok(len(text_of(pager).strip()) <= 160 and 'yes' not in
       text_of(pager).lower() and RULER not in text_of(pager),
       'the pager: one line, no draft', text_of(pager))
got = desk.mail('<5550134@pager.example>', str(pager['Reply-To']), 'yes\n',
                auth=None, at='2026-03-04 14:18')
e = desk.show('INC-2026-0042')['event']
tap.same((e['owner'], desk.posts()), ('comms1', []), 'yes to a page is ack')
tap.ok(not [m for m in got if 'pager' in rcpt(m)],
       'answered at the registered address', [rcpt(m) for m in got])

# ---- the preview shows what goes out, to the letter
got = desk.answer(h, '''draft identified
Title: Email Cluster B \u2013 some logins failing
Components: email-b = degraded
Impact for resellers: the panel works
Workaround: use webmail
Next: 16:00 UTC

We have found **the cause** of it, see <https://status.example/>.
''', sender=COMMS1, at='2026-03-04 14:20')
p = to(got, 'comms1@example.net')
tap.same(str(p['Subject']), '[PREVIEW] [INC-2026-0042] d2 Email Cluster B '
         '\u2013 some logins failing', 'preview')
tap.same(body(p)[1], 'Reply YES to publish exactly the text between the '
         'rulers.', 'its first line')
check = to(got, 'noc2@example.net')
tap.same(text_of(check).split(RULER)[1], text_of(p).split(RULER)[1],
         'the fact check shows the same')
got = desk.answer(p, 'yes', sender=COMMS1, at='2026-03-04 14:21')
u = to(got, RESELLER)
shown = text_of(p).split(RULER)[1].replace('\r', '').strip()
subject, _, shown = shown.partition('\n\n')
tap.same(subject, 'Subject: ' + str(u['Subject']), 'the subject as shown')
sent = text_of(u).replace('\r', '').split('\n-- \n')[0].strip()
# Zones of the list stand in brackets; the posting time is known now.
sent = re.sub(r' \([^)]*\d\d:\d\d [A-Z][^)]*\)', '', sent)
shown = shown.replace('Posted: when you approve', 'Posted: 14:21 UTC')
shown = shown.replace('by 4 Mar 2026 16:00', 'by 16:00')
tap.same(' '.join(sent.split()), ' '.join(shown.split()),
         'and every word between the rulers')

# ---- a reseller's mail
want = {
    'From': 'Example Status <status@status.example>', 'To': RESELLER,
    'Reply-To': 'support@example.net',
    'Message-ID': '<inc-2026-0042.u1.r1.example-status@status.example>',
    'References': '<inc-2026-0042@status.example>', 'In-Reply-To': None,
    'List-Post': 'NO', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Subscribe': '<mailto:example-status-subscribe@in.status.example>',
    'List-Owner': '<mailto:example-status-owner@in.status.example>',
    'Precedence': 'list', 'Auto-Submitted': None,
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
    'Archived-At': '<https://status.example/incident/2026/0042/#u1>',
    'Content-Language': 'en', 'Sitrep-Event': 'INC-2026-0042',
    'Sitrep-Update': '1', 'Sitrep-Revision': '1',
    'Sitrep-State': 'identified', 'Sitrep-Impact': 'minor',
    'Sitrep-Components': 'email-b=degraded_performance',
    'Sitrep-Started': '2026-03-04T14:02:00Z',
    'Sitrep-Next-Update': '2026-03-04T16:00:00Z',
    'Sitrep-Kind': 'incident', 'Sitrep-Internal': None,
    'Sitrep-Result': None,
}
for name, value in want.items():
    have = u[name]
    have = None if have is None else str(have).replace('"', '')
    tap.same(have, value, 'a reseller\'s mail: ' + name)
tap.ok(re.match(r'.*<example-status\.status\.example>$', str(u['List-Id'])),
       'List-Id', u['List-Id'])
tap.ok(re.match(r'^<https://status\.example/u/[a-z2-7]+>, <mailto:example-'
                r'status-unsubscribe\+[a-z2-7]+@in\.status\.example>$',
                str(u['List-Unsubscribe'])), 'List-Unsubscribe',
       u['List-Unsubscribe'])
sender = str(u['Return-Path']).strip('<>')
tap.ok(re.match(r'^example-status-bounces\+[a-z2-7]+@in\.status\.example$',
                sender) and len(sender.split('@')[0]) <= 64, 'VERP', sender)
tap.ok(all(len(s) <= 76 for s in body(u)), 'at most 76 columns',
       [s for s in body(u) if len(s) > 76])
others = to(got, 'r2@reseller2.example')
tap.ok('reseller2' not in u.as_string() and 'reseller1' not in
       others.as_string(), 'one recipient, no other address')
tap.ok(u['List-Unsubscribe'] != others['List-Unsubscribe'],
       'a token of its own')

# ---- References and subject stay through the thread
got = desk.mail(COMMS1, say(), 'resolved\nEnded: 14:40 UTC\nLasting-Effects: '
                'none\n\nIt works.\n', subject='[INC-2026-0042] x',
                at='2026-03-04 14:45')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                  at='2026-03-04 14:46')
u2 = to(got, RESELLER)
tap.same((str(u2['References']), u2['In-Reply-To'],
          str(u2['Subject']).split('] ')[0]),
         ('<inc-2026-0042@status.example>', None, '[Resolved'),
         'a flat thread')
tap.ok('Duration: 38 min' in body(u2) and u2['Sitrep-Next-Update'] is None,
       'the end is told', text_of(u2))
copy = to(got, 'noc1@example.net')
tap.same(str(copy['Subject']), '[INC-2026-0042] copy of update 2 [INTERNAL]',
         'the house gets a copy')
tap.same(copy['Message-ID'], '<inc-2026-0042.u2.r1.copy@status.example>',
         'under its own id')
desk.audit(tap)
desk.close()

# ---- an answer offers what its reader may say, and nothing else
desk = Desk(members=1, number=42)
SUPPORT1, SEC1 = 'support1@example.net', 'sec1@example.net'


def offered(letter):
    said = text_of(letter).replace('\r', '').partition('Reply with one of:')
    return said[2].split()


got = desk.mail(SUPPORT, IN, 'Callers say that IMAP fails.\n',
                subject='cluster b: calls', at='2026-03-04 14:02')
tap.same(offered(to(got, SUPPORT1)), ['handoff', 'now', 'help'],
         'support is offered neither state nor severity')
got = desk.mail(SEC, say(), 'note\n\nNo attack seen.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:03')
tap.same(offered(to(got, SEC1)), ['sev', '1', 'handoff', 'now', 'help'],
         'security no state')
desk.mail(COMMS1, say(), 'ack\n', subject='[INC-2026-0042] x',
          at='2026-03-04 14:04')
got = desk.mail(SUPPORT, say(), 'More calls.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:05')
tap.same(offered(to(got, SUPPORT1)), ['help'], 'nor after the hand-off')
got = desk.mail(NOC1, say(), 'Pool is full.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:06')
tap.same(offered(to(got, 'noc1@example.net')),
         ['identified', 'fixed', 'help'], 'but the NOC is')
desk.close()
tap.done()
