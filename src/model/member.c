#include "model/member.h"

#include <string.h>

#include "base/text.h"

#define COLUMNS \
	"id, list, address, status, lang, zone, format, delivery, joined, " \
	"changed, topics, kind, least, paused, account, source, consented"

enum { C_FOLLOWS = 17 };

static const char *const sql_add =
    "INSERT INTO member (list, address, folded, status, joined, changed, "
    "lang, zone, format, delivery, topics, kind, least, paused, account, "
    "source, consented) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (list, folded) DO NOTHING";
static const char *const sql_status =
    "UPDATE member SET status = ?, changed = ? WHERE id = ? AND list = ? "
    "AND status NOT IN ('removed', 'gone')"; /* by us: nobody else ends it */
static const char *const sql_leave =
    "UPDATE member SET status = ?1, changed = ?2 WHERE id = ?3 AND list = ?4 "
    "AND status IN ('active', 'nomail', 'bounced') AND status != ?1";
static const char *const sql_find =
    "SELECT " COLUMNS " FROM member WHERE list = ? AND folded = ?";
static const char *const sql_get =
    "SELECT " COLUMNS " FROM member WHERE id = ?";
static const char *const sql_batch =
    "SELECT " COLUMNS ", EXISTS (SELECT 1 FROM follow WHERE member_id = "
    "member.id AND event_id = ?1) FROM member INDEXED BY member_walk WHERE "
    "list = ?2 AND status = 'active' AND id > ?3 AND id <= ?4 ORDER BY id "
    "LIMIT ?5";
static const char *const sql_batch_all =
    "SELECT " COLUMNS " FROM member WHERE id > ? AND list = ? "
    "ORDER BY id LIMIT ?";
static const char *const sql_count =
    "SELECT count(*) FROM member INDEXED BY member_walk WHERE list = ? AND "
    "status = 'active'";
static const char *const sql_shared =
    "SELECT count(*) FROM member AS m INDEXED BY member_walk WHERE m.list = ?1 "
    "AND m.status = 'active' AND EXISTS (SELECT 1 FROM member AS o WHERE "
    "o.list = ?2 AND o.folded = m.folded AND o.status = 'active') AND NOT "
    "EXISTS (SELECT 1 FROM json_each(?3) AS e JOIN member AS x ON "
    "x.list = e.value AND x.folded = m.folded WHERE x.status = 'active')";
#define CHOOSY \
	"FROM member INDEXED BY member_choosy WHERE list = ? AND " \
	"status = 'active' AND (topics != '' OR kind != '' OR least != '' " \
	"OR delivery != 'each')"
static const char *const sql_choosy = "SELECT EXISTS (SELECT 1 " CHOOSY ")";
static const char *const sql_digests =
    "SELECT EXISTS (SELECT 1 " CHOOSY " AND delivery LIKE 'digest%')";
static const char *const sql_settings =
    "UPDATE member SET lang = ?, zone = ?, format = ?, delivery = ?, "
    "topics = ?, kind = ?, least = ?, paused = ?, changed = ? WHERE id = ?";
static const char *const sql_consent =
    "UPDATE member SET status = 'active', consent = ?, changed = ?, joined = "
    "iif(status = 'active', joined, ?2), source = '" MEMBER_CONFIRMED
    "', consented = ?2 WHERE id = ?3";
static const char *const sql_set_account =
    "UPDATE member SET account = ?, changed = ? WHERE id = ?";
static const char *const sql_goes =
    "UPDATE member SET was = status, status = 'gone', changed = ? "
    "WHERE id = ? AND status != 'gone'";
static const char *const sql_returns =
    "UPDATE member SET status = was, was = '', changed = ? "
    "WHERE id = ? AND status = 'gone'";
static const char *const sql_account =
    "SELECT " COLUMNS " FROM member INDEXED BY member_account WHERE list = ? "
    "AND account = ? AND account != '' ORDER BY id";
static const char *const sql_twins =
    "SELECT o.id, o.list, o.address, o.status, o.lang, o.zone, o.format, "
    "o.delivery, o.joined, o.changed, o.topics, o.kind, o.least, o.paused, "
    "o.account, o.source, o.consented, EXISTS (SELECT 1 FROM follow WHERE "
    "member_id = o.id AND event_id = ?1), m.id FROM member AS m INDEXED BY "
    "member_walk CROSS JOIN member AS o ON o.list = ?2 AND o.folded = "
    "m.folded WHERE m.list = ?3 AND m.status = 'active' AND m.id > ?4 AND "
    "m.id <= ?5 ORDER BY m.id";
static const char *const sql_follow =
    "INSERT INTO follow (member_id, event_id) VALUES (?, ?) "
    "ON CONFLICT DO NOTHING";
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
		.changed = db_int(r, 9),
		.topics = db_str(r, 10, j),
		.kind = db_str(r, 11, j),
		.least = db_str(r, 12, j),
		.paused = db_int(r, 13),
		.account = db_str(r, 14, j),
		.source = db_str(r, 15, j),
		.consented = db_int(r, 16) };
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
	{ "gone", "isn't in the database of the list any more" },
};

