/* The shape of a text, and what a draft as a whole lacks or contradicts. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "text/markup.h"

enum { LONGEST = 1500, HEADS = 2 };

/* ---- one field ---- */

/* Lines of a mail's head, in the languages of mail programs. */
static const char *const heads[] = { "from:", "sent:", "date:", "to:", "cc:",
	"subject:", "reply-to:", "message-id:", "received:", "von:",
	"gesendet:", "an:", "betreff:", "datum:", "de:", "envoye:", "objet:",
	"para:", "asunto:", "enviado:", "fecha:", "da:", "inviato:", "a:",
	"oggetto:", "aan:", "onderwerp:", "verzonden:", NULL };

static bool
is_head(const char *line)
{
	line += strspn(line, "*> \t");
	for (size_t i = 0; heads[i] != NULL; i++) {
		size_t n = strlen(heads[i]) - 1;

		/* "**From:** somebody", "From: somebody" */
		if (strncmp(line, heads[i], n) == 0 &&
		    line[n + strspn(line + n, "* ")] == ':')
			return true;
	}
	return false;
}

static bool
has_any(const char *line, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strstr(line, *words) != NULL)
			return true;
	return false;
}

/* "On 4 March, Comms One wrote:", "-----Original Message-----" */
static bool
is_opening(const char *line)
{
	static const char *const wrote[] = { " wrote:", " schrieb", " a ecrit",
		" escribio", " escreveu", " ha scritto", " schreef", NULL };
	static const char *const message[] = { "message", "messaggio",
		"nachricht", "mensaje", "mensagem", "bericht", NULL };
	size_t n = strlen(line);

	while (n > 0 && strchr(" \t*", line[n - 1]) != NULL)
		n--;
	if (n > 6 && line[n - 1] == ':' && has_any(line, wrote))
		return true;
	return strncmp(line, "-----", 5) == 0 && has_any(line, message);
}

/* "Internal: ask ns2 again" */
static bool
is_inside(const char *line)
{
	static const char *const words[] = { "internal", "intern", "interne",
		"interno", "interna", NULL };
	size_t n;

	line += strspn(line, "*_>([- \t");
	n = strspn(line, "abcdefghijklmnopqrstuvwxyz");
	return lint_in(line, n, words) &&
	       line[n + strspn(line + n, "*_)] ")] == ':';
}

static void
quoted(struct linting *l, const struct piece *p)
{
	size_t at = 0, run = 0, from = 0;

	while (at < p->n) {
		size_t n = strcspn(p->low + at, "\n");
		const char *line = arena_copy(l->mem, p->low + at, n);

		if (is_opening(line))
			lint_mark(l, p, RULE_QUOTED, at, n);
		if (is_inside(line))
			lint_mark(l, p, RULE_INTERNAL, at, n);
		if (!is_head(line))
			run = 0;
		else if (run++ == 0)
			from = at;
		if (run == HEADS)
			lint_mark(l, p, RULE_QUOTED, from, at + n - from);
		at += n + 1;
	}
}

void
lint_shape(struct linting *l, const struct piece *p)
{
	const char *at;
	size_t line, n = 0;

	quoted(l, p);
	if (p->markdown && (at = markup_find(p->s, &line)) != NULL) {
		n = strcspn(at, "\n>");
		n += at[n] == '>';
		lint_mark(l, p, RULE_MARKUP, (size_t)(at - p->s), n);
	}
	n = 0;
	for (const char *s = p->whole; text_next(&s) != 0;)
		n++;
	if (n > LONGEST && !l->scene->report)
		lint_mark(l, p, RULE_LONG, 0, strcspn(p->s, "\n"));
}

/* ---- the whole ---- */

static void
components(struct linting *l, const struct draft *x)
{
	bool over = x->state == STATE_RESOLVED && l->scene->n_posts != 0 &&
		    x->correct == 0;
	const char *s = x->components == NULL ? "" : x->components;

	while (*s != '\0') {
		size_t n = strcspn(s, ","), slug = strcspn(s, "=,");
		const char *name = arena_copy(l->mem, s, slug);
		enum level level = words_read_level(arena_copy(l->mem,
		    s + slug + (s[slug] == '='), n - slug - (s[slug] == '=')));
		const struct component *c =
		    conf_component(l->scene->conf, name);

		if (c == NULL && x->correct == 0) /* it may be gone by now */
			lint_mark_whole(l, RULE_COMPONENT, name);
		else if (c != NULL && over && level >= LEVEL_DEGRADED)
			lint_mark_whole(l, RULE_RED,
			    arena_printf(l->mem, "%s: %s", c->name,
				words_level_title(level)));
		s += n + (s[n] == ',');
	}
}

static bool
is_given(const char *s)
{
	return s != NULL && !text_blank(s);
}

static bool
says_impact(const struct draft *x)
{
	return is_given(x->impact_text) || is_given(x->reseller_impact) ||
	       is_given(x->enduser_impact);
}

/* Nothing but "the inconvenience is regretted", and nobody who does so. */
static bool
only_regrets(struct arena *mem, const char *text)
{
	static const char *const regrets[] = { "regretted", "apologised",
		"apologized", "inconvenience", "apologies" };
	static const char *const persons[] = { "we ", "our ", "i ", "us " };
	const char *low = text_lower(mem, text);
	size_t sentences = 0;
	bool sorry = false;

	for (const char *s = low; *s != '\0'; s++)
		sentences += strchr(".!?", *s) != NULL &&
			     (s[1] == ' ' || s[1] == '\n' || s[1] == '\0');
	for (size_t i = 0; i < sizeof regrets / sizeof *regrets; i++)
		sorry = sorry || strstr(low, regrets[i]) != NULL;
	for (size_t i = 0; i < sizeof persons / sizeof *persons; i++)
		for (const char *s = low; (s = strstr(s, persons[i])) != NULL;
		     s++)
			if (s == low || !lint_alnum(s[-1]))
				return false;
	return sorry && sentences <= 1;
}

static void
advise(struct linting *l, const struct draft *x)
{
	const struct lint_scene *s = l->scene;
	bool over = x->state >= STATE_RESOLVED || x->state == STATE_NONE;

	if (s->report || x->stock || x->correct != 0)
		return;
	if (s->n_posts == 0 && !over && !says_impact(x))
		lint_mark_whole(l, RULE_NO_IMPACT, "");
	if (!over && (x->promise.kind == PROMISE_UNSET ||
			 x->promise.kind == PROMISE_NONE))
		lint_mark_whole(l, RULE_NO_NEXT, "");
	if (only_regrets(l->mem, x->text))
		lint_mark_whole(l, RULE_APOLOGY, "");
	if (s->last_title != NULL && x->state != STATE_POSTMORTEM &&
	    strcmp(s->last_title, x->title) != 0)
		lint_mark_whole(l, RULE_TITLE, s->last_title);
}

void
lint_whole(struct linting *l, const struct draft *x)
{
	if (x->text == NULL || text_blank(x->text)) {
		lint_mark_whole(l, RULE_EMPTY, "");
		return;
	}
	if (!l->scene->report)
		components(l, x);
	advise(l, x);
}
