#!/usr/bin/env python3
# Subscribing by mail: asked, confirmed by the address, welcomed; leaving; the
# bounds of promise P8; what proves nothing changes nothing (P9).
import os
import re
import sys
import tempfile
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
if os.access('/dev/shm', os.W_OK):
    tempfile.tempdir = '/dev/shm'
from desk import Desk, rcpt, text_of  # noqa: E402
from rig import Tap  # noqa: E402

tap = Tap()
desk = Desk(members=2, number=42)
LIST = 'example-status'
AT = '@in.status.example'
NEW = 'Ann <ann@reseller9.example>'
DAY = 86400


def at(word):
    return LIST + '-' + word + AT


def status(address):
    got = desk.sql('SELECT status FROM member WHERE folded = ?', address)
    return got[0][0] if got else None


def verdict():
    return desk.sql('SELECT verdict FROM handled ORDER BY message_id DESC '
                    'LIMIT 1')[0][0]


def wellformed(m):
    """RFC 5322, 2369, 2919, 3834: what each of these mails must be."""
    raw, bad = m.as_bytes(), []
    for name in ('From', 'To', 'Subject', 'Date', 'Message-ID', 'List-Id',
                 'List-Help', 'List-Owner', 'Auto-Submitted', 'Reply-To',
                 'MIME-Version'):
        if len(m.get_all(name, [])) != 1:
            bad.append(name)
    if m.defects or any(len(x) > 998 for x in raw.split(b'\n')):
        bad.append('defects')
    if any(b > 126 for b in raw):
        bad.append('not 7 bit')
    if m['Return-Path'].strip() != '<>':
        bad.append('sender %s' % m['Return-Path'])
    if (m['Auto-Submitted'] == 'auto-replied') != bool(m['In-Reply-To']):
        bad.append('threading')
    if m['X-Auto-Response-Suppress'] != 'All' or 'Sitrep-Event' in m:
        bad.append('headers')
    if any(len(x) > 76 and 'http' not in x and '@' not in x
           for x in text_of(m).split('\n')):
        bad.append('long lines')
    if text_of(m).endswith('\n\n') or '(null)' in text_of(m):
        bad.append('end')
    return bad


seen = []


def ours(got):
    """Without what the desk itself sends to its people."""
    return [m for m in got if m['Sitrep-Internal'] is None]


def mail(*args, **more):
    got = desk.mail(*args, **more)
    seen.extend(x for x in got if x['Sitrep-Internal'] is None and
                x['Sitrep-Update'] is None)
    return got


# ---- the usual way
desk.posted()
got = mail(NEW, at('subscribe'), 'Please let me in. My canary is 4711.\n',
           subject='canary 4712', at='2026-03-04 14:20')
tap.same([rcpt(m) for m in got], ['ann@reseller9.example'],
         'one mail asks the address')
ask = got[0]
tap.ok(re.match('<confirm\\.\\d+\\.example-status@status\\.example>$',
                ask['Message-ID']) and
       re.match(r'example-status-confirm\+[a-z2-7]{26}@in', ask['Reply-To']),
       'with an address to confirm at', ask)
tap.ok('4711' not in ask.as_string() and '4712' not in ask.as_string() and
       'Please let' not in ask.as_string(), 'nothing of the asker is in it')
tap.ok('https://status.example/c/' in text_of(ask), 'and a page', text_of(ask))
tap.same(status('ann@reseller9.example'), None, 'nothing has changed')

