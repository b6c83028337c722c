#include "text/signature.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/contact.h"
#include "text/ownname.h"
#include "text/phrases.h"
#include "text/quote.h"

enum {
	BLOCK_LINES = 8,   /* of a name and phone block */
	BELOW_DASHES = 15, /* "--" without its space: more is no signature */
	SHORT = 60,
	ROUNDS = 10,
	NEAR_END = 40,
	PARAGRAPH = 6, /* lines of a disclaimer that are looked at */
};

struct cut {
	struct arena *mem;
	const struct lines *l;
	const struct writer *w;
	size_t from, to;
	const char *names;        /* the writer's (ownname_fold) */
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

/* 1. Shapes. */

static bool
all_short(const struct cut *c, size_t from)
{
	for (size_t i = from; i < c->to; i++)
		if (strlen(c->l->line[i].s) > (size_t)2 * SHORT &&
		    !contact_idle(c->l->line[i].fold))
			return false;
	return true;
}

static size_t
contacts(const struct cut *c, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < c->to; i++)
		n += !c->l->line[i].blank && contact_data(c->l->line[i].fold);
	return n;
}

/* A sentence, or a postscript: the writer had something to add. */
static bool
says_something(const char *fold)
{
	size_t n = strlen(fold), blanks = 0;

	if (strncmp(fold, "ps:", 3) == 0 || strncmp(fold, "ps ", 3) == 0 ||
	    strncmp(fold, "p.s.", 4) == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		blanks += fold[i] == ' ';
	return n != 0 && blanks >= 4 && strchr(".?!:", fold[n - 1]) != NULL &&
	       !contact_idle(fold);
}

/*
 * The lines from there on may be the block below a name: short, and no more
 * than BLOCK_LINES beside those that only help to reach the firm.
 */
static bool
is_block(const struct cut *c, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < c->to; i++) {
		const char *fold = c->l->line[i].fold;

		if (says_something(fold))
			return false;
		n += !c->l->line[i].blank && !contact_idle(fold);
	}
	return n <= BLOCK_LINES && all_short(c, from);
}

/* A paragraph that begins at line i, its first lines in one, is one that says
 * so. */
static bool
is_paragraph(const struct cut *c, size_t i, bool (*says)(const char *))
{
	const struct line *l = c->l->line;
	struct buf b = BUF_INIT;
	bool found;

	if (i != c->from && !l[i - 1].blank && !quote_is_rule(l[i - 1].s))
		return false;
	for (size_t k = i; k < c->to && k < i + PARAGRAPH && !l[k].blank; k++) {
		if (b.len != 0)
			buf_char(&b, ' ');
		buf_str(&b, l[k].fold);
	}
	found = says(b.data);
	buf_free(&b);
	return found;
}

/* The first words below line i are the writer's: "--" was a line drawn. */
static bool
goes_on(const struct cut *c, size_t i)
{
	const struct line *l = c->l->line;

	while (++i < c->to && l[i].blank)
		;
	return i < c->to && says_something(l[i].fold) &&
	       !phrase_device(c->mem, l[i].fold) &&
	       !is_paragraph(c, i, phrase_footer) &&
	       !is_paragraph(c, i, phrase_disclaimer);
}

/* 2. The cuts: each returns where it would cut, or c->to. */

