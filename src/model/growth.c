#include "model/growth.h"

static const char *const sql_week =
    "SELECT high, active FROM week WHERE list = ?";
static const char *const sql_active =
    "SELECT count(*) FROM member INDEXED BY member_walk WHERE list = ? AND "
    "status = 'active'";
static const char *const sql_high = "SELECT coalesce(max(id), 0) FROM turn";
static const char *const sql_turns =
    "SELECT count(*) FILTER (WHERE was = 'active'), "
    "count(*) FILTER (WHERE became = 'active' AND was = 'bounced'), "
    "count(*) FILTER (WHERE was = 'active' AND became = 'left'), "
    "count(*) FILTER (WHERE was = 'active' AND became = 'nomail'), "
    "count(*) FILTER (WHERE was = 'active' AND became = 'complained'), "
    "count(*) FILTER (WHERE was = 'active' AND became = 'removed'), "
    "count(*) FILTER (WHERE was = 'active' AND became = 'gone'), "
    "count(*) FILTER (WHERE was = 'active' AND became = 'bounced') "
    "FROM turn WHERE list = ?1 AND id > ?2";
static const char *const sql_counted =
    "INSERT INTO week (list, at, high, active) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (list) DO UPDATE SET at = ?2, high = ?3, active = ?4";
/* An address without an account is one by itself; who is gone is none.  Both
 * walk along an index: nothing is sorted but what is unreached. */
#define GROUPED \
	"FROM member INDEXED BY member_account WHERE list = ?1 AND " \
	"account != '' AND status != 'gone' GROUP BY account"
#define SINGLE \
	"FROM member WHERE list = ?1 AND account = '' AND status != 'gone'"
static const char *const sql_accounts =
    "SELECT count(*), coalesce(sum(a = 0), 0) FROM "
    "(SELECT sum(status = 'active') AS a " GROUPED " UNION ALL "
    "SELECT status = 'active' " SINGLE ")";
static const char *const sql_unreached =
    "SELECT account, address, status, max(changed) AS since, "
    "count(*) " GROUPED " HAVING sum(status = 'active') = 0 UNION ALL "
    "SELECT account, address, status, changed, 1 " SINGLE
    " AND status != 'active' ORDER BY since, address LIMIT ?2";

/* ST_OK with zeros: it was never counted. */
static enum status
last(struct db *db, struct job *j, const char *list, int64_t *high,
    int64_t *active)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_week, "s", list);

	*high = *active = 0;
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*high = db_int(r, 0);
		*active = db_int(r, 1);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

/* Who joined is what nothing else explains. */
static enum status
turns(struct db *db, struct job *j, const char *list, int64_t high,
    struct growth *g)
{
	int64_t out = 0;
	int64_t *const to[] = { &out, &g->back, &g->left, &g->nomail,
		&g->complained, &g->removed, &g->gone, &g->bounced };
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_turns, "si", list, high);

	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		for (int i = 0; i < (int)(sizeof to / sizeof *to); i++)
			*to[i] = db_int(r, i);
	db_end(r);
	g->joined = g->active - g->before + out - g->back;
	return st;
}

enum status
growth_accounts(struct db *db, struct job *j, const char *list,
    struct growth *g)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_accounts, "s", list);

	if (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		g->accounts = db_int(r, 0);
		g->unreached = db_int(r, 1);
	}
	db_end(r);
	return st;
}

enum status
growth_count(struct db *db, struct job *j, const char *list, struct growth *out)
{
	struct growth g = { 0 };
	int64_t high;
	enum status st = last(db, j, list, &high, &g.before);

	if (st == ST_OK)
		st = db_one_int(db, j, &g.active, sql_active, "s", list);
	if (st == ST_OK)
		st = turns(db, j, list, high, &g);
	if (st == ST_OK)
		*out = g;
	return st;
}

enum status
growth_counted(struct db *db, struct job *j, const char *list)
{
	int64_t active = 0, high = 0;
	enum status st = db_one_int(db, j, &active, sql_active, "s", list);

	if (st == ST_OK)
		st = db_one_int(db, j, &high, sql_high, "");
	return st != ST_OK ? st
			   : db_run(db, j, sql_counted, "siii", list, j->now,
				 high, active);
}

enum status
growth_unreached(struct db *db, struct job *j, const char *list, size_t max,
    struct unreached **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st =
	    db_query(db, j, &r, sql_unreached, "si", list, (int64_t)max);

	*out = NULL;
	*n = 0;
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] =
		    (struct unreached){ db_str(r, 0, j), db_str(r, 1, j),
			    db_str(r, 2, j), db_int(r, 3), db_int(r, 4) };
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}
