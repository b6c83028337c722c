#include "model/tree.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERSION = 2 }; /* of what stands in it, and where in the tree */

static const char *const schema =
#include "tree.sql.h"
    "PRAGMA user_version = 2;";

static const char *const sql_version = "PRAGMA user_version";
static const char *const sql_clear[] = {
	"DELETE FROM number",
	"DELETE FROM uptime", /* claims that go look for theirs */
	"DELETE FROM claim",
	"DELETE FROM entry",
	"DELETE FROM listed",
};
static const char *const sql_number =
    "SELECT value FROM number WHERE name = ?1";
static const char *const sql_set_number =
    "INSERT INTO number (name, value) VALUES (?1, ?2) "
    "ON CONFLICT (name) DO UPDATE SET value = ?2";
static const char *const sql_unclaim = "DELETE FROM claim WHERE event_id = ?1";
static const char *const sql_claim =
    "INSERT OR IGNORE INTO claim (event_id, event, slug, level, since, until) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char *const sql_claims =
    "SELECT slug, level, since, until, event FROM claim "
    "WHERE slug = ?1 AND until > ?2 AND since < ?3 "
    "ORDER BY since, event_id, level";
/* Two places of the index, however many there were.  9223372036854775807:
 * SPAN_OPEN */
static const char *const sql_changed =
    "SELECT max(coalesce((SELECT max(until) FROM claim WHERE slug = ?1 "
    "AND until < 9223372036854775807), 0), "
    "coalesce((SELECT max(since) FROM claim WHERE slug = ?1 "
    "AND until = 9223372036854775807), 0))";
static const char *const sql_uptime =
    "SELECT observed, maintenance, degraded, partial, major, worst, event "
    "FROM uptime WHERE slug = ?1 AND born = ?2 AND since = ?3 AND until = ?4";
static const char *const sql_set_uptime =
    "INSERT OR REPLACE INTO uptime (slug, born, since, until, observed, "
    "maintenance, degraded, partial, major, worst, event) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
static const char *const sql_entry_number =
    "SELECT n FROM entry WHERE list = ?1 AND event_id = ?2 AND u = ?3";
static const char *const sql_count =
    "SELECT coalesce(max(n), 0) FROM entry WHERE list = ?1";
static const char *const sql_entry =
    "INSERT INTO entry (list, n, event_id, u) VALUES (?1, ?2, ?3, ?4)";
static const char *const sql_entries =
    "SELECT n, event_id, u FROM entry WHERE list = ?1 AND n >= ?2 AND n <= ?3 "
    "ORDER BY n DESC";
static const char *const sql_services =
    "WITH RECURSIVE had(l) AS (SELECT min(list) FROM entry "
    "WHERE list > 'service/' AND list < 'service0' UNION ALL "
    "SELECT (SELECT min(list) FROM entry WHERE list > had.l "
    "AND list < 'service0') FROM had WHERE had.l IS NOT NULL) "
    "SELECT substr(l, 9) FROM had WHERE l IS NOT NULL";
static const char *const sql_list =
    "INSERT OR IGNORE INTO listed (month, event_id) VALUES (?1, ?2)";
static const char *const sql_month =
    "SELECT event_id FROM listed WHERE month = ?1 ORDER BY event_id";
static const char *const sql_months_of =
    "SELECT month FROM listed WHERE event_id = ?1";
static const char *const sql_months =
    "WITH RECURSIVE had(m) AS (SELECT max(month) FROM listed UNION ALL "
    "SELECT (SELECT max(month) FROM listed WHERE month < had.m) FROM had "
    "WHERE had.m IS NOT NULL) SELECT m FROM had WHERE m IS NOT NULL";
static const char *const sql_file = "SELECT sha FROM file WHERE path = ?1";
static const char *const sql_set_file =
    "INSERT INTO file (path, sha) VALUES (?1, ?2) "
    "ON CONFLICT (path) DO UPDATE SET sha = ?2";
