#include "text/parts.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/values.h"

enum { MARK = 3, NAME_WORDS = 4 };

struct marker {       /* a line that looks like one */
	char *names;  /* between the dashes */
	bool closed;  /* dashes at the end too */
	bool doubled; /* two dashes only: a marker someone mistyped */
};

/* What autocorrection makes of dashes, back again. */
static char *
dashes(struct arena *mem, const char *s)
{
	struct buf out = BUF_INIT;
	uint32_t c;
	char *line;

	while ((c = text_next(&s)) != 0) {
		if (c == 0x2014 || c == 0x2015 || c == 0x2e3a || c == 0x2e3b)
			buf_str(&out, "---");
		else if (c == 0x2013)
			buf_str(&out, "--");
		else if (c == 0x2010 || c == 0x2011 || c == 0x2012 ||
			 c == 0x2212)
			buf_char(&out, '-');
		else
			text_put(&out, c);
	}
	line = arena_copy(mem, out.data, out.len);
	buf_free(&out);
	return line;
}

static bool
looks(struct arena *mem, const char *clean, struct marker *out)
{
	char *s, *end;
	size_t n;
	char mark;

	/* Bold, from HTML. */
	clean += strspn(clean, "*");
	s = dashes(mem, clean);
	mark = *s;
	if (mark != '-' && mark != '=')
		return false;
	for (n = 0; s[n] == mark; n++)
		;
	if (n < MARK - 1)
		return false;
	out->doubled = n < MARK;
	s += n + strspn(s + n, " ");
	if (!isalpha((unsigned char)*s))
		return false;
	end = s + strlen(s);
	while (end > s && (end[-1] == '*' || end[-1] == ' '))
		*--end = '\0';
	for (n = 0; end > s && end[-1] == mark; n++)
		*--end = '\0';
	out->closed = n >= MARK - 1;
	while (end > s && (end[-1] == ' ' || end[-1] == ':'))
		*--end = '\0';
	out->names = s;
	return true;
}

static bool
is_language(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");

	return n == 2 && (s[2] == '\0' ||
			     (s[2] == '-' && isalpha((unsigned char)s[3]) &&
				 isalpha((unsigned char)s[4]) && s[5] == '\0'));
}

static bool
take_kind(const char *name, struct part *out)
{
	static const struct {
		const char *name;
		enum part_kind kind;
	} kinds[] = {
		{ "public", PART_PUBLIC },
		{ "internal", PART_INTERNAL },
		{ "resellers", PART_RESELLERS },
		{ "end users", PART_ENDUSERS },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_key_eq(kinds[i].name, name)) {
			out->kind = kinds[i].kind;
			return true;
		}
	return false;
}

/*
 * One name of a marker.  A language or brand alone goes on with the kind of
 * the section before.
 */
static bool
take_name(struct arena *mem, const char *name, const struct brand *brand,
    struct part *out)
{
	const char *low = text_lower(mem, text_trim(mem, name));

	if (take_kind(low, out))
		return true;
	if (brand != NULL && brand->slug != NULL &&
	    (text_key_eq(brand->slug, low) ||
		(brand->name != NULL && text_key_eq(brand->name, low)))) {
		out->brand = brand->slug;
		return true;
	}
	if (!is_language(low))
		return false;
	out->lang = low;
	return true;
}

static bool
take_names(struct arena *mem, const char *names, const struct brand *brand,
    struct part *out)
{
	char *s = arena_str(mem, names);
	bool known = true;

	while (*s != '\0') {
		size_t n = strcspn(s, ",;:");

		known &= take_name(mem, arena_copy(mem, s, n), brand, out);
		s += n + (s[n] != '\0');
	}
	return known;
}

static size_t
words_in(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s += strspn(s, " ")) {
		s += strcspn(s, " ");
		n++;
	}
	return n;
}

/* Words that say "not for the public", however they are put. */
static bool
secretive(const char *s)
{
	static const char *const words[] = { "intern", "privat", "confident",
		"secret", "noc", "not public", "staff" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_ifind(s, words[i]) != NULL)
			return true;
	return false;
}

/* The first name, as near to one we know as a slip of the finger. */
static const char *
near_name(struct arena *mem, const char *names)
{
	static const char *const known[] = { "public", "internal", "resellers",
		"end users" };
	const char *first = arena_copy(mem, names, strcspn(names, ",;:"));

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (value_is_near(first, known[i]))
			return known[i];
	return NULL;
}

static void
doubt(struct findings *f, const struct typed_line *l, size_t at,
    const char *near)
{
	findings_add(f,
	    (struct finding){ "E20", (unsigned)at + 1, l->raw,
		"No such section. What follows it was kept internal. The "
		"sections are public and internal:",
		arena_printf(f->mem, "--- %s ---",
		    near == NULL ? "internal" : near) });
}

/*
 * Is the line a marker?  *out is the section it opens.  Once sections are in
 * use, any line set between dashes is taken for one.
 */
static bool
opens(const struct typed *l, size_t at, const struct brand *brand,
    struct findings *f, struct part *out)
{
	struct part part = *out;
	struct marker m;
	const char *near;

	if (!looks(f->mem, l->at[at].clean, &m))
		return false;
	part.lang = part.brand = NULL;
	part.line = at + 1;
	if (take_names(f->mem, m.names, brand, &part) &&
	    (!m.doubled || m.closed || part.kind == PART_INTERNAL)) {
		*out = part;
		return true;
	}
	near = near_name(f->mem, m.names);
	if (words_in(m.names) > NAME_WORDS ||
	    !(near != NULL || secretive(m.names) ||
		(m.closed && out->line != 0)))
		return false;
	if (near == NULL && m.doubled && !m.closed)
		return false;
	doubt(f, &l->at[at], at, near);
	part = (struct part){ PART_INTERNAL, NULL, NULL, NULL, at + 1 };
	*out = part;
	return true;
}

static size_t
first_line(const struct typed *l, size_t at)
{
	while (at < l->n && l->at[at].blank)
		at++;
	return at + 1;
}

void
parts_read(const struct typed *l, size_t from, const struct brand *brand,
    struct findings *f, struct parts *out)
{
	struct part part = { PART_INTERNAL, NULL, NULL, NULL, 0 };
	size_t start = from, before = f->n;

	memset(out, 0, sizeof *out);
	for (size_t i = from; i <= l->n; i++) {
		struct part next = part;
		const char *text;

		if (i < l->n && !opens(l, i, brand, f, &next))
			continue;
		text = typed_join(f->mem, l, start, i);
		if (part.line == 0) {
			out->text = text;
			out->line = first_line(l, start);
		} else {
			part.text = text;
			out->at = arena_grow(f->mem, out->at, out->n,
			    sizeof *out->at);
			out->at[out->n++] = part;
		}
		part = next;
		start = i + 1;
	}
	out->doubtful = f->n != before;
}
