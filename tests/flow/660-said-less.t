#!/usr/bin/env python3
# The worked example's signed update (M07) and its attack (M12) from end to end,
# a comment without a verb (scenario 8), and an attack whose own words need two
# persons and pass the reader of drafts first (scenario 10).
import os
import re
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
from sign import Ring, begin, entity, signed

tap = begin()
STOCK = ('A problem affects DNS Hosting. We are working on it. To protect the '
         'service we are sharing limited detail; we will publish what we can '
         'afterwards.')


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def who(got):
    return sorted({rcpt(m).split('@')[0] for m in got})


def ruled(m):
    """What stands between the rulers of a preview."""
    parts = text_of(m).replace('\r', '').split(RULER + '\n')
    return ' '.join(parts[1].split()) if len(parts) > 2 else ''


def seen(desk):
    return ' '.join((desk.tree() + ''.join(
        m.as_string() + text_of(m) for m in desk.public())).split())


# ---- M07: the lead's update is signed, and counts by that

desk = Desk(members=2, number=42)
desk.posted()
ring = Ring(desk.path('ring'))
key = ring.make('Comms Lead <commslead@example.net>')
desk.run('key', 'add', 'commslead', raw=ring.export(key), check=True)
got = desk.mail(NOC2, say(), 'state: identified\n\nmbx-b07 is reset.\n\n'
                '--- public ---\nWe have found the cause.\n',
                subject='[INC-2026-0042] found', at='2026-03-04 14:30')
waiting = to(got, 'comms1@example.net')
UPDATE = ('Incident: INC-2026-0042\npublish identified\n'
          'Components: email-b =3D degraded\nNext-Update: 17:00 UTC\n\n'
          'We have found the cause and are reversing a software update in our '
          'login\nservice. Most logins succeed again; some may still be slow.\n')
part = entity(UPDATE).replace(
    b'utf-8', b'utf-8\r\nContent-Transfer-Encoding: quoted-printable', 1)
head, body = signed(part, ring.detached(part, '2026-03-04 15:09:30', key))
got = desk.mail(LEAD, say(), body, subject='[INC-2026-0042] update',
                at='2026-03-04 15:10', headers=[head], auth='none')
tap.same(desk.sql("SELECT trust FROM handled JOIN message m ON m.id = "
                  "message_id WHERE source = 'pipe' ORDER BY m.id DESC "
                  "LIMIT 1")[0][0], 'A3', 'M07: proved by its signature')
p = to(got, 'commslead@example.net')
tap.ok(p is not None and p['Subject'].startswith('[PREVIEW]') and
       'reversing a software update' in ruled(p), 'the lead has a preview',
       flat(p))
tap.ok('degraded' in flat(p).lower() and '17:00 UTC' in flat(p),
       'components and promise are read', flat(p))
check = to(got, 'noc2@example.net')
tap.ok(check is not None and 'reversing a software update' in flat(check),
       'whoever wrote last for NOC checks the facts', flat(check))
tap.same(len(desk.posts()), 1, 'nothing is posted yet')
got = desk.answer(p, 'yes', sender=LEAD, at='2026-03-04 15:12')
tap.same(desk.posts()[1:], [(2, 1, 'identified')], 'the lead\'s yes posts u2')
tap.ok({'comms1', 'noc1', 'noc2'} <= set(who(got)), 'each of them has a copy',
       who(got))
got = desk.answer(waiting, 'yes', sender=COMMS1, at='2026-03-04 15:14')
m = to(got, 'comms1@example.net')
tap.ok(m['Sitrep-Result'].startswith('E41') and len(desk.posts()) == 2,
       'what was proposed before is superseded', flat(m))
desk.audit(tap)
ring.close()

# ---- scenario 8

got = desk.mail(COMMS1, say(), 'what a mess, ns2.int again\n',
                subject='Re: [INC-2026-0042] copy of update 2',
                at='2026-03-04 15:20')
tap.ok(any('what a mess, ns2.int again' in n['text']
           for n in desk.show('INC-2026-0042')['notes']) and
       len(desk.posts()) == 2 and 'ns2.int' not in seen(desk),
       'a comment without a verb is a note, and public nowhere')
got = desk.answer(to(got, 'comms1@example.net'), 'what a mess, ns2.int again',
                  sender=COMMS1, at='2026-03-04 15:22')