static const char *const sql_next_file =
    "SELECT path, sha FROM file WHERE path > ?1 ORDER BY path LIMIT 1";

static enum status
look(struct job *j, const char *path, struct db **out, int64_t *version)
{
	enum status st = db_open(j, path, DB_CREATE, out);

	if (st == ST_OK)
		st = db_keep_journal(*out, j);
	if (st == ST_OK)
		st = db_one_int(*out, j, version, sql_version, "");
	return st;
}

static enum status
make(struct job *j, struct db *db)
{
	enum status st = db_begin(db, j);

	if (st == ST_OK)
		st = db_script(db, j, schema);
	if (st == ST_OK)
		st = db_commit(db, j);
	db_rollback(db);
	return st;
}

static const char *
file_of(struct job *j, const char *state)
{
	return arena_printf(j->mem, "%s/tree.db", state);
}

enum status
tree_open(struct job *j, const char *state, struct db **out)
{
	const char *path = file_of(j, state);
	int64_t version = 0;
	struct db *db = NULL;
	enum status st = look(j, path, &db, &version);

	if (st == ST_OK && version != 0 && version != VERSION) {
		db_close(db);
		db = NULL;
		if (unlink(path) != 0)
			return job_fail(j, ST_TEMP, "cannot remove %s: %s",
			    path, strerror(errno));
		st = look(j, path, &db, &version);
	}
	if (st == ST_OK && version == 0) {
		(void)chmod(path, 0600);
		st = make(j, db);
	}
	if (st != ST_OK) {
		db_close(db);
		return st;
	}
	*out = db;
	return ST_OK;
}

bool
tree_drop_damaged(struct job *j, const char *state)
{
	const char *path = file_of(j, state);

	if (!db_is_damaged(path) || unlink(path) != 0)
		return false;
	(void)unlink(arena_printf(j->mem, "%s-journal", path));
	return true;
}

enum status
tree_clear(struct db *db, struct job *j)
{
	enum status st = ST_OK;

	for (size_t i = 0;
	     st == ST_OK && i < sizeof sql_clear / sizeof *sql_clear; i++)
		st = db_run(db, j, sql_clear[i], "");
	return st;
}

enum status
tree_number(struct db *db, struct job *j, const char *name, int64_t *out)
{
	enum status st = db_one_int(db, j, out, sql_number, "s", name);

	if (st == ST_NONE)
		*out = 0;
	return st == ST_NONE ? ST_OK : st;
}

enum status
tree_set_number(struct db *db, struct job *j, const char *name, int64_t value)
{
	return db_run(db, j, sql_set_number, "si", name, value);
}

enum status
tree_put_claims(struct db *db, struct job *j, int64_t event,
    const struct span *list, size_t n)
{
	enum status st = db_run(db, j, sql_unclaim, "i", event);

	for (size_t i = 0; st == ST_OK && i < n; i++)
		st = db_run(db, j, sql_claim, "isssii", event, list[i].event,
		    list[i].slug, words_level(list[i].level), list[i].since,
		    list[i].until);
	return st;
}

enum status
tree_claims(struct db *db, struct job *j, const char *slug, int64_t from,
    int64_t until, struct span **out, size_t *n)
{
	struct rows *r;
	enum status st =
	    db_query(db, j, &r, sql_claims, "sii", slug, from, until);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct span){ .slug = db_str(r, 0, j),
			.level = words_read_level(db_str(r, 1, j)),
			.since = db_int(r, 2),
			.until = db_int(r, 3),
			.event = db_str(r, 4, j) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
tree_changed(struct db *db, struct job *j, const char *slug, int64_t *out)
{
	return db_one_int(db, j, out, sql_changed, "s", slug);
}

enum status
tree_uptime(struct db *db, struct job *j, const char *slug, int64_t born,
    int64_t since, int64_t until, struct uptime *out)
{
	struct rows *r;
	enum status st =
	    db_query(db, j, &r, sql_uptime, "siii", slug, born, since, until);

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK) {
		*out = (struct uptime){ .observed = db_int(r, 0),
			.seconds = { [LEVEL_MAINTENANCE] = db_int(r, 1),
			    [LEVEL_DEGRADED] = db_int(r, 2),
			    [LEVEL_PARTIAL] = db_int(r, 3),
			    [LEVEL_MAJOR] = db_int(r, 4) },
			.worst = words_read_level(db_str(r, 5, j)),
			.event = db_str(r, 6, j) };
		if (out->event[0] == '\0')
			out->event = NULL;
	}
	db_end(r);
	return st;
}

