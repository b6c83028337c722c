#include "model/question.h"

#include "base/text.h"

static const char *const sql_next =
    "SELECT coalesce(max(n), 0) + 1 FROM question WHERE event_id IS "
    "nullif(?1, 0)";
static const char *const sql_add =
    "INSERT INTO question (event_id, n, kind, person, message_id, asked, "
    "answer) VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, '')";
static const char *const sql_get =
    "SELECT id, kind, person, message_id, asked, coalesce(answered, 0), "
    "answer FROM question WHERE event_id IS nullif(?1, 0) AND n = ?2";
static const char *const sql_answer =
    "UPDATE question SET answered = ?2, answer = ?3 WHERE id = ?1 AND "
    "answered IS NULL";
static const char *const sql_told =
    "SELECT max(at) FROM told WHERE what = ?1 AND address = ?2 AND at <= ?3";
static const char *const sql_told_count =
    "SELECT count(*) FROM told WHERE what = ?1 AND address = ?2 AND at > ?3 "
    "AND at <= ?4";
static const char *const sql_tell =
    "INSERT INTO told (what, address, at) VALUES (?1, ?2, ?3)";

static const char *const kinds[QUESTIONS] = { "parked", "late", "held", "swap",
	"quiet", "merge", "split" };

enum status
question_add(struct db *db, struct job *j, struct question *q)
{
	int64_t next;
	enum status st = db_one_int(db, j, &next, sql_next, "i", q->event);

	if (st != ST_OK)
		return st;
	q->n = (int)next;
	st = db_run(db, j, sql_add, "inssii", q->event, q->n, kinds[q->kind],
	    q->person, q->message, q->asked);
	if (st == ST_OK)
		q->id = db_last_id(db);
	return st;
}

enum status
question_get(struct db *db, struct job *j, int64_t event, int n,
    struct question *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_get, "in", event, n);

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK) {
		const char *kind = db_str(r, 1, j);

		*out = (struct question){
			.id = db_int(r, 0),
			.event = event,
			.n = n,
			.person = db_str(r, 2, j),
			.message = db_int(r, 3),
			.asked = db_int(r, 4),
			.answered = db_int(r, 5),
			.answer = db_str(r, 6, j),
		};
		for (int i = 0; i < QUESTIONS; i++)
			if (text_ieq(kinds[i], kind))
				out->kind = (enum question_kind)i;
	}
	db_end(r);
	return st;
}

enum status
question_answer(struct db *db, struct job *j, int64_t id, const char *answer)
{
	return db_run(db, j, sql_answer, "iis", id, j->now, answer);
}

enum status
told_last(struct db *db, struct job *j, const char *what, const char *address,
    int64_t *at)
{
	return db_one_int(db, j, at, sql_told, "ssi", what, address, j->now);
}

enum status
told_count(struct db *db, struct job *j, const char *what, const char *address,
    int64_t since, int64_t *n)
{
	return db_one_int(db, j, n, sql_told_count, "ssii", what, address,
	    since, j->now);
}

enum status
told_add(struct db *db, struct job *j, const char *what, const char *address)
{
	return db_run(db, j, sql_tell, "ssi", what, address, j->now);
}
