#!/usr/bin/env python3
# A SEV1 with a war room: proposed by the clock, opened by level 2's yes, its
# minutes, sitreps and promises, closed with its actions; who gets how many.
import collections
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()
ROOM = 'warroom+inc-2026-0042@in.status.example'
BRIDGE = 'bridge = "https://meet.example.net/incident"\n'
ADDRESS = {who: address_of(who) for who in (NOC1, NOC2, COMMS1, COMMS2, LEAD,
                                            EXEC, SEC, SUPPORT)}


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def who(got):
    return sorted(rcpt(m).split('@')[0] for m in got)


def rooms(desk, event='INC-2026-0042'):
    return desk.show(event)['rooms']


def result(got, person):
    m = to(got, ADDRESS[person])
    return m['Sitrep-Result'] if m is not None else 'no mail'


desk = Desk(members=2, number=42, extra=BRIDGE)
got = desk.opened(subject='Sev1 cluster b: no logins', at='2026-03-04 14:00')
desk.answer(to(got, ADDRESS[COMMS1]), 'yes', sender=COMMS1,
            at='2026-03-04 14:02')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'a SEV1 is public')

# ---- proposed by the clock, never opened by it
tap.same(desk.tick(at='2026-03-04 14:29'), [], 'nothing before 30 minutes')
got = desk.tick(at='2026-03-04 14:30:01')
ask = to(got, ADDRESS[COMMS2])
tap.same(who(got), ['comms2'], 'level 2 is asked')
tap.ok('SEV1 has been open for 30 min. Open a war room? Reply YES to open it'
       in flat(ask), 'in the first line', text_of(ask))
tap.ok('Public: investigating, update 1' in flat(ask), 'what is public')
tap.same(rooms(desk)[0]['opened'], None, 'no room is open')
tap.same(desk.tick(at='2026-03-04 14:30:30'), [], 'asked once')
got = desk.answer(ask, 'yes', sender=COMMS1, at='2026-03-04 14:30:40')
tap.same((result(got, COMMS1), rooms(desk)[0]['opened']), ('E42', None),
         'another\'s yes to it is none')
got = desk.mail(NOC1, ROOM, 'is anybody there?\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:30:50')
tap.ok('INC-2026-0042 has no war room; your mail is kept as a note' in
       flat(to(got, ADDRESS[NOC1])), 'the address of no room',
       flat(to(got, ADDRESS[NOC1])))

# ---- opened
got = desk.answer(ask, 'yes', sender=COMMS2, at='2026-03-04 14:31')
tap.same(who(got), ['comms1', 'comms2', 'commslead', 'exec1', 'noc1'],
         'the opening mail: one to each of N, C1, CT, L2, EX, WR')
tap.same(len(desk.public()), 2, 'no reseller hears of it')
mail = to(got, ADDRESS[NOC1])
for words in ('INC-2026-0042: the war room is open.',
              'Bridge: https://meet.example.net/incident',
              'Chair: Comms Two', 'Scribe: nobody yet',
              'Comms lead: Comms One', 'NOC lead: NOC One',
              'Missing: Comms One, NOC One', 'SEV1',
              'Affected: Email Cluster B', 'is anybody there?',
              'Public: investigating, update 1 of 14:02 UTC',
              'https://status.example/incident/2026/0042/',
              'a sitrep every 30 min, a public update every 60 min',
              'war-room sitrep', 'Known:', 'Unknown:', 'Doing:',
              'Next decision at:'):
    tap.ok(words in flat(mail) or words in flat(mail).replace(
        '1 h', '60 min'), 'it says %r' % words, text_of(mail))
tap.ok(str(mail['Reply-To']).startswith(
    'INC-2026-0042 reply <warroom+inc-2026-0042.w.'), 'answers go to the room',
    mail['Reply-To'])
tap.same(result(desk.answer(ask, 'yes', sender=COMMS2,
                            at='2026-03-04 14:31:30'), COMMS2), 'E14',
         'a second yes')