enum status
tree_set_uptime(struct db *db, struct job *j, const char *slug, int64_t born,
    int64_t since, int64_t until, const struct uptime *u)
{
	return db_run(db, j, sql_set_uptime, "siiiiiiiiss", slug, born, since,
	    until, u->observed, u->seconds[LEVEL_MAINTENANCE],
	    u->seconds[LEVEL_DEGRADED], u->seconds[LEVEL_PARTIAL],
	    u->seconds[LEVEL_MAJOR], words_level(u->worst),
	    u->event == NULL ? "" : u->event);
}

enum status
tree_entry_number(struct db *db, struct job *j, const char *list, int64_t event,
    int u, int64_t *n)
{
	return db_one_int(db, j, n, sql_entry_number, "sin", list, event, u);
}

enum status
tree_count(struct db *db, struct job *j, const char *list, int64_t *n)
{
	return db_one_int(db, j, n, sql_count, "s", list);
}

enum status
tree_add_entry(struct db *db, struct job *j, const char *list, int64_t event,
    int u, int64_t *n)
{
	enum status st = tree_entry_number(db, j, list, event, u, n);

	if (st != ST_NONE)
		return st;
	st = tree_count(db, j, list, n);
	if (st != ST_OK)
		return st;
	++*n;
	return db_run(db, j, sql_entry, "siin", list, *n, event, u);
}

enum status
tree_entries(struct db *db, struct job *j, const char *list, int64_t first,
    int64_t last, struct tree_entry **out, size_t *n)
{
	struct rows *r;
	enum status st =
	    db_query(db, j, &r, sql_entries, "sii", list, first, last);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct tree_entry){ db_int(r, 0),
			db_int(r, 1), (int)db_int(r, 2) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
tree_services(struct db *db, struct job *j, char ***slugs, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_services, "");

	*slugs = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*slugs = arena_grow(j->mem, *slugs, *n, sizeof **slugs);
		(*slugs)[(*n)++] = db_str(r, 0, j);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
tree_add_month(struct db *db, struct job *j, int month, int64_t event)
{
	return db_run(db, j, sql_list, "ni", month, event);
}

enum status
tree_month(struct db *db, struct job *j, int month, int64_t **ids, size_t *n)
{
	return db_ints(db, j, ids, n, sql_month, "n", month);
}

enum status
tree_months_of(struct db *db, struct job *j, int64_t event, int64_t **months,
    size_t *n)
{
	return db_ints(db, j, months, n, sql_months_of, "i", event);
}

enum status
tree_months(struct db *db, struct job *j, int64_t **months, size_t *n)
{
	return db_ints(db, j, months, n, sql_months, "");
}

enum status
tree_file(struct db *db, struct job *j, const char *path, char **sha)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_file, "s", path);

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK)
		*sha = db_str(r, 0, j);
	db_end(r);
	return st;
}

enum status
tree_set_file(struct db *db, struct job *j, const char *path, const char *sha)
{
	return db_run(db, j, sql_set_file, "ss", path, sha);
}

enum status
tree_next_file(struct db *db, struct job *j, const char *after, char **path,
    char **sha)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_next_file, "s", after);

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK) {
		*path = db_str(r, 0, j);
		*sha = db_str(r, 1, j);
	}
	db_end(r);
	return st;
}
