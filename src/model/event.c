#include "model/event.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"

#define COLUMNS \
	"id, kind, year, number, opened, began, source, reporter, subject, " \
	"title, phase, state, noc_state, severity, impact, disclosure, " \
	"owner, started, detected, ended, handed_off, acked, closed, " \
	"changed, next_update, related, on_call, first_owner, first_acked, " \
	"reached, cadence, disclosed, merged, merged_at, before"

static const char *const sql_get =
    "SELECT " COLUMNS " FROM event WHERE id = ?1";
static const char *const sql_open =
    "SELECT " COLUMNS
    " FROM event INDEXED BY event_closed WHERE closed = 0 AND "
    "kind != 'report' ORDER BY id DESC";
static const char *const sql_touches =
    "SELECT slug, level, given FROM touches WHERE event_id = ?1 "
    "ORDER BY position";
static const char *const sql_number =
    "INSERT INTO counter (kind, year, next) VALUES (?1, ?2, 2) "
    "ON CONFLICT (kind, year) DO UPDATE SET next = next + 1 "
    "RETURNING next - 1";
static const char *const sql_insert =
    "INSERT INTO event (kind, year, number, opened, began, source, reporter, "
    "subject, title, phase, state, noc_state, severity, impact, disclosure, "
    "owner, started, detected, ended, handed_off, acked, closed, changed, "
    "next_update, related, on_call, first_owner, first_acked, reached, "
    "cadence, disclosed, merged, merged_at, before) VALUES (?1, ?2, ?3, ?4, "
    "?5, ?6, ?7, ?8, ?9, ?10, "
    "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, "
    "nullif(?25, 0), ?26, ?27, ?28, ?29, ?30, ?31, nullif(?32, 0), ?33, "
    "?34)";
static const char *const sql_update =
    "UPDATE event SET began = ?2, title = ?3, phase = ?4, state = ?5, "
    "noc_state = ?6, severity = ?7, impact = ?8, disclosure = ?9, "
    "owner = ?10, started = ?11, detected = ?12, ended = ?13, "
    "handed_off = ?14, acked = ?15, closed = ?16, changed = ?17, "
    "next_update = ?18, on_call = ?19, first_owner = ?20, first_acked = ?21, "
    "reached = ?22, cadence = ?23, disclosed = ?24, merged = nullif(?25, 0), "
    "merged_at = ?26, before = ?27 WHERE id = ?1";
static const char *const sql_forget = "DELETE FROM touches WHERE event_id = ?1";
static const char *const sql_touch =
    "INSERT INTO touches (event_id, slug, level, given, position) "
    "VALUES (?1, ?2, ?3, ?4, ?5)";

static void
columns(struct rows *r, struct job *j, struct event *e)
{
	*e = (struct event){
		.id = db_int(r, 0),
		.kind = db_str(r, 1, j),
		.year = (int)db_int(r, 2),
		.number = (int)db_int(r, 3),
		.opened = db_int(r, 4),
		.began = db_int(r, 5),
		.source = db_str(r, 6, j),
		.reporter = db_str(r, 7, j),
		.subject = db_str(r, 8, j),
		.title = db_str(r, 9, j),
		.phase = words_read_phase(db_str(r, 10, j)),
		.state = words_read_state(db_str(r, 11, j)),
		.noc_state = words_read_state(db_str(r, 12, j)),
		.severity = (int)db_int(r, 13),
		.impact = words_read_impact(db_str(r, 14, j)),
		.disclosure = words_read_disclosure(db_str(r, 15, j)),
		.owner = db_str(r, 16, j),
		.started = db_int(r, 17),
		.detected = db_int(r, 18),
		.ended = db_int(r, 19),
		.handed_off = db_int(r, 20),
		.acked = db_int(r, 21),
		.closed = db_int(r, 22),
		.changed = db_int(r, 23),
		.next_update = db_int(r, 24),
		.related = db_int(r, 25),
		.on_call = db_str(r, 26, j),
		.first_owner = db_str(r, 27, j),
		.first_acked = db_int(r, 28),
		.reached = (int)db_int(r, 29),
		.cadence = db_int(r, 30),
		.disclosed = db_int(r, 31) != 0,
		.merged = db_int(r, 32),
		.merged_at = db_int(r, 33),
		.before = db_str(r, 34, j),
	};
}

static enum status
touches(struct db *db, struct job *j, struct event *e)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_touches, "i", e->id);

	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		e->touches = arena_grow(j->mem, e->touches, e->n_touches,
		    sizeof *e->touches);
		e->touches[e->n_touches++] = (struct touch){
			.slug = db_str(r, 0, j),
			.level = words_read_level(db_str(r, 1, j)),
			.given = db_int(r, 2) != 0,
		};
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
event_get(struct db *db, struct job *j, int64_t id, struct event *out)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_get, "i", id);

	if (st != ST_OK)
		return st;
	if ((st = db_next(r, j)) == ST_OK)
		columns(r, j, out);
	db_end(r);
	return st == ST_OK ? touches(db, j, out) : st;
}

enum status
event_open(struct db *db, struct job *j, struct event **out, size_t *n)
{
	struct rows *r;
	enum status st = db_query(db, j, &r, sql_open, "");

	*out = NULL;
	*n = 0;
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		columns(r, j, &(*out)[(*n)++]);
	}
	db_end(r);
	for (size_t i = 0; i < *n && st == ST_NONE; i++)
		if ((st = touches(db, j, &(*out)[i])) == ST_OK)
			st = ST_NONE;
	return st == ST_NONE ? ST_OK : st;
}

/* Papers that tests make needn't say it. */
static const char *
before(const struct event *e)
{
	return e->before == NULL ? "" : e->before;
}

