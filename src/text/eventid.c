#include "text/eventid.h"

#include <string.h>

#include "base/text.h"

enum { YEAR_DIGITS = 4, NUMBER_DIGITS = 7, OBJECT_DIGITS = 9 };

static const struct {
	enum event_kind kind;
	int digits;
	const char *prefix, *tag, *word;
} kinds[] = {
	{ EVENT_INCIDENT, 4, "inc-", "INC", "incident" },
	{ EVENT_MAINTENANCE, 4, "mnt-", "MNT", "maintenance" },
	{ EVENT_DRILL, 4, "drl-", "DRL", "drill" },
	{ EVENT_REPORT, 2, "rep-", "REP", "report" },
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ASCII only: in some scripts no space separates a name from its sentence. */
static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_';
}

/* Digits at *s, `least` to `most` of them, nothing but digits counted. */
static bool
number(const char **s, size_t least, size_t most, int *out)
{
	size_t n = 0;
	int v = 0;

	for (; is_digit((*s)[n]) && n <= most; n++)
		v = n < most ? v * 10 + ((*s)[n] - '0') : v;
	if (n < least || n > most)
		return false;
	*s += n;
	*out = v;
	return true;
}

static enum event_kind
prefix(const char **s)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_istarts(*s, kinds[i].prefix)) {
			*s += strlen(kinds[i].prefix);
			return kinds[i].kind;
		}
	return EVENT_ANY;
}

/* [INC-]2026-0042 at *s; a year that's missing isn't enough. */
static bool
full(const char **s, struct eventid *out)
{
	struct eventid id = { .kind = EVENT_ANY };
	const char *p = *s;

	id.kind = prefix(&p);
	if (!number(&p, YEAR_DIGITS, YEAR_DIGITS, &id.year) || *p++ != '-' ||
	    !number(&p, 1, NUMBER_DIGITS, &id.number) || id.number == 0)
		return false;
	*s = p;
	*out = id;
	return true;
}

static const char *
skip_open(const char *s)
{
	while (*s == ' ' || *s == '[' || *s == '#' || *s == '(')
		s++;
	return s;
}

static bool
at_end(const char *s)
{
	while (*s == ' ' || *s == ']' || *s == ')' || *s == '.')
		s++;
	return *s == '\0';
}

bool
eventid_read_full(const char *s, struct eventid *out)
{
	struct eventid id;

	s = skip_open(s);
	if (!full(&s, &id) || !at_end(s))
		return false;
	*out = id;
	return true;
}

bool
eventid_read(const char *s, int year, struct eventid *out)
{
	struct eventid id = { .year = year };

	if (eventid_read_full(s, out))
		return true;
	s = skip_open(s);
	id.kind = prefix(&s);
	if (!number(&s, 1, NUMBER_DIGITS, &id.number) || id.number == 0 ||
	    !at_end(s))
		return false;
	*out = id;
	return true;
}

/* 2026-03-04 goes on behind its month. */
static bool
is_date(const char *s)
{
	return s[0] == '-' && is_digit(s[1]);
}

bool
eventid_next(const char **s, struct eventid *out, const char **at, size_t *len)
{
	const char *start = *s;

	for (const char *p = start; *p != '\0'; p++) {
		const char *q = p;

		if (p != start && is_word(p[-1]))
			continue;
		if (*p == '#')
			q++;
		if (!full(&q, out) || is_word(*q) || is_date(q) ||
		    (*p != '#' && out->kind == EVENT_ANY))
			continue;
		*at = p;
		*len = (size_t)(q - p);
		*s = q;
		return true;
	}
	*s = start + strlen(start);
	return false;
}

static size_t
row(enum event_kind k)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].kind == k)
			return i;
	return 0;
}

char *
eventid_tag(struct arena *mem, const struct eventid *id)
{
	return arena_printf(mem, "%s-%04d-%0*d", kinds[row(id->kind)].tag,
	    id->year, kinds[row(id->kind)].digits, id->number);
}

char *
eventid_slug(struct arena *mem, const struct eventid *id)
{
	return arena_printf(mem, "%s%04d-%0*d", kinds[row(id->kind)].prefix,
	    id->year, kinds[row(id->kind)].digits, id->number);
}

const char *
eventid_kind_word(enum event_kind k)
{
	return kinds[row(k)].word;
}

enum event_kind
eventid_kind_of(const char *word)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (text_ieq(kinds[i].word, word))
			return kinds[i].kind;
	return EVENT_ANY;
}

bool
eventid_read_object(const char *s, size_t n, struct eventid_object *out)
{
	static const char with_number[] = "duntq", alone[] = "ew";
	struct eventid_object o = { .letter = 0 };
	const char *p = s + 1;

	if (n == 0 || *s == '\0')
		return false;
	o.letter = *s >= 'A' && *s <= 'Z' ? (char)(*s | 0x20) : *s;
	if (n == 1 && strchr(alone, o.letter) != NULL) {
		*out = o;
		return true;
	}
	if (strchr(with_number, o.letter) == NULL ||
	    !number(&p, 1, OBJECT_DIGITS, &o.number) || p != s + n ||
	    o.number == 0 || s[1] == '0')
		return false;
	*out = o;
	return true;
}

char *
eventid_object_word(struct arena *mem, const struct eventid_object *o)
{
	if (o->number == 0)
		return arena_printf(mem, "%c", o->letter);
	return arena_printf(mem, "%c%d", o->letter, o->number);
}

bool
eventid_of_mid(const char *mid, const char *host, struct eventid *out,
    struct eventid_object *object)
{
	struct eventid_object o = { .letter = 0 };
	struct eventid id;
	const char *s = mid, *at = strrchr(mid, '@');

	if (at == NULL || *host == '\0' || !text_ieq(at + 1, host))
		return false;
	if (!full(&s, &id) || id.kind == EVENT_ANY || (*s != '.' && s != at))
		return false;
	if (*s == '.')
		(void)eventid_read_object(s + 1, strcspn(s + 1, ".@"), &o);
	*out = id;
	*object = o;
	return true;
}

char *
eventid_mid(struct arena *mem, const struct eventid *id, const char *part,
    const char *host)
{
	char *slug = eventid_slug(mem, id);

	if (part == NULL)
		return arena_printf(mem, "%s@%s", slug, host);
	return arena_printf(mem, "%s.%s@%s", slug, part, host);
}
