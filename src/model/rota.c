#include "model/rota.h"

static bool
covers(const struct shift *s, int level, int64_t t)
{
	return s->level == level && s->from <= t && t < s->until;
}

const struct person *
rota_holder(const struct rota *r, unsigned role, int level, int64_t t)
{
	for (size_t i = r->n; i-- > 0;)
		if (r->shifts[i].role == role &&
		    covers(&r->shifts[i], level, t))
			return r->shifts[i].person;
	return NULL;
}

/* Who steps in for another takes that one's place in the order: roles stand
 * as their first lines do, whoever holds them. */
size_t
rota_level(const struct rota *r, int level, int64_t t,
    const struct person **out, size_t max)
{
	unsigned seen = 0;
	size_t n = 0;

	for (size_t i = 0; i < r->n && n < max; i++) {
		const struct shift *s = &r->shifts[i];
		const struct person *p;
		bool known = false;

		if (!covers(s, level, t) || seen & s->role)
			continue;
		seen |= s->role;
		p = rota_holder(r, s->role, level, t);
		for (size_t k = 0; k < n; k++)
			known = known || out[k] == p;
		if (!known)
			out[n++] = p;
	}
	return n;
}

/* The first end or beginning of a shift of the role and level after t. */
static int64_t
next_edge(const struct rota *r, unsigned role, int level, int64_t t)
{
	int64_t next = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct shift *s = &r->shifts[i];
		int64_t edge = s->from > t ? s->from : s->until;

		if (s->role == role && s->level == level && edge > t &&
		    (next == 0 || edge < next))
			next = edge;
	}
	return next;
}

int64_t
rota_change(const struct rota *r, unsigned role, int level, int64_t t)
{
	const struct person *now = rota_holder(r, role, level, t);

	while ((t = next_edge(r, role, level, t)) != 0)
		if (rota_holder(r, role, level, t) != now)
			return t;
	return 0;
}

/* The shift of each role and level that covers t, as its first line stands. */
size_t
rota_duties(struct arena *mem, const struct rota *r, int64_t t,
    struct shift **out)
{
	size_t n = 0;

	*out = NULL;
	for (int level = 1; level <= ROTA_LEVELS; level++) {
		unsigned seen = 0;

		for (size_t i = 0; i < r->n; i++) {
			struct shift s = r->shifts[i];

			if (!covers(&s, level, t) || seen & s.role)
				continue;
			seen |= s.role;
			s.person = rota_holder(r, s.role, level, t);
			s.until = rota_change(r, s.role, level, t);
			*out = arena_grow(mem, *out, n, sizeof **out);
			(*out)[n++] = s;
		}
	}
	return n;
}

size_t
rota_held(struct arena *mem, const struct rota *r, const struct person *p,
    int64_t t, struct shift **out)
{
	size_t all = rota_duties(mem, r, t, out), n = 0;

	for (size_t i = 0; i < all; i++)
		if ((*out)[i].person == p)
			(*out)[n++] = (*out)[i];
	return n;
}

/* Does the person hold it by the file, or by a swap, now covered or not? */
static bool
holds(const struct rota *r, const struct shift *over, int64_t t,
    const struct person *p)
{
	const struct person *by_file = NULL;

	for (size_t i = 0; i < r->n; i++) {
		const struct shift *s = &r->shifts[i];

		if (s->role != over->role || !covers(s, over->level, t))
			continue;
		if (s->line == 0 && s->person == p)
			return true;
		if (s->line != 0)
			by_file = s->person;
	}
	return by_file == p;
}

void
rota_swap(struct arena *mem, struct rota *r, const struct shift *over,
    const struct person *giver)
{
	struct rota below = *r, top = { 0 };
	int64_t t = over->from, next;

	for (; t < over->until; t = next) {
		struct shift s = *over;

		next = next_edge(&below, over->role, over->level, t);
		if (next == 0 || next > over->until)
			next = over->until;
		if (!holds(&below, over, t, giver))
			continue;
		s.from = t;
		s.until = next;
		top.shifts = arena_grow(mem, top.shifts, top.n, sizeof s);
		top.shifts[top.n++] = s;
	}
	r->shifts = arena_array(mem, below.n + top.n + 1, sizeof *r->shifts);
	for (size_t i = 0; i < below.n; i++)
		r->shifts[i] = below.shifts[i];
	for (size_t i = 0; i < top.n; i++)
		r->shifts[below.n + i] = top.shifts[i];
	r->n = below.n + top.n;
}

int64_t
rota_gap(const struct rota *r, int64_t from, int64_t until)
{
	int64_t t = from;

	while (t < until) {
		int64_t end = t;

		for (size_t i = 0; i < r->n; i++)
			if (r->shifts[i].role == ROLE_COMMS &&
			    covers(&r->shifts[i], 1, t) &&
			    r->shifts[i].until > end)
				end = r->shifts[i].until;
		if (end == t)
			return t;
		t = end;
	}
	return -1;
}

int64_t
rota_gap_end(const struct rota *r, int64_t t)
{
	int64_t end = rota_change(r, ROLE_COMMS, 1, t);

	return end == 0 ? -1 : end;
}

static bool
overlaps(const struct shift *a, const struct shift *b, int64_t from,
    int64_t until)
{
	if (a->role != b->role || a->level != b->level ||
	    a->person == b->person)
		return false;
	if (a->from > from)
		from = a->from;
	if (b->from > from)
		from = b->from;
	return from < a->until && from < b->until && from < until;
}

bool
rota_overlap(const struct rota *r, int64_t from, int64_t until, size_t *a,
    size_t *b)
{
	for (; *a < r->n; (*a)++, *b = *a)
		while (++*b < r->n)
			if (overlaps(&r->shifts[*a], &r->shifts[*b], from,
				until))
				return true;
	return false;
}
