#!/usr/bin/env python3
"""Pages through a real Postfix: one that bounces there, a first relay that is
silent, a command that hangs."""
import os
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import ROOT, Instance, Tap, mail, wait_until  # noqa: E402

t = Tap()

if os.geteuid() != 0 or shutil.which("postfix", path=os.environ["PATH"] +
                                     ":/usr/sbin") is None:
    t.skip("pages", "no Postfix, or not root")
    t.done()

PEOPLE = '''
person "comms2" {{ name = "Comms Two"  addresses = {{ "comms2@example.net" }}  roles = {{ "comms" }}  page = {{ "back@pager.example" }} }}
relay = {{ "smtp://127.0.0.1:{silent}", "smtp://{mx}" }}
'''


def staff(i, silent, mx, *targets):
    """comms1's page targets, and a backup."""
    with open(i.conf) as f:
        text = f.read()
    text = "\n".join(x for x in text.splitlines() if not
                     x.startswith("relay"))
    text = text.replace('addresses = { "comms1@example.net" }',
                        'addresses = { "comms1@example.net" }  page = { %s }' %
                        ", ".join('"%s"' % x for x in targets))
    with open(i.conf, "w") as f:
        f.write(text + PEOPLE.format(silent=silent, mx=mx))
    with open(i.dir + "/rota", "a") as f:
        f.write("2020-01-01T00:00:00Z 2099-01-01T00:00:00Z comms 2 comms2\n")


def box(p, local, domain="pager.example"):
    where = "%s/mail/%s/%s/new" % (p, domain, local)
    return sorted(os.listdir(where)) if os.path.isdir(where) else []


def report(i):
    i.run("deliver", "-f", "noc1@example.net", "--",
          "incident@in.status.example",
          data=mail("Sev1 cluster b: down").replace(b"\r\n", b"\n"))
    return time.monotonic()


silent = socket.socket()  # takes connections and never says a word
silent.bind(("127.0.0.1", 0))
silent.listen(64)
port = silent.getsockname()[1]
tool = os.path.join(ROOT, "tests/lib/postfix.sh")

with Instance('lmtp_group = "postfix"') as i:
    p = i.dir + "/postfix"
    subprocess.run([tool, "start", p, "unix:" + i.lmtp], check=True,
                   timeout=60)
    try:
        with open(p + "/in") as f:
            mx = f.read().strip()
        with open(p + "/to-maildir") as f:
            script = f.read()
        with open(p + "/to-maildir", "w") as f:
            f.write(script.replace("#!/bin/sh\n", "#!/bin/sh\n"
                                   "[ \"$2\" != gone ] || exit 67\n"))

        # A bounce.
        staff(i, port, mx, "gone@pager.example")
        i.serve()
        began = report(i)
        t.ok(wait_until(lambda: box(p, "back"), 30),
             "the pager's server bounces: the backup is paged",
             i.said()[-900:])
        print("# after %.1f s" % (time.monotonic() - began), flush=True)
        t.ok(time.monotonic() - began < 20, "at once, though the first relay "
             "is silent")
        t.same(i.rows("SELECT status, reply FROM letter WHERE recipient = "
                      "'gone@pager.example' ORDER BY id LIMIT 1"),
               [("failed", "it came back")], "the page has failed")
        t.same(i.one("SELECT count(*) FROM handled WHERE verdict = 'bounce' "
                     "AND event_id = 1") >= 1, True,
               "the bounce is filed under the event")
        t.same(i.rows("SELECT recipient FROM letter WHERE recipient LIKE "
                      "'%mailer-daemon%'"), [], "and isn't answered")
        with open("%s/mail/pager.example/back/new/%s" % (
                p, box(p, "back")[0])) as f:
            text = f.read()
        t.ok("Answer ack to p." in text.replace("=\n", ""),
             "the page says how to answer", text)
        i.stop()

        # Commands that hang, beside one that works.
        with open(i.conf) as f:
            text = f.read()
        with open(i.conf, "w") as f:
            f.write(text.replace(
                '"gone@pager.example"', ', '.join('"%s"' % c for c in (
                    "|/bin/sh -c 'trap : TERM; while :; do sleep 1; done'",
                    "|/bin/false", "|/nowhere/page",
                    "|/usr/bin/yes", "|/bin/cat > %s/paged" % i.dir))))
        i.serve()
        before = len(box(p, "comms1", "example.net"))
        began = report(i)
        t.ok(wait_until(lambda: os.path.exists(i.dir + "/paged") and
                        os.path.getsize(i.dir + "/paged"), 10),
             "four commands that don't work: the fifth does", i.said()[-900:])
        t.ok(wait_until(lambda: len(box(p, "comms1", "example.net")) > before,
                        10), "and the mail comes")
        t.ok(time.monotonic() - began < 10, "at once")
        t.same(i.one("SELECT count(*) FROM timer WHERE event_id = 2 AND kind "
                     "= 2 AND fired_at IS NOT NULL"), 0,
               "comms1 was reached: the next step waits its time")
        t.ok(wait_until(lambda: i.one(
            "SELECT count(*) FROM letter WHERE kind = 'command' AND reply = "
            "'the command took over 60 s'") == 2, 90),
             "those that hang are killed after a minute",
             i.rows("SELECT recipient, status, reply FROM letter WHERE kind = "
                    "'command'"))
    finally:
        i.stop()
        subprocess.run([tool, "stop", p], timeout=60)
silent.close()
t.done()
