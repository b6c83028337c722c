#include "model/chain.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "ext/crypto.h"
#include "model/event.h"
#include "model/removal.h"
#include "model/words.h"

enum { BATCH = 200, FAR = 253402300 };

enum { /* columns of ROW */
	ID,
	KIND_OF,
	YEAR,
	NUMBER,
	U,
	R,
	POSTED,
	KIND,
	STATE,
	IMPACT,
	COMPONENTS,
	STARTED,
	ENDED,
	NEXT,
	LANG,
	LIMITED,
	BACKFILL,
	NOTIFY,
	TYPO,
	LISTS,
	AUTHOR,
	APPROVER,
	DRAFT,
	SALT,
	HASH,
	GONE,
	FIELD,
};

static const char *const fields[] = { "title", "text", "impact text",
	"reseller impact", "enduser impact", "workaround", "lasting", "cause",
	"fix", "prevention", "problem", "names", "reason", "social" };

enum {
	FIELDS = sizeof fields / sizeof *fields,
	TEXT = 1,
	NAMES = 11,
	SOCIAL = 13 /* told since 12, where there is one */
};

_Static_assert((int)FIELDS == (int)REMOVAL_TEXTS + 1, "all but the names");

#define ROW \
	"id, (SELECT kind FROM event WHERE event.id = event_id), " \
	"(SELECT year FROM event WHERE event.id = event_id), " \
	"(SELECT number FROM event WHERE event.id = event_id), u, r, posted, " \
	"kind, state, impact, components, started, ended, next_update, lang, " \
	"limited, backfill, notify, typo, lists, author, approver, draft, " \
	"salt, hash, EXISTS (SELECT 1 FROM post AS later WHERE " \
	"later.event_id = post.event_id AND later.u = post.u AND " \
	"later.r > post.r AND later.kind = 'redacted'), " \
	"title, text, impact_text, reseller_impact, enduser_impact, " \
	"workaround, lasting, cause, fix, prevention, problem, names, " \
	"reason, " \
	"social "

static const char *const sql_last =
    "SELECT hash FROM post ORDER BY id DESC LIMIT 1";
static const char *const sql_walk =
    "SELECT " ROW "FROM post WHERE id > ?1 ORDER BY id LIMIT ?2";
static const char *const sql_between =
    "SELECT " ROW "FROM post WHERE posted >= ?1 AND posted < ?2 ORDER BY id";
static const char *const sql_before = "SELECT hash FROM post WHERE id = ?1 - 1";
static const char *const sql_head =
    "SELECT " ROW "FROM post NOT INDEXED WHERE posted < ?1 "
    "ORDER BY id DESC LIMIT 1";
static const char *const sql_last_between =
    "SELECT coalesce(max(id), 0) FROM post WHERE posted >= ?1 AND posted < ?2";
static const char *const sql_previous =
    "SELECT hash FROM post WHERE id = (SELECT id FROM post WHERE event_id = ?1 "
    "AND u = ?2 AND r = ?3) - 1";
static const char *const sql_at = "SELECT " ROW "FROM post WHERE id = ?1";
static const char *const sql_days =
    "SELECT DISTINCT posted / 86400 * 86400 FROM post "
    "WHERE posted >= ?1 AND posted < ?2 ORDER BY 1";

/* As stored: words that mean nothing to us must not look like others. */
struct row {
	int64_t id, u, r, posted, started, ended, next, draft;
	int64_t limited, backfill, notify, typo;
	const char *event, *kind, *state, *impact, *components, *lang;
	const char *lists, *author, *approver, *hash;
	const char *salt;   /* of texts, published with them; "" before 7 */
	const char *secret; /* ... of what stays inside */
	const char *field[FIELDS];
	bool gone; /* its texts were redacted */
};

/* Two that tell nothing of each other, of the one that is stored. */
static const char *
salt_for(struct job *j, const char *stored, const char *what)
{
	const char *s = arena_printf(j->mem, "%s\n%s", what, stored);

	return stored[0] == '\0' ? "" : crypto_sha256_hex(j->mem, s, strlen(s));
}

