#!/usr/bin/env python3
"""Feeds: every update is an entry of its own, under an id that stays; a
correction keeps id and time; the archive's pieces hold all of them, once each,
and stay as they are.  Checked against a grammar of ours by xmllint.
"""
import glob
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import epoch  # noqa: E402
import many  # noqa: E402

A = '{http://www.w3.org/2005/Atom}'
RNG = os.path.join(os.path.dirname(__file__), '..', 'lib', 'atom.rng')
tap = Tap()
desk = Desk(members=1, number=42)
PUBLIC = desk.path('state', 'public')


def feed(name):
    return ET.parse(os.path.join(PUBLIC, name)).getroot()


def entries(root):
    return [{k: e.findtext(A + k) for k in ('id', 'title', 'published',
                                            'updated', 'content')}
            for e in root.iter(A + 'entry')]


def link(root, rel):
    for e in root.findall(A + 'link'):
        if e.get('rel') == rel:
            return e.get('href').replace('https://status.example/', '')
    return None


def valid(when):
    names = sorted(glob.glob(PUBLIC + '/**/*.atom', recursive=True))
    if not shutil.which('xmllint'):
        tap.skip('xmllint is not installed')
        return names
    done = subprocess.run(['xmllint', '--noout', '--relaxng', RNG, *names],
                          capture_output=True, text=True)
    tap.ok(done.returncode == 0, '%s: all of %d feeds are well formed' % (
        when, len(names)), done.stderr)
    return names


# ---- from nothing to a correction ----
desk.run('page', check=True)
names = valid('empty')
tap.same(len(names), 7, 'two feeds, and one for each service')
tap.same(entries(feed('feed/updates.atom')), [], 'nothing was said yet')

desk.posted()
desk.run('page', check=True)
valid('one post')
one = entries(feed('feed/updates.atom'))
tap.same([(e['id'], e['published'], e['updated']) for e in one],
         [('tag:status.example,2026:inc-2026-0042/u1',
           '2026-03-04T14:12:00Z', '2026-03-04T14:12:00Z')], 'it is an entry')
tap.same(entries(feed('component/email-b/feed.atom'))[0]['id'], one[0]['id'],
         'of the service too')
tap.same(entries(feed('component/webmail/feed.atom')), [],
         'and of no other')
tap.same(entries(feed('feed/events.atom'))[0]['id'],
         'tag:status.example,2026:inc-2026-0042', 'the event is one as well')

letter = to(desk.mail(COMMS1, say(), 'Correct: 1\nReason: a word\n\n'
                      'All of it & "more" is down.\n',
                      subject='[INC-2026-0042] x', at='2026-03-04 14:20:00'),
            'comms1@example.net')
desk.answer(letter, 'yes', sender=COMMS1, at='2026-03-04 14:21:00')
desk.run('page', check=True)
valid('a correction')
two = entries(feed('feed/updates.atom'))
tap.same([(e['id'], e['published'], e['updated']) for e in two],
         [(one[0]['id'], one[0]['published'], '2026-03-04T14:21:00Z')],
         'a correction keeps id and published, and renews updated')
tap.ok('All of it &amp; &quot;more&quot; is down.' in two[0]['content'] and
       'Corrected 14:21 UTC' in two[0]['content'], 'with the new text',
       two[0]['content'])
desk.close()

# ---- an archive ----
desk = Desk(members=1, number=42)
PUBLIC = desk.path('state', 'public')
many.fill(desk, 80, epoch('2026-03-04 10:00'), 40)  # 240 updates
desk.run('page', check=True)
valid('an archive')


def history(name):
    """What a reader that follows the archive gets, newest first."""
    have, at = {}, name
    while at:
        root = feed(at)
        for e in entries(root):
            if at == name or e['id'] not in have or \
                    not have[e['id']]['content']:
                have[e['id']] = e
        at = link(root, 'prev-archive')
    return have


posts = {'tag:status.example,%d:inc-%d-%04d/u%d' % (y, y, n, u)
         for y, n, u in desk.sql('SELECT year, number, u FROM post JOIN event '
                                 'ON event.id = event_id')}
got = history('feed/updates.atom')
tap.same((set(got), all(e['content'] for e in got.values())), (posts, True),
         'whoever follows the archive gets every update, in full')
current = feed('feed/updates.atom')
tap.ok(50 <= len(entries(current)) < 100, 'the current one has the newest',
       len(entries(current)))
tap.same([e['published'] for e in entries(current)], sorted(
    (e['published'] for e in entries(current)), reverse=True), 'newest first')
pieces = ['feed/updates/%d.atom' % n for n in range(1, 5)]
held = [e['id'] for p in pieces for e in entries(feed(p))]
tap.same((len(held), len(set(held)), os.path.exists(
    os.path.join(PUBLIC, 'feed/updates/5.atom'))), (200, 200, False),
    'full pieces of 50, none twice')
tap.ok(all(link(feed(p), 'current') == 'feed/updates.atom' and
           feed(p).find('{http://purl.org/syndication/history/1.0}archive')
           is not None for p in pieces), 'each says what it is')
tap.same([(link(feed(p), 'prev-archive'), link(feed(p), 'next-archive'))
          for p in pieces],
         [(None, pieces[1]), (pieces[0], pieces[2]),
          (pieces[1], pieces[3]), (pieces[2], None)], 'linked both ways')


def read_all():
    out = {}
    for where, _, files in os.walk(PUBLIC):
        for name in files:
            with open(os.path.join(where, name), 'rb') as f:
                out[os.path.relpath(os.path.join(where, name), PUBLIC)] = \
                    f.read()
    return out


# Post by post, past the end of a piece: the same as all at once.
before = read_all()
desk.posted()
for n in range(12):
    letter = to(desk.mail(COMMS1, say(), 'identified\n\nStep %d.\n' % n,
                          subject='[INC-2026-0042] x',
                          at='2026-03-04 15:%02d:00' % (n * 2)),
                'comms1@example.net')
    desk.answer(letter, 'yes', sender=COMMS1,
                at='2026-03-04 15:%02d:30' % (n * 2))
    desk.run('page', check=True)
after = read_all()
tap.ok('feed/updates/5.atom' in after, 'a piece became full')
tap.same([p for p in pieces[:3] if before[p] != after[p]], [],
         'the others stay as they are')
tap.same(link(feed(pieces[3]), 'next-archive'), 'feed/updates/5.atom',
         'but that the last one knows of it')
desk.run('page', '--all', check=True)
whole = read_all()
tap.same(sorted(k for k in {**after, **whole}
                if after.get(k) != whole.get(k)), [],
         'page --all gives the same %d files' % len(whole))
os.remove(desk.path('state', 'tree.db'))
shutil.rmtree(PUBLIC)
desk.run('page', check=True)
again = read_all()
tap.same(sorted(k for k in {**again, **whole}
                if again.get(k) != whole.get(k)), [],
         'and so does a tree that is made from nothing')
desk.close()
tap.done()
