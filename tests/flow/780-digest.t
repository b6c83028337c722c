#!/usr/bin/env python3
# Digests: made by the clock, each once; what is in them and what never is; as
# mail, as pages and in the mbox, read by python's own parsers.
import email
import email.policy
import glob
import mailbox
import os
import re
import shutil
import subprocess
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import (COMMS1, IN, LEAD, NOC1, SEC, Desk, rcpt, say,  # noqa: E402
                  text_of, to)
from rig import LIST, SITREP, Tap  # noqa: E402

tap = Tap()
CANARY, SECRET = 'canary-4711', 'Rosebud Kane'
AT = '@in.status.example'
R = {n: 'r%d@reseller%d.example' % (n, n) for n in range(1, 9)}
desk = Desk(members=8, number=42)
with open(desk.path('lists', 'example-status.conf'), 'w') as f:
    f.write(LIST.replace('subject = "state"',
                         'subject = "state"\n\tdigest = "daily 08:00"'))


def digests(letters):
    return [m for m in letters if m['Sitrep-Kind'] == 'digest']


def who(letters):
    return sorted(rcpt(m) for m in digests(letters))


def flat(s):
    return re.sub(r'\s+', ' ', s)


def read(*path):
    return desk.read('state', 'public', *path)


def section(text, name):
    """What stands below "NAME:" up to the next such line of its own."""
    heads = ('Open now', 'Resolved', 'Also posted', 'Corrections', 'Services',
             'Maintenance in the next 7 days', 'Numbers', 'In this digest',
             'Signed checkpoint of all posts')
    lines, out, inside = text.split('\n'), [], False
    for line in lines:
        if line.rstrip(':') in heads and line.endswith(':'):
            inside = line == name + ':'
        elif inside:
            out.append(line)
    return '\n'.join(out)


def checked(m):
    """RFC 5322, 2369, 2919, 3834, 8058 of a digest to a member."""
    raw, bad = m.as_bytes(), []
    for name in ('From', 'To', 'Reply-To', 'Subject', 'Date', 'Message-ID',
                 'References', 'List-Id', 'List-Help', 'List-Owner',
                 'List-Archive', 'List-Unsubscribe', 'List-Unsubscribe-Post',
                 'List-Post', 'Precedence', 'Auto-Submitted', 'Archived-At',
                 'X-Auto-Response-Suppress', 'Feedback-ID', 'MIME-Version',
                 'Content-Language', 'Sitrep-URL', 'Sitrep-Reason',
                 'Sitrep-Seal'):
        if len(m.get_all(name, [])) != 1:
            bad.append(name)
    for part in m.walk():
        bad += [repr(d) for d in part.defects]
    if any(len(x) > 998 for x in raw.split(b'\n')) or \
            any(b > 126 for b in raw):
        bad.append('lines or bytes')
    if m['Auto-Submitted'] != 'auto-generated' or m['Precedence'] != 'list':
        bad.append('automatic')
    if m['List-Unsubscribe-Post'] != 'List-Unsubscribe=One-Click' or \
            not re.match(r'<https://status\.example/u/[a-z2-7]{26}>, ',
                         m['List-Unsubscribe']):
        bad.append('leave')
    if m['In-Reply-To'] is not None or m['Sitrep-Event'] is not None:
        bad.append('threading')
    if str(m['To']) != rcpt(m):
        bad.append('To')
    if any(len(x) > 76 and 'http' not in x and 'unsubscribe+' not in x
           for x in text_of(m).split('\n')):
        bad.append('long lines')
    if '{{' in raw.decode() or '(null)' in raw.decode():
        bad.append('template')
    return bad


# ---- choosing
def choose(n, line):
    got = desk.mail(R[n], 'example-status-request' + AT, line + '\n',
                    at=desk.now + 10)
    return text_of(to(got, R[n]))


desk.tick('2026-03-04 14:00:30')
for n, line, kept in ((2, 'set digest daily\nset lang fr', 'digest'),
                      (3, 'set digest weekly', 'digest-weekly'),
                      (4, 'digest mime', 'digest-mime'),
                      (5, 'set delivery digest\nset topics dns\n'
                       'set min critical', 'digest'),
                      (6, 'set digest\nset format html', 'digest'),
                      (7, 'set digest weekly mime\npause 60d',
                       'digest-weekly-mime')):
    said = choose(n, line)
    tap.ok('Not done' not in said and desk.sql(
        'SELECT delivery FROM member WHERE folded = ?', R[n]) == [(kept,)],
        '%s: %s' % (flat(line), kept), said)
