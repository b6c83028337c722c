#include "model/rebound.h"

#include "base/text.h"

enum { LOW = 1 << 24 };

static const char *const sql_add =
    "INSERT INTO bounce (member_id, letter_id, post_id, message_id, at, "
    "domain, class, reason, status, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?) ON CONFLICT (member_id, letter_id) DO NOTHING";
static const char *const sql_tally =
    "SELECT count(*) FILTER (WHERE class = 'hard' AND at > ?2), "
    "count(DISTINCT iif(class = 'hard' AND at > ?2, at / 86400, NULL)), "
    "count(DISTINCT iif(class = 'hard' AND at > ?2, post_id, NULL)), "
    "count(*) FILTER (WHERE class = 'soft' AND at > ?3) "
    "FROM bounce WHERE member_id = ?1 AND counts = 1";
static const char *const sql_forgive =
    "UPDATE bounce SET counts = 0 WHERE member_id = ? AND counts = 1";
static const char *const sql_turned =
    "SELECT count(DISTINCT member_id) FROM bounce INDEXED BY bounce_domain "
    "WHERE domain = ? AND at > ? AND class = 'hard'";
static const char *const sql_forgive_domain =
    "UPDATE bounce INDEXED BY bounce_domain SET counts = 0 "
    "WHERE domain = ? AND at > ? AND class = 'hard' AND counts = 1";
static const char *const sql_back =
    "UPDATE member SET status = 'active', changed = ?1 WHERE status = "
    "'bounced' AND changed > ?3 AND id IN (SELECT member_id FROM bounce "
    "INDEXED BY bounce_domain WHERE domain = ?2 AND at > ?3 AND "
    "class = 'hard')";
static const char *const sql_no_probe =
    "DELETE FROM probe WHERE member_id IN (SELECT b.member_id FROM bounce b "
    "INDEXED BY bounce_domain JOIN member m ON m.id = b.member_id WHERE "
    "b.domain = ? AND b.at > ? AND b.class = 'hard' AND m.status = 'active')";

static const char *const sql_brake_get =
    "SELECT members, counted, until, spare FROM brake WHERE domain = ?";
static const char *const sql_brake_set =
    "INSERT INTO brake (domain, members, counted, until, spare) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (domain) DO UPDATE SET "
    "members = excluded.members, counted = excluded.counted, "
    "until = excluded.until, spare = excluded.spare";
static const char *const sql_members =
    "SELECT count(*) FROM member WHERE status = 'active' AND "
    "substr(folded, -length(?1)) = ?1";

static const char *const sql_probe_set =
    "INSERT INTO probe (member_id, due, letter_id, tries) "
    "VALUES (?, ?, nullif(?, 0), ?) ON CONFLICT (member_id) DO UPDATE SET "
    "due = excluded.due, letter_id = excluded.letter_id, "
    "tries = excluded.tries";
static const char *const sql_probe_get =
    "SELECT member_id, due, coalesce(letter_id, 0), tries FROM probe "
    "WHERE member_id = ?";
static const char *const sql_probe_drop =
    "DELETE FROM probe WHERE member_id = ?";
static const char *const sql_probe_first =
    "SELECT member_id, due, coalesce(letter_id, 0), tries FROM probe "
    "ORDER BY due, member_id LIMIT 1";
static const char *const sql_newest = "SELECT coalesce(max(id), 0) FROM letter";

enum status
rebound_add(struct db *db, struct job *j, const struct rebound *r)
{
	enum status st =
	    db_run(db, j, sql_add, "iiiiissssi", r->member, r->letter, r->post,
		r->message, r->at, r->domain, r->hard ? "hard" : "soft",
		r->reason, r->status, (int64_t)r->counts);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

enum status
rebound_tally(struct db *db, struct job *j, int64_t member, int64_t hard_since,
    int64_t soft_since, struct tally *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_tally, "iii", member,
	    hard_since, soft_since);

	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		*out = (struct tally){ db_int(r, 0), db_int(r, 1), db_int(r, 2),
			db_int(r, 3) };
	db_end(r);
	return st;
}

enum status
rebound_forgive(struct db *db, struct job *j, int64_t member)
{
	return db_run(db, j, sql_forgive, "i", member);
}

enum status
rebound_turned(struct db *db, struct job *j, const char *domain, int64_t since,
    int64_t *members)
{
	return db_one_int(db, j, members, sql_turned, "si", domain, since);
}

enum status
rebound_forgive_domain(struct db *db, struct job *j, const char *domain,
    int64_t since)
{
	enum status st = db_run(db, j, sql_forgive_domain, "si", domain, since);

	if (st == ST_OK)
		st = db_run(db, j, sql_back, "isi", j->now, domain, since);
	return st == ST_OK ? db_run(db, j, sql_no_probe, "si", domain, since)
			   : st;
}

enum status
brake_get(struct db *db, struct job *j, const char *domain, struct brake *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_brake_get, "s", domain);

	*out = (struct brake){ 0, 0, 0, 0 };
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		*out = (struct brake){ db_int(r, 0), db_int(r, 1), db_int(r, 2),
			db_int(r, 3) };
	db_end(r);
	return st;
}

enum status
brake_set(struct db *db, struct job *j, const char *domain,
    const struct brake *b)
{
	return db_run(db, j, sql_brake_set, "siiii", domain, b->members,
	    b->counted, b->until, b->spare);
}

enum status
brake_members(struct db *db, struct job *j, const char *domain, int64_t *n)
{
	return db_one_int(db, j, n, sql_members, "s",
	    arena_printf(j->mem, "@%s", domain));
}

enum status
probe_set(struct db *db, struct job *j, const struct probe *p)
{
	return db_run(db, j, sql_probe_set, "iiii", p->member, p->due,
	    p->letter, (int64_t)p->tries);
}

static enum status
one(struct rows *r, struct job *j, enum status st, struct probe *out)
{
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		*out = (struct probe){ db_int(r, 0), db_int(r, 1), db_int(r, 2),
			(int)db_int(r, 3) };
	db_end(r);
	return st;
}

enum status
probe_get(struct db *db, struct job *j, int64_t member, struct probe *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_probe_get, "i", member);

	return one(r, j, st, out);
}

enum status
probe_drop(struct db *db, struct job *j, int64_t member)
{
	return db_run(db, j, sql_probe_drop, "i", member);
}

enum status
probe_first(struct db *db, struct job *j, struct probe *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_probe_first, "");

	return one(r, j, st, out);
}

enum status
rebound_letter(struct db *db, struct job *j, int64_t low, int64_t *id)
{
	int64_t newest = 0;
	enum status st = db_one_int(db, j, &newest, sql_newest, "");

	if (st != ST_OK)
		return st;
	if (low > newest)
		return ST_NONE;
	*id = newest - (newest - low) % LOW;
	return ST_OK;
}
