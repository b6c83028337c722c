"""A throw-away instance of sitrep for tests of the whole program.

Mail goes in through `sitrep -t TIME deliver`, letters come out as files of a
spool: relay, time is what the test says.  TAP comes from the class Tap.
"""
import email
import email.policy
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone

import mailcheck

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
SITREP = os.environ.get('SITREP', os.path.join(TOP, 'build', 'sitrep'))
SHARED = os.path.join(os.path.dirname(TOP), 'shared')
PEERS = os.environ.get('PEERS', os.path.join(TOP, 'build', 'peers'))

CONF = '''
state     = "{dir}/state"
domain    = "in.status.example"
url       = "https://status.example/"
templates = "{top}/templates"
lists     = "{dir}/lists"
rota      = "{dir}/rota"
timezone  = "UTC"
authserv  = "in.status.example"
trust     = "authenticated"
relay     = {{ "spool:{dir}/out" }}
lmtp      = "{dir}/lmtp.sock"
lmtp_group = "root"
http      = "127.0.0.1:18080"
own_domains = {{ "example.net" }}
owner     = "postmaster@example.net"
admin     = "root@localhost"
status_from = "Status desk <incident@in.status.example>"
allow_clock = true
silence = "never"
zones = {{ "EST=America/Toronto" }}

component "email-a" {{ name = "Email Cluster A"  group = "Email"  aliases = {{ "cluster a" }} }}
component "email-b" {{ name = "Email Cluster B"  group = "Email"  aliases = {{ "cluster b", "mail b" }} }}
component "webmail" {{ name = "Webmail"  group = "Email" }}
component "dns-hosting" {{ name = "DNS Hosting"  aliases = {{ "dns" }} }}
component "registrar-api" {{ name = "Registrar API"  aliases = {{ "api" }} }}
person "noc1"   {{ name = "NOC One"    addresses = {{ "noc1@example.net" }}    roles = {{ "noc" }}   timezone = "America/Toronto" }}
person "noc2"   {{ name = "NOC Two"    addresses = {{ "noc2@example.net" }}    roles = {{ "noc" }} }}
person "comms1" {{ name = "Comms One"  addresses = {{ "comms1@example.net" }}  roles = {{ "comms" }}  page = {{ "5550134@pager.example" }} }}
person "comms2" {{ name = "Comms Two"  addresses = {{ "comms2@example.net" }}  roles = {{ "comms" }} }}
person "commslead" {{ name = "Comms Lead"  addresses = {{ "commslead@example.net" }}  roles = {{ "comms-lead" }} }}
person "exec1"  {{ name = "Duty Exec"  addresses = {{ "exec1@example.net" }}  roles = {{ "exec" }} }}
person "sec1"   {{ name = "Security One"  addresses = {{ "sec1@example.net" }}  roles = {{ "security" }} }}
person "support1" {{ name = "Support One"  addresses = {{ "support1@example.net" }}  roles = {{ "support" }} }}
{extra}
'''

LIST = '''list "example-status" {
	from = "Example Status <status@status.example>"
	reply_to = "support@example.net"
	kind = "open"
	description = "Status of our services"
	language = "en"
	timezones = { "America/Toronto", "Europe/Paris" }
	subject = "state"
}
'''

ROTA = '''2026-01-01T00:00:00Z 2028-01-01T00:00:00Z comms 1 comms1
2026-01-01T00:00:00Z 2028-01-01T00:00:00Z comms 2 comms2
2026-01-01T00:00:00Z 2028-01-01T00:00:00Z exec 3 exec1
'''


def epoch(when):
    """'2026-03-04 14:06:30' (UTC) or seconds."""
    if isinstance(when, (int, float)):
        return int(when)
    form = '%Y-%m-%d %H:%M:%S' if when.count(':') == 2 else '%Y-%m-%d %H:%M'
    return int(datetime.strptime(when, form).replace(
        tzinfo=timezone.utc).timestamp())


def mail_date(t):
    return datetime.fromtimestamp(t, timezone.utc).strftime(
        '%a, %d %b %Y %H:%M:%S +0000')


def peer(*path):
    """A file of a program that tests/peers/get fetched; None: it didn't."""
    try:
        with open(os.path.join(PEERS, 'node_modules', *path)) as f:
            return f.read()
    except OSError:
        return None


