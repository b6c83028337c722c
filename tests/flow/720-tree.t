#!/usr/bin/env python3
"""The public tree: what a post touches and nothing else, however much there
was before; what another hand changed is put back; bars and uptime say what the
posts said.

With CHECK_LONG=1 against 100,000 past incidents, else against 1,000.
"""
import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import *  # noqa: E402,F403
from rig import epoch  # noqa: E402
from tree import files, public, timed, update, written  # noqa: E402
import many  # noqa: E402

LONG = os.environ.get('CHECK_LONG')
seals = []
MANY = 100000 if LONG else 1000
tap = Tap()


def page(desk, *more):
    """What was written, how long it took, and what it said; what seals the
    tree (chain/) is counted apart."""
    global seals
    wrote, took, said = written(desk, *more)
    seals = [p for p in wrote if p.startswith('chain/')]
    return [p for p in wrote if p not in seals], took, said


def read(desk, path):
    with open(public(desk, path), encoding='utf-8') as f:
        return f.read()


# ---- what a post touches, with few and with many before it ----
TOUCHED = sorted('''
api/v2/components.json api/v2/incidents.json api/v2/incidents/unresolved.json
api/v2/status.json api/v2/summary.json archive/2026-03.mbox
component/email-b/feed.atom component/email-b/index.html feed/events.atom
feed/updates.atom incident/2026/0042/index.html
incident/2026/0042/plain.txt index.html now.txt'''.split())
times = {}
for n in 100, MANY:
    desk = Desk(members=1, number=42)
    many.fill(desk, n, epoch('2026-03-04 10:00'), 3650)
    timed(desk)
    desk.posted()
    first = page(desk)
    tap.ok(len(first[0]) < 20 and 'badge/email-b.svg' in first[0],
           'after %d: the first post of an incident writes %d files' % (
               n, len(first[0])), first[0])
    best = None
    for k in range(5):
        update(desk, 'Step %d.' % k, '2026-03-04 14:%02d:00' % (20 + k),
               ('identified', 'monitoring')[k % 2])
        wrote, took, said = page(desk)
        best = min(took, best or took)
    times[n] = best
    tap.same((wrote, said), (TOUCHED, ''),
             'after %d: an update writes what it is in, and nothing else' % n)
    tap.ok(len(TOUCHED) + len(seals) < 20, 'fewer than 20 files with its seals',
           seals)
    wrote, _, said = page(desk)
    tap.same((wrote, said), ([], ''), 'and the second time nothing')
    big = {p: os.path.getsize(public(desk, p)) for p in (
        'index.html', 'api/v2/summary.json', 'feed/updates.atom',
        'feed/events.atom', 'component/email-b/feed.atom')}
    tap.ok(max(big.values()) < 100 * 1024, 'after %d: all below 100 kB' % n,
           big)
    if n == MANY:
        desk.close()
    else:
        few = desk
print('# an update takes %.3f s after 100, %.3f s after %d' % (
    times[100], times[MANY], MANY))

# ---- another hand ----
desk = few
for path in ('index.html', 'incident/2026/0042/index.html', 'now.txt',
             'archive/2026-03.mbox'):
    with open(public(desk, path), 'a') as f:
        f.write('All is well, believe me.\n')
os.remove(public(desk, 'api/v2/status.json'))
update(desk, 'One more.', '2026-03-04 14:40:00')
wrote, _, said = page(desk)
tap.same((wrote, sorted(re.findall(r'(?m)^\S+', said))),
         (TOUCHED, ['api/v2/status.json', 'archive/2026-03.mbox',
                    'incident/2026/0042/index.html', 'index.html',
                    'now.txt']),
         'what was changed is put back at the next write, and named')
tap.ok(not any('believe' in read(desk, p) for p in (
    'index.html', 'incident/2026/0042/index.html', 'now.txt',
    'archive/2026-03.mbox')), 'nothing of it is left')
# What isn't read again is as if it had been.
was = {p: read(desk, p) for p in files(desk)}
os.remove(desk.path('state', 'tree.db'))
shutil.rmtree(public(desk))
page(desk)
now = {p: read(desk, p) for p in files(desk)}
tap.same(sorted(p for p in was.keys() | now.keys()
                if was.get(p) != now.get(p)), [],
         'what updates made is what is made from nothing')
# A page that no post touches is looked at once a day.
old = sorted(p for p in files(desk) if p.startswith('incident/2020/'))[0]
with open(public(desk, old), 'a') as f:
    f.write('It never happened.\n')
tap.same(page(desk)[2], '', 'an old page is not looked at by every run')
desk.now = epoch('2026-03-05 00:01')
wrote, _, said = page(desk)
tap.ok(old in wrote and said.startswith(old + ' had been changed'),
       'but after midnight', said)
with open(public(desk, old), 'a') as f:
    f.write('It never happened.\n')
wrote, _, said = page(desk, '--all')
tap.same((wrote, said.split()[0]), ([old], old), 'and by page --all')

# A killed run leaves files that tree.db does not know: nobody is blamed.
shutil.copy(desk.path('state', 'tree.db'), desk.path('tree.kept'))
update(desk, 'The last.', '2026-03-05 00:10:00')
page(desk)
shutil.copy(desk.path('tree.kept'), desk.path('state', 'tree.db'))
with open(desk.path('state', 'page.busy'), 'w'):
    pass
