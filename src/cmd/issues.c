#include "cmd/issues.h"

#include <stdlib.h>

#include "base/when.h"
#include "cmd/checkpoint.h"
#include "flow/compose.h"
#include "flow/texts.h"
#include "model/post.h"
#include "model/post_find.h"
#include "text/roundup.h"
#include "text/service.h"

/* ---- events ---- */

static enum status
load(struct world *w, struct job *j, const struct issue *i, int64_t id,
    struct roundup_event *out)
{
	enum status st =
	    post_public_event_at(w->db, j, &w->conf, id, i->from, &out->then);

	if (st <= ST_NONE)
		st = post_public_event_at(w->db, j, &w->conf, id, i->until,
		    &out->now);
	return st;
}

static bool
open_at(const struct public_event *e)
{
	return e->n_updates != 0 && !e->report && posting_open(e->state);
}

static bool
is_about(const struct issue *i, const struct roundup_event *e)
{
	const struct public_update *u = e->now.updates;

	for (size_t k = 0; k < e->now.n_updates; k++)
		if (u[k].posted >= i->from && u[k].posted < i->until)
			return true;
	return open_at(&e->then) || open_at(&e->now);
}

static void
add_id(struct job *j, int64_t id, int64_t **ids, size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if ((*ids)[i] == id)
			return;
	*ids = arena_grow(j->mem, *ids, *n, sizeof **ids);
	(*ids)[(*n)++] = id;
}

/*
 * Whatever was open at a time is open now or has a post since.  Each event is
 * loaded in an arena of its own: there may be many, and few are kept.
 */
static enum status
keep(struct world *w, struct job *j, const struct issue *i, const int64_t *from,
    size_t n_from, int64_t **ids, size_t *n, bool *news)
{
	enum status st = ST_OK;

	for (size_t k = 0; k < n_from && st <= ST_NONE; k++) {
		struct roundup_event e;
		struct roundup r = { .issue = i, .events = &e, .n = 1 };
		struct job own;

		job_begin(&own, j->id, j->now);
		st = load(w, &own, i, from[k], &e);
		if (st == ST_OK && is_about(i, &e)) {
			add_id(j, from[k], ids, n);
			*news |= !roundup_is_empty(&r);
		}
		if (st > ST_NONE)
			(void)job_fail(j, st, "%s", own.why);
		job_end(&own);
	}
	return st > ST_NONE ? st : ST_OK;
}

enum status
issues_about(struct world *w, struct job *j, const struct issue *i,
    int64_t **ids, size_t *n)
{
	int64_t *said = NULL, *open = NULL;
	size_t n_said = 0, n_open = 0;
	bool news = false;
	enum status st =
	    post_events_between(w->db, j, i->from, INT64_MAX, &said, &n_said);

	*ids = NULL;
	*n = 0;
	if (st == ST_OK)
		st = post_events_open(w->db, j, &open, &n_open);
	if (st == ST_OK)
		st = keep(w, j, i, said, n_said, ids, n, &news);
	if (st == ST_OK)
		st = keep(w, j, i, open, n_open, ids, n, &news);
	return st == ST_OK && !news ? ST_NONE : st;
}

static enum status
events(struct world *w, struct job *j, struct roundup *out)
{
	struct roundup_event *list;
	int64_t *ids = NULL;
	size_t n = 0;
	enum status st = issue_events(w->db, j, out->issue->id, &ids, &n);

	list = arena_array(j->mem, n + 1, sizeof *list);
	for (size_t i = 0; i < n && st <= ST_NONE; i++) {
		st = load(w, j, out->issue, ids[i], &list[out->n]);
		out->n += st == ST_OK;
	}
	out->events = list;
	return st > ST_NONE ? st : ST_OK;
}

static enum status
read_texts(struct world *w, struct job *j, const struct roundup *r)
{
	struct public_event **all =
	    arena_array(j->mem, r->n + 1, sizeof(void *));

	for (size_t i = 0; i < r->n; i++) {
		all[i] = arena_alloc(j->mem, sizeof **all);
		*all[i] = r->events[i].now; /* its updates are the same */
	}
	return texts_read(j, &w->conf.limits, all, r->n);
}

