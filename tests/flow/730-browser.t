#!/usr/bin/env python3
"""The pages in a browser: at the width of a phone, a desk and a wall, light
and dark, nothing sticks out, every word has the contrast of WCAG 2.2 AA, the
keyboard gets everywhere, the console stays empty, and nothing is fetched but
from the tree itself.  axe-core finds no fault of WCAG 2.2 AA, nor of what it
calls best practice.  Text alone (lynx) says as much.
"""
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
import browse  # noqa: E402
browse.need()
from selenium.webdriver.common.keys import Keys  # noqa: E402
from desk import *  # noqa: E402,F403
from rig import LIST, epoch, peer  # noqa: E402
from served import Served  # noqa: E402
import web  # noqa: E402
import many  # noqa: E402

tap = Tap()
desk = Desk(members=1, number=42)
with open(desk.path('lists', 'example-status.conf'), 'w') as f:
    f.write(LIST.replace('subject = "state"',
                         'subject = "state"\n\tdigest = "daily 09:22"'))
desk.tick()
many.fill(desk, 120, epoch('2026-03-04 10:00'), 150)
desk.posted()
letter = to(desk.mail(
    COMMS1, say(), 'Correct: 1\nReason: all of it, and a_word_' + 'x' * 60 +
    '\nReseller-Impact: none\nWorkaround: https://status.example/' + 'y' * 80 +
    '\n\nWe are looking into **all** of it.\n\n- one\n- two\n\n'
    '    code that is ' + 'long ' * 30 + '\n',
    subject='[INC-2026-0042] x', at='2026-03-04 14:20:00'),
    'comms1@example.net')
desk.answer(letter, 'yes', sender=COMMS1, at='2026-03-04 14:21:00')
desk.tick('2026-03-04 14:23')
desk.run('page', check=True)
asked = []


def searched(**queries):
    """What /search answers, put beside the other pages to be looked at."""
    with Served(desk) as served:
        for name, query in queries.items():
            desk.write('state/public/%s.html' % name,
                       web.ask(served, '/search?q=' + query).body.decode())


searched(found='investigating', nothing='unicorn')


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        asked.append(self.path)

    def end_headers(self):
        self.send_header('Content-Security-Policy', "default-src 'none'; "
                         "style-src 'self'; img-src 'self' data:; "
                         "form-action 'self'; base-uri 'none'")
        super().end_headers()


server = http.server.ThreadingHTTPServer(
    ('127.0.0.1', 0), functools.partial(
        Files, directory=desk.path('state', 'public')))
threading.Thread(target=server.serve_forever, daemon=True).start()
URL = 'http://127.0.0.1:%d/' % server.server_port
browser = browse.browser(desk.path('browser'))

CONTRAST = r'''
const rgb = s => (s.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
const lum = c => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 :
    Math.pow((v + .055) / 1.055, 2.4); };
  return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
const ground = e => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; }
  return [255, 255, 255]; };
const bad = new Set();
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let n; n = walk.nextNode();) {
  const e = n.parentElement, s = getComputedStyle(e);
  if (!n.data.trim() || s.visibility == 'hidden' || e.closest('svg') ||
      !e.getClientRects().length) continue;
  const a = lum(rgb(s.color)), b = lum(ground(e));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) bad.add(n.data.trim().slice(0, 30) + ' ' +
                           ratio.toFixed(2) + ' ' + s.color);
}
return [...bad];
'''
WIDE = r'''
const out = [];
for (const e of document.querySelectorAll('body *')) {
  const r = e.getBoundingClientRect();
  if (r.width && r.right > innerWidth + 1 && !e.closest('pre, .skip'))
    out.push(e.tagName + '.' + e.className + ' ' + Math.round(r.right));
}
return out.slice(0, 5).concat(
    document.documentElement.scrollWidth > innerWidth ? ['scrolls'] : []);
'''
SMALL = r'''
return [...document.querySelectorAll('header a, .ways a, .row .name, button, input')].filter(
  e => e.getClientRects().length && !e.closest('.skip') &&
       e.getBoundingClientRect().height < 24).map(e => e.textContent);
'''
UNNAMED = r'''
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
return [...document.querySelectorAll('a')].filter(
    e => !e.textContent.trim()).map(e => 'a ' + e.href)
  .concat([...document.querySelectorAll('svg')].filter(
    e => !e.getAttribute('aria-label')).map(e => 'svg'))
  .concat(ids.filter((x, i) => ids.indexOf(x) != i))
  .concat(document.querySelectorAll('h1').length == 1 ? [] : ['h1'])
  .concat(document.documentElement.lang ? [] : ['lang'])
  .concat(document.querySelectorAll('main').length == 1 ? [] : ['main']);
'''
AGED = '''document.getAnimations().forEach(a => { a.currentTime = %d; });
return getComputedStyle(document.querySelector(".old")).visibility;'''
AXE = r'''
const done = arguments[0];
axe.run(document, {preload: false, resultTypes: ['violations'], runOnly: [
    'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  }).then(r => done(r.violations.map(
    v => v.id + ' ' + v.nodes.slice(0, 3).map(n => n.target + ': ' +
        n.failureSummary.replace(/\s+/g, ' ')).join(' | '))),
    e => done([String(e)]));
'''
PAGES = ('', 'incident/2026/0042/', 'component/email-b/', 'history/2026/03/',
         'history/2026/', 'history/', 'digest/daily/2026-03-04/', 'search/',
         'found.html', 'nothing.html')
