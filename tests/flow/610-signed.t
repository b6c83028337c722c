#!/usr/bin/env python3
"""Signed mail (class A3): what counts, and what counts as no signature.

Every mail below comes with no result of a mail server, so that whatever it
does it does by its signature.  What is wrong is E32, nothing is published, and
the mail is kept and handled as one without a signature.
"""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'lib'))
from desk import COMMS1, IN, NOC1, Desk, text_of, to  # noqa: E402
from sign import (NAMED, SENT_AT, SIGNED_AT, YES,  # noqa: E402
                  begin, Ring, entity, signed)

tap = begin()


class Signed(Desk):
    def __init__(self):
        super().__init__(number=42)
        self.ring = Ring(self.path('ring'))
        self.key = self.ring.make('Comms One <comms1@example.net>')
        self.noc = self.ring.make('NOC One <noc1@example.net>')
        self.add('comms1', self.key)
        self.add('noc1', self.noc)
        self.drafted()

    def add(self, person, key):
        self.run('key', 'add', person, raw=self.ring.export(key), check=True)

    def send(self, head, body, who=COMMS1, at=SENT_AT, **more):
        more.setdefault('auth', 'none')
        more.setdefault('subject', 'approval')
        got = self.mail(who, IN, body, at=at, headers=[head], **more)
        self.audit_log = got
        return got

    def sign(self, text, at=SIGNED_AT, key=None, **more):
        part = entity(text)
        return signed(part, self.ring.detached(part, at, key or self.key),
                      **more)

    def last(self):
        return self.sql("SELECT trust, result, verdict, length(raw) FROM "
                        "handled JOIN message m ON m.id = message_id WHERE "
                        "source = 'pipe' ORDER BY m.id DESC LIMIT 1")[0]

    def done(self):
        self.ring.close()
        self.close()


def outcome(desk):
    trust, result, verdict, size = desk.last()
    return trust, result


def refused(name, desk, why, trust='A0k'):
    """E32, nothing published, the mail kept whole."""
    have = desk.last()
    told = [text_of(m) for m in desk.audit_log if 'E32' in str(
        m['Sitrep-Result'])]
    words = ' '.join(' '.join(told).split())
    tap.ok(have[0] == trust and 'E32' in have[1] and have[3] > 0 and
           desk.posts() == [] and why in words,
           name, '%r %r\n%s' % (have, desk.posts(), words))


def kept(desk, text):
    """It stands in a note or in what is shown with one."""
    return any(text in n['text'] for n in desk.show('INC-2026-0042')['notes'])


desk = Signed()

# ---- what counts ----

head, body = desk.sign(YES)
desk.send(head, body)
tap.same(outcome(desk), ('A3', 'ok'), 'signed over its event: A3')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'which publishes by itself')
tap.same(desk.sql('SELECT fingerprint FROM seal'), [(desk.key,)],
         'and is kept, so that it never counts again')
left = subprocess.run(['pgrep', '-f', 'homedir ' + desk.path('state')],
                      stdout=subprocess.PIPE).stdout
tap.same(left, b'', 'no agent is left')
desk.done()

desk = Signed()
head, body = desk.sign('yes\n')
desk.send(head, body, subject='Re: [INC-2026-0042] draft')
tap.same(outcome(desk), ('A1', 'E43'), 'without the event no more than A1')
tap.same(desk.posts(), [], 'which publishes nothing')

head, body = desk.sign(NAMED + '\nyes, but change the first word\n')
desk.send(head, body)
tap.ok(kept(desk, 'yes, but change') and desk.posts() == [],
       'a second thought is no yes but a note', outcome(desk))
head, body = desk.sign(NAMED + 'Incidentally no\n\nyes\n')
desk.send(head, body)
tap.ok(desk.posts() == [], 'nor is one that looks like the name of the event',
       outcome(desk))

# Signed before the draft that waits now.
desk.mail(COMMS1, IN, 'Incident: INC-2026-0042\ndraft investigating\n\n'
          'Other words.\n', at='2026-03-04 14:25:00', subject='other')
head, body = desk.sign(YES, at='2026-03-04 14:24:00')
desk.send(head, body, at='2026-03-04 14:26:00')
tap.ok(desk.posts() == [] and outcome(desk) == ('A3', 'E43'),
       'no older signature approves a newer draft', outcome(desk))

head, body = desk.sign(NAMED + '\nsev 3 it is better\n', key=desk.noc,
                       at='2026-03-04 14:30:00')
desk.send(head, body, who=NOC1, at='2026-03-04 14:31:00', auth='fail')
tap.ok(outcome(desk)[0] == 'A3', 'it counts also where the check fails',
       outcome(desk))
desk.done()

# ---- what doesn't ----

desk = Signed()
foreign = desk.ring.make('Comms One <comms1@example.net>')
head, body = desk.sign(YES, key=foreign)
desk.send(head, body)
refused('a key that nobody added', desk, "its key isn't known here")

head, body = desk.sign(YES, key=desk.noc)
desk.send(head, body)
refused("the right key on another person's From", desk,
        "the key isn't one of yours")

head, body = desk.sign(YES)
desk.send(head, body.replace('yes', 'Yes'))
refused('changed by one letter', desk, "isn't the one that was signed")

head, body = desk.sign('see above\n')
inner = '%s\n\n%s' % (head, body)
desk.send('Content-Type: multipart/mixed; boundary="oUt"',
          '--oUt\nContent-Type: text/plain\n\n%s\n--oUt\n%s\n--oUt--\n' % (
              YES, inner))
