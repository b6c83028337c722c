"""The people of the rig, the usual first steps, and what must be true of
every internal mail that comes out.
"""
import re

from rig import Rig, Tap, address_of, rcpt, text_of, to  # noqa: F401

NOC1, NOC2 = 'NOC One <noc1@example.net>', 'NOC Two <noc2@example.net>'
COMMS1, COMMS2 = ('Comms One <comms1@example.net>',
                  'Comms Two <comms2@example.net>')
LEAD, EXEC = ('Comms Lead <commslead@example.net>',
              'Duty Exec <exec1@example.net>')
SEC, SUPPORT = ('Security One <sec1@example.net>',
                'Support One <support1@example.net>')
IN = 'incident@in.status.example'
RESELLER = 'r1@reseller1.example'
MARKER = '##- Please write above this line -##'
RULER = '-' * 60

MID = re.compile(
    r'^<(((inc|drl)-\d{4}-\d{4}|rep-\d{4}-\d\d)\.)?('
    r't\d+\.\d+(\.page)?|d\d+(\.check)?|n\d+|u\d+\.r\d+\.copy|q\d+|'
    r'(copy\.)?rcpt\.[0-9a-f]{8}|letter\.\d+\.[0-9a-f]{8}|'
    r'preview\.[0-9a-f]{8}|held\.\d+|weekly\.\d{4}-W\d\d\.\d+|'
    r'u\d+\.r\d+\.[a-z0-9-]+)@status\.example>$')
TOKEN = re.compile(
    r'^((INC|DRL)-\d{4}-\d{4} reply <(?:incident|warroom)\+(inc|drl)-\d{4}-\d{4}|'
    r'REP-\d{4}-\d\d reply <incident\+rep-\d{4}-\d\d)\.'
    r'([dutnq]\d+|e|w)\.[a-z2-7]{26}@in\.status\.example>$|'
    r'^Status desk reply <incident\+q\d+\.[a-z2-7]{26}'
    r'@in\.status\.example>$|'
    r'^p\.[a-z2-7]{10}@in\.status\.example$')
LATER = re.compile(
    r'\b(extend|reschedule|convert|link)\b', re.I)


def say(subject_tag=42):
    return 'incident+inc-2026-%04d@in.status.example' % subject_tag


def own_lines(body):
    """The lines whose words are ours: no draft, no note, nothing verbatim."""
    inside = note = held = False
    for line in body.split('\n'):
        line = line.rstrip('\r')
        if line == RULER:
            inside, note = not inside, False
            continue
        if line == '' and not held:
            note = False
        held = held or line.startswith('Subject: ')
        if line == 'Reply with one of:':
            note = held = False
        note = note or held
        if re.match(r'n\d+ .*:$', line):
            note = True
            continue
        if not inside and not note and not line.startswith('  '):
            yield line


class Desk(Rig):
    """A rig that keeps every letter, to be looked at in the end."""

    def __init__(self, *args, **more):
        self.letters = []
        super().__init__(*args, **more)

    def out(self):
        got = super().out()
        self.letters += got
        return got

    def internal(self):
        return [m for m in self.letters if m['Sitrep-Internal'] == 'yes']

    def public(self):
        return [m for m in self.letters if m['Sitrep-Update'] is not None]

    def tree(self):
        """Every byte of the public tree, as one text."""
        import os
        self.run('page', check=True)
        all = ''
        for where, _, names in os.walk(self.path('state', 'public')):
            for name in names:
                with open(os.path.join(where, name), errors='replace') as f:
                    all += f.read()
        return all

    def opened(self, body='cluster b: half of the logins time out\n',
               subject='Sev2 cluster b: imap', at='2026-03-04 14:06:00',
               who=NOC1):
        return self.mail(who, IN, body, subject=subject, at=at)

    def drafted(self, at='2026-03-04 14:10:00', body=None, who=COMMS1):
        """INC-2026-0042 with a preview of d1 at its drafter."""
        self.opened()
        got = self.mail(who, say(), body or
                        'draft investigating\n\nWe are looking into it.\n',
                        subject='[INC-2026-0042] draft', at=at)
        return to(got, address_of(who))

    def posted(self, at='2026-03-04 14:12:00'):
        """INC-2026-0042 with u1; the receipt of comms1."""
        got = self.answer(self.drafted(), 'yes', sender=COMMS1, at=at)
        return to(got, 'comms1@example.net')

    def posts(self, event='INC-2026-0042'):
        return [(u['update'], u['revision'], u['state'])
                for u in self.show(event)['updates']]

    def audit(self, tap, help=False):
        """What is true of each internal mail, whatever it is about."""
        bad = []
        for m in self.internal():
            bad += ['%s: %s' % (m['Message-ID'], s) for s in faults(m, help)]
        tap.ok(not bad, 'every one of %d internal mails is well formed' %
               len(self.internal()), '\n'.join(bad))


