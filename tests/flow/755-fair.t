#!/usr/bin/env python3
# Fairness between lists and over the life of an event: who got the first
# update gets every later one, one copy a person, account lists first, and
# reasons of leaving kept apart.  The last contact of a reseller; the owner's
# weekly report, and complaints.  Every mail is looked at, also on the wire.
import os
import re
import subprocess
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import COMMS1, Desk, NOC1, rcpt, say, text_of, to  # noqa: E402
from fault_sink import FaultSink, unstuffed  # noqa: E402
from mailcheck import faults  # noqa: E402
from rig import SITREP, Tap  # noqa: E402

tap = Tap()
DAY = 86400
OWNER = 'postmaster@example.net'


def list_of(name, kind):
    return '''list "%s" {
	from = "Example %s <%s@status.example>"
	kind = "%s"
}
''' % (name, name, name, kind)


def desk_of(**members):
    """example-status is open, resellers of kind account, staff internal."""
    desk = Desk(members=0)
    desk.write('lists/resellers.conf', list_of('resellers', 'account'))
    desk.write('lists/staff.conf', list_of('staff', 'internal'))
    desk.run('tick', check=True)
    desk.sql("INSERT INTO counter (kind, year, next) "
             "VALUES ('incident', 2026, 42)")
    for name, text in members.items():
        desk.run('list', name.replace('_', '-'), 'import', '-', text=text,
                 check=True)
    return desk


def publish(desk, body, at):
    got = desk.mail(COMMS1, say(), body, subject='[INC-2026-0042] x', at=at)
    return desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                       at=desk.now + 20)


def copies(got):
    """{address: [lists that it came by]} of public updates."""
    have = {}
    for m in got:
        if m['Sitrep-Update'] is not None and m['List-Id'] is not None:
            have.setdefault(rcpt(m), []).append(
                re.search('<([a-z-]+)', m['List-Id']).group(1))
    return have


def who(got):
    return sorted(a.split('@')[0] for a in copies(got))


def status(desk, address, list=None):
    got = desk.sql('SELECT status FROM member WHERE folded = ?' + (
        ' AND list = ?' if list else ''), address, *([list] if list else []))
    return got[0][0] if got else None


# ---- one copy a person
desk = desk_of(
    example_status='both@a.example\nopen@a.example\nBoth3@a.example\n'
    'quiet@a.example\nnot@a.example\n',
    resellers='account,email,topics\nA1,Both@a.example,\nA2,acc@b.example,\n'
    'A3,both3@a.example,\nA4,not@a.example,dns-hosting\n'
    'A5,quiet@a.example,\n',
    staff='staff@c.example\nboth3@a.example\nopen@a.example\n')
desk.sql("UPDATE member SET status = 'nomail' WHERE list = 'resellers' AND "
         "folded = 'quiet@a.example'")
desk.opened()
got = publish(desk, 'draft investigating\n\nWe look.\n', '2026-03-04 14:10')
have = copies(got)
tap.same(have, {'Both@a.example': ['resellers'], 'acc@b.example': ['resellers'],
                'both3@a.example': ['resellers'],
                'open@a.example': ['example-status'],
                'not@a.example': ['example-status'],
                'quiet@a.example': ['example-status'],
                'staff@c.example': ['staff']},
         'one copy a person: account before open before internal, and by '
         'the next where the first is not for him')
m = to(got, 'Both@a.example')
tap.ok('resellers@status.example' in m['From'] and
       '<resellers.' in m['List-Id'] and
       'resellers-unsubscribe+' in m['List-Unsubscribe'] and
       m['Return-Path'].strip().startswith('<resellers-bounces+') and
       m['List-Subscribe'] is None and 'resellers' in text_of(m) and
       'example-status' not in text_of(m),
       'whose list signs it: From, List-*, sender, leave line', m)
order = [n for n, in desk.sql("SELECT list FROM letter WHERE kind = "
                              "'broadcast' ORDER BY id")]
tap.same(order, ['resellers', 'example-status', 'staff'],
         'account lists go first')

