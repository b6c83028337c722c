#!/usr/bin/env python3
# Nothing internal reaches a public byte: random marks in every internal place
# of generated threads, then no letter to a list, page, archive or answer of
# the web holds one, however encoded.  Of a drill that is so of every word.  And
# no copy names another member.
# 20 threads here, 2,000 with CHECK_LONG=1, or as THREADS says.  SEED=N repeats
# a run.
import base64
import glob
import gzip
import html
import http.client
import os
import quopri
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zlib
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from rig import CONF, SITREP, Rig, Tap, epoch, rcpt, to  # noqa: E402

LONG = os.environ.get('CHECK_LONG') or os.environ.get('SITREP_LONG')
THREADS = int(os.environ.get('THREADS', 2000 if LONG else 20))
MEMBERS = 1000
WINDOW = 12  # of a mark's 32 digits: a piece of one is a leak too

tap = Tap()
seed = int(os.environ.get('SEED', time.time_ns() % 100000))
chance = random.Random(seed)
print('# SEED=%d' % seed, flush=True)


# -- marks ---------------------------------------------------------------------

windows = {}


def mark(place):
    m = '%032x' % chance.getrandbits(128)
    for i in range(len(m) - WINDOW + 1):
        windows[m[i:i + WINDOW]] = place
    return m


DIGITS = re.compile(rb'[0-9a-f]{%d,}' % WINDOW)
BASE64 = re.compile(rb'[A-Za-z0-9+/_-]{16,}')


def unpacked(data):
    """What is compressed in it, wherever that begins."""
    for m in re.finditer(rb'\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]', data):
        try:
            yield zlib.decompressobj(47).decompress(data[m.start():])
        except zlib.error:
            pass


