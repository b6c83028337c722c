#!/usr/bin/env python3
# Only a proven person changes what the public sees: a table of forged and of
# genuine mails (lib/attacks.py), the class of each, and that nothing came of
# the forged ones; mails that were signed once and are sent again.
import glob
import json
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import attacks
from desk import *
from rig import SHARED, epoch

tap = Tap()
CLASS = {'0': 'A0', '0k': 'A0k', '1': 'A1'}
WORDS = ('resolved\nSeverity: 5\nDisclosure: full\n\n'
         'All is well again, nothing to see.\n')
rows = list(attacks.rows())


# ---- the class of each

def explained(rig, raw):
    said = json.loads(rig.run('explain', '--json', raw=raw,
                              check=True).stdout)
    # What can't be read at all is nobody's.
    return said.get('sender') or {'class': 'A0', 'why': said['message']}


rig = Rig(members=0, at='2026-03-04 14:06:30')
count = {}
for n, (want, what, above, head) in enumerate(rows):
    raw = attacks.mail(above, head, n, WORDS)
    got = explained(rig, raw)
    count[want] = count.get(want, 0) + 1
    good = got['class'] == CLASS[want]
    if want == '1':
        good = good and got['person'] == 'noc1' and got['machine'] == ''
    if not good:
        tap.ok(False, '%s: %s' % (what, CLASS[want]),
               '%r\n%s' % (got, raw[:600].decode('latin-1')))
for want, n in sorted(count.items()):
    tap.ok(n > 60, '%d mails looked at that are class %s' % (n, CLASS[want]))
known = {what.split()[0] for _, _, what, _ in attacks.KNOWN}
tap.same(sorted(known, key=int), [str(n) for n in range(1, 19)],
         'each of the eighteen known ways is tried')
tap.ok(len(attacks.AUTHORS) >= 60, '%d ways of ours to write From' %
       len(attacks.AUTHORS))

# ---- the worked mails, with what our server puts on top

found = sorted(glob.glob(os.path.join(SHARED, 'fixtures', 'mail', '*.eml')))
if not found:
    tap.skip('no worked mails on this machine')
for path in found:
    with open(path, 'rb') as f:
        raw = f.read()
    who = re.search(rb'^From:.*?([\w.]+)@([\w.]+)', raw, re.M)
    name, domain = who.group(1).decode(), who.group(2).decode()
    if domain != 'example.net':
        continue
    # M01 shows at its end what our server adds.
    raw = attacks.says('dmarc=pass header.from=' + domain).encode() + re.sub(
        rb'^Authentication-Results:.*\n', b'', raw, flags=re.M)
    got = explained(rig, raw)
    tap.ok(got['class'] == 'A1' and got['person'] == name and
           not got['machine'], '%s is of %s' % (os.path.basename(path), name),
           got)
rig.close()

# ---- nothing comes of what is forged

desk = Desk(members=1, number=42)
desk.posted()
before = (desk.posts(), desk.tree(), len(desk.public()),
          desk.show('INC-2026-0042')['event'])
drafts = desk.sql('SELECT count(*) FROM draft')[0][0]
letter = desk.internal()[-1]
# Of those by each top, the one that is worst for us.
forged = [r for r in attacks.rows(('good',)) if r[0] != '1']
desk.now = epoch('2026-03-04 14:13:00')
for n, (want, what, above, head) in enumerate(forged):
    rcpt_ = (say(), IN, address_of(letter['Reply-To'])[:-40] + 'a' * 20 +
             '@in.status.example')[n % 3]
    done = desk.deliver(attacks.mail(above, head, n, WORDS), rcpt_,
                        'x@evil.example', check=False)
    if done.returncode != 0:
        tap.ok(False, 'taken: ' + what, done.stdout)
desk.out()
after = desk.show('INC-2026-0042')['event']
tap.same(desk.posts(), before[0], '%d forged mails: no post' % len(forged))
tap.ok(desk.tree() == before[1], 'no byte of the public tree is another')
tap.same(len(desk.public()), before[2], 'no public mail')
tap.same(desk.sql('SELECT count(*) FROM draft')[0][0], drafts, 'no draft')
for key in ('state', 'phase', 'severity', 'disclosure'):
    tap.same(after[key], before[3][key], 'the event\'s %s is as it was' % key)
