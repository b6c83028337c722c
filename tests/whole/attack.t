#!/usr/bin/env python3
"""Six hours of an attack, the clock sped up (clock_rate), through a real
Postfix: what the public saw at each step, as a transcript in the lines with #,
and that not one word of the internal mails is in it."""
import email
import email.policy
import glob
import html
import os
import re
import shutil
import smtplib
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import ROOT, Instance, Tap, wait_until  # noqa: E402

t = Tap()
RATE = 360
IN = "incident@in.status.example"
RESELLER = "r1@reseller1.example"
STOCK = "To protect the service we are sharing limited detail"

if not os.environ.get("CHECK_LONG"):
    t.skip("the attack", "takes a minute: in check-long")
    t.done()
if os.geteuid() != 0 or shutil.which("postfix", path=os.environ["PATH"] +
                                     ":/usr/sbin") is None:
    t.skip("the attack", "no Postfix, or not root")
    t.done()

PEOPLE = '''
person "noc2" { name = "NOC Two"  addresses = { "noc2@example.net" }  roles = { "noc" } }
person "sec1" { name = "Security One"  addresses = { "sec1@example.net" }  roles = { "security" } }
person "exec1" { name = "Duty Exec"  addresses = { "exec1@example.net" }  roles = { "exec" } }
'''
ROTA = "".join("2020-01-01T00:00:00Z 2099-01-01T00:00:00Z %s\n" % line
               for line in ("security 1 sec1", "exec 3 exec1"))
# Whatever people write among themselves holds one of these.
INSIDE = """flood 140 Gbps reflected subdomain ns2 ns3 scrubbing carrier ransom
Globex extortion resolver filter upstream legal attack attackers botnet
withheld volume method victim Kestrel""".split()
SEEN_AT = ("/", "/now.txt", "/plain.txt")


def box(address):
    """The mails in somebody's Maildir, by their arrival."""
    local, domain = address.split("@")
    found = []
    for name in glob.glob("%s/mail/%s/%s/new/*" % (p, domain, local)):
        with open(name, "rb") as f:
            found.append((os.stat(name).st_mtime_ns,
                          email.message_from_binary_file(
                              f, policy=email.policy.default)))
    return [m for _, m in sorted(found, key=lambda x: x[0])]


def text(m):
    return m.get_body(("plain",)).get_content().replace("\r", "")


def comes(address, says, what, seconds=40):
    """The newest mail to somebody of which this is true."""
    found = []

    def look():
        found[:] = [m for m in box(address) if m["Message-ID"] not in answered
                    and says(m)]
        return found

    if not wait_until(look, seconds):
        t.ok(False, what, "\n".join("%s\n%s" % (m["Subject"], text(m)[:300])
                                    for m in box(address)[-4:]))
        raise SystemExit(t.done())
    t.ok(True, what)
    return found[-1]


def ours():
    """Their time, in seconds UTC."""
    return start + (time.time() * 1000 - ms) * rate / 1000


def send(who, body, to=IN, subject="", letter=None):
    """A mail as its writer's program sends it."""
    global serial
    serial += 1
    m = email.message.EmailMessage(policy=email.policy.SMTP)
    m["From"] = "%s <%s@example.net>" % (NAMES[who], who)
    if letter is not None:
        to = str(letter["Reply-To"]).split("<")[-1].strip(">")
        subject = "Re: " + str(letter["Subject"])
        m["In-Reply-To"] = m["References"] = str(letter["Message-ID"])
        answered.add(letter["Message-ID"])
    m["To"], m["Subject"] = to, subject
    m["Date"] = time.strftime("%a, %d %b %Y %H:%M:%S +0000",
                              time.gmtime(ours()))
    m["Message-ID"] = "<attack%d@example.net>" % serial
    m.set_content(body)
    host, port = mx.split(":")
    with smtplib.SMTP(host, int(port), timeout=30) as s:
        s.sendmail(who + "@example.net", [to], m.as_bytes())


