/*
 * What lint_words.c looks for, in the other languages of resellers: German,
 * French, Spanish, Portuguese, and a few words of Italian and Dutch.  Folded,
 * as lint_fold() gives them.
 */
#include "text/lint_in.h"

#include <string.h>

#define ATTACK RULE_ATTACK, 0
#define UNFILLED RULE_PLACEHOLDER, 0
#define INSIDE RULE_INTERNAL, 0

static const struct phrase phrases[] = {
	/* clang-format off */
	/* de */
	{ "angegriffen*", ATTACK }, { "angreifer*", ATTACK },
	{ "attacke*", ATTACK }, { "gehackt*", ATTACK },
	{ "schadprogramm*", ATTACK }, { "schadcode*", ATTACK },
	{ "erpress*", ATTACK }, { "losegeld*", ATTACK },
	{ "eingedrungen*", ATTACK }, { "eindringling*", ATTACK },
	{ "datenleck*", ATTACK }, { "datenabfluss*", ATTACK },
	{ "daten abgeflossen", ATTACK }, { "gestohlen*", ATTACK },
	{ "entwendet*", ATTACK }, { "kompromittier*", ATTACK },
	{ "unbefugt* zugriff*", ATTACK }, { "unberechtigt* zugriff*", ATTACK },
	{ "sicherheitsvorf*", ATTACK }, { "sicherheitsproblem*", ATTACK },
	{ "botnetz*", ATTACK },
	{ "einbruch in ein*", ATTACK }, { "trojaner*", ATTACK },
	{ "boswillig*", ATTACK }, { "gekapert*", ATTACK },
	{ "ausgespaht*", ATTACK },
	/* fr */
	{ "attaqu*", ATTACK }, { "cyberattaque*", ATTACK },
	{ "pirat*", ATTACK }, { "faille*", ATTACK },
	{ "rancon*", ATTACK }, { "hameconnage*", ATTACK },
	{ "deni de service", ATTACK }, { "malveillan*", ATTACK },
	{ "intrus", ATTACK }, { "cheval de troie", ATTACK },
	{ "vol de donnees", ATTACK }, { "donnees volees", ATTACK },
	{ "compte* compromis*", ATTACK }, { "compromission*", ATTACK },
	{ "fuite de donnees", ATTACK }, { "acces non autorise*", ATTACK },
	{ "usurpation*", ATTACK }, { "incident* de securite", ATTACK },
	/* es */
	{ "ataque*", ATTACK }, { "atacante*", ATTACK }, { "hacke*", ATTACK },
	{ "denegacion de servicio", ATTACK }, { "intruso*", ATTACK },
	{ "secuestr*", ATTACK }, { "brecha* de segur*", ATTACK },
	{ "fallo* de seguridad", ATTACK }, { "fuga de datos", ATTACK },
	{ "robado*", ATTACK }, { "robada*", ATTACK },
	{ "acceso* no autorizado*", ATTACK },
	{ "agujero* de seguridad", ATTACK }, { "suplantacion*", ATTACK },
	{ "cuenta* comprometid*", ATTACK },
	{ "servidor* comprometid*", ATTACK }, { "extorsi*", ATTACK },
	/* pt */
	{ "invasor*", ATTACK }, { "invadid*", ATTACK },
	{ "invasao", ATTACK }, { "invasoes", ATTACK },
	{ "negacao de servico", ATTACK }, { "falha* de seguranca", ATTACK },
	{ "violacao de dados", ATTACK }, { "vazamento de dados", ATTACK },
	{ "vazado*", ATTACK }, { "sequestr*", ATTACK },
	{ "roubad*", ATTACK }, { "acesso* nao autorizado*", ATTACK },
	{ "acesso* indevido*", ATTACK }, { "conta* comprometid*", ATTACK },
	/* it, nl */
	{ "attacco", ATTACK }, { "attacchi", ATTACK }, { "aanval*", ATTACK },
	{ "kwetsbaarhe*", ATTACK },

	{ "a completer", UNFILLED }, { "por completar", UNFILLED },
	{ "por definir", UNFILLED }, { "a preencher", UNFILLED },
	{ "zu erganzen", UNFILLED }, { "noch einzutragen", UNFILLED },

	{ "nur intern", INSIDE }, { "interne notiz", INSIDE },
	{ "nicht veroffentlichen", INSIDE }, { "streng vertraulich", INSIDE },
	{ "ne pas publier", INSIDE }, { "ne pas diffuser", INSIDE },
	{ "usage interne", INSIDE }, { "no publicar", INSIDE },
	{ "no difundir", INSIDE }, { "uso interno", INSIDE },
	{ "nao publicar", INSIDE }, { "nao divulgar", INSIDE },
	/* clang-format on */
};

/* Found inside of a word: German joins words to new ones. */
static const char *const inside[] = { "angriff", "sicherheitsluck",
	"schadsoftware", "schwachstelle", "hacker" };

static void
compounds(struct linting *l, const struct piece *p, size_t i)
{
	const struct span *w = &p->words[i];

	for (size_t k = 0; k < sizeof inside / sizeof *inside; k++)
		if (memmem(p->low + w->at, w->len, inside[k],
			strlen(inside[k])) != NULL)
			lint_mark(l, p, RULE_ATTACK, w->at, w->len);
}

void
lint_tongues(struct linting *l, const struct piece *p)
{
	lint_phrases(l, p, phrases, sizeof phrases / sizeof *phrases);
	for (size_t i = 0; i < p->n_words; i++)
		compounds(l, p, i);
}
