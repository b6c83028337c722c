#!/usr/bin/env python3
"""Mail that is encrypted to us, and what we encrypt to people."""
import base64
import email
import email.policy
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'lib'))
from desk import COMMS1, IN, NOC1, Desk, text_of, to  # noqa: E402
from sign import (NAMED, SENT_AT, SIGNED_AT, YES,  # noqa: E402
                  begin, missing, Ring, crlf, entity, signed)

tap = begin()


class Sealed(Desk):
    def __init__(self, extra=''):
        super().__init__(number=42, extra=extra)
        self.ring = Ring(self.path('ring'))
        self.key = self.ring.make('Comms One <comms1@example.net>',
                                  use='default', kind='future-default')
        self.run('key', 'add', 'comms1', raw=self.ring.export(self.key),
                 check=True)

    def own_key(self):
        """As the manual says it is made."""
        home = self.path('state', 'keys', 'gnupg')
        subprocess.run(
            ['gpg', '--homedir', home, '--batch', '--passphrase', '',
             '--pinentry-mode', 'loopback', '--faked-system-time',
             '20260101T000000', '--quick-generate-key',
             'Status desk <incident@in.status.example>', 'future-default',
             'default',
             'never'], check=True, stderr=subprocess.DEVNULL)
        public = subprocess.run(['gpg', '--homedir', home, '--export',
                                 'incident@in.status.example'],
                                stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, check=True).stdout
        subprocess.run(['gpgconf', '--homedir', home, '--kill', 'all'],
                       check=True)
        with open(self.path('own.pub'), 'wb') as f:
            f.write(public)

    def encrypt(self, part, at=SIGNED_AT, key=None):
        return self.ring.sealed(part, self.path('own.pub'), at, key)

    def send(self, head, body, who=COMMS1, at=SENT_AT, **more):
        more.setdefault('auth', 'none')
        more.setdefault('subject', 'sealed')
        self.got = self.mail(who, IN, body, at=at, headers=[head], **more)
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


def wrapped(cipher):
    """multipart/encrypted (RFC 3156, 4)."""
    return ('Content-Type: multipart/encrypted; boundary="cRy"; '
            'protocol="application/pgp-encrypted"',
            '--cRy\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n'
            '--cRy\nContent-Type: application/octet-stream\n\n%s\n--cRy--\n'
            % cipher)


# ---- to us ----

desk = Sealed()
with open(desk.path('own.pub'), 'wb') as f:
    f.write(desk.ring.export(desk.key))
desk.drafted()
desk.send(*wrapped(desk.encrypt(entity(YES), key=desk.key)))
tap.ok('E30' in desk.outcome()[1] and desk.posts() == [],
       'without a key of ours it is E30', desk.outcome())
tap.ok('no key of ours' in desk.run('check').stdout.decode(),
       'which check tells')
tap.same(desk.sql("SELECT count(*) FROM message WHERE CAST(raw AS TEXT) LIKE "
                  "'%BEGIN PGP MESSAGE%'"), [(1,)], 'the mail is kept')
desk.own_key()
tap.ok('incident@in.status.example' in ''.join(
    s for s in desk.run('check').stdout.decode().splitlines()
    if 'decryption' in s), 'check finds it when it is made')

cipher = desk.encrypt(entity('Internal: a word for the desk only.\n'))
desk.send(*wrapped(cipher), subject='[INC-2026-0042] sealed', auth='pass')
tap.ok(desk.outcome() == ('A1', 'ok') and 'a word for the desk' in
       desk.notes(), 'read, and of the class of its sender', desk.outcome())
desk.send(*wrapped(cipher.replace('\n\n', '\n\nAAAA', 1)), auth='pass',
          subject='[INC-2026-0042] broken')
tap.ok('E30' in desk.outcome()[1], 'what is damaged is E30', desk.outcome())
desk.send('Content-Type: text/plain', 'before\n' + desk.encrypt(
    b'Zur\xc3\xbcck in five minutes.\n'), auth='pass',
    subject='[INC-2026-0042] in a text')