wrote, _, said = page(desk)
tap.same((wrote, said, os.path.exists(desk.path('state', 'page.busy'))),
         ([], '', False), 'after a kill it is made again, silently')

# ---- what other settings show is shown everywhere ----
conf = desk.read('sitrep.conf')
desk.write('sitrep.conf', conf.replace('"Webmail"', '"Mail in the browser"'))
wrote, _, _ = page(desk)
tap.ok('component/webmail/index.html' in wrote and
       'Mail in the browser' in read(desk, 'component/webmail/index.html'),
       'a service that is called otherwise', wrote)
name = 'lists/example-status.conf'
desk.write(name, desk.read(name).replace('status@status.example',
                                         'news@status.example'))
wrote, _, _ = page(desk)
mails = [p for p in files(desk) if p.endswith('.mbox')]
tap.same([p for p in wrote if p.endswith('.mbox')], sorted(mails),
         'another sender: all archives')
tap.ok(all('status@status.example' not in read(desk, p) for p in mails),
       'of all mails in them')
desk.close()

# ---- old addresses ----
desk = Desk(members=1, number=42)
conf = desk.read('sitrep.conf')
desk.run('page', check=True)
for line, why in (('"/old"', 'like "/old/path /new/path"'),
                  ('"/../x /y"', 'no name begins with a dot'),
                  ('"/x http://evil.example/"', 'paths begin with /'),
                  ('"/incident/2026/0042/ /y"', 'of the tree itself'),
                  ('"/ /y"', 'of the tree itself'),
                  ('"/a /b", "/a /c"', 'stands twice')):
    desk.write('sitrep.conf', conf + 'moved = { %s }\n' % line)
    said = desk.run('page').stderr.decode()
    tap.ok('moved' in said and why in said, 'refused: ' + line, said)
desk.write('sitrep.conf', conf + 'moved = { "/status.php /history/", '
           '"/inc/7 /incident/2026/0007/", "/old.html /" }\n')
wrote = page(desk)[0]
tap.same(wrote, ['inc/7/index.html', 'old.html', 'status.php/index.html'], 'a page at each')
tap.ok('url=https://status.example/incident/2026/0007/"' in
       read(desk, 'inc/7/index.html'), 'that leads on',
       read(desk, 'inc/7/index.html'))
desk.close()

# ---- bars ----
desk = Desk(members=1, number=42)
desk.write('sitrep.conf', desk.read('sitrep.conf').replace(
    'name = "Webmail"', 'name = "Webmail"  since = "2026-02-03"').replace(
    'name = "Email Cluster B"',
    'name = "Email Cluster B"  since = "2025-01-01"'))
desk.posted('2026-03-04 14:12:00')
update(desk, 'It works again.', '2026-03-04 15:11:30', 'resolved')
desk.now = epoch('2026-03-06 09:00')
page(desk)


def bars(path, service):
    """Each day's class, the oldest first."""
    text = read(desk, path)
    svg = text[text.index('component/%s/"' % service):]
    svg = re.search('<svg.*?</svg>', svg, re.S).group(0)
    out = {}
    for kind, d in re.findall('class="(k.)" d="([^"]*)"', svg):
        for x in re.findall(r'M(\d+) ', d):
            out[int(x) // 10] = kind
    return [out.get(i) for i in range(90)], svg


have, svg = bars('index.html', 'email-b')
tap.same(have, ['k0'] * 87 + ['k3', 'k0', 'k0'], 'a day of trouble, two days '
         'ago')
tap.ok('4 Mar: Partial outage 1 h, INC-2026-0042' in svg,
       'with how long it took', svg)
tap.same(bars('index.html', 'webmail')[0], ['kx'] * 58 + ['k0'] * 32,
         'grey before the service existed')
tap.same(bars('index.html', 'dns-hosting')[0], ['kx'] * 87 + ['k0'] * 3,
         'and before anything was known')
# 0.3 of one hour of 89 days (today has just begun)
tap.ok('99.98 %' in read(desk, 'index.html'), 'the share of it',
       read(desk, 'index.html'))
tap.ok('<td>99.75 %</td><td>Partial outage 1 h</td>' in
       read(desk, 'component/email-b/index.html'), 'and of the month',
       read(desk, 'component/email-b/index.html'))

# ---- a month that is over ----
def march():
    """What the page of the service says of it."""
    return re.findall('>Mar 2026</th><td>(.*?)</td><td>(.*?)</td>',
                      read(desk, 'component/email-b/index.html'))


desk.close()
desk = Desk(members=1, number=42)
desk.posted()
seen = []
for desk.now in epoch('2026-04-01 09:00'), epoch('2026-04-02 09:00'):
    page(desk)
    seen += march()
tap.ok(len(seen) == 2 and seen[0] == seen[1] and '27 d' in seen[0][1],
       'one that lasts counts to its end, the next day too', seen)
preview = to(desk.mail(COMMS1, say(), 'resolve\nEnded: 2026-03-04 16:00 UTC'
                       '\n\nIt was over in March.\n',
                       subject='[INC-2026-0042] x', at='2026-04-02 10:00'),
             'comms1@example.net')
desk.answer(preview, 'yes', sender=COMMS1, at='2026-04-02 10:01')
page(desk)
tap.ok(len(march()) == 1 and march() != seen[:1] and
       march()[0][1] == 'Partial outage 1 h 48 min',
       'until its end turns out to be another', march())
tap.same(page(desk, '--all')[0], [], 'which is what is made from nothing')
desk.close()
tap.done()
