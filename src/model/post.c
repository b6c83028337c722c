#include "model/post.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/chain.h"
#include "model/event.h"
#include "model/post_in.h"
#include "model/removal.h"
#include "model/tongue.h"

static const char *const sql_add = "INSERT INTO post " POST_VALUES;
static const char *const sql_all =
    "SELECT " POST_COLUMNS " FROM post WHERE event_id = ?1 ORDER BY u, r";
/* An event is in one of them only: triggers see to that. */
static const char *const sql_process =
    "SELECT " POST_COLUMNS " FROM post WHERE event_id = ?1 UNION ALL "
    "SELECT " POST_COLUMNS " FROM rehearsal WHERE event_id = ?1 ORDER BY u, r";
static const char *const sql_event =
    "SELECT year, number, next_update, kind FROM event WHERE id = ?1";
/*
 * From its second step on T4 says that time is up.  It may fire later than was
 * promised (office hours, a machine that was down), so what counts is that it
 * fired after the promise that stands: a step of an earlier promise did so
 * before this one was made.
 */
static const char *const sql_overdue =
    "SELECT count(*) FROM timer WHERE event_id = ?1 AND kind = 4 AND step >= 2 "
    "AND fired_at >= ?2";

static const char *const kinds[] = { "update", "same", "auto", "merged",
	"voided", "withdrawn", "redacted" };

const char *
post_kind_word(enum post_kind k)
{
	return kinds[k];
}

static enum post_kind
kind_of(const char *s)
{
	for (int i = 1; i <= POST_REDACTED; i++)
		if (text_ieq(kinds[i], s))
			return (enum post_kind)i;
	return POST_UPDATE;
}

static void
columns(struct rows *r, struct job *j, struct post_row *out)
{
	out->post = (struct post){
		.id = db_int(r, 0),
		.event = db_int(r, 1),
		.u = (int)db_int(r, 2),
		.r = (int)db_int(r, 3),
		.posted = db_int(r, 4),
		.kind = kind_of(db_str(r, 5, j)),
		.state = words_read_state(db_str(r, 6, j)),
		.title = db_str(r, 7, j),
		.text = db_str(r, 8, j),
		.lang = db_str(r, 9, j),
		.impact = words_read_impact(db_str(r, 10, j)),
		.impact_text = db_str(r, 11, j),
		.reseller_impact = db_str(r, 12, j),
		.enduser_impact = db_str(r, 13, j),
		.workaround = db_str(r, 14, j),
		.lasting = db_str(r, 15, j),
		.components = db_str(r, 16, j),
		.lists = db_str(r, 17, j),
		.started = db_int(r, 18),
		.ended = db_int(r, 19),
		.next_update = db_int(r, 20),
		.limited = db_int(r, 21) != 0,
		.backfill = db_int(r, 22) != 0,
		.notify = db_int(r, 23) != 0,
		.typo = db_int(r, 24) != 0,
		.reason = db_str(r, 25, j),
		.author = db_str(r, 26, j),
		.approver = db_str(r, 27, j),
		.draft = (int)db_int(r, 28),
		.hash = db_str(r, 29, j),
		.review = { db_str(r, 31, j), db_str(r, 32, j),
		    db_str(r, 33, j), db_str(r, 34, j) },
		.salt = db_str(r, 35, j),
		.social = db_str(r, 36, j),
	};
	out->names = db_str(r, 30, j);
}