tap.ok(desk.outcome()[0] == 'A1' and 'Zur\u00fcck in five' in desk.notes(),
       'inside a text, too', desk.outcome())
desk.send(*wrapped(desk.encrypt(entity(NAMED + '\nyes\n'))), auth='pass')
tap.ok(desk.posts() == [] and desk.outcome()[0] == 'A1',
       'to be encrypted proves nobody', desk.outcome())

inner_head, inner = signed(entity(NAMED + '\nnot now\n'),
                           desk.ring.detached(entity(NAMED + '\nnot now\n'),
                                              SIGNED_AT, desk.key))
desk.send(*wrapped(desk.encrypt(crlf('%s\n\n%s' % (inner_head, inner)))))
tap.ok(desk.outcome()[0] == 'A3' and 'not now' in desk.notes(),
       'signed inside: A3', desk.outcome())
desk.send(*wrapped(desk.encrypt(entity(YES), at='2026-03-04 10:00:00',
                                key=desk.key)))
tap.ok('E32' in desk.outcome()[1] and desk.posts() == [],
       'signed too long ago', desk.outcome())
desk.send(*wrapped(desk.encrypt(entity(YES), key=desk.key)))
tap.same((desk.outcome(), desk.posts()),
         (('A3', 'ok'), [(1, 1, 'investigating')]),
         'encrypted and signed in one: a yes')
# What unpacks to 400 MB.
bomb = desk.ring.gpg(SIGNED_AT, '--armor', '--encrypt', '--compress-algo',
                     'zlib', '--recipient-file', desk.path('own.pub'),
                     data=b'\0' * (400 << 20)).decode()
start = time.monotonic()
desk.send(*wrapped(bomb), auth='pass', subject='[INC-2026-0042] large',
          at='2026-03-04 14:50:00')
tap.ok('E30' in desk.outcome()[1], 'what unpacks to 400 MB is E30',
       desk.outcome())
tap.ok(time.monotonic() - start < 30, 'and holds up nobody for long',
       time.monotonic() - start)
left = subprocess.run(['pgrep', '-f', 'homedir ' + desk.path('state')],
                      stdout=subprocess.PIPE).stdout
tap.same(left, b'', 'no agent with our key is left')
desk.done()

# ---- to people ----


def opened(ring, letter):
    """What its reader sees."""
    cipher = letter.get_payload()[1].get_payload(decode=True)
    return email.message_from_bytes(ring.gpg(SENT_AT, '--decrypt',
                                             data=cipher),
                                    policy=email.policy.default)


desk = Sealed('encrypt = "internal"\n')
preview = desk.drafted()
tap.same(preview.get_content_type(), 'multipart/encrypted',
         'a preview to one with a key')
clear = opened(desk.ring, preview)
words = clear.get_body(('plain',)).get_content()
tap.ok('We are looking into it.' in words and
       b'looking into it' not in preview.as_bytes(),
       'is readable with the key, and only so', words)
tap.ok(preview['Subject'].startswith('[PREVIEW]') and preview['Reply-To'] and
       preview['MIME-Version'] == '1.0' and
       len(preview.get_all('Content-Type')) == 1,
       'its headers stand outside', preview.items())
noc = [m for m in desk.letters if m['To'] and 'noc1@' in str(m['To'])]
tap.ok(noc and all(m.get_content_type() == 'text/plain' for m in noc),
       'who has no key gets it in clear')
got = desk.answer(preview, 'yes', sender=COMMS1, at='2026-03-04 14:12:00')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'a yes to it counts')
tap.ok(all(m.get_content_type() != 'multipart/encrypted' for m in got
           if m['List-Id']), 'what is public is not encrypted')
stored = desk.sql("SELECT CAST(raw AS TEXT) FROM letter WHERE person = "
                  "'comms1' AND kind = 'mail' LIMIT 1")[0][0]
tap.ok('BEGIN PGP' not in stored, 'the store keeps it readable')

