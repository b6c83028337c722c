#include "model/post_find.h"

#include "base/text.h"

static const char *const sql_where =
    "SELECT event_id, u, r FROM post WHERE id = ?1";
static const char *const sql_changed =
    "SELECT DISTINCT event_id FROM post NOT INDEXED WHERE id > ?1 "
    "ORDER BY event_id";
static const char *const sql_between =
    "SELECT DISTINCT event.id FROM post JOIN event ON event.id = "
    "post.event_id WHERE posted >= ?1 AND posted < ?2 "
    "ORDER BY event.year, event.number";
static const char *const sql_open =
    "SELECT id FROM event WHERE closed = 0 "
    "AND EXISTS (SELECT 1 FROM post WHERE post.event_id = event.id) "
    "ORDER BY year, number";
static const char *const sql_removed =
    "SELECT count(*) FROM post WHERE id > ?1 AND kind = 'redacted'";
static const char *const sql_removals =
    "SELECT count(*) FROM post WHERE event_id = ?1 AND kind = 'redacted'";
static const char *const sql_newest = "SELECT coalesce(max(id), 0) FROM post";
static const char *const sql_report =
    "SELECT event.id FROM event JOIN post ON post.event_id = event.id "
    "WHERE event.kind = 'report' ORDER BY year DESC, number DESC LIMIT 1";
static const char *const sql_said =
    "SELECT post.id, event_id, u, posted, components, event.kind FROM post "
    "JOIN event ON event.id = event_id WHERE post.id > ?1 "
    "ORDER BY post.id LIMIT 2000";
static const char *const sql_first =
    "SELECT coalesce(min(posted), 0) FROM post";
static const char *const sql_last_time =
    "SELECT coalesce(max(posted), 0) FROM post";
static const char *const sql_latest =
    "SELECT event_id FROM post JOIN event ON event.id = event_id "
    "WHERE u = 1 AND r = 1 AND event.kind != 'report' "
    "ORDER BY post.id DESC LIMIT ?1";

enum status
post_events_changed(struct db *db, struct job *j, int64_t since, int64_t **ids,
    size_t *n, int64_t *newest)
{
	enum status st = db_one_int(db, j, newest, sql_newest, "");

	return st == ST_OK ? db_ints(db, j, ids, n, sql_changed, "i", since)
			   : st;
}

enum status
post_events_between(struct db *db, struct job *j, int64_t from, int64_t until,
    int64_t **ids, size_t *n)
{
	return db_ints(db, j, ids, n, sql_between, "ii", from, until);
}

enum status
post_events_open(struct db *db, struct job *j, int64_t **ids, size_t *n)
{
	return db_ints(db, j, ids, n, sql_open, "");
}

enum status
post_removed_since(struct db *db, struct job *j, int64_t since, int64_t *n)
{
	return db_one_int(db, j, n, sql_removed, "i", since);
}

enum status
post_removals(struct db *db, struct job *j, int64_t event, int64_t *n)
{
	return db_one_int(db, j, n, sql_removals, "i", event);
}

enum status
post_said_since(struct db *db, struct job *j, int64_t since,
    struct post_said **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_said, "i", since);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct post_said){ .id = db_int(r, 0),
			.event = db_int(r, 1),
			.u = (int)db_int(r, 2),
			.posted = db_int(r, 3),
			.components = db_str(r, 4, j),
			.report = text_ieq(db_str(r, 5, j), "report") };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
post_times(struct db *db, struct job *j, int64_t *first, int64_t *last)
{
	enum status st = db_one_int(db, j, first, sql_first, "");

	return st == ST_OK ? db_one_int(db, j, last, sql_last_time, "") : st;
}

enum status
post_newest(struct db *db, struct job *j, int max, int64_t **ids, size_t *n)
{
	return db_ints(db, j, ids, n, sql_latest, "n", max);
}

enum status
post_newest_report(struct db *db, struct job *j, int64_t *id)
{
	return db_one_int(db, j, id, sql_report, "");
}

enum status
post_where(struct db *db, struct job *j, int64_t post, int64_t *event, int *u,
    int *r)
{
	struct rows *rows;
	enum status st = db_query(db, j, &rows, sql_where, "i", post);

	if (st != ST_OK)
		return st;
	if ((st = db_next(rows, j)) == ST_OK) {
		*event = db_int(rows, 0);
		*u = (int)db_int(rows, 1);
		*r = (int)db_int(rows, 2);
	}
	db_end(rows);
	return st;
}
