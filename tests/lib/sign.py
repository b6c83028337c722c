"""Throw-away keys: what a person's own gpg and gpgsm do with a mail.

Times are those of the rig, given to the programs as a faked clock.
"""
import atexit
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime, timezone

from rig import Tap, epoch


def missing(*programs):
    """Which of them aren't installed, '' if all are."""
    return ', '.join(p for p in programs or ('gpg',) if not shutil.which(p))


def stamp(at):
    return datetime.fromtimestamp(epoch(at), timezone.utc).strftime(
        '%Y%m%dT%H%M%S')


def crlf(data):
    if isinstance(data, str):
        data = data.encode()
    return re.sub(b'\r?\n', b'\r\n', data)


class Ring:
    """The keyring of one person."""

    def __init__(self, folder):
        self.home = folder
        atexit.register(self.close)  # a test that breaks leaves no agent
        os.mkdir(folder, 0o700)
        with open(os.path.join(folder, 'gpgsm.conf'), 'w') as f:
            f.write('disable-dirmngr\ndisable-crl-checks\n')
        with open(os.path.join(folder, 'gpg-agent.conf'), 'w') as f:
            f.write('allow-loopback-pinentry\ndisable-scdaemon\n')

    def close(self):
        if not os.path.isdir(self.home):
            return
        subprocess.run(['gpgconf', '--homedir', self.home, '--kill', 'all'],
                       check=False)

    def run(self, program, at, *args, data=b'', fds=()):
        command = [program, '--homedir', self.home, '--batch', '--no-tty',
                   '--faked-system-time', stamp(at), *args]
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120,
                              pass_fds=fds)
        if done.returncode != 0:
            raise RuntimeError('%s: %s' % (command, done.stderr.decode()))
        return done.stdout

    def gpg(self, at, *args, data=b''):
        return self.run('gpg', at, '--passphrase', '', '--pinentry-mode',
                        'loopback', '--trust-model', 'always', *args,
                        data=data)

    def make(self, name, at='2026-01-01 00:00', until='never',
             kind='ed25519', use='sign'):
        """A key of OpenPGP; its fingerprint."""
        self.gpg(at, '--yes', '--quick-generate-key', name, kind, use, until)
        return self.newest(at)

    def newest(self, at):
        out = self.gpg(at, '--list-keys', '--with-colons').decode()
        return re.findall(r'^pub(?::[^\n]*)\nfpr:+([0-9A-F]+):', out,
                          re.M)[-1]

    def export(self, key, at='2026-03-04 14:00'):
        return self.gpg(at, '--armor', '--export', key)

    def detached(self, data, at, *keys):
        users = [a for k in keys for a in ('--local-user', k)]
        return self.gpg(at, '--armor', '--detach-sign', *users,
                        data=crlf(data)).decode()

    def clear(self, text, at, key):
        return self.gpg(at, '--clear-sign', '--local-user', key,
                        data=text.encode()).decode()

    def sealed(self, data, to_file, at, key=None):
        """Encrypted to the key of a file, and signed."""
        sign = ['--sign', '--local-user', key] if key else []
        return self.gpg(at, '--armor', '--encrypt', *sign, '--recipient-file',
                        to_file, data=data).decode()

    def gpgsm(self, at, *args, data=b''):
        """Its passphrase is empty, and asked for at a descriptor."""
        read, write = os.pipe()
        os.close(write)
        try:
            return self.run('gpgsm', at, '--pinentry-mode', 'loopback',
                            '--passphrase-fd', str(read), *args, data=data,
                            fds=(read,))
        finally:
            os.close(read)

    def certify(self, name, address, at='2026-01-01 00:00',
                until='2029-01-01'):
        """A self-signed certificate; its fingerprint and PEM."""
        text = ('Key-Type: RSA\nKey-Length: 2048\n'
                'Key-Usage: sign,encrypt\nSerial: random\n'
                'Name-DN: CN=%s\nName-Email: %s\n'
                'Not-Before: %s\nNot-After: %s\n%%commit\n' % (
                    name, address, at[:10], until))
        pem = self.gpgsm(at, '--armor', '--generate-key', data=text.encode())
        before = self.certificates(at)
        self.gpgsm(at, '--import', data=pem)
        key, = self.certificates(at) - before
        with open(os.path.join(self.home, 'trustlist.txt'), 'a') as f:
            f.write('%s S relax\n' % key)
        subprocess.run(['gpgconf', '--homedir', self.home, '--reload',
                        'gpg-agent'], check=True)
        return key, pem

    def certificates(self, at):
        out = self.gpgsm(at, '--list-keys', '--with-colons').decode()
        return set(re.findall(r'^fpr:+([0-9A-F]+):', out, re.M))

    def cms(self, data, at, key, detached=True):
        """DER of a signature, or of signed data."""
        kind = ['--detach-sign'] if detached else ['--sign']
        return self.gpgsm(at, *kind, '--local-user', key, data=crlf(data))


# ---- mails of it ----

def entity(text, kind='text/plain; charset=utf-8'):
    """A MIME part, with the line ends that are signed."""
    return crlf('Content-Type: %s\n\n%s' % (kind, text))


def signed(part, signature, kind='pgp', more=''):
    """Header and body of multipart/signed (RFC 1847)."""
    name = 'pgp' if kind == 'pgp' else 'pkcs7'
    head = ('Content-Type: multipart/signed; boundary="sEaL"; '
            'micalg=pgp-sha512; protocol="application/%s-signature"' % name)
    coded = ('' if kind == 'pgp'
             else 'Content-Transfer-Encoding: base64\n')
    body = '--sEaL\n%s\n--sEaL\nContent-Type: application/%s-signature; ' \
        'name="signature"\n%s\n%s\n%s--sEaL--\n' % (
            part.decode().replace('\r\n', '\n'), name, coded, signature,
            more)
    return head, body


# ---- what the tests of signed and sealed mail have in common ----

NAMED = 'Incident: INC-2026-0042\n'
YES = NAMED + '\nyes\n'
SIGNED_AT, SENT_AT = '2026-03-04 14:20:00', '2026-03-04 14:21:00'


def begin():
    """A Tap, where the programs are here; else the test is skipped."""
    if missing():
        print('1..0 # SKIP not installed: ' + missing())
        sys.exit(0)
    return Tap()
