#!/usr/bin/env python3
"""Nobody is asked for what would be refused, told of a change that was none,
or told the same thing twice in one mail."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

tap = Tap()
TAG = '[INC-2026-0042] x'


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def mine(got, slug):
    return to(got, slug + '@example.net')


def public():
    desk = Desk(members=1, number=42)
    desk.opened(at='2026-03-04 14:00:00')
    got = desk.tick(at='2026-03-04 14:15:01')
    desk.answer(mine(got, 'comms1'), 'yes', sender=COMMS1,
                at='2026-03-04 14:16:00')
    return desk


# ---- NOC's word while own words of Marketing wait
desk = public()
desk.mail(COMMS1, say(), 'draft\n\nWe change a disk.\n', subject=TAG,
          at='2026-03-04 14:20:00')
got = desk.mail(NOC1, say(), 'same\n', subject=TAG, at='2026-03-04 14:21:00')
tap.ok('changed' not in flat(mine(got, 'noc1')).replace(
    'Nothing has changed.', '') and 'Noted on' in flat(mine(got, 'noc1')),
    'same changes nothing, and is noted', flat(mine(got, 'noc1')))
tap.ok('Nothing has changed.' in flat(mine(got, 'comms1')) and
       'now: SEV2' not in flat(mine(got, 'comms1')), 'its owner hears just that',
       flat(mine(got, 'comms1')))
got = desk.mail(NOC1, say(), 'delay 30m the vendor is late\n', subject=TAG,
                at='2026-03-04 14:22:00')
tap.ok('More time is asked for, 30 min: the vendor is late' in
       flat(mine(got, 'comms1')) and
       'now: SEV2' not in flat(mine(got, 'comms1')), 'and for how much more',
       flat(mine(got, 'comms1')))
got = desk.mail(NOC1, say(), 'identified\n', subject=TAG,
                at='2026-03-04 14:23:00')
tap.ok('NOC says identified' in flat(mine(got, 'comms1')),
       'a state of NOC is a change', flat(mine(got, 'comms1')))
desk.audit(tap)
desk.close()

# ---- same is offered once something is public
desk = Desk(members=1, number=42)
desk.opened(at='2026-03-04 14:00:00')
desk.tick(at='2026-03-04 14:15:01')
got = desk.mail(COMMS1, say(), 'ack\n', subject=TAG, at='2026-03-04 14:16:00')
tap.ok('\n  same\n' not in text_of(mine(got, 'comms1')) and
       '\n  draft (and the text below)\n' in text_of(mine(got, 'comms1')),
       'same isn\'t offered before anything is public',
       text_of(mine(got, 'comms1')))
desk.close()

# ---- the promise is missed: the list offers what the first line asks for
desk = public()
got = desk.tick(at='2026-03-04 16:16:01')
m = [x for x in got if 'YOU HAVE IT' in x['Subject']][0]
tap.ok('Reply same if nothing changed' in flat(m) and
       text_of(m).endswith('Reply with one of:\n  same\n'
                           '  delay 30m (and why)\n  ack\n  help\n'),
       'whoever has it may answer same', text_of(m))
got = desk.answer(m, 'same', sender=COMMS1, at='2026-03-04 16:17:00')
tap.ok('No change since' in flat(mine(got, 'comms1')), 'which drafts it')
desk.close()

# ---- embargoed after the first post
desk = public()
desk.mail(SEC, say(), 'Disclosure: embargoed\n', subject=TAG,
          at='2026-03-04 14:30:00')
got = desk.tick(at='2026-03-04 15:17:01')
tap.ok('reply same' not in flat(mine(got, 'noc1')) and
       'One line is enough.' in flat(mine(got, 'noc1')),
       'NOC is asked for facts', flat(mine(got, 'noc1')))
got = desk.tick(at='2026-03-04 15:56:01')
tap.ok('Reply same' not in flat(mine(got, 'comms1')) and
       'Disclosure: full' in flat(mine(got, 'comms1')),
       'an embargoed event\'s owner hears what an update takes',
       flat(mine(got, 'comms1')))
got = desk.tick(at='2026-03-04 16:16:01')
m = [x for x in got if 'YOU HAVE IT' in x['Subject']][0]
tap.ok('Reply same' not in flat(m) and '\n  same\n' not in text_of(m),
       'the page neither', text_of(m))
desk.audit(tap)
desk.close()

# ---- a war room is proposed: each note once
desk = Desk(members=1, number=42)
desk.opened(subject='Sev1 cluster b: no logins', at='2026-03-04 14:00:00')
got = desk.tick(at='2026-03-04 14:30:01')
m = [x for x in got if 'war room?' in x['Subject']][0]
tap.same(text_of(m).count('half of the logins'), 1, 'each note stands once')
desk.close()

# ---- the postmortem is owed by the NOC
desk = public()
got = desk.mail(LEAD, say(), 'war-room open noc1\n', subject=TAG,
                at='2026-03-04 14:20:00')
desk.answer(mine(got, 'commslead'), 'yes', sender=LEAD,
            at='2026-03-04 14:21:00')
got = desk.mail(COMMS1, say(), 'resolved\n\nDone now.\n', subject=TAG,
                at='2026-03-04 15:00:00')
desk.answer(mine(got, 'comms1'), 'yes', sender=COMMS1,
            at='2026-03-04 15:01:00')
got = desk.mail(LEAD, 'warroom+inc-2026-0042@in.status.example',
                'war-room close\nPostmortem: noc1\n\nAll done.\n', subject='x',
                at='2026-03-04 15:10:00')
desk.answer(mine(got, 'commslead'), 'yes', sender=LEAD,
            at='2026-03-04 15:11:00')
got = desk.tick(at='2026-03-12 09:00:00')
ask = mine(got, 'noc1')
tap.ok('Reply postmortem, and the text below a line --- public ---' in
       flat(ask), 'who can only propose is told how', flat(ask))
got = desk.answer(ask, 'postmortem\nCause: a disk\n\n--- public ---\n'
                  'It broke and was mended.\n', sender=NOC1,
                  at='2026-03-12 10:00:00')
tap.ok(mine(got, 'noc1')['Sitrep-Result'] == 'ok' and
       'It broke and was mended.' in flat(mine(got, 'comms1')),
       'and that is a proposal', flat(mine(got, 'noc1')))
desk.audit(tap)
desk.close()

# ---- the report of a month: a hand-off is no call for more people
desk = public()
desk.run('report', '2026-03', at='2026-04-02 09:00:00', check=True)
tap.ok('When we called for more people' not in ''.join(
    map(text_of, desk.out())), 'a hand-off is no escalation')
desk.close()
desk = Desk(members=1, number=42)
desk.opened(at='2026-03-04 14:00:00')
desk.tick(at='2026-03-04 14:15:01')
desk.tick(at='2026-03-04 14:20:01')
desk.mail(COMMS1, say(), 'false alarm a test\n', subject=TAG,
          at='2026-03-04 14:21:00')
desk.run('report', '2026-03', at='2026-04-02 09:00:00', check=True)
told = ' '.join(''.join(map(text_of, desk.out())).split())
tap.ok('When we called for more people - Level 2, 1 time: nobody had answered'
       in told, 'a step of the ladder is', told)
desk.close()
tap.done()
