#include "text/legible.h"

#include <string.h>

#include "base/buf.h"

/* Of the header block that ends before `end`; "" if it isn't there. */
static char *
between(struct arena *mem, const char *block, const char *end, const char *from,
    const char *to)
{
	const char *at = strstr(block, from);

	if (at == NULL || at >= end)
		return arena_str(mem, "");
	at += strlen(from);
	return arena_copy(mem, at, strcspn(at, to));
}

static int
digit(char c)
{
	const char *digits = "0123456789ABCDEF", *at = strchr(digits, c);

	return c == '\0' || at == NULL ? -1 : (int)(at - digits);
}

static void
unquote(struct buf *out, const char *s, const char *end)
{
	while (s < end) {
		int high, low;

		if (*s == '=' && s[1] == '\n')
			s += 2;
		else if (*s == '=' && (high = digit(s[1])) >= 0 &&
			 (low = digit(s[2])) >= 0) {
			buf_char(out, (char)(high << 4 | low));
			s += 3;
		} else
			buf_char(out, *s++);
	}
}

char *
legible(struct arena *mem, const char *raw)
{
	struct buf out = BUF_INIT;
	const char *body = strstr(raw, "\n\n"), *end, *head = raw;
	char *boundary, *coding, *s;

	if (body == NULL)
		return arena_str(mem, "");
	boundary = between(mem, raw, body, "; boundary=\"", "\"");
	end = raw + strlen(raw);
	if (boundary[0] != '\0') {
		boundary = arena_printf(mem, "\n--%s\n", boundary);
		head = strstr(body, boundary);
		body = head == NULL ? NULL : strstr(head, "\n\n");
		if (body == NULL)
			return arena_str(mem, "");
		end = strstr(body, boundary);
		end = end == NULL ? raw + strlen(raw) : end + 1;
	}
	body += 2;
	coding =
	    between(mem, head, body, "\nContent-Transfer-Encoding: ", "\n");
	if (strcmp(coding, "quoted-printable") == 0)
		unquote(&out, body, end);
	else
		buf_add(&out, body, (size_t)(end - body));
	s = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return s;
}
