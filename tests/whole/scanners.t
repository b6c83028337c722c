#!/usr/bin/env python3
"""P9: whatever looks at our links changes nothing.  Every kind of address that
the web listener knows, asked for by forty programs that follow links in mail,
by GET, HEAD and OPTIONS, as a prefetch and as what only pretends to be no GET:
the store, the keys and what was sent stay as they were.  And what a form says
doesn't tell whom it knows.  Each program asks each address in one of the ways;
CHECK_LONG: in all."""
import hashlib
import http.client
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from web import LIST, ask, token  # noqa: E402
from whole import Instance, Tap, wait_until  # noqa: E402

t = Tap()
LONG = os.environ.get("CHECK_LONG")
AGENTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1)", "bingbot/2.0", "Barracuda",
    "Proofpoint URL Defense", "Mimecast", "SafeLinks/1.0", "FireEye",
    "Microsoft Office/16.0 (Outlook)", "Slackbot-LinkExpanding 1.0",
    "facebookexternalhit/1.1", "Twitterbot/1.0", "WhatsApp/2.0",
    "TelegramBot (like TwitterBot)", "Yahoo! Slurp", "DuckDuckBot/1.0",
    "YandexBot/3.0", "Baiduspider", "AhrefsBot/7.0", "SemrushBot",
    "python-requests/2.28", "curl/7.88", "Wget/1.21", "Go-http-client/1.1",
    "Java/17", "okhttp/4.9", "Apache-HttpClient/4.5", "libwww-perl/6.6",
    "Sophos-URL", "TrendMicro", "Symantec", "Cisco-ESA", "Fortinet",
    "Palo Alto Networks", "Zscaler", "Forcepoint", "Trustwave", "Avanan",
    "Vade Secure", "Hornetsecurity", "Spamhaus")
WAYS = (  # method, headers, body
    ("GET", {}, None),
    ("GET", {"Purpose": "prefetch", "X-Purpose": "preview", "X-Moz": "prefetch",
             "Sec-Purpose": "prefetch;prerender"}, None),
    ("HEAD", {}, None),
    ("OPTIONS", {"Origin": "https://x.example",
                 "Access-Control-Request-Method": "POST"}, None),
    ("GET", {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST",
             "X-Method-Override": "POST", "List-Unsubscribe": "One-Click",
             "Content-Type": "application/x-www-form-urlencoded"},
     b"List-Unsubscribe=One-Click"))
QUIET = ("heartbeat",)  # the clock's own


