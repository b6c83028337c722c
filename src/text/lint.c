#include "text/lint.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/tongue.h"
#include "text/lint_in.h"

enum { SHOWN = 120 }; /* characters of the words that are marked */

/* What each rule is called, how grave it is, what it tells its reader. */
static const struct {
	const char *name;
	enum lint_class full, limited; /* by disclosure */
	const char *why;
} rules[RULE_COUNT] = {
	/* clang-format off */
	[RULE_CREDENTIAL]  = { "credential", LINT_BLOCK, LINT_BLOCK,
	    "looks like a password or token: take it out, and change it" },
	[RULE_KEY]         = { "key", LINT_BLOCK, LINT_BLOCK,
	    "looks like a private key: take it out, and replace the key" },
	[RULE_RANDOM]      = { "random", LINT_ASK, LINT_BLOCK,
	    "looks like a key or a token: does it open anything?" },
	[RULE_INTERNAL]    = { "internal", LINT_BLOCK, LINT_BLOCK,
	    "marks a text that isn't for the public: take it out" },
	[RULE_QUOTED]      = { "quoted", LINT_BLOCK, LINT_BLOCK,
	    "is the head of a quoted mail: take it and what it quotes out" },
	[RULE_PLACEHOLDER] = { "placeholder", LINT_BLOCK, LINT_BLOCK,
	    "was never filled in: write what belongs there" },
	[RULE_MARKUP]      = { "markup", LINT_BLOCK, LINT_BLOCK,
	    "is HTML or an image: write it in words, or as a link" },
	[RULE_EMPTY]       = { "empty", LINT_BLOCK, LINT_BLOCK,
	    "there is no text: write what readers should know" },
	[RULE_COMPONENT]   = { "component", LINT_BLOCK, LINT_BLOCK,
	    "is no component of ours: name one that help lists" },
	[RULE_ADDRESS]     = { "address", LINT_ASK, LINT_BLOCK,
	    "is a network address: name the service instead" },
	[RULE_HOST]        = { "host", LINT_ASK, LINT_BLOCK,
	    "looks like the name of a machine: name the service instead" },
	[RULE_PERSON]      = { "person", LINT_ASK, LINT_BLOCK,
	    "is one of our people: say our team, or the like" },
	[RULE_URL]         = { "url", LINT_ASK, LINT_BLOCK,
	    "leads to a place of ours inside: take it out" },
	[RULE_MAIL]        = { "mail", LINT_ASK, LINT_BLOCK,
	    "is an address of a person or a team: name support instead" },
	[RULE_PHONE]       = { "phone", LINT_ASK, LINT_BLOCK,
	    "looks like a telephone number: is it for the public?" },
	[RULE_TICKET]      = { "ticket", LINT_ASK, LINT_BLOCK,
	    "is a number of an inside system: take it out" },
	[RULE_CUSTOMER]    = { "customer", LINT_ASK, LINT_BLOCK,
	    "is on the list of private words: name nobody" },
	[RULE_ATTACK]      = { "attack", LINT_ASK, LINT_BLOCK,
	    "speaks of an attack or a weakness: does security agree?" },
	[RULE_CVE]         = { "cve", LINT_ASK, LINT_BLOCK,
	    "names a weakness that is known: does security agree?" },
	[RULE_VENDOR]      = { "vendor", LINT_ASK, LINT_BLOCK,
	    "names a supplier: is it agreed with them?" },
	[RULE_VOLUME]      = { "detail", LINT_ADVISE, LINT_BLOCK,
	    "tells an attacker how it went: take it out for now" },
	[RULE_BLAME]       = { "blame", LINT_ASK, LINT_BLOCK,
	    "puts it on somebody by name: say what we do about it" },
	[RULE_ECHO]        = { "echo", LINT_ASK, LINT_BLOCK,
	    "stands in an internal note of this event: is it for everybody?" },
	[RULE_LONG]        = { "long", LINT_ASK, LINT_ASK,
	    "the text is long: say the most important, in 1,500 characters" },
	[RULE_WEEKDAY]     = { "weekday", LINT_ASK, LINT_ASK,
	    "isn't that day of the week: which of the two is right?" },
	[RULE_CLOCK]       = { "clock", LINT_ASK, LINT_ASK,
	    "is a time of the 24 hour clock: leave am or pm out" },
	[RULE_ZONE]        = { "zone", LINT_ASK, LINT_ASK,
	    "is a time without its zone: add UTC, or the one you mean" },
	[RULE_PROMISE]     = { "promise", LINT_ASK, LINT_ASK,
	    "promises when it will be over: can we keep that?" },
	[RULE_RED]         = { "red", LINT_ASK, LINT_ASK,
	    "isn't well in a post that says resolved: which is right?" },
	[RULE_NO_IMPACT]   = { "no-impact", LINT_ADVISE, LINT_ADVISE,
	    "the first post doesn't say what works and what doesn't: "
	    "Impact for resellers, Impact for end users" },
	[RULE_NO_NEXT]     = { "no-next", LINT_ADVISE, LINT_ADVISE,
	    "it doesn't say when the next update comes: Next-Update" },
	[RULE_APOLOGY]     = { "apology", LINT_ADVISE, LINT_ADVISE,
	    "only regrets, and nobody does it: say what you do about it" },
	[RULE_TITLE]       = { "title", LINT_ADVISE, LINT_ADVISE,
	    "the title isn't that of the update before: is it the same "
	    "incident?" },
	/* clang-format on */
};

