#!/usr/bin/env python3
# What people mean, and what they may: one person's own words where two are
# needed, a component that is gone, lists that a reply keeps, names that are
# nearly right, text pasted back with its frame, words that were struck out.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def ruled(m):
    parts = text_of(m).replace('\r', '').split(RULER + '\n')
    return parts[1] if len(parts) > 2 else ''


def comms(desk, body, at, event=42):
    got = desk.mail(COMMS1, say(event), body, subject='[INC-2026-00%d]' % event,
                    at=at)
    return to(got, 'comms1@example.net')


def yes(desk, p, at):
    return to(desk.answer(p, 'yes', sender=COMMS1, at=at),
              'comms1@example.net')


# ---- two persons for whatever a person worded ----

TWO = 'two_person = { "limited", "sev1" }\n'
for name, sev, before, body in (
        ('the reason of a correction, limited', 3, 'limited\n',
         'correct 1\nReason: Acme asked\n'),
        ('... of SEV1', 1, '', 'correct 1\nReason: Acme asked\n'),
        ('a title over the stock text', 1, '', 'draft\nTitle: Acme is down\n'),
        ('a field below it', 1, '', 'draft\nImpact: Acme is down\n'),
        ('a workaround', 1, '', 'draft monitoring\nWorkaround: ask Acme\n')):
    desk = Desk(members=1, number=42, extra=TWO)
    got = desk.opened(subject='Sev%d cluster b' % sev)
    hand = to(got, 'comms1@example.net') or to(
        desk.tick(at='2026-03-04 14:21:10'), 'comms1@example.net')
    yes(desk, hand, '2026-03-04 14:22')
    tap.same(len(desk.posts()), 1, 'stock text needs one person')
    if before:
        desk.mail(NOC1, say(), before, subject='[INC-2026-0042]',
                  at='2026-03-04 14:23')
    p = comms(desk, body, '2026-03-04 14:24')
    m = yes(desk, p, '2026-03-04 14:25')
    tap.ok('E44' in str(m['Sitrep-Result']) and len(desk.posts()) == 1 and
           'Acme' not in desk.tree(), 'two are needed for ' + name, flat(m))
    desk.close()

# ---- a component that is no longer configured ----

desk = Desk(members=1, number=42)
desk.posted()
desk.write('sitrep.conf', desk.read('sitrep.conf').replace('"email-b"',
                                                           '"mail-b"'))
out = desk.run('check').stdout.decode()
tap.ok('email-b' in out and 'INC-2026-0042' in out,
       'check names the open event and the component', out)
p = comms(desk, 'resolve\n\nIt works again.\n', '2026-03-04 14:30')
yes(desk, p, '2026-03-04 14:31')
tap.same(desk.posts()[-1][2], 'resolved', 'it can be resolved all the same')
p = comms(desk, 'Incident: 0042\ncorrect 2\nReason: clearer\n\nAll works.\n',
          '2026-03-04 14:40')
yes(desk, p, '2026-03-04 14:41')
tap.same(desk.posts()[-1][:2], (2, 2), 'and corrected')
desk.close()

# ---- an owner who is gone ----

desk = Desk(members=1, number=42)
desk.posted()
conf = desk.read('sitrep.conf').replace('person "comms1" {',
                                        'person "comms9" {')
conf = conf.replace('comms1@example.net', 'comms9@example.net')
desk.write('sitrep.conf', conf)
desk.write('rota', desk.read('rota').replace('comms1', 'comms9'))
out = desk.run('check').stdout.decode()
tap.ok('comms1' in out and 'INC-2026-0042' in out,
       'check names an owner nobody knows', out)
got = desk.tick(at='2026-03-04 15:52:30')
tap.ok(to(got, 'comms9@example.net') is not None,
       'whoever is on call is reminded in his place',
       [(rcpt(m), m['Subject']) for m in got])
desk.close()

# ---- where it goes stays ----

for how, goes in (('Notify: no', 'the page only'), ('Lists: b', 'b 1')):
    desk = Desk(members=1, number=42)
    desk.write('lists/b.conf', desk.read('lists', 'example-status.conf').replace(
        'list "example-status"', 'list "b"'))
    desk.run('list', 'b', 'import', '-', text='b@reader.example\n', check=True)
    desk.opened()
    p = comms(desk, 'draft investigating\n%s\n\nWe look.\n' % how,
              '2026-03-04 14:10')
    tap.ok('Goes to: ' + goes in flat(p), how, flat(p))
    p = comms(desk, 'draft identified\n', '2026-03-04 14:11')
    tap.ok('We look.' in ruled(p) and 'Goes to: ' + goes in flat(p) and
           'example-status' not in flat(p).split('Goes to')[1][:40],
           how + ': another state alone keeps it', flat(p))
    yes(desk, p, '2026-03-04 14:12')
    p = comms(desk, 'correct 1\nReason: clearer\n\nWe look at it.\n',
              '2026-03-04 14:20')
    tap.ok('Goes to: ' + goes in flat(p), how + ': so does a correction',
           flat(p))
    p = comms(desk, 'correct 1\nReason: clearer\nLists: all\nNotify: yes\n\n'
              'We look at it.\n', '2026-03-04 14:21')
    tap.ok('example-status 1' in flat(p), 'unless it says where', flat(p))
    desk.close()

