#include "model/inbox.h"

#include <string.h>

#include "ext/crypto.h"

static const char *const sql_last_mail =
    "SELECT received FROM message WHERE source IN ('lmtp', 'pipe') AND "
    "recipient NOT LIKE 'selftest%' ORDER BY id DESC LIMIT 1";
static const char *const sql_find = "SELECT id FROM message WHERE sha = ?";
static const char *const sql_add =
    "INSERT INTO message (received, source, actor, envelope_from, recipient,"
    " sha, size, cut, raw, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char *const sql_wait =
    "INSERT INTO waiting (message_id) VALUES (?)";
static const char *const sql_repeat =
    "INSERT INTO repeat (message_id, received, recipient) VALUES (?, ?, ?)";
static const char *const sql_next =
    "SELECT message_id FROM waiting ORDER BY message_id LIMIT 1";
static const char *const sql_last_link =
    "SELECT link FROM message WHERE id = (SELECT max(id) FROM message)";
static const char *const sql_link = "SELECT link FROM message WHERE id = ?";
static const char *const sql_after =
    "SELECT id FROM message WHERE id > ? ORDER BY id LIMIT 1";
static const char *const sql_get =
    "SELECT received, source, actor, envelope_from, recipient, sha, size,"
    " cut, raw FROM message WHERE id = ?";
static const char *const sql_entries =
    "SELECT m.id, coalesce(h.at, m.received) AS at, h.at IS NULL"
    " FROM message m LEFT JOIN handled h ON h.message_id = m.id"
    " ORDER BY at, m.id";
static const char *const sql_last = "SELECT coalesce(max(id), 0) FROM message";
static const char *const sql_done =
    "INSERT INTO handled (message_id, at, verdict, trust, person, address,"
    " mid, subject, event_id, result, flags)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?)";
static const char *const sql_leave = "DELETE FROM waiting WHERE message_id = ?";
static const char *const sql_same_mid =
    "SELECT count(*) FROM (SELECT 1 FROM handled"
    " WHERE mid = ? AND mid != '' AND message_id < ? LIMIT 1)";
static const char *const sql_event_of =
    "SELECT event_id FROM handled WHERE mid = ? AND mid != ''"
    " AND event_id IS NOT NULL ORDER BY message_id LIMIT 1";

static const char *const sql_of_event =
    "SELECT h.message_id, h.verdict, h.trust, h.person, h.address, h.mid,"
    " h.subject, h.result, h.flags, m.received, m.source, m.actor,"
    " (SELECT count(*) FROM repeat r WHERE r.message_id = m.id), h.at"
    " FROM handled h JOIN message m ON m.id = h.message_id"
    " WHERE h.event_id = ? AND m.source != 'clock' ORDER BY m.id";
static const char *const sql_outcome =
    "SELECT at, verdict, trust, person, address, mid, subject,"
    " coalesce(event_id, 0), result, flags FROM handled WHERE message_id = ?";

/* The link of the message, of the last one where id is 0; "": none. */
static enum status
link_of(struct db *db, struct job *j, const char *sql, int64_t id,
    const char **out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql, id == 0 ? "" : "i", id);

	*out = "";
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		*out = db_str(r, 0, j);
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

static char *
link_hash(struct job *j, const char *before, const struct envelope *e)
{
	char *form =
	    arena_printf(j->mem, "%s%lld\n%s\n%s\n%s\n%s\n%s\n%zu\n%d\n%s\n",
		before, (long long)e->received, e->source, e->actor, e->from,
		e->recipient, e->sha, e->size, (int)e->cut,
		crypto_sha256_hex(j->mem, e->raw, e->n));

	return crypto_sha256_hex(j->mem, form, strlen(form));
}

static enum status
insert(struct db *db, struct job *j, const struct envelope *e)
{
	const char *before;
	enum status st = link_of(db, j, sql_last_link, 0, &before);

	if (st != ST_OK)
		return st;
	return db_run(db, j, sql_add, "isssssinbs", e->received, e->source,
	    e->actor, e->from, e->recipient, e->sha, (int64_t)e->size,
	    (int)e->cut, e->raw, e->n, link_hash(j, before, e));
}

static enum status
add(struct db *db, struct job *j, const struct envelope *e, int64_t *id)
{
	enum status st = insert(db, j, e);

	if (st != ST_OK)
		return st;
	*id = db_last_id(db);
	return db_run(db, j, sql_wait, "i", *id);
}

/* ST_OK new, ST_NONE seen before; not yet committed. */
static enum status
take(struct db *db, struct job *j, const struct envelope *e, int64_t *id)
{
	enum status st, seen = db_one_int(db, j, id, sql_find, "s", e->sha);

	if (seen == ST_NONE)
		return add(db, j, e, id);
	if (seen != ST_OK)
		return seen;
	st = db_run(db, j, sql_repeat, "iis", *id, e->received, e->recipient);
	return st == ST_OK ? ST_NONE : st;
}

/* BEGIN IMMEDIATE makes looking and adding one step for all processes. */
enum status
inbox_take_all(struct db *db, struct job *j, struct inbox_arrival *all,
    size_t n)
{
	enum status st = db_begin(db, j);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		all[i].st = take(db, j, all[i].envelope, &all[i].id);
		if (all[i].st != ST_NONE)
			st = all[i].st;
	}
	if (st == ST_OK)
		st = db_commit(db, j);
	db_rollback(db);
	for (size_t i = 0; i < n && st != ST_OK; i++)
		all[i].st = st;
	return st;
}

