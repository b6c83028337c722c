#!/usr/bin/env python3
# What can't be done now is done later, and somebody is told: a broadcast whose
# list or template is gone for a while; letters and timers of a time at which
# the clock was wrong; mails of senders whom nobody vouches for; all of it where
# the store is lost.
import os
import shutil
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
import email
import email.policy
import json
import re
from rig import TOP, epoch

tap = Tap()


def readers(got):
    return sorted({rcpt(m) for m in got if 'reseller' in rcpt(m)})


def alarms(got):
    return [m for m in got if rcpt(m) == 'root@localhost']


def own_templates(desk):
    """The desk with templates that a test may spoil."""
    shutil.copytree(os.path.join(TOP, 'templates'), desk.path('templates'))
    desk.write('sitrep.conf', desk.read('sitrep.conf').replace(
        os.path.join(TOP, 'templates'), desk.path('templates')))
    return desk


def approved(desk):
    """u1 of INC-2026-0042 is posted and its broadcast waits, not sent."""
    d1 = desk.drafted()
    desk.now = epoch('2026-03-04 14:12')
    raw = desk.compose(COMMS1, 'x', 'yes', subject='Re: ' + d1['Subject'],
                       reply=d1)
    desk.deliver(raw, address_of(d1['Reply-To']), 'comms1@example.net')


def lost_and_found(name, desk, spoil, mend, named):
    """A broadcast that can't go for 40 minutes, or for days."""
    approved(desk)
    spoil(desk)
    got = desk.out()
    tap.same(readers(got), [], name + ': nobody gets it')
    for at in ('2026-03-04 14:13', '2026-03-04 14:30', '2026-03-10 14:30'):
        desk.now = epoch(at)
        got += desk.out()
    told = alarms(got)
    tap.same(len(told), 1, name + ': the administrator is told, once')
    for word in named:
        tap.ok(told and word in ' '.join(text_of(told[0]).split()),
               name + ': he reads: ' + word,
               told and text_of(told[0]))
    queue = desk.run('show', 'queue').stdout.decode()
    tap.ok('waiting list example-status' in queue and named[0] in queue,
           name + ': it waits, and the queue says for what', queue)
    mend(desk)
    desk.now += 60
    tap.same(readers(desk.out()), ['r1@reseller1.example',
                                   'r2@reseller2.example'],
             name + ': mended, it goes within a minute')
    desk.now += 3600
    tap.same(readers(desk.out()), [], name + ': once')
    desk.audit(tap)
    desk.close()


def hide(*path):
    return lambda desk: os.rename(desk.path(*path), desk.path(*path) + '~')


def bring(*path):
    return lambda desk: os.rename(desk.path(*path) + '~', desk.path(*path))


# ---- a list that is gone
lost_and_found('a list without its file', Desk(members=2, number=42),
               hide('lists', 'example-status.conf'),
               bring('lists', 'example-status.conf'),
               ['example-status', 'lists/example-status.conf', 'put it back'])

# ---- a template that is gone, or has a mistake
update = 'templates', 'en', 'update.txt'
lost_and_found('a template that is gone', own_templates(
    Desk(members=2, number=42)), hide(*update), bring(*update),
    ['templates/en/update.txt', 'sitrep check'])


def spoil(desk):
    shutil.copy(desk.path(*update), desk.path('good'))
    with open(desk.path(*update), 'a') as f:
        f.write('\n{{#oops}}\n')


lost_and_found('a template with a mistake', own_templates(
    Desk(members=2, number=42)), spoil,
    lambda desk: shutil.copy(desk.path('good'), desk.path(*update)),
    ['templates/en/update.txt', 'sitrep check'])

# ---- one of its kinds of reader can't be served: the others are
desk = own_templates(Desk(members=2, number=42))
desk.run('list', 'example-status', 'import', '-', check=True,
         text='address,language\nfr@reseller3.example,fr\n')
approved(desk)
shutil.copytree(desk.path('templates', 'en'), desk.path('templates', 'fr'),
                dirs_exist_ok=True)
