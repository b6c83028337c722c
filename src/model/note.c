#include "model/note.h"

static const char *const sql_next =
    "SELECT coalesce(max(n), 0) + 1 FROM note WHERE event_id = ?1";
static const char *const sql_add =
    "INSERT INTO note (event_id, n, at, received, author, late, unverified, "
    "text, message_id, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
    "nullif(?9, 0), ?10)";
static const char *const sql_list =
    "SELECT n, at, received, author, late, unverified, text, "
    "coalesce(message_id, 0), kind FROM note WHERE event_id = ?1 AND n > ?2 "
    "ORDER BY at, n";

enum status
note_add(struct db *db, struct job *j, struct note *n)
{
	int64_t next;
	enum status st = db_one_int(db, j, &next, sql_next, "i", n->event);

	if (st != ST_OK)
		return st;
	n->n = (int)next;
	return db_run(db, j, sql_add, "iniisnnsis", n->event, n->n, n->at,
	    n->received, n->author, (int)n->late, (int)n->unverified, n->text,
	    n->message, n->kind == NULL ? "" : n->kind);
}

enum status
note_list(struct db *db, struct job *j, int64_t event, int after,
    struct note **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_list, "in", event, after);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct note){
			.event = event,
			.n = (int)db_int(r, 0),
			.at = db_int(r, 1),
			.received = db_int(r, 2),
			.author = db_str(r, 3, j),
			.late = db_int(r, 4) != 0,
			.unverified = db_int(r, 5) != 0,
			.text = db_str(r, 6, j),
			.message = db_int(r, 7),
			.kind = db_str(r, 8, j),
		};
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
note_adopt(struct db *db, struct job *j, int64_t event, int64_t from,
    const char *name)
{
	struct note *all;
	size_t n;
	enum status st = note_list(db, j, from, 0, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct note own = all[i];

		own.event = event;
		own.text = arena_printf(j->mem, "[%s n%d] %s", name, all[i].n,
		    all[i].text);
		st = note_add(db, j, &own);
	}
	return st;
}
