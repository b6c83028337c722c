#!/usr/bin/env python3
# Nobody of Marketing answers: the holding statement by the clock, stock text by
# the NOC; and everything that neither may ever say.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()
LAST = []
STOCK = 'We are aware of a problem affecting Email Cluster B and are ' \
    'investigating.'
AUTO = 'Status system (automatic)'
HOLD = 'holding = "sev2"\n'


def desk(extra='', **more):
    LAST.append(Desk(members=2, number=42, extra=extra, **more))
    return LAST[-1]


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split()) if m else ''


def at(clock):
    return '2026-03-04 ' + clock


def silent(d, until, sev='Sev2', body='half of the logins time out in Tokyo\n',
           minutes=(15, 20, 25, 30, 40, 60)):
    """An incident of 14:00 that nobody answers; the last step's mails."""
    d.opened(body, subject=sev + ' cluster b: imap', at=at('14:00'))
    got = []
    for m in minutes:
        clock = '%d:%02d' % (14 + m // 60, m % 60)
        if clock <= until:
            got = d.tick(at=at(clock))
    return got


def resellers(got):
    return [m for m in got if m['Sitrep-Update'] is not None]


def internal(got):
    return sorted(rcpt(m).split('@')[0] for m in got
                  if m['Sitrep-Update'] is None)


def last(got, address):
    hits = [m for m in got if rcpt(m) == address]
    return hits[-1] if hits else None


def code(got, address='noc1@example.net'):
    m = last(got, address)
    return m and m['Sitrep-Result']


# ---- the holding statement
d = desk(HOLD)
got = silent(d, '14:40')
tap.same(d.posts(), [], 'nothing before its time')
got = d.tick(at=at('14:59:59'))
tap.same((d.posts(), got), ([], []), 'not early')
got = d.tick(at=at('15:00'))
tap.same(d.posts(), [(1, 1, 'investigating')], 'it is posted')
tap.same(len(resellers(got)), 2, 'and mailed, in the same transaction')
tap.ok(STOCK in words(resellers(got)[0]) and AUTO in words(resellers(got)[0]),
       'the stock text, by the status system', words(resellers(got)[0]))
tap.ok('Tokyo' not in resellers(got)[0].as_string(), 'and no word of NOC')
tap.same(internal(got), ['comms1', 'comms2', 'commslead', 'exec1', 'noc1'],
         'all of comms, level 3 and NOC are told, one mail each')
for m in got:
    if m['Sitrep-Update'] is None:
        tap.ok('posted automatically at 15:00 UTC' in words(m),
               '%s: that it was posted automatically' % rcpt(m), words(m))
        tap.ok('Reply YES' not in words(m), '... and no yes is asked for')
e = d.show('INC-2026-0042')['event']
tap.same((e['phase'], e['state'], e['owner']), ('public', 'investigating', ''),
         'the event is public, and still nobody\'s')
tap.ok(AUTO in ' '.join(d.tree().split()), 'the page says who wrote it')
tap.ok('Tokyo' not in d.tree(), 'and no word of NOC')
tap.same([rcpt(m) for m in d.tick(at=at('16:00'))], ['noc1@example.net'],
         'T5 follows')
got = d.tick(at=at('16:40'))
tap.same([rcpt(m) for m in got], ['comms1@example.net'],
         'T4 follows: its promise is kept an eye on')
hand = [m for m in d.letters if rcpt(m) == 'comms1@example.net'][0]
got = d.answer(hand, 'yes', sender=COMMS1, at=at('16:41'))
tap.same((code(got, 'comms1@example.net'), len(d.posts())), ('E14', 1),
         'a late yes to the hand-off posts nothing twice')
got = d.mail(COMMS1, say(), 'draft identified\n\nA disk is full.\n',
             subject='[INC-2026-0042] x', at=at('16:42'))
tap.same(d.show('INC-2026-0042')['event']['owner'], 'comms1',
         'comms goes on as ever, and has it by that')
got = d.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
               at=at('16:43'))
tap.same(d.posts()[1:], [(2, 1, 'identified')], 'the next update')
tap.ok(AUTO not in words(resellers(got)[0]), 'is a person\'s again')
got = d.mail(COMMS1, say(), 'Correct: 1\nReason: which\n\nHalf of it.\n',
             subject='[INC-2026-0042] x', at=at('16:44'))
got = d.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
               at=at('16:45'))
tap.ok(resellers(got) and AUTO not in words(resellers(got)[0]),
       'a correction of it is a person\'s too')

