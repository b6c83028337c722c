#include "model/letter.h"

#include <string.h>

#define COLUMNS \
	"l.id, l.kind, coalesce(l.event_id, 0), coalesce(l.post_id, 0), " \
	"coalesce(l.message_id, 0), l.list, l.person, l.recipient, " \
	"l.sender, l.mid, l.high, l.created, l.due, l.tries, " \
	"l.first_failed, l.status, l.reply, l.first"

enum { C_RAW = 18, LISTED = 1000, LATELY = 7 * 24 * 60 * 60 };

static const char *const sql_add =
    "INSERT INTO letter (kind, event_id, post_id, list, person, recipient, "
    "sender, mid, raw, message_id, high, created, due, first, tries, "
    "first_failed, status, reply) VALUES (?, nullif(?, 0), nullif(?, 0), ?, ?, "
    "?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, 0, 0, 'waiting', '') "
    "ON CONFLICT (kind, mid, recipient) DO NOTHING";
static const char *const sql_high =
    "SELECT coalesce(max(id), 0) FROM member INDEXED BY member_walk "
    "WHERE list = ? AND status = 'active'";
static const char *const sql_extend =
    "UPDATE letter SET high = ?1 WHERE id = ?2 AND status = 'waiting' AND NOT "
    "EXISTS (SELECT 1 FROM member AS m INDEXED BY member_walk WHERE "
    "m.list = letter.list AND m.status = 'active' AND m.id > letter.high AND "
    "m.id < ?3)";
static const char *const sql_next_page =
    "SELECT " COLUMNS ", l.raw FROM letter l INDEXED BY letter_waiting WHERE "
    "l.status = 'waiting' AND l.due <= ? AND l.id > ? AND "
    "l.kind IN ('page', 'command') ORDER BY l.id LIMIT 1";
static const char *const sql_next_other =
    "SELECT " COLUMNS ", coalesce(m.raw, l.raw) FROM letter l "
    "INDEXED BY letter_waiting LEFT JOIN message m ON m.id = l.message_id "
    "AND l.kind = 'forward' WHERE l.status = 'waiting' AND l.due <= ? AND "
    "l.id > ? AND l.kind NOT IN ('page', 'command', 'broadcast') "
    "ORDER BY l.id LIMIT 1";
static const char *const sql_broadcasts =
    "SELECT " COLUMNS ", coalesce(p.impact, '') = 'critical' FROM letter l "
    "INDEXED BY letter_waiting LEFT JOIN post p ON p.id = l.post_id "
    "WHERE l.status = 'waiting' AND l.due <= ? AND l.kind = 'broadcast' "
    "ORDER BY l.id LIMIT ?";
static const char *const sql_probe =
    "UPDATE letter SET tries = tries WHERE id = ?";
static const char *const sql_sent =
    "UPDATE letter SET status = 'sent', done = ?, reply = ? "
    "WHERE id = ? AND status = 'waiting'";
static const char *const sql_sent_all =
    "UPDATE letter SET status = 'sent', done = ?, reply = ? "
    "WHERE id = ? AND high = ? AND status = 'waiting'";
static const char *const sql_failed =
    "UPDATE letter SET status = 'failed', done = ?, reply = ? "
    "WHERE id = ? AND status = 'waiting'";
static const char *const sql_later =
    "UPDATE letter SET due = ?, tries = tries + 1, first_failed = ?, "
    "done = ?, reply = ? WHERE id = ? AND status = 'waiting'";
#define FROZEN "status = 'waiting' AND due > ?1 AND (created > ?1 OR done > ?1)"
static const char *const sql_frozen =
    "SELECT id FROM letter INDEXED BY letter_waiting WHERE " FROZEN " LIMIT 1";
static const char *const sql_thaw =
    "UPDATE letter INDEXED BY letter_waiting SET due = ?1 WHERE " FROZEN;
static const char *const sql_bounced =
    "UPDATE letter SET status = 'failed', done = ?, reply = ? WHERE id = ? "
    "AND status = 'sent' AND kind = 'page'";
/* Of that update, or a preview of one of its texts. */
#define TOLD_OF \
	"letter.event_id = ?1 AND EXISTS (SELECT 1 FROM post p WHERE " \
	"p.event_id = ?1 AND p.u = ?2 AND p.kind != 'redacted' AND " \
	"(p.id = letter.post_id OR letter.mid LIKE '%.d' || p.draft || '@%' " \
	"OR letter.mid LIKE '%.d' || p.draft || '.check@%'))"
