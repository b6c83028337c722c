#include "cmd/chores.h"

#include "base/log.h"
#include "cmd/collect.h"
#include "cmd/gaps.h"
#include "cmd/held.h"
#include "cmd/monthly.h"
#include "cmd/probes.h"
#include "cmd/weekly.h"
#include "flow/heartbeat.h"

static enum status
pulse_due(struct world *w, struct job *j, int64_t *due)
{
	return heartbeat_due(w->db, j, &w->conf, due);
}

static enum status
pulse(struct world *w, struct job *j)
{
	struct heartbeat h = { .conf = &w->conf, .keys = &w->keys };
	struct matter m = { 0 };
	enum status st = db_begin(w->db, j);

	if (st == ST_OK && (st = collect(w, j, 0, &m)) == ST_OK) {
		h.oncall = m.people->oncall;
		st = heartbeat_look(w->db, j, &h);
	}
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

static const struct chore {
	const char *name;
	enum status (*due)(struct world *, struct job *, int64_t *);
	enum status (*run)(struct world *, struct job *);
} chores[] = {
	{ "self-test", pulse_due, pulse },
	{ "rota", gaps_due, gaps_look },
	{ "report", monthly_clock_due, monthly_clock },
	{ "lists", weekly_clock_due, weekly_clock },
	{ "probes", probes_due, probes_do },
	{ "held", held_due, held_look },
};

enum { CHORES = sizeof chores / sizeof *chores };

enum status
chores_due(struct world *w, struct job *j, int64_t *due)
{
	enum status any = ST_NONE;

	for (size_t i = 0; i < CHORES; i++) {
		int64_t t = 0;
		enum status st = chores[i].due(w, j, &t);

		if (st > ST_NONE)
			return st;
		if (st == ST_OK && (any == ST_NONE || t < *due))
			*due = t;
		if (st == ST_OK)
			any = ST_OK;
	}
	return any;
}

static enum status
one(struct world *w, struct job *j, const struct chore *c)
{
	struct job own;
	int64_t due = 0;
	enum status st;

	job_begin(&own, "clock", j->now);
	st = c->due(w, &own, &due);
	if (st == ST_OK && due <= j->now)
		st = c->run(w, &own);
	if (st > ST_NONE)
		log_fail("step=clock chore=%s why=%s", c->name, own.why);
	if (st == ST_TEMP)
		(void)job_fail(j, st, "%s", own.why);
	job_end(&own);
	return st == ST_TEMP ? ST_TEMP : ST_OK;
}

enum status
chores_do(struct world *w, struct job *j)
{
	enum status worst = ST_OK;

	for (size_t i = 0; i < CHORES; i++)
		if (one(w, j, &chores[i]) != ST_OK)
			worst = ST_TEMP;
	return worst;
}
