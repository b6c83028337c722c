#!/usr/bin/env python3
# P13: one recipient for each message, and nothing in it that is another's.
# Every member has marks of his own: address, account, the token to leave with,
# the sender's token.  Every copy that a mail server of ours takes is looked
# through for marks of others, as it is and decoded; of an update in all the
# languages, zones and forms at once, then of the digest that repeats it.
# 300 members; with CHECK_LONG 100,000.
import base64
import os
import quopri
import re
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, Desk, to  # noqa: E402
from fault_sink import FaultSink  # noqa: E402
from rig import LIST as CONF, Tap  # noqa: E402

tap = Tap()
N = 100000 if os.environ.get('CHECK_LONG') else 300
LIST = 'example-status'
LANGS = ('en', 'fr', 'de', 'es', 'pt')
ZONES = ('', 'Europe/Paris', 'Pacific/Auckland')
FORMS = ('', 'text', 'html')
MARK = re.compile(rb'\bm\d+@d\d+\.example\b|\bacct-\d+\b')
TOKEN = re.compile(rb'(?<![a-z0-9])[a-z2-7]{26,31}(?![a-z0-9])')


def address(i):
    return b'm%d@d%d.example' % (i, i % 500)


def whose(token):
    """The member that a token is of: its first four octets."""
    text = token.upper()[:8]
    return int.from_bytes(base64.b32decode(text), 'big') >> 8


def wrong(member, sender, to_, text):
    """What is wrong with a copy: the marks in it that aren't its reader's."""
    own = address_of[member].encode()
    if [x.encode() for x in to_] != [own]:
        return 'to %s' % to_
    if b'Content-Transfer-Encoding: base64' in text:
        return 'nobody looked into base64'
    for form in (text, quopri.decodestring(text)):
        for mark in MARK.findall(form):
            if mark != own:
                return mark
        tokens = TOKEN.findall(form)
        for token in tokens + TOKEN.findall(sender.encode()):
            if whose(token) != member:
                return token
    if not tokens:
        return 'no token to leave with'
    return None


def relay(url):
    desk.write('sitrep.conf', re.sub(
        r'(?m)^relay .*', lambda m: 'relay = { "%s" }' % url,
        desk.read('sitrep.conf')))


def take(copy):
    sender, to_, text = copy
    who = member_of.get(to_[0])
    if who is None:
        return  # a mail inside
    count[who] = count.get(who, 0) + 1
    senders.add(sender)
    leave.update(re.findall(rb'/u/([a-z2-7]{26})>', text))
    kinds.update(re.findall(rb'(?m)^Content-Language: (\w+)', text))
    fault = wrong(who, sender, to_, text)
    if fault:
        bad.append((fault, copy))
    if len(kept) < 2:
        kept.append((who, *copy))


def all_of(what, run):
    """What a step sent: to each member once, with marks of his alone."""
    for x in count, senders, leave, kinds, bad, kept:
        x.clear()
    run()
    tap.same((len(count), set(count.values())), (N, {1}),
             '%s: %d copies, one for each' % (what, N))
    tap.same(bad[:1], [], 'one recipient, and not a mark of anybody else')
    tap.same((len(senders), len(leave)), (N, N),
             'senders and tokens are as many')
    tap.same(len(kinds), len(LANGS), 'in all languages')


def update():
    got = desk.drafted()
    relay(sink.url)
    desk.deliver(desk.compose(COMMS1, str(got['Reply-To']), 'yes\n', reply=got,
                              subject='Re: ' + got['Subject']),
                 re.sub('.*<|>.*', '', str(got['Reply-To'])),
                 'comms1@example.net')
    desk.run('send', check=True, patience=3600)


def digest():
    """Everybody changed to it since."""
    desk.sql("UPDATE member SET delivery = 'digest'")
    desk.run('tick', check=True, at='2026-03-05 13:01:00')
    desk.run('send', check=True, patience=3600)


count, senders, leave, kinds, bad, kept = {}, set(), set(), set(), [], []
sink = FaultSink()
sink.note = take
desk = Desk(members=1, number=42)
desk.sql('DELETE FROM member')
desk.write('lists/%s.conf' % LIST, CONF.replace(
    'subject =', 'digest = "daily 08:00"\n\tsubject ='))
desk.run('list', LIST, 'import', '-', text='address,account,language,timezone,'
         'format\n' + ''.join('%s,acct-%d,%s,%s,%s\n' % (
             address(i).decode(), i, LANGS[i % 5], ZONES[i // 5 % 3],
             FORMS[i // 15 % 3]) for i in range(N)), check=True)
address_of = dict(desk.sql('SELECT id, address FROM member'))
member_of = {a: i for i, a in address_of.items()}
desk.run('tick', check=True)  # its first period begins
all_of('an update', update)

# What is looked for would be found.
(who, sender, to_, text), (_, other, _, more) = kept
theirs = TOKEN.search(more).group()
for what, form in (
        ('an address', (sender, to_, text + address(N + 1))),
        ('an address, encoded', (sender, to_, text + address(
            N + 1).replace(b'@', b'=40').replace(b'.', b'=\r\n.'))),
        ('an account', (sender, to_, text + b'(acct-0)')),
        ('a token', (sender, to_, text + theirs)),
        ('a sender', (other, to_, text)),
        ('two recipients', (sender, to_ * 2, text))):
    tap.ok(wrong(who, *form), 'found where it is put in: ' + what)

all_of('a digest', digest)
sink.close()
desk.close()
tap.done()
