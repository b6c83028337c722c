#!/usr/bin/env python3
# Commands to a list's request address: each line answered in one mail, and
# what was set selects who gets what.
import json
import os
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, NOC1, Desk, rcpt, text_of, to  # noqa: E402
from rig import Tap  # noqa: E402

tap = Tap()
LIST = 'example-status'
REQUEST = LIST + '-request@in.status.example'
R = ['r%d@reseller%d.example' % (i, i) for i in range(13)]
desk = Desk(members=12, number=42)


def say(n, text, **more):
    """A mail of reseller n to -request; the one answer, as text."""
    more.setdefault('at', desk.now + 10)
    got = [m for m in desk.mail(R[n], REQUEST, text, **more)
           if m['Sitrep-Internal'] is None]
    if len(got) != 1 or rcpt(got[0]) != R[n]:
        return 'answers: %s' % [(rcpt(m), m['Subject']) for m in got]
    return text_of(got[0])


def row(n, *columns):
    return desk.sql('SELECT %s FROM member WHERE folded = ?' %
                    ', '.join(columns), R[n])[0]


# ---- one answer for all lines
text = say(1, '''Hello team,

set topics email-b, dns
set min: major
topics = Email
set kind maintenence
set tz Toronto
set lang nl
set format text
pause until 2026-04-01
sett lang de
set digest daily
thanks
set format html
''')
want = ['> set topics email-b, dns', 'Done: topics: email-b, dns-hosting.',
        'Done: impact major and more.', 'Done: topics: Email.',
        'Not done. The kind is incidents, maintenance or all.',
        '  set kind maintenance',
        'Done: times in UTC and America/Toronto.',
        'Done: language nl. We have no words of it yet',
        'Done: format text.',
        'Done: nothing until 1 Apr 2026 04:00 UTC (00:00 Toronto).',
        '> sett lang de', 'No such word. Did you mean this?', '  set lang de',
        '  set delivery first-last']
left = text
for line in want:
    tap.ok(line in left, 'answer: ' + line, text)
    left = left.partition(line)[2]
tap.ok('html' not in text, 'the line below the thanks is not read', text)
tap.same(row(1, 'topics', 'least', 'kind', 'zone', 'lang', 'format'),
         ('group:email', 'major', '', 'America/Toronto', 'nl', 'text'),
         'what was done is kept, what was refused is not')
tap.ok(row(1, 'paused')[0] == 1775016000, 'a day begins at midnight there',
       row(1, 'paused'))
text = say(1, 'which\n')
for line in ('topics: Email', 'min: major', 'tz: America/Toronto',
             'paused until 1 Apr 2026 04:00 UTC', LIST + ' (active)'):
    tap.ok(line in text, 'which says ' + line, text)
text = say(1, 'resume\n\nset topics all\nset min all\nset kind all\n'
           'maintenance only\nset lang en\nfirst-last\n')
tap.same(row(1, 'topics', 'least', 'kind', 'lang', 'delivery', 'paused'),
         ('', '', 'maintenance', 'en', 'first-last', 0), 'and back again')
tap.ok('Not done' not in text, 'each of them', text)

# ---- refusals say what to mend
for line, says in (
        ('set topics email-x', 'email-b'), ('set topics', 'email-b'),
        ('set min huge', 'set min major'), ('set color red', 'topics, min'),
        ('set tz Atlantis', 'set tz Europe/Paris'),
        ('set lang klingon', 'set lang fr'), ('set format pdf', 'set format'),
        ('pause', 'pause until 20'), ('pause until 2020-01-01', 'pause until'),
        ('pause 9999d', 'pause until'), ('pause until 03/04', 'pause until'),
        ('get', 'get INC-2026-0042'), ('get INC-2026-0999', 'open'),
        ('follow INC-2026-0999', 'open'), ('folow INC-2026-0042', 'follow'),
        ('subscribe weekly', 'subscribe first-last'),
        ('mend my server', 'help'), ('set', 'topics, min'),
        ('set digest weekly', 'no digest')):
    text = say(2, line + '\n')
    tap.ok('> ' + line in text and 'Not done. ' in text and
           says in text.partition('Not done')[2], line + ': ' + says, text)
tap.same(row(2, 'topics', 'least', 'paused', 'format'), ('', '', 0, 'both'),
         'none of them did anything')
text = say(2, 'Dear all,\n\nI would like to know\nwhat your mails are about\n'
           'and who reads this.\nOur own mails are like that.\n'
           'set min major\n')
