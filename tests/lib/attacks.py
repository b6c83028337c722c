"""Who is believed: mails that claim to be noc1@example.net, and their class.

One table.  Each row: the class that the mail must get; what our own mail
server puts on top, by name, "*" for each of TOPS; what is tried; the headers
that the sender wrote, most of a mail's usual ones are added where they are
missing.  Bytes that are no UTF-8 stand as \\udcXX.

Names of classes: 0 nobody, 0k known but not proved, 1 proved.  No row of 0 or
0k may change anything that the public sees.
"""

HOP = ('Received: from mx.evil.example by in.status.example with ESMTP id 1;\n'
       '\tWed, 04 Mar 2026 14:06:20 +0000\n')
AR = 'Authentication-Results: in.status.example; '
NOC = 'From: NOC One <noc1@example.net>\n'
GOOD = AR + ('dkim=pass header.d=example.net;\n'
             '\tdmarc=pass header.from=example.net\n')
SIG = 'DKIM-Signature: v=1; a=rsa-sha256; d=example.net; s=s1; '

TOPS = {
    # The forger's own domain is in order.
    'evil': AR + ('dkim=pass header.d=evil.example;\n\tdmarc=pass '
                  'header.from=evil.example; spf=pass '
                  'smtp.mailfrom=evil.example\n') + HOP,
    # Our server looked at another From than we do.
    'good': GOOD + HOP,
    'none': AR + 'dmarc=none\n' + HOP,
    'fail': AR + 'dmarc=fail header.from=example.net\n' + HOP,
    'hop': HOP,  # no filter at work
    'bare': '',  # nor a server
}


def says(words):
    """Our own server's results, bent by what it was fed."""
    return AR + words + '\n' + HOP


def top(words):
    return TOPS.get(words) if words in TOPS else words


