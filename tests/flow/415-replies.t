#!/usr/bin/env python3
# What the writer of a reply meant, out of mail as the programs of the world
# send it: quotes, signatures and banners go, own words stay.
import concurrent.futures
import html
import os
import re
import subprocess
import sys
import textwrap
from email.message import EmailMessage
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import replies
from rig import SITREP, Tap

ANN = 'Ann Ash'
MARIA = 'Maria Keller'
OWN = 'Replication is back, lag is 40 s and falling.'
QUOTED = 'An INTERNAL word that must not come through.'
ABOVE = 'On Wed, Mar 4, 2026 at 2:05 PM Desk <desk@status.example> wrote:'
BELOW = '\n\n' + ABOVE + '\n> ' + QUOTED + '\n'
OUTLOOK = '''<html><head><style><!--
p.MsoNormal {margin:0cm; font-size:11.0pt;}
--></style></head><body><div class="WordSection1">
<p class="MsoNormal">%s<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm
 0cm 0cm'><p class="MsoNormal">%s<o:p></o:p></p></div></div>
<p class="MsoNormal">%s<o:p></o:p></p></div></body></html>'''
GMAIL = '''<div dir="ltr">%s</div><br><div class="gmail_quote">
<div dir="ltr" class="gmail_attr">%s<br></div>
<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">%s</blockquote>
</div>'''

tap = Tap()
cases = []  # name, bytes, what was meant


def mail(name, body, meant, writer=MARIA, kind='plain'):
    m = EmailMessage()
    m['From'] = '"%s" <%s@example.net>' % (writer, 'ann')
    m['Subject'] = 'Re: [INC-2026-0042] imap down'
    m['In-Reply-To'] = '<1@status.example>'
    m.set_content(body, subtype=kind, cte='quoted-printable')
    cases.append((name, m.as_bytes(), meant))


def headers():
    for name, sender, sent, to, subject, day in replies.HEADERS:
        rows = ((sender, 'Desk <desk@status.example>'), (sent, day),
                (to, 'Ann Ash <ann@example.net>'), (subject, 'imap down'))
        mail('header, ' + name, '%s\n\n%s\n\n%s\n' % (
            OWN, '\n'.join('%s: %s' % r for r in rows), QUOTED), OWN)
        mail('Outlook, ' + name, OUTLOOK % (OWN, '<br>'.join(
            '<b>%s:</b> %s' % (k, html.escape(v)) for k, v in rows), QUOTED),
            OWN, kind='html')


def attributions():
    for line in replies.ATTRIBUTIONS:
        wrapped = '\n'.join(textwrap.wrap(line, 60, break_long_words=False,
                                          break_on_hyphens=False))
        name = 'above a quote: ' + line[:40]
        mail(name, '%s\n\n%s\n\n> %s\n' % (OWN, line, QUOTED), OWN)
        mail(name, '%s\n\n%s\n\n> %s\n' % (OWN, wrapped, QUOTED), OWN)
        mail(name, '%s\n\n> %s\n> \n> %s\n' % (OWN, line, QUOTED), OWN)
        mail(name, '%s\n> \n> %s\n\n%s\n' % (line, QUOTED, OWN), OWN)
        mail(name, GMAIL % (OWN, html.escape(line), QUOTED), OWN, kind='html')


def dressed():
    for line in replies.DEVICES:
        mail('device: ' + line[:40], OWN + '\n\n' + line + BELOW, OWN)
    for writer, below in replies.SIGNATURES:
        name = 'signature: ' + below[:40]
        mail(name, OWN + '\n\n' + below + BELOW, OWN, writer)
        mail(name, ABOVE + '\n> ' + QUOTED + '\n\nyes\n\n' + below, 'yes',
             writer)
    for banner in replies.BANNERS:
        mail('banner: ' + banner[:40], banner + '\n\nyes' + BELOW, 'yes')
        mail('banner: ' + banner[:40],
             '<table><tr><td>%s</td></tr></table><p>yes</p>' %
             html.escape(banner), 'yes', kind='html')


def others():
    for text in replies.OWN_WORDS:
        mail('own words: ' + text[:40], text + BELOW, text)
        mail('own words alone: ' + text[:40], text, text)
    for name, body, meant in replies.CLIENTS:
        mail(name, body, meant)
    for name, body, meant in replies.PAGES:
        mail(name + ', HTML', body, meant, kind='html')


def lines(text):
    text = text.replace('\xa0', ' ')
    return [re.sub(r'\s+', ' ', line).strip() for line in text.splitlines()
            if line.strip()]


def read(case):
    return subprocess.run([SITREP, 'explain', '--reply'], input=case[1],
                          stdout=subprocess.PIPE, timeout=60).stdout.decode()


headers()
attributions()
dressed()
others()
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    for case, got in zip(cases, pool.map(read, cases)):
        tap.same(lines(got), lines(case[2]),
                 case[0].replace('\n', ' ').replace('#', ''))
tap.done()
