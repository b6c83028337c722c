#!/usr/bin/env python3
"""Who gets what: the table of the specification (process, 2.6), its rows
carried out with real mails.  What is expected is computed from the table and
from the sentences below it, as they are written there: never from the code.

One cause (an inbound mail, a timer's step), one person, one mail; texts to
page targets come on top.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

tap = Tap()
PAGER = '5550134@pager.example'
LIST_OF_NOC = 'noc@example.net'
LEAD2 = 'Support Lead <lead2@example.net>'

# Level 2 has somebody who isn't of comms, level 3 isn't the whole role.
EXTRA = '''
person "lead2" { name = "Support Lead" addresses = { "lead2@example.net" } roles = { "support" } }
person "exec2" { name = "Other Exec" addresses = { "exec2@example.net" } roles = { "exec" } }
person "all1" { name = "All One" addresses = { "all1@example.net" } roles = { "noc", "comms", "support" } }
'''
HALF = '2026-01-01T00:00:00Z 2028-01-01T00:00:00Z '
ROTA2 = (HALF + 'comms 1 comms1\n' + HALF + 'comms 2 comms2\n' +
         HALF + 'support 2 lead2\n' + HALF + 'exec 3 exec1\n')

# ---- the table ----

COLUMNS = 'N', 'C1', 'CT', 'L2', 'EX'
TABLE = {
    # 'sender': the receipt of who wrote; a cell without it is a mail to all
    'opened':       ('all',   'sev1',   '',    '',      ''),
    'handed off':   ('all',   'all',    'all', '',      'sev1'),
    'acked':        ('all',   'sender', '',    '',      ''),
    'note':         ('all',   'owner',  '',    '',      ''),
    'draft':        ('check', 'approver', '',  '',      ''),
    'published':    ('all',   'sender', 'all', 'sev12', 'sev1'),
    'correction':   ('all',   'all',    'all', 'all',   ''),
    'no change':    ('',      'sender', '',    '',      ''),
    'escalated':    ('all',   'all',    'all', 'n>=2',  'n>=3'),
    'timer missed': ('',      'all',    '',    'step2', 'step3'),
}
# 2.5: whom the steps of the timers reach beside that
TIMERS = {
    'T2.1': ('N', 'C1', 'backup'), 'T3.1': ('owner',),
    'T4.1': ('owner',), 'T4.2': ('owner', 'C1'), 'T5': ('last noc',),
    'T6.1': ('approver',), 'T6.2': ('approver', 'CT'), 'T7': ('last noc',),
}


class Scene:
    """An event, and what the table needs to know of it."""

    def __init__(self, severity, team=('comms1', 'comms2', 'commslead',
                                       'all1'), l2=('comms2', 'lead2'),
                 extra='', number=42, members=1, noc_list=False):
        self.severity, self.wrote, self.noc = severity, [], ()
        self.owner = self.approver = self.last_noc = None
        self.people = {'C1': ['comms1'], 'CT': list(team), 'L2': list(l2),
                       'EX': ['exec1'], 'backup': [l2[0]]}
        self.list = [LIST_OF_NOC] if noc_list else []
        if noc_list:
            extra += 'noc_list = "%s"\n' % LIST_OF_NOC
        self.desk = Desk(members=members, number=number, rota=ROTA2,
                         extra=EXTRA + extra)
        self.name = 'INC-2026-%04d' % number
        self.seen = 0

    def circle(self, name):
        if name == 'N':
            return self.wrote + self.list
        if name == 'owner':
            return [self.owner] if self.owner else []
        if name in ('approver', 'last noc'):
            who = {'approver': self.approver, 'last noc': self.last_noc}[name]
            return [who] if who else []
        return self.people[name]

    def cell(self, column, word, level, sender):
        """Whom a cell of the table names."""
        good = {'': False, 'all': True, 'sev1': self.severity == 1,
                'sev12': self.severity <= 2, 'sender': False,
                'n>=2': level >= 2, 'n>=3': level >= 3, 'step2': level >= 2,
                'step3': level >= 3}
        if word == 'check':
            return self.circle('last noc')
        if word in ('owner', 'approver'):
            return self.circle(word)
        return self.circle(column) if good[word] else []

    def wanted(self, rows, sender, level):
        """All of these rows at once: a mail for each person."""
        want = {sender} if sender else set()
        for row in rows:
            for name in TIMERS.get(row, ()):
                want |= set(self.circle(name))
            for column, word in zip(COLUMNS, TABLE.get(row, ())):
                want |= set(self.cell(column, word, level, sender))
        return want

    def got(self):
        """Internal letters since the last look: their persons, with those of
        a list by its address; who was paged; the pager's texts."""
        rows = self.desk.sql(
            "SELECT id, kind, person, recipient, mid FROM letter WHERE "
            "list = '' AND id > %d ORDER BY id" % self.seen)
        self.seen = max([r[0] for r in rows] + [self.seen])
        mails = [r for r in rows if '.page@' not in r[4]]
        return (sorted(r[2] or r[3] for r in mails),
                sorted(r[2] for r in mails if r[1] == 'page'))

    def expect(self, what, rows, sender=None, paged=(), level=0, plus=()):
        have, pages = self.got()
        want = self.wanted(rows, sender, level) | set(plus)
        tap.same(have, sorted(want), 'SEV%d, %s: %s' % (
            self.severity, what, ', '.join(sorted(want)) or 'nobody'))
        tap.same(pages, sorted(paged), 'SEV%d, %s: paged: %s' % (
            self.severity, what, ', '.join(sorted(paged)) or 'nobody'))

    def writes(self, slug, noc=False):
        if slug not in self.wrote:
            self.wrote.append(slug)
        if noc or slug.startswith('noc'):
            self.last_noc = slug

    def mail(self, who, body, at=None, **more):
        slug = address_of(who).split('@')[0]
        more.setdefault('subject', '[%s] x' % self.name)
        self.writes(slug)
        at = self.desk.now + 30 if at is None else '2026-03-04 ' + at
        return self.desk.mail(who, IN, body, at=at, **more)

    def answer(self, letter, who, body, at=None):
        self.writes(address_of(who).split('@')[0])
        at = self.desk.now + 30 if at is None else '2026-03-04 ' + at
        return self.desk.answer(letter, body, sender=who, at=at)

    def tick(self, at):
        return self.desk.tick(at='2026-03-04 ' + at)

    def open(self, who=NOC1, at='14:00:00'):
        return self.mail(who, 'cluster b: half of the logins time out\n',
                         at=at, subject='Sev%d cluster b: imap' %
                         self.severity)

    def close(self):
        self.desk.audit(tap)
        self.desk.close()


