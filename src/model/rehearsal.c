#include "model/rehearsal.h"

#include "model/post_in.h"

static const char *const sql_add = "INSERT INTO rehearsal " POST_VALUES;
static const char *const sql_all =
    "SELECT " POST_COLUMNS " FROM rehearsal WHERE event_id = ?1 ORDER BY u, r";

enum status
rehearsal_add(struct db *db, struct job *j, const struct conf *c,
    const struct post *p)
{
	return post_insert(db, j, sql_add, c, p);
}

enum status
rehearsal_event(struct db *db, struct job *j, const struct conf *c,
    const struct event *e, struct public_event *out)
{
	struct post_row *rows;
	size_t n;
	enum status st = post_rows(db, j, sql_all, e->id, &rows, &n);

	*out = (struct public_event){
		.event = event_name(j->mem, e),
		.year = e->year,
		.number = e->number,
		.title = "",
		.first_title = "",
		.next_update = e->next_update,
	};
	if (st != ST_OK)
		return st;
	post_settle(rows, n);
	for (size_t i = 0; i < n; i++)
		post_add_update(j, c, &rows[i], out);
	post_end_updates(out);
	return n == 0 ? ST_NONE : ST_OK;
}