enum status
inbox_take(struct db *db, struct job *j, const struct envelope *e, int64_t *id)
{
	struct inbox_arrival one = { .envelope = e };
	enum status st = inbox_take_all(db, j, &one, 1);

	*id = one.id;
	return st == ST_OK ? one.st : st;
}

enum status
inbox_get(struct db *db, struct job *j, int64_t id, struct letter_in *out)
{
	struct letter_in in = { .id = id };
	struct envelope *e = &in.envelope;
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_get, "i", id);

	if (st == ST_OK)
		st = db_next(r, j);
	if (st == ST_OK) {
		e->received = db_int(r, 0);
		e->source = db_str(r, 1, j);
		e->actor = db_str(r, 2, j);
		e->from = db_str(r, 3, j);
		e->recipient = db_str(r, 4, j);
		e->sha = db_str(r, 5, j);
		e->size = (size_t)db_int(r, 6);
		e->cut = db_int(r, 7) != 0;
		e->raw = db_blob(r, 8, j, &e->n);
		*out = in;
	}
	db_end(r);
	return st;
}

enum status
inbox_next(struct db *db, struct job *j, struct letter_in *out)
{
	int64_t id;
	enum status st = db_one_int(db, j, &id, sql_next, "");

	return st == ST_OK ? inbox_get(db, j, id, out) : st;
}

enum status
inbox_walk(struct db *db, struct job *j, int64_t id, const char *before,
    struct inbox_link *out)
{
	enum status st = db_one_int(db, j, &id, sql_after, "i", id);

	if (st == ST_OK)
		st = inbox_get(db, j, id, &out->in);
	if (st == ST_OK)
		st = link_of(db, j, sql_link, id, &out->link);
	if (st == ST_OK)
		out->good = out->link[0] == '\0' ||
			    strcmp(link_hash(j, before, &out->in.envelope),
				out->link) == 0;
	return st;
}

enum status
inbox_entries(struct db *db, struct job *j, struct inbox_entry **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_entries, "");

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct inbox_entry){ db_int(r, 0),
			db_int(r, 1), db_int(r, 2) != 0 };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
inbox_last(struct db *db, struct job *j, int64_t *id)
{
	return db_one_int(db, j, id, sql_last, "");
}

enum status
inbox_waits(struct db *db, struct job *j)
{
	int64_t id;

	return db_one_int(db, j, &id, sql_next, "");
}

enum status
inbox_done(struct db *db, struct job *j, const struct outcome *o)
{
	enum status st = db_run(db, j, sql_done, "iissssssiss", o->message,
	    o->at, o->verdict, o->trust, o->person, o->address, o->mid,
	    o->subject, o->event, o->result, o->flags);

	return st == ST_OK ? db_run(db, j, sql_leave, "i", o->message) : st;
}

enum status
inbox_same_mid(struct db *db, struct job *j, int64_t id, const char *mid,
    bool *out)
{
	int64_t n;
	enum status st = db_one_int(db, j, &n, sql_same_mid, "si", mid, id);

	if (st == ST_OK)
		*out = n != 0;
	return st;
}

enum status
inbox_event_of(struct db *db, struct job *j, const char *mid, int64_t *event)
{
	return db_one_int(db, j, event, sql_event_of, "s", mid);
}

enum status
inbox_outcome(struct db *db, struct job *j, int64_t id, struct outcome *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_outcome, "i", id);

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK)
		*out = (struct outcome){
			.message = id,
			.at = db_int(r, 0),
			.verdict = db_str(r, 1, j),
			.trust = db_str(r, 2, j),
			.person = db_str(r, 3, j),
			.address = db_str(r, 4, j),
			.mid = db_str(r, 5, j),
			.subject = db_str(r, 6, j),
			.event = db_int(r, 7),
			.result = db_str(r, 8, j),
			.flags = db_str(r, 9, j),
		};
	db_end(r);
	return st;
}

static void
arrived(struct rows *r, struct job *j, int64_t event, struct arrival *out)
{
	*out = (struct arrival){
		.outcome = {
			.message = db_int(r, 0),
			.at = db_int(r, 13),
			.verdict = db_str(r, 1, j),
			.trust = db_str(r, 2, j),
			.person = db_str(r, 3, j),
			.address = db_str(r, 4, j),
			.mid = db_str(r, 5, j),
			.subject = db_str(r, 6, j),
			.event = event,
			.result = db_str(r, 7, j),
			.flags = db_str(r, 8, j),
		},
		.received = db_int(r, 9),
		.source = db_str(r, 10, j),
		.actor = db_str(r, 11, j),
		.repeats = db_int(r, 12),
	};
}

enum status
inbox_of_event(struct db *db, struct job *j, int64_t event,
    struct arrival **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_of_event, "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		arrived(r, j, event, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
inbox_journal(struct db *db, struct job *j, const struct envelope *e,
    int64_t event)
{
	struct outcome o = {
		.at = e->received,
		.verdict = "done",
		.trust = "",
		.person = "",
		.address = "",
		.mid = "",
		.subject = "",
		.event = event,
		.result = "ok",
		.flags = "",
	};
	enum status st = add(db, j, e, &o.message);

	return st == ST_OK ? inbox_done(db, j, &o) : st;
}

enum status
inbox_last_mail(struct db *db, struct job *j, int64_t *received)
{
	return db_one_int(db, j, received, sql_last_mail, "");
}