def mine(letters, slug):
    return to(letters, slug + '@example.net')


# ---- SEV2, owned by one who isn't on call: each circle is another ----
s = Scene(2)
s.open()
s.expect('opened', ['opened'], 'noc1')
s.mail(NOC2, 'the pool is empty\n')
s.expect('note before the hand-off', ['note'], 'noc2')
s.mail(SUPPORT, 'twelve tickets by now\n')
s.expect('note by support', ['note'], 'support1')
hand = s.tick('14:15:01')
s.expect('handed off', ['handed off'], paged=['comms1'])
tap.ok(to(hand, PAGER) is not None, 'the pager has its text on top')
s.tick('14:20:01')
s.expect('T2', ['T2.1'], level=2, paged=['comms1', 'comms2'])
s.tick('14:25:01')
s.expect('T2, all of level 2', ['escalated'], level=2,
         paged=['comms2', 'lead2'])
s.mail(LEAD, 'ack\n', at='14:26:00')
s.owner = 'commslead'
s.expect('acked', ['acked'], 'commslead')
s.mail(NOC1, 'restarting it\n', at='14:27:00')
s.expect('note', ['note'], 'noc1')
s.tick('14:30:01')
s.expect('T3', ['timer missed', 'T3.1'], level=1)
got = s.tick('14:40:01')
s.expect('T3, level 2', ['escalated', 'T3.1'], level=2,
         paged=['comms2', 'lead2'])
