#include "text/mailman.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Mailman/MemberAdaptor.py, Mailman/Defaults.py: its numbers. */
enum { BY_BOUNCE = 4, DISABLED_OPTION = 1 };

enum section { MEMBERS, DIGESTS, STATUS, LANGUAGE, OPTIONS, SECTIONS };

static const char *const sections[SECTIONS] = { "members", "digest_members",
	"delivery_status", "language", "user_options" };

struct pair { /* of one section */
	const char *key, *value;
	size_t line;
};

struct reading {
	struct arena *mem;
	char *at;
	size_t line;
	struct pair *pairs[SECTIONS];
	size_t n[SECTIONS];
};

bool
mailman_is_dump(const char *s)
{
	if (strstr(s, "start pickle file") != NULL ||
	    strstr(s, "start object") != NULL)
		return true;
	s += strspn(s, " ");
	if (*s++ != '{')
		return false;
	s += strspn(s, " \r\n");
	return *s == '\0' || *s == '\'' || *s == '"' || *s == 'u';
}

bool
mailman_is_config(const char *s)
{
	return strstr(s, "-*- python -*-") != NULL;
}

/* ---- Python's words ---- */

static void
skip_blanks(struct reading *r)
{
	for (; *r->at != '\0' && strchr(" \t\r\n,", *r->at) != NULL; r->at++)
		r->line += *r->at == '\n';
}

/* At a quote, perhaps behind u or b; NULL: there is none. */
static char *
take_string(struct reading *r)
{
	char *out, *start, quote;

	if (*r->at == 'u' || *r->at == 'b')
		r->at++;
	quote = *r->at;
	if (quote != '\'' && quote != '"')
		return NULL;
	start = out = ++r->at;
	while (*r->at != '\0' && *r->at != quote && *r->at != '\n') {
		if (*r->at == '\\' && r->at[1] != '\0' && r->at[1] != '\n')
			r->at++;
		*out++ = *r->at++;
	}
	if (*r->at != quote)
		return NULL;
	r->at++;
	*out = '\0';
	return start;
}

/* The same, left as it is. */
static bool
pass_string(struct reading *r)
{
	char quote = *r->at++;

	while (*r->at != '\0' && *r->at != quote && *r->at != '\n')
		r->at += r->at[0] == '\\' && r->at[1] != '\0' ? 2 : 1;
	return *r->at == quote;
}

/* To the comma or brace that ends a value; what stands in brackets is in it. */
static char *
take_value(struct reading *r)
{
	char *start;
	int depth = 0;

	r->at += strspn(r->at, " ");
	start = r->at;
	for (; *r->at != '\0'; r->at++) {
		if ((*r->at == '\'' || *r->at == '"') && !pass_string(r))
			return NULL;
		if (depth == 0 && (*r->at == ',' || *r->at == '}'))
			break;
		if (strchr("([{<", *r->at) != NULL)
			depth++;
		else if (strchr(")]}>", *r->at) != NULL)
			depth--;
		r->line += *r->at == '\n';
	}
	return *r->at == '\0' ? NULL : start;
}

/* ---- sections ---- */

static enum section
section_of(const char *name)
{
	enum section s = MEMBERS;

	while (s < SECTIONS && strcmp(sections[s], name) != 0)
		s++;
	return s;
}

static bool
take_pair(struct reading *r, enum section s)
{
	struct pair p = { .line = r->line };
	char *value;
	size_t length;

	if ((p.key = take_string(r)) == NULL)
		return false;
	skip_blanks(r);
	if (*r->at++ != ':' || (value = take_value(r)) == NULL)
		return false;
	length = (size_t)(r->at - value);
	p.value = arena_copy(r->mem, value, length);
	r->pairs[s] = arena_grow(r->mem, r->pairs[s], r->n[s], sizeof p);
	r->pairs[s][r->n[s]++] = p;
	return true;
}

static bool
take_section(struct reading *r, enum section s)
{
	r->at++;
	for (;;) {
		skip_blanks(r);
		if (*r->at == '}') {
			r->at++;
			return true;
		}
		if (!take_pair(r, s))
			return false;
	}
}

static bool
take_entry(struct reading *r)
{
	char *name = take_string(r);
	enum section s;

	if (name == NULL)
		return false;
	s = section_of(name);
	skip_blanks(r);
	if (*r->at++ != ':')
		return false;
	r->at += strspn(r->at, " ");
	if (s != SECTIONS && *r->at == '{')
		return take_section(r, s);
	return take_value(r) != NULL;
}

static bool
take_dump(struct reading *r)
{
	/* Lines that dumpdb puts around it have no brace. */
	for (; *r->at != '\0' && *r->at != '{'; r->at++)
		r->line += *r->at == '\n';
	if (*r->at++ == '\0')
		return false;
	for (;;) {
		skip_blanks(r);
		if (*r->at == '}')
			return true;
		if (!take_entry(r))
			return false;
	}
}

/* ---- members ---- */

static int
compare(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static const char *
look(const struct reading *r, enum section s, const char *key)
{
	const struct pair wanted = { .key = key };
	const struct pair *p = r->n[s] == 0
				   ? NULL
				   : bsearch(&wanted, r->pairs[s], r->n[s],
					 sizeof wanted, compare);

	return p == NULL ? "" : p->value;
}

static const char *
unquoted(struct arena *mem, const char *s)
{
	struct reading r = { .mem = mem, .at = arena_str(mem, s) };
	const char *in = take_string(&r);

	return in == NULL ? "" : in;
}

/* "(4, 1204.0)": who disabled it; 0: nobody did. */
static const char *
status_of(const struct reading *r, const char *key)
{
	const char *s = look(r, STATUS, key);
	int by = text_number(s + strspn(s, "( "));

	if (by == 0)
		by = text_number(look(r, OPTIONS, key)) & DISABLED_OPTION;
	return by == 0 ? "active" : by == BY_BOUNCE ? "bounced" : "nomail";
}

bool
mailman_read(struct arena *mem, char *text, struct mailman_member **out,
    size_t *n)
{
	struct reading r = { .mem = mem, .at = text, .line = 1 };

	*out = NULL;
	*n = 0;
	if (!take_dump(&r))
		return false;
	for (enum section s = STATUS; s < SECTIONS; s++)
		if (r.n[s] != 0)
			qsort(r.pairs[s], r.n[s], sizeof **r.pairs, compare);
	for (size_t i = 0; i < r.n[MEMBERS] + r.n[DIGESTS]; i++) {
		bool digest = i >= r.n[MEMBERS];
		const struct pair *p = digest
					   ? &r.pairs[DIGESTS][i - r.n[MEMBERS]]
					   : &r.pairs[MEMBERS][i];
		const char *as_written = unquoted(mem, p->value);

		*out = arena_grow(mem, *out, *n, sizeof **out);
		(*out)[(*n)++] =
		    (struct mailman_member){ *as_written == '\0' ? p->key
								 : as_written,
			    unquoted(mem, look(&r, LANGUAGE, p->key)),
			    status_of(&r, p->key), digest, p->line };
	}
	return true;
}