tap.ok('2 more lines were not read' in text and 'set topics' in text,
       'a letter is not taken apart', text)
tap.ok('set topics' in say(2, '', subject='help'), 'a command in the subject')
tap.ok('set topics' in say(2, '\n', subject='Re: help'), 'also behind Re:')
tap.ok('set topics' in say(2, '', subject=''), 'an empty mail gets the help')
tap.ok('set topics' in say(2, '> set min major\n'), 'a quote is none')
tap.same(row(2, 'least'), ('',), 'and does nothing')
tap.ok('Done' in say(2, '!set min minor.\n\n> set min major\n'),
       'what is above a quote counts')

# ---- not a member; nobody vouches for him
text = say(0, 'set topics all\nunsubscribe\n')
tap.ok("isn't a member" in text and '  subscribe' in text, 'no member', text)
ask = desk.mail(R[3], REQUEST, 'set min major\nset color canary\n', auth=None,
                at=desk.now + 10)
tap.ok(len(ask) == 1 and 'confirm.' in ask[0]['Message-ID'] and
       'canary' not in ask[0].as_string(), 'unproved: the address is asked',
       [m.as_string() for m in ask])
tap.same(row(3, 'least'), ('',), 'before anything changes')
got = desk.answer(ask[0], 'yes\n', sender=R[3], auth=None, at=desk.now + 10)
tap.ok(len(got) == 1 and 'Done: impact major' in text_of(got[0]) and
       'Not done' in text_of(got[0]), 'then it is carried out and told',
       [text_of(m) for m in got])
tap.same(row(3, 'least'), ('major',), 'really')
for auth in (None, 'fail'):
    got = desk.mail(R[4], REQUEST, 'Buy a canary.\nCheap.\n', auth=auth,
                    at=desk.now + 10)
    tap.same(got, [], 'what asks for nothing gets no answer: %s' % auth)
ask = desk.mail(R[4], REQUEST, 'open\n', auth=None, at=desk.now + 10)
tap.ok(len(ask) == 1 and 'confirm.' in ask[0]['Message-ID'],
       'also who only asks is asked first', [m['Subject'] for m in ask])
got = desk.answer(ask[0], 'yes', sender=R[4], auth=None, at=desk.now + 10)
tap.ok(len(got) == 1 and 'Nothing is open' in text_of(got[0]), 'then told',
       [text_of(m) for m in got])
ask = desk.mail(R[0], REQUEST, 'subscribe first-last\nset topics dns\n'
                'set format text\n', at=desk.now + 10)
tap.ok(len(ask) == 1 and 'confirm.' in ask[0]['Message-ID'],
       'subscribing with settings asks once', [m['Subject'] for m in ask])
got = desk.answer(ask[0], 'yes', sender=R[0], at=desk.now + 10)
tap.same((len(got), row(0, 'status', 'topics', 'delivery', 'format')),
         (1, ('active', 'dns-hosting', 'first-last', 'text')),
         'and does all of it')

new = 'dee@reseller77.example'
ask = desk.mail(new, LIST + '-subscribe@in.status.example',
                'set topics dns\nset color red\n', at=desk.now + 10)
tap.ok(len(ask) == 1 and 'confirm.' in ask[0]['Message-ID'],
       'settings to -subscribe', [m['Subject'] for m in ask])
got = desk.answer(ask[0], 'yes', sender=new, at=desk.now + 10)
tap.ok(len(got) == 1 and 'Done: you are subscribed' in text_of(got[0]) and
       'Done: topics: dns-hosting' in text_of(got[0]) and
       'Not done' in text_of(got[0]) and desk.sql(
           'SELECT status, topics FROM member WHERE folded = ?', new) ==
       [('active', 'dns-hosting')], 'are carried out with it',
       [text_of(m) for m in got])
desk.sql("UPDATE member SET status = 'left' WHERE folded = ?", new)
rows = json.loads(desk.run('list', LIST, 'export', '--json',
                           check=True).stdout)
ann = [r for r in rows if r['address'] == R[0]][0]
tap.same([ann[k] for k in ('status', 'topics', 'delivery', 'format', 'min',
                           'kind', 'paused_until')],
         ['active', 'dns-hosting', 'first-last', 'text', '', '', 0],
         'the export has it')

