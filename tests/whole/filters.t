#!/usr/bin/env python3
"""Who is believed, by real programs: mail signed with a real key goes through
Postfix with OpenDKIM and OpenDMARC as Debian has them, and what they write is
read.  First with the packages' own settings, then with those that
contrib/postfix/README asks for; with those OpenDMARC itself isn't fooled.
Names are answered from a file."""
import email
import email.utils
import glob
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from dkim import HEADERS, make_key, sign  # noqa: E402
from postfix import TO, Postfix  # noqa: E402
from whole import ROOT, Instance, Tap, wait_until  # noqa: E402

t = Tap()
NAMES = "127.53.0.1"  # where the answers of the file are given
CLIENT = "192.0.2.7"  # none that the filters think their own
ASKED = "the filters"

PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
missing = [p for p in ("postfix", "opendkim", "opendmarc", "openssl",
                       "unshare") if not shutil.which(p, path=PATH)]
if missing or os.geteuid() != 0:
    t.skip(ASKED, "no " + (" ".join(missing) or "root"))
    t.done()
try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind((NAMES, 53))
except OSError as e:
    t.skip(ASKED, f"port 53 of {NAMES}: {e}")
    t.done()
if subprocess.run(["unshare", "-m", "true"], stderr=subprocess.DEVNULL
                  ).returncode != 0:
    t.skip(ASKED, "no mount namespaces here")
    t.done()

STOCK_DKIM = """Syslog no
Canonicalization relaxed/simple
OversignHeaders From
UserID opendkim
UMask 007
Mode v
Nameservers %(names)s
Socket inet:%(dkim)d@127.0.0.1
"""
STOCK_DMARC = """PublicSuffixList /usr/share/publicsuffix/public_suffix_list.dat
Syslog false
UMask 0002
UserID opendmarc
Socket inet:%(dmarc)d@127.0.0.1
"""


def of_manual(section):
    """The lines that contrib/postfix/README gives for a file."""
    with open(os.path.join(ROOT, "contrib/postfix/README")) as f:
        text = f.read()
    lines = text[text.index("/etc/%s:" % section):].split("\n")[2:]
    return "\n".join(x.strip() for x in lines[:lines.index("")]) + "\n"


def free_ports(n):
    held = [socket.socket() for _ in range(n)]
    for s in held:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


class Filters:
    """The name server, OpenDKIM and OpenDMARC; ended with the with-block."""

    def __init__(self, where, dkim="", dmarc=""):
        self.dir, self.running = where, []
        ports = dict(zip(("dkim", "dmarc"), free_ports(2)), names=NAMES)
        self.milters = ("inet:127.0.0.1:%(dkim)d,inet:127.0.0.1:%(dmarc)d"
                        % ports)
        self.write("dkim.conf", STOCK_DKIM % ports + dkim)
        self.write("dmarc.conf", STOCK_DMARC % ports + dmarc)
        self.write("resolv.conf", f"nameserver {NAMES}\n"
                   "options timeout:1 attempts:1\n")
        self.ports = ports

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        with open(self.path(name), "w") as f:
            f.write(text)

    def run(self, *command):
        with open(self.path("filters.log"), "ab") as log:
            self.running.append(subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, "PATH": PATH}))

    def __enter__(self):
        self.run(sys.executable, os.path.join(ROOT, "tests/lib/zone.py"),
                 NAMES, self.path("zone"))
        self.run("opendkim", "-f", "-x", self.path("dkim.conf"))
        # It asks whom /etc/resolv.conf names, so it gets one of its own.
        self.run("unshare", "-m", "sh", "-c", 'mount --bind "$1" '
                 '/etc/resolv.conf && exec opendmarc -f -c "$2"', "sh",
                 self.path("resolv.conf"), self.path("dmarc.conf"))
        for name in ("dkim", "dmarc"):
            if not wait_until(lambda: self.listens(self.ports[name])):
                with open(self.path("filters.log")) as f:
                    raise RuntimeError(f"{name} does not run: {f.read()}")
        return self

    def listens(self, port):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            return False

    def __exit__(self, *what):
        for p in self.running:
            p.send_signal(signal.SIGTERM)
        for p in self.running:
            try:
                p.wait(10)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()


