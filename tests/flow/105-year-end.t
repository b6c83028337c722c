#!/usr/bin/env python3
# The number is of the UTC year in which the mail came, to the second.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap = Tap()
desk = Desk(members=1, at='2026-12-31 12:00')
got = desk.mail(NOC1, IN, 'one\n', subject='Sev2 cluster b: one',
                at='2026-12-31 23:59:58')
tap.same(got[0]['Sitrep-Event'], 'INC-2026-0001', '23:59:58')
got = desk.mail(NOC2, IN, 'two\n', subject='Sev2 webmail: two',
                at='2026-12-31 23:59:59')
tap.same(got[0]['Sitrep-Event'], 'INC-2026-0002', '23:59:59')
got = desk.mail(NOC1, IN, 'three\n', subject='Sev2 cluster a: three',
                at='2027-01-01 00:00:00')
tap.same(got[0]['Sitrep-Event'], 'INC-2027-0001', '00:00:00: a new count')
# Written last year, in Toronto; received this year.
got = desk.mail(NOC1, IN, 'four\n', subject='Sev3 api: four',
                date='Thu, 31 Dec 2026 18:59:00 -0500',
                at='2027-01-01 00:00:01')
tap.same(got[0]['Sitrep-Event'], 'INC-2027-0002', 'the receipt decides')

# An open incident of last year keeps its name and its clock.
got = desk.mail(COMMS1, 'incident+inc-2026-0001@in.status.example',
                'draft\n\nWe are looking into it.\n',
                subject='[INC-2026-0001] x', at='2027-01-01 00:05')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                  at='2027-01-01 00:06')
copy = to(got, RESELLER)
tap.same(copy['Message-ID'],
         '<inc-2026-0001.u1.r1.example-status@status.example>',
         'its posts keep the name')
tap.ok('/incident/2026/0001/' in text_of(copy), 'and the address')
tap.ok('Posted: 1 Jan 2027 00:06 UTC' in text_of(copy),
       'the other day is named', text_of(copy))
desk.run('page', check=True)
tap.ok(os.path.exists(desk.path('state', 'public', 'incident', '2026',
                                '0001', 'index.html')), 'its page')
got = desk.mail(NOC1, IN, 'a note\n', subject='[#2026-0001] still',
                at='2027-01-01 00:07')
tap.same(to(got, 'noc1@example.net')['Sitrep-Event'], 'INC-2026-0001',
         '#2026-0001 is last year\'s')
got = desk.mail(NOC1, 'incident+0001@in.status.example', 'a note\n',
                subject='x', at='2027-01-01 00:08')
tap.same(to(got, 'noc1@example.net')['Sitrep-Event'], 'INC-2027-0001',
         '+0001 is this year\'s')
desk.audit(tap)
desk.close()
tap.done()
