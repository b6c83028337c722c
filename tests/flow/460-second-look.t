#!/usr/bin/env python3
"""What a fresh reader stumbled over: somebody who is handed an incident and
sleeps, and what else went by without a word."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *  # noqa: E402,F403
from rig import CONF  # noqa: E402

tap = Tap()
NAME = 'INC-2026-0042'
PAGED = CONF.replace(
    '"comms2@example.net" }}  roles = {{ "comms" }}',
    '"comms2@example.net" }}  roles = {{ "comms" }}  '
    'page = {{ "5550135@pager.example" }}')


def words(m):
    return ' '.join(text_of(m).replace('\r', '').split())


def on(at):
    return at if '-' in at else '2026-03-04 ' + at


def got_pages(got):
    """Who got a page as a mail, and whose pager rang."""
    return sorted(rcpt(m) for m in got if 'YOU HAVE IT' in str(m['Subject'])
                  or '.page@' in m['Message-ID'])


def phase(desk, name=NAME):
    return desk.show(name)['event']['phase']


# ---- Handoff: NAME, of one who has not said that he has it ----
# Symptom: T1 and T2 were cancelled, and the new owner got a mail without a
# question.  Cause: an owner who was named passed for one who had answered.
desk = Desk(members=1, number=42, conf=PAGED)
got = desk.mail(NOC1, IN, 'Handoff: comms2\n\nall logins fail\n',
                subject='Sev1 cluster b: imap', at=on('03:06'))
tap.same(got_pages(got), ['5550134@pager.example', '5550135@pager.example',
                          'comms1@example.net', 'comms2@example.net'],
         'a SEV1 for comms2: he is paged, and so is who is on call')
m = to(got, 'comms2@example.net')
tap.ok('Reply YES to publish exactly the text between the rulers' in words(m),
       'with the draft and the question', text_of(m))
tap.ok(to(got, 'exec1@example.net') is not None, 'the executives hear of it')
tap.same((phase(desk), desk.show(NAME)['event']['owner']),
         ('handed_off', ''), 'handed off, nobody has it yet')
tap.ok('handed to Comms Two and Comms One' in
       words(to(got, 'commslead@example.net')), 'to whom, says the copy',
       text_of(to(got, 'commslead@example.net')))
tap.same(got_pages(desk.tick(on('03:11')))[-2:],
         ['comms1@example.net', 'comms2@example.net'],
         'without an answer T2 climbs')
got = desk.answer(m, 'ack', sender=COMMS2, at=on('03:12'))
tap.same((phase(desk), desk.show(NAME)['event']['owner']),
         ('owned', 'comms2'), 'his ack makes it his')
tap.same(got_pages(desk.tick(on('03:20'))), [], 'and ends the paging')
desk.audit(tap)
desk.close()

desk = Desk(members=1, number=42, conf=PAGED)
receipt = to(desk.opened(), 'noc1@example.net')
desk.tick(on('14:21'))
got = desk.answer(receipt, 'handoff comms2\n', sender=NOC1, at=on('14:23'))
tap.same(got_pages(got), ['5550135@pager.example', 'comms2@example.net'],
         'after T1 to another: he is paged')
tap.ok('Reply YES to publish' in words(to(got, 'comms2@example.net')),
       'with the draft', text_of(to(got, 'comms2@example.net')))
tap.ok('handed to Comms Two 14:23 UTC' in words(to(got, 'comms1@example.net')),
       'and who was paged before is told',
       text_of(to(got, 'comms1@example.net')))
m = to(got, 'noc1@example.net')
tap.ok(str(m['Subject']).startswith('[%s] Handed over' % NAME),
       'the receipt says what was done', m['Subject'])
tap.same(phase(desk), 'handed_off', 'until he answers nobody has it')
tap.same(got_pages(desk.tick(on('14:26'))),
         ['5550134@pager.example', '5550135@pager.example',
          'comms1@example.net', 'comms2@example.net'],
         'T2 is due when it was: at 14:26')
desk.audit(tap)
desk.close()

# Symptom: a pager that had rung once was never rung again by somebody's word.
# Cause: all those pages had one Message-ID, and the second was no letter.
desk = Desk(members=1, number=42, conf=PAGED)
receipt = to(desk.opened(), 'noc1@example.net')
desk.tick(on('14:21'))
for at in ('14:22', '14:24'):
    got = desk.answer(receipt, 'escalate comms1\n\nat %s\n' % at, sender=NOC1,
                      at=on(at))
    tap.ok(to(got, '5550134@pager.example') is not None,
           'each word that calls him rings his pager', [rcpt(m) for m in got])
desk.close()

desk = Desk(members=1, number=42, conf=PAGED)
desk.opened()
got = desk.mail(COMMS2, IN, 'handoff comms2\n', at=on('14:08'),
                subject='[%s] x' % NAME)
tap.same((phase(desk), desk.show(NAME)['event']['owner'], got_pages(got)),
         ('owned', 'comms2', []), 'who takes it himself has answered')
got = desk.mail(COMMS2, IN, 'handoff comms1\n', at=on('14:10'),
                subject='[%s] x' % NAME)
tap.same((desk.show(NAME)['event']['owner'], got_pages(got)), ('comms1', []),
         'at a change of the shift it passes on without a page')
tap.ok('handed over to Comms One' in words(to(got, 'comms1@example.net')),
       'the new one is told')
got = desk.mail(NOC1, IN, 'handoff comms2\n', at=on('14:12'),
                subject='[%s] x' % NAME)
tap.ok('handed over to Comms Two' in words(to(got, 'comms1@example.net')),
       'by whomever it was said: the old one as well',
       [rcpt(m) for m in got])
desk.audit(tap)
desk.close()

# ---- reports that begin like an answer ----
# Symptom: "Your mail is kept, but belongs to no event."; E10 for one word under
# a subject that says it all.  Cause: what looked like an answer wasn't a report,
# though there was nothing to answer.
for who, subject, body, note in (
        (NOC1, 'cluster b', 'ok so cluster b is down again\n', 'ok so cluster'),
        (SUPPORT, 'cluster b', 'Yes, we have a full outage\n', 'full outage'),
        (EXEC, 'dns', 'Go ahead and tell Marketing: DNS is down\n', 'Go ahead'),
        (SEC, '', 'OK, it is really bad\n', 'really bad'),
        (NOC1, 'x', 'yes\n\ncluster b is down\n', 'is down'),
        (NOC1, 'cluster b', 'No logins possible\n', 'No logins possible'),
        (NOC1, 'cluster b: imap down', 'Wrong: logins fail\n', 'logins fail'),
        (NOC1, 'cluster b: imap down', 'Stop of all mail\n', 'of all mail'),
        (NOC1, 'Sev1 dns: down', 'ok\n', ''),
        (NOC1, 'cluster b: imap down', 'sev1\n', ''),
        (NOC1, 'phones', 'sev 2\n', ''),
        (NOC1, 'cluster b: imap down', 'handoff now\n', ''),
        (NOC1, 'cluster b: imap down', 'new\n', ''),
        (NOC1, 'phones', 'new\n', ''),
        (NOC1, 'cluster b: imap down', 'investigating\n', ''),
        (COMMS1, 'cluster b', 'ok so cluster b is down again\n', 'ok so')):
    desk = Desk(members=1, number=42)
    got = desk.mail(who, IN, body, subject=subject, at=on('14:06'))
    m = to(got, address_of(who))
    notes = [n['text'] for n in desk.show(NAME)['notes']] \
        if desk.sql('SELECT * FROM event') else None
    tap.ok(notes is not None and (note == '' or note in ' '.join(notes)) and
           'E1' not in m['Sitrep-Result'],
           '%r under %r: opened' % (body, subject),
           '%s %s' % (notes, text_of(m)))
    if 'Wrong' in body or 'No' in body:
        tap.ok('Objection' not in str(notes) and 'objects' not in words(m),
               'and objects to nothing', '%s %s' % (notes, text_of(m)))
    desk.audit(tap)
    desk.close()
for who, body in ((COMMS1, 'yes'), (NOC1, 'ack'), (COMMS1, 'hold'),
                  (NOC1, 'resolve'), (NOC1, 'who')):
    desk = Desk(members=1, number=42)
    desk.mail(who, IN, body, subject='Re: x', at=on('14:06'))
    tap.same(desk.sql('SELECT count(*) FROM event'), [(0,)],
             '%s under a subject that names nothing opens nothing' % body)
    desk.close()
desk = Desk(members=1, number=42)
receipt = to(desk.opened(), 'noc1@example.net')
m = to(desk.answer(receipt, 'new\n', sender=NOC1, at=on('14:08')),
       'noc1@example.net')
tap.same((m['Sitrep-Result'], phase(desk, 'INC-2026-0043')), ('ok', 'open'),
         'new in a reply opens one')
desk.close()

# ---- nearly a yes to a preview, or words without a verb ----
# Symptom: "Noted. No command read", and the draft that waits wasn't mentioned
# until T6; "yep": reply with this line, on an answer that shows no draft.
for body, noted in (('looks good', False), ('LGTM', False), ('sure', False),
                    ('Please post', False), ('yep', False),
                    ('Looks good to me, thanks\n\nComms One', False),
                    ('All logins work again since noon.', True),
                    ('Good, but webmail fails too', True)):
    desk = Desk(members=1, number=42)
    draft = desk.drafted()
    got = desk.answer(draft, body + '\n', sender=COMMS1, at=on('14:12'))
    m = to(got, 'comms1@example.net')
    tap.ok('E40' in m['Sitrep-Result'] and desk.posts() == [] and
           'Reply YES to publish exactly the text between the rulers' in
           words(m) and 'We are looking into it.' in words(m),
           '%r: not posted, and the draft is shown again' % body, text_of(m))
    tap.same(any(body in n['text'] for n in desk.show(NAME)['notes']), noted,
             'a note it is' if noted else 'and no note')
    desk.answer(m, 'yes', sender=COMMS1, at=on('14:13'))
    tap.same(len(desk.posts()), 1, 'the yes to that posts it')
    desk.audit(tap)
    desk.close()
desk = Desk(members=1, number=42)
desk.opened()
handed = to(desk.tick(on('14:21')), 'comms1@example.net')
m = to(desk.answer(handed, 'I am in the train\n', at=on('14:22')),
       'comms1@example.net')
tap.ok('Nobody has taken the incident yet: reply ack' in words(m),
       'words on a hand-off take nothing, and that is said', text_of(m))
desk.close()

# ---- it is broken again, in reply to the last copy ----
# Symptom: the receipt said who objects, and nothing of what to do.
desk = Desk(members=1, number=42)
desk.posted()
draft = to(desk.mail(COMMS1, say(), 'resolve\n\nAll fine.\n',
                     subject='[%s] x' % NAME, at=on('14:30')),
           'comms1@example.net')
last = to(desk.answer(draft, 'yes', sender=COMMS1, at=on('14:31')),
          'noc1@example.net')
m = to(desk.answer(last, 'No! cluster b is down again\n', sender=NOC1,
                   at=on('14:40')), 'noc1@example.net')
tap.ok('If it is broken again, mail a new report' in words(m),
       'an objection to what is closed: how to report it anew', text_of(m))
desk.audit(tap)
desk.close()

# ---- two reports of one component within five minutes ----
# Symptom: paged for the first, and two minutes later for the second.
desk = Desk(members=1, number=42)
desk.opened()
desk.opened(body='imap broken on b\n', at=on('14:08'), who=NOC2)
got = desk.tick(on('14:21'))
m = to(got, '5550134@pager.example')
tap.ok('INC-2026-0042 and INC-2026-0043' in words(m), 'the page names both',
       text_of(m))
m = to(got, 'comms1@example.net')
tap.ok('INC-2026-0043, by NOC Two at 14:08 UTC' in words(m), 'so does its mail',
       text_of(m))
got = desk.tick(on('14:23'))
tap.same(got_pages(got), [], 'the second is no second page')
m = to(got, 'comms1@example.net')
tap.ok('The page about INC-2026-0042 at 14:21 UTC was for this as well' in
       words(m) and 'Reply YES to publish exactly' in words(m),
       'but a mail with its draft', text_of(m))
tap.same(phase(desk, 'INC-2026-0043'), 'handed_off', 'and it is handed off')
desk.answer(m, 'ack', at=on('14:24'))
tap.same([phase(desk, n) for n in (NAME, 'INC-2026-0043')],
         ['handed_off', 'owned'], 'each is taken by itself')
tap.same(got_pages(desk.tick(on('14:26'))),
         ['5550134@pager.example', 'comms1@example.net', 'comms2@example.net'],
         'T2 of the other runs on')
desk.audit(tap)
desk.close()
desk = Desk(members=1, number=42)
desk.opened()
got = desk.opened(subject='Sev1 cluster b: imap', at=on('14:08'), who=NOC2)
tap.ok(got_pages(got) != [], 'what is worse is paged at once')
desk.tick(on('14:10'))
desk.opened(body='pop too\n', at=on('14:12'), subject='Sev2 cluster b: pop')
tap.ok(got_pages(desk.tick(on('14:27'))) != [],
       'what came after the page was sent is paged')
desk.close()

# ---- yes from a page target ----
# Symptom: its yes, sent to a stolen hand-off address, published.
# Cause: it counts as its person's address at A0k, and so for more than ack.
desk = Desk(members=1, number=42)
desk.opened()
handed = to(desk.tick(on('14:21')), 'comms1@example.net')
got = desk.answer(handed, 'yes', sender='Comms One <5550134@pager.example>',
                  auth=None, at=on('14:22'))
m = to(got, 'comms1@example.net')
tap.same((desk.posts(), m['Sitrep-Result']), ([], 'E43'),
         'from a pager: not posted')
got = desk.answer(handed, 'yes', auth=None, at=on('14:23'))
tap.same(len(desk.posts()), 1, 'unproved from his own address: stock text is')
desk.close()

# ---- Void ..., of something else ----
# Symptom: "Void warranty on the SAN" ended the incident.
desk = Desk(members=1, number=42)
receipt = to(desk.opened(), 'noc1@example.net')
got = desk.answer(receipt, 'Void warranty on the SAN\n', sender=NOC1,
                  at=on('14:10'))
ask = to(got, 'noc1@example.net')
tap.same((phase(desk), ask['Sitrep-Result']), ('open', 'E43'),
         'void and what explains no false alarm: asked')
tap.ok('Void warranty on the SAN' in
       [n['text'] for n in desk.show(NAME)['notes']], 'the line is a note',
       desk.show(NAME)['notes'])
desk.answer(ask, 'yes', at=on('14:11'))
tap.same(phase(desk), 'void', 'meant as that: yes')
desk.close()
for why in ('False alarm', 'void the probe was broken', 'Void: test',
            'void belongs to INC-2026-0041', 'void duplicate'):
    desk = Desk(members=1, number=42)
    receipt = to(desk.opened(), 'noc1@example.net')
    got = desk.answer(receipt, why + '\n', sender=NOC1, at=on('14:10'))
    tap.ok(phase(desk) == 'void' or
           'say why' in words(to(got, 'noc1@example.net')),
           '%r is done at once' % why, text_of(to(got, 'noc1@example.net')))
    desk.close()

# ---- opened and over in one mail ----
# Symptom: "INC-... is open. Marketing at 14:06 UTC" beside "is closed".
for body in ('Status: resolved\n\nall good\n', 'void test\n'):
    desk = Desk(members=1, number=42)
    m = to(desk.mail(NOC1, IN, body, subject='Sev1 dns: down', at=on('14:06')),
           'noc1@example.net')
    tap.ok('is open' not in words(m) and 'Marketing at' not in words(m) and
           re.search('is closed quietly|is void', words(m)),
           '%r: the receipt says what it is now' % body, text_of(m))
    tap.ok('Opened' not in str(m['Subject']), 'so does its subject',
           m['Subject'])
    desk.audit(tap)
    desk.close()

# ---- the first post's page, of what was taken before it was handed off ----
# Symptom: "no post since 14:23", the time of the page itself; a first post
# that was due in 1970.  Cause: no hand-off, so no time of it.
desk = Desk(members=1, number=42, conf=PAGED)
desk.mail(COMMS1, IN, 'imap is down\n', subject='Sev2 cluster b: imap',
          at=on('14:08'))
got = sum((desk.tick(on(at)) for at in ('14:23', '14:33')), [])
m = to(got, '5550135@pager.example')
tap.ok('no post since 14:08' in words(m), 'since it was reported', text_of(m))
m = to(got, 'comms2@example.net')
tap.ok('The first public post was due at 14:23 UTC' in words(m),
       'and when it was due', text_of(m))
desk.audit(tap)
desk.close()

tap.done()
