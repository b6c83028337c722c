#!/usr/bin/env python3
"""sitrep check: what is wrong is found, and told with how to mend it."""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import SITREP, TOP, Tap  # noqa: E402

tap = Tap()
NOW = '2026-03-04T14:00:00Z'
dir = tempfile.mkdtemp(prefix='t-check.')
CONF = f'''state = "{dir}/state"
domain = "in.status.example"
url = "https://status.example/"
templates = "{TOP}/templates"
lists = "{dir}/lists"
rota = "{dir}/rota"
relay = {{ "spool:{dir}/out" }}
lmtp = "{dir}/lmtp.sock"
lmtp_group = ""
own_domains = {{ "example.net" }}
owner = "boss@home.example"
allow_clock = true
component "email-b" {{ name = "Email Cluster B" }}
person "noc1" {{ name = "N" roles = {{ noc }}
	addresses = {{ "noc1@home.example" }} }}
person "comms1" {{ name = "C" roles = {{ comms }}
	addresses = {{ "comms1@example.net" }} page = {{ "|/bin/true" }} }}
'''
ROTA = '''2026-03-01T00:00Z 2026-03-09T00:00Z comms 1 comms1
2026-03-01T00:00Z 2026-03-09T00:00Z comms 2 comms1
'''
LIST = 'list "a" { from = "A <a@status.example>" }\n'


