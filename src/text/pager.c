#include "text/pager.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { FROM = 0xc0, TO = 0x17f };

/* U+00C0 to U+017F; * stands in doubles[]. */
static const char letters[] = "AAAAAA*CEEEEIIII"
			      "DNOOOOOxOUUUUY**"
			      "aaaaaa*ceeeeiiii"
			      "dnooooo/ouuuuy*y"
			      "AaAaAaCcCcCcCcDd"
			      "DdEeEeEeEeEeGgGg"
			      "GgGgHhHhIiIiIiIi"
			      "Ii**JjKkkLlLlLlL"
			      "lLlNnNnNnnNnOoOo"
			      "Oo**RrRrRrSsSsSs"
			      "SsTtTtTtUuUuUuUu"
			      "UuUuWwYyYZzZzZzs";

static const struct {
	uint32_t c;
	const char *as;
} doubles[] = {
	/* clang-format off */
	{ 0xc6, "AE" }, { 0xde, "Th" }, { 0xdf, "ss" }, { 0xe6, "ae" },
	{ 0xfe, "th" }, { 0x132, "IJ" }, { 0x133, "ij" }, { 0x152, "OE" },
	{ 0x153, "oe" }, { 0xa0, " " }, { 0xab, "\"" }, { 0xbb, "\"" },
	{ 0x1e9e, "SS" }, { 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" },
	{ 0x2013, "-" }, { 0x2014, "-" }, { 0x2018, "'" }, { 0x2019, "'" },
	{ 0x201c, "\"" }, { 0x201d, "\"" }, { 0x201e, "\"" },
	{ 0x2026, "..." }, { 0x20ac, "EUR" },
	/* two places of an ASCII character in that alphabet, or none */
	{ '[', "(" }, { ']', ")" }, { '{', "(" }, { '}', ")" }, { '\\', "/" },
	{ '|', "/" }, { '~', "-" }, { '^', "?" }, { '`', "'" },
	/* clang-format on */
};

static void
put(struct buf *out, uint32_t c)
{
	for (size_t i = 0; i < COUNT(doubles); i++)
		if (doubles[i].c == c) {
			buf_str(out, doubles[i].as);
			return;
		}
	if (c >= 0x20 && c < 0x7f)
		buf_char(out, (char)c);
	else if (c >= FROM && c <= TO)
		buf_char(out, letters[c - FROM]);
	else if (c >= 0x300 && c <= 0x36f)
		return; /* a mark on the letter before */
	else
		buf_char(out, '?');
}

char *
pager_plain(struct arena *mem, const char *s)
{
	struct buf out = BUF_INIT;
	uint32_t c;
	char *plain;

	while ((c = text_next(&s)) != 0)
		put(&out, c);
	plain = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return plain;
}

/* Room for the names; cut at a blank where that leaves enough. */
static void
add_what(struct buf *out, const char *what, size_t room)
{
	size_t n = strlen(what), cut;

	if (n == 0 || room < 8)
		return;
	if (n + 1 <= room) {
		buf_printf(out, " %s", what);
		return;
	}
	n = room - 1 - 3;
	for (cut = n; cut > n / 2 && what[cut] != ' ';)
		cut--;
	if (what[cut] == ' ')
		n = cut;
	while (n > 0 && strchr(" ,", what[n - 1]) != NULL)
		n--;
	buf_printf(out, " %.*s...", (int)n, what);
}

static char *
tail(struct arena *mem, const struct pager *p, bool said)
{
	const char *severity = p->severity, *to = p->to;

	return arena_printf(mem, "%s%s%s%s%s%s%s%s",
	    severity[0] == '\0' ? "" : " ", severity,
	    said && p->said[0] != '\0' ? ", " : "", said ? p->said : "",
	    p->answer[0] == '\0' ? "" : ". Answer ", p->answer,
	    p->answer[0] == '\0' ? "" : " to ", to);
}

char *
pager_text(struct arena *mem, const struct pager *p)
{
	size_t id = strlen(p->id);
	char *end = tail(mem, p, true), *text;
	struct buf out = BUF_INIT;

	if (id + strlen(end) > PAGER_MAX)
		end = tail(mem, p, false);
	buf_str(&out, p->id);
	if (id + strlen(end) < PAGER_MAX)
		add_what(&out, pager_plain(mem, p->what),
		    PAGER_MAX - id - strlen(end));
	buf_str(&out, end);
	text = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return text;
}
