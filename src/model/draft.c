#include "model/draft.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "ext/crypto.h"

#define COLUMNS \
	"n, created, author, status, status_at, status_by, kind, stock, " \
	"proposal, state, title, text, lang, impact, impact_text, " \
	"reseller_impact, enduser_impact, workaround, lasting, components, " \
	"lists, started, ended, promise, promise_value, notify, correct, " \
	"typo, reason, facts, hash, cadence, cause, fix, prevention, " \
	"problem, " \
	"marks, social"

static const char *const sql_next =
    "SELECT coalesce(max(n), 0) + 1 FROM draft WHERE event_id = ?1";
static const char *const sql_add =
    "INSERT INTO draft (event_id, " COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, "
    "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
    "?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, "
    "?35, ?36, ?37, ?38, ?39)";
static const char *const sql_get =
    "SELECT " COLUMNS " FROM draft WHERE event_id = ?1 AND n = ?2";
static const char *const sql_open =
    "SELECT " COLUMNS " FROM draft WHERE event_id = ?1 AND "
    "status IN ('pending', 'held') ORDER BY n DESC LIMIT 1";
static const char *const sql_list =
    "SELECT " COLUMNS " FROM draft WHERE event_id = ?1 ORDER BY n";
static const char *const sql_move =
    "UPDATE draft SET status = ?3, status_at = ?4, status_by = ?5 "
    "WHERE event_id = ?1 AND n = ?2";

/* By the names of the letters: dN, its check, or a page while it waited. */
static const char *const sql_overtaken =
    "SELECT n FROM draft d WHERE event_id = ?1 AND status = 'superseded' AND "
    "(author = ?2 OR EXISTS (SELECT 1 FROM letter l WHERE l.event_id = ?1 "
    "AND l.person = ?2 AND (l.mid LIKE '%.d' || d.n || '@%' OR "
    "l.mid LIKE '%.d' || d.n || '.check@%' OR (l.kind = 'page' AND l.created "
    "BETWEEN d.created AND d.status_at - 1)))) AND NOT EXISTS (SELECT 1 FROM "
    "letter l WHERE l.event_id = ?1 AND l.person = ?2 AND "
    "l.created >= d.status_at) ORDER BY n";

static const char *const words[] = { "pending", "held", "approved", "stale",
	"superseded", "discarded" };
static const char *const kinds[] = { "update", "same", "auto", "merged",
	"voided", "withdrawn", "redacted" };
static const char *const promises[] = { "unset", "after", "at", "none" };

static int
find(const char *const *table, int n, const char *s)
{
	for (int i = 0; i < n; i++)
		if (text_ieq(table[i], s))
			return i;
	return 0;
}

const char *
draft_word(enum draft_status s)
{
	return words[s];
}

static void
columns(struct rows *r, struct job *j, int64_t event, struct draft *d)
{
	*d = (struct draft){
		.event = event,
		.n = (int)db_int(r, 0),
		.created = db_int(r, 1),
		.author = db_str(r, 2, j),
		.status = (enum draft_status)find(words, 6, db_str(r, 3, j)),
		.status_at = db_int(r, 4),
		.status_by = db_str(r, 5, j),
		.kind = (enum post_kind)find(kinds, POST_REDACTED + 1,
		    db_str(r, 6, j)),
		.stock = db_int(r, 7) != 0,
		.proposal = db_int(r, 8) != 0,
		.state = words_read_state(db_str(r, 9, j)),
		.title = db_str(r, 10, j),
		.text = db_str(r, 11, j),
		.lang = db_str(r, 12, j),
		.impact = words_read_impact(db_str(r, 13, j)),
		.impact_text = db_str(r, 14, j),
		.reseller_impact = db_str(r, 15, j),
		.enduser_impact = db_str(r, 16, j),
		.workaround = db_str(r, 17, j),
		.lasting = db_str(r, 18, j),
		.components = db_str(r, 19, j),
		.lists = db_str(r, 20, j),
		.started = db_int(r, 21),
		.ended = db_int(r, 22),
		.promise.value = db_int(r, 24),
		.notify = db_int(r, 25) != 0,
		.correct = (int)db_int(r, 26),
		.typo = db_int(r, 27) != 0,
		.reason = db_str(r, 28, j),
		.facts = db_str(r, 29, j),
		.hash = db_str(r, 30, j),
		.cadence = db_int(r, 31),
		.review = { db_str(r, 32, j), db_str(r, 33, j),
		    db_str(r, 34, j), db_str(r, 35, j) },
		.marks = db_str(r, 36, j),
		.social = db_str(r, 37, j),
	};
	d->promise.kind = find(promises, 4, db_str(r, 23, j));
}

