#!/usr/bin/env python3
# What comes after: is it over (T7), what ended quietly and is told after the
# fact, the postmortem with its reminders (T10), what can be told of what was
# kept back (T11).
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()
TAG = '[INC-2026-0042] x'


def words(m):
    return ' '.join(text_of(m).split())


def first(m):
    """The verdict or question: what stands above the first blank line."""
    return ' '.join(text_of(m).replace('\r', '').split('\n\n')[0].split())


def mailed(got):
    return sorted(rcpt(m) for m in got)


def internal(got):
    return mailed([m for m in got if m['Sitrep-Internal'] == 'yes'])


def tick(desk, at):
    """What the clock sends about events; the month's report isn't ours."""
    return [m for m in desk.tick(at=at)
            if not str(m['Sitrep-Event']).startswith('REP-')]


def event(desk, name='INC-2026-0042'):
    return desk.show(name)['event']


def comms(desk, body, at, who=COMMS1):
    got = desk.mail(who, say(), body, subject=TAG, at=at)
    return to(got, address_of(who))


def resolved(desk, text='It works again.', at='2026-03-04 16:10',
             yes='2026-03-04 16:11'):
    p = comms(desk, 'resolve\nEnded: 16:05 UTC\n\n%s\n' % text, at)
    return to(desk.answer(p, 'yes', sender=COMMS1, at=yes),
              'comms1@example.net')


def question(desk, title, sev=2, begin='2026-03-04 14:00',
             end='2026-03-04 14:09'):
    """NOC fixes it before the hand-off; the mails that came of it."""
    got = desk.opened(subject='Sev%d cluster b: imap' % sev, at=begin)
    got = desk.answer(to(got, 'noc1@example.net'),
                      'fixed, the pool on mbx-b07.int was restarted\n',
                      at=end)
    tap.same(to(got, 'noc1@example.net')['Sitrep-Result'], 'ok', title)
    return got


# ---- T7: is it over?
desk = Desk(members=2, number=42)
desk.posted()
got = desk.mail(NOC1, say(), 'not yet\n', subject=TAG, at='2026-03-04 14:20')
m = to(got, 'noc1@example.net')
tap.ok(m['Sitrep-Result'] == 'E13' and 'it is investigating now' in words(m) and
       'Write monitoring' in words(m), 'not yet, and nothing is watched: E13',
       text_of(m))
p = comms(desk, 'draft monitoring\n\nA fix is in place. We watch it.\n',
          '2026-03-04 15:00')
desk.answer(p, 'yes', sender=COMMS1, at='2026-03-04 15:01')
got = tick(desk, at='2026-03-04 16:00:59')
tap.same([m for m in got if 'is it over' in m['Subject']], [], 'T7: not early')
got = [m for m in tick(desk, at='2026-03-04 16:01:01')
       if 'is it over' in m['Subject']]
tap.same(mailed(got), ['noc1@example.net'], 'after an hour NOC is asked')
tap.ok('Is it over? Reply resolve, or not yet' in words(got[0]),
       'whether it is over', text_of(got[0]))
ask = got[0]
for text, code in (('not yet +1m', 'E24'), ('not yet +25h', 'E24')):
    m = to(desk.answer(ask, text, at=desk.now + 60), 'noc1@example.net')
    tap.ok(m['Sitrep-Result'] == code and '5 min to 24 h' in words(m) and
           'not yet +60m' in words(m), '%s: %s' % (text, code), text_of(m))
got = desk.answer(ask, 'not yet +30m\n\nTwo boxes still slow.\n',
                  at='2026-03-04 16:10')
m = to(got, 'noc1@example.net')
tap.ok(first(m).split(' -## ')[1].startswith(
    'INC-2026-0042: you are asked again at 16:40 UTC.'),
    'not yet +30m: the receipt says when', text_of(m))
m = to(got, 'comms1@example.net')
tap.ok('not over yet, says NOC One' in words(m) and 'Two boxes' in words(m),
       'the owner hears it, in one mail', text_of(m))
tap.same([x for x in tick(desk, at='2026-03-04 16:39:50')
          if 'is it over' in x['Subject']], [], 'not before')
