"""A private Postfix (postfix.sh) for whole-program tests."""
import os
import smtplib
import subprocess

from whole import ROOT

TO = "incident@in.status.example"


class Postfix:
    def __init__(self, where, lmtp, pipe="", milters=""):
        self.dir, self.milters = where, milters
        self.tool("start", lmtp, *([pipe] if pipe else []))

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.tool("stop")

    def tool(self, verb, *args):
        subprocess.run([os.path.join(ROOT, "tests/lib/postfix.sh"), verb,
                        self.dir, *args], check=True, timeout=60,
                       env={**os.environ, "MILTERS": self.milters})

    def file(self, name):
        with open(os.path.join(self.dir, name), errors="replace") as f:
            return f.read().strip()

    def smtp(self, client=None):
        """A session; client: the address from which it seems to come."""
        host, port = self.file("in").rsplit(":", 1)
        s = smtplib.SMTP(host, int(port), timeout=60,
                         local_hostname="client.evil.example")
        if client:
            s.ehlo()
            s.docmd("XCLIENT", f"ADDR={client} NAME=[UNAVAILABLE]")
            s.ehlo()
        return s

    def send(self, *mails, sender="noc1@example.net"):
        with self.smtp() as s:
            for m in mails:
                s.sendmail(sender, [TO], m, ["BODY=8BITMIME"])

    def waiting(self):
        out = subprocess.run(["postqueue", "-c", self.dir + "/etc", "-j"],
                             stdout=subprocess.PIPE, check=True).stdout
        return out.count(b'"queue_id"')

    def bounces(self):
        """A bounce goes to its sender, and so to a Maildir."""
        n = self.file("log").count("sender non-delivery notification")
        for _, _, files in os.walk(os.path.join(self.dir, "mail/example.net")):
            n += len(files)
        return n
