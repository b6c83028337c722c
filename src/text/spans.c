#include "text/spans.h"

#include <string.h>

#include "text/posting.h"

struct maker {
	struct arena *mem;
	const struct public_event *event;
	struct span *list;
	size_t n;
	size_t outage; /* the first span since it was opened (again) */
};

static bool
is_over(const struct public_update *u)
{
	return !posting_open(u->state);
}

/* The span that an update takes further, or NULL. */
static struct span *
open_span(const struct maker *x, const char *slug)
{
	for (size_t i = x->outage; i < x->n; i++)
		if (x->list[i].until == SPAN_OPEN &&
		    strcmp(x->list[i].slug, slug) == 0)
			return &x->list[i];
	return NULL;
}

static enum level
level_in(const struct public_update *u, const char *slug)
{
	for (size_t i = 0; i < u->n_components; i++)
		if (strcmp(u->components[i].slug, slug) == 0)
			return u->components[i].level;
	return LEVEL_UNSET;
}

static void
close_changed(struct maker *x, const struct public_update *u, int64_t at)
{
	for (size_t i = x->outage; i < x->n; i++) {
		struct span *s = &x->list[i];

		if (s->until == SPAN_OPEN && level_in(u, s->slug) != s->level)
			s->until = at;
	}
}

static void
add(struct maker *x, const struct public_component *c, int64_t since,
    int64_t until)
{
	x->list = arena_grow(x->mem, x->list, x->n, sizeof *x->list);
	x->list[x->n++] = (struct span){ .slug = c->slug,
		.level = c->level,
		.since = since,
		.until = until,
		.event = x->event->event };
}

static void
claim(struct maker *x, const struct public_update *u, int64_t since,
    int64_t until)
{
	close_changed(x, u, since);
	for (size_t i = 0; i < u->n_components; i++)
		if (u->components[i].level > LEVEL_OPERATIONAL &&
		    open_span(x, u->components[i].slug) == NULL)
			add(x, &u->components[i], since, until);
}

/* It was over then, whatever was said until it was known. */
static void
finish(struct maker *x, int64_t ended)
{
	size_t kept = x->outage;

	for (size_t i = x->outage; i < x->n; i++) {
		struct span s = x->list[i];

		s.until = s.until > ended ? ended : s.until;
		if (s.since < s.until)
			x->list[kept++] = s;
	}
	x->n = x->outage = kept;
}

/* The first word is about what began before it. */
static int64_t
beginning(const struct public_event *e, const struct public_update *u)
{
	return e->started != 0 && e->started < u->first_posted
		   ? e->started
		   : u->first_posted;
}

size_t
spans_of(struct arena *mem, const struct public_event *e, struct span **out)
{
	struct maker x = { .mem = mem, .event = e };
	bool first = true, over = false;

	for (size_t i = 0; i < e->n_updates && !e->voided; i++) {
		const struct public_update *u = &e->updates[i];
		int64_t at = first ? beginning(e, u) : u->first_posted;

		if (!posting_current(e, i))
			continue;
		if (is_over(u) && (first || !over)) {
			int64_t ended =
			    u->ended != 0 ? u->ended : u->first_posted;

			if (first)
				claim(&x, u, at, SPAN_OPEN);
			finish(&x, ended);
		} else if (!is_over(u)) {
			claim(&x, u, at, SPAN_OPEN);
		}
		over = is_over(u);
		first = false;
	}
	*out = x.list;
	return x.n;
}
