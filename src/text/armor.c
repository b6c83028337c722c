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

/* ---- strictly ---- */

#define BEGIN_ENCRYPTED "-----BEGIN PGP MESSAGE-----"
#define END_ENCRYPTED "-----END PGP MESSAGE-----"

/* The line at s is just that, trailing blanks aside. */
static bool
is_line(const char *s, const char *what)
{
	size_t n = strlen(what);

	if (strncmp(s, what, n) != 0)
		return false;
	s += n;
	s += strspn(s, " \t\r");
	return *s == '\n' || *s == '\0';
}

static const char *
next_line(const char *s)
{
	s += strcspn(s, "\n");
	return *s == '\n' ? s + 1 : s;
}

/* The first such line from s on; NULL: there is none. */
static const char *
line_of(const char *s, const char *what)
{
	for (; *s != '\0'; s = next_line(s))
		if (is_line(s, what))
			return s;
	return NULL;
}

static bool
is_blank_line(const char *s)
{
	s += strspn(s, " \t\r");
	return *s == '\n' || *s == '\0';
}

/* "Hash: SHA512": letters, a colon, a blank. */
static bool
is_header(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz-");

	return n != 0 && s[n] == ':';
}

/* Behind the armour headers and the blank line; NULL: there is none. */
static const char *
skip_headers(const char *s)
{
	while (is_header(s))
		s = next_line(s);
	return *s != '\0' && is_blank_line(s) ? next_line(s) : NULL;
}

/* From s up to `end`, dashes unescaped; NULL: one wasn't escaped. */
static char *
unescape(struct arena *mem, const char *s, const char *end)
{
	struct buf out = BUF_INIT;
	bool bad = false;
	char *p;

	for (const char *next; s < end; s = next) {
		next = next_line(s);
		bad = bad || (s[0] == '-' && s[1] != ' ');
		if (s[0] == '-')
			s += s[1] == ' ' ? 2 : 1;
		buf_add(&out, s, (size_t)(next - s));
	}
	/* The line end in front of the signature isn't covered. */
	if (out.len != 0 && out.data[out.len - 1] == '\n')
		buf_cut(&out, out.len - 1);
	if (out.len != 0 && out.data[out.len - 1] == '\r')
		buf_cut(&out, out.len - 1);
	p = bad ? NULL : arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return p;
}

static const char *
read_signed(struct arena *mem, const char *begin, const char *signature,
    struct armor *out)
{
	const char *text = skip_headers(next_line(begin)), *inside;

	if (text == NULL || text > signature)
		return "its text doesn't begin where it must";
	inside = unescape(mem, text, signature);
	if (inside == NULL)
		return "a dash in it isn't escaped";
	out->inside = inside;
	return "";
}

static void
cut_out(struct arena *mem, const char *text, const char *begin, const char *end,
    struct armor *out)
{
	out->block = arena_copy(mem, begin, (size_t)(end - begin));
	out->outside =
	    arena_printf(mem, "%.*s%s", (int)(begin - text), text, end);
}

void
armor_find(struct arena *mem, const char *text, struct armor *out)
{
	const char *begin = line_of(text, BEGIN_SIGNED), *mark, *end;
	bool is_signed = begin != NULL;

	*out = (struct armor){ .flaw = "", .block = "", .outside = "" };
	out->inside = "";
	if (!is_signed && (begin = line_of(text, BEGIN_ENCRYPTED)) == NULL)
		return;
	out->kind = is_signed ? ARMOR_SIGNED : ARMOR_ENCRYPTED;
	mark = is_signed ? line_of(begin, BEGIN_SIGNATURE) : begin;
	end = mark == NULL
		  ? NULL
		  : line_of(mark, is_signed ? END_SIGNATURE : END_ENCRYPTED);
	if (end == NULL) {
		out->flaw = "its end is missing";
		return;
	}
	if (line_of(next_line(begin), BEGIN_SIGNED) != NULL ||
	    line_of(next_line(begin), BEGIN_ENCRYPTED) != NULL ||
	    line_of(next_line(mark), BEGIN_SIGNATURE) != NULL) {
		out->flaw = "there is more than one in the mail";
		return;
	}
	if (is_signed)
		out->flaw = read_signed(mem, begin, mark, out);
	cut_out(mem, text, begin, next_line(end), out);
}
