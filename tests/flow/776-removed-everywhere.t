#!/usr/bin/env python3
"""What is removed is nowhere: not at services that aren't shown any more, not
where later updates or a month's report repeat it; feeds and JSON say what the
page says.  A damaged tree.db and hostile copies stop nothing.
"""
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import SITREP, epoch  # noqa: E402

SECRET = 'Rosebud Kane'
ATOM = '{http://www.w3.org/2005/Atom}'
tap = Tap()


def draft(d, body, who=COMMS1, at=None, number=42):
    d.tick(at)
    got = d.mail(who, say(number), 'Incident: INC-2026-%04d\n%s' %
                 (number, body), at=at,
                 subject='[INC-2026-%04d] words' % number)
    return got, to(got, address_of(who))


def publish(d, body, at, number=42):
    return d.answer(draft(d, body, at=at, number=number)[1], 'yes',
                    sender=COMMS1)


def redact(d, u, at, number=42):
    got, _ = draft(d, 'redact u%d personal data\n' % u, LEAD, at, number)
    return d.answer(to(got, 'sec1@example.net'), 'yes', sender=SEC)


def public(d, *path):
    return d.read('state', 'public', *path)


def verified(d):
    shutil.copytree(d.path('state', 'public'), d.path('copy'))
    a, b = d.run('verify'), d.run('verify', d.path('copy'))
    shutil.rmtree(d.path('copy'))
    return a.returncode + b.returncode == 0, a.stdout + b.stdout


def entry(d, path, u):
    """Title, state and text of an update as a feed has it."""
    for e in ET.fromstring(public(d, path)).findall(ATOM + 'entry'):
        if e.find(ATOM + 'id').text.endswith('inc-2026-0042/u%d' % u):
            return (e.find(ATOM + 'title').text,
                    [c.get('term') for c in e.findall(ATOM + 'category')],
                    ''.join(e.find(ATOM + 'content').itertext()))
    return None


def update(d, u):
    """The same as the JSON has it, with the incident."""
    i = json.loads(public(d, 'api', 'v2', 'incidents.json'))['incidents'][0]
    return i, i['incident_updates'][len(i['incident_updates']) - u]


d = Desk(number=42, members=3)
d.posted()
publish(d, 'identified\nTitle: Mailbox of %s\nComponents: email-b, '
        'dns-hosting, webmail\nImpact for resellers: ask %s\n\nA disk is '
        'full.\n' % (SECRET, SECRET), '2026-03-04 14:30')
publish(d, 'monitoring\nImpact for end users: ask %s\n\nIt is being '
        'watched.\n' % SECRET, '2026-03-04 15:00')

# -- withdrawn: all three say so -------------------------------------------------

publish(d, 'retract u3 it was too early\n', '2026-03-04 15:10')
d.run('page', check=True)
title, terms, text = entry(d, 'feed/updates.atom', 3)
incident, said = update(d, 3)
page = public(d, 'incident', '2026', '0042', 'index.html')
tap.ok('This update is withdrawn.' in text and 'state:identified' in terms,
       'a feed says that it is withdrawn', text)
tap.ok(incident['status'] == said['status'] == 'identified' and
       'This update is withdrawn.' in said['body'], 'so does the JSON',
       json.dumps(said))
tap.ok('This update is withdrawn.' in page and
       'Identified' in public(d, 'now.txt'), 'so do page and front')
tap.ok(entry(d, 'component/email-b/feed.atom', 3)[1:] == (terms, text),
       'and the feed of the service')
publish(d, 'resolve\n\nIt is over.\n', '2026-03-04 16:00')

# -- the report of the month names it by its title -------------------------------

d.tick('2026-04-01 09:00')
got = d.out() + d.letters
preview = [m for m in d.letters if 'REP-2026-03' in str(m['Subject']) and
           rcpt(m) == 'comms1@example.net'][-1]
d.answer(preview, 'yes', sender=COMMS1, at='2026-04-01 09:10')
d.run('page', check=True)
report = public(d, 'report', '2026-03', 'index.html')
tap.ok(SECRET in report, 'the report has the title', report)

# -- two services are gone meanwhile ---------------------------------------------

conf = d.read('sitrep.conf')
conf = conf.replace('name = "DNS Hosting"', 'name = "DNS Hosting"  '
                    'visible = false')
conf = re.sub(r'component "webmail" .*\n', '', conf)
d.write('sitrep.conf', conf)
d.run('page', check=True)
GONE = [os.path.join('component', s, f) for s in ('dns-hosting', 'webmail')
        for f in ('index.html', 'feed.atom')]
tap.ok(all(SECRET in public(d, f) for f in GONE), 'their addresses stand')
tap.ok('Unknown' in public(d, GONE[0]) and 'Webmail' in public(d, GONE[2]) and
       'DNS' not in public(d, 'index.html').partition('<h2 id="past"')[0],
       'and say no more that they are well')

redact(d, 2, '2026-04-02 10:00')
everything = d.tree()
tap.ok(SECRET not in everything, 'it is nowhere in the tree',
       '\n'.join(s for s in everything.split('\n') if SECRET in s)[:2000])
tap.ok(all('Email Cluster B' in public(d, f) for f in GONE),
       'also where services are gone')