bool
member_is_away(const struct member *m)
{
	for (size_t i = 0; i < sizeof away / sizeof *away; i++)
		if (strcmp(m->status, away[i].status) == 0)
			return true;
	return false;
}

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
	st = db_run(db, j, sql_add, "ssssiisssssssissi", m->list, m->address,
	    text_lower(j->mem, m->address), word(m->status, "active"), joined,
	    j->now, word(m->lang, ""), word(m->zone, ""),
	    word(m->format, "both"), word(m->delivery, "each"),
	    word(m->topics, ""), word(m->kind, ""), word(m->least, ""),
	    m->paused, word(m->account, ""), word(m->source, ""), m->consented);
	if (st != ST_OK || db_changes(db) != 0)
		return st;
	return is_there(db, j, m);
}

static enum status
put_status(struct db *db, struct job *j, const char *sql,
    const struct member *m)
{
	enum status st =
	    db_run(db, j, sql, "siis", m->status, j->now, m->id, m->list);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

enum status
member_set_status(struct db *db, struct job *j, int64_t id, const char *list,
    const char *status)
{
	const struct member m = { .id = id, .list = list, .status = status };

	return put_status(db, j, sql_status, &m);
}

enum status
member_leave(struct db *db, struct job *j, int64_t id, const char *list,
    const char *status)
{
	const struct member m = { .id = id, .list = list, .status = status };

	return put_status(db, j, sql_leave, &m);
}

enum status
member_save_settings(struct db *db, struct job *j, const struct member *m)
{
	return db_run(db, j, sql_settings, "sssssssiii", m->lang, m->zone,
	    m->format, m->delivery, m->topics, m->kind, m->least, m->paused,
	    j->now, m->id);
}

enum status
member_consent(struct db *db, struct job *j, int64_t id, int64_t message)
{
	return db_run(db, j, sql_consent, "iii", message, j->now, id);
}

enum status
member_set_account(struct db *db, struct job *j, int64_t id,
    const char *account)
{
	return db_run(db, j, sql_set_account, "sii", account, j->now, id);
}

enum status
member_goes(struct db *db, struct job *j, int64_t id)
{
	return db_run(db, j, sql_goes, "ii", j->now, id);
}

enum status
member_returns(struct db *db, struct job *j, int64_t id)
{
	return db_run(db, j, sql_returns, "ii", j->now, id);
}

enum status
member_follow(struct db *db, struct job *j, int64_t id, int64_t event)
{
	return db_run(db, j, sql_follow, "ii", id, event);
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

enum status
member_account(struct db *db, struct job *j, const struct member *m,
    struct member **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = ST_OK;

	*out = arena_grow(j->mem, NULL, 0, sizeof **out);
	**out = *m;
	*n = 1;
	if (m->account[0] == '\0')
		return ST_OK;
	*n = 0;
	st = db_query(db, j, &r, sql_account, "ss", m->list, m->account);
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		read_row(r, j, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
member_twins(struct db *db, struct job *j, const struct member_walk *w,
    const char *other, struct twin **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_twins, "issii", w->event,
	    other, w->list, w->after, w->high);

	*out = NULL;
	*n = 0;
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		struct twin *t;

		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		t = &(*out)[(*n)++];
		read_row(r, j, &t->is);
		t->is.follows = db_int(r, C_FOLLOWS) != 0;
		t->of = db_int(r, C_FOLLOWS + 1);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
collect(struct rows *r, struct job *j, bool follows, struct member *out,
    size_t *n)
{
	enum status st;

	*n = 0;
	while ((st = db_next(r, j)) == ST_OK) {
		read_row(r, j, &out[*n]);
		out[(*n)++].follows = follows && db_int(r, C_FOLLOWS) != 0;
	}
	return st == ST_NONE ? ST_OK : st;
}

enum status
member_batch(struct db *db, struct job *j, const struct member_walk *w,
    size_t max, struct member *out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_batch, "isiii", w->event,
	    w->list, w->after, w->high, (int64_t)max);

	if (st == ST_OK)
		st = collect(r, j, true, out, n);
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
		st = collect(r, j, false, out, n);
	db_end(r);
	return st;
}

enum status
member_count(struct db *db, struct job *j, const char *list, int64_t *active)
{
	return db_one_int(db, j, active, sql_count, "s", list);
}

enum status
member_shared(struct db *db, struct job *j, const char *list, const char *other,
    const char *except, int64_t *n)
{
	return db_one_int(db, j, n, sql_shared, "sss", list, other, except);
}

enum status
member_high(struct db *db, struct job *j, const char *list, int64_t *high)
{
	return db_one_int(db, j, high, sql_high, "s", list);
}

static enum status
any(struct db *db, struct job *j, const char *sql, const char *list, bool *out)
{
	int64_t n = 0;
	enum status st = db_one_int(db, j, &n, sql, "s", list);

	*out = n != 0;
	return st;
}

enum status
member_choosy(struct db *db, struct job *j, const char *list, bool *out)
{
	return any(db, j, sql_choosy, list, out);
}

enum status
member_digests(struct db *db, struct job *j, const char *list, bool *out)
{
	return any(db, j, sql_digests, list, out);
}