static enum status
insert(struct db *db, struct job *j, struct event *e)
{
	int64_t number = e->number;
	enum status st = ST_OK;

	if (number == 0) {
		e->year = when_utc(e->opened).year;
		st = db_one_int(db, j, &number, sql_number, "sn", e->kind,
		    e->year);
	}
	if (st != ST_OK)
		return st;
	e->number = (int)number;
	st = db_run(db, j, sql_insert, "snniisssssssnsssiiiiiiiiissininiis",
	    e->kind, e->year, e->number, e->opened, e->began, e->source,
	    e->reporter, e->subject, e->title, words_phase(e->phase),
	    words_state(e->state), words_state(e->noc_state), e->severity,
	    words_impact(e->impact), words_disclosure(e->disclosure), e->owner,
	    e->started, e->detected, e->ended, e->handed_off, e->acked,
	    e->closed, e->changed, e->next_update, e->related, e->on_call,
	    e->first_owner, e->first_acked, e->reached, e->cadence,
	    (int)e->disclosed, e->merged, e->merged_at, before(e));
	if (st == ST_OK)
		e->id = db_last_id(db);
	return st;
}

static enum status
update(struct db *db, struct job *j, const struct event *e)
{
	return db_run(db, j, sql_update, "iissssnsssiiiiiiiissininiis", e->id,
	    e->began, e->title, words_phase(e->phase), words_state(e->state),
	    words_state(e->noc_state), e->severity, words_impact(e->impact),
	    words_disclosure(e->disclosure), e->owner, e->started, e->detected,
	    e->ended, e->handed_off, e->acked, e->closed, e->changed,
	    e->next_update, e->on_call, e->first_owner, e->first_acked,
	    e->reached, e->cadence, (int)e->disclosed, e->merged, e->merged_at,
	    before(e));
}

enum status
event_save(struct db *db, struct job *j, struct event *e)
{
	enum status st = e->id == 0 ? insert(db, j, e) : update(db, j, e);

	if (st == ST_OK)
		st = db_run(db, j, sql_forget, "i", e->id);
	for (size_t i = 0; i < e->n_touches && st == ST_OK; i++)
		st = db_run(db, j, sql_touch, "issnn", e->id,
		    e->touches[i].slug, words_level(e->touches[i].level),
		    (int)e->touches[i].given, (int)i);
	return st;
}

/* A report is numbered by its month. */
static const struct named {
	const char *kind, *prefix;
	int digits;
} kinds[] = {
	{ "incident", "INC", 4 },
	{ "drill", "DRL", 4 },
	{ "report", "REP", 2 },
};

char *
event_name_of(struct arena *mem, const char *kind, int year, int number)
{
	const struct named *n = &kinds[0];

	for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kind, kinds[i].kind) == 0)
			n = &kinds[i];
	return arena_printf(mem, "%s-%04d-%0*d", n->prefix, year, n->digits,
	    number);
}

char *
event_name(struct arena *mem, const struct event *e)
{
	return event_name_of(mem, e->kind, e->year, e->number);
}

char *
event_tag(struct arena *mem, const struct event *e)
{
	return text_lower(mem, event_name(mem, e));
}

bool
event_is_drill(const struct event *e)
{
	return strcmp(e->kind, "drill") == 0;
}

bool
event_is_report(const struct event *e)
{
	return strcmp(e->kind, "report") == 0;
}

struct event
event_known(struct arena *mem, const struct conf *c, const struct event *e)
{
	struct event out = *e;

	out.touches = arena_array(mem, e->n_touches + 1, sizeof *out.touches);
	out.n_touches = 0;
	for (size_t i = 0; i < e->n_touches; i++)
		if (conf_component(c, e->touches[i].slug) != NULL)
			out.touches[out.n_touches++] = e->touches[i];
	return out;
}

static const char *
name_at(const struct conf *c, const struct event *e, size_t i)
{
	return conf_component(c, e->touches[i].slug)->name;
}

char *
event_components(struct arena *mem, const struct conf *c, const struct event *e)
{
	struct event known = event_known(mem, c, e);
	const char **names = arena_array(mem, e->n_touches + 1, sizeof *names);

	for (size_t i = 0; i < known.n_touches; i++)
		names[i] = name_at(c, &known, i);
	if (known.n_touches == 0)
		return arena_str(mem, "our services");
	return text_join(mem, names, known.n_touches);
}

static char *
default_title(struct arena *mem, const struct conf *c, const struct event *e)
{
	enum level worst = LEVEL_UNSET;
	const char *more = "";

	for (size_t i = 0; i < e->n_touches; i++)
		if (e->touches[i].level > worst)
			worst = e->touches[i].level;
	if (e->n_touches == 0)
		return arena_str(mem,
		    "Service problem \xe2\x80\x93 under investigation");
	if (e->n_touches > 2)
		more = arena_printf(mem, " and %zu more", e->n_touches - 2);
	return arena_printf(mem, "%s%s%s%s \xe2\x80\x93 %s", name_at(c, e, 0),
	    e->n_touches > 1 ? (e->n_touches == 2 ? " and " : ", ") : "",
	    e->n_touches > 1 ? name_at(c, e, 1) : "", more,
	    words_level_in_title(worst));
}

char *
event_title(struct arena *mem, const struct conf *c, const struct event *e)
{
	struct event known;

	if (e->title[0] != '\0')
		return arena_str(mem, e->title);
	known = event_known(mem, c, e);
	return default_title(mem, c, &known);
}

char *
event_levels(struct arena *mem, const struct event *e)
{
	struct buf b = BUF_INIT;
	char *s;

	for (size_t i = 0; i < e->n_touches; i++)
		buf_printf(&b, "%s%s=%s", i == 0 ? "" : ",", e->touches[i].slug,
		    words_level(e->touches[i].level));
	s = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return s;
}