def fetch(path):
    try:
        with urllib.request.urlopen("http://%s:%d%s" % (*i.http, path),
                                    timeout=5) as r:
            return r.read().decode()
    except OSError:
        return ""


def plain(page):
    """What a reader sees of a page."""
    page = re.sub(r"(?s)<(head|style|script)\b.*?</\1>", "", page)
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


def public():
    """Every public byte there is now."""
    surfaces = [m.as_string() + text(m) for m in box(RESELLER)]
    for where, _, names in os.walk(i.dir + "/state/public"):
        for name in names:
            with open(os.path.join(where, name), errors="replace") as f:
                surfaces.append(f.read())
    return surfaces


told = 0


def transcript(step):
    """What the public sees after a step."""
    global told
    minutes = int(ours() - began) // 60
    print("#\n# T+%d:%02d  %s" % (minutes // 60, minutes % 60, step))
    mails = box(RESELLER)
    for m in mails[told:]:
        print("#   mail  %s" % m["Subject"])
        for line in text(m).split("\n")[:14]:
            print("#         | %s" % line)
    told = len(mails)
    seen = re.search(r"(All systems operational|Open now .{0,300})",
                     plain(fetch("/")))
    print("#   page  %s" % (seen.group(1) if seen else "-"), flush=True)
    leaks = sorted({w for s in public() for w in INSIDE
                    if re.search(r"\b%s\b" % w, s, re.I)})
    t.same(leaks, [], "T+%d:%02d, %s: not an internal word is public" % (
        minutes // 60, minutes % 60, step))


def posts():
    return i.one("SELECT count(*) FROM post")


def posted(n, what):
    t.ok(wait_until(lambda: posts() == n and len(box(RESELLER)) == n, 40),
         what, "%d posts, %d mails" % (posts(), len(box(RESELLER))))


def no_news(hour):
    """The promise is reminded of, and kept: nothing new."""
    global n
    due = comes("comms1@example.net", is_reminder,
                "the promise is reminded of (%s)" % hour, 60)
    send("comms1", "same", letter=due)
    send("comms1", "yes", letter=comes(
        "comms1@example.net", lambda m: is_preview(m) and
        m["Subject"].startswith("[PREVIEW]"), "same has a preview"))
    n += 1
    posted(n, "with the yes the promise is kept")
    transcript("nothing new to tell")


def is_preview(m):
    return "Reply YES to publish" in " ".join(text(m).split())


def shows_own(m):
    return "repeat them" in " ".join(text(m).split()) and m["Reply-To"]


def is_reminder(m):
    return re.match(r"<inc-\d{4}-\d{4}\.t4\.", m["Message-ID"]) is not None


NAMES = {"noc1": "NOC One", "noc2": "NOC Two", "comms1": "Comms One",
         "sec1": "Security One", "exec1": "Duty Exec"}
answered = set()
serial = 0

with Instance('lmtp_group = "postfix"', "clock_rate = %d" % RATE) as i:
    p = i.dir + "/postfix"
    tool = os.path.join(ROOT, "tests/lib/postfix.sh")
    subprocess.run([tool, "start", p, "unix:" + i.lmtp], check=True,
                   timeout=60)
    try:
        with open(p + "/in") as f:
            mx = f.read().strip()
        with open(p + "/out") as f:
            out = f.read().strip()
        with open(i.conf) as f:
            conf = re.sub(r"relay = .*", 'relay = { "smtp://%s" }' % out,
                          f.read())
        with open(i.conf, "w") as f:
            f.write(conf + PEOPLE)
        with open(i.dir + "/rota", "a") as f:
            f.write(ROTA)
        i.run("list", "example-status", "import", "-",
              data=RESELLER.encode())
        i.serve()
        with open(i.dir + "/state/clock") as f:
            ms, start, rate = map(int, f.read().split())
        began = ours()

        send("noc1", "Components: dns = partial outage\n"
             "Disclosure: limited\nHandoff: now\n\n"
             "Reflected UDP and random-subdomain flood at ns2/ns3, 140 Gbps, "
             "scrubbing via\ncarrier, victim withheld. DO NOT publish method "
             "or volume.\n", subject="SEV1 DNS slow from some networks")
        hand = comes("comms1@example.net", is_preview,
                     "Marketing has the hand-off, with a text to publish")
        t.ok(STOCK in " ".join(text(hand).split()), "the stock text")
        transcript("NOC reports the attack")
        event = re.search(r"INC-\d{4}-\d{4}", str(hand["Subject"]) +
                          text(hand)).group(0)
        tag = "incident+%s@in.status.example" % event.lower()

        send("comms1", "draft investigating\n\nA flood of 140 Gbps keeps ns2 "
             "busy; our carrier filters it.\n", letter=hand)
        refused = comes("comms1@example.net", lambda m: is_preview(m) and
                        STOCK in " ".join(text(m).split()),
                        "own words with details come back")
        t.same(posts(), 0, "and nothing is posted")
        transcript("Marketing wanted to say too much")

        send("comms1", "yes", letter=refused)
        posted(1, "one yes to the stock text is the first post")
        transcript("the first post")

        send("noc2", "Globex had an extortion letter at noon, ransom in "
             "Kestrel's name.\nThe resolver filter helps a little.\n",
             to=tag, subject="Re: [%s] more" % event)
        send("exec1", "War-room open noc2, comms1\nchair noc2\n\n"
             "Get legal on the line about the ransom.\n",
             letter=comes("exec1@example.net", lambda m: m["Reply-To"],
                          "the executive knows"))
        comes("noc2@example.net", lambda m: "Chair: NOC Two" in text(m),
              "the war room is open")
        transcript("the war room, and what NOC learnt")

        n = 1
        for hour in 1, 2:
            no_news(hour)

        send("comms1", "draft identified\n\nSome lookups still fail at the "
             "first try. Please let your systems repeat them.\n", to=tag,
             subject="Re: [%s] news" % event)
        mine = comes("comms1@example.net", shows_own,
                     "own words, without details")
        send("comms1", "yes", letter=mine)
        comes("comms1@example.net", lambda m: "E44" in
              str(m["Sitrep-Result"]), "their writer's yes isn't enough")
        t.same(posts(), n, "nothing is posted by it")
        second = comes("sec1@example.net", shows_own, "security is asked")
        send("sec1", "yes", letter=second)
        n += 1
        posted(n, "with security's yes it is posted")
        transcript("own words, seen by two")

        while ours() - began < 5 * 3600:
            no_news("again")

        send("noc1", "Status: monitoring\n\nThe botnet is gone since the "
             "upstream filter.\n", to=tag, subject="Re: [%s]" % event)
        wait_until(lambda: ours() - began >= 6 * 3600, 300)
        send("comms1", "resolve\n", to=tag, subject="Re: [%s] over" % event)
        last = comes("comms1@example.net", lambda m: is_preview(m) and
                     "resolved" in text(m).lower(),
                     "the end is proposed in stock words")
        send("comms1", "yes", letter=last)
        n += 1
        posted(n, "and posted")
        t.ok(wait_until(lambda: "left out" in plain(fetch(
            "/incident/%s/%s/" % tuple(event.split("-")[1:]))), 20),
            "its page says that details are left out")
        transcript("resolved")
        t.ok(ours() - began >= 6 * 3600, "six hours of theirs")
        t.same(i.one("SELECT count(*) FROM letter WHERE status = 'failed'"),
               0, "no mail failed")
        kept = b"".join(bytes(r[0]) if isinstance(r[0], bytes) else
                        r[0].encode() for r in
                        i.rows("SELECT raw FROM message"))
        t.ok(all(w.lower().encode() in kept.lower() for w in
                 ("flood", "ransom", "botnet")), "the mails are all kept")
    finally:
        i.stop()
        subprocess.run([tool, "stop", p], timeout=60)
t.done()
