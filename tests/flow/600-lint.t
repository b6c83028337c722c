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


# ---- ordinary sentences of hosters and registrars, in five languages ----

ORDINARY = [
    'Outgoing mail on port 25 is delayed by up to 20 minutes. Mail on '
    'ports 465 and 587 is accepted as usual and will be delivered.',
    'Backups scheduled between 01:00 UTC and 03:00 UTC did not run. '
    'They will be repeated tonight, and older backups can be restored '
    'as usual.',
    'Power to one row of racks was interrupted at 04:12 UTC. Servers '
    'with two power supplies were not affected.',
    'Logins with passkeys fail in version 126 of one browser. Passwords'
    ' work as before.',
    'The DNS cluster in Montréal is back; queries are answered within '
    '20 ms.',
    'Please use the host name shown in your control panel, not an IP '
    'address.',
    'The invoice of 1 March 2026 was sent twice. Please ignore the '
    'second copy.',
    'La signature DNSSEC suit de nouveau la RFC 6781 pour toutes les '
    'zones.',
    'Pas de changement depuis notre message de 15:10 UTC. Le travail '
    'continue.',
    'Nous avons mis en place une solution de contournement pour les '
    'envois par SMTP.',
    'Merci de votre patience. Nous vous informerons de la suite.',
    'Il est possible que certains messages soient arrivés deux fois.',
    'Die Korrektur ist in allen Regionen eingespielt. Die Fehlerrate '
    'ist seit 11:20 UTC normal.',
    'Eine Anfrage nach www.example.com kann scheitern und kurz darauf '
    'gelingen.',
    'Die Hotline ist derzeit nicht erreichbar. Bitte nutzen Sie das '
    'Kontaktformular.',
    'Die Verfügbarkeit des DNS-Hostings lag im Februar bei 99,998 %.',
    'Wir haben eine Umgehung für den Versand über SMTP eingerichtet.',
    'Die Umstellung läuft, etwa die Hälfte der Konten ist bereits '
    'umgezogen.',
    'Domains unter .ch können wieder registriert werden.',
    'La corrección está en todas las regiones y la tasa de errores es '
    'normal desde las 11:20 UTC.',
    'Una consulta de www.example.com puede fallar y funcionar unos '
    'segundos después.',
    'La atención telefónica no está disponible. Utilice el formulario '
    'de contacto.',
    'La disponibilidad del DNS en febrero fue del 99,998 %.',
    'Estamos comprometidos con la calidad del servicio y publicaremos '
    'un informe.',
    'La migración continúa; cerca de la mitad de las cuentas ya se ha '
    'movido.',
    'En caso de 500 o más destinatarios, el envío puede tardar.',
    'A correção está em todas as regiões e a taxa de erros é normal '
    'desde as 11:20 UTC.',
    'Uma consulta a www.example.com pode falhar e funcionar segundos '
    'depois.',
    'O atendimento por telefone não está disponível. Use o formulário '
    'de contato.',
    'A disponibilidade do DNS em fevereiro foi de 99,998 %.',
    'Os clientes podem criar caixas de correio de novo; as existentes '
    'não foram afetadas.',
    'Agradecemos a sua paciência.',
    'A senha pode ser alterada de novo no painel.',
]
SAYS = [
    ('block', 'Das Passwort lautet Wint3r!2026 und gilt bis morgen.'),
    ('block', 'Le mot de passe est Ete2026# pour tous.'),
    ('block', 'Use eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3'),
    ('ask', 'Un compte a été piraté.'), ('ask', 'Ein Konto wurde gehackt.'),
    ('ask', 'Hay una denegación de servicio en curso.'),
    ('ask', 'Corrigimos uma falha de segurança no painel.'),
    ('ask', 'An \u0430ttack goes on.'), ('ask', 'Sites of Quay\u2060side wait.'),
    ('ask', 'From １９８.５１.１００.２３ came requests.'),
    ('ask', 'We closed a vulnera-\nbility in the panel.'),
    ('ask', 'Le service sera rétabli d\'ici une heure.'),
    ('ask', 'Die Arbeiten sind am Freitag, 5. März 2026, 02:00 UTC.'),
    ('ask', 'Suivi dans le ticket n° 55121.'),
    ('ask', 'We restarted srv-dus-ora12.'),
]


def five_languages():
    at = '2026-03-04T14:10:00Z'
    got = marks([posted(at, t) for t in ORDINARY])
    bad = [(t, grave(m)) for t, m in zip(ORDINARY, got) if grave(m)]
    tap.ok(not bad, 'ordinary sentences in five languages pass', bad)
    got = marks([posted(at, t) for _, t in SAYS])
    bad = [(t, m) for (kind, t), m in zip(SAYS, got)
           if kind not in [x[0] for x in m]]
    tap.ok(not bad, 'what they say too much is marked in each', bad)


five_languages()
if os.path.isdir(CORPUS):
    seeded(prose(texts_of(CORPUS)), LEAKS)
else:
    print('ok 1 - published prose # skip no ../shared/corpora')
rig.close()
tap.done()
