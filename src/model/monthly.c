#include "model/monthly.h"

#define POSTS \
	"SELECT count(*) FROM post AS p JOIN event AS e ON " \
	"e.id = p.event_id WHERE e.kind = 'incident' AND e.source != " \
	"'import' " \
	"AND p.posted >= ?1 AND p.posted < ?2 AND "
#define QUIET \
	"FROM event AS e WHERE e.kind = 'incident' AND e.source != 'import' " \
	"AND e.phase = 'closed_quiet' AND e.severity <= 3 " \
	"AND e.closed >= ?1 AND e.closed < ?2 AND e.disclosure = 'full' " \
	"AND EXISTS (SELECT 1 FROM touches AS t WHERE t.event_id = e.id AND " \
	"t.level NOT IN ('unset', 'operational'))"

static const char *const sql_counts[MONTHLY_COUNTS] = {
	[MONTHLY_POSTED] = POSTS "p.u = 1 AND p.r = 1",
	[MONTHLY_CORRECTIONS] = POSTS "p.r > 1 AND p.kind NOT IN "
				      "('withdrawn', 'redacted')",
	[MONTHLY_WITHDRAWN] = POSTS "p.kind = 'withdrawn'",
	[MONTHLY_REMOVED] = POSTS "p.kind = 'redacted'",
	[MONTHLY_BACKFILLS] = POSTS "p.r = 1 AND p.backfill = 1",
	[MONTHLY_SILENT] = POSTS "p.r = 1 AND p.notify = 0",
	[MONTHLY_QUIET] = "SELECT count(*) " QUIET,
	[MONTHLY_LIMITED] =
	    "SELECT count(DISTINCT p.event_id) FROM post AS p JOIN event AS e "
	    "ON e.id = p.event_id WHERE e.kind = 'incident' AND "
	    "p.posted >= ?1 AND p.posted < ?2 AND p.limited = 1",
	[MONTHLY_EMBARGOED] =
	    "SELECT count(*) FROM event WHERE kind = 'incident' AND "
	    "opened >= ?1 AND opened < ?2 AND disclosure = 'embargoed'",
};
static const char *const sql_climbs =
    "SELECT c.level, c.kind, count(*) FROM climb AS c JOIN event AS e ON "
    "e.id = c.event_id WHERE e.kind = 'incident' AND c.at >= ?1 AND "
    "c.at < ?2 GROUP BY c.level, c.kind ORDER BY c.level, c.kind";
static const char *const sql_incidents =
    "SELECT e.id FROM post AS p JOIN event AS e ON e.id = p.event_id WHERE "
    "e.kind = 'incident' AND e.source != 'import' AND p.u = 1 AND p.r = 1 "
    "AND p.posted >= ?1 AND p.posted < ?2 ORDER BY p.posted, p.id";
static const char *const sql_quiet =
    "SELECT e.id " QUIET " ORDER BY e.year, e.number";
static const char *const sql_first =
    "SELECT coalesce(min(opened), 0) FROM event WHERE kind = 'incident'";

enum status
monthly_counts(struct db *db, struct job *j, int64_t from, int64_t until,
    int64_t out[MONTHLY_COUNTS])
{
	enum status st = ST_OK;

	for (int i = 0; i < MONTHLY_COUNTS && st == ST_OK; i++)
		st = db_one_int(db, j, &out[i], sql_counts[i], "ii", from,
		    until);
	return st;
}

enum status
monthly_climbs(struct db *db, struct job *j, int64_t from, int64_t until,
    struct climbs **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_climbs, "ii", from, until);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct climbs){ (int)db_int(r, 0),
			(int)db_int(r, 1), db_int(r, 2) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
monthly_incidents(struct db *db, struct job *j, int64_t from, int64_t until,
    int64_t **ids, size_t *n)
{
	return db_ints(db, j, ids, n, sql_incidents, "ii", from, until);
}

enum status
monthly_quiet(struct db *db, struct job *j, int64_t from, int64_t until,
    int64_t **ids, size_t *n)
{
	return db_ints(db, j, ids, n, sql_quiet, "ii", from, until);
}

enum status
monthly_first(struct db *db, struct job *j, int64_t *out)
{
	return db_one_int(db, j, out, sql_first, "");
}
