#!/usr/bin/env python3
# What is a yes and whose counts: one post at most, the right code each.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()


def result(got, address):
    m = to(got, address)
    return m and m['Sitrep-Result']


def first(m):
    """The first sentences, without line breaks."""
    return ' '.join(text_of(m).replace('\r', '').split('\n\n')[0].split())


# ---- twice, and by two persons
desk = Desk(members=2, number=42)
d1 = desk.drafted()
got = desk.answer(d1, 'yes', sender=COMMS1, at='2026-03-04 14:12')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'yes posts')
got = desk.answer(d1, 'Yes', sender=COMMS1, at='2026-03-04 14:13')
tap.same(result(got, 'comms1@example.net'), 'E14', 'twice: E14')
tap.ok(first(to(got, 'comms1@example.net')).startswith(
    MARKER + ' Already posted by Comms One at 14:12 UTC'),
    'and says by whom and when', first(to(got, 'comms1@example.net')))
got = desk.answer(d1, 'Yes', sender=COMMS2, at='2026-03-04 14:14')
tap.same(result(got, 'comms2@example.net'), 'E14', 'by another: E14')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'still one post')
tap.same(len([m for m in desk.letters if rcpt(m) == RESELLER]), 1,
         'one copy to a reseller')

# ---- a superseded draft
d2 = to(desk.mail(COMMS1, say(), 'draft\n\nSecond text.\n',
                  subject='[INC-2026-0042] x', at='2026-03-04 14:20'),
        'comms1@example.net')
d3 = to(desk.answer(d2, 'draft\n\nThird text.\n', sender=COMMS1,
                    at='2026-03-04 14:21'), 'comms1@example.net')
got = desk.answer(d2, 'yes', sender=COMMS1, at='2026-03-04 14:22')
again = to(got, 'comms1@example.net')
tap.same(again['Sitrep-Result'], 'E41', 'a superseded draft: E41')
tap.ok(first(again).startswith(MARKER + ' Not posted: draft d2 was replaced'),
       'the verdict is the first line', first(again))
tap.ok('Third text.' in text_of(again) and '.d3.' in again['Reply-To'],
       'd3 is enclosed and a reply is about it', text_of(again))
tap.ok('Second text.' not in text_of(again), 'd2 is not')

# ---- a yes to a mail that didn't show it
copy = [m for m in desk.letters if rcpt(m) == 'comms2@example.net' and
        'copy of update 1' in m['Subject']][0]
got = desk.answer(copy, 'yes', sender=COMMS2, at='2026-03-04 14:23')
tap.same(result(got, 'comms2@example.net'), 'E43',
         'who answers another mail has not seen the draft: E43')
shown = to(got, 'comms2@example.net')
tap.ok('Third text.' in text_of(shown), 'it is shown now')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'nothing was posted')

# ---- extra words, emoji, strangers
got = desk.answer(d3, 'Yes but drop the last sentence', sender=COMMS1,
                  at='2026-03-04 14:24')
more = to(got, 'comms1@example.net')
tap.same(more['Sitrep-Result'], 'E40', 'extra words: E40')
tap.ok(first(more).startswith(MARKER + ' Not posted: only a YES with nothing '
                              'else posts it'), 'says so first', first(more))
got = desk.mail(COMMS1, address_of(d3['Reply-To']), '\U0001F44D\n',
                subject='Re: ' + d3['Subject'], reply=d3,
                headers=['Content-Type: text/vnd.google.email-reaction+json; '
                         'charset=utf-8', 'MIME-Version: 1.0'],
                at='2026-03-04 14:25')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'an emoji reaction: no post')
got = desk.answer(d3, 'yes', sender='X <x@else.example>',
                  at='2026-03-04 14:26')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'an unknown address: no post')
tap.same(sorted(rcpt(m) for m in got),
         ['comms1@example.net', 'noc1@example.net', 'noc2@example.net',
          'x@else.example'],
         'it is held and passed on; a proved stranger gets a word')
tap.ok('Third text' not in text_of(to(got, 'x@else.example')) and
       'INC-2026' not in to(got, 'x@else.example').as_string(),
       'that word says nothing of the incident')
got = desk.answer(d3, 'yes', sender=COMMS1, auth='fail',
                  at='2026-03-04 14:45')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'a forged From: no post')
tap.ok([m for m in got if 'FAILED' in text_of(m)] and not
       [m for m in got if m['Sitrep-Result']],
       'it is passed on as failed, and not answered',
       [m['Subject'] for m in got])
got = desk.answer(d3, 'yes', sender=NOC1, at='2026-03-04 14:46')
tap.same(result(got, 'noc1@example.net'), 'E42', 'by NOC: E42')
got = desk.answer(d3, 'yes', sender=COMMS2, at='2026-03-04 14:47')
theirs = to(got, 'comms2@example.net')
tap.same(theirs['Sitrep-Result'], 'E43', 'a stranger\'s token: E43')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'nothing was posted')
got = desk.answer(theirs, 'yes', sender=COMMS2, at='2026-03-04 14:48')
tap.same(desk.posts()[1:], [(2, 1, 'investigating')],
         'his own yes to what he was shown posts')
tap.same(desk.show('INC-2026-0042')['updates'][1]['text'].strip(),
         'Third text.', '... and just that')
desk.audit(tap)
desk.close()

