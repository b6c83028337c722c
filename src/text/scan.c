#include "text/scan.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/text.h"

struct walk {
	struct arena *mem;
	const struct limits *most;
	const char *raw;
	size_t n;
	struct scan *out;
	const char *bounds[LIMIT_DEPTH_MAX]; /* of the multiparts we are in */
	size_t bound_len[LIMIT_DEPTH_MAX];
	size_t depth, parts;
};

struct line {
	size_t at, len, next; /* len without line end */
};

static struct line
line_at(const struct walk *w, size_t at)
{
	struct line l = { .at = at, .next = w->n };
	const char *p = w->raw + at;
	const char *end = memchr(p, w->out->eol, w->n - at);

	l.len = end == NULL ? w->n - at : (size_t)(end - p);
	if (end != NULL)
		l.next = at + l.len + 1;
	if (l.len != 0 && p[l.len - 1] == '\r')
		l.len--;
	return l;
}

static void
over(struct walk *w, const char *limit)
{
	if (w->out->limit[0] == '\0')
		w->out->limit = limit;
}

static void
mask(struct walk *w, size_t at)
{
	struct scan *s = w->out;

	s->masks = arena_grow(w->mem, s->masks, s->n_masks, sizeof *s->masks);
	s->masks[s->n_masks++] = at;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Length of the header's name, 0: this line begins no header. */
static size_t
name_length(const char *p, size_t n)
{
	size_t len = 0, colon;

	while (len < n && p[len] > ' ' && p[len] < 0x7f && p[len] != ':')
		len++;
	colon = len;
	while (colon < n && is_blank(p[colon]))
		colon++;
	return colon < n && p[colon] == ':' ? len : 0;
}

static bool
named(const struct walk *w, const struct scan_header *h, const char *name)
{
	return scan_is(w->raw, h, name);
}

/* 1. Content-* headers: what of them can do harm. */

struct content {
	bool too_long; /* a parameter's name */
	bool odd;      /* a boundary in pieces: nobody writes that */
	char *boundary;
};

static const char *
skip_value(const char *s)
{
	if (*s != '"')
		return s + strcspn(s, ";");
	for (s++; *s != '\0' && *s != '"'; s++)
		if (*s == '\\' && s[1] != '\0')
			s++;
	return s + strcspn(s, ";");
}

static char *
value_copy(struct arena *mem, const char *s)
{
	struct buf b = BUF_INIT;
	char *p;

	if (*s != '"') {
		size_t n = strcspn(s, "; \t(");

		return arena_copy(mem, s, n);
	}
	for (s++; *s != '\0' && *s != '"'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		buf_char(&b, *s);
	}
	p = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return p;
}

/* s: the first ';' and what follows, unfolded. */
static struct content
parameters(const struct walk *w, const char *s)
{
	struct content c = { .boundary = NULL };

	while (*s == ';') {
		size_t name;

		s += 1 + strspn(s + 1, " \t");
		name = strcspn(s, "=;");
		if (name > w->most->param_name)
			c.too_long = true;
		if (s[name] != '=') {
			s += name;
			continue;
		}
		if (name >= 9 && strncasecmp(s, "boundary*", 9) == 0)
			c.odd = true;
		if (memchr(s, '(', name) != NULL)
			c.odd = true;
		name += 1 + strspn(s + name + 1, " \t");
		if (strncasecmp(s, "boundary", 8) == 0 &&
		    (s[8] == '=' || is_blank(s[8])) && c.boundary == NULL)
			c.boundary = value_copy(w->mem, s + name);
		s = skip_value(s + name);
	}
	return c;
}

static void
push(struct walk *w, char *boundary)
{
	size_t n = strlen(boundary);

	while (n != 0 && is_blank(boundary[n - 1]))
		n--;
	if (w->depth == LIMIT_DEPTH_MAX || w->depth == w->most->depth) {
		over(w, "parts");
		return;
	}
	if (w->depth == 0 && w->parts == 0) {
		boundary[n] = '\0';
		w->out->boundary = boundary;
	}
	w->bounds[w->depth] = boundary;
	w->bound_len[w->depth++] = n;
}

/* The type stands at `at`; what makes the library recurse is renamed. */
static void
check_type(struct walk *w, const struct scan_header *h)
{
	const char *v = w->raw + h->value.at;
	char *s = scan_value(w->mem, w->raw, h);
	struct content c = parameters(w, s + strcspn(s, ";"));
	bool multipart = strncasecmp(s, "multipart/", 10) == 0;
	size_t skip = 0;

	while (skip < h->value.len && (unsigned char)v[skip] <= ' ')
		skip++;
	if (c.too_long || c.odd || *s == '(' ||
	    (multipart && (c.boundary == NULL || text_blank(c.boundary)))) {
		mask(w, h->name.at);
		return;
	}
	if (strncasecmp(s, "message", 7) == 0)
		mask(w, h->value.at + skip);
	if (!multipart)
		return;
	if (strncasecmp(s + 10, "digest", 6) == 0)
		mask(w, h->value.at + skip + 10);
	push(w, c.boundary);
}

static void
check_content(struct walk *w, const struct scan_header *h, bool *typed)
{
	char *s;

	if (h->name.len < 8 ||
	    strncasecmp(w->raw + h->name.at, "content-", 8) != 0)
		return;
	if (named(w, h, "Content-Type")) {
		if (*typed)
			mask(w, h->name.at);
		else
			check_type(w, h);
		*typed = true;
		return;
	}
	s = scan_value(w->mem, w->raw, h);
	if (parameters(w, s + strcspn(s, ";")).too_long)
		mask(w, h->name.at);
}

/* 2. A header block, of the message (top) or of a part. */

struct block {
	struct scan_header h; /* the one being read */
	bool open, typed, top;
	size_t start, count;
};

/*
 * Results by the thousand prove nothing, and whoever made a filter write them
 * doesn't thereby stop a report: the header counts as one without a value.
 */
static bool
is_flood(const struct walk *w, const struct block *b)
{
	return b->top && named(w, &b->h, "Authentication-Results");
}

static void
close_header(struct walk *w, struct block *b, size_t end)
{
	struct scan *s = w->out;
	struct scan_header *h = &b->h;
	size_t size;
	bool flood;

	if (!b->open)
		return;
	b->open = false;
	h->value.len = end - h->value.at;
	size = end - h->name.at;
	flood = size > w->most->header && is_flood(w, b);
	if (++b->count > w->most->headers ||
	    (size > w->most->header && !flood)) {
		over(w, "headers");
		return;
	}
	if (flood) {
		h->value.len = 0;
		b->start += size;
	}
	check_content(w, h, &b->typed);
	if (!b->top)
		return;
	s->headers =
	    arena_grow(w->mem, s->headers, s->n_headers, sizeof *s->headers);
	s->headers[s->n_headers++] = *h;
}

static void
open_header(struct walk *w, struct block *b, struct line l, size_t name)
{
	const char *p = w->raw + l.at;
	const char *colon = memchr(p + name, ':', l.len - name);

	b->h.name = (struct span){ l.at, name };
	b->h.value = (struct span){ l.at + (size_t)(colon - p) + 1, 0 };
	b->open = true;
}

/* Where the body begins; *separated: there is one, *ragged: at once. */
static size_t
read_block(struct walk *w, size_t at, bool top, bool *separated, bool *ragged)
{
	struct block b = { .top = top, .start = at };
	struct line l = { .next = at };

	*separated = *ragged = false;
	while (at < w->n) {
		size_t name;

		l = line_at(w, at);
		if (l.len != 0 && is_blank(w->raw[l.at]) && b.open) {
			at = l.next;
			continue;
		}
		close_header(w, &b, at);
		if (l.at - b.start > w->most->header_block) {
			over(w, "headers");
			break;
		}
		name = name_length(w->raw + at, l.len);
		if (name == 0)
			break;
		open_header(w, &b, l, name);
		at = l.next;
	}
	close_header(w, &b, at);
	if (at >= w->n)
		return at;
	/* As mail servers do: a line that can't be a header begins the body. */
	*ragged = l.len != 0;
	*separated = b.count != 0 || l.len == 0;
	return l.len == 0 ? l.next : at;
}

/* 3. The parts. */

/*
 * The level whose boundary this line is, from the innermost on: 0 is none, 1
 * the outermost.  *last: it closes that level.
 */
static size_t
boundary_level(const struct walk *w, struct line l, bool *last)
{
	const char *p = w->raw + l.at + 2;
	size_t n = l.len - 2;

	while (n != 0 && is_blank(p[n - 1]))
		n--;
	for (size_t k = w->depth; k > 0; k--) {
		size_t len = w->bound_len[k - 1];

		if (n < len || memcmp(p, w->bounds[k - 1], len) != 0)
			continue;
		*last = n == len + 2 && memcmp(p + len, "--", 2) == 0;
		if (*last || n == len)
			return k;
	}
	return 0;
}

static void
walk_parts(struct walk *w, size_t at)
{
	while (at < w->n && w->depth != 0 && w->out->limit[0] == '\0') {
		struct line l = line_at(w, at);
		bool last, separated, ragged;
		size_t level;

		at = l.next;
		if (l.len < 2 || memcmp(w->raw + l.at, "--", 2) != 0)
			continue;
		level = boundary_level(w, l, &last);
		if (level == 0)
			continue;
		w->depth = last ? level - 1 : level;
		if (last)
			continue;
		if (++w->parts > w->most->parts)
			over(w, "parts");
		at = read_block(w, at, false, &separated, &ragged);
	}
}

/* An mbox separator isn't part of the message. */
static size_t
skip_from_line(const struct walk *w)
{
	struct line l = line_at(w, 0);
	bool from = (l.len > 5 && memcmp(w->raw, "From ", 5) == 0) ||
		    (l.len > 6 && memcmp(w->raw, ">From ", 6) == 0);

	/* "From : a@b" is a header. */
	return from && name_length(w->raw, l.len) == 0 ? l.next : 0;
}

void
scan_message(struct arena *mem, const struct limits *most, const char *raw,
    size_t n, struct scan *out)
{
	struct walk w = { .mem = mem,
		.most = most,
		.raw = raw,
		.n = n,
		.out = out };

	*out = (struct scan){ .limit = "", .eol = '\n' };
	if (n == 0)
		return;
	if (memchr(raw, '\n', n) == NULL && memchr(raw, '\r', n) != NULL)
		out->eol = '\r';
	out->body = read_block(&w, skip_from_line(&w), true, &out->separated,
	    &out->ragged);
	walk_parts(&w, out->body);
}

char *
scan_value(struct arena *mem, const char *raw, const struct scan_header *h)
{
	struct buf flat = BUF_INIT, clean = BUF_INIT;
	const char *p = raw + h->value.at;
	char *s;

	for (size_t i = 0; i < h->value.len; i++)
		if (p[i] != '\r' && p[i] != '\n')
			buf_char(&flat, p[i]);
	(void)text_repair(&clean, flat.data, flat.len);
	s = text_trim(mem, clean.data);
	buf_free(&flat);
	buf_free(&clean);
	return s;
}

bool
scan_is(const char *raw, const struct scan_header *h, const char *name)
{
	return strlen(name) == h->name.len &&
	       strncasecmp(raw + h->name.at, name, h->name.len) == 0;
}

const struct scan_header *
scan_find(const struct scan *s, const char *raw, const char *name)
{
	for (size_t i = 0; i < s->n_headers; i++)
		if (scan_is(raw, &s->headers[i], name))
			return &s->headers[i];
	return NULL;
}