# what confirms nothing
token = re.search(r'\+([a-z2-7]{26})@', ask['Reply-To']).group(1)
other = token[:-1] + ('a' if token[-1] != 'a' else 'b')
for who, to_, more, why in (
        ('Eve <eve@reseller9.example>', ask['Reply-To'], {}, 'another address'),
        (NEW, at('confirm+' + other), {}, 'a wrong token'),
        (NEW, at('unsubscribe+' + token), {}, 'another purpose'),
        (NEW, ask['Reply-To'], {'headers': ('Auto-Submitted: auto-replied',)},
         'a vacation'),
        (NEW, ask['Reply-To'], {'headers': ('X-Zammad-Ticket-Id: 7',)},
         'a ticket system'),
        (NEW, ask['Reply-To'], {'headers': (
            'X-Auto-Response-Suppress: All',)}, 'a program of another kind'),
        (NEW, ask['Reply-To'], {'subject': 'Automatic reply: x'},
         'a vacation without a header')):
    got = mail(who, to_, 'yes\n', at=desk.now + 1, **more)
    tap.ok(got == [] and status('ann@reseller9.example') is None,
           'does nothing: ' + why, got)

got = desk.answer(ask, 'whatever I write here\n', sender=NEW, at=desk.now + 60)
seen += got
tap.same([rcpt(m) for m in got], ['ann@reseller9.example'], 'a welcome')
hello = got[0]
tap.same(status('ann@reseller9.example'), 'active', 'a member')
tap.ok('INC-2026-0042' in text_of(hello) and 'Open now' in text_of(hello) and
       'https://status.example/incident/2026/0042/' in text_of(hello),
       'with what is open', text_of(hello))