with open(desk.path('templates', 'fr', 'update.txt'), 'a') as f:
    f.write('\n{{#oops}}\n')
got = desk.out()
tap.same(readers(got), ['r1@reseller1.example', 'r2@reseller2.example'],
         'a bad translation keeps nobody else from the mail')
tap.same(len(alarms(got + desk.out())), 1, 'and is told')
shutil.copy(desk.path('templates', 'en', 'update.txt'),
            desk.path('templates', 'fr', 'update.txt'))
desk.now += 60
tap.same(readers(desk.out()), ['fr@reseller3.example'],
         'who reads it gets his as soon as it is mended')
desk.close()

# ---- what people are shown: a template must not keep anybody from a page
desk = own_templates(Desk(members=2, number=42))
spoil(desk)
got = desk.opened()
tap.ok(to(got, 'noc1@example.net'), 'a bad template: the report is answered')
got = desk.tick('2026-03-04 14:22')
mine = to(got, 'comms1@example.net')
tap.ok(mine and 'YOU HAVE IT' in mine['Subject'],
       'a bad template: the hand-off is mailed and paged all the same',
       [m['Subject'] for m in got])
tap.ok(mine and 'We are aware of a problem' in text_of(mine),
       'with the words of its draft', mine and text_of(mine))
tap.same(len(alarms(got)), 1, 'and the administrator is told')
got = desk.answer(mine, 'draft\nWorkaround: use POP\n\n'
                  '--- public ---\nWords.\n--- public: fr ---\nDes mots.\n',
                  sender=COMMS1,
                  at='2026-03-04 14:22:30')
shown = text_of(to(got, 'comms1@example.net'))
tap.ok('Workaround: use POP' in shown and 'Words.' in shown and
       'Des mots.' in shown, 'a preview leaves no public word out', shown)
mine = to(got, 'comms1@example.net')
got = desk.answer(mine, 'yes', sender=COMMS1, at='2026-03-04 14:23')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'a yes posts them')
shutil.copy(desk.path('good'), desk.path(*update))
desk.now += 60
tap.same(readers(desk.out()), ['r1@reseller1.example', 'r2@reseller2.example'],
         'they go when the template is mended')
desk.audit(tap)
desk.close()

# ---- the clock
SEV1 = dict(body='all logins fail\n', subject='Sev1 cluster b: imap')
PAGER = '5550134@pager.example'


def offline(desk):
    """No mail goes out until the call that it returns."""
    good = desk.read('sitrep.conf')
    desk.write('sitrep.conf', good.replace(
        'spool:%s/out' % desk.dir, 'smtp://127.0.0.1:9'))
    return lambda: desk.write('sitrep.conf', good)


def who(got):
    return sorted({rcpt(m) for m in got})


for name, wrong in (('six days ahead', '2026-03-10 14:06'),
                    ('years ahead', '2031-03-04 14:06'),
                    ('ten minutes ahead', '2026-03-04 14:17'),
                    ('long ago', '1970-01-02 00:00')):
    desk = Desk(members=1, number=42)
    online = offline(desk)
    desk.opened(**SEV1)
    desk.now = epoch(wrong)
    desk.out()
    desk.out()
    online()
    got = desk.tick('2026-03-04 14:07')
    tap.ok({PAGER, 'comms1@example.net', 'noc1@example.net'} <= set(who(got)),
           'the clock was %s while no mail went: all go when it is right' %
           name, who(got) + [desk.run('show', 'queue').stdout.decode()])
    desk.close()

# A letter is given up when it was tried for five days, not when they passed.
desk = Desk(members=1, number=42)
online = offline(desk)
desk.opened()
for hour in range(0, 5 * 24 + 2):
    desk.now += 3600
    desk.out()
    if hour == 2:
        desk.now += 90 * 86400
    if hour == 100:
        status = desk.sql("SELECT DISTINCT status FROM letter")
