#include "model/publication.h"

#include "model/event.h"

enum { LATELY = 7 * 24 * 60 * 60 };

#define COLUMNS \
	"p.id, p.event_id, p.post_id, post.u, post.r, p.command, p.created, " \
	"p.due, p.tries, p.first_failed, p.status, p.reply, p.remote, " \
	"e.kind, e.year, e.number FROM publication p " \
	"JOIN post ON post.id = p.post_id JOIN event e ON e.id = p.event_id "

static const char *const sql_begin =
    "INSERT INTO hearer (command, seen) SELECT ?1, coalesce(max(id), 0) "
    "FROM post WHERE true ON CONFLICT DO NOTHING";
static const char *const sql_seen =
    "SELECT seen FROM hearer WHERE command = ?1";
static const char *const sql_behind =
    "SELECT 1 WHERE coalesce((SELECT max(id) FROM post), 0) > "
    "coalesce((SELECT seen FROM hearer WHERE command = ?1), -1)";
static const char *const sql_see =
    "UPDATE hearer SET seen = ?2 WHERE command = ?1";
static const char *const sql_posts =
    "SELECT id, event_id, u, r, notify = 0 OR typo != 0 FROM post "
    "WHERE id > ?1 ORDER BY id LIMIT 200";
static const char *const sql_add =
    "INSERT INTO publication (event_id, post_id, command, created, due, "
    "tries, first_failed, status, reply, remote) "
    "VALUES (?1, ?2, ?3, ?4, ?4, 0, 0, 'waiting', '', '') "
    "ON CONFLICT DO NOTHING";
/* What is due that late is of a clock that was ahead. */
static const char *const sql_next =
    "SELECT " COLUMNS "WHERE p.command = ?1 AND p.status = 'waiting' AND "
    "(p.due <= ?2 OR p.due > ?2 + 3600) AND NOT EXISTS (SELECT 1 FROM "
    "publication q WHERE "
    "q.command = p.command AND q.status = 'waiting' AND "
    "q.event_id = p.event_id AND q.id < p.id) ORDER BY p.id LIMIT 1";
static const char *const sql_save =
    "UPDATE publication SET due = ?2, tries = ?3, first_failed = ?4, "
    "status = ?5, reply = ?6, remote = ?7 WHERE id = ?1";
static const char *const sql_thread =
    "SELECT remote FROM publication WHERE event_id = ?1 AND command = ?2 "
    "AND id < ?3 AND status = 'done' AND remote != '' ORDER BY id";
static const char *const sql_list =
    "SELECT " COLUMNS "WHERE p.status = 'waiting' OR (p.status = 'failed' "
    "AND p.due > ?1) ORDER BY p.id LIMIT 1000";
static const char *const sql_of_event =
    "SELECT " COLUMNS "WHERE p.event_id = ?1 ORDER BY p.id";

enum status
publication_seen(struct db *db, struct job *j, const char *command,
    int64_t *seen)
{
	enum status st = db_run(db, j, sql_begin, "s", command);

	return st != ST_OK ? st
			   : db_one_int(db, j, seen, sql_seen, "s", command);
}

enum status
publication_behind(struct db *db, struct job *j, const char *command)
{
	int64_t any;

	return db_one_int(db, j, &any, sql_behind, "s", command);
}

enum status
publication_see(struct db *db, struct job *j, const char *command, int64_t seen)
{
	return db_run(db, j, sql_see, "si", command, seen);
}

enum status
publication_posts(struct db *db, struct job *j, int64_t since,
    struct publication_post **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_posts, "i", since);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct publication_post){ .id = db_int(r, 0),
			.event = db_int(r, 1),
			.u = (int)db_int(r, 2),
			.r = (int)db_int(r, 3),
			.quiet = db_int(r, 4) != 0 };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
publication_add(struct db *db, struct job *j, const char *command,
    const struct publication_post *p)
{
	return db_run(db, j, sql_add, "iisi", p->event, p->id, command, j->now);
}

static struct publication
row(struct rows *r, struct job *j)
{
	return (struct publication){ .id = db_int(r, 0),
		.event = db_int(r, 1),
		.post = db_int(r, 2),
		.u = (int)db_int(r, 3),
		.r = (int)db_int(r, 4),
		.command = db_str(r, 5, j),
		.created = db_int(r, 6),
		.due = db_int(r, 7),
		.tries = (int)db_int(r, 8),
		.first_failed = db_int(r, 9),
		.status = db_str(r, 10, j),
		.reply = db_str(r, 11, j),
		.remote = db_str(r, 12, j),
		.name = event_name_of(j->mem, db_str(r, 13, j),
		    (int)db_int(r, 14), (int)db_int(r, 15)) };
}

enum status
publication_next(struct db *db, struct job *j, const char *command,
    struct publication *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_next, "si", command, j->now);

	if (st == ST_OK)
		st = db_next(r, j);
	if (st == ST_OK)
		*out = row(r, j);
	db_end(r);
	return st;
}

enum status
publication_save(struct db *db, struct job *j, const struct publication *p)
{
	return db_run(db, j, sql_save, "iiiisss", p->id, p->due,
	    (int64_t)p->tries, p->first_failed, p->status, p->reply, p->remote);
}

enum status
publication_thread(struct db *db, struct job *j, const struct publication *p,
    const char **first, const char **last)
{
	struct rows *r = NULL;
	enum status st =
	    db_query(db, j, &r, sql_thread, "isi", p->event, p->command, p->id);

	*first = *last = "";
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*last = db_str(r, 0, j);
		if (**first == '\0')
			*first = *last;
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
publication_list(struct db *db, struct job *j, int64_t event,
    struct publication **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st =
	    event == 0 ? db_query(db, j, &r, sql_list, "i", j->now - LATELY)
		       : db_query(db, j, &r, sql_of_event, "i", event);

	*out = NULL;
	*n = 0;
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = row(r, j);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}