# ---- what he got by one list he gets on by another
got = desk.mail('Both <both@a.example>', re.search(
    r'<mailto:([^>]*)>', m['List-Unsubscribe']).group(1), 'x\n',
    at='2026-03-04 14:20')
tap.same(status(desk, 'both@a.example', 'resellers'), 'nomail', 'nomail')
desk.sql("UPDATE member SET topics = 'dns-hosting' WHERE list = "
         "'example-status'")
got = publish(desk, 'draft identified\n\nFound.\n', '2026-03-04 14:30')
tap.same(copies(got).get('both@a.example'), ['example-status'],
         'left the one after u1, chose else on the other: u2 comes')
tap.same(who(got), sorted(['both', 'acc', 'both3', 'open', 'not', 'quiet',
                           'staff']), 'and to everybody who got u1')
got = publish(desk, 'resolved\nLasting-Effects: none\n\nOver.\n',
              '2026-03-04 15:30')
tap.same(len(copies(got)), 7, 'up to the resolution')
tap.same(sorted(len(v) for v in copies(got).values()), [1] * 7, 'once each')
desk.close()

# ---- topics and impact over the life of an event
desk = desk_of(
    example_status='email,topics,min,delivery,kind\n'
    'all@a.example,,,,\nemail@a.example,email-b,,,\n'
    'dns@a.example,dns-hosting,,,\nmajor@a.example,,major,,\n'
    'crit@a.example,,critical,,\nfl@a.example,,critical,first-last,\n'
    'maint@a.example,,,,maintenance\n')
desk.opened(body='email-b=degraded\n\nslow\n', subject='Sev3 mail slow')
got = publish(desk, 'draft investigating\nComponents: email-b=degraded\n\n'
              'Slow.\n', '2026-03-04 14:10')
tap.same(who(got), ['all', 'email'], 'u1: minor, email')
got = publish(desk, 'draft identified\nComponents: email-b=partial outage\n\n'
              'Worse.\n', '2026-03-04 14:30')
tap.same(who(got), ['all', 'email', 'major'], 'u2: the impact rose')
got = publish(desk, 'draft identified\nComponents: email-b=degraded\n\n'
              'Better again.\n', '2026-03-04 14:50')
tap.same(who(got), ['all', 'email', 'major'],
         'u3: it fell, and who got u2 gets it')
got = publish(desk, 'draft identified\nComponents: email-b=major outage\n\n'
              'All is down.\n', '2026-03-04 15:10')
tap.same(who(got), ['all', 'crit', 'email', 'fl', 'major'],
         'u4: critical, who waited for that is in')
m = to(got, 'crit@a.example')
text = text_of(m)
tap.ok(-1 < text.find('All is down.') < text.find('Better again.') <
       text.find('Worse.') < text.find('Slow.'),
       'the newest first, the earlier ones below', text)
got = publish(desk, 'draft identified\nComponents: email-b=operational, '
              'dns-hosting=degraded\n\nNow names.\n', '2026-03-04 15:30')
tap.same(who(got), ['all', 'crit', 'dns', 'email', 'major'],
         'u5: another service; no dangling story, first-last waits')
got = publish(desk, 'resolved\nLasting-Effects: none\n\nOver.\n',
              '2026-03-04 16:30')
tap.same(who(got), ['all', 'crit', 'dns', 'email', 'fl', 'major'],
         'the resolution: everybody who got any')

# ---- an event without a component is for everybody
got = desk.mail(NOC1, 'incident@in.status.example', 'something is odd\n',
                subject='Sev3 something', at='2026-03-05 14:00')
got = desk.mail(COMMS1, say(43), 'draft investigating\n\nWe look at reports '
                'of trouble.\n', subject='x', at='2026-03-05 14:05')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                  at=desk.now + 20)
tap.same(who(got), ['all', 'crit', 'dns', 'email', 'fl', 'major'],
         'whatever topic and impact they chose; not who wants maintenance '
         'only')
desk.close()

