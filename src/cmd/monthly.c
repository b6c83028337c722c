#include "cmd/monthly.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/collect.h"
#include "cmd/handle.h"
#include "ext/crypto.h"
#include "flow/apply.h"
#include "flow/decide.h"
#include "model/event_find.h"
#include "model/inbox.h"
#include "model/watch.h"
#include "text/monthly.h"
#include "text/posting.h"

enum { YEAR = 12 };

/* ---- figures ---- */

static enum status
span(struct world *w, struct job *j, int first, int last, struct span *out)
{
	int64_t from = when_month_begin(first);
	int64_t until = when_month_begin(last + 1), *previews;
	static const struct scope all;
	struct measure *measures;
	struct interval *intervals;
	struct record r;
	size_t n;
	enum status st =
	    promises_measures(w->db, j, from, until, &measures, &r.n_measures);

	if (st == ST_OK)
		st = promises_intervals(w->db, j, from, until, &intervals,
		    &r.n_intervals);
	if (st == ST_OK)
		st = promises_previews(w->db, j, from, until, &previews, &n);
	if (st == ST_OK)
		st = monthly_counts(w->db, j, from, until, out->counts);
	if (st != ST_OK)
		return st;
	r.measures = measures;
	r.intervals = intervals;
	out->score = score_of(j->mem, &r, &all);
	out->preview = score_spread(j->mem, previews, n);
	return ST_OK;
}

static enum status
spans(struct world *w, struct job *j, struct monthly *m)
{
	int month = m->month;
	enum status st = span(w, j, month, month, &m->now);

	if (st == ST_OK)
		st = span(w, j, month - 1, month - 1, &m->before);
	if (st == ST_OK)
		st = span(w, j, month - YEAR + 1, month, &m->year);
	return st;
}

/* ---- lists ---- */

static enum status
incidents(struct world *w, struct job *j, struct monthly *m)
{
	struct public_event *all;
	int64_t *ids;
	size_t n;
	enum status st = monthly_incidents(w->db, j, when_month_begin(m->month),
	    when_month_begin(m->month + 1), &ids, &n);

	if (st != ST_OK)
		return st;
	all = arena_array(j->mem, n + 1, sizeof *all);
	for (size_t i = 0; i < n && st == ST_OK; i++)
		st = post_public_event(w->db, j, &w->conf, ids[i], &all[i]);
	m->incidents = all;
	m->n_incidents = n;
	return st;
}

/* Components that the public knows, by their public names. */
static const char *
public_names(const struct world *w, struct job *j, const struct event *e)
{
	const char **names =
	    arena_array(j->mem, e->n_touches + 1, sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < e->n_touches; i++) {
		const struct component *c =
		    conf_component(&w->conf, e->touches[i].slug);

		if (c != NULL && c->visible &&
		    e->touches[i].level > LEVEL_OPERATIONAL)
			names[n++] = c->name;
	}
	return n == 0 ? "our services" : text_join(j->mem, names, n);
}

static enum status
quiet(struct world *w, struct job *j, struct monthly *m)
{
	struct quiet_close *all;
	struct event e;
	int64_t *ids;
	size_t n;
	enum status st = monthly_quiet(w->db, j, when_month_begin(m->month),
	    when_month_begin(m->month + 1), &ids, &n);

	if (st != ST_OK)
		return st;
	all = arena_array(j->mem, n + 1, sizeof *all);
	for (size_t i = 0; i < n && st == ST_OK; i++) {
		if ((st = event_get(w->db, j, ids[i], &e)) != ST_OK)
			break;
		all[i] = (struct quiet_close){ event_name(j->mem, &e),
			public_names(w, j, &e),
			e.ended - (e.started == 0 ? e.began : e.started) };
	}
	m->quiet = all;
	m->n_quiet = n;
	return st;
}

static enum status
gather(struct world *w, struct job *j, struct monthly *m)
{
	int64_t from = when_month_begin(m->month);
	int64_t until = when_month_begin(m->month + 1);
	struct interval *promises;
	struct climbs *climbs;
	enum status st = spans(w, j, m);

	m->url = w->conf.url;
	if (st == ST_OK)
		st = incidents(w, j, m);
	if (st == ST_OK)
		st = quiet(w, j, m);
	if (st == ST_OK)
		st = promises_intervals(w->db, j, from, until, &promises,
		    &m->n_promises);
	if (st == ST_OK)
		st = monthly_climbs(w->db, j, from, until, &climbs,
		    &m->n_climbs);
	if (st != ST_OK)
		return st;
	m->promises = promises;
	m->climbs = climbs;
	return ST_OK;
}

/* ---- may it be? ---- */

static enum status
is_over(struct world *w, struct job *j, int month)
{
	char *name = when_month_name(j->mem, month);
	int64_t first;
	enum status st;

	if (month >= when_month_of(j->now))
		return job_fail(j, ST_PERM,
		    "%s isn't over: its report can be made from %s on", name,
		    when_day(j->mem, when_month_begin(month + 1)));
	if ((st = monthly_first(w->db, j, &first)) != ST_OK)
		return st;
	if (first == 0)
		return job_fail(j, ST_PERM,
		    "nothing is known of %s: there was no incident yet", name);
	if (month < when_month_of(first))
		return job_fail(j, ST_PERM,
		    "nothing is known of %s: the first incident was in %s",
		    name, when_month_name(j->mem, when_month_of(first)));
	return ST_OK;
}

