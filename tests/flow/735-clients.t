#!/usr/bin/env python3
"""Programs of others that read a Statuspage read ours unchanged, off the wire:
the npm client statuspage.io, and the widget @statuspage/status-widget on a
page of another origin, in a browser.
"""
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import browse  # noqa: E402
browse.debian()
from desk import *  # noqa: E402,F403
from rig import PEERS, TOP, peer  # noqa: E402
from served import Served  # noqa: E402
from whole import wait_until  # noqa: E402

tap = Tap()
MODULES = os.path.join(PEERS, 'node_modules')
WIDGET = ('<!doctype html><title>a reseller</title>'
          '<script src="/shim.js"></script><script src="/widget.js"></script>'
          '<statuspage-widget src="%s"></statuspage-widget>'
          '<statuspage-widget src="%s" appearance="badge" title="Mail">'
          '</statuspage-widget>')
TEXT = '''return [...document.querySelectorAll("statuspage-widget")].map(e => {
  const r = e.shadowRoot || e._shadowRoot;
  return r ? [...r.querySelectorAll("a")].map(
      a => [a.href, a.textContent.replace(/\\s+/g, " ").trim(),
            [...a.querySelectorAll("div")].map(d => d.className).join(" ")])
    : []; });'''

desk = Desk(members=1, number=42)
desk.posted()
desk.run('page', check=True)


def api(path):
    return json.loads(desk.read('state', 'public', 'api', 'v2', path + '.json'))


def client(served):
    if not shutil.which('node') or peer('statuspage.io', 'package.json') is None:
        tap.skip("node or statuspage.io isn't there: `make peers`")
        return
    done = subprocess.run(
        ['node', os.path.join(TOP, 'tests', 'lib', 'statuspage_client.js'),
         MODULES, served.url], capture_output=True, text=True, timeout=60)
    if not tap.ok(done.returncode == 0, 'statuspage.io reads it', done.stderr):
        return
    got = json.loads(done.stdout)
    for call, document in got.items():
        # It asks for the upcoming ones whichever maintenances it is asked for.
        path = call if 'scheduled' not in call else \
            'scheduled-maintenances/upcoming'
        tap.same(document, api(path), 'and gives it whole: ' + call)
    tap.same([i['name'] for i in got['incidents/unresolved']['incidents']],
             [api('summary')['incidents'][0]['name']], 'with what is open')


class Reseller(http.server.BaseHTTPRequestHandler):
    """A site of somebody else's that shows our widget."""

    def __init__(self, pages, *more):
        self.pages = pages
        super().__init__(*more)

    def log_message(self, *_):
        pass

    def do_GET(self):
        kind, data = self.pages.get(self.path, ('text/plain', ''))
        self.send_response(200)
        self.send_header('Content-Type', kind)
        self.end_headers()
        self.wfile.write(data.encode())


def widget(served):
    script = peer('@statuspage', 'status-widget', 'dist', 'index.js')
    shim = peer('@webcomponents', 'custom-elements', 'src', 'native-shim.js')
    why = browse.missing()
    if script is None or shim is None or why:
        tap.skip(why or "the widget isn't there: `make peers`")
        return
    url = served.url.rstrip('/')
    site = http.server.ThreadingHTTPServer(
        ('127.0.0.1', 0), functools.partial(Reseller, {
            '/': ('text/html', WIDGET % (url, url)),
            '/shim.js': ('text/javascript', shim),
            '/widget.js': ('text/javascript', script)}))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    browser = browse.browser(desk.path('browser'))
    try:
        browser.get('http://127.0.0.1:%d/' % site.server_port)
        shown = wait_until(lambda: [x for x in browser.execute_script(TEXT)
                                    if x] if len([
            x for x in browser.execute_script(TEXT) if x]) == 2 else None)
        status = api('status')['status']
        tap.ok(shown and status['description'] in shown[0][0][1] and
               status['indicator'] in shown[0][0][2].split(),
               'the widget says what the page says',
               (shown, browser.get_log('browser')))
    finally:
        browser.quit()
        site.shutdown()


with Served(desk) as served:
    client(served)
    widget(served)
desk.close()
tap.done()