NEW = 'r9@reseller9.example'
got = desk.mail(NEW, 'example-status-subscribe' + AT, 'subscribe digest\n')
desk.answer(to(got, NEW), 'yes\n', sender=NEW, at=desk.now + 10)
tap.same(desk.sql('SELECT delivery FROM member WHERE folded = ?', NEW),
         [('digest',)], 'subscribe digest')
desk.run('list', 'example-status', 'remove', NEW, check=True)
tap.ok('digest' in choose(8, 'help'), 'help names it')
tap.ok('  set digest weekly mime' in choose(8, 'set digest hourly'),
       'what it can be is said')

# ---- a day: two incidents, one is over; an embargoed one, a drill, notes
got = desk.posted('2026-03-04 14:12')
public = [m for m in desk.letters if m['Sitrep-Update']]
tap.same(sorted({rcpt(m) for m in public}), [R[1], R[8]],
         'who gets digests gets no single mail')
choose(8, 'set digest daily')
choose(8, 'follow INC-2026-0042')


def post(words, tag=42, at=None):
    got = desk.mail(COMMS1, say(tag), words, at=at,
                    subject='[INC-2026-%04d] words' % tag)
    return desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                       at=desk.now + 30)


desk.mail(NOC1, say(), 'note\n\n%s host7.int is dead\n' % CANARY,
          subject='[INC-2026-0042]', at='2026-03-04 14:20')
got = post('identified\n\nThe mailbox of %s filled the disk.\n' % SECRET,
           at='2026-03-04 14:40')
tap.ok(R[8] in [rcpt(m) for m in got] and R[2] not in [rcpt(m) for m in got],
       'but what he follows')
desk.mail(NOC1, IN, 'Components: webmail=degraded\n\n%s slow\n' % CANARY,
          subject='Sev3 webmail', at='2026-03-04 15:00')
post('investigating\nStarted: 2026-03-04 15:00Z\n\nWebmail is slow.\n', 43, '2026-03-04 15:05')
post('resolved\nEnded: 2026-03-04 16:00Z\n\nWebmail is fast again.\n', 43,
     '2026-03-04 16:05')
post('correct u1\nReason: it was both\n\nWe are looking into both.\n', 42,
     '2026-03-04 16:30')
desk.mail(SEC, IN, 'Disclosure: embargoed\nTitle: %s\n\n%s\n' % (
    CANARY, CANARY), subject='Sev1 dns: %s' % CANARY, at='2026-03-04 17:00')
got = desk.mail(COMMS1, IN, 'Drill: yes\nComponents: dns = down\n'
                'draft investigating\n\n%s drill.\n' % CANARY,
                subject='%s dns' % CANARY, at='2026-03-04 17:10')
desk.answer(to(got, 'comms1@example.net'), 'yes\n', sender=COMMS1)
tap.same(desk.sql('SELECT count(*) FROM issue'), [(0,)], 'no digest yet')

# ---- the hour: 08:00 in Toronto is 13:00 UTC
tap.same(who(desk.tick('2026-03-05 13:00:59')), [], 'not before the hour')
first = digests(desk.tick('2026-03-05 13:01'))
tap.same(who(first), [R[2], R[4], R[5], R[6], R[8]],
         'to those who chose the daily one')
for m in first:
    tap.same(checked(m), [], 'well formed: ' + rcpt(m))
daily = to(first, R[5])
tap.same((daily['Message-ID'], daily['References'], daily['Archived-At'],
          daily['Sitrep-Reason'], str(daily['From']), daily['Reply-To']),
         ('<digest.example-status.daily.2026-03-05@status.example>',
          '<digest.example-status.2026-W10@status.example>',
          '<https://status.example/digest/daily/2026-03-05/>',
          'member of example-status',
          'Example Status <status@status.example>', 'support@example.net'),
         'its names')
tap.same(daily['Subject'], 'Daily digest 2026-03-05: 1 open, 1 resolved, '
         '1 corrected (Vol. 2026, No. 1)', 'its subject')
