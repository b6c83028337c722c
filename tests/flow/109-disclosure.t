#!/usr/bin/env python3
# An attack: what may be told is the limited text, or nothing at all.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=2, number=44)
LIMITED = ('A problem affects DNS Hosting. We are working on it. To protect '
           'the service we are sharing limited detail; we will publish what '
           'we can afterwards.')
SECRETS = ('140 Gbps', 'flood', 'ns2', 'scrubbing', 'withheld')


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def code(got, address):
    m = to(got, address)
    return m and m['Sitrep-Result']


got = desk.mail(NOC1, IN, '''Components: dns-hosting = partial outage
Disclosure: limited
Handoff: now

Reflected UDP + random-subdomain flood at ns2/ns3, 140 Gbps, scrubbing via
carrier, target zone withheld. DO NOT publish method or volume.
''', subject='SEV1 DNS slow/unreachable from some networks',
    at='2026-03-07 02:11')
tap.same(sorted(rcpt(m) for m in got),
         ['5550134@pager.example', 'comms1@example.net', 'comms2@example.net',
          'commslead@example.net', 'exec1@example.net', 'noc1@example.net'],
         'comms on call paged, the team and the executives mailed')
pager = to(got, '5550134@pager.example')
tap.same(re.sub(r'p\.[a-z2-7]{10}', 'p.TOKEN', text_of(pager).strip()),
         'INC-2026-0044. Answer ack to p.TOKEN@in.status.example',
         'the page has the id only')
tap.ok(not any(s in pager.as_string() for s in SECRETS + ('DNS', 'SEV1')),
       'nowhere in it anything else', pager.as_string())
tap.ok(text_of(to(got, 'noc1@example.net')).split('\n')[1].startswith(
    'Marketing was paged just now'), 'the receipt begins with it',
    text_of(to(got, 'noc1@example.net')))
hand = to(got, 'comms1@example.net')
tap.ok(LIMITED in words(hand), 'd1 is the stock limited text', text_of(hand))
tap.ok('DNS' not in hand['Subject'], 'its subject has no component',
       hand['Subject'])

# Own words, fields and titles: E44, and only the stock text is previewed.
got = desk.answer(hand, '''draft investigating
Title: A flood of 140 Gbps
Impact for resellers: ns2 is flooded
Workaround: use ns4

We are under a flood of 140 Gbps.
''', sender=COMMS1, at='2026-03-07 02:13')
p = to(got, 'comms1@example.net')
ruled = text_of(p).split(RULER)[1]
tap.same(p['Sitrep-Result'], 'E44;E45', 'own words that tell of it: E44')
tap.ok('flood' in text_of(p).split(RULER)[0], 'and it says which',
       text_of(p))
tap.ok(LIMITED in ' '.join(ruled.split()) and
       not any(s in ruled for s in SECRETS), 'the draft has none of them',
       ruled)
got = desk.answer(p, 'yes', sender=COMMS1, at='2026-03-07 02:14')
u1 = to(got, RESELLER)
tap.ok(LIMITED in words(u1), 'one yes of comms posts the limited text')
tap.ok('Details that would help an attacker are left out' in words(u1),
       'and a line says that it doesn\'t tell all', text_of(u1))
seen = u1.as_string() + desk.tree()
tap.ok(not any(s in seen for s in SECRETS), 'no secret in mail or tree')

# NOC's proposal of own words is E44 as well.
got = desk.mail(NOC1, say(44), '''state = identified

--- public ---
It is a flood of 140 Gbps at ns2.
''', subject='[INC-2026-0044] x', at='2026-03-07 02:20')
tap.ok('E44' in code(got, 'noc1@example.net'), 'a proposal of NOC: E44',
       code(got, 'noc1@example.net'))
tap.ok(not any(s in text_of(m).split(RULER)[1] for m in got
               for s in SECRETS if RULER in text_of(m)),
       'and its draft is the stock text')

# Who may loosen.
for who, address, want in (
        (NOC1, 'noc1@example.net', 'E42'),
        (COMMS1, 'comms1@example.net', 'E42'),
        (LEAD, 'commslead@example.net', 'E44'),
        (SEC, 'sec1@example.net', 'E43')):
    got = desk.mail(who, say(44), 'Disclosure: full\n',
                    subject='[INC-2026-0044] x', at=desk.now + 60)
    tap.same(code(got, address), want, '%s loosens: %s' % (address, want))
tap.same(desk.show('INC-2026-0044')['event']['disclosure'], 'limited',
         'it stays limited')
got = desk.answer(to(got, 'sec1@example.net'), 'yes', sender=SEC,
                  at=desk.now + 60)
