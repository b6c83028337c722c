/* When it will be over: promised where nobody can know it.  In the five
 * languages of readers, their words folded as lint_fold() does. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

enum {
	NEAR = 6,   /* words between an update and when it comes */
	TERSE = 10, /* ... of a sentence that needs no verb */
};

static const char *const over[] = { "fixed", "fix", "resolved", "resolution",
	"restored", "restore", "repaired", "recovered", "recovery", "recover",
	"back", "online", "over", "done", "complete", "completed", "finished",
	"working", "normal", "operational", "available", "solved", "mitigated",
	"deployed", "up", "behoben", "beheben", "wiederhergestellt",
	"verfugbar", "erreichbar", "gelost", "losen", "fertig", "retabli",
	"retablie", "retablis", "retablies", "resolu", "resolue", "corrige",
	"corrigee", "repare", "reparee", "disponible", "disponibles",
	"resuelto", "resuelta", "restablecido", "restablecida", "reparado",
	"solucionado", "solucionada", "corregido", "resolvido", "resolvida",
	"restabelecido", "restabelecida", "corrigido", "corrigida",
	"disponivel", "disponiveis", "normalizado", "restablecera",
	"solucionara", "normalizara", "restabelecera", "resolvera", NULL };
static const char *const ahead[] = { "will", "ll", "should", "shall", "expect",
	"expects", "expected", "expecting", "anticipate", "anticipated",
	"estimate", "estimated", "hope", "promise", "guarantee", "going", "eta",
	"plan", "aim", "wird", "werden", "sollte", "sollten", "soll",
	"voraussichtlich", "erwarten", "rechnen", "beheben", "losen", "ist",
	"sera", "seront", "devrait", "devraient", "prevoyons", "estara",
	"estaran", "quedara", "seran", "serao", "deve", "devera", "esperamos",
	"preve", "ficara", "restablecera", "solucionara", "normalizara",
	"restabelecera", "resolvera", NULL };
static const char *const past[] = { "was", "were", "had", "been", "did", "took",
	"after", "experienced", "have", "has", "wurde", "wurden", "war",
	"waren", "nach", "seit", "ete", "apres", "fue", "fueron", "tras",
	"desde", "foi", "foram", "apos", NULL };
static const char *const bounds[] = { "within", "in", "by", "before", "until",
	"binnen", "innerhalb", "bis", "dans", "sous", "ici", "avant", "en",
	"antes", "dentro", "em", "ate", NULL };
/* ... of which these come before a time of the day or a date. */
static const char *const moments[] = { "by", "before", "bis", "avant", "antes",
	"ate", NULL };
/* A bound that says nothing. */
static const char *const vague[] = { "shortly", "momentarily", "in kurze",
	"sous peu", "en breve", "em breve", "within the hour" };
static const char *const fill[] = { "the", "next", "about", "approximately",
	"roughly", "around", "another", "less", "than", "under", "at", "most",
	"couple", "of", "coming", "de", "von", "nachsten", "den", "etwa",
	"rund", "les", "las", "os", "as", "proximas", "proximos", "prochaines",
	"zu", "environ", "unos", "unas", "cerca", "mais", NULL };
static const char *const amounts[] = { "a", "an", "one", "two", "three", "four",
	"five", "six", "ten", "fifteen", "twenty", "thirty", "half", "few",
	"couple", "hour", "minutes", "hours", "ein", "eine", "einer", "zwei",
	"drei", "wenigen", "paar", "un", "une", "deux", "trois", "quelques",
	"una", "dos", "tres", "pocas", "pocos", "uma", "duas", "poucas",
	"poucos", "alguns", "algumas", NULL };
static const char *const units[] = { "minute", "minutes", "min", "mins", "m",
	"hour", "hours", "h", "hr", "hrs", "day", "days", "minuten", "stunde",
	"stunden", "tagen", "heure", "heures", "jour", "jours", "minuto",
	"minutos", "hora", "horas", "dia", "dias", NULL };
static const char *const dates[] = { "tomorrow", "tonight", "noon", "midnight",
	"today", "eod", "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday", "morning", "evening", "afternoon", "lunch",
	"morgen", "heute", "mittag", "mitternacht", "demain", "midi", "minuit",
	"soir", "manana", "mediodia", "medianoche", "noche", "amanha", "noite",
	"meia", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
	NULL };

static bool
is_digits(const struct piece *p, size_t i)
{
	return i < p->n_words && isdigit((unsigned char)p->s[p->words[i].at]);
}

/* "30 minutes", "30m", "an hour", "half an hour" */
static size_t
length_at(const struct piece *p, size_t i)
{
	size_t from = i;

	while (i < p->n_words && i - from < 4 && lint_word_in(p, i, fill))
		i++;
	if (is_digits(p, i)) {
		const struct span *w = &p->words[i];
		size_t n = strspn(p->s + w->at, "0123456789");

		if (n < w->len)
			return lint_in(p->low + w->at + n, w->len - n, units)
				   ? i + 1 - from
				   : 0;
	} else if (!lint_word_in(p, i, amounts))
		return i > from && lint_word_in(p, i, units) ? i + 1 - from : 0;
	for (size_t k = i; k <= i + 4 && k < p->n_words; k++)
		if (lint_word_in(p, k, units))
			return k + 1 - from;
	return 0;
}

