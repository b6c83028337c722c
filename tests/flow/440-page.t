#!/usr/bin/env python3
# A page writer that was killed leaves NAME.PID~ files behind; the next one
# clears them away, but not what another writer is at, nor what isn't ours.
import os
import shutil
import subprocess
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=1, number=42)
desk.posted()
desk.run('page', check=True)
tree = desk.path('state', 'public')
event = os.path.join(tree, 'incident', '2026', '0042')
dead = subprocess.Popen(['true'])
dead.wait()
living = os.getpid()


def plant(folder, name):
    path = os.path.join(folder, name)
    with open(path, 'w') as f:
        f.write('half')
    return path


def left(paths):
    return [os.path.relpath(p, desk.path('state')) for p in paths
            if os.path.exists(p)]


stale = [plant(tree, 'index.html.%d~' % dead.pid),
         plant(tree, 'style.css.%d~' % dead.pid),
         plant(event, 'index.html.%d~' % dead.pid),
         plant(os.path.join(tree, 'archive'), '2026-03.mbox.%d~' % dead.pid),
         plant(desk.path('state'), 'page.mark.%d~' % dead.pid)]
kept = [plant(tree, name) for name in (
    'index.html.%d~' % living, 'notes.txt~', 'index.html.~', '.%d~' % dead.pid,
    'index.html.12x~', 'index.html.0~', 'index.html.99999999999999999999~',
    'index.html.%d' % dead.pid, 'index.html.-%d~' % dead.pid)]
os.mkdir(os.path.join(tree, 'folder.%d~' % dead.pid))
kept.append(os.path.join(tree, 'folder.%d~' % dead.pid))

# Nothing was posted since: what is open, the front page and the mark only.
desk.run('page', check=True)
tap.same(left(stale), ['public/archive/2026-03.mbox.%d~' % dead.pid],
         'cleared where something is written')
desk.run('page', '--all', check=True)
tap.same(left(stale), [], 'page --all clears everywhere')
tap.same([p for p in kept if not os.path.exists(p)], [],
         'everything else stays')

# What --all couldn't do is done by the next run, whichever that is.
shutil.rmtree(os.path.join(tree, 'archive'))
plant(tree, 'archive')
tap.same(desk.run('page', '--all').returncode, 1, 'a month can\'t be written')
os.remove(os.path.join(tree, 'archive'))
desk.run('page', check=True)
tap.ok(os.path.exists(os.path.join(tree, 'archive', '2026-03.mbox')),
       'the next run makes up for it')
desk.close()
tap.done()
