#!/usr/bin/env python3
# What comes back from a list: who by the token alone, hard and soft ones
# counted, complaints, the brake of a domain, the probe and the way back.
# What others collected is read as well as we promise, and no reply for a
# bounce.
import glob
import os
import random
import re
import subprocess
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import COMMS1, Desk, say, to
from rig import SHARED, SITREP, Tap, rcpt

tap = Tap()
DAY = 86400
LIST = 'example-status'
OPEN = ['r%d@reseller%d.example' % (i, i) for i in range(1, 9)]
BIG = ['m%d@big.example' % i for i in range(40)]
ACCOUNT = '''list "example-accounts" {
	from = "Example Status <accounts@status.example>"
	reply_to = "support@example.net"
	kind = "account"
	description = "Notices"
	language = "en"
}
'''


def verp(letter):
    return str(letter['Return-Path']).strip().strip('<>')


def report(address, action='failed', status='5.1.1',
           code='smtp; 550 %s <%s>: User unknown', feedback=False):
    """A delivery report, or a complaint, and its headers."""
    kind = 'feedback-report' if feedback else 'delivery-status'
    fields = ('Feedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: %s\n' %
              address if feedback else
              'Reporting-MTA: dns; mx.far.example\n\nFinal-Recipient: rfc822; '
              '%s\nAction: %s\nStatus: %s\nDiagnostic-Code: %s\n' % (
                  address, action, status,
                  code % (status, address) if '%' in code else code))
    return ('--b\nContent-Type: text/plain\n\nThis is the mail system.\n'
            '--b\nContent-Type: message/%s\n\n%s\n--b--\n' % (kind, fields),
            ('MIME-Version: 1.0', 'Auto-Submitted: auto-replied',
             'Content-Type: multipart/report; report-type=%s; boundary=b' %
             kind))


class Lists(Desk):
    def __init__(self, members):
        super().__init__(members=0)
        self.write('lists/example-accounts.conf', ACCOUNT)
        self.run('list', LIST, 'import', '-', text='\n'.join(members) + '\n',
                 check=True)
        self.sql("INSERT INTO counter (kind, year, next) "
                 "VALUES ('incident', 2026, 42)")

    def post(self, at, n):
        """One more update; the copies that went out."""
        got = self.mail(COMMS1, say(), 'draft identified\n\nStep %d.\n' % n,
                        subject='[INC-2026-0042] draft', at=at)
        got = self.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1)
        return {rcpt(m): m for m in got if m['Sitrep-Update']}

    def back(self, where, body, headers=(), at=None, sender='',
             subject='Undelivered Mail Returned to Sender',
             who='Mail Delivery System <MAILER-DAEMON@mx.far.example>'):
        """Something comes to where; its verdict."""
        if at is not None:
            self.now = int(at)
        self.deliver(self.compose(who, where, body, subject=subject,
                                  headers=headers, auth=None), where, sender)
        return self.sql("SELECT verdict FROM handled JOIN message m ON m.id = "
                        "message_id WHERE source = 'pipe' ORDER BY "
                        "message_id DESC LIMIT 1")[0][0]

    def status(self, address, slug=LIST):
        return self.sql('SELECT status FROM member WHERE address = ? AND '
                        'list = ?', address, slug)[0][0]

    def rows(self, address):
        return self.sql('SELECT class, reason, b.status, counts FROM bounce b '
                        'JOIN member m ON m.id = member_id WHERE '
                        'm.address = ? ORDER BY b.id', address)

    def told(self, what):
        return [m for m in self.out() if re.search(what, str(m['Subject']))]


# ---- one reader after the other ----
desk = Lists(OPEN)
desk.opened()
T = desk.now
posts = [desk.post(T + 600, 1)]
tap.same(sorted(posts[0]), OPEN, 'all get the first update')
desk.out()
sent = len(desk.letters)

a, b, c, d, e, f, g, h = OPEN
first = posts[0][a]
where = verp(first)
wrong = where[:30] + ('b' if where[30] == 'a' else 'a') + where[31:]
other = where.replace(LIST + '-bounces', 'example-accounts-bounces')
for what, address in (('a forged token', wrong), ('no token',
                      LIST + '-bounces@in.status.example'),
                      ('the token of another list', other)):
    tap.same(desk.back(address, *report(a)), 'bounce:unverified', what)
# A token inside is never read: the report is to wrong, our mail is in it.
body, headers = report(a)
tap.same(desk.back(wrong, body.replace('--b--', '--b\nContent-Type: message/'
                   'rfc822\n\nReturn-Path: <%s>\nTo: %s\n\nx\n--b--' % (
                       where, a)), headers),
         'bounce:unverified', 'a good token in the body')
tap.same(desk.rows(a), [], 'none of them has an effect')

