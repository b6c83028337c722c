#include "text/reply.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/banner.h"
#include "text/phrases.h"
#include "text/quote.h"

enum { REMNANT_AFTER = 60 }; /* columns of a quoted line that was wrapped */

struct work {
	struct arena *mem;
	struct lines l;
	bool *quote;      /* line i is quoted */
	bool *signature;  /* line i is signature or banner */
	size_t top;       /* below a banner */
	size_t first;     /* quoted line, or the number of lines */
	const char *rest; /* own words on a banner's line ... */
	size_t rest_at;   /* ... which is this one */
};

/*
 * A quoted line that some mailer wrapped: its end stands between two quoted
 * ones without a mark.
 */
static bool
is_remnant(const struct work *k, size_t i)
{
	const struct line *l = k->l.line;
	const char *s = l[i].fold;

	if (i == 0 || !l[i - 1].quoted || i + 1 >= k->l.n || !l[i + 1].quoted ||
	    l[i].blank)
		return false;
	if (strstr(s, "http://") != NULL || strstr(s, "https://") != NULL)
		return *s == '<' || *s == '(' || *s == 'h';
	return strlen(l[i - 1].s) >= REMNANT_AFTER;
}

static void
mark(struct work *k, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		k->quote[i] = true;
}

/*
 * "Sent from my phone" as a paragraph of its own, with more below: some
 * programs put the quoted mail there without any mark.
 */
static bool
is_device_above_quote(const struct work *k, size_t i)
{
	const struct line *l = k->l.line;
	size_t own = i;

	if (i == 0 || i + 1 >= k->l.n || !l[i - 1].blank || !l[i + 1].blank ||
	    l[i].quoted || !phrase_device(k->mem, l[i].fold))
		return false;
	while (own > 0 && (l[own - 1].blank || k->quote[own - 1]))
		own--;
	return own != 0;
}

static bool
cites(const struct line *l)
{
	return quote_cites(l->s) || l->fold[0] == '|';
}

/*
 * Below an attribution "SD> " is the mark of a quoted line, not a prompt, and
 * so is "| ", not a table.
 */
static void
believe_citers(struct work *k, size_t from)
{
	while (from < k->l.n && k->l.line[from].blank)
		from++;
	if (from == k->l.n || !cites(&k->l.line[from]))
		return;
	for (size_t i = from; i < k->l.n; i++)
		if (cites(&k->l.line[i]))
			k->l.line[i].quoted = true;
}

/* "AB> " in front of neighbours is somebody, with or without attribution. */
static void
believe_initials(struct work *k)
{
	for (size_t i = 0; i + 1 < k->l.n; i++) {
		struct line *l = &k->l.line[i];
		size_t n = quote_initials(l[0].s);

		if (n != 0 && strncmp(l[0].s, l[1].s, n) == 0)
			l[0].quoted = l[1].quoted = true;
	}
}

static bool
ends_with_colon(const char *fold)
{
	size_t n = strlen(fold);

	return n != 0 && fold[n - 1] == ':';
}

/* Returns the next line to look at. */
static size_t
mark_one(struct work *k, size_t i, struct reply *out)
{
	size_t len, next;
	enum quote_kind kind = quote_at(k->mem, &k->l, i, &len);

	if (kind == QUOTE_FORWARD)
		out->forwarded = true;
	if (kind == QUOTE_REST ||
	    (kind == QUOTE_FORWARD && !k->l.line[i].quoted)) {
		mark(k, i, k->l.n);
		return k->l.n;
	}
	if (k->l.line[i].quoted || is_remnant(k, i)) {
		if (ends_with_colon(k->l.line[i].fold))
			believe_citers(k, i + 1);
		mark(k, i, i + 1);
		return i + 1;
	}
	if (kind != QUOTE_ATTRIBUTION) {
		if (is_device_above_quote(k, i))
			mark(k, i + 1, k->l.n);
		return k->quote[i + 1] ? k->l.n : i + 1;
	}
	next = i + len;
	believe_citers(k, next);
	while (next < k->l.n && k->l.line[next].blank)
		next++;
	if (next < k->l.n && !k->l.line[next].quoted)
		next = k->l.n; /* quoted without marks */
	mark(k, i, next);
	return next;
}

