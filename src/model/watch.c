#include "model/watch.h"

static const char *const sql_get =
    "SELECT due, told FROM watch WHERE what = ?1";
static const char *const sql_put =
    "INSERT INTO watch (what, due, told) VALUES (?1, ?2, ?3) ON CONFLICT "
    "(what) DO UPDATE SET due = ?2, told = ?3";

enum status
watch_get(struct db *db, struct job *j, const char *what, struct watch *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_get, "s", what);

	*out = (struct watch){ .what = what };
	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK) {
		out->due = db_int(r, 0);
		out->told = db_int(r, 1);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
watch_put(struct db *db, struct job *j, const struct watch *w)
{
	return db_run(db, j, sql_put, "sii", w->what, w->due, w->told);
}