# The eighteen known ways to make the parts of a mail system disagree about
# who wrote (Chen, Paxson, Jiang: Composition Kills, 2020).
KNOWN = [
    # 1 an envelope sender below their domain that has no policy
    ('0k', says('spf=pass smtp.mailfrom=any@no.such.example.net '
                'smtp.helo=evil.example; dmarc=none'), '1 no such subdomain',
     NOC),
    ('0k', says('spf=none smtp.mailfrom=no.such.example.net; spf=pass '
                'smtp.helo=evil.example'), '1 SPF by the name in HELO', NOC),
    # 2 an envelope sender that one part reads as empty
    ('0k', says('spf=pass smtp.mailfrom=(any@example.net'), '2 <(any@>', NOC),
    ('0k', says('spf=pass smtp.mailfrom=<> smtp.helo=example.net'), '2 <>',
     NOC),
    # 3 a selector cut by NUL: the key is asked elsewhere
    ('0k', says('dkim=pass header.d=example.net '
                'header.s=s1._domainkey.evil.example.\0.x'), '3 NUL', NOC),
    ('0k', says('dkim=pass header.d=example.net '
                'header.s=s1._domainkey.evil.example.'), '3 cut at NUL', NOC),
    ('0k', says('dkim=pass header.d=example.net\0.evil.example'),
     '3 NUL in d=', NOC),
    # 4 results injected by the signer's name
    ('0k', says('dkim=pass header.d=example.net(.evil.example'), '4 (', NOC),
    ('0k', says("dkim=pass header.d=example.net'a.evil.example"), "4 '", NOC),
    ('0k', says('dkim=pass header.d=example.net"=(.evil.example'), '4 "', NOC),
    ('0k', says('dkim=pass header.d=example.net(.evil.example; dkim=pass '
                'header.d=x).evil.example'), '4 ( )', NOC),
    ('0k', says('dkim=pass header.d=example.net(.evil.example') + '', '4 of '
     'several', GOOD + NOC),
    ('0k', AR + 'dmarc=pass header.from=example.net\n' +
     says('dkim=pass header.d=example.net(.evil.example'),
     '4 and the next filter believed it', NOC),
    # 5 results injected by the envelope sender
    ('0k', says('spf=pass smtp.mailfrom=any@example.net(a.evil.example'),
     '5 (', NOC),
    ('0k', says("spf=pass smtp.mailfrom=any@example.net'@x.evil.example"),
     "5 '", NOC),
    ('0k', says("spf=pass smtp.mailfrom=@example.net,@x.evil.example:'y@"
                "evil.example"), '5 a route', NOC),
    ('0k', says('spf=pass smtp.mailfrom=x; dmarc=pass '
                'header.from=example.net; y@evil.example'), '5 ;', NOC),
    ('0k', says('spf=pass smtp.mailfrom="x; dmarc=pass '
                'header.from=example.net"@evil.example'), '5 quoted ;', NOC),
    # 6 two From headers
    ('0', '*', '6 theirs last', 'From: x@evil.example\n' + NOC),
    ('0', '*', '6 theirs first', NOC + 'From: x@evil.example\n'),
    # 7 ... one of them odd
    ('0k', 'evil', '7 a blank before', ' From: x@evil.example\n' + NOC),
    ('0', '*', '7 a blank behind', NOC + 'From : x@evil.example\n'),
    ('0', '*', '7 theirs with the blank', 'From: x@evil.example\nFrom : noc1@'
     'example.net\n'),
    ('0', '*', '7 folded in the name', 'From\n : x@evil.example\n' + NOC),
    ('0', '*', '7 folded, theirs', 'From: x@evil.example\nFrom\n : noc1@'
     'example.net\n'),
    # 8 no From that is read, and others that a client shows
    ('0', '*', '8 Sender', 'From\n : x@evil.example\nSender: noc1@'
     'example.net\n'),
    ('0', '*', '8 Resent-From', 'From\n : x@evil.example\nResent-From: noc1@'
     'example.net\n'),
    ('0', '*', '8 Sender alone', 'Sender: noc1@example.net\n'),
    # 9 several addresses
    ('0', '*', '9 theirs last', 'From: <x@evil.example>, '
     '<noc1@example.net>\n'),
    ('0', '*', '9 theirs first', 'From: noc1@example.net, x@evil.example\n'),
    ('0', '*', '9 with Sender', 'From: x@evil.example, noc1@example.net\n'
     'Sender: noc1@example.net\n'),
    # 10 an encoded address
    ('0', '*', '10 base64', 'From: =?utf-8?B?PG5vYzFAZXhhbXBsZS5uZXQ+?=, '
     '<x@evil.example>\n'),
    ('0', '*', '10 base64 alone', 'From: '
     '=?utf-8?B?bm9jMUBleGFtcGxlLm5ldA==?=\n'),
    ('0', '*', '10 Q in brackets', 'From: <=?utf-8?Q?noc1=40example.net?=>\n'),
    # 11 a route
    ('0', '*', '11 by theirs', 'From: <@example.net,@x.example:'
     'x@evil.example>\n'),
    ('0', '*', '11 to theirs', 'From: <@evil.example,@x.example:'
     'noc1@example.net>\n'),
    ('0', '*', '11 to theirs, one', 'From: <@evil.example:noc1@example.net>\n'),
    # 12 a quoted pair
    ('0', '*', '12 \\,', 'From: <noc1@example.net>\\,<x@evil.example>\n'),
    ('0', '*', '12 \\@', 'From: <noc1\\@example.net@evil.example>\n'),
    # 13 which of the special characters comes first
    ('0', '*', '13 , before <', 'From: noc1@example.net,<x@evil.example>\n'),
    ('0', '*', '13 ; before <', 'From: noc1@example.net;<x@evil.example>\n'),
    ('0', '*', '13 (', 'From: noc1@example.net(<x@evil.example>\n'),
    # 14 name or address
    ('0', '*', '14 behind', 'From: <x@evil.example>noc1@example.net\n'),
    ('0', '*', '14 before', 'From: noc1@example.net <x@evil.example>\n'),
    ('0', '*', '14 two in brackets', 'From: <noc1@example.net> '
     '<x@evil.example>\n'),
    ('0', '*', '14 nested', 'From: <noc1@example.net <x@evil.example>>\n'),
    # 15 an account at the same provider
    ('0', 'good', '15 two From, both signed', 'From: mallory@example.net\n' +
     NOC),
    ('0', 'good', '15 two addresses', 'From: mallory@example.net, '
     'noc1@example.net\n'),
    ('0', 'good', '15 their name', 'From: NOC One <mallory@example.net>\n'),
    ('0', 'good', '15 a folder of his', 'From: noc1+x@example.net\n'),
    # 16 sent again with another From above
    ('0', '*', '16 another From', 'From: x@evil.example\n' + SIG +
     'h=from:date; b=x\n' + NOC),
    # 17 ... with other headers that were not signed twice
    ('0k', 'good', '17 another Subject', 'Subject: Sev1 all is down\n' + SIG +
     'h=from:subject; b=x\n' + NOC + 'Subject: thanks\n'),
    ('0k', 'good', '17 another Date', 'Date: Wed, 04 Mar 2026 14:06:12 +0000\n'
     + SIG + 'h=from:date; b=x\n' + NOC +
     'Date: Wed, 05 Mar 2025 14:06:12 +0000\n'),
    ('0k', 'good', '17 another type', 'Content-Type: multipart/mixed; '
     'boundary=y\n' + SIG + 'h=from; b=x\n' + NOC +
     'Content-Type: text/plain\n'),
    ('0k', 'good', '17 another thread', 'In-Reply-To: <a@b>\n' + SIG +
     'b=x\n' + NOC + 'In-Reply-To: <c@d>\n'),
    # 18 ... with more below what was signed
    ('0k', 'good', '18 l=', SIG + 'l=12; h=from:date; b=x\n' + NOC),
    ('0k', 'good', '18 l=0', SIG + 'l = 0 ; h=from; b=x\n' + NOC),
]