got = [x for x in tick(desk, at='2026-03-04 16:40:01')
       if 'is it over' in x['Subject']]
tap.same(mailed(got), ['noc1@example.net'], 'asked again then')
tap.same(got[0]['Message-ID'] != ask['Message-ID'], True,
         'as a mail of its own')
got = desk.answer(got[0], 'no', at='2026-03-04 16:41')
tap.ok('asked again at 17:41 UTC' in words(to(got, 'noc1@example.net')),
       'no is not yet, for an hour')
got = desk.mail(COMMS1, say(), 'not yet 2h\n', subject=TAG,
                at='2026-03-04 16:42')
tap.ok('asked again at 18:42 UTC' in words(to(got, 'comms1@example.net')),
       'comms may say so too, and the last word counts')
tap.same([x for x in tick(desk, at='2026-03-04 17:41:30')
          if 'is it over' in x['Subject']], [], 'one question runs')
got = [x for x in tick(desk, at='2026-03-04 18:42:01')
       if 'is it over' in x['Subject']]
got = desk.answer(got[0], 'resolve', at='2026-03-04 18:43')
p = to(got, 'comms1@example.net')
tap.ok('Proposed by NOC One' in words(p) and p['Subject'].startswith(
    '[PREVIEW]'), 'resolve is a proposal', text_of(p))
desk.answer(p, 'yes', sender=COMMS1, at='2026-03-04 18:44')
got = desk.mail(COMMS1, say(), 'not yet\n', subject=TAG,
                at='2026-03-04 18:50')
tap.same(to(got, 'comms1@example.net')['Sitrep-Result'], 'E11',
         'not yet once it is over: E11')
desk.audit(tap)
desk.close()

# ---- what ended quietly: publish
desk = Desk(members=3, number=42)
got = question(desk, 'fixed before the hand-off')
tap.same(mailed(got), ['comms1@example.net', 'noc1@example.net'],
         'comms on call is asked, in one mail')
receipt, q = to(got, 'noc1@example.net'), to(got, 'comms1@example.net')
tap.ok('is closed quietly' in words(receipt) and 'publish' not in
       words(receipt), 'the receipt of NOC is what it was', text_of(receipt))
tap.ok(first(q).split(' -## ')[1].startswith(
    'INC-2026-0042 was over in 9 min. Post a short after-the-fact notice? '
    'Reply publish or quiet.'), 'the question stands first', text_of(q))
tap.same(q['Subject'], '[INTERNAL] [INC-2026-0042] over in 9 min: post a '
         'notice?', 'its subject')
tap.ok('mbx-b07.int was restarted' in words(q) and 'Email Cluster B' in
       words(q), 'with what NOC said', text_of(q))
tap.ok('.q1.' in q['Reply-To'] and '.q1@' in q['Message-ID'],
       'it has a reply address of its own', q['Reply-To'])
tap.same(tick(desk, at='2026-03-05 14:20'), [], 'after a day: nothing more')
tap.same(desk.sql('SELECT kind, answer FROM question'), [('quiet', '')],
         'unanswered: so it stands in the store')
got = desk.answer(q, 'quiet', sender=COMMS2, at='2026-03-05 14:30')
tap.same(to(got, 'comms2@example.net')['Sitrep-Result'], 'E43',
         'it is put to one person')
got = desk.answer(q, 'publish', at='2026-03-05 14:40')
p = to(got, 'comms1@example.net')
ruled = text_of(p).split(RULER)[1]
tap.same(internal(got), ['comms1@example.net', 'noc1@example.net'],
         'publish: a preview, and the fact check')
tap.ok('The problem affecting Email Cluster B is resolved.' in
       ' '.join(ruled.split()) and 'mbx-b07' not in ruled,
       'of the stock sentence', ruled)
tap.ok('Started: 4 Mar 2026 14:00 UTC' in ruled and 'Ended: 14:09 UTC' in
       ruled and 'Duration: 9 min' in ruled, 'its times are computed', ruled)
tap.ok('Affected: Email Cluster B (Partial outage)' in ruled and
       'Not affected' not in ruled, 'it says what was hurt', ruled)
