#include "model/search.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERSION = 1 };

static const char *const schema =
#include "search.sql.h"
    "PRAGMA user_version = 1;";

static const char *const sql_version = "PRAGMA user_version";
static const char *const sql_seen =
    "SELECT coalesce((SELECT value FROM number WHERE name = 'post'), 0)";
static const char *const sql_see =
    "INSERT INTO number (name, value) VALUES ('post', ?1) "
    "ON CONFLICT (name) DO UPDATE SET value = ?1";
static const char *const sql_forget =
    "DELETE FROM entry WHERE rowid BETWEEN ?1 AND ?2";
static const char *const sql_add =
    "INSERT INTO entry (rowid, event, title, text, path, tag, posted) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char *const sql_find =
    "SELECT event, path, tag, title, "
    "snippet(entry, 2, char(2), char(3), '\xe2\x80\xa6', 32), posted "
    "FROM entry WHERE entry MATCH ?1 ORDER BY rowid DESC LIMIT ?2";

static enum status
look(struct job *j, const char *path, enum db_mode mode, struct db **out,
    int64_t *version)
{
	enum status st = db_open(j, path, mode, out);

	if (st == ST_OK)
		st = db_one_int(*out, j, version, sql_version, "");
	return st;
}

enum status
search_open(struct job *j, const char *path, struct db **out)
{
	struct db *db = NULL;
	int64_t version = 0;
	struct stat sb;
	enum status st;

	*out = NULL;
	if (stat(path, &sb) != 0)
		return ST_NONE;
	st = look(j, path, DB_READ, &db, &version);
	if (st == ST_OK && version == VERSION) {
		*out = db;
		return ST_OK;
	}
	db_close(db);
	return st == ST_OK ? ST_NONE : st;
}

static enum status
fill(struct job *j, const char *path, struct db **out)
{
	enum status st = db_open(j, path, DB_CREATE, out);

	if (st == ST_OK && chmod(path, 0640) != 0)
		st = job_fail(j, ST_TEMP, "%s: %s", path, strerror(errno));
	if (st == ST_OK)
		st = db_begin(*out, j);
	if (st == ST_OK)
		st = db_script(*out, j, schema);
	if (st == ST_OK)
		st = db_commit(*out, j);
	db_rollback(*out);
	return st;
}

enum status
search_make(struct job *j, const char *path, struct db **out)
{
	struct db *db = NULL;
	int64_t version = 0;
	enum status st = access(path, F_OK) == 0
			     ? look(j, path, DB_WRITE, &db, &version)
			     : ST_NONE;

	if (st != ST_OK || version != VERSION) {
		db_close(db);
		db = NULL;
		job_forget(j);
		(void)unlink(path);
		(void)unlink(arena_printf(j->mem, "%s-journal", path));
		st = fill(j, path, &db);
	}
	*out = db;
	if (st != ST_OK) {
		db_close(db);
		*out = NULL;
	}
	return st;
}

enum status
search_seen(struct db *db, struct job *j, int64_t *post)
{
	return db_one_int(db, j, post, sql_seen, "");
}

enum status
search_see(struct db *db, struct job *j, int64_t post)
{
	return db_run(db, j, sql_see, "i", post);
}

enum status
search_forget(struct db *db, struct job *j, int64_t event)
{
	return db_run(db, j, sql_forget, "ii", event * SEARCH_UPDATES,
	    (event + 1) * SEARCH_UPDATES - 1);
}

enum status
search_add(struct db *db, struct job *j, const struct search_entry *e)
{
	if (e->u >= SEARCH_UPDATES)
		return ST_OK;
	return db_run(db, j, sql_add, "isssssi",
	    e->event * SEARCH_UPDATES + e->u, e->name, e->title, e->text,
	    e->path, e->tag, e->posted);
}

enum status
search_find(struct db *db, struct job *j, const char *query, size_t max,
    struct search_hit **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st =
	    db_query(db, j, &r, sql_find, "si", query, (int64_t)max);

	*out = NULL;
	*n = 0;
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct search_hit){ .name = db_str(r, 0, j),
			.path = db_str(r, 1, j),
			.tag = db_str(r, 2, j),
			.title = db_str(r, 3, j),
			.around = db_str(r, 4, j),
			.posted = db_int(r, 5) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}