# From, in ways of ours.
AUTHORS = [('0', '*', what, head + '\n') for what, head in (
    ('the same twice', NOC + NOC[:-1]),
    ('three', NOC + NOC + 'From: x@evil.example'),
    ('lower case second', NOC + 'from: x@evil.example'),
    ('upper case first', 'FROM: x@evil.example\n' + NOC[:-1]),
    ('a tab behind the name', NOC + 'From\t: x@evil.example'),
    ('far below', NOC + 'X-A: b\n' * 300 + 'From: x@evil.example'),
    ('empty second', NOC + 'From:'),
    ('empty first', 'From:\n' + NOC[:-1]),
    ('a group', 'From: NOC: noc1@example.net;'),
    ('a group of two', 'From: NOC: noc1@example.net, x@evil.example;'),
    ('a group without end', 'From: NOC: noc1@example.net'),
    ('an empty group', 'From: noc1@example.net:;'),
    ('groups in a row', 'From: a:; b: noc1@example.net;'),
    ('a group in brackets', 'From: <NOC: noc1@example.net;>'),
    ('none', 'X-From: noc1@example.net'),
    ('nothing', 'From:'),
    ('blanks', 'From: \n \n\t'),
    ('empty brackets', 'From: NOC One <>'),
    ('no domain', 'From: noc1'),
    ('no local part', 'From: @example.net'),
    ('only an at', 'From: <@>'),
    ('a name only', 'From: "noc1@example.net"'),
    ('quoted name', 'From: "noc1@example.net" <x@evil.example>'),
    ('quoted mailbox', 'From: "NOC One <noc1@example.net>" <x@evil.example>'),
    ('encoded mailbox', 'From: =?utf-8?Q?NOC_One_=3Cnoc1=40example.net=3E?= '
     '<x@evil.example>'),
    ('encoded comma', 'From: =?utf-8?Q?noc1=40example.net=2C?= '
     '<x@evil.example>'),
    ('a comment', 'From: x@evil.example (noc1@example.net)'),
    ('a comment before', 'From: (noc1@example.net) <x@evil.example>'),
    ('a comment inside', 'From: <noc1@example.net(x)@evil.example>'),
    ('a comment in the local part', 'From: noc1(@example.net)@evil.example'),
    ('a comment without end', 'From: noc1@example.net (x'),
    ('comments 30 deep', 'From: noc1@example.net ' + '(' * 30 + ')' * 30),
    ('a quote without end', 'From: "NOC <noc1@example.net>'),
    ('a bracket without end', 'From: NOC <noc1@example.net'),
    ('a bracket too many', 'From: NOC <<noc1@example.net>>'),
    ('words behind', 'From: <noc1@example.net> x'),
    ('two without comma', 'From: noc1@example.net x@evil.example'),
    ('NUL behind', 'From: noc1@example.net\0@evil.example'),
    ('NUL before', 'From: x@evil.example\0noc1@example.net'),
    ('ESC', 'From: \x1b[2Knoc1@example.net <x@evil.example>'),
    ('a bare CR', 'From: x@evil.example\rFrom: noc1@example.net'),
    ('folded comment', 'From:\n x@evil.example\n (noc1@example.net)'),
    ('folded in the middle', 'From: noc1@example.net\n .evil.example'),
    ('folded before the at', 'From: noc1\n @example.net\n @evil.example'),
    ('Sender', 'From: x@evil.example\nSender: noc1@example.net'),
    ('Reply-To', 'From: x@evil.example\nReply-To: noc1@example.net'),
    ('Resent', 'From: x@evil.example\nResent-From: noc1@example.net\n'
     'Resent-Sender: noc1@example.net\nResent-Date: Wed, 04 Mar 2026 14:06:12 '
     '+0000\nResent-Message-ID: <a@example.net>'),
    ('Resent alone', 'Resent-From: noc1@example.net'),
    ('Apparently-From', 'Apparently-From: noc1@example.net'),
    ('X-Sender', 'From: x@evil.example\nX-Sender: noc1@example.net\n'
     'X-Original-From: noc1@example.net\nX-Envelope-From: noc1@example.net'),
    ('Return-Path', 'Return-Path: <noc1@example.net>\nFrom: x@evil.example'),
    ('two ats', 'From: noc1@example.net@evil.example'),
    ('two ats, theirs last', 'From: x@evil.example@example.net'),
    ('percent', 'From: noc1%example.net@evil.example'),
    ('bang', 'From: example.net!noc1@evil.example'),
    ('quoted local part', 'From: "noc1@example.net"@evil.example'),
    ('quoted comma', 'From: "noc1@example.net,"@evil.example'),
    ('theirs, quoted', 'From: "noc1"@example.net'),
    ('plus', 'From: noc1+x@example.net'),
    ('a dot behind', 'From: noc1.@example.net'),
    ('a dot behind the domain', 'From: noc1@example.net.'),
    ('a literal', 'From: noc1@[example.net]'),
    ('a blank', 'From: noc1 @example.net'),
    ('overlong', 'From: ' + 'a' * 300 + 'noc1@example.net'),
    ('an overlong domain', 'From: noc1@' + 'a.' * 150 + 'example.net'),
    ('a thousand', 'From: ' + ', '.join(['noc1@example.net'] * 600)),
    ('over the cap of a header', 'From: ' + 'x' * 20000 + ' '
     '<noc1@example.net>'),
    ('UTF-8 that is none', 'From: noc1@example.net\udcff'),
    ('Latin 1', 'From: noc1@ex\udce4mple.net'),
    ('a soft hyphen', 'From: noc1@exam\u00adple.net'),
    ('zero width', 'From: noc1\u200b@example.net'),
    ('turned round', 'From: noc1@example.net\u202e@evil.example'),
    ('turned round whole', 'From: \u202ete\u202cnoc1@example.net'),
    ('another at', 'From: noc1\uff20example.net'),
    ('a small at', 'From: noc1\ufe6bexample.net'),
    ('another dot', 'From: noc1@example\u3002net'),
    ('wide letters', 'From: \uff4e\uff4f\uff43\uff11@example.net'),
)]

