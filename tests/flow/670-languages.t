#!/usr/bin/env python3
# Lists in several languages: labels and stock texts in theirs, people's words
# in the language they were written in, unless the post has a section in it.
# What is approved is all of them; each is read by the reader of drafts.
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'lib'))
from desk import *
from rig import TOP

tap = Tap()
LANGS = 'de', 'es', 'fr', 'pt'
LIST = '''list "%s" {
	from = "Example Status <status@status.example>"
	reply_to = "support@example.net"
	kind = "open"
	description = "Status, in another language"
	language = "%s"
}
'''


def flat(m):
    return ' '.join(text_of(m).split()) if m is not None else 'no mail'


def begin(*langs, **more):
    """A desk with a list and a member for each language, and the English."""
    desk = Desk(members=1, number=42, **more)
    for lang in langs:
        desk.write('lists/in-%s.conf' % lang[:2], LIST % ('in-' + lang[:2],
                                                          lang))
        desk.run('list', 'in-' + lang[:2], 'import', '-',
                 text='%s@reader.example\n' % lang[:2].lower(), check=True)
    return desk


def reads(got, lang):
    """What the member of a list in that language got."""
    return to(got, '%s@reader.example' % lang)


# ---- stock texts ----

desk = begin(*LANGS)
tap.ok(desk.run('check').stdout.decode().count('its labels are in') == 0,
       'each has its words')
desk.opened()
got = desk.tick(at='2026-03-04 14:22')
hand = to(got, 'comms1@example.net')
tap.ok('We are aware of a problem' in flat(hand) and
       '--- German --- Uns ist eine' in flat(hand) and
       '--- Portuguese ---' in flat(hand), 'the preview shows each language',
       flat(hand))
got = desk.answer(hand, 'yes', sender=COMMS1, at='2026-03-04 14:23')
for lang, says, label in (
        ('de', 'Uns ist eine Störung bekannt: Email Cluster B.',
         'Nächste Meldung: bis'),
        ('es', 'Hay un problema que afecta a: Email Cluster B.',
         'Próximo aviso: antes de'),
        ('fr', 'Un problème touche : Email Cluster B.', 'Prochain point: avant'),
        ('pt', 'Há um problema que afeta: Email Cluster B.',
         'Próximo aviso: até')):
    m = reads(got, lang)
    body = flat(m)
    tap.ok(says in body and label in body and 'We are aware' not in body and
           '---' not in body.split('-- ')[0], 'stock text and labels: ' + lang,
           body)
    tap.same(m['Content-Language'], lang, 'Content-Language: ' + lang)
tap.ok('We are aware' in flat(to(got, RESELLER)) and
       'Störung' not in flat(to(got, RESELLER)), 'English for the English list')
tree = desk.tree()
tap.ok('<details class="other" lang="de"' in tree and 'Uns ist eine' in tree,
       'the page has them folded')
tap.ok('--- German ---' in tree, 'the archive has them in full')

# ---- people's words ----

got = desk.mail(COMMS1, say(), '''draft identified

--- public ---

We have found the cause.

--- public: fr ---

Nous avons trouvé la **cause** du souci.

--- internal ---

It was ns2.
''', subject='[INC-2026-0042] found', at='2026-03-04 14:40')
p = to(got, 'comms1@example.net')
tap.ok('We have found the cause.' in flat(p) and '--- French --- Nous avons '
       'trouvé la cause du souci.' in flat(p), 'the preview shows both',
       flat(p))
got = desk.answer(p, 'yes', sender=COMMS1, at='2026-03-04 14:41')
m = reads(got, 'fr')
tap.ok('la cause du souci' in flat(m) and 'We have found' not in flat(m) and
       'Le message' not in flat(m), 'French readers get the French section',
       flat(m))
m = reads(got, 'de')
tap.ok('We have found the cause.' in flat(m) and 'souci' not in flat(m) and
       'in folgender Sprache: Englisch' in flat(m),
       'German ones the English, and a line that says so', flat(m))
