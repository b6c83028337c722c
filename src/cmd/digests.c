#include "cmd/digests.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/fair.h"
#include "cmd/issues.h"
#include "cmd/journal.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/watch.h"
#include "text/choice.h"
#include "text/period.h"
#include "text/roundup.h"

/*
 * What is approved in the last moment before the hour is committed some time
 * later: until then it can't be seen, and would be in no issue.
 */
#define GRACE MINUTE

struct due { /* one kind of digest of one list */
	const struct list *list;
	struct period period;
	const char *watch; /* its row among those of model/watch.h; told: until
			      when issues have told of everything */
};

static bool
has(const struct list *l, enum issue_period p)
{
	return l->digest == DIGEST_DAILY ||
	       (l->digest == DIGEST_WEEKLY && p == ISSUE_WEEKLY);
}

static struct due
due_of(struct world *w, struct job *j, const struct list *l,
    enum issue_period p)
{
	return (struct due){ l,
		{ conf_list_zone(&w->conf, l), l->digest_minute, p },
		arena_printf(j->mem, "digest.%s.%s", l->slug, issue_word(p)) };
}

/* The clock that was ahead, or another hour by now: to be put right at once. */
static int64_t
look_at(const struct due *d, const struct watch *x, int64_t now)
{
	int64_t next = period_next(&d->period, now - GRACE) + GRACE;

	return x->due > next ? now : x->due;
}

enum status
digests_due(struct world *w, struct job *j, int64_t *due)
{
	enum status any = ST_NONE;

	for (size_t i = 0; i < w->conf.n_lists; i++)
		for (int p = 0; p < ISSUE_PERIODS; p++) {
			const struct list *l = &w->conf.lists[i];
			struct watch x;
			struct due d;
			enum status st;
			int64_t at;

			if (!has(l, (enum issue_period)p))
				continue;
			d = due_of(w, j, l, (enum issue_period)p);
			st = watch_get(w->db, j, d.watch, &x);
			if (st > ST_NONE)
				return st;
			at = look_at(&d, &x, j->now);
			*due = any == ST_NONE || at < *due ? at : *due;
			any = ST_OK;
		}
	return any;
}

/* ---- an issue ---- */

static enum status
journal(struct world *w, struct job *j, const struct issue *i)
{
	return journal_clock(w, j, 0,
	    arena_printf(j->mem,
		"Digest: %s\nPeriod: %s\nName: %s\nSince: %s\nUntil: %s\n",
		i->list, issue_word(i->period), i->name,
		when_rfc3339(j->mem, i->from), when_rfc3339(j->mem, i->until)));
}

static enum status
letter(struct world *w, struct job *j, const struct issue *i)
{
	const struct letter l = { .kind = LETTER_BROADCAST,
		.list = i->list,
		.person = "",
		.recipient = "",
		.sender = "",
		.mid = i->mid,
		.created = j->now,
		.due = j->now,
		.status = "waiting",
		.reply = "" };
	bool any;
	enum status st = member_digests(w->db, j, i->list, &any);

	return st == ST_OK && any ? letter_add_broadcast(w->db, j, &l) : st;
}

/* *taken: there is one of that name, so all of it is for the next. */
static enum status
make(struct world *w, struct job *j, const struct due *d, int64_t from,
    int64_t until, bool *taken)
{
	struct issue i = { .list = d->list->slug,
		.period = d->period.of,
		.name = period_name(j->mem, &d->period, until),
		.from = from,
		.until = until,
		.made = j->now };
	int64_t *ids;
	size_t n;
	enum status st = issues_about(w, j, &i, &ids, &n);

	if (st == ST_NONE && i.period == ISSUE_WEEKLY)
		st = ST_OK;
	if (st != ST_OK)
		return st;
	i.volume = period_year(i.name);
	i.mid = arena_printf(j->mem, "%s@%s", roundup_id(j->mem, &i, i.list),
	    w->conf.host);
	st = issue_add(w->db, j, &i, ids, n);
	*taken = st == ST_NONE;
	if (st != ST_OK)
		return st;
	log_note("step=clock digest=%s list=%s name=%s", issue_word(i.period),
	    i.list, i.name);
	st = letter(w, j, &i);
	return st == ST_OK ? journal(w, j, &i) : st;
}

