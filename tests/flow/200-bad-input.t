#!/usr/bin/env python3
# Bad input: for each kind of it the exit status of deliver, what is kept and
# with which verdict, who is answered what.  What only LMTP can send stands in
# tests/whole/200-bad-lmtp.t.
import base64
import ctypes
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import SITREP, Rig, Tap, mail_date, rcpt, text_of, to

IN = 'incident@in.status.example'
NOC1 = 'NOC One <noc1@example.net>'
COMMS1 = 'Comms One <comms1@example.net>'
STRANGER = 'Somebody <who@elsewhere.example>'
KEPT = 1024 * 1024
PASS = (b'Authentication-Results: in.status.example; dkim=pass '
        b'header.d=example.net; dmarc=pass header.from=example.net\n'
        b'Received: from mx by in.status.example; now\n')
tap = Tap()
SUBREAPER = 36  # what deliver leaves at work is waited for by this process
ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def spent():
    """Seconds of processor time of all that was run until now: P10 limits
    those, and they don't depend on what else the machine does."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Case:
    """One mail in an instance of its own, and what became of it."""

    def __init__(self, name, members=0, **more):
        self.name = name
        self.rig = Rig(members=members, **more)
        self.out = []
        self.raw = b''

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.rig.close()

    def give(self, raw, rcpt_=IN, sender='noc1@example.net', code=0):
        self.raw = raw
        start = spent()
        done = self.rig.deliver(raw, rcpt_, sender, check=False)
        self.took = spent() - start
        tap.same(done.returncode, code, self.name + ': exit')
        self.out = self.rig.out()
        return self

    def mail(self, body='Trouble.\n', sender=NOC1, rcpt_=IN, **more):
        raw = self.rig.compose(sender, rcpt_, body, **more)
        return self.give(raw, rcpt_, re.sub('.*<|>.*', '', sender))

    def row(self, columns):
        rows = self.rig.sql('SELECT %s FROM message m LEFT JOIN handled h'
                            ' ON h.message_id = m.id WHERE m.source = \'pipe\''
                            ' ORDER BY m.id DESC LIMIT 1' % columns)
        return rows[0] if rows else None

    def kept(self, verdict, cut=0):
        raw, got, was = self.row('m.raw, h.verdict, m.cut')
        want = self.raw[:KEPT] if cut else self.raw
        tap.ok(raw == want, self.name + ': the bytes are kept' +
               (' up to 1 MiB' if cut else ' exactly'))
        tap.same((got, was), (verdict, cut), self.name + ': the verdict')
        return self

    def letters(self, *want):
        """(address, Sitrep-Result) of each mail; no Result: None."""
        have = sorted((rcpt(m), m['Sitrep-Result']) for m in self.out)
        tap.same(have, sorted(want), self.name + ': who is told what')
        return self

    def silent(self):
        return self.letters()

    def says(self, *words, who='noc1@example.net'):
        m = to(self.out, who)
        text = ' '.join(text_of(m).split()) if m is not None else ''
        for w in words:
            tap.ok(w in text, '%s: says "%s"' % (self.name, w),
                   m and text_of(m))
        return self

    def says_not(self, *words):
        for m in self.out:
            for w in words:
                tap.ok(w not in m.as_string() and w not in text_of(m),
                       '%s: %a is not said' % (self.name, w), text_of(m))
        return self

    def events(self, n):
        tap.same(self.rig.sql('SELECT count(*) FROM event')[0][0], n,
                 self.name + ': events')
        return self

    def note(self):
        rows = self.rig.sql('SELECT text FROM note ORDER BY id DESC LIMIT 1')
        return rows[0][0] if rows else ''

    def noted(self, *words):
        for w in words:
            tap.ok(w in self.note(), '%s: noted "%s"' % (self.name, w[:30]),
                   self.note()[:2000])
        return self

    def opened(self, result='ok'):
        return self.kept('done').letters(
            ('noc1@example.net', result)).events(1)


def mime(kind, boundary='b1', extra=''):
    return ('MIME-Version: 1.0',
            'Content-Type: %s; boundary="%s"%s' % (kind, boundary, extra))


# ---- what isn't a mail, or too much of one ----

with Case('1 nothing on stdin', members=1) as c:
    c.give(b'', code=75).silent()
    tap.same(c.row('1'), None, '1 nothing is kept')

with Case('2 headers only') as c:
    c.give(PASS + b'From: NOC One <noc1@example.net>\nSubject: down\n')
    c.kept('unparsed').letters(('noc1@example.net', 'E34')).events(0)
    c.says("couldn't read it", 'Nothing was done')
with Case('2 headers only, not proved') as c:
    c.give(b'From: NOC One <noc1@example.net>\nSubject: down\n')
    c.kept('unparsed').silent().events(0)
with Case('2 text without headers') as c:
    c.give(b'hello there\n').kept('unparsed').silent()

with Case('3 over max_mail') as c:
    c.mail('Sev: 2\nIMAP is down.\n\n' + 'x' * 75 + '\n' +
           ('y' * 79 + '\n') * (26 * 1024 * 1024 // 80))
    c.kept('done', cut=1).letters(('noc1@example.net', 'E33')).events(1)
    c.says('too large').noted('IMAP is down.')

with Case('5 shorter than announced', members=1) as c:
    raw = c.rig.compose(NOC1, IN, 'Trouble.\n')
    for size, code in ((len(raw) + raw.count(b'\n') + 1025, 75),
                       (len(raw) + raw.count(b'\n') + 1024, 0)):
        done = c.rig.run('deliver', '-f', 'noc1@example.net', '-s',
                         str(size), '--', IN, raw=raw)
        tap.same(done.returncode, code, '5 announced %d of %d: exit' % (
            size, len(raw)))
        tap.same(done.stdout[:6], b'4.3.0 ' if code else b'',
                 '5 standard output')
        tap.same(c.rig.sql("SELECT count(*) FROM message"
                           " WHERE source = 'pipe'")[0][0],
                 int(code == 0), '5 messages kept')

with Case('7 a line of 1 MB') as c:
    c.mail('Trouble.\n' + 'z' * 1000000 + '\n').kept('done').events(1)
    c.letters(('noc1@example.net', 'E33')).noted('Trouble.')

with Case('8 NUL') as c:
    c.give(c.rig.compose(NOC1, IN, 'Tr\0ouble\0.\n')).opened('W48')
    c.noted('Tr\ufffdouble\ufffd.')

with Case('9 1,000,000 headers') as c:
    c.give(PASS + b'From: noc1@example.net\n' + b'X: y\n' * 1000000 +
           b'\nTrouble.\n')
    c.kept('limits:headers').silent().events(0)
    tap.ok(c.took < 2, '9 in %.2f s' % c.took)
with Case('9 501 headers') as c:
    c.mail(headers=['X-A: b'] * 500).kept('limits:headers').silent()

for name, body in (
        ('10 200,000 parts', '--b1\n\nx\n' * 200000 + '--b1--\n'),
        ('10 101 parts', '--b1\n\nx\n' * 101 + '--b1--\n')):
    with Case(name) as c:
        c.mail(body, headers=mime('multipart/mixed')).kept('limits:parts')
        c.letters(('noc1@example.net', 'E33')).events(0).says('too many')
        tap.ok(c.took < 2, name + ' in %.2f s' % c.took)
with Case('10 nested 1,000 deep') as c:
    body = ''.join('--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n' %
                   (i, i + 1) for i in range(1, 1000)) + '--b1000\n\nx\n'
    c.mail(body, headers=mime('multipart/mixed')).kept('limits:parts')
    c.letters(('noc1@example.net', 'E33')).events(0)
with Case('10 of a stranger') as c:
    c.mail('--b1\n\nx\n' * 101, sender=STRANGER,
           headers=mime('multipart/mixed')).kept('limits:parts').silent()

with Case('11 no boundary, a long parameter') as c:
    c.give(c.rig.compose(NOC1, IN, 'Trouble at cluster b.\n', headers=(
        'MIME-Version: 1.0', 'Content-Type: multipart/mixed; %s=OCTETS' % (
            'p' * 72))).replace(b'OCTETS', b'\xe9\xff'))
    c.opened().noted('Trouble at cluster b.')

with Case('12 not base64') as c:
    c.mail('--b1\n\nTrouble.\n--b1\nContent-Type: image/png; name=a.png\n'
           'Content-Transfer-Encoding: base64\n'
           'Content-Disposition: attachment; filename=a.png\n\n'
           '\x01\x02{}~~ not base64 !!!\n--b1--\n',
           headers=mime('multipart/mixed'))
    c.opened().noted('Trouble.').says('a.png undecodable')
with Case('12 text that is not base64') as c:
    c.mail('{{{{ ~~~~ !!!!\n', headers=(
        'Content-Type: text/plain', 'Content-Transfer-Encoding: base64'))
    c.kept('done').letters(('noc1@example.net', 'E34')).events(1)
with Case('12 base64 of 20 MiB') as c:
    c.mail('--b1\n\nTrouble.\n--b1\nContent-Type: image/png\n'
           'Content-Transfer-Encoding: base64\n\n' +
           base64.encodebytes(b'\0' * (18 * KEPT)).decode() + '--b1--\n',
           headers=mime('multipart/mixed')).opened()
    tap.ok(c.took < 2, '12 in %.2f s' % c.took)

for name, kind in (('x.zip', 'application/zip'),
                   ('run.exe', 'application/octet-stream'),
                   ('page.html', 'text/html'),
                   ('pic.svg', 'image/svg+xml')):
    with Case('13 ' + name) as c:
        c.mail('--b1\n\nTrouble.\n--b1\nContent-Type: %s; name="%s"\n'
               'Content-Disposition: attachment; filename="%s"\n\n'
               'SECRET-INSIDE <svg onload=x>\n--b1--\n' % (kind, name, name),
               headers=mime('multipart/mixed'))
        c.opened().says('ttachment', 'not published', name)
        c.says_not('SECRET-INSIDE')
        tap.ok('SECRET' not in c.note(), '13 %s: not opened' % name)
with Case('13 an odd name') as c:
    c.mail('--b1\n\nTrouble.\n--b1\nContent-Type: application/zip\n'
           'Content-Disposition: attachment;\n'
           ' filename*=utf-8\'\'a%0D%0ABcc%3A%20x%1b%E2%80%AEgpj.exe\n\nx\n'
           '--b1--\n', headers=mime('multipart/mixed'))
    c.opened().says('not published').says_not('\x1b', '\u202e', '\nBcc:')

for name, charset, octets, want in (
        ('unknown', 'x-nonesuch', b'a\xe9b', 'Trouble a\ufffdb'),
        ('forbidden', 'iso-2022-cn-ext', b'a\xe9b', 'Trouble a\ufffdb'),
        ('invalid', 'utf-8', b'a\xff\xfeb', 'Trouble a\ufffd'),
        ('overlong', 'utf-8', b'a\xc0\xafb', 'Trouble a\ufffd'),
        ('a lone surrogate', 'utf-8', b'a\xed\xa0\x80b', 'Trouble a\ufffd')):
    with Case('14 charset ' + name) as c:
        c.give(c.rig.compose(NOC1, IN, 'Trouble OCTETS\n', headers=(
            'Content-Type: text/plain; charset=' + charset,
            'Content-Transfer-Encoding: 8bit')).replace(b'OCTETS', octets))
        c.opened('W48').noted(want)

# ---- who wrote it ----

for name, line in (
        ('two headers', b'From: noc1@example.net\nFrom: x@example.net'),
        ('two equal headers', b'From: noc1@example.net\nfrom: '
         b'noc1@example.net'),
        ('two mailboxes', b'From: noc1@example.net, noc2@example.net'),
        ('a group', b'From: team: noc1@example.net;'),
        ('an empty group', b'From: team:;'),
        ('empty', b'From:'),
        ('empty brackets', b'From: NOC One <>'),
        ('none', b'X-From: noc1@example.net')):
    with Case('15 From: ' + name) as c:
        c.give(PASS + line + b'\nTo: incident@in.status.example\n'
               b'Subject: down\n\nTrouble.\n')
        c.kept('unauth:from').silent().events(0)

for name, auth, more in (
        ('none', '', ()),
        ('temperror', 'Authentication-Results: in.status.example; '
         'dkim=temperror; dmarc=temperror header.from=example.net\n', ()),
        ('SPF alone', 'Authentication-Results: in.status.example; spf=pass '
         'smtp.mailfrom=example.net; dmarc=none\n', ()),
        ("another's", 'Authentication-Results: mx.evil.example; dmarc=pass '
         'header.from=example.net\n', ()),
        ('forged below', '', ('Authentication-Results: in.status.example; '
         'dmarc=pass header.from=example.net',)),
        ('a name cut in two', 'Authentication-Results: in.status.example; '
         'dkim=pass header.d=example.net(.example.com\n', ()),
        ('10,000 results', 'Authentication-Results: in.status.example' +
         '; dkim=pass header.d=a.example' * 10000 + '; dmarc=pass '
         'header.from=example.net\n', ())):
    with Case('16-18 result ' + name) as c:
        raw = c.rig.compose(NOC1, IN, 'Sev: 2\nTrouble at cluster b.\n',
                            auth=None, headers=more, subject='cluster b')
        c.give(auth.encode() + raw).opened().says('UNVERIFIED')
        tap.same(c.row('h.trust')[0], 'A0k', c.name + ': the class')
        tap.ok(c.took < 1, c.name + ' in %.2f s' % c.took)
        first = c.out
        got = c.rig.tick(at=c.rig.now + 900)
        tap.ok(to(got, 'comms1@example.net') is not None,
               c.name + ': pages all the same')
        for m in first + got:
            if rcpt(m) == '5550134@pager.example':
                continue
            tap.ok('unverified' in text_of(m).lower(),
                   c.name + ': marked in the mail to ' + rcpt(m), text_of(m))
        c.out = c.rig.mail(NOC1, IN, 'Incident: 2026-0001\nidentified\n',
                           auth=None)
        tap.same(c.rig.sql('SELECT count(*) FROM post')[0][0], 0,
                 c.name + ': nothing is published')
        tap.ok('E43' in to(c.out, 'noc1@example.net')['Sitrep-Result'],
               c.name + ': a question', c.out[0]['Sitrep-Result'])

with Case('16 fail') as c:
    told = [('comms1@example.net', None), ('noc1@example.net', None),
            ('noc2@example.net', None)]
    c.mail('Sev: 1\nresolved\n', auth='fail').kept('held').events(0)
    c.letters(*told)
    c.says('noc1@example.net', 'accept')
    tap.ok(all(m['Auto-Submitted'] == 'auto-generated' for m in c.out),
           '16 fail: passed on, not answered')
    c.mail('Again.\n', auth='fail').kept('held').letters(*told)
    c.mail('A stranger.\n', sender=STRANGER, auth=None).kept('held')
    c.letters(*told)
    c.rig.now += 899
    c.mail('And again.\n', sender=STRANGER, auth=None).kept('held').silent()
    c.rig.now += 2
    c.mail('Once more.\n', sender=STRANGER, auth=None).kept('held')
    c.letters(*told).says('who@elsewhere.example')
    accept = to(c.out, 'noc2@example.net')
    c.out = c.rig.answer(accept, 'accept\n')
    c.events(1).noted('Once more.')
    tap.ok(to(c.out, 'who@elsewhere.example') is None,
           '16 accepted: its writer gets nothing')
with Case('16 a stranger, proved') as c:
    c.mail(sender=STRANGER).kept('held').events(0)
    tap.same(len([m for m in c.out
                  if rcpt(m) == 'who@elsewhere.example']), 1,
             '16 a proved stranger: one line')
    c.rig.now += 3600
    c.mail('More.\n', sender=STRANGER).kept('held')
    tap.ok(to(c.out, 'who@elsewhere.example') is None,
           '16 a proved stranger: one a day')

with Case('16 a proved stranger beyond ASCII') as c:
    c.mail(sender='<m\xfcller@elsewhere.example>').kept('held')
    tap.same(len(c.out), 4, '16 beyond ASCII: one line, three passed on')
for mid in ('m\xfcl@example.net', 'a\x7fb@example.net', 'a b@example.net',
            'x' * 900 + '@example.net'):
    with Case('an odd Message-ID %.9a' % mid) as c:
        c.mail(mid=mid).opened()
with Case('2,000 references') as c:
    c.mail(headers=['References: ' + '<a@b>\n ' * 2000 + '<c@d>']).opened()

# ---- again, late, at odd times ----

with Case('19 the same mail') as c:
    c.mail().opened()
    first = c.raw
    for n, raw in enumerate((first, b'Received: from y\n\tby z; now\n' +
                             first, first.replace(b'\n', b'\r\n')), 1):
        c.give(raw).silent().events(1)
        tap.same(c.rig.sql('SELECT (SELECT count(*) FROM message), '
                           '(SELECT count(*) FROM repeat)')[0], (1, n),
                 '19 counted, not kept again')

with Case('20 an old report') as c:
    c.mail('Sev: 2\nTrouble at cluster b.\n', date=mail_date(
        c.rig.now - 7300)).kept('done').events(1)
    tap.same(c.rig.sql('SELECT late FROM note')[0][0], 1,
             '20 its note is stamped late')
for verb in ('draft\n\nWe are looking at it.\n', 'publish\n\nWe look.\n',
             'investigating\n', 'Correct: 1\n\nOther words.\n', 'resolved\n',
             'Status: identified\n\nThe cause is found.\n'):
    with Case('20 old ' + verb.split('\n')[0]) as c:
        c.mail('Sev: 2\nComponents: email-b\nTrouble.\n')
        c.rig.now += 3600
        c.rig.run('tick', check=True)
        c.rig.out()
        c.mail('Incident: 2026-0001\n' + verb, sender=COMMS1,
               date=mail_date(c.rig.now - 8000))
        c.kept('done')
        tap.same(c.rig.sql('SELECT (SELECT count(*) FROM draft WHERE'
                           ' author != \'\'), (SELECT count(*) FROM post)'),
                 [(0, 0)], c.name + ': nothing is drafted or posted')
        q = to(c.out, 'comms1@example.net')
        tap.ok(q is not None and 'reply yes' in text_of(q).lower(),
               c.name + ': a question', q and text_of(q))
        tap.same(c.rig.sql("SELECT count(*) FROM question WHERE person ="
                           " 'comms1'")[0][0], 1, c.name + ': kept')
        got = c.rig.answer(q, 'yes\n')
        if not verb.startswith('Correct'):
            tap.ok(c.rig.sql("SELECT count(*) FROM draft WHERE author ="
                             " 'comms1'")[0][0] == 1,
                   c.name + ': yes carries it out', got and text_of(got[0]))

with Case('21 the same Message-ID') as c:
    c.mail(mid='same@example.net').opened()
    tap.same(c.row('h.flags')[0], '', '21 the first')
    c.rig.now += 60
    c.mail('Sev: 4\nSomething else at dns.\n', mid='same@example.net')
    c.kept('done').events(2)
    tap.ok('same-mid' in c.row('h.flags')[0], '21 the second is flagged')

for date, code in (('Thu, 01 Jan 2099 00:00:00 +0000', 'W44'),
                   ('Mon, 32 Foo 2026 10:00:00 +0000', 'W44'),
                   ('', 'W44'), (None, 'W44'),
                   ('Thu, 01 Jan 1970 00:00:01 +0000', 'ok')):
    with Case('22 Date: %s' % date) as c:
        raw = c.rig.compose(NOC1, IN, 'Trouble.\n', date='DATE')
        raw = (re.sub(b'Date: DATE\n', b'', raw) if date is None else
               raw.replace(b'DATE', date.encode()))
        c.give(raw).opened(code)
        tap.same(c.rig.sql('SELECT began FROM event')[0][0], c.rig.now,
                 c.name + ': the receive time counts')

# ---- which event ----

with Case('23 an unknown id') as c:
    c.mail('Sev: 3\nTrouble at dns.\n', subject='dns slow')
    c.rig.now += 60
    c.mail('It goes on.\n', subject='Re: [INC-2026-0099] x')
    c.kept('no-incident').letters(('noc1@example.net', 'E12')).events(1)
    c.says('INC-2026-0099', 'INC-2026-0001')
    c.rig.now += 60
    c.mail('Incident: 0077\nIt goes on still.\n').kept('no-incident')
    c.letters(('noc1@example.net', 'E10')).says('0077', 'INC-2026-0001')
    c.rig.now += 60
    c.mail('To an address.\n', rcpt_='incident+inc-2026-0055@'
           'in.status.example').kept('no-incident')
    c.says('INC-2026-0001').events(1)
    c.mail('Incident: 0078\nStranger.\n', sender=STRANGER,
           auth=None).kept('held').events(1)

with Case('24 a closed event') as c:
    c.mail('Trouble at dns.\n', subject='dns')
    receipt = c.out[0]
    c.rig.now += 120
    closed = to(c.rig.answer(receipt, 'resolve\n'), 'noc1@example.net')
    c.rig.now += 600
    c.out = c.rig.answer(closed, 'It was the resolver.\n')
    c.events(1).noted('It was the resolver.')
    tap.ok(to(c.out, 'noc1@example.net')['Sitrep-Result'] == 'ok',
           '24 a reply is a note', c.out[0]['Sitrep-Result'])
    c.rig.now += 60
    c.out = c.rig.answer(closed, 'identified\n')
    c.letters(('noc1@example.net', 'E11')).events(1).says('closed')
    c.rig.now += 60
    c.mail('Down again.\n', subject='[INC-2026-0001] dns')
    c.kept('done').events(2).says('INC-2026-0001', 'INC-2026-0002')

# ---- fields ----

with Case('25 a field twice') as c:
    c.mail('Severity: 2\nSeverity: 4\nTrouble.\n').opened('W43')
    c.says('Line 2', 'Severity: 4', 'Reply with this line: Severity: 2')
    tap.same(c.rig.sql('SELECT severity FROM event')[0][0], 4,
             '25 the last wins')
with Case('25 a value that is none') as c:
    c.mail('Severity: very\nSince: soon\nComponents: nonesuch\n'
           'Trouble.\n')
    c.opened('E24;E23;E22').says('Line 1', 'Severity: very', 'Line 2',
                                 'Since: soon', 'Line 3')
with Case('25 a form left blank') as c:
    c.mail('Severity:\nSince:\nTrouble.\n').opened()
with Case('25 in a publishing mail') as c:
    c.mail('Sev: 2\nComponents: email-b\nTrouble.\n')
    c.rig.now += 60
    c.mail('Incident: 0001\nTitle: One\nTitle: Two\npublish\n\nWe look.\n',
           sender=COMMS1)
    tap.ok('W43' in to(c.out, 'comms1@example.net')['Sitrep-Result'],
           '25 told with the preview')
    tap.same(c.rig.sql('SELECT title, (SELECT count(*) FROM post) FROM draft'
                       ' ORDER BY id DESC LIMIT 1')[0], ('Two', 0),
             '25 a preview of the last')
with Case('25 two states') as c:
    c.mail('Sev: 2\nComponents: email-b\nTrouble.\n')
    c.rig.now += 60
    c.mail('!resolve\n!monitoring\n\nIt works again.\n',
           subject='[INC-2026-0001] x', sender=COMMS1)
    said = text_of(to(c.out, 'comms1@example.net'))
    tap.ok('Reply with this line: !resolve' in ' '.join(said.split()),
           '25 told how to mend it', said)
    tap.same(c.rig.sql('SELECT state, (SELECT count(*) FROM post) FROM draft'
                       ' ORDER BY id DESC LIMIT 1')[0], ('monitoring', 0),
             '25 the last state holds, in a preview')

CRLF = '=?utf-8?Q?a=0D=0ABcc=3A_victim=40elsewhere.example?='
with Case('26 line ends in words') as c:
    c.mail('Title: %s\nComponents: email-b\nTrouble.\n' % CRLF,
           subject=CRLF, sender='%s <noc1@example.net>' % CRLF)
    c.opened()
    c.rig.now += 60
    first = c.out
    c.mail('Incident: 0001\ndraft\nTitle: %s\n\nWe look.\n' % CRLF,
           sender=COMMS1)
    c.out = first + c.out + c.rig.tick(at=c.rig.now + 1200)
    for m in c.out:
        tap.ok(m['Bcc'] is None and m['Cc'] is None and
               len(m.get_all('To')) == 1, '26 no Bcc in ' + str(m['Subject']))
    tap.ok('\n' not in c.rig.sql('SELECT subject FROM event')[0][0],
           '26 no line end in the subject')

with Case('27 a hostile subject') as c:
    c.mail(subject='=?utf-8?Q?=1B[31mA=E2=80=AEB=E2=80=8BC=07?= ' +
           'long ' * 2000).opened()
    s = c.rig.sql('SELECT subject FROM event')[0][0]
    tap.ok(len(s) <= 200 and not re.search(
        '[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]', s),
        '27 stripped, 200 characters', repr(s))
    tap.ok(len(str(c.out[0]['Subject'])) <= 200, '27 so is the answer')

with Case('28 markup in each field', members=1) as c:
    x = '<script>alert(1)</script><img src=x onerror=y>]]>javascript:z'
    fields = ''.join('%s: %s\n' % (f, x) for f in (
        'Title', 'Impact', 'Reseller-Impact', 'End-User-Impact', 'Workaround',
        'Social', 'Cause', 'Fix', 'Note', 'Reason', 'Lasting-Effects',
        'Problem'))
    c.mail('Components: email-b\n' + fields + 'Trouble %s.\n' % x, subject=x)
    c.kept('done').events(1)
    c.rig.now += 60
    c.mail('Incident: 0001\ndraft\n' + fields + '\nWe look at it.\n',
           sender=COMMS1)
    got = c.rig.answer(to(c.out, 'comms1@example.net'), 'yes\n')
    letter = to(got, 'r1@reseller1.example')
    tap.ok(letter is not None, '28 posted', got and text_of(got[0]))
    html = letter and letter.get_body(('html',))
    tap.ok(not html or '<script>a' not in html.get_content() and
           '<img src=x' not in html.get_content(), '28 text in the letter')
    c.rig.run('page', check=True)
    for path in ('index.html', 'incident/2026/0001/index.html'):
        page = c.rig.read('state', 'public', path)
        tap.ok('<script>a' not in page and '<img src=x' not in page and
               '&lt;script&gt;' in page, '28 text in ' + path, page[:3000])

with Case('29 Markdown that takes long') as c:
    c.mail('![[]()' * 100000 + '\n').kept('done').events(1)
    tap.ok(c.took < 2, '29 in %.2f s' % c.took)
    c.rig.now += 60
    c.mail('Incident: 0001\ndraft\n\n' + '[[](' * 15000 + '\n',
           sender=COMMS1).kept('done')
    tap.ok(c.took < 2, '29 as a draft in %.2f s' % c.took)
    preview = to(c.out, 'comms1@example.net')
    if preview and preview['Subject'].startswith('[PREVIEW]'):
        start = spent()
        c.rig.answer(preview, 'yes\n')
        c.rig.run('page', check=True)
        took = spent() - start
        tap.ok(took < 4, '29 posted in %.2f s' % took)

# ---- what must not get out ----

with Case('30 the public address in Cc', members=1) as c:
    c.mail('Components: email-b\nTrouble.\n', subject='x')
    receipt = c.out[0]
    for header in ('Cc: Example Status <status@status.example>',
                   'Cc: x@y.example, STATUS@status.example',
                   'To: example-status@in.status.example'):
        c.rig.now += 60
        c.out = c.rig.answer(receipt, 'It is mbx-b07, again %d.\n' %
                             c.rig.now, headers=[header])
        c.says('not published')
        tap.same(c.rig.sql('SELECT (SELECT count(*) FROM post), (SELECT '
                           "count(*) FROM letter WHERE kind = 'broadcast')"),
                 [(0, 0)], '30 internal only')
        tap.ok(to(c.out, 'r1@reseller1.example') is None, '30 no letter')
    c.rig.now += 60
    c.mail('Incident: 0001\npublish\n\nWe look.\n', sender=COMMS1,
           headers=['Cc: status@status.example'])
    tap.same(c.rig.sql('SELECT count(*) FROM post')[0][0], 0,
             '30 a publishing verb makes a preview')
    c.rig.now += 60
    c.mail('Nothing odd.\n', headers=['Cc: support@example.net'])
    c.says_not('not published')

with Case('31 internal words below', members=1) as c:
    c.mail('Components: email-b\nSev: 2\nTrouble.\n')
    for n, quote in enumerate((
            '> SECRET-CANARY pool on mbx-b07\n',
            '-----Original Message-----\nFrom: NOC One\n'
            'SECRET-CANARY pool\n',
            'On Wed, 4 Mar 2026 at 14:06, NOC One wrote:\n'
            '> SECRET-CANARY\n')):
        c.rig.now += 60
        c.mail('Incident: 0001\ndraft\n\nWe look at it, %d.\n\n%s' % (
            n, quote), sender=COMMS1)
        preview = to(c.out, 'comms1@example.net')
        check = to(c.out, 'noc1@example.net')
        tap.ok(preview['Subject'].startswith('[PREVIEW]'), '31 a preview')
        tap.ok(check is not None and 'check' in check['Subject'],
               '31 a fact check to NOC')
        c.says_not('SECRET-CANARY')
    got = c.rig.answer(preview, 'yes\n')
    tap.ok('We look at it, 2.' in text_of(to(got, 'r1@reseller1.example')),
           '31 posted')
    tap.ok('CANARY' not in str(c.rig.sql('SELECT text FROM post')) and
           not any('CANARY' in m.as_string() for m in got), '31 not in it')

# ---- machines ----

with Case('32 the null sender') as c:
    c.give(c.rig.compose(NOC1, IN, 'resolved\n'), sender='<>')
    c.kept('auto').silent().events(0)
for header in ('Auto-Submitted: auto-replied', 'Auto-Submitted: '
               'auto-generated', 'Precedence: bulk', 'Precedence: list',
               'Precedence: junk', 'List-Id: <users.elsewhere.example>'):
    with Case('33 ' + header) as c:
        c.mail(headers=[header]).kept('auto').silent().events(0)
for header in ('List-Id: Status <example-status.in.status.example>',
               'X-Loop: incident@in.status.example',
               'X-Loop: status.example', 'Sitrep-Event: INC-2026-0001'):
    with Case('34 ' + header) as c:
        c.mail(headers=[header]).kept('loop').silent().events(0)
with Case('34 our Message-ID') as c:
    c.mail(mid='inc-2026-0042.u1.r1@status.example').kept('loop')
    c.silent().events(0)
with Case('35 51 Received') as c:
    c.mail(headers=['Received: from a by b; now'] * 50).kept('loop')
    c.silent().events(0)
with Case('35 50 Received') as c:
    c.mail(headers=['Received: from a by b; now'] * 49).opened()

# ---- addresses ----

for name, address in (
        ('line ends', b'<x@y.example\r\n\tBcc: z@y.example>'),
        ('brackets', b'<<x@y.example>>'), ('a blank', b'<a b@y.example>'),
        ('300 bytes', b'<' + b'x' * 290 + b'@y.example>'),
        ('NUL', b'<x\0y@y.example>'), ('an IP', b'<x@[127.0.0.1]>'),
        ('a command', b'<|cmd@y.example>'), ('a path', b'<../../x@y.example>'),
        ('a command alone', b'<|cmd>'), ('quoted', b'<"|cmd"@y.example>')):
    with Case('40 From: ' + name) as c:
        c.give(PASS.replace(b'example.net', b'y.example') + b'From: ' +
               address + b'\nSubject: x\n\nTrouble.\n', sender='x@y.example')
        c.kept('unauth:from').silent().events(0)
for name, sender in (('a command', '|cmd'), ('a path', '../../x'),
                     ('300 bytes', 'x' * 300 + '@y.example'),
                     ('an IP', 'x@[127.0.0.1]'),
                     ('a blank and line ends', 'a b@y.example\r\nBcc: z')):
    with Case('40 envelope: ' + name) as c:
        c.give(c.rig.compose(NOC1, IN, 'Trouble.\n'), sender=sender)
        c.opened()

for where in ('nobody@in.status.example', 'x@elsewhere.example', '|cmd',
              '../../etc/passwd', 'x' * 300 + '@in.status.example',
              'incident@in.status.example\r\nRCPT TO:<x>'):
    with Case('44 to %.30r' % where) as c:
        c.mail(rcpt_=where).kept('held: unknown recipient').silent()
        c.events(0)

# ---- codes of a garbled mail ----

with Case('M14', at='2026-03-08 14:00') as c:
    c.mail('''Sevreity: 2
Servcie: registrar api
Since: 03/04 9am
reslove

Timeouts at .CA registry
''', subject='api', date='Sun, 08 Mar 2026 10:00:00 -0400')
    c.opened('E20;E21;E23').noted('Timeouts at .CA registry')
    body = text_of(c.out[0])
    for n, line in enumerate(('Sevreity: 2', 'Servcie: registrar api',
                              'Since: 03/04 9am', 'reslove'), 1):
        tap.ok('ine %d' % n in body and '  ' + line in body,
               'M14: line %d is shown' % n, body)
    for line in ('  Severity: 2', '  Service: registrar api',
                 '  Since: 2026-03-04 09:00', '  resolve'):
        tap.ok(re.search('^' + re.escape(line) + '$', body, re.M) or
               (line.endswith('09:00') and '  Since: 4 Mar 9:00' in body),
               'M14: to copy:%s' % line, body)
    tap.same(c.rig.sql('SELECT severity, phase FROM event'), [(3, 'open')],
             'M14: SEV3')
    tap.same(c.rig.sql('SELECT slug FROM touches'), [], 'M14: no component')
    tap.same(c.rig.sql('SELECT kind, due_at FROM timer'),
             [(1, c.rig.now + 900)], 'M14: T1')

for name, code, headers, body in (
        ('PGP/MIME', 'E30', ('Content-Type: multipart/encrypted; '
         'protocol="application/pgp-encrypted"; boundary=b1',),
         '--b1\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n'
         '--b1\nContent-Type: application/octet-stream\n\n'
         '-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n'
         '--b1--\n'),
        ('PGP inline', 'E30', (), '-----BEGIN PGP MESSAGE-----\n\n'
         'hQEMA\n=abcd\n-----END PGP MESSAGE-----\n'),
        ('S/MIME', 'E30', ('Content-Type: application/pkcs7-mime; '
         'smime-type=enveloped-data; name=smime.p7m',
         'Content-Transfer-Encoding: base64'), 'MIAGCSqGSIb3DQEHA6CA\n'),
        ('winmail.dat', 'E31', mime('multipart/mixed'),
         '--b1\nContent-Type: application/ms-tnef; name=winmail.dat\n'
         'Content-Transfer-Encoding: base64\n\neJ8+\n--b1--\n'),
        ('a picture alone', 'E34', ('Content-Type: image/png',
         'Content-Transfer-Encoding: base64'), 'iVBORw0KGgo=\n')):
    with Case('codes: ' + name) as c:
        c.mail(body, headers=headers, subject='Sev2 cluster b')
        c.opened(code)
with Case('codes: blank text') as c:
    c.mail('\n \n', subject='Sev2 cluster b').opened()

# ---- a reader that dies ----


def descendants(pid):
    try:
        with open('/proc/%d/task/%d/children' % (pid, pid)) as f:
            kids = [int(x) for x in f.read().split()]
    except OSError:
        return []
    return kids + [x for k in kids for x in descendants(k)]


def kill_reader(c, raw):
    """Delivers raw and kills the child that reads it."""
    p = subprocess.Popen(
        [SITREP, '-c', c.rig.path('sitrep.conf'), '-t', '@%d' % c.rig.now,
         'deliver', '-f', 'noc1@example.net', '--', IN],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    p.stdin.write(raw)
    p.stdin.close()
    killed = False
    while p.poll() is None:
        found = descendants(p.pid)
        if len(found) > 1 and not killed:
            os.kill(found[-1], signal.SIGKILL)
            killed = True
    p.stdout.close()
    return killed, p.returncode


with Case('P10 the reader dies') as c:
    raw = c.rig.compose(NOC1, IN, '--b1\n\nTrouble.\n' + ''.join(
        '--b1\nContent-Type: text/plain\n'
        'Content-Transfer-Encoding: base64\n\n' +
        base64.encodebytes(b'word \n' * 28000).decode()
        for i in range(90)) + '--b1--\n', headers=mime('multipart/mixed'))
    killed, code = kill_reader(c, raw)
    if killed and c.row('h.verdict')[0] == 'unparsed':
        c.raw, c.out = raw, c.rig.out()
        tap.same(code, 0, 'P10 exit')
        c.kept('unparsed').letters(('noc1@example.net', 'E34'),
                                   ('root@localhost', None)).events(0)
        c.mail('The next.\n').kept('done').events(1)
    else:
        tap.skip('P10 the reader was faster than its killer')

# ---- the store ----


def store(c):
    return c.rig.path('state', 'sitrep.db')


with Case('45 locked') as c:
    c.mail('First.\n').opened()
    db = sqlite3.connect(store(c))
    db.execute('BEGIN EXCLUSIVE')
    raw = c.rig.compose(NOC1, IN, 'While locked.\n')
    start = time.monotonic()
    done = c.rig.deliver(raw, IN, check=False)
    tap.same((done.returncode, done.stdout[:6]), (75, b'4.3.0 '),
             '45 locked: exit')
    tap.ok(9 < time.monotonic() - start < 30, '45 after %.0f s' % (
        time.monotonic() - start))
    tap.ok(b'While' not in done.stdout + done.stderr, '45 nothing printed')
    db.rollback()
    tap.same(c.rig.sql('SELECT count(*) FROM message')[0][0], 1,
             '45 nothing is kept')
    db.close()
    c.give(raw).kept('done').events(2)

INSIDE = r'''
mount -t tmpfs -o size=%(size)s none "$1/state" || exit 99
cp -a "$1/saved/." "$1/state/"
%(fill)s
"$2" -c "$1/sitrep.conf" -t "$3" deliver -f noc1@example.net -- \
	incident@in.status.example < "$1/mail" > "$1/said"
echo $? > "$1/code"
rm -f "$1/state/ballast"
mount -o remount,rw none "$1/state"
"$2" -c "$1/sitrep.conf" -t "$3" deliver -f noc1@example.net -- \
	incident@in.status.example < "$1/mail"
echo $? > "$1/later"
cp "$1/state/sitrep.db" "$1/after.db"
'''
for name, size, fill in (
        ('disk full', '2m', 'cat /dev/zero > "$1/state/ballast" 2> /dev/null'),
        ('read-only', '8m', 'mount -o remount,ro none "$1/state"')):
    with Case('45 ' + name) as c:
        c.mail('First.\n').opened()
        os.rename(c.rig.path('state'), c.rig.path('saved'))
        os.mkdir(c.rig.path('state'))
        with open(c.rig.path('mail'), 'wb') as f:
            f.write(c.rig.compose(NOC1, IN, 'Second.\n' + 'x\n' * 20000))
        done = subprocess.run(
            ['unshare', '-rm' if os.getuid() else '-m', 'sh', '-c',
             INSIDE % {'size': size, 'fill': fill}, 'sh', c.rig.dir, SITREP,
             '@%d' % c.rig.now], stderr=subprocess.PIPE)
        if not os.path.exists(c.rig.path('later')):
            tap.skip('45 %s: no mounts here: %s' % (
                name, done.stderr.decode()[:100]))
            continue
        tap.same((c.rig.read('code'), c.rig.read('said')[:6]),
                 ('75\n', '4.3.0 '), '45 %s: exit' % name)
        tap.ok('Second' not in c.rig.read('said'),
               '45 %s: nothing of it is printed' % name)
        db = sqlite3.connect(c.rig.path('after.db'))
        tap.same((c.rig.read('later'), db.execute(
            'SELECT count(*), (SELECT count(*) FROM handled) FROM message'
            ).fetchone()), ('0\n', (2, 2)),
            '45 %s: taken when it is lifted' % name)
        tap.same(db.execute('PRAGMA integrity_check').fetchone()[0], 'ok',
                 '45 %s: the store is sound' % name)
        db.close()

with Case('46 a corrupt store') as c:
    c.mail('First.\n').opened()
    raw = c.rig.compose(NOC1, IN, 'Second.\n')
    shutil.copy(store(c), c.rig.path('good'))
    size = os.path.getsize(store(c))
    for at, n in ((0, 16), (0, size), (100, 400), (16, 2)):
        with open(store(c), 'r+b') as f:
            f.seek(at)
            f.write(b'\xa5' * n)
        done = c.rig.deliver(raw, IN, check=False)
        tap.same((done.returncode, done.stdout[:6]), (75, b'4.3.0 '),
                 '46 %d bytes wrong at %d: exit' % (n, at))
        shutil.copy(c.rig.path('good'), store(c))
    with open(store(c), 'r+b') as f:
        f.truncate(size // 2)
    done = c.rig.deliver(raw, IN, check=False)
    tap.same(done.returncode, 75, '46 half of it is gone: exit')
    shutil.copy(c.rig.path('good'), store(c))
    c.give(raw).kept('done').events(2)

tap.done()