/* A line drawn above a quote is part of it. */
static void
mark_rules_above(struct work *k)
{
	for (size_t i = k->first; i > k->top; i--) {
		const struct line *l = &k->l.line[i - 1];

		if (!l->blank && !quote_is_rule(l->s) &&
		    !quote_is_title(l->s) && !phrase_original(l->fold))
			return;
		if (l->blank)
			continue;
		mark(k, i - 1, i);
		k->first = i - 1;
	}
}

static void
find_quotes(struct work *k, struct reply *out)
{
	size_t i = k->top;

	believe_initials(k);
	while (i < k->l.n)
		i = mark_one(k, i, out);
	for (i = 0; i < k->l.n && !k->quote[i]; i++)
		;
	k->first = i;
	if (i < k->l.n)
		mark_rules_above(k);
}

/* Own lines that aren't blank, in [from, to). */
static size_t
own_lines(const struct work *k, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += !k->quote[i] && !k->signature[i] && !k->l.line[i].blank;
	return n;
}

static void
find_signature(struct work *k, size_t from, size_t to, const struct writer *w)
{
	size_t others = own_lines(k, 0, from) + own_lines(k, to, k->l.n);
	size_t end = signature_end(k->mem, &k->l, from, to, w, others == 0);

	for (size_t i = end; i < to; i++)
		k->signature[i] = true;
}

/* A banner at the top; a line drawn below it belongs to it. */
static void
find_banner(struct work *k, const struct writer *w)
{
	k->top = banner_skip(k->mem, &k->l, 0, k->l.n, w, &k->rest);
	for (size_t i = 0; i < k->top; i++)
		k->signature[i] = true;
	if (k->rest != NULL) {
		k->rest_at = k->top - 1;
		k->signature[--k->top] = false;
	}
}

/* The end of the top, and the last stretch of own words below quotes. */
static void
find_signatures(struct work *k, const struct writer *w)
{
	size_t last = k->l.n;

	while (last > 0 && !k->quote[last - 1])
		last--;
	if (last > k->first)
		find_signature(k, last, k->l.n, w);
	find_signature(k, k->top, k->first, w);
}

static void
add_line(struct buf *b, const char *s)
{
	buf_str(b, s);
	buf_char(b, '\n');
}

/* Blank lines where something was left out become one. */
static void
gather(struct work *k, size_t most, struct reply *out)
{
	struct buf own = BUF_INIT, quoted = BUF_INIT;
	bool gap = false; /* something was left out here */
	size_t blanks = 0;

	for (size_t i = 0; i < k->l.n; i++) {
		const struct line *l = &k->l.line[i];

		if (k->quote[i] && quoted.len < most)
			add_line(&quoted, l->s);
		out->cut_quote += k->quote[i] && !l->blank;
		out->cut_signature +=
		    !k->quote[i] && k->signature[i] && !l->blank;
		gap = gap || k->quote[i] || k->signature[i];
		blanks += l->blank;
		if (k->quote[i] || k->signature[i] || l->blank)
			continue;
		for (blanks = gap ? 1 : blanks; blanks != 0; blanks--)
			if (own.len != 0)
				buf_char(&own, '\n');
		gap = false;
		add_line(&own,
		    k->rest != NULL && i == k->rest_at ? k->rest : l->s);
	}
	if (own.len != 0)
		buf_cut(&own, own.len - 1);
	if (own.len > most) {
		size_t n = most;

		while (n != 0 && ((unsigned char)own.data[n] & 0xc0) == 0x80)
			n--;
		buf_cut(&own, n);
		out->cut = true;
	}
	out->text = arena_copy(k->mem, own.data, own.len);
	out->quoted = arena_copy(k->mem, quoted.data, quoted.len);
	buf_free(&own);
	buf_free(&quoted);
}

void
reply_read(struct arena *mem, const char *text, const struct writer *w,
    size_t most, struct reply *out)
{
	struct work k = { .mem = mem };

	*out = (struct reply){ .text = "", .quoted = "" };
	lines_read(mem, text, &k.l);
	k.quote = arena_array(mem, k.l.n + 1, sizeof *k.quote);
	k.signature = arena_array(mem, k.l.n + 1, sizeof *k.signature);
	find_banner(&k, w);
	find_quotes(&k, out);
	find_signatures(&k, w);
	out->interleaved = own_lines(&k, k.first, k.l.n) != 0;
	out->alone = own_lines(&k, 0, k.l.n) <= 1;
	out->cut = k.l.cut && !k.quote[k.l.n == 0 ? 0 : k.l.n - 1];
	gather(&k, most, out);
}