text = text_of(daily)
tap.ok('Since 4 Mar 2026 13:00 UTC (08:00 Toronto' in text and
       'until 5 Mar 2026 13:00 UTC' in text, 'its time', text)
has = section(text, 'Open now')
tap.ok('Email Cluster B' in has and '[INC-2026-0042]' in has and
       'Identified' in has and 'Update overdue since 4 Mar 2026 16:40 UTC' in flat(has) and 'INC-2026-0043' not in has and
       'https://status.example/incident/2026/0042/' in has, 'open now', text)
has = section(text, 'Resolved')
tap.ok('[INC-2026-0043]' in has and 'Started: 4 Mar 2026 15:00 UTC' in has and
       'Ended: 16:00 UTC' in has and 'Duration: 1 h' in has and
       'https://status.example/incident/2026/0043/' in has and
       'INC-2026-0042' not in has, 'resolved', text)
tap.ok('None' in section(text, 'Maintenance in the next 7 days'),
       'maintenance', text)
has = section(text, 'Corrections')
tap.ok('Correction: ' in has and 'update 1: it was both' in has and
       '/incident/2026/0042/#u1r2' in has, 'corrections', text)
has = section(text, 'Services')
tap.ok('Email Cluster B: Partial outage (before: Online)' in has and
       'Webmail: Online\n' in has and 'DNS Hosting: Online\n' in has,
       'services, with what changed', text)
has = section(text, 'Numbers')
tap.ok('New incidents: 2\nUpdates posted: 4\nResolved: 1\nOpen now: 1\n'
       'Corrections: 1\n' in has, 'numbers', text)
html = to(first, R[6]).get_content()
tap.ok('<strong>1 open, 1 resolved, 1 corrected</strong>' in html and
       '<script' not in html and '<img' not in html, 'HTML alone for who chose it')
french = to(first, R[2])
tap.ok(str(french['Subject']).startswith('Résumé du jour 2026-03-05: '
                                         '1 en cours, 1 résolus') and
       'Résolus:' in text_of(french) and 'Durée: 1 h' in text_of(french) and
       french['Content-Language'] == 'fr', 'in French', text_of(french))

# ---- mime: contents first, then the mails
mime = to(first, R[4])
parts = list(mime.iter_parts())
tap.same([mime.get_content_type()] + [p.get_content_type() for p in parts],
         ['multipart/mixed', 'text/plain', 'multipart/digest'], 'the parts')
inside = [p.get_content() for p in parts[1].iter_parts()]
tap.same([p.get_content_type() for p in parts[1].iter_parts()],
         ['message/rfc822'] * 5, 'five mails')
tap.same([(str(m['Sitrep-Event']), m['Sitrep-Update'], m['Sitrep-Revision'])
          for m in inside],
         [('INC-2026-0042', '1', '1'), ('INC-2026-0042', '2', '1'),
          ('INC-2026-0043', '1', '1'), ('INC-2026-0043', '2', '1'),
          ('INC-2026-0042', '1', '2')], 'in the order of posting')
tap.same(inside[0]['Message-ID'],
         '<inc-2026-0042.u1.r1.example-status@status.example>',
         'each as it was mailed')
tap.ok(SECRET in text_of(inside[1]) and 'unsubscribe' not in
       inside[1].as_string() and not any(m.defects for m in inside),
       'whole, and of no reader', inside[1].as_string())
has = section(text_of(mime), 'In this digest')
tap.ok(all('%d. %s' % (i + 1, m['Subject']) in flat(has)
           for i, m in enumerate(inside)), 'contents', has)

# ---- nothing internal
every = '\n'.join(m.as_string() + ''.join(
    p.get_content() for p in m.walk()
    if p.get_content_maintype() == 'text') for m in first)
tap.ok(CANARY not in every and 'INC-2026-0044' not in every and
       'INC-2026-0045' not in every and 'DRL-' not in every and
       'host7' not in every, 'no note, no embargoed one, no drill')
tap.same(who(desk.tick('2026-03-05 13:02') + desk.tick('2026-03-05 14:00')),
         [], 'once')
got = [subprocess.Popen([SITREP, '-c', desk.path('sitrep.conf'), '-t',
                         '@%d' % desk.now, 'tick']) for _ in range(3)]
tap.same([p.wait() for p in got], [0, 0, 0], 'three at once')
tap.same(desk.sql('SELECT list, period, name, number, front FROM issue'),
         [('example-status', 'daily', '2026-03-05', 1, 1)], 'make no other')

