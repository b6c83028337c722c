#include "cmd/gaps.h"

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/journal.h"
#include "flow/answer.h"
#include "model/swap.h"
#include "model/watch.h"
#include "text/alarm.h"

enum { LOOK = 60 * 60, JUMP = 2 * DAY };

static const char what[] = "rota";

/*
 * A clock that is set back by a day or so has nothing told twice; one that was
 * years ahead doesn't silence it.
 */
static enum status
state(struct world *w, struct job *j, struct watch *out)
{
	enum status st = watch_get(w->db, j, what, out);

	if (st == ST_NONE)
		st = ST_OK;
	if (out->due > j->now + LOOK)
		out->due = j->now;
	if (out->told > j->now + JUMP)
		out->told = j->now;
	return st;
}

enum status
gaps_due(struct world *w, struct job *j, int64_t *due)
{
	struct watch x;
	enum status st = state(w, j, &x);

	*due = x.due;
	return st;
}

static enum status
write_to(struct world *w, struct job *j, const char *address,
    const struct alarm *a)
{
	const struct notice n = {
		.to = address,
		.part = arena_printf(j->mem, "rota.%lld", (long long)j->now),
		.subject = a->subject,
		.body = a->body,
	};

	return answer_notice(w->db, j, &w->conf, &n);
}

/* The administrator, and every lead; one mail an address. */
static enum status
tell(struct world *w, struct job *j, const struct rota *r)
{
	const struct conf *c = &w->conf;
	struct alarm a;
	enum status st;

	alarm_gap(j, c, r, &a);
	st = write_to(w, j, c->admin, &a);
	for (size_t i = 0; i < c->n_persons && st == ST_OK; i++) {
		const struct person *p = &c->persons[i];

		if ((p->roles & (ROLE_ADMIN | ROLE_COMMS_LEAD)) != 0 &&
		    !text_ieq(p->addresses[0], c->admin))
			st = write_to(w, j, p->addresses[0], &a);
	}
	return st == ST_OK
		   ? journal_clock(w, j, 0,
			 arena_printf(j->mem, "Timer: T13\nAt: %s\n\n%s",
			     when_rfc3339(j->mem, j->now), a.body))
		   : st;
}

static enum status
look(struct world *w, struct job *j, struct watch *x)
{
	struct rota r;
	enum status st = swap_rota(w->db, j, &w->conf, &w->rota, &r);
	bool gap;

	if (st != ST_OK)
		return st;
	gap = rota_gap(&r, j->now, j->now + ROTA_AHEAD) >= 0;
	x->due = j->now + LOOK;
	if (!gap && x->told <= j->now)
		x->told = 0;
	else if (gap && (x->told == 0 || j->now - x->told >= DAY)) {
		x->told = j->now;
		st = tell(w, j, &r);
		log_warn("step=clock timer=13.1 st=told rota=gap");
	}
	if (x->told != 0 && x->told + DAY < x->due)
		x->due = x->told + DAY;
	return st == ST_OK ? watch_set(w->db, j, what, x) : st;
}

enum status
gaps_look(struct world *w, struct job *j)
{
	struct watch x;
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = state(w, j, &x);
	if (st == ST_OK && x.due <= j->now)
		st = look(w, j, &x);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}
