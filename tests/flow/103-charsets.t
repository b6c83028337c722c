#!/usr/bin/env python3
# Mail as programs of the world write it: what the reader sees is what the
# writer typed, in the note, in the preview and in the public mail.
import base64
import os
import quopri
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *

tap, desk = Tap(), Desk(members=1, number=42)
desk.opened()


def raw(body, charset, encoding='8bit', more='', kind='text/plain'):
    head = desk.compose(COMMS1, say(), '', subject='[INC-2026-0042] x',
                        headers=['MIME-Version: 1.0',
                                 'Content-Type: %s; charset=%s%s' %
                                 (kind, charset, more),
                                 'Content-Transfer-Encoding: ' + encoding])
    return head + body


def draft_of(data, what, want, result='ok'):
    desk.now += 60
    desk.deliver(data, say(), 'comms1@example.net')
    m = to(desk.out(), 'comms1@example.net')
    if not tap.ok(m is not None and m['Subject'].startswith('[PREVIEW]'),
                  what + ': a preview', m and (m['Subject'], text_of(m))):
        return None
    ruled = text_of(m).split(RULER)[1].replace('\r', '')
    tap.ok(want in ' '.join(ruled.split()), what + ': the text', ruled)
    tap.same(m['Sitrep-Result'], result, what + ': result')
    return m


def words(s, charset):
    return ('draft investigating\n\n%s\n' % s).encode(charset)


EN = 'L\u2019\u00e9quipe \u2013 \u201ccluster B\u201d \u2013 50 \u20ac\u2026'
draft_of(raw(words(EN, 'cp1252'), 'windows-1252'), 'CP1252', EN)
draft_of(raw(words(EN, 'cp1252'), 'iso-8859-1'), 'CP1252 that says Latin 1',
         EN)
draft_of(raw(quopri.encodestring(words(EN, 'cp1252')), 'Windows-1252',
             'quoted-printable'), 'CP1252, quoted-printable', EN)
JP = '\u30e1\u30fc\u30eb\u306b\u969c\u5bb3\u304c\u3042\u308a\u307e\u3059'
draft_of(raw(words(JP, 'iso-2022-jp'), 'ISO-2022-JP', '7bit'), 'ISO-2022-JP',
         JP)
RU = '\u041f\u043e\u0447\u0442\u0430 \u043d\u0435 ' \
     '\u0440\u0430\u0431\u043e\u0442\u0430\u0435\u0442'
draft_of(raw(words(RU, 'koi8-r'), 'koi8-r'), 'KOI8-R', RU)
draft_of(raw(b'draft investigating\n\nbroken \xff\xfe here\n', 'utf-8'),
         'invalid UTF-8', 'broken \ufffd\ufffd here', 'W48')
draft_of(raw(base64.encodebytes(words(EN, 'utf-8')), 'utf-8', 'base64'),
         'base64', EN)
draft_of(raw(words(EN, 'utf-8'), 'x-no-such-charset'), 'an unknown charset',
         'cluster B', 'W48')
draft_of(raw(b'draft investigating\n\nAll mail of cluster \nB is delayed; we '
             b'are work\ning on it.\n'.replace(b'work\n', b'work \n'),
             'utf-8', '7bit', '; format=flowed; delsp=yes'),
         'format=flowed, DelSp', 'All mail of clusterB is delayed; we are '
         'working on it.')
draft_of(raw(b'draft investigating\n\nAll mail of cluster \nB is delayed.\n',
             'utf-8', '7bit', '; format=flowed'),
         'format=flowed', 'All mail of cluster B is delayed.')
draft_of(raw(b'\xef\xbb\xbfdraft\xc2\xa0investigating\n\nNo-break.\n',
             'utf-8'), 'BOM and NBSP in the block', 'No-break.')

HTML = '''<html><body><div>draft investigating<br></div><div><br></div>
<p>We see <b>%s</b> &amp; more.</p>
<blockquote type="cite">quoted secret</blockquote></body></html>''' % JP
m = draft_of(raw(HTML.encode('utf-8'), 'utf-8', kind='text/html'),
             'HTML alone', 'We see %s & more.' % JP)
tap.ok('quoted secret' not in text_of(m), 'HTML alone: the quote is cut')
BOTH = '''--b
Content-Type: text/plain; charset=utf-8

\u00a0

--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

''' + HTML + '''
--b--
'''
desk.now += 60
head = desk.compose(COMMS1, say(), '', subject='[INC-2026-0042] x',
                    headers=['MIME-Version: 1.0',
                             'Content-Type: multipart/alternative; '
                             'boundary=b'])
m = draft_of(head + BOTH.encode(), 'empty text/plain with HTML',
             'We see %s & more.' % JP)

# ... and out again, to the reader and to the page.
desk.answer(m, 'yes', sender=COMMS1, at=desk.now + 30)
copy = [x for x in desk.letters if rcpt(x) == RESELLER][0]
tap.ok(JP in text_of(copy), 'a reseller reads it', text_of(copy))
tap.ok(JP in desk.tree(), 'the page has it')
tap.ok(all(b < 128 for b in copy.as_bytes()), 'the mail itself is ASCII')

# A subject and a name in other charsets.
got = desk.mail('=?koi8-r?B?8M/e1MA=?= <noc2@example.net>', IN,
                'still slow\n', subject='=?iso-2022-jp?B?GyRCPmMzMhsoQg==?=',
                at=desk.now + 60)
tap.ok('\u969c\u5bb3' in to(got, 'noc2@example.net')['Subject'],
       'the subject is read and written back',
       to(got, 'noc2@example.net')['Subject'])
desk.audit(tap)
desk.close()
tap.done()