enum status
post_rows(struct db *db, struct job *j, const char *sql, int64_t event,
    struct post_row **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql, "i", event);

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		columns(r, j, &(*out)[(*n)++]);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
post_revisions(struct db *db, struct job *j, int64_t event, struct post **out,
    size_t *n)
{
	struct post_row *rows;
	enum status st = post_rows(db, j, sql_process, event, &rows, n);

	*out = arena_array(j->mem, *n + 1, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = rows[i].post;
	return st;
}

enum status
post_list(struct db *db, struct job *j, int64_t event, struct post **out,
    size_t *n)
{
	size_t k, kept = 0;
	enum status st = post_revisions(db, j, event, out, &k);

	for (size_t i = 0; i < k; i++) {
		if (kept != 0 && (*out)[kept - 1].u == (*out)[i].u)
			kept--;
		(*out)[kept++] = (*out)[i];
	}
	*n = kept;
	return st;
}

/* "slug=level,slug=level": the next of them; false at the end. */
static bool
next_pair(const char **s, struct job *j, char **slug, char **value,
    const char *ends)
{
	size_t n = strcspn(*s, "="), m;

	if ((*s)[0] == '\0' || (*s)[n] == '\0')
		return false;
	m = strcspn(*s + n + 1, ends);
	*slug = arena_copy(j->mem, *s, n);
	*value = arena_copy(j->mem, *s + n + 1, m);
	*s += n + 1 + m;
	if (**s != '\0')
		(*s)++;
	return true;
}

static const char *
name_of(struct job *j, const struct conf *c, const char *names,
    const char *slug)
{
	const struct component *known;
	char *key, *value;

	while (next_pair(&names, j, &key, &value, "\n"))
		if (strcmp(key, slug) == 0)
			return value;
	known = conf_component(c, slug);
	return known == NULL ? slug : known->name;
}

static void
components(struct job *j, const struct conf *c, const struct post_row *row,
    struct public_update *out)
{
	const char *s = row->post.components;
	char *slug, *level;

	while (next_pair(&s, j, &slug, &level, ",")) {
		out->components = arena_grow(j->mem, out->components,
		    out->n_components, sizeof *out->components);
		out->components[out->n_components++] =
		    (struct public_component){ .slug = slug,
			    .name = name_of(j, c, row->names, slug),
			    .level = words_read_level(level) };
	}
}

static void
tongues(struct job *j, const struct post *p, struct public_update *out)
{
	size_t n = tongue_split(j->mem, p->text, p->lang, &out->others);

	out->text = out->others[0].text;
	out->others++;
	out->n_others = n - 1;
}

static void
as_public(struct job *j, const struct conf *c, const char *event,
    const struct post_row *row, struct public_update *out)
{
	const struct post *p = &row->post;

	*out = (struct public_update){
		.event = event,
		.u = p->u,
		.r = p->r,
		.kind = p->kind,
		.state = p->state,
		.impact = p->impact,
		.limited = p->limited,
		.backfill = p->backfill,
		.title = p->title,
		.lang = p->lang,
		.impact_text = p->impact_text,
		.reseller_impact = p->reseller_impact,
		.enduser_impact = p->enduser_impact,
		.workaround = p->workaround,
		.lasting = p->lasting,
		.social = p->social,
		.review = p->review,
		.started = p->started,
		.ended = p->ended,
		.posted = p->posted,
		.first_posted = p->posted,
		.next_update = p->next_update,
		.reason = p->reason,
		.typo = p->typo,
		.removed = row->removed,
		.trimmed = row->trimmed,
		.hash = p->hash,
	};
	tongues(j, p, out);
	components(j, c, row, out);
}

void
post_as_public(struct job *j, const struct conf *c, const char *event,
    const struct post *p, struct public_update *out)
{
	struct post_row row = { .post = *p, .names = "" };

	as_public(j, c, event, &row, out);
}

/* The worst level of each component, in order of first mention. */
static void
merge_component(struct job *j, struct public_event *e,
    const struct public_component *p)
{
	for (size_t i = 0; i < e->n_components; i++)
		if (strcmp(e->components[i].slug, p->slug) == 0) {
			if (p->level > e->components[i].level)
				e->components[i].level = p->level;
			return;
		}
	e->components = arena_grow(j->mem, e->components, e->n_components,
	    sizeof *e->components);
	e->components[e->n_components++] = *p;
}

/* The words that stand there now, and the plain facts. */
static void
take_out(struct post_row *row, const struct post *now)
{
	struct post *p = &row->post;

	row->removed = true;
	p->title = now->title;
	p->text = now->text;
	p->impact_text = p->reseller_impact = p->enduser_impact = "";
	p->workaround = p->lasting = p->social = p->reason = "";
	p->review = (struct review)REVIEW_NONE;
}

void
post_settle(struct post_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++) {
			const struct post *later = &rows[k].post;

			if (later->u != rows[i].post.u)
				break;
			if (later->kind == POST_REDACTED)
				take_out(&rows[i], later);
			rows[i].withdrawn = later->kind == POST_WITHDRAWN;
		}
}

void
post_add_update(struct job *j, const struct conf *c, const struct post_row *row,
    struct public_event *e)
{
	struct public_update *u, *before;

	e->updates =
	    arena_grow(j->mem, e->updates, e->n_updates, sizeof *e->updates);
	u = &e->updates[e->n_updates];
	before = e->n_updates == 0 ? NULL : u - 1;
	as_public(j, c, e->event, row, u);
	u->year = e->year;
	u->number = e->number;
	if (before != NULL && before->u == u->u)
		u->first_posted = before->first_posted;
	for (size_t i = 0; i < u->n_components && !row->withdrawn; i++)
		merge_component(j, e, &u->components[i]);
	if (u->impact > e->peak && !row->withdrawn)
		e->peak = u->impact;
	if (u->started != 0)
		e->started = u->started;
	if (e->n_updates++ == 0)
		e->first_title = u->title;
	e->title = u->title;
	e->state = u->state;
	e->impact = u->impact;
	e->ended = u->ended;
	e->voided = u->kind == POST_VOIDED;
	e->merged = u->kind == POST_MERGED;
}

