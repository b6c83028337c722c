#!/usr/bin/env python3
# A page writer that was killed leaves NAME.PID~ files behind; the next one
# clears them away, but not what another writer is at, nor what isn't ours.
import json
import os
import re
import shutil
import subprocess
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
from rig import TOP

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

# The mark of a run that didn't end: everything is written, and so seen to.
with open(desk.path('state', 'page.busy'), 'w'):
    pass
desk.run('page', check=True)
tap.same(left(stale), [], 'a killed run is cleared up after')
plant(event, 'index.html.%d~' % dead.pid)
desk.run('page', '--all', check=True)
tap.same(left(stale), [], 'page --all clears up, too')
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

# A mistake in a template: the last good pages stay, and somebody is told.
TEMPLATES = desk.path('templates')
shutil.copytree(os.path.join(TOP, 'templates'), TEMPLATES)
conf = desk.read('sitrep.conf')
desk.write('sitrep.conf', re.sub('(?m)^templates .*$',
                                 'templates = "%s"' % TEMPLATES, conf))
desk.run('page', check=True)
desk.tick()
mistakes = (('front.html', '{{brand}}', '{{brnad}}', 'no such value'),
            ('update.html', '{{/workaround}}', '',
             'another section is open: workaround'))
for name, old, new, says in mistakes:
    was = {p: desk.read(p) for p in ('state/public/index.html',
                                     'state/public/incident/2026/0042/'
                                     'index.html')}
    with open(os.path.join(TEMPLATES, 'site', name)) as f:
        good = f.read()
    with open(os.path.join(TEMPLATES, 'site', name), 'w') as f:
        f.write(good.replace(old, new, 1))
    line = good[:good.index(old)].count('\n') + 1
    desk.now += 60
    done = desk.run('page')
    said = done.stderr.decode()
    tap.ok(done.returncode == 1 and 'site/%s:' % name in said and
           says in said, '%s: what and where' % name, said)
    tap.same({p: desk.read(p) for p in was}, was, 'the last good pages stay')
    shown = desk.run('show').stdout.decode()
    tap.ok(shown.startswith('The pages stay as they were since ') and
           'site/%s:' % name in shown and 'sitrep check' in shown,
           'show says so', shown)
    tap.ok('site/%s:' % name in desk.run('show', 'queue').stdout.decode() and
           'site/%s:' % name in json.loads(
               desk.run('show', '--json').stdout)['pages'],
           'and of the queue, and as JSON')
    checked = desk.run('check').stdout.decode()
    tap.ok('site/%s:' % name in checked and says in checked and
           'mend that, or restore the file' in checked,
           'check names file, line, what is wrong and what to do', checked)
    desk.now += 60
    desk.run('page')
    mails = [m for m in desk.tick() if 'pages' in str(m['Subject'])]
    tap.ok(len(mails) == 1 and 'site/%s:' % name in text_of(mails[0]) and
           str(mails[0]['To']) == 'root@localhost',
           'the administrator is told once', [str(m) for m in mails])
    with open(os.path.join(TEMPLATES, 'site', name), 'w') as f:
        f.write(good)
    desk.now += 60
    desk.run('page', check=True)
    tap.ok('stay as they were' not in desk.run('show').stdout.decode() and
           'pages' not in json.loads(desk.run('show', '--json').stdout),
           'mended: all is well')
desk.close()
tap.done()