tap.same(desk.show('INC-2026-0044')['event']['disclosure'], 'full',
         'security\'s confirmed word lifts it')

# Tightened while a draft waits: the draft's words never come out.
got = desk.mail(COMMS1, say(44), 'draft identified\n\nA flood, 140 Gbps.\n',
                subject='[INC-2026-0044] x', at=desk.now + 60)
p = to(got, 'comms1@example.net')
tap.ok('140 Gbps' in text_of(p).split(RULER)[1], 'full again: own words')
desk.mail(SUPPORT, say(44), 'Disclosure: limited\n',
          subject='[INC-2026-0044] x', at=desk.now + 60)
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same(len(desk.posts('INC-2026-0044')), 1,
         'limited since the preview: a yes posts nothing')
tap.ok(code(got, 'comms1@example.net') in ('E44', 'E41'), 'and says why',
       code(got, 'comms1@example.net'))

# Embargoed: nothing, by nobody.
desk.mail(SEC, say(44), 'Disclosure: embargoed\n',
          subject='[INC-2026-0044] x', at=desk.now + 60)
for body in ('publish identified\n\nWords.\n', 'draft\n\nWords.\n',
             'resolve\n\nIt is over.\n', 'same\n',
             'correct 1\nReason: x\n\nWords.\n'):
    got = desk.mail(COMMS1, say(44), body, subject='[INC-2026-0044] x',
                    at=desk.now + 60)
    m = to(got, 'comms1@example.net')
    tap.ok('E46' in m['Sitrep-Result'] and 'PREVIEW' not in m['Subject'],
           '%r: E46' % body.split('\n')[0], (m['Subject'],
                                             m['Sitrep-Result']))
tap.same(len(desk.posts('INC-2026-0044')), 1, 'nothing was posted')

# ... from the start: no draft at the hand-off, yes is ack.
desk.mail(NOC1, IN, '''Severity: 2
Components: webmail
Disclosure: embargoed

a burglary at mbx-b07.int
''', subject='hush hush', at='2026-03-07 05:00')
got = desk.tick(at='2026-03-07 05:15:01')
hand = [m for m in got if rcpt(m) == 'comms1@example.net' and
        m['Sitrep-Event'] == 'INC-2026-0045'][0]
tap.ok(RULER not in text_of(hand) and text_of(hand).split('\n')[1].startswith(
    'Reply ACK to take INC-2026-0045'), 'embargoed: no draft, ack is asked',
    text_of(hand))
got = desk.answer(hand, 'yes', sender=COMMS1, at='2026-03-07 05:16')
tap.same((desk.show('INC-2026-0045')['event']['owner'],
          desk.posts('INC-2026-0045')), ('comms1', []), 'a yes to it is ack')
tree = desk.tree()
tap.ok('INC-2026-0045' not in tree and '2026/0045' not in tree and
       'hush' not in tree and 'burglary' not in tree,
       'nothing public anywhere')
tap.ok(not [m for m in desk.public() if 'INC-2026-0045' in m.as_string()],
       'no reseller heard of it')
desk.audit(tap)
desk.close()


# ---- nothing anywhere, not even a number ----

def house(embargoed):
    """Every byte for the public; with an event under embargo, or without."""
    here = Desk(members=1, number=44)
    if embargoed:
        here.mail(NOC1, IN, 'Components: dns-hosting = partial outage\n'
                  'Disclosure: embargoed\nHandoff: now\n\nudp flood\n',
                  subject='Sev1 dns', at='2026-03-07 02:11')
        here.mail(COMMS1, say(44), 'ack\n', subject='[INC-2026-0044] x',
                  at='2026-03-07 02:12')
    told = here.mail(RESELLER, IN, 'is it down?\n',
                     subject='Re: [INC-2026-0044] x', at='2026-03-07 02:20')
    here.tick(at='2026-03-09 06:00')
    here.tree()
    seen = {'answer': text_of(to(told, RESELLER))}
    top = here.path('state', 'public')
    for where, _, names in os.walk(top):
        for name in names:
            path = os.path.relpath(os.path.join(where, name), top)
            if not path.startswith('chain/'):  # each house has its own key
                with open(os.path.join(where, name), 'rb') as f:
                    seen[path] = f.read()
    here.close()
    return seen


quiet, guarded = house(False), house(True)
differ = [k for k in {*quiet, *guarded} if quiet.get(k) != guarded.get(k)]
tap.ok(len(quiet) > 20 and not differ,
       'an embargo changes no byte of what the public sees', differ)
tap.done()
