#include "cmd/weekly.h"

#include "base/log.h"
#include "base/when.h"
#include "cmd/journal.h"
#include "model/letter.h"
#include "model/question.h"
#include "model/watch.h"
#include "text/notice.h"
#include "text/weekly.h"

enum { SHOWN = 50, /* resellers that can't be reached */ WEEK = 7 };

static const char chore[] = "weekly"; /* its row in model/watch.h */

enum status
weekly_clock_due(struct world *w, struct job *j, int64_t *due)
{
	return watch_due(w->db, j, chore, weekly_next(w->conf.timezone, j->now),
	    due);
}

static enum status
look_at(struct world *w, struct job *j, int64_t since, struct weekly_list *l)
{
	const char *slug = l->list->slug;
	struct unreached *u = NULL;
	enum status st = growth_count(w->db, j, slug, &l->growth);

	if (st == ST_OK)
		st = told_count(w->db, j, "complaints", slug, since,
		    &l->complaints);
	if (st == ST_OK && l->list->kind == LIST_ACCOUNT) {
		st = growth_accounts(w->db, j, slug, &l->growth);
		if (st == ST_OK)
			st = growth_unreached(w->db, j, slug, SHOWN, &u,
			    &l->n_unreached);
	}
	l->unreached = u;
	return st == ST_OK ? growth_counted(w->db, j, slug) : st;
}

static enum status
look(struct world *w, struct job *j, int64_t since, struct weekly *out)
{
	struct weekly_list *all =
	    arena_array(j->mem, w->conf.n_lists + 1, sizeof *all);
	enum status st = ST_OK;

	for (size_t i = 0; i < w->conf.n_lists && st == ST_OK; i++) {
		all[i].list = &w->conf.lists[i];
		st = look_at(w, j, since, &all[i]);
	}
	*out = (struct weekly){ j->now, all, w->conf.n_lists };
	return st;
}

static enum status
write(struct world *w, struct job *j, const struct weekly *report)
{
	const char *week = weekly_name(j->mem, w->conf.timezone, j->now);
	struct notice n = {
		.name = arena_printf(j->mem, "weekly.%s", week),
		.kind = LETTER_MAIL,
		.recipient = w->conf.owner,
		.to = w->conf.owner,
		.subject =
		    arena_printf(j->mem, "The lists, %s [INTERNAL]", week),
		.body = weekly_text(j->mem, report),
	};
	struct letter l;
	enum status st = notice_write(j, &w->conf, &n, &l);

	log_note("step=weekly week=%s lists=%zu", week, report->n);
	return st == ST_OK ? letter_add(w->db, j, &l) : st;
}

static bool
is_news(const struct weekly *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct growth *g = &r->lists[i].growth;

		if (g->active != g->before || g->joined != 0 || g->back != 0 ||
		    g->unreached != 0 || r->lists[i].complaints != 0)
			return true;
	}
	return false;
}

/* The first time there is nothing to compare with: it is only counted. */
static enum status
report(struct world *w, struct job *j, const struct watch *x, bool first)
{
	int64_t since = x->told == 0 ? j->now - WEEK * DAY : x->told;
	struct weekly r;
	enum status st = look(w, j, since, &r);

	if (st != ST_OK || first || !is_news(&r) || w->conf.owner[0] == '\0')
		return st;
	if ((st = write(w, j, &r)) != ST_OK)
		return st;
	return journal_clock(w, j, 0,
	    arena_printf(j->mem, "Timer: weekly\nAt: %s\n",
		when_rfc3339(j->mem, j->now)));
}

static enum status
once(struct world *w, struct job *j)
{
	int64_t next = weekly_next(w->conf.timezone, j->now);
	struct watch x = { 0 };
	enum status st = watch_get(w->db, j, chore, &x);
	bool first = st == ST_NONE;

	if (st > ST_NONE)
		return st;
	if (x.due <= j->now) {
		if ((st = report(w, j, &x, first)) != ST_OK)
			return st;
		x.told = j->now;
	} else if (x.due == next)
		return ST_OK; /* another process was faster */
	x.due = next;
	return watch_set(w->db, j, chore, &x);
}

enum status
weekly_clock(struct world *w, struct job *j)
{
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = once(w, j);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}
