#include "cmd/fair.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "flow/dlog.h"
#include "model/post_find.h"
#include "text/choice.h"
#include "text/posting.h"

struct rival { /* another list that the event goes to */
	const struct list *list;
	bool has_word; /* and this update, and it comes before ours */
	bool waits;    /* not sent to all of it yet */
	int64_t high;
	struct twin *twins; /* of the batch, in its order */
	size_t n;
};

struct early { /* an update that isn't with everybody of our list yet */
	struct choice choice;
	struct dlog *log;
	int64_t high;
};

struct fair {
	struct world *w;
	const struct letter *letter;
	const struct list *list;
	struct choice choice;
	struct dlog *had; /* earlier updates, on all lists; NULL: all get all */
	struct dlog *have; /* this one, by lists that have the word */
	struct rival *rivals;
	size_t n_rivals;
	struct early *early;
	size_t n_early;
	struct job batch;
};

static const int
    ranks[] = { [LIST_ACCOUNT] = 0, [LIST_OPEN] = 1, [LIST_INTERNAL] = 2 };

int
fair_rank(const struct list *a, const struct list *b)
{
	int by_kind = ranks[a->kind] - ranks[b->kind];

	return by_kind != 0 ? by_kind : strcmp(a->slug, b->slug);
}

/* ---- what the letters of the event say ---- */

static struct rival *
rival(struct fair *f, struct job *j, const struct list *l)
{
	for (size_t i = 0; i < f->n_rivals; i++)
		if (f->rivals[i].list == l)
			return &f->rivals[i];
	f->rivals =
	    arena_grow(j->mem, f->rivals, f->n_rivals, sizeof *f->rivals);
	f->rivals[f->n_rivals] = (struct rival){ .list = l };
	return &f->rivals[f->n_rivals++];
}

struct ids { /* of letters, for flow/dlog.h */
	int64_t *id;
	size_t n;
};

static void
add_id(struct job *j, struct ids *ids, int64_t id)
{
	ids->id = arena_grow(j->mem, ids->id, ids->n, sizeof *ids->id);
	ids->id[ids->n++] = id;
}

static bool
is_waiting(const struct letter *l)
{
	return strcmp(l->status, "waiting") == 0;
}

/* The same update on another list. */
static void
see_rival(struct fair *f, struct job *j, const struct letter *l,
    struct ids *have)
{
	const struct list *list = conf_list(&f->w->conf, l->list);
	struct rival *r;

	if (list == NULL || list == f->list)
		return;
	r = rival(f, j, list);
	if (l->post != f->letter->post || fair_rank(list, f->list) > 0)
		return;
	r->has_word = true;
	r->waits = is_waiting(l);
	r->high = l->high;
	add_id(j, have, l->id);
}

static enum status
see_early(struct fair *f, struct job *j, const struct letter *l,
    const struct public_event *e)
{
	struct early early = { .high = l->high };
	int64_t event;
	int u, r;
	size_t at;
	enum status st = post_where(f->w->db, j, l->post, &event, &u, &r);

	if (st != ST_OK || (at = posting_place(e, u, r)) == e->n_updates)
		return st == ST_NONE ? ST_OK : st;
	st = dlog_look(j, f->w->conf.state, &l->id, 1, &early.log);
	if (st != ST_OK)
		return st;
	choice_of(j->mem, &f->w->conf, e, at, &early.choice);
	f->early = arena_grow(j->mem, f->early, f->n_early, sizeof *f->early);
	f->early[f->n_early++] = early;
	return ST_OK;
}

/* Only who chose something could be left out of what he got the first of. */
static enum status
is_choosy(const struct fair *f, struct job *j, bool *out)
{
	enum status st = member_choosy(f->w->db, j, f->letter->list, out);

	for (size_t i = 0; i < f->n_rivals && st == ST_OK && !*out; i++)
		st = member_choosy(f->w->db, j, f->rivals[i].list->slug, out);
	return st;
}

