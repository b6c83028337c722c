#!/usr/bin/env python3
# explain: how a mail would be read, without a database and without changing
# anything; the worked mails as far as they are on this machine, and our own.
import glob
import json
import os
import subprocess
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from rig import Rig, SHARED, SITREP, Tap

tap = Tap()
rig = Rig(members=0)
MAIL = os.path.join(SHARED, 'fixtures', 'mail')
NOC = 'NOC One <noc1@example.net>'
COMMS = 'Comms One <comms1@example.net>'
IN = 'incident@in.status.example'


def explain(raw, *args, code=0):
    done = subprocess.run(
        [SITREP, '-c', rig.path('sitrep.conf'), 'explain', *args], input=raw,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    tap.same(done.returncode, code, 'exit %d' % code) \
        if done.returncode != code else None
    return done.stdout.decode()


def told(raw):
    return json.loads(explain(raw, '--json'))


def own(sender, to, body, subject='', **more):
    return told(rig.compose(sender, to, body, subject, **more))


def is_in(part, whole, what):
    tap.ok(part in whole, what, whole)


# What our mail server would have put on top.
def proved(path):
    with open(path, 'rb') as f:
        raw = f.read()
    if b'Authentication-Results' in raw:
        return raw
    domain = raw.split(b'From:')[1].split(b'@')[1].split(b'>')[0]
    return (b'Authentication-Results: in.status.example; dmarc=pass'
            b' header.from=' + domain + b'\n' + raw)


# -- a report of NOC ---------------------------------------------------------

report = rig.compose(NOC, IN, '''Since: 9:02
Components: webmail
Sevreity: 2

pool exhausted on mbx-b07.int

--
NOC One
''', subject='Sev2 cluster b: logins failing', date='Wed, 04 Mar 2026 '
                     '09:06:12 -0500')
text = explain(report)
is_in('Sender: A1, NOC One (noc1: noc)', text, 'the class and the person')
is_in('our mail server says pass', text, '... and why')
is_in('Field: Started = 2026-03-04T14:02:00Z (written 9:02, read as Toronto)',
      text, 'a time as understood, on the day of the mail')
is_in('Field: Components = webmail', text, 'a field')
is_in('Field: Started = 2026-03-04T13:56:12Z (written 10 min ago)\n',
      explain(rig.compose(NOC, IN, 'Since: 10 min ago\n', date='Wed, 04 Mar '
                          '2026 09:06:12 -0500')),
      'a length of time names no zone')
is_in('E20: line 3:', text, 'a finding with its line')
is_in('  write: Severity: 2', text, '... and what to write')
is_in('Internal:\n| pool exhausted on mbx-b07.int', text, 'internal text')
is_in('Public, once approved: nothing', text, 'nothing of it is public')
is_in('Decision: opens a new incident\n  SEV2, Webmail (partial_outage)\n',
      text, 'the decision')
is_in('Marketing gets it at 2026-03-04T14:17:00Z', text, 'the hand-off')
is_in('a receipt to NOC One', text, 'who gets what')
tap.ok(not os.path.exists(rig.path('state')), 'nothing was stored')

j = told(report)
tap.same((j['sender']['class'], j['sender']['person'], j['sender']['roles']),
         ('A1', 'noc1', 'noc'), 'the same for programs: the sender')
tap.same((j['recipient'], j['event'], j['received']),
         (IN, '', '2026-03-04T14:06:12Z'), '... where it belongs')
tap.same([(f['code'], f['line'], f['write']) for f in j['findings']],
         [('E20', 3, 'Severity: 2')], '... findings')
tap.same(j['fields']['Components'], 'webmail', '... fields')
tap.same((j['internal'], j['public']), ('pool exhausted on mbx-b07.int', ''),
         '... text')
tap.ok(j['decision']['opens'], '... decision')

# -- comms -------------------------------------------------------------------

j = own(COMMS, IN, 'publish investigating\nComponents: email-b\nNext: +2h\n\n'
        'Logins fail.\n')
tap.same((j['public'], j['internal']), ('Logins fail.', ''),
         'text of comms under publish is public')
tap.same([(c['verb'], c['arguments'], c['line']) for c in j['commands']],
         [('publish', 'investigating', 1)], 'a command')
tap.same(j['fields']['Next update'], '2 h after posting', 'a promise')
tap.ok('a preview to Comms One' in j['decision']['steps'], 'its preview',
       j['decision'])
j = own(COMMS, IN, 'Logins fail on b7.\n')
tap.same((j['public'], j['internal']), ('', 'Logins fail on b7.'),
         'text of comms without a command is internal')
j = own(NOC, IN, 'identified\n\nldap3 is stuck\n\n--- public ---\nWe know '
        'the cause.\n', subject='Re: [INC-2026-0042] imap')
tap.same((j['public'], j['internal']), ('We know the cause.',
                                        'ldap3 is stuck'),
         "NOC's public section, and the rest")

# -- which event -------------------------------------------------------------

def event(j):
    return j['event'], j['event_by']


tap.same(event(j), ('INC-2026-0042', 'the subject'), 'by the subject')
is_in('would be filed under INC-2026-0042', j['decision']['summary'],
      '... and said so')
tap.same(event(own(NOC, 'incident+inc-2026-0007@in.status.example', 'x\n')),
         ('INC-2026-0007', 'the address'), 'by the address')
tap.same(event(own(NOC, IN, 'Incident: INC-2026-0009\n\nx\n',
                   subject='[INC-2026-0042] x')),
         ('INC-2026-0009', 'the field Incident'), 'the field wins')
j = own(NOC, IN, 'x\n', reply={'Message-ID': '<inc-2026-0003.d2@'
                               'status.example>'})
tap.same(event(j), ('INC-2026-0003', 'the mail it answers'), 'by the thread')
j = own(COMMS, 'incident+inc-2026-0003.d2.' + 'k' * 26 +
        '@in.status.example', 'yes\n')
is_in('as the answer to d2', j['decision']['summary'], 'a reply address')
j = own(NOC, IN, 'new\n\nanother one\n', subject='[INC-2026-0042] x')
tap.ok(j['decision']['opens'] and j['event'] == '', 'new opens a new one', j)

# -- classes, machines, places -----------------------------------------------

for auth, sender, want in (
        (None, NOC, 'A0k'), ('fail', NOC, 'A0'),
        ('pass', 'x@far.example', 'A0'), ('pass', COMMS, 'A1')):
    j = own(sender, IN, 'x\n', auth=auth)
    tap.same(j['sender']['class'], want, '%s, %s' % (sender, auth))
    tap.ok(j['sender']['why'] != '', '... with a reason')
j = own('x@far.example', IN, 'x\n')
is_in('held', j['decision']['summary'], 'a stranger is held')
j = own(NOC, IN, 'publish\n\nx\n', headers=('Auto-Submitted: auto-replied',))
tap.same(j['sender']['machine'], 'auto', "a machine's mail")
is_in('nothing in it is carried out', j['decision']['summary'], '... is kept')
for to, word in (('help@in.status.example', 'help'),
                 ('postmaster@in.status.example', 'owner'),
                 ('example-status-bounces+abc@in.status.example', 'bounce'),
                 ('maintenance@in.status.example', 'maintenance'),
                 ('robot+nagios.x@in.status.example', 'robot')):
    j = own(NOC, to, 'x\n')
    tap.same(j['recipient'], to, 'came to ' + to)
    is_in(word, j['decision']['summary'], '... ' + word)
j = own(NOC, 'someone@elsewhere.example', 'x\n')
tap.same(j['recipient'], IN, 'no address of ours: as if to incident@')

# -- odd input ---------------------------------------------------------------

j = told(b'')
tap.same(j['message']['read'], 'empty', 'nothing at all')
j = told(rig.compose(NOC, IN, 'x\n', headers=('X: y',) * 600))
tap.same((j['message']['read'], j['message']['limit']),
         ('limits', 'headers'), 'over a limit')
is_in('kept', j['decision']['summary'], '... is kept')
tap.same(explain(report, '--bounce'), '', 'a report is no bounce')
tap.same(explain(rig.compose(
    'Mail Delivery System <MAILER-DAEMON@mx.example>', IN,
    'This is the mail system.\n\n<a@shop.example>: host mx said: 550 5.1.1 no '
    'such user\n    (in reply to RCPT TO command)\n<b@shop.example>: mailbox '
    'is full\n', 'Undelivered Mail Returned to Sender'), '--bounce'),
         'hard a@shop.example 5.1.1\nsoft b@shop.example\n',
         'a bounce: class, address and status of each recipient')
explain(report, '--bogus', code=64)

# -- without a configuration, or a bad one -------------------------------------

env = {k: v for k, v in os.environ.items() if k != 'SITREP_CONF'}
if not os.path.exists('/etc/sitrep/sitrep.conf'):
    for args, want in (((), 'No configuration'), (('--json',), '"message"'),
                       (('--reply',), 'pool exhausted')):
        done = subprocess.run([SITREP, 'explain', *args], input=report,
                              stdout=subprocess.PIPE, env=env)
        tap.ok(done.returncode == 0 and want in done.stdout.decode(),
               'no configuration: explain %s' % ' '.join(args), done.stdout)
done = subprocess.run([SITREP, '-c', '/nowhere', 'explain'], input=report,
                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
tap.ok(done.returncode == 1 and b'/nowhere' in done.stderr,
       'one that is named must be there', done)

# -- the worked mails --------------------------------------------------------

WORKED = {
    'M01': lambda j: j['decision']['opens'] and
    j['fields']['Component, of the subject'] == 'email-b' and
    j['fields']['Severity, of the subject'] == '2' and
    'mbx-b07.int' in j['internal'] and j['public'] == '',
    'M02': lambda j: j['sender']['machine'] == 'auto',
    'M04': lambda j: event(j)[0] == 'INC-2026-0042' and
    [c['verb'] for c in j['commands']] == ['ack', 'draft'] and
    j['fields']['Next update'] == '2 h after posting' and
    j['fields']['Title'] == 'Email Cluster B \u2013 some logins failing' and
    j['public'].endswith('isn\u2019t affected.'),
    'M05': lambda j: event(j)[0] == 'INC-2026-0042' and
    [c['verb'] for c in j['commands']] == ['yes'] and j['public'] == '',
    'M06': lambda j: j['fields']['Status'] == 'identified' and
    'ldap3.int' in j['internal'] and 'ldap3.int' not in j['public'] and
    j['public'].startswith('We have found the cause'),
    'M07': lambda j: event(j)[0] == 'INC-2026-0042' and
    j['fields']['Components'] == 'email-b=degraded_performance' and
    j['fields']['Next update'] == '2026-03-04T17:00:00Z',
    'M08': lambda j: j['fields']['Correct'] == 'update 2' and
    'Webmail logins are still failing' in j['public'],
    'M09': lambda j: [c['verb'] for c in j['commands']] == ['investigating']
    and event(j)[0] == 'INC-2026-0042' and j['public'] == '',
    'M10': lambda j: 'owner' in j['decision']['summary'],
    'M11': lambda j: 'maintenance' in j['decision']['summary'],
    'M12': lambda j: j['decision']['opens'] and
    j['fields']['Disclosure'] == 'limited' and
    'To protect the service' in j['public'] and 'Gbps' not in j['public'],
    'M13': lambda j: event(j)[0] == 'INC-2026-0044' and
    j['sender']['person'] == 'exec1',
    'M14': lambda j: sorted(f['code'] for f in j['findings']) ==
    ['E20', 'E20', 'E21', 'E23'] and all(f['write'] for f in j['findings'])
    and j['decision']['opens'],
}
files = {os.path.basename(f)[:3]: f for f in glob.glob(MAIL + '/M*.eml')}
if not files:
    tap.skip('the worked mails are not on this machine')
for name in sorted(files):
    raw = proved(files[name])
    j = told(raw)
    try:
        good = WORKED[name](j)
    except KeyError as e:
        good, j = False, 'no %s in %r' % (e, j)
    tap.ok(good, name, json.dumps(j, indent=1) if good is False else '')
    tap.ok(explain(raw).count('\nDecision: ') == 1, name + ' in words')
tap.ok(not os.path.exists(rig.path('state')), 'still nothing was stored')
rig.close()
tap.done()
