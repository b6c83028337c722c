#include "model/beat.h"

static const char *const sql_add =
    "INSERT INTO heartbeat (sent, back) VALUES (?, 0)";
static const char *const sql_came =
    "UPDATE heartbeat SET back = ? WHERE id = ? AND back = 0";
static const char *const sql_latest =
    "SELECT id, sent, back FROM heartbeat ORDER BY id DESC LIMIT ?";
static const char *const sql_get =
    "SELECT id, sent, back FROM heartbeat WHERE id = ?";
static const char *const sql_round =
    "SELECT id, sent, back FROM heartbeat WHERE back != 0 ORDER BY id DESC "
    "LIMIT 1";

enum status
beat_add(struct db *db, struct job *j, int64_t *id)
{
	enum status st = db_run(db, j, sql_add, "i", j->now);

	if (st == ST_OK)
		*id = db_last_id(db);
	return st;
}

enum status
beat_came(struct db *db, struct job *j, int64_t id)
{
	enum status st = db_run(db, j, sql_came, "ii", j->now, id);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

static enum status
next(struct rows *r, struct job *j, struct beat *out)
{
	enum status st = db_next(r, j);

	if (st == ST_OK)
		*out =
		    (struct beat){ db_int(r, 0), db_int(r, 1), db_int(r, 2) };
	return st;
}

enum status
beat_latest(struct db *db, struct job *j, struct beat *out, size_t max,
    size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_latest, "i", (int64_t)max);

	*n = 0;
	while (st == ST_OK && *n < max && (st = next(r, j, &out[*n])) == ST_OK)
		(*n)++;
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
beat_get(struct db *db, struct job *j, int64_t id, struct beat *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_get, "i", id);

	if (st == ST_OK)
		st = next(r, j, out);
	db_end(r);
	return st;
}

enum status
beat_round(struct db *db, struct job *j, struct beat *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_round, "");

	if (st == ST_OK)
		st = next(r, j, out);
	db_end(r);
	return st;
}
