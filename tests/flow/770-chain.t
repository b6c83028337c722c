#!/usr/bin/env python3
"""The chain (P5): single bits flipped in copies of the store, of the public
tree and of an mbox are all found, and the post that they hit is named; so is
one that was removed or put in.  A seeded sample; CHECK_LONG: 1,000 of each.
"""
import glob
import hashlib
import itertools
import mailbox
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import COMMS1, Desk, IN, NOC1, Tap, say, to  # noqa: E402
from rig import SITREP  # noqa: E402

FLIPS = 1000 if os.environ.get('CHECK_LONG') else 60
SEED = int(os.environ.get('SEED', '20260304'))
tap = Tap()
random.seed(SEED)
print('# seed %d, %d flips of each' % (SEED, FLIPS))


def publish(d, body, at, number=42):
    got = d.mail(COMMS1, say(number), body, at=at,
                 subject='[INC-2026-%04d] words' % number)
    d.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1)


def history():
    """Seven posts of two incidents in two months, one corrected."""
    d = Desk(number=42, members=3)
    d.posted()
    publish(d, 'identified\nImpact for resellers: none\n\nA *disk* is full.\n'
            'From here on it grows: é ü “x”.\n', '2026-03-04 15:00:00')
    publish(d, 'correct 1\nReason: a wrong word\n\nWe look into it.\n',
            '2026-03-04 15:10:00')
    publish(d, 'resolve\n\nIt is mended.\n', '2026-03-04 16:00:00')
    d.mail(NOC1, IN, 'dns: slow\n', subject='Sev2 dns: slow',
           at='2026-04-02 08:00:00')
    for text, at in (('draft investigating\n\nWe look.\n', '08:05'),
                     ('monitoring\n\nIt works.\n', '08:40'),
                     ('resolve\n\nOver.\n', '09:10')):
        publish(d, text, '2026-04-02 %s:00' % at, 43)
    d.run('page', '--all', at='2026-04-03 00:01:00', check=True)
    return d


