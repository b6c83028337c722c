/* Looking things up in a configuration that is loaded. */
#include <string.h>

#include "base/text.h"
#include "model/conf.h"

const struct component *
conf_component(const struct conf *c, const char *s)
{
	for (size_t i = 0; i < c->n_components; i++) {
		const struct component *p = &c->components[i];

		if (text_key_eq(p->slug, s) || text_key_eq(p->name, s))
			return p;
		for (size_t k = 0; k < p->n_aliases; k++)
			if (text_key_eq(p->aliases[k], s))
				return p;
	}
	return NULL;
}

const struct person *
conf_person(const struct conf *c, const char *slug)
{
	for (size_t i = 0; i < c->n_persons; i++)
		if (text_ieq(c->persons[i].slug, slug))
			return &c->persons[i];
	return NULL;
}

const struct person *
conf_person_reached(const struct conf *c, const char *address)
{
	for (size_t i = 0; i < c->n_persons; i++) {
		const struct person *p = &c->persons[i];

		for (size_t k = 0; k < p->n_addresses; k++)
			if (text_ieq(p->addresses[k], address))
				return p;
		for (size_t k = 0; k < p->n_page; k++)
			if (text_ieq(p->page[k], address))
				return p;
	}
	return NULL;
}

const struct list *
conf_list(const struct conf *c, const char *slug)
{
	for (size_t i = 0; i < c->n_lists; i++)
		if (text_ieq(c->lists[i].slug, slug))
			return &c->lists[i];
	return NULL;
}

const char *
conf_list_zone(const struct conf *c, const struct list *l)
{
	return l->n_timezones == 0 ? c->timezone : l->timezones[0];
}

const char *
conf_public_from(const struct conf *c)
{
	for (size_t i = 0; i < c->n_lists; i++)
		if (c->lists[i].kind != LIST_INTERNAL)
			return c->lists[i].from;
	return c->status_address;
}

const struct severity *
conf_severity(const struct conf *c, int severity)
{
	return &c->severity[severity >= 1 && severity <= 5 ? severity : 3];
}

static bool
is_within(const char *address, const char *domain)
{
	const char *at = strrchr(address, '@');
	size_t n, want = strlen(domain);

	at = at == NULL ? address : at + 1;
	n = strlen(at);
	if (n < want || !text_ieq(at + n - want, domain))
		return false;
	return n == want || at[n - want - 1] == '.';
}

bool
conf_is_own(const struct conf *c, const char *address)
{
	for (size_t i = 0; i < c->n_own_domains; i++)
		if (is_within(address, c->own_domains[i]))
			return true;
	return false;
}