tap.same(desk.back(where, 'I am away.\n', ('Auto-Submitted: auto-replied',),
                   subject='Out of office', who=a), 'auto', 'a vacation')
tap.same(desk.back(where, *report(a, 'delayed', '4.4.1', 'smtp; timed out')),
         'bounce', 'a delay')
tap.same(desk.back(where, *report(a, 'delivered', '2.0.0', 'smtp; ok')),
         'bounce', 'a success')
tap.same(desk.back(where, 'Hm.\n', subject='x'), 'bounce:unread',
         'one that says nothing')
tap.same(desk.back(where, '', ('X: y\n' * 600,)), 'limits:headers',
         'one that is too much')
tap.same((desk.rows(a), desk.status(a)), ([], 'active'),
         'none of them counts')

tap.same(desk.back(where, *report(a)), 'bounce', 'a hard one')
tap.same(desk.back(where, *report(a, status='5.1.2')), 'bounce',
         'the same copy again')
tap.same(desk.rows(a), [('hard', 'no-user', '5.1.1', 1)], 'is counted once')
posts.append(desk.post(T + 1200, 2))
desk.back(verp(posts[1][a]), *report(a))
posts.append(desk.post(T + 1800, 3))
desk.back(verp(posts[2][a]), *report(a))
tap.same((len(desk.rows(a)), desk.status(a)), (3, 'active'),
         'three on one day are not enough')
posts.append(desk.post(T + DAY, 4))
desk.back(verp(posts[3][a]), *report(a))
tap.same(desk.status(a), 'bounced', 'one more on the next day is')
bounced_at = desk.now
posts.append(desk.post(T + DAY + 600, 5))
tap.ok(a not in posts[4] and b in posts[4], 'it gets nothing any more')

# Mailbox full five times in ten days; what is about our mail doesn't count.
for n in range(5):
    desk.back(verp(posts[n][b]), *report(b, status='5.2.2',
                                         code='smtp; 552 mailbox full'))
    desk.back(verp(posts[n][c]), *report(c, status='5.7.1',
                                         code='smtp; 550 policy'))
    tap.same(desk.status(b), 'bounced' if n == 4 else 'active',
             'full %d times' % (n + 1))
tap.same((desk.status(c), desk.rows(c)[0]),
         ('active', ('soft', 'policy', '5.7.1', 0)),
         'refused by policy: noted, not counted')

# Complaints, leaving, being removed: reasons of their own, and no import
# revives one.
tap.same(desk.back(verp(posts[0][d]), *report(d, feedback=True)), 'bounce',
         'a complaint')
tap.same(desk.status(d), 'complained', 'takes off an open list')
unsubscribe = re.search(r'mailto:([^>]+)', str(
    posts[0][e]['List-Unsubscribe'])).group(1)
desk.deliver(desk.compose(e, unsubscribe, 'x\n'), unsubscribe, e)
desk.run('list', LIST, 'remove', f, check=True)
want = {a: 'bounced', d: 'complained', e: 'left', f: 'removed'}
tap.same({x: desk.status(x) for x in want}, want, 'four reasons')
done = desk.run('list', LIST, 'import', '-', text='\n'.join(want) + '\n')
tap.same({x: desk.status(x) for x in want}, want, 'no import revives one')
for x in want:
    done = desk.run('list', LIST, 'add', x)
    tap.ok(done.returncode == 1 and b'revived' in done.stderr,
           'nor does an add: ' + want[x], done.stderr.decode())
desk.back(verp(posts[0][e]), *report(e))
tap.same(desk.status(e), 'left', 'who left can not bounce')
auto = [m for m in desk.out() if rcpt(m) in OPEN and not m['Sitrep-Update']]
tap.same(auto, [], 'no bounce is ever answered')

# ---- probe and way back ----
desk.now = bounced_at + 14 * DAY - 60
desk.run('tick', check=True)
tap.ok(to(desk.out(), a) is None, 'thirteen days: nothing')
desk.now = bounced_at + 14 * DAY
got = desk.tick()
probe = to(got, a)
tap.ok(probe is not None and str(probe['From']).startswith('Example Status')
       and LIST + '-unsubscribe+' in str(probe['List-Unsubscribe']) and
       probe['Auto-Submitted'] == 'auto-generated', 'a probe after 14 days',
       [rcpt(m) for m in got])
tap.ok(re.match(LIST + r'-bounces\+[a-z2-7]{31}@', verp(probe)),
       'it can bounce', verp(probe))