def faults(m, help):
    body, subject = text_of(m), str(m['Subject'])
    pager = '.page@' in m['Message-ID']
    report = m['Message-ID'].startswith('<weekly.')  # to the owner
    lines = body.replace('\r', '').split('\n')
    out = []

    def want(good, what):
        if not good:
            out.append(what)

    want(MID.match(m['Message-ID']), 'Message-ID')
    want(m['Auto-Submitted'] in ('auto-replied', 'auto-generated'), 'auto')
    if not (pager or report or
            m['To'].addresses[0].addr_spec == 'root@localhost'):
        want(lines[0] == MARKER, 'marker line: ' + lines[0])
        want(lines[1] not in ('', 'Your reply to this mail stays internal.'),
             'no verdict: ' + lines[1])
        drill = str(m['Sitrep-Event']).startswith('DRL-')
        want(subject.startswith('[DRILL] ') == drill, 'drill: ' + subject)
        want(lines[1].startswith('[DRILL] ') == drill, 'drill: ' + lines[1])
        bare = subject.removeprefix('[DRILL] ')
        want('[INTERNAL]' in bare or bare.startswith('[PREVIEW] '),
             'subject: ' + subject)
        want(m['X-Auto-Response-Suppress'] == 'All', 'suppress')
    want(m['Reply-To'] is None or TOKEN.match(str(m['Reply-To'])) or
         str(m['Reply-To']) == str(m['To']) == 'root@localhost',
         'Reply-To: %s' % m['Reply-To'])
    if m['Auto-Submitted'] == 'auto-replied':
        want(m['In-Reply-To'] is not None, 'In-Reply-To')
        want(re.match(r'^(ok|[EW]\d\d(;[EW]\d\d)*)$',
                      str(m['Sitrep-Result'])), 'Sitrep-Result')
        want(str(m['References']).endswith(str(m['In-Reply-To'])),
             'References: %s' % m['References'])
    else:
        want(m['In-Reply-To'] is None, 'In-Reply-To in %s' % subject)
        want(m['Sitrep-Result'] is None, 'Sitrep-Result without answer')
    if m['Sitrep-Event'] and not pager:
        root = '<%s@status.example>' % m['Sitrep-Event'].lower()
        want(str(m['References']).startswith(root), 'root: %s' %
             m['References'])
    for header in m.keys():
        if header.startswith('Sitrep-'):
            want(header in ('Sitrep-Event', 'Sitrep-Internal',
                            'Sitrep-Result'), 'header ' + header)
        want(not header.startswith('List-'), 'header ' + header)
    for line in own_lines(body):
        want(len(line) <= 60 or pager or 'http' in line,
             '%d columns: %s' % (len(line), line))
        want(help or 'built yet' in line or not LATER.search(line),
             'offers: ' + line)
    for what in ('1 lines', ' 0 lines', '(null)', '  .', '1970'):
        want(what not in body, 'says ' + what)
    want(m.is_multipart() or lines[-1] == '', 'ends without a line end')
    return out