static void
columns(struct rows *r, struct job *j, struct row *out)
{
	*out = (struct row){
		.id = db_int(r, ID),
		.event = event_name_of(j->mem, db_str(r, KIND_OF, j),
		    (int)db_int(r, YEAR), (int)db_int(r, NUMBER)),
		.u = db_int(r, U),
		.r = db_int(r, R),
		.posted = db_int(r, POSTED),
		.kind = db_str(r, KIND, j),
		.state = db_str(r, STATE, j),
		.impact = db_str(r, IMPACT, j),
		.components = db_str(r, COMPONENTS, j),
		.started = db_int(r, STARTED),
		.ended = db_int(r, ENDED),
		.next = db_int(r, NEXT),
		.lang = db_str(r, LANG, j),
		.limited = db_int(r, LIMITED),
		.backfill = db_int(r, BACKFILL),
		.notify = db_int(r, NOTIFY),
		.typo = db_int(r, TYPO),
		.lists = db_str(r, LISTS, j),
		.author = db_str(r, AUTHOR, j),
		.approver = db_str(r, APPROVER, j),
		.draft = db_int(r, DRAFT),
		.salt = salt_for(j, db_str(r, SALT, j), "texts"),
		.secret = salt_for(j, db_str(r, SALT, j), "inside"),
		.hash = db_str(r, HASH, j),
		.gone = db_int(r, GONE) != 0,
	};
	for (int i = 0; i < FIELDS; i++)
		out->field[i] = db_str(r, FIELD + i, j);
}

/* ---- the canonical form ---- */

static const char *
moment(struct job *j, int64_t t)
{
	if (t == 0)
		return "";
	if (t < 0 || t / 1000 > FAR)
		return arena_printf(j->mem, "%" PRId64, t);
	return when_rfc3339(j->mem, t);
}

/* A value that stays on its line. */
static const char *
flat(struct job *j, const char *s)
{
	char *out = arena_str(j->mem, s);

	for (char *p = out; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20)
			*p = ' ';
	return out;
}

static char *
digest(struct job *j, const char *salt, const char *name, const char *text)
{
	const char *s = salt[0] == '\0' ? text
					: arena_printf(j->mem, "%s\n%s\n%s",
					      salt, name, text);

	return crypto_sha256_hex(j->mem, s, strlen(s));
}

static void
source(struct buf *b, const char *s)
{
	while (s[0] != '\0') {
		size_t n = strcspn(s, "\n");

		buf_char(b, '\t');
		buf_add(b, s, n);
		buf_char(b, '\n');
		s += n;
		if (s[0] == '\n' && *++s == '\0')
			buf_str(b, "\t\n");
	}
}

/* A text, for the hash and for the record. */
static void
add_text(struct job *j, const struct row *r, int i, struct buf *form,
    struct buf *record)
{
	char *line = arena_printf(j->mem, "%s: %s\n", fields[i],
	    digest(j, r->salt, fields[i], r->field[i]));

	buf_str(form, line);
	buf_str(record, line);
	if (!r->gone)
		source(record, r->field[i]);
}

/* Of versions before 7. */
static void
add_old(struct job *j, const struct row *r, struct buf *b)
{
	buf_printf(b, "event: %s\nupdate: %" PRId64 "\nrevision: %" PRId64 "\n",
	    r->event, r->u, r->r);
	buf_printf(b, "posted: %s\nstate: %s\nimpact: %s\ncomponents: %s\n",
	    moment(j, r->posted), r->state, r->impact, r->components);
	buf_printf(b, "next: %s\nlanguage: %s\ntext:\n%s\n", moment(j, r->next),
	    r->lang, digest(j, "", "", r->field[TEXT]));
}

static void
add_plain(struct job *j, const struct row *r, struct buf *b)
{
	buf_printf(b, "event: %s\nupdate: %" PRId64 "\nrevision: %" PRId64 "\n",
	    r->event, r->u, r->r);
	buf_printf(b, "posted: %s\nkind: %s\nstate: %s\nimpact: %s\n",
	    moment(j, r->posted), flat(j, r->kind), flat(j, r->state),
	    flat(j, r->impact));
	buf_printf(b, "components: %s\nstarted: %s\nended: %s\nnext: %s\n",
	    flat(j, r->components), moment(j, r->started), moment(j, r->ended),
	    moment(j, r->next));
	buf_printf(b,
	    "language: %s\nlimited: %" PRId64 "\nbackfill: %" PRId64
	    "\nnotify: %" PRId64 "\ntypo: %" PRId64 "\n",
	    flat(j, r->lang), r->limited, r->backfill, r->notify, r->typo);
}

static char *
inside(struct job *j, const struct row *r)
{
	return digest(j, r->secret, "inside",
	    arena_printf(j->mem, "%s\n%s\n%s\n%" PRId64, r->lists, r->author,
		r->approver, r->draft));
}