for name, extra, sev, more in (
        ('off', '', 'Sev2', ''),
        ('sev1, of SEV2', 'holding = "sev1"\n', 'Sev2', ''),
        ('limited', HOLD, 'Sev2', 'Disclosure: limited\n\n'),
        ('embargoed', HOLD, 'Sev2', 'Disclosure: embargoed\n\n'),
        ('sev2, of SEV3', HOLD, 'Sev3', '')):
    d = desk(extra)
    silent(d, '15:00', sev, more + 'Tokyo again\n')
    d.tick(at=at('16:00'))
    tap.same((d.posts(), len(d.public())), ([], 0), 'holding %s: nothing' %
             name)
d = desk('holding = "sev1"\n')
d.opened(subject='Sev1 cluster b: down', at=at('14:00'))
for clock in ('14:05', '14:10', '14:15', '14:25', '14:45'):
    got = d.tick(at=at(clock))
tap.same(d.posts(), [(1, 1, 'investigating')], 'holding sev1, of SEV1: posted')
# A title that somebody worded; and a clock that doesn't climb.
d = desk(HOLD + 'severity 2 { levels = 1 }\n')
got = silent(d, '15:00', body='Title: Tokyo is gone\n\nTokyo again\n')
tap.same(d.posts(), [(1, 1, 'investigating')],
         'however low the clock climbs')
tap.ok('Tokyo' not in d.tree() + ''.join(m.as_string() for m in d.public()),
       'and without the title that NOC worded')
tap.same(internal(got), ['comms1', 'comms2', 'commslead', 'noc1'],
         'level 3 isn\'t called')
# Own words that wait are posted after it, as ever.
d = desk(HOLD)
d.opened(at=at('14:00'))
got = d.mail(COMMS1, say(), 'draft\n\nWe are on it.\n',
             subject='[INC-2026-0042] x', at=at('14:10'))
p = to(got, 'comms1@example.net')
for clock in ('14:20', '14:25', '14:35', '14:55'):
    d.tick(at=at(clock))
tap.same(d.posts(), [(1, 1, 'investigating')], 'comms drafted, nobody posted')
d.answer(p, 'yes', sender=COMMS1, at=at('14:56'))
tap.same(len(d.posts()), 2, 'what waited is the next update')
# A drill rehearses it.
d = desk(HOLD)
d.opened('Drill: yes\n\nx\n', subject='Sev2 cluster b: imap', at=at('14:00'))
for clock in ('14:15', '14:20', '14:25', '14:30', '14:40', '15:00'):
    d.tick(at=at(clock))
tap.same((len(d.sql('SELECT 1 FROM rehearsal')),
          len(d.sql('SELECT 1 FROM post')), len(d.public())), (1, 0, 0),
         'a drill\'s is rehearsed, never public')

# ---- the NOC
d = desk()
got = silent(d, '14:15')
first = to(got, 'comms1@example.net')
copy = to(got, 'noc1@example.net')
got = d.answer(copy, 'post', sender=NOC1, at=at('14:16'))
tap.same((code(got), d.posts()), ('E42', []), 'before T2 is over: E42')
for clock in ('14:20', '14:25', '14:30'):
    got = d.tick(at=at(clock))
asked = [m for m in got if rcpt(m) == 'noc1@example.net'][0]
lines = text_of(asked).replace('\r', '').split('\n')
tap.same(' '.join(lines[1:3]), 'Nobody of Marketing answered. Reply POST to '
         'publish exactly the text between the rulers.', 'NOC is asked')
tap.ok(STOCK in ' '.join(text_of(asked).split(RULER)[1].split()),
       'and sees the text', text_of(asked))
got = d.answer(asked, 'post', sender=NOC2, at=at('14:31'))
tap.same((code(got, 'noc2@example.net'), d.posts()), ('E43', []),
         'another\'s token: E43')
got = d.answer(asked, 'post', sender=NOC1, at=at('14:31'), auth='temperror')
tap.same((code(got), d.posts()), ('E43', []), 'unproved: E43')
got = d.answer(asked, 'post, but hurry\n', sender=NOC1, at=at('14:31'))
tap.same(d.posts(), [], 'with more words: nothing')
got = d.answer(asked, 'post', sender=NOC1, at=at('14:32'))
tap.same(d.posts(), [(1, 1, 'investigating')], 'post publishes it')
tap.same(internal(got), ['comms1', 'comms2', 'commslead', 'noc1', 'noc2'],
         'all of comms is told, and who wrote of NOC')
