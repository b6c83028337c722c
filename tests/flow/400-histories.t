#!/usr/bin/env python3
# Real incidents, replayed as mails of comms: the first opens the event, each
# update is a `publish` and the Yes to its preview.  Afterwards the number of
# updates, their states, texts and minutes are those of the file.  First each
# history in a store of its own; then one half and the other in two stores, in
# the order of time, with every mail delivered twice.
#
# Thirty histories, drawn with SEED (1); all of them with CHECK_LONG=1.
import concurrent.futures
import glob
import json
import os
import random
import re
import sys
import tempfile
import textwrap
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import Rig, SHARED, Tap, address_of, mail_date, rcpt, text_of
from datetime import datetime

FOLDER = os.path.join(SHARED, 'corpora', 'noc-incidents-github')
SAMPLE = 8 if os.environ.get('SITREP_SANITIZED') else 30
TICK = 15 * 60
LONG = os.environ.get('CHECK_LONG') or os.environ.get('SITREP_LONG')
COMMS = 'Comms One <comms1@example.net>'
IN = 'incident@in.status.example'
ROTA = '2015-01-01T00:00:00Z 2035-01-01T00:00:00Z comms 1 comms1\n'

tap = Tap()


def seconds(s):
    return int(datetime.fromisoformat(s.replace('Z', '+00:00')).timestamp())


def squeeze(s):
    return ' '.join(s.split())


def slug(name):
    return re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')


