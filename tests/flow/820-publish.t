#!/usr/bin/env python3
"""Commands that are told of public posts (on_publish): which posts, in what
words, in which order; what fails is tried again and delays nothing; what was
removed never goes.  And the one that brings the tree elsewhere (publish).
"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import epoch  # noqa: E402

if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
tap = Tap()
HOUR = 3600

# Appends what it is told to a file, does what DIR/do.NAME says, prints an id.
TELL = '''#!/bin/sh
dir=$1 name=$2
post=$(cat)
[ ! -f "$dir/do.$name" ] || . "$dir/do.$name"
printf '%s\\036' "$post" >> "$dir/told.$name"
env > "$dir/env.$name"
n=$(tr -cd '\\036' < "$dir/told.$name" | wc -c)
printf 'id-%s %s\\nmore\\n' "$name" "$n"
'''


def begin(*names, extra='', **more):
    """A desk whose commands are known: they hear of what comes from now on."""
    d = Desk(number=42, members=3, extra=extra, **more)
    with open(d.path('tell'), 'w') as f:
        f.write(TELL)
    os.chmod(d.path('tell'), 0o755)
    lines = ', '.join('"|%s %s %s"' % (d.path('tell'), d.dir, n)
                      for n in names)
    with open(d.path('sitrep.conf'), 'a') as f:
        f.write('on_publish = { %s }\n' % lines)
    d.run('send', check=True)
    return d


def told(d, name):
    try:
        with open(d.path('told.' + name)) as f:
            return [json.loads(x) for x in f.read().split('\036')[:-1]]
    except FileNotFoundError:
        return []


def do(d, name, text):
    path = d.path('do.' + name)
    if text is None:
        os.unlink(path)
    else:
        with open(path, 'w') as f:
            f.write(text + '\n')


def publish(d, body, at, who=COMMS1):
    got = d.mail(who, say(), body, subject='[INC-2026-0042] words', at=at)
    return d.answer(to(got, address_of(who)), 'yes', sender=who, at=at)


def which(list):
    return [(p['update'], p['revision'], p['kind']) for p in list]


# ---- which posts, and what they say ----
d = begin('a')
tap.same(told(d, 'a'), [], 'nothing was published yet')
d.opened(body='cluster b: half of the logins time out\nflamingo\n')
d.posted()
first = told(d, 'a')
tap.same(which(first), [(1, 1, 'update')], 'the first post', )
p = first[0]
tap.same({k: p[k] for k in ('event', 'state', 'impact', 'title', 'url',
                            'thread', 'reply_to', 'language', 'posted')},
         {'event': 'INC-2026-0042', 'state': 'investigating',
          'impact': 'major', 'thread': '', 'reply_to': '',
          'title': p['title'], 'language': 'en',
          'url': 'https://status.example/incident/2026/0042/#u1',
          'posted': p['posted']}, 'as JSON')
tap.ok(p['text280'] == p['text500'] == p['text300'] and
       p['text280'].startswith('[Investigating] ') and
       'We are looking into it.' in p['text280'] and
       p['text280'].endswith(' UTC. ' + p['url']) and
       'Next update by ' in p['text280'], 'in few words', p['text280'])
tap.same([c['component'] for c in p['components']], ['email-b'],
         'with its services')
env = d.read('env.a').splitlines()
tap.ok({x.split('=')[0] for x in env} <= {'PATH', 'LANG', 'SHELL', 'PWD',
                                          'OLDPWD', 'SHLVL', '_'},
       'in a clean environment', env)
publish(d, 'same\n', '2026-03-04 14:30')
tap.same(len(told(d, 'a')), 1, 'no change is no post there')
publish(d, 'draft investigating\n\nStill at it, with more people.\n',
        '2026-03-04 14:40')
tap.same(len(told(d, 'a')), 1, 'nor is the same state')
publish(d, 'draft monitoring\nNotify: no\n\nQuietly.\n', '2026-03-04 14:45')
tap.same(len(told(d, 'a')), 1, 'nor what is posted without notice')
publish(d, 'draft identified\n\nWe found it: a "disk" & more.\n',
        '2026-03-04 14:50')
tap.same(which(told(d, 'a'))[1:], [(5, 1, 'update')], 'another state is')
p = told(d, 'a')[-1]
tap.same((p['thread'], p['reply_to']), ('id-a 1', 'id-a 1'),
         'as an answer to the first')
publish(d, 'correct u5 the cause was another\n\nWe found it: a cable.\n',
        '2026-03-04 14:55')
p = told(d, 'a')[-1]
tap.ok((p['update'], p['revision'], p['kind'], p['thread'], p['reply_to']) ==
       (5, 2, 'correction', 'id-a 1', 'id-a 2') and
       p['text280'].startswith('[Correction]'), 'a correction', p)
publish(d, 'retract u5 it was not so\n', '2026-03-04 15:00')
p = told(d, 'a')[-1]
tap.ok(p['kind'] == 'withdrawal' and 'cable' not in p['text500'] and
       p['text280'].startswith('[Withdrawn]'), 'a withdrawal', p)
tap.ok('flamingo' not in d.read('told.a') and 'comms1' not in d.read('told.a')
       and 'NOC' not in d.read('told.a'), 'nothing internal is told')
shown = d.run('show', 'INC-2026-0042').stdout.decode()
tap.ok('u1.r1 done to |' in shown and 'id-a 1' in shown,
       'show has it with the rest', shown)
tap.same([x['remote'] for x in d.show('INC-2026-0042')['publications']],
         ['id-a 1', 'id-a 2', 'id-a 3', 'id-a 4'], 'as JSON, too')

# ---- in somebody's own words ----
d.close()
d = begin('a', extra='two_person = { }')
d.posted()
OWN = 'Mail on cluster B is slow & we are on it.'
got = d.mail(COMMS1, say(), 'draft investigating\nSocial: %s\n\nStill at it.\n'
             % OWN, subject='[INC-2026-0042] words', at='2026-03-04 14:20')
shown = text_of(to(got, 'comms1@example.net'))
tap.ok('For social networks' in shown and OWN in shown, 'the preview shows it',
       shown)
got = d.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
               at='2026-03-04 14:21')
p = told(d, 'a')[-1]
tap.same([p['text280'], p['text300'], p['text500']],
         ['%s %s' % (OWN, p['url'])] * 3, 'it is told instead of the made one')
tap.same((p['update'], p['reply_to']), (2, 'id-a 1'),
         'even if the state is as before')
tap.ok(d.public() and not any('slow &' in m.as_string() for m in d.public()),
       'mails do without it')
got = d.mail(COMMS1, say(), 'draft identified\nSocial: %s\n\nFound.\n' %
             ('words ' * 60), subject='[INC-2026-0042] words',
             at='2026-03-04 14:30')
shown = ' '.join(text_of(to(got, 'comms1@example.net')).split())
d.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
         at='2026-03-04 14:31')
p = told(d, 'a')[-1]
cut = p['text280'].replace(' ' + p['url'], '')
tap.ok(cut.endswith(' words\u2026') and 240 < len(cut) <= 280 - 24 and
       len(p['text500']) > len(p['text280']),
       'what does not fit is cut behind a word', p)
tap.ok('Where 280 characters fit, no more than this: ' + cut in shown,
       'as the preview says', shown)
publish(d, 'correct u2 it was said badly\n\nWe were at it.\n',
        '2026-03-04 14:40')
p = told(d, 'a')[-1]
tap.ok(p['revision'] == 2 and p['text280'].startswith('[Correction]') and
       'slow &' not in p['text500'], 'a correction is made again', p)
publish(d, 'correct u2 once more\nSocial: At it, see '
        'https://status.example/history/ for all.\n\nWe were at it: twice.\n',
        '2026-03-04 14:45')
p = told(d, 'a')[-1]
tap.same((p['kind'], p['text280']), ('correction', 'At it, see '
         'https://status.example/history/ for all.'),
         'or has its own; a link of ours is enough')
got = d.mail(COMMS1, say(), 'draft monitoring\nSocial: password: hunter22!\n\n'
             'Fixed.\n', subject='[INC-2026-0042] words',
             at='2026-03-04 14:50')
shown = ' '.join(text_of(to(got, 'comms1@example.net')).split())
tap.ok('Social, line 1: password: hunter22!' in shown,
       'it is looked through as every public text', shown)
d.run('page', check=True)
tap.ok(OWN in d.read('state/public/chain/2026-03.txt') and
       d.run('verify').returncode == 0 and
       d.run('verify', d.path('state/public')).returncode == 0,
       'and stands in the chain')
publish(d, 'redact u2 personal data\n', '2026-03-04 15:00', who=LEAD)
d.run('page', check=True)
chain = d.read('state/public/chain/2026-03.txt')
tap.ok('slow &' not in chain and 'At it, see' not in chain and
       d.run('verify').returncode == 0, 'until it is removed', chain)

# ---- what fails ----
d.close()
d = begin('a', 'b')
do(d, 'a', 'echo "no route to host" >&2; exit 7')
d.posted()
tap.same(which(told(d, 'b')), [(1, 1, 'update')],
         'one that fails holds no other up')
tap.same(len(d.public()), 3, 'nor a mail')
queue = d.run('show', 'queue').stdout.decode()
tap.ok('INC-2026-0042 u1.r1 waiting to |' in queue and
       'ended with 7: no route to host' in queue, 'show queue says why', queue)
tap.same([(x['status'], x['tries']) for x in
          json.loads(d.run('show', 'queue', '--json').stdout)
          ['publications']], [('waiting', 1)], 'as JSON, too')
publish(d, 'draft identified\n\nFound.\n', '2026-03-04 14:12:10')
tap.same((len(told(d, 'a')), len(told(d, 'b'))), (0, 2),
         'what comes after it waits for it')
do(d, 'a', None)
d.run('send', at='2026-03-04 14:12:20', check=True)
tap.same(told(d, 'a'), [], 'it is not tried in a hurry')
d.run('send', at='2026-03-04 14:13:30', check=True)
tap.same([(p['update'], p['reply_to']) for p in told(d, 'a')],
         [(1, ''), (2, 'id-a 1')], 'then both go, in their order')
tap.ok('Nothing waits' in d.run('show', 'queue').stdout.decode(),
       'and nothing waits')
do(d, 'b', 'exit 1')
publish(d, 'draft monitoring\n\nFixed.\n', '2026-03-04 14:20')
tries = 0
for k in range(28):
    d.run('send', at=epoch('2026-03-04 14:20') + k * HOUR, check=True)
row = [x for x in d.show('INC-2026-0042')['publications']
       if x['command'].endswith(' b')][-1]
tap.ok(row['status'] == 'failed' and 10 < row['tries'] < 28,
       'after a day it is no news any more', row)
do(d, 'b', None)
publish(d, 'draft resolved\nEnded: 14:18\nLasting effects: none\n\nOver.\n',
        epoch('2026-03-05 20:30'))
p = told(d, 'b')[-1]
tap.ok(p['state'] == 'resolved' and p['reply_to'] == 'id-b 2' and
       'Next update' not in p['text280'], 'the next one goes on', p)

# ---- what was corrected or removed before it went ----
d.close()
d = begin('a', extra='two_person = { }')
do(d, 'a', 'exit 1')
d.posted()
publish(d, 'draft identified\n\nRosebud Kane did it.\n', '2026-03-04 14:20')
publish(d, 'correct u1 a name was wrong\n\nWe look into it all.\n',
        '2026-03-04 14:25')
publish(d, 'redact u2 personal data\n', '2026-03-04 14:30', who=LEAD)
do(d, 'a', None)
d.run('send', at='2026-03-04 14:50', check=True)
tap.ok(d.posts()[1][1] == 2, 'a text was removed', d.posts())
tap.same(which(told(d, 'a')), [(1, 2, 'correction')],
         'what is in force goes, and nothing else')
tap.ok(b'Rosebud' not in open(d.path('told.a'), 'rb').read(), 'no name')
tap.same(sorted(x['reply'] for x in d.show('INC-2026-0042')['publications']
                if x['status'] == 'dropped'),
         ['it was corrected before it went', 'its text was removed'],
         'and show says so')

# ---- a command that is new hears of what comes ----
with open(d.path('sitrep.conf')) as f:
    conf = f.read()
d.write('sitrep.conf', conf.replace(' a" }', ' a", "|%s %s c" }' % (
    d.path('tell'), d.dir)))
d.run('send', at='2026-03-04 14:55', check=True)
tap.same(told(d, 'c'), [], 'the past is not told to a new command')
publish(d, 'draft monitoring\n\nAll is well, so far.\n', '2026-03-04 15:00')
tap.same([(p['update'], p['thread']) for p in told(d, 'c')], [(3, '')],
         'what comes next is')

# ---- the tree to another host ----
d.close()
d = Desk(number=42, members=1)
COPY = '''#!/bin/sh
echo run >> %s
[ ! -f %s ] || { echo "host is down" >&2; exit 12; }
mkdir -p %s && cp -r %s/. %s/
''' % (d.path('runs'), d.path('down'), d.path('copy'),
       d.path('state/public'), d.path('copy'))
d.write('copy.sh', COPY)
with open(d.path('sitrep.conf'), 'a') as f:
    f.write('publish = "|sh %s"\n' % d.path('copy.sh'))


def runs():
    try:
        return len(d.read('runs').split())
    except FileNotFoundError:
        return 0


def same():
    return subprocess.run(['diff', '-r', d.path('state/public'),
                           d.path('copy')], capture_output=True).returncode


d.run('page', check=True)
d.run('page', check=True)
d.run('send', check=True)
tap.same((runs(), same()), (1, 0), 'the tree is brought there, once')
d.run('send', check=True)
d.run('page', check=True)
d.run('send', check=True)
tap.same(runs(), 1, 'and not again without a change')
d.posted()
d.run('page', check=True)
publish(d, 'draft identified\n\nFound.\n', '2026-03-04 14:30')
before = runs()
d.run('page', check=True)
d.run('send', check=True)
tap.same((runs() - before, same()), (1, 0), 'two changes are one run')
d.write('down', '')
publish(d, 'draft monitoring\n\nFixed.\n', '2026-03-04 14:40')
d.run('page', check=True)
d.run('send', check=True)
queue = d.run('show', 'queue').stdout.decode()
tap.ok('publish fails since 2026-03-04T14:40:00Z' in queue and
       'ended with 12: host is down; next try ' in queue, 'show says so',
       queue)
tap.ok('publish' in json.loads(d.run('show', 'queue', '--json').stdout),
       'as JSON, too')
os.unlink(d.path('down'))
before = runs()
d.run('send', at='2026-03-04 14:40:10', check=True)
tap.same(runs(), before, 'it is not tried in a hurry')
d.run('send', at='2026-03-04 14:41', check=True)
tap.same((runs() - before, same()), (1, 0), 'then it is')
tap.ok('Nothing waits' in d.run('show', 'queue').stdout.decode(),
       'and all is well')
d.close()
tap.done()