tap.ok(hello['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click' and
       hello['List-Unsubscribe'].count('<') == 2, 'and how to leave')
tap.ok(desk.sql('SELECT consent FROM member WHERE folded = '
                "'ann@reseller9.example'")[0][0] > 0, 'the proof is kept')
got = desk.answer(ask, 'again\n', sender=NEW, at=desk.now + 60)
tap.same((got, verdict()), ([], 'confirm:unverified'), 'once is enough')

# ---- she gets the next update, and leaves by its header
got = desk.mail('Comms One <comms1@example.net>',
                'incident+inc-2026-0042' + AT,
                'draft monitoring\n\nWe watch it.\n',
                subject='[INC-2026-0042] x', at=desk.now + 60)
got = desk.answer([m for m in got if rcpt(m) == 'comms1@example.net'][0],
                  'yes', sender='Comms One <comms1@example.net>',
                  at=desk.now + 60)
copy = [m for m in got if rcpt(m) == 'ann@reseller9.example']
tap.same(len(copy), 1, 'the next update reaches her')
leave = re.search(r'<mailto:([^>]*)>', copy[0]['List-Unsubscribe']).group(1)
mail(NEW, leave, 'x\n', at=desk.now + 60)
tap.same(status('ann@reseller9.example'), 'left', 'one click by mail')
done = desk.run('list', LIST, 'add', 'ann@reseller9.example')
tap.ok(done.returncode == 1 and status('ann@reseller9.example') == 'left',
       'no command of ours brings her back', done.stderr)
old = desk.answer(ask, 'again\n', sender=NEW, at=desk.now + 60)
tap.same((old, status('ann@reseller9.example')), ([], 'left'),
         'nor a question that was answered')
got = mail(NEW, at('subscribe'), 'subscribe first-last\n', at=desk.now + 60)
tap.same(len(got), 1, 'she asks again, proved, and is asked')
got = desk.answer(got[0], 'ok', sender=NEW, at=desk.now + 60)
seen += got
tap.same((len(got), status('ann@reseller9.example')), (1, 'active'),
         'her own word brings her back')
tap.same(desk.sql("SELECT delivery FROM member WHERE folded = "
                  "'ann@reseller9.example'"), [('first-last',)],
         'with what she asked for')

# ---- leaving without a token
got = mail(NEW, at('unsubscribe'), 'unsubscribe\n', at=desk.now + 60)
tap.same((len(got), status('ann@reseller9.example')), (1, 'left'),
         'a proved sender leaves at once')
bye = text_of(got[0])
got = mail('Bob <bob@reseller8.example>', at('unsubscribe'), 'x\n',
           at=desk.now + 60)
tap.same([text_of(m) for m in got], [bye], 'who never was there reads the same')
got = mail('R1 <r1@reseller1.example>', at('unsubscribe'), 'x\n', auth=None,
           at=desk.now + 60)
tap.same((len(got), status('r1@reseller1.example')), (1, 'active'),
         'nobody vouches for him: he is asked')
question = got[0]
got = desk.answer(question, 'yes', sender='R1 <r1@reseller1.example>',
                  at=desk.now + 60, auth=None)
seen += got
tap.same((len(got), status('r1@reseller1.example')), (1, 'left'),
         'and his reply takes him off')

# ---- three days
got = mail('Cy <cy@reseller7.example>', at('subscribe'), 'x\n',
           at=desk.now + 60)
late = desk.answer(got[0], 'yes', sender='Cy <cy@reseller7.example>',
                   at=desk.now + 3 * DAY + 1)
tap.same((ours(late), status('cy@reseller7.example')), ([], None),
         'after 72 hours nothing comes of it')
got = mail('Cy <cy@reseller7.example>', at('subscribe'), 'x\n',
           at=desk.now + 60)
late = desk.answer(got[0], 'yes', sender='Cy <cy@reseller7.example>',
                   at=desk.now + 3 * DAY - 10)
tap.same(status('cy@reseller7.example'), 'active', 'shortly before it does')

# ---- the bounds: a victim whom others subscribe
COUNT = 1000 if os.environ.get('CHECK_LONG') else 60
VICTIM = 'Victim <victim@other.example>'
start = desk.now
got = []
for i in range(COUNT):
    desk.now = start + i
    raw = desk.compose(VICTIM, at('subscribe'), 'n%d\n' % i,
                       auth=(None, 'fail')[i % 2])
    desk.deliver(raw, at('subscribe'), 'a%d@bad%d.example' % (i, i))
got = desk.out()
tap.same([rcpt(m) for m in got], ['victim@other.example'],
         '%d forged requests ask once' % COUNT)
for day in range(1, 31):
    desk.now = start + COUNT + day * (DAY - 3000)
    raw = desk.compose(VICTIM, at(('subscribe', 'unsubscribe', 'request')
                                  [day % 3]), 'unsubscribe\n', auth=None)
    desk.deliver(raw, at('subscribe'), 'a@bad.example')
got += desk.out()
tap.same(len(got), 3, 'and three times in a month')
tap.same(desk.sql('SELECT count(*), sum(repeats) > 50 FROM pending WHERE '
                  "folded = 'victim@other.example'"), [(3, 1)],
         'the others are counted')

# ---- everybody together
desk.now += 40 * DAY
text = desk.read('sitrep.conf')
desk.write('sitrep.conf', text.replace('silence =',
                                       'confirm_rate = 8\nsilence ='))
for i in range(20):
    raw = desk.compose('x%d@many%d.example' % (i, i // 10), at('subscribe'),
                       'n\n', auth=None)
    desk.deliver(raw, at('subscribe'), 'x@bad.example')
got = desk.out()
tap.same(sorted(rcpt(m) for m in got),
         ['x0@many0.example', 'x10@many1.example', 'x11@many1.example',
          'x1@many0.example'], 'a quarter for one domain')
tap.same(verdict(), 'limited', 'what is too much is said in the journal')
for i in range(20):
    raw = desk.compose('x%d@many%d.example' % (i, i + 50), at('subscribe'),
                       'n\n', auth=None)
    desk.deliver(raw, at('subscribe'), 'x@bad.example')
tap.same(len(desk.out()), 4, 'and a bound for all')
desk.write('sitrep.conf', text)

# ---- machines, and addresses of ours
desk.now += DAY
for headers, who in (
        (('Precedence: bulk',), NEW), (('List-Id: <x.example>',), NEW),
        (('Auto-Submitted: auto-generated',), NEW),
        (('X-Auto-Response-Suppress: All',), NEW),
        ((), 'Mailer <mailer-daemon@x.example>'),
        ((), 'No <noreply@x.example>'),
        ((), 'Us <incident@in.status.example>'),
        ((), 'Us <example-status-request@in.status.example>'),
        ((), 'Us <status@status.example>'),
        ((), 'A <a@x.example>, B <b@x.example>'), ((), 'group: a@b.example;'),
        ((), '<|cmd@x.example>'), ((), '<../../x@x.example>'),
        ((), '<a@[127.0.0.1]>'), ((), '<%s@x.example>' % ('a' * 300))):
    for word in ('subscribe', 'unsubscribe', 'request'):
        raw = desk.compose(who, at(word), 'subscribe\n', headers=headers)
        desk.deliver(raw, at(word), 'a@x.example')
    got = desk.out()
    tap.same([rcpt(m) for m in got], [],
             'no answer: %s %s' % (who[:40], ' '.join(headers)))

# ---- in the list's language, or the member's
for lang, words in (('fr', 'Pour confirmer'), ('de', 'Zum Best'),
                    ('es', 'Para confirmar'), ('pt', 'Para confirmar'),
                    ('nl', 'To confirm')):
    desk.write('lists/in-%s.conf' % lang, """list "in-%s" {
	from = "L <in-%s@status.example>"
	language = "%s"
}
""" % (lang, lang, lang))
    who = 'u@%s.example' % lang
    first = mail(who, 'in-%s-subscribe' % lang + AT, 'x\n', at=desk.now + 60)
    hello = desk.answer(first[0], 'ok', sender=who, at=desk.now + 60)
    help_ = mail(who, 'in-%s-request' % lang + AT, 'help\n', at=desk.now + 60)
    bye = mail(who, 'in-%s-unsubscribe' % lang + AT, 'x\n', at=desk.now + 60)
    seen += hello
    tap.ok(words in text_of(first[0]) and
           len(first + hello + help_ + bye) == 4 and
           all((lang in ('de', 'nl')) or 'Your ' not in text_of(m)
               for m in hello + bye), 'in ' + lang,
           [text_of(m) for m in first + hello])
    tap.ok('Write `help`' not in text_of(help_[0]), 'help names itself once',
           text_of(help_[0]))
    if lang == 'fr':
        tap.ok(re.search(r'fin le \d+ (janv|févr|mars|avril|mai|juin|juil|'
                         r'août|sept|oct|nov|déc)[a-z.]* \d{4} \d\d:\d\d UTC',
                         ' '.join(text_of(first[0]).split())),
               'the last day, too', text_of(first[0]))
        got = mail(who, 'in-fr-request' + AT, 'get INC-2026-0042\n',
                   at=desk.now + 60)
        tap.ok('Publié: 4 mars 2026' in text_of(got[0]) and
               'Posted' not in text_of(got[0]), 'and what was posted',
               text_of(got[0]))

# ---- closed lists
desk.write('lists/accounts.conf', '''list "accounts" {
	from = "Accounts <accounts@status.example>"
	kind = "account"
}
''')
desk.run('list', 'accounts', 'add', 'known@reseller5.example', check=True)
got = mail(NEW, 'accounts-subscribe' + AT, 'subscribe\n', at=desk.now + DAY)
tap.ok(len(got) == 1 and 'closed list' in text_of(got[0]) and
       'accounts-owner@' in text_of(got[0]) and
       'List-Subscribe' not in got[0], 'and says whom to ask',
       [text_of(m) for m in got])
got = mail('K <known@reseller5.example>', 'accounts-unsubscribe' + AT, 'x\n',
           at=desk.now + 60)
tap.same(status('known@reseller5.example'), 'nomail', 'leaving is nomail there')
got = mail('K <known@reseller5.example>', 'accounts-subscribe' + AT, 'x\n',
           at=desk.now + 60)
tap.ok(status('known@reseller5.example') == 'active' and len(got) == 1,
       'and who is kept on it comes back', [text_of(m) for m in got])

bad = ['%s: %s' % (m['Message-ID'], wellformed(m)) for m in seen
       if wellformed(m)]
tap.ok(len(seen) > 8 and not bad, '%d mails are well formed' % len(seen),
       '\n'.join(bad) + '\n' + (seen[0].as_string() if bad else ''))
desk.close()
tap.done()