desk.back(verp(probe), *report(a))
desk.now += 4 * DAY
desk.run('tick', check=True)
tap.same(desk.status(a), 'bounced', 'it came back: no change')
desk.out()
desk.now = bounced_at + 28 * DAY + 3600
probe = to(desk.tick(), a)
tap.ok(probe is not None, 'another after 14 more')
desk.now += 3 * DAY + 1
desk.run('tick', check=True)
tap.same(desk.status(a), 'active', 'nothing came back: active again')
tap.same([r[3] for r in desk.rows(a) if r[3]], [], 'with a clean slate')
tap.ok(desk.sql("SELECT count(*) FROM message WHERE source = 'clock' AND "
                "CAST(raw AS TEXT) LIKE '%Probe: active again%'")[0][0] >= 1,
       'the clock keeps a journal of it')
desk.close()

# ---- an account list: the owner is told, nobody is dropped ----
desk = Lists(OPEN[:1])
desk.run('list', 'example-accounts', 'add', 'boss@shop.example', check=True)
desk.opened()
copies = desk.mail(COMMS1, say(), 'draft identified\n\nStep.\n',
                   subject='[INC-2026-0042] draft', at=desk.now + 600)
copies = desk.answer(to(copies, 'comms1@example.net'), 'yes', sender=COMMS1)
desk.back(verp(to(copies, 'boss@shop.example')),
          *report('boss@shop.example', feedback=True))
tap.same(desk.status('boss@shop.example', 'example-accounts'), 'active',
         'a complaint on an account list changes nothing')
tap.same(len(desk.told('boss@shop.example calls our mail unwanted')), 1,
         'but the owner is told')
desk.close()

# ---- a whole domain ----
desk = Lists(BIG + OPEN[:2])
desk.opened()
T = desk.now
one, two = desk.post(T + 600, 1), desk.post(T + 900, 2)
desk.out()
desk.back(verp(one[a]), *report(a))
for n in range(5):
    desk.back(verp(one[BIG[n]]), *report(BIG[n]), at=T + 1000 + n)
told = desk.told('big.example turns our mail away')
tap.same(len(told), 1, 'five of forty within an hour: the owner is told')
tap.ok(told and '5 of 40 members' in told[0].get_content(), 'how many',
       told and told[0].get_content())
tap.same([desk.rows(x)[0][3] for x in BIG[:5]], [0] * 5, 'they do not count')
tap.same(desk.rows(a)[0][3], 1, 'another domain does')
for n in range(20):
    desk.back(verp(two[BIG[n]]), *report(BIG[n]), at=T + 2000 + n)
tap.same(sum(r[3] for x in BIG[:20] for r in desk.rows(x)), 0,
         'nor does what follows')
tap.same(len(desk.told('big.example')), 0, 'the owner is told once')
three = desk.post(T + 2 * DAY, 3)
desk.back(verp(three[BIG[0]]), *report(BIG[0]))
tap.same(desk.rows(BIG[0])[-1][3], 1, 'a day later it counts again')
desk.close()

# ---- mail that others collected ----
CORPORA = os.path.join(SHARED, 'corpora')
GOALS = (('bounces-sisimai', ('-r',), 95), ('bounces-sisimai', (), 90),
         ('bounces-flufl', ('-r',), 85))
SAMPLED = (os.environ.get('SITREP_SANITIZED') and
           not os.environ.get('CHECK_LONG'))


def explained(path):
    """(what is said of a mail as a bounce, what went wrong)"""
    with open(path, 'rb') as given:
        done = subprocess.run([SITREP, 'explain', '--bounce'], stdin=given,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.stdout.decode(), done.stderr.decode()


def goals():
    for name, how, least in GOALS:
        done = subprocess.run(
            [sys.executable, '-B', CORPORA + '/check.py', 'bounce', *how,
             '-v', os.path.join(CORPORA, name), '--', SITREP, 'explain',
             '--bounce'], stdout=subprocess.PIPE, text=True)
        score = re.search(r'([\d.]+)%', done.stdout)
        tap.ok(score and float(score.group(1)) >= least,
               '%s %s: %s %%, at least %d' % (
                   name, 'recipients' if how else 'class',
                   score and score.group(1), least), done.stdout)
        tap.ok('false positive' not in done.stdout, 'none that is no bounce')
    taken = []
    for path in sorted(glob.glob(CORPORA + '/replies-*/*.eml')):
        said = explained(path)[0]
        if said:
            taken.append('%s: %s' % (path, said))
    tap.same(taken, [], 'no reply is taken for a bounce')


if not os.path.isdir(CORPORA):
    tap.skip('no ../shared/corpora on this machine')
elif SAMPLED:
    seed = int(os.environ.get('SEED', '1'))
    every = sorted(glob.glob(CORPORA + '/bounces-*/**/*.eml', recursive=True))
    few = random.Random(seed).sample(every, len(every) // 5)
    tap.same([f for f in few if re.search('Sanitizer|runtime error',
                                          explained(f)[1])], [],
             'a fifth is read without a fault, SEED=%d' % seed)
else:
    goals()
tap.done()
