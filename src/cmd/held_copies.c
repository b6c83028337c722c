#include "cmd/held_copies.h"

#include <stdlib.h>

#include "base/log.h"

enum { ROOM = 4096 };

struct held_copies {
	size_t first, n;
	int64_t members[ROOM];
	short domains[ROOM];
};

struct held_copies *
held_copies_new(void)
{
	struct held_copies *h = calloc(1, sizeof *h);

	if (h == NULL)
		die("out of memory for copies that wait");
	return h;
}

void
held_copies_free(struct held_copies *h)
{
	free(h);
}

size_t
held_copies_n(const struct held_copies *h)
{
	return h->n;
}

bool
held_copies_put(struct held_copies *h, int64_t member, int domain)
{
	size_t at = (h->first + h->n) % ROOM;

	if (h->n == ROOM)
		return false;
	h->members[at] = member;
	h->domains[at] = (short)domain;
	h->n++;
	return true;
}

bool
held_copies_take(struct held_copies *h, int64_t *member, int *domain)
{
	if (h->n == 0)
		return false;
	*member = h->members[h->first];
	*domain = h->domains[h->first];
	h->first = (h->first + 1) % ROOM;
	h->n--;
	return true;
}