# ---- who is still to get u1 isn't forgotten at u2
desk = desk_of(example_status='email,topics,min\nfast@a.example,,\n'
               'slow@a.example,,major\n')
desk.opened(body='email-b=partial outage\n\nx\n')
real = desk.read('sitrep.conf')
dead = real.replace('spool:%s/out' % desk.dir, 'smtp://127.0.0.1:9')
got = desk.mail(COMMS1, say(), 'draft investigating\nComponents: '
                'email-b=partial outage\n\nOne.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:10')
desk.write('sitrep.conf', dead)
desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
            at=desk.now + 20)
desk.write('sitrep.conf', real)
waiting = desk.sql("SELECT status FROM letter WHERE kind = 'broadcast' AND "
                   "list = 'example-status'")
desk.sql("UPDATE letter SET due = due + 86400 WHERE kind = 'broadcast'")
desk.tick(at='2026-03-04 14:30')
got = publish(desk, 'draft identified\nComponents: email-b=degraded\n\n'
              'Two.\n', '2026-03-04 14:35')
tap.same((waiting, who(got)), ([('waiting',)], ['fast', 'slow']),
         'u1 waits for a dead server, and u2 goes to all whom u1 is for')
desk.close()

# ---- reasons of leaving are kept apart
desk = desk_of(example_status='a@a.example\nb@a.example\nc@a.example\n'
               'd@a.example\n')
got = desk.posted()
link = {rcpt(m): re.search(r'<mailto:([^>]*)>', m['List-Unsubscribe']).group(1)
        for m in desk.letters if m['List-Unsubscribe']}
for letter, reason in zip('bcd', ('bounced', 'complained', 'removed')):
    desk.sql("UPDATE member SET status = '%s' WHERE folded = '%s@a.example'" %
             (reason, letter))
for letter in 'acd':
    desk.mail('x <%s@a.example>' % letter, link[letter + '@a.example'], 'x\n',
              at=desk.now + 60)
    desk.mail('x <%s@a.example>' % letter,
              'example-status-unsubscribe@in.status.example', 'x\n',
              at=desk.now + 60)
tap.same([status(desk, x + '@a.example') for x in 'abcd'],
         ['left', 'bounced', 'complained', 'removed'],
         'a later word changes no reason')
desk.close()

# ---- the last contact of a reseller
desk = desk_of(resellers='account,email\nA1,one@a.example\nA1,two@a.example\n'
               'A1,three@a.example\nA2,only@b.example\n')
desk.posted()
link = {rcpt(m): re.search(r'<mailto:([^>]*)>', m['List-Unsubscribe']).group(1)
        for m in desk.letters if m['List-Unsubscribe']}


def leave(address):
    return [m for m in desk.mail('x <%s>' % address, link[address], 'x\n',
                                 at=desk.now + 60)]


tap.same([rcpt(m) for m in leave('one@a.example')], [],
         'another contact remains: nobody is told')
tap.same(status(desk, 'one@a.example'), 'nomail', 'it took effect at once')
desk.sql("UPDATE member SET status = 'bounced' WHERE folded = "
         "'three@a.example'")
got = leave('two@a.example')
tap.same(sorted(rcpt(m) for m in got), ['one@a.example', OWNER],
         'the last: the owner is told, and the other address that could')
tap.same(status(desk, 'two@a.example'), 'nomail', 'and it took effect at once')
m = to(got, OWNER)
tap.ok('Account A1' in m['Subject'] and 'one@a.example (nomail)' in text_of(m)
       and 'three@a.example (bounced)' in text_of(m) and
       'sitrep list resellers add' in text_of(m), 'with all that is known',
       text_of(m))
m = to(got, 'one@a.example')
tap.ok(m['List-Id'] and m['Auto-Submitted'] == 'auto-generated' and
       'two@a.example' not in m.as_string(), 'nobody else is named', m)
got = desk.mail('x <one@a.example>', 'resellers-request@in.status.example',
                'subscribe\n', at=desk.now + 60)
tap.same(status(desk, 'one@a.example'), 'active',
         'who is told can take it over')
