#!/usr/bin/env python3
"""sitrep check asks the DNS: here a name server of our own, in a network of
our own (root and unshare are needed)."""
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import SITREP, TOP, Tap  # noqa: E402

INSIDE = 'SITREP_DNS_TEST'


def enter():
    """Again, with a loopback and an /etc/resolv.conf that nobody shares."""
    probe = subprocess.run(['unshare', '-mn', 'true'], capture_output=True)
    if os.geteuid() != 0 or probe.returncode != 0:
        print("1..0 # SKIP a network of our own can't be made")
        sys.exit(0)
    os.environ[INSIDE] = '1'
    os.execvp('unshare', ['unshare', '-mn', sys.executable, __file__])


if not shutil.which('unshare') or not shutil.which('ip'):
    print("1..0 # SKIP unshare or ip isn't installed")
    sys.exit(0)
if INSIDE not in os.environ:
    enter()

tap = Tap()
dir = tempfile.mkdtemp(prefix='sitrep-dns.')
subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
with open(dir + '/resolv.conf', 'w') as f:
    f.write('nameserver 127.0.0.1\n')
subprocess.run(['mount', '--bind', dir + '/resolv.conf', '/etc/resolv.conf'],
               check=True)

MX, TXT = 15, 16


def name(s):
    return b''.join(bytes([len(p)]) + p.encode() for p in s.split('.')) + b'\0'


def txt(*strings):
    return b''.join(bytes([len(s)]) + s.encode() for s in strings)


class Server(threading.Thread):
    """records: {(name, type): [data]}; what(query) may spoil an answer."""

    def __init__(self):
        super().__init__(daemon=True)
        self.records, self.spoil = {}, lambda a: a
        self.s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.s.bind(('127.0.0.1', 53))

    def run(self):
        while True:
            q, peer = self.s.recvfrom(4096)
            at, parts = 12, []
            while q[at]:
                parts.append(q[at + 1:at + 1 + q[at]].decode().lower())
                at += 1 + q[at]
            kind = struct.unpack('>H', q[at + 1:at + 3])[0]
            have = self.records.get(('.'.join(parts), kind))
            known = any(n == '.'.join(parts) for n, _ in self.records)
            a = q[:2] + struct.pack('>HHHHH', 0x8180 | (0 if known else 3), 1,
                                    len(have or ()), 0, 0)
            a += q[12:at + 5]
            for data in have or ():
                a += b'\xc0\x0c' + struct.pack('>HHIH', kind, 1, 60,
                                               len(data)) + data
            a = self.spoil(a)
            if a:
                self.s.sendto(a, peer)


server = Server()
server.start()
os.mkdir(dir + '/lists')
with open(dir + '/sitrep.conf', 'w') as f:
    f.write(f'''state = "{dir}/state"
domain = "in.status.tld"
url = "https://status.tld/"
templates = "{TOP}/templates"
lists = "{dir}/lists"
rota = "{dir}/rota"
relay = {{ "spool:{dir}/out" }}
owner = "boss@home.example"
status_from = "Desk <incident@status.tld>"
''')


def lines():
    p = subprocess.run([SITREP, '-c', dir + '/sitrep.conf', 'check'],
                       capture_output=True, text=True)
    return [x.split(None, 2) for x in p.stdout.splitlines()
            if x.split(None, 2)[1] == 'dns']


server.records = {('in.status.tld', MX): [b'\0\x0a' + name('mx.status.tld')],
                  ('status.tld', TXT): [txt('other'),
                                        txt('v=spf1 mx -all', 'more')],
                  ('_dmarc.status.tld', TXT): [txt('v=DMARC1; p=reject')]}
tap.same(lines(), [['ok', 'dns', 'in.status.tld has an MX'],
                   ['ok', 'dns', 'status.tld has SPF and DMARC']],
         'all records are there')
del server.records['status.tld', TXT]
got = lines()
tap.ok(got[1][0] == 'warn' and 'SPF' in got[1][2], 'no SPF', got)
server.records['status.tld', TXT] = [txt('v=spf1 -all')]
server.records['_dmarc.status.tld', TXT] = [txt('v=DMARC'), b'', txt('x')]
got = lines()
tap.ok(got[1][0] == 'warn' and 'DMARC' in got[1][2], 'no DMARC', got)
del server.records['in.status.tld', MX]
got = lines()
tap.ok(got[0][0] == 'WRONG' and 'MX' in got[0][2], 'no MX', got)

# Answers cut short or lying about their length never end the program.
server.records['in.status.tld', MX] = [b'\0\x0a' + name('mx.status.tld')]
whole = []


def keep(a):
    whole.append(a)
    return a


server.spoil = keep
lines()
one = whole[0]
bad = 0
for n in range(12, len(one), 9):
    server.spoil = lambda a: a[:n] if len(a) > n else a
    bad += not lines()
server.spoil = lambda a: a[:-20] + b'\xff' * 20
bad += not lines()
server.spoil = lambda a: a[:6] + b'\xff\xff' + a[8:]
bad += not lines()
tap.same(bad, 0, 'broken answers are survived')

server.spoil = lambda a: None
got = lines()
tap.ok(got == [['ok', 'dns', 'no name server answers: not checked']],
       'a silent server is no mistake', got)

shutil.rmtree(dir)
tap.done()
