#!/usr/bin/env python3
"""How many mails each person gets in a SEV1 of six hours in which nobody is
idle: NOC writes and Marketing posts as they promised, twice somebody is called.

No more than one mail for each person and cause: an inbound mail, or one step
of one timer.  Texts to page targets are apart.  The totals are printed.
"""
import os
import re
import sys
from collections import Counter

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import epoch  # noqa: E402

tap = Tap()
START = '2026-03-04 14:00:00'
FACTS = '--- public ---\n'

# What happens, in minutes from the start: a mail of his own ('' as subject's
# tag), or an answer to the last preview that he got ('yes').  Timers that are
# due in between fire at their time.
STORY = [
    (0, NOC1, 'open', 'cluster b: no login works since 13:58 UTC\n'),
    (3, COMMS1, 'yes', 'yes'),
    (10, NOC2, 'note', 'both login servers are down, we restart them\n'),
    (25, NOC1, 'note', 'they come up and fall over again\n'),
    (28, COMMS1, 'note', 'note\n\nsupport asks: is mail lost?\n'),
    (31, NOC1, 'note', 'no, it queues\n'),
    (45, NOC2, 'escalate', 'escalate 2 we need the storage people\n'),
    (48, COMMS2, 'answer', 'ack'),
    (55, COMMS1, 'draft', 'draft investigating\n\nNo login works. Mail is '
                          'kept and delivered later.\n'),
    (56, COMMS1, 'yes', 'yes'),
    (70, NOC1, 'note', 'the storage below them is full\n'),
    (95, NOC2, 'note', 'state = identified\n\nwe free space\n\n' + FACTS +
                       'We have found the cause and are making room.\n'),
    (97, COMMS1, 'yes', 'yes'),
    (110, SUPPORT, 'note', 'forty tickets\n'),
    (130, NOC1, 'note', 'half done\n'),
    (150, COMMS1, 'draft', 'same\n'),
    (151, COMMS1, 'yes', 'yes'),
    (170, NOC1, 'note', 'the copy stands still, vendor does not answer\n'),
    (175, NOC1, 'escalate', 'escalate 3 somebody must call the vendor\n'),
    (178, EXEC, 'answer', 'ack'),
    (200, COMMS1, 'draft', 'draft identified\n\nMaking room takes longer than '
                           'we thought.\n'),
    (201, NOC1, 'check', 'no, it is the vendor we wait for\n'),
    (204, COMMS1, 'draft', 'draft identified\n\nWe wait for our supplier.\n'),
    (205, COMMS1, 'yes', 'yes'),
    (230, NOC2, 'note', 'vendor has sent a fix, installing\n'),
    (255, COMMS1, 'draft', 'draft identified\n\nA fix is being installed.\n'),
    (256, COMMS1, 'yes', 'yes'),
    (270, NOC2, 'note', 'first server is up and stays up\n'),
    (290, NOC2, 'note', 'state = monitoring\n\nboth are up\n'),
    (292, COMMS1, 'yes', 'yes'),
    (310, NOC1, 'note', 'queues are empty\n'),
    (340, COMMS1, 'draft', 'same\n'),
    (341, COMMS1, 'yes', 'yes'),
    (355, NOC1, 'note', 'state = resolved\nEnded: 19:50 UTC\n\nall good\n'),
    (358, COMMS1, 'draft', 'resolved\nLasting-Effects: no mail was lost.\n\n'
                           'Logins work again.\n'),
    (360, COMMS1, 'yes', 'yes'),
]

desk = Desk(members=3, number=42, at=START)
start = epoch(START)
boxes = {}  # address: its mails
causes = []  # (what it was, its letters)


def cause(what, letters):
    causes.append((what, letters))
    for m in letters:
        boxes.setdefault(rcpt(m), []).append(m)


def timers(until):
    """Fires what is due, each at its time; one cause for each step."""
    while True:
        due = desk.sql('SELECT min(due_at) FROM timer WHERE fired_at IS NULL '
                       'AND cancelled_at IS NULL')[0][0]
        if due is None or due > until:
            return
        steps = {}
        for m in desk.tick(at=due):
            step = re.match(r'<inc-2026-0042\.(t\d+\.\d+)', m['Message-ID'])
            steps.setdefault(step and step.group(1), []).append(m)
        if None in steps:
            tap.ok(False, 'what comes of a timer is named after it')
        for step, letters in sorted(steps.items(), key=str):
            cause('%s at +%d' % (step, (due - start) // 60), letters)
        if desk.sql('SELECT min(due_at) FROM timer WHERE fired_at IS NULL '
                    'AND cancelled_at IS NULL')[0][0] == due:
            tap.ok(False, 'a timer that is due fires')
            return


def last(who, kind):
    """The last mail of somebody that can be answered so."""
    for m in reversed(boxes[address_of(who)]):
        text = ' '.join(text_of(m).split())
        if {'yes': 'Reply YES' in text, 'check': 'Is this draft' in text,
                'answer': 'ACK' in text}[kind]:
            return m
    raise LookupError(kind)


for minute, who, kind, body in STORY:
    at = start + 60 * minute
    timers(at)
    if kind in ('yes', 'check', 'answer'):
        letters = desk.answer(last(who, kind), body, sender=who, at=at)
    else:
        letters = desk.mail(who, IN, body, at=at, subject='Sev1 cluster b: '
                            'logins' if kind == 'open' else
                            '[INC-2026-0042] x')
    cause('+%d %s: %s' % (minute, address_of(who), kind), letters)

posts = desk.posts()
tap.same((len(posts), posts[0][2], posts[-1][2]),
         (9, 'investigating', 'resolved'), 'the story is what it says')
kept = desk.sql('SELECT count(*) FROM timer WHERE kind = 4 AND step = 2 AND '
                'fired_at IS NOT NULL')
tap.same(kept, [(0,)], 'each promise was kept')

twice = []
for what, letters in causes:
    count = Counter(rcpt(m) for m in letters if '.page@' not in
                    m['Message-ID'])
    twice += ['%s: %s %d' % (what, a, n) for a, n in count.items() if n > 1]
    own = {rcpt(m) for m in letters if m['Sitrep-Internal'] == 'yes'}
    public = {rcpt(m) for m in letters if m['Sitrep-Update'] is not None}
    twice += ['%s: %s inside and as a reseller' % (what, a)
              for a in own & public]
tap.same(twice, [], 'at most one mail for each person and cause, of %d causes'
         % len(causes))
tap.ok(all(m['Auto-Submitted'] for m in desk.internal()),
       'all of them say that they are automatic')

print('# mails in six hours of a SEV1, %d mails in, %d steps of timers:' % (
    len(STORY), len(causes) - len(STORY)))
for address in sorted(boxes, key=lambda a: -len(boxes[a])):
    kinds = Counter()
    for m in boxes[address]:
        kinds['published' if m['Sitrep-Update'] is not None else
              'page text' if '.page@' in m['Message-ID'] else
              'asked' if re.search('Reply (YES|ACK)|how does it stand|'
                                   'Reply same', ' '.join(text_of(m).split()))
              else 'receipt' if m['In-Reply-To'] else 'copy'] += 1
    print('# %-24s %3d  %s' % (address, len(boxes[address]), ', '.join(
        '%d %s' % (n, k) for k, n in sorted(kinds.items()))))
desk.audit(tap)
if os.environ.get('SHOW'):
    for m in desk.internal():
        print('\n=== %s: %s\n%s' % (rcpt(m), m['Subject'], text_of(m)))
desk.close()
tap.done()