tap.same(status, [('waiting',)], 'months asleep: tried on')
for hour in range(0, 5 * 24 + 2):
    desk.now += 3600
    desk.out()
tap.ok(('failed',) in desk.sql("SELECT DISTINCT status FROM letter"),
       'given up in the end')
desk.close()

# Written while the clock was ahead.
desk = Desk(members=1, number=42)
online = offline(desk)
desk.opened(at='2026-03-05 14:06', **SEV1)
online()
got = desk.tick('2026-03-04 14:07')
tap.ok({PAGER, 'noc1@example.net'} <= set(who(got)),
       'letters of tomorrow go today', who(got))
desk.close()

desk = Desk(members=1, number=42)
desk.opened(at='2026-03-05 14:06')
tap.same(who(desk.tick('2026-03-04 14:07')), [],
         'opened by a clock a day ahead: no hand-off before its time')
tap.same(who(desk.tick('2026-03-04 14:21')), [], 'nor a minute before')
got = desk.tick('2026-03-04 14:23')
tap.ok({PAGER, 'comms1@example.net'} <= set(who(got)),
       'handed off a quarter of an hour after the clock was set', who(got))
got = desk.tick('2026-03-04 14:29')
tap.ok(PAGER in who(got), 'T2 follows', who(got))
tap.same(who(desk.tick('2026-03-05 14:21:30')) and
         desk.sql('SELECT count(*) FROM timer WHERE kind = 1'), [(1,)],
         'and nothing fires twice')
desk.close()

# A severity raised after the clock was set: SEV1 waits for nothing.
desk = Desk(members=1, number=42)
desk.opened(at='2026-03-05 14:06')
desk.tick('2026-03-04 14:07')
got = desk.mail(NOC1, say(), 'sev1\n', subject='[INC-2026-0042] worse',
                at='2026-03-04 14:09')
tap.ok(PAGER in who(got), 'sev1 hands it over at once', who(got))
desk.close()

desk = Desk(members=1, number=42)
desk.posted(at='2026-03-04 14:12')
promised = desk.show('INC-2026-0042')['event']['next_update']
desk.tick('2026-03-04 12:13')
tap.same(desk.show('INC-2026-0042')['event']['next_update'],
         '2026-03-04T14:13:00Z',
         'a promise is set back with the clock: it was %s' % promised)
got = [m for at in ('14:02', '14:04', '14:14')
       for m in desk.tick('2026-03-04 ' + at)]
tap.ok([m for m in got if rcpt(m) == PAGER], 'and is watched', who(got))
desk.close()

# What is said once in a quarter of an hour, or once a day.
desk = Desk(members=1, number=42)
stranger = 'Bob <bob@cust.example>'
desk.mail(stranger, IN, 'down?\n', subject='a', at='2026-03-05 14:06')
got = desk.mail(stranger, IN, 'down!\n', subject='b', at='2026-03-04 14:07')
tap.same(who(got), ['bob@cust.example', 'comms1@example.net',
                    'noc1@example.net', 'noc2@example.net'],
         'a stranger isn\'t hushed by a mail of tomorrow')
desk.close()

# ---- held mail
TOLD = ['comms1@example.net', 'noc1@example.net', 'noc2@example.net']


def held_mail(n, at, text=None, who=None, auth=None):
    return desk.mail(who or 'Eve%d <eve%d@cust.example>' % (n, n), IN,
                     text or 'URGENT outage %d\nall of it\n' % n,
                     subject='cluster %d' % n, at=at, auth=auth)


desk = Desk(members=1, number=42)
tap.same(who(held_mail(1, '2026-03-04 14:06')), TOLD, 'held: the first at once')
for n in range(2, 5):
    tap.same(who(held_mail(n, '2026-03-04 14:0%d' % (n + 5))), [],
             'held: number %d waits' % n)
tap.same(who(desk.tick('2026-03-04 14:11')), [], 'not at once')
got = desk.tick('2026-03-04 14:12:30')
tap.same(who(got), TOLD, 'held: five minutes later a digest comes')
mine = to(got, 'noc1@example.net')
tap.ok(mine and '3 more held mails wait' in mine['Subject'],
       'it counts them', mine and mine['Subject'])
