#include "text/armor.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define BEGIN_SIGNED "-----BEGIN PGP SIGNED MESSAGE-----"
#define BEGIN_SIGNATURE "-----BEGIN PGP SIGNATURE-----"
#define END_SIGNATURE "-----END PGP SIGNATURE-----"

/* The line that begins with `what`, NULL: there is none. */
static const char *
find_line(const char *text, const char *what)
{
	const char *p = text;

	while ((p = strstr(p, what)) != NULL) {
		if (p == text || p[-1] == '\n')
			return p;
		p++;
	}
	return NULL;
}

bool
armor_encrypted(const char *text)
{
	return find_line(text, "-----BEGIN PGP MESSAGE-----") != NULL;
}

static void
add_lines(struct buf *out, char *text)
{
	char *line;

	while ((line = text_line(&text)) != NULL) {
		/* Dashes at the start of a line were escaped. */
		buf_str(out, strncmp(line, "- ", 2) == 0 ? line + 2 : line);
		buf_char(out, '\n');
	}
}

char *
armor_signed_text(struct arena *mem, const char *text)
{
	const char *begin = find_line(text, BEGIN_SIGNED), *signature, *end;
	const char *body;
	struct buf out = BUF_INIT;
	char *p;

	if (begin == NULL)
		return NULL;
	body = strstr(begin, "\n\n"); /* behind the Hash headers */
	signature = find_line(begin, BEGIN_SIGNATURE);
	if (body == NULL || signature == NULL || signature < body + 2)
		return NULL;
	buf_add(&out, text, (size_t)(begin - text));
	add_lines(&out,
	    arena_copy(mem, body + 2, (size_t)(signature - body) - 2));
	end = find_line(signature, END_SIGNATURE);
	if (end != NULL)
		buf_str(&out, end + strlen(END_SIGNATURE));
	p = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return p;
}
