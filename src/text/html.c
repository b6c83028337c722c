#include "text/html.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/entity.h"
#include "text/html_tag.h"

enum {
	LOOKED_AT = 64 * 1024, /* bytes, for a sign of HTML */
	DEPTH = 200, /* deeper elements are ignored, their text isn't */
	REACH = 40,  /* how far up a closing tag finds its element */
	QUOTES = 20, /* marks of quoting on a line */
	OUT_MAX = 1024 * 1024,
};

struct open {
	char name[TAG_NAME];
	unsigned flags;
};

struct page {
	struct buf out;
	struct open stack[DEPTH];
	size_t depth, unkept; /* open elements beyond DEPTH */
	size_t hidden, bold, pre, quotes;
	bool quote_rest;   /* the mail's own text is over */
	bool tight;        /* a style sheet takes p's margin away */
	bool line_open;    /* something stands on this line */
	bool bold_open;    /* "**" was written and not closed */
	bool space, blank; /* wanted before the next text */
	bool any;          /* some text was written */
};

/* 1. Lines. */

static void
end_line(struct page *p)
{
	if (p->bold_open)
		buf_str(&p->out, "**");
	buf_char(&p->out, '\n');
	p->line_open = p->bold_open = p->space = false;
}

static void
break_block(struct page *p)
{
	if (p->line_open)
		end_line(p);
}

static void
break_line(struct page *p)
{
	if (p->hidden != 0 || p->out.len > OUT_MAX)
		return;
	if (!p->line_open) {
		for (size_t i = 0; i < p->quotes && i < QUOTES; i++)
			buf_char(&p->out, '>');
		if (p->quotes == 0 && p->quote_rest)
			buf_char(&p->out, '>');
		p->blank = false;
	}
	end_line(p);
}

static void
open_line(struct page *p)
{
	size_t quotes = p->quotes < QUOTES ? p->quotes : QUOTES;

	if (quotes == 0 && p->quote_rest)
		quotes = 1;
	for (unsigned pass = 0; pass < (p->blank && p->any ? 2 : 1); pass++) {
		if (pass == 1)
			buf_char(&p->out, '\n');
		for (size_t i = 0; i < quotes; i++)
			buf_char(&p->out, '>');
	}
	if (quotes != 0)
		buf_char(&p->out, ' ');
	p->blank = p->space = false;
	p->line_open = p->any = true;
}

static void
put(struct page *p, uint32_t c)
{
	if (p->hidden != 0 || p->out.len > OUT_MAX)
		return;
	if (!p->line_open)
		open_line(p);
	if (p->bold_open && p->bold == 0) {
		buf_str(&p->out, "**");
		p->bold_open = false;
	}
	if (p->space)
		buf_char(&p->out, ' ');
	p->space = false;
	if (p->bold != 0 && !p->bold_open && c != ' ') {
		buf_str(&p->out, "**");
		p->bold_open = true;
	}
	text_put(&p->out, c);
}

static void
put_string(struct page *p, const char *s)
{
	while (*s != '\0')
		put(p, (unsigned char)*s++);
}

/* 2. Text. */

static void
put_text(struct page *p, uint32_t c)
{
	if (p->pre != 0 && c == '\n') {
		break_line(p);
		return;
	}
	if (c == '\r')
		return;
	if (c == ' ' || (c >= '\t' && c <= '\r')) {
		if (p->pre != 0)
			put(p, c == '\t' ? '\t' : ' ');
		else
			p->space = p->line_open;
		return;
	}
	if (c == 0xa0)
		c = ' '; /* which isn't folded with others */
	if (c == 0xad || c == 0xfeff || c < ' ' || (c >= 0x7f && c < 0xa0))
		return;
	put(p, c);
}

static size_t
read_text(struct page *p, const char *s, size_t n)
{
	const char *next = s;
	size_t len;
	uint32_t c;

	if (*s == '&' && (c = entity_read(s, n, &len)) != 0) {
		put_text(p, c == '\n' ? ' ' : c);
		return len;
	}
	c = text_next(&next);
	put_text(p, c);
	return next == s ? 1 : (size_t)(next - s);
}

/* 3. Elements. */

static void
count(struct page *p, unsigned flags, int by)
{
	size_t step = (size_t)by;

	if (flags & TAG_HIDDEN)
		p->hidden += step;
	if (flags & TAG_BOLD)
		p->bold += step;
	if (flags & TAG_PRE)
		p->pre += step;
	if (flags & TAG_QUOTE)
		p->quotes += step;
}

static void
around(struct page *p, unsigned flags)
{
	if (p->hidden != 0)
		return;
	if (flags & (TAG_BLOCK | TAG_QUOTE | TAG_SIGNATURE))
		break_block(p);
	if ((flags & TAG_PARAGRAPH) && !p->tight)
		p->blank = true;
}

/*
 * Gmail puts quotes and the answers between them into one element: once a
 * quote in it has ended, what follows there is the writer's.
 */
