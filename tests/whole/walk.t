#!/usr/bin/env python3
"""The whole way with real peers: swaks, a real Postfix, LMTP, the walk, SMTP,
the same Postfix, Maildirs; and the page over HTTP meanwhile."""
import email
import email.policy
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import ROOT, Instance, Tap, wait_until  # noqa: E402

t = Tap()
IN = "incident@in.status.example"
RESELLERS = 25

missing = [p for p in ("swaks", "postfix")
           if not shutil.which(p, path=os.environ["PATH"] + ":/usr/sbin")]
if missing or os.getuid() != 0:
    t.skip("the whole way", "no " + (" ".join(missing) or "root"))
    t.done()
    sys.exit(0)

top = tempfile.mkdtemp(prefix="sitrep-whole-walk-")
os.chmod(top, 0o755)
tool = os.path.join(ROOT, "tests/lib/postfix.sh")
subprocess.run([tool, "start", top + "/mx", "unix:" + top + "/lmtp.sock"],
               check=True, timeout=60)


def where(name):
    with open(os.path.join(top, "mx", name)) as f:
        return f.read().strip()


def box(address):
    """The mails in somebody's Maildir, oldest first."""
    local, domain = address.split("@")
    found = []
    for name in sorted(glob.glob(
            "%s/mx/mail/%s/%s/new/*" % (top, domain, local))):
        with open(name, "rb") as f:
            found.append(email.message_from_binary_file(
                f, policy=email.policy.default))
    return found


def comes(address, n, what):
    """The n-th mail to an address."""
    good = wait_until(lambda: len(box(address)) >= n, 30)
    t.ok(good, what, "%d mails in the box of %s" % (len(box(address)),
                                                    address))
    if not good:
        with open(top + "/mx/log") as f:
            print("# " + f.read()[-3000:].replace("\n", "\n# "))
        raise SystemExit(t.done())
    return box(address)[n - 1]


def swaks(sender, to, body, *headers):
    host, port = where("in").rsplit(":", 1)
    args = ["swaks", "--server", host, "--port", port, "--from", sender,
            "--to", to, "--body", "-", "--silent", "3"]
    for h in headers:
        args += ["--header", h]
    subprocess.run(args, input=body.encode(), check=True, timeout=60,
                   stdout=subprocess.DEVNULL)


def answer(letter, sender, body):
    to = str(letter["Reply-To"]).split("<")[-1].strip(">")
    swaks(sender, to, body, "Subject: Re: " + str(letter["Subject"]),
          "In-Reply-To: " + letter["Message-ID"],
          "References: " + letter["Message-ID"])


def text(letter):
    return letter.get_body(("plain",)).get_content()


try:
    with Instance('lmtp = "%s/lmtp.sock"' % top,
                  'lmtp_group = "postfix"',
                  'trust = "authenticated"',
                  'relay = { "smtp://%s" }' % where("out"),
                  parent=top) as i:
        i.run("list", "example-status", "import", "-", data="\n".join(
            "r%d@reseller%d.example" % (n, n)
            for n in range(RESELLERS)).encode())
        i.lmtp = top + "/lmtp.sock"
        i.serve()
        swaks("noc1@example.net", IN, "Since: now\n"
              "auth pool exhausted on mbx-b07.int\n",
              "Subject: Sev1 cluster b: logins failing",
              "From: NOC One <noc1@example.net>")
        receipt = comes("noc1@example.net", 1, "the receipt is in NOC's box")
        t.ok("INC-" in receipt["Subject"], "it names the incident",
             receipt["Subject"])
        hand = comes("comms1@example.net", 1, "the hand-off in Marketing's")
        t.ok(hand["Subject"].startswith("YOU HAVE IT: Email Cluster B SEV1"),
             "it says so", hand["Subject"])
        answer(hand, "comms1@example.net",
               "draft investigating\nNext: +1h\n\n"
               "Logins to **Email Cluster B** fail.\n")
        preview = comes("comms1@example.net", 2, "the preview comes")
        answer(preview, "comms1@example.net", "Yes, thanks\n")
        first = comes("r0@reseller0.example", 1, "a reseller has the mail")
        t.ok("Logins to Email Cluster B fail." in text(first),
             "with the approved text", text(first))
        t.ok(wait_until(lambda: sum(
            len(box("r%d@reseller%d.example" % (n, n)))
            for n in range(RESELLERS)) == RESELLERS, 30),
            "and so has each, once")
        t.ok(all("mbx-b07" not in m.as_string() for n in range(RESELLERS)
                 for m in box("r%d@reseller%d.example" % (n, n))),
             "none of them an internal word")
        event = str(first["Sitrep-Event"])
        path = "/incident/%s/%s/" % tuple(event.split("-")[1:])

        def page():
            try:
                with urllib.request.urlopen(
                        "http://%s:%d%s" % (*i.http, path), timeout=5) as r:
                    return r.read().decode()
            except OSError:
                return ""

        t.ok(wait_until(lambda: "Email Cluster B" in page(), 20),
             "the incident has its page")
        t.ok("mbx-b07" not in page(), "without an internal word")
        token = str(first["List-Unsubscribe"]).split("/u/")[1].split(">")[0]
        urllib.request.urlopen(urllib.request.Request(
            "http://%s:%d/u/%s" % (*i.http, token),
            data=b"List-Unsubscribe=One-Click", method="POST"), timeout=10)
        t.ok(wait_until(lambda: i.one(
            "SELECT status FROM member WHERE address = "
            "'r0@reseller0.example'") == "left", 20),
            "one click leaves the list")
        answer(comes("comms1@example.net", 3, "Marketing has its receipt"),
               "comms1@example.net",
               "resolved\nLasting effects: none\n\nAll is well again.\n")
        answer(comes("comms1@example.net", 4, "the end is previewed"),
               "comms1@example.net", "ok\n")
        last = comes("r1@reseller1.example", 2, "the end reaches a reseller")
        t.ok(str(last["Subject"]).startswith("[Resolved]"), "as resolved",
             last["Subject"])
        t.same(len(box("r0@reseller0.example")), 1, "but not who left")
        bounced = [m for m in box("noc1@example.net")
                   if "MAILER-DAEMON" in str(m["From"])]
        t.same(bounced, [], "no bounce anywhere")
finally:
    subprocess.run([tool, "stop", top + "/mx"], check=False, timeout=60)
    shutil.rmtree(top, ignore_errors=True)
t.done()
