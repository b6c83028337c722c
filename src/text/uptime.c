#include "text/uptime.h"
#include "base/when.h"

#include <stdlib.h>

/* Tenths. */
static const int weights[UPTIME_LEVELS] = {
	[LEVEL_PARTIAL] = 3,
	[LEVEL_MAJOR] = 10,
};

/* A piece of the window that has one answer. */
struct window {
	const struct span *claims; /* that touch it */
	size_t n;
	int64_t *edges; /* rising */
	size_t n_edges;
};

static int
by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
edge(struct window *w, int64_t t, int64_t from, int64_t until)
{
	if (t > from && t < until)
		w->edges[w->n_edges++] = t;
}

static bool
touches(const struct span *claim, int64_t from, int64_t until)
{
	return claim->since < until && claim->until > from;
}

/* Room for those that touch it only: of a year of claims a day has few. */
static struct window
cut(struct arena *mem, const struct span *claims, size_t n, int64_t from,
    int64_t until)
{
	struct window w = { .n = 0 };
	struct span *own;
	size_t most = 0;

	for (size_t i = 0; i < n; i++)
		most += touches(&claims[i], from, until);
	own = arena_array(mem, most + 1, sizeof *own);
	w.claims = own;
	w.edges = arena_array(mem, 2 * most + 2, sizeof *w.edges);
	w.edges[w.n_edges++] = from;
	for (size_t i = 0; i < n; i++) {
		if (!touches(&claims[i], from, until))
			continue;
		own[w.n++] = claims[i];
		edge(&w, claims[i].since, from, until);
		edge(&w, claims[i].until, from, until);
	}
	w.edges[w.n_edges++] = until;
	qsort(w.edges, w.n_edges, sizeof *w.edges, by_value);
	return w;
}

/* The worst that holds at t; NULL: all is well. */
static const struct span *
worst_at(const struct window *w, int64_t t)
{
	const struct span *worst = NULL;

	for (size_t i = 0; i < w->n; i++) {
		const struct span *s = &w->claims[i];

		if (s->since <= t && t < s->until &&
		    (worst == NULL || s->level > worst->level))
			worst = s;
	}
	return worst;
}

struct uptime
uptime_between(struct arena *mem, const struct span *claims, size_t n,
    int64_t born, int64_t as_of, int64_t from, int64_t until)
{
	struct uptime u = { .worst = LEVEL_UNSET };
	struct window w;

	from = from < born ? born : from;
	until = until > as_of ? as_of : until;
	if (from >= until)
		return u;
	u.observed = until - from;
	u.worst = LEVEL_OPERATIONAL;
	w = cut(mem, claims, n, from, until);
	for (size_t i = 0; i + 1 < w.n_edges; i++) {
		const struct span *s = worst_at(&w, w.edges[i]);

		if (s == NULL || w.edges[i] == w.edges[i + 1])
			continue;
		u.seconds[s->level] += w.edges[i + 1] - w.edges[i];
		if (s->level > u.worst) {
			u.worst = s->level;
			u.event = s->event;
		}
	}
	return u;
}

void
uptime_days(struct arena *mem, const struct span *claims, size_t n,
    int64_t born, int64_t as_of, int64_t first, size_t n_days,
    struct uptime *out)
{
	for (size_t i = 0; i < n_days; i++) {
		int64_t from = first + i * DAY;

		out[i] = uptime_between(mem, claims, n, born, as_of, from,
		    from + DAY);
	}
}

int
uptime_share(const struct uptime *u)
{
	int64_t whole = u->observed - u->seconds[LEVEL_MAINTENANCE];
	int64_t lost = 0;

	for (int i = 0; i < UPTIME_LEVELS; i++)
		lost += u->seconds[i] * weights[i];
	if (whole <= 0)
		return -1;
	return (int)((whole * 10 - lost) * 10000 / (whole * 10));
}

char *
uptime_percent(struct arena *mem, int share)
{
	if (share < 0)
		return arena_str(mem, "");
	if (share == 10000)
		return arena_str(mem, "100 %");
	return arena_printf(mem, "%d.%02d %%", share / 100, share % 100);
}
