#!/usr/bin/env python3
"""serve and its rota: a mistake found at SIGHUP leaves the last good one in
force, for children that die and start again too, and the administrator hears
which line it is."""
import glob
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from whole import (CHILDREN, Instance, Lmtp, Tap, mail,  # noqa: E402
                   wait_until)

t = Tap()
SPAN = "2020-01-01T00:00:00Z 2099-01-01T00:00:00Z "
GOOD = SPAN + "noc 1 noc1\n" + SPAN + "comms 1 comms1\n"


def out(i, *words):
    """Letters that hold all the words."""
    found = []
    for name in sorted(glob.glob(i.dir + "/out/new/*")):
        with open(name, errors="replace") as f:
            text = " ".join(f.read().replace("=\n", "").split())
        if all(w in text for w in words):
            found.append(text)
    return found


def rota(i, text):
    with open(i.dir + "/rota", "w") as f:
        f.write(text)


def hup(i, what):
    """Tells serve to read again; what it said since."""
    before = len(i.said())
    i.serving.send_signal(signal.SIGHUP)
    wait_until(lambda: what in i.said()[before:])
    return i.said()[before:]


def handed(i, name, who):
    """A SEV1 of that name is handed to this person at once."""
    with Lmtp(i.lmtp) as c:
        c.send(mail(name, "Severity: 1\r\n\r\ndown"))
    return wait_until(lambda: out(i, "YOU HAVE IT",
                                  "Delivered-To: %s" % who, name))


with Instance() as i:
    i.serve()
    t.ok(handed(i, "first", "comms1@example.net"), "the rota is in force")
    for text, says in (
            (GOOD + SPAN + "comms 1 nobody\n",
             "rota:3: no such person: nobody"),
            (GOOD + "2026-02-30T00:00Z 2026-03-01T00:00Z comms 1 comms1\n",
             "rota:3: 2026-02-30T00:00Z is no time"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:comms 1 comms1\n"
             "DTSTART;TZID=Mars/Base:20260302T080000\n",
             "rota:4: TZID Mars/Base is no zone's IANA name"),
            ("# nothing\n", "rota: nobody is on call, it is gone or empty")):
        rota(i, text)
        old = i.children()
        said = hup(i, "st=kept")
        t.ok("st=kept" in said and says in said, "kept: " + says, said)
        t.ok(wait_until(lambda: out(i, "Delivered-To: root@localhost",
                                    says, "stay in force", "sitrep check")),
             "... and the administrator gets the line", out(i, "root@local"))
        t.same(i.children(), old, "... and nobody is disturbed")

    for name in ("walk", "clock", "courier", "page", "publish", "lmtp"):
        os.kill(i.children()[name], signal.SIGKILL)
    t.ok(wait_until(lambda: len(i.children()) == CHILDREN and
                    not set(i.children().values()) & set(old.values()) -
                    {old["web"]}), "children that die come again")
    t.ok(handed(i, "second", "comms1@example.net"),
         "... and work by the last good rota", i.said()[-2000:])
    os.unlink(i.dir + "/rota")
    t.ok("gone or empty" in hup(i, "st=kept"), "a file that has vanished")
    t.ok(handed(i, "third", "comms1@example.net"), "... changes nothing")

    # A list is missed the same way.
    rota(i, GOOD)
    path = i.dir + "/lists/example-status.conf"
    with open(path, "w") as f:
        f.write('list "example-status" { from = "Example Status '
                '<status@status.example>"  kind = "open" }\n')
    hup(i, "read-again")
    os.rename(path, path + "~")
    said = hup(i, "st=kept")
    t.ok("the list example-status is gone: put it back as " + path in said,
         "kept: a list that is gone", said)
    t.ok(wait_until(lambda: out(i, "Delivered-To: root@localhost",
                                "restart sitrep to do without it")),
         "... and the administrator gets the line", out(i, "root@local"))
    os.rename(path + "~", path)

    with open(i.conf, "a") as f:
        f.write('person "comms2" { name = "Comms Two"  addresses = '
                '{ "comms2@example.net" }  roles = { "comms" } }\n'
                "no_such_key = 1\n")
    rota(i, GOOD + SPAN + "comms 1 comms2\n")
    t.ok("no_such_key" in hup(i, "st=kept"), "a mistake in the configuration")
    t.ok(wait_until(lambda: out(i, "root@localhost", "no_such_key")),
         "... is told too")
    with open(i.conf) as f:
        text = f.read().replace("no_such_key = 1\n", "")
    with open(i.conf, "w") as f:
        f.write(text)
    said = hup(i, "read-again")
    t.ok(wait_until(lambda: "overlaps line 2" in i.said()),
         "mended: read, and the log names the overlap", said)
    t.ok(handed(i, "fourth", "comms2@example.net"),
         "... and the new one holds", i.said()[-2000:])
    t.same(i.stop(), 0, "serve ends in order")
t.done()
