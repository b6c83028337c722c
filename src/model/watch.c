#include "model/watch.h"

static const char *const sql_get = "SELECT due, told FROM watch WHERE what = ?";
static const char *const sql_set =
    "INSERT INTO watch (what, due, told) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (what) DO UPDATE SET due = ?2, told = ?3";

enum status
watch_get(struct db *db, struct job *j, const char *what, struct watch *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_get, "s", what);

	*out = (struct watch){ 0 };
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		*out = (struct watch){ db_int(r, 0), db_int(r, 1) };
	db_end(r);
	return st;
}

enum status
watch_due(struct db *db, struct job *j, const char *what, int64_t next,
    int64_t *due)
{
	struct watch x;
	enum status st = watch_get(db, j, what, &x);

	*due = x.due > next ? j->now : x.due;
	return st == ST_NONE ? ST_OK : st;
}

enum status
watch_set(struct db *db, struct job *j, const char *what, const struct watch *w)
{
	return db_run(db, j, sql_set, "sii", what, w->due, w->told);
}
