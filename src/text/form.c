#include "text/form.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { BOUNDARY_MOST = 70 }; /* RFC 2046, 5.1.1 */

/* NULL: no text. */
static char *
as_text(struct arena *mem, const char *s, size_t n)
{
	return text_is_utf8(s, n) ? arena_copy(mem, s, n) : NULL;
}

/* ---- urlencoded ---- */

static int
digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c | 0x20);

	return c >= '0' && c <= '9' ? c - '0'
	       : at == NULL         ? -1
				    : (int)(at - digits);
}

/* Decodes n bytes in place of a copy; what isn't %XX stays as it is. */
static char *
decode(struct arena *mem, const char *s, size_t n)
{
	char *out = arena_copy(mem, s, n), *to = out;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '%' && i + 2 < n && digit(s[i + 1]) >= 0 &&
		    digit(s[i + 2]) >= 0) {
			*to++ = (char)(digit(s[i + 1]) * 16 + digit(s[i + 2]));
			i += 2;
		} else
			*to++ = s[i] == '+' ? ' ' : s[i];
	}
	*to = '\0';
	return as_text(mem, out, (size_t)(to - out));
}

static char *
urlencoded(struct arena *mem, const char *s, const char *end, const char *name)
{
	while (s < end) {
		const char *amp = memchr(s, '&', (size_t)(end - s));
		const char *stop = amp == NULL ? end : amp;
		const char *is = memchr(s, '=', (size_t)(stop - s));
		char *key =
		    decode(mem, s, (size_t)((is == NULL ? stop : is) - s));

		if (key != NULL && strcmp(key, name) == 0)
			return is == NULL ? arena_str(mem, "")
					  : decode(mem, is + 1,
						(size_t)(stop - is - 1));
		s = stop + 1;
	}
	return NULL;
}

/* ---- multipart ---- */

/* The value of boundary=, with or without quotes; NULL: none. */
static char *
boundary_of(struct arena *mem, const char *type)
{
	const char *s = text_ifind(type, "boundary=");
	size_t n;

	if (s == NULL)
		return NULL;
	s += strlen("boundary=");
	if (*s == '"') {
		s++;
		n = strcspn(s, "\"");
	} else
		n = strcspn(s, "; \t");
	return n == 0 || n > BOUNDARY_MOST
		   ? NULL
		   : arena_printf(mem, "--%.*s", (int)n, s);
}

static const char *
find(const char *s, const char *end, const char *what)
{
	return memmem(s, (size_t)(end - s), what, strlen(what));
}

/* A part's header, which ends at its blank line, names this field. */
static bool
is_of(struct arena *mem, const char *s, const char *blank, const char *name)
{
	const char *head = as_text(mem, s, (size_t)(blank - s));

	return head != NULL &&
	       text_ifind(head, "content-disposition: form-data") != NULL &&
	       text_ifind(head, arena_printf(mem, "; name=\"%s\"", name)) !=
		   NULL;
}

static char *
multipart(struct arena *mem, const char *s, const char *end, const char *bound,
    const char *name)
{
	const char *line = arena_printf(mem, "\r\n%s", bound);

	if ((s = find(s, end, bound)) == NULL)
		return NULL;
	for (;;) {
		const char *blank = find(s, end, "\r\n\r\n"), *stop;

		if (blank == NULL ||
		    (stop = find(blank + 2, end, line)) == NULL)
			return NULL;
		if (is_of(mem, s, blank, name))
			return stop < blank + 4
				   ? arena_str(mem, "")
				   : as_text(mem, blank + 4,
					 (size_t)(stop - blank - 4));
		s = stop + strlen(line);
	}
}

char *
form_value(struct arena *mem, const char *type, const char *body, size_t n,
    const char *name)
{
	char *bound;

	if (type == NULL || !text_istarts(type, "multipart/form-data"))
		return urlencoded(mem, body, body + n, name);
	bound = boundary_of(mem, type);
	return bound == NULL ? NULL
			     : multipart(mem, body, body + n, bound, name);
}