AXE_AT = {(360, 'dark'), (1280, 'light')}
if os.environ.get('CHECK_LONG'):
    AXE_AT = {(w, s) for w in (360, 1280, 2560) for s in ('light', 'dark')}
axe = peer('axe-core', 'axe.min.js')
if axe is None:
    tap.skip("axe-core isn't there: `make peers` fetches it with npm")
names = [p for p in PAGES]
if os.path.isdir(desk.path('state', 'public', 'component', 'email-b', '1')):
    names.append('component/email-b/1/')

try:
    for page in names:
        bad = []
        for width in 360, 1280, 2560:
            browser.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
                'width': width, 'height': 900, 'deviceScaleFactor': 1,
                'mobile': False})
            for scheme in 'light', 'dark':
                browser.execute_cdp_cmd('Emulation.setEmulatedMedia', {
                    'features': [{'name': 'prefers-color-scheme',
                                  'value': scheme}]})
                browser.get(URL + page)
                for what, script in (('contrast', CONTRAST), ('wide', WIDE),
                                     ('small', SMALL), ('unnamed', UNNAMED)):
                    for x in browser.execute_script(script):
                        bad.append('%d %s %s: %s' % (width, scheme, what, x))
                if axe and (width, scheme) in AXE_AT:
                    browser.execute_script(axe)
                    for x in browser.execute_async_script(AXE):
                        bad.append('%d %s axe: %s' % (width, scheme, x))
        tap.ok(not bad, 'readable at every size: /' + page,
               '\n'.join(sorted(set(bad))[:30]))
        body = browser.find_element('tag name', 'body')
        seen = []
        links = len(browser.find_elements('css selector',
                                          'a, summary, input, button'))
        for _ in range(links + 2):
            browser.switch_to.active_element.send_keys(Keys.TAB)
            seen.append(browser.execute_script(
                'const e = document.activeElement; return [e.className, '
                'e.tagName, getComputedStyle(e).outlineStyle]'))
        there = [x for x in seen if x[1] != 'BODY']
        tap.ok(seen[0][0] == 'skip' and len(there) >= links and
               all(x[2] != 'none' for x in there),
               'the keyboard gets to all of %d links, and shows where it is' %
               links, [x for x in there if x[2] == 'none'][:5])
    browser.get(URL)
    tap.same([browser.execute_script(AGED % ms) for ms in (80000, 95000)],
             ['hidden', 'visible'], 'who reads for long is told to reload')
    tap.ok('<noscript><meta http-equiv="refresh" content="60"></noscript>' in
           desk.read('state', 'public', 'index.html'),
           'and without scripts it reloads by itself')
    said = [x['message'] for x in browser.get_log('browser')
            if 'favicon.ico' not in x['message']]
    tap.same(said, [], 'the console is empty')
    tap.same(sorted({p for p in asked if not p.endswith('/')} -
                    {'/style.css', '/favicon.ico', '/found.html',
                     '/nothing.html'}), [],
             'nothing was fetched but pages and their style')
finally:
    browser.quit()
    server.shutdown()

if shutil.which('lynx'):
    text = subprocess.run(
        ['lynx', '-dump', '-nolist', '-display_charset=utf-8',
         desk.path('state', 'public', 'index.html')],
        capture_output=True, text=True).stdout
    tap.ok(all(s in text for s in (
        'Partial outage – 1 of 5 services affected', 'Next update by',
        'We are looking into all of it.', 'Email Cluster A', '✓ Online',
        'Past 15 days', 'example-status-subscribe@in.status.example')),
        'lynx shows all of it', text)
else:
    tap.skip('lynx is not installed')
desk.close()
tap.done()
