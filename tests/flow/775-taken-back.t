#!/usr/bin/env python3
"""Corrected, a typo, withdrawn, removed, reopened (acceptance 11 and 13): page,
archive, chain and mail agree; what is removed is nowhere any more.
"""
import glob
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

SECRET = 'Rosebud Kane'
tap = Tap()


def verified(d):
    tree = subprocess.run(['cp', '-r', d.path('state', 'public'),
                           d.path('copy')])
    assert tree.returncode == 0
    a, b = d.run('verify'), d.run('verify', d.path('copy'))
    subprocess.run(['rm', '-r', d.path('copy')])
    return a.returncode == 0 and b.returncode == 0, a.stdout + b.stdout


def page(d):
    d.run('page', check=True)
    return d.read('state', 'public', 'incident', '2026', '0042', 'index.html')


def archive(d):
    return d.read('state', 'public', 'archive', '2026-03.mbox')


def draft(d, body, who=COMMS1, at=None):
    got = d.mail(who, say(), body, subject='[INC-2026-0042] words', at=at)
    return got, to(got, address_of(who))


def yes(d, letter, who=COMMS1, at=None):
    return d.answer(letter, 'yes', sender=who, at=at)


def state(d):
    return d.sql('SELECT state FROM event')[0][0]


def subjects(letters):
    return [str(m['Subject']) for m in letters if m['Sitrep-Update']]


# -- withdrawing ----------------------------------------------------------------

d = Desk(number=42, members=3)
d.posted()
yes(d, draft(d, 'identified\nImpact for resellers: none\n\nIt is cluster A.\n',
             at='2026-03-04 14:30')[1])
got, mine = draft(d, 'retract u2\n', at='2026-03-04 14:40')
tap.ok('E24' in mine['Sitrep-Result'] and 'retract u2 it was another cluster'
       in text_of(mine), 'a reason is needed, with a line to copy')
got, mine = draft(d, 'retract it was wrong\n')
tap.ok('published' not in text_of(mine) and d.posts()[-1] == (2, 1,
       'identified'), 'and a number')
got, mine = draft(d, 'retract u9 why\n')
tap.ok('E10' in mine['Sitrep-Result'], 'of an update that there is')
got, mine = draft(d, 'retract u2 why\n', who=NOC1)
tap.ok('E42' in mine['Sitrep-Result'] and d.posts()[-1][1] == 1,
       'NOC may not')
got, mine = draft(d, 'retract u2 it was cluster B all the time\n')
tap.ok('[Withdrawn] Email Cluster B' in text_of(mine).replace('=\n', '')
       and 'Withdrawn: update 2' in text_of(mine)
       and 'cluster B all the' in text_of(mine),
       'the preview shows the mail', text_of(mine))
tap.ok(to(got, 'noc1@example.net') is not None, 'NOC may check it')
got = yes(d, mine, at='2026-03-04 14:45')
tap.ok('update 2 (withdrawn) posted' in
       text_of(to(got, 'comms1@example.net')), 'yes withdraws it',
       text_of(to(got, 'comms1@example.net')))
tap.ok(to(got, 'exec1@example.net') is not None, 'executives hear of it')
out = [m for m in got if rcpt(m) == RESELLER]
tap.ok(len(out) == 1 and str(out[0]['Subject']).startswith('[Withdrawn] ')
       and out[0]['Sitrep-Revision'] == '2', 'resellers too',
       str(subjects(got)))
tap.ok(out[0]['Sitrep-State'] == 'investigating',
       'the state is that of the update before')
tap.ok(state(d) == 'investigating',
       'in the store too')
html = page(d)
tap.ok('Withdrawn' in html and 'It is cluster A.' in html and
       html.index('This update is withdrawn.') <
       html.index('It is cluster A.'),
       'the page folds the earlier text below')
tap.ok('Withdrawn: update 2' in archive(d), 'so does the archive say')
good, said = verified(d)
tap.ok(good, 'the chain is whole', said.decode())
got, mine = draft(d, 'retract u2 again\n')
tap.ok('E14' in mine['Sitrep-Result'], 'once is enough', text_of(mine))
got = yes(d, draft(d, 'correct u2\nReason: it was right\n\nIt is cluster A, '
                   'sure.\n', at='2026-03-04 14:50')[1])
tap.ok('[Correction]' in str(subjects(got)) and 'cluster A, sure' in page(d),
       'and what was withdrawn can be corrected')

# -- removing ---------------------------------------------------------------------

SAID = ('monitoring\nTitle: Mailbox of %s\nImpact for resellers: ask %s\n\n'
        'The mailbox of %s is full.\n' % (SECRET, SECRET, SECRET))
yes(d, draft(d, SAID, at='2026-03-04 15:00')[1])
tap.ok(SECRET in page(d) and SECRET in archive(d), 'a secret went out')
kept = d.path('kept.mbox')
with open(kept, 'w') as f:
    f.write(archive(d))
