#!/usr/bin/env python3
"""Search over what is public: on the web, by `show --search`; it finds what is
on the pages and nothing else, follows corrections, forgets what was removed,
and nothing that is typed is an operator, or comes out as markup.
"""
import glob
import html.parser
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from served import Served  # noqa: E402
from whole import wait_until  # noqa: E402
import web  # noqa: E402
from hostile_texts import CORPUS  # noqa: E402

if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
tap = Tap()
d = Desk(number=42, members=1, extra='two_person = { }')


def publish(body, at, who=COMMS1, tag=42):
    got = d.mail(who, say(tag), body, subject='[INC-2026-%04d] x' % tag, at=at)
    got = d.answer(to(got, address_of(who)), 'yes', sender=who, at=at)
    d.run('page', check=True)
    return got


def find(*words):
    """What is found, as (event, anchor)."""
    done = d.run('show', '--json', '--search', *words)
    if done.returncode != 0:
        return done.stderr.decode()
    return [(x['event'], x['url'].partition('#')[2])
            for x in json.loads(done.stdout)['found']]


def bytes_of_search():
    return b''.join(open(p, 'rb').read() for p in
                    glob.glob(d.path('state/web/search*')))


done = d.run('show', '--search', 'imap')
tap.ok(done.returncode == 1 and b'sitrep page' in done.stderr,
       'before the first page there is nothing to search', done.stderr)
d.run('page', check=True)
tap.same(find('imap'), [], 'nothing is public')

# ---- what is found ----
d.opened(body='cluster b: half of the logins time out\nflamingo\n')
d.run('page', check=True)
tap.same(find('logins'), [], 'what is not public is not found')
d.posted()
publish('draft identified\nImpact for resellers: panels are slow\n\n'
        'The caf\u00e9 router, a "Zebra 9000", was restarted.\n',
        '2026-03-04 14:30')
tap.same(find('looking'), [('INC-2026-0042', 'u1')], 'a word of a text')
tap.same(find('ZEBRA', 'cafe'), [('INC-2026-0042', 'u2')],
         'without regard to case and accents')
tap.same(find('zeb'), [('INC-2026-0042', 'u2')], 'the beginning of a word')
tap.same(find('zeb', 'router'), [], '... of the last one alone')
tap.same(find('panels', 'zebra'), [('INC-2026-0042', 'u2')], 'its impact')
tap.same(find('Email', 'Cluster'), [('INC-2026-0042', 'u2'),
                                    ('INC-2026-0042', 'u1')],
         'services, the newest first')
tap.same(find('INC-2026-0042', 'looking'), [('INC-2026-0042', 'u1')],
         'the number of an incident')
tap.same(find('zebra', 'looking'), [], 'all of the words')
for word in ('flamingo', 'NOC', 'comms1', 'time'):
    tap.same(find(word), [], 'nothing internal: ' + word)
tap.ok(b'flamingo' not in bytes_of_search().lower(), 'not even in the file')
text = d.run('show', '--search', 'zebra').stdout.decode()
tap.ok('2026-03-04T14:30:00Z INC-2026-0042 [Identified] ' in text and
       'https://status.example/incident/2026/0042/#u2' in text and
       'Zebra 9000' in text, 'as text', text)
tap.ok('No public update has all' in
       d.run('show', '--search', 'unicorn').stdout.decode(), 'nothing, said')
done = d.run('show', '--search', '-', '"', '*')
tap.ok(done.returncode == 1 and b'there is no word in that' in done.stderr,
       'no word at all', done.stderr)
tap.same(d.run('show', '--search').returncode, 64, 'none given')

# ---- nothing is an operator ----
for words in (['zebra', 'OR', 'looking'], ['NOT', 'zebra'], ['zeb*', 'NEAR'],
              ['title:zebra'], ['"'], ['zebra"'], ['('], ['^zebra', ')'],
              ['{event', 'title}:x'], ["'; DROP TABLE entry; --"],
              ['%00', '\u202ezebra'], ['a' * 5000], ['x'] * 500):
    got = find(*words)
    tap.ok(isinstance(got, list) or 'no word' in got,
           'typed: %.40r' % ' '.join(words), got)

# ---- corrections, removals ----
publish('correct u2 it was another one\n\nA giraffe was restarted.\n',
        '2026-03-04 14:40')
tap.same((find('zebra'), find('giraffe')), ([], [('INC-2026-0042', 'u2')]),
         'the revision in force is found')
publish('draft monitoring\n\nRosebud Kane mended it.\n', '2026-03-04 14:50')
tap.same(find('rosebud'), [('INC-2026-0042', 'u3')], 'before it is removed')
tap.ok(b'rosebud' in bytes_of_search().lower(), 'its words are in the file')
publish('redact u3 personal data\n', '2026-03-04 15:00', who=LEAD)
tap.same(find('rosebud'), [], 'what was removed is not found')
tap.ok(b'rosebud' not in bytes_of_search().lower(),
       'and in no byte of the files')
