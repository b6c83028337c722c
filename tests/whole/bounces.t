#!/usr/bin/env python3
"""A real Postfix as relay and as the far side, which knows one reader no more,
has a full mailbox for another, keeps a third waiting and lets a fourth in at
the second try: what comes back is read, and counts or doesn't."""
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import ROOT, Instance, Tap, mail, wait_until  # noqa: E402

t = Tap()
if os.geteuid() != 0 or shutil.which("postfix", path=os.environ["PATH"] +
                                     ":/usr/sbin") is None:
    t.skip("bounces", "no Postfix, or not root")
    t.done()

FAR = """/^gone@/ 550 5.1.1 no such user here
/^full@/ 550 5.2.2 mailbox is full
/^slow@/ 450 4.2.1 mailbox busy
%s/./ OK
"""
GREY = "/^grey@/ 450 4.7.1 Greylisted, try again\n"
MASTER = """
127.0.0.1:%d inet n - n - - smtpd
    -o myhostname=mx.far.example
    -o { smtpd_recipient_restrictions = check_recipient_access regexp:%s }
    -o content_filter=maildir:
"""
WHO = ("gone", "full", "slow", "grey", "fine")
tool = os.path.join(ROOT, "tests/lib/postfix.sh")
top = tempfile.mkdtemp(prefix="sitrep-whole-bounces-")
os.chmod(top, 0o755)
mx = top + "/mx"


def read(name):
    with open(os.path.join(mx, name), errors="replace") as f:
        return f.read()


def write(name, text):
    with open(os.path.join(mx, name), "w") as f:
        f.write(text)


def box(who):
    where = "%s/mail/far.example/%s/new" % (mx, who)
    return len(os.listdir(where)) if os.path.isdir(where) else 0


def far_side():
    """A second door of the same Postfix, under another name."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    write("etc/far", FAR % GREY)
    write("etc/transport", "/@far\\.example$/ smtp:[127.0.0.1]:%d\n" % port +
          read("etc/transport"))
    write("etc/master.cf", read("etc/master.cf") +
          MASTER % (port, mx + "/etc/far"))
    subprocess.run(["postconf", "-c", mx + "/etc", "-e",
                    "delay_warning_time=1s"], check=True)
    restart()


def restart():
    for verb in ("stop", "start"):
        subprocess.run(["postfix", "-c", mx + "/etc", verb], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=60)


def handled(i):
    return i.one("SELECT count(*) FROM handled WHERE verdict = 'bounce'")


def bounced(i):
    return i.rows("SELECT m.address, class, reason, b.status FROM bounce b "
                  "JOIN member m ON m.id = member_id ORDER BY m.address, b.id")


def post(i, n):
    done = i.run("post", "--as", "comms1", "--yes", data=(
        "Incident: %s\npublish identified\n\nStep %d.\n" % (event(i), n)
    ).encode())
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode())


def event(i):
    return "INC-%d-%04d" % i.rows("SELECT year, number FROM event")[0]


def change(i, sql):
    with_db = sqlite3.connect(
        os.path.join(i.dir, "state", "sitrep.db"), timeout=20)
    with with_db:
        with_db.execute(sql)
    with_db.close()


subprocess.run([tool, "start", mx, "unix:" + top + "/lmtp.sock"], check=True,
               timeout=60)
try:
    far_side()
    with Instance('lmtp = "%s/lmtp.sock"' % top, 'lmtp_group = "postfix"',
                  'relay = { "smtp://%s" }' % read("out").strip(),
                  parent=top) as i:
        i.run("list", "example-status", "import", "-", data="\n".join(
            "%s@far.example" % who for who in WHO).encode())
        i.lmtp = top + "/lmtp.sock"
        i.serve()
        i.run("deliver", "-f", "noc1@example.net", "--",
              "incident@in.status.example",
              data=mail("Sev2 cluster b: slow").replace(b"\r\n", b"\n"))
        t.ok(wait_until(lambda: i.one("SELECT count(*) FROM event"), 20),
             "an incident")
        post(i, 1)
        t.ok(wait_until(lambda: box("fine") == 1, 30), "a reader has it",
             read("log")[-2000:])
        t.ok(wait_until(lambda: len(bounced(i)) == 2 and handled(i) >= 4, 60),
             "four reports came back: gone, full, slow, grey",
             i.rows("SELECT verdict, subject FROM handled"))
        t.same(bounced(i), [
            ("full@far.example", "soft", "full", "5.2.2"),
            ("gone@far.example", "hard", "no-user", "5.1.1")],
            "a full one, a gone one; who only waits is none")
        t.same(i.one("SELECT count(*) FROM letter WHERE recipient LIKE "
                     "'%mailer-daemon%' OR recipient LIKE '%far.example'"), 0,
               "no report is answered")
        write("etc/far", FAR % "")
        restart()
        t.ok(wait_until(lambda: box("grey") == 1, 60),
             "the grey one gets it at a later try", read("log")[-1500:])
        # The first one was yesterday.
        change(i, "UPDATE bounce SET at = at - 86400")
        for n in (2, 3):
            post(i, n)
            t.ok(wait_until(lambda: [r[0] for r in bounced(i)].count(
                "gone@far.example") == n, 60), "the next one is gone too")
        t.ok(wait_until(lambda: i.one(
            "SELECT status FROM member WHERE address = 'gone@far.example'")
            == "bounced", 20), "three on two days over three posts: bounced")
        t.same(i.rows("SELECT address FROM member WHERE status != 'active'"),
               [("gone@far.example",)], "and nobody else")
        post(i, 4)
        t.ok(wait_until(lambda: box("fine") == 4 and box("grey") == 4, 30),
             "the others get the next one", (box("fine"), box("grey")))
        t.same([r[0] for r in bounced(i)].count("gone@far.example"), 3,
               "who bounced doesn't")
finally:
    subprocess.run([tool, "stop", mx], check=False, timeout=60)
    shutil.rmtree(top, ignore_errors=True)
t.done()
