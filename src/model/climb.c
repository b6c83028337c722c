#include "model/climb.h"

static const char *const sql_add =
    "INSERT INTO climb (event_id, at, level, kind, step, persons, by_person, "
    "reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char *const sql_list =
    "SELECT id, event_id, at, level, kind, step, persons, by_person, reason, "
    "acked, acked_by FROM climb WHERE event_id = ?1 ORDER BY id";
static const char *const sql_answer =
    "UPDATE climb SET acked = ?3, acked_by = ?4 WHERE event_id = ?1 AND "
    "level <= ?2 AND acked = 0";

enum status
climb_add(struct db *db, struct job *j, const struct climb *c)
{
	return db_run(db, j, sql_add, "iinnnsss", c->event, c->at, c->level,
	    c->kind, c->step, c->persons, c->by, c->reason);
}

enum status
climb_list(struct db *db, struct job *j, int64_t event, struct climb **out,
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
		(*out)[(*n)++] = (struct climb){
			.id = db_int(r, 0),
			.event = db_int(r, 1),
			.at = db_int(r, 2),
			.level = (int)db_int(r, 3),
			.kind = (int)db_int(r, 4),
			.step = (int)db_int(r, 5),
			.persons = db_str(r, 6, j),
			.by = db_str(r, 7, j),
			.reason = db_str(r, 8, j),
			.acked = db_int(r, 9),
			.acked_by = db_str(r, 10, j),
		};
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
climb_answer(struct db *db, struct job *j, int64_t event, int level,
    const char *person)
{
	return db_run(db, j, sql_answer, "inis", event, level, j->now, person);
}
