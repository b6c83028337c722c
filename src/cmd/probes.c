#include "cmd/probes.h"

#include "base/when.h"
#include "cmd/journal.h"
#include "flow/rebound.h"

enum { MOST = 500 };

enum status
probes_due(struct world *w, struct job *j, int64_t *due)
{
	return rebound_due(w->db, j, due);
}

static enum status
one(struct world *w, struct job *j)
{
	const char *did = "";
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = rebound_probe(w->db, j, &w->conf, &w->keys, &did);
	if (st == ST_OK)
		st = journal_clock(w, j, 0,
		    arena_printf(j->mem, "Timer: probe\nAt: %s\n%s",
			when_rfc3339(j->mem, j->now), did));
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	return st;
}

enum status
probes_do(struct world *w, struct job *j)
{
	enum status st = ST_OK;

	for (int i = 0; i < MOST && st == ST_OK; i++)
		st = one(w, j);
	return st == ST_NONE ? ST_OK : st;
}
