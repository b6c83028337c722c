/*
 * Markdown in, HTML and mail text out.  Property: no element, attribute or
 * address but our own; valid UTF-8; and the same for marks that didn't come
 * from cmark.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"
#include "ext/md.h"
#include "text/mailer.h"
#include "text/prose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const allowed[] = { "p", "/p", "em", "/em", "strong",
	"/strong", "code", "/code", "pre", "/pre", "blockquote", "/blockquote",
	"ul", "/ul", "ol", "/ol", "li", "/li", "hr", "br", "h3", "h4", "h5",
	"h6", "/h3", "/h4", "/h5", "/h6", "/a" };

static int
numbered(const char *tag, size_t n)
{
	return n >= 12 && memcmp(tag, "ol start=\"", 10) == 0 &&
	       strspn(tag + 10, "0123456789-") == n - 11 && tag[n - 1] == '"';
}

/* <a rel="nofollow noreferrer" href="http..."> and nothing more. */
static int
linked(const char *tag, size_t n)
{
	static const char head[] = "a rel=\"nofollow noreferrer\" href=\"";
	const char *url = tag + sizeof head - 1;

	if (n < sizeof head || memcmp(tag, head, sizeof head - 1) != 0)
		return 0;
	return (text_istarts(url, "http://") || text_istarts(url, "https://") ||
		   text_istarts(url, "mailto:")) &&
	       strcspn(url, "\"' <>") == n - sizeof head && tag[n - 1] == '"';
}

static void
check_html(const char *s)
{
	while ((s = strchr(s, '<')) != NULL) {
		size_t n = strcspn(++s, ">"), i;

		for (i = 0; i < sizeof allowed / sizeof *allowed; i++)
			if (strlen(allowed[i]) == n &&
			    memcmp(s, allowed[i], n) == 0)
				break;
		if (i == sizeof allowed / sizeof *allowed && !numbered(s, n) &&
		    !linked(s, n))
			abort();
		s += n;
	}
}

static void
check(const struct prose *m)
{
	if (!text_is_utf8(m->html.markup, strlen(m->html.markup)) ||
	    !text_is_utf8(m->plain, strlen(m->plain)))
		abort();
	check_html(m->html.markup);
}

static void
check_mail(struct arena *mem, const char *text)
{
	struct mailer m = MAILER_INIT;
	struct mail out;
	const char *s;
	size_t column = 0;

	m.holes = true;
	mailer_text(&m, text);
	mailer_pieces(mem, m.out.data, m.out.len, true, &out);
	for (size_t i = 0; i < out.n_pieces; i++)
		for (s = out.pieces[i].data; s != NULL && *s != '\0'; s++)
			if ((column = *s == '\n' ? 0 : column + 1) > 78 + 26)
				abort();
	buf_free(&m.out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf source = BUF_INIT, marks = BUF_INIT;
	struct arena *mem = arena_new();
	const char *text;
	struct md_batch b = { &text, 1, LIMIT_MARKDOWN };
	struct prose m;

	(void)text_repair(&source, (const char *)data, size);
	text = source.data;
	if (md_load() != NULL || md_read(&b, sizeof b, &marks) != ST_OK)
		abort();
	prose_all(mem, marks.data, marks.len, &text, 1, &m);
	check(&m);
	check_mail(mem, m.plain);
	prose_all(mem, (const char *)data, size, &text, 1, &m);
	check(&m);
	buf_free(&source);
	buf_free(&marks);
	arena_free(mem);
	return 0;
}
