#!/usr/bin/env python3
"""What the web child tells a monitor, and how much a POST may ask for.

P9, P12: the same again is no second mail, all together are held to a rate,
and a proved click to leave gets through whatever else is asked for.
"""
import os
import re
import signal
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from web import LIST, ask, token  # noqa: E402
from whole import Instance, Lmtp, Tap, mail, wait_until  # noqa: E402

t = Tap()
FORM = "application/x-www-form-urlencoded"
LINE = re.compile(r'(sitrep_[a-z0-9_]+)(\{[a-z_]+="[a-z0-9_-]+"\})? (-?\d+)')


def metrics(i):
    """Every sample; what isn't the text format of Prometheus is a failure."""
    out, kinds, bad = {}, {}, []
    for line in ask(i, "/metrics").body.decode().splitlines():
        if line.startswith("# HELP "):
            continue
        if line.startswith("# TYPE "):
            name, kind = line.split(" ")[2:]
            if name in kinds or kind not in ("gauge", "counter"):
                bad.append(line)
            kinds[name] = kind
            continue
        m = LINE.fullmatch(line)
        if not m or m.group(1) not in kinds or m.group(0) in out:
            bad.append(line)
        else:
            out[m.group(1) + (m.group(2) or "")] = int(m.group(3))
    for name, kind in kinds.items():
        if (kind == "counter") != name.endswith("_total"):
            bad.append(name)
    return out, bad


def recipients(i):
    return [r[0] for r in i.rows("SELECT recipient FROM message ORDER BY id")]


def press(i, path, body=b"List-Unsubscribe=One-Click", **more):
    return ask(i, path, "POST", body, Content_Type=FORM, **more)


def begin(i, path):
    s = socket.create_connection(i.http, 30)
    s.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              "Content-Length: 0\r\n\r\n".encode())
    return s


def end(s):
    got = b""
    while True:
        more = s.recv(65536)
        if not more:
            return int(got.split()[1]), got
        got += more


