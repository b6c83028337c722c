#include "model/swap.h"

#include "model/words.h"

#define COLUMNS \
	"id, message_id, asked, role, level, giver, taker, from_at, " \
	"until_at, " \
	"giver_yes, taker_yes, refused"

static const char *const sql_add =
    "INSERT INTO swap (message_id, asked, role, level, giver, taker, from_at, "
    "until_at, giver_yes, taker_yes, refused) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
    "?7, ?8, ?9, ?10, ?11)";
static const char *const sql_answer =
    "UPDATE swap SET from_at = ?2, giver_yes = ?3, taker_yes = ?4, "
    "refused = ?5 WHERE id = ?1";
static const char *const sql_of =
    "SELECT " COLUMNS " FROM swap WHERE message_id = ?1 ORDER BY id";
static const char *const sql_list =
    "SELECT " COLUMNS " FROM swap WHERE until_at > ?1 AND refused = 0 ORDER "
    "BY from_at, id";

enum status
swap_save(struct db *db, struct job *j, struct swap *s)
{
	enum status st;

	if (s->id != 0)
		return db_run(db, j, sql_answer, "iiiii", s->id, s->from,
		    s->giver_yes, s->taker_yes, s->refused);
	st = db_run(db, j, sql_add, "iisnssiiiii", s->message, s->asked,
	    words_role((enum role)s->role), s->level, s->giver, s->taker,
	    s->from, s->until, s->giver_yes, s->taker_yes, s->refused);
	if (st == ST_OK)
		s->id = db_last_id(db);
	return st;
}

static enum status
list(struct db *db, struct job *j, const char *sql, int64_t key,
    struct swap **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql, "i", key);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (struct swap){
			.id = db_int(r, 0),
			.message = db_int(r, 1),
			.asked = db_int(r, 2),
			.role = words_read_role(db_str(r, 3, j)),
			.level = (int)db_int(r, 4),
			.giver = db_str(r, 5, j),
			.taker = db_str(r, 6, j),
			.from = db_int(r, 7),
			.until = db_int(r, 8),
			.giver_yes = db_int(r, 9),
			.taker_yes = db_int(r, 10),
			.refused = db_int(r, 11),
		};
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
swap_of(struct db *db, struct job *j, int64_t message, struct swap **out,
    size_t *n)
{
	return list(db, j, sql_of, message, out, n);
}

enum status
swap_list(struct db *db, struct job *j, struct swap **out, size_t *n)
{
	return list(db, j, sql_list, j->now, out, n);
}

enum status
swap_rota(struct db *db, struct job *j, const struct conf *c,
    const struct rota *file, struct rota *out)
{
	struct swap *all;
	size_t n;
	enum status st;

	*out = *file;
	if (db == NULL)
		return ST_OK;
	st = swap_list(db, j, &all, &n);
	for (size_t i = 0; i < n && st == ST_OK; i++) {
		const struct person *giver = conf_person(c, all[i].giver);
		const struct shift over = {
			.from = all[i].from,
			.until = all[i].until,
			.role = all[i].role,
			.level = all[i].level,
			.person = conf_person(c, all[i].taker),
		};

		/* Who has left, or lost the role since, takes nothing over. */
		if (all[i].from != 0 && giver != NULL && over.person != NULL &&
		    (over.person->roles & over.role) != 0)
			rota_swap(j->mem, out, &over, giver);
	}
	return st;
}