for n in range(2, 5):
    for word in ('eve%d@cust.example' % n, 'Subject: cluster %d' % n,
                 'URGENT outage %d' % n):
        tap.ok(mine and word in text_of(mine), 'it shows ' + word,
               mine and text_of(mine))
tap.ok(mine and 'sitrep show held' in ' '.join(text_of(mine).split()),
       'and says how to read one whole')
accept = re.findall(r'Accept: (\S+)', text_of(mine))
tap.same((len(accept), str(mine['Reply-To'])),
         (3, 'Status desk reply <%s>' % accept[0]), 'each can be accepted')
shown = desk.run('show', 'held').stdout.decode()
for n in range(1, 5):
    tap.ok('eve%d@cust.example' % n in shown and 'cluster %d' % n in shown,
           'show held lists number %d' % n, shown)
asked = [h['question'] for h in json.loads(
    desk.run('show', 'held', '--json').stdout)['held']]
tap.same(len(asked), 4, 'as JSON too')
whole = desk.run('show', 'held', str(asked[0])).stdout.decode()
tap.ok('URGENT outage 4' in whole and 'all of it' in whole,
       'show held N: the whole mail', whole)
tap.ok(b'no such mail' in desk.run('show', 'held', '999').stderr,
       'a number that is none')
got = desk.mail(NOC1, accept[1], 'accept\n', subject='accept',
                at='2026-03-04 14:14')
tap.ok('Accepted' in text_of(to(got, 'noc1@example.net')), 'accepted by mail',
       text_of(to(got, 'noc1@example.net')))
tap.ok('URGENT outage 3' in desk.show('INC-2026-0042')['notes'][0]['text'],
       'that one is an incident now')
got = desk.mail(NOC2, accept[2], 'accept\n', subject='accept',
                at='2026-03-04 14:14')
tap.ok('Accepted' not in text_of(to(got, 'noc2@example.net')),
       'the address of somebody else is nobody\'s')
tap.ok('eve3@' not in desk.run('show', 'held').stdout.decode(),
       'what was accepted waits no more')
tap.same([m['Subject'] for m in desk.tick('2026-03-04 14:20') if 'held' in
          str(m['Subject'])], [], 'shown once')
desk.audit(tap)
desk.close()

# A flood gets a digest a quarter of an hour, and the last is counted.
desk = Desk(members=1, number=42)
for n in range(30):
    held_mail(n, epoch('2026-03-04 14:06') + n)
got = desk.tick('2026-03-04 14:12')
mine = to(got, 'comms1@example.net')
tap.ok(mine and '29 more held mails' in mine['Subject'] and
       'And 9 more: sitrep show held lists them.' in text_of(mine),
       'a flood is one digest', mine and text_of(mine))
held_mail(31, '2026-03-04 14:13')
tap.same(who(desk.tick('2026-03-04 14:20')), [], 'the next not so soon')
tap.same(who(desk.tick('2026-03-04 14:27:30')), TOLD, 'in its time')
desk.close()

# What bears a name of ours is never hidden by what came before.
desk = Desk(members=1, number=42)
held_mail(1, '2026-03-04 14:06')
for n in (2, 3):
    got = held_mail(n, '2026-03-04 14:0%d' % (n + 5), who=NOC1, auth='fail')
    tap.same(who(got), TOLD, 'forged, or a broken mail server: at once')
    tap.ok('FAILED the check' in ' '.join(
        text_of(to(got, 'comms1@example.net')).split()), 'and it says so')
for n in range(4, 30):
    got = held_mail(n, epoch('2026-03-04 14:10') + n, who=NOC1, auth='fail')
tap.same(who(got), [], 'a flood of those is a digest, too')
got = desk.tick('2026-03-04 14:17')
tap.ok('FAILED the check' in text_of(to(got, 'comms1@example.net')),
       'which says what they are', who(got))