static void
leave_quote(struct page *p, const struct open *quote)
{
	struct open *holder = p->depth == 0 ? NULL : &p->stack[p->depth - 1];

	if (strcmp(quote->name, "blockquote") != 0 || holder == NULL ||
	    !(quote->flags & holder->flags & TAG_HOLDER) ||
	    strcmp(holder->name, "div") != 0)
		return;
	count(p, holder->flags & TAG_QUOTE, -1);
	holder->flags &= ~(unsigned)TAG_QUOTE;
}

static void
close_top(struct page *p)
{
	struct open *o = &p->stack[--p->depth];

	around(p, o->flags);
	count(p, o->flags, -1);
	leave_quote(p, o);
}

static void
close_named(struct page *p, const char *name)
{
	size_t least = p->depth > REACH ? p->depth - REACH : 0;

	if (p->unkept != 0) {
		p->unkept--;
		return;
	}
	for (size_t i = p->depth; i > least; i--) {
		if (strcmp(p->stack[i - 1].name, name) != 0)
			continue;
		while (p->depth >= i)
			close_top(p);
		return;
	}
}

static void
begin(struct page *p, const struct tag *t)
{
	around(p, t->flags);
	if (t->flags & TAG_QUOTE_REST)
		p->quote_rest = true;
	if ((t->flags & TAG_SIGNATURE) && p->any && p->hidden == 0 &&
	    p->quotes == 0 && !p->quote_rest)
		buf_str(&p->out, "-- \n");
	count(p, t->flags, 1);
	if (t->flags & TAG_ITEM)
		put_string(p, "- ");
	if ((t->flags & TAG_CELL) && p->line_open)
		p->space = true;
}

static void
open_element(struct page *p, const struct tag *t)
{
	struct open *top = p->depth == 0 ? NULL : &p->stack[p->depth - 1];

	if ((t->flags & TAG_SELF) && top != NULL && p->unkept == 0 &&
	    strcmp(top->name, t->name) == 0)
		close_top(p);
	if (t->flags & TAG_BREAK) {
		break_line(p);
		return;
	}
	if (t->flags & TAG_VOID) {
		around(p, t->flags);
		return;
	}
	if (p->depth == DEPTH) {
		around(p, t->flags);
		p->unkept++;
		return;
	}
	begin(p, t);
	memcpy(p->stack[p->depth].name, t->name, sizeof t->name);
	p->stack[p->depth++].flags = t->flags;
}

/* 4. What isn't text. */

static bool
no_margin(const char *s, size_t n)
{
	struct buf b = BUF_INIT;
	bool found;

	for (size_t i = 0; i < n && i < LOOKED_AT; i++)
		if ((unsigned char)s[i] > ' ')
			buf_char(&b, s[i]);
	found = text_ifind(b.data, "}p{margin:0") != NULL ||
		text_istarts(b.data, "p{margin:0") ||
		text_ifind(b.data, "-->p{margin:0") != NULL ||
		text_istarts(b.data, "<!--p{margin:0");
	buf_free(&b);
	return found;
}

/* Content of a script and the like; s: behind its tag. */
static size_t
skip_raw(struct page *p, const char *s, size_t n, const char *name)
{
	const char *at = s, *end = s + n;
	size_t len = strlen(name);

	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		if ((size_t)(end - at) > len + 1 && at[1] == '/' &&
		    strncasecmp(at + 2, name, len) == 0)
			break;
		at++;
	}
	if (at == NULL)
		at = end;
	if (strcmp(name, "style") == 0 && no_margin(s, (size_t)(at - s)))
		p->tight = true;
	return (size_t)(at - s);
}

/* <!-- -->, <!doctype>, <![if]>, <?xml?>; 0: none of them. */
static size_t
skip_markup(const char *s, size_t n)
{
	const char *end;

	if (n < 2 || (s[1] != '!' && s[1] != '?'))
		return 0;
	if (n >= 4 && memcmp(s, "<!--", 4) == 0) {
		end = memmem(s + 4, n - 4, "-->", 3);
		return end == NULL ? n : (size_t)(end - s) + 3;
	}
	end = memchr(s, '>', n);
	return end == NULL ? n : (size_t)(end - s) + 1;
}

static size_t
read_markup(struct page *p, const char *s, size_t n)
{
	size_t len = skip_markup(s, n);
	struct tag t;

	if (len != 0)
		return len;
	len = tag_read(s, n, &t);
	if (len == 0)
		return 0;
	if (t.closing)
		close_named(p, t.name);
	else if (t.flags & TAG_RAW)
		len += skip_raw(p, s + len, n - len, t.name);
	else
		open_element(p, &t);
	return len;
}

char *
html_text(struct arena *mem, const char *html)
{
	struct page *p = arena_alloc(mem, sizeof *p);
	size_t n = strlen(html), at = 0;
	char *text;

	p->out = (struct buf)BUF_INIT;
	while (at < n) {
		size_t len = 0;

		if (html[at] == '<')
			len = read_markup(p, html + at, n - at);
		if (len == 0)
			len = read_text(p, html + at, n - at);
		at += len;
	}
	break_block(p);
	text = arena_copy(mem, p->out.data, p->out.len);
	buf_free(&p->out);
	return text;
}