static const char *const sql_take_back =
    "UPDATE letter SET status = 'dropped', done = ?3, raw = NULL, "
    "reply = trim(reply || ' taken back: its text was removed') "
    "WHERE status = 'waiting' AND kind IN ('mail', 'broadcast') AND " TOLD_OF;
static const char *const sql_drop_all =
    "UPDATE letter SET status = 'dropped', done = ?1, reply = ?2 "
    "WHERE status = 'waiting'";
/* The reply of a broadcast begins with how many were taken. */
static const char *const sql_copies =
    "SELECT coalesce(sum(CAST(reply AS INTEGER)), 0) FROM letter "
    "WHERE kind = 'broadcast' AND " TOLD_OF;
static const char *const sql_get =
    "SELECT " COLUMNS " FROM letter l WHERE l.id = ?";
static const char *const sql_due =
    "SELECT min(due) FROM letter WHERE status = 'waiting'";
static const char *const sql_list =
    "SELECT " COLUMNS " FROM letter l WHERE l.id IN (SELECT id FROM letter "
    "WHERE status = 'waiting' UNION ALL SELECT id FROM letter "
    "WHERE status = 'failed' AND done > ?) ORDER BY l.id LIMIT ?";
static const char *const sql_of_event =
    "SELECT " COLUMNS " FROM letter l WHERE l.event_id = ? ORDER BY l.id";

static const char *const sql_insiders =
    "SELECT DISTINCT person FROM letter WHERE event_id = ?1 AND post_id = ?2 "
    "AND person != ''";
static const char *const sql_raw =
    "SELECT raw FROM letter WHERE id = ? AND raw IS NOT NULL";

static const char *const kinds[] = { "mail", "page", "command", "forward",
	"broadcast" };

static enum letter_kind
read_kind(const char *s)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(s, kinds[i]) == 0)
			return (enum letter_kind)i;
	return LETTER_MAIL;
}

static void
read_row(struct rows *r, struct job *j, struct letter *l)
{
	*l = (struct letter){ .id = db_int(r, 0),
		.kind = read_kind(db_str(r, 1, j)),
		.event = db_int(r, 2),
		.post = db_int(r, 3),
		.message = db_int(r, 4),
		.list = db_str(r, 5, j),
		.person = db_str(r, 6, j),
		.recipient = db_str(r, 7, j),
		.sender = db_str(r, 8, j),
		.mid = db_str(r, 9, j),
		.high = db_int(r, 10),
		.created = db_int(r, 11),
		.due = db_int(r, 12),
		.tries = (int)db_int(r, 13),
		.first_failed = db_int(r, 14),
		.status = db_str(r, 15, j),
		.reply = db_str(r, 16, j),
		.first = db_int(r, 17) };
}

static const char *
word(const char *s)
{
	return s == NULL ? "" : s;
}

static enum status
add(struct db *db, struct job *j, const struct letter *l, int64_t high)
{
	static const char *const types = "siisssssbiiiii";
	int64_t due = l->due == 0 ? l->created : l->due;

	if (l->raw == NULL)
		return db_run(db, j, sql_add, "siissssssiiiii", kinds[l->kind],
		    l->event, l->post, word(l->list), word(l->person),
		    word(l->recipient), word(l->sender), word(l->mid),
		    (const char *)NULL, l->message, high, l->created, due,
		    l->first);
	return db_run(db, j, sql_add, types, kinds[l->kind], l->event, l->post,
	    word(l->list), word(l->person), word(l->recipient), word(l->sender),
	    word(l->mid), l->raw, l->n, l->message, high, l->created, due,
	    l->first);
}

enum status
letter_add(struct db *db, struct job *j, const struct letter *l)
{
	return add(db, j, l, l->high);
}

enum status
letter_add_broadcast(struct db *db, struct job *j, const struct letter *l)
{
	struct letter b = *l;
	int64_t high = 0;
	enum status st = db_one_int(db, j, &high, sql_high, "s", l->list);

	if (st != ST_OK && st != ST_NONE)
		return st;
	b.kind = LETTER_BROADCAST;
	b.raw = NULL;
	return add(db, j, &b, high);
}

enum status
letter_add_arrival(struct db *db, struct job *j, const struct letter *l,
    int64_t *id)
{
	struct letter b = *l;
	enum status st =
	    db_run(db, j, sql_extend, "iii", l->high, *id, l->first);

	if (st != ST_OK || db_changes(db) != 0)
		return st;
	b.kind = LETTER_BROADCAST;
	b.raw = NULL;
	st = add(db, j, &b, l->high);
	*id = db_last_id(db);
	return st;
}