# ---- who gets what
for n, line in ((0, 'set delivery each'), (1, 'set kind all'),
                (2, 'set min critical'), (3, 'set min all'),
                (4, 'set topics dns-hosting'), (5, 'set topics Email'),
                (6, 'set topics Email\nset min critical'),
                (7, 'set kind maintenance'), (8, 'first-last'),
                (9, 'pause 1d'), (10, 'set topics webmail, email-b')):
    text = say(n, line + '\n')
    tap.ok('Not done' not in text,
           'reseller %d: %s' % (n, line.replace('\n', ', ')), text)


def post(body, at=60):
    """An update; which resellers get it."""
    got = desk.mail(COMMS1, 'incident+inc-2026-0042@in.status.example', body,
                    subject='[INC-2026-0042] x', at=desk.now + at)
    got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                      at=desk.now + 10)
    return sorted(R.index(rcpt(m)) for m in got
                  if m['Sitrep-Update'] is not None)


desk.opened(at=desk.now + 60)
got = post('draft investigating\n\nLogins to cluster B fail.\n')
tap.same(got, [1, 3, 5, 8, 10, 11, 12], 'the first: topics, impact, kind, '
         'pause')
for n, line in ((11, 'set topics dns'), (12, 'set min critical'),
                (7, 'follow INC-2026-0042'), (4, 'follow inc-2026-0042'),
                (3, 'pause 2d')):
    text = say(n, line + '\n')
    tap.ok('Done' in text, 'reseller %d: %s' % (n, line), text)
got = post('draft identified\n\nA switch broke.\n')
tap.same(got, [4, 5, 7, 10, 11, 12],
         'the second: who had the first, who follows; neither first-last nor '
         'paused')
got = post('Components: email-b = major outage\ndraft identified\n\n'
           'All logins fail now.\n')
tap.same(got, [1, 2, 4, 5, 6, 7, 8, 10, 11, 12],
         'it gets worse: those who wait for that, and first-last too')
last = [m for m in desk.letters if rcpt(m) == R[6]][-1]
tap.ok('A switch broke' in text_of(last) and
       'Logins to cluster B' in text_of(last),
       'the newest with the earlier ones below', text_of(last))
say(2, 'set lang de\nset tz Europe/Berlin\n')
text = say(2, 'get INC-2026-0042\n')
tap.ok('Berlin)' in text and 'Posted' not in text,
       'what was posted is told in his language and zone', text)
say(2, 'set lang en\nset tz America/Toronto\n')
text = say(2, 'open\nget INC-2026-0042\n')
tap.ok('INC-2026-0042' in text and 'All logins fail now' in text and
       'Logins to cluster B fail' in text and
       text.index('All logins') < text.index('A switch broke'),
       'open and get, newest first', text)
tap.ok('Auth pool' not in text and 'imap' not in text, 'nothing internal')
desk.now += 2 * 86400
got = post('Components: email-b = operational\ndraft resolved\n\nIt works.\n')
tap.same(got, list(range(1, 13)),
         'the end: all who had one, whatever they chose since, and whose pause '
         'is over')

# ---- an event without a component reaches everybody; a group that grows
text = desk.read('sitrep.conf')
desk.write('sitrep.conf', text.replace(
    'component "webmail"', 'component "archive" { name = "Mail archive"  '
    'group = "E-mail" }\ncomponent "webmail"'))
for n in range(1, 13):
    desk.sql("UPDATE member SET paused = 0, kind = '', least = '' "
             'WHERE folded = ?', R[n])


def event(body, number):
    desk.mail(NOC1, 'incident@in.status.example', 'something is slow\n',
              subject='Sev2 x %d' % number, at=desk.now + 3600)
    got = desk.mail(COMMS1, 'incident+inc-2026-%04d@in.status.example' % number,
                    body, subject='[INC-2026-%04d] x' % number,
                    at=desk.now + 60)
    got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                      at=desk.now + 10)
    return sorted(R.index(rcpt(m)) for m in got
                  if m['Sitrep-Update'] is not None)


tap.same(event('draft investigating\n\nSomething is slow.\n', 43),
         list(range(13)), 'no component: everybody')
tap.same(event('Components: archive = partial outage\ndraft investigating\n\n'
               'The archive is slow.\n', 44),
         [1, 2, 3, 5, 6, 7, 8, 9, 12],
         'a component that came to the group later')

# ---- loops fall silent: what answers our answers without saying so
count = 0
for i in range(70):
    got = desk.mail(R[5], REQUEST, 'which\n', at=desk.now + 60)
    count += len([m for m in got if rcpt(m) == R[5]])
tap.ok(40 <= count <= 50, '%d answers a day at most' % count)
desk.close()
tap.done()
