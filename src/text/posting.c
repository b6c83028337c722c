#include "text/posting.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "model/tongue.h"
#include "text/eventid.h"
#include "text/prose.h"
#include "text/review.h"

enum { NAME = 120, REVIEW = 3 * 24 * 60 * 60 };

static const struct look {
	const char *class, *shape;
} looks[] = {
	{ "notice", "●" },
	{ "ok", "✓" },
	{ "maint", "⚒" },
	{ "degraded", "▲" },
	{ "partial", "◐" },
	{ "major", "✕" },
};

enum level
posting_level(const struct public_component *c, size_t n, enum impact impact)
{
	static const enum level of[] = { LEVEL_UNSET, LEVEL_UNSET,
		LEVEL_MAINTENANCE, LEVEL_DEGRADED, LEVEL_PARTIAL, LEVEL_MAJOR };
	enum level worst = of[impact];

	for (size_t i = 0; i < n; i++)
		if (c[i].level > worst && c[i].level > LEVEL_OPERATIONAL)
			worst = c[i].level;
	return worst;
}

void
posting_look(struct tmpl_map *m, enum level l, bool over)
{
	static const char *const flags[] = { "is_notice", "is_ok", "is_maint",
		"is_degraded", "is_partial", "is_major" };
	enum level look = over ? LEVEL_OPERATIONAL : l;

	tmpl_str(m, "class", looks[look].class);
	tmpl_str(m, "shape", looks[look].shape);
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		tmpl_flag(m, flags[i], i == (size_t)look);
}

char *
posting_path(struct arena *mem, const struct public_event *e)
{
	/* Nothing is there; but the preview of a drill names no incident's. */
	bool drill = text_istarts(e->event, "DRL-");

	if (e->report)
		return arena_printf(mem, "report/%04d-%02d/", e->year,
		    e->number);
	return arena_printf(mem, "%s/%04d/%04d/", drill ? "drill" : "incident",
	    e->year, e->number);
}

char *
posting_anchor(struct arena *mem, const struct public_update *u)
{
	return u->r > 1 ? arena_printf(mem, "u%dr%d", u->u, u->r)
			: arena_printf(mem, "u%d", u->u);
}

char *
posting_id(struct arena *mem, const struct public_event *e)
{
	return text_lower(mem, e->event);
}

size_t
posting_place(const struct public_event *e, int u, int r)
{
	size_t i = 0;

	while (
	    i < e->n_updates && (e->updates[i].u != u || e->updates[i].r != r))
		i++;
	return i;
}

bool
posting_current(const struct public_event *e, size_t i)
{
	return i + 1 == e->n_updates || e->updates[i + 1].u != e->updates[i].u;
}

bool
posting_open(enum state s)
{
	return s != STATE_RESOLVED && s != STATE_POSTMORTEM;
}

static char *
line(const struct posting *p, const char *s, size_t max)
{
	return text_one_line(p->mem, s, max);
}

static const char *
state_word(const struct posting *p, enum state s)
{
	return labels_of(p->words, p->mem, "state_",
	    p->event->report ? "report" : words_state(s));
}

const char *
posting_word(const struct posting *p, const struct public_update *u)
{
	if (u->kind == POST_VOIDED)
		return labels_get(p->words, "voided");
	if (u->kind == POST_MERGED)
		return arena_printf(p->mem, "%s %s",
		    labels_get(p->words, "merged"), line(p, u->reason, NAME));
	return state_word(p, u->state);
}

/* The first word on what was over. */
static bool
reopens(const struct public_event *e, size_t i)
{
	return i != 0 && posting_open(e->updates[i].state) &&
	       e->updates[i].u != e->updates[i - 1].u &&
	       e->updates[i - 1].state == STATE_RESOLVED;
}

static const char *
tag_of(const struct posting *p, size_t i)
{
	const struct public_update *u = &p->event->updates[i];

	if (u->kind == POST_WITHDRAWN || (u->kind == POST_VOIDED && u->r == 1))
		return labels_get(p->words, "withdrawn");
	if (u->kind == POST_REDACTED)
		return labels_get(p->words, "removed");
	if (u->r > 1)
		return labels_get(p->words, "tag_correction");
	if (reopens(p->event, i))
		return labels_get(p->words, "tag_reopened");
	return posting_word(p, u);
}

char *
posting_prefix(const struct posting *p, const char *prefix)
{
	bool bare = prefix[0] != '\0' && prefix[0] != '[';

	return prefix[0] == '\0' ? arena_str(p->mem, "")
				 : arena_printf(p->mem, bare ? "[%s] " : "%s ",
				       line(p, prefix, NAME));
}

