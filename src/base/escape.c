#include "base/escape.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

static bool
turns(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Shows nothing and can't stand in HTML or XML; LF and TAB aren't meant. */
static bool
control(uint32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') ||
	       (c >= 0x7f && c <= 0x9f) || (c >= 0xfdd0 && c <= 0xfdef) ||
	       (c & 0xfffe) == 0xfffe || c == 0xfeff ||
	       (c >= 0xe0000 && c <= 0xe0fff);
}

/* The next character that may be shown; 0 at the end. */
static uint32_t
next(const char **s)
{
	uint32_t c;

	do {
		c = text_next(s);
	} while (c != 0 && (control(c) || turns(c)));
	return c;
}

void
escape_text(struct buf *out, const char *s)
{
	uint32_t c;

	while ((c = next(&s)) != 0)
		text_put(out, c);
}

static void
put_html(struct buf *out, uint32_t c)
{
	switch (c) {
	case '&': buf_str(out, "&amp;"); break;
	case '<': buf_str(out, "&lt;"); break;
	case '>': buf_str(out, "&gt;"); break;
	case '"': buf_str(out, "&quot;"); break;
	case '\'': buf_str(out, "&#39;"); break;
	case '`': buf_str(out, "&#96;"); break;
	default: text_put(out, c);
	}
}

void
escape_html(struct buf *out, const char *s)
{
	uint32_t c;

	while ((c = next(&s)) != 0)
		put_html(out, c);
}

void
escape_xml(struct buf *out, const char *s)
{
	escape_html(out, s);
}

void
escape_json(struct buf *out, const char *s)
{
	uint32_t c;

	while ((c = next(&s)) != 0) {
		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (char)c);
		else if (c == '\n')
			buf_str(out, "\\n");
		else if (c == '\t')
			buf_str(out, "\\t");
		else if (c == '<' || c == '>' || c == '&' || c == 0x2028 ||
			 c == 0x2029)
			buf_printf(out, "\\u%04x", (unsigned)c);
		else
			text_put(out, c);
	}
}

void
escape_header(struct buf *out, const char *s)
{
	uint32_t c;

	while ((c = next(&s)) != 0)
		text_put(out,
		    c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029 ? ' '
									 : c);
}

void
escape_markdown(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (strchr("\\`*_[]<>#&~!", *s) != NULL)
			buf_char(out, '\\');
		buf_char(out, *s);
	}
}

bool
escape_url_absolute(const char *s)
{
	static const char *const schemes[] = { "http://", "https://",
		"mailto:" };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (text_istarts(s, schemes[i]))
			return s[strlen(schemes[i])] != '\0';
	return false;
}

bool
escape_url_ok(const char *s)
{
	return escape_url_absolute(s) || s[strcspn(s, ":/?#")] != ':';
}

static void
put_url(struct buf *out, const char *s, const char *kept)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '&')
			buf_str(out, "&amp;");
		else if (c == '\'')
			buf_str(out, "%27");
		else if ((c >= '0' && c <= '9') ||
			 ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
			 strchr(kept, c) != NULL)
			buf_char(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
}

void
escape_url(struct buf *out, const char *s)
{
	if (escape_url_ok(s))
		put_url(out, s, "-._~:/?#[]@!$()*+,;=%");
	else
		buf_char(out, '#');
}

void
escape_url_part(struct buf *out, const char *s)
{
	put_url(out, s, "-._~/@+,=");
}