tap.ok(len(desk.posts()) == 2 and 'ns2.int' not in seen(desk),
       'also as an answer to the receipt')
desk.close()

# ---- M12: an attack

desk = Desk(members=2, number=44)
got = desk.mail(NOC1, IN, '''Components: dns-hosting = partial outage
Disclosure: limited
Handoff: now

Reflected UDP + random-subdomain flood at ns2/ns3, 140 Gbps, scrubbing via carrier,
target zone withheld. DO NOT publish method, volume or which nameservers.
''', subject='SEV1 DNS slow/unreachable from some networks',
    at='2026-03-07 02:11')
tap.ok({'noc1', 'comms1', 'exec1'} <= set(who(got)),
       'M12: in the same moment comms on call and executives have a mail',
       who(got))
receipt = to(got, 'noc1@example.net')
first = text_of(receipt).replace('\r', '').split('\n')[1]
tap.ok(first.startswith('Marketing was paged just now'),
       'the receipt says so first', first)
pages = [m for m in got if '.page@' in m['Message-ID']]
tap.ok(pages and all(not re.search('flood|gbps|udp|attack|dns', m.as_string(),
                                   re.I) for m in pages),
       'a page tells no more than the number', [flat(m) for m in pages])
p = [m for m in got if rcpt(m) == 'comms1@example.net' and ruled(m)][-1]
tap.ok(STOCK in ruled(p), 'the draft is the stock text', ruled(p))

OWN = ('draft investigating\n\nA flood of 140 Gbps at ns2 hits its target, and '
       'DNS is slow.\n')
got = desk.answer(p, OWN, sender=COMMS1, at='2026-03-07 02:14')
m = to(got, 'comms1@example.net')
body = flat(m)
tap.ok(all(w in body for w in ('flood', 'Gbps', 'ns2', 'target')) and
       STOCK in ruled(m), 'own words with details are refused, each is named',
       body)
got = desk.answer(m, 'yes', sender=COMMS1, at='2026-03-07 02:15')
tap.ok(desk.posts('INC-2026-0044') == [(1, 1, 'investigating')] and STOCK in seen(desk),
       'one yes to the stock text posts it')
tap.ok(not re.search('flood|gbps|ns2|ns3|subdomain|scrubbing|reflected',
                     seen(desk), re.I), 'and not a word more')

# ---- scenario 10: own words, two persons

got = desk.mail(COMMS1, say(44), 'draft identified\n\nSome lookups still fail. '
                'Please retry them.\n', subject='[INC-2026-0044] news',
                at='2026-03-07 02:30')
p = to(got, 'comms1@example.net')
tap.ok('Please retry them.' in ruled(p), 'own words without details are a draft',
       flat(p))
m = to(desk.answer(p, 'yes', sender=COMMS1, at='2026-03-07 02:31'),
       'comms1@example.net')
tap.ok('E44' in m['Sitrep-Result'] and len(desk.posts('INC-2026-0044')) == 1,
       'its writer\'s yes isn\'t enough', flat(m))
other = [x for x in desk.letters if 'Please retry them.' in ruled(x) and
         rcpt(x) in ('sec1@example.net', 'exec1@example.net')]
tap.ok(other, 'security or an executive is asked',
       [(rcpt(x), x['Subject']) for x in desk.letters[-6:]])
by = rcpt(other[-1])
desk.answer(other[-1], 'yes', sender=SEC if by.startswith('sec') else EXEC,
            at='2026-03-07 02:33')
tap.same(desk.posts('INC-2026-0044')[1:], [(2, 1, 'identified')], 'with theirs it is posted')
tap.ok(not re.search('Comms One|Security One|Duty Exec', seen(desk)),
       'who said yes is public nowhere')
history = str(desk.show('INC-2026-0044'))
tap.ok('comms1' in history and by.split('@')[0] in history,
       'and stands in the history, both names')

# ---- T11

got = desk.mail(COMMS1, say(44), 'resolve\n',
                subject='[INC-2026-0044] over', at='2026-03-07 06:00')
desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
            at='2026-03-07 06:01')
tap.same(desk.posts('INC-2026-0044')[-1][2], 'resolved', 'it is resolved with the stock text')
got = desk.tick(at='2026-03-10 06:01:30')
tap.ok([m for m in got if 'told' in m['Subject']],
       'three days later the later account is asked for',
       [m['Subject'] for m in got])
desk.audit(tap)
desk.close()
tap.done()
