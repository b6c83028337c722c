#include "flow/audience.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "text/choice.h"

struct audience {
	struct arena *mem; /* until the end */
	struct job batch;  /* until the next batch */
	struct job single; /* until the next of audience_one() */
	struct member one;
	struct recipient of_one;
	struct arena *kept; /* the variants, until forgotten */
	const char *lang;
	struct member_walk walk;
	struct member members[AUDIENCE_BATCH];
	struct recipient recipients[AUDIENCE_BATCH];
	struct variant variants[AUDIENCE_VARIANTS];
	size_t n_variants, last; /* neighbours are often alike */
	bool full, digest;
};

struct audience *
audience_new(const char *list, const char *lang, int64_t event, int64_t high)
{
	struct audience *a = calloc(1, sizeof *a);

	if (a == NULL)
		die("out of memory for an audience");
	a->mem = arena_new();
	a->kept = arena_new();
	a->walk =
	    (struct member_walk){ arena_str(a->mem, list), event, 0, high };
	a->lang = arena_str(a->mem, lang);
	return a;
}

void
audience_from(struct audience *a, int64_t first)
{
	a->walk.after = first - 1;
}

void
audience_of_digest(struct audience *a)
{
	a->digest = true;
}

void
audience_free(struct audience *a)
{
	if (a == NULL)
		return;
	arena_free(a->batch.mem);
	arena_free(a->single.mem);
	arena_free(a->kept);
	arena_free(a->mem);
	free(a);
}

bool
audience_full(const struct audience *a)
{
	return a->full;
}

void
audience_forget(struct audience *a)
{
	arena_free(a->kept);
	a->kept = arena_new();
	a->n_variants = a->last = 0;
	a->full = false;
}

const struct variant *
audience_variant(const struct audience *a, size_t i)
{
	return &a->variants[i];
}

static bool
same(const struct variant *x, const struct variant *y)
{
	return strcmp(x->lang, y->lang) == 0 && strcmp(x->zone, y->zone) == 0 &&
	       strcmp(x->format, y->format) == 0;
}

/* false: there is no room for a further variant. */
static bool
classify(struct audience *a, const struct member *m, size_t *out)
{
	struct variant v = { *m->lang == '\0' ? a->lang : m->lang, m->zone,
		a->digest && choice_is_mime(m) ? VARIANT_MIME : m->format };
	size_t i = 0;

	if (a->last < a->n_variants && same(&a->variants[a->last], &v)) {
		*out = a->last;
		return true;
	}
	while (i < a->n_variants && !same(&a->variants[i], &v))
		i++;
	if (i == AUDIENCE_VARIANTS)
		return false;
	if (i == a->n_variants) {
		v.lang = arena_str(a->kept, v.lang);
		v.zone = arena_str(a->kept, v.zone);
		v.format = arena_str(a->kept, v.format);
		a->variants[a->n_variants++] = v;
	}
	*out = a->last = i;
	return true;
}

enum status
audience_next(struct db *db, struct job *j, struct audience *a,
    const struct recipient **out, size_t *n)
{
	size_t got = 0, i;
	enum status st;

	arena_free(a->batch.mem);
	job_begin(&a->batch, j->id, j->now);
	st = member_batch(db, &a->batch, &a->walk, AUDIENCE_BATCH, a->members,
	    &got);
	if (st != ST_OK)
		return job_fail(j, st, "%s", a->batch.why);
	for (i = 0; i < got; i++) {
		struct recipient *r = &a->recipients[i];

		if (!classify(a, &a->members[i], &r->variant))
			break;
		r->member = a->walk.after = a->members[i].id;
		r->address = a->members[i].address;
		r->is = &a->members[i];
	}
	a->full = i < got;
	*out = a->recipients;
	*n = i;
	return got == 0 ? ST_NONE : ST_OK;
}

enum status
audience_one(struct db *db, struct job *j, struct audience *a, int64_t member,
    const struct recipient **out)
{
	struct member_walk walk = a->walk;
	struct recipient *r = &a->of_one;
	size_t n = 0;
	enum status st;

	walk.after = member - 1;
	walk.high = member;
	arena_free(a->single.mem);
	job_begin(&a->single, j->id, j->now);
	st = member_batch(db, &a->single, &walk, 1, &a->one, &n);
	if (st != ST_OK)
		return job_fail(j, st, "%s", a->single.why);
	if (n == 0)
		return ST_NONE;
	if (!classify(a, &a->one, &r->variant)) {
		a->full = true;
		return ST_NONE;
	}
	r->member = a->one.id;
	r->address = a->one.address;
	r->is = &a->one;
	*out = r;
	return ST_OK;
}
