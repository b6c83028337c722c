#!/usr/bin/env python3
# The next update comes later, or seldom: delay, long-running, Next-Update and
# its bounds, and two updates in a row without news.
import os
import sys
from datetime import datetime, timezone
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split()) if m else ''


def at(clock, day=4):
    return '2026-03-%02d %s' % (day, clock)


def write(d, who, body, clock, day=4, **more):
    got = d.mail(who, say(), body, subject='[INC-2026-0042] x',
                 at=at(clock, day), **more)
    return [m for m in got if rcpt(m) == address_of(who) and
            m['Auto-Submitted'] == 'auto-replied'][0]


def yes(d, m, clock, day=4, who=None):
    got = d.answer(m, 'yes', sender=who, at=at(clock, day))
    return [x for x in got if rcpt(x) == address_of(m['To']) and
            x['Auto-Submitted'] == 'auto-replied'][0], got


def shown(m):
    return ' '.join(text_of(m).split(RULER)[1].split())


def promise(d):
    row = d.sql('SELECT next_update FROM event')[0][0]
    return datetime.fromtimestamp(row, timezone.utc).strftime('%d %H:%M')


# ---- delay
d = Desk(members=1, number=42)
d.opened(at=at('14:06'))
m = write(d, COMMS1, 'delay 30m we wait for a part\n', '14:08')
tap.same(m['Sitrep-Result'], 'E13', 'nothing public: E13')
p = write(d, COMMS1, 'draft\n\nWe are looking into it.\n', '14:10')
yes(d, p, '14:12')
tap.same(promise(d), '04 16:12', 'the promise')
got = d.tick(at=at('15:52'))
form = to(got, 'comms1@example.net')
got = d.answer(form, 'delay 30m a spare part is on its way\n', sender=COMMS1,
               at=at('15:55'))
p = to(got, 'comms1@example.net')
tap.ok('We need more time than we said for the next update. a spare part is '
       'on its way' in shown(p), 'delay: says so, and why', text_of(p))
tap.ok('16:42 UTC' in shown(p), 'and until when', shown(p))
tap.same((len(d.posts()), promise(d)), (1, '04 16:12'), 'it is a preview')
m, got = yes(d, p, '15:56')
tap.same((len(d.posts()), promise(d)), (2, '04 16:42'),
         'a yes posts it: the promised time and 30 minutes')
tap.ok('a spare part is on its way' in words(to(got, RESELLER)), 'mailed')
tap.same(d.tick(at=at('16:15')), [], 'the old promise is replaced')
tap.ok(to(d.tick(at=at('16:22')), 'comms1@example.net') is not None,
       'the new one has its reminder')
d.tick(at=at('16:42'))
p = write(d, COMMS1, 'delay 1h it is late\n', '16:50')
yes(d, p, '16:51')
tap.same(promise(d), '04 17:50', 'overdue: counted from now')
for body, want in (('delay 30m\n', 'E24'), ('delay\n', 'E24'),
                   ('delay -30m we are late\n', 'E24'),
                   ('delay 0m we are late\n', 'E24'),
                   ('delay 30m see ![x](http://y.example/z)\n', 'E25')):
    n = len(d.sql('SELECT 1 FROM draft'))
    m = write(d, COMMS1, body, '16:55')
    tap.same((m['Sitrep-Result'], len(d.sql('SELECT 1 FROM draft'))),
             (want, n), '%r: %s, nothing drafted' % (body.strip(), want))
    tap.ok(want != 'E24' or 'Reply with this line: delay 30m a spare part' in
           words(m), '... with the line to copy', words(m))
m = write(d, SUPPORT, 'delay 30m we are late\n', '16:56')
tap.same(m['Sitrep-Result'], 'E42', 'from support: E42')
p = write(d, COMMS1, 'delay 20h the shop is shut\n', '16:57')
tap.ok(p['Sitrep-Result'] == 'W45' and 'promises 4 h' in words(p),
       'over the bound: W45', words(p))
tap.ok('Next update: 4 h after posting' in shown(p), 'clipped', shown(p))
d.answer(p, 'no', sender=COMMS1, at=at('16:58'))
m = write(d, NOC1, 'delay 30m the vendor is late\n', '16:59')
tap.same(m['Sitrep-Result'], 'ok', 'from NOC')
p = [x for x in d.letters if 'Proposed by NOC One' in words(x)][-1]
tap.ok(rcpt(p) == 'comms1@example.net' and 'the vendor is late' in shown(p),
       'a proposal', words(p))
d.answer(p, 'no', sender=COMMS1, at=at('17:00'))
# What reads like a report is one.
write(d, NOC1, 'delay in the queue of cluster b\n', '17:01')
tap.same(d.show('INC-2026-0042')['notes'][-1]['text'].strip(),
         'delay in the queue of cluster b', 'a sentence is a note')
m = write(d, NOC1, 'Disclosure: limited\n', '17:02')
p = write(d, COMMS1, 'delay 30m Tokyo is down\n', '17:03')
tap.ok('We need more time' in shown(p) and 'Tokyo' not in shown(p) and
       'limited detail' in shown(p), 'limited: no reason', shown(p))
yes(d, p, '17:04')
tap.ok('Tokyo' not in d.tree(), 'nowhere')
tap.ok('Tokyo is down' in d.show('INC-2026-0042')['notes'][-1]['text'],
       'it is kept inside')
