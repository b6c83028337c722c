#include "model/promises.h"

#include "model/event.h"

#define COUNTED \
	"e.kind = 'incident' AND e.source IN ('noc', 'comms', 'support')"

/*
 * No promise reaches further than the greatest cadence_max, 14 days: what was
 * posted before needn't be looked at, however much it is.
 */
static const int64_t AHEAD = 15 * INT64_C(86400);

static const char *const sql_measures =
    "SELECT e.kind, e.year, e.number, e.opened, e.severity, e.on_call, "
    "e.first_owner, e.began, e.handed_off, e.first_acked, e.started, "
    "e.ended, e.phase = 'closed', coalesce(p.posted, 0) "
    "FROM event AS e LEFT JOIN post AS p ON p.event_id = e.id AND p.u = 1 "
    "AND p.r = 1 AND p.backfill = 0 WHERE " COUNTED
    " AND e.opened >= ?1 AND e.opened < ?2 ORDER BY e.opened, e.id";
/* Found by when it was posted, as intervals are. */
static const char *const sql_first_posts =
    "SELECT p.posted - e.opened FROM post AS p INDEXED BY post_posted "
    "CROSS JOIN event AS e ON e.id = p.event_id WHERE " COUNTED
    " AND p.u = 1 AND p.r = 1 AND p.backfill = 0 AND p.posted >= ?1 "
    "AND p.posted >= e.opened AND e.opened >= ?1 AND e.opened < ?2 "
    "ORDER BY p.posted, p.id";
static const char *const sql_intervals =
    "SELECT e.kind, e.year, e.number, p.u, e.severity, e.on_call, p.posted, "
    "p.next_update, coalesce((SELECT min(n.posted) FROM post AS n WHERE "
    "n.event_id = p.event_id AND n.u > p.u AND n.r = 1), e.closed) "
    "FROM post AS p INDEXED BY post_posted CROSS JOIN event AS e "
    "ON e.id = p.event_id WHERE " COUNTED
    " AND p.r = 1 AND p.backfill = 0 AND p.next_update != 0 "
    "AND p.posted >= ?1 - ?3 "
    "AND p.next_update >= ?1 AND p.next_update < ?2 "
    "ORDER BY p.next_update, p.id";
static const char *const sql_previews =
    "SELECT d.status_at - d.created FROM draft AS d JOIN event AS e ON "
    "e.id = d.event_id WHERE " COUNTED " AND d.status = 'approved' "
    "AND d.status_at >= ?1 AND d.status_at < ?2 ORDER BY d.id";

/* From one moment to another, where both are known and in order. */
static int64_t
between(int64_t from, int64_t until)
{
	if (from == 0 || until == 0 || until < from)
		return UNMEASURED;
	return until - from;
}

static struct measure
measure(struct rows *r, struct job *j)
{
	int64_t opened = db_int(r, 3), began = db_int(r, 7);
	int64_t handed = db_int(r, 8), started = db_int(r, 10);
	int64_t ended = db_int(r, 11), posted = db_int(r, 13);
	bool over = db_int(r, 12) != 0;

	return (struct measure){
		.event = event_name_of(j->mem, db_str(r, 0, j),
		    (int)db_int(r, 1), (int)db_int(r, 2)),
		.opened = opened,
		.severity = (int)db_int(r, 4),
		.on_call = db_str(r, 5, j),
		.first_owner = db_str(r, 6, j),
		.hand_off = between(began, handed),
		.ack = between(handed, db_int(r, 9)),
		.first_post = between(opened, posted),
		.from_start = between(started, posted),
		.resolve = over ? between(started == 0 ? began : started, ended)
				: UNMEASURED,
	};
}

enum status
promises_measures(struct db *db, struct job *j, int64_t from, int64_t until,
    struct measure **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_measures, "ii", from, until);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = measure(r, j);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

static struct interval
interval(struct rows *r, struct job *j)
{
	struct interval i = {
		.event = event_name_of(j->mem, db_str(r, 0, j),
		    (int)db_int(r, 1), (int)db_int(r, 2)),
		.u = (int)db_int(r, 3),
		.severity = (int)db_int(r, 4),
		.on_call = db_str(r, 5, j),
		.posted = db_int(r, 6),
		.due = db_int(r, 7),
		.next = db_int(r, 8),
	};
	int64_t end = i.next == 0 ? j->now : i.next;

	if (end > i.due) {
		i.kept = PROMISE_MISSED;
		i.late = end - i.due;
	} else
		i.kept = i.next == 0 ? PROMISE_RUNNING : PROMISE_KEPT;
	return i;
}

enum status
promises_intervals(struct db *db, struct job *j, int64_t from, int64_t until,
    struct interval **out, size_t *n)
{
	struct rows *r;
	enum status st =
	    db_query(db, j, &r, sql_intervals, "iii", from, until, AHEAD);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = interval(r, j);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
promises_first_posts(struct db *db, struct job *j, int64_t from, int64_t until,
    int64_t **out, size_t *n)
{
	return db_ints(db, j, out, n, sql_first_posts, "ii", from, until);
}

enum status
promises_previews(struct db *db, struct job *j, int64_t from, int64_t until,
    int64_t **out, size_t *n)
{
	return db_ints(db, j, out, n, sql_previews, "ii", from, until);
}
