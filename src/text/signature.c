#include "text/signature.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "text/phrases.h"
#include "text/quote.h"

enum {
	BLOCK_LINES = 8,   /* of a name and phone block */
	BELOW_DASHES = 15, /* "--" without its space: more is no signature */
	SHORT = 60,
	NAMES = 4,
	ROUNDS = 10,
	NEAR_END = 40,
};

struct cut {
	struct arena *mem;
	const struct lines *l;
	const struct writer *w;
	size_t from, to;
	char *names;              /* the writer's, folded */
	const char **disclaimers; /* of this site, folded */
	bool alone;
};

static size_t
trim_end(const struct lines *l, size_t from, size_t to)
{
	while (to > from && l->line[to - 1].blank)
		to--;
	return to;
}

static size_t
lines_in(const struct lines *l, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += !l->line[i].blank;
	return n;
}

/* Cutting at i leaves some words of the writer's. */
static bool
leaves_words(const struct cut *c, size_t i)
{
	return !c->alone || lines_in(c->l, c->from, i) != 0;
}

/* 1. Names. */

static bool
letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static size_t
word_length(const char *s)
{
	size_t n = 0;

	while (letter(s[n]) || isdigit((unsigned char)s[n]) || s[n] == '\'')
		n++;
	return n;
}

/* 0: not one of the writer's names; 1: an initial of one; 2: one. */
static unsigned
own_word(const char *names, const char *s, size_t n)
{
	unsigned best = 0;

	while (*names != '\0') {
		size_t len = word_length(names);

		if (len == n && n > 1 && memcmp(names, s, n) == 0)
			return 2;
		if (n == 1 && len != 0 && names[0] == s[0])
			best = 1;
		names += len;
		names += len == 0;
	}
	return best;
}

/*
 * How much of a folded line is the writer's own name, from its start, 0: it
 * doesn't begin so.  What follows must be the end or set apart.
 */
static size_t
own_name(const struct cut *c, const char *s)
{
	const char *start = s;
	unsigned full = 0, words = 0;

	if (c->names[0] == '\0')
		return 0;
	while (*s == '-' || *s == '/' || *s == '~' || *s == ' ')
		s++;
	while (strncmp(s, "\xe2\x80\x94", 3) == 0 ||
	       strncmp(s, "\xe2\x80\x93", 3) == 0)
		s += 3;
	s += strspn(s, " ");
	while (words < NAMES) {
		size_t n = word_length(s);
		unsigned own = n == 0 ? 0 : own_word(c->names, s, n);

		if (own == 0)
			break;
		full += own == 2;
		words++;
		s += n + (s[n] == '.');
		s += *s == ' ' && letter(s[1]);
	}
	if (full == 0)
		return 0;
	s += strspn(s, " ");
	if (*s != '\0' && strchr("|,/(-<.!", *s) == NULL &&
	    (unsigned char)*s < 0x80)
		return 0;
	return *s == '\0' || words > 1 ? (size_t)(s - start) : 0;
}

static bool
only_own_name(const struct cut *c, const char *s)
{
	size_t n = own_name(c, s);

	return n != 0 && s[n + strspn(s + n, " .!,")] == '\0';
}

/* One to four words that begin with a capital, or of another script. */
static bool
like_a_name(const char *s)
{
	unsigned words = 0;

	s += strspn(s, " \t-/");
	if (strlen(s) > 40)
		return false;
	while (*s != '\0') {
		if (!isupper((unsigned char)*s) && (unsigned char)*s < 0x80)
			return false;
		while (letter(*s) || *s == '\'' || *s == '-' || *s == '.')
			s++;
		if (*s == ',')
			s++;
		if (*s != '\0' && *s != ' ')
			return false;
		s += strspn(s, " ");
		words++;
	}
	return words >= 1 && words <= NAMES;
}

/* 2. Contact data. */

static bool
is_phone(const char *s)
{
	size_t number = 0, dots = 0, letters = 0, other = 0;

	for (; *s != '\0'; s++) {
		if (isdigit((unsigned char)*s))
			number++;
		else if (letter(*s))
			letters++;
		else if (*s == '.')
			dots++;
		else if (strchr(" +-()/|:,", *s) == NULL)
			other++;
	}
	/* Four groups with dots are an IP address. */
	return number >= 7 && letters <= 14 && other == 0 && dots != 3;
}

static bool
is_contact(const char *fold)
{
	if (strlen(fold) > 2 * SHORT)
		return false;
	if (strstr(fold, "www.") != NULL || strstr(fold, "http") != NULL ||
	    strstr(fold, "skype") != NULL || strstr(fold, "linkedin") != NULL)
		return true;
	if (strchr(fold, '@') != NULL)
		return strchr(fold, ' ') == NULL || strlen(fold) <= SHORT;
	return is_phone(fold);
}

static bool
all_short(const struct cut *c, size_t from)
{
	for (size_t i = from; i < c->to; i++)
		if (strlen(c->l->line[i].s) > 2 * SHORT)
			return false;
	return true;
}

static size_t
contacts(const struct cut *c, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < c->to; i++)
		n += !c->l->line[i].blank && is_contact(c->l->line[i].fold);
	return n;
}

/* 3. The cuts: each returns where it would cut, or c->to. */

