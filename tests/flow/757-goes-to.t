#!/usr/bin/env python3
# What a preview says of where a post would go: people who are on several lists
# are counted once, on the list that they get it by; and so it comes.
import os
import re
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, Desk, say, text_of, to  # noqa: E402
from rig import Tap  # noqa: E402

tap = Tap()
KINDS = (('accounts', 'account'), ('staff', 'internal'),
         ('a-list-with-a-long-name', 'open'))


def add(name, *addresses):
    desk.run('list', name, 'import', '-', check=True,
             text=''.join(a + '\n' for a in addresses))


def draft(n):
    """The preview, and the line of it."""
    got = to(desk.mail(COMMS1, say(), 'draft identified\n\nStep %d.\n' % n,
                       subject='[INC-2026-0042] x', at=desk.now + 60),
             'comms1@example.net')
    flat = ' '.join(text_of(got).split())
    return got, re.search(r'Goes to: (.*?)(?: Reply with| --|$)',
                          flat).group(1)


def copies(preview):
    """What came of a yes, by list."""
    out = {}
    for m in desk.answer(preview, 'yes', sender=COMMS1, at=desk.now + 60):
        if m['Sitrep-Update']:
            name = re.search(r'<([\w-]+)\.', m['List-Id']).group(1)
            out[name] = out.get(name, 0) + 1
    return out


desk = Desk(members=5, number=42)
R = ['r%d@reseller%d.example' % (i, i) for i in range(1, 6)]
for name, kind in KINDS:
    desk.write('lists/%s.conf' % name, """list "%s" {
	from = "L <%s@status.example>"
	kind = "%s"
}
""" % (name, name, kind))
add('accounts', R[0], R[1].upper(), 'x@x.example')
add('staff', R[0], R[2], 's@s.example')
desk.opened()
got, line = draft(1)
tap.ok(line.startswith('accounts 3, a-list-with-a-long-name 0, '
                       'example-status 3, staff 1'),
       'each person once, by the list that goes first', line)
tap.ok(all(len(x) <= 60 for x in text_of(got).splitlines()
           if 'accounts' in x or 'staff' in x), 'in lines of their own width',
       text_of(got))
tap.same(copies(got), {'accounts': 3, 'example-status': 3, 'staff': 1},
         'and so it comes')

# Who left one of them gets it by the next.
desk.run('list', 'accounts', 'remove', R[1], check=True)
got, line = draft(2)
tap.ok(line.startswith('accounts 2, a-list-with-a-long-name 0, '
                       'example-status 4, staff 1'), 'who is off a list', line)
tap.same(copies(got), {'accounts': 2, 'example-status': 4, 'staff': 1},
         'comes by another')

# Who chose less there may get it here: it says so, and never too few.
desk.sql("UPDATE member SET topics = 'dns-hosting' WHERE address = ? AND "
         "list = 'accounts'", R[0])
got, line = draft(3)
tap.ok(line.startswith('accounts up to 2, a-list-with-a-long-name 0, '
                       'example-status up to 5, staff up to 2'),
       'who chose less is not asked one by one', line)
desk.close()
tap.done()
