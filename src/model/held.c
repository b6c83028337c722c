#include "model/held.h"

#include "model/question.h"

#define COLUMNS "q.n, q.asked, q.message_id, h.address, h.subject"
#define MAIL "JOIN handled h ON h.message_id = q.message_id"
#define QUESTION "q.event_id IS NULL AND q.kind = 'held'"
#define QUEUED \
	"FROM told t JOIN question q ON q.event_id IS NULL AND " \
	"q.n = CAST(t.address AS INTEGER) " MAIL \
	" WHERE t.what = 'held.queue' AND q.answered IS NULL"

static const char *const sql_since =
    "SELECT min(at) FROM told WHERE what = 'held.queue'";
static const char *const sql_queued =
    "SELECT " COLUMNS " " QUEUED " ORDER BY q.n LIMIT ?1";
static const char *const sql_count = "SELECT count(*) " QUEUED;
static const char *const sql_last =
    "SELECT coalesce(max(CAST(address AS INTEGER)), 0) FROM told WHERE "
    "what = 'held.queue'";
static const char *const sql_shown =
    "DELETE FROM told WHERE what = 'held.queue' AND "
    "CAST(address AS INTEGER) <= ?1";
static const char *const sql_open =
    "SELECT " COLUMNS " FROM question q " MAIL " WHERE " QUESTION
    " AND q.answered IS NULL ORDER BY q.n DESC LIMIT ?1";
static const char *const sql_get = "SELECT " COLUMNS " FROM question q " MAIL
				   " WHERE " QUESTION " AND q.n = ?1";

static enum status
list(struct db *db, struct job *j, const char *sql, int64_t value,
    struct held **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql, "i", value);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct held){ .n = (int)db_int(r, 0),
			.asked = db_int(r, 1),
			.message = db_int(r, 2),
			.address = db_str(r, 3, j),
			.subject = db_str(r, 4, j) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
held_queue(struct db *db, struct job *j, int n)
{
	return told_add(db, j, "held.queue", arena_printf(j->mem, "%d", n));
}

enum status
held_since(struct db *db, struct job *j, int64_t *at)
{
	return db_one_int(db, j, at, sql_since, "");
}

enum status
held_queued(struct db *db, struct job *j, size_t max, struct held **out,
    size_t *n, size_t *all)
{
	int64_t count = 0;
	enum status st = db_one_int(db, j, &count, sql_count, "");

	*all = (size_t)count;
	return st == ST_OK ? list(db, j, sql_queued, (int64_t)max, out, n) : st;
}

enum status
held_last(struct db *db, struct job *j, int64_t *n)
{
	return db_one_int(db, j, n, sql_last, "");
}

enum status
held_shown(struct db *db, struct job *j, int64_t upto)
{
	return db_run(db, j, sql_shown, "i", upto);
}

enum status
held_open(struct db *db, struct job *j, size_t max, struct held **out,
    size_t *n)
{
	return list(db, j, sql_open, (int64_t)max, out, n);
}

enum status
held_get(struct db *db, struct job *j, int n, struct held *out)
{
	struct held *all;
	size_t k = 0;
	enum status st = list(db, j, sql_get, n, &all, &k);

	if (st != ST_OK || k == 0)
		return st == ST_OK ? ST_NONE : st;
	*out = all[0];
	return ST_OK;
}
