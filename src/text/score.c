#include "text/score.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"

static int
smaller(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The least value that so many per cent don't exceed. */
static int64_t
rank(const int64_t *sorted, size_t n, size_t percent)
{
	return sorted[(n * percent + 99) / 100 - 1];
}

struct spread
score_spread(struct arena *mem, const int64_t *values, size_t n)
{
	int64_t *sorted = arena_array(mem, n + 1, sizeof *sorted);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (values[i] != UNMEASURED)
			sorted[k++] = values[i];
	if (k == 0)
		return (struct spread){ 0, 0, 0 };
	qsort(sorted, k, sizeof *sorted, smaller);
	return (struct spread){ k, rank(sorted, k, 50), rank(sorted, k, 90) };
}

static bool
has(const char *wanted, const char *s)
{
	return wanted == NULL || strcmp(wanted, s) == 0;
}

static bool
measure_counts(const struct measure *m, const struct scope *o)
{
	return (o->severity == 0 || o->severity == m->severity) &&
	       (o->month == 0 || o->month == when_month_of(m->opened)) &&
	       has(o->on_call, m->on_call) &&
	       has(o->first_owner, m->first_owner);
}

static bool
interval_counts(const struct interval *i, const struct scope *o)
{
	return (o->severity == 0 || o->severity == i->severity) &&
	       (o->month == 0 || o->month == when_month_of(i->due)) &&
	       has(o->on_call, i->on_call) && o->first_owner == NULL;
}

static void
measures(struct arena *mem, const struct record *r, const struct scope *only,
    struct score *out)
{
	size_t n = r->n_measures, k = 0;
	int64_t *v[5];
	struct spread *to[5] = { &out->hand_off, &out->ack, &out->first_post,
		&out->from_start, &out->resolve };

	for (size_t i = 0; i < 5; i++)
		v[i] = arena_array(mem, n + 1, sizeof *v[i]);
	for (size_t i = 0; i < n; i++) {
		const struct measure *m = &r->measures[i];

		if (!measure_counts(m, only))
			continue;
		v[0][k] = m->hand_off;
		v[1][k] = m->ack;
		v[2][k] = m->first_post;
		v[3][k] = m->from_start;
		v[4][k++] = m->resolve;
	}
	out->incidents = k;
	for (size_t i = 0; i < 5; i++)
		*to[i] = score_spread(mem, v[i], k);
}

struct score
score_of(struct arena *mem, const struct record *r, const struct scope *only)
{
	struct score s = { 0 };

	measures(mem, r, only, &s);
	for (size_t i = 0; i < r->n_intervals; i++) {
		if (!interval_counts(&r->intervals[i], only))
			continue;
		s.kept += r->intervals[i].kept == PROMISE_KEPT;
		s.missed += r->intervals[i].kept == PROMISE_MISSED;
		s.running += r->intervals[i].kept == PROMISE_RUNNING;
	}
	return s;
}

int
score_kept(const struct score *s)
{
	size_t all = s->kept + s->missed;

	return all == 0 ? -1 : (int)(s->kept * 1000 / all);
}

char *
score_kept_words(struct arena *mem, const struct score *s)
{
	int kept = score_kept(s);

	if (kept < 0)
		return arena_str(mem, "-");
	if (kept % 10 == 0)
		return arena_printf(mem, "%d %%", kept / 10);
	return arena_printf(mem, "%d.%d %%", kept / 10, kept % 10);
}

static void
add_month(struct arena *mem, int month, int **out, size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if ((*out)[i] == month)
			return;
	*out = arena_grow(mem, *out, *n, sizeof **out);
	(*out)[(*n)++] = month;
}

static int
earlier(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void
score_months(struct arena *mem, const struct record *r, int **out, size_t *n)
{
	*out = NULL;
	*n = 0;
	for (size_t i = 0; i < r->n_measures; i++)
		add_month(mem, when_month_of(r->measures[i].opened), out, n);
	for (size_t i = 0; i < r->n_intervals; i++)
		add_month(mem, when_month_of(r->intervals[i].due), out, n);
	if (*n != 0)
		qsort(*out, *n, sizeof **out, earlier);
}

static void
add_name(struct arena *mem, const char *name, const char ***out, size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*out)[i], name) == 0)
			return;
	if (name[0] == '\0')
		return;
	*out = arena_grow(mem, *out, *n, sizeof **out);
	(*out)[(*n)++] = name;
}

void
score_on_call(struct arena *mem, const struct record *r, const char ***out,
    size_t *n)
{
	*out = NULL;
	*n = 0;
	for (size_t i = 0; i < r->n_measures; i++)
		add_name(mem, r->measures[i].on_call, out, n);
	for (size_t i = 0; i < r->n_intervals; i++)
		add_name(mem, r->intervals[i].on_call, out, n);
}

void
score_owners(struct arena *mem, const struct record *r, const char ***out,
    size_t *n)
{
	*out = NULL;
	*n = 0;
	for (size_t i = 0; i < r->n_measures; i++)
		add_name(mem, r->measures[i].first_owner, out, n);
}
