#include "text/prose.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/marks.h"
#include "base/text.h"
#include "text/wrap.h"

enum { NEST = 64, PREFIX = 48 };

struct step {
	char kind;
	const char *text; /* NULL if it has none */
	char digit;
};

struct cursor {
	const char *p, *end;
};

/* How each kind is written; text "" means that a string follows. */
static const struct kind {
	char mark;
	bool holds, string, block;
	const char *open, *close;
} kinds[] = {
	/* clang-format off */
	{ MARK_PARAGRAPH,  true,  false, true,  "<p>", "</p>\n" },
	{ MARK_TIGHT,      true,  false, true,  "", "" },
	{ MARK_HEADING,    true,  false, true,  "", "" },
	{ MARK_QUOTE,      true,  false, true,  "<blockquote>\n", "</blockquote>\n" },
	{ MARK_BULLETS,    true,  false, true,  "<ul>\n", "</ul>\n" },
	{ MARK_NUMBERS,    true,  true,  true,  "<ol>\n", "</ol>\n" },
	{ MARK_ITEM,       true,  false, true,  "<li>", "</li>\n" },
	{ MARK_EMPH,       true,  false, false, "<em>", "</em>" },
	{ MARK_STRONG,     true,  false, false, "<strong>", "</strong>" },
	{ MARK_LINK,       true,  true,  false, "", "" },
	{ MARK_CODE_BLOCK, false, true,  true,  "<pre><code>", "</code></pre>\n" },
	{ MARK_RULE,       false, false, true,  "<hr>\n", "" },
	{ MARK_TEXT,       false, true,  false, "", "" },
	{ MARK_CODE,       false, true,  false, "<code>", "</code>" },
	{ MARK_SOFT_BREAK, false, false, false, "\n", "" },
	{ MARK_HARD_BREAK, false, false, false, "<br>\n", "" },
	/* clang-format on */
};

static const struct kind *
kind_of(char mark)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].mark == mark)
			return &kinds[i];
	return NULL;
}

static bool
closes(char mark)
{
	return mark >= 'a';
}

static bool
read_step(struct cursor *c, struct step *m)
{
	const struct kind *k;
	const char *nul;

	if (c->p >= c->end || *c->p == (char)MARK_END)
		return false;
	*m = (struct step){ .kind = *c->p++ };
	if (closes(m->kind))
		return true;
	if (m->kind == MARK_HEADING) {
		if (c->p >= c->end || *c->p < '1' || *c->p > '6')
			return false;
		m->digit = *c->p++;
	}
	if ((k = kind_of(m->kind)) == NULL)
		return false;
	if (!k->string)
		return true;
	nul = memchr(c->p, '\0', (size_t)(c->end - c->p));
	if (nul == NULL || !text_is_utf8(c->p, (size_t)(nul - c->p)))
		return false;
	m->text = c->p;
	c->p = nul + 1;
	return true;
}

/* false: at the end, or before what isn't well formed. */
static bool
next(struct cursor *c, struct step *m)
{
	struct cursor from = *c;

	if (read_step(c, m))
		return true;
	*c = from;
	return false;
}

/* What may stand in what. */
static bool
allowed(const char *stack, size_t depth, const struct kind *k)
{
	char up = depth == 0 ? 0 : stack[depth - 1];
	bool in_block = up == 0 || up == MARK_QUOTE || up == MARK_ITEM;

	if (up == MARK_BULLETS || up == MARK_NUMBERS)
		return k->mark == MARK_ITEM;
	if (k->mark == MARK_ITEM)
		return false;
	if (k->block)
		return in_block;
	if (in_block)
		return false;
	return k->mark != MARK_LINK || memchr(stack, MARK_LINK, depth) == NULL;
}

/* The length of a well-formed document with its MARK_END; 0: it isn't one. */
static size_t
measure(const char *p, size_t len)
{
	struct cursor c = { p, p + len };
	char stack[NEST];
	size_t depth = 0;
	struct step m;

	while (next(&c, &m)) {
		const struct kind *k =
		    kind_of(closes(m.kind) ? (char)(m.kind & ~0x20) : m.kind);

		if (k == NULL)
			return 0;
		if (closes(m.kind)) {
			if (depth == 0 || stack[--depth] != k->mark)
				return 0;
			continue;
		}
		if (!allowed(stack, depth, k) || (k->holds && depth == NEST))
			return 0;
		if (k->holds)
			stack[depth++] = k->mark;
	}
	if (depth != 0 || c.p >= c.end || *c.p != MARK_END)
		return 0;
	return (size_t)(c.p + 1 - p);
}

