#include "ext/md.h"

#include <cmark.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/late.h"
#include "base/log.h"
#include "base/marks.h"

/* What is used of the library. */
/* clang-format off */
#define CALLS(EACH) \
	EACH(cmark_iter_free) EACH(cmark_iter_get_node) \
	EACH(cmark_iter_new) EACH(cmark_iter_next) \
	EACH(cmark_node_first_child) EACH(cmark_node_free) \
	EACH(cmark_node_get_heading_level) EACH(cmark_node_get_list_start) \
	EACH(cmark_node_get_list_tight) EACH(cmark_node_get_list_type) \
	EACH(cmark_node_get_literal) EACH(cmark_node_get_type) \
	EACH(cmark_node_get_url) EACH(cmark_node_parent) \
	EACH(cmark_parse_document)
/* clang-format on */

LATE_TABLE(CALLS);

const char *
md_load(void)
{
	return LATE_LOAD(LIBCMARK);
}

struct writer {
	struct buf *out;
	int blocks, inlines;    /* nesting now, counted even where cut off */
	const cmark_node *link; /* the one that is open */
};

static void
mark(struct writer *w, char c)
{
	buf_char(w->out, c);
}

static void
text(struct writer *w, enum mark m, const char *s)
{
	buf_char(w->out, (char)m);
	if (s != NULL)
		buf_str(w->out, s);
	buf_char(w->out, '\0');
}

/* Opens or closes what may nest without end. */
static void
nested(struct writer *w, int *depth, char m, bool enter)
{
	if (enter && ++*depth > MD_DEPTH)
		return;
	if (!enter && (*depth)-- > MD_DEPTH)
		return;
	mark(w, enter ? m : (char)(m | 0x20));
}

static void
list(struct writer *w, cmark_node *n, bool enter)
{
	bool numbers = lib.cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
	char first[16];

	nested(w, &w->blocks, numbers ? MARK_NUMBERS : MARK_BULLETS, enter);
	if (!numbers || !enter || w->blocks > MD_DEPTH)
		return;
	(void)snprintf(first, sizeof first, "%d",
	    lib.cmark_node_get_list_start(n));
	buf_add(w->out, first, strlen(first) + 1);
}

static void
item(struct writer *w, bool enter)
{
	if (w->blocks <= MD_DEPTH)
		mark(w, enter ? MARK_ITEM : MARK_ITEM | 0x20);
}

static bool
tight(cmark_node *paragraph)
{
	cmark_node *up = lib.cmark_node_parent(paragraph);

	up = up == NULL ? NULL : lib.cmark_node_parent(up);
	return up != NULL && lib.cmark_node_get_type(up) == CMARK_NODE_LIST &&
	       lib.cmark_node_get_list_tight(up);
}

static void
paragraph(struct writer *w, cmark_node *n, bool enter)
{
	char m = tight(n) ? MARK_TIGHT : MARK_PARAGRAPH;

	mark(w, enter ? m : (char)(m | 0x20));
}

static void
heading(struct writer *w, cmark_node *n, bool enter)
{
	mark(w, enter ? MARK_HEADING : MARK_HEADING | 0x20);
	if (enter)
		mark(w, (char)('0' + lib.cmark_node_get_heading_level(n)));
}

/* A link in a link is only its text. */
static void
link_to(struct writer *w, cmark_node *n, bool enter)
{
	if (enter && w->link == NULL) {
		w->link = n;
		text(w, MARK_LINK, lib.cmark_node_get_url(n));
		if (lib.cmark_node_first_child(n) == NULL)
			text(w, MARK_TEXT, lib.cmark_node_get_url(n));
	} else if (!enter && w->link == n) {
		w->link = NULL;
		mark(w, MARK_LINK | 0x20);
	}
}