tap.ok('by NOC One' in words(to(got, 'commslead@example.net')), 'by whom')
tap.ok(AUTO not in words(resellers(got)[0]), 'it isn\'t automatic')
got = d.answer(asked, 'post', sender=NOC1, at=at('14:33'))
tap.same((code(got), len(d.posts())), ('E14', 1), 'twice: E14')
got = d.mail(NOC1, say(), 'identified\n\n--- public ---\nTokyo it is.\n',
             subject='[INC-2026-0042] x', at=at('14:34'))
got = d.answer(to(got, 'noc1@example.net'), 'post', sender=NOC1,
               at=at('14:35'))
tap.same((code(got), len(d.posts())), ('E42', 1), 'own words: E42')
got = d.mail(NOC1, say(), 'identified\n', subject='[INC-2026-0042] x',
             at=at('14:36'))
got = d.answer(to(got, 'noc1@example.net'), 'post', sender=NOC1,
               at=at('14:37'))
tap.same(d.posts()[-1], (2, 1, 'identified'), 'the stock text of a state')
d.mail(COMMS1, say(), 'ack\n', subject='[INC-2026-0042] x', at=at('14:40'))
got = d.mail(NOC1, say(), 'monitoring\n', subject='[INC-2026-0042] x',
             at=at('14:41'))
got = d.answer(to(got, 'noc1@example.net'), 'post', sender=NOC1,
               at=at('14:42'))
tap.same((code(got), len(d.posts())), ('E42', 2), 'comms has it: E42 again')

# Taken in the meantime.
d = desk()
asked = [m for m in silent(d, '14:30') if rcpt(m) == 'noc1@example.net'][0]
d.mail(COMMS2, say(), 'ack\n', subject='[INC-2026-0042] x', at=at('14:31'))
got = d.answer(asked, 'post', sender=NOC1, at=at('14:32'))
tap.same((code(got), d.posts()), ('E42', []), 'acked meanwhile: E42')
# Words of NOC's give way to the stock text.
for name, body in (('a title', 'Title: Tokyo is gone\n\nTokyo\n'),
                   ('a proposal', 'Tokyo\n\n--- public ---\nTokyo is gone\n')):
    d = desk()
    got = silent(d, '14:30', body=body)
    asked = [m for m in got if rcpt(m) == 'noc1@example.net'][0]
    tap.ok('Tokyo' not in text_of(asked).split(RULER)[1] and STOCK in
           ' '.join(text_of(asked).split(RULER)[1].split()),
           '%s: NOC is shown the stock text' % name, text_of(asked))
    d.answer(asked, 'yes', sender=NOC1, at=at('14:31'))
    tap.same(d.posts(), [(1, 1, 'investigating')], '%s: and posts it' % name)
    tap.ok('Tokyo' not in d.tree() + ''.join(m.as_string()
                                             for m in d.public()),
           '%s: no word of it' % name)
# full, off, limited, embargoed.
d = desk('noc_may_publish = "full"\n')
got = silent(d, '14:30', body='x\n\n--- public ---\nTokyo is gone\n')
asked = [m for m in got if rcpt(m) == 'noc1@example.net'][0]
got = d.answer(asked, 'post', sender=NOC1, at=at('14:31'))
tap.ok(resellers(got) and 'Tokyo is gone' in words(resellers(got)[0]),
       'full: own words that wait')
for name, extra, body, want in (
        ('off', 'noc_may_publish = "off"\n', 'x\n', None),
        ('embargoed', '', 'Disclosure: embargoed\n\nx\n', None),
        ('limited', '', 'Disclosure: limited\n\nx\n',
         'A problem affects Email Cluster B.')):
    d = desk(extra)
    got = silent(d, '14:30', body=body)
    asked = [m for m in got if rcpt(m) == 'noc1@example.net'][0]
    tap.same('Reply POST' in words(asked), want is not None,
             '%s: asked or not' % name)
    got = d.answer(asked, 'post', sender=NOC1, at=at('14:31'))
    tap.same(bool(d.posts()), want is not None, '%s: posted or not' % name)
    tap.ok(want is None or want in words(resellers(got)[0]),
           '%s: its stock text' % name)
# SEV3 is exhausted at level 2; the first of the NOC on duty where none wrote.
d = desk()
d.opened(subject='Sev3 cluster b: slow', at=at('14:00'), who=SUPPORT)
for clock in ('14:15', '14:20', '14:25'):
    got = d.tick(at=at(clock))
asked = to(got, 'noc2@example.net')
tap.ok(asked is not None and 'Reply POST' in words(asked),
       'SEV3, opened by support: the NOC is asked after level 2',
       internal(got))
d.answer(asked, 'post', sender=NOC2, at=at('14:26'))
tap.same(d.posts(), [(1, 1, 'investigating')], 'and may')
for d in LAST:
    d.audit(tap)
    d.close()
tap.done()
