#include "model/issue.h"

#include <string.h>

#define COLUMNS \
	"id, list, period, name, volume, number, from_at, until_at, made, " \
	"front, mid"

static const char *const sql_add =
    "INSERT INTO issue (list, period, name, volume, number, from_at, "
    "until_at, made, front, mid) SELECT ?1, ?2, ?3, ?4, "
    "1 + (SELECT count(*) FROM issue WHERE list = ?1 AND period = ?2 AND "
    "volume = ?4), ?5, ?6, ?7, NOT EXISTS (SELECT 1 FROM issue WHERE "
    "period = ?2 AND name = ?3 AND front = 1), ?8 WHERE true "
    "ON CONFLICT DO NOTHING";
static const char *const sql_add_event =
    "INSERT INTO issue_event (issue_id, event_id) VALUES (?, ?)";
static const char *const sql_by_mid =
    "SELECT " COLUMNS " FROM issue WHERE mid = ?";
static const char *const sql_events =
    "SELECT event_id FROM issue_event JOIN event ON event.id = event_id "
    "WHERE issue_id = ? ORDER BY event.year, event.number, event.id";
static const char *const sql_since =
    "SELECT " COLUMNS " FROM issue WHERE id > ? AND front = 1 "
    "ORDER BY id LIMIT 200";
static const char *const sql_between =
    "SELECT " COLUMNS " FROM issue WHERE front = 1 AND made >= ? AND "
    "made < ? ORDER BY made, id";
static const char *const sql_before =
    "SELECT " COLUMNS " FROM issue WHERE front = 1 AND period = ? AND "
    "id < ? ORDER BY id DESC LIMIT 1";

static const char *const words[ISSUE_PERIODS] = { "daily", "weekly" };

const char *
issue_word(enum issue_period p)
{
	return words[p];
}

static void
read_row(struct rows *r, struct job *j, struct issue *i)
{
	*i = (struct issue){ .id = db_int(r, 0),
		.list = db_str(r, 1, j),
		.period = strcmp(db_str(r, 2, j), words[ISSUE_WEEKLY]) == 0
			      ? ISSUE_WEEKLY
			      : ISSUE_DAILY,
		.name = db_str(r, 3, j),
		.volume = (int)db_int(r, 4),
		.number = (int)db_int(r, 5),
		.from = db_int(r, 6),
		.until = db_int(r, 7),
		.made = db_int(r, 8),
		.front = db_int(r, 9) != 0,
		.mid = db_str(r, 10, j) };
}

static enum status
one(struct rows *r, struct job *j, enum status st, struct issue *out)
{
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		read_row(r, j, out);
	db_end(r);
	return st;
}

static enum status
many(struct rows *r, struct job *j, enum status st, struct issue **out,
    size_t *n)
{
	*out = NULL;
	*n = 0;
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		read_row(r, j, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
issue_add(struct db *db, struct job *j, struct issue *i, const int64_t *events,
    size_t n)
{
	enum status st =
	    db_run(db, j, sql_add, "sssniiis", i->list, words[i->period],
		i->name, i->volume, i->from, i->until, i->made, i->mid);

	if (st == ST_OK && db_changes(db) == 0)
		return ST_NONE;
	if (st == ST_OK)
		st = issue_by_mid(db, j, i->mid, i);
	for (size_t k = 0; k < n && st == ST_OK; k++)
		st = db_run(db, j, sql_add_event, "ii", i->id, events[k]);
	return st;
}

enum status
issue_by_mid(struct db *db, struct job *j, const char *mid, struct issue *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_by_mid, "s", mid);

	return one(r, j, st, out);
}

enum status
issue_events(struct db *db, struct job *j, int64_t id, int64_t **events,
    size_t *n)
{
	return db_ints(db, j, events, n, sql_events, "i", id);
}

enum status
issue_since(struct db *db, struct job *j, int64_t after, struct issue **out,
    size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_since, "i", after);

	return many(r, j, st, out, n);
}

enum status
issue_between(struct db *db, struct job *j, int64_t from, int64_t until,
    struct issue **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_between, "ii", from, until);

	return many(r, j, st, out, n);
}

enum status
issue_before(struct db *db, struct job *j, enum issue_period p, int64_t id,
    struct issue *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_before, "si", words[p], id);

	return one(r, j, st, out);
}
