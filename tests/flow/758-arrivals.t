#!/usr/bin/env python3
# A list that moves here: each member whom an import brings is told so once, in
# his language and by the kind of the list; nobody else is, nor is he again by
# a second import, however it or the courier was killed; updates go first.
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, Desk, rcpt, say, text_of, to  # noqa: E402
from fault_sink import FaultSink  # noqa: E402
from rig import SITREP, Tap  # noqa: E402

tap = Tap()
LIST, AT = 'example-status', '@in.status.example'
ACCOUNTS = '''list "accounts" {
	from = "Example Notices <notices@status.example>"
	kind = "account"
	description = "Notices for resellers"
}
'''
HEAD = 'address,status,language,timezone,format,delivery\n'
CSV = HEAD + '''en@new1.example,active,,,both,each
de@new1.example,active,de,Europe/Berlin,both,each
fr@new2.example,active,fr,,html,each
es@new3.example,active,es,,text,first-last
pt@new4.example,active,pt,,both,digest
quiet@new5.example,nomail,,,both,each
away@new5.example,left,,,both,each
dead@new5.example,bounced,,,both,each
r1@reseller1.example,active,de,,both,each
gone@old.example,active,,,both,each
no address,active,,,both,each
'''
SAYS = {'en@new1.example': 'nothing to confirm', 'de@new1.example':
        'bestätigen gibt es nichts', 'fr@new2.example': 'rien à confirmer',
        'es@new3.example': 'nada que confirmar', 'pt@new4.example':
        'nada a confirmar'}


def bring(desk, text, *more, name=LIST, verb='import'):
    return desk.run('list', name, verb, *more, '-', text=text,
                    check=True).stdout.decode()


def is_notice(m):
    return str(m['Message-ID']).startswith('<arrival.')


def notices(letters):
    return [m for m in letters if is_notice(m)]


def told(letters):
    return sorted(rcpt(m) for m in notices(letters))


def letters_of(desk):
    return desk.sql('SELECT first, high, list, status FROM letter WHERE '
                    'first != 0 ORDER BY id')


def flat(s):
    return re.sub(r'\s+', ' ', s)


def deliver(desk, who, where, body='x\n', **more):
    """A mail comes in, and nothing goes out yet."""
    desk.deliver(desk.compose(who, where, body, **more), where,
                 re.sub('.*<|>.*', '', who))


# ---- who is told, and what
desk = Desk(members=2, number=42)
bring(desk, 'gone@old.example\n')
tap.same((desk.out(), letters_of(desk)), ([], []),
         'an import by itself sends nothing')
desk.run('list', LIST, 'remove', 'gone@old.example', check=True)
desk.posted()
desk.now += 60
said = bring(desk, CSV, '--welcome')
tap.ok('11 lines: 8 added, 1 were members already, 1 stay away, 1 refused' in
       said and '5 get a notice that their subscription was moved here; '
       '`sitrep show queue`' in said, 'what an import says', said)
shown = desk.run('show', 'queue', check=True).stdout.decode()
tap.ok(re.search(r'(?m)^\d+ waiting list %s \(who is new\), for 0 min, tries 0, '
                 r'next .*: not tried yet$' % LIST, shown), 'the queue', shown)
got = desk.out()
tap.same((told(got), len(got)), (sorted(SAYS), 5),
         'who is new and gets mail has one notice, nobody else has anything')
