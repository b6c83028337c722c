#!/usr/bin/env python3
# Members from elsewhere: plain, CSV, Mailman and mlmmj files as they are; what
# is no address is refused by its line with the reason; states are kept, nobody
# is revived; an export can be imported again.  An account list from the
# reseller database: the difference shown first.  With CHECK_LONG a million.
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from rig import Rig, SITREP, Tap  # noqa: E402

tap = Tap()
LIST = 'example-status'
ACCOUNT = '''list "resellers" {
	from = "Example Notices <notices@status.example>"
	kind = "account"
}
'''


def new():
    rig = Rig(members=0)
    rig.write('lists/resellers.conf', ACCOUNT)
    return rig


def members(rig, list=LIST):
    return {a: (s, d) for a, s, d in rig.sql(
        'SELECT address, status, delivery FROM member WHERE list = ?', list)}


def on_terminal(rig, *args, say=b''):
    """What a person at a terminal sees."""
    master, slave = pty.openpty()
    p = subprocess.Popen([SITREP, '-c', rig.path('sitrep.conf'), '-t',
                          '@%d' % rig.now, *args], stdin=slave, stdout=slave,
                         stderr=slave, start_new_session=True,
                         preexec_fn=lambda: os.close(
                             os.open(os.ttyname(0), os.O_RDWR)))
    os.close(slave)
    seen = b''
    try:
        while True:
            got = os.read(master, 4096)
            seen += got
            if b'Type yes: ' in got and say:
                os.write(master, say)
    except OSError:
        pass
    os.close(master)
    return p.wait(), seen.decode()


