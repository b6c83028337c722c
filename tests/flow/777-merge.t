#!/usr/bin/env python3
"""Two incidents that are one: public merged into public and split back
(acceptance 12), what isn't public, who may; and a false alarm that was public
is withdrawn as a whole.  Page, feeds, JSON and mbox agree, the chain is whole.
"""
import json
import os
import shutil
import sys
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

ATOM = '{http://www.w3.org/2005/Atom}'
tap = Tap()


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split()) if m else ''


def code(m):
    return str(m['Sitrep-Result']) if m else 'no mail'


def public(d, *path):
    return d.read('state', 'public', *path)


def page(d, number):
    d.run('page', check=True)
    return ' '.join(public(d, 'incident', '2026', '%04d' % number,
                           'index.html').split())


def api(d, number):
    all = json.loads(public(d, 'api', 'v2', 'incidents.json'))['incidents']
    return [i for i in all if i['shortlink'].endswith('/%04d/' % number)][0]


def verified(d):
    shutil.copytree(d.path('state', 'public'), d.path('copy'))
    a, b = d.run('verify'), d.run('verify', d.path('copy'))
    shutil.rmtree(d.path('copy'))
    return a.returncode + b.returncode == 0, (a.stdout + b.stdout).decode()


def event(d, number, *columns):
    return d.sql('SELECT %s FROM event WHERE number = %d' %
                 (', '.join(columns), number))[0]


def armed(d, number):
    return d.sql("SELECT timer.kind, due_at FROM timer JOIN event ON event.id = "
                 "event_id WHERE number = %d AND fired_at IS NULL AND "
                 "cancelled_at IS NULL ORDER BY timer.kind" % number)


def write(d, number, body, who=COMMS1, at=None):
    d.tick(at)
    got = d.mail(who, say(number), body,
                 subject='[INC-2026-%04d] words' % number)
    return got, to(got, address_of(who))


def publish(d, number, body, at):
    preview = write(d, number, body, at=at)[1]
    return d.answer(preview, 'yes', sender=COMMS1)


def report(d, subject, body, at, who=NOC1):
    d.tick(at)
    got = d.mail(who, IN, body, subject=subject)
    return to(got, address_of(who))


# -- nothing is public yet --------------------------------------------------------

d = Desk(number=42, members=3)
d.opened(at='2026-03-04 14:00')
second = report(d, 'Sev1 webmail: slow',
                'Since: 13:50 UTC\nComponents: webmail, email-b=outage\n\n'
                'webmail and cluster b\n', '2026-03-04 14:03', NOC2)
tap.ok('W46' in code(second) and '  merge INC-2026-0042' in text_of(second) and
       'Looks like INC-2026-0042' in words(second),
       'the receipt says how to merge', text_of(second))
for body, says in (('merge 0077\n', 'no incident of that number'),
                   ('merge 0043\n', 'that is this event itself')):
    got = d.answer(second, body, sender=NOC2)
    tap.ok(says in words(to(got, 'noc2@example.net')), body.strip(),
           text_of(to(got, 'noc2@example.net')))
got, mine = write(d, 43, 'merge 0042\n')
tap.ok('E43' in code(mine) and event(d, 43, 'phase') != ('merged',),
       'without the token of an answer it waits for a yes', code(mine))
got = d.answer(second, 'merge 0042\n', sender=NOC2, at='2026-03-04 14:04')
mine, asked = to(got, 'noc2@example.net'), to(got, 'comms1@example.net')
tap.ok('Comms One was asked to merge INC-2026-0043 into INC-2026-0042' in
       words(mine) and event(d, 43, 'phase') != ('merged',),
       'NOC proposes it', text_of(mine))
tap.ok(asked and 'NOC Two proposes to merge INC-2026-0043 into INC-2026-0042' in
       words(asked) and '  yes\n  no\n' in text_of(asked),
       'who is on call is asked', text_of(asked) if asked else '')
before = armed(d, 42)
got = d.answer(asked, 'yes', sender=COMMS1, at='2026-03-04 14:05')
tap.ok(event(d, 43, 'phase', 'closed != 0') == ('merged', 1), 'yes does it',
       str([words(m) for m in got]))
tap.ok('INC-2026-0043 is merged into INC-2026-0042' in
       words(to(got, 'noc2@example.net')), 'NOC hears of it',
       text_of(to(got, 'noc2@example.net')) if to(got, 'noc2@example.net')
       else 'nothing')
tap.ok(armed(d, 43) == [], 'its clock stands')
tap.same(event(d, 42, 'severity', 'started'),
         (1, 1772632200), 'the worse severity and the earlier start count')
e = d.show('INC-2026-0042')
tap.ok(sorted(d.sql("SELECT slug, level FROM touches JOIN event ON event.id = "
                    "event_id WHERE number = 42")) ==
       [('email-b', 'major_outage'), ('webmail', 'major_outage')],
       'of each service the worse level',
       str(d.sql('SELECT * FROM touches')))
