#!/usr/bin/env python3
# What is asked of the store takes as long as what is open, waiting or recent,
# however much it has kept: no statement of a usual day looks at all of a table
# that grows for ever.
import glob
import os
import re
import sqlite3
import subprocess
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

GROWS = {'message', 'repeat', 'handled', 'event', 'note', 'draft', 'post',
         'timer', 'question', 'letter', 'told', 'climb', 'room', 'action'}
# On purpose: the last rows; what is newer than what was seen; what is pending,
# by a partial index.
MAY = (r'FROM post NOT INDEXED WHERE posted < .* ORDER BY id DESC LIMIT 1',
       r'SELECT hash FROM post ORDER BY id DESC LIMIT 1',
       r'FROM post .*ORDER BY post\.id DESC LIMIT ',
       r'FROM post .*WHERE (post\.)?id > \?1\b',
       r'SELECT DISTINCT event_id FROM post NOT INDEXED WHERE id > ',
       r'USING (COVERING )?INDEX (timer_due|letter_waiting|post_redacted)\b')
tap = Tap()
if os.environ.get('SITREP_SANITIZED'):
    tap.skip('a sanitizer wants to be loaded first')
    tap.done()
    sys.exit()

desk = Desk(members=3, number=42)
shim, log = desk.path('sqlshim.so'), desk.path('sql.log')
subprocess.run([os.environ.get('CC', 'cc'), '-shared', '-fPIC', '-O2', '-o',
                shim, os.path.join(os.path.dirname(__file__), '..', 'lib',
                                   'sqlshim.c'), '-ldl'], check=True)
os.environ.update(LD_PRELOAD=shim, SQLSHIM=log)

# A day: one incident with everything, another nobody takes.
desk.posted()
desk.mail(COMMS1, say(), 'escalate L2\n', subject='[INC-2026-0042] x',
          at=desk.now + 60)
desk.mail(LEAD, say(), 'war-room open noc1, comms1\n', at=desk.now + 60,
          subject='[INC-2026-0042] x')
desk.mail(NOC1, IN, 'Action: look at it @noc1 by Friday\n', at=desk.now + 60,
          subject='[INC-2026-0042] x')
desk.mail('X <x@else.example>', IN, 'is it down?\n', at=desk.now + 60)
desk.mail(NOC1, say(), 'who\n', subject='[INC-2026-0042] x', at=desk.now + 60)
desk.mail(NOC1, IN, 'list\n', subject='list', at=desk.now + 60)
desk.mail(NOC1, IN, 'status\n', subject='[INC-2026-0042] x', at=desk.now + 60)
desk.opened(subject='Sev1 webmail: gone', at=desk.now + 60)
for n in range(8):
    desk.tick(at=desk.now + 600)
got = desk.mail(COMMS1, say(), 'draft resolved\n\nIt is over.\n',
                subject='[INC-2026-0042] x', at=desk.now + 60)
desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
            at=desk.now + 60)
desk.tick(at=desk.now + 8 * 86400)
desk.run('page', check=True)
desk.show('INC-2026-0042')
for what in (['rota'], ['queue'], ['promises'], ['open']):
    desk.run('show', *what)
del os.environ['LD_PRELOAD'], os.environ['SQLSHIM']

with open(log, errors='replace') as f:
    asked = sorted({line.strip() for line in f} - {''})

def plan(sql, values):
    """Of the store, or of what `page` keeps beside it."""
    try:
        return desk.sql('EXPLAIN QUERY PLAN ' + sql, *[1] * values)
    except sqlite3.OperationalError:
        pass
    for name in ['tree.db'] + glob.glob('web/search*',
                                        root_dir=desk.path('state')):
        db = sqlite3.connect(desk.path('state', name))
        try:
            return db.execute('EXPLAIN QUERY PLAN ' + sql,
                              [1] * values).fetchall()
        except sqlite3.OperationalError:
            pass
        finally:
            db.close()
    raise LookupError('no store has what this asks for: ' + sql)


asked = [s for s in asked
         if re.match(r'(SELECT|UPDATE|DELETE|INSERT|WITH)\b', s)]
tap.ok(len(asked) > 70, '%d statements were tried' % len(asked))
bad = []
for sql in asked:
    values = max([int(n) for n in re.findall(r'\?(\d+)', sql)] or [0]) or \
        sql.count('?')
    for row in plan(sql, values):
        step = row[3]
        m = re.match(r'SCAN (\w+)', step) or re.match(
            r'SEARCH (\w+) USING INTEGER PRIMARY KEY \(rowid[<>]', step)
        if m is None or any(re.search(p, w) for p in MAY for w in (sql, step)):
            continue
        table = re.search(r'\b(?:FROM|JOIN|UPDATE) (\w+) (?:AS )?%s\b' %
                          m.group(1), sql)
        if (table.group(1) if table else m.group(1)) in GROWS:
            bad.append('%s: %s' % (step, sql))
tap.ok(not bad, 'none of them looks at a whole table that grows',
       '\n'.join(bad))
desk.close()
tap.done()