class Rig:
    def __init__(self, members=5, extra='', rota=ROTA, number=None,
                 conf=CONF, at='2026-03-04 14:00'):
        self.dir = tempfile.mkdtemp(prefix='sitrep-rig-')
        os.mkdir(self.path('lists'))
        self.write('sitrep.conf', conf.format(
            dir=self.dir, top=TOP, extra=extra))
        self.write('lists/example-status.conf', LIST)
        self.write('rota', rota)
        self.taken = set()
        self.now = epoch(at)
        self.serial = 0
        addresses = ['r%d@reseller%d.example' % (i, i)
                     for i in range(1, members + 1)]
        if addresses:
            self.run('list', 'example-status', 'import', '-',
                     text='\n'.join(addresses) + '\n', check=True)
        if number:
            self.sql("INSERT INTO counter (kind, year, next) "
                     "VALUES ('incident', 2026, %d)" % number)

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def write(self, name, text):
        with open(self.path(name), 'w') as f:
            f.write(text)

    def read(self, *parts):
        with open(self.path(*parts), errors='replace') as f:
            return f.read()

    def sql(self, text, *values):
        db = sqlite3.connect(self.path('state', 'sitrep.db'), timeout=20)
        rows = db.execute(text, values).fetchall()
        db.commit()
        db.close()
        return rows

    def run(self, *args, text=None, raw=None, at=None, check=False, env=None,
            patience=120):
        """One command at the rig's time."""
        if at is not None:
            self.now = epoch(at)
        data = raw if raw is not None else (text or '').encode()
        done = subprocess.run(
            [SITREP, '-c', self.path('sitrep.conf'), '-t', '@%d' % self.now,
             *args], input=data, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=patience,
            env={**os.environ, **(env or {})})
        if check and done.returncode != 0:
            raise RuntimeError('%s: %d %s' % (
                args, done.returncode, done.stderr.decode()))
        return done

    def watched(self, *args):
        """One command: its exit status, seconds, and the peak of its memory
        in kB, which ru_maxrss would tell of ourselves before exec."""
        start, peak = time.monotonic(), 0
        p = subprocess.Popen([SITREP, '-c', self.path('sitrep.conf'), '-t',
                              '@%d' % self.now, *args],
                             stdout=subprocess.DEVNULL)
        while p.poll() is None:
            try:
                with open('/proc/%d/status' % p.pid) as f:
                    peak = max([peak] + [int(x.split()[1]) for x in f
                                         if x.startswith('VmHWM')])
            except OSError:
                pass
            time.sleep(.01)
        return p.returncode, time.monotonic() - start, peak

    def compose(self, sender, to, body, subject='', date=None, mid=None,
                headers=(), auth='pass', reply=None):
        """The bytes of a mail as our mail server hands it over."""
        self.serial += 1
        lines = []
        address = sender
        if '<' in sender:
            address = re.search('<(.*)>', sender).group(1)
        domain = address.rpartition('@')[2]
        if auth:
            lines.append('Authentication-Results: in.status.example; '
                         'dkim=%s header.d=%s; dmarc=%s header.from=%s' % (
                             auth, domain, auth, domain))
        lines.append('Received: from mx.%s by in.status.example; %s' % (
            domain, mail_date(self.now)))
        lines += ['From: %s' % sender, 'To: %s' % to,
                  'Date: %s' % (date or mail_date(self.now)),
                  'Message-ID: <%s>' % (
                      mid or 't%d.%d@test.example' % (self.now, self.serial)),
                  'Subject: %s' % subject]
        if reply is not None:
            lines.append('In-Reply-To: %s' % reply['Message-ID'])
            lines.append('References: %s %s' % (
                reply.get('References', ''), reply['Message-ID']))
        names = [h.split(':')[0].lower() for h in headers]
        if 'content-type' not in names:
            lines += ['MIME-Version: 1.0',
                      'Content-Type: text/plain; charset=utf-8',
                      'Content-Transfer-Encoding: 8bit']
        lines += headers
        return ('\n'.join(lines) + '\n\n' + body).encode()

    def deliver(self, raw, to, sender='x@example.net', at=None, check=True):
        done = self.run('deliver', '-f', sender, '--', to, raw=raw, at=at)
        if check and done.returncode != 0:
            raise RuntimeError('deliver: %d %s %s' % (
                done.returncode, done.stdout, done.stderr))
        return done

    def mail(self, sender, to, body, at=None, **more):
        """Writes and delivers a mail; the internal mails that came of it."""
        if at is not None:
            self.now = epoch(at)
        raw = self.compose(sender, to, body, **more)
        address = sender
        if '<' in sender:
            address = re.search('<(.*)>', sender).group(1)
        self.deliver(raw, re.sub('.*<|>.*', '', to), address)
        # What the clock had to say first stands last.
        return sorted(self.out(), key=lambda m: re.search(
            r'\.t\d+\.\d+(\.page)?@', m['Message-ID'] or '') is not None)

    def answer(self, letter, body, sender=None, at=None, **more):
        """Replies to a mail that came out, as its reader would."""
        to = letter['Reply-To'] or letter['From']
        more.setdefault('subject', 'Re: ' + letter['Subject'])
        return self.mail(sender or address_of(letter['To']), to, body, at=at,
                         reply=letter, **more)

    def tick(self, at=None):
        self.run('tick', at=at, check=True)
        return self.out()

    def out(self):
        """Sends what is due; the mails that came out since the last call."""
        for _ in range(50):
            done = self.run('send', check=True)
            if b'Another process' not in done.stdout:
                break
            time.sleep(0.1)
        found = []
        # Only what is new is looked at: a long test reads 50,000 mails.
        where = self.path('out', 'new', '')
        names = os.listdir(where) if os.path.isdir(where) else ()
        fresh = [where + n for n in names if where + n not in self.taken]
        for name in sorted(fresh, key=os.path.getmtime):
            self.taken.add(name)
            with open(name, 'rb') as f:
                found.append(mailcheck.read(f.read()))
        return found

    def show(self, event):
        done = self.run('show', event, '--json', check=True)
        return json.loads(done.stdout)


def address_of(header):
    return re.sub('.*<|>.*', '', str(header)).strip()


def rcpt(letter):
    return str(letter['Delivered-To']).strip().strip('<>')


def text_of(letter):
    part = letter.get_body(('plain',))
    return part.get_content() if part is not None else ''


def to(letters, address):
    """The one mail that went to an address, or None."""
    hits = [m for m in letters if rcpt(m) == address]
    return hits[0] if hits else None


class Tap:
    def __init__(self):
        self.n = self.bad = 0

    def ok(self, good, what, more=''):
        self.n += 1
        self.bad += not good
        print('%sok %d - %s' % ('' if good else 'not ', self.n, what))
        if not good and more != '':
            for line in str(more).splitlines()[:40]:
                print('# ' + line)
        sys.stdout.flush()
        return good

    def same(self, have, want, what):
        return self.ok(have == want, what, 'have %r\nwant %r' % (have, want))

    def skip(self, why):
        self.n += 1
        print('ok %d # SKIP %s' % (self.n, why))

    def done(self):
        print('1..%d' % self.n)
        sys.exit(self.bad != 0)