tap.ok('Goes to: the page only' in words(p) and
       'Posted after the fact on (when '
       'you approve)' in ruled, 'nobody is mailed, and it is marked',
       text_of(p))
tap.same(desk.sql('SELECT answer FROM question'), [('publish',)],
         'the answer is kept')
tap.same(event(desk)['phase'], 'closed_quiet', 'nothing is public yet')
got = desk.answer(q, 'quiet', at='2026-03-05 14:41')
tap.ok(to(got, 'comms1@example.net')['Sitrep-Result'] == 'E14' and
       '(publish)' in words(to(got, 'comms1@example.net')),
       'a second answer: E14', text_of(to(got, 'comms1@example.net')))
got = desk.answer(p, 'draft\n\nFor nine minutes logins to Email Cluster B '
                  'failed.\n', at='2026-03-05 14:45')
p = to(got, 'comms1@example.net')
tap.ok('For nine minutes' in text_of(p) and 'Resolved' in text_of(p),
       'draft changes the words', text_of(p))
got = desk.answer(p, 'yes', at='2026-03-05 14:50')
tap.same(mailed(got), ['comms1@example.net', 'comms2@example.net',
                       'noc1@example.net'],
         'yes: who wrote and comms on call, no reseller')
e = event(desk)
tap.same((e['phase'], e['state'], e['owner'], desk.posts()),
         ('closed', 'resolved', 'comms1', [(1, 1, 'resolved')]),
         'closed_quiet -> closed')
page = desk.tree()
flat = ' '.join(page.split())
tap.ok('Posted after the fact on 5 Mar 2026' in flat and 'For nine minutes' in
       flat, 'the page marks it')
tap.ok('Partial outage' in flat and 'after 9 min' in flat,
       'what it was, and how long')
tap.same(tick(desk, at='2026-03-06 15:00'), [], 'and no timer fires for it')
copy = to(got, 'comms1@example.net')
got = desk.answer(copy, 'Correct: 1 typo\nReason: a letter\n\nFor 9 minutes '
                  'logins to Email Cluster B failed.\n', at='2026-03-06 15:10')
desk.answer(to(got, 'comms1@example.net'), 'yes', at='2026-03-06 15:11')
tap.ok(desk.posts() == [(1, 2, 'resolved')] and 'Posted after the fact on 5 '
       'Mar' in ' '.join(desk.tree().split()), 'a correction keeps the mark')
desk.audit(tap)
desk.close()

# Notify: yes mails the lists; own words in the answer.
desk = Desk(members=3, number=42)
got = question(desk, 'fixed, again')
got = desk.answer(to(got, 'comms1@example.net'), 'publish\nNotify: yes\n\n'
                  'It was short.\n', at='2026-03-04 14:20')
p = to(got, 'comms1@example.net')
tap.ok('Goes to: example-status 3' in words(p) and 'It was short.' in
       text_of(p), 'Notify: yes goes to the lists', text_of(p))
got = desk.answer(p, 'yes', at='2026-03-04 14:21')
m = to(got, RESELLER)
tap.ok(m is not None and m['Subject'].startswith('[Resolved] Email Cluster B'),
       'resellers get it', mailed(got))
tap.ok('Posted after the fact on 4 Mar 2026' in words(m), 'marked',
       text_of(m))
desk.audit(tap)
desk.close()

# quiet; the ways not to ask.
desk = Desk(members=1, number=42)
got = question(desk, 'fixed, once more')
q = to(got, 'comms1@example.net')
got = desk.answer(q, 'quiet', at='2026-03-04 14:20')
tap.ok('INC-2026-0042 stays quiet: no public notice.' in
       words(to(got, 'comms1@example.net')) and len(got) == 1, 'quiet',
       text_of(got[0]))
tap.same((desk.sql('SELECT answer FROM question'), event(desk)['phase'],
          desk.posts()), ([('quiet',)], 'closed_quiet', []), 'is kept')
got = desk.answer(q, 'resolve', at='2026-03-04 14:30')
p = to(got, 'comms1@example.net')
tap.ok(p['Subject'].startswith('[PREVIEW]'), 'and can be thought over',
       p['Subject'])
