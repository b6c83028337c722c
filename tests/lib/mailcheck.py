"""What must be true of every mail that we send, read by python's email package
and by the bytes themselves: RFC 5322, 2045, 2369, 2919, 8058 and 3834.

    faults(raw)             of the bytes of a mail, with LF or CRLF
    faults(raw, wire=True)  of what came over SMTP, where CRLF is due
    is_ours(raw)            and not somebody's mail that is only passed on
"""
import email
import email.policy
import re
from email.utils import parsedate_to_datetime

ONCE = ('From', 'To', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type')
AT_MOST_ONCE = ('Sender', 'Reply-To', 'Cc', 'In-Reply-To', 'References',
                'Subject', 'Content-Transfer-Encoding', 'Auto-Submitted',
                'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post',
                'List-Post', 'List-Help', 'List-Subscribe', 'List-Owner',
                'List-Archive', 'Precedence', 'Archived-At', 'Feedback-ID')
TRACE = ('return-path', 'delivered-to')
ID = re.compile(r'^<[^\s<>@"]+@[A-Za-z0-9.-]+>$')
LIST_ID = re.compile(r'^([^<>]+ )?<[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+>$')
URLS = re.compile(r'^<(mailto|https?):[^<>\s]+>(, <(mailto|https?):[^<>\s]+>)*$')
VERP = re.compile(r'^<[a-z0-9-]+-bounces[+=_-][a-z2-7]+@[a-z0-9.-]+>$')


def split(raw):
    """Header lines and body; trace lines that a spool or server put on top."""
    head, _, body = raw.replace(b'\r\n', b'\n').partition(b'\n\n')
    return head.split(b'\n'), body


def is_ours(raw):
    """A mail of somebody else, forwarded as it is, has come over the wire."""
    head, _ = split(raw)
    return not any(line.lower().startswith(b'received:') for line in head)


def of_bytes(raw, wire):
    bad = []
    bare = raw.replace(b'\r\n', b'')
    if wire and b'\n' in bare:
        bad.append('a bare LF')
    if b'\r' in bare:
        bad.append('a bare CR')
    for n, line in enumerate(raw.replace(b'\r\n', b'\n').split(b'\n'), 1):
        if len(line) > 998:
            bad.append('line %d has %d octets' % (n, len(line)))
    if b'\0' in raw:
        bad.append('NUL')
    head, _ = split(raw)
    for line in head:
        if not re.match(rb'^([!-9;-~]+:( |$)|[ \t]+\S)', line):
            bad.append('no header line: %r' % line)
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


def of_parts(m, raw):
    """7 bit, or quoted-printable; no defect that python's parser sees."""
    bad = []
    for part in m.walk():
        kind, how = part.get_content_type(), str(
            part.get('Content-Transfer-Encoding', '7bit')).lower()
        bad += ['%s: %r' % (kind, d) for d in part.defects]
        for name, value in part.items():
            bad += ['%s: %r' % (name, d)
                    for d in getattr(value, 'defects', ())]
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
    attached = any(p.get_content_type() == 'message/rfc822' for p in m.walk())
    head, body = split(raw)
    if not attached and any(b > 126 for b in body):
        bad.append('8 bit in the body')
    for line in head:
        if any(b > 126 for b in line) and not re.match(
                rb'(?i)(to|from|reply-to|delivered-to|return-path):|[ \t]',
                line):
            bad.append('8 bit in %r' % line)
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
    if (str(auto) == 'auto-replied') and m['In-Reply-To'] is None:
        bad.append('auto-replied to nothing')
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


def faults(raw, wire=False):
    """What is wrong with a mail, in words; [] is as it must be."""
    m = email.message_from_bytes(raw, policy=email.policy.default)
    bad = of_bytes(raw, wire) + of_headers(m)
    if bad:
        return bad
    return of_parts(m, raw) + of_machine(m) + of_list(m)


def must_be_right(raw, wire=False):
    """Ends the test at a mail that no test may let pass."""
    bad = faults(raw, wire) if is_ours(raw) else []
    if bad:
        raise AssertionError('a mail is wrong: %s\n%s' % (
            '; '.join(bad), raw[:3000].decode('utf-8', 'replace')))