# Domains that look like theirs; each is in order for what it is.
ALIKE = [('0', says('dkim=pass header.d=%s; dmarc=pass header.from=%s' % (
    d, d)), 'domain ' + d, 'From: NOC One <noc1@%s>\n' % d) for d in (
        'examp1e.net', 'exampIe.net', 'xample.net', 'example.com',
        'example.ne', 'example-net.evil.example', 'evil-example.net',
        'xexample.net', 'example.net.evil.example', 'sub.example.net',
        'mail.example.net', 'net', 'evil.example',
        'EXAMPLE.NET.EVIL.EXAMPLE', 'example.net-evil.example',
        '\u0435xample.net', 'xn--xample-9uf.net', 'ex\u00e4mple.net',
        'xn--exmple-cua.net', '\u0435\u0445\u0430m\u0440l\u0435.net',
        'xn--m-7sbahbf4c.net', 'exam\u2024ple.net', 'example\uff0enet',
        '\uff45xample.net', 'e\u0301xample.net', 'example\u00b7net',
        'exampl\u0435.net')] + [
    ('0', 'good', 'local part ' + p, 'From: NOC One <%s@example.net>\n' % p)
    for p in ('n\u043ec1', 'nocl', 'noc', 'noc11', 'root', 'noc-1', 'noc_1',
              '\u2134noc1', 'noc\u00b9')]