static size_t
at_dashes(const struct cut *c)
{
	for (size_t i = c->from; i < c->to; i++) {
		const char *s = c->l->line[i].s;
		size_t below;

		if (c->l->line[i].exact)
			return i;
		if (s[0] != '-' && s[0] != '_' && (unsigned char)s[0] != 0xe2)
			continue;
		if (c->to - i > NEAR_END)
			continue;
		below = lines_in(c->l, i + 1, c->to);
		if ((strcmp(s, "--") == 0 || strcmp(s, "\xe2\x80\x94") == 0 ||
			strcmp(s, "\xe2\x80\x94-") == 0) &&
		    below <= BELOW_DASHES)
			return i;
		if (!quote_is_rule(s) || !leaves_words(c, i))
			continue;
		if (s[0] == '_' && strlen(s) >= 5 && below <= BLOCK_LINES)
			return i;
		if (below <= BLOCK_LINES + 2 && all_short(c, i) &&
		    contacts(c, i) * 3 >= below && contacts(c, i) >= 2)
			return i;
	}
	return c->to;
}

static size_t
at_rule(const struct cut *c)
{
	return c->to > c->from && quote_is_rule(c->l->line[c->to - 1].s)
		   ? c->to - 1
		   : c->to;
}

static size_t
at_device(const struct cut *c)
{
	size_t i = c->to;

	while (i > c->from && phrase_device(c->mem, c->l->line[i - 1].fold))
		i--;
	if (i == c->to)
		return i;
	/* A name right above belongs to it: "Ann Ash / via mobile". */
	if (i > c->from + 1 && c->l->line[i - 2].blank &&
	    like_a_name(c->l->line[i - 1].s) &&
	    strchr(c->l->line[i - 1].s, ' ') != NULL && leaves_words(c, i - 1))
		i--;
	return i;
}

static bool
is_disclaimer(const struct cut *c, const char *fold)
{
	for (size_t i = 0; i < c->w->n_disclaimers; i++)
		if (strncmp(fold, c->disclaimers[i],
			strlen(c->disclaimers[i])) == 0)
			return true;
	return phrase_disclaimer(fold);
}

static size_t
at_disclaimer(const struct cut *c)
{
	for (size_t i = c->from; i < c->to; i++)
		if (is_disclaimer(c, c->l->line[i].fold) && leaves_words(c, i))
			return i;
	return c->to;
}

/* The lines below a closing are a signature. */
static bool
signed_below(const struct cut *c, size_t closing, enum phrase_closing kind)
{
	const struct line *l = c->l->line;
	size_t first = closing + 1, n = lines_in(c->l, first, c->to);

	if (n == 0)
		return kind == CLOSING_FORMAL;
	while (l[first].blank)
		first++;
	if (own_name(c, l[first].fold) != 0)
		return all_short(c, first);
	if (contacts(c, first) == n)
		return true;
	if ((first != closing + 1 && n < 2) || !like_a_name(l[first].s) ||
	    !all_short(c, first))
		return false;
	return kind == CLOSING_FORMAL || contacts(c, first) != 0 ||
	       phrase_greeting(l[c->from].fold);
}

static size_t
at_closing(const struct cut *c)
{
	size_t seen = 0;

	for (size_t i = c->to; i > c->from && seen <= BLOCK_LINES; i--) {
		const struct line *l = &c->l->line[i - 1];
		enum phrase_closing kind = phrase_closing(l->fold);
		const char *name = phrase_after_closing(l->fold);

		seen += !l->blank;
		if (kind == CLOSING_NONE && name == NULL)
			continue;
		if (!leaves_words(c, i - 1))
			continue;
		if (kind != CLOSING_NONE && signed_below(c, i - 1, kind))
			return i - 1;
		if (name != NULL && only_own_name(c, name) &&
		    all_short(c, i - 1))
			return i - 1;
	}
	return c->to;
}

/* The last paragraph: the writer's name, or a name with contact data. */
static size_t
at_block(const struct cut *c)
{
	const struct line *l = c->l->line;
	size_t i = c->to, n;

	while (i > c->from && !l[i - 1].blank)
		i--;
	n = c->to - i;
	if (n == 0 || !leaves_words(c, i))
		return c->to;
	if (n <= BLOCK_LINES && all_short(c, i) && own_name(c, l[i].fold) != 0)
		return i;
	if (n >= 2 && n <= BLOCK_LINES && like_a_name(l[i].s) &&
	    contacts(c, i) >= 2 && contacts(c, i) * 2 >= n)
		return i;
	if (n >= 2 && only_own_name(c, l[c->to - 1].fold))
		return c->to - 1;
	return c->to;
}

static size_t
next_cut(const struct cut *c)
{
	size_t i;

	if ((i = at_dashes(c)) != c->to || (i = at_device(c)) != c->to)
		return i;
	if ((i = at_disclaimer(c)) != c->to || (i = at_closing(c)) != c->to)
		return i;
	return (i = at_rule(c)) != c->to ? i : at_block(c);
}

static char *
names_of(struct arena *mem, const struct writer *w)
{
	size_t n = strcspn(w->address, "@");

	return phrase_fold(mem,
	    arena_printf(mem, "%s %.*s", w->name, (int)n, w->address));
}

size_t
signature_end(struct arena *mem, const struct lines *l, size_t from, size_t to,
    const struct writer *w, bool alone)
{
	struct cut c = { .mem = mem,
		.l = l,
		.w = w,
		.from = from,
		.to = trim_end(l, from, to),
		.alone = alone };

	c.names = names_of(mem, w);
	c.disclaimers =
	    arena_array(mem, w->n_disclaimers, sizeof *c.disclaimers);
	for (size_t i = 0; i < w->n_disclaimers; i++)
		c.disclaimers[i] = phrase_fold(mem, w->disclaimers[i]);
	for (unsigned i = 0; i < ROUNDS; i++) {
		size_t at = next_cut(&c);

		if (at == c.to)
			break;
		c.to = trim_end(l, from, at);
	}
	return c.to;
}