got = desk.answer(p, 'draft investigating\n\nIt is down.\n',
                  at='2026-03-04 14:31')
tap.same(to(got, 'comms1@example.net')['Sitrep-Result'], 'E13',
         'but it is over: no other state')
desk.audit(tap)
desk.close()
desk = Desk(members=1, number=42)
got = question(desk, 'SEV4', sev=4)
tap.same(mailed(got), ['noc1@example.net'], 'of SEV4 nobody is asked')
desk.close()
desk = Desk(members=1, number=42)
got = desk.mail(NOC1, IN, 'Disclosure: embargoed\nresolve\n\nA key leaked, '
                'and is revoked.\n', subject='Sev2 dns: key',
                at='2026-03-04 14:00')
tap.same(mailed(got), ['noc1@example.net'],
         'nor under embargo, before it is reviewed')
got = tick(desk, at='2026-03-07 14:00:01')
tap.same(mailed(got), ['commslead@example.net', 'sec1@example.net'],
         'T11: three days later')
tap.ok('nothing of it was public. What can be told now?' in words(got[0]),
       'it says that nothing was told', text_of(got[0]))
got = desk.answer(to(got, 'sec1@example.net'), 'Disclosure: full\n',
                  at='2026-03-07 14:10')
tap.same(mailed(got), ['comms1@example.net', 'commslead@example.net',
                       'sec1@example.net'], 'who can tell of it hears')
lead = to(got, 'commslead@example.net')
tap.ok('disclosure is full now. To tell of it reply publish' in words(lead),
       'and how', text_of(lead))
got = desk.answer(lead, 'publish\n\nA key was replaced.\n',
                  at='2026-03-07 14:20')
p = to(got, 'commslead@example.net')
tap.ok('A key was replaced.' in text_of(p) and p['Subject'].startswith(
    '[PREVIEW]'), 'the later account is a draft', text_of(p))
desk.answer(p, 'yes', at='2026-03-07 14:21')
tap.same((event(desk)['phase'], desk.posts()),
         ('closed', [(1, 1, 'resolved')]), 'and is posted')
desk.audit(tap)
desk.close()

# ---- the postmortem: T10, SEV2: 5 working days from Wednesday
desk = Desk(members=2, number=42)
desk.posted()
m = comms(desk, 'postmortem\n\nWhy so early?\n', '2026-03-04 14:30')
tap.ok(m['Sitrep-Result'] == 'E13' and 'follows what was resolved' in words(m),
       'a postmortem before the end: E13', text_of(m))
end = resolved(desk)
tap.same(tick(desk, at='2026-03-11 16:10:30'), [], 'T10: not early')
got = tick(desk, at='2026-03-11 16:11:01')
tap.same(mailed(got), ['comms1@example.net'],
         'the owner is reminded, after a weekend')
tap.ok('its postmortem is due. Reply postmortem, and the text below.' in
       words(got[0]), 'of the postmortem', text_of(got[0]))
form = got[0]
m = to(desk.answer(form, 'yes', at='2026-03-11 16:20'), 'comms1@example.net')
tap.ok(m['Sitrep-Result'] == 'E14' and 'Write the command' in words(m),
       'a yes to it says nothing', text_of(m))
got = desk.answer(end, 'resolve\n\nAll mail of that day has been delivered.\n',
                  at='2026-03-12 10:00')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', at='2026-03-12 10:01')
tap.same(desk.posts()[-1], (3, 1, 'resolved'), 'an addendum')
for day in ('2026-03-18', '2026-03-25'):
    tap.same(tick(desk, at=day + ' 16:10:30'), [], 'weekly: not early')
    got = tick(desk, at=day + ' 16:11:01')
    tap.same(mailed(got), ['comms1@example.net', 'comms2@example.net'],
             'then weekly, with level 2: the addendum ended nothing')
    tap.same(tick(desk, at=day + ' 16:30'), [], 'once')
got = tick(desk, at='2026-04-16 09:00')
tap.same(mailed(got), ['comms1@example.net', 'comms2@example.net'],
         'three weeks slept through: one mail')
