#!/usr/bin/env python3
# The report of a month: drafted by hand and by the clock, previewed, approved,
# on the page and in the mail of the open lists; never an internal word.
import json
import os
import shutil
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
from rig import TOP, epoch

tap = Tap()
LISTS = '''list "resellers" {
	from = "Example Status <status@status.example>"
	reply_to = "support@example.net"
	kind = "account"
	description = "Contracts"
	language = "en"
}
'''
REPORT = 'report/2026-02/index.html'
SECRET = 'core7.int exploded'


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def update(desk, text, at, number=42):
    """A post of comms: draft and yes in the same minute."""
    desk.tick(at)  # what is due goes first
    got = desk.mail(COMMS1, say(number), text, at=at,
                    subject='[INC-2026-%04d] x' % number)
    preview = to(got, 'comms1@example.net')
    got = desk.answer(preview, 'yes', sender=COMMS1, at=epoch(at) + 1)
    return to(got, 'comms1@example.net')


def report(desk, month='2026-02', at=None):
    done = desk.run('report', month, at=at)
    said = done.stdout if done.returncode == 0 else done.stderr
    return done.returncode, said.decode(), desk.out()


def page(desk, name='index.html'):
    desk.run('page', check=True)
    return ' '.join(desk.read('state', 'public', name).split())


def reports(desk):
    return desk.sql("SELECT year, number, phase FROM event "
                    "WHERE kind = 'report' ORDER BY id")


desk = Desk(members=2, number=42, at='2026-02-03 09:00')
desk.write('lists/resellers.conf', LISTS)
desk.run('list', 'resellers', 'add', 'c1@contract.example', check=True)

# ---- what can't be reported
code, said, _ = report(desk, '2026-01')
tap.ok(code == 1 and 'there was no incident yet' in said,
       'nothing is known yet', said)
code, said, _ = report(desk, 'february')
tap.ok(code == 1 and 'write it as 2026-02' in said, 'no month', said)
for odd in ('2026-13', '2026-00', '0000-01', '2026-2', '-026-02', '2026-02 '):
    tap.same(report(desk, odd)[0], 1, 'no month: ' + odd)
tap.same(desk.run('report').returncode, 64, 'usage')

# ---- a February
desk.opened(subject='Sev2 cluster b: ' + SECRET, at='2026-02-10 14:00',
            body='Since: 13:55 UTC\n\n%s, half of the logins fail\n' % SECRET)
update(desk, 'draft investigating\nTitle: Logins *slow* <b> on B\n\n'
       'We are looking into it.\n', '2026-02-10 14:12')
desk.tick('2026-02-10 16:20')                     # promised for 16:12
update(desk, 'draft identified\n\nFound.\n', '2026-02-10 16:24')
update(desk, 'correct 2\nReason: wrong word\n\nWe have found it.\n',
       '2026-02-10 16:30')
update(desk, 'draft resolved\n\nIt works again.\n', '2026-02-10 17:55')
desk.mail(NOC1, IN, 'Since: 10:00 UTC\n\nwebmail %s\n' % SECRET,
          subject='Sev3 webmail: ' + SECRET, at='2026-02-12 10:01')
desk.mail(NOC1, say(43), 'fixed\n', subject='[INC-2026-0043] x',
          at='2026-02-12 10:09')
desk.mail(NOC1, IN, 'Disclosure: embargoed\n\ndns %s\n' % SECRET,
          subject='Sev2 dns: ' + SECRET, at='2026-02-14 10:00')

code, said, _ = report(desk, at='2026-02-28 23:59')
tap.ok(code == 1 and 'from 1 Mar 2026 on' in said, 'February must be over',
       said)
code, said, _ = report(desk, '2026-01', at='2026-03-01 00:10')
tap.ok(code == 1 and 'the first incident was in 2026-02' in said,
       'nothing is known of January', said)
tap.same(reports(desk), [], 'and nothing was made')

# ---- drafted by hand
code, said, got = report(desk)
tap.same((code, said), (0, 'REP-2026-02: draft d1 went to Comms One, whose '
                        'yes publishes it.\n'), 'by hand')
