#include "text/typed.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { TAB = 8 };

static bool
space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r' ||
	       c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	       c == 0x205f || c == 0x3000 || c == 0x2028 || c == 0x2029 ||
	       c == 0x85;
}

static bool
invisible(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad ||
	       c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

static uint32_t
plain(uint32_t c)
{
	if ((c >= 0x2018 && c <= 0x201b) || c == 0x2032 || c == 0xb4)
		return '\'';
	if ((c >= 0x201c && c <= 0x201f) || c == 0x2033)
		return '"';
	if (c == 0xff1a || c == 0xfe55)
		return ':';
	return c == 0xff1d ? '=' : c == 0xff01 ? '!' : c;
}

static void
clean(struct arena *mem, struct typed_line *l)
{
	struct buf out = BUF_INIT;
	const char *s = l->raw;
	bool gap = false;
	uint32_t c;

	while ((c = text_next(&s)) != 0) {
		if (space(c)) {
			if (out.len == 0)
				l->indent += c == '\t' ? TAB : 1;
			gap = true;
			continue;
		}
		if (invisible(c))
			continue;
		if (gap && out.len != 0)
			buf_char(&out, ' ');
		gap = false;
		text_put(&out, plain(c));
	}
	l->blank = out.len == 0;
	l->clean = arena_copy(mem, out.data, out.len);
	buf_free(&out);
}

void
typed_split(struct arena *mem, const char *text, struct typed *out)
{
	char *rest = arena_str(mem, text), *line;

	out->at = NULL;
	out->n = 0;
	while ((line = text_line(&rest)) != NULL) {
		struct typed_line l = { line, NULL, 0, false };

		clean(mem, &l);
		out->at = arena_grow(mem, out->at, out->n, sizeof *out->at);
		out->at[out->n++] = l;
	}
}

char *
typed_join(struct arena *mem, const struct typed *l, size_t from, size_t to)
{
	struct buf out = BUF_INIT;
	char *text;

	while (from < to && l->at[from].blank)
		from++;
	while (to > from && l->at[to - 1].blank)
		to--;
	for (size_t i = from; i < to; i++) {
		if (i != from)
			buf_char(&out, '\n');
		buf_str(&out, l->at[i].raw);
	}
	text = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return text;
}