d.audit(tap)
d.close()

# ---- long-running
d = Desk(members=1, number=42)
d.posted()
m = write(d, COMMS1, 'long-running 12h\n', '14:20')
tap.same(m['Sitrep-Result'], 'E42', 'comms alone may not')
m = write(d, NOC1, 'long-running 12h\n', '14:20')
tap.same(m['Sitrep-Result'], 'E42', 'nor NOC')
for length in ('4h', '25h', '30m', ''):
    m = write(d, LEAD, 'long-running %s\n' % length, '14:21')
    tap.ok(m['Sitrep-Result'] == 'E24' and 'long-running 24h' in words(m),
           'long-running %s: E24, with the line to copy' % length, words(m))
p = write(d, LEAD, 'long-running 12h\n\nThe disks arrive on Friday.\n',
          '14:25')
tap.ok('The disks arrive on Friday. We now post an update every 12 hours.' in
       shown(p) and 'Next update: 12 h after posting' in shown(p),
       'its text says so', text_of(p))
tap.same(d.sql('SELECT cadence FROM event'), [(0,)], 'nothing yet')
d.answer(p, 'no', sender=LEAD, at=at('14:26'))
tap.same(d.sql('SELECT cadence FROM event'), [(0,)], 'nor after a no')
p = write(d, LEAD, 'long-running 12h\n', '14:27')
tap.ok('No change since 14:12 UTC. Work continues. We now post an update '
       'every 12 hours.' in shown(p), 'or that nothing has changed', shown(p))
# NOC changes the facts: E41, and the same text again.
write(d, NOC1, 'Components: webmail\n', '14:28')
m, got = yes(d, p, '14:29')
tap.ok(m['Sitrep-Result'] == 'E41' and 'every 12 hours' in shown(m),
       'shown again, it still says so', text_of(m))
m, got = yes(d, m, '14:30')
tap.same((d.sql('SELECT cadence FROM event'), promise(d)),
         ([(43200,)], '05 02:30'), 'posted: it is in force')
tap.ok('every 12 hours' in words(to(got, RESELLER)), 'and public')
tap.same([m for m in d.tick(at=at('19:00')) if 'war room' not in m['Subject']],
         [], 'the old cadence is gone')
p = write(d, COMMS1, 'draft\nNext-Update: +11h\n\nStill waiting.\n', '19:10')
tap.same(p['Sitrep-Result'], 'ok', 'the bound of Next-Update is 12 h now')
yes(d, p, '19:11')
tap.same((d.sql('SELECT cadence FROM event'), promise(d)),
         ([(43200,)], '05 06:11'), 'it goes on')
p = write(d, COMMS1, 'draft\nNext-Update: +20h\n\nStill waiting.\n', '19:12')
tap.ok(p['Sitrep-Result'] == 'W45' and 'promises 12 h' in words(p),
       'beyond it: W45', words(p))
p = write(d, COMMS1, 'draft\nNext-Update: +2h\n\nThey came sooner.\n', '19:13')
yes(d, p, '19:14')
tap.same((d.sql('SELECT cadence FROM event'), promise(d)),
         ([(0,)], '04 21:14'), 'a promise of the usual kind ends it')
d.audit(tap)
d.close()

# ---- bounds of Next-Update
for sev, bound in ((1, '2 h'), (2, '4 h'), (3, '12 h'), (4, '72 h')):
    d = Desk(members=1, number=42)
    d.opened(subject='Sev%d cluster b: x' % sev, at=at('09:00'))
    hours = int(bound.split()[0])
    p = write(d, COMMS1, 'draft\nNext-Update: +%dh\n\nx.\n' % hours, '09:05')
    tap.same(p['Sitrep-Result'], 'ok', 'SEV%d: %s is allowed' % (sev, bound))
    p = write(d, COMMS1, 'draft\nNext-Update: +%dh\n\nx.\n' % (hours + 1),
              '09:06')
    said = {'72 h': ('72 h', '3 days', '3 d')}.get(bound, (bound,))
    tap.ok(p['Sitrep-Result'] == 'W45' and
           any('promises ' + s in words(p) for s in said),
           'SEV%d: more is clipped to %s' % (sev, bound), words(p))
    yes(d, p, '09:07')
    row = d.sql('SELECT next_update FROM event')[0][0]
    tap.same(row - d.now, hours * 3600, 'SEV%d: and so posted' % sev)
    d.close()

# ---- the same twice
d = Desk(members=1, number=42)
d.posted()
p = write(d, COMMS1, 'same\n', '14:40')
tap.ok('in a row' not in words(p), 'same: no advice at first')
m, got = yes(d, p, '14:41')
tap.ok('in a row' not in words(m), 'nor in its receipt')
p = write(d, COMMS1, 'same\n', '15:40')
tap.ok('Two updates in a row without news.' in words(p) and
       p['Sitrep-Result'] == 'ok', 'the second time: advice', words(p))
m, got = yes(d, p, '15:41')
tap.ok('Two updates in a row' in words(m), 'and in its receipt', words(m))
tap.ok('in a row' not in ''.join(words(x) for x in d.public()),
       'nothing of it in public')
p = write(d, COMMS1, 'draft\n\nA part has come.\n', '15:50')
tap.ok('in a row' not in words(p), 'with substance: none')
d.audit(tap)
d.close()
tap.done()