class Desk(Instance):
    """fooled: what a mail is whose sender wrote SPF's result himself, class
    A0k where OpenDMARC believed him."""

    def __init__(self, fooled):
        super().__init__(
            'trust = "authenticated"', 'authserv = "mx.status.example"',
            'lmtp_group = "postfix"',
            'person "noc2" { name = "NOC Two" addresses = '
            '{ "noc2@plain.example" } roles = { "noc" } }')
        self.n, self.fooled = 0, fooled
        self.key = os.path.join(self.dir, "key.pem")
        self.other = os.path.join(self.dir, "other.pem")
        mine, theirs = make_key(self.key), make_key(self.other)
        self.zone = (f"s1._domainkey.example.net TXT {mine}\n"
                     "_dmarc.example.net TXT v=DMARC1; p=none\n"
                     "example.net TXT v=spf1 -all\n"
                     f"s1._domainkey.plain.example TXT {mine}\n"
                     "evil.example TXT v=spf1 +all\n"
                     "_dmarc.evil.example TXT v=DMARC1; p=reject\n"
                     f"s1._domainkey.evil.example TXT {theirs}\n"
                     f"s1._domainkey.example.net(.evil.example TXT {theirs}\n"
                     f"s1._domainkey.example.net'.evil.example TXT {theirs}\n"
                     f"s1._domainkey.example.net.evil.example TXT {theirs}\n")
        with open(os.path.join(self.dir, "zone"), "w") as f:
            f.write(self.zone)

    def mail(self, sender="NOC One <noc1@example.net>", body="logins fail",
             subject="Sev2 cluster b", to=TO, date=None):
        self.n += 1
        self.mid = f"{self.n}.{time.time_ns()}@example.net"
        return (f"From: {sender}\r\nTo: {to}\r\n"
                f"Date: {email.utils.formatdate(date)}\r\n"
                f"Message-ID: <{self.mid}>\r\nSubject: {subject}\r\n\r\n"
                f"{body}\r\n").encode()

    def signed(self, **more):
        return sign(self.mail(**more), self.key)

    def send(self, p, raw, sender="noc1@example.net", to=TO):
        """As a stranger's mail server; the reply of ours, 250 or not."""
        with p.smtp(CLIENT) as s:
            try:
                s.sendmail(sender, [to], raw)
            except smtplib.SMTPResponseException as e:
                return e.smtp_code
        return 250

    def judged(self):
        """Class, person and verdict of the mail made last."""
        def row():
            got = self.rows(
                "SELECT trust, person, verdict, raw FROM handled h JOIN "
                "message m ON m.id = h.message_id WHERE instr(m.raw, ?) "
                "ORDER BY m.id DESC", self.mid.encode())
            return got and got[0]
        return wait_until(row, 30) or (None, None, None, b"")

    def out(self):
        return sorted(glob.glob(os.path.join(self.dir, "out/new/*")))


def looks(got):
    return got[3].split(b"\r\n\r\n")[0].decode("latin-1")


def class_is(i, want, what):
    got = i.judged()
    t.ok(got[0] == want and (want in ("A0", None) or got[1] != ""),
         f"{what}: {want}", f"{got[:3]}\n{looks(got)}")
    return got


RSPF = (b'Received-SPF: pass identity=mailfrom; '
        b'envelope-from="noc1@example.net"\r\n')
AR = b"Authentication-Results: mx.status.example; "


def attacks(i):
    """What is tried, whose envelope, the bytes, and the class of each."""
    def plain(**more):
        return i.mail(**more)

    def theirs(domain="evil.example", selector=b"s1", **more):
        return sign(i.mail(**more), i.other, domain, selector)

    yield "not signed", "x@evil.example", plain(), "A0"
    yield "not signed, their envelope", "noc1@example.net", plain(), "A0"
    yield ("results of ours written by the sender", "x@evil.example",
           AR + b"dkim=pass header.d=example.net; dmarc=pass "
           b"header.from=example.net\r\n" + plain(), "A0")
    yield ("... folded, with a comment and a version", "x@evil.example",
           b"Authentication-Results:\r\n (x) MX.status.example 1;\r\n"
           b"\tdkim = pass header.d=example.net;\r\n\tdmarc=pass\r\n" +
           plain(), "A0")
    yield ("... below a Received of the sender", "x@evil.example",
           b"Received: from a by mx.status.example; now\r\n" + AR +
           b"dmarc=pass header.from=example.net\r\n" + plain(), "A0")
    yield ("Received-SPF written by the sender", "noc1@example.net",
           RSPF + plain(), i.fooled)
    yield ("spf=pass written by the sender", "noc1@example.net",
           AR + b"spf=pass smtp.mailfrom=example.net\r\n" + plain(),
           i.fooled)
    yield "signed by another", "x@evil.example", theirs(), "A0"
    for d in ("example.net(.evil.example", "example.net'.evil.example",
              "example.net.evil.example"):
        yield f"signed by {d}", "x@evil.example", theirs(d), "A0"
    yield ("signed, the key elsewhere behind a NUL", "x@evil.example",
           theirs("example.net", b"s1._domainkey.evil.example.\0.x"),
           "A0")
    yield ("signed, the selector a whole name", "x@evil.example",
           theirs("example.net", b"s1._domainkey.evil.example."), "A0")
    yield ("two From, theirs above", "x@evil.example",
           b"From: x@evil.example\r\n" + i.signed(), "A0")
    yield ("two From, theirs signed", "x@evil.example",
           sign(b"From: x@evil.example\r\n" + plain(), i.other,
                "evil.example"), "A0")
    yield ("two addresses", "x@evil.example",
           i.signed(sender="x@evil.example, noc1@example.net"), "A0")
    yield ("a name that looks like an address", "x@evil.example",
           theirs(sender='"noc1@example.net" <x@evil.example>'), "A0")
    yield ("sent again with another Subject", "x@evil.example",
           b"Subject: Sev1 all is down\r\n" +
           sign(plain(), i.key, headers=("from", "subject", "date")), "A0k")
    yield ("sent again with another Date", "x@evil.example",
           b"Date: " + email.utils.formatdate().encode() + b"\r\n" +
           sign(plain(date=time.time() - 30 * 86400), i.key), "A0k")
    yield ("sent again with another type", "x@evil.example",
           b"Content-Type: text/html\r\n" +
           sign(b"Content-Type: text/plain\r\n" + plain(), i.key,
                headers=(*HEADERS, "content-type")), "A0k")
    yield ("sent again with more below l=", "x@evil.example",
           sign(plain(), i.key, length=13) + b"resolved\r\n", "A0k")
    yield ("signed, then changed", "x@evil.example",
           i.signed().replace(b"logins fail", b"all is well"), "A0")
    yield ("signed, From changed", "x@evil.example",
           theirs(sender="x@evil.example").replace(
               b"From: x@evil.example", b"From: noc1@example.net"), "A0")