tap.same(result(desk.mail(LEAD, say(), 'war-room open\n',
                          subject='[INC-2026-0042] x',
                          at='2026-03-04 14:31:40'), LEAD), 'E14',
         'open twice')

# ---- joined, minuted
got = desk.mail(NOC2, ROOM, 'war-room join\n', subject='[INC-2026-0042] x',
                at='2026-03-04 14:32')
tap.same(who(got), ['noc2'], 'who joins gets an answer, the others no mail')
got = desk.answer(mail, 'The disk of b3 is gone.\n\n'
                  'Action: order a disk @noc2 by Friday\n', sender=NOC1,
                  at='2026-03-04 14:33')
tap.same(who(got), ['comms1', 'comms2', 'noc1', 'noc2'],
         'a minute goes to the members, its writer gets the receipt')
minute = to(got, ADDRESS[COMMS1])
tap.ok('war room: minute by NOC One' in flat(minute) and
       'The disk of b3 is gone.' in flat(minute), 'it says whose',
       text_of(minute))
tap.ok('minute taken' in flat(to(got, ADDRESS[NOC1])), 'the receipt',
       text_of(to(got, ADDRESS[NOC1])))
tap.same(desk.show('INC-2026-0042')['notes'][-1]['kind'], 'minute', 'kept so')
before = len(desk.show('INC-2026-0042')['notes'])
got = desk.mail('X <x@else.example>', ROOM, 'let me in\n', at=desk.now + 10)
tap.same([rcpt(m) for m in got if rcpt(m) != 'x@else.example'], [],
         'a stranger is held')
got = desk.mail(NOC1, ROOM, 'I am on leave.\n', at=desk.now + 10,
                subject='[INC-2026-0042] x',
                headers=['Auto-Submitted: auto-replied'])
tap.same((got, len(desk.show('INC-2026-0042')['notes'])), ([], before),
         'an auto-reply is dropped')
got = desk.mail(SUPPORT, ROOM, 'Calls pile up.\n', subject='[INC-2026-0042] x',
                at=desk.now + 10)
tap.same(who(got), ['comms1', 'comms2', 'noc1', 'noc2', 'support1'],
         'one of us who isn\'t a member is minuted too')

# ---- bad words change nothing
before = rooms(desk)
for person, words, code in (
        (SUPPORT, 'war-room join', 'E42'),
        (SUPPORT, 'war-room sitrep\n\nKnown: all', 'E42'),
        (NOC1, 'war-room chair noc1', 'E42'),
        (NOC1, 'war-room join nobody', 'E24'),
        (COMMS2, 'war-room chair', 'E24'),
        (COMMS2, 'war-room chair noc1, noc2', 'E24'),
        (NOC1, 'war-room sitrep', 'E24'),
        (NOC1, 'war-room', 'E24'),
        (NOC1, 'war-room opne', 'E21'),
        (COMMS2, 'war-room close\n\nIt is over.', 'E13'),
        (NOC1, 'war-room close\n\nIt is over.', 'E42')):
    got = desk.mail(person, ROOM, words + '\n', subject='[INC-2026-0042] x',
                    at=desk.now + 5)
    tap.same((result(got, person), rooms(desk)), (code, before),
             '%s: %r is %s' % (person, words, code))
got = desk.mail(COMMS2, ROOM, 'war-room chair comms1\n', at=desk.now + 5,
                subject='[INC-2026-0042] x')
tap.same((result(got, COMMS2), rooms(desk)), ('E43', before),
         'unproved: a question')
got = desk.answer(to(got, ADDRESS[COMMS2]), 'yes', sender=COMMS2,
                  at=desk.now + 5)
tap.same((who(got), rooms(desk)[0]['chair']),
         (['comms1', 'comms2', 'noc1', 'noc2'], 'comms1'), 'its yes')
got = desk.mail(NOC1, ROOM, 'war-room scribe noc2\n', at=desk.now + 5,
                subject='[INC-2026-0042] x')
tap.ok('chair Comms One, scribe NOC Two' in flat(to(got, ADDRESS[NOC2])),
       'a scribe', flat(to(got, ADDRESS[NOC2])))

