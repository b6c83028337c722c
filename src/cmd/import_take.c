#include "cmd/import_take.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/event.h"
#include "model/post.h"
#include "model/post_find.h"

struct said { /* one update of all */
	size_t past, update;
	int64_t at;
};

bool
import_form(const char *word, enum history_form *out)
{
	*out =
	    strcmp(word, "history") == 0 ? HISTORY_LINES : HISTORY_STATUSPAGE;
	return *out == HISTORY_LINES || strcmp(word, "statuspage") == 0;
}

enum status
import_fits(struct world *w, struct job *j, const struct history *h)
{
	int64_t first = 0, last = 0, oldest = h->list[0].updates[0].at;
	enum status st = post_times(w->db, j, &first, &last);

	if (st != ST_OK || last <= oldest)
		return st;
	return job_fail(j, ST_PERM,
	    "the newest post is of %s, the oldest to import of %s: posts are "
	    "kept in the order of time, so import before the first is posted, "
	    "into an empty store",
	    when_day(j->mem, last), when_day(j->mem, oldest));
}

/* ---- order ---- */

static int
by_time(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->past != y->past)
		return x->past < y->past ? -1 : 1;
	return x->update < y->update ? -1 : x->update > y->update;
}

static struct said *
in_order(struct job *j, const struct history *h, size_t *n)
{
	struct said *all;
	size_t k = 0;

	*n = 0;
	for (size_t i = 0; i < h->n; i++)
		*n += h->list[i].n_updates;
	all = arena_array(j->mem, *n + 1, sizeof *all);
	for (size_t i = 0; i < h->n; i++)
		for (size_t u = 0; u < h->list[i].n_updates; u++)
			all[k++] =
			    (struct said){ i, u, h->list[i].updates[u].at };
	if (k != 0)
		qsort(all, k, sizeof *all, by_time);
	return all;
}

/* ---- papers ---- */

/* As the import says, which stands over what components would make. */
static int
severity_of(enum impact i)
{
	static const int severities[] = { 4, 4, 4, 3, 2, 1 };

	return severities[i];
}

static struct event
event_of(const struct past *p)
{
	const struct past_update *last = &p->updates[p->n_updates - 1];

	return (struct event){
		.kind = "incident",
		.opened = p->updates[0].at,
		.began = p->updates[0].at,
		.source = "import",
		.reporter = "",
		.subject = p->title,
		.title = p->title,
		.phase = PH_CLOSED,
		.state = last->state,
		.severity = severity_of(p->impact),
		.impact = p->impact,
		.disclosure = DISCLOSURE_FULL,
		.owner = "",
		.on_call = "",
		.first_owner = "",
		.before = "",
		.started = p->started,
		.ended = p->ended != 0 ? p->ended : last->at,
		.closed = last->at,
		.changed = last->at,
	};
}

/* It was hurt while it was open; what was told when it was over, then. */
static enum impact
impact_at(const struct past *p, size_t i)
{
	bool open = p->updates[i].state < STATE_RESOLVED;

	for (size_t k = 0; k < p->n_updates && !open; k++)
		if (p->updates[k].state < STATE_RESOLVED)
			return IMPACT_NONE;
	return p->impact;
}

static struct post
post_of(const struct past *p, size_t i, int64_t event)
{
	const struct past_update *u = &p->updates[i];

	return (struct post){
		.event = event,
		.u = (int)i + 1,
		.r = 1,
		.posted = u->at,
		.kind = POST_UPDATE,
		.state = u->state,
		.title = p->title,
		.text = u->text,
		.lang = "en",
		.impact = impact_at(p, i),
		.impact_text = "",
		.reseller_impact = "",
		.enduser_impact = "",
		.workaround = "",
		.lasting = "",
		.social = "",
		.review = REVIEW_NONE,
		.components = u->components,
		.lists = "",
		.started = p->started,
		.ended = u->state < STATE_RESOLVED ? 0
			 : p->ended != 0           ? p->ended
						   : u->at,
		.reason = "",
		.author = "",
		.approver = "",
		.salt = "",
		.hash = "",
	};
}

/* ---- the whole ---- */

enum status
import_take(struct world *w, struct job *j, const struct history *h,
    const char ***names)
{
	struct event *events = arena_array(j->mem, h->n + 1, sizeof *events);
	enum status st = ST_OK;
	struct said *all;
	size_t n;

	*names = arena_array(j->mem, h->n + 1, sizeof **names);
	all = in_order(j, h, &n);
	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct past *p = &h->list[all[i].past];
		struct event *e = &events[all[i].past];
		struct post post;

		if (all[i].update == 0) {
			*e = event_of(p);
			st = event_save(w->db, j, e);
			(*names)[all[i].past] = event_name(j->mem, e);
		}
		post = post_of(p, all[i].update, e->id);
		if (st == ST_OK)
			st = post_add(w->db, j, &w->conf, &w->keys, &post);
	}
	return st;
}
