#!/usr/bin/env python3
# Objections, hold, no, same, corrections, Notify: no; the timers T1, T2, T4.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def draft(desk, n=-1):
    return desk.show('INC-2026-0042')['drafts'][n]['status']


def resellers(got):
    return len([m for m in got if m['Sitrep-Update'] is not None])


def comms(desk, body, wait=60):
    got = desk.mail(COMMS1, say(), body, subject='[INC-2026-0042] x',
                    at=desk.now + wait)
    return to(got, 'comms1@example.net'), got


# ---- objections
desk = Desk(members=2, number=42)
d1 = desk.drafted()
check = [m for m in desk.letters if m['Message-ID'].endswith(
    '.d1.check@status.example>')][0]
tap.same(rcpt(check), 'noc1@example.net', 'the fact check goes to NOC')
tap.same(text_of(check).split(RULER)[1], text_of(d1).split(RULER)[1],
         'and shows the very text')
got = desk.answer(check, 'no, cluster A is hit as well\n', sender=NOC1,
                  at='2026-03-04 14:11')
told = to(got, 'comms1@example.net')
tap.same(draft(desk), 'held', 'an objection holds the draft')
tap.ok('NOC One objects' in words(told) and
       'cluster A is hit as well' in words(told),
       'the approver hears it at once, with the reason', text_of(told))
got = desk.answer(d1, 'yes', sender=COMMS1, at='2026-03-04 14:12')
again = to(got, 'comms1@example.net')
tap.same((again['Sitrep-Result'], desk.posts()), ('E41', []),
         'yes after an objection: E41')
tap.ok('NOC One objected at 14:11 UTC' in words(again), 'it says why')
desk.answer(again, 'yes', sender=COMMS1, at='2026-03-04 14:13')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'a second yes posts')
got = desk.answer(check, 'wrong: it is cluster A, not B\n', sender=NOC1,
                  at='2026-03-04 14:15')
told = to(got, 'comms1@example.net')
ready = [s.strip() for s in text_of(told).split('\n')
         if s.startswith('  ')]
tap.same(ready, ['correct u1', 'Reason: it is cluster A, not B'],
         'after publication: a ready correction')
tap.ok('it is cluster A' in desk.show('INC-2026-0042')['notes'][-1]['text'],
       'and a note')
tap.same(desk.posts(), [(1, 1, 'investigating')], 'nothing public changed')
got = desk.answer(told, '\n'.join(ready) + '\n\nWe look at cluster A.\n',
                  sender=COMMS1, at='2026-03-04 14:16')
p = to(got, 'comms1@example.net')
tap.ok('Correction to update 1' in words(p) and '14:13 UTC' in
       text_of(p).split(RULER)[1], 'the ready lines make its preview',
       text_of(p))
got = desk.answer(p, 'yes', sender=COMMS1, at='2026-03-04 14:17')
tap.same(desk.posts(), [(1, 2, 'investigating')], 'and the correction')
tap.same(to(got, RESELLER)['Subject'][:13], '[Correction] ', 'mailed')

# ---- hold, no, draft without text
p, _ = comms(desk, 'draft identified\n\nWe have found it.\n')
got = desk.answer(p, 'hold', sender=COMMS1, at=desk.now + 60)
tap.same(draft(desk), 'held', 'hold keeps it back')
tap.ok(text_of(to(got, 'comms1@example.net')).split('\n')[1].startswith(
    'Draft d4 is held'), 'and says so first',
    text_of(to(got, 'comms1@example.net')))
p, _ = comms(desk, 'draft next +1h\n')
tap.ok('We have found it.' in text_of(p) and 'Next update: 1 h after posting'
       in text_of(p), 'draft next +1h keeps the text', text_of(p))
got = desk.answer(p, 'no', sender=COMMS2, at=desk.now + 60)
tap.same(draft(desk), 'discarded', 'no drops it')
tap.ok(to(got, 'comms1@example.net') is not None and
       'is discarded by Comms Two' in words(to(got, 'comms1@example.net')),
       'and the drafter is told', [rcpt(m) for m in got])
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.ok('was discarded' in words(to(got, 'comms1@example.net')) and
       len(desk.posts()) == 1, 'a yes to it posts nothing',
       text_of(to(got, 'comms1@example.net')))

# ---- same: from NOC a proposal, from comms a preview
got = desk.mail(NOC1, say(), 'same\n', subject='[INC-2026-0042] x',
                at=desk.now + 60)
p = to(got, 'comms1@example.net')
tap.ok(p is not None and 'Proposed by NOC One' in words(p) and
       'No change since 14:13 UTC.' in text_of(p).split(RULER)[1] or
       'No change since 14:17 UTC.' in text_of(p).split(RULER)[1],
       'same of NOC is a proposal', p and text_of(p))
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((desk.posts()[-1], resellers(got) > 0),
         ((2, 1, 'investigating'), True), 'a yes posts it')
tap.ok(to(got, 'comms2@example.net') is None, 'no copies inside for it')

# ---- a typo: the page, no mail
p, got = comms(desk, 'Correct: 1 typo\nReason: a letter\n\nWe look at Cluster '
               'A.\n')