# A key that can't be used any more.
desk.ring.gpg('2026-03-04 14:00', '--quick-set-expire', desk.key, '2026-03-05')
desk.ring.gpg('2026-03-04 14:00', '--quick-set-expire', desk.key,
              '2026-03-05', '*')
desk.run('key', 'add', 'comms1', raw=desk.ring.export(desk.key), check=True)
got = desk.mail(NOC1, IN, 'secret detail of the next day\n',
                subject='[INC-2026-0042] note', at='2026-03-06 14:00:00')
mine = [m for m in got if 'comms1@' in str(m['To']) and not m['List-Id']]
tap.ok(mine and all('could not be encrypted' in text_of(m) and
                    b'secret detail' not in m.as_bytes() for m in mine),
       'nothing goes in clear then, but a word of it',
       '\n'.join('%s %s\n%s' % (m['To'], m['Subject'], text_of(m)[:200])
                 for m in mine))
pages = [m for m in desk.letters if '5550134@' in str(m['Delivered-To'])]
tap.ok(pages and all('BEGIN PGP' not in m.as_string() for m in pages),
       'the text of a page is never encrypted', len(pages))
desk.done()

if missing('gpgsm'):
    tap.skip('not installed: ' + missing('gpgsm'))
    tap.done()
desk = Sealed('encrypt = "internal"\n')
desk.run('key', 'remove', 'comms1', check=True)
cert, pem = desk.ring.certify('Comms One', 'comms1@example.net')
desk.run('key', 'add', 'comms1', raw=pem, check=True)
preview = desk.drafted()
tap.ok(preview.get_content_type() == 'application/pkcs7-mime' and
       preview.get_param('smime-type') == 'enveloped-data',
       'S/MIME to one with a certificate', preview.get_content_type())
clear = email.message_from_bytes(
    desk.ring.gpgsm(SENT_AT, '--decrypt', data=preview.get_payload(
        decode=True)), policy=email.policy.default)
tap.ok('We are looking into it.' in
       clear.get_body(('plain',)).get_content(), 'readable with its key')

# ---- S/MIME to us ----

home = Ring.__new__(Ring)  # our own keyring, which `key add` has made
home.home = desk.path('state', 'keys', 'gnupg')
ours, own_pem = home.certify('Status desk', 'incident@in.status.example')
home.close()
desk.ring.gpgsm(SENT_AT, '--import', data=own_pem)
with open(os.path.join(desk.ring.home, 'trustlist.txt'), 'a') as f:
    f.write('%s S relax\n' % ours)
subprocess.run(['gpgconf', '--homedir', desk.ring.home, '--reload',
                'gpg-agent'], check=True)
der = desk.ring.gpgsm(SENT_AT, '--encrypt', '--recipient', ours,
                      data=entity('Internal: in an envelope of S/MIME.\n'))
HEAD = ('Content-Type: application/pkcs7-mime; smime-type=enveloped-data; '
        'name="smime.p7m"\nContent-Transfer-Encoding: base64')
desk.send(HEAD, base64.encodebytes(der).decode(), auth='pass',
          subject='[INC-2026-0042] in an envelope')
tap.ok(desk.outcome() == ('A1', 'ok') and 'in an envelope of S/MIME' in
       desk.notes(), 'S/MIME to us is read', desk.outcome())
desk.send(HEAD, base64.encodebytes(der[:-40]).decode(), auth='pass',
          subject='[INC-2026-0042] a damaged envelope')
tap.ok('E30' in desk.outcome()[1], 'what is damaged is E30', desk.outcome())
part = entity(NAMED + '\nwe look on\n')
inner_head, inner = signed(part, base64.encodebytes(
    desk.ring.cms(part, SIGNED_AT, cert)).decode(), kind='smime')
der = desk.ring.gpgsm(SENT_AT, '--encrypt', '--recipient', ours,
                      data=crlf('%s\n\n%s' % (inner_head, inner)))
desk.send(HEAD, base64.encodebytes(der).decode())
tap.ok(desk.outcome()[0] == 'A3' and 'we look on' in desk.notes(),
       'signed inside: A3', desk.outcome())
desk.done()
tap.done()