link['one@a.example'] = 'resellers-unsubscribe@in.status.example'
tap.same([rcpt(m) for m in leave('one@a.example') if rcpt(m) == OWNER], [],
         'once a day for an account')
tap.same([rcpt(m) for m in leave('only@b.example')], [OWNER],
         'an account with one address')
desk.close()

# ---- the weekly report
desk = desk_of(example_status=''.join('m%d@a.example\n' % n
                                      for n in range(6)),
               resellers='account,email\nA1,one@a.example\nA2,two@b.example\n'
               'A2,three@b.example\n')


def monday(at):
    return [m for m in desk.tick(at=at) if rcpt(m) == OWNER]


desk.now += 86400
desk.run('list', 'example-status', 'add', 'n1@a.example', 'n2@a.example',
         check=True)
desk.run('list', 'example-status', 'remove', 'm0@a.example', check=True)
for a, s in (('m1', 'bounced'), ('m2', 'left'), ('m3', 'complained')):
    desk.sql("UPDATE member SET status = '%s', changed = %d WHERE folded = "
             "'%s@a.example'" % (s, desk.now, a))
desk.sql("UPDATE member SET status = 'bounced', changed = %d WHERE folded = "
         "'one@a.example'" % desk.now)
desk.sql("UPDATE member SET status = 'nomail', changed = %d WHERE folded = "
         "'three@b.example'" % desk.now)