def state(i):
    """All that a request could change."""
    db = sqlite3.connect(os.path.join(i.dir, "state/sitrep.db"), timeout=20)
    names = [n for n, in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'")]
    out = {n: hashlib.sha256(repr(db.execute(
        'SELECT * FROM "%s" ORDER BY 1' % n).fetchall()).encode()).hexdigest()
        for n in names if n not in QUIET}
    db.close()
    for top in ("state/keys", "state/deliveries", "out"):
        for where, _, files in os.walk(os.path.join(i.dir, top)):
            for name in files:
                with open(os.path.join(where, name), "rb") as f:
                    out[name] = hashlib.sha256(f.read()).hexdigest()
    return out


def differs(before, after):
    return sorted(n for n in set(before) | set(after)
                  if before.get(n) != after.get(n))


def question(i):
    for where, _, files in os.walk(os.path.join(i.dir, "out")):
        for name in files:
            with open(os.path.join(where, name)) as f:
                got = re.search("https://status.example(/c/[a-z2-7]{26})",
                                f.read())
            if got:
                return got.group(1)
    return None


def at_rest(i):
    return (i.one("SELECT count(*) FROM waiting") == 0 and
            i.one("SELECT count(*) FROM letter WHERE status = 'waiting'") == 0)


with Instance('silence = "never"') as i:
    i.run("list", LIST, "add", "known@reseller1.example")
    done = i.run("post", "--as", "comms1", "--yes", data=(
        b"publish investigating\nComponents: email-b\n\nWe look into it.\n"))
    i.serve()
    member = i.one("SELECT id FROM member")
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    ask(i, "/subscribe", "POST", b"address=new@reseller2.example&list=" +
        LIST.encode(), **form)
    link = wait_until(lambda: question(i))
    event = "/incident/%d/%04d/" % (i.rows(
        "SELECT year, number FROM event") or [(0, 0)])[0]
    busy = os.path.join(i.dir, "state/page.busy")
    there = wait_until(lambda: ask(i, event).status == 200 and
                       not os.path.exists(busy))
    t.ok(link and there, "a question and a page are there",
         (link, event, done.stdout + done.stderr))
    leave = "/u/" + token(i, member)
    routes = (
        leave, leave.upper().replace("/U/", "/u/"), leave + "?x=y", link,
        link + "?List-Unsubscribe=One-Click", "/u/" + link[3:],
        "/c/" + leave[3:], "/u/", "/c/", "/u/" + "a" * 26, "/subscribe",
        "/subscribe?list=%s&address=new3@reseller3.example" % LIST,
        "/search?q=look", "/healthz", "/metrics", "/nothing", "/", event,
        event + "plain.txt", "/feed/updates.atom", "/calendar.ics",
        "/api/v2/summary.json", "/api/v2/incidents.json",
        "/component/email-b/", "/badge/email-b.svg", "/now.txt", "/history/")
    wait_until(lambda: at_rest(i))
    before = state(i)
    c = http.client.HTTPConnection(*i.http, timeout=20)
    seen, cookies, asked = {}, [], 0
    for k, agent in enumerate(AGENTS):
        for m, path in enumerate(routes):
            for n, (method, more, body) in enumerate(WAYS):
                if not LONG and (k + m) % len(WAYS) != n:
                    continue
                asked += 1
                c.request(method, path, body, {"User-Agent": agent, **more})
                a = c.getresponse()
                a.read()
                seen.setdefault((path, n), set()).add(a.status)
                if a.getheader("Set-Cookie") or a.status in (302, 303, 307):
                    cookies.append((path, a.getheaders()))
    wait_until(lambda: at_rest(i))
    t.same(differs(before, state(i)), [],
           "%d requests of %d programs for %d addresses change nothing" % (
               asked, len(AGENTS), len(routes)))
    t.same({k: v for k, v in seen.items() if len(v - {503}) != 1}, {},
           "each program is told the same, or to come later")
    t.same(cookies[:1], [], "no cookie, no redirect")
    t.same([seen[(leave, n)] for n in range(4)], [{200}, {200}, {200}, {405}],
           "the link to leave with is a page with a button")
    t.same((seen[(event, 0)], seen[("/feed/updates.atom", 0)],
            seen[("/u/" + "a" * 26, 0)]), ({200}, {200}, {404}),
           "and the others are there")

    # Known, left, asked before, unknown: the same bytes, whichever the form.
    def told(who, extra=b""):
        a = ask(i, "/subscribe", "POST", b"list=" + LIST.encode() +
                b"&address=" + who + extra, **form)
        return a.status, a.body, sorted(
            (k, v) for k, v in a.head.items() if k != "date")
    answers = [told(who) for who in (
        b"known@reseller1.example", b"new@reseller2.example",
        b"never@reseller9.example", b"KNOWN@reseller1.example")]
    t.ok(answers[0][0] == 200 and all(a == answers[0] for a in answers),
         "the form says of each address the same", answers)
    a = ask(i, leave, "POST", b"List-Unsubscribe=One-Click", **form)
    t.ok(wait_until(lambda: i.one("SELECT status FROM member WHERE id = ?",
                                  member) == "left") and a.status == 200,
         "while a POST works", a.data)
    b = ask(i, leave, "POST", b"List-Unsubscribe=One-Click", **form)
    t.same((b.status, b.body), (a.status, a.body), "twice, too")
    t.same(told(b"known@reseller1.example"), answers[0],
           "who left is told the same as well")
t.done()