got = tick(desk, at='2026-04-22 16:11:01')
tap.same(mailed(got), ['comms1@example.net', 'comms2@example.net'],
         'and the rhythm stays')
form = to(got, 'comms1@example.net')
m = to(desk.answer(form, 'postmortem\n', at='2026-04-22 16:20'),
       'comms1@example.net')
tap.ok(m['Sitrep-Result'] == 'E24' and 'write the text' in words(m),
       'without a text: E24', text_of(m))
got = desk.answer(form, '''postmortem
Impact for end users: about half of all logins to mailboxes failed
Cause: a connection pool of the login service ran full
Fix: the pool is larger; its limit is watched
Prevention: logins no longer share a pool, by 10 May
Problem: PR-2474

For two hours about half of the **logins** to Email Cluster B failed.
No mail was lost.
''', at='2026-04-22 16:30')
p = to(got, 'comms1@example.net')
tap.same(internal(got), ['comms1@example.net', 'noc1@example.net'],
         'a preview, and the fact check')
ruled = text_of(p).split(RULER)[1]
at = -1
for part in ('Subject: [Postmortem] Email Cluster B',
             'Incident date: 4 Mar 2026', 'Incident number: INC-2026-0042',
             'Summary:', 'For two hours about half of the logins',
             'What happened:', 'Investigating (update 1)', 'Ended',
             'Resolved (update 2)', 'Resolved (update 3)', 'Impact:',
             'Email Cluster B: Partial outage', 'Impact for end users:',
             'Root cause:', 'a connection pool of the login service ran full',
             'What we are doing:', '- the pool is larger',
             '- its limit is watched', '- logins no longer share a pool, by '
             '10 May', 'Problem: PR-2474', 'The '):
    found = ruled.find(part, at + 1)
    tap.ok(found > at, 'the preview has, in order: ' + part, ruled)
    at = max(found, at)
tap.same([n['text'] for n in desk.show('INC-2026-0042')['notes']
          if 'pool' in n['text']], [], 'none of it is a note')
got = desk.answer(p, 'draft\nCause: a pool ran full\nFix: a larger pool\n\n'
                  'Logins failed for two hours.\n', at='2026-04-22 16:40')
p = to(got, 'comms1@example.net')
tap.ok('[Postmortem]' in text_of(p) and 'a pool ran full' in text_of(p) and
       'for two hours.' in words(p), 'draft gives it other words', text_of(p))
check = [m for m in got if '.check@' in m['Message-ID']][0]
got = desk.answer(check, 'no, it was the proxy', at='2026-04-22 16:41')
tap.ok('NOC One objects' in words(to(got, 'comms1@example.net')),
       'NOC may object', mailed(got))
got = desk.answer(p, 'yes', sender=COMMS1, at='2026-04-22 16:45')
p = to(got, 'comms1@example.net')
tap.same((p['Sitrep-Result'], desk.posts()[-1]), ('E41', (3, 1, 'resolved')),
         'then a yes shows it again')
got = desk.answer(p, 'yes', sender=COMMS1, at='2026-04-22 16:46')
tap.same((desk.posts()[-1], event(desk)['phase'], event(desk)['state']),
         ((4, 1, 'postmortem'), 'closed', 'postmortem'), 'yes posts it')
tap.same(internal(got), ['comms1@example.net', 'comms2@example.net',
                         'commslead@example.net', 'exec1@example.net',
                         'noc1@example.net'], 'the house gets its copy')
m = to(got, RESELLER)
tap.ok(m['Subject'].startswith('[Postmortem] Email Cluster B') and
       m['Sitrep-State'] == 'postmortem', 'resellers theirs', m['Subject'])
html = m.get_body(('html',)).get_content()
for part in ('Incident number', 'What happened', 'Root cause',
             'What we are doing', 'a pool ran full'):
    tap.ok(part in html and part in text_of(m), 'with ' + part)
tap.ok('Next update' not in text_of(m) and 'ONLINE' not in text_of(m),
       'and without what it doesn\'t need', text_of(m))
tree = ' '.join(desk.tree().split())
for part in ('Root cause', 'What we are doing', '<td>Investigating (update 1)'):
    tap.ok(part in tree, 'the page has ' + part)
