#!/usr/bin/env python3
"""contrib/publish: each command posts what it is told to a server that stands
in for the network, as that network's documentation says, answers with the name
that it got, and fails where the network does.
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import TOP, Tap  # noqa: E402

tap = Tap()
if not shutil.which('curl') or not shutil.which('openssl'):
    print('1..0 # SKIP curl and openssl are not installed')
    sys.exit(0)

TEXT = '[Identified] Mail "B" <i>: caf\u00e9 & \\ cable\u2026 '
URL = 'https://status.example/incident/2026/0042/#u2'
POST = {'event': 'INC-2026-0042', 'update': 2, 'revision': 1,
        'kind': 'update', 'state': 'identified', 'impact': 'major',
        'title': 'Mail', 'language': 'en', 'posted': '2026-03-04T14:24:40Z',
        'next_update': None, 'components': [{'component': 'b', 'name': 'B',
                                             'level': 'degraded'}],
        'url': URL, 'thread': '', 'reply_to': '',
        'text280': TEXT + '2 ' + URL, 'text300': TEXT + '3 ' + URL,
        'text500': TEXT + '5 ' + URL}

asked = []
answers = {}


class Network(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        n = int(self.headers['Content-Length'])
        asked.append((self.path, dict(self.headers),
                      json.loads(self.rfile.read(n))))
        status, body = answers.get(self.path, (404, {'error': 'no path'}))
        body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Network)
threading.Thread(target=server.serve_forever, daemon=True).start()
HERE = 'http://127.0.0.1:%d' % server.server_port
folder = tempfile.mkdtemp(prefix='sitrep-networks-')


def post(name, settings, **more):
    """Exit status, standard output, error output, and what was asked."""
    path = os.path.join(folder, name)
    with open(path, 'w') as f:
        f.write(''.join("%s='%s'\n" % s for s in
                        {'URL': HERE, **settings}.items()))
    asked.clear()
    done = subprocess.run(
        [os.path.join(TOP, 'contrib/publish', name), path],
        input=json.dumps({**POST, **more}, indent=2,
                         ensure_ascii=False).encode() + b'\n',
        capture_output=True, timeout=60, cwd='/',
        env={'PATH': '/usr/local/bin:/usr/bin:/bin', 'LANG': 'C.UTF-8',
             'SHELL': '/bin/sh'})
    return done.returncode, done.stdout.decode(), done.stderr.decode(), \
        list(asked)


# ---- Mastodon
M = '/api/v1/statuses'
answers[M] = (200, {'id': '109', 'created_at': 'x', 'account': {'id': '7'}})
code, out, err, got = post('mastodon', {'TOKEN': 'sesame'})
tap.same((code, out, err), (0, '109\n', ''), 'Mastodon: its id is printed')
path, head, body = got[0]
tap.same((len(got), path, head['Authorization'], head['Content-Type'], body),
         (1, M, 'Bearer sesame', 'application/json',
          {'status': POST['text500'], 'language': 'en'}), 'the text of 500')
tap.same(head['Idempotency-Key'], 'INC-2026-0042.u2.r1', 'twice is once')
got = post('mastodon', {'TOKEN': 'sesame'}, thread='100', reply_to='108')[3]
tap.same(got[0][2].get('in_reply_to_id'), '108', 'as an answer to the last')
answers[M] = (422, {'error': 'Text is too long'})
code, out, err, got = post('mastodon', {'TOKEN': 'sesame'})
tap.ok(code != 0 and out == '' and 'Text is too long' in err,
       'what it refuses fails, with its words', (code, out, err))

# ---- Slack
S = '/api/chat.postMessage'
answers[S] = (200, {'ok': True, 'channel': 'C1', 'ts': '1503435956.000247',
                    'message': {'ts': 'x'}})
code, out, err, got = post('slack', {'TOKEN': 'xoxb', 'CHANNEL': 'C1'})
tap.same((code, out, err), (0, '1503435956.000247\n', ''),
         'Slack: its ts is printed')
path, head, body = got[0]
want = POST['text500'].replace('&', '&amp;').replace('<', '&lt;').replace(
    '>', '&gt;')
tap.same((path, head['Authorization'], body['channel'], body['text']),
         (S, 'Bearer xoxb', 'C1', want), 'with its three characters escaped')
got = post('slack', {'TOKEN': 'xoxb', 'CHANNEL': 'C1'}, thread='1.2',
           reply_to='1.3')[3]
tap.same(got[0][2].get('thread_ts'), '1.2', 'in the thread')
answers[S] = (200, {'ok': False, 'error': 'channel_not_found'})
code, out, err, got = post('slack', {'TOKEN': 'xoxb', 'CHANNEL': 'C1'})
tap.ok(code != 0 and out == '' and 'channel_not_found' in err,
       'its 200 with an error is a failure', (code, out, err))

# ---- Bluesky
L = '/xrpc/com.atproto.server.createSession'
R = '/xrpc/com.atproto.repo.createRecord'
WHO = {'USER': 'status.example', 'PASSWORD': 'abcd-efgh'}
answers[L] = (200, {'did': 'did:plc:1', 'handle': 'h', 'accessJwt': 'jwt',
                    'refreshJwt': 'no'})
answers[R] = (200, {'uri': 'at://did:plc:1/app.bsky.feed.post/3k',
                    'cid': 'bafy1', 'commit': {'cid': 'bafy9', 'rev': 'r'}})
code, out, err, got = post('bluesky', WHO)
tap.same((code, out, err), (0, 'at://did:plc:1/app.bsky.feed.post/3k bafy1\n',
                            ''), 'Bluesky: uri and cid are printed')
tap.same((got[0][2], got[1][1]['Authorization'], got[1][2]['repo'],
          got[1][2]['collection']),
         ({'identifier': 'status.example', 'password': 'abcd-efgh'},
          'Bearer jwt', 'did:plc:1', 'app.bsky.feed.post'), 'in a session')
r = got[1][2]['record']
tap.same((r['$type'], r['text'], r['langs'], 'reply' in r),
         ('app.bsky.feed.post', POST['text300'], ['en'], False),
         'the text of 300')
tap.ok(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', r['createdAt']),
       'at a time', r)
at = r['facets'][0]['index']
tap.same((r['text'].encode()[at['byteStart']:at['byteEnd']].decode(),
          r['facets'][0]['features'][0]['uri']), (URL, URL),
         'its link is one, counted in bytes')
got = post('bluesky', WHO, thread='at://a bafyA', reply_to='at://b bafyB')[3]
tap.same(got[1][2]['record']['reply'],
         {'root': {'uri': 'at://a', 'cid': 'bafyA'},
          'parent': {'uri': 'at://b', 'cid': 'bafyB'}}, 'in the thread')
answers[L] = (401, {'error': 'AuthenticationRequired'})
code, out, err, got = post('bluesky', WHO)
tap.ok(code != 0 and out == '' and 'AuthenticationRequired' in err and
       len(got) == 1, 'without a session nothing is posted', (code, out, err))

# ---- X
X = '/2/tweets'
KEYS = {'KEY': 'xvz1evFS4wEEPTGEFPHBog',
        'KEY_SECRET': 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
        'TOKEN': '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
        'TOKEN_SECRET': 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE'}


def quote(s):
    return urllib.parse.quote(s, safe='~')


def proved(head, keys):
    """RFC 5849, 3.4: the signature is that of this request."""
    given = {k: urllib.parse.unquote(v) for k, v in re.findall(
        r'(oauth_\w+)="([^"]*)"', head['Authorization'])}
    said = given.pop('oauth_signature')
    text = '&'.join('%s=%s' % (quote(k), quote(v))
                    for k, v in sorted(given.items()))
    base = '&'.join(('POST', quote(HERE + X), quote(text)))
    key = quote(keys['KEY_SECRET']) + '&' + quote(keys['TOKEN_SECRET'])
    want = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    return said == base64.b64encode(want).decode() and \
        given['oauth_consumer_key'] == keys['KEY'] and \
        given['oauth_token'] == keys['TOKEN']


answers[X] = (201, {'data': {'edit_history_tweet_ids': ['1346'],
                             'id': '1346', 'text': 'x'}})
code, out, err, got = post('x', KEYS)
tap.same((code, out, err), (0, '1346\n', ''), 'X: its id is printed')
tap.same((got[0][0], got[0][2]), (X, {'text': POST['text280']}),
         'the text of 280')
tap.ok(proved(got[0][1], KEYS), 'signed', got[0][1])
short = {'KEY': 'a', 'KEY_SECRET': 'b+/=', 'TOKEN': 'c', 'TOKEN_SECRET': 'd'}
got = post('x', short, reply_to='1345', thread='1300')[3]
tap.ok(proved(got[0][1], short), 'with a short key, too', got[0][1])
tap.same(got[0][2].get('reply'), {'in_reply_to_tweet_id': '1345'},
         'as an answer to the last')
answers[X] = (429, {'title': 'Too Many Requests'})
code, out, err, got = post('x', KEYS)
tap.ok(code != 0 and out == '' and 'Too Many Requests' in err,
       'what it refuses fails, with its words', (code, out, err))

# ---- without settings
for name in ('mastodon', 'slack', 'bluesky', 'x'):
    done = subprocess.run([os.path.join(TOP, 'contrib/publish', name),
                           '/nowhere/settings'], input=b'{}',
                          capture_output=True)
    tap.ok(done.returncode == 64 and b'SETTINGS' in done.stderr,
           name + ' says what it needs', done.stderr)
server.shutdown()
shutil.rmtree(folder)
tap.done()
