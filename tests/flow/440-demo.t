#!/usr/bin/env python3
# The demo as it is installed: beside nothing of its source.
import os
import re
import shutil
import subprocess
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import SITREP, TOP, Tap

tap = Tap()
top = tempfile.mkdtemp(prefix='t-demo.')
os.makedirs(top + '/usr/bin')
shutil.copy(SITREP, top + '/usr/bin/sitrep')
shutil.copytree(TOP + '/templates', top + '/usr/share/sitrep/templates')
done = subprocess.run([top + '/usr/bin/sitrep', 'demo', top + '/play'],
                      stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                      env={**os.environ, 'DEMO_ONCE': '1'}, timeout=300)
said = done.stdout.decode()
tap.same(done.returncode, 0, 'an installed demo runs')
tap.ok('"Yes" from a phone' in said and 'List-Unsubscribe' in said,
       'to its end', said + done.stderr.decode())
tap.ok(os.path.exists(top + '/play/state/public/incident/2026/0001/'
                      'index.html'), 'and leaves its pages')
told = re.search(r'The public tree: (\S+)', said)
tap.ok(told and os.path.isdir(told.group(1)), 'where it says', said[-600:])
tap.ok('web page' not in said, 'it names no address that nobody serves',
       said[-600:])
shutil.rmtree(top + '/usr/share')
done = subprocess.run([top + '/usr/bin/sitrep', 'demo', top + '/bare'],
                      stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                      timeout=60)
tap.same((done.returncode, done.stderr.count(b'\n')), (1, 1),
         'without templates it ends in one line')
shutil.rmtree(top)
tap.done()