tap.same(tick(desk, at='2026-05-30 00:00'), [], 'no reminder any more')
copy = to(got, 'comms1@example.net')
m = to(desk.answer(copy, 'postmortem\n\nOnce more.\n', at='2026-05-30 10:00'),
       'comms1@example.net')
tap.ok(m['Sitrep-Result'] == 'E13' and 'correct u4' in words(m),
       'a second one is a correction', text_of(m))
got = desk.answer(copy, 'correct u4\nReason: it was the proxy\nCause: the '
                  'proxy\n\nLogins failed for two hours.\n',
                  at='2026-05-30 10:10')
p = to(got, 'comms1@example.net')
tap.ok('Correction to update 4' in text_of(p) and 'the proxy' in text_of(p)
       and 'a pool ran full' not in text_of(p), 'which changes one section',
       text_of(p))
desk.answer(p, 'yes', at='2026-05-30 10:11')
tap.same(desk.posts()[-1], (4, 2, 'postmortem'), 'and is posted')
desk.audit(tap)
desk.close()

# NOC proposes; its text is internal, its section is the proposal.
desk = Desk(members=1, number=42)
desk.posted()
got = desk.answer(resolved(desk), 'hello\n', at='2026-03-04 16:20')
copy = [m for m in desk.internal() if rcpt(m) == 'noc1@example.net'][-1]
got = desk.answer(copy, 'postmortem\nCause: pool\n\nmbx-b07 again.\n',
                  at='2026-03-05 10:00')
m = to(got, 'noc1@example.net')
tap.ok('E42' in m['Sitrep-Result'] and 'mbx-b07' in
       desk.show('INC-2026-0042')['notes'][-1]['text'] and 'Cause: pool' in
       desk.show('INC-2026-0042')['notes'][-1]['text'],
       'NOC: without a section all of it stays internal', text_of(m))
got = desk.answer(copy, 'postmortem\nCause: a pool ran full\n\nmbx-b07 again.\n'
                  '--- public ---\nLogins failed.\n', at='2026-03-05 10:10')
p = to(got, 'comms1@example.net')
ruled = text_of(p).split(RULER)[1]
tap.ok('Proposed by NOC One' in words(p) and 'Logins failed.' in ruled and
       'a pool ran full' in ruled and 'mbx-b07' not in ruled,
       'with one it is a proposal', text_of(p))
desk.audit(tap)
desk.close()

# ---- M12: limited, and what is told of it later
desk = Desk(members=2, number=42)
got = desk.mail(NOC1, IN, 'Components: dns-hosting = partial outage\n'
                'Disclosure: limited\nHandoff: now\n\nReflected UDP flood at '
                'ns2/ns3, 140 Gbps.\n',
                subject='SEV1 DNS slow/unreachable from some networks',
                at='2026-03-07 02:11')
desk.answer(to(got, 'comms1@example.net'), 'yes', at='2026-03-07 02:15')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'M12: the stock text')
p = comms(desk, 'resolve\n', '2026-03-07 04:00')
desk.answer(p, 'yes', at='2026-03-07 04:01')
tap.ok('Details that would help an attacker are left out' in
       ' '.join(desk.tree().split()), 'the page says that more will come')
got = tick(desk, at='2026-03-10 04:00:30')
tap.same([m for m in got if 'told' in m['Subject']], [], 'T11: not early')
got = [m for m in tick(desk, at='2026-03-10 04:01:01')
       if 'told' in m['Subject']]
tap.same(mailed(got), ['commslead@example.net', 'sec1@example.net'],
         'T11: security and the lead are asked')
tap.ok('What can be told now?' in words(got[0]), 'what can be told',
       text_of(got[0]))
lead, sec = to(got, 'commslead@example.net'), to(got, 'sec1@example.net')
m = to(desk.answer(lead, 'postmortem\n\nIt was an attack.\n',
                   at='2026-03-10 09:00'), 'commslead@example.net')
tap.ok(m['Sitrep-Result'] == 'E44' and desk.posts()[-1][2] == 'resolved',
       'before that nothing can', text_of(m))
