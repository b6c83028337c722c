"""What must be true of every mail that we send, read by python's email package
and by the bytes themselves: RFC 5322, 2045, 2369, 2919, 8058 and 3834.

    faults(raw)             of the bytes of a mail, with LF or CRLF
    faults(raw, wire=True)  of what came over SMTP, where CRLF is due
    is_ours(raw)            and not somebody's mail that is only passed on
    read(raw)               as a message, if it is as it must be
"""
import email
import email.errors
import email.policy
import re
from email.utils import parsedate_to_datetime

ONCE = ('From', 'To', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type')
AT_MOST_ONCE = ('Sender', 'Reply-To', 'Cc', 'In-Reply-To', 'References',
                'Subject', 'Content-Transfer-Encoding', 'Auto-Submitted',
                'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post',
                'List-Post', 'List-Help', 'List-Subscribe', 'List-Owner',
                'List-Archive', 'Precedence', 'Archived-At', 'Feedback-ID')
BOXES = ('to', 'from', 'reply-to', 'delivered-to', 'return-path')
ID = re.compile(r'^<[^\s<>@"]+@[A-Za-z0-9.-]+>$')
LIST_ID = re.compile(r'^([^<>]+ )?<[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+>$')
URLS = re.compile(r'^<(mailto|https?):[^<>\s]+>(, <(mailto|https?):[^<>\s]+>)*$')
HEADER = re.compile(rb'^([!-9;-~]+:( |$)|[ \t]+\S)')
NOT_ASCII = re.compile(rb'[\x7f-\xff]')
NAMES_A_BOX = re.compile(
    rb'(?i)(to|from|reply-to|delivered-to|return-path):|[ \t]')
VERP = re.compile(r'^<[a-z0-9-]+-bounces[+=_-][a-z2-7]+@[a-z0-9.-]+>$')


def split(raw):
    """Header lines and body; trace lines that a spool or server put on top."""
    head, _, body = raw.replace(b'\r\n', b'\n').partition(b'\n\n')
    return head.split(b'\n'), body


def is_ours(raw):
    """A mail of somebody else is forwarded as it is: it has come over the
    wire, or goes on in its sender's name."""
    head, _ = split(raw)
    return not any(re.match(
        rb'received:|return-path:\s*<[^>]*@(?!(in[.])?status[.]example>)',
        line, re.I) for line in head)


def of_bytes(raw, wire):
    bad = []
    bare = raw.replace(b'\r\n', b'')
    if wire and b'\n' in bare:
        bad.append('a bare LF')
    if b'\r' in bare:
        bad.append('a bare CR')
    if max(map(len, raw.replace(b'\r', b'').split(b'\n'))) > 998:
        bad.append('a line has more than 998 octets')
    if b'\0' in raw:
        bad.append('NUL')
    head, body = split(raw)
    bad += ['no header line: %r' % line for line in head
            if not HEADER.match(line)]
    if b'message/rfc822' not in raw and NOT_ASCII.search(raw):
        bad += ['8 bit in %r' % line for line in head
                if NOT_ASCII.search(line) and not NAMES_A_BOX.match(line)]
        if NOT_ASCII.search(body):
            bad.append('8 bit in the body')
    return bad


def of_headers(m):
    bad = []
    for name in ONCE:
        if len(m.get_all(name, [])) != 1:
            bad.append('%d %s' % (len(m.get_all(name, [])), name))
    for name in AT_MOST_ONCE:
        if len(m.get_all(name, [])) > 1:
            bad.append('more than one ' + name)
    if bad:
        return bad
    if len(m['From'].addresses) != 1 or not m['From'].addresses[0].domain:
        bad.append('From: %s' % m['From'])
    if len(m['To'].addresses) != 1:
        bad.append('To: %s' % m['To'])
    try:
        if parsedate_to_datetime(str(m['Date'])).tzinfo is None:
            bad.append('Date without zone: %s' % m['Date'])
    except (TypeError, ValueError):
        bad.append('Date: %s' % m['Date'])
    if not ID.match(str(m['Message-ID']).strip()):
        bad.append('Message-ID: %s' % m['Message-ID'])
    for name in ('In-Reply-To', 'References'):
        for word in str(m[name] or '').split():
            if not re.match(r'^<[^\s<>]+>$', word):
                bad.append('%s: %s' % (name, m[name]))
    if str(m['MIME-Version']) != '1.0':
        bad.append('MIME-Version: %s' % m['MIME-Version'])
    return bad


def is_utf8(name, defect):
    """An address that isn't ASCII stands as it is (RFC 6532)."""
    return name.lower() in BOXES and isinstance(defect, (
        email.errors.NonASCIILocalPartDefect,
        email.errors.UndecodableBytesDefect))


def of_parts(m):
    """7 bit, or quoted-printable; no defect that python's parser sees."""
    bad = []
    for part in m.walk():
        kind, how = part.get_content_type(), str(
            part.get('Content-Transfer-Encoding', '7bit')).lower()
        bad += ['%s: %r' % (kind, d) for d in part.defects]
        for name, value in part.items():
            bad += ['%s: %r' % (name, d)
                    for d in getattr(value, 'defects', ())
                    if not is_utf8(name, d)]
        if kind == 'message/rfc822':
            break  # what is attached is somebody else's
        if part.is_multipart():
            continue
        if kind.startswith('text/'):
            if how not in ('7bit', 'quoted-printable'):
                bad.append('%s in %s' % (kind, how))
            charset = part.get_content_charset('us-ascii')
            try:
                part.get_payload(decode=True).decode(charset)
            except (LookupError, UnicodeDecodeError) as e:
                bad.append('%s: %s' % (kind, e))
        elif how not in ('7bit', 'quoted-printable', 'base64'):
            bad.append('%s in %s' % (kind, how))
    return bad


def of_machine(m):
    """RFC 3834: what a program says by itself says so, to nobody's box."""
    bad = []
    auto = m['Auto-Submitted']
    if auto is not None and str(auto) not in ('auto-generated',
                                              'auto-replied'):
        bad.append('Auto-Submitted: %s' % auto)
    if auto is None and m['Sitrep-Update'] is None:
        bad.append('no Auto-Submitted')
    # What is answered may have had no Message-ID to name.
    if m['In-Reply-To'] is not None and m['References'] is None:
        bad.append('In-Reply-To without References')
    back = m['Return-Path']
    if back is None:
        return bad
    back = str(back).strip()
    if m['Sitrep-Update'] is not None and m['List-Id'] is not None and \
            not VERP.match(back):
        bad.append('Return-Path of a copy: %s' % back)
    if auto is not None and back != '<>' and not VERP.match(back):
        bad.append('Return-Path of an automatic mail: %s' % back)
    return bad


def of_list(m):
    bad = []
    if m['List-Id'] is None:
        if any(name.lower().startswith('list-') for name in m.keys()):
            bad.append('List- headers without List-Id')
        return bad
    if not LIST_ID.match(str(m['List-Id'])):
        bad.append('List-Id: %s' % m['List-Id'])
    for name in ('List-Help', 'List-Owner', 'List-Archive'):
        if m[name] is None:
            bad.append('no ' + name)
    for name in ('List-Help', 'List-Owner', 'List-Archive', 'List-Subscribe',
                 'List-Unsubscribe'):
        if m[name] is not None and not URLS.match(str(m[name])):
            bad.append('%s: %s' % (name, m[name]))
    if str(m['List-Post']) != 'NO':
        bad.append('List-Post: %s' % m['List-Post'])
    leave = str(m['List-Unsubscribe'] or '')
    if ('<https:' in leave) != (str(m['List-Unsubscribe-Post'])
                                == 'List-Unsubscribe=One-Click'):
        bad.append('one click: %s, %s' % (leave, m['List-Unsubscribe-Post']))
    if leave and '<mailto:' not in leave:
        bad.append('nobody can leave by mail: ' + leave)
    if m['Sitrep-Update'] is not None:
        for name in ('List-Unsubscribe', 'List-Unsubscribe-Post',
                     'Precedence', 'Archived-At', 'Content-Language'):
            if m[name] is None:
                bad.append('no ' + name)
    return bad


def faults(raw, wire=False, m=None):
    """What is wrong with a mail, in words; [] is as it must be."""
    bad = of_bytes(raw, wire)
    if bad:
        return bad
    if m is None:
        m = email.message_from_bytes(raw, policy=email.policy.default)
    return of_headers(m) or of_parts(m) + of_machine(m) + of_list(m)


def shape(raw):
    """The same of copies that differ in their reader and his token alone."""
    to = re.search(rb'(?m)^Delivered-To: <?([^>\r\n]+)', raw)
    if to:
        raw = raw.replace(to.group(1), b'@')
    return hash(re.sub(rb'[a-z2-7]{20,}', b'+', raw))


SEEN = set()  # shapes that python's parser found right


def read(raw, wire=False):
    """The mail; ends the test at one that no test may let pass."""
    m = email.message_from_bytes(raw, policy=email.policy.default)
    if not is_ours(raw):
        return m
    what = shape(raw)
    bad = of_bytes(raw, wire) if what in SEEN else faults(raw, wire, m)
    if bad:
        raise AssertionError('a mail is wrong: %s\n%s' % (
            '; '.join(bad), raw[:3000].decode('utf-8', 'replace')))
    SEEN.add(what)
    return m
