#!/usr/bin/env python3
# The courier to its end.  P4: a mail server that fails in every way (4xx on
# recipients, 421 in mid-session, closed after the dot, RST, a byte a second,
# silence) and a sender killed at random: nobody is missed, repeats stay within
# the window, all is done within 60 s after the faults end.  Then receiving
# domains that ask for less, a second relay, RFC 3461, SMTPUTF8, which list
# goes first, what a refusal does to a member, and what `show` tells of it.
# 300 members and 5 kills; with CHECK_LONG 10,000 and 200.
import json
import os
import pty
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, Desk, say, to  # noqa: E402
from fault_sink import FaultSink  # noqa: E402
from rig import SITREP, Tap, epoch  # noqa: E402
from served import Served  # noqa: E402
from whole import wait_until  # noqa: E402

tap = Tap()
LONG = bool(os.environ.get('CHECK_LONG'))
SEED = int(os.environ.get('SEED') or time.time_ns() // 1000 % 100000)
N, KILLS = (10000, 200) if LONG else (300, 5)
LIVES = .01 if LONG else .3  # seconds at work before a kill, at most
WINDOW = 16  # copies that a sender has on the wire, at most
LIST = 'example-status'
ADDRESS = re.compile(rb'\b[a-z]\d+@[a-z0-9]+\.example\b')
print('# SEED=%d' % SEED)


def relay(desk, *urls):
    desk.write('sitrep.conf', re.sub(
        r'(?m)^relay .*', lambda m: 'relay = { %s }' % ', '.join(
            '"%s"' % u for u in urls), desk.read('sitrep.conf')))


def members(desk, addresses, name=LIST):
    desk.run('list', name, 'import', '-', text='\n'.join(addresses) + '\n',
             check=True)


def empty():
    """A desk whose lists have no member yet."""
    desk = Desk(members=1, number=42)
    desk.sql('DELETE FROM member')
    return desk


def publish(desk, *urls, body='draft investigating\n\nWe look into it.\n',
            at='2026-03-04 14:10:00'):
    """An update is approved; nothing of it was sent yet."""
    relay(desk, 'spool:%s/out' % desk.dir)
    if desk.sql('SELECT count(*) FROM event') == [(0,)]:
        desk.opened(at=at)
    got = to(desk.mail(COMMS1, say(), body, at=at,
                       subject='[INC-2026-0042] draft'), 'comms1@example.net')
    relay(desk, *urls)
    desk.deliver(desk.compose(COMMS1, str(got['Reply-To']), 'yes\n',
                              reply=got, subject='Re: ' + got['Subject']),
                 re.sub('.*<|>.*', '', str(got['Reply-To'])),
                 'comms1@example.net')


def letters(desk):
    return desk.sql("SELECT list, status, reply FROM letter "
                    "WHERE kind = 'broadcast' ORDER BY id")


def send(desk, later=0):
    desk.now += later
    return desk.run('send', check=True)


def done(desk, rounds=40):
    """Rounds as the service would make them; seconds of its clock."""
    start = desk.now
    for _ in range(rounds):
        send(desk)
        if all(x[1] != 'waiting' for x in letters(desk)):
            break
        desk.now += 10
    return desk.now - start


def lines(desk, letter):
    """What the delivery log has: member, code, server, words."""
    out = []
    for line in desk.read('state', 'deliveries', '%d.log' % letter).splitlines():
        member, _, code, rest = line.split(' ', 3)
        server, _, words = rest.partition(' ')
        out.append((int(member), int(code), server, words))
    return out


# ---- P4
rand = random.Random(SEED)
sink = FaultSink(SEED)
desk = empty()
members(desk, ['m%d@d%d.example' % (i, i % 100) for i in range(N)])
publish(desk, sink.url)
base, start = desk.now, time.monotonic()
skipped = 0  # seconds that weren't waited for


def now():
    return base + skipped + int(time.monotonic() - start)


def begin():
    return subprocess.Popen(
        [SITREP, '-c', desk.path('sitrep.conf'), '-t', '@%d' % now(), 'send'],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


sink.faults, kills, runs = True, 0, 0
while kills < KILLS and runs < KILLS * 20:
    before = sink.sessions
    p = begin()
    runs += 1
    while p.poll() is None and sink.sessions == before and rand.random() < .99:
        time.sleep(.01)  # killed at work, but for a few before it
    try:
        p.wait(rand.uniform(0, LIVES))
        if all(x[1] != 'waiting' for x in letters(desk)):
            break
        skipped += 10  # what is put off is due
        continue
    except subprocess.TimeoutExpired:
        p.send_signal(signal.SIGKILL)
        p.wait()
        kills += 1
sink.faults = False
ended = now()
while now() - ended < 120 and any(x[1] == 'waiting' for x in letters(desk)):
    p = begin()
    p.wait()
    if not LONG:
        skipped += 10
    else:
        time.sleep(1)
took = now() - ended
tap.same([x[1] for x in letters(desk)], ['sent'], 'all is sent')
if LONG:
    tap.same(kills, KILLS, 'all kills came before its end')
tap.ok(took <= 60, 'within 60 s after the faults: %d s' % took)
count = {}
for _, recipients, text in sink.taken:
    for r in recipients:
        if re.match(r'm\d+@', r):
            count[r] = count.get(r, 0) + 1
missed = [i for i in range(N) if 'm%d@d%d.example' % (i, i % 100) not in count]
tap.same(missed, [], 'nobody of %d is missed, %d kills' % (N, kills))
twice = sum(count.values()) - len(count)
tap.ok(twice <= kills * WINDOW + sink.doubts,
       '%d repeats; %d kills, %d copies without an answer' % (
           twice, kills, sink.doubts))
foreign = [(r, text) for _, r, text in sink.taken
           if r[0].startswith('m') and (
               len(r) != 1 or set(ADDRESS.findall(text)) - {r[0].encode()})]
tap.ok(not foreign, 'one recipient each, no other address in it',
       foreign[:1])
mids = {re.search(rb'\r\nMessage-ID: (\S+)', text).group(1)
        for _, r, text in sink.taken if re.match(r'm\d+@', r[0])}
tap.same(len(mids), 1, 'repeats bear the same Message-ID')
print('# %d connections, %d mails' % (sink.sessions, len(sink.taken)))
sink.close()
desk.close()

# ---- a service that is told to stop waits for what is on its way
sink = FaultSink(SEED)
sink.pause = .02
desk = empty()
members(desk, ['m%d@d%d.example' % (i, i % 100) for i in range(2000)])
publish(desk, sink.url)
serving = Served(desk)
wait_until(lambda: len(sink.recipients()) >= 40, 20)
told = len(sink.recipients())
tap.same(serving.stop(), 0, 'told to stop: exit 0')
gone = [r[0] for r in sink.recipients() if r[0].startswith('m')]
tap.ok(40 <= told <= len(gone) <= told + 500, 'begins no more: %d, then %d' % (
    told, len(gone)))
tap.same([x[1] for x in letters(desk)], ['waiting'], 'the rest waits')
sink.pause = 0
tap.ok(done(desk) <= 10, 'and is due at once')
count = [r[0] for r in sink.recipients() if r[0].startswith('m')]
tap.same((len(count), len(set(count))), (2000, 2000), 'each has it once')
sink.close()
desk.close()

# ---- a receiving domain that takes four at a time
sink = FaultSink(offers=('DSN',))
sink.at_a_time['slow.example'] = 4
sink.pause = .01
desk = empty()
members(desk, ['s%d@slow.example' % i for i in range(30)] +
        ['m%d@d%d.example' % (i, i % 7) for i in range(60)])
publish(desk, sink.url)
first = send(desk)
got = sink.recipients()
others = [i for i, r in enumerate(got) if r[0].startswith('m')]
tap.same(len(others), 60, 'the others have theirs in the first round')
tap.ok(done(desk) <= 120, 'and so has that domain soon after')
tap.same(sorted(r[0] for r in sink.recipients() if 'slow' in r[0]),
         sorted('s%d@slow.example' % i for i in range(30)), 'each once')
tap.ok(0 < sink.slowed <= 60, 'it said 4.7.1 to %d' % sink.slowed)
tap.ok(b'domain=slow.example st=slower' in first.stderr, 'which is logged',
       first.stderr[-2000:])

# ---- RFC 3461
broadcast = desk.sql("SELECT id FROM letter WHERE kind = 'broadcast'")[0][0]
mails = [x for x in sink.said if x.startswith('MAIL FROM:<%s-b' % LIST)]
tap.ok(all(re.search(r' RET=HDRS ENVID=%d\.\d+$' % broadcast, x)
           for x in mails), 'an envelope has a name, reports want headers only',
       mails[0])
tap.ok(all(x.endswith('> NOTIFY=FAILURE,DELAY') for x in sink.said
           if re.match(r'RCPT TO:<[ms]\d', x)), 'and come where it failed or is late')
tap.ok(all('RET=' not in x for x in sink.said if x.startswith('MAIL FROM:<>')),
       'none is asked where none could come')

# ---- show
shown = desk.run('show', 'INC-2026-0042', '--delivery').stdout.decode()
tap.ok(re.search(r'(?m)^%s\n  u1 r1, queued 2026-03-04T14:10:00Z: '
                 r'90 accepted, 0 deferred, 0 refused, 0 still to go; '
                 r'p50 \d+ s, p95 \d+ s\n  in all: 90 ' % LIST, shown),
       'what became of a list', shown)
one = desk.run('show', 'INC-2026-0042', '--delivery',
               'M7@d0.example').stdout.decode()
tap.ok(re.fullmatch(
    r'%s u1 r1, queued 2026-03-04T14:10:00Z, active\n'
    r'  2026-03-04T14:1\d:\d\dZ 250 2\.0\.0 Ok: queued as [0-9A-F]+ '
    r'\(127\.0\.0\.1:%d\)\n' % (LIST, sink.port), one),
    'of one member: when, by which server, its words', one)
slow = next(m for m, c, _, _ in lines(desk, broadcast) if c == 450)
address = desk.sql('SELECT address FROM member WHERE id = ?', slow)[0][0]
got = json.loads(desk.run('show', 'INC-2026-0042', '--delivery', address,
                          '--json').stdout)
tap.same([[x['code'] for x in c['tries']][::len(c['tries']) - 1]
          for c in got['copies']], [[450, 250]],
         'each try, for programs too')
nobody = desk.run('show', 'INC-2026-0042', '--delivery', 'no@x.example')
tap.ok(nobody.returncode == 1 and b'sitrep list NAME show' in nobody.stderr,
       'who is on no list', nobody)
tap.same(desk.run('show', 'queue', '--delivery', 'x').returncode, 64,
         'wrong usage')
sink.close()
desk.close()

# ---- a second relay
s = socket.socket()
s.bind(('127.0.0.1', 0))
nowhere = 'smtp://127.0.0.1:%d' % s.getsockname()[1]  # nobody listens
one, two = FaultSink(), FaultSink()
desk = Desk(members=5, number=42)
publish(desk, nowhere, two.url)
send(desk)
tap.same((len(two.taken) >= 5, letters(desk)[0][1]), (True, 'sent'),
         'no first relay: the second has all at once')
two.taken.clear()
one.rcpt = lambda address: '451 4.3.0 not now'
publish(desk, one.url, two.url, at='2026-03-04 14:30:00')
send(desk)
queue = desk.run('show', 'queue', '--json')
row = next(x for x in json.loads(queue.stdout)['letters'] if x['list'])
tap.same((row['status'], row['accepted'], row['deferred'], two.taken),
         ('waiting', 0, 5, []), 'the first defers: they wait')
text = desk.run('show', 'queue').stdout.decode()
tap.ok(re.search(r'(?m)^\d+ waiting list %s, for 0 min, tries 1, next 2026-.*, '
                 r'0 accepted, 0 refused, 5 deferred: 451 4\.3\.0 not now$'
                 % LIST, text),
       'and the queue says what, how long and why', text)
shown = desk.run('show', 'INC-2026-0042', '--delivery').stdout.decode()
tap.ok('0 accepted, 5 deferred, 0 refused, 5 still to go\n' in shown,
       'who is still to go', shown)
send(desk, 60)
tap.same(two.taken, [], '... for a minute')
send(desk, 140)
tap.same((sum('reseller' in r[0] for r in two.recipients()),
          letters(desk)[1][1]), (5, 'sent'), 'after three it asks the second')
one.close()
two.close()
desk.close()
s.close()

# ---- SMTPUTF8; which list goes first; refusals
sink = FaultSink()
ACCOUNTS = '''list "accounts" {
	from = "Example Status <status@status.example>"
	reply_to = "support@example.net"
	kind = "account"
	description = "Status for accounts"
	language = "en"
}
'''
desk = empty()
desk.write('lists/accounts.conf', ACCOUNTS)
members(desk, ['m%d@d1.example' % i for i in range(20)] + [
    'jörg@d2.example', 'gone@d3.example', 'spam@d4.example'])
members(desk, ['a%d@d5.example' % i for i in range(20)], 'accounts')
sink.rcpt = {'gone@d3.example': '550 5.1.1 no such user here',
             'spam@d4.example': '554 5.7.1 relay access denied'}.get
TEXT = 'draft investigating\nLists: all\n\nWe look into it, part %d.\n'
publish(desk, sink.url, body=TEXT % 1)
send(desk)
order = [r[0][0] for r in sink.recipients() if re.match(r'[am]\d', r[0])]
tap.same(order, ['a'] * 20 + ['m'] * 20, 'accounts come before the open list')
tap.same([x[1] for x in letters(desk)], ['sent', 'sent'],
         'one address that needs SMTPUTF8 keeps no broadcast from its end')
opened = desk.sql("SELECT id FROM letter WHERE kind = 'broadcast' AND list = ?",
                  LIST)[0][0]
who = {a: i for i, a in desk.sql('SELECT id, address FROM member')}
failed = {m: (c, w) for m, c, _, w in lines(desk, opened) if c >= 500}
tap.same(failed[who['jörg@d2.example']],
         (553, '5.6.7 the relay offers no SMTPUTF8, which this address needs'),
         'its copy has failed, and why')
tap.ok(not any('SMTPUTF8' in x for x in sink.said), 'it is never said then')
rows = {m: (c, n, s) for m, c, n, s in desk.sql(
    'SELECT member_id, class, counts, status FROM bounce')}
tap.same(rows, {who['gone@d3.example']: ('hard', 1, '5.1.1'),
                who['spam@d4.example']: ('soft', 0, '5.7.1')},
         'a refusal is scored as a bounce; what we are to blame for is not')
sink.offers.append('SMTPUTF8')
for part, day in ((2, 4), (3, 5)):
    publish(desk, sink.url, body=TEXT % part,
            at='2026-03-%02d 16:%02d:00' % (day, part))
    send(desk)
tap.same([x for x in sink.said if 'SMTPUTF8' in x and x.startswith('MAIL')
          and LIST not in x], [], 'SMTPUTF8 only for who needs it')
tap.same(sum('SMTPUTF8' in x for x in sink.said), 2, 'and then it is said')
tap.same(sum(r == ['jörg@d2.example'] for r in sink.recipients()), 2,
         'who has it now')
status = dict(desk.sql("SELECT address, status FROM member "
                       "WHERE address LIKE '%@d3%' OR address LIKE '%@d4%'"))
tap.same(status, {'gone@d3.example': 'bounced', 'spam@d4.example': 'active'},
         'three on two days: off the list')
journal = [x for x, in desk.sql(
    "SELECT cast(raw AS TEXT) FROM message WHERE source = 'clock' AND "
    "cast(raw AS TEXT) LIKE 'Timer: refused%' ORDER BY id")]
tap.same(re.findall(r'(?m)^%d (.*)' % who['gone@d3.example'],
                    ''.join(journal)), ['550 5.1.1 no such user here'] * 3,
         'each is in the journal')
tap.ok('5.6.7' not in ''.join(journal), '... but what we refused ourselves')
sink.mail = lambda sender: '550 5.1.8 bad sender' if LIST in sender else None
before = desk.sql('SELECT count(*) FROM bounce')
publish(desk, sink.url, body=TEXT % 4, at='2026-03-06 10:00:00')
send(desk)
tap.same(desk.sql('SELECT count(*) FROM bounce'), before,
         'a refused sender is nobody of the list')
tap.ok(any(c == 550 for _, c, _, _ in lines(desk, max(
    i for i, in desk.sql("SELECT id FROM letter WHERE list = ? AND "
                         "kind = 'broadcast'", LIST)))), '... but failed')
sink.mail = lambda sender: None

# ---- an update's first copies, and the letters that tell of it
late = empty()
late.write('lists/accounts.conf', ACCOUNTS)
members(late, ['m0@d1.example'])
members(late, ['a0@d5.example'], 'accounts')
asked = []
slow = FaultSink()
slow.rcpt = lambda address: asked.append((address[:2], len(slow.taken)))
for part in range(20):  # a machine that is busy may need more than one
    asked.clear()
    publish(late, slow.url, body=TEXT % part, at='2026-03-04 %d:%02d:00' % (
        15 + part // 6, part % 6 * 10))
    send(late)
    order = [who for who, _ in asked]
    if order[0] == 'a0':
        break
tap.same(order[0], 'a0', 'the first copy goes before letters')
tap.ok(order.index('co') < order.index('m0'),
       'they go before the next of short broadcasts', order)
asked.clear()
slow.taken.clear()
slow.pause = 1
publish(late, slow.url, body=TEXT % 20, at='2026-03-04 19:30:00')
send(late)
tap.same(dict(reversed(asked))['co'], 0, 'and wait for no copy that takes long')
slow.close()
late.close()

# ---- one that goes first comes while another is on its way
members(desk, ['b%d@d6.example' % i for i in range(400)])
publish(desk, sink.url, body=TEXT.replace('all', LIST) % 5,
        at='2026-03-06 10:30:00')
sink.pause, so_far = .04, len(sink.taken)
p = subprocess.Popen([SITREP, '-c', desk.path('sitrep.conf'), '-t',
                      '@%d' % desk.now, 'send'], stderr=subprocess.DEVNULL,
                     stdout=subprocess.DEVNULL)
while sum(LIST in s for s, _, _ in sink.taken[so_far:]) < 30:
    time.sleep(.01)
desk.sql("INSERT INTO letter (kind, event_id, post_id, list, person, recipient, "
         "sender, mid, high, created, due, tries, first_failed, status, reply) "
         "SELECT kind, event_id, post_id, list, person, recipient, sender, "
         "'more.' || mid, high, ?, ?, 0, 0, 'waiting', '' FROM letter WHERE "
         "kind = 'broadcast' AND list = 'accounts' ORDER BY id DESC LIMIT 1",
         desk.now, desk.now)
p.wait()
sink.pause = 0
order = ''.join(r[0][0] for r in sink.recipients()[so_far:]
                if re.match(r'[abm]\d', r[0]))
tap.same((order.count('a'), order.count('b') + order.count('m')), (20, 420),
         'each has one')
tap.ok(order.rindex('a') < len(order) - 100,
       'an account list goes before what is left of an open one', order)
tap.same({x[1] for x in letters(desk)}, {'sent'}, 'and both are done')
desk.sql("DELETE FROM member WHERE address LIKE 'b%'")

# ---- on a terminal
publish(desk, sink.url, body=TEXT % 6, at='2026-03-06 11:00:00')
master, slave = pty.openpty()
p = subprocess.Popen([SITREP, '-c', desk.path('sitrep.conf'), '-t',
                      '@%d' % desk.now, 'send'], stderr=slave,
                     stdout=subprocess.DEVNULL)
os.close(slave)
seen = b''
try:
    while True:
        more = os.read(master, 4096)
        if not more:
            break
        seen += more
except OSError:
    pass
p.wait()
os.close(master)
tap.ok(b'%s: 21 accepted, 1 refused, 0 deferred\x1b[K\r\n' % LIST.encode()
       in seen and b'deferred\x1b[K\r' in seen, 'a line that says how far it is', seen)
tap.ok(b'accepted' not in send(desk).stderr, 'elsewhere there is none')
sink.close()
desk.close()

# ---- a server that never says a word
if LONG:
    mute = socket.create_server(('127.0.0.1', 0))
    two = FaultSink()
    desk = Desk(members=5, number=42)
    publish(desk, 'smtp://127.0.0.1:%d' % mute.getsockname()[1], two.url)
    start = time.monotonic()
    send(desk)
    tap.same((sum('reseller' in r[0] for r in two.recipients()),
              letters(desk)[0][1]), (5, 'sent'),
             'the first is mute: the second has them, after %d s'
             % (time.monotonic() - start))
    mute.close()
    two.close()
    desk.close()
tap.done()