# ---- a public update from within the room
desk.tick(at='2026-03-04 14:45')
got = desk.mail(COMMS1, ROOM, 'draft identified\n\nA disk has failed.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:45')
d2, copy = to(got, ADDRESS[COMMS1]), to(got, ADDRESS[COMMS2])
tap.same(who(got), ['comms1', 'comms2', 'noc1', 'noc2'],
         'a draft: preview, fact check, the room')
tap.ok('Next update: 60 min after posting' in flat(d2) or
       'Next update: 1 h after posting' in flat(d2), 'promised in an hour',
       text_of(d2))
tap.ok('draft d2 waits for a yes' in flat(copy) and 'A disk has failed.' in
       flat(copy), 'the room sees it', text_of(copy))
tap.same(desk.posts(), [(1, 1, 'investigating')], 'nothing but a preview')
got = desk.answer(d2, 'yes', sender=COMMS1, at='2026-03-04 14:46')
tap.same(desk.posts()[-1], (2, 1, 'identified'), 'a yes posts it')

# ---- sitreps
got = desk.tick(at='2026-03-04 15:01:01')
tap.same(who(got), ['comms1', 'noc2'], 'T8: chair and scribe')
tap.ok('sitrep is due' in got[0]['Subject'] and
       str(got[0]['Reply-To']).split('<')[1].startswith('warroom+'),
       'answered into the room', (got[0]['Subject'], got[0]['Reply-To']))
got = desk.answer(got[0], 'war-room sitrep\n\nKnown: the disk\n'
                  'Unknown: when it comes\n* Action: call the vendor @comms1\n'
                  'Next decision at: 15:30\n', sender=COMMS1,
                  at='2026-03-04 15:05')
tap.same(who(got), ['comms1', 'comms2', 'noc1', 'noc2'], 'the room gets it')
tap.ok('sitrep taken. The next is due by 15:35 UTC' in
       flat(to(got, ADDRESS[COMMS1])), 'the receipt says when',
       flat(to(got, ADDRESS[COMMS1])))
due = desk.tick(at='2026-03-04 15:16:05')
tap.same([m['Subject'] for m in due if 'facts' not in m['Subject'] and
          'sitrep' in m['Subject']], [], 'a sitrep puts it off')
got = desk.tick(at='2026-03-04 15:35:05')
tap.ok({'comms1', 'noc2'} <= set(who(got)), 'the next one', who(got))
got = desk.tick(at='2026-03-04 15:50:05')
call = to(got, ADDRESS[EXEC])
tap.ok(call is not None and "the war room's sitrep is overdue" in flat(call),
       'T8 +15: level 3', [(rcpt(m), m['Subject']) for m in got])

# ---- the end
got = desk.mail(COMMS1, say(), 'resolve\n\nAll works again.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 15:55')
desk.answer(to(got, ADDRESS[COMMS1]), 'yes', sender=COMMS1,
            at='2026-03-04 15:56')
tap.same(desk.tick(at='2026-03-04 16:55'), [], 'no sitrep is asked for now')
got = desk.tick(at='2026-03-04 16:56:01')
left = to(got, ADDRESS[COMMS1])
tap.same(who(got), ['comms1'], 'T9: an hour later the chair')
tap.ok('the war room is still open' in flat(left) and 'war-room close' in
       flat(left), 'is asked to close it', text_of(left))
tap.same(who(desk.tick(at='2026-03-04 20:56:02')), ['comms1'],
         'and again four hours later')
before = rooms(desk)
got = desk.answer(left, 'war-room close\n\nAction: x\n', sender=COMMS1,
                  at='2026-03-04 21:00')
tap.same(result(got, COMMS1), 'E24', 'without a closing sitrep: E24')
got = desk.answer(left, 'war-room close\nPostmortem: nobody\n\nAll done.\n',
                  sender=COMMS1, at='2026-03-04 21:01')
tap.same((result(got, COMMS1), rooms(desk)[0]['closed']), ('E24', None),
         'nobody of that name')