/* The report of a month as it stands; ST_NONE: there is none. */
static enum status
find(struct world *w, struct job *j, int month, int64_t *id)
{
	struct event_found found;
	enum status st = event_find_name(w->db, j, "report", month / YEAR,
	    month % YEAR + 1, &found);

	*id = st == ST_OK ? found.id : 0;
	return st;
}

static enum status
is_free(struct job *j, const struct matter *m)
{
	if (m->n_posts == 0)
		return ST_OK;
	return job_fail(j, ST_PERM,
	    "%s was published on %s: to change it, reply to its mail with "
	    "correct u1 and the whole text",
	    event_name(j->mem, m->event), when_day(j->mem, m->posts[0].posted));
}

/* ---- the draft ---- */

static enum status
journal(struct world *w, struct job *j, const struct monthly_wish *wish,
    const struct verdict *v)
{
	const char *raw = arena_printf(j->mem, "Report: %s\nDraft: d%d\n",
	    when_month_name(j->mem, wish->month), v->draft.n);
	const struct envelope e = {
		.source = wish->source,
		.actor = wish->actor,
		.from = "",
		.recipient = "",
		.received = j->now,
		.sha = crypto_sha256_hex(j->mem, raw, strlen(raw)),
		.size = strlen(raw),
		.raw = raw,
		.n = strlen(raw),
	};

	return inbox_journal(w->db, j, &e, v->event.id);
}

static enum status
write_paper(struct world *w, struct job *j, const struct monthly_wish *wish,
    struct report_paper *out)
{
	struct monthly m = { .month = wish->month };
	enum status st = gather(w, j, &m);

	if (st != ST_OK)
		return st;
	*out = (struct report_paper){
		.year = wish->month / YEAR,
		.month = wish->month % YEAR + 1,
		.title = monthly_title(j->mem, wish->month),
		.text = monthly_text(j->mem, &m),
		.source = wish->source,
		.missed = m.now.score.missed,
	};
	return ST_OK;
}

/* The road of every matter: decide, apply, tell, journal. */
static enum status
walk(struct world *w, struct job *j, const struct monthly_wish *wish,
    struct verdict *v)
{
	struct report_paper paper;
	struct matter m = { .report = &paper };
	int64_t id;
	enum status st = find(w, j, wish->month, &id);

	if (st == ST_OK || st == ST_NONE)
		st = collect(w, j, id, &m);
	if (st == ST_OK)
		st = is_free(j, &m);
	if (st == ST_OK)
		st = write_paper(w, j, wish, &paper);
	if (st != ST_OK)
		return st;
	decide(j, &m, v);
	if ((st = apply(w->db, j, &w->conf, &w->keys, v)) != ST_OK)
		return st;
	if ((st = handle_tell(w, j, &m, v, NULL, NULL)) != ST_OK)
		return st;
	return journal(w, j, wish, v);
}

static enum status
make(struct world *w, struct job *j, const struct monthly_wish *wish,
    struct monthly_draft *out)
{
	const struct person *p;
	struct verdict v;
	enum status st = is_over(w, j, wish->month);

	if (st == ST_OK)
		st = walk(w, j, wish, &v);
	if (st != ST_OK)
		return st;
	p = conf_person(&w->conf, v.event.owner);
	*out = (struct monthly_draft){ event_name(j->mem, &v.event), v.draft,
		p == NULL ? "" : p->name };
	return ST_OK;
}

enum status
monthly_make(struct world *w, struct job *j, const struct monthly_wish *wish,
    struct monthly_draft *out)
{
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = make(w, j, wish, out);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

/* ---- the clock ---- */

/* Its row among those of model/watch.h. */
static const char chore[] = "report";

enum status
monthly_clock_due(struct world *w, struct job *j, int64_t *due)
{
	return watch_due(w->db, j, chore,
	    monthly_next(w->conf.timezone, j->now), due);
}

/* Of the month before; none where somebody was faster. */
static enum status
draft_last(struct world *w, struct job *j)
{
	struct civil c = when_local(w->conf.timezone, j->now);
	struct monthly_wish wish = { c.year * YEAR + c.month - 2, "clock", "" };
	struct monthly_draft made;
	int64_t id;
	enum status st = find(w, j, wish.month, &id);

	return st == ST_NONE ? make(w, j, &wish, &made) : st;
}

static enum status
clock_once(struct world *w, struct job *j, bool draft)
{
	struct watch x = { 0 };
	enum status st = db_begin(w->db, j);
	int64_t next;
	bool is_due;

	if (st == ST_OK && (st = watch_get(w->db, j, chore, &x)) == ST_NONE)
		st = ST_OK;
	next = monthly_next(w->conf.timezone, j->now);
	is_due = x.due <= j->now;
	/* The month before the installation isn't ours to report. */
	if (st == ST_OK && draft && x.due != 0 && is_due) {
		st = draft_last(w, j);
		x.told = j->now;
	}
	/* Beyond the next: the clock was ahead. */
	is_due = is_due || x.due > next;
	x.due = next;
	if (st == ST_OK && is_due)
		st = watch_set(w->db, j, chore, &x);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

enum status
monthly_clock(struct world *w, struct job *j)
{
	struct job own;
	enum status st;

	job_begin(&own, "report", j->now);
	st = clock_once(w, &own, true);
	/* What can't be drafted now can't be in a minute: it is left out. */
	if (st == ST_PERM) {
		log_warn("step=clock report=none why=%s", own.why);
		job_forget(&own);
		st = clock_once(w, &own, false);
	}
	if (st != ST_OK)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st;
}
