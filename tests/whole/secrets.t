#!/usr/bin/env python3
"""Keys and tokens are in the store, in files of mode 600 and in the mail that
they belong to: never in arguments, environments, logs, the public tree or a
core dump; and each process is confined as `check --sandbox` tries it."""
import base64
import email
import email.policy
import glob
import http.client
import os
import re
import resource
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import (CHILDREN, SITREP, Instance, Lmtp, Tap, mail,  # noqa: E402
                   sanitized, wait_until)

t = Tap()
NAMES = ("lmtp", "walk", "clock", "courier", "page", "publish", "web")

PAGER = r"""#!/bin/sh
# What a command of a page can see of us.
{ tr '\0' '\n' < /proc/$$/cmdline; tr '\0' '\n' < /proc/$$/environ
  ls -l /proc/$$/fd; } > "%s/paged" 2>&1
cat > "%s/page"
"""


def keys(i):
    """Every form in which a key may be told."""
    found = set()
    for path in glob.glob(os.path.join(i.dir, "state/keys/*")):
        with open(path) as f:
            for line in f.read().split():
                raw = bytes.fromhex(line)
                found |= {line.encode(), line.upper().encode(), raw,
                          base64.b64encode(raw).rstrip(b"="),
                          base64.b32encode(raw).rstrip(b"=").lower()}
    return found


def letters(i):
    for path in sorted(glob.glob(os.path.join(i.dir, "out/new/*"))):
        with open(path, "rb") as f:
            yield f.read()


TOKEN = re.compile(rb"(?<![a-z2-7])[a-z2-7]{26}(?![a-z2-7])")


def tokens(i):
    """Those of reply addresses and of links to unsubscribe, in what went
    out; lines may be folded."""
    found = set()
    for raw in letters(i):
        found |= set(TOKEN.findall(raw.replace(b"=\r\n", b"")))
        found |= set(re.findall(rb"\bp\.([a-z2-7]{10})@", raw))
    return found


def seen(i, secrets, where, data):
    hits = [s[:8] for s in secrets if s in data]
    t.ok(not hits, f"{where}: none of {len(secrets)} secrets", hits)


def of_process(pid, name):
    with open(f"/proc/{pid}/{name}", "rb") as f:
        return f.read()


def pager_can(i):
    return wait_until(lambda: os.path.exists(i.dir + "/page"), 30)


def unlimited():
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def preview(i):
    for raw in letters(i):
        m = email.message_from_bytes(raw, policy=email.policy.default)
        if m["Reply-To"] and "comms1" in str(m["To"]):
            return m
    return None


