#!/usr/bin/env python3
# Changes of a list on the command line stand in the journal beside the mails:
# who, when, and who was added or removed; replayed, they give the same list.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
import rig

LIST = 'example-status'
ALL = ('SELECT address, status, lang, zone, format, joined, source, consented '
       'FROM member ORDER BY id')
tap, desk = Tap(), Desk(members=1)


def rows():
    return desk.sql("SELECT received, actor, CAST(raw AS TEXT) FROM message "
                    "WHERE source = 'command' ORDER BY id")


def entry(text):
    head, _, body = text.partition('\n\n')
    return dict(x.split(': ', 1) for x in head.split('\n')), body.split('\n')[:-1]


def line(address):
    return address + ',active' + ',' * 11 + 'by hand,2026-03-04T14:00:00Z'


def members():
    return desk.sql(ALL)


before = len(rows())
desk.run('list', LIST, 'add', 'a@x.example', 'B@x.example', 'nonsense',
         'a@X.example', at='2026-03-04 14:00')
got = rows()[before:]
tap.same([(t, entry(r)[0]['Change'], entry(r)[1]) for t, _, r in got],
         [(rig.epoch('2026-03-04 14:00'), 'add', [line('a@x.example')]),
          (rig.epoch('2026-03-04 14:00'), 'add', [line('B@x.example')])],
         'each that was added, and no other')
tap.ok(all(a for _, a, _ in got) and
       entry(got[0][2])[0]['List'] == LIST and
       entry(got[0][2])[0]['Time'] == '2026-03-04T14:00:00Z',
       'with list, time and login', got)
desk.run('list', LIST, 'remove', 'A@x.example', 'nobody@x.example',
         at='2026-03-04 14:01')
got = rows()[before + 2:]
tap.same([entry(r)[0]['Change'] for _, _, r in got], ['remove'],
         'who was removed')
tap.ok(entry(got[0][2])[1][0].startswith('a@x.example,'), 'by name', got)
desk.run('list', LIST, 'add', 'a@x.example')
tap.same(len(rows()), before + 3, 'who left isn\'t added, so isn\'t journalled')

CSV = ('address,language,timezone,format\n'
       'c@x.example,fr,Europe/Paris,TEXT\nb@x.example,de,,\n' +
       ''.join('m%d@x.example,,,\n' % i for i in range(60000)))
desk.run('list', LIST, 'import', '-', text=CSV, at='2026-03-04 14:02',
         check=True)
got = [entry(r)[1] for _, _, r in rows()[before + 3:]]
tap.ok(2 <= len(got) <= 6, 'an import is a few entries', len(got))
tap.same((got[0][0], sum(map(len, got))), (
    'c@x.example,active,fr,Europe/Paris,text,,,,,,,,standard input,'
    '2026-03-04T14:02:00Z', 60001), 'of those that were added')
desk.run('list', LIST, 'import', '-', text=CSV, check=True)
tap.same(len(rows()), before + 3 + len(got), 'the same again: none')
tap.same(desk.sql("SELECT count(*) FROM waiting"), [(0,)], 'nothing waits')
tap.same(desk.sql("SELECT DISTINCT verdict, result FROM handled"),
         [('done', 'ok')], 'all is done')

# What the journal says, said again to an empty store.
want, told = members(), rows()
other = Desk(members=1)
for t, _, raw in told[before:]:
    head, lines = entry(raw)
    at = '@%d' % t
    other.now = t
    if head['Change'] == 'add':
        other.run('list', head['List'], 'import', '-', check=True,
                  text=head['Columns'] + '\n' + '\n'.join(lines) + '\n')
    else:
        other.run('list', head['List'], 'remove', lines[0].split(',')[0],
                  check=True)
have = other.sql(ALL)
tap.ok(have == want, 'replayed it gives the same list',
       [x for x in zip(have, want) if x[0] != x[1]][:5])
other.close()
desk.close()
tap.done()
