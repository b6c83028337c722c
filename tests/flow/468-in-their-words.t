#!/usr/bin/env python3
# People who write as they do at night, from a phone, in their own language:
# what is read of it, and that whoever answers a preview with anything but a
# yes gets that preview back, with nothing posted.
import json
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()
ZONED = 'Wed, 04 Mar 2026 15:06:00 +0100'

desk = Desk(members=1, number=42, at='2026-03-04 14:06')


def read(body, subject='logins', date='Wed, 04 Mar 2026 14:06:00 +0000'):
    raw = desk.compose(NOC2, IN, body + '\n', subject=subject, date=date)
    return json.loads(desk.run('explain', '--json', raw=raw).stdout)


def says(x):
    return [f['code'] for f in x['findings']]


# ---- fields, as lists and tables of the hand ----

for how, body in (
        ('hyphens', '- Severity: 2\n- Component: webmail'),
        ('stars', '* Severity: 2\n* Component: webmail'),
        ('numbers', '1. Severity: 2\n2. Component: webmail'),
        ('bullets', '\u2022 Severity: 2\n\u2022 Component: webmail'),
        ('pictures', '\U0001F534 Severity: 2\n\U0001F4E7 Component: webmail'),
        ('of five', 'Severity: 2/5\nAffected services: the webmail'),
        ('a list', 'Severity: 2\nComponents:\n- webmail'),
        ('a greeting', 'Guten Morgen zusammen,\n\nSeverity: 2\n'
         'Component: webmail'),
        ('another', 'Cze\u015b\u0107,\n\nSeverity: 2\nComponent: webmail')):
    x = read(body + '\n\nwhite page')
    tap.ok(x['decision']['steps'][0].startswith('SEV2, Webmail ') and
           says(x) == [] and x['internal'] == 'white page',
           'fields behind ' + how, x)
for subject in ('[SEV2] webmail: down', '(Sev 2) webmail: down',
                '\U0001F6A8 Sev2 webmail: down', '*SEV2* webmail: down'):
    x = read('white page', subject=subject)
    tap.ok(x['decision']['steps'][0].startswith('SEV2, Webmail '),
           'the subject ' + subject, x)
for how, written in (('a slash', ' webmail / dns'),
                     ('quotes', ' \u201cwebmail\u201d, \u201cdns\u201d'),
                     ('lines', '\n  webmail\n  dns')):
    x = read('Components:%s\n\ndown' % written)
    tap.same(x['fields'], {'Components': 'webmail, dns-hosting'}, how)
x = read('Webmail is gone.\nSeverity: 2\nSince: 13:40 UTC')
tap.ok(says(x) == ['W42'] and x['findings'][0]['write'] == 'Severity: 2',
       'fields below the text are told, not read', x)
x = read('Service:  IMAP\nHost:     mail-b-03\nOutput: refused')
tap.ok('mail-b-03' in x['internal'], 'words of monitoring are kept', x)

# ---- times, as they are said ----

for written, at in (
        ('14 Uhr 30', '13:30'), ('seit 14.30 Uhr', '13:30'),
        ('14 h 30', '13:30'), ('4. M\u00e4rz 14:30', '13:30'),
        ('4 mars 2026 14h30', '13:30'), ('vor 20 Minuten', '13:46'),
        ('il y a 20 minutes', '13:46'), ('hace 20 minutos', '13:46'),
        ('20 min', '13:46'), ('twenty minutes ago', '13:46'),
        ('14:30 in Berlin', '13:30'), ('1h30 ago', '12:36'),
        ('Wed Mar 4 13:30:02 UTC 2026', '13:30')):
    x = read('Since: %s\n\ndown' % written, date=ZONED)
    tap.ok(x['fields'].get('Started', '').startswith('2026-03-04T' + at) and
           says(x) == [], 'since ' + written, x)
for written in 'half past two', 'soon', '3pm CET', '03/04 13:30':
    x = read('Since: %s\n\ndown' % written, date=ZONED)
    tap.same((says(x), x['fields']), (['E23'], {}),
             'since %s is asked about' % written)
for written, write in (('1h30', '+1h30m'), ('17h', '+17h')):
    x = read('Next-Update: %s\n\ndown' % written)
    tap.ok(says(x) == ['E23'] and x['fields'] == {} and
           x['findings'][0]['write'] == 'Next-Update: ' + write,
           'next %s can be either' % written, x)

# ---- answers to a preview that are no yes ----

p = desk.drafted()
n = 0
for word in ('ja bitte', 'oui, merci', 's\u00ed, por favor', 'sim', 'tak',
             'passt', 'sounds good', 'publish it', 'yess', '\u2705', '...',
             'nope', 'hold on', 'cancel', 'one moment please',
             "please don't publish yet", 'yes, but change the title'):
    n += 1
    m = to(desk.answer(p, word + '\n', sender=COMMS1,
                       at='2026-03-04 14:11:%02d' % n), 'comms1@example.net')
    body = text_of(m)
    tap.ok('E40' in str(m['Sitrep-Result']) and RULER in body and
           'We are looking into it.' in body and desk.posts() == [],
           '%s: not posted, and shown again' % word, body)
m = to(desk.answer(m, 'yes\n', sender=COMMS1, at='2026-03-04 14:12'),
       'comms1@example.net')
tap.same(len(desk.posts()), 1, 'a yes to what was shown again posts it')
desk.close()

# ---- a call in the night ----

for words, owner in (("I'm on it", 'comms1'), ("I'll take it", 'comms1'),
                     ('acknowledged', 'comms1'), ('roger that', ''),
                     ('ok will look', '')):
    desk = Desk(members=1, number=42)
    desk.opened()
    call = to(desk.tick(at='2026-03-04 14:22'), 'comms1@example.net')
    m = to(desk.answer(call, words + '\n', sender=COMMS1,
                       at='2026-03-04 14:23'), 'comms1@example.net')
    tap.ok(desk.show('INC-2026-0042')['event']['owner'] == owner and
           desk.posts() == [] and (owner or 'ack' in text_of(m)),
           '%s: %s' % (words, owner or 'is told to say ack'), text_of(m))
    desk.close()

desk = Desk(members=1, number=42)
desk.posted()
m = to(desk.mail(COMMS1, say(), 'handoff to Comms Two\n',
                 subject='[INC-2026-0042]', at='2026-03-04 14:20'),
       'comms1@example.net')
tap.same(desk.show('INC-2026-0042')['event']['owner'], 'comms2',
         'handed over by the name that stands in the rota')
desk.audit(tap)
desk.close()

# ---- the fact check, in the words of its reader ----

desk = Desk(members=1, number=42)
desk.opened()
got = desk.mail(COMMS1, say(), 'draft investigating\n\nWe look.\n',
                subject='[INC-2026-0042] draft', at='2026-03-04 14:10')
desk.answer(to(got, 'noc1@example.net'), 'Nein, es ist Cluster A\n',
            sender=NOC1, at='2026-03-04 14:11')
tap.same(desk.show('INC-2026-0042')['drafts'][0]['status'], 'held',
         'nein holds the draft')
desk.close()
tap.done()