# ---- names that are nearly right ----

for value, code, says in (
        ('email-x', 'E22', 'The nearest are email-a, email-b'),
        ('dns-x', 'E22', 'The nearest are dns-hosting'),
        ('email-b and webmail', 'ok', 'Email Cluster B'),
        ('email-b (imap)', 'ok', 'Email Cluster B'),
        ('email-b (partial outage)', 'ok', 'partial outage'),
        ('email-b - degraded', 'ok', 'degraded'),
        ('email-b - wonky', 'E24', 'email-b = degraded'),
        ('email-b = partal outage', 'E24', 'email-b = partial outage')):
    desk = Desk(members=1, number=42)
    m = to(desk.opened(body='Components: %s\n\nlogins fail\n' % value,
                       subject='logins fail'), 'noc1@example.net')
    tap.ok(m['Sitrep-Result'] == code and says in flat(m),
           'Components: ' + value, flat(m))
    copy = [line.strip() for line in text_of(m).split('\n')
            if line.strip().startswith('Components: ')]
    if code != 'ok':
        m = to(desk.answer(m, copy[-1] + '\n', at='2026-03-04 14:08'),
               'noc1@example.net')
        tap.same(m['Sitrep-Result'], 'ok', '... and its line to copy works')
    desk.close()

# ---- pasted back, mended ----

desk = Desk(members=1, number=42)
p = desk.drafted()
mended = ruled(p).replace('We are looking into it.', 'Logins fail for some.')
tap.ok('Posted: when you approve' in mended, 'a frame is around the text')
got = desk.answer(p, 'draft\n' + mended, sender=COMMS1, at='2026-03-04 14:15')
p = to(got, 'comms1@example.net')
lines = [s for s in ruled(p).split('\n') if s.strip()]
tap.ok(lines[0].count('[') == 2 and lines[0].count('INC-') == 1,
       'the title has its tags once', lines[0])
tap.ok(ruled(p).count('update 1') == 1 and ruled(p).count('Posted:') == 1 and
       'Logins fail for some.' in ruled(p), 'and the text is the text alone',
       ruled(p))
desk.close()

# ---- what its writer took back, or marked ----

desk = Desk(members=1, number=42)
desk.opened()
for mark in '<del>%s</del>', '<s>%s</s>', '<strike>%s</strike>', \
        '<span style="text-decoration: line-through">%s</span>':
    got = desk.mail(COMMS1, say(), '<p>draft investigating</p><p></p><p>We '
                    'look. ' + mark % 'Acme broke it.' + ' It is slow.</p>',
                    subject='[INC-2026-0042] draft', at=desk.now + 60,
                    headers=['MIME-Version: 1.0',
                             'Content-Type: text/html; charset=utf-8'])
    p = to(got, 'comms1@example.net')
    tap.ok('We look.' in ruled(p) and 'It is slow.' in ruled(p) and
           'Acme' not in ruled(p), 'struck out: ' + mark.split('%')[0],
           flat(p))
p = comms(desk, 'draft investigating\n\nWe look.\n\nInternal: ask Acme.\n',
          '2026-03-04 15:00')
m = yes(desk, p, '2026-03-04 15:01')
tap.ok(desk.posts() == [] and 'Internal: ask Acme.' in flat(p).split(RULER)[0],
       'a line that says it is internal is in the way', flat(p))
desk.close()

# ---- the day of a promise ----

desk = Desk(members=1, number=42)
m = yes(desk, desk.drafted(body='draft investigating\nNext-Update: +4h\n\n'
                           'We look.\n', at='2026-03-04 22:10'),
        '2026-03-04 22:12')
tap.ok('promised by 02:12 UTC on 5 Mar 2026' in flat(m),
       'the receipt names the day, where it isn\'t today', flat(m))
desk.audit(tap)
desk.close()

# ---- a raised severity doesn't make a promise late that isn't ----

desk = Desk(members=1, number=42)
desk.opened(subject='Sev3 cluster b')
yes(desk, comms(desk, 'draft investigating\n\nWe look.\n', '2026-03-04 14:10'),
    '2026-03-04 14:12')
got = desk.mail(NOC1, say(), 'sev1\n\nall of it now\n',
                subject='[INC-2026-0042]', at='2026-03-04 15:30')
mine = ' '.join(flat(m) for m in got if rcpt(m) == 'comms1@example.net')
tap.ok('due by 15:12 UTC' in mine and '16:12' not in mine,
       'an update is due as SEV1 has it, and nothing promised is overdue', mine)
desk.close()
tap.done()
