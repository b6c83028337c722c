#include "model/pending.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"

static const char *const sql_add =
    "INSERT INTO pending (list, what, address, folded, domain, delivery, "
    "message_id, asked, repeats, done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)";
static const char *const sql_forget = "DELETE FROM pending WHERE asked < ?";
static const char *const sql_again =
    "UPDATE pending SET repeats = repeats + 1 WHERE id = (SELECT max(id) "
    "FROM pending WHERE folded = ?)";
static const char *const sql_get =
    "SELECT id, list, what, address, delivery, message_id, asked, done "
    "FROM pending WHERE id = ?";
static const char *const sql_done = "UPDATE pending SET done = ? WHERE id = ?";
static const char *const sql_since =
    "SELECT count(*) FROM pending WHERE folded = ? AND asked > ?";
static const char *const sql_same =
    "SELECT count(*) FROM pending WHERE folded = ? AND asked > ? AND "
    "list = ? AND what = ? AND done = 0";
static const char *const sql_all =
    "SELECT count(*) FROM pending WHERE asked > ?";
static const char *const sql_domain =
    "SELECT count(*) FROM pending WHERE domain = ? AND asked > ?";

static const char *const whats[] = { "subscribe", "unsubscribe", "request" };

static const char *
domain_of(struct job *j, const char *address)
{
	const char *at = strrchr(address, '@');

	return at == NULL ? "" : text_lower(j->mem, at + 1);
}

/*
 * Under how many addresses one mailbox may be asked for is for its owner to
 * choose, not for a stranger: what stands behind a + doesn't count, nor dots
 * at Gmail, nor a dot behind the domain.
 */
static char *
one_person(struct arena *mem, const char *address)
{
	char *s = text_lower(mem, address), *at = strrchr(s, '@'), *to;
	size_t local;
	bool dots;

	if (at == NULL)
		return s;
	for (size_t n = strlen(at); n > 1 && at[n - 1] == '.';)
		at[--n] = '\0';
	dots =
	    strcmp(at, "@gmail.com") != 0 && strcmp(at, "@googlemail.com") != 0;
	local = strcspn(s, "+@");
	to = s;
	for (size_t i = 0; i < local; i++)
		if (dots || s[i] != '.')
			*to++ = s[i];
	memmove(to, at, strlen(at) + 1);
	return s;
}

enum status
pending_count(struct db *db, struct job *j, const struct pending *p,
    struct pending_counts *out)
{
	const char *folded = one_person(j->mem, p->address);
	int64_t day = j->now - PENDING_DAY, hour = j->now - HOUR;
	enum status st;

	st = db_one_int(db, j, &out->day, sql_since, "si", folded, day);
	if (st == ST_OK)
		st = db_one_int(db, j, &out->month, sql_since, "si", folded,
		    j->now - PENDING_MONTH);
	if (st == ST_OK)
		st = db_one_int(db, j, &out->same, sql_same, "siss", folded,
		    day, p->list, whats[p->what]);
	if (st == ST_OK)
		st = db_one_int(db, j, &out->hour, sql_all, "i", hour);
	if (st == ST_OK)
		st = db_one_int(db, j, &out->hour_domain, sql_domain, "si",
		    domain_of(j, p->address), hour);
	return st;
}

enum status
pending_add(struct db *db, struct job *j, struct pending *p)
{
	enum status st = db_run(db, j, sql_forget, "i", j->now - PENDING_MONTH);

	if (st == ST_OK)
		st = db_run(db, j, sql_add, "ssssssii", p->list, whats[p->what],
		    p->address, one_person(j->mem, p->address),
		    domain_of(j, p->address), p->delivery, p->message, j->now);
	p->asked = j->now;
	p->done = 0;
	if (st == ST_OK)
		p->id = db_last_id(db);
	return st;
}

enum status
pending_again(struct db *db, struct job *j, const char *address)
{
	return db_run(db, j, sql_again, "s", one_person(j->mem, address));
}

enum status
pending_get(struct db *db, struct job *j, int64_t id, struct pending *out)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_get, "i", id);

	if (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		const char *what = db_str(r, 2, j);

		*out = (struct pending){ .id = db_int(r, 0),
			.list = db_str(r, 1, j),
			.address = db_str(r, 3, j),
			.delivery = db_str(r, 4, j),
			.message = db_int(r, 5),
			.asked = db_int(r, 6),
			.done = db_int(r, 7) };
		for (int i = 0; i <= PENDING_REQUEST; i++)
			if (strcmp(what, whats[i]) == 0)
				out->what = (enum pending_what)i;
	}
	db_end(r);
	return st;
}

enum status
pending_done(struct db *db, struct job *j, int64_t id)
{
	return db_run(db, j, sql_done, "ii", j->now, id);
}