# A later mail waits, whose earlier updates hold it; and so does a member's.
d.run('list', 'example-status', 'add', 'late@reseller9.example', check=True)
got, mine = draft(d, 'redact u3 personal data\n')
tap.ok('E42' in mine['Sitrep-Result'], 'comms alone may not remove it')
got, mine = draft(d, 'redact u3 becaask %s leaked\n' % SECRET, who=LEAD)
tap.ok('E24' in mine['Sitrep-Result'] and 'redact u3 personal data' in
       text_of(mine), 'why is one of three words', text_of(mine))
got, mine = draft(d, 'redact u3 personal data\n', who=LEAD, at='2026-03-04 15:05')
tap.ok('second person' in text_of(mine), 'the drafter is told of the second',
       text_of(mine))
second = to(got, 'sec1@example.net')
tap.ok(second is not None and SECRET not in text_of(second) and
       'Text removed: update 3' in text_of(second),
       'security is asked, without the text',
       text_of(second) if second else '')
got = yes(d, mine, LEAD)
tap.ok('E44' in to(got, 'commslead@example.net')['Sitrep-Result'] and
       SECRET in page(d), 'one person is not two')
third = to(got, 'comms1@example.net')
got = yes(d, second, SEC, at='2026-03-04 15:10')
mine = to(got, 'sec1@example.net')
tap.ok('update 3 (text removed) posted' in text_of(mine) and
       '3 copies of it went out' in text_of(mine).replace('\n', ' '),
       'the second removes it, and hears how many went out', text_of(mine))
tap.ok(not subjects(got), 'resellers get no mail of it')
everything = d.tree()
tap.ok(SECRET not in everything, 'it is nowhere in the public tree')
tap.ok('Text removed' in page(d) and 'personal data' in page(d) and
       'Text removed' in archive(d), 'a tombstone stands there')
tap.ok(everything.count('texts: removed') == 1, 'the record says so')
good, said = verified(d)
tap.ok(good, 'and the chain is whole', said.decode())
done = d.run('verify', kept)
tap.ok(done.returncode == 0, 'an archive of before is still ours')
tap.ok(SECRET in str(d.show('INC-2026-0042')), 'the store keeps it')
got, mine = draft(d, 'redact u3 personal data\n', who=LEAD)
tap.ok('E14' in mine['Sitrep-Result'], 'once is enough', text_of(mine))
before = len(d.letters)
got = yes(d, draft(d, 'resolve\n\nIt is over.\n', at='2026-03-04 16:00')[1])
tap.ok(all(SECRET not in m.as_string() for m in d.letters[before:]),
       'later mails know nothing of it')
tap.ok('Text removed 15:10' in ''.join(text_of(m) for m in got
                                       if rcpt(m) == RESELLER),
       'but say that there was something')

# -- what waits to be sent --------------------------------------------------------

w = Desk(number=42, members=3)
w.opened()
got = w.mail(COMMS1, say(), 'draft investigating\n\nMailbox of %s.\n' % SECRET,
             subject='[INC-2026-0042] x', at='2026-03-04 14:10')
raw = w.compose(COMMS1, to(got, 'comms1@example.net')['Reply-To'], 'yes',
                subject='Re: x', reply=to(got, 'comms1@example.net'))
w.deliver(raw, address_of(to(got, 'comms1@example.net')['Reply-To']),
          'comms1@example.net', at='2026-03-04 14:12')
waiting = w.sql("SELECT count(*) FROM letter WHERE status = 'waiting'")[0][0]
tap.ok(waiting >= 2, 'letters wait', str(waiting))
for who, body in ((LEAD, 'redact u1 personal data\n'),):
    raw = w.compose(who, say(), body, subject='[INC-2026-0042] x')
    w.deliver(raw, say(), 'commslead@example.net')
row = w.sql("SELECT raw FROM letter WHERE person = 'sec1' AND mid LIKE "
            "'%.d2@%'")[0][0].decode()
reply = [s for s in row.replace('\n ', ' ').split('\n')
         if s.startswith('Reply-To:')][0]
raw = w.compose(SEC, 'x', 'yes', subject='Re: x', headers=[
    'In-Reply-To: <inc-2026-0042.d2@status.example>',
    'References: <inc-2026-0042@status.example>'])
w.deliver(raw, address_of(reply), 'sec1@example.net', at='2026-03-04 14:13')
tap.ok(w.posts()[-1][:2] == (1, 2), 'removed before anything was sent',
       str(w.posts()))
out = w.out()
tap.ok(out and all(SECRET not in m.as_string() and
                   SECRET not in text_of(m) for m in out) and
       not subjects(out), 'and nothing of it goes out',
       str([m['Subject'] for m in out if SECRET in m.as_string()]))
tap.ok(w.sql("SELECT count(*) FROM letter WHERE status = 'dropped' "
             "AND raw IS NULL")[0][0] >= 2, 'what waited was dropped')