/* One line a field, each line ended, so that no two drafts read alike. */
char *
draft_hash(struct job *j, const struct draft *d)
{
	const struct review *v = &d->review;
	struct buf b = BUF_INIT;
	char *hash;

	buf_printf(&b, "event: %lld\ndraft: %d\nkind: %s\nstate: %s\n",
	    (long long)d->event, d->n, kinds[d->kind], words_state(d->state));
	buf_printf(&b, "title: %s\nlang: %s\nimpact: %s\ncomponents: %s\n",
	    d->title, d->lang, words_impact(d->impact), d->components);
	buf_printf(&b, "lists: %s\nstarted: %lld\nended: %lld\n", d->lists,
	    (long long)d->started, (long long)d->ended);
	buf_printf(&b, "promise: %s %lld\nnotify: %d\ncorrect: %d\ntypo: %d\n",
	    promises[d->promise.kind], (long long)d->promise.value, d->notify,
	    d->correct, d->typo);
	buf_printf(&b, "reason: %s\nservice: %zu %s\nresellers: %zu %s\n",
	    d->reason, strlen(d->impact_text), d->impact_text,
	    strlen(d->reseller_impact), d->reseller_impact);
	buf_printf(&b, "end users: %zu %s\nworkaround: %zu %s\n",
	    strlen(d->enduser_impact), d->enduser_impact, strlen(d->workaround),
	    d->workaround);
	if (d->cadence != 0)
		buf_printf(&b, "cadence: %lld\n", (long long)d->cadence);
	buf_printf(&b, "lasting: %zu %s\ntext: %zu\n%s", strlen(d->lasting),
	    d->lasting, strlen(d->text), d->text);
	if (d->state == STATE_POSTMORTEM)
		buf_printf(&b,
		    "\ncause: %zu %s\nfix: %zu %s\nprevention: %zu %s\n"
		    "problem: %s\n",
		    strlen(v->cause), v->cause, strlen(v->fix), v->fix,
		    strlen(v->prevention), v->prevention, v->problem);
	if (d->social[0] != '\0')
		buf_printf(&b, "\nsocial: %zu %s", strlen(d->social),
		    d->social);
	if (d->marks != NULL && d->marks[0] != '\0')
		buf_printf(&b, "\nmarks: %zu %s", strlen(d->marks), d->marks);
	hash = crypto_sha256_hex(j->mem, b.data, b.len);
	buf_free(&b);
	return hash;
}

enum status
draft_add(struct db *db, struct job *j, struct draft *d)
{
	int64_t next;
	enum status st = db_one_int(db, j, &next, sql_next, "i", d->event);

	if (st != ST_OK)
		return st;
	d->n = (int)next;
	d->hash = draft_hash(j, d);
	return db_run(db, j, sql_add, "inississnnssssssssssssiisinnnsssissssss",
	    d->event, d->n, d->created, d->author, words[d->status],
	    d->status_at, d->status_by, kinds[d->kind], (int)d->stock,
	    (int)d->proposal, words_state(d->state), d->title, d->text, d->lang,
	    words_impact(d->impact), d->impact_text, d->reseller_impact,
	    d->enduser_impact, d->workaround, d->lasting, d->components,
	    d->lists, d->started, d->ended, promises[d->promise.kind],
	    d->promise.value, (int)d->notify, d->correct, (int)d->typo,
	    d->reason, d->facts, d->hash, d->cadence, d->review.cause,
	    d->review.fix, d->review.prevention, d->review.problem,
	    d->marks == NULL ? "" : d->marks, d->social);
}

static enum status
one(struct rows *r, struct job *j, int64_t event, struct draft *out)
{
	enum status st = db_next(r, j);

	if (st == ST_OK)
		columns(r, j, event, out);
	db_end(r);
	return st;
}

enum status
draft_get(struct db *db, struct job *j, int64_t event, int n, struct draft *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_get, "in", event, n);

	return st == ST_OK ? one(r, j, event, out) : st;
}

enum status
draft_open(struct db *db, struct job *j, int64_t event, struct draft *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_open, "i", event);

	return st == ST_OK ? one(r, j, event, out) : st;
}

enum status
draft_move(struct db *db, struct job *j, const struct draft *d)
{
	return db_run(db, j, sql_move, "insis", d->event, d->n,
	    words[d->status], d->status_at, d->status_by);
}

enum status
draft_list(struct db *db, struct job *j, int64_t event, struct draft **out,
    size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_list, "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		columns(r, j, event, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
draft_overtaken(struct db *db, struct job *j, int64_t event, const char *person,
    int **out, size_t *n)
{
	struct rows *r;
	enum status st =
	    db_query(db, j, &r, sql_overtaken, "is", event, person);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = (int)db_int(r, 0);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}
