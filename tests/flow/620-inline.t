#!/usr/bin/env python3
"""Clear-signed text and S/MIME: the same promises as 610-signed.t."""
import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'lib'))
from desk import COMMS1, IN, NOC1, Desk, text_of  # noqa: E402
from sign import (NAMED, SENT_AT, SIGNED_AT, YES,  # noqa: E402
                  begin, missing, Ring, crlf, entity, signed)

tap = begin()


class Signed(Desk):
    def __init__(self):
        super().__init__(number=42)
        self.ring = Ring(self.path('ring'))
        self.drafted()

    def add(self, person, raw):
        self.run('key', 'add', person, raw=raw, check=True)

    def send(self, body, headers=(), who=COMMS1, at=SENT_AT, **more):
        more.setdefault('auth', 'none')
        more.setdefault('subject', 'approval')
        self.got = self.mail(who, IN, body, at=at, headers=list(headers),
                             **more)
        return self.got

    def outcome(self):
        return self.sql("SELECT trust, result FROM handled JOIN message m ON "
                        "m.id = message_id WHERE source = 'pipe' ORDER BY "
                        "m.id DESC LIMIT 1")[0]

    def notes(self):
        return '\n'.join(n['text'] for n in
                         self.show('INC-2026-0042')['notes'])

    def done(self):
        self.ring.close()
        self.close()


def refused(name, desk, why, trust='A0k'):
    told = ' '.join(' '.join(text_of(m) for m in desk.got if 'E32' in str(
        m['Sitrep-Result'])).split())
    have = desk.outcome()
    tap.ok(have[0] == trust and 'E32' in have[1] and desk.posts() == [] and
           why in told, name, '%r\n%s' % (have, told))


# ---- clear-signed ----

desk = Signed()
key = desk.ring.make('Comms One <comms1@example.net>')
desk.add('comms1', desk.ring.export(key))
clear = desk.ring.clear(YES, SIGNED_AT, key)

desk.send(clear.replace('yes', 'Yes'))
refused('changed by one letter', desk, "isn't the one that was signed")
desk.send(clear + clear)
refused('twice', desk, 'more than one in the mail')
desk.send(clear.replace('-----BEGIN PGP SIGNATURE', NAMED + '\nyes\n'
                        '-----BEGIN PGP SIGNATURE'))
refused('a line added at its end', desk, "isn't the one that was signed")
desk.send(clear.replace('Hash:', 'yes\nHash:'))
refused('a line in front of its text', desk, "doesn't begin where it must")
desk.send(clear[:clear.index('-----END')])
refused('without its end', desk, 'its end is missing')
desk.send('--b\nContent-Type: text/plain\n\n%s\n--b\nContent-Type: text/plain'
          '\n\n%s\n--b--\n' % (YES, clear),
          ['Content-Type: multipart/mixed; boundary="b"'])
refused('with a second text', desk, 'other text beside it')
desk.send(desk.ring.clear('see above\n', SIGNED_AT, key), subject='x')
tap.same(desk.outcome(), ('A1', 'ok'), 'it proves its writer')

away = desk.ring.clear(NAMED + '\nnothing new\n', SIGNED_AT, key)
desk.send(YES + away + 'Below, too.\n')
tap.ok(desk.outcome()[0] == 'A3' and 'W42' in desk.outcome()[1] and
       desk.posts() == [], 'commands around it are no commands',
       desk.outcome())
tap.ok('nothing new' in desk.notes(), 'what is signed is a note')
raw = desk.sql("SELECT CAST(raw AS TEXT) FROM message ORDER BY id DESC "
               "LIMIT 9")
tap.ok(any('Below, too.' in r[0] for r in raw), 'and the mail is kept')

dashed = desk.ring.clear(NAMED + '\n- first\n-second\n- - third\nFrom there\n',
                         '2026-03-04 14:20:10', key)
desk.send(dashed)
tap.ok('- first\n-second\n- - third\nFrom there' in desk.notes(),
       'dashes come out as they were written', desk.notes())