/* HTML. */

struct page {
	struct buf out;
	char level; /* of the open heading */
	bool linked;
};

static void
open_link(struct page *w, const char *url)
{
	w->linked = escape_url_absolute(url);
	if (!w->linked)
		return;
	buf_str(&w->out, "<a rel=\"nofollow noreferrer\" href=\"");
	escape_url(&w->out, url);
	buf_str(&w->out, "\">");
}

static void
open_html(struct page *w, const struct step *m)
{
	const struct kind *k = kind_of(m->kind);

	switch (m->kind) {
	case MARK_HEADING:
		w->level = m->digit > '4' ? '6' : (char)(m->digit + 2);
		buf_printf(&w->out, "<h%c>", w->level);
		return;
	case MARK_NUMBERS:
		if (m->text == NULL || strcmp(m->text, "1") == 0)
			break;
		buf_str(&w->out, "<ol start=\"");
		escape_html(&w->out, m->text);
		buf_str(&w->out, "\">\n");
		return;
	case MARK_LINK: open_link(w, m->text); return;
	default: break;
	}
	buf_str(&w->out, k->open);
	if (!k->holds && k->string) {
		escape_html(&w->out, m->text);
		buf_str(&w->out, k->close);
	}
}

static void
close_html(struct page *w, char mark)
{
	if (mark == MARK_HEADING)
		buf_printf(&w->out, "</h%c>\n", w->level);
	else if (mark == MARK_LINK)
		buf_str(&w->out, w->linked ? "</a>" : "");
	else
		buf_str(&w->out, kind_of(mark)->close);
}

static char *
to_html(struct arena *mem, const char *p, size_t len)
{
	struct page w = { .out = BUF_INIT };
	struct cursor c = { p, p + len };
	struct step m;
	char *s;

	while (next(&c, &m))
		if (closes(m.kind))
			close_html(&w, (char)(m.kind & ~0x20));
		else
			open_html(&w, &m);
	s = arena_copy(mem, w.out.data, w.out.len);
	buf_free(&w.out);
	return s;
}

/* Plain text. */

struct level {
	char kind; /* quote, bullets or numbers */
	long number;
	bool fresh; /* the item's mark isn't written yet */
};

struct sheet {
	struct buf out, words;
	struct level levels[NEST];
	size_t depth;
	bool tight;       /* the last block was in a tight list */
	const char *link; /* address of the open link */
	size_t link_at;   /* where its text begins */
};

static void
prefixes(struct sheet *s, struct buf *first, struct buf *rest)
{
	for (size_t i = 0; i < s->depth; i++) {
		struct level *l = &s->levels[i];
		struct buf b = BUF_INIT;

		if (l->kind == MARK_QUOTE)
			buf_str(&b, "> ");
		else if (l->kind == MARK_BULLETS)
			buf_str(&b, "- ");
		else
			buf_printf(&b, "%ld. ", l->number);
		if (l->kind == MARK_QUOTE || l->fresh)
			buf_str(first, b.data);
		else
			buf_printf(first, "%*s", (int)b.len, "");
		if (l->kind == MARK_QUOTE)
			buf_str(rest, b.data);
		else
			buf_printf(rest, "%*s", (int)b.len, "");
		l->fresh = false;
		buf_free(&b);
	}
}

static void
gap(struct sheet *s, bool tight)
{
	if (s->out.len != 0)
		buf_str(&s->out, tight && s->tight ? "\n" : "\n\n");
	s->tight = tight;
}

static void
flush(struct sheet *s, bool tight)
{
	struct buf first = BUF_INIT, rest = BUF_INIT;

	if (!text_blank(s->words.data)) {
		gap(s, tight);
		prefixes(s, &first, &rest);
		wrap(&s->out, s->words.data, PROSE_COLUMNS, first.data,
		    rest.data);
	}
	buf_clear(&s->words);
	buf_free(&first);
	buf_free(&rest);
}

