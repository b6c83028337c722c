#!/usr/bin/env python3
# The reader of drafts on real prose: what companies published of their
# incidents passes, what is put into such texts and must not get out is marked.
import glob
import json
import os
import random
import subprocess
import sys
from datetime import datetime
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
from rig import SHARED, TOP

SEED = int(os.environ.get('SEED', '20260304'))
LEAKS = 300
PASS = 0.97
BUILD = os.environ.get('BUILD', 'build')
CORPUS = os.path.join(SHARED, 'corpora', 'noc-incidents-github')
CUSTOMERS = ['Acme Hosting Inc.', 'Blue Heron Domains', 'Kestrel & Finch GmbH',
             'Nordlicht Netz', 'Quayside', 'Tidewater Registrars Ltd',
             'Ostrava Web s.r.o.', 'Pinecrest']
EXTRA = '''
internal_hosts = { "\\\\.int$", "*.bb.example.org", "^tor-" }
private_words = { "%s/customers", "Zephyr Mail" }
person "jdoe" { name = "Janet Doerksen" addresses = { "jdoe@example.net" } roles = { "noc" } }
'''

tap = Tap()
rig = Rig(members=0)
rig.write('customers', '# who buys from us\n\n' + '\n'.join(CUSTOMERS) + '\n')
rig.write('sitrep.conf', rig.read('sitrep.conf') + EXTRA % rig.dir)
PROGRAM = os.path.join(BUILD, 'tests', 'lint')
subprocess.run(['make', '-s', 'BUILD=' + BUILD, PROGRAM], cwd=TOP, check=True,
               stdout=sys.stderr)


def marks(texts, *how):
    """For each text its marks: class, rule, words, why."""
    done = subprocess.run([PROGRAM, rig.path('sitrep.conf'), *how], cwd=TOP,
                          input=''.join(t + '\x1e' for t in texts).encode(),
                          stdout=subprocess.PIPE, check=True)
    all = done.stdout.decode().split('\x1e\n')[:-1]
    return [[tuple(line.split('\t')) for line in one.splitlines()]
            for one in all]


def grave(found):
    return [m for m in found if m[0] != 'advise']


# ---- texts that say too much ----

dice = random.Random(SEED)


def pick(words):
    return dice.choice(words.split())


def digits(n):
    return ''.join(dice.choice('0123456789') for _ in range(n))


def letters(n, of='abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'):
    return ''.join(dice.choice(of) for _ in range(n))


def host():
    name = '%s%s%s%s' % (
        pick('mbx mx smtp ldap db web ns fw lb sql redis nfs hv api dns'),
        dice.choice(['', '-', '-b', '-a']), pick('0 1 2 3') + '', digits(1))
    return dice.choice([
        name, name + '.int', name + pick('.int .local .lan .internal .corp'),
        name + '.' + pick('dc1 tor1 ams2') + '.example.net',
        'tor-' + pick('gate shelf pod'), 'core.bb.example.org',
        pick('auth store queue') + '.int'])


def address():
    v4 = '.'.join(str(dice.randrange(1, 255)) for _ in range(4))
    return dice.choice([
        v4, '10.%d.%d.0/%d' % (dice.randrange(255), dice.randrange(255),
                               dice.randrange(8, 30)),
        '192.168.%d.x' % dice.randrange(255),
        '2001:db8:%x::%x' % (dice.randrange(1, 65535), dice.randrange(1, 999)),
        'fe80::%x' % dice.randrange(1, 65535), v4 + ':%s' % digits(4),
        ':'.join('%02x' % dice.randrange(256) for _ in range(6))])


