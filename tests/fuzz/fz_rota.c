/*
 * A rota, as lines or as a calendar.  What was read holds shifts that end
 * after they begin, in a known role and level, each of a person who has the
 * role; whoever holds a level is one of them, and a gap is where nobody does.
 * What was refused says where.  A swap makes no gap.
 */
#include <stdlib.h>
#include <string.h>

#include "model/rota.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW = 1772633172, WEEK = 7 * 86400 };

static struct person persons[] = {
	{ .slug = "a", .name = "Ann A.", .roles = ROLE_COMMS | ROLE_SUPPORT },
	{ .slug = "b", .name = "Bob", .roles = ROLE_COMMS },
	{ .slug = "n", .name = "N", .roles = ROLE_NOC | ROLE_EXEC },
};

static void
must(bool so)
{
	if (!so)
		abort();
}

static void
check_holder(const struct rota *r, const struct shift *s, int64_t t)
{
	const struct person *p = rota_holder(r, s->role, s->level, t);
	const struct person *all[8];
	size_t n = rota_level(r, s->level, t, all, 8);
	int64_t change = rota_change(r, s->role, s->level, t);
	bool there = false;

	must(p != NULL && (p->roles & s->role) != 0);
	for (size_t i = 0; i < n; i++)
		there = there || all[i] == p;
	must(there);
	must(change > t && rota_holder(r, s->role, s->level, change) != p);
}

static void
check(const struct rota *r)
{
	int64_t gap = rota_gap(r, NOW, NOW + WEEK);

	for (size_t i = 0; i < r->n; i++) {
		const struct shift *s = &r->shifts[i];

		must(s->until > s->from && s->line != 0);
		must(s->level >= 1 && s->level <= ROTA_LEVELS);
		must(s->person != NULL && (s->person->roles & s->role) != 0);
		if (i < 8) {
			check_holder(r, s, s->from);
			check_holder(r, s, s->until - 1);
		}
	}
	must(gap != -1 || rota_holder(r, ROLE_COMMS, 1, NOW) != NULL);
	must(gap == -1 || rota_holder(r, ROLE_COMMS, 1, gap) == NULL);
}

/* A swap moves what its giver held, and nothing else. */
static void
check_swap(struct job *j, const struct rota *r)
{
	const struct shift over = { .from = NOW,
		.until = NOW + WEEK / 2,
		.role = ROLE_COMMS,
		.level = 1,
		.person = &persons[1] };
	struct rota s = *r;

	rota_swap(j->mem, &s, &over, &persons[0]);
	must(rota_gap(&s, NOW, NOW + WEEK) == rota_gap(r, NOW, NOW + WEEK));
	for (int64_t t = NOW - 1; t < NOW + WEEK; t += WEEK / 14) {
		const struct person *was = rota_holder(r, ROLE_COMMS, 1, t);
		bool moved = t >= NOW && t < over.until && was == &persons[0];

		must(rota_holder(&s, ROLE_COMMS, 1, t) ==
		     (moved ? &persons[1] : was));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conf c = { .rota_path = "rota",
		.timezone = "Europe/Paris",
		.persons = persons,
		.n_persons = 3 };
	struct rota r;
	struct job j;
	char *text;

	job_begin(&j, "fuzz", NOW);
	text = arena_copy(j.mem, (const char *)data, size);
	if (rota_read(&j, j.mem, &c, text, size, &r) == ST_OK) {
		check(&r);
		check_swap(&j, &r);
	} else
		must(r.n == 0 && strncmp(j.why, "rota:", 5) == 0);
	job_end(&j);
	return 0;
}
