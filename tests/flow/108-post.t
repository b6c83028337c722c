#!/usr/bin/env python3
# Inbound mail is dead: `sitrep post` on the server publishes after its
# preview, on a terminal by a typed yes, elsewhere by --yes only.
import os
import pty
import select
import subprocess
import sys
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
import rig

tap, desk = Tap(), Desk(members=2, number=42)
desk.opened()
TEXT = '''Incident: INC-2026-0042
publish investigating

We are looking into it.
'''

done = desk.run('post', '--as', 'comms1', text=TEXT, at='2026-03-04 14:10')
out = done.stdout.decode()
tap.same(done.returncode, 0, 'off a terminal: exit 0')
tap.ok('We are looking into it.' in out and
       'Subject: [Investigating] Email Cluster B' in out,
       'the preview is printed', out)
tap.ok('d1' in out and 'pending' in out, 'it says that the draft waits', out)
tap.same((desk.posts(), desk.show('INC-2026-0042')['drafts'][0]['status']),
         ([], 'pending'), 'the draft stays pending')

LONG = ('Die Anmeldung schlägt für etwa 5 € im Monat fehl = a sentence that '
        'is much longer than a line of quoted-printable can be.')
done = desk.run('post', '--as', 'comms1', at='2026-03-04 14:11',
                text=TEXT.replace('We are looking into it.', LONG))
out = done.stdout.decode()
tap.ok(LONG in ' '.join(out.split()) and '=\n' not in out and
       '=E2' not in out and '=_' not in out and '<p' not in out,
       'the preview is text that people read', out)
tap.ok('\nSubject: [Investigating]' in out or
       out.startswith('Subject: [Investigating]'),
       'its lines are those of the mail', out)

done = desk.run('post', '--as', 'comms1', '--yes', at='2026-03-04 14:12',
                text=TEXT.replace('looking', 'still looking'))
out = done.stdout.decode()
tap.same((done.returncode, desk.posts()), (0, [(1, 1, 'investigating')]),
         '--yes posts after the preview')
tap.ok(out.index('still looking') < out.index('Posted'),
       'the preview came first', out)
got = desk.out()
tap.ok('still looking' in text_of(to(got, RESELLER)), 'a reseller gets it')
actor = desk.sql("SELECT actor, source FROM message WHERE source = 'post'")
tap.ok(actor and all(a for a, _ in actor), 'who ran it is recorded', actor)


def typed(answer, text, at):
    """On a terminal: the text comes from a file, the yes from the keyboard."""
    desk.now = rig.epoch(at)
    desk.write('text', text)
    pid, fd = pty.fork()
    if pid == 0:
        os.dup2(os.open(desk.path('text'), os.O_RDONLY), 0)
        os.execv(rig.SITREP, [rig.SITREP, '-c', desk.path('sitrep.conf'),
                              '-t', '@%d' % desk.now, 'post', '--as',
                              'comms1'])
    seen, sent, end = b'', False, time.time() + 60
    while time.time() < end:
        if select.select([fd], [], [], 1)[0]:
            try:
                more = os.read(fd, 4096)
            except OSError:
                break
            if not more:
                break
            seen += more
        if not sent and b'Type yes' in seen:
            os.write(fd, answer.encode() + b'\n')
            sent = True
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen.decode()


code, out = typed('no', TEXT.replace('looking', 'third'), '2026-03-04 14:20')
tap.same((code, len(desk.posts())), (0, 1), 'typed no: nothing is posted')
code, out = typed('yes', TEXT.replace('looking', 'fourth'),
                  '2026-03-04 14:25')
tap.same((code, len(desk.posts())), (0, 2), 'typed yes: posted')
tap.ok(out.index('fourth') < out.index('Type yes'),
       'after the preview was shown', out)

# NOC may not, nobody else may be named, nothing is opened by chance.
done = desk.run('post', '--as', 'noc1', '--yes', text=TEXT.replace(
    'looking', 'fifth'), at='2026-03-04 14:30')
tap.same(len(desk.posts()), 2, 'NOC can\'t publish here either')
tap.ok(b'not posted: E42' in done.stderr, 'and is told', done.stderr)
tap.same(done.returncode, 1, '--yes without a post: exit 1')
for text in ('', '\n \n'):
    done = desk.run('post', '--as', 'comms1', '--yes', text=text,
                    at='2026-03-04 14:30')
    tap.same((done.returncode, desk.sql('SELECT count(*) FROM event')),
             (1, [(1,)]), 'nothing to say: exit 1, nothing is opened')

# A yes is for the preview that was shown, never for a draft that waits.
desk.mail(COMMS2, say(), 'draft\n\nNobody here has seen this.\n',
          subject='[INC-2026-0042] x', at='2026-03-04 14:30')
done = desk.run('post', '--as', 'comms1', '--yes', at='2026-03-04 14:31',
                text='Incident: INC-2026-0042\nnote\n\nLooks better.\n')
tap.same((done.returncode, len(desk.posts())), (0, 2),
         "a note with --yes posts nobody's draft")
tap.ok(b'Looks better' not in done.stdout and b'Noted' in done.stdout and
       b'Posted' not in done.stdout, 'it is noted', done.stdout)
code, out = typed('yes', 'Incident: INC-2026-0042\nnote\n\nMuch better.\n',
                  '2026-03-04 14:32')
tap.same((code, len(desk.posts()), 'Type yes' in out), (0, 2, False),
         'and on a terminal nothing is asked')
done = desk.run('post', '--as', 'comms1', '--yes', at='2026-03-04 14:33',
                text='Subject: [INC-2026-0042] x\n\nyes\n')
tap.same((done.returncode, len(desk.posts())), (0, 3),
         'a yes shows what waits, and posts that')
tap.ok(0 <= done.stdout.find(b'has seen this') < done.stdout.find(b'Posted'),
       'in this order', done.stdout)
done = desk.run('post', '--as', 'nobody', text=TEXT, at='2026-03-04 14:31')
tap.same(done.returncode, 64, 'an unknown person: exit 64')
done = desk.run('post', text=TEXT, at='2026-03-04 14:32')
tap.same(done.returncode, 64, 'no person: exit 64')
desk.out()
desk.audit(tap)
desk.close()
tap.done()