m = to(desk.answer(lead, 'Disclosure: full\n', at='2026-03-10 09:01'),
       'commslead@example.net')
tap.same(m['Sitrep-Result'], 'E44', 'the lead alone can\'t lift it')
got = desk.answer(sec, 'Disclosure: full\n', at='2026-03-10 09:10')
tap.ok('disclosure is full now. To tell more reply postmortem' in
       words(to(got, 'commslead@example.net')), 'security can',
       [(rcpt(m), text_of(m)) for m in got])
got = desk.answer(to(got, 'commslead@example.net'), 'postmortem\nCause: a '
                  'flood of queries\n\nFor two hours an attack slowed our '
                  'name servers.\n', at='2026-03-10 09:20')
p = to(got, 'commslead@example.net')
desk.answer(p, 'yes', at='2026-03-10 09:21')
tap.same(desk.posts()[-1], (3, 1, 'postmortem'), 'the later account')
tap.same([m for m in tick(desk, at='2026-04-20 09:00')], [],
         'T10 and T11 are done')
desk.audit(tap)
desk.close()

# ... lifted before the review is due, it isn't asked for.
desk = Desk(members=1, number=42)
got = desk.mail(NOC1, IN, 'Components: dns\nDisclosure: limited\n\nFlood.\n',
                subject='Sev3 dns slow', at='2026-03-04 14:00')
p = comms(desk, 'resolve\n', '2026-03-04 14:10')
got = desk.answer(p, 'yes', at='2026-03-04 14:11')
copy = to(got, 'comms1@example.net')
got = desk.mail(EXEC, say(), 'Disclosure: full\n', subject=TAG,
                at='2026-03-04 15:00')
tap.same(to(got, 'exec1@example.net')['Sitrep-Result'], 'E11',
         'typed by hand at a closed event: E11')
got = desk.mail(EXEC, IN, 'Incident: INC-2026-0042\nDisclosure: full\n',
                at='2026-03-04 15:10')
m = to(got, 'exec1@example.net')
tap.same(m['Sitrep-Result'], 'E43', 'without a token of ours: asked back')
got = desk.answer(m, 'yes', at='2026-03-04 15:11')
tap.same(event(desk)['disclosure'], 'full', 'and done by the yes')
tap.same(tick(desk, at='2026-03-08 00:00'), [], 'T11 is taken back')
desk.audit(tap)
desk.close()

# ---- a drill is no different, and never public
desk = Desk(members=2)
got = desk.mail(NOC1, IN, 'Drill: yes\n\nhalf of the logins\n',
                subject='Sev2 cluster b: imap', at='2026-03-04 14:00')
got = desk.answer(to(got, 'noc1@example.net'), 'resolve\n',
                  at='2026-03-04 14:05')
q = to(got, 'comms1@example.net')
tap.ok(q['Subject'].startswith('[DRILL] [INTERNAL] [DRL-2026-0001] over in'),
       'a drill asks the same', q['Subject'])
got = desk.answer(q, 'publish\nNotify: yes\n', at='2026-03-04 14:10')
p = to(got, 'comms1@example.net')
got = desk.answer(p, 'yes', at='2026-03-04 14:11')
tap.ok('rehearsed' in words(to(got, 'comms1@example.net')) and
       not [m for m in got if m['Sitrep-Update']], 'and publishes nothing')
got = tick(desk, at='2026-03-11 14:11:01')
form = to(got, 'comms1@example.net')
tap.ok('[DRILL]' in form['Subject'] and 'postmortem' in form['Subject'],
       'its postmortem falls due', mailed(got))
got = desk.answer(form, 'postmortem\nCause: none\n\nAn exercise.\n',
                  at='2026-03-11 15:00')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', at='2026-03-11 15:01')
tap.same(desk.sql('SELECT u, state, cause FROM rehearsal'),
         [(1, 'resolved', ''), (2, 'postmortem', 'none')], 'and is rehearsed')
tap.same(desk.sql('SELECT count(*) FROM post'), [(0,)], 'nothing is public')
desk.audit(tap)
desk.close()
tap.done()
