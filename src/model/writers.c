#include "model/writers.h"

static const char *const sql_list =
    "SELECT person, max(message_id) FROM handled WHERE event_id = ?1 AND "
    "person != '' GROUP BY person ORDER BY min(message_id)";
static const char *const sql_unproved =
    "SELECT trust = 'A0k' FROM handled WHERE event_id = ?1 ORDER BY "
    "message_id LIMIT 1";

enum status
writers_list(struct db *db, struct job *j, int64_t event, struct writer **out,
    size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_list, "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct writer){ .slug = db_str(r, 0, j),
			.last = db_int(r, 1) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
writers_unproved(struct db *db, struct job *j, int64_t event, bool *out)
{
	int64_t n = 0;
	enum status st = db_one_int(db, j, &n, sql_unproved, "i", event);

	*out = st == ST_OK && n != 0;
	return st == ST_NONE ? ST_OK : st;
}
