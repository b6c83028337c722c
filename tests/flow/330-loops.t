#!/usr/bin/env python3
# At most one answer to a mail, none to machines, and no loop: two instances
# that know, mail and forward to one another, and a person's dumb responder,
# for 24 virtual hours (P8).
import glob
import os
import re
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from rig import CONF, Rig, Tap, mail_date, rcpt, text_of  # noqa: E402

tap = Tap()
DOMAINS = 'in.status.example', 'in.other.example'


def instance(n):
    """Its noc9 is the other's status desk; its owner and admin too."""
    ours, theirs = DOMAINS[n], DOMAINS[1 - n]
    conf = CONF.replace('in.status.example', ours)
    conf = conf.replace('https://status.example/', 'https://%s/' % ours[3:])
    conf = conf.replace('"postmaster@example.net"', '"postmaster@%s"' % theirs)
    conf = conf.replace('"root@localhost"', '"incident@%s"' % theirs)
    extra = ('person "noc9" { name = "Desk"  addresses = { "incident@%s" }'
             '  roles = { "noc" } }' % theirs)
    rig = Rig(members=0, extra=extra, conf=conf)
    rig.run('list', 'example-status', 'add', 'incident@' + theirs,
            'noc9@' + theirs, 'status@' + theirs[3:], check=True)
    return rig


rigs = [instance(0), instance(1)]
crossed = []  # (time, from which instance, address, subject)


def post(n, address, letter, sender):
    """Hands a mail to an instance as its mail server does."""
    rig = rigs[n]
    lines = letter.split(b'\n')
    while re.match(rb'(?i)(return-path|delivered-to):', lines[0]):
        lines.pop(0)
    raw = b'\n'.join(lines)
    domain = re.search(rb'(?im)^From:.*?@([\w.-]+)', raw).group(1).decode()
    head = ('Authentication-Results: %s; dkim=pass header.d=%s;'
            ' dmarc=pass header.from=%s\nReceived: from mx.%s by %s; %s\n' % (
                DOMAINS[n], domain, domain, domain, DOMAINS[n],
                mail_date(rig.now)))
    rig.deliver(head.encode() + raw, address, sender)


def carry():
    """What came out of each goes where it is addressed; how many did."""
    moved = 0
    for n, rig in enumerate(rigs):
        for letter in rig.out():
            address = rcpt(letter)
            domain = address.rpartition('@')[2]
            crossed.append((rig.now, n, address, letter['Subject']))
            for to, other in enumerate(DOMAINS):
                if domain in (other, other[3:]):
                    post(to, address, letter.as_bytes(),
                         str(letter['Return-Path'] or '').strip('<> '))
                    moved += 1
    return moved


