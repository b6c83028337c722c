#include "model/timer.h"

enum { CADENCE = 4 /* the T4 of a promised update */ };

#define COLUMNS "id, event_id, kind, step, round, since, due_at"
#define ARMED "fired_at IS NULL AND cancelled_at IS NULL"

static const char *const sql_arm =
    "INSERT INTO timer (event_id, kind, step, round, since, due_at, reason) "
    "SELECT ?1, ?2, ?3, coalesce(max(round), 0) + 1, ?4, ?5, '' FROM timer "
    "WHERE event_id = ?1 AND kind = ?2 AND step = ?3";
static const char *const sql_cancel =
    "UPDATE timer SET cancelled_at = ?3, reason = ?4 WHERE event_id = ?1 AND "
    "(kind = ?2 OR ?2 = 0) AND " ARMED;
static const char *const sql_hasten =
    "UPDATE timer SET since = since - (due_at - ?3), due_at = ?3 WHERE "
    "due_at > ?3 AND id = (SELECT t.id FROM timer t JOIN event e ON "
    "e.id = t.event_id WHERE t.event_id = ?1 AND t.kind = ?2 AND "
    "t.fired_at IS NULL AND t.cancelled_at IS NULL AND e.severity <= 3 "
    "ORDER BY t.due_at, t.step, t.id LIMIT 1)";
static const char *const sql_ahead =
    "SELECT " COLUMNS " FROM timer INDEXED BY timer_due WHERE " ARMED
    " AND since > ?1 AND (SELECT changed FROM event WHERE id = event_id) > ?1 "
    "ORDER BY since DESC";
static const char *const sql_set_back =
    "UPDATE timer SET since = min(since - ?2, ?3), due_at = due_at - ?2 "
    "WHERE id = ?1 AND " ARMED;
static const char *const sql_event_back =
    "UPDATE event SET began = min(began, ?4), next_update = "
    "iif(next_update != 0 AND ?3, next_update - ?2, next_update) WHERE id = ?1";
static const char *const sql_fired =
    "UPDATE timer SET fired_at = ?2 WHERE id = ?1 AND " ARMED;
static const char *const sql_armed =
    "SELECT " COLUMNS " FROM timer WHERE event_id = ?1 AND " ARMED
    " ORDER BY due_at, kind, step";
static const char *const sql_fired_last =
    "SELECT " COLUMNS " FROM timer WHERE id IN (SELECT max(id) FROM timer "
    "WHERE event_id = ?1 AND fired_at IS NOT NULL GROUP BY kind) ORDER BY kind";
static const char *const sql_past =
    "SELECT " COLUMNS ", coalesce(fired_at, 0), coalesce(cancelled_at, 0), "
    "reason FROM timer WHERE event_id = ?1 ORDER BY id";
static const char *const sql_first =
    "SELECT " COLUMNS " FROM timer WHERE " ARMED
    " ORDER BY due_at, kind, step, id LIMIT 1";

static void
columns(struct rows *r, struct timer *t)
{
	*t = (struct timer){
		.id = db_int(r, 0),
		.event = db_int(r, 1),
		.kind = (int)db_int(r, 2),
		.step = (int)db_int(r, 3),
		.round = (int)db_int(r, 4),
		.since = db_int(r, 5),
		.due = db_int(r, 6),
	};
}

enum status
timer_arm(struct db *db, struct job *j, const struct timer *t)
{
	return db_run(db, j, sql_arm, "innii", t->event, t->kind, t->step,
	    t->since, t->due);
}

enum status
timer_cancel(struct db *db, struct job *j, int64_t event, int kind,
    const char *reason)
{
	return db_run(db, j, sql_cancel, "inis", event, kind, j->now, reason);
}

enum status
timer_hasten(struct db *db, struct job *j, int64_t event, int kind)
{
	enum status st = db_run(db, j, sql_hasten, "ini", event, kind, j->now);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

static enum status
ahead(struct db *db, struct job *j, struct timer **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_ahead, "i", j->now);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		columns(r, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
set_back(struct db *db, struct job *j, const struct timer *t, int64_t by)
{
	bool promise = t->kind == CADENCE;
	enum status st = db_run(db, j, sql_set_back, "iii", t->id, by, j->now);

	return st == ST_OK ? db_run(db, j, sql_event_back, "iini", t->event, by,
				 (int)promise, j->now)
			   : st;
}

enum status
timer_set_back(struct db *db, struct job *j, int64_t by, size_t *n)
{
	struct timer *all;
	enum status st = ahead(db, j, &all, n);

	if (st != ST_OK || *n == 0)
		return st;
	if (by < all[0].since - j->now)
		by = all[0].since - j->now;
	if ((st = db_begin(db, j)) != ST_OK)
		return st;
	for (size_t i = 0; i < *n && st == ST_OK; i++)
		st = set_back(db, j, &all[i], by);
	if (st == ST_OK)
		st = db_commit(db, j);
	db_rollback(db);
	return st;
}

enum status
timer_fired(struct db *db, struct job *j, int64_t id)
{
	return db_run(db, j, sql_fired, "ii", id, j->now);
}

static enum status
of_event(struct db *db, struct job *j, const char *sql, int64_t event,
    struct timer **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql, "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		columns(r, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
timer_armed(struct db *db, struct job *j, int64_t event, struct timer **out,
    size_t *n)
{
	return of_event(db, j, sql_armed, event, out, n);
}

enum status
timer_fired_last(struct db *db, struct job *j, int64_t event,
    struct timer **out, size_t *n)
{
	return of_event(db, j, sql_fired_last, event, out, n);
}

enum status
timer_first(struct db *db, struct job *j, struct timer *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_first, "");

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK)
		columns(r, out);
	db_end(r);
	return st;
}

enum status
timer_past(struct db *db, struct job *j, int64_t event, struct timer_fate **out,
    size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_past, "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		struct timer_fate *t;

		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		t = &(*out)[(*n)++];
		columns(r, &t->timer);
		t->fired = db_int(r, 7);
		t->cancelled = db_int(r, 8);
		t->reason = db_str(r, 9, j);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}
