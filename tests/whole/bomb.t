#!/usr/bin/env python3
"""P8: one mailbox that ten thousand senders subscribe, by mail and at the
form, in its name and spelt in every way: one question in a day, nothing else,
and every request kept.  200 requests; CHECK_LONG: 100,000."""
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from web import LIST, ask  # noqa: E402
from whole import Instance, Lmtp, Tap, wait_until  # noqa: E402

LONG = os.environ.get("CHECK_LONG")
N, SENDERS = (100000, 10000) if LONG else (200, 40)
LANES, FORMS = 4, 10
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
SPELT = ("victim@other.example", "Victim@other.example",
         "VICTIM@OTHER.EXAMPLE", "victim+news@other.example",
         "victim+%d@other.example")
PROOFS = ("", "Authentication-Results: in.status.example; dmarc=none\r\n",
          "Authentication-Results: in.status.example; dkim=fail "
          "header.d=other.example; dmarc=fail header.from=other.example\r\n",
          "Authentication-Results: in.status.example; dkim=pass "
          "header.d=bad.example; dmarc=fail header.from=other.example\r\n",
          "Authentication-Results: mx.bad.example; dkim=pass "
          "header.d=other.example; dmarc=pass header.from=other.example\r\n")
WORDS = ("subscribe", "unsubscribe", "request")
t = Tap()
print("# SEED=%d" % SEED)


def request(n):
    """Envelope sender, recipient, text of one of them."""
    chance = random.Random(SEED + n)
    who = chance.choice(SPELT)
    who = who % n if "%" in who else who
    to = "%s-%s@in.status.example" % (LIST, WORDS[n % 3] if n % 2 else
                                      "subscribe")
    text = ("%sReceived: from mx%d.bad.example ([10.%d.%d.%d]) by "
            "in.status.example; %s\r\nFrom: %s\r\nTo: %s\r\nSubject: %s\r\n"
            "Date: %s\r\nMessage-ID: <%d.%d@bad.example>\r\n\r\n%s\r\n\r\n%d\r\n.\r\n"
            % (chance.choice(PROOFS), n, n >> 16, n >> 8 & 255, n & 255, date,
               who, to, chance.choice(("subscribe", "hello", "")), date, SEED,
               n, chance.choice(("subscribe", "unsubscribe", "help")), n))
    return "a%d@bad%d.example" % (n % SENDERS, n % 97), to, text


class Lane(threading.Thread):
    """Sends its part of the requests, one after the other."""

    def __init__(self, i, first):
        super().__init__()
        self.i, self.first, self.taken, self.other = i, first, 0, []

    def run(self):
        with Lmtp(self.i.lmtp, timeout=120) as l:
            l.ask(b"LHLO bad.example\r\n")
            for n in range(self.first, N, LANES):
                sender, to, text = request(n)
                l.say(("MAIL FROM:<%s>\r\nRCPT TO:<%s>\r\nDATA\r\n" % (
                    sender, to)).encode())
                said = [l.reply() for _ in range(3)]
                said.append(l.ask(text.encode()))
                if said[-1].startswith("250"):
                    self.taken += 1
                else:
                    self.other.append(said)


memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
with Instance('silence = "never"', 'trust = "authenticated"',
              parent=memory) as i:
    i.serve()
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime())
    start = time.monotonic()
    lanes = [Lane(i, k) for k in range(LANES)]
    for lane in lanes:
        lane.start()
    pages = []
    for n in range(FORMS):
        a = ask(i, "/subscribe", "POST",
                b"list=%s&address=%s" % (LIST.encode(), (
                    SPELT[n % 5].replace("%d", str(n)).replace(
                        "+", "%2B")).encode()),
                Content_Type="application/x-www-form-urlencoded")
        pages.append((a.status, a.body))
        time.sleep(.2)
    for lane in lanes:
        lane.join()
    took = time.monotonic() - start
    t.same((sum(lane.taken for lane in lanes),
            [x for lane in lanes for x in lane.other]), (N, []),
           "%d requests of %d senders are taken" % (N, SENDERS))
    t.same({x for x in pages if x[0] != 503}, {pages[0]},
           "the form says the same each time")
    left = []

    def at_rest():
        left.append(i.one("SELECT count(*) FROM waiting"))
        if left[-1] != 0:
            time.sleep(.5)
        return left[-1] == 0
    t.ok(wait_until(at_rest, 7200 if LONG else 120), "all are handled",
         left[-1])
    print("# taken in %.0f s, handled in %.0f s" % (
        took, time.monotonic() - start))
    wait_until(lambda: i.mails())
    time.sleep(2)
    mails = i.mails()
    asked = [m for m in mails if "confirm." in m["Message-ID"]]
    t.same((len(asked), [str(m["To"]) for m in mails if m not in asked and
                         "other.example" in str(m["To"])]), (1, []),
           "the mailbox is asked once, and gets nothing else")
    t.same([str(m["To"]) for m in mails if m not in asked], [],
           "nor does anybody else")
    kept = i.one("SELECT count(*) FROM message WHERE source = 'lmtp'")
    t.ok(kept >= N, "each request is kept", kept)
    t.same(i.rows("SELECT count(*), sum(repeats) >= ? FROM pending",
                  N - 1), [(1, 1)], "and counted")
    t.same(i.one("SELECT count(*) FROM member"), 0, "nobody is a member")
t.done()