# ---- the checkpoint, as the tree has it
desk.run('page', check=True)
paper = read('chain', '2026-03-04.txt')
lines = section(text, 'Signed checkpoint of all posts').split('\n')
tap.same('\n'.join(lines[1:8]).replace('\n      ', '') + '\n', paper,
         'the signed checkpoint, its seal in two halves')
tap.ok(lines[0] == 'https://status.example/chain/2026-03-04.txt',
       'and its address', lines)

# ---- the page
page = read('digest', 'daily', '2026-03-05', 'index.html')
tap.ok('Daily digest 2026-03-05: 1 open, 1 resolved' in page and
       'href="../../../incident/2026/0043/"' in page and paper in page and
       '<script' not in page and CANARY not in page and SECRET not in page,
       'the page', page)
tap.ok('href="digest/daily/2026-03-05/"' in read('index.html'),
       'the front page leads there')


def entries():
    box = mailbox.mbox(desk.path('state', 'public', 'archive',
                                 '2026-03.mbox'), create=False,
                       factory=lambda f: email.message_from_binary_file(
                           f, policy=email.policy.default))
    return list(box)


def kept_digests():
    return [m for m in entries() if m['Sitrep-Kind'] == 'digest']


kept = kept_digests()
tap.same([(m['Message-ID'], m['References'], m['Archived-At'])
          for m in kept],
         [('<digest.daily.2026-03-05@status.example>',
           '<digest.2026-W10@status.example>',
           '<https://status.example/digest/daily/2026-03-05/>')],
         'in the mbox')
tap.ok('Open now:' in kept[0].get_content() and not kept[0].defects and
       'unsubscribe' not in kept[0].as_string() and
       '@reseller' not in kept[0].as_string(), 'of no reader',
       kept[0].as_string())


def verified(what):
    copy = desk.path('copy')
    shutil.copytree(desk.path('state', 'public'), copy)
    done = [desk.run('verify'), desk.run('verify', copy)]
    shutil.rmtree(copy)
    tap.ok(all(d.returncode == 0 for d in done), what,
           b''.join(d.stdout for d in done).decode())


def whole():
    out = {}
    top = desk.path('state', 'public')
    for where, _, names in os.walk(top):
        for name in names:
            with open(os.path.join(where, name), 'rb') as f:
                out[os.path.relpath(os.path.join(where, name), top)] = f.read()
    return out


verified('all of it is verified')
box = desk.path('kept.mbox')
raws = []
for path in glob.glob(desk.path('out', 'new', '*')):
    with open(path, 'rb') as f:
        raws.append(f.read().replace(b'\r\n', b'\n'))
raws = [x for x in raws if b'\nSitrep-Kind: digest\n' in x]
tap.same(len(raws), 5, 'five files')
with open(box, 'wb') as f:
    for x in raws:
        f.write(b'From x Thu Mar  5 13:01:00 2026\n' +
                x.replace(b'\nFrom ', b'\n>From ') + b'\n')
done = desk.run('verify', box)
tap.ok(done.returncode == 0, 'mails that members kept, too',
       done.stdout + done.stderr)
with open(box, 'r+b') as f:
    data = f.read().replace(b'1 resolved', b'2 resolved', 1)
    f.seek(0)
    f.write(data)
tap.ok(desk.run('verify', box).returncode == 1, 'one that was altered shows')
before = whole()
desk.run('page', '--all', check=True)
tap.ok(whole() == before, 'made anew, the tree is the same',
       [k for k in before if before[k] != whole().get(k)])

# ---- an uneventful day, and a Monday; Toronto's clocks go forward on the 8th
tap.same(who(desk.tick('2026-03-06 13:01')), [], 'nothing on a quiet day')
tap.same(who(desk.tick('2026-03-07 13:01') + desk.tick('2026-03-08 13:01')),
         [], 'nor on the next ones')
tap.same(who(desk.tick('2026-03-09 12:00:59')), [], 'on Monday')
weekly = digests(desk.tick('2026-03-09 12:01'))
tap.same(who(weekly), [R[2], R[3], R[4], R[5], R[6], R[8]],
         'at 08:00, by the clock there, to all who get digests and no pause')