tap.ok('[INC-2026-0043 n1] webmail and cluster b' in json.dumps(e),
       'its notes moved, with where they were written', json.dumps(e)[:1500])
got = d.tick('2026-03-04 14:06')
tap.ok(event(d, 42, 'phase') == ('handed_off',), 'SEV1 is handed off at once')
got, mine = write(d, 43, 'identified\n\nx\n')
tap.ok('E11' in code(mine), 'it takes no commands any more', code(mine))

# -- and apart again ----------------------------------------------------------------

got, mine = write(d, 42, 'split 0043\n')
tap.ok('E43' in code(mine), 'that needs proof, too')
got = d.answer(mine, 'yes', sender=COMMS1, at='2026-03-04 14:10')
tap.ok(event(d, 43, 'phase', 'closed', 'owner') == ('owned', 0, 'comms1'),
       'it goes on by itself', str(event(d, 43, 'phase', 'closed', 'owner')))
tap.same(event(d, 42, 'severity', 'started'), (2, 0), 'what it gave is taken '
         'back')
tap.ok(d.sql("SELECT slug, level FROM touches JOIN event ON event.id = "
             "event_id WHERE number = 42") == [('email-b', 'partial_outage')],
       'of the services too', str(d.sql('SELECT * FROM touches')))
tap.ok([k for k, _ in armed(d, 43)] != [], 'and its clock runs')
got, mine = write(d, 43, 'split 0043\n')
got = d.answer(mine, 'yes', sender=COMMS1)
tap.ok("it isn't merged" in ' '.join(words(m) for m in got), 'once is enough')

# -- public into public ----------------------------------------------------------------

publish(d, 42, 'draft investigating\n\nWe look into cluster B.\n',
        '2026-03-04 14:20')
publish(d, 43, 'draft investigating\nTitle: Webmail is slow\nComponents: '
        'webmail=degraded, email-b=operational\n\nWe look into webmail.\n',
        '2026-03-04 14:25')
d.run('list', 'example-status', 'add', 'w@webmail.example', check=True)
d.mail('w@webmail.example', 'example-status-request@in.status.example',
       'set topics webmail\n')
promise = [t for t in armed(d, 42) if t[0] == 4]
last = [m for m in d.letters if rcpt(m) == 'comms1@example.net' and
        'INC-2026-0043 update 1 posted' in words(m)][-1]
got = d.answer(last, 'merge 0042\n', sender=COMMS1, at='2026-03-04 14:40')
preview = to(got, 'comms1@example.net')
tap.ok('This incident is now followed as INC-2026-0042: '
       'https://status.example/incident/2026/0042/' in words(preview) and
       event(d, 43, 'phase') == ('public',), 'a preview comes first',
       text_of(preview))
d.answer(preview, 'yes', sender=COMMS1, at='2026-03-04 14:42')
got = d.letters[-12:]
tap.ok(event(d, 43, 'phase', 'state') == ('merged', 'resolved'),
       'yes publishes it', str(event(d, 43, 'phase', 'state')))
mails = [rcpt(m) for m in d.letters if m['Sitrep-Event'] == 'INC-2026-0043' and
         m['Sitrep-Update'] == '2']
tap.same(mails, ['w@webmail.example'],
         'a mail goes to those alone who do not get the others\'')
html = page(d, 43)
tap.ok('Merged into INC-2026-0042' in html and
       'href="../../../incident/2026/0042/"' in html and
       'We look into webmail.' in html, 'its page stays and points on', html)
tap.ok('Duration' not in html.partition('<h2')[0], 'it has no end of its own')
tap.ok('Merged into INC-2026-0042' in public(d, 'history', '2026', '03',
                                             'index.html'),
       'the month says so')
tap.ok('Merged into INC-2026-0042' in public(d, 'feed', 'updates.atom') and
       'now followed as INC-2026-0042:' in public(d, 'archive',
                                                  '2026-03.mbox'),
       'feed and mbox too')
i = api(d, 43)
tap.ok(i['status'] == 'resolved' and 'now followed as INC-2026-0042' in
       i['incident_updates'][0]['body'], 'and the JSON', json.dumps(i))
front = ' '.join(public(d, 'index.html').split())
tap.ok('of 5 services affected' in front and front.count('We look into') == 1,
       'the front page has one of them')
tap.same([t for t in armed(d, 42) if t[0] == 4], promise,
         'the promise stays as it was')
good, said = verified(d)
tap.ok(good, 'the chain is whole', said)
got, mine = write(d, 43, 'reopen\n\nAgain.\n')
tap.ok('E11' in code(mine), 'merged is not resolved: it is not reopened',
       text_of(mine))
last = [m for m in d.letters if rcpt(m) == 'comms1@example.net' and
        'INC-2026-0043 update 2' in words(m)][-1]