# The right From, and a proof that is none.
PROOFS = [
    ('0k', above, 'forged: %s%s' % (what, ' (%s)' % above), head)
    for what, forged in (
        ('as ours', GOOD),
        ('in capitals', 'AUTHENTICATION-RESULTS: IN.STATUS.EXAMPLE; '
         'dmarc=pass\n'),
        ('with a version', 'Authentication-Results: in.status.example 1;\n'
         ' dmarc=pass\n header.from=example.net\n'),
        ('a blank behind the name', 'Authentication-Results : '
         'in.status.example; dmarc=pass\n'),
        ('quoted', 'Authentication-Results: "in.status.example"; '
         'dmarc=pass\n'),
        ('folded at once', 'Authentication-Results:\n in.status.example;\n'
         '\tdmarc=pass (p=none)\n\theader.from=example.net\n'),
        ('with comments', 'Authentication-Results: (a) in.status.example (b) '
         '1 (c); (d) dmarc (e) = (f) pass (g)\n'),
        ('ARC', 'ARC-Authentication-Results: i=1; in.status.example; '
         'dmarc=pass\n'),
        ('X-', 'X-Authentication-Results: in.status.example; dmarc=pass\n'),
        ('-Original', 'Authentication-Results-Original: in.status.example; '
         'dmarc=pass\n'),
        ('below a path', 'Return-Path: <noc1@example.net>\n' + GOOD),
        ('below a Received as ours', HOP + GOOD),
        ('below another Received', 'Received: from a by b; Wed, 04 Mar 2026 '
         '14:00:00 +0000\n' + GOOD),
        ('above a Received', GOOD + HOP),
        ('twenty', GOOD * 20),
        ('SPF', 'Received-SPF: pass (in.status.example)\nX-DKIM: pass\n'),
        ('a signature that nobody checked', SIG + 'h=from; b=AbCd\n'))
    for above, head in (('none', forged + NOC), ('evil', forged + NOC),
                        ('hop', forged + NOC), ('hop', NOC + forged),
                        ('bare', NOC + forged))
] + [
    ('0', 'fail', 'failed: ' + what, forged + NOC) for what, forged in (
        ('as ours', GOOD), ('above a Received', GOOD + HOP), ('no more', ''))
] + [
    # DMARC that rests on what he wrote himself.
    ('0k', says('dmarc=pass header.from=example.net'), 'SPF by ' + what,
     head + NOC) for what, head in (
        ('Received-SPF', 'Received-SPF: pass identity=mailfrom; '
         'envelope-from="noc1@example.net"\n'),
        ('Received-SPF below', 'Subject: x\nreceived-spf: Pass (mailfrom) '
         'envelope-from=noc1@example.net; receiver=mx\n'),
        ('a result as ours', AR + 'spf=pass smtp.mailfrom=example.net\n'),
        ('a result as ours, below a Received', HOP + AR +
         'spf=pass smtp.mailfrom=example.net\n'))
] + [
    # Where nothing but our words can stand, whose words are they?
    ('0k', other + HOP, 'on top: ' + what, NOC) for what, other in (
        ('another server', 'Authentication-Results: mx.example; dmarc=pass\n'),
        ('one above ours', 'Authentication-Results: status.example; '
         'dmarc=pass\n'),
        ('one below ours', 'Authentication-Results: x.in.status.example; '
         'dmarc=pass\n'),
        ('ours and more', 'Authentication-Results: in.status.example.evil.'
         'example; dmarc=pass\n'),
        ('ours in a comment', 'Authentication-Results: evil.example '
         '(in.status.example); dmarc=pass\n'),
        ('ours second', 'Authentication-Results: evil.example; '
         'in.status.example; dmarc=pass\n'),
        ('a slash', 'Authentication-Results: in.status.example/x; '
         'dmarc=pass\n'),
        ('a quote', 'Authentication-Results: "in.status.example"x; '
         'dmarc=pass\n'),
        ('a no-break space', 'Authentication-Results: '
         'in.status.example\u00a0; dmarc=pass\n'),
        ('another header first', 'Subject: x\n' + GOOD),
        ('a From first', 'Comments: x\n' + GOOD))
] + [
    ('0k', 'good', 'headers that end in ' + what, NOC + line + '\n'
     'From: x@evil.example\n') for what, line in (
         ('a word', 'x'), ('NUL', 'Fr\0om: x@evil.example'),
         ('8 bits', 'Fr\u00f6m: x@evil.example'), ('a colon', ': x'),
         ('an mbox line', 'From x@evil.example Wed Mar 4 14:06:12 2026'),
         ('a folded name', 'From\n : x@evil.example'))
] + [
    ('0k', says(words), 'ours: ' + words[:50], NOC) for words in (
        'none', 'dmarc=none', 'dmarc=temperror', 'dmarc=permerror',
        'dmarc=bestguesspass', 'dmarc=passed', 'dmarc=pass.x', 'xdmarc=pass',
        'dmarc/2=pass', 'dmarc="pass"', 'dmarc=pass header.from=evil.example',
        'dmarc=pass header.from=sub.example.net',
        'dmarc=pass header.from=example.net header.from=evil.example',
        'dmarc=pass header.from=example.net; dmarc=none',
        'dmarc=pass header.from=example.net; dmarc=pass '
        'header.from=evil.example',
        'spf=pass smtp.mailfrom=noc1@example.net',
        'spf=pass smtp.mailfrom=example.net smtp.helo=dmarc=pass',
        'arc=pass; auth=pass smtp.auth=noc1; iprev=pass',
        'dkim=pass', 'dkim=pass header.d=net', 'dkim=pass header.s=example.net',
        'dkim=pass header.d=evil.example header.i=@example.net',
        'dkim=pass header.i=x@evil.example header.from=example.net',
        'dkim=pass header.d=example.net.evil.example',
        'dkim=pass header.d=mail.example.net',
        'dkim=pass header.d=xexample.net',
        'dkim=pass header.d=example.net header.d=evil.example',
        'dkim=neutral header.d=example.net; dkim=fail header.d=example.net',
        'dkim=pass (header.d=example.net', '(dmarc=pass header.from='
        'example.net)', 'dkim=pass header.d="example.net',
        'dkim=pass header.d="example.net".evil.example',
        'dmarc=pass, dkim=pass header.d=example.net',
        '; '.join(['dkim=pass header.d=example.net'] * 101))
] + [
    ('0', says(words), 'ours: ' + words[:50], NOC) for words in (
        'dmarc=fail', 'dmarc=fail (dmarc=pass) header.from=example.net',
        'dmarc=fail; spf=pass smtp.mailfrom=example.net',
        'dmarc=pass header.from=example.net; dmarc=fail',
        'dmarc=fail; dkim=pass header.d=evil.example')
]