tap.same(monday('2026-03-09 07:59'), [], 'not before Monday, 08:00')
# a crash at any moment: as often as it is tried, it comes once
for n in range(12):
    p = subprocess.Popen([SITREP, '-c', desk.path('sitrep.conf'), '-t',
                          '@%d' % (desk.now + 60), 'tick'],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        p.wait(0.004 * n)
    except subprocess.TimeoutExpired:
        p.kill()
        p.wait()
got = monday('2026-03-09 08:01')
got += monday('2026-03-09 08:02')
tap.same([str(m['Subject']) for m in got],
         ['The lists, 2026-W11 [INTERNAL]'], 'then once')
text = text_of(got[0]) if got else ''
for want in (r'example-status \(open\)\n +4  members get its mail, \+4\n'
             r' +8  joined\n +1  left\n +1  complained.*\n +1  were removed '
             r'by hand\n +1  bounced', r'resellers \(account\)\n +1  members',
             r'1 of 2 resellers can.t be reached',
             r'A1: one@a.example\n +bounced since 5 Mar 2026'):
    tap.ok(re.search(want, text), 'it says: ' + want, text)
tap.ok('A2' not in text, 'who is reached by another address isn\'t named')
done = desk.run('list', 'resellers', 'unreachable')
tap.same(done.stdout.decode().split('\n')[1:],
         ['A1,one@a.example,bounced,5 Mar 2026,1', ''],
         'the same by command')
desk.sql("UPDATE member SET status = 'active' WHERE folded = 'one@a.example'")
got = monday('2026-03-16 08:01')
tap.ok(len(got) == 1 and 'had bounced, and are reached again' in
       text_of(got[0]) and 'All 2 resellers can be reached' in
       text_of(got[0]), 'a week later', got and text_of(got[0]))
tap.same([(m['Subject'], text_of(m)) for m in monday('2026-03-23 08:01')],
         [], 'nothing new: no mail')
desk.close()

# ---- complaints of an account list: the owner's box has a bound
desk = desk_of(resellers='account,email\n' + ''.join(
    'A%d,m%d@a.example\n' % (n, n) for n in range(15)))
desk.posted()
back = {rcpt(m): str(m['Return-Path']).strip(' <>') for m in desk.letters
        if m['List-Unsubscribe']}
ARF = ('--b\nContent-Type: text/plain\n\nAn abuse report.\n'
       '--b\nContent-Type: message/feedback-report\n\n'
       'Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n'
       'Original-Rcpt-To: <%s>\n\n'
       '--b\nContent-Type: message/rfc822\n\n'
       'From: x@y.example\nSubject: x\n\nx\n--b--\n')


def complain(address):
    return [m for m in desk.mail(
        'fbl <fbl@big.example>', back[address], ARF % address,
        at=desk.now + 60, headers=[
            'MIME-Version: 1.0',
            'Content-Type: multipart/report; report-type=feedback-report; '
            'boundary=b']) if rcpt(m) == OWNER]


told = [len(complain('m0@a.example')) for _ in range(4)]
tap.same(told, [1, 0, 0, 0], 'the owner hears once of one member')
told = sum(len(complain('m%d@a.example' % n)) for n in range(1, 15))
tap.same(told, 9, 'and ten times a day of a list')
tap.same(status(desk, 'm0@a.example'), 'active', 'nobody is taken off')
desk.tick()
desk.sql("UPDATE watch SET told = told - 604800 WHERE what = 'weekly'")
got = monday('2026-03-09 08:01')
tap.ok(len(got) == 1 and '18  complaints' in text_of(got[0]),
       'all of them are counted', got and text_of(got[0]))
desk.close()

# ---- on the wire
sink = FaultSink()  # that has none


def mails():
    return [(s, r, unstuffed(raw)) for s, r, raw in sink.taken]


desk = desk_of(example_status='email,format\na@a.example,both\n'
               'b@a.example,text\nc@a.example,html\n',
               resellers='r@a.example\n')
desk.write('sitrep.conf', desk.read('sitrep.conf').replace(
    'spool:%s/out' % desk.dir, sink.url))
desk.opened()
desk.mail(COMMS1, say(), 'draft investigating\n\nWe look.\n.\n..dots\n'
          + 'a long line ' * 200 + '\n', subject='[INC-2026-0042] x',
          at='2026-03-04 14:10')
reply = [re.search(rb'<(incident\+[^>]*\.d\d+\.[^>]*)>', raw).group(1).decode()
         for _, _, raw in mails() if b'[PREVIEW]' in raw]
desk.mail(COMMS1, reply[-1], 'yes\n', subject='Re: x', at='2026-03-04 14:12')
desk.mail('n <n@a.example>', 'example-status-subscribe@in.status.example',
          'x\n', at='2026-03-04 14:13')
tap.ok(len(mails()) >= 10, '%d mails came' % len(mails()))
bad = [(r, faults(raw, wire=True)) for s, r, raw in mails()]
tap.ok(not [b for b in bad if b[1]], 'each is well formed on the wire',
       '\n'.join(str(b) for b in bad if b[1]))
tap.ok(all(len(r) == 1 for _, r, _ in mails()), 'for one recipient each')
lists = [(s, raw) for s, _, raw in mails() if b'\nSitrep-Update:' in raw
         and b'\nList-Id:' in raw]
tap.ok(len(lists) == 4 and all(re.match(
    r'(example-status|resellers)-bounces\+[a-z2-7]+@', s)
    for s, _ in lists), 'copies have a sender of their own', lists)
tap.ok(all(b'\r\n.\r\n' not in raw or b'dots' in raw
           for _, _, raw in mails()), 'dots are dots')
# The checker isn't blind.
good = lists[0][1]
for what, spoilt in (
        ('two From', b'From: x@y.example\r\n' + good),
        ('no Date', re.sub(rb'Date:[^\r]*\r\n', b'', good)),
        ('a bare LF', good.replace(b'\r\n\r\n', b'\r\n\n', 1)),
        ('a long line', good + b'x' * 999 + b'\r\n'),
        ('8 bit', good + b'\xc3\xbc\r\n'),
        ('one click without its POST', re.sub(
            rb'List-Unsubscribe-Post:[^\r]*\r\n', b'', good)),
        ('List-Id', good.replace(b'List-Id: ', b'List-Id: <>', 1)),
        ('Message-ID', good.replace(b'Message-ID: <', b'Message-ID: ', 1))):
    tap.ok(faults(spoilt, wire=True), 'the checker sees: ' + what)
tap.same(faults(good, wire=True), [], 'and nothing else')
sink.close()
desk.close()
tap.done()
