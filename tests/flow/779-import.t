#!/usr/bin/env python3
"""The history of another page is taken over: from Statuspage's JSON and from
lines of JSON; what can't be taken is named, and nothing is mailed.  490 real
incidents come out as they went in.  CHECK_LONG: each of them is compared.
"""
import glob
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import SHARED, epoch  # noqa: E402

tap = Tap()
LONG = os.environ.get('CHECK_LONG')
CORPUS = sorted(glob.glob(os.path.join(
    SHARED, 'corpora', 'noc-incidents-github', 'gh-*.json')))


def run(d, form, data, *options, at=None):
    d.write('file', data if isinstance(data, str) else json.dumps(data))
    done = d.run('import', *options, form, d.path('file'), at=at)
    return done.returncode, (done.stdout + done.stderr).decode()


def line(**change):
    one = {'title': 'Mail is *slow*', 'impact': 'major',
           'components': ['email-b', 'Webmail'], 'address': '/incidents/a1',
           'started': '2026-02-03T14:02:00Z', 'ended': '2026-02-03T15:00:00Z',
           'updates': [
               {'at': '2026-02-03T14:05:00Z', 'status': 'Investigating',
                'text': 'We look into <b>it</b>.'},
               {'at': '2026-02-03T15:00:10Z', 'status': 'Resolved',
                'text': 'It works.'}]}
    one.update(change)
    return json.dumps(one) + '\n'


def public(d, *path):
    return d.read('state', 'public', *path)


# -- lines of JSON ------------------------------------------------------------------

d = Desk(members=3, at='2026-03-04 10:00')
bad = (line() + '\n' + line(impact='huge') + '{"title": \n' +
       line(components=['email-b', 'Fax']) +
       line(updates=[{'at': 'yesterday', 'status': 'lost', 'text': ''}]) +
       line(updates=[]) +
       line(updates=[{'at': '2026-02-03T14:05:00Z', 'status': 'identified',
                      'text': 'x'}]) + line(title='') +
       line(started='2026-02-04T00:00:00Z'))
code, said = run(d, 'history', bad)
for says in ('line 3: impact huge: it is none, minor, major or critical',
             "line 4: line 1 isn't JSON", 'line 5: component "Fax" isn\'t '
             'configured: add it', 'line 6: "at": yesterday is no time: write',
             'line 6: status lost: it is investigating',
             'line 6: an update has no text', 'line 7: it has no updates',
             "line 8: it isn't resolved", 'line 9: it has no title',
             'line 10: it ended before it started', 'nothing was imported'):
    tap.ok(code == 1 and says in said, 'refused: ' + says, said)
tap.ok('line 1:' not in said.replace('line 4: line 1', ''),
       'and what is good is not named')
tap.same(d.sql('SELECT count(*) FROM event'), [(0,)], 'nothing was taken')
for args in (('import',), ('import', 'wordpress', 'x'),
             ('import', 'history')):
    tap.same(d.run(*args).returncode, 64, 'usage: ' + ' '.join(args))
code, said = run(d, 'history', '')
tap.ok(code == 1 and 'holds no incident' in said, 'an empty file', said)
code, said = run(d, 'statuspage', '{}')
tap.ok(code == 1 and 'no "incidents"' in said, 'another JSON', said)

two = line() + line(title='DNS', components=[], impact='none', address='',
                    updates=[{'at': '2026-02-03T14:30:00Z',
                              'status': 'resolved', 'text': 'It was over.'}])
code, said = run(d, 'history', two, '--dry-run')
tap.ok(code == 0 and '2 incidents with 3 updates' in said and
       'nothing was done' in said and
       d.sql('SELECT count(*) FROM event') == [(0,)], 'a dry run', said)
code, said = run(d, 'history', two)
tap.ok(code == 0 and '"/incidents/a1 /incident/2026/0001/",' in said,
       'imported, with its old address', said)
tap.ok(d.out() == [] and d.sql('SELECT count(*) FROM letter') == [(0,)] and
       d.sql('SELECT count(*) FROM timer') == [(0,)],
       'no mail comes of it, no clock runs')