s.answer(mine(got, 'lead2'), LEAD2, 'ack\n', at='14:41:00')
s.expect('who was called answers', ['acked'], 'lead2')
s.tick('15:00:01')
s.expect('T3, level 3', ['escalated', 'T3.1'], level=3, paged=['exec1'])

got = s.mail(COMMS2, 'draft investigating\n\nWe look into it.\n',
             at='15:01:00')
s.approver = 'comms2'
s.expect('draft', ['draft'], 'comms2')
got = s.answer(mine(got, 'comms2'), COMMS2, 'yes', at='15:02:00')
s.expect('published', ['published'], 'comms2')
got = s.mail(NOC2, 'state = identified\n\nldap3.int is stuck\n\n'
             '--- public ---\nWe have found the cause.\n', at='15:05:00')
s.approver = 'commslead'
s.expect('proposal with a note', ['draft', 'note'], 'noc2')
old = got = s.mail(COMMS2, 'draft identified\n\nWe have found it.\n',
                   at='15:06:00')
s.approver = 'comms2'
s.expect('superseded: no mail of its own', ['draft'], 'comms2')
got = s.mail(NOC1, 'the replica is in step again\n', at='15:07:00')
s.expect('note', ['note'], 'noc1')
for slug, letters in ('noc2', old), ('commslead', got):
    tap.ok('Draft d3 is superseded' in text_of(mine(letters, slug)),
           'superseded: a line in the next mail of ' + slug,
           text_of(mine(letters, slug)))
tap.ok('superseded' not in text_of(mine(got, 'support1')),
       'and of nobody else')
got = s.mail(NOC1, 'it holds\n', at='15:08:00')
s.expect('note', ['note'], 'noc1')
tap.ok(not [m for m in got if 'superseded' in text_of(m)], 'said once')
s.tick('15:16:01')
s.expect('T6', ['T6.1'])
s.tick('15:21:01')
s.expect('T6, anybody', ['T6.2'])
got = s.answer(mine(old, 'noc2'), NOC2, 'no, it is not the cause\n',
               at='15:22:00')
s.expect('objection, which is a note', ['note'], 'noc2', plus=['comms2'])
got = s.answer(mine(old, 'comms2'), COMMS2, 'yes', at='15:23:00')
s.expect('yes to what was objected to', ['draft'], 'comms2')
s.answer(mine(got, 'comms2'), COMMS2, 'yes', at='15:24:00')
s.expect('published', ['published'], 'comms2')
s.tick('16:24:01')
s.expect('T5', ['T5'])
s.tick('17:04:01')
s.expect('T4, before', ['T4.1'])
s.tick('17:24:01')
s.expect('T4, due', ['timer missed', 'T4.2'], level=1,
         paged=['comms1', 'commslead'])
s.tick('17:34:01')
s.expect('T4, level 2', ['escalated', 'T4.1'], level=2,
         paged=['comms2', 'lead2'])
s.tick('17:54:01')
s.expect('T4, level 3', ['escalated', 'T4.1'], level=3, paged=['exec1'])

got = s.mail(COMMS1, 'same\n', at='17:55:00')
s.approver = 'comms1'
s.expect('same', ['draft'], 'comms1')
got = s.answer(mine(got, 'comms1'), COMMS1, 'yes', at='17:56:00')
s.expect('no change, published', ['no change'], 'comms1')
s.tick('18:00:00')
level2 = ['comms2', 'lead2']
tap.same(s.got()[0], level2, 'SEV2, open for 4 h: a war room is put to level 2')
got = s.mail(NOC1, 'same\n', at='18:00:10')
s.approver = 'commslead'
s.expect('same by NOC: a proposal', ['draft'], 'noc1')
got = s.answer(mine(got, 'commslead'), LEAD, 'yes', at='18:01:00')
s.expect('no change, published', ['no change'], 'commslead')
got = s.mail(COMMS1, 'correct u2\nReason: webmail as well\n\nWe have found '
             'it; webmail is hit as well.\n', at='18:05:00')
s.approver = 'comms1'
s.expect('draft of a correction', ['draft'], 'comms1')
got = s.answer(mine(got, 'comms1'), COMMS1, 'yes', at='18:06:00')
s.expect('correction', ['correction'], 'comms1')