def views(data):
    """The bytes, and what they say once unpacked, unwrapped or decoded."""
    for inner in unpacked(data):
        yield from views(inner)
    yield data
    yield html.unescape(data.decode('latin-1')).encode('latin-1', 'replace')
    yield re.sub(rb'\\u00([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})', lambda m:
                 bytes.fromhex((m.group(1) or m.group(2)).decode()), data)
    yield data.replace(b'\0', b'')  # UTF-16
    yield re.sub(rb'=\r?\n|[\s>]+|<[^<>]*>|&[a-z#0-9]+;|\\n', b'', data)
    yield urllib.parse.unquote_to_bytes(data)
    yield re.sub(rb'\s', b'', quopri.decodestring(data))
    for source in data, re.sub(rb'\s+', b'', data):
        for run in BASE64.findall(source):
            run = run.replace(b'-', b'+').replace(b'_', b'/')
            for start in range(4):
                part = run[start:]
                told = base64.b64decode(part[:len(part) // 4 * 4])
                yield told
                yield from unpacked(told)


def leaks(data):
    found = set()
    for view in views(data):
        for run in DIGITS.findall(view.lower()):
            for i in range(len(run) - WINDOW + 1):
                place = windows.get(run[i:i + WINDOW].decode())
                if place:
                    found.add(place)
    return found


m = mark('probe').encode()
for name, data in (
        ('raw', m), ('upper case', m.upper()), ('half', m[7:21]),
        ('quoted-printable', m[:9] + b'=\n' + m[9:]),
        ('QP octets', b''.join(b'=%02X' % c for c in m)),
        ('URL', b''.join(b'%%%02x' % c for c in m)),
        ('wrapped', m[:9] + b'\r\n ' + m[9:]),
        ('HTML', b''.join(b'&#%d;' % c for c in m)),
        ('HTML, hexadecimal', b''.join(b'&#x%x;' % c for c in m)),
        ('JSON', b''.join(b'\\u00%02x' % c for c in m)),
        ('UTF-16', m.decode().encode('utf-16-be')),
        ('gzip', b'a file: ' + gzip.compress(b'x' * 99 + m)),
        ('gzip in base64', base64.b64encode(gzip.compress(m))),
        ('deflate', zlib.compress(m)),
        ('base64', base64.b64encode(m)), ('base64 + 1',
                                          base64.b64encode(b'x' + m)),
        ('base64 + 2', base64.b64encode(b'xy' + m)),
        ('folded base64', base64.b64encode(b'x' * 70 + m)[:90] + b'\n' +
         base64.b64encode(b'x' * 70 + m)[90:])):
    if not leaks(data):
        tap.ok(False, 'a mark is found as ' + name)
tap.ok(not leaks(b'Email Cluster B 1234567890123456'), 'the probe works')
windows.clear()


# -- mails with marks ----------------------------------------------------------

port = chance.randrange(20000, 30000)
conf = CONF.replace('127.0.0.1:18080', '127.0.0.1:%d' % port)
rig = Rig(members=3, conf=conf)
IN = 'incident@in.status.example'
PEOPLE = {'noc1': 'NOC One', 'noc2': 'NOC Two', 'comms1': 'Comms One',
          'comms2': 'Comms Two', 'support1': 'Support One'}
ALIASES = 'cluster a', 'cluster b', 'mail b', 'dns', 'registrar-api', 'webmail'
public = []


def words(place):
    return 'host %s is %s' % (mark(place), chance.choice(
        ('down', 'slow', 'rebooting', 'out of memory')))


def person(name):
    """A display name is what its writer likes."""
    return '"%s %s" <%s@example.net>' % (PEOPLE[name],
                                         mark('display name'), name)


QUOTES = (
    lambda t: 'On Wed, Mar 4, 2026 at 9:22 AM Status desk <s@x> wrote:\n> ' +
    t.replace('\n', '\n> '),
    lambda t: 'Am 04.03.2026 um 09:22 schrieb NOC One:\n>> ' + t,
    lambda t: '-----Original Message-----\nFrom: NOC One\n'
              'Sent: Wednesday, March 4, 2026 2:17 PM\nTo: Comms\n'
              'Subject: %s\n\n%s' % (mark('quoted subject'), t),
    lambda t: '_' * 32 + '\nFrom: NOC One <noc1@example.net>\n'
              'Sent: Wednesday, March 4, 2026 2:17 PM\nTo: Comms One\n'
              'Subject: %s\n\n%s' % (mark('quoted subject'), t),
    lambda t: '##- Please write above this line -##\n' + t,
    lambda t: '---------- Forwarded message ---------\n'
              'From: NOC One <noc1@example.net>\nDate: Wed, Mar 4, 2026\n'
              'Subject: %s\nTo: x\n\n%s' % (mark('forwarded subject'), t),
    lambda t: '-- \nComms One, %s\n%s' % (mark('signature'), t),
)


def tail():
    return '\n\n' + chance.choice(QUOTES)(words('quote'))


def hidden(text):
    """HTML that shows just the text."""
    shown = ''.join('<p>%s</p>\n' % line if line else '<p><br></p>\n'
                    for line in text.split('\n'))
    return ('<html><head><title>%s</title><style>.%s{}</style></head><body>\n'
            '<!-- %s -->\n<div style="display:none">%s</div>\n%s'
            '<script>%s</script>'
            '<blockquote type="cite"><p>%s</p></blockquote></body></html>' % (
                mark('HTML title'), 'x' + mark('HTML style'),
                mark('HTML comment'), mark('hidden HTML'), shown,
                mark('HTML script'), words('HTML quote')))


def part(kind, text, more=''):
    how = chance.choice(('8bit', 'base64', 'quoted-printable'))
    raw = text.encode()
    if how == 'base64':
        raw = base64.encodebytes(raw)
    elif how == 'quoted-printable':
        raw = quopri.encodestring(raw)
    return ('Content-Type: %s; charset=utf-8\nContent-Transfer-Encoding: %s\n'
            '%s\n%s\n' % (kind, how, more, raw.decode()))


def body(text):
    """(headers, body) in one of the shapes that mail programs make."""
    shape = chance.randrange(5)
    if shape == 0:
        return [], text
    if shape == 1:
        head, _, rest = part('text/html', hidden(text)).partition('\n\n')
        return ['MIME-Version: 1.0', *head.split('\n')], rest
    edge = mark('boundary')
    parts = [part('text/plain', text)]
    if shape == 2:
        kind = 'alternative'
        parts.append(part('text/html', hidden(text)))
    else:
        kind = 'mixed'
        parts.append(part('text/plain', words('attachment'),
                          'Content-Disposition: attachment; filename="%s.txt"'
                          '\n' % mark('attachment name')))
        if shape == 4:
            parts.append(
                'Content-Type: message/rfc822\n\nFrom: noc2@example.net\n'
                'Subject: %s\n\n%s\n' % (mark('attached subject'),
                                         words('attached mail')))
    whole = mark('preamble') + '\n' + ''.join(
        '--%s\n%s' % (edge, p) for p in parts) + '--%s--\n%s\n' % (
            edge, mark('epilogue'))
    return ['MIME-Version: 1.0', 'Content-Type: multipart/%s; boundary="%s"'
            % (kind, edge)], whole


def send(who, text, letter=None, subject=None, shape=True, address=IN):
    """Delivers a mail; what came of it, the public part set aside."""
    rig.now += 60
    headers, rest = body(text) if shape else ([], text)
    headers += ['X-Trace: ' + mark('header'), 'Comments: ' + mark('header'),
                'Organization: ' + mark('header')]
    if letter is not None:
        address = re.sub('.*<|>.*', '', str(letter['Reply-To']))
        subject = subject or 'Re: ' + letter['Subject']
    raw = rig.compose(person(who), address, rest, subject=subject,
                      headers=headers, reply=letter,
                      mid='%s@example.net' % mark('Message-ID'))
    rig.deliver(raw, address, who + '@example.net')
    return sort(rig.out())


def sort(letters):
    inside = []
    for letter in letters:
        if rcpt(letter).endswith('.example') and 'reseller' in rcpt(letter):
            public.append(letter)
        else:
            inside.append(letter)
    return inside


def mine(letters, who, event=''):
    # Of events of days before there may be reminders among them.
    letters = [x for x in letters if event in str(x['Sitrep-Event'])]
    answers = [x for x in letters if x['Auto-Submitted'] == 'auto-replied']
    letter = (to(answers, who + '@example.net') or
              to(letters, who + '@example.net'))
    if letter is None:
        raise LookupError('no mail to %s among %s' % (
            who, [(rcpt(x), x['Subject']) for x in letters]))
    return letter


DRAFT = '''draft investigating
Components: %s
Next: +2h

We are investigating a problem. Update %d of our text.
'''


def thread(n):
    """One incident, from its report to its end."""
    noc, comms = chance.choice(('noc1', 'noc2')), 'comms1'
    alias = chance.choice(ALIASES)
    subject = chance.choice(('Sev2 %s: %s', '%s broken, %s', 'FW: %s %s'))
    named = chance.random() < .7  # else there is no component at first
    text = 'Since: %s\n%s%s\nticket %s\n' % (
        time.strftime('%H:%M UTC', time.gmtime(rig.now - 60)),
        'Components: %s\n' % alias if named else '',
        words('note'), mark('note'))
    subject %= alias if named else 'trouble', mark('subject')
    receipt = mine(send(noc, text + tail(), subject=subject), noc)
    event = str(receipt['Sitrep-Event'])
    if chance.random() < .5:
        send('noc2', words('note') + tail(), letter=receipt
             if noc == 'noc2' else None,
             subject='Re: [%s] %s' % (event, mark('subject')))
    rig.now += 16 * 60
    sort(rig.tick())
    preview = mine(send(comms, DRAFT % (alias, n) + tail(), subject='[%s] %s' % (
        event, mark('subject'))), comms, event)
    send('support1', words('note') + tail(),
         subject='Re: [%s] %s' % (event, mark('subject')))
    yes = chance.choice(('yes', 'Yes', 'ok'))
    got = send(comms, yes + tail(), letter=preview)
    if chance.random() < .7:  # NOC proposes, its facts above the text
        got = send(noc, 'state = identified\n\n%s\n\n--- public ---\n'
                   'We have found the cause of it.\n\n--- internal ---\n%s\n'
                   % (words('note'), words('internal section')) + tail(),
                   subject='Re: [%s] %s' % (event, mark('subject')))
        got = send(comms, yes + tail(), letter=mine(got, comms, event))
    if chance.random() < .3:
        got = send(comms, 'Correct: 1\nReason: it was said too early\n\n'
                   'We are investigating a problem with logins.\n' + tail(),
                   letter=mine(got, comms, event))
        got = send(comms, yes + tail(), letter=mine(got, comms, event))
    rig.now += 600
    got = send(comms, 'resolved\n\nIt works normally again.\n' + tail(),
               subject='[%s] %s' % (event, mark('subject')))
    send(comms, yes + tail(), letter=mine(got, comms, event))


def drill():
    """A drill; its public words are internal too."""
    def said(*keys):
        return ''.join('%s: %s\n' % (k, words('drill, ' + k)) for k in keys)

    receipt = mine(send('noc1', 'Drill: yes\nComponents: email-b, webmail\n' +
                        said('Cause', 'Note') + '\n' + words('drill, note') +
                        tail(), subject='Sev2 ' + mark('drill, subject')),
                   'noc1')
    event = str(receipt['Sitrep-Event'])
    rig.now += 16 * 60
    sort(rig.tick())
    about = dict(subject='[%s] %s' % (event, mark('drill, subject')))
    got = send('comms1', 'draft investigating\n' + said(
        'Title', 'Impact', 'Reseller-Impact', 'End-User-Impact', 'Workaround',
        'Social') + '\n' + words('drill, text') + tail(), **about)
    got = send('comms1', 'yes' + tail(), letter=mine(got, 'comms1', event))
    got = send('comms1', 'Correct: 1\n' + said('Reason') + '\n' +
               words('drill, correction') + tail(),
               letter=mine(got, 'comms1', event))
    send('comms1', 'yes' + tail(), letter=mine(got, 'comms1', event))
    got = send('comms1', 'resolved\n' + said('Lasting-Effects') + '\n' +
               words('drill, text') + tail(), **about)
    send('comms1', 'yes' + tail(), letter=mine(got, 'comms1', event))


start = time.monotonic()
failed = []
drills = 0
for n in range(THREADS):
    try:
        thread(n)
        if n % 5 == 2:
            drill()
            drills += 1
    except (LookupError, RuntimeError) as e:
        failed.append('%d: %s' % (n, e))
rig.run('page', check=True)
posts = rig.sql('SELECT count(*) FROM post')[0][0]
tap.ok(not failed, '%d threads, %d posts, %d letters to the list, %d marks'
       % (THREADS, posts, len(public), len(windows) // (32 - WINDOW + 1)),
       '\n'.join(failed[:20]))
rehearsed = rig.sql('SELECT count(*), max(r) FROM rehearsal')[0]
tap.same((drills > 0, rehearsed), (True, (3 * drills, 2)),
         '%d drills were gone through' % drills)
tap.ok(posts >= 2 * THREADS and len(public) == 3 * posts,
       'each has its posts, each post its letters', (posts, len(public)))
print('# %.1f s' % (time.monotonic() - start))


# -- every public byte ---------------------------------------------------------

def sniff(name, items):
    bad = []
    size = 0
    for where, data in items:
        size += len(data)
        for place in leaks(data):
            bad.append('%s: %s' % (where, place))
    tap.ok(size > 0 and not bad, '%s: %d bytes, nothing internal' % (
        name, size), '\n'.join(bad[:20]))


def contents(top):
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, 'rb') as f:
                yield os.path.relpath(path, top), f.read()


sniff('letters', [(x['Subject'], x.as_bytes()) for x in public])
sniff('parts of letters', [
    (x['Subject'], p.get_payload(decode=True)) for x in public
    for p in x.walk() if not p.is_multipart()])
sniff('tree', contents(rig.path('state', 'public')))
SURFACES = ('index.html', 'now.txt', 'feed/updates.atom', 'feed/events.atom',
            'api/v2/summary.json', 'api/v2/incidents.json',
            'component/email-b/index.html', 'component/email-b/feed.atom',
            'badge/email-b.svg', 'history/index.html')
tap.same([p for p in SURFACES
          if not os.path.exists(rig.path('state', 'public', p))] +
         [k for k in ('incident/*/*/plain.txt', 'history/*/*/index.html',
                      'archive/*.mbox')
          if not glob.glob(rig.path('state', 'public', k))], [],
         'every surface was among them')
sniff('delivery logs', contents(rig.path('state', 'deliveries')))
sniff('what is searched and measured', contents(rig.path('state', 'web')))


def fetch():
    paths = ['/' + urllib.parse.quote(p).replace('index.html', '')
             for p, _ in contents(rig.path('state', 'public'))]
    paths += ['/nothing', '/incident/2026/9999/', '/u/x', '/search?q=host',
              '/subscribe', '/healthz', '/metrics', '/../sitrep.db',
              '/api/v2/x.json']
    for path in paths:
        for method in 'GET', 'HEAD', 'POST':
            if method != 'GET' and chance.random() > .1:
                continue
            c = http.client.HTTPConnection('127.0.0.1', port, timeout=10)
            c.request(method, path, headers={
                'Accept-Encoding': 'gzip, deflate, br, zstd, identity;q=0.1'})
            r = c.getresponse()
            yield method + ' ' + path, str(r.headers).encode() + r.read()
            c.close()


serve = subprocess.Popen([SITREP, '-c', rig.path('sitrep.conf'), 'serve'],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(200):
        try:
            http.client.HTTPConnection('127.0.0.1', port, timeout=1).connect()
            break
        except OSError:
            time.sleep(.05)
    sniff('answers of the web', fetch())
finally:
    serve.send_signal(signal.SIGTERM)
    serve.wait(30)
kept = b''.join(r[0] for r in rig.sql('SELECT raw FROM message'))
tap.ok(leaks(kept), 'the store has them all')
rig.close()

# -- each copy names its reader and nobody else --------------------------------

rig = Rig(members=MEMBERS)
IS = re.compile(rb'r\d+@reseller\d+\.example', re.I)
rig.mail('NOC One <noc1@example.net>', IN, 'cluster b is down\n',
         subject='Sev2 cluster b', at='2026-03-04 14:06:20')
hand = to(rig.tick(at='2026-03-04 14:22'), 'comms1@example.net')
rig.mail('Comms One <comms1@example.net>',
         re.sub('.*<|>.*', '', str(hand['Reply-To'])), 'yes\n', reply=hand,
         subject='Re: ' + hand['Subject'])
copies, bad = {}, []
tokens = set()
for name in glob.glob(rig.path('out', 'new', '*')):
    with open(name, 'rb') as f:
        data = f.read()
    own = re.search(rb'(?im)^Delivered-To: *<?(.*?)>?$', data).group(1)
    if b'reseller' not in own:
        continue
    copies[own] = copies.get(own, 0) + 1
    named = set(IS.findall(data)) | {
        a for v in views(data) for a in IS.findall(v)}
    if named != {own}:
        bad.append('%s: %s' % (own, named))
    tokens.add(re.findall(rb'unsubscribe\+([\w.-]+)@',
                          re.sub(rb'\r?\n ', b'', data))[0])
    tokens.add(re.search(rb'bounces\+([\w.-]+)@', data).group(1))
tap.same((len(copies), set(copies.values())), (MEMBERS, {1}),
         'a copy to each of %d' % MEMBERS)
tap.ok(not bad, 'each names its reader and nobody else', '\n'.join(bad[:5]))
tap.same(len(tokens), 2 * MEMBERS, 'and has tokens of its own')
rig.close()
tap.done()