tap.same(m['Content-Language'], 'de, en', 'as does Content-Language')
m = to(got, RESELLER)
tap.ok('We have found' in flat(m) and 'souci' not in flat(m),
       'English ones the English', flat(m))
tap.ok('ns2' not in desk.tree(), 'and the internal section is public nowhere')

# ---- a post in one language, which isn't English ----

got = desk.mail(COMMS1, say(), 'draft monitoring\nLang: fr\n\nC\'est réparé.\n',
                subject='[INC-2026-0042] over', at='2026-03-04 15:00')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                  at='2026-03-04 15:01')
tap.ok('The message below is in French.' in flat(to(got, RESELLER)) and
       'message' not in flat(reads(got, 'fr')).split('réparé')[0],
       'written in French it is foreign to English readers alone',
       flat(to(got, RESELLER)))
got = desk.mail(COMMS1, say(), 'resolve\n', subject='[INC-2026-0042] over',
                at='2026-03-04 15:30')
got = desk.answer(to(got, 'comms1@example.net'), 'yes', sender=COMMS1,
                  at='2026-03-04 15:31')
tap.ok('Le problème est résolu : Email Cluster B.' in flat(reads(got, 'fr')),
       'the end in stock words', flat(reads(got, 'fr')))
desk.audit(tap)
desk.close()

# ---- each language is read before it goes out ----

desk = begin('fr')
desk.opened()
got = desk.mail(COMMS1, say(), '''draft investigating

--- public ---

We look into it.

--- public: fr ---

Le mot de passe: password: hunter22.
''', subject='[INC-2026-0042] news', at='2026-03-04 14:30')
p = to(got, 'comms1@example.net')
tap.ok('hunter22' in flat(p) and 'E45' in str(p['Sitrep-Result']) or
       'Text (fr)' in flat(p), 'a secret in the French part is marked there',
       flat(p))
got = desk.answer(p, 'yes', sender=COMMS1, at='2026-03-04 14:31')
tap.same(desk.posts(), [], 'and blocks the whole draft')
desk.close()

# ---- limited ----

desk = begin('fr', 'pt-BR')
got = desk.mail(NOC1, IN, 'Components: dns-hosting = partial outage\n'
                'Disclosure: limited\nHandoff: now\n\nA flood at ns2.\n',
                subject='SEV1 DNS', at='2026-03-07 02:11')
hand = [m for m in got if rcpt(m) == 'comms1@example.net'][-1]
got = desk.answer(hand, 'yes', sender=COMMS1, at='2026-03-07 02:15')
tap.ok('Pour protéger le service, nous donnons peu de détails' in
       flat(reads(got, 'fr')), 'the limited text in French',
       flat(reads(got, 'fr')))
tap.ok('Para proteger o serviço' in flat(reads(got, 'pt')) and
       'Próximo aviso' in flat(reads(got, 'pt')),
       'pt serves those who want pt-BR', flat(reads(got, 'pt')))
desk.close()

# ---- what is missing ----

desk = begin('it')
tap.ok('its labels are in en' in desk.run('check').stdout.decode(),
       'check names a list without words of its language')
got = desk.answer(desk.drafted(body='draft investigating\n\n--- public ---\nWe '
                               'look.\n\n--- public: it ---\nCerchiamo.\n'),
                  'yes', sender=COMMS1, at='2026-03-04 14:12')
m = reads(got, 'it')
tap.ok('Cerchiamo.' in flat(m) and 'Next update' in flat(m),
       'a section is used also where the labels are English', flat(m))
desk.close()


def keys(path):
    with open(os.path.join(TOP, 'templates', path)) as f:
        return [line.split('=')[0].strip() for line in f
                if '=' in line and line[0] != '#']


for lang in LANGS:
    tap.same(keys(lang + '/words'), keys('en/words'),
             'a word for each label: ' + lang)
tap.same({k.split('.')[1] for k in keys('stock') if '.' in k}, set(LANGS),
         'stock texts for each of them')
tap.done()