desk.audit(tap)
desk.close()

# A list of the NOC's can't answer for a person.
desk = Desk(members=1, number=42)
desk.write('sitrep.conf', desk.read('sitrep.conf') +
           'noc_list = "noc@lists.example.net"\n')
held_mail(1, '2026-03-04 14:06')
held_mail(2, '2026-03-04 14:07')
got = desk.tick('2026-03-04 14:13')
tap.same(who(got), ['comms1@example.net', 'noc@lists.example.net'],
         'to the shift\'s list, where there is one')
tap.ok('Accept:' not in text_of(to(got, 'noc@lists.example.net')),
       'without a person\'s address in it')
desk.close()

# ---- the store is lost
def moved(*path):
    """Takes a file away; the call puts it back."""
    def back(desk):
        os.rename(desk.path(*path) + '~', desk.path(*path))
    return lambda desk: os.rename(desk.path(*path), desk.path(*path) + '~') \
        or back


def scribbled(desk):
    path = desk.path('state', 'sitrep.db')
    shutil.copy(path, path + '~')
    with open(path, 'r+b') as f:
        f.write(b'no database at all' * 100)
    return lambda desk: os.rename(path + '~', path)


def taken(desk):
    """What came out, without sitrep's help."""
    where = desk.path('out', 'new')
    got = []
    for name in sorted(os.listdir(where)) if os.path.isdir(where) else []:
        if os.path.join(where, name) not in desk.taken:
            desk.taken.add(os.path.join(where, name))
            with open(os.path.join(where, name), 'rb') as f:
                got.append(email.message_from_binary_file(
                    f, policy=email.policy.default))
    return got


for name, spoil, says in (
        ('a damaged store', scribbled, 'not a database'),
        ('a lost key', moved('state', 'keys', 'reply'), 'keys/reply')):
    desk = Desk(members=1, number=42)
    desk.opened()
    mend = spoil(desk)
    done = desk.run('tick', at='2026-03-04 14:22')
    tap.same(done.returncode, 1, name + ': tick fails')
    got = taken(desk)
    body = ' '.join(text_of(got[0]).split()) if got else ''
    tap.same(who(got), ['root@localhost'],
             name + ': the administrator gets a mail at once')
    for word in (says, desk.path('state') + '/sitrep.db', 'backup',
                 'nobody is paged'):
        tap.ok(word in body, name + ': it says: ' + word, body)
    for at in ('14:23', '14:40', '15:21'):
        desk.run('tick', at='2026-03-04 ' + at)
    tap.same(taken(desk), [], name + ': not again within the hour')
    desk.run('tick', at='2026-03-04 15:23')
    tap.same(who(taken(desk)), ['root@localhost'], name + ': then again')
    mend(desk)
    got = desk.tick('2026-03-04 15:24')
    tap.ok('comms1@example.net' in who(got), name + ': mended, it goes on',
           who(got))
    mend = spoil(desk)
    desk.run('tick', at='2026-03-04 15:26')
    tap.same(who(taken(desk)), ['root@localhost'],
             name + ': new trouble is told at once')
    desk.close()

# No relay either: it is tried until one takes it.
desk = Desk(members=1, number=42)
online = offline(desk)
scribbled(desk)
desk.run('tick', at='2026-03-04 14:22')
online()
desk.run('tick', at='2026-03-04 14:23')
tap.same(who(taken(desk)), ['root@localhost'], 'when a relay is there again')
desk.close()

# Nothing can be written at all: at the full hour, as nobody can remember.
desk = Desk(members=1, number=42)
os.mkdir(desk.path('state', 'distress'))
scribbled(desk)
for at in ('14:22', '14:59', '15:00', '15:01', '16:00'):
    desk.run('tick', at='2026-03-04 ' + at)
tap.same(who(taken(desk)) + [len(os.listdir(desk.path('out', 'new')))],
         ['root@localhost', 2], 'at most once an hour, whatever is broken')
desk.close()

tap.done()