char *
posting_subject(const struct posting *p, size_t i, bool stable,
    const char *prefix)
{
	const struct public_event *e = p->event;
	const struct public_update *u = &e->updates[i];
	const char *tag = tag_of(p, i);
	/* The first title: a subject that changes breaks threads. */
	const char *title =
	    line(p, e->first_title[0] == '\0' ? u->title : e->first_title,
		(size_t)2 * LIMIT_TITLE);
	const char *before = posting_prefix(p, prefix);

	if (stable)
		return arena_printf(p->mem, "%s%s [%s]", before, title,
		    e->event);
	return arena_printf(p->mem, "%s[%s] %s [%s]", before, tag, title,
	    e->event);
}

void
posting_site(const struct posting *p, struct tmpl_map *m)
{
	labels_put(p->words, m);
	tmpl_str(m, "lang", p->words->lang);
	tmpl_str(m, "dir", labels_get(p->words, "dir"));
	tmpl_str(m, "brand", line(p, p->conf->brand.name, NAME));
	tmpl_str(m, "site", p->conf->url);
}

static void
component(const struct posting *p, const struct public_component *c,
    struct tmpl_map *m)
{
	const char *word = words_level(c->level);

	tmpl_str(m, "name", line(p, c->name, NAME));
	tmpl_str(m, "slug", c->slug);
	tmpl_str(m, "level", labels_of(p->words, p->mem, "level_", word));
	tmpl_str(m, "shout", labels_of(p->words, p->mem, "shout_", word));
	posting_look(m, c->level, false);
}

/* Affected at any time of the event? */
static bool
ever_hurt(const struct public_event *e, const char *slug)
{
	for (size_t i = 0; i < e->n_components; i++)
		if (strcmp(e->components[i].slug, slug) == 0)
			return e->components[i].level > LEVEL_OPERATIONAL;
	return false;
}

/* "Email Cluster B (Partial outage)": what it was, of what is over. */
static void
was_affected(const struct posting *p, const struct public_component *c,
    size_t n, struct tmpl_map *m)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		if (c[i].level > LEVEL_OPERATIONAL)
			all = arena_printf(p->mem, "%s%s%s (%s)", all,
			    all[0] == '\0' ? "" : ", ",
			    line(p, c[i].name, NAME),
			    labels_of(p->words, p->mem, "level_",
				words_level(c[i].level)));
	tmpl_str(m, "was_affected", all);
}

static void
components(const struct posting *p, const struct public_component *c, size_t n,
    bool past, struct tmpl_map *m)
{
	const char *spared = "";

	tmpl_list(m, "components");
	was_affected(p, c, past ? n : 0, m);
	for (size_t i = 0; i < n; i++)
		if (past && c[i].level > LEVEL_OPERATIONAL)
			continue;
		else if (c[i].level > LEVEL_OPERATIONAL ||
			 ever_hurt(p->event, c[i].slug))
			component(p, &c[i], tmpl_item(m, "components"));
		else
			spared = arena_printf(p->mem, "%s%s%s", spared,
			    spared[0] == '\0' ? "" : ", ",
			    line(p, c[i].name, NAME));
	tmpl_str(m, "not_affected", spared);
}

static const char *
at(const struct posting *p, int64_t t, int64_t beside)
{
	return t == 0 ? "" : labels_time(p->words, p->mem, t, beside, p->zones);
}

static const char *
at_utc(const struct posting *p, int64_t t, int64_t beside)
{
	return t == 0 ? "" : labels_time(p->words, p->mem, t, beside, NULL);
}

static const char *
iso(const struct posting *p, int64_t t)
{
	return t == 0 ? "" : when_rfc3339(p->mem, t);
}

static const char *
length(const struct posting *p, int64_t from, int64_t until)
{
	return from == 0 || until <= from ? ""
					  : when_length(p->mem, until - from);
}

/* "by 16:24 UTC", or what is known of it before posting. */
static const char *
next_words(const struct posting *p, const struct public_update *u)
{
	const struct promise *o = p->promise;
	const char *by = labels_get(p->words, "by");

	if (u->next_update != 0)
		return arena_printf(p->mem, "%s %s", by,
		    at(p, u->next_update, u->posted));
	if (o == NULL || o->kind == PROMISE_UNSET || o->kind == PROMISE_NONE)
		return "";
	if (o->kind == PROMISE_AT)
		return arena_printf(p->mem, "%s %s", by, at(p, o->value, 0));
	return arena_printf(p->mem, "%s %s", when_length(p->mem, o->value),
	    labels_get(p->words, "after_posting"));
}

static int64_t
ended_at(const struct public_update *u)
{
	return u->ended != 0 ? u->ended : u->posted;
}

static void
times(const struct posting *p, const struct public_update *u,
    struct tmpl_map *m)
{
	bool over = !posting_open(u->state) && !posting_ends_otherwise(u);
	const char *approve = labels_get(p->words, "when_approved");
	int64_t ended = over ? ended_at(u) : 0;