# Real ones.
GENUINE = [('1', above, 'genuine: ' + head[:60].strip(), head + '\n')
           for above in ('good', 'Return-Path: <noc1@example.net>\n' + GOOD +
                         HOP, GOOD, AR + 'dmarc=none\n' +
                         says('dkim=pass header.d=example.net '
                              'header.i=@example.net header.a=rsa-sha256 '
                              'header.s=s1 header.b=AbCd/+; dkim-atps=neutral'))
           for head in (
    NOC[:-1], 'From: noc1@example.net', 'From: <noc1@example.net>',
    'From: "One, NOC" <noc1@example.net>',
    'From: =?utf-8?Q?N=C3=B6C?= <noc1@example.net>',
    'From: =?utf-8?B?Tk9DLCBPbmU=?= <noc1@example.net>',
    'From:\n NOC One\n <noc1@example.net>', 'From: NOC1@EXAMPLE.NET',
    'From: NOC One <noc1@example.net> (on a train)',
    'From: "noc1@example.net" <noc1@example.net>',
    'From: N\u00f6c <noc1@example.net>', 'From : noc1@example.net',
    'from: noc1@example.net', NOC + 'Sender: desk@example.net',
    NOC + 'Reply-To: x@elsewhere.example',
    SIG + 't=1772633170; h=from:from:date; b=x\n' + NOC[:-1],
    'Received-SPF: pass (mx.example)\n' + NOC[:-1],
    'X-A: 1\nX-A: 2\n' + NOC[:-1], HOP + HOP + NOC[:-1],
    'Authentication-Results: mx.example; dmarc=fail\n' + NOC[:-1])]

TABLE = KNOWN + AUTHORS + ALIKE + PROOFS + GENUINE


def rows(tops=tuple(TOPS)):
    """Class, what is tried, what stands on top, the headers."""
    for want, above, what, head in TABLE:
        for name in (tops if above == '*' else (above,)):
            yield want, what + (' (%s)' % name if above == '*' else ''), \
                top(name), head


def mail(above, head, n, body):
    """The bytes of one, as they would stand before us."""
    names = [h.split(':')[0].strip().lower() for h in head.split('\n')]
    more = ''
    for name, value in (('To', 'incident@in.status.example'),
                        ('Date', 'Wed, 04 Mar 2026 14:06:12 +0000'),
                        ('Message-ID', '<attack-%d@evil.example>' % n),
                        ('Subject', 'sample %d' % n),
                        ('MIME-Version', '1.0'),
                        ('Content-Type', 'text/plain; charset=utf-8')):
        if name.lower() not in names:
            more += '%s: %s\n' % (name, value)
    return (above + head + more + '\n' + body).encode(
        'utf-8', 'surrogateescape').replace(b'\n', b'\r\n')