static enum status
look(struct fair *f, struct job *j, const struct public_event *e)
{
	struct ids had = { NULL, 0 }, have = { NULL, 0 };
	const char *state = f->w->conf.state;
	struct letter *all;
	bool choosy = false;
	size_t n;
	enum status st =
	    letter_of_event(f->w->db, j, f->letter->event, &all, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++)
		if (all[i].kind == LETTER_BROADCAST)
			see_rival(f, j, &all[i], &have);
	if (st == ST_OK && have.n != 0)
		st = dlog_look(j, state, have.id, have.n, &f->have);
	if (st == ST_OK)
		st = is_choosy(f, j, &choosy);
	for (size_t i = 0; st == ST_OK && choosy && i < n; i++) {
		const struct letter *l = &all[i];

		if (l->kind != LETTER_BROADCAST || l->id >= f->letter->id ||
		    l->post == f->letter->post)
			continue;
		add_id(j, &had, l->id);
		if (is_waiting(l) && strcmp(l->list, f->letter->list) == 0)
			st = see_early(f, j, l, e);
	}
	if (st == ST_OK && had.n != 0)
		st = dlog_look(j, state, had.id, had.n, &f->had);
	return st;
}

enum status
fair_open(struct world *w, struct job *j, const struct letter *l,
    const struct public_event *e, size_t update, struct fair **out)
{
	struct fair *f = calloc(1, sizeof *f);
	enum status st;

	if (f == NULL)
		die("out of memory for a broadcast");
	f->w = w;
	f->letter = l;
	f->list = conf_list(&w->conf, l->list);
	choice_of(j->mem, &w->conf, e, update, &f->choice);
	job_begin(&f->batch, "broadcast", j->now);
	st = look(f, j, e);
	*out = st == ST_OK ? f : NULL;
	if (st != ST_OK)
		fair_close(f);
	return st;
}

void
fair_close(struct fair *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n_early; i++)
		dlog_close(f->early[i].log);
	dlog_close(f->had);
	dlog_close(f->have);
	job_end(&f->batch);
	free(f);
}

/* ---- a batch ---- */

enum status
fair_batch(struct fair *f, struct job *j, const struct recipient *batch,
    size_t n)
{
	enum status st = ST_OK;

	if (f == NULL)
		return ST_OK;
	job_end(&f->batch);
	job_begin(&f->batch, j->id, j->now);
	for (size_t i = 0; i < f->n_rivals && st == ST_OK && n != 0; i++) {
		struct rival *r = &f->rivals[i];
		const struct member_walk of = { f->letter->list,
			f->letter->event, batch[0].member - 1,
			batch[n - 1].member };

		st = member_twins(f->w->db, &f->batch, &of, r->list->slug,
		    &r->twins, &r->n);
	}
	return st == ST_OK ? st : job_fail(j, st, "%s", f->batch.why);
}

static int
by_member(const void *key, const void *element)
{
	const int64_t *id = key;
	const struct twin *t = element;

	return *id < t->of ? -1 : *id > t->of;
}

static const struct member *
twin(const struct rival *r, int64_t member)
{
	const struct twin *t =
	    r->n == 0 ? NULL
		      : bsearch(&member, r->twins, r->n, sizeof *t, by_member);

	return t == NULL ? NULL : &t->is;
}

/* He got an earlier update, or is still to get one. */
static bool
has_begun(const struct fair *f, const struct recipient *r, int64_t now)
{
	if (f->had != NULL && dlog_done(f->had, r->member))
		return true;
	for (size_t i = 0; i < f->n_rivals && f->had != NULL; i++) {
		const struct member *t = twin(&f->rivals[i], r->member);

		if (t != NULL && dlog_done(f->had, t->id))
			return true;
	}
	for (size_t i = 0; i < f->n_early; i++) {
		const struct early *e = &f->early[i];

		if (r->member <= e->high && !dlog_done(e->log, r->member) &&
		    choice_wants(&e->choice, r->is, false, now))
			return true;
	}
	return false;
}

static bool
gets_by(const struct fair *f, const struct rival *r, const struct member *t,
    bool begun, int64_t now)
{
	if (f->have != NULL && dlog_done(f->have, t->id))
		return true;
	return r->waits && t->id <= r->high &&
	       strcmp(t->status, "active") == 0 &&
	       choice_wants(&f->choice, t, begun, now);
}

bool
fair_wants(const struct fair *f, const struct recipient *r, int64_t now)
{
	bool begun = has_begun(f, r, now);

	if (!choice_wants(&f->choice, r->is, begun, now))
		return false;
	for (size_t i = 0; i < f->n_rivals; i++) {
		const struct rival *x = &f->rivals[i];
		const struct member *t =
		    x->has_word ? twin(x, r->member) : NULL;

		if (t != NULL && gets_by(f, x, t, begun, now))
			return false;
	}
	return true;
}