m = to(weekly, R[3])
tap.same((checked(m), m['Message-ID'], m['References'], m['Subject']),
         ([], '<digest.example-status.weekly.2026-W10@status.example>',
          '<digest.example-status.2026-W10@status.example>',
          'Weekly digest 2026-W10: 1 open, 1 resolved, 1 corrected '
          '(Vol. 2026, No. 1)'), 'the weekly one')
post('resolved\nEnded: 2026-03-09 15:00Z\n\nAll is well.\n', 42,
     '2026-03-09 15:05')
tap.same(len(digests(desk.tick('2026-03-10 12:01'))), 5, 'over on Tuesday')
weekly = digests(desk.tick('2026-03-16 12:01'))
tap.ok(len(weekly) == 6 and
       re.search(r'1 resolved.*No\. 2\)', to(weekly, R[3])['Subject']),
       'the second')
weekly = digests(desk.tick('2026-03-23 12:01'))
m = to(weekly, R[3])
tap.same(m['Subject'], 'Weekly digest 2026-W12: no incidents (Vol. 2026, '
         'No. 3)', 'weekly always, also without incidents')
tap.ok(section(text_of(m), 'Open now').strip() == 'None' and
       section(text_of(m), 'Resolved').strip() == 'None' and
       'before:' not in text_of(m), 'and says so', text_of(m))
tap.same(to(weekly, R[4]).get_content_type(), 'text/plain',
         'a digest of no mail has no parts')

# ---- ten days away: one late issue, not ten
desk.mail(NOC1, IN, 'Components: dns=major\n\nno answers\n',
          subject='Sev1 dns', at='2026-04-02 14:00')
n = int(desk.sql('SELECT max(number) FROM event WHERE kind = "incident"'
                 .replace('"', "'"))[0][0])
post('investigating\n\nDNS gives no answers. Ask %s.\n' % SECRET, n,
     '2026-04-02 14:10')
post('identified\n\nIt is the cache.\n', n, '2026-04-02 15:05')
got = desk.mail(LEAD, say(n), 'redact u1 personal data\n',
                subject='[INC-2026-%04d] words' % n, at='2026-04-03 16:50')
second = to(got, 'sec1@example.net')
desk.run('tick', at='2026-04-03 17:00', check=True)
tap.same(desk.sql('SELECT period, name, number FROM issue WHERE made = ? '
                  'ORDER BY id', desk.now),
         [('daily', '2026-04-03', 3), ('weekly', '2026-W13', 4)],
         'what was missed is one late issue of each')

# ---- removed while they wait
raw = desk.compose(SEC, str(second['Reply-To']), 'yes\n', reply=second,
                   subject='Re: ' + second['Subject'])
desk.deliver(raw, re.sub('.*<|>.*', '', str(second['Reply-To'])),
             'sec1@example.net')
tap.same(desk.sql("SELECT count(*) FROM post WHERE kind = 'redacted'"),
         [(1,)], 'a text is removed while digests wait')
late = digests(desk.out())
tap.same(who(late), sorted([R[2], R[3], R[4], R[5], R[6], R[8]] +
                           [R[2], R[4], R[5], R[6], R[8]]),
         'they go, each once')
m = [x for x in late if rcpt(x) == R[4] and '.daily.' in x['Message-ID']][0]
inside = [p.get_content() for p in list(m.iter_parts())[1].iter_parts()]
tap.same([(x['Sitrep-Update'], x['Sitrep-Revision']) for x in inside],
         [('1', '1'), ('2', '1')], 'with the mails of their time')
tap.ok(not any(SECRET in x.as_string() + text_of(x) for x in inside),
       'without what was removed', m.as_string())
desk.run('page', check=True)
html = read('digest', 'daily', '2026-04-03', 'index.html')
tap.ok('rel="prev" href="../../../digest/daily/2026-03-10/"' in html,
       'a page leads to the one before', html)
tap.ok('digest/weekly/2026-W13/' in read('index.html') and
       'digest/daily/2026-04-03/' in read('index.html') and
       '2026-03-05' not in read('index.html'), 'the newest of each in front')
verified('all of it is verified still')
before = whole()
desk.run('page', '--all', check=True)
tap.ok(whole() == before, 'and is the same when it is made anew',
       [k for k in before if before[k] != whole().get(k)])

