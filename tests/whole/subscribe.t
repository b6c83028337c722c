#!/usr/bin/env python3
"""Subscribing on the web, by curl: a form, a question by mail, a button; and
what guesses do: nothing (P9; link scanners: scanners.t)."""
import base64
import email
import email.policy
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import Instance, Tap, wait_until  # noqa: E402

t = Tap()
LIST = "example-status"
RANDOM, FLIPPED = ((1000000, 100000) if os.environ.get("CHECK_LONG") else
                   (2500, 300))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))

if not shutil.which("curl"):
    t.skip("subscribing on the web", "curl isn't installed")
    t.done()


def state(i):
    """All that a request could change."""
    text = repr([i.rows("SELECT * FROM " + table + " ORDER BY 1")
                 for table in ("member", "pending", "message", "letter",
                               "told", "follow")])
    return hashlib.sha256(text.encode()).hexdigest()


with Instance('silence = "never"') as i:
    base = "http://%s:%d" % i.http

    def curl(path, *args):
        """Status, body, and the headers but Date."""
        done = subprocess.run(
            ["curl", "-s", "-i", "-m", "20", *args, base + path],
            stdout=subprocess.PIPE, timeout=60)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        while head.startswith(b"HTTP/1.1 100"):
            head, _, body = body.partition(b"\r\n\r\n")
        lines = [x for x in head.decode("latin-1").split("\r\n")
                 if not x.lower().startswith("date:")]
        return int(lines[0].split()[1]), body, lines[1:]

    i.run("list", LIST, "add", "known@reseller1.example")
    i.serve()

    a = curl("/subscribe")
    t.ok(a[0] == 200 and b'<form method="post"' in a[1] and
         b'name="address"' in a[1] and b"<button" in a[1],
         "a form with a button", a)
    before = state(i)

    # What changes nothing.
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
        more = ["-I"] if method == "HEAD" else ["-X", method]
        curl("/subscribe?address=x@x.example&list=" + LIST, *more)
    for what, args in (
            ("no address", ("-d", "list=" + LIST)),
            ("no address at all", ("-d", "address=&list=" + LIST)),
            ("a pipe", ("--data-urlencode", "address=|cmd@x.example")),
            ("two lines", ("--data-urlencode",
                           "address=a@x.example\r\nBcc: b@x.example")),
            ("a NUL", ("-d", "address=a%00@x.example")),
            ("300 bytes", ("-d", "address=" + "a" * 300 + "@x.example")),
            ("an IP literal", ("--data-urlencode", "address=a@[127.0.0.1]")),
            ("a path", ("-d", "address=../../etc@x.example/y")),
            ("another list", ("-d", "address=a@x.example&list=nope")),
            ("no UTF-8", ("-d", "address=a%ff@x.example"))):
        a = curl("/subscribe", *args)
        t.ok(a[0] == 400 and b"Back" in a[1], what + ": says what to mend", a)
    t.same(state(i), before, "and nothing came of any")

    # Known, unknown, again: the same bytes.
    answers = [curl("/subscribe", "--data-urlencode", "address=" + who,
                    "-d", "list=" + LIST)
               for who in ("known@reseller1.example", "new@reseller2.example",
                           "new@reseller2.example", "noreply@x.example",
                           "incident@in.status.example")]
    answers.append(curl("/subscribe", "-F", "address=form@reseller3.example",
                        "-F", "list=" + LIST))
    answers.append(curl("/subscribe", "-F", "address=idn@bücher.example"))
    t.ok(all(x == answers[0] for x in answers) and answers[0][0] == 200,
         "known, unknown, twice, as urlencoded or as a form: the same answer",
         answers)
    t.ok(not [x for x in answers[0][2] if x.lower().startswith(
        ("set-cookie", "location"))], "no cookie, no redirect", answers[0][2])
    want = ["form@reseller3.example", "known@reseller1.example",
            "new@reseller2.example"]

    def asked():
        return sorted(str(m["To"]) for m in i.mails()
                      if "confirm." in m["Message-ID"] and
                      "b" + "ücher" not in str(m["To"]))
    wait_until(lambda: len(asked()) == 3)
    t.same(asked(), want, "each is asked once")
    letters = {str(m["To"]): m for m in i.mails()}
    same = [re.sub(r"c/[a-z2-7]{26}", "c/T", letters[x].get_content())
            for x in want]
    t.ok(same[0] == same[1] == same[2], "in the same words", same)
    t.ok(all(m["Auto-Submitted"] == "auto-generated" and
             m["In-Reply-To"] is None for m in letters.values()),
         "as mails that answer none")

    # The button.
    link = re.search(r"https://status\.example(/c/[a-z2-7]{26})",
                     letters["new@reseller2.example"].get_content()).group(1)
    i.stop()
    i.serve()
    before = state(i)
    a = curl(link)
    t.ok(a[0] == 200 and b'<form method="post">' in a[1] and
         b"<button" in a[1], "the page of the question has a button", a)
    # Guesses: at random, and with one bit of a good one flipped.
    print("# seed %d" % SEED)
    guess = random.Random(SEED)
    raw = base64.b32decode(link[3:].upper() + "======")
    urls = []
    for k in range(RANDOM + FLIPPED):
        if k < FLIPPED:
            bit = guess.randrange(128)
            bad = bytearray(raw)
            bad[bit // 8] ^= 1 << bit % 8
        else:
            bad = guess.randbytes(16)
        urls.append("%s%s" % (
            ("/u/", "/c/")[k % 2 or k < FLIPPED],
            base64.b32encode(bad).decode().rstrip("=").lower()))
    statuses = {}
    for at in range(0, len(urls), 500):
        config = "".join('url = "%s%s"\noutput = "/dev/null"\n'
                         'data = ""\n' % (base, u) if k == 0 else
                         'url = "%s%s"\noutput = "/dev/null"\n' % (base, u)
                         for k, u in enumerate(urls[at:at + 500]))
        done = subprocess.run(
            ["curl", "-s", "-K", "-", "-w", "%{http_code}\n"],
            input=config.encode(), stdout=subprocess.PIPE, timeout=300)
        for code in done.stdout.split():
            statuses[code] = statuses.get(code, 0) + 1
    t.same(statuses, {b"404": RANDOM + FLIPPED},
           "%d guesses, %d of them by a bit, are all unknown" % (
               RANDOM + FLIPPED, FLIPPED))
    t.same(state(i), before, "and nothing came of them")

    first = curl(link, "-d", "")
    t.same(first[0], 200, "the button")
    t.ok(wait_until(lambda: i.one(
        "SELECT status FROM member WHERE folded = ?",
        "new@reseller2.example") == "active"), "makes a member")
    t.ok(wait_until(lambda: [m for m in i.mails() if "welcome." in
                             m["Message-ID"]]), "who is welcomed")
    hello = [m for m in i.mails() if "welcome." in m["Message-ID"]][0]
    t.same(curl(link, "-F", "x=y"), first, "again, as a form: the same page")
    click = re.search(r"<https://status\.example(/u/[a-z2-7]{26})>",
                      hello["List-Unsubscribe"]).group(1)
    a = [curl(click, "-d", "List-Unsubscribe=One-Click"),
         curl(click, "-F", "List-Unsubscribe=One-Click"),
         curl(click, "-d", "List-Unsubscribe=One-Click")]
    t.ok(a[0][0] == 200 and a[0] == a[1] == a[2],
         "one click, three times: the same page", a)
    t.ok(wait_until(lambda: i.one(
        "SELECT status FROM member WHERE folded = ?",
        "new@reseller2.example") == "left"), "and off the list")
    curl(link, "-d", "")
    wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0)
    t.same(i.one("SELECT status FROM member WHERE folded = ?",
                 "new@reseller2.example"), "left",
           "the old button doesn't bring anybody back")
    t.same(len([m for m in i.mails() if "welcome." in m["Message-ID"]]), 1,
           "one welcome in all")
t.done()