/* What is hashed after `before`, and the same as it is published. */
static void
forms(struct job *j, const struct row *r, struct buf *form, struct buf *record)
{
	if (r->salt[0] == '\0') {
		add_old(j, r, form);
		buf_str(record, form->data);
		if (!r->gone)
			source(record, r->field[TEXT]);
		return;
	}
	add_plain(j, r, form);
	buf_str(record, form->data);
	for (int i = 0; i < FIELDS; i++)
		if (i != SOCIAL || r->field[i][0] != '\0')
			add_text(j, r, i, form, record);
	buf_printf(form, "inside: %s\n", inside(j, r));
	buf_printf(record, "inside: %s\n", inside(j, r));
}

static char *
hash_of(struct job *j, const char *before, const struct row *r)
{
	struct buf form = BUF_INIT, record = BUF_INIT;
	char *all;

	forms(j, r, &form, &record);
	all = arena_printf(j->mem, "%s%s", before, form.data);
	buf_free(&form);
	buf_free(&record);
	return crypto_sha256_hex(j->mem, all, strlen(all));
}

/* ---- reading ---- */

/* One text of one row; "" if there is none. */
static enum status
one(struct db *db, struct job *j, const char *sql, int64_t arg,
    const char **out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql, arg == 0 ? "" : "i", arg);

	*out = "";
	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK)
		*out = db_str(r, 0, j);
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
chain_link(struct db *db, struct job *j, const struct keys *k,
    const char *event, const char *names, struct post *p)
{
	const char *stored = keys_salt(j, k, event, p->u, p->r);
	const struct row r = {
		.event = event,
		.u = p->u,
		.r = p->r,
		.posted = p->posted,
		.kind = post_kind_word(p->kind),
		.state = words_state(p->state),
		.impact = words_impact(p->impact),
		.components = p->components,
		.started = p->started,
		.ended = p->ended,
		.next = p->next_update,
		.lang = p->lang,
		.limited = p->limited,
		.backfill = p->backfill,
		.notify = p->notify,
		.typo = p->typo,
		.lists = p->lists,
		.author = p->author,
		.approver = p->approver,
		.draft = p->draft,
		.salt = salt_for(j, stored, "texts"),
		.secret = salt_for(j, stored, "inside"),
		.field = { p->title, p->text, p->impact_text,
		    p->reseller_impact, p->enduser_impact, p->workaround,
		    p->lasting, p->review.cause, p->review.fix,
		    p->review.prevention, p->review.problem, names, p->reason,
		    p->social },
	};
	const char *before;
	enum status st = one(db, j, sql_last, 0, &before);

	if (st != ST_OK)
		return st;
	p->salt = stored;
	p->hash = hash_of(j, before, &r);
	return ST_OK;
}

static void
publish(struct job *j, const char *before, const struct row *r, struct buf *out)
{
	struct buf form = BUF_INIT, record = BUF_INIT;

	forms(j, r, &form, &record);
	buf_printf(out, "post: %" PRId64 "\nprevious: %s\n%s", r->id, before,
	    record.data);
	if (r->gone)
		buf_str(out, "texts: removed\n");
	else if (r->salt[0] != '\0')
		buf_printf(out, "salt: %s\n", r->salt);
	buf_printf(out, "hash: %s\n\n", r->hash);
	buf_free(&form);
	buf_free(&record);
}

/* Of a record that repeats what was removed nothing is published: the salt
 * would give away the one text that is missing. */
static bool
repeats(struct job *j, const struct row *r, const struct removal *list,
    size_t n)
{
	bool report = strncmp(r->event, "REP-", 4) == 0, hit = false;

	for (size_t i = 0; i < n && !hit; i++) {
		if (report)
			hit = removal_report(j, &list[i], 1, r->field[TEXT]) !=
			      r->field[TEXT];
		if (strcmp(list[i].event, r->event) != 0)
			continue;
		for (int k = 0; k < FIELDS && !hit; k++)
			hit = k != NAMES && removal_hits(&list[i], r->field[k]);
	}
	return hit;
}

enum status
chain_records(struct db *db, struct job *j, int64_t from, int64_t until,
    struct buf *out)
{
	const char *before = NULL;
	struct removal *list;
	struct rows *r;
	size_t n;
	enum status st = removal_list(db, j, 0, &list, &n);

	if (st == ST_OK)
		st = db_query(db, j, &r, sql_between, "ii", from, until);
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		struct job own;
		struct row row;

