#include "text/service.h"

#include <string.h>

#include "text/posting.h"

/* The worst that open events say of it. */
static void
judge(struct service *s, const struct public_event *e)
{
	const struct public_update *u = &e->updates[e->n_updates - 1];

	for (size_t i = 0; i < u->n_components; i++)
		if (strcmp(u->components[i].slug, s->slug) == 0 &&
		    u->components[i].level > s->level) {
			s->level = u->components[i].level;
			s->of = e;
		}
}

size_t
service_list(struct arena *mem, const struct conf *c,
    const struct public_event *events, size_t n, struct service **out)
{
	struct service *list =
	    arena_array(mem, c->n_components + 1, sizeof *list);
	size_t k = 0;

	for (size_t i = 0; i < c->n_components; i++) {
		const struct component *p = &c->components[i];
		struct service *s = &list[k];

		if (!p->visible)
			continue;
		*s = (struct service){ .slug = p->slug,
			.name = p->name,
			.group = p->group,
			.level = LEVEL_OPERATIONAL,
			.born = p->born };
		for (size_t e = 0; e < n; e++)
			if (posting_open(events[e].state) && !events[e].report)
				judge(s, &events[e]);
		k++;
	}
	*out = list;
	return k;
}

struct service_sum
service_add_up(const struct service *list, size_t n,
    const struct public_event *events, size_t n_events)
{
	struct service_sum s = { .shown = n, .worst = LEVEL_OPERATIONAL };

	for (size_t i = 0; i < n; i++) {
		s.hurt += list[i].level > LEVEL_OPERATIONAL;
		s.worst = list[i].level > s.worst ? list[i].level : s.worst;
	}
	for (size_t i = 0; i < n_events; i++) {
		if (!posting_open(events[i].state) || events[i].report)
			continue;
		s.open++;
		if (events[i].impact > s.impact)
			s.impact = events[i].impact;
	}
	return s;
}

enum level
service_level(const struct service_sum *s)
{
	if (s->worst > LEVEL_OPERATIONAL)
		return s->worst;
	return s->open != 0 ? posting_level(NULL, 0, s->impact)
			    : LEVEL_OPERATIONAL;
}

char *
service_headline(struct arena *mem, const struct service_sum *s,
    const char *level)
{
	if (s->worst == LEVEL_MAINTENANCE)
		return arena_str(mem, "Maintenance in progress");
	if (s->worst > LEVEL_OPERATIONAL)
		return arena_printf(mem, "%s – %zu of %zu services affected",
		    level, s->hurt, s->shown);
	if (s->open != 0)
		return arena_printf(mem, "%zu open incident%s", s->open,
		    s->open == 1 ? "" : "s");
	return arena_str(mem, "All systems operational");
}