	tmpl_str(m, "started", at(p, u->started, 0));
	tmpl_str(m, "posted",
	    u->posted == 0 ? approve : at_utc(p, u->posted, u->started));
	tmpl_str(m, "posted_utc", at_utc(p, u->posted, 0));
	tmpl_str(m, "posted_clock",
	    u->posted == 0 ? "" : at_utc(p, u->posted, u->first_posted));
	tmpl_str(m, "posted_iso", iso(p, u->posted));
	tmpl_str(m, "first_posted",
	    at_utc(p, u->first_posted, u->posted == 0 ? 0 : u->posted));
	tmpl_str(m, "first_utc", at_utc(p, u->first_posted, 0));
	tmpl_str(m, "first_iso", iso(p, u->first_posted));
	tmpl_str(m, "next", next_words(p, u));
	tmpl_str(m, "next_iso", iso(p, u->next_update));
	tmpl_str(m, "ended",
	    over && ended == 0 ? approve : at(p, ended, u->started));
	tmpl_str(m, "duration",
	    over && ended == 0 && u->started != 0
		? labels_get(p->words, "computed")
		: length(p, u->started, ended));
}

static const char *
limited(const struct posting *p, const struct public_update *u)
{
	const struct labels *w = p->words;
	bool over = !posting_open(u->state) && ended_at(u) != 0;

	if (!u->limited)
		return "";
	if (!over)
		return arena_printf(p->mem, "%s %s", labels_get(w, "limited"),
		    labels_get(w, "limited_after"));
	return arena_printf(p->mem, "%s %s %s.", labels_get(w, "limited"),
	    labels_get(w, "limited_by"),
	    labels_day(w, p->mem, ended_at(u) + REVIEW));
}

/* Lines of text; "" where nothing would show. */
static const char *
block(const struct posting *p, const char *s)
{
	return line(p, s, 1)[0] == '\0' ? "" : text_trim(p->mem, s);
}

static void
fields(const struct posting *p, const struct public_update *u,
    struct tmpl_map *m)
{
	const struct {
		const char *name, *text;
	} all[] = {
		{ "impact_text", u->impact_text },
		{ "reseller_impact", u->reseller_impact },
		{ "enduser_impact", u->enduser_impact },
		{ "workaround", u->workaround },
	};
	bool any = false;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *text = block(p, all[i].text);

		tmpl_str(m, all[i].name, text);
		any |= text[0] != '\0';
	}
	tmpl_flag(m, "has_fields", any);
}

bool
posting_ends_otherwise(const struct public_update *u)
{
	return u->kind == POST_VOIDED || u->kind == POST_MERGED;
}

/* It says of itself that it counts no more, and nothing else. */
static bool
is_taken_back(const struct public_update *u)
{
	return u->removed || u->kind == POST_WITHDRAWN ||
	       u->kind == POST_REDACTED;
}

/* The text in the reader's language, else in the writer's. */
static struct tongue
spoken(const struct posting *p, const struct public_update *u)
{
	const char *lang =
	    p->words->wanted == NULL ? p->words->lang : p->words->wanted;

	for (size_t i = 0; i < u->n_others; i++)
		if (tongue_serves(u->others[i].lang, lang) &&
		    !tongue_serves(u->lang, lang))
			return u->others[i];
	return (struct tongue){ u->lang, u->text, u->prose };
}

const char *
posting_lang(const struct posting *p, const struct public_update *u)
{
	return spoken(p, u).lang;
}

/* The further languages, for who reads them all: page, archive, preview. */
static void
others(const struct posting *p, const struct public_update *u,
    struct tmpl_map *m)
{
	tmpl_list(m, "others");
	for (size_t i = 0; i < u->n_others; i++) {
		const struct tongue *t = &u->others[i];
		struct tmpl_map *item = tmpl_item(m, "others");

		tmpl_str(item, "lang", line(p, t->lang, 16));
		tmpl_str(item, "language",
		    labels_of(p->words, p->mem, "language_", t->lang));
		tmpl_str(item, "text", t->prose->plain);
		tmpl_html(item, "html", t->prose->html);
	}
}

static void
said(const struct posting *p, const struct public_update *u, struct tmpl_map *m)
{
	bool over = u->state == STATE_RESOLVED && !is_taken_back(u) &&
		    !posting_ends_otherwise(u);
	struct tongue t = spoken(p, u);
	const char *lang = line(p, t.lang, 16), *lasting;
	bool foreign = lang[0] != '\0' && !text_ieq(lang, p->words->lang);

	assert(t.prose != NULL);
	tmpl_str(m, "text", t.prose->plain);
	tmpl_html(m, "html", t.prose->html);
	others(p, u, m);
	fields(p, u, m);
	lasting = block(p, u->lasting);
	if (over && lasting[0] == '\0')
		lasting = labels_get(p->words, "lasting_none");
	tmpl_str(m, "lasting",
	    posting_open(u->state) || is_taken_back(u) ||
		    posting_ends_otherwise(u)
		? ""
		: lasting);
	tmpl_str(m, "apology", over ? p->conf->brand.apology : "");
	tmpl_str(m, "limited", limited(p, u));
	tmpl_str(m, "text_lang", foreign ? lang : p->words->lang);
	tmpl_str(m, "other_language",
	    foreign ? labels_of(p->words, p->mem, "language_", lang) : "");
}