bad = []
for m in notices(got):
    text, who = flat(text_of(m)), rcpt(m)
    token = re.search(r'<https://status\.example/u/([a-z2-7]+)>, <mailto:'
                      r'%s-unsubscribe\+\1%s>' % (LIST, AT),
                      flat(str(m['List-Unsubscribe'])))
    for good, what in (
            (token and '-unsubscribe+%s%s ' % (token[1], AT) in text, 'leave'),
            (m['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click', 'rfc8058'),
            (m['Auto-Submitted'] == 'auto-generated', 'auto'),
            (m['Precedence'] == 'list', 'precedence'),
            (str(m['To']) == who, 'To: %s' % m['To']),
            (str(m['Reply-To']) == LIST + '-request' + AT, 'Reply-To'),
            (str(m['From']) == 'Example Status <status@status.example>', 'From'),
            (m['Content-Language'] == who[:2], 'language'),
            (LIST in str(m['Subject']), 'Subject: %s' % m['Subject']),
            ('Example Status <status@status.example>' in text, 'where from'),
            ('(Status of our services)' in text, 'which list'),
            (SAYS[who] in text, 'opt-in'),
            ('INC-2026-0042 Email Cluster B' in text, 'what is open'),
            ('https://status.example/incident/2026/0042/' in text, 'its page'),
            ('{{' not in text and '(null)' not in text, 'template')):
        if not good:
            bad.append('%s: %s\n%s' % (who, what, text))
tap.ok(not bad, 'each in his language, with all that it needs', '\n'.join(bad))
tap.same(letters_of(desk)[0][3], 'sent', 'the letter is done')
tap.same(desk.run('show', 'queue').stdout, b'Nothing waits.\n', 'so the queue')

for again in (CSV, desk.run('list', LIST, 'export').stdout.decode()):
    said = bring(desk, again, '--welcome')
    tap.ok('0 get a notice that their subscription was moved here: nobody is '
           'new\n' in said and desk.out() == [] and len(letters_of(desk)) == 1,
           'the same again, or an export of it, tells nobody', said)

# ---- it counts as a mail of the list
hello = to(got, 'de@new1.example')
where = str(hello['Return-Path']).strip().strip('<>')
deliver(desk, 'Mail Delivery System <MAILER-DAEMON@mx.far.example>', where,
        '--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; '
        'mx.far.example\n\nFinal-Recipient: rfc822; de@new1.example\n'
        'Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User '
        'unknown\n--b--\n', auth=None, subject='Undelivered', headers=(
            'MIME-Version: 1.0', 'Content-Type: multipart/report; '
            'report-type=delivery-status; boundary=b'))
tap.same(desk.sql('SELECT address, class, reason, counts FROM bounce JOIN '
                  'member m ON m.id = member_id'),
         [('de@new1.example', 'hard', 'no-user', 1)], 'one that comes back')
leave = re.search(r'mailto:([^>]+)', str(to(
    got, 'fr@new2.example')['List-Unsubscribe']))[1]
desk.mail('fr@new2.example', leave, '\n')
tap.same(desk.sql("SELECT status FROM member WHERE address = 'fr@new2.example'"),
         [('left',)], 'who leaves by it has left')
desk.close()

# ---- who left, or came by himself, before it went
desk = Desk(members=1, number=42)
bring(desk, 'a@x.example\nb@x.example\nc@x.example\n', '--welcome')
for who in 'a', 'b':
    deliver(desk, who + '@x.example', LIST + '-unsubscribe' + AT)
desk.now += 1
deliver(desk, 'b@x.example', LIST + '-subscribe' + AT)
asked = desk.sql("SELECT CAST(raw AS TEXT) FROM letter WHERE mid LIKE "
                 "'confirm.%'")[0][0]
deliver(desk, 'b@x.example', re.search(r'Reply-To: (\S+)', asked)[1], 'yes\n',
        subject='Re: confirm')
got = desk.out()
tap.same(told(got), ['c@x.example'], 'who left gets no notice')
tap.same([rcpt(m) for m in got if 'welcome.' in m['Message-ID']],
         ['b@x.example'], 'who is back by his own word is welcomed as that')

# ---- account lists, from a file and from the database
desk.write('lists/accounts.conf', ACCOUNTS)
bring(desk, 'address,account\nd@x.example,7\n', '--welcome', name='accounts')
m = to(desk.out(), 'd@x.example')
tap.ok('part of the contract' in text_of(m) and 'confirm' not in text_of(m) and
       'List-Subscribe' not in m and 'notices@status.example' in text_of(m) and
       'Nothing is open now.' in text_of(m),
       'an account list speaks of the contract', text_of(m))
said = bring(desk, 'account,address\n7,d@x.example\n8,e@x.example\n', '--yes',
             '--welcome', name='accounts', verb='sync')
tap.ok('1 get a notice' in said and told(desk.out()) == ['e@x.example'],
       'so does one from the database, to who is new', said)
bring(desk, 'account,address\n7,d@x.example\n9,f@x.example\n', '--yes',
      '--most', name='accounts', verb='sync')
bring(desk, 'account,address\n7,d@x.example\n8,e@x.example\n', '--yes',
      '--most', '--welcome', name='accounts', verb='sync')
tap.same(desk.out(), [], 'not without being asked to, nor to who is back')
desk.close()

# ---- an import of many, killed between
MANY = 100000
names = ['m%d@d%d.example\n' % (i, i % 500) for i in range(MANY)]
for _ in range(9):  # until one is killed in time
    desk = Desk(members=1, number=42)
    desk.write('names', ''.join(names))
    p = subprocess.Popen([SITREP, '-c', desk.path('sitrep.conf'), 'list', LIST,
                          'import', '--welcome', desk.path('names')],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = 0
    while before < 20000 and p.poll() is None:
        before = desk.sql('SELECT count(*) FROM member')[0][0] - 1
    p.kill()
    p.wait()
    before = desk.sql('SELECT count(*) FROM member')[0][0] - 1
    if before < MANY:
        break
    desk.close()
tap.ok(20000 < before < MANY, 'an import is killed at %d members' % before)
bring(desk, ''.join(names), '--welcome')
rows = letters_of(desk)
tap.same((len(rows), desk.sql('SELECT count(*) FROM letter')), (2, [(2,)]),
         'a letter of what it brought, one of the %d others' % (MANY - before))
tap.same(desk.sql('SELECT n, count(*) FROM (SELECT (SELECT count(*) FROM '
                  'letter l WHERE m.id BETWEEN l.first AND l.high) AS n FROM '
                  "member m WHERE address LIKE 'm%') GROUP BY n"),
         [(1, MANY)], 'and each is in one of them')
desk.close()


# ---- the courier
def relay(desk, url):
    desk.write('sitrep.conf', re.sub(r'(?m)^relay .*', 'relay = { "%s" }' % url,
                                     desk.read('sitrep.conf')))


def send(desk):
    return subprocess.Popen(
        [SITREP, '-c', desk.path('sitrep.conf'), '-t', '@%d' % desk.now,
         'send'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Gate:
    """Lets so many recipients of a sink in, then none until it is opened."""

    def __init__(self, sink, n):
        self.open, self.left, self.shut = threading.Event(), n, threading.Event()
        sink.rcpt = self.rcpt

    def rcpt(self, address):
        self.left -= 1
        if self.left >= 0 or self.open.is_set():
            return None
        self.shut.set()
        return None if self.open.wait(100) else '450 4.0.0 the gate is shut'

    def wait(self):
        self.shut.wait(100)


def kinds(sink):
    """In order: n a notice, u an update, with whom it is for."""
    return [('n' if b'Message-ID: <arrival.' in text else 'u', r[0])
            for _, r, text in sink.taken if b'Sitrep-Internal' not in text]


def publish(desk):
    got = to(desk.letters, 'comms1@example.net')
    deliver(desk, COMMS1, re.sub('.*<|>.*', '', str(got['Reply-To'])), 'yes\n',
            reply=got, subject='Re: ' + got['Subject'])


# ---- an import that goes on while the courier is at its letter
desk = Desk(members=1, number=42)
sink = FaultSink()
relay(desk, sink.url)
bring(desk, ''.join('m%d@x.example\n' % i for i in range(8)), '--welcome')
gate, sends = Gate(sink, 0), send(desk)
gate.wait()
desk.run('list', LIST, 'add', *('l%d@x.example' % i for i in range(8)))
desk.sql('UPDATE letter SET high = (SELECT max(id) FROM member)')
gate.open.set()
sends.wait()
tap.same(([x[3] for x in letters_of(desk)],
          sorted(r[0] for r in sink.recipients())),
         (['sent'], ['%s%d@x.example' % (k, i) for k in 'lm'
                     for i in range(8)]),
         'an import that goes on meanwhile: one letter, each once')
sink.close()
desk.close()

# ---- the courier killed; an update that came later goes first
desk = Desk(members=20, number=42)
desk.opened()
desk.mail(COMMS1, say(), 'draft investigating\n\nWe look into it.\n',
          subject='[INC-2026-0042] draft', at='2026-03-04 14:10:00')
desk.letters = [m for m in desk.letters if '.d1@' in m['Message-ID']]
sink = FaultSink()
relay(desk, sink.url)
new = ['n%d@d%d.example' % (i, i % 7) for i in range(400)]
bring(desk, '\n'.join(new) + '\n', '--welcome')
gate, p = Gate(sink, 40), send(desk)
gate.wait()
p.send_signal(signal.SIGKILL)
p.wait()
first = len(sink.taken)
tap.ok(first < 60, 'the courier is killed after %d' % first)
sink.pause = .05
gate.open.set()
gate, p = Gate(sink, 100), send(desk)
gate.wait()
publish(desk)
time.sleep(1)  # until it was seen
gate.open.set()
p.wait()
subprocess.run([SITREP, '-c', desk.path('sitrep.conf'), '-t', '@%d' %
                (desk.now + 60), 'send'], stdout=subprocess.DEVNULL)
order = kinds(sink)
have = [who for kind, who in order if kind == 'n']
tap.same(sorted(set(have)), sorted(new), 'nobody is missed')
tap.ok(len(have) - len(new) <= 64, '%d copies were repeated' %
       (len(have) - len(new)))
marks = ''.join(kind for kind, _ in order)
tap.same((marks.count('u'), 'n' in marks[marks.rindex('u'):]), (420, True),
         'an update has gone to everybody before the notices go on')
tap.ok('n' not in marks[marks.index('u') + 64:marks.rindex('u') - 64],
       '... once what was on its way is gone', marks)
queue = json.loads(desk.run('show', 'queue', '--json').stdout)['letters']
tap.same(queue, [], 'all is done')
tap.ok('420 accepted' in desk.run('show', 'INC-2026-0042',
                                  '--delivery').stdout.decode(),
       'what is shown of the update counts no notice')
sink.close()
desk.close()
tap.done()
