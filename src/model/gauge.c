#include "model/gauge.h"

/* Rows of these are never removed: the last number is how many there are. */
static const char *const sql_all =
    "SELECT (SELECT coalesce(max(id), 0) FROM message), "
    "(SELECT count(*) FROM waiting), "
    "(SELECT coalesce(max(id), 0) FROM post), "
    "(SELECT coalesce(max(id), 0) FROM letter), "
    "(SELECT count(*) FROM letter WHERE status = 'waiting'), "
    "(SELECT coalesce(min(created), 0) FROM letter WHERE status = 'waiting')";

enum status
gauge_read(struct db *db, struct job *j, struct gauge *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_all, "");

	if (st == ST_OK)
		st = db_next(r, j);
	if (st == ST_OK)
		*out = (struct gauge){ .messages = db_int(r, 0),
			.waiting = db_int(r, 1),
			.posts = db_int(r, 2),
			.letters = db_int(r, 3),
			.queued = db_int(r, 4),
			.oldest = db_int(r, 5) };
	db_end(r);
	return st;
}
