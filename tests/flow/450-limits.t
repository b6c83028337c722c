#!/usr/bin/env python3
# Limits of a mail that the configuration sets hold where they count.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
import rig

tap = Tap()


def desk_with(*lines):
    return Desk(members=1, number=42, extra='\n'.join(lines) + '\n')


def verdicts(desk):
    return [v for v, in desk.sql('SELECT verdict FROM handled JOIN message '
                                 "ON message_id = id WHERE source != 'command'"
                                 ' ORDER BY id')]


desk = desk_with('max_headers = 100', 'max_parts = 10', 'max_text = 4K',
                 'max_block_lines = 20', 'max_markdown = 2K')
raw = desk.compose(NOC1, IN, 'cluster b is down\n', 'x')
desk.deliver(b'X-A: b\n' * 101 + raw, IN, 'noc1@example.net')
tap.same(verdicts(desk), ['limits:headers'], 'more headers than max_headers')
many = ('Content-Type: multipart/mixed; boundary=q\n\n' +
        '--q\n\nx\n' * 11 + '--q--\n').encode()
head = raw.split(b'\n\n')[0]
head = b'\n'.join(x for x in head.split(b'\n')
                  if not x.lower().startswith((b'content-', b'mime-')))
desk.deliver(head + b'\nMIME-Version: 1.0\n' + many, IN, 'noc1@example.net')
tap.same(verdicts(desk)[1:], ['limits:parts'], 'more parts than max_parts')
desk.out()
got = desk.opened('cluster b: half of the logins time out\n' + 'x' * 70 +
                  ('\n' + 'y' * 70) * 80)
tap.ok('E33' in str(to(got, 'noc1@example.net')['Sitrep-Result']),
       'text over max_text is told', to(got, 'noc1@example.net'))
notes = desk.show('INC-2026-0042')['notes']
tap.ok(len(notes[0]['text']) <= 4096, 'and cut', len(notes[0]['text']))
got = desk.mail(NOC1, say(), 'Severity: 2\n' * 21 + '\ntext\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:07')
tap.ok('E33' in str(to(got, 'noc1@example.net')['Sitrep-Result']),
       'a block over max_block_lines is told', to(got, 'noc1@example.net'))
desk.mail(COMMS1, say(), 'draft investigating\n\n' + '**bold** word\n' * 160,
          subject='[INC-2026-0042] draft', at='2026-03-04 14:08')
text = text_of(desk.letters[-1]) + ''.join(text_of(m) for m in desk.letters[-3:])
tap.ok('**bold**' in text, 'over max_markdown it is plain text', text[:500])
desk.close()

desk = Desk(members=1, number=42)
desk.write('more.conf', desk.read('sitrep.conf') + '\nmax_headers = 9999\n')
done = desk.run('-c', desk.path('more.conf'), 'show')
tap.ok(done.returncode != 0 and b'from 100 to 1000' in done.stderr,
       'a value out of its range is refused with the range', done)
desk.close()
tap.done()