/* ---- services ---- */

static size_t
levels(struct world *w, struct job *j, const struct roundup *r, bool now,
    struct service **out)
{
	struct public_event *all = arena_array(j->mem, r->n + 1, sizeof *all);
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct public_event *e =
		    now ? &r->events[i].now : &r->events[i].then;

		if (open_at(e))
			all[n++] = *e;
	}
	return service_list(j->mem, &w->conf, all, n, out);
}

static void
services(struct world *w, struct job *j, struct roundup *out)
{
	struct service *then, *now;
	struct roundup_service *list;
	size_t n = levels(w, j, out, true, &now);

	(void)levels(w, j, out, false, &then);
	list = arena_array(j->mem, n + 1, sizeof *list);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct roundup_service){ now[i].name, then[i].level,
			now[i].level };
	out->services = list;
	out->n_services = n;
}

/* ---- the rest ---- */

/* A day without a post has no checkpoint: the last one that has. */
static enum status
checkpoint(struct world *w, struct job *j, struct roundup *out)
{
	int64_t midnight = out->issue->until - out->issue->until % DAY;
	struct buf b = BUF_INIT;
	struct chain_head h;
	enum status st = chain_head(w->db, j, midnight, &h);

	out->checkpoint = out->checkpoint_path = "";
	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	st = checkpoint_of_day(w, j, h.posted - h.posted % DAY,
	    &out->checkpoint_path, &b);
	out->checkpoint = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return st;
}

static enum status
before(struct world *w, struct job *j, struct roundup *out)
{
	struct issue *i = arena_alloc(j->mem, sizeof *i);
	enum status st =
	    issue_before(w->db, j, out->issue->period, out->issue->id, i);

	out->before = st == ST_OK ? i : NULL;
	return st == ST_NONE ? ST_OK : st;
}

enum status
issues_gather(struct world *w, struct job *j, const struct issue *i, bool texts,
    struct roundup *out)
{
	enum status st;

	*out = (struct roundup){ .issue = i };
	if ((st = events(w, j, out)) != ST_OK ||
	    (st = before(w, j, out)) != ST_OK ||
	    (st = checkpoint(w, j, out)) != ST_OK)
		return st;
	services(w, j, out);
	return texts ? read_texts(w, j, out) : ST_OK;
}

/* ---- parts ---- */

struct said_at { /* of an update among those of the issue */
	int64_t posted;
	size_t event, update;
};

static int
by_time(const void *a, const void *b)
{
	const struct said_at *x = a, *y = b;

	if (x->posted != y->posted)
		return x->posted < y->posted ? -1 : 1;
	if (x->event != y->event)
		return x->event < y->event ? -1 : 1;
	return x->update < y->update ? -1 : x->update > y->update;
}

static size_t
places(struct job *j, const struct roundup *r, struct said_at **out)
{
	size_t n = 0;

	*out = NULL;
	for (size_t i = 0; i < r->n; i++) {
		const struct public_event *e = &r->events[i].now;

		for (size_t k = 0; k < e->n_updates; k++) {
			if (!roundup_has(r, &e->updates[k]))
				continue;
			*out = arena_grow(j->mem, *out, n, sizeof **out);
			(*out)[n++] =
			    (struct said_at){ e->updates[k].posted, i, k };
		}
	}
	if (n != 0)
		qsort(*out, n, sizeof **out, by_time);
	return n;
}

enum status
issues_parts(struct world *w, struct job *j, const struct list *l,
    const struct roundup *r, const struct variant *v, struct mailer_part **out,
    size_t *n)
{
	struct said_at *list;
	enum status st = ST_OK;

	*n = places(j, r, &list);
	*out = arena_array(j->mem, *n + 1, sizeof **out);
	for (size_t i = 0; i < *n && st == ST_OK; i++)
		st = compose_part(j, &w->conf, l, &r->events[list[i].event].now,
		    list[i].update, v, &(*out)[i]);
	return st;
}
