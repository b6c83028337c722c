#include "flow/read_bounce.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/bounce.h"
#include "text/html.h"

enum { TEXT = 48 * 1024, HEADERS = 16 * 1024 };

/* LF line ends, as text/bounce.h reads them; at most `most`, whole lines. */
static void
add(struct buf *out, const char *s, size_t most)
{
	size_t from = out->len;

	for (; *s != '\0' && out->len - from < most; s++) {
		if (*s == '\r' && s[1] == '\n')
			continue;
		buf_char(out, *s == '\r' ? '\n' : *s);
	}
	if (*s != '\0')
		while (out->len > from && out->data[out->len - 1] != '\n')
			buf_cut(out, out->len - 1);
	if (out->len > from)
		buf_char(out, '\n');
}

struct gathered {
	struct buf text, rest, report, feedback, original;
};

static bool
is_type(const struct mime_part *p, const char *type)
{
	const char *s = strchr(p->type, '/');

	return s != NULL && strcmp(s + 1, type) == 0;
}

static void
add_report(struct gathered *g, const struct mime_part *p)
{
	if (is_type(p, "feedback-report"))
		add(&g->feedback, p->report, HEADERS);
	else if (is_type(p, "delivery-status") ||
		 is_type(p, "global-delivery-status"))
		add(&g->report, p->report, TEXT);
	else if (g->original.len == 0)
		add(&g->original, p->report, HEADERS);
}

/* Of what is the same twice, the plain text. */
static void
add_shown(struct arena *mem, struct gathered *g, const struct mime *m, size_t i)
{
	const struct mime_part *p = &m->parts[i];
	bool html = strcmp(p->type, "text/html") == 0;
	const char *s;

	if (html && i > 0 && p->alternative != 0 &&
	    m->parts[i - 1].alternative == p->alternative &&
	    m->parts[i - 1].text != NULL && !text_blank(m->parts[i - 1].text))
		return;
	s = html ? html_text(mem, p->text) : p->text;
	if (!text_blank(s))
		add(g->text.len == 0 ? &g->text : &g->rest, s, TEXT);
}

static void
release(struct gathered *g)
{
	buf_free(&g->text);
	buf_free(&g->rest);
	buf_free(&g->report);
	buf_free(&g->feedback);
	buf_free(&g->original);
}

/* The boundary isn't what the headers say. */
static void
add_body(struct gathered *g, const char *body, size_t n)
{
	struct buf clean = BUF_INIT;

	(void)text_repair(&clean, body, n > TEXT ? TEXT : n);
	add(&g->text, clean.data, TEXT);
	buf_free(&clean);
}

void
read_bounce(struct arena *mem, const struct mime *parts, const char *body,
    size_t n, struct message *m)
{
	struct gathered g = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT,
		BUF_INIT };

	for (size_t i = 0; i < parts->n_parts; i++) {
		const struct mime_part *p = &parts->parts[i];

		if (p->report != NULL)
			add_report(&g, p);
		else if (p->text != NULL && !p->undecodable)
			add_shown(mem, &g, parts, i);
	}
	if (parts->n_parts == 0)
		add_body(&g, body, n);
	bounce_read(mem, m,
	    &(struct bounce_parts){ g.text.data, g.rest.data, g.report.data,
		g.feedback.data, g.original.data },
	    &m->bounce);
	release(&g);
}
