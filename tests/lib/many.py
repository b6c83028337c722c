"""Many past incidents, put straight into the store of a rig: each with three
posts, spread evenly over the years before a time.  For tests of how the tree
grows; what a mail makes is tested elsewhere.
"""
import hashlib
import random
import sqlite3
import time

LEVELS = {'degraded_performance': 'minor', 'partial_outage': 'major',
          'major_outage': 'critical'}
SERVICES = {'email-a': 'Email Cluster A', 'email-b': 'Email Cluster B',
            'webmail': 'Webmail', 'dns-hosting': 'DNS Hosting',
            'registrar-api': 'Registrar API'}


def insert(db, table, rows):
    columns = [(r[1], r[2]) for r in
               db.execute('PRAGMA table_info(%s)' % table)]
    blank = {c: 0 if kind == 'INTEGER' else '' for c, kind in columns}
    db.executemany(
        'INSERT INTO %s (%s) VALUES (%s)' % (
            table, ', '.join(c for c, _ in columns),
            ', '.join('?' * len(columns))),
        [[{**blank, **r}[c] for c, _ in columns] for r in rows])


def spread(n, before, days):
    """n moments, evenly over the days before a time."""
    return [before - days * 86400 + int(k * days * 86400 / n)
            for k in range(n)]


def fill(rig, n, before, days, seed=1, late=0, late_days=0):
    """n incidents that were over before a time, days long; late of them in
    the last days of those."""
    moments = (spread(n - late, before - late_days * 86400, days - late_days) +
               spread(late, before, late_days))
    chance = random.Random(seed)
    db = sqlite3.connect(rig.path('state', 'sitrep.db'))
    event = db.execute('SELECT coalesce(max(id), 0) FROM event').fetchone()[0]
    post = db.execute('SELECT coalesce(max(id), 0) FROM post').fetchone()[0]
    events, posts, numbers = [], [], {}
    for t in moments:
        year = time.gmtime(t).tm_year
        numbers[year] = numbers.get(year, 1000) + 1
        event += 1
        slug = chance.choice(sorted(SERVICES))
        level = chance.choice(sorted(LEVELS))
        ended = t + chance.randrange(600, 7200)
        events.append(dict(
            id=event, kind='incident', year=year, number=numbers[year],
            opened=t, began=t, source='noc', phase='closed',
            state='resolved', noc_state='none', severity=2, impact='unset',
            disclosure='full', started=t, ended=ended, closed=ended,
            changed=ended, related=None, title='x'))
        for u, (state, at, now, text) in enumerate((
                ('investigating', t + 300, level,
                 'We are investigating a problem with **%s**. Our operations '
                 'team is restoring capacity.' % SERVICES[slug]),
                ('identified', t + 500, level,
                 'We have found the cause and are working on it.'),
                ('resolved', ended, 'operational',
                 'This problem is over. No mail was lost.')), 1):
            posts.append(dict(
                event_id=event, u=u, r=1, posted=at, kind='update',
                state=state, title='%s – slow answers' % SERVICES[slug],
                text=text, lang='en', started=t, notify=1,
                impact=LEVELS[level] if state != 'resolved' else 'none',
                components='%s=%s' % (slug, now),
                names='%s=%s' % (slug, SERVICES[slug]),
                ended=ended if state == 'resolved' else 0,
                hash=hashlib.sha256(b'%d %d' % (event, u)).hexdigest()))
    posts.sort(key=lambda p: (p['posted'], p['event_id']))
    for p in posts:
        post += 1
        p['id'] = post
    insert(db, 'event', events)
    insert(db, 'post', posts)
    db.commit()
    db.close()