static void
verbatim(struct sheet *s, const char *text)
{
	struct buf first = BUF_INIT, rest = BUF_INIT;
	const char *before;

	if (text == NULL || text_blank(text))
		return;
	gap(s, false);
	prefixes(s, &first, &rest);
	before = first.data;
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		buf_str(&s->out, before);
		buf_str(&s->out, "    ");
		buf_add(&s->out, text, len);
		text += len + (text[len] == '\n');
		if (*text != '\0')
			buf_char(&s->out, '\n');
		before = rest.data;
	}
	buf_free(&first);
	buf_free(&rest);
}

static void
close_link(struct sheet *s)
{
	const char *url = s->link;

	s->link = NULL;
	if (url == NULL || !escape_url_absolute(url))
		return;
	if (strcmp(s->words.data + s->link_at, url) == 0 ||
	    (text_istarts(url, "mailto:") &&
		strcmp(s->words.data + s->link_at, url + 7) == 0)) {
		/* The text is the address: once is enough. */
		char *said = buf_take(&s->words);

		buf_add(&s->words, said, s->link_at);
		buf_printf(&s->words, "<%s>", said + s->link_at);
		free(said);
		return;
	}
	buf_printf(&s->words, " <%s>", url);
}

static void
open_plain(struct sheet *s, const struct step *m)
{
	switch (m->kind) {
	case MARK_QUOTE:
	case MARK_BULLETS:
	case MARK_NUMBERS:
		s->levels[s->depth++] = (struct level){ .kind = m->kind,
			.number =
			    m->text == NULL ? 0 : text_number(m->text) - 1 };
		break;
	case MARK_ITEM:
		s->levels[s->depth - 1].number++;
		s->levels[s->depth - 1].fresh = true;
		break;
	case MARK_LINK:
		s->link = m->text;
		s->link_at = s->words.len;
		break;
	case MARK_TEXT:
	case MARK_CODE: buf_str(&s->words, m->text); break;
	case MARK_SOFT_BREAK: buf_char(&s->words, ' '); break;
	case MARK_HARD_BREAK: buf_char(&s->words, '\n'); break;
	case MARK_CODE_BLOCK: verbatim(s, m->text); break;
	case MARK_RULE:
		buf_str(&s->words, "* * *");
		flush(s, false);
		break;
	default: break;
	}
}

static void
close_plain(struct sheet *s, char mark)
{
	switch (mark) {
	case MARK_PARAGRAPH:
	case MARK_HEADING: flush(s, false); break;
	case MARK_TIGHT: flush(s, true); break;
	case MARK_QUOTE:
	case MARK_BULLETS:
	case MARK_NUMBERS:
		s->depth--;
		s->tight = false;
		break;
	case MARK_LINK: close_link(s); break;
	default: break;
	}
}

static char *
to_plain(struct arena *mem, const char *p, size_t len)
{
	struct sheet s = { .out = BUF_INIT, .words = BUF_INIT };
	struct cursor c = { p, p + len };
	struct step m;
	char *text;

	while (next(&c, &m))
		if (closes(m.kind))
			close_plain(&s, (char)(m.kind & ~0x20));
		else
			open_plain(&s, &m);
	text = arena_copy(mem, s.out.data, s.out.len);
	buf_free(&s.out);
	buf_free(&s.words);
	return text;
}

/* What the writer typed, one paragraph. */
static struct prose
unread(struct arena *mem, const char *source)
{
	struct buf b = BUF_INIT;
	struct prose m;

	buf_str(&b, "<p>");
	escape_html(&b, source);
	buf_str(&b, "</p>\n");
	m.html.markup = arena_copy(mem, b.data, b.len);
	m.plain = wrap_text(mem, source, PROSE_COLUMNS);
	buf_free(&b);
	return m;
}

size_t
prose_all(struct arena *mem, const char *marks, size_t len,
    const char *const *sources, size_t n, struct prose *out)
{
	size_t good = 0;

	for (size_t i = 0; i < n; i++) {
		size_t one = measure(marks, len);

		if (one == 0) {
			/* Nothing after it can be told apart either. */
			out[i] = unread(mem, sources[i]);
			len = 0;
			continue;
		}
		good++;
		out[i].html.markup = to_html(mem, marks, one);
		out[i].plain = to_plain(mem, marks, one);
		marks += one;
		len -= one;
	}
	return good;
}