page = public(d, 'incident', '2026', '0042', 'index.html')
tap.ok('Words that were removed elsewhere are left out here.' in page and
       'It is being watched.' in page, 'what repeated it says so', page)
report = public(d, 'report', '2026-03', 'index.html')
tap.ok('INC-2026-0042' in report and 'left out here' in report and
       'Email Cluster B' in report, 'the report names it by another title',
       report)
title, terms, text = entry(d, 'feed/updates.atom', 2)
incident, said = update(d, 2)
tap.ok('The text of this update was removed.' in text and SECRET not in title,
       'the feed has the tombstone', text)
tap.ok('The text of this update was removed.' in said['body'] and
       incident['name'] in page, 'the JSON too', json.dumps(said))
good, told = verified(d)
tap.ok(good, 'the chain is whole', told.decode())
tap.ok(everything.count('texts: removed') == 5,
       'no salt is published with what repeats it',
       everything.count('texts: removed'))
before = len(d.letters)
publish(d, 'correct u1\nReason: more is known\n\nWe look into a disk.\n',
        '2026-04-02 11:00')
tap.ok(len(d.letters) > before and all(
    SECRET not in m.as_string() for m in d.letters[before:]
    if m['Sitrep-Internal'] is None), 'nor do later mails know it')

# -- tree.db is damaged -------------------------------------------------------------

DB = d.path('state', 'tree.db')


def tree_now():
    out = {}
    for where, _, names in os.walk(d.path('state', 'public')):
        for name in names:
            with open(os.path.join(where, name), 'rb') as f:
                out[os.path.join(where, name)] = f.read()
    return out


d.run('page', '--all', check=True)
whole = tree_now()
with open(DB, 'rb') as f:
    good = f.read()
for what, bad in (('no database', b'x' * len(good)),
                  ('a page of zeros', good[:4096] + bytes(4096) +
                   good[8192:]),
                  ('a third of it', good[:len(good) // 3]),
                  ('random pages', good[:100] + os.urandom(len(good) - 100))):
    with open(DB, 'wb') as f:
        f.write(bad)
    done = d.run('page')
    tap.ok(done.returncode == 0 and tree_now() == whole,
           'tree.db is %s: the page is written all the same' % what,
           done.stderr.decode()[-600:])
    tap.ok(b'tree.db was damaged' in done.stderr or what == 'a third of it',
           'and the log says so', done.stderr.decode()[-600:])

# -- copies made to hurt ------------------------------------------------------------


def limited():
    if os.environ.get('SITREP_SANITIZED'):
        return  # a sanitizer maps terabytes
    resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))


def verify(path):
    begin = time.time()
    try:
        done = subprocess.run([SITREP, '-c', d.path('sitrep.conf'), 'verify',
                               path], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60,
                              preexec_fn=limited)
    except subprocess.TimeoutExpired:
        return None, '', 60
    return (done.returncode, (done.stdout + done.stderr).decode(),
            time.time() - begin)


with open(d.path('hostile.mbox'), 'w') as f:
    f.write('From x\nSitrep-Event: INC-2026-0042\nSitrep-Seal: %s\n\n%s' %
            ('0' * 128, 'a\n\n' * 700000))
code, told, took = verify(d.path('hostile.mbox'))
tap.ok(code == 1 and 'altered: INC-2026-0042' in told,
       'a mail of blank lines takes %.1f s and little memory' % took, told)
with open(d.path('hostile.mbox'), 'w') as f:
    for i in range(300):
        f.write('From x\nSitrep-Seal: %s\n\n\na\n\n\n' % ('0' * 128))
code, told, took = verify(d.path('hostile.mbox'))
tap.ok(code == 1, '300 mails without a good seal take %.1f s' % took, told[-400:])
copy = d.path('copy')
shutil.copytree(d.path('state', 'public'), copy)
os.mkfifo(os.path.join(copy, 'pipe'))
code, told, took = verify(copy)
tap.ok(code == 1 and 'inserted: pipe, which is no file' in told,
       'a pipe in the tree stops nothing', told)
os.unlink(os.path.join(copy, 'now.txt'))
os.mkfifo(os.path.join(copy, 'now.txt'))
os.unlink(os.path.join(copy, 'chain', 'key.txt'))
os.mkfifo(os.path.join(copy, 'chain', 'key.txt'))
code, told, took = verify(copy)
tap.ok(code == 1 and 'key.txt is no file' in told, 'nor where the key was',
       told)

# -- many of one ---------------------------------------------------------------------

text = text_of([m for m in d.mail(
    'r1@reseller1.example', 'example-status-request@in.status.example',
    'get INC-2026-0042\n' * 40 + ''.join('get INC-2026-%04d\n' % n
                                         for n in range(50, 57)))
    if m['Sitrep-Internal'] is None][0])
tap.ok(text.count('[Resolved]') == 1 and
       '39 more lines asked for what stands above' in text,
       'what is asked for often comes once', text)
tap.ok(text.count('There is no such event in public.') == 4 and
       text.count('Five events are what one mail gets.') == 3 and
       '  get INC-2026-0056' in text, 'and five events are enough', text)
d.close()
tap.done()
