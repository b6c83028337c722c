#!/usr/bin/env python3
# What a draft says too much of: shown with the reason before anybody says yes,
# in the way where nobody may publish it, and a yes is for what was shown.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

EXTRA = '''
internal_hosts = { "\\\\.int$" }
private_words = { "Acme Hosting, Inc." }
'''
tap = Tap()


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def draft(desk, text, fields='', at=None, who=COMMS1):
    got = desk.mail(who, say(), 'draft investigating\n%s\n%s\n' %
                    (fields, text), subject='[INC-2026-0042] draft',
                    at=at or desk.now + 60)
    return to(got, address_of(who))


desk = Desk(members=1, number=42, extra=EXTRA)
desk.opened('pool of mbx-b07.int is full, we make it larger for good now\n')

# Asked: shown, then a yes posts it.
p = draft(desk, 'Logins fail.\nIt is mbx-b07.int again, says Cisco.')
tap.same(p['Sitrep-Result'], 'W47', 'words to look at: W47')
body = text_of(p).replace('\r', '')
above, ruled = body.split(RULER)[0], body.split(RULER)[1]
tap.ok('  Text, line 2: mbx-b07.int\n    looks like the name of a machine' in
       above, 'line and words are shown, with the reason', above)
tap.ok('  Text, line 2: Cisco\n' in above, 'each of them', above)
tap.ok('Reply YES to publish exactly the text between the rulers, once you '
       'have looked at what stands above them.' in ' '.join(above.split()),
       'the question says so', above)
tap.ok('mbx-b07.int again' in ruled, 'the text itself is as written', ruled)
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((to(got, 'comms1@example.net')['Sitrep-Result'],
          len(desk.posts())), ('ok', 1), 'a yes to that preview posts it')
desk.close()

# In the way: no yes counts, the mended text does.
desk = Desk(members=1, number=42, extra=EXTRA)
desk.opened()
p = draft(desk, 'Logins fail, {{component}} is affected.',
          'Workaround: password: hunter22!\n')
tap.same(p['Sitrep-Result'], 'E45', 'what nobody may publish: E45')
tap.ok("This draft can't go out as it is." in flat(p), 'the mail says so',
       flat(p))
tap.ok('Reply YES' not in flat(p), 'and asks for no yes', flat(p))
tap.ok('Workaround, line 1: password: hunter22!' in flat(p) and
       'Text, line 1: {{component}}' in flat(p), 'and shows what it is',
       flat(p))
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
m = to(got, 'comms1@example.net')
tap.same((m['Sitrep-Result'], desk.posts()), ('E45', []),
         'a yes posts nothing')
tap.ok('Mend what is marked' in flat(m) and '{{component}}' in flat(m),
       'and the answer says what to mend', flat(m))
got = desk.answer(m, 'draft\nWorkaround: none\n\nLogins fail.\n',
                  sender=COMMS1, at=desk.now + 60)
p = to(got, 'comms1@example.net')
tap.same(p['Sitrep-Result'], 'ok', 'the mended text passes')
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same(len(desk.posts()), 1, 'and its yes posts it')
desk.close()

# The words of a customer, in a field; the proposal of NOC is read as well.
desk = Desk(members=1, number=42, extra=EXTRA)
desk.opened()
got = desk.mail(NOC1, say(), '''state = identified
Impact for end users: mail of Acme Hosting waits

--- public ---
It is the pool of cluster B, on 10.20.30.40.
''', subject='[INC-2026-0042] x', at='2026-03-04 14:08')
for who in ('noc1@example.net', 'comms1@example.net'):
    m = to(got, who)
    tap.ok(m is not None and 'Impact for end users, line 1: Acme Hosting' in
           flat(m) and '10.20.30.40' in flat(m).split(RULER)[0],
           'a proposal is marked for %s' % who, flat(m))

# What an internal note says: marked again, whenever the note came.
desk.tick(at='2026-03-04 14:21:05')
p = draft(desk, 'We have found that the login service ran out of connections '
          'to its directory and restart it.', 'Impact: logins fail\n')
tap.same(p['Sitrep-Result'], 'ok', 'nothing is marked')
desk.mail(NOC1, say(), 'we have found that the login service ran out of '
          'connections to its\ndirectory; not for everybody\n',
          subject='[INC-2026-0042] n', at=desk.now + 60)
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
m = to(got, 'comms1@example.net')
tap.same((m['Sitrep-Result'], desk.posts()), ('E41;W47', []),
         'a note since the preview: the yes shows it once more')
tap.ok('stands in an internal note of this event' in flat(m),
       'with the passage', flat(m))
got = desk.answer(m, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((to(got, 'comms1@example.net')['Sitrep-Result'],
          len(desk.posts())), ('ok', 1), 'and a second yes posts it')

# Once public it may be said again; a resolution of what is red is asked.
p = draft(desk, 'As we said, we have found that the login service ran out of '
          'connections to its directory.')
tap.ok('W47' not in p['Sitrep-Result'], 'public words are free',
       p['Sitrep-Result'])
got = desk.mail(COMMS1, say(), 'resolve\nComponents: email-b=degraded\n\n'
                'It is over.\n', subject='[INC-2026-0042] r',
                at=desk.now + 60)
m = to(got, 'comms1@example.net')
tap.ok('Email Cluster B: Degraded' in flat(m) and 'W47' in
       m['Sitrep-Result'], 'resolved, yet not well: asked', flat(m))
desk.audit(tap)
desk.close()

# From a shell: the same.
desk = Desk(members=1, number=42, extra=EXTRA)
desk.opened()
done = desk.run('post', '--as', 'comms1', '--yes',
                text='Subject: [INC-2026-0042] x\n\ndraft investigating\n\n'
                'Look at {{this}}.\n', at=desk.now + 60)
said = done.stdout.decode() + done.stderr.decode()
tap.ok(done.returncode == 1 and '{{this}}' in said and 'E45' in said,
       'sitrep post: what is in the way stays unposted', said)
tap.same(desk.posts(), [], 'nothing is public')
done = desk.run('post', '--as', 'comms1', text='Subject: [INC-2026-0042] x\n\n'
                'draft investigating\n\nCisco looks at it.\n',
                at=desk.now + 60)
tap.ok('names a supplier' in done.stdout.decode(),
       'its preview shows what to look at', done.stdout.decode())
desk.close()

# The program's own words are never marked, whatever its templates say.
desk = Desk(members=1, number=42, extra=EXTRA)
desk.opened()
got = desk.tick(at='2026-03-04 14:21:05')
for body in ('draft investigating\n', 'same\n'):
    got += desk.mail(COMMS1, say(), body, subject='[INC-2026-0042] x',
                     at=desk.now + 60)
marked = [m['Subject'] for m in got if 'looked at' in text_of(m) or
          'In the way' in text_of(m) or 'W47' in str(m['Sitrep-Result'])]
tap.ok(not marked, 'stock texts are unmarked', marked)
desk.audit(tap)
desk.close()
tap.done()
