#!/usr/bin/env python3
"""serve without its store: the administrator is told by a mail that needs
none, and all goes on when it is there again."""
import glob
import os
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import Instance, Lmtp, Tap, mail, wait_until  # noqa: E402

t = Tap()


def out(i, *words):
    """The letters that went and have all these words."""
    found = []
    for path in glob.glob(i.dir + "/out/new/*"):
        with open(path, errors="replace") as f:
            text = " ".join(f.read().replace("=\n", "").split())
        if all(w in text for w in words):
            found.append(text)
    return found


STILL = "Delivered-To: root@localhost", "stands still"

with Instance() as i:
    i.serve()
    with Lmtp(i.lmtp) as c:
        c.send(mail("before"))
    wait_until(lambda: out(i, "Delivered-To: noc1@example.net"), 40)
    time.sleep(3)  # nobody writes
    store = i.dir + "/state/sitrep.db"
    shutil.copy(store, store + "~")
    with open(store, "r+b") as f:
        f.write(b"no database at all" * 100)
    t.ok(wait_until(lambda: out(i, *STILL, store), 60),
         "a store that is damaged: the administrator is told",
         i.said()[-2000:])
    with Lmtp(i.lmtp) as c:
        t.same(c.send(mail("meanwhile"))[:1], "4", "mail is to come again")
    os.rename(store + "~", store)

    def taken():
        with Lmtp(i.lmtp) as c:
            return c.send(mail("Sev1 cluster b: down"))[:3] == "250"

    t.ok(wait_until(taken, 40), "put back: mail is taken")
    t.ok(wait_until(lambda: out(i, "YOU HAVE IT"), 40), "and handled",
         i.said()[-2000:])
    t.ok(wait_until(lambda: "step=distress st=over" in i.said(), 40),
         "which is the end of it", i.said()[-2000:])
    t.same(len(out(i, *STILL)), 1, "told once")
    t.same(i.stop(), 0, "serve ends in order")
    key = i.dir + "/state/keys/reply"
    os.rename(key, key + "~")
    i.serve()
    t.ok(wait_until(lambda: out(i, *STILL, key), 60),
         "started without a key: the administrator is told which",
         i.said()[-2000:])
    t.same(i.stop(), 0, "serve ends in order")
t.done()
