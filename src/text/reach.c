#include "text/reach.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char pager[] = ".page@";

enum { T_HAND_OFF = 1, T_ACK = 2 };

static bool
pages(const struct letter *l)
{
	return l->kind == LETTER_PAGE || l->kind == LETTER_COMMAND;
}

static bool
to_pager(const struct letter *l)
{
	return strstr(l->mid, pager) != NULL;
}

static size_t
stem(const struct letter *l)
{
	const char *end = strstr(l->mid, pager);

	return end == NULL ? strcspn(l->mid, "@") : (size_t)(end - l->mid);
}

static bool
same_step(const struct letter *a, const struct letter *b)
{
	size_t n = stem(a);

	return pages(a) && n == stem(b) && strncmp(a->mid, b->mid, n) == 0;
}

/* N of the timer that goes on from here; 0: no timer's. */
static int
ladder(const struct letter *l)
{
	const char *dot = strchr(l->mid, '.');
	int kind;

	if (dot == NULL || dot[1] != 't' || !isdigit((unsigned char)dot[2]))
		return 0;
	kind = text_number(dot + 2);
	return kind == T_HAND_OFF ? T_ACK : kind;
}

/* The page to this person is another letter of the same step. */
static bool
beside_pager(const struct letter *all, size_t n, const struct letter *l)
{
	if (to_pager(l))
		return false;
	for (size_t i = 0; i < n; i++)
		if (same_step(&all[i], l) && to_pager(&all[i]) &&
		    strcmp(all[i].person, l->person) == 0)
			return true;
	return false;
}

static bool
has_failed(const struct letter *l)
{
	return strcmp(l->status, "failed") == 0 ||
	       (l->kind == LETTER_COMMAND && l->tries > 0 &&
		   strcmp(l->status, "waiting") == 0);
}

int
reach_failed(const struct letter *all, size_t n, const struct letter *l)
{
	int kind = ladder(l);

	if (kind == 0 || beside_pager(all, n, l))
		return 0;
	for (size_t i = 0; i < n; i++) {
		const struct letter *o = &all[i];

		if (same_step(o, l)) {
			if (!has_failed(o) && !beside_pager(all, n, o))
				return 0;
		} else if (pages(o) && o->id > l->id && ladder(o) == kind)
			return 0;
	}
	return kind;
}
