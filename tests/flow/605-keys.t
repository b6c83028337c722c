#!/usr/bin/env python3
"""`sitrep key`: whose key is whose, what is refused, what check says of it."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'lib'))
from desk import Desk, Tap  # noqa: E402
from sign import Ring, missing  # noqa: E402

tap = Tap()
AT = '2026-03-04 14:00'

if missing():
    print('1..0 # SKIP not installed: ' + missing())
    sys.exit(0)

desk = Desk(at=AT)
ring = Ring(desk.path('ring'))


def key(*args, raw=b''):
    done = desk.run('key', *args, raw=raw)
    return done.returncode, (done.stdout + done.stderr).decode()


def says(what):
    lines = desk.run('check').stdout.decode().splitlines()
    return [s for s in lines if what in s.split()[1:2]]


code, out = key('list')
tap.ok(code == 0 and 'No keys yet: sitrep key add PERSON FILE' in out,
       'none at first', out)
home = desk.path('state', 'keys', 'gnupg')
tap.same(os.stat(home).st_mode & 0o777, 0o700, 'the keyring is private')
tap.ok('no keys' in says('signatures')[0], 'check says that there are none')

comms = ring.make('Comms One <comms1@example.net>')
public = ring.export(comms)
code, out = key('add', 'comms1', raw=public)
tap.ok(code == 0 and 'added ' + comms in out, 'a key is added', out)
tap.ok('Compare the fingerprint' in out, 'its fingerprint is to be compared')
tap.same(desk.sql('SELECT fingerprint, person FROM pin'),
         [(comms, 'comms1')], 'it is pinned to the person')
tap.ok('Person: comms1' in desk.sql(
    "SELECT CAST(raw AS TEXT) FROM message WHERE source = 'command' "
    "ORDER BY id DESC LIMIT 1")[0][0], 'the change is in the journal')
code, out = key('add', 'comms1', raw=public)
tap.ok(code == 0 and 'renewed ' + comms in out, 'added again it is renewed',
       out)
code, out = key('add', 'noc1', raw=public)
tap.ok(code == 1 and 'is the key of comms1 already' in out,
       'a key is one person\'s', out)
desk.write('key.asc', public.decode())
code, out = key('list', 'comms1')
tap.ok(code == 0 and comms in out and 'without an end' in out,
       'list shows it', out)
tap.ok('1 key' in says('signatures')[0], 'check counts it')
left = [n for n in os.listdir(home) if n.startswith(('S.', '.#'))]
tap.same(left, [], 'no socket and no lock is left')

for what, raw, want in (
        ('nothing', b'', 'no public key'),
        ('words', b'my key is under the mat\n', 'no public key'),
        ('a secret key', b'-----BEGIN PGP PRIVATE KEY BLOCK-----\n',
         'secret key'),
        ('too much', public * 200, 'export-minimal')):
    code, out = key('add', 'noc1', raw=raw)
    tap.ok(code == 1 and want in out, what + ' is refused', out)
code, out = key('add', 'nobody', raw=public)
tap.ok(code == 1 and 'no person is called nobody' in out, 'nobody has no key')
for args in ((), ('add',), ('list', 'a', 'b'), ('frob', 'comms1'),
             ('remove', 'comms1', 'x', 'y')):
    tap.same(key(*args)[0], 64, 'wrong usage: ' + ' '.join(args))

soon = ring.make('NOC One <noc1@example.net>', until='2026-03-20')
key('add', 'noc1', raw=ring.export(soon))
tap.ok(any('ends on 2026-03-' in s and 'noc1' in s
           for s in says('signatures')), 'check warns before a key ends',
       says('signatures'))
desk.now += 30 * 86400
tap.ok(any('expired 2026-03-' in s for s in says('signatures')),
       'and when it has ended', says('signatures'))
desk.now -= 30 * 86400

code, out = key('remove', 'comms1', 'A' * 40)
tap.ok(code == 1 and 'no such key' in out, 'what isn\'t there stays', out)
code, out = key('remove', 'comms1', 'xyz')
tap.ok(code == 1 and 'is no fingerprint' in out, 'no fingerprint', out)
code, out = key('remove', 'comms1')
tap.ok(code == 0 and 'removed ' + comms in out, 'removed', out)
tap.same(desk.sql("SELECT count(*) FROM pin WHERE person = 'comms1'"),
         [(0,)], 'and pinned to nobody')
code, out = key('add', 'noc1', raw=public)
tap.ok(code == 0, 'so another may have it', out)
code, out = key('remove', 'noc1')
tap.ok(code == 1 and 'several keys' in out, 'of two it must be said which')

# One that stands in the configuration.
with open(desk.path('sitrep.conf'), 'a') as f:
    f.write('person "sec2" { name = "Security Two" addresses = '
            '{ "sec2@example.net" } roles = { "security" } keys = { "%s" } }\n'
            % ('0123 4567 ' * 5).strip())
tap.ok(any('sec2' in s and "isn't in the keyring" in s
           for s in says('signatures')),
       'check misses a key of the configuration', says('signatures'))
code, out = key('list', 'sec2')
tap.ok(code == 0 and 'of the configuration, not in the keyring' in out,
       'so does list', out)
code, out = key('remove', 'sec2')
tap.ok(code == 1 and 'remove it from keys of person "sec2"' in out,
       'it is removed there', out)
os.chmod(home, 0o755)
tap.ok(any('gnupg' in s for s in says('permissions')),
       'check sees an open keyring')

ring.close()
desk.close()
tap.done()
