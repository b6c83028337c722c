#include "cmd/walk.h"

#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/chores.h"
#include "cmd/collect.h"
#include "cmd/handle.h"
#include "cmd/journal.h"
#include "cmd/turn.h"
#include "flow/apply.h"
#include "flow/decide.h"

/*
 * 1. The mail is ours: raw bytes, one commit.
 */
enum status
walk_take(struct world *w, struct job *j, const struct envelope *e, int64_t *id)
{
	struct envelope copy = *e;

	return intake_take(w->db, j, &w->conf, &copy, id);
}

bool
walk_take_all(struct world *w, struct job *j, struct intake *all, size_t n)
{
	bool good = true;

	intake_take_all(w->db, j, all, n);
	for (size_t i = 0; i < n; i++)
		good = good && (all[i].st == ST_OK || all[i].st == ST_NONE);
	return good;
}

/*
 * 2. What the clock decides is a matter too; it walks from decide on.
 */
static enum status
fire(struct world *w, struct job *j, const struct timer *t)
{
	struct matter m = { .timer = t };
	struct verdict v;
	enum status st;

	if ((st = db_begin(w->db, j)) != ST_OK)
		return st;
	if ((st = collect(w, j, t->event, &m)) != ST_OK)
		goto done;
	decide(j, &m, &v);
	if ((st = apply(w->db, j, &w->conf, &w->keys, &v)) != ST_OK)
		goto done;
	if ((st = handle_tell(w, j, &m, &v, NULL, NULL)) != ST_OK)
		goto done;
	if ((st = journal_timer(w, j, t)) != ST_OK)
		goto done;
	st = db_commit(w->db, j);
done:
	db_rollback(w->db);
	return st;
}

/* A timer that can never be carried out must not stop the next ones. */
static enum status
shelve(struct world *w, const struct timer *t, int64_t now)
{
	struct job j;
	enum status st;

	job_begin(&j, "clock", now);
	if ((st = db_begin(w->db, &j)) == ST_OK &&
	    (st = timer_fired(w->db, &j, t->id)) == ST_OK)
		st = db_commit(w->db, &j);
	db_rollback(w->db);
	log_fail("step=clock timer=%d.%d event=%lld st=shelved", t->kind,
	    t->step, (long long)t->event);
	job_end(&j);
	return st;
}

/* Everything that is due by now, each in a transaction of its own. */
static enum status
ring(struct world *w, struct job *j)
{
	struct timer t;
	enum status st = ST_OK;

	while (st == ST_OK && (st = timer_first(w->db, j, &t)) == ST_OK) {
		struct job step;

		if (t.due > j->now)
			break;
		job_begin(&step, "clock", j->now);
		st = fire(w, &step, &t);
		if (st != ST_OK)
			log_fail("step=clock timer=%d.%d why=%s", t.kind,
			    t.step, step.why);
		if (st == ST_TEMP)
			(void)job_fail(j, st, "%s", step.why);
		job_end(&step);
		if (st == ST_PERM)
			st = shelve(w, &t, j->now);
	}
	return st == ST_NONE ? ST_OK : st;
}

/*
 * 3. Each that waits is read, judged, understood and routed (handle.c), then
 * decided, applied and answered in one transaction.
 */
static enum status
try(struct world *w, struct job *j, struct turn *turn,
    const struct letter_in *in)
{
	enum status st;

	if (!turn_try(turn, in->id))
		return handle_poison(w, j, in) == ST_OK ? ST_OK : ST_TEMP;
	st = handle(w, j, in);
	if (st == ST_TEMP) /* a full disk sets no mail aside */
		turn_spare(turn);
	return st;
}

static enum status
one(struct world *w, struct job *all, struct turn *turn, bool *more)
{
	struct letter_in in;
	struct job j;
	enum status st;

	job_begin(&j, "next", world_now(w));
	st = inbox_next(w->db, &j, &in);
	*more = st == ST_OK;
	if (st == ST_OK) {
		j.id = arena_printf(j.mem, "m%lld", (long long)in.id);
		st = try(w, &j, turn, &in);
		if (st != ST_OK)
			log_fail("step=handle id=%s st=%d why=%s", j.id, st,
			    j.why);
	}
	if (st == ST_TEMP) /* it is what ends the walk */
		(void)job_fail(all, st, "%s", j.why);
	db_rollback(w->db);
	job_end(&j);
	return st;
}

/*
 * What is due by now goes before the next mail, so that no mail overtakes a
 * timer; and after the last one, for what became due by it.  A clock that
 * can't go on keeps no mail from being handled.
 */
static void
catch_up(struct world *w, bool *runs)
{
	struct job j;

	if (!*runs)
		return;
	job_begin(&j, "clock", world_now(w));
	*runs = ring(w, &j) == ST_OK;
	job_end(&j);
}

enum status
walk_some(struct world *w, struct job *j, size_t most)
{
	struct turn turn;
	enum status st = turn_take(j, w->conf.state, &turn);
	bool more = true, clock = true;
	int bad = 0; /* in a row; the turn counts too, if it can write */

	if (st != ST_OK)
		return st;
	while (more && most-- != 0 && st != ST_TEMP && bad <= TURN_TRIES) {
		catch_up(w, &clock);
		st = one(w, j, &turn, &more);
		bad = st == ST_PERM ? bad + 1 : 0;
	}
	turn_give(&turn);
	return st == ST_NONE ? ST_OK : st;
}

enum status
walk_waiting(struct world *w, struct job *j)
{
	return walk_some(w, j, SIZE_MAX);
}

enum status
walk_set_back(struct world *w, struct job *j, int64_t by)
{
	size_t n = 0;
	enum status st = timer_set_back(w->db, j, by, &n);

	if (st == ST_OK && n != 0)
		log_warn("step=clock st=set-back timers=%zu", n);
	return st;
}

enum status
walk_clock(struct world *w, struct job *j)
{
	struct turn turn;
	enum status st = turn_take(j, w->conf.state, &turn);

	if (st != ST_OK)
		return st;
	if ((st = walk_set_back(w, j, 0)) == ST_OK)
		st = ring(w, j);
	if (st == ST_OK)
		st = chores_do(w, j);
	turn_give(&turn);
	return st;
}

/* It was due then, by the refusal of a page. */
static enum status
fire_named(struct world *w, struct job *j, const struct walk_timer *t)
{
	struct timer *armed;
	size_t n;
	enum status st = timer_armed(w->db, j, t->event, &armed, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++)
		if (armed[i].kind == t->kind && armed[i].step == t->step &&
		    armed[i].round == t->round)
			return fire(w, j, &armed[i]);
	return st == ST_OK ? ST_NONE : st;
}

enum status
walk_timers(struct world *w, struct job *j, const struct walk_timer *t)
{
	enum status st = ring(w, j);

	return st == ST_OK ? fire_named(w, j, t) : st;
}

enum status
walk_clock_due(struct world *w, struct job *j, int64_t *due)
{
	struct timer t;
	enum status st = chores_due(w, j, due), first;

	if (st > ST_NONE)
		return st;
	first = timer_first(w->db, j, &t);
	if (first == ST_OK && (st == ST_NONE || t.due < *due))
		*due = t.due;
	return first == ST_NONE ? st : first;
}