def verify(*args, conf=None):
    done = subprocess.run(
        [SITREP, *(['-c', conf] if conf else ['-c', '/nonexistent']),
         'verify', *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode('utf-8', 'replace')


def flip(path, at, bit):
    with open(path, 'r+b') as f:
        f.seek(at)
        old = f.read(1)[0]
        f.seek(at)
        f.write(bytes([old ^ 1 << bit]))


d = history()
PUBLIC, KEY = d.path('state', 'public'), d.path('key.txt')
shutil.copy(os.path.join(PUBLIC, 'chain', 'key.txt'), KEY)
MBOX = d.path('archive.mbox')
shutil.copy(os.path.join(PUBLIC, 'archive', '2026-03.mbox'), MBOX)
posts = d.sql("SELECT post.id, number, u, r FROM post JOIN event "
              "ON event.id = event_id ORDER BY post.id")
NAMES = ['INC-2026-%04d u%d r%d' % p[1:] for p in posts]

# -- nothing was touched -------------------------------------------------------

code, said = verify('-k', KEY, PUBLIC)
tap.ok(code == 0 and '7 posts' in said, 'a copied tree is good', said)
code, said = verify('-k', KEY, MBOX)
tap.ok(code == 0 and said.startswith('4 posts'), 'an mbox is good', said)
done = d.run('verify')
tap.ok(done.returncode == 0 and b'7 posts' in done.stdout,
       'the store is good', done.stdout.decode())
code, said = verify(MBOX)
tap.ok(code == 1 and '-k FILE' in said, 'an mbox needs our key', said)
tap.ok(verify('-k', KEY)[0] == 64 and verify('a', 'b')[0] == 64,
       'wrong usage is told as such')
code, said = verify('-k', KEY, '/nonexistent')
tap.ok(code == 1 and 'name a copy' in said, 'what is not there is told', said)

# What is published with the texts doesn't let anybody find the names inside.
with open(os.path.join(PUBLIC, 'chain', '2026-03.txt')) as f:
    records = f.read()
salts = re.findall('^salt: (.*)$', records, re.M)
guesses = {hashlib.sha256(('%s\ninside\n%s\n%s\n%s\n%d' % (
    salt, lists, *people, draft)).encode()).hexdigest()
    for salt in salts for lists in ('', 'example-status')
    for people in itertools.product(('', 'noc1', 'comms1', 'comms2'), repeat=2)
    for draft in range(9)}
told = set(re.findall('^inside: (.*)$', records, re.M))
tap.ok(len(salts) == 4 and len(told) == 4 and not told & guesses,
       'who wrote and approved it can\'t be guessed from what is published')

d.run('page', '--all', check=True)
tap.ok(verify('-k', KEY, PUBLIC)[0] == 0, 'also when all is written again')
with open(os.path.join(PUBLIC, 'chain', 'files', 'site.txt'), 'a') as f:
    f.write('x')
d.run('page', check=True)
tap.ok(verify('-k', KEY, PUBLIC)[0] == 0,
       'a list of files that somebody spoilt is made anew')

# -- the tree ------------------------------------------------------------------

files = sorted(os.path.relpath(os.path.join(w, n), PUBLIC)
               for w, _, names in os.walk(PUBLIC) for n in names)


def update_at(path, at):
    """Which post stands there, by our own look at the file; None: no one."""
    with open(os.path.join(PUBLIC, path), 'rb') as f:
        data = f.read()
    if path.startswith('incident/'):
        marks = [(m.start(), int(m.group(1))) for m in re.finditer(
            rb' id="u(\d+)"', data)]
        before = [u for start, u in marks if start <= at]
        event = 'INC-2026-%s' % path.split('/')[2]
        return '%s u%d' % (event, before[-1]) if before else event
    if path.startswith('archive/') or re.match(r'chain/\d{4}-\d\d\.txt', path):
        cut = rb'\n\n(?=From sitrep)' if path.endswith('mbox') else rb'\n\n'
        end = 0
        for m in list(re.finditer(cut, data)) + [None]:
            block = data[end:m.end() if m else len(data)]
            end += len(block)
            if at >= end or not block:
                continue
            e = re.search(rb'INC-2026-\d{4}', block).group().decode()
            u = re.search(rb'(?:update|Update): (\d+)', block).group(1)
            r = re.search(rb'(?:vision): (\d+)', block).group(1)
            return '%s u%d r%d' % (e, int(u), int(r))
    return None


missed = []
for i in range(FLIPS):
    path = random.choice(files)
    full = os.path.join(PUBLIC, path)
    at, bit = random.randrange(os.path.getsize(full)), random.randrange(8)
    flip(full, at, bit)
    code, said = verify('-k', KEY, PUBLIC)
    flip(full, at, bit)
    lines = said.split('\n')
    post = update_at(path, at)
    # A damaged name may be told without; its file then says where.
    good = code == 1 and any(path in s for s in lines[:2])
    if post and post not in lines[0]:
        place = NAMES.index(post) + 1 if post in NAMES else 0
        good = good and (post.split(' ', 1)[-1] in lines[0] or
                         bool(re.match(r'altered: ([^,]*, )?message \d',
                                       lines[0])) or
                         bool(re.search(r'\bpost %d\b' % place, lines[0])))
    if not good:
        missed.append('%s %d %d (%s): %s' % (path, at, bit, post, said))
tap.ok(not missed, 'the tree: %d bits, all found and located' % FLIPS,
       '\n'.join(missed))


def tampered(change):
    """A copy of the tree that somebody changed, and what is said of it."""
    copy = d.path('copy')
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(PUBLIC, copy)
    change(copy)
    return verify('-k', KEY, copy)


def record(copy, n, text):
    """The n-th record of March, from 0, is now this."""
    path = os.path.join(copy, 'chain', '2026-03.txt')
    with open(path) as f:
        blocks = f.read().split('\n\n')
    blocks[n:n + 1] = text(blocks[n])
    with open(path, 'w') as f:
        f.write('\n\n'.join(blocks))


code, said = tampered(lambda c: record(c, 1, lambda b: []))
tap.ok(code == 1 and said.startswith('removed: before %s' % NAMES[2]),
       'a record that is gone is named by the one after it', said)
code, said = tampered(lambda c: record(c, 1, lambda b: [b, b]))
tap.ok(code == 1 and NAMES[1] in said.split('\n')[0],
       'one that was put in is named', said)
code, said = tampered(lambda c: record(
    c, 2, lambda b: [b.replace('We look into it.', 'All is well.')]))
tap.ok(code == 1 and said.startswith('altered: ' + NAMES[2]),
       'one that was rewritten is named', said)
code, said = tampered(lambda c: os.remove(
    os.path.join(c, 'incident', '2026', '0043', 'index.html')))
tap.ok(code == 1 and said.startswith(
    'removed: incident/2026/0043/index.html'), 'so is a page', said)
code, said = tampered(lambda c: open(
    os.path.join(c, 'incident', 'more.html'), 'w').close())
tap.ok(code == 1 and said.startswith('inserted: incident/more.html'),
       'a file too many is named', said)
code, said = tampered(lambda c: shutil.rmtree(os.path.join(c, 'chain')))
tap.ok(code == 1 and 'all of the chain' in said,
       'a tree without its chain is none', said)

# -- an mbox -------------------------------------------------------------------

with open(MBOX, 'rb') as f:
    good = f.read()
ends = [m.end() for m in re.finditer(rb'\n\n(?=From sitrep)', good)]
ends.append(len(good))
missed = []
for i in range(FLIPS):
    at, bit = random.randrange(len(good)), random.randrange(8)
    flip(MBOX, at, bit)
    code, said = verify('-k', KEY, MBOX)
    flip(MBOX, at, bit)
    n = 1 + sum(at >= e for e in ends)
    if code != 1 or 'message %d of' % n not in said.split('\n')[0]:
        missed.append('%d %d, message %d: %s' % (at, bit, n, said))
tap.ok(not missed, 'an mbox: %d bits, all found and located' % FLIPS,
       '\n'.join(missed))


def with_messages(order):
    starts = [0] + ends[:-1]
    with open(d.path('other.mbox'), 'wb') as f:
        for n in order:
            f.write(good[starts[n]:ends[n]])
    return verify('-k', KEY, d.path('other.mbox'))


code, said = with_messages([0, 2, 3])
tap.ok(code == 1 and said.startswith('removed: before ' + NAMES[2]),
       'a mail that is gone is named by the next', said)
code, said = with_messages([0, 1, 1, 2, 3])
tap.ok(code == 1 and said.startswith('inserted: ' + NAMES[1]),
       'one that is there twice is named', said)
code, said = with_messages([2, 3])
tap.ok(code == 0, 'one may begin later', said)

d.out()
kept = mailbox.mbox(d.path('kept.mbox'))
for name in sorted(glob.glob(d.path('out', 'new', '*'))):
    with open(name, 'rb') as f:
        raw = f.read()
    if b'Delivered-To: r1@' in raw:
        kept.add(raw.replace(b'\n', b'\r\n'))
kept.add(b'From: a@b.example\nSubject: hi\n\nhello\n')
kept.close()
code, said = verify('-k', KEY, d.path('kept.mbox'))
tap.ok(code == 0 and said.startswith('7 posts, 1 other'),
       'mails that a reseller kept are good', said)
with open(d.path('kept.mbox'), 'rb') as f:
    mine = f.read()
for old, new, what in (
        (b'A disk is full', b'A disk is well', 'the text'),
        (b'Sitrep-State: identified', b'Sitrep-State: monitoring', 'a header'),
        (b'<em>disk</em>', b'<em>dusk</em>', 'the page of it')):
    tap.ok(old in mine, 'it holds %s' % what)
    with open(d.path('kept.mbox'), 'wb') as f:
        f.write(mine.replace(old, new, 1))
    code, said = verify('-k', KEY, d.path('kept.mbox'))
    tap.ok(code == 1 and said.startswith('altered: INC-2026-0042 u2 r1'),
           'another word in %s of a kept mail is found' % what, said)
with open(d.path('kept.mbox'), 'wb') as f:
    f.write(b'From x\nSitrep-Event: INC-2026-0099\nSitrep-Update: 1\n'
            b'Subject: all is lost\n\nReally.\n')
code, said = verify('-k', KEY, d.path('kept.mbox'))
tap.ok(code == 1 and said.startswith('inserted: INC-2026-0099 u1'),
       'a mail that is none of ours is named', said)

# -- the store -----------------------------------------------------------------

STORE = d.path('state', 'sitrep.db')
with open(STORE, 'rb') as f:
    store = f.read()
COLUMNS = {
    'post': ('kind state title text lang impact impact_text reseller_impact '
             'enduser_impact workaround lasting components names lists reason '
             'author approver hash salt cause fix prevention problem social'),
    'message': 'source actor envelope_from recipient sha raw link'}


def spots():
    """Where in the file each value of a published row stands, once."""
    db = sqlite3.connect(STORE)
    for table, columns in COLUMNS.items():
        for column in columns.split():
            for key, value in db.execute(
                    'SELECT id, CAST(%s AS BLOB) FROM %s' % (column, table)):
                for i in range(0, len(value or b'') - 8, 8):
                    at = store.find(value[i:i + 9])
                    if at > 0 and store.find(value[i:i + 9], at + 1) < 0:
                        yield table, key, column, at
    db.close()


places = list(spots())
columns = [[p for p in places if p[0::2] == k]
           for k in sorted({p[0::2] for p in places})]
missed, seen = [], set()
for i in range(FLIPS):
    table, key, column, at = random.choice(columns[i % len(columns)])
    at, bit = at + random.randrange(9), random.randrange(8)
    seen.add((table, column))
    flip(STORE, at, bit)
    said = d.run('verify').stdout.decode('utf-8', 'replace')
    flip(STORE, at, bit)
    want = (NAMES[key - 1] if table == 'post'
            else 'message %d of the store' % key)
    if want not in said:
        missed.append('%s %s %d %d: %s' % (table, column, key, bit, said))
tap.ok(not missed, 'the store: %d bits in %d columns, all found and located' %
       (FLIPS, len(seen)), '\n'.join(missed))


def doctored(*statements):
    """The store after somebody who took the triggers off."""
    keep = d.path('keep.db')
    shutil.copy(STORE, keep)
    db = sqlite3.connect(STORE)
    for name in ('post_kept', 'post_stays', 'message_kept', 'message_stays',
                 'handled_kept', 'handled_stays'):
        db.execute('DROP TRIGGER ' + name)
    for s in statements:
        db.execute(s)
    db.commit()
    db.close()
    done = d.run('verify')
    shutil.copy(keep, STORE)
    return done.returncode, done.stdout.decode()


wrong = []
for column in ('posted started ended next_update limited backfill notify typo '
               'draft u r').split():
    code, said = doctored('UPDATE post SET %s = %s + 8 WHERE id = 2' %
                          (column, column))
    if code != 1 or not said.startswith('altered: INC-2026-0042 u'):
        wrong.append(column + ': ' + said)
tap.ok(not wrong, 'a number in the store is found too', '\n'.join(wrong))

rows = [(t, c, r) for t, columns in COLUMNS.items() for c in columns.split()
        for r in d.sql('SELECT id, CAST(%s AS BLOB) FROM %s WHERE %s != %s'
                       % (c, t, c, "x''" if c == 'raw' else "''"))]
missed, seen = [], set()
for i in range(FLIPS):
    table, column, (key, value) = random.choice(rows)
    at, bit = random.randrange(len(value)), random.randrange(8)
    value = value[:at] + bytes([value[at] ^ 1 << bit]) + value[at + 1:]
    seen.add((table, column))
    code, said = doctored("UPDATE %s SET %s = CAST(x'%s' AS %s) WHERE id = %d"
                          % (table, column, value.hex(),
                             'BLOB' if column == 'raw' else 'TEXT', key))
    want = (NAMES[key - 1] if table == 'post'
            else 'message %d of the store' % key)
    if code != 1 or want not in said:
        missed.append('%s %s %d %d: %s' % (table, column, key, bit, said))
tap.ok(not missed, 'the same in every column, %d of them' % len(seen),
       '\n'.join(missed))
code, said = doctored('DELETE FROM letter WHERE post_id = 2',
                      'DELETE FROM post WHERE id = 2')
tap.ok(code == 1 and said.startswith('removed: before ' + NAMES[2]),
       'a post that is gone is named by the next', said)
code, said = doctored('UPDATE post SET id = id + 100 WHERE id = 7',
                      'DELETE FROM letter WHERE post_id = 7',
                      'DELETE FROM post WHERE id = 107')
tap.ok(code == 1 and 'the last posts of the store' in said,
       'the last one too: the tree knows of it', said)
code, said = doctored('DELETE FROM handled WHERE message_id = 3',
                      'DELETE FROM message WHERE id = 3')
tap.ok(code == 1 and 'removed: message 3' in said, 'so is a mail', said)

d.close()
tap.done()