# ---- who left gets none; the hour changed; none any more
desk.run('list', 'example-status', 'remove', R[2], check=True)
m = desk.path('lists', 'example-status.conf')
text = open(m).read()
with open(m, 'w') as f:
    f.write(text.replace('daily 08:00', 'weekly 20:00'))
post('resolved\nEnded: 2026-04-04 09:00Z\n\nIt does again.\n', n,
     '2026-04-04 10:00')
tap.same(who(desk.tick('2026-04-05 13:00')), [], 'a weekly list has no daily')
tap.same(who(desk.tick('2026-04-06 13:00')), [], 'nor the hour of before')
got = digests(desk.tick('2026-04-07 00:01'))
tap.ok(len(got) == 5 and R[2] not in who(got) and
       '2026-W14' in got[0]['Subject'] and '1 resolved' in got[0]['Subject'],
       'but its own', [str(x['Subject']) for x in got])
tap.same(who(desk.tick('2026-05-05 00:01')),
         [R[3], R[4], R[5], R[6], R[7], R[8]],
         'one for a month, also to whose pause is over')
desk.run('page', check=True)
tap.ok('2026-W18' in read('archive', '2026-05.mbox') and
       not os.path.exists(desk.path('state', 'public', 'history', '2026',
                                    '05')), 'a month of digests alone')
verified('which is verified')
with open(m, 'w') as f:
    f.write(text.replace('daily 08:00', 'none'))
tap.same(who(desk.tick('2026-05-20 13:00')), [], 'and none where there is none')
tap.ok('no digest' in choose(3, 'set digest daily'), 'which is said')

tap.same(desk.sql('SELECT count(*), count(DISTINCT mid) FROM letter WHERE '
                  "mid LIKE 'digest.%'")[0],
         desk.sql("SELECT count(*), count(*) FROM issue")[0],
         'a letter for each issue')

# ---- two lists of one day: a page of it, and one copy for who is on both
with open(m, 'w') as f:
    f.write(text)
with open(desk.path('lists', 'closed.conf'), 'w') as f:
    f.write(text.replace('list "example-status"', 'list "closed"')
            .replace('kind = "open"', 'kind = "account"')
            .replace('"America/Toronto", ', ''))
for address in R[4], R[5]:
    desk.run('list', 'closed', 'add', address, check=True)
desk.sql("UPDATE member SET delivery = 'digest' WHERE list = 'closed' AND "
         'folded = ?', R[4])
desk.tick('2026-05-26 13:00')
desk.mail(NOC1, IN, 'Components: webmail=degraded\n\nslow\n',
          subject='Sev3 webmail', at='2026-05-26 14:00')
n = desk.sql("SELECT max(number) FROM event WHERE kind = 'incident'")[0][0]
post('resolved\nEnded: 2026-05-26 14:10Z\n\nWebmail was slow.\n', n,
     '2026-05-26 14:20')
early = digests(desk.tick('2026-05-27 06:01'))
late = digests(desk.tick('2026-05-27 12:01'))
tap.same((who(early), who(late)), ([R[4]], [R[5], R[6], R[8]]),
         'each in its zone, the closed list signs what both would send')
tap.ok('List-Subscribe' not in to(early, R[4]) and
       to(early, R[4])['List-Id'].endswith('<closed.status.example>') and
       checked(to(early, R[4])) == [], 'as that list does',
       checked(to(early, R[4])))
tap.same(desk.sql("SELECT list, number, front FROM issue WHERE name = "
                  "'2026-05-27' ORDER BY id"),
         [('closed', 1, 1), ('example-status', 5, 0)], 'one is in front')
desk.run('page', check=True)
tap.ok('27 May 2026 06:00 UTC' in
       read('digest', 'daily', '2026-05-27', 'index.html'), 'on the page')
desk.tick('2026-06-02 12:01')
desk.tick('2026-05-28 12:01')
desk.mail(NOC1, IN, 'Components: dns=degraded\n\nslow\n',
          subject='Sev3 dns', at='2026-05-28 14:00')
post('investigating\n\nDNS is slow.\n', n + 1, '2026-05-28 14:20')
tap.ok(R[6] in who(desk.tick('2026-05-29 12:01')),
       'a clock that was ahead silences no digest')
every = desk.tree()
tap.ok(CANARY not in every and SECRET + ' filled' in every,
       'nothing internal is in the tree')
desk.audit(tap, help=True)
desk.close()
tap.done()
