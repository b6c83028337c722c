#!/usr/bin/env python3
"""The JSON that aggregators read: every path has the shape that the
specification gives it, and says what the store says.

Each path has a golden file in tests/golden/api; GOLDEN=1 writes them anew.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
import statuspage  # noqa: E402

GOLDEN = os.path.join(os.path.dirname(__file__), '..', 'golden', 'api')
tap = Tap()
HOSTILE = 'a & b ]]> "x"'


def read(desk, path):
    with open(desk.path('state', 'public', 'api', 'v2', path + '.json')) as f:
        return json.load(f)


def look(desk, when):
    """Shapes of all paths; the documents."""
    desk.run('page', check=True)
    have, bad = {}, []
    for path in statuspage.PATHS:
        have[path] = read(desk, path)
        bad += ['%s%s' % (path, s) for s in
                statuspage.check(path, have[path])]
    tap.ok(not bad, '%s: every path has its shape' % when, '\n'.join(bad))
    return have


# The check itself finds what it is for.
GOOD = {'page': {'id': 'abcdefghijkl', 'name': 'x', 'url': 'https://x/',
                 'time_zone': 'UTC', 'updated_at': '2026-03-04T14:00:00.000Z'},
        'status': {'indicator': 'none', 'description': 'x'}}
tap.same(statuspage.check('status', GOOD), [], 'what is right is right')
for key, value in (('indicator', 'bad'), ('description', None)):
    tap.ok(statuspage.check('status', {**GOOD, 'status': {
        **GOOD['status'], key: value}}), 'a wrong %s is found' % key)
tap.ok(statuspage.check('status', {'page': GOOD['page']}),
       'and what is missing')

# ---- nothing was ever posted ----
desk = Desk(members=1, number=42)
empty = look(desk, 'empty')
tap.same((empty['status']['status'], empty['incidents']['incidents']),
         ({'indicator': 'none', 'description': 'All systems operational'},
          []), 'all is well, and nothing was')
tap.same([c['name'] for c in empty['components']['components']],
         ['Email', 'Email Cluster A', 'Email Cluster B', 'Webmail',
          'DNS Hosting', 'Registrar API'],
         'services in their order, a group before its members')

# ---- an incident, from its first post to its end ----
desk.posted()
first = look(desk, 'open')
one = first['summary']['incidents'][0]
tap.same((one['x_number'], one['status'], one['impact'], one['resolved_at'],
          one['created_at']),
         ('INC-2026-0042', 'investigating', 'major', None,
          '2026-03-04T14:12:00.000Z'), 'it is in the summary')
tap.same(first['summary']['status'],
         {'indicator': 'major',
          'description': 'Partial outage – 1 of 5 services affected'},
         'which says how bad it is')
levels = {c['name']: c['status'] for c in first['components']['components']}
tap.same((levels['Email'], levels['Email Cluster B'], levels['Webmail']),
         ('partial_outage', 'partial_outage', 'operational'),
         'the service and its group are hurt, the others are not')
tap.same(one['incident_updates'][0]['affected_components'],
         [{'code': one['components'][0]['id'],
           'name': 'Email - Email Cluster B', 'old_status': 'operational',
           'new_status': 'partial_outage'}], 'with what changed')

letter = to(desk.mail(COMMS1, say(), 'Correct: 1\nReason: a word\n\n'
                      'We are looking into *it* %s.\n' % HOSTILE,
                      subject='[INC-2026-0042] x', at='2026-03-04 14:20:00'),
            'comms1@example.net')
desk.answer(letter, 'yes', sender=COMMS1, at='2026-03-04 14:21:00')
letter = to(desk.mail(COMMS1, say(), 'resolved\n\nIt works again.\n',
                      subject='[INC-2026-0042] x', at='2026-03-04 15:00:00'),
            'comms1@example.net')
desk.answer(letter, 'yes', sender=COMMS1, at='2026-03-04 15:02:00')
over = look(desk, 'over')
two = over['incidents']['incidents'][0]
tap.same((over['summary']['incidents'], over['status']['status']['indicator'],
          over['incidents/unresolved']['incidents']), ([], 'none', []),
         'what is over is no longer unresolved')
tap.same((two['id'], two['status'], two['impact'], two['resolved_at']),
         (one['id'], 'resolved', 'major', '2026-03-04T15:02:00.000Z'),
         'but kept under its id, with its worst impact')
tap.same([u['status'] for u in two['incident_updates']],
         ['resolved', 'investigating'], 'updates are newest first')
old, new = one['incident_updates'][0], two['incident_updates'][1]
tap.same((new['id'], new['created_at'], new['x_revision'],
          new['x_corrected'], new['updated_at']),
         (old['id'], old['created_at'], 2, True, '2026-03-04T14:21:00.000Z'),
         'a correction keeps id and time, and says that it is one')
tap.same(new['body'], 'We are looking into *it* %s.' % HOSTILE,
         'the text is as it was written')
tap.same(two['incident_updates'][0]['affected_components'][0]['old_status'],
         'partial_outage', 'the last update says what it was before')

def sealed(x):
    """Without hashes, which hold a secret of this store; each must be one."""
    if isinstance(x, list):
        return [sealed(y) for y in x]
    if not isinstance(x, dict):
        return x
    return {k: bool(re.fullmatch('[0-9a-f]{64}', v)) if k == 'x_hash' else
            sealed(v) for k, v in x.items()}


for path, document in over.items():
    document = sealed(document)
    name = os.path.join(GOLDEN, path.replace('/', '-') + '.json')
    if os.environ.get('GOLDEN'):
        os.makedirs(GOLDEN, exist_ok=True)
        with open(name, 'w') as f:
            json.dump(document, f, indent=1, ensure_ascii=False)
            f.write('\n')
    with open(name) as f:
        tap.same(document, json.load(f), 'golden: ' + path)
desk.close()
tap.done()