/* A tag is text, in lines as it was written. */
static void
html_block(struct writer *w, cmark_node *n)
{
	const char *s = lib.cmark_node_get_literal(n);

	mark(w, MARK_PARAGRAPH);
	while (s != NULL && *s != '\0') {
		size_t len = strcspn(s, "\n");

		mark(w, MARK_TEXT);
		buf_add(w->out, s, len);
		mark(w, '\0');
		s += len;
		s += strspn(s, "\n");
		if (*s != '\0')
			mark(w, MARK_HARD_BREAK);
	}
	mark(w, MARK_PARAGRAPH | 0x20);
}

static void
node(struct writer *w, cmark_node *n, bool enter)
{
	switch (lib.cmark_node_get_type(n)) {
	case CMARK_NODE_PARAGRAPH: paragraph(w, n, enter); break;
	case CMARK_NODE_HEADING: heading(w, n, enter); break;
	case CMARK_NODE_BLOCK_QUOTE:
		nested(w, &w->blocks, MARK_QUOTE, enter);
		break;
	case CMARK_NODE_LIST: list(w, n, enter); break;
	case CMARK_NODE_ITEM: item(w, enter); break;
	case CMARK_NODE_CODE_BLOCK:
		text(w, MARK_CODE_BLOCK, lib.cmark_node_get_literal(n));
		break;
	case CMARK_NODE_HTML_BLOCK: html_block(w, n); break;
	case CMARK_NODE_THEMATIC_BREAK: mark(w, MARK_RULE); break;
	case CMARK_NODE_TEXT:
	case CMARK_NODE_HTML_INLINE:
		text(w, MARK_TEXT, lib.cmark_node_get_literal(n));
		break;
	case CMARK_NODE_CODE:
		text(w, MARK_CODE, lib.cmark_node_get_literal(n));
		break;
	case CMARK_NODE_SOFTBREAK: mark(w, MARK_SOFT_BREAK); break;
	case CMARK_NODE_LINEBREAK: mark(w, MARK_HARD_BREAK); break;
	case CMARK_NODE_EMPH: nested(w, &w->inlines, MARK_EMPH, enter); break;
	case CMARK_NODE_STRONG:
		nested(w, &w->inlines, MARK_STRONG, enter);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE: link_to(w, n, enter); break;
	default: break;
	}
}

static void
parse(const char *source, struct buf *out)
{
	struct writer w = { .out = out };
	cmark_node *root;
	cmark_iter *it;
	cmark_event_type e;

	root = lib.cmark_parse_document(source, strlen(source),
	    CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	it = root == NULL ? NULL : lib.cmark_iter_new(root);
	if (it == NULL)
		die("cmark has no memory");
	while ((e = lib.cmark_iter_next(it)) != CMARK_EVENT_DONE)
		node(&w, lib.cmark_iter_get_node(it), e == CMARK_EVENT_ENTER);
	lib.cmark_iter_free(it);
	lib.cmark_node_free(root);
}

/* Paragraphs at blank lines, lines as they are. */
static void
plain(const char *s, struct buf *out)
{
	struct writer w = { .out = out };
	bool open = false;

	while (*s != '\0') {
		size_t len = strcspn(s, "\r\n");
		bool blank = strspn(s, " \t") >= len;

		if (open)
			mark(&w,
			    blank ? MARK_PARAGRAPH | 0x20 : MARK_HARD_BREAK);
		else if (!blank)
			mark(&w, MARK_PARAGRAPH);
		open = !blank;
		if (open) {
			mark(&w, MARK_TEXT);
			buf_add(out, s, len);
			mark(&w, '\0');
		}
		s += len;
		s += *s == '\r';
		s += *s == '\n';
	}
	if (open)
		mark(&w, MARK_PARAGRAPH | 0x20);
}

enum status
md_read(const void *in, size_t in_len, struct buf *out)
{
	const struct md_batch *b = in;

	(void)in_len;
	for (size_t i = 0; i < b->n; i++) {
		if (strlen(b->sources[i]) > b->longest)
			plain(b->sources[i], out);
		else
			parse(b->sources[i], out);
		buf_char(out, MARK_END);
	}
	return ST_OK;
}