		job_begin(&own, j->id, j->now);
		columns(r, &own, &row);
		if (before == NULL)
			st = one(db, j, sql_before, row.id, &before);
		row.gone = row.gone || repeats(&own, &row, list, n);
		if (st == ST_OK)
			publish(&own, before, &row, out);
		before = arena_str(j->mem, row.hash);
		job_end(&own);
		if (st != ST_OK)
			break;
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

static enum status
head(struct db *db, struct job *j, const char *sql, int64_t arg,
    struct chain_head *out)
{
	struct rows *r;
	struct row row;
	enum status st = db_query(db, j, &r, sql, "i", arg);

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK) {
		columns(r, j, &row);
		*out = (struct chain_head){ row.id, row.event, (int)row.u,
			(int)row.r, row.posted, row.hash };
	}
	db_end(r);
	return st;
}

enum status
chain_head(struct db *db, struct job *j, int64_t until, struct chain_head *out)
{
	return head(db, j, sql_head, until, out);
}

enum status
chain_at(struct db *db, struct job *j, int64_t number, struct chain_head *out)
{
	return head(db, j, sql_at, number, out);
}

enum status
chain_head_on(struct db *db, struct job *j, int64_t from, int64_t until,
    struct chain_head *h)
{
	int64_t last = 0;
	enum status st =
	    db_one_int(db, j, &last, sql_last_between, "ii", from, until);

	return st != ST_OK || last <= h->number ? st : chain_at(db, j, last, h);
}

enum status
chain_before(struct db *db, struct job *j, int64_t event, int u, int r,
    const char **out)
{
	struct rows *rows;
	enum status st =
	    db_query(db, j, &rows, sql_previous, "inn", event, u, r);

	*out = "";
	if (st != ST_OK)
		return st;
	if ((st = db_next(rows, j)) == ST_OK)
		*out = db_str(rows, 0, j);
	db_end(rows);
	return st == ST_NONE ? ST_OK : st;
}

enum status
chain_days(struct db *db, struct job *j, int64_t from, int64_t until,
    int64_t **out, size_t *n)
{
	return db_ints(db, j, out, n, sql_days, "ii", from, until);
}

/* ---- walking ---- */

struct walk {
	int64_t last; /* row that was looked at */
	char before[CHAIN_DIGEST + 1];
	int64_t n, broken;
	struct chain_break *first;
};

/* What the row that follows says of a row that doesn't fit. */
static enum chain_fault
fault_of(struct job *j, const struct walk *w, const struct row *r,
    const struct row *next)
{
	if (r->id != w->last + 1)
		return CHAIN_REMOVED;
	if (next != NULL &&
	    strcmp(hash_of(j, w->before, next), next->hash) == 0)
		return CHAIN_INSERTED;
	return CHAIN_ALTERED;
}

static void
look(struct job *j, struct walk *w, const struct row *r, const struct row *next)
{
	bool good = strcmp(hash_of(j, w->before, r), r->hash) == 0;
	enum chain_fault fault = good ? CHAIN_ALTERED : fault_of(j, w, r, next);

	w->n++;
	if (!good && w->broken++ == 0)
		*w->first = (struct chain_break){ fault,
			fault == CHAIN_REMOVED ? w->last + 1 : r->id,
			arena_str(j->mem, r->event), (int)r->u, (int)r->r };
	w->last = r->id;
	if (fault == CHAIN_INSERTED)
		return;
	(void)memset(w->before, 0, sizeof w->before);
	(void)memcpy(w->before, r->hash, strnlen(r->hash, CHAIN_DIGEST));
}

static enum status
batch(struct db *db, struct job *j, struct walk *w, struct row *list, size_t *n)
{
	struct rows *r;
	enum status st =
	    db_query(db, j, &r, sql_walk, "in", w->last, BATCH + 1);

	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK)
		columns(r, j, &list[(*n)++]);
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
chain_walk(struct db *db, struct job *j, int64_t *n, int64_t *broken,
    struct chain_break *first)
{
	struct walk w = { .first = first };
	size_t got = BATCH + 1;
	enum status st = ST_OK;

	while (st == ST_OK && got > BATCH) {
		struct job own;
		struct row *list;

		job_begin(&own, j->id, j->now);
		list = arena_array(own.mem, BATCH + 1, sizeof *list);
		st = batch(db, &own, &w, list, &got);
		for (size_t i = 0; i < got && i < BATCH && st == ST_OK; i++)
			look(&own, &w, &list[i],
			    i + 1 < got ? &list[i + 1] : NULL);
		if (w.broken != 0 && w.first->event != NULL)
			w.first->event = arena_str(j->mem, w.first->event);
		if (st != ST_OK)
			(void)job_fail(j, st, "%s", own.why);
		job_end(&own);
	}
	*n = w.n;
	*broken = w.broken;
	return st;
}