/* ---- marks ---- */

static enum lint_class
class_of(const struct linting *l, enum lint_rule r)
{
	return l->scene->disclosure == DISCLOSURE_LIMITED ? rules[r].limited
							  : rules[r].full;
}

static bool
is_safe(const struct piece *p, size_t at, size_t len)
{
	for (size_t i = 0; i < p->n_safe; i++)
		if (at >= p->safe[i].at &&
		    at + len <= p->safe[i].at + p->safe[i].len)
			return true;
	return false;
}

static size_t
line_of(const struct piece *p, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += p->whole[i] == '\n';
	return line;
}

/* Inside of what is marked already, and no graver; a passage has its words. */
static bool
is_within(const struct lint_mark *m, const struct lint_mark *by)
{
	return by->rule != rules[RULE_LONG].name &&
	       by->rule != rules[RULE_ECHO].name && by->field == m->field &&
	       by->class >= m->class && by->at <= m->at &&
	       m->at + m->len <= by->at + by->len && by->len != 0;
}

/* Said already: the same words in the same field, or more of them. */
static bool
is_known(const struct linting *l, const struct lint_mark *m)
{
	for (size_t i = 0; i < l->n; i++)
		if (is_within(m, &l->marks[i]) ||
		    (l->marks[i].rule == m->rule &&
			l->marks[i].field == m->field &&
			text_ieq(l->marks[i].words, m->words)))
			return true;
	return false;
}

/* Where a mark goes: a new place, or that of a lighter one; NULL: nowhere. */
static struct lint_mark *
place(struct linting *l, enum lint_class class)
{
	size_t least = 0;

	if (l->n < LINT_MOST) {
		l->marks = arena_grow(l->mem, l->marks, l->n, sizeof *l->marks);
		return &l->marks[l->n++];
	}
	for (size_t i = 0; i < l->n; i++)
		if (l->marks[i].class < l->marks[least].class)
			least = i;
	return l->marks[least].class < class ? &l->marks[least] : NULL;
}

void
lint_mark(struct linting *l, const struct piece *p, enum lint_rule r, size_t at,
    size_t len)
{
	struct lint_mark *to, m = { .class = class_of(l, r),
		.rule = rules[r].name,
		.field = p->field,
		.at = p->from[at],
		.len = p->from[at + len] - p->from[at],
		.why = rules[r].why };

	if (is_safe(p, at, len))
		return;
	m.words = text_one_line(l->mem,
	    arena_copy(l->mem, p->whole + m.at, m.len), SHOWN);
	if (is_known(l, &m) || (to = place(l, m.class)) == NULL)
		return;
	m.line = line_of(p, m.at);
	*to = m;
}

void
lint_mark_whole(struct linting *l, enum lint_rule r, const char *words)
{
	struct lint_mark *to = place(l, class_of(l, r));

	if (to != NULL)
		*to = (struct lint_mark){ .class = class_of(l, r),
			.rule = rules[r].name,
			.field = "",
			.words = text_one_line(l->mem, words, SHOWN),
			.why = rules[r].why };
}

/* ---- words ---- */

