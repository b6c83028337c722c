#include "text/names.h"

#include <string.h>

#include "base/text.h"

enum { FAR = 1000 };

const struct component *
names_component(const struct conf *c, const char *s)
{
	if (*s == '\0')
		return NULL;
	for (size_t i = 0; i < c->n_components; i++)
		if (text_key_eq(c->components[i].slug, s) ||
		    text_key_eq(c->components[i].name, s))
			return &c->components[i];
	for (size_t i = 0; i < c->n_components; i++)
		for (size_t k = 0; k < c->components[i].n_aliases; k++)
			if (text_key_eq(c->components[i].aliases[k], s))
				return &c->components[i];
	return NULL;
}

bool
names_in_group(const struct component *c, const char *group)
{
	return c->group != NULL && *c->group != '\0' &&
	       text_key_eq(c->group, group);
}

/* Edits between two names; one that holds the other is nearer than that. */
static unsigned
between(const char *s, const char *name)
{
	unsigned d = text_distance(s, name);

	if (strlen(s) > 2 &&
	    (text_ifind(name, s) != NULL || text_ifind(s, name) != NULL))
		return d / 4;
	return d;
}

static unsigned
away(const struct component *c, const char *s)
{
	unsigned least = between(s, c->slug), d = between(s, c->name);

	least = d < least ? d : least;
	for (size_t i = 0; i < c->n_aliases; i++) {
		d = between(s, c->aliases[i]);
		least = d < least ? d : least;
	}
	return least;
}

size_t
names_near(const struct conf *c, const char *s, const char *out[NAMES_NEAR])
{
	unsigned best[NAMES_NEAR] = { FAR, FAR, FAR };
	size_t n = 0;

	for (size_t i = 0; i < c->n_components; i++) {
		unsigned d = away(&c->components[i], s);
		size_t k = n < NAMES_NEAR ? n++ : NAMES_NEAR - 1;

		if (d >= best[k])
			continue;
		for (; k != 0 && d < best[k - 1]; k--) {
			best[k] = best[k - 1];
			out[k] = out[k - 1];
		}
		best[k] = d;
		out[k] = c->components[i].slug;
	}
	return n;
}

static bool
has_address(const struct person *p, const char *s)
{
	for (size_t i = 0; i < p->n_addresses; i++)
		if (text_ieq(p->addresses[i], s))
			return true;
	return false;
}

const struct person *
names_person(struct arena *mem, const struct conf *c, const char *s)
{
	const struct person *found = NULL;

	if (*s == '\0')
		return NULL;
	for (size_t i = 0; i < c->n_persons; i++)
		if (text_key_eq(c->persons[i].slug, s) ||
		    text_key_eq(c->persons[i].name, s) ||
		    has_address(&c->persons[i], s))
			return &c->persons[i];
	for (size_t i = 0; i < c->n_persons; i++) {
		const char *name = c->persons[i].name;

		if (!text_ieq(arena_copy(mem, name, strcspn(name, " ")), s))
			continue;
		if (found != NULL)
			return NULL;
		found = &c->persons[i];
	}
	return found;
}

const struct list *
names_list(const struct conf *c, const char *s)
{
	for (size_t i = 0; *s != '\0' && i < c->n_lists; i++)
		if (text_key_eq(c->lists[i].slug, s))
			return &c->lists[i];
	return NULL;
}