def hours(n, step=1800):
    for _ in range(n * 3600 // step):
        for rig in rigs:
            rig.now += step
            rig.run('tick', check=True)
        for _ in range(20):
            if not carry():
                break
        else:
            tap.ok(False, 'it goes to and fro')
            return


def between(since):
    """Mails from one to the other that count: not what a timer says."""
    return [c for c in crossed[since:]
            if c[2].rpartition('@')[2] in DOMAINS + tuple(
                d[3:] for d in DOMAINS)]


def silent(name, since, most):
    got = between(since)
    first = got[0][0] if got else 0
    late = [c for c in got if c[0] > first + 3600]
    tap.ok(len(got) <= most and not late,
           '%s: %d mails, then silence' % (name, len(got)),
           '\n'.join(map(str, got)))


# A mail of one's desk to the other's, as if a person had written it.
mark = len(crossed)
post(0, 'incident@in.status.example',
     b'From: Desk <incident@in.other.example>\nTo: incident@in.status.example\n'
     b'Subject: list\nMessage-ID: <1@other.example>\nDate: ' +
     mail_date(rigs[0].now).encode() + b'\n\nlist\n', 'x@in.other.example')
for _ in range(20):
    if not carry():
        break
hours(24)
silent('desk to desk', mark, 2)

# People's mail to the owner, who is the other's owner.
mark = len(crossed)
post(0, 'postmaster@in.status.example',
     b'From: Ann <ann@customer.example>\nTo: postmaster@in.status.example\n'
     b'Subject: hello\nMessage-ID: <2@customer.example>\nDate: ' +
     mail_date(rigs[0].now).encode() + b'\n\nIs somebody there?\n',
     'ann@customer.example')
hours(24)
silent('owner to owner', mark, 2)

# A list's addresses and those of the other's list, desk and owner.
serial = 2
for word in ('subscribe', 'unsubscribe', 'request'):
    for who in ('incident', 'noc9', 'example-status-request',
                'example-status-subscribe', 'example-status-owner'):
        mark = len(crossed)
        serial += 1
        to = 'example-status-%s@in.status.example' % word
        post(0, to, ('From: Desk <%s@in.other.example>\nTo: %s\n'
                     'Subject: subscribe\nMessage-ID: <%d@other.example>\n'
                     'Date: %s\n\nhelp\nwhich\nsubscribe\n' % (
                         who, to, serial, mail_date(rigs[0].now))).encode(),
             'x@in.other.example')
        hours(2)
        silent('%s to %s' % (who, word), mark, 2)
hours(24)
silent('and for a day', mark, 2)

# The other's addresses are on the list: a broadcast to its desk.
mark = len(crossed)
rig = rigs[0]
got = rig.mail('Comms One <comms1@example.net>', 'incident@in.status.example',
               'publish investigating\nComponents: email-b\nSeverity: 4\n\n'
               'We are investigating.\n', subject='new')
preview = [m for m in got if rcpt(m) == 'comms1@example.net'][0]
crossed += [(rig.now, 0, rcpt(m), m['Subject']) for m in got]
rig.mail('Comms One <comms1@example.net>',
         re.sub('.*<|>.*', '', str(preview['Reply-To'])), 'yes\n',
         subject='Re: ' + preview['Subject'], reply=preview)
rig.taken.clear()
shown = [m for m in rig.out() if rcpt(m).endswith('other.example')]
tap.ok(len(shown) >= 3, 'the broadcast goes to the other',
       [(rcpt(m), m['Subject']) for m in shown])
for letter in shown:
    post(1, rcpt(letter), letter.as_bytes(),
         str(letter['Return-Path']).strip('<> '))
mark = len(crossed)
hours(24)
back = [c for c in between(mark) if c[1] == 1]
tap.ok(len(back) <= 2, 'list to desk: %d mails come back' % len(back), back)
events = rigs[1].sql('SELECT count(*) FROM event')
tap.same(events, [(0,)], 'and the other opened nothing for it')

# -- a responder that says nothing of being one --------------------------------

for r in rigs:
    r.close()
rig = Rig(members=0)
answers, said = 0, 0
got = rig.mail('NOC One <noc1@example.net>', 'incident@in.status.example',
               'cluster b is slow\n', subject='Sev4 cluster b')
for step in range(48 * 8):
    for letter in got:
        if rcpt(letter) != 'noc1@example.net':
            continue
        answers += 1
        if said < 100:
            said += 1
            rig.deliver(rig.compose(
                'NOC One <noc1@example.net>', str(letter['Reply-To']),
                'Thank you for your mail number %d, it is being read.\n'
                % said, subject='Re: ' + letter['Subject'], reply=letter),
                re.sub('.*<|>.*', '', str(letter['Reply-To'])),
                'noc1@example.net')
    rig.now += 225
    got = rig.out()
tap.ok(50 <= answers <= 60, 'a dumb responder gets no more than so many',
       answers)
tap.same(rig.sql('SELECT count(*) FROM note')[0][0], 1 + said,
         'its mails are kept')
got = rig.mail('NOC One <noc1@example.net>', 'incident@in.status.example',
               'ack\n', subject='[INC-2026-0001]')
tap.ok('noc1@example.net' in [rcpt(m) for m in got],
       'and what its owner asks for is answered', got)
rig.now += 86400

# -- what machines send --------------------------------------------------------

FIXTURES = (
    'Auto-Submitted: auto-replied', 'Auto-Submitted: auto-generated',
    'Precedence: bulk', 'Precedence: list', 'Precedence: junk',
    'Precedence: auto_reply', 'List-Id: <x.example.net>',
    'List-Unsubscribe: <mailto:x@example.net>', 'X-Autoreply: yes',
    'X-Autorespond: vacation', 'X-Loop: noc1@example.net',
    'X-Auto-Response-Suppress: All', 'X-Failed-Recipients: x@example.net',
    'X-Mailing-List: noc', 'X-BeenThere: noc@example.net',
    'Content-Type: multipart/report; boundary=x; report-type=delivery-status',
    'Sitrep-Event: INC-2026-0001', 'X-Auto-Response-Suppress: DR, AutoReply',
    'X-Cron-Env: <SHELL=/bin/sh>', 'Auto-Submitted: auto-notified; x=y')
rig.out()
loud = []
for header in FIXTURES:
    got = rig.mail('NOC One <noc1@example.net>', 'incident@in.status.example',
                   'who\n', subject='who', headers=[header])
    if [m for m in got if rcpt(m) == 'noc1@example.net']:
        loud.append(header)
for sender in '', 'mailer-daemon@example.net', 'owner-noc@example.net', \
        'noc-bounces@example.net', 'noc-request@example.net':
    rig.deliver(rig.compose('NOC One <noc1@example.net>',
                            'incident@in.status.example', 'who\n',
                            subject='who'),
                'incident@in.status.example', sender)
    if rig.out():
        loud.append('envelope ' + sender)
tap.ok(not loud, '%d kinds of machine mail are never answered' % (
    len(FIXTURES) + 5), loud)
got = rig.mail('NOC One <noc1@example.net>', 'incident@in.status.example',
               'who\n', subject='who')
tap.same([rcpt(m) for m in got], ['noc1@example.net'],
         'the same of a person is')
rig.close()
tap.done()