bool
lint_alnum(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

char
lint_before(const struct piece *p, size_t at)
{
	return at == 0 ? '\n' : p->s[at - 1];
}

bool
lint_in(const char *s, size_t n, const char *const *low)
{
	for (; *low != NULL; low++)
		if (strlen(*low) == n && strncasecmp(*low, s, n) == 0)
			return true;
	return false;
}

bool
lint_word_is(const struct piece *p, size_t i, const char *low)
{
	return i < p->n_words && strlen(low) == p->words[i].len &&
	       memcmp(p->low + p->words[i].at, low, p->words[i].len) == 0;
}

bool
lint_word_in(const struct piece *p, size_t i, const char *const *low)
{
	return i < p->n_words &&
	       lint_in(p->low + p->words[i].at, p->words[i].len, low);
}

bool
lint_adjoins(const struct piece *p, size_t i)
{
	size_t from, to;

	if (i + 1 >= p->n_words)
		return false;
	from = p->words[i].at + p->words[i].len;
	to = p->words[i + 1].at;
	if (to - from > 3)
		return false;
	for (; from < to; from++)
		if (strchr(" \t\n-_/&'*`\"", p->s[from]) == NULL)
			return false;
	return true;
}

size_t
lint_phrase_at(const struct piece *p, size_t i, const char *phrase, bool exact)
{
	const char *in = exact ? p->s : p->low;
	size_t from = i;

	for (;; i++) {
		size_t n = strcspn(phrase, " *");
		bool open = phrase[n] == '*';

		if (i >= p->n_words || p->words[i].len < n ||
		    (!open && p->words[i].len != n) ||
		    memcmp(in + p->words[i].at, phrase, n) != 0)
			return 0;
		phrase += open ? n + 1 : n;
		if (*phrase != ' ')
			return i + 1 - from;
		if (!lint_adjoins(p, i))
			return 0;
		phrase++;
	}
}

/* ---- fields ---- */

/* CRLF and a lone CR are LF. */
static char *
plain_lines(struct arena *mem, const char *s)
{
	char *out = arena_str(mem, s), *to = out;

	for (; *s != '\0'; s++) {
		if (*s == '\r' && s[1] == '\n')
			continue;
		*to++ = *s == '\r' ? '\n' : *s;
	}
	*to = '\0';
	return out;
}

static void
split(struct arena *mem, struct piece *p)
{
	for (size_t i = 0; i < p->n;) {
		size_t from = i;

		while (i < p->n && lint_alnum(p->s[i]))
			i++;
		if (i > from) {
			p->words = arena_grow(mem, p->words, p->n_words,
			    sizeof *p->words);
			p->words[p->n_words++] =
			    (struct span){ from, i - from };
		} else
			i++;
	}
}

/* Where the words of a public name stand as they are, none is marked. */
static void
spare(struct arena *mem, struct piece *p, const char *public)
{
	const char *name;
	size_t n;

	if (public == NULL || text_blank(public))
		return;
	name = lint_fold(mem, public, 0, NULL);
	n = strlen(name);
	for (const char *at = p->s; (at = text_ifind(at, name)) != NULL; at++) {
		size_t from = (size_t)(at - p->s);

		if ((lint_alnum(name[0]) && lint_alnum(lint_before(p, from))) ||
		    (lint_alnum(name[n - 1]) && lint_alnum(at[n])))
			continue;
		p->safe = arena_grow(mem, p->safe, p->n_safe, sizeof *p->safe);
		p->safe[p->n_safe++] = (struct span){ from, n };
	}
}

static void
spare_public(struct linting *l, struct piece *p)
{
	const struct conf *c = l->scene->conf;

	for (size_t i = 0; i < c->n_components; i++)
		spare(l->mem, p, c->components[i].name);
	spare(l->mem, p, c->brand.name);
	for (size_t i = 0; i < c->n_lists; i++)
		spare(l->mem, p, c->lists[i].reply_to);
	for (size_t i = 0; i < l->scene->n_stock; i++)
		spare(l->mem, p, l->scene->stock[i]);
}

typedef void reader(struct linting *l, const struct piece *p);

static reader *const all_of_it[] = { lint_secrets, lint_shape, lint_places,
	lint_ids, lint_hosts, lint_phones, lint_words, lint_tongues, lint_names,
	lint_blame, lint_times, lint_promises, lint_echo, NULL };
static reader *const joined[] = { lint_places, lint_words, lint_tongues,
	lint_names, NULL };

static struct piece
fold(struct arena *mem, const char *whole, unsigned how)
{
	struct piece p = { .field = "", .whole = whole };
	size_t *from;

	p.markdown = how & FOLD_MARKDOWN;
	p.s = lint_fold(mem, whole, how, &from);
	p.from = from;
	p.low = text_lower(mem, p.s);
	p.n = strlen(p.s);
	split(mem, &p);
	return p;
}

static void
read_as(struct linting *l, struct piece *p, const char *name,
    reader *const *readers)
{
	p->field = name;
	spare_public(l, p);
	for (; *readers != NULL; readers++)
		(*readers)(l, p);
}

/* Twice, where that makes a difference: as it is, and with what is broken
 * over two lines, or by marks of emphasis, in one. */
static void
field(struct linting *l, const char *name, const char *s, bool markdown)
{
	unsigned how = markdown ? FOLD_MARKDOWN : 0;
	struct piece p, other;
	const char *whole;

	if (s == NULL || s[0] == '\0')
		return;
	whole = plain_lines(l->mem, s);
	p = fold(l->mem, whole, how);
	read_as(l, &p, name, all_of_it);
	other = fold(l->mem, whole, how | FOLD_JOINED);
	if (strcmp(p.s, other.s) != 0)
		read_as(l, &other, name, joined);
}

/* Each language by its name, as the mark shows it. */
static void
tongues(struct linting *l, const struct draft *x)
{
	struct tongue *all;
	size_t n;

	if (x->text == NULL)
		return;
	n = tongue_split(l->mem, x->text, "", &all);
	field(l, "Text", all[0].text, true);
	for (size_t i = 1; i < n; i++)
		field(l, arena_printf(l->mem, "Text (%s)", all[i].lang),
		    all[i].text, true);
}

/* Stable: the order of the fields stays within a class. */
static void
sort(struct linting *l)
{
	struct lint_mark *all;
	size_t n = 0;

	if (l->n == 0)
		return;
	all = arena_array(l->mem, l->n, sizeof *all);
	for (int class = LINT_BLOCK; class >= LINT_ADVISE; class --)
		for (size_t i = 0; i < l->n; i++)
			if ((int)l->marks[i].class == class)
				all[n++] = l->marks[i];
	l->marks = all;
}

size_t
lint(struct arena *mem, const struct lint_scene *scene, const struct draft *x,
    struct lint_mark **out)
{
	struct linting l = { .mem = mem, .scene = scene };

	lint_hosts_open(&l);
	lint_names_open(&l);
	field(&l, "Title", x->title, false);
	if (!x->stock)
		tongues(&l, x);
	field(&l, "Service impact", x->impact_text, false);
	field(&l, "Impact for resellers", x->reseller_impact, false);
	field(&l, "Impact for end users", x->enduser_impact, false);
	field(&l, "Workaround", x->workaround, false);
	field(&l, "Lasting effects", x->lasting, false);
	field(&l, "Social", x->social, false);
	field(&l, "Cause", x->review.cause, false);
	field(&l, "Fix", x->review.fix, false);
	field(&l, "Prevention", x->review.prevention, false);
	field(&l, "Problem", x->review.problem, false);
	field(&l, "Reason", x->reason, false);
	lint_whole(&l, x);
	lint_hosts_close(&l);
	sort(&l);
	*out = l.marks;
	return l.n;
}

bool
lint_says_attack(struct arena *mem, const char *text)
{
	static const struct conf none;
	const struct lint_scene scene = { .conf = &none };
	struct linting l = { .mem = mem, .scene = &scene };
	struct piece p = fold(mem, plain_lines(mem, text), 0);

	lint_words(&l, &p);
	lint_tongues(&l, &p);
	lint_ids(&l, &p);
	for (size_t i = 0; i < l.n; i++)
		if (l.marks[i].rule == rules[RULE_ATTACK].name ||
		    l.marks[i].rule == rules[RULE_CVE].name)
			return true;
	return false;
}

/* ---- what was shown ---- */

static char *
line(struct arena *mem, const struct lint_mark *m)
{
	return arena_printf(mem, "%s: %s\n", m->rule,
	    text_lower(mem, m->words));
}

char *
lint_shown(struct arena *mem, const struct lint_mark *marks, size_t n)
{
	struct buf b = BUF_INIT;
	char *s;

	for (size_t i = 0; i < n; i++)
		if (marks[i].class == LINT_ASK)
			buf_str(&b, line(mem, &marks[i]));
	s = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return s;
}

bool
lint_was_shown(struct arena *mem, const struct lint_mark *marks, size_t n,
    const char *shown)
{
	const char *all = arena_printf(mem, "\n%s", shown);

	for (size_t i = 0; i < n; i++)
		if (marks[i].class == LINT_ASK &&
		    strstr(all, arena_printf(mem, "\n%s",
				    line(mem, &marks[i]))) == NULL)
			return false;
	return true;
}

enum lint_class
lint_worst(const struct lint_mark *marks, size_t n)
{
	enum lint_class worst = LINT_ADVISE;

	for (size_t i = 0; i < n; i++)
		if (marks[i].class > worst)
			worst = marks[i].class;
	return worst;
}