tap.same([rcpt(m) for m in got], ['comms1@example.net'],
         'one mail, to whoever is on call')
d1 = got[0]
tap.ok(str(d1['Subject']).startswith('[PREVIEW] ') and
       '[REP-2026-02]' in d1['Subject'], 'a preview', d1['Subject'])
tap.same(d1['Message-ID'], '<rep-2026-02.d1@status.example>', 'its id')
shown = text_of(d1).split(RULER)[1]
tap.ok('Subject: [Report] February 2026: incidents and promises '
       '[REP-2026-02]' in ' '.join(shown.split()), 'the subject', shown)
flat = ' '.join(shown.split())
for what in ('Incidents posted: 1 (January 2026: 0, twelve months: 1).',
             'From the first report to our first post: half within 12 min, '
             'nine in ten within 12 min',
             'came in time: 50 %, 1 of 2',
             'Corrections: 1 ',
             'INC-2026-0042 <https://status.example/incident/2026/0042/> '
             'Logins *slow* <b> on B: 10 Feb, 13:55 UTC, 4 h, major impact',
             'INC-2026-0043 Webmail: 9 min',
             'INC-2026-0042: promised by 10 Feb, 16:12 UTC; it came 12 min '
             'late',
             '1 of which we can\'t tell anything yet'):
    tap.ok(what in flat, 'it says ' + what, flat)
for no in (SECRET, 'core7', 'Comms One', 'NOC One', 'INC-2026-0044', 'DNS',
           'Next update', 'Started', 'Ended', 'Lasting'):
    tap.ok(no not in shown, 'it never says ' + no, shown)
tap.ok('Recipients' in text_of(d1) or 'example-status 2' in words(d1),
       'how many get it', words(d1))
tap.ok('resellers 1' not in words(d1), 'only lists that anybody may join')
tap.ok("1 promise was missed, and the text doesn't say why." in words(d1),
       'asks for the reason of what was missed', words(d1))
row = desk.sql("SELECT source, actor FROM message WHERE source = 'command' "
               "AND CAST(raw AS TEXT) LIKE 'Report: %'")
tap.same([(r[0], r[1] != '') for r in row], [('command', True)],
         'recorded with the login name')
tap.same(page(desk, 'index.html').count('February 2026'), 0,
         'nothing is public before the yes')

# ---- again, own words, what a report doesn't take
code, said, got = report(desk, at='2026-03-01 00:20')
tap.ok('draft d2' in said and len(got) == 1, 'a second one replaces it', said)
d2 = got[0]
got = desk.answer(d1, 'yes', sender=COMMS1, at='2026-03-01 00:21')
tap.same(to(got, 'comms1@example.net')['Sitrep-Result'], 'E41',
         'the yes to the first one no longer counts')
for verb in ('resolve', 'identified', 'same', 'ack', 'severity 1', 'void x',
             'handoff comms2', 'Status: resolved'):
    got = desk.answer(d2, verb + '\n', sender=COMMS1, at=desk.now + 60)
    result = to(got, 'comms1@example.net')['Sitrep-Result']
    tap.same(result.split(';')[0], 'E13', 'not of a report: ' + verb)
got = desk.answer(d2, 'draft\nSeverity: 1\nComponent: email-b\n\n'
                  'A quiet month.\n', sender=COMMS1, at='2026-03-01 00:40')
d3 = to(got, 'comms1@example.net')
tap.ok('A quiet month.' in words(d3) and 'example-status 2' in words(d3) and
       'resellers' not in words(d3), 'own words, to the same lists',
       text_of(d3))
tap.same(desk.sql("SELECT count(*) FROM timer WHERE event_id = "
                  "(SELECT id FROM event WHERE kind = 'report')"), [(0,)],
         'no timer runs')
got = desk.answer(d3, 'no', sender=COMMS1, at='2026-03-01 00:41')
got = desk.answer(d3, 'draft\n', sender=COMMS1, at='2026-03-01 00:42')
tap.same(to(got, 'comms1@example.net')['Sitrep-Result'], 'E24',
         'a draft without a text is none: there is no stock text')