tap.same(desk.sql("SELECT count(*) FROM handled WHERE trust IN ('A1', 'A2') "
                  "AND mid LIKE 'attack-%'")[0][0], 0, 'none is class A1')
desk.close()

# ---- what was signed once, sent again

SIGNED = 'DKIM-Signature: v=1; a=rsa-sha256; d=example.net; s=s1; %sb=x'


def replay(what, after_seconds, result, old=(), new=(), drop=(), auth='pass'):
    """A mail of comms1 with a post's words, and again later with other
    headers on top; what the second one gets, and whether it made a draft."""
    desk = Desk(members=1, number=42)
    desk.opened()
    desk.now = at = epoch('2026-03-04 14:10:00')
    raw = desk.compose(COMMS1, say(), 'draft identified\n\nA disk broke.\n',
                       subject='[INC-2026-0042] x', mid='once@example.net',
                       headers=old, auth=auth)
    desk.deliver(raw, say(), 'comms1@example.net')
    desk.out()
    desk.tick(at=at + after_seconds)
    have = desk.sql('SELECT count(*) FROM draft')[0][0]
    for name in drop:
        raw = re.sub(name.encode() + b':.*\n', b'', raw)
    top, rest = raw.split(b'From: ', 1)
    raw = top + ''.join(h + '\n' for h in new).encode() + b'From: ' + rest
    desk.deliver(raw, say(), 'x@evil.example')
    got = to(desk.out(), 'comms1@example.net')
    tap.same((got and got['Sitrep-Result'],
              desk.sql('SELECT count(*) FROM draft')[0][0] - have),
             (result, 0), 'replay: ' + what)
    tap.same(desk.posts(), [], 'replay: %s: no post' % what)
    desk.close()


HOUR, DAY = 3600, 86400
T = 't=%d; ' % epoch('2026-03-04 14:10:00')
LATER = 'Date: Fri, 03 Apr 2026 14:10:00 +0000'
# The same content is the same mail; another one that old is asked about, as is
# what isn't proved.  (W40: the event has moved on since.)
replay('at once', 1, None)
replay('after 1 h, by another path', HOUR, None, drop=('Received',))
replay('after 30 d', 30 * DAY, None)
replay('after 2 h and 1 s, one header more', 2 * HOUR + 1, 'E43',
       new=['X-Spam: no'])
replay('after 30 d, one header more', 30 * DAY, 'W40', new=['X-Spam: no'])
replay('after 30 d, a second Date', 30 * DAY, 'E43', new=[LATER])
replay('after 30 d, another Date that was not signed', 30 * DAY, 'W40',
       old=[SIGNED % T], drop=('Date',), new=[LATER])
replay('after 30 d, no Date', 30 * DAY, 'W40;W44', old=[SIGNED % T],
       drop=('Date',))
replay('after 30 d, a Date in the future', 30 * DAY, 'W40;W44',
       old=[SIGNED % T], drop=('Date',),
       new=['Date: Thu, 01 Jan 2099 00:00:00 +0000'])
replay('after 30 d, and a fresh signature that is none', 30 * DAY, 'W40',
       old=[SIGNED % T], drop=('Date',),
       new=[LATER, SIGNED % ('t=%d; ' % epoch('2026-04-03 14:10:00'))])
replay('after 1 min, a second Subject', 60, 'E43',
       new=['Subject: [INC-2026-0042] y'])
replay('after 1 min, a second type', 60, 'E43',
       new=['Content-Type: text/plain'])
replay('after 1 min, longer than what was signed', 60, 'E43',
       old=[SIGNED % 'l=5; '], new=['X-A: b'])
replay('after 1 min, for another event by its thread', 60, 'E43',
       old=['References: <a@b>'], new=['References: <inc-2026-0042@status.'
                                       'example>'])
tap.done()
