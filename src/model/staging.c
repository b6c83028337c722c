#include "model/staging.h"

#include "base/text.h"

static const char *const sql_begin =
    "PRAGMA temp_store = FILE; DROP TABLE IF EXISTS temp.staged; "
    "CREATE TEMP TABLE staged (id INTEGER PRIMARY KEY, folded TEXT NOT NULL "
    "UNIQUE, address TEXT NOT NULL, account TEXT NOT NULL, lang TEXT NOT NULL, "
    "zone TEXT NOT NULL) STRICT; PRAGMA temp.cache_size = -6000;";
static const char *const sql_put =
    "INSERT INTO temp.staged (folded, address, account, lang, zone) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (folded) DO NOTHING";

#define NEW \
	"FROM temp.staged AS s WHERE NOT EXISTS (SELECT 1 FROM member AS m " \
	"WHERE m.list = ?1 AND m.folded = s.folded)"
#define BOTH \
	"FROM temp.staged AS s CROSS JOIN member AS m ON m.list = ?1 AND " \
	"m.folded = s.folded WHERE "
#define OLD \
	"FROM member AS m NOT INDEXED WHERE m.list = ?1 AND m.status != " \
	"'gone' AND " \
	"m.source != '" STAGING_BY_HAND "' AND NOT EXISTS (SELECT 1 FROM " \
	"temp.staged AS s WHERE s.folded = m.folded)"
#define STAGED "s.id, 0, s.address, s.account, s.lang, s.zone, '' "
#define PAIR "s.id, m.id, m.address, s.account, m.lang, m.zone, m.account "
#define MOVED "m.status != 'gone' AND m.account != s.account"
#define PAGE_S " AND s.id > ?2 ORDER BY s.id LIMIT ?3"
#define PAGE_M " AND m.id > ?2 ORDER BY m.id LIMIT ?3"

static const char *const sql_count[STAGING_CHANGES] = {
	[STAGING_ADD] = "SELECT count(*) " NEW,
	[STAGING_BACK] = "SELECT count(*) " BOTH "m.status = 'gone'",
	[STAGING_ACCOUNT] = "SELECT count(*) " BOTH MOVED,
	[STAGING_GO] = "SELECT count(*) " OLD,
};
static const char *const sql_same =
    "SELECT count(*) " BOTH "m.status != 'gone' AND m.account = s.account";
static const char *const sql_next[STAGING_CHANGES] = {
	[STAGING_ADD] = "SELECT " STAGED NEW PAGE_S,
	[STAGING_BACK] = "SELECT " PAIR BOTH "m.status = 'gone'" PAGE_S,
	[STAGING_ACCOUNT] = "SELECT " PAIR BOTH MOVED PAGE_S,
	[STAGING_GO] = "SELECT m.id, m.id, m.address, m.account, m.lang, "
		       "m.zone, m.account " OLD PAGE_M,
};

enum status
staging_begin(struct db *db, struct job *j)
{
	return db_script(db, j, sql_begin);
}

enum status
staging_put(struct db *db, struct job *j, const struct member *m)
{
	enum status st =
	    db_run(db, j, sql_put, "sssss", text_lower(j->mem, m->address),
		m->address, m->account == NULL ? "" : m->account,
		m->lang == NULL ? "" : m->lang, m->zone == NULL ? "" : m->zone);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

enum status
staging_count(struct db *db, struct job *j, const char *list,
    int64_t out[STAGING_CHANGES], int64_t *same)
{
	enum status st = db_one_int(db, j, same, sql_same, "s", list);

	for (int i = 0; i < STAGING_CHANGES && st == ST_OK; i++)
		st = db_one_int(db, j, &out[i], sql_count[i], "s", list);
	return st;
}

enum status
staging_next(struct db *db, struct job *j, const char *list,
    enum staging_change what, int64_t after, size_t max,
    struct difference **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_next[what], "sii", list, after,
	    (int64_t)max);

	*out = NULL;
	*n = 0;
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct difference){ .key = db_int(r, 0),
			.is = { .id = db_int(r, 1),
			    .address = db_str(r, 2, j),
			    .account = db_str(r, 3, j),
			    .lang = db_str(r, 4, j),
			    .zone = db_str(r, 5, j) },
			.was = db_str(r, 6, j) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}