got = desk.mail(NOC1, 'incident+rep-2026-02@in.status.example',
                'draft\n\nmy words\n', subject='[REP-2026-02] x',
                at='2026-03-01 00:43')
tap.ok('E24' in to(got, 'noc1@example.net')['Sitrep-Result'],
       'not of the NOC either', text_of(to(got, 'noc1@example.net')))

# ---- published
desk.run('page', check=True)
code, said, got = report(desk, at='2026-03-02 08:00')
d4 = to(got, 'comms1@example.net')
got = desk.answer(d4, 'yes', sender=COMMS1, at='2026-03-02 08:05')
told = to(got, 'comms1@example.net')
tap.ok('REP-2026-02 update 1 posted 08:05 UTC by Comms One.' in words(told),
       'the receipt', text_of(told))
sent = [m for m in got if m['Sitrep-Update'] is not None]
tap.same(sorted(rcpt(m) for m in sent),
         ['r1@reseller1.example', 'r2@reseller2.example'],
         'it goes to the open lists alone')
m = sent[0]
tap.same((m['Subject'], m['Sitrep-Kind'], m['Sitrep-State'],
          m['Sitrep-Event'], m['Sitrep-URL']),
         ('[Report] February 2026: incidents and promises [REP-2026-02]',
          'report', None, 'REP-2026-02',
          'https://status.example/report/2026-02/#u1'), 'its headers')
shown = text_of(d4).replace('\r', '').split(RULER)[1]
shown = shown.split('\n\n', 1)[1].split('\nPosted: ')[0]
tap.ok(len(shown) > 500 and shown in text_of(m).replace('\r', ''),
       'exactly what was shown', shown + '\n====\n' + text_of(m))
front, own = page(desk), page(desk, REPORT)
tap.ok('href="report/2026-02/"' in front and 'No incidents' in front and
       'Open now' not in front and 'REP-2026-02' not in front,
       'the front page links to it, and lists it among no incidents', front)
tap.ok('href="archive/2026-03.mbox"' in front, 'and to the archive it is in',
       front)
tap.ok('<h1><bdi>February 2026: incidents and promises</bdi></h1>' in own and
       'href="https://status.example/incident/2026/0042/"' in own and
       'Logins *slow* &lt;b&gt; on B' in own, 'its page', own)
tap.ok('REP-2026-02' in desk.read('state', 'public', 'archive',
                                  '2026-03.mbox'), 'the archive has it')
before = desk.tree()
desk.run('page', '--all', at='2026-03-02 09:00', check=True)
tap.same(desk.tree() == before, True, 'page --all gives the same bytes')
tap.ok(SECRET not in before and 'core7' not in before,
       'no internal word anywhere in the tree')
tap.same([len(desk.show('REP-2026-02')[k]) for k in ('drafts', 'updates')],
         [4, 1], 'show knows it by its name')
tap.ok('REP-' not in desk.run('show', check=True).stdout.decode(),
       'but not among what is open')
tap.same(json.loads(desk.run('show', 'promises', '--json', check=True).stdout)
         ['overall']['incidents'], 3, 'and it is measured nowhere')

# ---- after that: corrections alone
code, said, _ = report(desk, at='2026-03-03 10:00')
tap.ok(code == 1 and 'REP-2026-02 was published on 2 Mar 2026' in said and
       'correct u1' in said, 'no second report', said)
got = desk.answer(told, 'draft\n\nMore.\n', sender=COMMS1,
                  at='2026-03-03 10:01')
tap.same(to(got, 'comms1@example.net')['Sitrep-Result'], 'E13',
         'nor a second post')
got = desk.answer(told, 'correct u1\nReason: a wrong figure\n\n'
                  'Two incidents, not one.\n', sender=COMMS1,
                  at='2026-03-03 10:02')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                  at='2026-03-03 10:03')
sent = [m for m in got if m['Sitrep-Update'] is not None]
tap.same([str(m['Subject'])[:13] for m in sent],
         ['[Correction] '] * 2, 'a correction is mailed to the same readers')