/* ---- who signs it ---- */

bool
digests_elsewhere(struct world *w, const struct issue *i, const char *address,
    int64_t now)
{
	const struct list *own = conf_list(&w->conf, i->list);
	bool found = false;

	for (size_t k = 0; k < w->conf.n_lists && !found; k++) {
		const struct list *l = &w->conf.lists[k];
		struct member m;
		struct job j;

		if (l == own || !has(l, i->period) || fair_rank(l, own) > 0)
			continue;
		job_begin(&j, "digest", now);
		found = member_find(w->db, &j, l->slug, address, &m) == ST_OK &&
			text_ieq(m.status, "active") &&
			choice_wants_digest(&m, i->period == ISSUE_WEEKLY, now);
		job_end(&j);
	}
	return found;
}

/* ---- the clock ---- */

/*
 * Moves *x on; what was before the first look isn't ours to tell, nor is what
 * was told while the clock was ahead.
 */
static enum status
look(struct world *w, struct job *j, const struct due *d, struct watch *x)
{
	int64_t at = j->now - GRACE, last = period_last(&d->period, at);
	bool is_new = x->due == 0, is_due = look_at(d, x, j->now) <= j->now;
	bool taken = false;
	enum status st = ST_OK;

	if (!is_due)
		return ST_NONE;
	x->due = period_next(&d->period, at) + GRACE;
	if (is_new || x->told > j->now)
		x->told = last;
	if (last <= x->told)
		return ST_OK;
	st = make(w, j, d, x->told, last, &taken);
	if (!taken)
		x->told = last;
	return st == ST_NONE ? ST_OK : st;
}

static enum status
once(struct world *w, struct job *j, const struct due *d)
{
	struct watch x;
	enum status st = db_begin(w->db, j);

	if (st == ST_OK && (st = watch_get(w->db, j, d->watch, &x)) <= ST_NONE)
		st = look(w, j, d, &x);
	if (st == ST_OK)
		st = watch_set(w->db, j, d->watch, &x);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st == ST_NONE ? ST_OK : st;
}

enum status
digests_again(struct world *w, struct job *j, const struct digest_made *made)
{
	bool weekly = strcmp(made->period, issue_word(ISSUE_WEEKLY)) == 0;
	const struct list *l = conf_list(&w->conf, made->list);
	struct watch x;
	struct due d;
	bool taken;
	enum status st;

	if (l == NULL)
		return job_fail(j, ST_PERM,
		    "a digest was made of the list %s, which isn't configured: "
		    "put it back as %s/%s.conf",
		    made->list, w->conf.lists_dir, made->list);
	d = due_of(w, j, l, weekly ? ISSUE_WEEKLY : ISSUE_DAILY);
	if ((st = db_begin(w->db, j)) == ST_OK &&
	    (st = watch_get(w->db, j, d.watch, &x)) <= ST_NONE)
		st = make(w, j, &d, made->from, made->until, &taken);
	x.told = made->until;
	x.due = period_next(&d.period, j->now - GRACE) + GRACE;
	if (st <= ST_NONE)
		st = watch_set(w->db, j, d.watch, &x);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

enum status
digests_look(struct world *w, struct job *j)
{
	enum status st = ST_OK;

	for (size_t i = 0; i < w->conf.n_lists; i++)
		for (int p = 0; p < ISSUE_PERIODS && st == ST_OK; p++) {
			const struct list *l = &w->conf.lists[i];
			struct due d = due_of(w, j, l, (enum issue_period)p);

			if (has(l, (enum issue_period)p))
				st = once(w, j, &d);
		}
	return st;
}
