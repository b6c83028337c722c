#include "model/event_find.h"

#define COLUMNS \
	"SELECT e.id, e.kind, e.year, e.number, e.phase, e.closed," \
	" (SELECT coalesce(max(n), 0) FROM draft" \
	"  WHERE event_id = e.id)," \
	" (SELECT coalesce(max(created), 0) FROM draft" \
	"  WHERE event_id = e.id AND status IN ('pending', 'held'))" \
	" FROM event AS e "

static const char *const sql_name =
    COLUMNS "WHERE e.kind = ?1 AND e.year = ?2 AND e.number = ?3";
static const char *const sql_letter =
    COLUMNS "JOIN letter AS l ON l.event_id = e.id WHERE l.mid = ?1"
	    " ORDER BY l.id LIMIT 1";
/* Outlook repeats Message-IDs: the newest mail is the one answered. */
static const char *const sql_handled = COLUMNS
    "JOIN handled AS h ON h.event_id = e.id"
    " WHERE h.mid = ?1 AND h.mid != '' ORDER BY h.message_id DESC LIMIT 1";
static const char *const sql_since =
    COLUMNS "WHERE e.closed = 0 OR e.closed >= ?1 ORDER BY e.id DESC";

static struct event_found
row(struct rows *r, struct job *j)
{
	return (struct event_found){
		.id = db_int(r, 0),
		.kind = db_str(r, 1, j),
		.year = (int)db_int(r, 2),
		.number = (int)db_int(r, 3),
		.phase = words_read_phase(db_str(r, 4, j)),
		.closed = db_int(r, 5),
		.drafts = (int)db_int(r, 6),
		.drafted = db_int(r, 7),
	};
}

static enum status
first(struct rows *r, struct job *j, struct event_found *out)
{
	enum status st = db_next(r, j);

	if (st == ST_OK)
		*out = row(r, j);
	db_end(r);
	return st;
}

enum status
event_find_name(struct db *db, struct job *j, const char *kind, int year,
    int number, struct event_found *out)
{
	struct rows *r;
	enum status st =
	    db_query(db, j, &r, sql_name, "snn", kind, year, number);

	return st == ST_OK ? first(r, j, out) : st;
}

enum status
event_find_mid(struct db *db, struct job *j, const char *mid,
    struct event_found *out)
{
	struct rows *r;
	enum status st;

	if (*mid == '\0')
		return ST_NONE;
	if ((st = db_query(db, j, &r, sql_letter, "s", mid)) != ST_OK)
		return st;
	if ((st = first(r, j, out)) != ST_NONE)
		return st;
	if ((st = db_query(db, j, &r, sql_handled, "s", mid)) != ST_OK)
		return st;
	return first(r, j, out);
}

enum status
event_find_since(struct db *db, struct job *j, int64_t since,
    struct event_found **out, size_t *n)
{
	struct event_found *all = NULL;
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_since, "i", since);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		all = arena_grow(j->mem, all, *n, sizeof *all);
		all[(*n)++] = row(r, j);
	}
	db_end(r);
	*out = all;
	return st == ST_NONE ? ST_OK : st;
}