# ---- the shapes of a yes
YES = ['Yes', 'y', 'OK', 'ok \U0001F44D', 'OK 👍🏽', 'Yes please', 'YES!',
       'Approved.', 'go', '1', 'post', 'Yes, thank you.\n\nComms One',
       'Yes\n\n-- \nComms One\nProduct Marketing\n',
       '> Reply YES to publish exactly the text between the rulers.\n'
       '> more\n\nYes\n',
       'Yes\n\nOn Wed, Mar 4, 2026 at 9:22 AM Status desk <\n'
       'incident@in.status.example> wrote:\n> Reply YES\n',
       '\n\nHi,\n\nyes\n\nSent from my iPhone\n']
NO = ['Yes but wait', 'Yes, and change the title', 'yes?', 'Not yes',
      'Yes if NOC agrees', 'yesterday', '> yes', 'Yes\n\nStill, look again.']
desk = Desk(members=1, number=42)
preview = desk.drafted()
n = len(desk.posts())
for i, body in enumerate(NO):
    got = desk.answer(preview, body + '\n', sender=COMMS1,
                      at='2026-03-04 14:1%d:30' % (1 + i % 8))
    tap.same(len(desk.posts()), 0, 'no yes: %r' % body)
for i, body in enumerate(YES):
    at = desk.now + 60
    if i != 0:
        preview = to(desk.mail(COMMS1, say(), 'draft\n\nText %d.\n' % i,
                               subject='[INC-2026-0042] x', at=at),
                     'comms1@example.net')
    got = desk.answer(preview, body + '\n', sender=COMMS1, at=at + 30)
    tap.same(len(desk.posts()), i + 1, 'a yes: %r' % body)
desk.close()

# ---- "Yes but", then a bare yes to its answer
desk = Desk(members=1, number=42)
got = desk.answer(desk.drafted(), 'Yes but only for an hour', sender=COMMS1,
                  at='2026-03-04 14:12')
fresh = to(got, 'comms1@example.net')
tap.ok('We are looking into it.' in text_of(fresh) and
       fresh['Subject'].startswith('[PREVIEW] '), 'E40 is a fresh preview')
got = desk.answer(fresh, 'yes', sender=COMMS1, at='2026-03-04 14:13')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'a bare yes to it posts')
desk.audit(tap)
desk.close()

# ---- NOC changes the state between preview and yes
desk = Desk(members=1, number=42)
d1 = desk.drafted()
desk.mail(NOC1, say(), 'identified\nSeverity: 1\n'
          'Components: email-b=major, webmail\n\nIt is the switch.\n',
          subject='[INC-2026-0042] x', at='2026-03-04 14:11')
got = desk.answer(d1, 'yes', sender=COMMS1, at='2026-03-04 14:12')
fresh = to(got, 'comms1@example.net')
tap.same((fresh['Sitrep-Result'], desk.posts()), ('E41', []),
         'NOC changed the facts: E41')
lines = text_of(fresh).split('\n')
tap.ok('State as NOC sees it: identified, before: none' in lines and
       'Severity: 1, before: 2' in lines, 'a line for each change',
       text_of(fresh))
tap.ok('Components: Email Cluster B (outage); Webmail (outage), before: '
       'Email Cluster B (partial outage) Severity' in
       ' '.join(text_of(fresh).split()), 'services by their public names',
       text_of(fresh))
tap.ok('We are looking into it.' in text_of(fresh) and
       re.search(r'\.d2\.', fresh['Reply-To']), 'the same text as d2',
       fresh['Reply-To'])
got = desk.answer(d1, 'yes', sender=COMMS1, at='2026-03-04 14:13')
tap.same((result(got, 'comms1@example.net'), desk.posts()), ('E41', []),
         'a yes to the old preview stays without effect')
got = desk.answer(fresh, 'yes', sender=COMMS1, at='2026-03-04 14:14')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'a yes to the new one posts')
desk.audit(tap)
desk.close()

# ---- a title that nobody worded is made anew, one that somebody did stays
for title, want in (('', 'Email Cluster B – outage'),
                    ('Title: Logins fail\n', 'Logins fail')):
    desk = Desk(members=1, number=42)
    desk.mail(NOC1, IN, 'imap is down\n', subject='Sev2 cluster b: x',
              at='2026-03-04 14:02')
    d1 = to(desk.mail(COMMS1, say(), 'draft investigating\n' + title +
                      '\nLogins fail.\n', subject='[INC-2026-0042] x',
                      at='2026-03-04 14:05'), 'comms1@example.net')
    desk.mail(NOC1, say(), 'sev 1\n', subject='[INC-2026-0042] x',
              at='2026-03-04 14:06')
    fresh = to(desk.answer(d1, 'yes', sender=COMMS1, at='2026-03-04 14:07'),
               'comms1@example.net')
    tap.same(fresh['Sitrep-Result'], 'E41', 'the severity has changed')
    tap.ok('Subject: [Investigating] %s [INC-2026-0042]' % want in
           text_of(fresh), 'the title goes with the components' if not title
           else 'the title stays', text_of(fresh))
    desk.answer(fresh, 'yes', sender=COMMS1, at='2026-03-04 14:08')
    tap.ok(want in str(to(desk.letters, RESELLER)['Subject']),
           'and is what goes out')
    desk.close()
tap.done()