w.close()

# -- reopening ----------------------------------------------------------------------

got, mine = draft(d, 'monitoring\n\nAgain.\n', at='2026-03-06 09:00')
tap.ok('E11' in mine['Sitrep-Result'] or 'E13' in mine['Sitrep-Result'],
       'what is over takes no other state')
got, mine = draft(d, 'retract u4 it is not over\n')
tap.ok('E11' in mine['Sitrep-Result'] or 'reopen' in text_of(mine),
       'nor is its end withdrawn', text_of(mine))
over = to(d.letters, 'comms1@example.net')
last = [m for m in d.letters if rcpt(m) == 'comms1@example.net' and
        'update 4 posted' in text_of(m)][-1]
got = d.answer(last, 'retract u4 it is not over\n', sender=COMMS1)
tap.ok('E13' in to(got, 'comms1@example.net')['Sitrep-Result'] and
       '  reopen' in text_of(to(got, 'comms1@example.net')),
       'a reply hears how to reopen',
       text_of(to(got, 'comms1@example.net')))
got = d.answer(last, 'reopen\n\nLogins fail again.\n', sender=NOC1)
mine = to(got, 'comms1@example.net')
tap.ok(mine is not None and '[Reopened]' in text_of(mine),
       'NOC proposes it')
got = d.answer(last, 'reopen\n\nLogins to cluster B fail again.\n',
               sender=COMMS1, at='2026-03-06 09:10')
mine = to(got, 'comms1@example.net')
tap.ok('[Reopened] ' in text_of(mine), 'a preview on day 2', text_of(mine))
got = yes(d, mine, at='2026-03-06 09:12')
out = [m for m in got if rcpt(m) == RESELLER]
tap.ok(len(out) == 1 and str(out[0]['Subject']).startswith('[Reopened] ') and
       out[0]['Sitrep-State'] == 'investigating', 'it is open again',
       str(subjects(got)))
e = d.show('INC-2026-0042')
tap.ok(d.sql('SELECT phase FROM event')[0][0] == 'public' and state(d) == 'investigating',
       'in the store too', str(e))
tap.ok(d.sql("SELECT count(*) FROM timer WHERE kind = 4 AND fired_at IS NULL "
             "AND cancelled_at IS NULL")[0][0] == 1, 'its promise is watched')
tap.ok('by 11:12 UTC' in page(d), 'and shown')
got = yes(d, draft(d, 'monitoring\n\nIt works.\n', at='2026-03-06 10:00')[1])
tap.ok(all('[Reopened]' not in s for s in subjects(got)), 'tagged once')
yes(d, draft(d, 'resolve\n\nOver.\n', at='2026-03-06 11:00')[1])
last = [m for m in d.letters if rcpt(m) == 'comms1@example.net' and
        'update 7 posted' in text_of(m)][-1]
got = d.answer(last, 'reopen\n\nAgain.\n', sender=COMMS1,
               at='2026-03-15 11:00')
mine = to(got, 'comms1@example.net')
tap.ok('E13' in mine['Sitrep-Result'] and 'Related: INC-2026-0042' in
       text_of(mine), 'not on day 9', text_of(mine))
good, said = verified(d)
tap.ok(good, 'the chain is whole in the end', said.decode())

# -- told after the fact ----------------------------------------------------------

b = Desk(number=42, members=3, at='2026-03-06 10:00')
got = b.mail(COMMS1, IN, 'backfill\nComponents: email-b = partial outage\n'
             'Started: 2026-03-04 14:00 UTC\n\nLogins failed.\n',
             subject='late')
tap.ok('E24' in to(got, 'comms1@example.net')['Sitrep-Result'],
       'a notice after the fact needs both times')
got = b.mail(COMMS1, IN, 'Backfill: yes\nComponents: email-b = outage\n'
             'Started: 2026-03-04 14:00 UTC\nEnded: 2026-03-04 14:30 UTC\n\n'
             'For half an hour logins failed.\n', subject='late again',
             at='2026-03-06 10:10')
mine = to(got, 'comms1@example.net')
tap.ok('filed as over' in text_of(mine) and 'page only' in text_of(mine) and
       'Posted after the fact' in text_of(mine), 'it is over at once',
       text_of(mine))
got = b.answer(mine, 'yes', sender=COMMS1)
tap.ok(not subjects(got) and b.sql(
    "SELECT count(*) FROM timer JOIN event ON event.id = event_id WHERE "
    "number = 43 AND fired_at IS NULL AND cancelled_at IS NULL")[0][0] == 0,
    'no mail, no clock')
b.run('page', check=True)
html = b.read('state', 'public', 'incident', '2026', '0043', 'index.html')
tap.ok('Posted after the fact on 6 Mar' in html and '30 min' in html,
       'the page says so')
b.audit(tap, help=True)
b.close()
d.audit(tap, help=True)
d.close()
tap.done()