class History:
    """One file, and how its updates are written as mails."""

    def __init__(self, path, dice):
        with open(path) as f:
            data = json.load(f)
        self.name = os.path.basename(path)
        self.title = squeeze(data['title'])[:90].strip()
        self.components = data.get('components') or []
        self.updates, self.states = [], []
        for u in data['updates']:
            state = u['status'].lower()
            self.states.append(self.states[-1] if state == 'update' else state)
            self.updates.append((seconds(u['at']), state, u['message']))
        self.dice = dice
        self.event = self.last = None

    def body(self, i):
        at, state, text = self.updates[i]
        lines = ['publish' if state == 'update' and self.dice.random() < .5
                 else 'publish ' + self.states[i]]
        if i == 0:
            lines.append('Title: ' + self.title)
            if self.components:
                lines.append('Components: ' + ', '.join(self.components))
        if self.dice.random() < .5:
            text = textwrap.fill(text, 72, break_long_words=False,
                                 break_on_hyphens=False)
        return '\n'.join(lines) + '\n\n' + text + '\n'

    def step(self, rig, i, copies):
        """One update: the mail, its preview, the Yes.  What went wrong."""
        text = self.body(i)
        more = {}
        to, subject = IN, self.title
        if i > 0:
            subject = '[%s] %s' % (self.event, self.title)
            to = 'incident+%s@in.status.example' % self.event.lower()
            if self.dice.random() < .5:
                to = address_of(self.last['Reply-To'])
                more['reply'] = self.last
        got = post(rig, rig.compose(COMMS, to, text, subject, **more), to,
                   copies)
        drafts = [m for m in got if m['Subject'].startswith('[PREVIEW]')]
        # What lint marks to be looked at the yes is for, too.
        fine = {'ok', 'W47'} | ({'W46'} if i == 0 and copies > 1 else set())
        if len(drafts) != 1 or not fine.issuperset(
                drafts[0]['Sitrep-Result'].split(';')):
            return 'update %d: %s' % (i + 1, told(got))
        if os.environ.get('MARKS') and 'W47' in drafts[0]['Sitrep-Result']:
            print('#', text_of(drafts[0]).split('-----')[0][-400:])
        if i == 0:
            self.event = drafts[0]['Sitrep-Event']
        rig.now += self.dice.randrange(1, 20)
        to = address_of(drafts[0]['Reply-To'])
        got = post(rig, rig.compose(
            COMMS, to, 'Yes\n', 'Re: ' + drafts[0]['Subject'],
            reply=drafts[0]), to, copies)
        # What the clock had to say before the mail isn't its answer.
        mine = [m for m in got if rcpt(m) == 'comms1@example.net' and
                m['Sitrep-Result'] is not None]
        if len(mine) != 1 or mine[0]['Sitrep-Result'] != 'ok':
            return 'yes to update %d: %s' % (i + 1, told(got))
        self.last = mine[0]
        return None

    def check(self, rig):
        """What differs between the file and the event; '' for nothing."""
        if self.event is None:
            return 'never opened'
        e = rig.show(self.event)
        posts, event = e['updates'], e['event']
        minutes = [u[0] // 60 for u in self.updates]
        want = {
            'number': len(self.updates),
            'states': self.states,
            'final': self.states[-1],
            'phase': 'closed',
            'texts': [squeeze(u[2]) for u in self.updates],
            'title': self.title,
            'components': sorted(slug(c) for c in self.components),
            'started': minutes[0],
            'ended': minutes[-1],
        }
        have = {
            'number': len(posts),
            'states': [p['state'] for p in posts],
            'final': event['state'],
            'phase': event['phase'],
            'texts': [squeeze(p['text']) for p in posts],
            'title': event['title'],
            'components': sorted(c['component'] for c in event['components']),
            'started': seconds(event['opened']) // 60,
            'ended': seconds(event['ended']) // 60 if event['ended'] else None,
        }
        # Several updates of one minute may need more than that minute.
        busy = max([minutes.count(m) for m in minutes])
        if have['ended'] and 0 <= have['ended'] - want['ended'] < busy:
            have['ended'] = want['ended']
        return '\n'.join('%s: %r instead of %r' % (k, have[k], want[k])
                         for k in want if have[k] != want[k])


def told(letters):
    return ' / '.join('%s [%s] %s' % (m['Subject'], m['Sitrep-Result'],
                                      rcpt(m)) for m in letters) or 'no mail'


def post(rig, raw, to, copies):
    """Delivers a mail, later copies with another trace on top of them."""
    for i in range(copies):
        if i > 0:
            raw = (b'Return-Path: <comms1@example.net>\n'
                   b'Received: from relay.example.net by mx2.status.example; '
                   + mail_date(rig.now).encode() + b'\n' + raw)
        rig.deliver(raw, to, 'comms1@example.net')
    return rig.out()


def make_rig(histories):
    names = {}
    for h in histories:
        for c in h.components:
            names[slug(c)] = c
    start = min(h.updates[0][0] for h in histories)
    return Rig(members=1, rota=ROTA, at=start - 600, extra='\n'.join(
        'component "%s" { name = "%s" }' % (s, names[s])
        for s in sorted(names)))


def replay(histories, copies):
    """[(history, what is wrong)]"""
    rig = make_rig(histories)
    wrong = {}
    steps = sorted((h.updates[i][0], k, i) for k, h in enumerate(histories)
                   for i in range(len(h.updates)))
    try:
        for at, k, i in steps:
            h = histories[k]
            if at > rig.now + TICK:
                rig.tick(at)
            rig.now = max(rig.now, at)
            if h not in wrong:
                rig.now += 1
                why = h.step(rig, i, copies)
                if why:
                    wrong[h] = why
        if copies > 1:
            n = rig.sql('SELECT count(*) FROM post')[0][0]
            tap.same(n, sum(len(h.updates) for h in histories),
                     'as many posts as updates')
        return [(h, wrong.get(h) or h.check(rig)) for h in histories]
    finally:
        rig.close()


def main():
    if os.access('/dev/shm', os.W_OK):
        tempfile.tempdir = '/dev/shm'  # what a disk adds is tested elsewhere
    files = sorted(glob.glob(FOLDER + '/*.json'))
    if not files:
        print('1..0 # SKIP the histories are not on this machine')
        return
    seed = int(os.environ.get('SEED', '1'))
    dice = random.Random(seed)
    files = [f for f in files if History(f, dice).states[0] == 'investigating']
    if not LONG:
        files = dice.sample(files, SAMPLE)
    print('# %d histories, SEED=%d' % (len(files), seed))

    def alone(path):
        return replay([History(path, random.Random(path))], 1)[0]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for h, why in pool.map(alone, files):
            tap.ok(not why, '%s, %d updates' % (h.name, len(h.updates)), why)
    together = [History(f, random.Random(f + '2')) for f in files]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for part in pool.map(lambda part: replay(part, 2),
                             (together[::2], together[1::2])):
            for h, why in part:
                tap.ok(not why, '%s, twice' % h.name, why)
    tap.done()


main()
