/* check --selftest: a mail to ourselves, and whether it comes back. */
#include <time.h>

#include "cmd/check_in.h"
#include "cmd/outbox.h"
#include "flow/heartbeat.h"
#include "model/beat.h"

enum { PATIENCE_S = 60, LOOK_MS = 100 };

static enum status
send_one(struct world *w, struct job *j, int64_t *id)
{
	const struct heartbeat h = { &w->conf, &w->keys, NULL };
	enum status st = db_begin(w->db, j);

	if (st == ST_OK)
		st = heartbeat_send(w->db, j, &h, id);
	if (st == ST_OK)
		st = db_commit(w->db, j);
	db_rollback(w->db);
	if (st != ST_OK)
		return st;
	/* A service that runs may be faster. */
	st = outbox_send(w, j, NULL);
	if (st == ST_TEMP && j->why[0] == '\0')
		st = job_fail(j, ST_TEMP,
		    "it can't be sent, `sitrep show queue` says why");
	return st == ST_NONE ? ST_OK : st;
}

static bool
comes_back(struct world *w, struct job *j, int64_t id, struct beat *b)
{
	const struct timespec pause = { .tv_nsec = LOOK_MS * 1000000L };

	for (int i = 0; i < PATIENCE_S * 1000 / LOOK_MS; i++) {
		if (beat_get(w->db, j, id, b) == ST_OK && b->back != 0)
			return true;
		(void)nanosleep(&pause, NULL);
	}
	return false;
}

void
check_selftest(struct report *r, const struct options *o)
{
	struct world w = { 0 };
	struct beat b;
	int64_t id = 0;
	enum status st;

	job_forget(r->j);
	st = world_open(r->j, o, NEED_CONF | NEED_STORE | NEED_KEYS, &w);
	if (st == ST_OK)
		st = send_one(&w, r->j, &id);
	if (st != ST_OK)
		check_add(r, CHECK_WRONG, "self-test", "%s", r->j->why);
	else if (comes_back(&w, r->j, id, &b))
		check_add(r, CHECK_OK, "self-test", "came back after %lld s",
		    (long long)(b.back - b.sent));
	else
		check_add(r, CHECK_WRONG, "self-test",
		    "the mail to ourselves isn't back after %d s: look at the "
		    "mail server's log and queue, and whether it hands mail "
		    "for %s to sitrep",
		    PATIENCE_S, w.conf.domain);
	world_close(&w);
}