d.run('page', check=True)
html = public(d, 'incident', '2026', '0001', 'index.html')
tap.ok('Mail is *slow*' in html and 'We look into' in html and '<b>it' not in
       html and '3 Feb 2026' in html, 'its page', html)
service = public(d, 'component', 'email-b', 'index.html')
tap.ok('55 min' in service or '58 min' in service, 'its service was hurt',
       service)
tap.ok('Mail is *slow*' in public(d, 'history', '2026', '02', 'index.html'),
       'its month')
tap.ok(d.run('verify').returncode == 0 and
       d.run('verify', d.path('state', 'public')).returncode == 0,
       'the chain goes through it')
code, said = run(d, 'history', line())
tap.ok(code == 1 and 'in the order of time' in said and 'empty store' in said,
       'not a second time', said)
conf = d.read('sitrep.conf')
d.write('sitrep.conf', conf + '\nmoved = { "/incidents/a1 '
        '/incident/2026/0001/" }\n')
d.run('page', check=True)
tap.ok('incident/2026/0001/' in public(d, 'incidents', 'a1', 'index.html'),
       'the old address leads to the new one')

# It is in the journal, as it stood in the file.
before = {n: public(d, n) for n in ('index.html', 'chain/2026-02.txt',
                                    'api/v2/incidents.json')}
os.rename(d.path('state'), d.path('old'))
done = d.run('replay', d.path('old'))
tap.ok(done.returncode == 0, 'it can be replayed', done.stderr.decode())
d.run('page', '--all', check=True)
tap.ok(before == {n: public(d, n) for n in before}, 'to the same pages')
d.opened(at='2026-03-04 14:00')
tap.ok('INC-2026-0003' in str(d.letters[-1]['Subject']),
       'numbers go on from there')
d.close()

# -- Statuspage's own ----------------------------------------------------------------

d = Desk(members=1, at='2026-03-04 10:00')
page = {'page': {'id': 'x'}, 'incidents': [
    {'id': 'k1', 'name': 'Logins fail', 'impact': 'critical',
     'shortlink': 'https://stspg.io/k1',
     'started_at': '2026-01-05T09:58:00.000Z', 'resolved_at':
     '2026-01-05T11:00:00.000Z', 'components': [{'name': 'Webmail'}],
     'incident_updates': [
         {'status': 'resolved', 'body': 'Over.', 'display_at':
          '2026-01-05T11:00:00.000Z', 'affected_components': [
              {'name': 'Webmail', 'new_status': 'operational'}]},
         {'status': 'investigating', 'body': 'We look.', 'created_at':
          '2026-01-05T10:00:00.123Z', 'display_at': None,
          'affected_components': [{'name': 'Webmail', 'new_status':
                                   'partial_outage'}]}]}]}
code, said = run(d, 'statuspage', page)
tap.ok(code == 0 and '"/k1 /incident/2026/0001/"' in said,
       'the newest first is put in order', said)
d.run('page', check=True)
now = json.loads(public(d, 'api', 'v2', 'incidents.json'))['incidents'][0]
was = page['incidents'][0]
tap.ok((now['name'], now['impact'], now['started_at'], now['resolved_at']) ==
       (was['name'], was['impact'], was['started_at'], was['resolved_at']) and
       [u['status'] for u in now['incident_updates']] ==
       ['resolved', 'investigating'], 'it comes out as it went in',
       json.dumps(now))
page['incidents'][0]['incident_updates'][0]['status'] = 'in_progress'
code, said = run(d, 'statuspage', page)
tap.ok(code == 1 and 'incident 1 (k1): status in_progress' in said,
       'a fault names the incident', said)
d.close()

# -- 490 real ones --------------------------------------------------------------------

if not CORPUS:
    tap.skip('no ../shared/corpora/noc-incidents-github')
    tap.done()