/* The day of it; in a preview nobody knows yet. */
static const char *
after_the_fact(const struct posting *p, const struct public_update *u)
{
	if (u->posted == 0)
		return arena_printf(p->mem, "(%s)",
		    labels_get(p->words, "when_approved"));
	return labels_day(p->words, p->mem, u->first_posted);
}

void
posting_update(const struct posting *p, size_t i, struct tmpl_map *m)
{
	const struct public_update *u = &p->event->updates[i];
	const char *title = line(p, u->title, NAME);
	const char *first = line(p, p->event->first_title, NAME);

	tmpl_int(m, "u", u->u);
	tmpl_int(m, "r", u->r);
	tmpl_str(m, "anchor", arena_printf(p->mem, "u%d", u->u));
	tmpl_str(m, "anchor_r", arena_printf(p->mem, "u%dr%d", u->u, u->r));
	tmpl_str(m, "state_word", posting_word(p, u));
	tmpl_flag(m, "same", u->kind == POST_SAME);
	tmpl_flag(m, "automatic", u->kind == POST_AUTO);
	tmpl_flag(m, "over", !posting_open(u->state));
	tmpl_str(m, "title", title);
	tmpl_str(m, "new_title", strcmp(title, first) == 0 ? "" : title);
	tmpl_flag(m, "withdrawn", u->kind == POST_WITHDRAWN);
	tmpl_flag(m, "redacted", u->kind == POST_REDACTED);
	tmpl_flag(m, "trimmed", u->trimmed);
	tmpl_flag(m, "corrects", u->r > 1 && !is_taken_back(u));
	tmpl_str(m, "reason", line(p, u->reason, (size_t)2 * LIMIT_SUBJECT));
	tmpl_str(m, "backfill", u->backfill ? after_the_fact(p, u) : "");
	tmpl_str(m, "hash", u->hash);
	posting_look(m,
	    posting_level(u->components, u->n_components, u->impact),
	    !posting_open(u->state));
	components(p, u->components, u->n_components, u->backfill, m);
	times(p, u, m);
	said(p, u, m);
	review_put(p, i, m);
}

/* A postmortem tells of what is resolved. */
static const char *
event_word(const struct posting *p)
{
	const struct public_event *e = p->event;

	if (e->voided || e->merged)
		return posting_word(p, &e->updates[e->n_updates - 1]);
	return state_word(p,
	    e->state == STATE_POSTMORTEM ? STATE_RESOLVED : e->state);
}

/* Where its readers are led; "" if it isn't followed as another. */
static const char *
merged_path(const struct posting *p)
{
	const struct public_event *e = p->event;
	struct eventid id;

	if (!e->merged ||
	    !eventid_read_full(e->updates[e->n_updates - 1].reason, &id))
		return "";
	return arena_printf(p->mem, "incident/%04d/%04d/", id.year, id.number);
}

void
posting_event(const struct posting *p, struct tmpl_map *m)
{
	const struct public_event *e = p->event;
	bool open = posting_open(e->state);
	bool ends = !open && !e->voided && !e->merged;
	int64_t ended = ends ? e->ended : 0, last = 0;

	if (e->n_updates != 0)
		last = e->updates[e->n_updates - 1].posted;
	if (ends && ended == 0 && e->n_updates != 0)
		ended = e->updates[e->n_updates - 1].first_posted;
	tmpl_str(m, "event", e->event);
	tmpl_str(m, "event_title", line(p, e->title, NAME));
	tmpl_str(m, "path", posting_path(p->mem, e));
	tmpl_flag(m, "open", open);
	tmpl_flag(m, "report", e->report);
	tmpl_str(m, "event_state", event_word(p));
	tmpl_str(m, "event_started", at(p, e->started, 0));
	tmpl_str(m, "event_started_iso", iso(p, e->started));
	tmpl_str(m, "event_ended", at(p, ended, e->started));
	tmpl_str(m, "event_ended_iso", iso(p, ended));
	tmpl_str(m, "event_duration", length(p, e->started, ended));
	tmpl_str(m, "merged_path", merged_path(p));
	tmpl_str(m, "event_next", open ? at(p, e->next_update, last) : "");
	tmpl_str(m, "event_next_iso", open ? iso(p, e->next_update) : "");
	tmpl_flag(m, "overdue", open && e->overdue && e->next_update != 0);
}