refused('commands outside the signed part', desk,
        'only a part of the mail is signed')

part = entity(YES)
good = desk.ring.detached(part, SIGNED_AT, desk.key)
bad = desk.ring.detached(entity('other'), SIGNED_AT, desk.key)
two = desk.ring.detached(part, SIGNED_AT, desk.key, foreign)
head, body = signed(part, two)
desk.send(head, body)
refused('two signatures, one of an unknown key', desk,
        'of several not each is good')
head, body = signed(part, good, more='--sEaL\nContent-Type: '
                    'application/pgp-signature\n\n%s\n' % bad)
desk.send(head, body)
refused('two signatures, one bad, as parts', desk,
        'it has more than two parts')
head, body = desk.sign(YES)
part = ('%s\n\n%s' % (head, body)).replace('sEaL', 'iNnEr')
part = part.replace('\n', '\r\n').encode()
head, body = signed(part, desk.ring.detached(part, SIGNED_AT, desk.key))
desk.send(head, body)
refused('one signature inside another', desk, 'one stands inside another')

head, body = desk.sign(YES, at='2026-03-04 11:20:00')
desk.send(head, body)
refused('three hours old', desk, 'more than two hours old')
head, body = desk.sign(YES, at='2026-03-04 15:21:00')
desk.send(head, body)
refused('of the future', desk, 'made in the future')

head, body = desk.sign(YES)
start = time.monotonic()
desk.send(head, body.replace('-----END PGP', 'A' * 76 + '\n' + (
    'iQ' * 38 + '\n') * 136000 + '-----END PGP'))
refused('a signature of 10 MB', desk, 'it is too large')
tap.ok(time.monotonic() - start < 8, 'in no time')
head, body = desk.sign(YES)
desk.send(head, body[:body.index('-----BEGIN PGP SIG')] + '\n--sEaL--\n')
refused('an empty signature', desk, "gpg can't read it")
desk.send('Content-Type: multipart/signed; boundary="sEaL"; protocol='
          '"application/pgp-signature"', '--sEaL\n\n%s\n--sEaL--\n' % YES)
refused('no signature at all', desk, 'its signature is missing')
desk.send('Content-Type: multipart/signed; boundary="sEaL"; protocol='
          '"application/x-own"', '--sEaL\n\n%s\n--sEaL\nContent-Type: '
          'application/x-own\n\nword of honour\n--sEaL--\n' % YES)
refused('a signature of another kind', desk, "its kind isn't known here")

# Keys that ended.
old = desk.ring.make('Comms One <comms1@example.net>', at='2026-02-01 00:00',
                     until='2026-03-01')
desk.add('comms1', old)
head, body = desk.sign(YES, key=old, at='2026-02-28 12:00:00')
desk.send(head, body)
refused('an expired key', desk, 'has expired')
gone = desk.ring.make('Comms One <comms1@example.net>')
desk.add('comms1', gone)
head, body = desk.sign(YES, key=gone)
with open(desk.path('ring', 'openpgp-revocs.d', gone + '.rev')) as f:
    rev = f.read().replace(':-----BEGIN', '-----BEGIN').encode()
desk.ring.gpg('2026-03-04 14:00', '--import', data=rev)
desk.add('comms1', gone)
desk.send(head, body)
refused('a revoked key', desk, 'was revoked')
desk.run('key', 'remove', 'comms1', desk.key, check=True)
head, body = desk.sign(YES, at='2026-03-04 14:20:30')
desk.send(head, body)
refused('a key that was removed', desk, "its key isn't known here")
desk.add('comms1', desk.key)

# A key with 10,000 user ids, as packets: no gpg makes so many in a test's
# time.
crowd = desk.ring.make('Comms One <comms1@example.net>')
raw = desk.ring.gpg('2026-03-04 14:00', '--export', crowd)
ids = raw.index(b'\xb4') if b'\xb4' in raw else raw.index(b'\xcd')
huge = raw + raw[ids:] * 10000
done = desk.run('key', 'add', 'comms1', raw=huge)
tap.ok(done.returncode == 1 and b'export-minimal' in done.stderr,
       'a key with 10,000 user ids is not added', done.stderr.decode())
head, body = desk.sign(YES, key=crowd)
desk.send(head, body)
refused('nor does it sign', desk, "its key isn't known here")

# Replay: the same signature in another mail.
desk.mail(NOC1, IN, NAMED + '\nall the same so far\n',
          at='2026-03-04 14:40:00', subject='note')
head, body = desk.sign(NAMED + '\nack\n', at='2026-03-04 14:41:00')
desk.send(head, body, at='2026-03-04 14:42:00', subject='first')
tap.same(outcome(desk)[0], 'A3', 'a signature counts')
desk.send(head, body, at='2026-03-04 14:43:00', subject='second')
refused('but not in a second mail', desk, 'with another mail before')
again = signed(entity(NAMED + '\nack\n'), body[body.index('-----BEGIN PGP'):
               body.index('--sEaL--')].replace(
                   '-----BEGIN PGP SIGNATURE-----',
                   '-----BEGIN PGP SIGNATURE-----\nComment: other bytes'))
desk.send(*again, at='2026-03-04 14:44:00', subject='third')
refused('nor with other bytes around it', desk, 'with another mail before')

tap.same(desk.posts(), [], 'nothing of all this was published')
tap.ok(desk.show('INC-2026-0042') is not None, 'and the event stands')
desk.audit(tap)
desk.done()
tap.done()