own = page(desk, REPORT)
tap.ok('a wrong figure' in own and 'Two incidents, not one.' in own and
       'What this update said before' in own, 'and visible on the page', own)
desk.audit(tap)
desk.close()

# ---- by the clock, on the first working day, once
desk = Desk(members=1, number=42, at='2026-01-20 09:00')
desk.opened(at='2026-01-21 10:00')
update(desk, 'draft resolved\n\nOver.\n', '2026-01-21 10:12')
desk.tick('2026-01-31 09:00')
tap.same(reports(desk), [], 'not before the month is over')
desk.tick('2026-02-01 12:00')
tap.same(reports(desk), [], 'not on a Sunday')
desk.tick('2026-02-02 07:59:59')
tap.same(reports(desk), [], 'not before eight')
got = desk.tick('2026-02-02 08:00:20')
tap.same([m['Message-ID'] for m in got if rcpt(m) == 'comms1@example.net'],
         ['<rep-2026-01.d1@status.example>'], 'on Monday at eight')
desk.tick('2026-02-02 08:01')
desk.tick('2026-02-02 07:30')
desk.tick('2026-02-27 08:01')
tap.same(reports(desk), [(2026, 1, 'owned')], 'once, whatever the clock does')
tap.same(desk.sql("SELECT due FROM watch WHERE what = 'report'"),
         [(epoch('2026-03-02 08:00'),)],
         'and is due again in a month')
report(desk, '2026-02', at='2026-03-01 10:00')
got = desk.tick('2026-03-02 08:00')
tap.same((reports(desk)[1:], [str(m['Message-ID']) for m in got]),
         ([(2026, 2, 'owned')], []), 'not where somebody was faster')
got = desk.tick('2026-07-01 12:00')
tap.same([r[:2] for r in reports(desk)], [(2026, 1), (2026, 2), (2026, 6)],
         'after a long sleep: the last month')
desk.close()

# ---- a broken template stops no report: the preview shows its bare words
desk = Desk(members=1, number=42, at='2026-01-20 09:00')
desk.opened(at='2026-01-21 10:00')
update(desk, 'draft investigating\n\nWe look.\n', '2026-01-21 10:05')
desk.tick('2026-01-22 09:00')
shutil.copytree(os.path.join(TOP, 'templates'), desk.path('templates'))
os.remove(desk.path('templates', 'en', 'update.txt'))
desk.write('sitrep.conf', desk.read('sitrep.conf').replace(
    TOP + '/templates', desk.path('templates')))
done = desk.run('tick', at='2026-02-02 08:00')
tap.ok(done.returncode == 0 and b'update.txt is missing' in done.stderr,
       'the log says what is broken', done.stderr)
got = desk.out()
tap.same(reports(desk), [(2026, 1, 'owned')], 'the report is drafted')
tap.ok('these are its words alone' in words(to(got, 'comms1@example.net')) and
       'In figures' in words(to(got, 'comms1@example.net')),
       'its preview shows them', words(to(got, 'comms1@example.net')))
tap.ok('update.txt is missing' in words(to(got, 'root@localhost')),
       'and the administrator is told')
done = desk.run('tick', at='2026-02-02 08:01')
tap.ok(done.returncode == 0 and b'report' not in done.stderr,
       'it is not made every minute', done.stderr)
shutil.copy(os.path.join(TOP, 'templates', 'en', 'update.txt'),
            desk.path('templates', 'en', 'update.txt'))
code, said, _ = report(desk, '2026-01', at='2026-02-02 09:05')
tap.ok(code == 0 and 'draft d2' in said, 'mended, it is made anew', said)
desk.close()

# ---- the first run of an installation reports nothing
desk = Desk(members=1, number=42, at='2026-03-02 09:00')
desk.opened(at='2026-03-02 09:00')
desk.tick('2026-03-02 09:01')
tap.same(reports(desk), [], 'the month before the installation is not ours')
desk.write('rota', '')
code, said, _ = report(desk, '2026-03', at='2026-04-01 07:00')
tap.same(code, 0, 'a gap in the rota keeps no report from being drafted')
desk.close()
tap.done()
