/*
 * A template of any bytes, with hostile values.  Properties: no crash; what
 * is inserted brings no < " ' into HTML and no line end into a header.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/tmpl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char evil[] = "<script a=\"b\" c='d'>\r\njavascript:x&`\x01";

static size_t
count(const char *s, const char *of)
{
	size_t n = 0;

	for (; (s = strpbrk(s, of)) != NULL; s++)
		n++;
	return n;
}

static struct tmpl_map *
values(struct arena *mem, const char *text)
{
	struct tmpl_map *m = tmpl_map(mem);

	tmpl_str(m, "a", text);
	tmpl_str(m, "b", text);
	tmpl_flag(m, "y", true);
	tmpl_list(m, "n");
	tmpl_str(tmpl_item(m, "l"), "i", text);
	tmpl_str(tmpl_item(m, "l"), "i", text);
	return m;
}

static void
try(const char *source, enum tmpl_kind kind, const char *special)
{
	struct buf bad = BUF_INIT, plain = BUF_INIT;
	struct tmpl *t;
	struct job j;

	job_begin(&j, "fuzz", 0);
	if (tmpl_read(&j, NULL, "t", source, kind, &t) == ST_OK &&
	    tmpl_render(&j, t, values(j.mem, evil), &bad) == ST_OK) {
		if (tmpl_render(&j, t, values(j.mem, "x"), &plain) != ST_OK)
			abort();
		if (count(bad.data, special) != count(plain.data, special))
			abort();
	}
	buf_free(&bad);
	buf_free(&plain);
	job_end(&j);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf source = BUF_INIT;

	(void)text_repair(&source, (const char *)data, size);
	try(source.data, TMPL_HTML, "<>\"'`");
	try(source.data, TMPL_XML, "<>\"'");
	try(source.data, TMPL_HEADER, "\r\n\x01");
	try(source.data, TMPL_JSON, "\r\n\x01<");
	try(source.data, TMPL_TEXT, "\r\x01");
	buf_free(&source);
	return 0;
}