def put(name, text):
    path = os.path.join(dir, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as f:
        f.write(text)


def check(*args, now=NOW):
    """Exit status and [(grade, what, says)]."""
    p = subprocess.run([SITREP, '-c', dir + '/sitrep.conf', '-t', now,
                        'check', *args], capture_output=True, text=True)
    rows = [line.split(None, 2) for line in p.stdout.splitlines()]
    return p.returncode, rows, p.stdout + p.stderr


def finds(grade, what, says, name, **more):
    code, rows, out = check(**more)
    hit = any(r[0] == grade and r[1] == what and says in r[2] for r in rows)
    tap.ok(hit, name, out)
    tap.ok(code == (1 if 'WRONG' in (r[0] for r in rows) else 0),
           name + ': the exit status', out)


put('sitrep.conf', CONF)
put('rota', ROTA)
put('lists/a.conf', LIST)

# All well, but for the clock of this test.
code, rows, out = check()
tap.same(code, 0, 'nothing is wrong')
tap.same([r[1] for r in rows if r[0] != 'ok'], ['allow_clock'], 'one warning')
seen = {r[1] for r in rows}
tap.ok({'configuration', 'templates', 'permissions', 'store', 'people',
        'rota', 'relay', 'dns'} <= seen, 'each part has its line', out)
tap.ok(not os.path.exists(dir + '/state'), 'check makes nothing')

code, rows, out = check('--json')
told = json.loads(out)
tap.ok(told['ok'] is True and code == 0, 'the same as JSON', out)
tap.same({c['grade'] for c in told['checks']}, {'ok', 'warn'}, 'its grades')
tap.same(check('--jsn')[0], 64, 'a wrong option')
tap.same(check('more')[0], 64, 'an argument')

# Configuration.
put('sitrep.conf', CONF + 'robot = "x"\n')
finds('WRONG', 'configuration', 'sitrep.conf:18: `robot` is not built yet',
      'a key of a later part')
put('sitrep.conf', CONF.replace('example.net" }', 'status.example" }'))
finds('warn', 'domain', 'platform', 'a domain of the platform')
put('sitrep.conf', CONF + 'trust = "open"\n')
finds('warn', 'trust', 'anybody', 'trust = open')
put('sitrep.conf', CONF + 'noc_may_publish = "off"\n')
finds('warn', 'holding', 'nothing is published', 'nobody may publish')
for extra in ('', 'noc_may_publish = "off"\nholding = "sev1"\n'):
    put('sitrep.conf', CONF + extra)
    tap.ok('holding' not in check()[2], 'somebody may: %r' % extra)
put('sitrep.conf', CONF.replace(f'{dir}/lmtp.sock', '0.0.0.0:2424'))
finds('warn', 'lmtp', '127.0.0.1', 'LMTP for everybody')
put('sitrep.conf', CONF.replace('group = ""', 'group = "no-such-group"'))
finds('warn', 'lmtp_group', 'no-such-group', 'a group that is not there')
put('sitrep.conf', CONF.replace('allow_clock = true', ''))
code, rows, out = check()
tap.ok(code == 1 and 'allow_clock' in out, '-t without allow_clock', out)
os.rename(dir + '/sitrep.conf', dir + '/away')
finds('WRONG', 'configuration', "isn't there", 'no configuration')
put('sitrep.conf', CONF)
put('lists/a.conf', LIST.replace('a@status', 'a status'))
finds('WRONG', 'configuration', 'lists/a.conf:1:', 'a list with a mistake')
os.unlink(dir + '/lists/a.conf')
finds('warn', 'lists', 'nobody gets mail', 'no list')
put('lists/a.conf', LIST.replace('from', 'language = "it" from'))
finds('warn', 'lists', 'a: ' + TOP + '/templates/it', 'no Italian words')
put('lists/a.conf', LIST)
finds('ok', 'configuration', '1 component, 2 people, 1 list', 'a count of one')
p = subprocess.run([SITREP, 'chek'], capture_output=True, text=True)
tap.ok(p.returncode == 64 and 'no such command: chek\n' in p.stderr,
       'a command that is none is named', p.stderr)

# Templates: what would fail at the first post is found before it.
shutil.copytree(TOP + '/templates', dir + '/templates')
put('sitrep.conf', CONF.replace(TOP + '/templates', dir + '/templates'))
for name, old, new, exact, says in (
        ('en/update.txt', '{{text}}', '{{txet}}', True, 'no such value'),
        ('en/update.txt', '{{/lasting}}', '', False, "isn't closed"),
        ('en/update.html', '{{title}}', '{{{title}}}', True, 'unescaped'),
        ('en/confirm.txt', '{{link}}', '{{lnik}}', True, 'no such value'),
        ('en/welcome.txt', '{{/open}}', '', False, "isn't closed"),
        ('en/arrival.txt', '{{from}}', '{{form}}', True, 'no such value'),
        ('en/level.html', '{{level}}', '{{lvel}}', False, 'no such value'),
        ('en/update.txt', '\n{{text}}', '', False, 'leaves out'),
        ('en/words', 'dir = ltr', 'dir: ltr', True, 'key = text'),
        ('site/front.html', '{{> head.html}}', '{{> heda.html}}', True,
         'no such file'),
        ('site/revision.html', '{{reason}}', '{{raison}}', False,
         'no such value'),
        ('site/update.html', '{{workaround}}</dd>', '{{work}}</dd>', False,
         'no such value'),
        ('stock', 'same = ', 'sane = ', True, 'no such state'),
        ('stock', ' {components} is', ' {component} is', True, '{component}'),
        ('stock', ' {components} is', ' ![x](https://a.example/b) is', True,
         'image')):
    with open(f'{dir}/templates/{name}') as f:
        good = f.read()
    put('templates/' + name, good.replace(old, new))
    where = ':%d:' % (good[:good.index(old)].count('\n') + 1)
    finds('WRONG', 'templates', name + (where if exact else ''),
          f'{name} with {new or "no " + old}')
    finds('WRONG', 'templates', says, 'and it says why')
    put('templates/' + name, good)
put('templates/stock', 'same = x\n')
finds('WRONG', 'templates', 'stock: add a line investigating',
      'a state without stock text')
shutil.copy(TOP + '/templates/stock', dir + '/templates/stock')
os.rename(dir + '/templates/en/goodbye.txt', dir + '/kept')
finds('WRONG', 'templates', 'en/goodbye.txt is missing', 'no goodbye')
os.rename(dir + '/kept', dir + '/templates/en/goodbye.txt')
os.unlink(dir + '/templates/help')
finds('WRONG', 'templates', 'help is missing', 'no page of help')
shutil.rmtree(dir + '/templates')
put('sitrep.conf', CONF)

# People.
put('sitrep.conf', CONF.replace('{ comms }', '{ exec }'))
put('rota', '')
finds('WRONG', 'people', 'role comms', 'nobody publishes')
put('rota', ROTA)
put('sitrep.conf', CONF.replace('"|/bin/true"', '"5@mail.example.net"'))
finds('warn', 'people', 'comms1 can be reached through the platform',
      'a person behind the platform')
put('sitrep.conf', CONF)

# The rota.
finds('ok', 'rota', 'comms1', 'the rota covers three days')
finds('WRONG', 'rota', 'from 2026-03-09T00:00:00Z', 'a gap in three days',
      now='2026-03-06T00:00:01Z')
finds('ok', 'rota', 'comms1', 'no gap in three days',
      now='2026-03-06T00:00:00Z')
finds('WRONG', 'rota', 'now', 'nobody on call', now='2026-03-10T00:00:00Z')
finds('warn', 'rota', 'backup', 'no backup', now='2026-03-10T00:00:00Z')
put('rota', ROTA + 'comms 1\n')
finds('WRONG', 'rota', 'rota:3:', 'a mistake in the rota')
os.unlink(dir + '/rota')
finds('WRONG', 'rota', "isn't there", 'no rota')
put('rota', ROTA)

# Templates.
put('sitrep.conf', CONF.replace(TOP + '/templates', dir + '/templates'))
shutil.copytree(TOP + '/templates', dir + '/templates')
os.unlink(dir + '/templates/stock')
finds('WRONG', 'templates', 'templates/stock', 'a template is missing')
put('templates/stock', '')
finds('WRONG', 'templates', 'templates/stock', 'a template is empty')
put('sitrep.conf', CONF)

# The state, and who may read it.
subprocess.run([SITREP, '-c', dir + '/sitrep.conf', 'tick'], check=True,
               capture_output=True)
finds('ok', 'store', 'sitrep.db', 'a store')
finds('ok', 'permissions', 'state', 'permissions as they are made')
for name, mode, right in (('state', 0o777, 0o751),
                          ('state/keys', 0o755, 0o700),
                          ('state/sitrep.db', 0o644, 0o600)):
    path = os.path.join(dir, name)
    os.chmod(path, mode)
    finds('WRONG', 'permissions', 'chmod %04o %s' % (right, path),
          'mode of ' + name)
    os.chmod(path, right)
for key in os.listdir(dir + '/state/keys')[:1]:
    path = dir + '/state/keys/' + key
    os.chmod(path, 0o640)
    finds('WRONG', 'permissions', 'chmod 0600 ' + path, 'mode of a key')
    os.chmod(path, 0o600)
for key in ('reply', 'list', 'chain'):
    path = dir + '/state/keys/' + key
    with open(path) as f:
        good = f.read()
    put('state/keys/' + key, 'junk\n')
    finds('WRONG', 'keys', path + " isn't a key", f'{key}: no key')
    os.unlink(path)
    finds('WRONG', 'keys', path + ' is missing: put it', f'{key}: lost')
    tap.ok(not os.path.exists(path), 'check makes none')
    put('state/keys/' + key, good)
    os.chmod(path, 0o600)
finds('ok', 'keys', 'state/keys', 'the keys')
# A disk that is nearly full.
small = ['unshare', '-rm', 'sh', '-c',
         'mount -t tmpfs -o size=$1 none "$2/state" && shift 2 && exec "$@"',
         'sh']
if subprocess.run(small[:3] + ['-c', 'true']).returncode == 0:
    for size, grade in (('8m', 'warn'), ('24m', 'ok')):
        p = subprocess.run(small + [size, dir, SITREP, '-c',
                                    dir + '/sitrep.conf', '-t', NOW, 'check'],
                           capture_output=True, text=True)
        tap.ok(any(x.split()[:2] == [grade, 'disk'] and
                   dir + '/state' in x for x in p.stdout.splitlines()),
               f'{size} of disk: {grade}', p.stdout + p.stderr)
else:
    tap.skip('no disk of one\'s own to be had')
os.chmod(dir + '/rota', 0o666)
finds('WRONG', 'permissions', 'chmod o-w', 'a rota for everybody to write')
os.chmod(dir + '/rota', 0o600)

shutil.copy(dir + '/state/sitrep.db', dir + '/whole.db')
with open(dir + '/state/sitrep.db', 'r+b') as f:
    size = f.seek(0, 2)
    for at in range(4096 + 8, size, 512):
        f.seek(at)
        f.write(b'\xa5' * 100)
code, rows, out = check()
tap.ok(code == 1 and any(r[:2] == ['WRONG', 'store'] for r in rows),
       'a broken store', out)
with open(dir + '/state/sitrep.db', 'wb') as f:
    f.write(b'not a database at all' * 100)
code, rows, out = check()
tap.ok(code == 1 and any(r[:2] == ['WRONG', 'store'] for r in rows),
       'a store that is none', out)
shutil.copy(dir + '/whole.db', dir + '/state/sitrep.db')


# Mail servers.
def server(says, calls=1):
    s = socket.socket()
    s.bind(('127.0.0.1', 0))
    s.listen(5)

    def answer():
        for _ in range(calls):
            c, _ = s.accept()
            c.sendall(says)
            c.settimeout(5)
            try:
                c.recv(100)
            except OSError:
                pass
            c.close()
        s.close()
    threading.Thread(target=answer, daemon=True).start()
    return s.getsockname()[1]


def relay(port):
    put('sitrep.conf', CONF.replace(f'spool:{dir}/out',
                                    f'smtp://127.0.0.1:{port}'))


relay(server(b'220 mx.example.net \x1b[31mESMTP\r\n'))
finds('ok', 'relay', '220 mx.example.net [31mESMTP', 'a relay greets')
relay(server(b'554 no\r\n'))
finds('WRONG', 'relay', '554 no', 'a relay refuses')
relay(server(b''))
finds('WRONG', 'relay', 'says nothing', 'a relay hangs up')
relay(server(b'\xff\xfe\x00\x80' * 400))
finds('WRONG', 'relay', 'mail server', 'a relay says rubbish')
with socket.socket() as s:
    s.bind(('127.0.0.1', 0))
    relay(s.getsockname()[1])
    finds('WRONG', 'relay', "can't be reached", 'a relay is away')
put('sitrep.conf', CONF.replace(f'spool:{dir}/out', 'spool:/proc/1/x'))
finds('WRONG', 'relay', "can't be written", 'a spool that cannot be')

put('sitrep.conf', CONF)

# A library that is loaded late.
put('libs/libgmime-3.0.so.0', 'no library\n')
os.environ['LD_LIBRARY_PATH'] = dir + '/libs'
finds('WRONG', 'reader', 'libgmime-3.0', 'the reader lacks its library')
del os.environ['LD_LIBRARY_PATH']

# Postfix on this machine.
if shutil.which('postconf', path=os.environ['PATH'] + ':/usr/sbin'):
    os.environ['MAIL_CONFIG'] = dir + '/postfix'
    put('postfix/main.cf', 'compatibility_level = 3.6\n'
        'smtpd_forbid_bare_newline = no\nmessage_size_limit = 99999999\n')
    finds('warn', 'postfix', 'bare_newline=yes', 'Postfix lets mail smuggle')
    finds('warn', 'postfix', 'message_size_limit=26214400',
          'Postfix takes longer mail than we')
    put('postfix/main.cf', 'compatibility_level = 3.6\n'
        'smtpd_forbid_bare_newline = yes\n')
    finds('ok', 'postfix', 'bare_newline', 'Postfix as it should be')
else:
    tap.skip("postfix isn't installed")

shutil.rmtree(dir)
tap.done()