with Instance('person "duty" { name = "Duty" addresses = '
              '{ "duty@example.net" } roles = { "exec" } page = { "|PAGER" } }'
              ) as i:
    with open(i.dir + "/pager", "w") as f:
        f.write(PAGER % (i.dir, i.dir))
    os.chmod(i.dir + "/pager", 0o755)
    with open(i.conf) as f:
        conf = f.read()
    with open(i.conf, "w") as f:
        f.write(conf.replace("|PAGER", "|" + i.dir + "/pager"))
    with open(i.dir + "/rota", "a") as f:
        f.write("2020-01-01T00:00:00Z 2099-01-01T00:00:00Z exec 3 duty\n")
    done = i.run("list", "example-status", "import", "-",
                 data=b"r1@reseller.example\nr2@reseller.example\n")
    t.same(done.returncode, 0, "two members")
    cores = set(glob.glob(i.dir + "/*core*"))
    i.serve(cwd=i.dir, preexec_fn=unlimited)
    asan = sanitized(i)

    # ---- make some tokens, and use them
    with Lmtp(i.lmtp) as c:
        c.send(mail("Sev1 cluster b: down"))
    m = wait_until(lambda: preview(i), 30)
    t.ok(m is not None, "a mail with a reply address")
    to = email.utils.parseaddr(str(m["Reply-To"]))[1]
    with Lmtp(i.lmtp) as c:
        c.open(to.encode())
        c.ask(mail("Re: x", "publish investigating\r\n\r\nLogins fail.",
                   sender="comms1@example.net") + b".\r\n")
    draft = wait_until(lambda: [r for r in letters(i) if b"Subject: [PREVIEW]"
                                in r], 30)
    t.ok(draft, "a preview")
    m = email.message_from_bytes(draft[-1], policy=email.policy.default)
    yes = email.utils.parseaddr(str(m["Reply-To"]))[1]
    with Lmtp(i.lmtp) as c:
        c.open(yes.encode())
        c.ask(mail("Re: x", "yes", sender="comms1@example.net") + b".\r\n")
    public = wait_until(lambda: [r for r in letters(i)
                                 if b"List-Unsubscribe:" in r], 30)
    t.ok(public, "public mail with links to unsubscribe")
    link = re.search(rb"/u/([a-z2-7.]+)", public[0].replace(b"=\r\n", b"")
                     .replace(b"\r\n ", b"")).group(1).decode()
    for token in (link, "a" * len(link)):
        c = http.client.HTTPConnection(*i.http, timeout=20)
        c.request("POST", "/u/" + token, "List-Unsubscribe=One-Click",
                  {"Content-Type": "application/x-www-form-urlencoded"})
        t.ok(c.getresponse().status in (200, 404), "a link is used")
        c.close()
    with Lmtp(i.lmtp) as c:
        c.send(mail("[INC-%d-0001] help" % time.gmtime().tm_year,
                    "escalate duty we need you"))
    t.ok(pager_can(i), "a command of a page ran", i.said()[-800:])
    wrong = yes.replace(TOKEN.findall(yes.encode())[0].decode(), "b" * 26)
    with Lmtp(i.lmtp) as c:
        c.open(wrong.encode())
        c.ask(mail("Re: x", "yes", sender="comms1@example.net") + b".\r\n")
    wait_until(lambda: i.one("SELECT count(*) FROM waiting") == 0, 30)

    secrets = keys(i) | tokens(i)
    t.ok(len(tokens(i)) > 4, f"{len(tokens(i))} tokens went out")
    t.ok(any(yes.encode().find(s) > 0 for s in secrets),
         "and that of the yes is among them")

    # ---- who can see them
    kids = i.children()
    t.same(sorted(kids), sorted(NAMES), "the children")
    for name, pid in {**kids, "serve": i.serving.pid}.items():
        for what in ("cmdline", "environ"):
            seen(i, secrets, f"{name}: {what}", of_process(pid, what))
        limits = of_process(pid, "limits").decode()
        t.ok(re.search(r"Max core file size +0 +0 ", limits),
             f"{name}: no core file", limits)
        if asan:
            continue
        status = of_process(pid, "status").decode()
        want = "2" if name in ("lmtp", "page", "web") else "0"
        t.same(re.search(r"Seccomp:\s+(\d)", status).group(1), want,
               f"{name}: " + ("confined" if want == "2" else
                              "starts programs"))
    with open(i.dir + "/paged", "rb") as f:
        told = f.read()
    seen(i, secrets, "a command's arguments and environment", told)
    t.ok(b"SITREP" not in told and not re.search(
        rb"-> (?!/memfd:|/dev/null|/proc|.*/paged?r?\n)", told),
        "it has no descriptor of ours", told.decode())
    with open(i.dir + "/page", "rb") as f:
        page = f.read()
    t.ok(re.search(rb"\bp\.[a-z2-7]{10}@", page), "its input has the address "
         "to answer to", page)

    # ---- deliver's argument is a reply address
    p = subprocess.Popen([SITREP, "-c", i.conf, "deliver", "-f",
                          "comms1@example.net", "--", yes],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    both = wait_until(lambda: of_process(p.pid, f"task/{p.pid}/children"))
    for pid in [p.pid, *map(int, both.split())]:
        seen(i, {yes.encode()} | secrets, "deliver, as it waits for the mail",
             of_process(pid, "cmdline"))
    out = p.communicate(mail("Re: x", "yes", sender="comms1@example.net"))[0]
    t.same((p.returncode, out), (0, b""), "and it is taken as before")

    # ---- what breaks leaves nothing
    for name in ("walk", "web", "courier", "lmtp"):
        os.kill(i.children()[name], signal.SIGABRT)
    t.ok(wait_until(lambda: len(i.children()) == CHILDREN, 20),
         "what died is back")
    t.same(set(glob.glob(i.dir + "/*core*")) - cores, set(), "no core file")

    seen(i, secrets, "the log", i.said().encode())
    t.ok("step=handle" in i.said() and "signal 6" in i.said(),
         "which says what was done", i.said()[-500:])
    tree = b"".join(open(f, "rb").read() for f in glob.glob(
        i.dir + "/state/public/**", recursive=True) if os.path.isfile(f))
    t.ok(b"Logins fail." in tree, "the public tree")
    seen(i, secrets, "its every byte", tree)
    for args in (("check",), ("show",), ("show", "queue"),
                 ("show", "INC-%d-0001" % time.gmtime().tm_year, "--json")):
        done = i.run(*args)
        seen(i, keys(i), "sitrep " + " ".join(args),
             done.stdout + done.stderr)
    for path in glob.glob(i.dir + "/state/keys/*"):
        t.same(os.stat(path).st_mode & 0o777, 0o600, os.path.basename(path) +
               " is its owner's alone")
t.done()