s.mail(NOC1, 'escalate\n\nwe need a decision\n', at='18:10:00')
s.expect('escalate: above level 3', ['escalated', 'note'], 'noc1', level=3,
         paged=['exec1'])
s.mail(NOC2, 'escalate 2 nobody answers\n', at='18:11:00')
s.expect('escalate 2', ['escalated'], 'noc2', level=2,
         paged=['comms2', 'lead2'])
s.mail(NOC2, 'escalate exec2 for the budget\n', at='18:12:00')
s.expect('escalate NAME', ['escalated'], 'noc2', level=1, plus=['exec2'],
         paged=['exec2'])
s.mail(LEAD, 'handoff comms1\n', at='18:15:00')
s.owner = 'comms1'
s.expect('handed on: both are informed', ['acked'], 'commslead',
         plus=['comms1'])
got = s.mail(COMMS1, 'resolved\n\nIt works.\n', at='18:20:00')
s.approver = 'comms1'
s.expect('draft of the end', ['draft'], 'comms1')
got = s.answer(mine(got, 'comms1'), COMMS1, 'yes', at='18:21:00')
s.expect('resolved', ['published'], 'comms1')
s.close()

# ---- SEV1: executives know from the first minute ----
s = Scene(1)
got = s.open()
s.expect('opened, handed off at once', ['opened', 'handed off'], 'noc1',
         paged=['comms1'])
got = s.answer(mine(got, 'comms1'), COMMS1, 'yes', at='14:03:00')
s.owner = s.approver = 'comms1'
s.expect('yes, which is the ack', ['published', 'acked'], 'comms1')
got = s.mail(COMMS1, 'correct u1\nReason: a word\n\nWe are looking.\n')
s.expect('draft of a correction', ['draft'], 'comms1')
s.answer(mine(got, 'comms1'), COMMS1, 'yes')
s.expect('correction', ['correction'], 'comms1')
got = s.mail(COMMS1, 'draft identified\n\nWe have found it.\n')
s.expect('draft', ['draft'], 'comms1')
s.mail(NOC1, 'disclosure: limited\n\nsomebody is doing this\n')
s.expect('draft discarded by disclosure: a note', ['note'], 'noc1')
s.close()
s = Scene(1)
s.open()
s.got()
s.tick('14:05:01')
s.expect('T2', ['T2.1'], level=2, paged=['comms1', 'comms2'])
s.tick('14:10:01')
s.expect('T2, all of level 2', ['escalated'], level=2,
         paged=['comms2', 'lead2'])
s.desk.sql('UPDATE timer SET due_at = due_at + 60 WHERE kind = 3 AND '
           'fired_at IS NULL')  # T3 is due in the same second
s.tick('14:15:01')
s.expect('T2, level 3', ['escalated'], level=3, paged=['exec1'])
s.close()

# ---- SEV3 climbs to level 2, SEV4 is mailed and never paged ----
s = Scene(3)
s.open()
s.expect('opened', ['opened'], 'noc1')
s.tick('14:15:01')
s.expect('handed off', ['handed off'], paged=['comms1'])
s.tick('14:20:01')
s.expect('T2', ['T2.1'], level=2, paged=['comms1', 'comms2'])
s.tick('14:25:01')
s.expect('T2, all of level 2', ['escalated'], level=2,
         paged=['comms2', 'lead2'])
got = s.mail(COMMS1, 'draft investigating\n\nWe look.\n', at='14:26:00')
s.owner = s.approver = 'comms1'
s.expect('draft, which is the ack', ['draft', 'acked'], 'comms1')
got = s.answer(mine(got, 'comms1'), COMMS1, 'yes')
s.expect('published', ['published'], 'comms1')
got = s.mail(COMMS1, 'correct u1\nReason: a word\n\nWe are looking.\n')
s.expect('draft of a correction', ['draft'], 'comms1')
s.answer(mine(got, 'comms1'), COMMS1, 'yes')
s.expect('correction', ['correction'], 'comms1')
s.desk.tick(at='2026-03-04 16:40:00')
s.got()
s.desk.tick(at='2026-03-04 16:57:00')
s.expect('no level 3 of it', [])
s.close()
s = Scene(4)
s.open()
s.expect('opened', ['opened'], 'noc1')
got = s.tick('15:00:01')
s.expect('handed off', ['handed off'], paged=['comms1'])
tap.ok(to(got, PAGER) is None, 'SEV4: no text to a pager')
s.mail(COMMS2, 'ack\n')
s.owner = 'comms2'
s.expect('acked', ['acked'], 'comms2')
s.close()