tap.same(find('giraffe'), [('INC-2026-0042', 'u2')], 'the rest is')

# ---- one after the other, and all anew: the same ----
d.opened(subject='Sev2 dns: slow', body='dns is slow\n', at='2026-03-05 10:00')
publish('draft investigating\n\nA walrus sits on the line.\n',
        '2026-03-05 10:10', tag=43)
tap.same(find('walrus'), [('INC-2026-0043', 'u1')], 'a second incident')
tap.same(find('investigating', 'dns'), [], 'states are no words of a text')
words = ('walrus', 'giraffe', 'looking', 'rosebud', 'dns', 'email')
one = [find(w) for w in words]
for path in glob.glob(d.path('state/web/search*')):
    os.unlink(path)
d.run('page', check=True)
tap.same([find(w) for w in words], one, 'made anew: the same')
for path in glob.glob(d.path('state/web/search*')):
    with open(path, 'wb') as f:
        f.write(b'no database' * 100)
d.run('page', check=True)
tap.same([find(w) for w in words], one, 'a broken file is made anew')
publish('draft monitoring\n\nAn otter swims.\n', '2026-03-05 10:15', tag=43)
publish('draft identified\n\nTwo otters swim.\n', '2026-03-05 10:16', tag=43)
with open(d.path('state/web/search.next'), 'r+b') as f:
    f.seek(4096)
    f.write(b'\xff' * 8192)
publish('draft monitoring\n\nThree otters.\n', '2026-03-05 10:17', tag=43)
tap.same([find(w) for w in words[:4]] + [len(find('otters'))], one[:4] + [2],
         'one that is broken inside is made anew')
d.run('page', '--all', check=True)
tap.same([find(w) for w in words[:4]], one[:4], 'page --all: the same')
tap.same(set(os.listdir(d.path('state/web'))) - {'search.next'},
         {'metrics', 'search.db'}, 'nothing else is left there')

# ---- every file that it names is there ----
bad = []
for w in words:
    for x in json.loads(d.run('show', '--json', '--search', w).stdout)[
            'found']:
        path, _, anchor = x['url'].replace('https://status.example/',
                                           '').partition('#')
        page = d.read('state/public', path, 'index.html')
        if not re.search('id="?%s"?[ >]' % anchor, page):
            bad.append(x['url'])
tap.same(bad, [], 'each link leads to its update')


# ---- on the web, by a process that can't write ----
def find(query):
    return web.ask(s, '/search?q=' + query)


class Reader(html.parser.HTMLParser):
    """Elements in their order, and text."""

    def __init__(self, data):
        super().__init__()
        self.tags, self.links, self.text = [], [], ''
        self.feed(data.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, sorted(k for k, _ in attributes)))
        self.links += [v for k, v in attributes if k == 'href' and tag == 'a']

    def handle_data(self, data):
        self.text += data


publish('draft monitoring\n\nA walrus & a lion: 1 < 2 is so.\n',
        '2026-03-05 10:30', tag=43)
s = Served(d)
a = find('walrus')
page = Reader(a.body)
tap.ok(a.status == 200 and a.head['content-type'].startswith('text/html') and
       [x for x in page.links if x.startswith('/incident/')] ==
       ['/incident/2026/0043/#u5', '/incident/2026/0043/#u1']
       and 'walrus & a lion: 1 < 2' in page.text and
       b'<mark>walrus</mark> &amp; a lion' in a.body,
       'what has the word, the newest first', a.body)
tap.same([t for t in page.tags if t[0] == 'form'],
         [('form', ['action', 'class', 'role'])], 'with the form again')
tap.ok(b'value="walrus"' in a.body, '... and what was asked for')
tap.ok(web.ask(s, '/incident/2026/0043/').status == 200, 'its link is good')
front = d.read('state/public/index.html')
own = a.body.decode()
tap.ok(own.startswith('<!doctype html>') and all(
    x in own and x in front for x in (
        'style.css">', '<a class="skip" href="#', '<main', 'class="brand"',
        '<nav aria-label="Site">', '<footer>')) and 'Nothing can be searched' not in own
    and '<a href=".././">Services now</a>' in own and '2 posts' in own,
    'it looks like the other pages', own)
tap.same((a.head['cache-control'], 'noindex' in own), ('no-store', True),
         'and is kept nowhere')
a = find('unicorn')
own = a.body.decode()
tap.ok(a.status == 200 and 'No post has all of these words' in own and
       'Try fewer of them' in own and '<a href="/history/">' in own and
       'value="unicorn"' in own,
       'nothing found: what to do next', own)
tap.ok(b'Try fewer' in find('%22').body, 'no word at all: the same')
tap.ok(b'Try fewer' not in web.ask(s, '/search').body, 'nothing asked: a form')
tap.same(web.ask(s, '/search/?q=walrus').body.count(b'<mark>'),
         find('walrus').body.count(b'<mark>'), 'with a slash, too')