def credential():
    secret = letters(5) + pick('! # 7 9 _') + digits(3)
    return dice.choice([
        'password: ' + secret, 'the password is ' + secret,
        'pw=' + letters(9), 'api_key=' + letters(24),
        'token: ' + letters(22) + digits(4), 'AKIA' + letters(
            16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
        'ghp_' + letters(36), 'xoxb-' + digits(11) + '-' + letters(24),
        '-----BEGIN RSA PRIVATE KEY-----',
        'https://admin:%s@panel.example.net/' % letters(8),
        'Authorization: Bearer ' + letters(10) + digits(4) + letters(14),
        'root / passwd ' + secret, '$6$' + letters(8) + '$' + letters(40)])


def customer():
    name = dice.choice(CUSTOMERS + ['Zephyr Mail'])
    plain = name
    for end in (' Inc.', ' GmbH', ' Ltd', ' s.r.o.'):
        plain = plain.removesuffix(end)
    return dice.choice([name, plain, plain.upper(), plain + '\'s servers',
                        'the reseller ' + plain, plain.replace(' ', '')
                        if '&' not in plain else plain])


def person():
    return dice.choice(['Janet Doerksen', 'Doerksen', 'jdoe',
                        'our colleague Janet', 'Comms One', 'Security One'])


def ticket():
    return dice.choice([
        'CHG-' + digits(4), 'OPS-' + digits(3), 'NOC-' + digits(5),
        'JIRA-' + digits(4), 'INC00' + digits(5), 'CHG00' + digits(5),
        'ticket ' + '4' + digits(4), 'ticket #' + digits(4),
        'case no. ' + digits(6), 'RT #' + digits(5), 'TT-' + digits(6),
        'SR ' + '1' + digits(7), 'SEC-' + digits(2) + '1'])


def vendor():
    return pick('Cisco Juniper VMware Fortinet Citrix Cloudflare Akamai '
                'Oracle NetApp Equinix Cogent Zayo Arista Microsoft Dell '
                'Rackspace Verisign CrowdStrike Splunk HPE')


def attack():
    return dice.choice(['a DDoS attack', 'an attack', 'a SYN flood',
                        'a botnet', 'an exploit', 'a vulnerability',
                        'CVE-2026-%s' % digits(5), 'ransomware', 'a breach',
                        'hackers', 'a zero-day', 'malicious traffic',
                        'brute-force logins', 'a compromised account',
                        'an SQL injection', 'an intrusion', 'phishing'])


def reach():
    return dice.choice([
        'noc1@example.net', 'dba-oncall@example.net', '+1 416 555 %s' %
        digits(4), '(416) 555-%s' % digits(4), '416-555-' + digits(4),
        'https://grafana.example.net/d/' + letters(6),
        'http://wiki/Runbooks', 'https://10.1.2.3/admin',
        'https://example.slack.com/archives/C' + digits(6),
        'https://panel.int:8443/login'])


KINDS = {'host': host, 'address': address, 'credential': credential,
         'customer': customer, 'person': person, 'ticket': ticket,
         'vendor': vendor, 'attack': attack, 'reach': reach}
FRAMES = ['{t} This is related to {x}.', '{t} We have taken out {x}.',
          '{x} is where it began. {t}', '{t}\n\nSee {x} for more.',
          '{t} ({x})', '{t} The cause is **{x}**, which we are looking at.',
          '{t} - {x}', '{t} As of now {x}, among others, is affected.',
          '{t} Seen first on "{x}".', '{t}\n\n* {x}\n* and others']


def leak(kind, text):
    x = KINDS[kind]()
    if kind in ('customer', 'person') and dice.random() < 0.3:
        half = text.find('. ')
        if half > 0:
            return x, text[:half + 2] + 'With ' + x + ' ' + text[half + 2:]
    return x, dice.choice(FRAMES).format(t=text, x=x)


def texts_of(folder):
    all = []
    for path in sorted(glob.glob(os.path.join(folder, '*.json'))):
        with open(path) as f:
            all += [('%s %d' % (os.path.basename(path), i), u['at'],
                     u['message'])
                    for i, u in enumerate(json.load(f)['updates'])]
    return all


def covers(found, x):
    """Is some of what was put in among the marked words?"""
    low = x.lower()
    return any(m[2].lower() in low or low in m[2].lower() or
               any(w in m[2].lower() for w in low.split() if len(w) > 5)
               for m in found)


def posted(at, text):
    """The text with the time that it was posted at."""
    t = datetime.fromisoformat(at.replace('Z', '+00:00'))
    return '@%d\n%s' % (t.timestamp(), text)


def prose(all):
    got = marks([posted(at, t) for _, at, t in all])
    bad = [(name, grave(m)) for (name, _, _), m in zip(all, got) if grave(m)]
    for name, found in bad:
        for m in found:
            print('# %s: %s %s: %s (%s)' % (name, *m))
    share = 1 - len(bad) / len(all)
    print('# %d of %d texts pass unmarked: %.2f %%' % (
        len(all) - len(bad), len(all), 100 * share))
    tap.ok(share >= PASS, 'published prose passes, %d %% of it' %
           (100 * PASS), share)
    return [t for (_, _, t), m in zip(all, got) if not grave(m)]


def seeded(clean, n):
    put = [(kind,) + leak(kind, dice.choice(clean))
           for kind, _ in zip(list(KINDS) * n, range(n))]
    got = marks([t for _, _, t in put])
    missed = ['%s %r in %r: %s' % (kind, x, t, found)
              for (kind, x, t), found in zip(put, got)
              if not grave(found) or not covers(grave(found), x)]
    print('# seed %d: %d of %d leaks are marked' % (
        SEED, len(put) - len(missed), len(put)))
    tap.ok(not missed, 'every one of %d leaks is marked' % n,
           '\n'.join(missed))
    got = marks([t for _, _, t in put], 'limited')
    lax = [t for (_, _, t), found in zip(put, got)
           if not [m for m in found if m[0] == 'block']]
    tap.ok(not lax, 'and under limited disclosure blocked', '\n'.join(lax))


if os.path.isdir(CORPUS):
    seeded(prose(texts_of(CORPUS)), LEAKS)
else:
    print('ok 1 - published prose # skip no ../shared/corpora')
rig.close()
tap.done()
