#include "model/member.h"

#include <string.h>

#include "base/text.h"

#define COLUMNS \
	"id, list, address, status, lang, zone, format, delivery, joined, " \
	"changed"

static const char *const sql_add =
    "INSERT INTO member (list, address, folded, status, joined, changed, "
    "lang, zone, format, delivery) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (list, folded) DO NOTHING";
static const char *const sql_status =
    "UPDATE member SET status = ?, changed = ? WHERE id = ? AND list = ?";
static const char *const sql_find =
    "SELECT " COLUMNS " FROM member WHERE list = ? AND folded = ?";
static const char *const sql_get =
    "SELECT " COLUMNS " FROM member WHERE id = ?";
static const char *const sql_batch =
    "SELECT " COLUMNS " FROM member INDEXED BY member_walk WHERE list = ? AND "
    "status = 'active' AND id > ? AND id <= ? ORDER BY id LIMIT ?";
static const char *const sql_batch_all =
    "SELECT " COLUMNS " FROM member WHERE id > ? AND list = ? "
    "ORDER BY id LIMIT ?";
static const char *const sql_count =
    "SELECT count(*) FROM member INDEXED BY member_walk WHERE list = ? AND "
    "status = 'active'";
static const char *const sql_high =
    "SELECT coalesce(max(id), 0) FROM member INDEXED BY member_walk "
    "WHERE list = ? AND status = 'active'";

static void
read_row(struct rows *r, struct job *j, struct member *m)
{
	*m = (struct member){ .id = db_int(r, 0),
		.list = db_str(r, 1, j),
		.address = db_str(r, 2, j),
		.status = db_str(r, 3, j),
		.lang = db_str(r, 4, j),
		.zone = db_str(r, 5, j),
		.format = db_str(r, 6, j),
		.delivery = db_str(r, 7, j),
		.joined = db_int(r, 8),
		.changed = db_int(r, 9) };
}

static const char *
word(const char *s, const char *otherwise)
{
	return s == NULL || *s == '\0' ? otherwise : s;
}

/* Why somebody gets nothing any more; each is a reason of its own. */
static const struct {
	const char *status, *words;
} away[] = {
	{ "left", "has left" },
	{ "bounced", "has bounced" },
	{ "complained", "has complained" },
	{ "removed", "was removed" },
};

/* There is one already: who is away stays away. */
static enum status
is_there(struct db *db, struct job *j, const struct member *m)
{
	struct member have;
	enum status st = member_find(db, j, m->list, m->address, &have);

	if (st != ST_OK)
		return st;
	for (size_t i = 0; i < sizeof away / sizeof *away; i++)
		if (strcmp(have.status, away[i].status) == 0)
			return job_fail(j, ST_PERM, "%s %s and isn't revived",
			    have.address, away[i].words);
	return ST_NONE;
}

enum status
member_add(struct db *db, struct job *j, const struct member *m)
{
	int64_t joined = m->joined == 0 ? j->now : m->joined;
	enum status st;

	if (!text_is_address(m->address))
		return job_fail(j, ST_PERM, "no address: %s",
		    text_one_line(j->mem, m->address, 80));
	st = db_run(db, j, sql_add, "ssssiissss", m->list, m->address,
	    text_lower(j->mem, m->address), word(m->status, "active"), joined,
	    j->now, word(m->lang, ""), word(m->zone, ""),
	    word(m->format, "both"), word(m->delivery, "each"));
	if (st != ST_OK || db_changes(db) != 0)
		return st;
	return is_there(db, j, m);
}

enum status
member_set_status(struct db *db, struct job *j, int64_t id, const char *list,
    const char *status)
{
	enum status st =
	    db_run(db, j, sql_status, "siis", status, j->now, id, list);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

static enum status
one(struct rows *r, struct job *j, enum status st, struct member *out)
{
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		read_row(r, j, out);
	db_end(r);
	return st;
}

enum status
member_find(struct db *db, struct job *j, const char *list, const char *address,
    struct member *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_find, "ss", list,
	    text_lower(j->mem, address));

	return one(r, j, st, out);
}

enum status
member_get(struct db *db, struct job *j, int64_t id, struct member *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_get, "i", id);

	return one(r, j, st, out);
}

static enum status
collect(struct rows *r, struct job *j, struct member *out, size_t *n)
{
	enum status st;

	*n = 0;
	while ((st = db_next(r, j)) == ST_OK)
		read_row(r, j, &out[(*n)++]);
	return st == ST_NONE ? ST_OK : st;
}

enum status
member_batch(struct db *db, struct job *j, const char *list, int64_t after,
    int64_t high, size_t max, struct member *out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_batch, "siii", list, after,
	    high, (int64_t)max);

	if (st == ST_OK)
		st = collect(r, j, out, n);
	db_end(r);
	return st;
}

enum status
member_batch_all(struct db *db, struct job *j, const char *list, int64_t after,
    size_t max, struct member *out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_batch_all, "isi", after, list,
	    (int64_t)max);

	if (st == ST_OK)
		st = collect(r, j, out, n);
	db_end(r);
	return st;
}

enum status
member_count(struct db *db, struct job *j, const char *list, int64_t *active)
{
	return db_one_int(db, j, active, sql_count, "s", list);
}

enum status
member_high(struct db *db, struct job *j, const char *list, int64_t *high)
{
	return db_one_int(db, j, high, sql_high, "s", list);
}