enum status
letter_next(struct db *db, struct job *j, int64_t now, int64_t after,
    bool pages, struct letter *out)
{
	const char *sql = pages ? sql_next_page : sql_next_other;
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql, "ii", now, after);

	if (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		read_row(r, j, out);
		if (!db_is_null(r, C_RAW))
			out->raw = db_blob(r, C_RAW, j, &out->n);
	}
	db_end(r);
	return st;
}

enum status
letter_broadcasts(struct db *db, struct job *j, int64_t now,
    struct letter **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_broadcasts, "in", now, LISTED);

	*out = NULL;
	*n = 0;
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		read_row(r, j, &(*out)[*n]);
		(*out)[(*n)++].critical = db_int(r, C_RAW) != 0;
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
letter_probe(struct db *db, struct job *j, int64_t id)
{
	return db_run(db, j, sql_probe, "i", id);
}

enum status
letter_sent(struct db *db, struct job *j, int64_t id, const char *reply)
{
	return db_run(db, j, sql_sent, "isi", j->now, reply, id);
}

enum status
letter_sent_all(struct db *db, struct job *j, const struct letter *l,
    const char *reply)
{
	enum status st =
	    db_run(db, j, sql_sent_all, "isii", j->now, reply, l->id, l->high);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

enum status
letter_take_back(struct db *db, struct job *j, int64_t event, int u)
{
	return db_run(db, j, sql_take_back, "ini", event, u, j->now);
}

enum status
letter_drop_all(struct db *db, struct job *j, const char *reply)
{
	return db_run(db, j, sql_drop_all, "is", j->now, reply);
}

enum status
letter_copies(struct db *db, struct job *j, int64_t event, int u, int64_t *out)
{
	return db_one_int(db, j, out, sql_copies, "in", event, u);
}

enum status
letter_failed(struct db *db, struct job *j, int64_t id, const char *reply)
{
	return db_run(db, j, sql_failed, "isi", j->now, reply, id);
}

enum status
letter_later(struct db *db, struct job *j, const struct letter *l, int64_t due,
    const char *reply)
{
	return db_run(db, j, sql_later, "iiisi", due,
	    l->first_failed == 0 ? j->now : l->first_failed, j->now, reply,
	    l->id);
}

/* Looks first: nearly always there is nothing to be written. */
enum status
letter_thaw(struct db *db, struct job *j)
{
	int64_t id;
	enum status st = db_one_int(db, j, &id, sql_frozen, "i", j->now);

	if (st == ST_OK)
		st = db_run(db, j, sql_thaw, "i", j->now);
	return st == ST_NONE ? ST_OK : st;
}

enum status
letter_bounced(struct db *db, struct job *j, int64_t id, const char *reply)
{
	enum status st = db_run(db, j, sql_bounced, "isi", j->now, reply, id);

	return st == ST_OK && db_changes(db) == 0 ? ST_NONE : st;
}

enum status
letter_get(struct db *db, struct job *j, int64_t id, struct letter *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_get, "i", id);

	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		read_row(r, j, out);
	db_end(r);
	return st;
}

enum status
letter_due(struct db *db, struct job *j, int64_t *due)
{
	return db_one_int(db, j, due, sql_due, "");
}

static enum status
collect(struct job *j, struct rows *r, struct letter **out, size_t *n)
{
	enum status st;

	*out = NULL;
	*n = 0;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		read_row(r, j, &(*out)[(*n)++]);
	}
	return st == ST_NONE ? ST_OK : st;
}

enum status
letter_list(struct db *db, struct job *j, struct letter **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st =
	    db_query(db, j, &r, sql_list, "in", j->now - LATELY, LISTED);

	if (st == ST_OK)
		st = collect(j, r, out, n);
	db_end(r);
	return st;
}

enum status
letter_of_event(struct db *db, struct job *j, int64_t event,
    struct letter **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_of_event, "i", event);

	if (st == ST_OK)
		st = collect(j, r, out, n);
	db_end(r);
	return st;
}

enum status
letter_insiders(struct db *db, struct job *j, int64_t event, int64_t post,
    const char ***out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_insiders, "ii", event, post);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = db_str(r, 0, j);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
letter_raw(struct db *db, struct job *j, int64_t id, char **out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_raw, "i", id);
	size_t n;

	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		*out = db_blob(r, 0, j, &n);
	db_end(r);
	return st;
}