/* "by 17:00", "by 5pm", "by tomorrow", "antes de las 18:00" */
static size_t
moment_at(const struct piece *p, size_t i)
{
	static const char *const articles[] = { "de", "las", "la", "as", "os",
		"a", "le", "les", "zum", "zur", NULL };
	const struct span *w;
	size_t n, skipped = 0;

	for (; skipped < 2 && lint_word_in(p, i, articles); i++)
		skipped++;
	if (i >= p->n_words)
		return 0;
	if (lint_word_in(p, i, dates))
		return skipped + 1;
	w = &p->words[i];
	n = strspn(p->s + w->at, "0123456789");
	if (n == 0 || n > 2)
		return 0;
	if (p->s[w->at + n] == ':')
		return skipped + 2;
	return n < w->len &&
		       (p->low[w->at + n] == 'a' || p->low[w->at + n] == 'p')
		   ? skipped + 1
		   : 0;
}

/* How many words from the bound on say when; 0: it is none. */
static size_t
bound_at(const struct piece *p, size_t i)
{
	size_t n;

	if (lint_word_is(p, i, "eta"))
		return (n = length_at(p, i + 1)) != 0 ||
			       (n = moment_at(p, i + 1)) != 0
			   ? 1 + n
			   : 0;
	for (size_t k = 0; k < sizeof vague / sizeof *vague; k++)
		if ((n = lint_phrase_at(p, i, vague[k], false)) != 0)
			return n;
	if (!lint_word_in(p, i, bounds))
		return 0;
	n = length_at(p, i + 1);
	/* "by an hour" is an amount, "within minutes of it" is the past. */
	if (lint_word_in(p, i, moments))
		n = moment_at(p, i + 1);
	return n == 0 || lint_word_is(p, i + 1 + n, "of") ? 0 : 1 + n;
}

/* The words of the sentence that word i stands in: [from, to). */
static void
sentence(const struct piece *p, size_t i, size_t *from, size_t *to)
{
	*from = i;
	*to = i + 1;
	while (*from > 0) {
		const struct span *w = &p->words[*from - 1];
		const char *gap = p->s + w->at + w->len;

		if (strchr(".!?\n", *gap) != NULL)
			break;
		(*from)--;
	}
	while (*to < p->n_words) {
		const struct span *w = &p->words[*to - 1];

		if (strchr(".!?\n", p->s[w->at + w->len]) != NULL)
			break;
		(*to)++;
	}
}

static bool
any(const struct piece *p, size_t from, size_t to, const char *const *words)
{
	for (; from < to; from++)
		if (lint_word_in(p, from, words))
			return true;
	return false;
}

/* The next word about it is promised, not its end. */
static bool
is_of_update(const struct piece *p, size_t from, size_t at)
{
	static const char *const updates[] = { "update", "updates", "updating",
		"information", "news", "report", "details", "meldung",
		"nachricht", "informationen", "bericht", "jour", "message",
		"information", "informations", "rapport", "aviso",
		"actualizacion", "informe", "comunicado", "atualizacao",
		"relatorio", NULL };

	if (at - from > NEAR)
		from = at - NEAR;
	return any(p, from, at, updates);
}

/* "Back in 10 minutes.": nothing but the promise. */
static bool
is_terse(const struct piece *p, size_t from, size_t at, size_t to)
{
	static const char *const open[] = { "back", "online", "up", "fix",
		NULL };

	return to - from <= TERSE && at > from && !any(p, from, at, past) &&
	       (lint_word_in(p, at - 1, open) ||
		   (at - from == 1 && lint_word_in(p, at - 1, over)));
}

/* Said of what is to come, and of its end. */
static bool
is_promise(const struct piece *p, size_t i)
{
	/* German and its kin say "ist" of what was, too. */
	static const char *const gone[] = { "wurde", "wurden", "war", "waren",
		"seit", "ete", "fue", "fueron", "foi", "foram", NULL };
	size_t from, to;

	sentence(p, i, &from, &to);
	if (is_of_update(p, from, i))
		return false;
	if (lint_word_is(p, i, "eta"))
		return true;
	return any(p, from, to, over) && !any(p, from, to, gone) &&
	       (any(p, from, i, ahead) || is_terse(p, from, i, to));
}

void
lint_promises(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n_words; i++) {
		size_t n = bound_at(p, i);
		const struct span *last;

		if (n == 0 || i + n > p->n_words || !is_promise(p, i))
			continue;
		last = &p->words[i + n - 1];
		lint_mark(l, p, RULE_PROMISE, p->words[i].at,
		    last->at + last->len - p->words[i].at);
	}
}
