#!/usr/bin/env python3
"""/calendar.ics: a calendar from the first day on, with nothing in it before
there are maintenances, at which no reader may stumble; and where it is found.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403

tap = Tap()
desk = Desk(members=1, number=42)
PUBLIC = desk.path('state', 'public')


def read(name):
    with open(os.path.join(PUBLIC, name), 'rb') as f:
        return f.read()


def components(data):
    """RFC 5545 as a tree: (name, [(property, value)], [component])."""
    text = data.decode('utf-8')
    assert text.endswith('\r\n') and '\n' not in text.replace('\r\n', '')
    lines = []
    for line in text.split('\r\n')[:-1]:
        assert len(line.encode()) <= 75, line
        if line.startswith(' '):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    stack = [('', [], [])]
    for line in lines:
        name, _, value = line.partition(':')
        if name == 'BEGIN':
            stack.append((value, [], []))
        elif name == 'END':
            done = stack.pop()
            assert done[0] == value, line
            stack[-1][2].append(done)
        else:
            stack[-1][1].append((name, value))
    assert len(stack) == 1 and not stack[0][1], stack
    return stack[0][2]


desk.run('page', check=True)
first = read('calendar.ics')
tree = components(first)
tap.same([c[0] for c in tree], ['VCALENDAR'], 'one calendar')
name, properties, inner = tree[0]
of = dict(properties)
tap.ok(len(of) == len(properties), 'each property once', properties)
tap.same((of.get('VERSION'), bool(of.get('PRODID'))), ('2.0', True),
         'with what it must have')
tap.ok(len(inner) >= 1, 'and a component, which RFC 5545 asks for', inner)
tap.same([c for c in inner if c[0] == 'VEVENT'], [], 'no maintenance yet')

desk.posted()
desk.run('page', check=True)
tap.same(read('calendar.ics'), first, 'an incident is not in it')
for page in ('index.html', 'incident/2026/0042/index.html',
             'component/email-b/index.html', 'history/index.html'):
    text = read(page).decode()
    up = '../' * page.count('/')
    tap.ok('type="text/calendar"' in text and
           'href="%scalendar.ics"' % up in text, 'found from ' + page, text)
tap.ok('<a href="calendar.ics">' in read('index.html').decode(),
       'and offered to people')
tap.done()
