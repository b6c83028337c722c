#include "model/pin.h"

#include <ctype.h>
#include <string.h>

enum { SHORT = 40, LONG = 64 };

static const char *const sql_of =
    "SELECT fingerprint, person, added, actor FROM pin WHERE person = ?1 "
    "ORDER BY added, fingerprint";
static const char *const sql_all =
    "SELECT fingerprint, person, added, actor FROM pin ORDER BY person, added, "
    "fingerprint";
static const char *const sql_find =
    "SELECT fingerprint, person, added, actor FROM pin WHERE fingerprint = ?1";
static const char *const sql_add =
    "INSERT INTO pin (fingerprint, person, added, actor) VALUES (?1, ?2, ?3, "
    "?4)";
static const char *const sql_remove = "DELETE FROM pin WHERE fingerprint = ?1";
static const char *const sql_seen =
    "SELECT count(*) FROM seal WHERE id = ?1 AND message_id != ?2";
static const char *const sql_keep =
    "INSERT INTO seal (id, message_id, fingerprint, made) VALUES (?1, ?2, ?3, "
    "?4) ON CONFLICT (id) DO NOTHING";

char *
pin_fingerprint(struct arena *mem, const char *s)
{
	char *out = arena_str(mem, s);
	size_t n = 0;

	for (; *s != '\0'; s++) {
		if (*s == ' ' || *s == ':')
			continue;
		if (!isxdigit((unsigned char)*s))
			return NULL;
		out[n++] = (char)toupper((unsigned char)*s);
	}
	out[n] = '\0';
	return n == SHORT || n == LONG ? out : NULL;
}

static void
push(struct job *j, struct pin **all, size_t *n, const struct pin *p)
{
	*all = arena_grow(j->mem, *all, *n, sizeof **all);
	(*all)[(*n)++] = *p;
}

/* What the configuration says, checked when it was read. */
static void
add_configured(struct job *j, const struct person *who, struct pin **all,
    size_t *n)
{
	for (size_t i = 0; i < who->n_keys; i++) {
		struct pin p = { .person = who->slug,
			.of_conf = true,
			.actor = "" };

		p.fingerprint = pin_fingerprint(j->mem, who->keys[i]);
		if (p.fingerprint != NULL)
			push(j, all, n, &p);
	}
}

static struct pin
row_of(struct rows *r, struct job *j)
{
	return (struct pin){
		.fingerprint = db_str(r, 0, j),
		.person = db_str(r, 1, j),
		.added = db_int(r, 2),
		.actor = db_str(r, 3, j),
	};
}

enum status
pin_list(struct db *db, struct job *j, const struct conf *c, const char *person,
    struct pin **out, size_t *n)
{
	struct rows *r = NULL;
	enum status st;

	*out = NULL;
	*n = 0;
	for (size_t i = 0; i < c->n_persons; i++)
		if (person == NULL || strcmp(c->persons[i].slug, person) == 0)
			add_configured(j, &c->persons[i], out, n);
	st = person == NULL ? db_query(db, j, &r, sql_all, "")
			    : db_query(db, j, &r, sql_of, "s", person);
	while (st == ST_OK && (st = db_next(r, j)) == ST_OK) {
		struct pin p = row_of(r, j);

		push(j, out, n, &p);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
pin_find(struct db *db, struct job *j, const struct conf *c,
    const char *fingerprint, struct pin *out)
{
	struct pin *all = NULL;
	size_t n = 0;
	struct rows *r = NULL;
	enum status st;

	for (size_t i = 0; i < c->n_persons; i++)
		add_configured(j, &c->persons[i], &all, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].fingerprint, fingerprint) == 0) {
			*out = all[i];
			return ST_OK;
		}
	st = db_query(db, j, &r, sql_find, "s", fingerprint);
	if (st == ST_OK && (st = db_next(r, j)) == ST_OK)
		*out = row_of(r, j);
	db_end(r);
	return st;
}

enum status
pin_add(struct db *db, struct job *j, const struct pin *p)
{
	return db_run(db, j, sql_add, "ssis", p->fingerprint, p->person,
	    p->added, p->actor);
}

enum status
pin_remove(struct db *db, struct job *j, const char *fingerprint)
{
	return db_run(db, j, sql_remove, "s", fingerprint);
}

enum status
seal_seen(struct db *db, struct job *j, const char *id, int64_t message,
    bool *out)
{
	int64_t n = 0;
	enum status st = db_one_int(db, j, &n, sql_seen, "si", id, message);

	*out = n != 0;
	return st;
}

enum status
seal_keep(struct db *db, struct job *j, const char *id, int64_t message,
    const char *fingerprint, int64_t made)
{
	return db_run(db, j, sql_keep, "sisi", id, message, fingerprint, made);
}