got = desk.answer(left, 'war-room close\n\nThe disk is replaced.\n\n'
                  'Action: watch the spares @noc1 by 1 April\n'
                  'Postmortem: comms2\n', sender=COMMS1,
                  at='2026-03-04 21:02')
tap.same(who(got), ['comms1', 'comms2', 'commslead', 'exec1', 'noc1', 'noc2',
                    'support1'], 'the closing mail: all of the house')
end = to(got, ADDRESS[EXEC])
for words in ('the war room is closed', 'It was open for: 6 h 31 min',
              'Postmortem: Comms Two', 'order a disk @noc2 by Friday',
              'call the vendor @comms1', 'watch the spares @noc1 by 1 April',
              'The disk is replaced.', 'Sitreps: 1, and the closing one'):
    tap.ok(words in flat(end), 'it says %r' % words, text_of(end))
r = rooms(desk)[0]
tap.same([(a['owner'], a['due']) for a in r['actions'] if a['text'] != 'x'],
         [('noc2', 'Friday'), ('comms1', ''), ('noc1', '1 April')],
         'the actions as written')
tap.same((r['postmortem'], r['sitreps'], r['closed']),
         ('comms2', 2, '2026-03-04T21:02:00Z'), 'show --json')
text = desk.run('show', 'INC-2026-0042', check=True).stdout.decode()
for words in ('war room proposed (sev1)', 'war room opened by Comms Two',
              'action: call the vendor', 'sitrep by Comms One',
              'war room closed by Comms One: 2 sitreps, postmortem Comms Two'):
    tap.ok(words in text, 'show: %s' % words, text)
got = desk.mail(COMMS2, ROOM, 'thank you all, again\n',
                subject='[INC-2026-0042] x', at='2026-03-04 21:10')
tap.ok('The war room of INC-2026-0042 is closed since 21:02 UTC' in
       flat(to(got, ADDRESS[COMMS2])), 'a closed room keeps a note',
       flat(to(got, ADDRESS[COMMS2])))
tap.same(desk.tick(at='2026-03-06 20:00'), [], 'its timers are off')
got = desk.tick(at='2026-03-10 21:00')
tap.same(who(got), ['comms2'], 'the postmortem is asked of whom it named')
twice = [k for k, n in collections.Counter(
    (m['Message-ID'], rcpt(m)) for m in desk.internal()).items() if n > 1]
tap.same(twice, [], 'nobody got two mails of one cause')
sent = collections.Counter(rcpt(m) for m in desk.internal())
for address, n in sorted(sent.items()):
    print('# %s: %d mails' % (address, n))
desk.audit(tap)
desk.close()

# ---- by request, refused, by command; in a drill
desk = Desk(members=2, number=42)
desk.opened(at='2026-03-04 14:00')
tap.same(desk.tick(at='2026-03-04 14:10'), [], 'quiet')
got = desk.mail(SUPPORT, say(), 'war-room open\n', at='2026-03-04 14:11',
                subject='[INC-2026-0042] x')
tap.same((result(got, SUPPORT), rooms(desk)), ('E42', []), 'not for support')
got = desk.mail(NOC1, say(), 'war-room close\n\nx\n', at='2026-03-04 14:12',
                subject='[INC-2026-0042] x')
tap.same(result(got, NOC1), 'E13', 'there is none to close')
got = desk.mail(NOC1, say(), 'war-room open nobody\n', at='2026-03-04 14:12',
                subject='[INC-2026-0042] x')
tap.same((result(got, NOC1), rooms(desk)), ('E24', []), 'an unknown name')
got = desk.mail(NOC1, say(), 'war-room open noc2, sec1\nchair commslead\n'
                'scribe NOC Two\nBridge: +1 555 0100\n\nIt spreads.\n',
                at='2026-03-04 14:13', subject='[INC-2026-0042] x')
tap.ok(result(got, NOC1) == 'ok' and 'put to level 2: Comms Two' in
       flat(to(got, ADDRESS[NOC1])), 'NOC asks', flat(to(got, ADDRESS[NOC1])))