/* Of what is withdrawn as a whole nothing was ever wrong. */
void
post_end_updates(struct public_event *e)
{
	for (size_t i = 0; e->voided && i < e->n_components; i++)
		e->components[i].level = LEVEL_OPERATIONAL;
	if (e->voided)
		e->peak = IMPACT_NONE;
}

/* What was removed and stands here too. */
static enum status
trim(struct db *db, struct job *j, bool report, int64_t event,
    struct post_row *rows, size_t n)
{
	struct removal *list;
	size_t n_list;
	enum status st =
	    removal_list(db, j, report ? 0 : event, &list, &n_list);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct post *p = &rows[i].post;
		const char *old = p->text;

		if (report)
			p->text = removal_report(j, list, n_list, p->text);
		else
			rows[i].trimmed = removal_take_out(list, n_list, p);
		rows[i].trimmed |= p->text != old;
		rows[i].trimmed &= !rows[i].removed;
	}
	return st;
}

/* Its number, and the promise that stands. */
static enum status
public_name(struct db *db, struct job *j, int64_t event,
    struct public_event *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_event, "i", event);

	*out = (struct public_event){ .title = "", .first_title = "" };
	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK) {
		out->year = (int)db_int(r, 0);
		out->number = (int)db_int(r, 1);
		out->next_update = db_int(r, 2);
		out->report = text_ieq(db_str(r, 3, j), "report");
		out->event = event_name_of(j->mem, db_str(r, 3, j), out->year,
		    out->number);
	}
	db_end(r);
	return st;
}

enum status
post_public_event_at(struct db *db, struct job *j, const struct conf *c,
    int64_t event, int64_t until, struct public_event *out)
{
	struct post_row *rows = NULL;
	size_t n = 0;
	enum status st = public_name(db, j, event, out);

	if (st == ST_OK)
		st = post_rows(db, j, sql_all, event, &rows, &n);
	if (st != ST_OK)
		return st;
	post_settle(rows, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].post.posted < until)
			post_add_update(j, c, &rows[i], out);
	if (out->n_updates == 0)
		return ST_NONE;
	out->next_update = out->updates[out->n_updates - 1].next_update;
	return ST_OK;
}

enum status
post_public_event(struct db *db, struct job *j, const struct conf *c,
    int64_t event, struct public_event *out)
{
	int64_t overdue = 0;
	struct post_row *rows;
	size_t n;
	enum status st = public_name(db, j, event, out);

	if (st == ST_OK)
		st = post_rows(db, j, sql_all, event, &rows, &n);
	if (st != ST_OK)
		return st;
	if (n == 0)
		return ST_NONE;
	post_settle(rows, n);
	if ((st = trim(db, j, out->report, event, rows, n)) != ST_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		post_add_update(j, c, &rows[i], out);
	post_end_updates(out);
	st = db_one_int(db, j, &overdue, sql_overdue, "ii", event,
	    out->next_update);
	out->overdue = out->next_update != 0 && overdue != 0;
	return st;
}

static char *
names(struct job *j, const struct conf *c, const struct post *p)
{
	struct buf b = BUF_INIT;
	const char *s = p->components;
	char *slug, *level, *out;

	while (next_pair(&s, j, &slug, &level, ","))
		buf_printf(&b, "%s=%s\n", slug, name_of(j, c, "", slug));
	out = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return out;
}

enum status
post_insert(struct db *db, struct job *j, const char *sql, const struct conf *c,
    const struct post *p)
{
	return db_run(db, j, sql, "innisssssssssssssiiinnnnsssnssssssss",
	    p->event, p->u, p->r, p->posted, kinds[p->kind],
	    words_state(p->state), p->title, p->text, p->lang,
	    words_impact(p->impact), p->impact_text, p->reseller_impact,
	    p->enduser_impact, p->workaround, p->lasting, p->components,
	    p->lists, p->started, p->ended, p->next_update, (int)p->limited,
	    (int)p->backfill, (int)p->notify, (int)p->typo, p->reason,
	    p->author, p->approver, p->draft, p->hash, names(j, c, p),
	    p->review.cause, p->review.fix, p->review.prevention,
	    p->review.problem, p->salt, p->social);
}

enum status
post_add(struct db *db, struct job *j, const struct conf *c,
    const struct keys *k, struct post *p)
{
	struct public_event e;
	enum status st = public_name(db, j, p->event, &e);

	if (st == ST_OK)
		st = chain_link(db, j, k, e.event, names(j, c, p), p);
	if (st == ST_OK && (st = post_insert(db, j, sql_add, c, p)) == ST_OK)
		p->id = db_last_id(db);
	return st;
}
