#!/usr/bin/env python3
"""A store whose keys are lost takes nothing: mail waits, no key is remade."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import Instance, Lmtp, Tap, mail, wait_until  # noqa: E402

t = Tap()
TO = "incident@in.status.example"
HOW = r"od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' > reply"


def deliver(i, text):
    return i.run("deliver", "-f", "noc1@example.net", "--", TO,
                 data=mail(text).replace(b"\r\n", b"\n"))


for first in (["list", "example-status", "add", "r1@reseller.example"],
              ["tick"], None):
    with Instance() as i:
        if first is None:
            i.serve()
            i.stop()
        else:
            i.run(*first)
        keys = os.path.join(i.dir, "state", "keys")
        t.same(sorted(os.listdir(keys)), ["chain", "list", "reply"],
               f"{first or 'serve'} on a fresh state makes the keys")
        t.same(deliver(i, "one").returncode, 0, "and mail is taken")

with Instance() as i:
    keys = os.path.join(i.dir, "state", "keys")
    t.same(deliver(i, "one").returncode, 0, "a fresh state")
    for name in ("reply", "list", "chain"):
        path = os.path.join(keys, name)
        os.rename(path, path + ".away")
        got = deliver(i, "lost " + name)
        t.ok(got.returncode == 75 and path.encode() in got.stdout and
             b"backup" in got.stdout, f"{name} is lost: 75, and what to do",
             got.stdout)
        t.ok(not os.path.exists(path), "none is made")
        os.rename(path + ".away", path)
        t.same(deliver(i, "lost " + name).returncode, 0,
               "back, and the mail is taken")

    path = os.path.join(keys, "reply")
    os.unlink(path)
    i.serve()
    with Lmtp(i.lmtp) as c:
        t.ok(c.send(mail("by lmtp")).startswith("451 4."), "serve: 451")
        t.ok("backup" in i.said(), "and the log says what to do", i.said())
        t.ok(not os.path.exists(path), "none is made by serve")
        with open(os.path.join(os.path.dirname(__file__),
                               "../../src/sitrep.1")) as f:
            man = f.read().replace("\\e", "\\")
        t.ok("$ " + HOW in man, "the manual says how to make one")
        subprocess.run(["sh", "-c", "umask 077; " + HOW], cwd=keys,
                       check=True)
        t.ok(wait_until(lambda: c.send(mail("by lmtp")).startswith("250")),
             "a new key, made by hand: mail is taken without a restart")
    t.ok(wait_until(lambda: i.one("SELECT count(*) FROM message") ==
                    i.one("SELECT count(*) FROM handled")), "and handled")

t.done()