ask = to(got, ADDRESS[COMMS2])
tap.ok('NOC One asks for a war room. Open a war room?' in flat(ask),
       'level 2 has the question', flat(ask))
tap.same(result(desk.mail(NOC2, say(), 'war-room open\n',
                          subject='[INC-2026-0042] x',
                          at='2026-03-04 14:14'), NOC2), 'E14',
         'asked for twice')
got = desk.answer(ask, 'no', sender=COMMS2, at='2026-03-04 14:14:20')
tap.ok(who(got) == ['comms2', 'noc1'] and 'Comms Two says no' in
       flat(to(got, ADDRESS[NOC1])), 'no: who asked is told',
       [(rcpt(m), flat(m)) for m in got])
tap.same(result(desk.answer(ask, 'yes', sender=COMMS2,
                            at='2026-03-04 14:16'), COMMS2), 'E14',
         'yes after no')
got = desk.mail(LEAD, say(), 'war-room open\n', at='2026-03-04 14:17',
                subject='[INC-2026-0042] x')
tap.same((result(got, LEAD), [x['opened'] for x in rooms(desk)]),
         ('E43', [None]), 'unproved: nothing yet')
got = desk.answer(to(got, ADDRESS[LEAD]), 'yes', sender=LEAD,
                  at='2026-03-04 14:18')
r = rooms(desk)[-1]
tap.same((r['chair'], r['rule'], sorted(m['person'] for m in r['members'])),
         ('commslead', '', ['comms1', 'commslead', 'noc2']),
         'the lead is its chair')
tap.ok('none is set' in flat(to(got, ADDRESS[NOC2])), 'without a bridge')
desk.mail(NOC1, 'incident@in.status.example', 'Drill: yes\n\nb is down\n',
          subject='Sev1 cluster b', at='2026-03-04 15:00')
got = desk.mail(EXEC, 'incident+drl-2026-0001@in.status.example',
                'war-room open\nscribe noc2\n', at='2026-03-04 15:01')
got = desk.answer(to(got, ADDRESS[EXEC]), 'yes', sender=EXEC,
                  at='2026-03-04 15:02')
tap.ok(to(got, ADDRESS[NOC2]) is not None and
       to(got, ADDRESS[NOC2])['Subject'].startswith('[DRILL] ') and
       'warroom+drl-2026-0001.w.' in str(to(got, ADDRESS[NOC2])['Reply-To']),
       'a drill has one as well', [(rcpt(m), m['Subject']) for m in got])
# What a program writes, and doesn't say that it is one, goes round no more.
for i in range(61):
    got = desk.mail(NOC1, ROOM, 'I am away, %d\n' % i, at=desk.now + 1,
                    subject='[INC-2026-0042] x')
    if i == 58:
        tap.ok(len(got) > 1, 'a person may write once a minute', who(got))
tap.same((got, desk.show('INC-2026-0042')['notes'][-1]['text']),
         ([], 'I am away, 60'), 'more is kept and mailed to nobody')
desk.audit(tap)
desk.close()

# ---- words of a note
desk = Desk(members=2, number=42)
desk.opened(at='2026-03-04 14:00')
desk.mail(NOC1, say(), 'No data loss so far.\n', at='2026-03-04 14:01',
          subject='[INC-2026-0042] x')
tap.same(rooms(desk), [], 'no data loss is none')
got = desk.mail(NOC1, say(), 'We have data loss on b3.\n',
                at='2026-03-04 14:02', subject='[INC-2026-0042] x')
ask = to(got, ADDRESS[COMMS2])
tap.ok('NOC One writes of lost data or a key. Open a war room?' in flat(ask),
       'data loss proposes one', flat(ask))
desk.mail(NOC1, say(), 'More data loss.\n', at='2026-03-04 14:03',
          subject='[INC-2026-0042] x')
tap.same([rcpt(m) for m in desk.tick(at='2026-03-04 14:03:01')], [],
         'once for each reason')
desk.audit(tap)
desk.close()
tap.done()