got = d.answer(last, 'reopen\n\nAgain.\n', sender=COMMS1)
tap.ok('To part them again write split' in
       words(to(got, 'comms1@example.net')), 'but split',
       text_of(to(got, 'comms1@example.net')))

got = d.answer(last, 'split 0043\n', sender=COMMS1, at='2026-03-04 15:30')
preview = to(got, 'comms1@example.net')
tap.ok('This incident is followed here again.' in words(preview) and
       'Webmail: DEGRADED' in text_of(preview), 'splitting has a preview',
       text_of(preview))
got = d.answer(preview, 'yes', sender=COMMS1, at='2026-03-04 15:31')
tap.ok(event(d, 43, 'phase', 'state', 'closed', 'merged') ==
       ('public', 'investigating', 0, None), 'and it is open again',
       str(event(d, 43, 'phase', 'state', 'closed', 'merged')))
tap.ok([t for t in armed(d, 43) if t[0] == 4] != [], 'with a promise')
html = page(d, 43)
tap.ok('Merged into INC-2026-0042' in html and 'followed here again' in html and
       'Investigating' in html.partition('<table')[0],
       'its page tells all of it', html)
good, said = verified(d)
tap.ok(good, 'the chain is whole after it', said)

# -- too late ---------------------------------------------------------------------------

got = d.answer(last, 'merge 0042\n', sender=COMMS1, at='2026-03-04 15:40')
got = d.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
               at='2026-03-04 15:41')
tap.ok(event(d, 43, 'phase') == ('merged',), 'merged again')
got = d.answer(last, 'split 0043\n', sender=COMMS1, at='2026-03-05 16:00')
tap.ok('more than 24 hours ago' in ' '.join(words(m) for m in got),
       'a day later it stays so',
       str([words(m) for m in got]))
publish(d, 42, 'resolve\n\nOver.\n', '2026-03-05 17:00')

# -- withdrawn as a whole -----------------------------------------------------------------

d.opened(subject='Sev2 dns: slow', body='dns slow\n', at='2026-03-06 09:00')
publish(d, 44, 'draft investigating\n\nWe look into slow DNS.\n',
        '2026-03-06 09:10')
got, mine = write(d, 44, 'retract all\n')
tap.ok('E24' in code(mine) and '  retract all our monitoring was wrong' in
       text_of(mine), 'it takes a reason', text_of(mine))
got, mine = write(d, 44, 'retract all our probe was wrong\n', who=NOC1)
tap.ok('E42' in code(mine), 'NOC may not')
got, mine = write(d, 44, 'void our probe was wrong\n')
tap.ok('  retract all it was a false alarm' in text_of(mine),
       'void says what to write', text_of(mine))
got, preview = write(d, 44, 'retract all our probe was wrong\n',
                     at='2026-03-06 09:30')
tap.ok('[Withdrawn] DNS Hosting' in words(preview) and
       'there was no problem with DNS Hosting' in words(preview) and
       'our probe was wrong' in words(preview), 'a preview', text_of(preview))
got = d.answer(preview, 'yes', sender=COMMS1, at='2026-03-06 09:31')
out = [m for m in got if rcpt(m) == RESELLER]
tap.ok(len(out) == 1 and str(out[0]['Subject']).startswith('[Withdrawn] ') and
       'Withdrawn – no impact - update 2' in words(out[0]) and
       'Duration' not in text_of(out[0]), 'resellers hear of it',
       text_of(out[0]) if out else str([m['Subject'] for m in got]))
tap.ok(to(got, 'exec1@example.net') is not None, 'and executives')
tap.ok(event(d, 44, 'phase', 'state') == ('closed', 'resolved') and
       armed(d, 44) == [], 'it is closed, without a postmortem',
       str(armed(d, 44)))
html = page(d, 44)
tap.ok('Withdrawn – no impact' in html and 'We look into slow DNS.' in html,
       'the page stays', html)
tap.ok('Withdrawn – no impact' in public(d, 'history', '2026', '03',
                                         'index.html'), 'listed as such')
service = ' '.join(public(d, 'component', 'dns-hosting',
                          'index.html').split())
tap.ok('No problem was reported.' in service and '100 %' in service,
       'the service has no minute less', service[:3000])
tap.ok(api(d, 44)['impact'] == 'none', 'nor has the JSON', json.dumps(
    api(d, 44)))
got, mine = write(d, 44, 'x\n')
last = [m for m in d.letters if rcpt(m) == 'comms1@example.net' and
        'update 2 (the incident is withdrawn)' in words(m)][-1]
got = d.answer(last, 'retract all once more\n', sender=COMMS1)
tap.ok('withdrawn already' in words(to(got, 'comms1@example.net')),
       'once is enough', text_of(to(got, 'comms1@example.net')))
good, said = verified(d)
tap.ok(good, 'the chain is whole in the end', said)
d.audit(tap, help=True)
d.close()
tap.done()