tap.ok('Goes to: the page only' in text_of(p), 'a typo: the page only',
       text_of(p))
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((desk.posts()[0], resellers(got)), ((1, 3, 'investigating'), 0),
         'a revision, no mail')
tap.ok('We look at Cluster A.' in desk.tree(), 'it is on the page')

# ---- Notify: no
p, got = comms(desk, 'draft monitoring\nNotify: no\n\nWe watch.\n')
tap.ok('the page only' in text_of(p), 'Notify: no is shown')
got = desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 60)
tap.same((desk.posts()[-1], resellers(got)), ((3, 1, 'monitoring'), 0),
         'Notify: no: the page, no mail')
tap.ok('no mail to resellers' in words(to(got, 'comms1@example.net')),
       'the receipt says so')
desk.audit(tap)
desk.close()

# ---- T1: a changed severity computes it anew
desk = Desk(members=1, number=42)
desk.opened(subject='Sev4 cluster b: odd', at='2026-03-04 14:00')
tap.same(desk.tick(at='2026-03-04 14:20'), [], 'SEV4: an hour')
got = desk.mail(NOC1, say(), 'severity 2\n\nIt grows.\n',
                subject='[INC-2026-0042] x', at='2026-03-04 14:25')
tap.ok(text_of(to(got, 'noc1@example.net')).split('\n')[1].startswith(
    'Marketing was paged just now') or 'handed to Comms One' in
    words(to(got, 'noc1@example.net')), 'SEV2 by then overdue: at once',
    text_of(to(got, 'noc1@example.net')))
tap.ok(to(got, '5550134@pager.example') is not None, 'the pager rings')
desk.audit(tap)
desk.close()
desk = Desk(members=1, number=42)
desk.opened(at='2026-03-04 14:00')
desk.mail(NOC1, say(), 'severity 4\nReason: one user\n',
          subject='[INC-2026-0042] x', at='2026-03-04 14:05')
tap.same(desk.tick(at='2026-03-04 14:16'), [], 'lowered: later')
tap.ok(to(desk.tick(at='2026-03-04 15:00:01'), 'comms1@example.net')
       is not None, 'after an hour')
tap.ok(not [m for m in desk.letters if 'pager' in rcpt(m)],
       'SEV4 is mailed, never paged')
desk.close()

# ---- T2, T4
desk = Desk(members=1, number=42)
desk.opened()
got = desk.tick(at='2026-03-04 14:21:01')
hand = to(got, 'comms1@example.net')
tap.same(desk.tick(at='2026-03-04 14:26'), [], 'T2 is not early')
got = desk.tick(at='2026-03-04 14:26:02')
again, backup = to(got, 'comms1@example.net'), to(got, 'comms2@example.net')
tap.ok(again is not None and backup is not None and
       to(got, '5550134@pager.example') is not None,
       'T2: paged again, and the backup')
tap.ok(to(got, 'noc1@example.net') is not None, 'NOC sees it')
tap.same(desk.tick(at='2026-03-04 14:26:30'), [], 'T2 fires once')
tap.ok('Draft d1, hash' in text_of(backup) and '(by ' not in text_of(backup),
       'the backup gets the draft, and no time that is over', text_of(backup))
desk.answer(backup, 'yes', sender=COMMS2, at='2026-03-04 14:28')
tap.same(desk.posts(), [(1, 1, 'investigating')],
         'the backup\'s yes to what it shows posts')
tap.same(desk.show('INC-2026-0042')['event']['owner'], 'comms2',
         'and is the ack')
got = desk.tick(at='2026-03-04 15:28:01')
tap.same([rcpt(m) for m in got], ['noc1@example.net'],
         'T5: NOC is asked for facts')
tap.ok('One line is enough' in words(got[0]) and
       'how does it stand' in got[0]['subject'], 'in a line', text_of(got[0]))
tap.same(desk.tick(at='2026-03-04 16:07:59'), [], 'T4 is not early')
got = desk.tick(at='2026-03-04 16:08:01')
tap.same([rcpt(m) for m in got], ['comms2@example.net'],
         '20 minutes before: the owner is reminded')
tap.ok('due by 16:28 UTC' in words(got[0]), 'of when', text_of(got[0]))
got = desk.tick(at='2026-03-04 16:28:01')
tap.same(sorted(rcpt(m) for m in got),
         ['5550134@pager.example', 'comms1@example.net',
          'comms2@example.net'],
         'at due: owner and comms on call')
desk.run('page', check=True)
page = desk.read('state', 'public', 'index.html')
tap.ok('overdue since 16:28 UTC' in ' '.join(page.split()),
       'the page says overdue')
got = desk.answer(to(got, 'comms2@example.net'), 'same\n', sender=COMMS2,
                  at='2026-03-04 16:30')
desk.answer(to(got, 'comms2@example.net'), 'yes', sender=COMMS2,
            at='2026-03-04 16:31')
desk.run('page', check=True)
page = desk.read('state', 'public', 'index.html')
tap.ok('overdue since' not in page, 'and no more after the next update')
p, got = comms(desk, 'resolve\n\nIt works.\n')
desk.answer(p, 'yes', sender=COMMS1, at=desk.now + 30)
tap.same(desk.tick(at='2026-03-05 16:28:01'), [], 'after the end: silence')
desk.audit(tap)
desk.close()
tap.done()