# ---- the NOC shift's list ----
s = Scene(2, noc_list=True)
s.open(SUPPORT)
s.expect('with a list of NOC, opened by support', ['opened'], 'support1')
s.mail(NOC1, 'cluster b is down, looking\n')
s.expect('with a list of NOC, note', ['note'], 'noc1')
s.tick('14:15:01')
s.expect('with a list of NOC, handed off', ['handed off'], paged=['comms1'])
got = s.mail(COMMS1, 'draft investigating\n\nWe look.\n', at='14:16:00')
s.owner = s.approver = 'comms1'
s.expect('with a list of NOC, draft: its check to one', ['draft', 'acked'],
         'comms1')
s.answer(mine(got, 'comms1'), COMMS1, 'yes')
s.expect('with a list of NOC, published', ['published'], 'comms1')
s.desk.close()  # a list has no reply address of its own

# ---- one person in several roles: on call, level 2, of NOC, the reporter ----
s = Scene(2, l2=('all1', 'lead2'))
s.desk.write('rota', HALF + 'comms 1 all1\n' + HALF + 'comms 2 all1\n' +
             HALF + 'support 2 lead2\n' + HALF + 'exec 3 exec1\n')
ALL = 'All One <all1@example.net>'
s.people['C1'] = ['all1']
s.open(ALL)
s.last_noc = 'all1'
s.expect('in every role, opened', ['opened'], 'all1')
got = s.tick('14:15:01')
s.expect('in every role, handed off', ['handed off'], paged=['all1'])
s.tick('14:20:01')
s.expect('in every role, T2', ['T2.1'], level=2, paged=['all1'])
s.tick('14:25:01')
s.expect('in every role, T2, level 2', ['escalated'], level=2,
         paged=['all1', 'lead2'])
got = s.mail(ALL, 'draft investigating\n\nWe look.\n', at='14:26:00')
s.owner = s.approver = 'all1'
s.expect('in every role, own draft: no check of his own', ['draft', 'acked'],
         'all1')
s.answer(mine(got, 'all1'), ALL, 'yes')
s.expect('in every role, published', ['published'], 'all1')
s.close()

# ---- who is also on the list: no list copy of what he gets inside ----
MEMBERS = 'comms1@example.net\nexec1@example.net\n'


def copies(desk):
    """Who got the public mail of the last post."""
    return sorted({rcpt(m) for m in desk.letters
                   if m['Sitrep-Update'] is not None})


for key, want in ((
        'false', ['exec1@example.net', 'r1@reseller1.example']), (
        'true', ['comms1@example.net', 'exec1@example.net',
                 'r1@reseller1.example'])):
    s = Scene(2, extra='own_copies = %s\n' % key)
    s.desk.run('list', 'example-status', 'import', '-', text=MEMBERS,
               check=True)
    s.open()
    got = s.tick('14:15:01')
    s.answer(mine(got, 'comms1'), COMMS1, 'yes', at='14:16:00')
    tap.same(copies(s.desk), want, 'own_copies = %s: SEV2, so exec1 has no '
             'internal copy' % key)
    s.close()

# ---- who asks for no answer gets none ----
for header in ('Precedence: bulk', 'Auto-Submitted: auto-replied'):
    s = Scene(2)
    s.open()
    s.got()
    s.desk.mail(NOC2, IN, 'I am away until Monday\n', at='2026-03-04 14:02:00',
                subject='[INC-2026-0042] away', headers=[header])
    s.expect('%s: no answer, and no mail to others' % header, [])
    s.close()
tap.done()
