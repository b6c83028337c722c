#!/usr/bin/env python3
# A mail speaks of an attack and says no word of disclosure: nothing goes out
# before Marketing or the NOC has said how much may be told.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

LIMITED = 'To protect the service we are sharing limited detail'
WARM = 'We are aware of a problem affecting DNS Hosting'
tap = Tap()


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def first(m):
    return text_of(m).replace('\r', '').split('\n')[1] if m else 'no mail'


def flooded(**more):
    """INC-2026-0042, handed off by the clock, not yet answered."""
    desk = Desk(members=1, number=42, **more)
    desk.mail(NOC1, IN, 'Components: dns-hosting\n\nudp flood, ns3 is gone\n',
              subject='Sev2 dns slow', at='2026-03-04 14:06')
    got = desk.tick(at='2026-03-04 14:21:05')
    return desk, [m for m in got if rcpt(m) == 'comms1@example.net'][0]


# The hand-off asks first; a yes posts nothing.
desk, hand = flooded()
tap.same(first(hand), 'ATTACK? reply limited, or full', 'the first line asks')
tap.ok('Reply YES' not in flat(hand) and '  limited\n  full\n' in
       text_of(hand).replace('\r', ''), 'and no yes is asked for', flat(hand))
got = desk.answer(hand, 'yes', sender=COMMS1, at=desk.now + 60)
m = to(got, 'comms1@example.net')
tap.same((m['Sitrep-Result'], desk.posts()), ('E45', []),
         'a yes before that posts nothing')
tap.ok('ATTACK? reply limited, or full' in flat(m), 'and asks again', flat(m))

# limited: the stock text that tells no more.
got = desk.answer(m, 'limited', sender=COMMS1, at=desk.now + 60)
p = to(got, 'comms1@example.net')
tap.same(desk.show('INC-2026-0042')['event']['disclosure'], 'limited',
         'limited: it is')
ruled = text_of(p).split(RULER)
tap.ok(len(ruled) == 3 and LIMITED in ' '.join(ruled[1].split()) and
       'flood' not in ruled[1], 'the answer is the preview of the stock text',
       flat(p))
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same(len(desk.posts()), 1, 'one yes posts it')
seen = desk.tree() + ''.join(x.as_string() for x in desk.public())
tap.ok(not any(s in seen for s in ('flood', 'ns3', 'ATTACK')),
       'the public reads no word of it')
desk.audit(tap)
desk.close()

# full, said by the NOC: what waited is shown again, and its yes counts.
desk, hand = flooded()
got = desk.mail(SUPPORT, say(), 'full\n', subject='[INC-2026-0042] x',
                at=desk.now + 60)
tap.same(to(got, 'support1@example.net')['Sitrep-Result'], 'E42',
         'support may not answer')
got = desk.mail(NOC1, say(), 'full\n\nit was our own load test, no attack\n',
                subject='[INC-2026-0042] x', at=desk.now + 60)
p = to(got, 'comms1@example.net')
tap.ok(p is not None and 'Reply YES to publish' in flat(p) and WARM in
       flat(p), 'Marketing gets the preview, with its yes', flat(p))
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same(len(desk.posts()), 1, 'which posts it')
got = desk.mail(NOC1, say(), 'attack over\n', subject='[INC-2026-0042] x',
                at=desk.now + 60)
got = desk.mail(COMMS1, say(), 'draft identified\n\nWe know the cause.\n',
                subject='[INC-2026-0042] x', at=desk.now + 60)
tap.ok('ATTACK?' not in flat(to(got, 'comms1@example.net')),
       'answered once, it is asked no more')
desk.audit(tap)
desk.close()

# The word comes while a preview waits.
desk = Desk(members=1, number=42)
p = desk.drafted()
desk.mail(NOC1, say(), 'it is a ddos, do not tell\n',
          subject='[INC-2026-0042] x', at=desk.now + 60)
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((to(got, 'comms1@example.net')['Sitrep-Result'], desk.posts()),
         ('E45', []), 'a yes to an older preview counts no more')
got = desk.answer(to(got, 'comms1@example.net'), 'Disclosure: full\n',
                  sender=COMMS1, at=desk.now + 60)
m = to(got, 'comms1@example.net')
tap.ok('We are looking into it.' in flat(m) and 'Reply YES' in flat(m),
       'the field answers as well', flat(m))
desk.answer(m, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same(len(desk.posts()), 1, 'then its yes posts the text')
desk.close()

# Said at once: nothing is asked.
desk = Desk(members=1, number=42)
desk.mail(NOC1, IN, 'Components: dns-hosting\nDisclosure: full\nHandoff: now\n'
          '\nudp flood\n', subject='Sev2 dns', at='2026-03-04 14:06')
hand = [m for m in desk.letters if rcpt(m) == 'comms1@example.net'][0]
tap.ok('ATTACK?' not in flat(hand) and 'Reply YES' in flat(hand),
       'with Disclosure: nothing is asked', flat(hand))
desk.close()

# Nobody answers: neither the clock nor the NOC tells it.
desk, hand = flooded(extra='holding = "sev2"\n')
for minute in range(22, 60, 3):
    desk.tick(at='2026-03-04 14:%02d:05' % minute)
for minute in range(0, 30, 3):
    desk.tick(at='2026-03-04 15:%02d:05' % minute)
tap.same(desk.posts(), [], 'the clock posts nothing by itself')
ask = [m for m in desk.letters if rcpt(m) == 'noc1@example.net' and
       'ATTACK?' in text_of(m)]
tap.ok(ask, 'the NOC is asked, too')
got = desk.answer(ask[-1], 'post', sender=NOC1, at=desk.now + 60)
tap.same((to(got, 'noc1@example.net')['Sitrep-Result'], desk.posts()),
         ('E45', []), 'and may not post before it has answered')
desk.audit(tap)
desk.close()
tap.done()
