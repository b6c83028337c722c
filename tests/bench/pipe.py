"""F11 and F15 of `make bench`: what a mail costs at the pipe, and how soon an
approved text is on the wire.  Pairs are interleaved, figures are medians.

usage: pipe.py COMMITS BROADCAST STATE
The programs of commits.c and broadcast.c, a store that the latter has filled.
"""
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

from bench import PAIRS, median, row
from rig import Rig, SITREP
from whole import Instance, Lmtp, wait_until

COMMITS, BROADCAST, STATE = sys.argv[1:4]
IN = 'incident@in.status.example'


def timed(command, data=b''):
    start = time.perf_counter()
    done = subprocess.run(command, input=data, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit('%s: exit %d' % (command, done.returncode))
    return time.perf_counter() - start


# -- F11 --------------------------------------------------------------------

def commits_so_far(path):
    """The file change counter of the format: one more for each commit."""
    with open(path, 'rb') as f:
        return int.from_bytes(f.read(28)[24:], 'big')


def pipe(pairs):
    rig = Rig()
    rig.now = int(time.time())
    store = rig.path('state', 'sitrep.db')
    command = [SITREP, '-c', rig.path('sitrep.conf'), 'deliver', '-f',
               'noc1@example.net', '--', IN]

    def deliver():
        return timed(command, rig.compose(
            'noc1@example.net', IN, 'Half of the logins on cluster b time '
            'out.\nComponents: email-b\nSeverity: 2\n',
            'Logins fail %d' % rig.serial))

    deliver()
    before = commits_so_far(store)
    deliver()
    least = [COMMITS, rig.path('state', 'commits.db'),
             str(commits_so_far(store) - before)]
    timed(least)
    ours, theirs = [], []
    for _ in range(pairs):
        ours.append(deliver())
        theirs.append(timed(least))
    rig.close()
    row('F11', 'deliver against %s commits alone (%.1f ms, %.1f ms)'
        % (least[2], median(ours) * 1e3, median(theirs) * 1e3),
        median(ours) / median(theirs), '<= 2.5')


# -- F15 --------------------------------------------------------------------

class Sink:
    """A mail server that remembers when the first byte of each text came."""

    def __init__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.mails = []  # time, envelope sender, recipient, text
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            peer = self.socket.accept()[0]
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.talk, args=(peer,),
                             daemon=True).start()

    def talk(self, peer):
        got, sender, to, begun = b'', '', '', None
        peer.sendall(b'220 sink\r\n')
        while True:
            try:
                more = peer.recv(1 << 16)
            except OSError:
                return
            now = time.perf_counter()
            if not more:
                return
            got += more
            while got:
                if begun is not None:
                    end = got.find(b'\r\n.\r\n')
                    if end < 0:
                        break
                    self.mails.append((begun or now, sender, to, got[:end]))
                    got, begun = got[end + 5:], None
                    peer.sendall(b'250 taken\r\n')
                    continue
                line, mark, rest = got.partition(b'\r\n')
                if not mark:
                    break
                got = rest
                verb = line[:4].upper()
                if verb == b'EHLO':
                    peer.sendall(b'250-sink\r\n250-PIPELINING\r\n'
                                 b'250 8BITMIME\r\n')
                elif verb == b'DATA':
                    peer.sendall(b'354 go on\r\n')
                    begun = now if got else 0
                else:
                    if verb == b'MAIL':
                        sender = line.decode()
                    if verb == b'RCPT':
                        to = line.decode()
                    peer.sendall(b'250 well\r\n')
            if begun == 0 and got:
                begun = now

    def find(self, after, test):
        return next((m for m in self.mails[after:] if test(m)), None)


def mail(sender, to, subject, body, serial, reply=''):
    return ('Authentication-Results: in.status.example; '
            'dkim=pass header.d=example.net; dmarc=pass '
            'header.from=example.net\n'
            'From: %s\nTo: %s\nSubject: %s\nDate: %s\n'
            'Message-ID: <b%d@bench.example>\n%s\n%s' % (
                sender, to, subject,
                time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime()),
                serial, reply, body)).replace('\n', '\r\n').encode()


def send(lmtp, sender, to, raw):
    """When the server said that the mail is its own."""
    for line in (b'MAIL FROM:<%s>' % sender.encode(),
                 b'RCPT TO:<%s>' % to.encode(), b'DATA'):
        lmtp.ask(line + b'\r\n')
    said = lmtp.ask(raw + b'\r\n.\r\n')
    now = time.perf_counter()
    if not said.startswith('250'):
        sys.exit('LMTP: ' + said)
    return now


def approve(i, lmtp, sink, serial):
    """One incident of comms' own: draft, preview, yes; seconds to the wire."""
    start = len(sink.mails)
    me = 'comms1@example.net'
    send(lmtp, me, IN, mail(
        me, IN, 'Logins fail %d' % serial,
        'draft investigating\nTitle: Logins fail %d\nComponents: email-b\n'
        'Severity: 3\n\nWe look into logins that fail on **Cluster B**.\n'
        % serial, serial))
    preview = wait_until(lambda: sink.find(
        start, lambda m: b'Subject: [PREVIEW]' in m[3]))
    if not preview:
        sys.exit('no preview came: ' + i.said()[-2000:])
    head = re.sub(r'\r\n[ \t]+', ' ', preview[3].decode())
    field = {k: re.search('(?m)^%s: (.*?)\r?$' % k, head).group(1)
             for k in ('Message-ID', 'Reply-To', 'Subject')}
    to = re.sub('.*<|>.*', '', field['Reply-To'])
    # Nobody reads that fast: until courier and page are done with it.
    wait_until(lambda: i.one(
        "SELECT count(*) FROM letter WHERE status = 'waiting'") == 0)
    time.sleep(0.3)
    start = len(sink.mails)
    taken = send(lmtp, me, to, mail(
        me, to, 'Re: ' + field['Subject'], 'Yes\n', serial + 1000000,
        'In-Reply-To: %s\n' % field['Message-ID']))
    first = wait_until(lambda: sink.find(
        start, lambda m: 'example-status-bounces' in m[1]))
    if not first:
        sys.exit('no copy came: ' + i.said()[-2000:])
    return first[0] - taken


def wire(pairs):
    sink = Sink()
    with Instance('relay = { "smtp://127.0.0.1:%d" }' % sink.port,
                  'trust = "authenticated"') as i:
        members = '\n'.join('r%d@reseller.example' % n for n in range(100))
        i.run('list', 'example-status', 'import', '-', data=members.encode())
        i.serve()
        lmtp = Lmtp(i.lmtp)
        lmtp.ask(b'LHLO bench\r\n')
        approve(i, lmtp, sink, 1)
        ours, theirs = [], []
        for n in range(pairs):
            ours.append(approve(i, lmtp, sink, 2 + n))
            theirs.append(least(i))
    row('F15', 'first copy after the 250, against commit and compose '
        '(%.1f ms, %.1f ms)' % (median(ours) * 1e3, median(theirs) * 1e3),
        median(ours) / median(theirs), '<= 3')


def least(i):
    """Seconds of one synced commit and of one composition."""
    with tempfile.NamedTemporaryFile(dir=os.path.join(i.dir, 'state')) as f:
        said = subprocess.run([COMMITS, f.name, '1', 'time'], check=True,
                              stdout=subprocess.PIPE).stdout
    made = subprocess.run([BROADCAST, 'compose', STATE, '.'], check=True,
                          stdout=subprocess.PIPE).stdout
    return float(said) + float(made)


pipe(max(PAIRS, 41))
wire(max(PAIRS, 15))