def posts(i):
    return i.one("SELECT count(*) FROM post") or 0


def run(settings, fooled, dkim="", dmarc=""):
    with Desk(fooled) as i, Filters(i.dir, dkim, dmarc) as f, \
            Postfix(i.dir + "/postfix", "unix:" + i.lmtp,
                    milters=f.milters) as p:
        i.serve()
        i.send(p, i.signed())
        got = class_is(i, "A1", f"{settings}: signed")
        head = looks(got)
        t.ok(head.index("dmarc=pass") < head.index("Received:") and
             head.index("dkim=pass") < head.index("Received:"),
             f"{settings}: both filters write above Postfix's Received", head)
        i.send(p, sign(i.mail(sender="noc2@plain.example"), i.key,
                       "plain.example"), "noc2@plain.example")
        got = class_is(i, "A1", f"{settings}: signed, a domain without DMARC")
        t.ok("dmarc=none" in looks(got), f"{settings}: dmarc=none it is",
             looks(got))
        published(i, p, settings)
        before = posts(i)
        for what, sender, raw, want in attacks(i):
            code = i.send(p, raw, sender)
            got = i.judged() if code == 250 else (None,) * 3 + (b"",)
            t.ok(got[0] == want, f"{settings}: {what}: {want}",
                 f"{code} {got[:3]}\n{looks(got)}")
        t.same(posts(i), before, f"{settings}: nothing was published")
        names_are_away(i, p, settings)


def published(i, p, settings):
    """A draft and its yes, both signed: A2, and it is public."""
    i.send(p, i.signed(sender="Comms One <comms1@example.net>",
                       body="draft investigating\r\n\r\nLogins fail for some.",
                       subject="[INC-%d-0001] draft" % time.gmtime().tm_year))
    class_is(i, "A1", f"{settings}: a draft")

    def preview():
        for name in reversed(i.out()):
            with open(name, "rb") as f:
                m = email.message_from_binary_file(f)
            if m["Subject"].startswith("[PREVIEW]") and \
                    "comms1" in m["Delivered-To"]:
                return m
        return None
    m = wait_until(preview, 20)
    if not t.ok(m is not None, f"{settings}: comes back as a preview",
                i.out()):
        return
    to = email.utils.parseaddr(m["Reply-To"])[1]
    yes = dict(sender="Comms One <comms1@example.net>", body="yes", to=to,
               subject="Re: " + " ".join(m["Subject"].split()))
    i.send(p, i.mail(**yes), "comms1@example.net", to)
    class_is(i, "A0", f"{settings}: a yes that isn't signed, to its address")
    i.send(p, sign(i.mail(**yes), i.other, "evil.example"), "x@evil.example",
           to)
    class_is(i, "A0", f"{settings}: a yes that another signed")
    t.same(posts(i), 0, f"{settings}: neither publishes")
    i.send(p, i.signed(**yes), "comms1@example.net", to)
    class_is(i, "A2", f"{settings}: the signed yes")
    t.ok(wait_until(lambda: posts(i) == 1), f"{settings}: publishes")


def names_are_away(i, p, settings):
    """No name is answered: what becomes of a report."""
    os.rename(os.path.join(i.dir, "zone"), os.path.join(i.dir, "away"))
    # Another selector: keys that were asked for are remembered.
    code = i.send(p, sign(i.mail(), i.key, selector=b"s9"))
    got = i.judged() if code == 250 else (None,)
    t.same((code, got[0]), (250, "A0k"),
           f"{settings}: without names a report comes through, not proved")


run("as packaged", "A0k")
run("as contrib says", "A0", of_manual("opendkim.conf"),
    of_manual("opendmarc.conf"))
t.done()