# ---- before there is a page
with Instance("clock_rate = 20") as i:
    i.serve()
    t.ok(wait_until(lambda: ask(i, "/healthz").status == 200),
         "healthy with a front page")
    i.halt("page")
    front = os.path.join(i.dir, "state/public/index.html")
    os.rename(front, front + ".away")
    a = ask(i, "/healthz")
    t.ok(a.status == 503 and b"sitrep page" in a.body,
         "without one it isn't, and says what to do", a.data)
    os.rename(front + ".away", front)
    os.kill(i.children()["page"], signal.SIGCONT)

    # ---- the numbers
    i.run("list", LIST, "add", "a@one.example", "b@two.example")
    t.ok(wait_until(lambda: "sitrep_subscribers" in
                    str(metrics(i)[0].keys()), 20), "the numbers are there",
         i.said())
    with Lmtp(i.lmtp) as c:
        c.send(mail("Sev2 cluster b: zebra", "The zebra broke at 14:05.\n"))

    def seen():
        return metrics(i)[0].get("sitrep_messages_total") == \
            i.one("SELECT count(*) FROM message")
    t.ok(wait_until(seen, 40), "and follow what comes in", metrics(i))
    got, bad = metrics(i)
    t.same(bad, [], "in the format of Prometheus")
    t.same({k: got.get(k) for k in (
        'sitrep_subscribers{list="example-status"}', "sitrep_incidents_open",
        'sitrep_component_level{component="email-b"}',
        'sitrep_component_level{component="dns"}', "sitrep_posts_total",
        "sitrep_messages_waiting")},
           {'sitrep_subscribers{list="example-status"}': 2,
            "sitrep_incidents_open": 0,
            'sitrep_component_level{component="email-b"}': 1,
            'sitrep_component_level{component="dns"}': 1,
            "sitrep_posts_total": 0, "sitrep_messages_waiting": 0},
           "an incident that isn't public isn't counted as one")
    text = ask(i, "/metrics").body.lower()
    t.ok(all(w not in text for w in (b"zebra", b"noc", b"comms", b"@",
                                     b"inc-")), "nothing internal", text)
    a = ask(i, "/metrics")
    t.same((a.status, a.head["content-type"], a.head["cache-control"]),
           (200, "text/plain; version=0.0.4; charset=utf-8", "no-store"),
           "served as such")
    for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        t.same(ask(i, "/metrics", **{name: "192.0.2.1"}).status, 404,
               f"not to who comes through a proxy ({name})")
    t.same(ask(i, "/metrics", "POST", b"x").status, 405, "only to be read")
    before = metrics(i)[0]['sitrep_http_answers_total{status="4xx"}']
    for _ in range(5):
        ask(i, "/nothing")
    t.same(metrics(i)[0]['sitrep_http_answers_total{status="4xx"}'] - before,
           5, "what the listener did is counted")

    # ---- the same again
    n = len(recipients(i))
    leave = f"/u/{token(i, 1)}"
    first = press(i, leave)
    more = [press(i, p) for p in (leave, leave.upper().replace("/U/", "/u/"),
                                  leave)]
    t.same({(a.status, a.body) for a in more},
           {(first.status, first.body)}, "again within a minute: the same")
    t.same((first.status, recipients(i)[n:]),
           (200, [f"{LIST}-unsubscribe+{token(i, 1)}@in.status.example"]),
           "and it is one mail")
    form = b"list=example-status&address=Ann%40three.example"
    said = [press(i, "/subscribe", b).body for b in
            (form, form, form.replace(b"Ann", b"ANN"))]
    t.same((len(set(said)), len(recipients(i)) - n), (1, 2),
           "so it is with subscribing")

    # two at one moment, while the door is shut
    pid = i.children()["lmtp"]
    os.kill(pid, signal.SIGSTOP)
    twins = [begin(i, f"/u/{token(i, 2)}") for _ in range(5)]
    time.sleep(.5)
    os.kill(pid, signal.SIGCONT)
    t.same({end(s)[0] for s in twins}, {200}, "five at one moment")
    t.same(recipients(i)[n + 2:],
           [f"{LIST}-unsubscribe+{token(i, 2)}@in.status.example"],
           "are one mail, too")

    # ---- the rate
    n = len(recipients(i))
    start = time.monotonic()
    many = [press(i, "/subscribe", b"address=x%d%%40four.example" % k)
            for k in range(120)]
    took = time.monotonic() - start
    fine = [a for a in many if a.status == 200]
    full = [a for a in many if a.status == 503]
    most = 31 + 10 * took
    t.ok(len(fine) + len(full) == 120 and 20 <= len(fine) <= most,
         f"{len(fine)} of 120 in {took:.1f} s: thirty at once, ten a second",
         {a.status for a in many})
    t.same(len(recipients(i)) - n, len(fine), "as many mails")
    t.ok(full and all(1 <= int(a.head.get("retry-after", 0)) <= 60 and
                      b"try again" in a.body for a in full),
         "the others are told when to come again", full and full[0].data)
    clicks = [press(i, f"/u/{token(i, k)}").status for k in range(10, 40)]
    t.same(set(clicks), {200}, "who wants to leave gets through, at any rate")
    t.same(len([r for r in recipients(i)[n + len(fine):]]), 30,
           "each as a mail")
    t.same(ask(i, "/u/" + token(i, 3, b"bounce"), "POST", b"x").status, 404,
           "but not without proof")
    posts = {k: v for k, v in metrics(i)[0].items() if "http_posts" in k}
    t.same(posts, {'sitrep_http_posts_total{outcome="sent"}':
                   3 + len(fine) + 30,
                   'sitrep_http_posts_total{outcome="repeated"}': 3 + 2 + 4,
                   'sitrep_http_posts_total{outcome="refused"}': len(full),
                   'sitrep_http_posts_total{outcome="failed"}': 0},
           "all of it counted")

    # ---- the store away: the last numbers stay
    i.halt("page")
    was = metrics(i)[0]["sitrep_measured_timestamp_seconds"]
    t.same(metrics(i)[0]["sitrep_measured_timestamp_seconds"], was,
           "with the writer stopped the last numbers stay")
    os.kill(i.children()["page"], signal.SIGCONT)
    os.unlink(os.path.join(i.dir, "state/web/metrics"))
    got, bad = metrics(i)
    t.ok("sitrep_messages_total" not in got and not bad and
         'sitrep_http_answers_total{status="2xx"}' in got,
         "without them our own are left", got)
    i.stop()
    t.same(i.run("page").returncode, 0, "and sitrep page writes them")
    t.ok(os.path.exists(os.path.join(i.dir, "state/web/metrics")), "anew")

t.done()
