/*
 * Any text, also as HTML and as format=flowed, through the cutters.  No word
 * is made up: what comes out of reply_read() is lines of what went in.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/flowed.h"
#include "text/html.h"
#include "text/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
check(struct arena *mem, const char *text)
{
	const struct writer w = { .name = "Ann Ash",
		.address = "ann@example.net" };
	struct reply r;
	char *rest, *line;

	reply_read(mem, text, &w, LIMIT_TEXT, &r);
	if (strlen(r.text) > LIMIT_TEXT ||
	    !text_is_utf8(r.text, strlen(r.text)) ||
	    !text_is_utf8(r.quoted, strlen(r.quoted)))
		abort();
	rest = arena_str(mem, r.text);
	for (size_t i = 0; i < 50 && (line = text_line(&rest)) != NULL; i++)
		if (strstr(text, line) == NULL)
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *mem = arena_new();
	struct buf clean = BUF_INIT;
	char *html;

	(void)text_repair(&clean, (const char *)p, n);
	for (size_t i = 0; i < clean.len; i++)
		if (clean.data[i] == '\r')
			clean.data[i] = '\n';
	check(mem, clean.data);
	html = html_text(mem, clean.data);
	if (!text_is_utf8(html, strlen(html)))
		abort();
	check(mem, html);
	check(mem, flowed_join(mem, clean.data, n % 2 == 0));
	buf_free(&clean);
	arena_free(mem);
	return 0;
}
