#include "text/onlookers.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

static bool
joins(char c)
{
	return isalnum((unsigned char)c) || strchr("._-+@", c) != NULL;
}

/* Does the header name this address, and not a longer one? */
static bool
names(const char *value, const char *address)
{
	size_t n = strlen(address);
	const char *at = value;

	while (n != 0 && (at = text_ifind(at, address)) != NULL) {
		bool before = at != value && joins(at[-1]);
		bool after = at[n] != '\0' && joins(at[n]);

		if (!before && !after)
			return true;
		at += n;
	}
	return false;
}

static bool
is_addressed(const struct message *m, const char *address)
{
	for (size_t i = 0; i < m->n_headers; i++) {
		const struct header *h = &m->headers[i];

		if ((text_ieq(h->name, "To") || text_ieq(h->name, "Cc")) &&
		    names(h->value, address))
			return true;
	}
	return false;
}

const char *
onlookers_public(struct arena *mem, const struct conf *c,
    const struct message *m)
{
	for (size_t i = 0; i < c->n_lists; i++) {
		const struct list *l = &c->lists[i];
		const char *own =
		    arena_printf(mem, "%s@%s", l->slug, c->domain);

		if (l->kind == LIST_INTERNAL)
			continue;
		if (is_addressed(m, l->from_address))
			return l->from_address;
		if (is_addressed(m, own))
			return own;
	}
	return NULL;
}