latin = (NAMED + '\nnote\n\nZur\u00fcck\n').encode('iso-8859-1')
sealed = desk.ring.gpg('2026-03-04 14:20:20', '--clear-sign', '--local-user',
                       key, data=latin)
desk.send(base64.encodebytes(sealed).decode(),
          ['Content-Type: text/plain; charset=iso-8859-1',
           'Content-Transfer-Encoding: base64'])
tap.ok('Zur\u00fcck' in desk.notes() and desk.outcome()[0] == 'A3',
       'signed in its own charset, before its encoding', desk.outcome())

desk.send(clear)
tap.same((desk.outcome(), desk.posts()),
         (('A3', 'ok'), [(1, 1, 'investigating')]), 'a clear-signed yes')
desk.done()

# ---- what is told of it without a keyring ----

for part, words in ((signed(entity(YES), 'x'), 'signed by OpenPGP (PGP/MIME)'),
                    (signed(entity(YES), 'x', kind='smime'),
                     'signed by S/MIME')):
    desk = Desk(members=0)
    out = desk.run('explain', raw=desk.compose(
        COMMS1, IN, part[1], headers=[part[0]]), check=True).stdout.decode()
    tap.ok('Seal: %s\n  whether it counts needs the keyring' % words in out,
           'explain: ' + words, out)
    desk.close()

# ---- S/MIME ----

if missing('gpgsm'):
    tap.skip('not installed: ' + missing('gpgsm'))
    tap.done()

desk = Signed()
cert, pem = desk.ring.certify('Comms One', 'comms1@example.net')
desk.add('comms1', pem)
other, other_pem = desk.ring.certify('NOC One', 'noc1@example.net')
desk.add('noc1', other_pem)


def detached(text, at=SIGNED_AT, key=cert):
    part = entity(text)
    der = desk.ring.cms(part, at, key)
    return signed(part, base64.encodebytes(der).decode(), kind='smime')


def opaque(text, at=SIGNED_AT, key=cert):
    der = desk.ring.cms(entity(text), at, key, detached=False)
    return ('Content-Type: application/pkcs7-mime; smime-type=signed-data; '
            'name="smime.p7m"', base64.encodebytes(der).decode())


def send(made, **more):
    head, body = made
    more.setdefault('headers', [head] + (
        ['Content-Transfer-Encoding: base64']
        if 'pkcs7-mime' in head else []))
    desk.send(body, **more)


head, body = detached(YES)
send((head, body.replace('yes', 'Yes')))
refused('S/MIME, changed', desk, "isn't the one that was signed")
send(detached(YES, key=other))
refused("by another person's certificate", desk, "isn't one of yours")
stranger, _ = desk.ring.certify('Comms One', 'comms1@example.net')
send(detached(YES, key=stranger))
refused('by one that nobody added', desk, "its key isn't known here")
ring = desk.path('state', 'keys', 'gnupg')
tap.ok(stranger.encode() not in desk.run('key', 'list').stdout and
       bytes.fromhex(stranger) not in open(
           os.path.join(ring, 'pubring.kbx'), 'rb').read(),
       'whose certificate, which came with it, is not taken in')
send(detached(YES, at='2026-03-04 11:00:00'))
refused('three hours old', desk, 'more than two hours old')
ended, ended_pem = desk.ring.certify('Comms One', 'comms1@example.net',
                                     until='2026-03-01')
desk.add('comms1', ended_pem)
send(detached(YES, at='2026-02-20 12:00:00', key=ended))
refused('by one that has ended', desk, 'has expired')
send(opaque('see above\n'), subject='x')
tap.same(desk.outcome()[0], 'A1', 'signed data without the event: A1')
send(opaque(NAMED + '\nsmall steps\n'))
tap.ok(desk.outcome()[0] == 'A3' and 'small steps' in desk.notes(),
       'signed data that holds its text', desk.outcome())
send(opaque(NAMED + '\nsmall steps\n'), subject='again')
refused('made again in that second', desk, 'with another mail before')
send(detached(YES))
tap.same((desk.outcome(), desk.posts()),
         (('A3', 'ok'), [(1, 1, 'investigating')]), 'a yes by S/MIME')
desk.done()
tap.done()