plain = d.read('state/public/search/index.html')
tap.ok('Nothing can be searched here' in plain and
       '<a href="../history/">' in plain and '<form' not in plain and
       'href="search"' in front,
       'where no sitrep serves the site, the page says so')
for query, want in (('giraffe+restarted', 1), ('caf%C3%A9', 0), ('', 0),
                    ('walrus%20lion', 1), ('rosebud', 0), ('%22', 0),
                    ('%ff%fe', 0), ('%00', 0), ('%', 0)):
    a = find(query)
    tap.same((a.status, a.body.count(b'<li ')), (200, want),
             '?q=' + query)
tap.same(web.ask(s, '/search').status, 200, 'an empty form')
plain = Reader(find('unicorn').body).tags
bad = []
for evil in ('<script>alert(1)</script>', '"><img src=x onerror=a>', "'\"`",
             '</title><x>', 'x\u202ey', '&lt;b&gt;', '\x1b[31m', 'a' * 3000):
    a = find(urllib.parse.quote(evil))
    if a.status != 200 or Reader(a.body).tags != plain:
        bad.append(evil)
tap.same(bad, [], 'whatever is typed is text')
tap.same(web.ask(s, '/search', 'POST', b'q=walrus').status, 405,
         'only to be read')
a = web.ask(s, '/search?q=walrus', 'HEAD')
tap.same((a.status, a.body), (200, b''), 'HEAD')
os.kill(s.process.pid, 0)
start = time.monotonic()
got = [find('walrus+line').status for _ in range(100)]
took = time.monotonic() - start
tap.ok(set(got) <= {200, 503} and 20 <= got.count(200) <= 42 + 20 * took,
       'many at once: %d in %.1f s, then 503' % (got.count(200), took), got)
tap.ok(web.ask(s, '/').status == 200, 'pages are served meanwhile')
time.sleep(2.5)
publish('draft identified\n\nA tapir was it.\n', None, tag=43)
tap.ok(wait_until(lambda: b'<mark>tapir</mark>' in find('tapir').body),
       'what is published is found at once', find('tapir').body)
publish('redact u6 personal data\n', None, who=LEAD, tag=43)
tap.ok(wait_until(lambda: b'<li ' not in find('tapir').body),
       'what was removed is not', (d.posts('INC-2026-0043'), d.read('log')))
# ---- whatever a text is, it is text: on the web and on a terminal ----
with open(d.path('state/web/search.db'), 'rb') as f:
    kept = f.read()


def plant(texts):
    """As site_search writes them, but unseen by whoever cleans a text."""
    db = sqlite3.connect(d.path('state/web/search.db'))
    db.execute("DELETE FROM entry")
    db.executemany(
        'INSERT INTO entry (event, title, text, path, tag, posted) '
        "VALUES ('INC-2026-0042', ?, 'zzmark ' || ?, "
        "'incident/2026/0042/#u1', 'Identified', ?)",
        [(t, t, 1772600000 + n) for n, t in enumerate(texts)])
    db.commit()
    db.close()


def hits(texts):
    """The elements of each hit, the newest first."""
    plant(texts)
    time.sleep(0.2)
    a = find('zzmark')
    return [re.findall(r'<[^>]*>', x) for x in
            a.body.decode().split('<ol class="hits">')[1].split('</ol>')[0]
            .split('<li class="card">')[1:]]


# Two bytes stand for the marks around what is found; no text has them.
texts = [re.sub('[\0\x02\x03]', '', t).encode('utf-8', 'replace').decode()
         or 'x' for t in CORPUS]
good = hits(['word'])[0]
bad = []
for k in range(0, len(texts), 50):
    some = texts[k:k + 50]
    got = hits(some)
    bad += [t for t, h in zip(reversed(some), got) if h != good]
    bad += ['%d of %d' % (len(got), len(some))] * (len(got) != len(some))
    said = d.run('show', '--search', 'zzmark').stdout
    # Three lines each, whatever it holds.
    if said.count(b'\n') != 3 * len(some) or re.search(
            b'[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]',
            said):
        bad.append('terminal: %r' % said[:500])
    json.loads(d.run('show', '--json', '--search', 'zzmark').stdout)
tap.same(bad, [], 'hostile texts are text on the web and on a terminal')
with open(d.path('state/web/search.db'), 'wb') as f:
    f.write(kept)
time.sleep(0.2)
before = os.stat(d.path('state/web/search.db'))
find('walrus')
after = os.stat(d.path('state/web/search.db'))
tap.same((before.st_ino, before.st_mtime_ns), (after.st_ino,
                                               after.st_mtime_ns),
         'looking changes nothing')
tap.same(s.stop(), 0, 'it ends')
said = d.read('log')
tap.ok('died' not in said and 'search error' not in said, 'nothing died', said)
d.close()
tap.done()