def converted(path):
    with open(path) as f:
        i = json.load(f)
    said = 'investigating'
    for u in sorted(i['updates'], key=lambda u: u['at']):
        # "Update" says that the state is what it was.
        said = u['status'] = said if u['status'] == 'Update' else \
            u['status'].lower()
    return {'title': i['title'], 'impact': i.get('impact') or 'none',
            'components': i.get('components') or [], 'started': i.get('started_at'),
            'ended': i.get('resolved_at'), 'updates': [
                {'at': u['at'], 'status': u['status'],
                 'text': u['message']} for u in i['updates']]}


def ms(t):
    return t[:-1] + '.000Z'


# What was planned is a maintenance; the rest are incidents.
all = [i for i in map(converted, CORPUS) if i['impact'] != 'maintenance']
planned = [i for i in map(converted, CORPUS) if i['impact'] == 'maintenance']
tap.ok(len(all) >= 478 and len(all) + len(planned) == len(CORPUS) and
       {i['updates'][-1]['status'] for i in all} == {'resolved'},
       '%d incidents and %d maintenances' % (len(all), len(planned)))
names = sorted({c for i in all for c in i['components']})
extra = ''.join('component "c%d" { name = "%s" }\n' % (n, c.replace('"', ''))
                for n, c in enumerate(names))
d = Desk(members=1, at='2026-12-01 10:00', extra=extra)
code, said = run(d, 'history', ''.join(json.dumps(i) + '\n'
                                       for i in planned))
tap.ok(code == 1 and 'line 1: status scheduled: it is ' in said and
       'nothing was imported' in said and
       d.sql('SELECT count(*) FROM event') == [(0,)],
       'a maintenance is no incident', said[-2000:])
code, said = run(d, 'history', ''.join(json.dumps(i) + '\n' for i in all))
tap.ok(code == 0 and '%d incidents' % len(all) in said,
       '%d of %d histories are taken' % (len(all), len(CORPUS)), said[-3000:])
rows = d.sql("SELECT year, number, title, started FROM event ORDER BY id")
first = sorted(all, key=lambda i: (min(u['at'] for u in i['updates']),
                                   i['title']))
bad = []
for n, (i, row) in enumerate(zip(first, rows)):
    if not LONG and n % 20:
        continue
    e = d.show('INC-%04d-%04d' % row[:2])
    have = {'title': e['event']['title'], 'started': e['event']['started'],
            'ended': e['event']['ended'], 'state': e['event']['state'],
            'updates': [{'at': u['posted'], 'status': u['state'],
                         'text': u['text']} for u in e['updates']]}
    want = {'title': ' '.join(i['title'].split()), 'started': i['started'],
            'ended': i['ended'], 'state': 'resolved', 'updates': sorted(i['updates'], key=lambda u: u['at'])}
    peak = {u['impact'] for u in e['updates']}
    if i['impact'] not in peak or json.dumps(have, sort_keys=True) != \
            json.dumps(want, sort_keys=True):
        bad.append('%s %s\n%s' % (i['impact'], json.dumps(want),
                                  json.dumps(have)))
tap.ok(len(rows) == len(all) and not bad, 'they come out as they went in',
       '\n'.join(bad)[:3000])
tap.ok(d.run('verify').returncode == 0, 'the chain goes through them')

# The newest 50 as aggregators read them.
d.run('page', check=True)
have = json.loads(public(d, 'api', 'v2', 'incidents.json'))['incidents']
newest = sorted(first, key=lambda i: i['updates'][0]['at'])[-50:]
bad = []
for h, i in zip(have, reversed(newest)):
    got = [h['name'], h['status'], h['impact'], h['started_at'],
           h['resolved_at'], [
               [u['created_at'], u['display_at'], u['status'], u['body']]
               for u in reversed(h['incident_updates'])]]
    want = [' '.join(i['title'].split()), 'resolved', i['impact'],
            ms(i['started']), ms(i['ended']), [
                [ms(u['at']), ms(u['at']), u['status'], u['text']]
                for u in i['updates']]]
    if got != want:
        bad.append('%s\n%s' % (json.dumps(want), json.dumps(got)))
tap.ok(len(have) == 50 and not bad, 'the newest 50 as JSON, too',
       (len(have), '\n'.join(bad)[:3000]))
d.close()
tap.done()
