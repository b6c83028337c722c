#!/usr/bin/env python3
"""The journal of a store replayed into an empty one (acceptance 21): the new
tree is equal byte for byte, and nothing is sent.
"""
import os
import re
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

tap = Tap()


def tree(top):
    out = {}
    for where, _, names in os.walk(top):
        for name in names:
            path = os.path.join(where, name)
            with open(path, 'rb') as f:
                out[os.path.relpath(path, top)] = f.read()
    return out


def publish(d, body, at, number=42):
    d.tick(at)
    got = d.mail(COMMS1, say(number), body,
                 subject='[INC-2026-%04d] words' % number)
    return d.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1)


d = Desk(number=None, members=3)
conf = d.read('lists/example-status.conf')
d.write('lists/example-status.conf', conf.rstrip()[:-1] +
        '\tdigest = "daily 08:00"\n}\n')
d.run('list', 'example-status', 'import', '-', check=True, text=
      'address,status,delivery\nr8@reseller8.example,active,digest\n'
      'r9@reseller9.example,nomail,\n')
d.opened(at='2026-03-04 14:00')
d.tick('2026-03-04 14:15')                 # handed off
publish(d, 'draft investigating\n\nWe look into it.\n', '2026-03-04 14:20', 1)
d.run('list', 'example-status', 'remove', 'r2@reseller2.example', check=True)
d.tick('2026-03-04 16:21')                 # promised by 16:20
d.tick('2026-03-04 16:40')
d.run('page', check=True)
publish(d, 'identified\nTitle: Mailbox of Rosebud\n\nA disk is full.\n',
        '2026-03-04 16:55', 1)
publish(d, 'correct u2\nReason: it is two\n\nTwo disks are full.\n',
        '2026-03-04 17:05', 1)
got = d.mail(LEAD, say(1), 'redact u2 personal data\n',
             subject='[INC-2026-0001] words', at='2026-03-04 17:10')
d.answer(to(got, 'sec1@example.net'), 'yes', sender=SEC)
publish(d, 'resolve\n\nIt is over.\n', '2026-03-04 18:00', 1)
d.opened(subject='Sev3 dns: slow', body='dns is slow\n', at='2026-03-05 09:00')
d.mail(COMMS1, IN, 'help\n', subject='help')
publish(d, 'draft investigating\n\nWe look into DNS.\n', '2026-03-05 09:10', 2)
publish(d, 'retract all our probe was wrong\n', '2026-03-05 09:40', 2)
d.mail('r1@reseller1.example', 'example-status-request@in.status.example',
       'set min major\n')
d.tick('2026-03-05 13:02')                 # a digest, at 08:00 in Toronto
d.tick('2026-03-09 13:02')                 # and those of a week
d.tick('2026-04-01 09:00')                 # drafts the report of March
report = [m for m in d.letters if 'REP-2026-03' in str(m['Subject']) and
          rcpt(m) == 'comms1@example.net'][-1]
d.answer(report, 'yes', sender=COMMS1, at='2026-04-01 09:20')
d.opened(subject='Sev2 api: fails', body='api fails\n', at='2026-04-01 10:00')
publish(d, 'draft investigating\n\nWe look into the API.\n',
        '2026-04-01 10:10', 3)
done = d.run('post', '--as', 'comms1', '--yes', text='Subject: [INC-2026-0003]'
             '\n\nmonitoring\n\nIt works.\n', at='2026-04-01 10:30')
tap.ok(done.returncode == 0, 'a post of the command line',
       done.stdout.decode() + done.stderr.decode())
d.tick('2026-04-01 13:00')                 # an update is overdue
d.run('page', '--all', check=True)
was = tree(d.path('state', 'public'))

# -- replayed ----------------------------------------------------------------------

members = d.sql('SELECT address, status, delivery FROM member ORDER BY id')
os.rename(d.path('state'), d.path('old'))
conf = d.read('sitrep.conf')
out = len(os.listdir(d.path('out', 'new')))
done = d.run('replay', d.path('old'))
tap.ok(done.returncode == 0 and b'nothing was sent' in done.stdout,
       'it runs', done.stderr.decode()[-2000:] + done.stdout.decode())
tap.ok(b'came out otherwise' not in done.stdout, 'every mail comes out as it '
       'did', done.stderr.decode()[-2000:])
print('# ' + done.stdout.decode().strip())
d.run('page', '--all', check=True)
now = tree(d.path('state', 'public'))
tap.ok(sorted(was) == sorted(now), 'the same files',
       '\n'.join(sorted(set(was) ^ set(now))))
bad = [p for p in was if was[p] != now.get(p)]
tap.ok(len(was) > 40 and not bad, 'all %d of them byte for byte' % len(was),
       '\n'.join(bad))
tap.ok('overdue' in now['incident/2026/0003/index.html'].decode() and
       'report/2026-03/index.html' in now and
       'digest/daily/2026-03-05/index.html' in now and
       'digest/weekly/2026-W10/index.html' in now and
       b'Text removed' in now['incident/2026/0001/index.html'],
       'what timers, a report and digests did is in it')
d.run('send', check=True)
tap.same(len(os.listdir(d.path('out', 'new'))), out, 'nothing is sent')
done = d.run('verify')
tap.ok(done.returncode == 0, 'its chain is whole', done.stdout.decode())
tap.same(d.sql('SELECT address, status, delivery FROM member ORDER BY id'),
         members, 'the list is as it was')

# -- refusals --------------------------------------------------------------------------

for args, says in ((('replay',), 'usage'),
                   (('replay', d.path('nowhere')), 'holds no store'),
                   (('replay', d.path('state')), 'of this configuration'),
                   (('replay', d.path('old')), "isn't empty")):
    done = d.run(*args)
    tap.ok(done.returncode != 0 and says in done.stderr.decode(),
           'refused: ' + says, done.stderr.decode()[-600:])
d.write('sitrep.conf', conf.replace('/state"', '/third"'))
os.makedirs(d.path('third', 'keys'))
with open(d.path('third', 'keys', 'reply'), 'w') as f:
    f.write('x')
done = d.run('replay', d.path('old'))
tap.ok(done.returncode == 1 and "isn't the key of that store" in
       done.stderr.decode(), 'other keys are not written over',
       done.stderr.decode()[-600:])
d.close()
tap.done()