static size_t
at_dashes(const struct cut *c)
{
	for (size_t i = c->from; i < c->to; i++) {
		const char *s = c->l->line[i].s;
		size_t below;

		if (c->l->line[i].exact)
			return i;
		if ((s[0] == '\0' || strchr("-_=*~#+", s[0]) == NULL) &&
		    (unsigned char)s[0] != 0xe2)
			continue;
		if (c->to - i > NEAR_END)
			continue;
		below = lines_in(c->l, i + 1, c->to);
		if ((strcmp(s, "--") == 0 || strcmp(s, "\xe2\x80\x94") == 0 ||
			strcmp(s, "\xe2\x80\x94-") == 0) &&
		    below <= BELOW_DASHES && leaves_words(c, i) &&
		    !goes_on(c, i))
			return i;
		if (!quote_is_rule(s) || !leaves_words(c, i))
			continue;
		if (s[0] == '_' && strlen(s) >= 5 && below <= BLOCK_LINES &&
		    !goes_on(c, i))
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

/* A device, or the bare link below one. */
static bool
is_device(const struct cut *c, size_t i)
{
	const struct line *l = c->l->line;

	if (phrase_device(c->mem, l[i].fold))
		return true;
	return i > c->from && strncmp(l[i].fold, "http", 4) == 0 &&
	       strchr(l[i].fold, ' ') == NULL &&
	       phrase_device(c->mem, l[i - 1].fold);
}

static size_t
at_device(const struct cut *c)
{
	size_t i = c->to;

	while (i > c->from && is_device(c, i - 1))
		i--;
	if (i == c->to)
		return i;
	/* A name right above belongs to it: "Ann Ash / via mobile". */
	if (i > c->from + 1 && c->l->line[i - 2].blank &&
	    ownname_like(c->l->line[i - 1].s) &&
	    strchr(c->l->line[i - 1].s, ' ') != NULL && leaves_words(c, i - 1))
		i--;
	return i;
}

/* A picture at the end says nothing here; it is kept as an attachment. */
static size_t
at_picture(const struct cut *c)
{
	size_t i = c->to;

	if (i == c->from || !contact_picture(c->l->line[i - 1].fold))
		return c->to;
	return leaves_words(c, i - 1) ? i - 1 : c->to;
}

static bool
of_this_site(const struct cut *c, const char *fold)
{
	for (size_t i = 0; i < c->w->n_disclaimers; i++)
		if (strncmp(fold, c->disclaimers[i],
			strlen(c->disclaimers[i])) == 0)
			return true;
	return false;
}

/* The title and the lines drawn above a disclaimer belong to it. */
static size_t
above_disclaimer(const struct cut *c, size_t i)
{
	const struct line *l = c->l->line;
	size_t k = trim_end(c->l, c->from, i);

	while (k > c->from && quote_is_rule(l[k - 1].s))
		k = trim_end(c->l, c->from, k - 1);
	if (k > c->from && phrase_legal_title(l[k - 1].fold) &&
	    leaves_words(c, k - 1))
		return k - 1;
	return i;
}

static size_t
at_disclaimer(const struct cut *c)
{
	for (size_t i = c->from; i < c->to; i++) {
		const struct line *l = &c->l->line[i];

		if (l->blank || !leaves_words(c, i))
			continue;
		if (of_this_site(c, l->fold) || phrase_disclaimer(l->fold) ||
		    is_paragraph(c, i, phrase_disclaimer))
			return above_disclaimer(c, i);
	}
	return c->to;
}

/* The last paragraph is a list's or a scanner's, its rule aside. */
static size_t
at_footer(const struct cut *c)
{
	const struct line *l = c->l->line;
	size_t i = c->to, first;

	while (i > c->from && !l[i - 1].blank)
		i--;
	for (first = i; first < c->to && quote_is_rule(l[first].s); first++)
		;
	if (first == c->to || !leaves_words(c, i))
		return c->to;
	return is_paragraph(c, first, phrase_footer) ? i : c->to;
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
	if (ownname_starts(c->names, l[first].fold) != 0)
		return is_block(c, first);
	if (contacts(c, first) == n)
		return true;
	if ((first != closing + 1 && n < 2) || !ownname_like(l[first].s) ||
	    !is_block(c, first))
		return false;
	return kind == CLOSING_FORMAL || contacts(c, first) != 0 ||
	       phrase_greeting(l[c->from].fold);
}

/* "Grüße aus Köln", "Best regards from the NOC", and the name below. */
static bool
signed_with_place(const struct cut *c, size_t closing, const char *rest)
{
	const struct line *l = c->l->line;
	size_t next = closing + 1;

	if (strlen(rest) > SHORT / 2 || strpbrk(rest, "0123456789") != NULL)
		return false;
	while (next < c->to && l[next].blank)
		next++;
	return next < c->to && ownname_starts(c->names, l[next].fold) != 0 &&
	       is_block(c, next);
}

static bool
is_signed(const struct cut *c, size_t i)
{
	const char *rest;
	enum phrase_closing kind = phrase_closing(c->l->line[i].fold, &rest);

	if (kind == CLOSING_NONE || !leaves_words(c, i))
		return false;
	if (*rest == '\0')
		return signed_below(c, i, kind);
	if (ownname_only(c->names, rest))
		return is_block(c, i + 1);
	return kind == CLOSING_FORMAL && signed_with_place(c, i, rest);
}

/* Where a signature may begin at the earliest. */
static size_t
nearest(const struct cut *c)
{
	return c->to - c->from > NEAR_END ? c->to - NEAR_END : c->from;
}

static size_t
at_closing(const struct cut *c)
{
	size_t seen = 0, least = nearest(c);

	for (size_t i = c->to; i > least && seen <= BLOCK_LINES; i--) {
		const struct line *l = &c->l->line[i - 1];

		seen += !l->blank && !contact_idle(l->fold);
		if (is_signed(c, i - 1))
			return i - 1;
	}
	return c->to;
}

/* The words above end with a colon: "Please call:". */
static bool
announced(const struct cut *c, size_t i)
{
	const char *s;

	while (i > c->from && c->l->line[i - 1].blank)
		i--;
	if (i == c->from)
		return false;
	s = c->l->line[i - 1].fold;
	return s[strlen(s) - 1] == ':';
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
	if (n >= 2 && ownname_only(c->names, l[c->to - 1].fold))
		return c->to - 1;
	if (n == 0 || !leaves_words(c, i))
		return c->to;
	if (is_block(c, i) && ownname_starts(c->names, l[i].fold) != 0)
		return i;
	if (n == 1 && ownname_initials(c->names, l[i].fold))
		return i;
	/* Somebody else's, whom the words above don't announce. */
	if (n >= 2 && n <= BLOCK_LINES && ownname_like(l[i].s) &&
	    contacts(c, i) >= 2 && contacts(c, i) * 2 >= n && !announced(c, i))
		return i;
	return c->to;
}

/* Several paragraphs below the writer's full name, with contact data. */
static size_t
at_card(const struct cut *c)
{
	const struct line *l = c->l->line;
	size_t seen = 0, least = nearest(c);

	for (size_t i = c->to; i > least && seen <= BLOCK_LINES; i--) {
		seen += !l[i - 1].blank && !contact_idle(l[i - 1].fold);
		if (i - 1 == c->from || !l[i - 2].blank ||
		    ownname_starts(c->names, l[i - 1].fold) == 0 ||
		    !leaves_words(c, i - 1))
			continue;
		if (contacts(c, i - 1) != 0 && is_block(c, i - 1))
			return i - 1;
	}
	return c->to;
}

static size_t
next_cut(const struct cut *c)
{
	static size_t (*const cuts[])(const struct cut *) = { at_dashes,
		at_footer, at_device, at_picture, at_closing, at_rule, at_block,
		at_card };

	for (size_t k = 0; k < sizeof cuts / sizeof *cuts; k++) {
		size_t i = cuts[k](c);

		if (i != c->to)
			return i;
	}
	return c->to;
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

	c.names = ownname_fold(mem, w->name, w->address);
	c.disclaimers =
	    arena_array(mem, w->n_disclaimers, sizeof *c.disclaimers);
	for (size_t i = 0; i < w->n_disclaimers; i++)
		c.disclaimers[i] = phrase_fold(mem, w->disclaimers[i]);
	c.to = trim_end(l, from, at_disclaimer(&c));
	for (unsigned i = 0; i < ROUNDS; i++) {
		size_t at = next_cut(&c);

		if (at == c.to)
			break;
		c.to = trim_end(l, from, at);
	}
	return c.to;
}