# ---- a pipe that takes its time keeps no mail waiting
IN = 'incident@in.status.example'
for name in '-', '/dev/stdin':
    rig = new()
    p = subprocess.Popen([SITREP, '-c', rig.path('sitrep.conf'), '-t',
                          '@%d' % rig.now, 'list', LIST, 'import', name],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    p.stdin.write(b'a@reseller.example\n' * 5000 + b'b@reseller.example\n')
    p.stdin.flush()
    done = rig.deliver(rig.compose('noc1@example.net', IN, 'Logins fail.\n',
                                   subject='Logins fail'), IN, check=False)
    tap.same((done.returncode, p.poll()), (0, None),
             name + ': a mail comes meanwhile')
    p.stdin.write(b'c@reseller.example')
    p.stdin.close()
    tap.same((p.wait(), sorted(members(rig))), (0, [
        x + '@reseller.example' for x in 'abc']), 'all of it is there then')
    p.stdout.close()
    rig.close()

# ---- 200 lines that are no addresses
rig = new()
bad = ['"john doe"@x%d.example', '"a@b"@x%d.example', '"|cmd"@x%d.example',
       '"%d"@x.example', 'a%d@b\u00fccher.example',
       '\u7528\u6237%d@\u4f8b\u5b50.example', 'a@' + 'x' * 300 + '%d.example',
       'a' * 300 + '%d@x.example', 'a%d@' + 'x' * 64 + '.example',
       'a%d@x.example\rRCPT TO:<b@x.example>', 'a%d@x.example\r\rb',
       '|/bin/sh -c id%d', '|cmd%d@x.example', '/etc/passwd%d',
       '../../%d@x.example', '../..%d', '/var/mail/a%d@x.example',
       'C:\\mail\\%d', 'a%d', '@x%d.example', 'a%d@', 'a%d@x',
       'a%d@@x.example', 'a%d@b@x.example', 'a %d@x.example',
       'a%d@[192.0.2.1]', 'a%d@x..example', 'a..%d@x.example',
       'a%d@-x.example', 'a%d@x-.example', 'a%d@x_y.example',
       'a%d@x.example, b@x.example', 'a%d@x.example;b@x.example',
       '<a%d@x.example', 'a%d@x.example>', 'mailto:a%d@x.example',
       'a\x00%d@x.example', 'a\x1b[31m%d@x.example', 'a%d@x.example\x07',
       'a%d@x.example:25', '.a%d@x.example']
raw, wrong, right = b'', [], []
for n in range(250):
    if n % 5 == 4:
        right.append('good%d@x.example' % n)
        raw += right[-1].encode() + (b'\r\n' if n % 2 else b'\n')
        continue
    k = len(wrong)
    wrong.append(n + 1)
    if k == 100:
        raw += b'\xff\xfe@x.example\n'
    else:
        raw += (bad[k % len(bad)] % k).encode() + b'\n'
done = rig.run('list', LIST, 'import', '-', raw=raw)
said = {}
for line in done.stderr.decode('utf-8', 'replace').splitlines():
    m = re.match(r'line (\d+): (.*): ([^:]{10,})$', line)
    if m:
        said[int(m.group(1))] = m.group(3)
tap.same((done.returncode, len(wrong), sorted(said)), (0, 200, wrong),
         '200 lines that are no addresses are refused by number')
tap.ok(len(set(said.values())) >= 15, 'each with its reason',
       '\n'.join(sorted(set(said.values()))))
tap.same(sorted(members(rig)), sorted(right), 'the rest is imported')
tap.ok(b'250 lines: 50 added, 0 were members already, 0 stay away, '
       b'200 refused' in done.stdout, 'and counted', done.stdout)
tap.ok(all(c >= ' ' or c == '\n' for c in done.stderr.decode()),
       'nothing of them does anything to a terminal')

# ---- CSV, with names of columns as people have them
done = rig.run('list', LIST, 'import', '-', text='\ufeff"E-Mail Address";'
               'First Name;Delivery Mode;STATUS;Time-Zone;Opt-in time;'
               'Consent source\r\n'
               'c1@x.example;"Doe; Jane";digest;;Europe/Paris;2019-04-01;'
               'web form\r\n'
               'c2@x.example;;;Unsubscribed;;;\r\n'
               'c3@x.example;;;by_bounces;;;\r\n'
               'c4@x.example;;;nomail;;;\r\n'
               'c5@x.example;;;pending;;;\r\n'
               'c6@x.example;;;;Mars/Base;;\r\n'
               'c7@x.example;;;;;04.01.2019;\r\n')
have = members(rig)
tap.same([have.get('c%d@x.example' % n) for n in range(1, 8)],
         [('active', 'digest'), ('left', 'each'), ('bounced', 'each'),
          ('nomail', 'each'), None, None, None], 'CSV: states are kept')
tap.same(rig.sql("SELECT source, consented FROM member WHERE address = "
                 "'c1@x.example'"), [('web form', 1554076800)],
         'with where the consent is from, and its date')
tap.ok(b'line 6: c5@x.example: it was never confirmed' in done.stderr and
       b'line 7: c6@x.example: no such time zone' in done.stderr and
       b'line 8: c7@x.example: a date' in done.stderr,
       'what is not understood is refused by line', done.stderr)
tap.ok(b'3 of those added get nothing' in done.stdout, 'said', done.stdout)

# ---- nobody is revived
rig.run('list', LIST, 'remove', 'c4@x.example', check=True)
for text in ('c2@x.example\nc3@x.example\nc4@x.example\n',
             'email,status\nc2@x.example,active\nc3@x.example,active\n'
             'c4@x.example,active\n'):
    done = rig.run('list', LIST, 'import', '-', text=text)
    tap.ok(b'3 stay away' in done.stdout and
           b'c2@x.example: c2@x.example has left' in done.stderr and
           b'has bounced' in done.stderr and b'was removed' in done.stderr,
           'who is away stays so, and each is named with his reason',
           (done.stdout, done.stderr))
have = members(rig)
tap.same([have['c%d@x.example' % n][0] for n in (2, 3, 4)],
         ['left', 'bounced', 'removed'], 'the reasons are kept apart')

# ---- Mailman 2 and 3
rig.write('full', 'Jane Doe <m1@x.example>\n"Doe, John" <m2@x.example>\n'
          'm3@x.example\n')
rig.write('digest', 'Ann <m4@x.example>\n')
rig.write('gone', 'm5@x.example\n')
rig.run('list', LIST, 'import', rig.path('full'), check=True)
rig.run('list', LIST, 'import', '--as', 'digest', rig.path('digest'),
        check=True)
rig.run('list', LIST, 'import', '--as', 'bounced', '--source',
        'old Mailman', '--consent', '2015-06-07', rig.path('gone'), check=True)
have = members(rig)
tap.same([have.get('m%d@x.example' % n) for n in range(1, 6)],
         [('active', 'each')] * 3 + [('active', 'digest'),
                                     ('bounced', 'each')],
         'list_members -f, and with --as what is special')
tap.same(rig.sql("SELECT source, consented FROM member WHERE address IN "
                 "('m1@x.example', 'm5@x.example') ORDER BY id"),
         [('full', rig.now), ('old Mailman', 1433635200)],
         'source and date as said, else the file and now')
done = rig.run('list', LIST, 'import', '--as', 'purple', rig.path('full'))
tap.ok(done.returncode == 1 and b'say digest, nomail' in done.stderr,
       'a wrong --as says what there is', done.stderr)
rig.write('config.pck.txt', '''[----- start pickle file -----]
<----- start object 1 ----->
{   'bounce_info': {   'p3@x.example': <Mailman.Bouncer._BounceInfo instance at 0x7f1>},
    'delivery_status': {   'p2@x.example': (3, 1268224117.5),
                           'p3@x.example': (4, 1268224118.0)},
    'digest_members': {   'p4@x.example': 'P4@x.example'},
    'language': {   'p1@x.example': 'de'},
    'members': {   'p1@x.example': 0,
                   'p2@x.example': 0,
                   'p3@x.example': 0,
                   'p 5': 0},
    'real_name': "It's"}
[----- end pickle file -----]
''')
done = rig.run('list', LIST, 'import', rig.path('config.pck.txt'))
have = members(rig)
tap.same([have.get(a + '@x.example') for a in ('p1', 'p2', 'p3', 'P4')],
         [('active', 'each'), ('nomail', 'each'), ('bounced', 'each'),
          ('active', 'digest')], 'dumpdb config.pck: all with their states')
tap.ok(b'line 11: p 5: there is no @' in done.stderr, 'refused by line',
       done.stderr)
rig.write('config', "# -*- python -*-\n## captured on Wed Mar  4\n"
          "real_name = 'x'\n")
done = rig.run('list', LIST, 'import', rig.path('config'))
tap.ok(done.returncode == 1 and b'without members' in done.stderr,
       'config_list has none, and that is said', done.stderr)

# ---- mlmmj
ml = rig.path('ml')
for name in ('subscribers.d', 'digesters.d', 'nomailsubs.d', 'control',
             'text', 'subconf', 'queue'):
    os.makedirs(os.path.join(ml, name))
if shutil.which('mlmmj-sub'):
    rig.write('ml/control/listaddress', 'ml@x.example\n')
    rig.write('ml/index', '')
    peer = shutil.which('mlmmj-sub')
    for a, more in (('s1', []), ('s2', []), ('t1', []), ('d1', ['-d']),
                    ('n1', ['-n'])):
        subprocess.run([peer, '-L', ml, '-a', a + '@y.example', '-s',
                        '-f', *more], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    tap.ok(os.path.exists(ml + '/subscribers.d/s'), 'mlmmj made its files')
else:
    tap.skip("mlmmj isn't installed: its files are written by hand")
    for name, text in (('subscribers.d/s', 's1@y.example\ns2@y.example\n'),
                       ('subscribers.d/t', 't1@y.example\n'),
                       ('digesters.d/d', 'd1@y.example\n'),
                       ('nomailsubs.d/n', 'n1@y.example\n')):
        rig.write('ml/' + name, text)
with open(ml + '/subscribers.d/t', 'a') as f:
    f.write('no address\n')
done = rig.run('list', LIST, 'import', ml)
have = members(rig)
tap.same([have.get(a + '@y.example') for a in ('s1', 's2', 't1', 'd1', 'n1')],
         [('active', 'each')] * 3 + [('active', 'digest'),
                                     ('nomail', 'each')],
         'a folder of mlmmj, as it is')
tap.ok(b'subscribers.d/t, line 2: no address: there is no @' in done.stderr,
       'refused by file and line', done.stderr)
done = rig.run('list', LIST, 'import', rig.path('lists'))
tap.ok(done.returncode == 1 and b'subscribers.d' in done.stderr,
       'another folder is none', done.stderr)

# ---- there and back
rig.sql("UPDATE member SET topics = 'email-b,group:email', least = 'major', "
        "kind = 'incidents', paused = 1798761600, lang = 'fr', "
        "format = 'html', delivery = 'first-last', account = 'a,b\"c' "
        "WHERE address = 'm2@x.example'")
other = new()
other.now = rig.now + 86400
out = rig.run('list', LIST, 'export', check=True).stdout
done = other.run('list', LIST, 'import', '-', raw=out, check=True)
tap.ok(b'0 refused' in done.stdout, 'an export is imported', done.stderr)
again = other.run('list', LIST, 'export', check=True).stdout
tap.ok(again == out, 'and exported as the same, byte for byte',
       '\n'.join(b.decode() for b in set(out.split(b'\n')) ^
                 set(again.split(b'\n'))))

# ---- how far it is
rig.write('long', ''.join('z%d@x.example\n' % n for n in range(60000)))
code, seen = on_terminal(rig, 'list', LIST, 'import', rig.path('long'))
tap.ok(code == 0 and re.search(r'\r25000 lines, 25000 added, 4\d %', seen) and
       '100 %' in seen, 'progress on a terminal', repr(seen))
master, slave = pty.openpty()
with open(rig.path('exported'), 'wb') as f:
    subprocess.run([SITREP, '-c', rig.path('sitrep.conf'), '-t',
                    '@%d' % rig.now, 'list', LIST, 'export'], stdout=f,
                   stderr=slave, check=True)
tap.ok(b'\r20000 members\r40000 members' in os.read(master, 4096),
       'of an export too')
os.close(slave)
os.close(master)
other.close()

# ---- an account list, from the reseller database
DB = 'resellers'


def sync(text, *more):
    return rig.run('list', DB, 'sync', *more, '-', text=text)


FIRST = ('Account ID,Status contact,Technical contact\n'
         'A1,noc@a.example,tech@a.example\n'
         'A2,,tech@b.example\n'
         'A3,ops@c.example,\n'
         'A4,,\n'
         'A5,ops@c.example,\n')
done = sync(FIRST)
tap.ok(done.returncode == 0 and members(rig, DB) == {} and
       b'+ noc@a.example (A1)\n+ tech@b.example (A2)\n+ ops@c.example (A3)\n'
       in done.stdout and b'--yes does it' in done.stdout,
       'the difference is shown, and nothing done', done.stdout)
tap.ok(b'line 5: ' in done.stderr and b'line 6: ops@c.example' in done.stderr,
       'what the file has wrong, by line', done.stderr)
done = sync(FIRST, '--yes')
tap.same((sorted(members(rig, DB)), done.returncode),
         (['noc@a.example', 'ops@c.example', 'tech@b.example'], 0),
         '--yes does it')
tap.ok(b'0 new, 0 back, 0 of another account, 0 to go; 3 stay' in
       sync(FIRST, '--yes').stdout, 'the same again is no difference')
rig.run('list', DB, 'add', 'hand@d.example', check=True)
SECOND = ('account,email\nA1,noc@a.example\nA9,tech@b.example\n'
          'A6,new@e.example\n')
code, seen = on_terminal(rig, 'list', DB, 'sync', rig.path('second'),
                         say=b'no\n') if not rig.write(
                             'second', SECOND) else (1, '')
tap.ok(code == 0 and 'Nothing is changed' in seen and
       '+ new@e.example (A6)' in seen and '- ops@c.example (A3)' in seen and
       '~ tech@b.example (A9), was of A2' in seen and
       'hand@d.example' not in seen, 'a terminal is asked, and says no', seen)
code, seen = on_terminal(rig, 'list', DB, 'sync', rig.path('second'),
                         say=b'yes\n')
have = members(rig, DB)
tap.same((code, 'Done.' in seen, have.get('ops@c.example'),
          have.get('new@e.example'), have.get('hand@d.example')),
         (0, True, ('gone', 'each'), ('active', 'each'), ('active', 'each')),
         'and says yes; who was added by hand stays')
done = rig.run('list', DB, 'import', '-', text='ops@c.example\n')
tap.ok(b'1 stay away' in done.stdout and b'database' in done.stderr,
       'no import brings back who is gone', done.stderr)
rig.sql("UPDATE member SET status = 'nomail' WHERE address = 'noc@a.example'")
sync('account,email\nA9,tech@b.example\nA6,new@e.example\n', '--yes')
tap.same(members(rig, DB)['noc@a.example'][0], 'gone', 'gone')
done = sync(SECOND + 'A3,ops@c.example\n', '--yes')
have = members(rig, DB)
tap.ok(have['ops@c.example'][0] == 'active' and
       have['noc@a.example'][0] == 'nomail' and
       b'+ ops@c.example (A3), is back' in done.stdout,
       'the database brings back whom it took, as what he was', have)
rig.run('list', DB, 'remove', 'new@e.example', check=True)
sync(SECOND + 'A3,ops@c.example\n', '--yes')
tap.same(members(rig, DB)['new@e.example'][0], 'removed',
         'whom we removed it doesn\'t bring back')
for text, why in (('', b'no line of it has an address'),
                  ('account,email\nA1,nonsense\n', b'no line of it')):
    done = sync(text, '--yes')
    tap.ok(done.returncode == 1 and why in done.stderr,
           'an empty file empties no list', done.stderr)
before = members(rig, DB)
done = sync('account,email\nA1,noc@a.example\n', '--yes')
tap.ok(done.returncode == 1 and b'--most' in done.stderr and
       members(rig, DB) == before, 'nor does one that broke off', done.stderr)
done = sync('account,email\nA1,noc@a.example\n', '--yes', '--most')
tap.ok(done.returncode == 0 and members(rig, DB)['ops@c.example'][0] == 'gone',
       'but where it is said', done.stderr)
done = rig.run('list', LIST, 'sync', '--yes', '-', text=SECOND)
tap.ok(done.returncode == 1 and b"isn't a list of kind account" in done.stderr,
       'an open list has no database', done.stderr)
changes = [r.split('\n')[1] for r, in rig.sql(
    "SELECT CAST(raw AS TEXT) FROM message WHERE source = 'command' AND "
    "CAST(raw AS TEXT) LIKE 'List: resellers%' ORDER BY id")]
tap.ok({'Change: add', 'Change: gone', 'Change: back', 'Change: account',
        'Change: remove'} == set(changes), 'all of it is in the journal',
       changes)
rig.close()

# ---- a million, with flat memory
N = 1000000 if os.environ.get('CHECK_LONG') else 40000
rig = new()
rig.write('many', 'account,address,language\n' + ''.join(
    'A%d,m%d@d%d.example,fr\n' % (n // 2, n, n % 500) for n in range(N)))
for list, verb, more in ((LIST, 'import', []), (DB, 'sync', ['--yes'])):
    code, took, peak = rig.watched('list', list, verb, *more, rig.path('many'))
    print('# %s of %d in %.1f s, peak %d kB' % (verb, N, took, peak))
    tap.ok(code == 0 and len(members(rig, list)) == N,
           verb + ': everybody is there')
    tap.ok(0 < peak < 64 * 1024 or 'asan' in SITREP,
           'peak memory of %s: %d kB' % (verb, peak))
rig.close()
tap.done()
