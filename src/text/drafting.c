#include "text/drafting.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "text/stock_say.h"

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

static const struct post *
last_post(const struct matter *m)
{
	return m->n_posts == 0 ? NULL : &m->posts[m->n_posts - 1];
}

static bool
is_over(enum state s)
{
	return s == STATE_RESOLVED || s == STATE_POSTMORTEM;
}

/*
 * An end closes the claims: everything named is online again.  The first and
 * last word on what was over before anybody was told says what was hurt.
 */
static char *
components_at(struct job *j, const struct matter *m, const struct event *e,
    enum state state)
{
	struct event shown = event_known(j->mem, m->conf, e);
	bool open = !words_phase_is_closed(e->phase);

	if (!is_over(state) || (state == STATE_RESOLVED && m->n_posts == 0) ||
	    (open && m->request->components_given))
		return event_levels(j->mem, &shown);
	for (size_t i = 0; i < shown.n_touches; i++)
		shown.touches[i].level = LEVEL_OPERATIONAL;
	return event_levels(j->mem, &shown);
}

/* Of the severity, or the one that was announced for this event. */
static int64_t
cadence(const struct conf *c, const struct event *e)
{
	int64_t s = conf_severity(c, e->severity)->cadence;

	if (e->cadence != 0)
		return e->cadence;
	return s > 0 ? s : DAY;
}

/* With a war room open the public hears more often. */
static int64_t
usual(const struct matter *m, const struct event *e)
{
	int64_t s = cadence(m->conf, e);

	return m->room != NULL && s > ROOM_CADENCE ? ROOM_CADENCE : s;
}

int64_t
drafting_longest(const struct conf *c, const struct event *e)
{
	int64_t most = conf_severity(c, e->severity)->cadence_max;

	return most > 0 && e->cadence > most ? e->cadence : most;
}

struct promise
drafting_promise(const struct matter *m, const struct event *e,
    const struct promise *wish, int64_t now, bool *clipped)
{
	int64_t most = drafting_longest(m->conf, e);
	struct promise p = *wish;
	int64_t after = p.kind == PROMISE_AT ? p.value - now : p.value;

	*clipped = false;
	if (p.kind == PROMISE_UNSET || p.kind == PROMISE_NONE || after <= 0)
		return (struct promise){ PROMISE_AFTER, usual(m, e) };
	if (most > 0 && after > most) {
		*clipped = true;
		return (struct promise){ PROMISE_AFTER, most };
	}
	return p;
}

static char *
lists_of(struct job *j, const struct request *r)
{
	struct buf b = BUF_INIT;
	char *s;

	for (size_t i = 0; i < r->n_lists; i++)
		buf_printf(&b, "%s%s", i == 0 ? "" : ",", r->lists[i]);
	s = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return s;
}

/* Under limited disclosure nobody's words, but those of this draft. */
static char *
title_of(struct job *j, const struct matter *m, const struct event *e)
{
	struct event plain = *e;

	if (e->disclosure == DISCLOSURE_LIMITED)
		plain.title = "";
	return event_title(j->mem, m->conf, &plain);
}

/* The fields that a person chose; under limited disclosure none counts. */
static void
own_fields(struct job *j, const struct request *r, struct draft *out)
{
	out->impact_text = or_empty(r->impact_text);
	out->reseller_impact = or_empty(r->reseller_impact);
	out->enduser_impact = or_empty(r->enduser_impact);
	out->workaround = or_empty(r->workaround);
	out->lasting = or_empty(r->lasting);
	out->social = or_empty(r->social);
	out->lists = lists_of(j, r);
}

/* What was over before anybody was told began when its clock did. */
static int64_t
begun(const struct event *e)
{
	return e->started == 0 && e->phase == PH_CLOSED_QUIET ? e->began
							      : e->started;
}

/* Of what is told after the fact nobody gets a mail, unless it is said. */
static bool
mailed(const struct event *e, const struct request *r)
{
	if (e->phase == PH_CLOSED_QUIET)
		return r->notify == ASK_YES;
	return r->notify != ASK_NO;
}

static struct review
review_of(const struct request *r)
{
	return (struct review){ or_empty(r->cause), or_empty(r->fix),
		or_empty(r->prevention), or_empty(r->problem) };
}

/* Who let a stranger's words in is answerable for them, as if they were his:
 * he is no second person to himself by an address that nobody knows. */
static const char *
author_of(const struct matter *m)
{
	if (m->vouched != NULL)
		return m->vouched;
	return m->sender == NULL || m->sender->person == NULL
		   ? ""
		   : m->sender->person->slug;
}

void
drafting_make(struct job *j, const struct matter *m, const struct event *e,
    enum state state, const char *own, struct draft *out)
{
	static const struct request none;
	const struct request *r = m->request == NULL ? &none : m->request;
	bool clipped, limited = e->disclosure == DISCLOSURE_LIMITED;
	struct matter quiet = *m;

	quiet.request = r;
	*out = (struct draft){
		.event = e->id,
		.created = j->now,
		.author = author_of(m),
		.status = DRAFT_PENDING,
		.status_by = "",
		.stock = own[0] == '\0',
		.state = state,
		.lang = own[0] == '\0' || r->lang == NULL ? "en" : r->lang,
		.impact = e->impact,
		.components = components_at(j, &quiet, e, state),
		.lists = "",
		.started = begun(e),
		.ended = r->ended.given ? r->ended.at : e->ended,
		.notify = mailed(e, r),
		.correct = r->correct,
		.typo = r->correct_typo,
		.reason = or_empty(r->reason),
		.facts = drafting_facts(j, e),
		.hash = "",
		.marks = "",
		.impact_text = "",
		.reseller_impact = "",
		.enduser_impact = "",
		.workaround = "",
		.lasting = "",
		.social = "",
		.review = REVIEW_NONE,
	};
	if (!limited || !out->stock)
		own_fields(j, r, out);
	out->title = limited && !out->stock && r->title != NULL
			 ? r->title
			 : title_of(j, m, e);
	out->text = out->stock ? stock_say(j, m, e, state, false)
			       : arena_str(j->mem, own);
	out->promise = drafting_promise(m, e, &r->next, j->now, &clipped);
	if (is_over(state) || state == STATE_NONE)
		out->promise = (struct promise){ PROMISE_NONE, 0 };
	if (state == STATE_POSTMORTEM)
		out->review = review_of(r);
}

/* The components as the facts of a draft have them. */
static void
touches_of(struct arena *mem, const char *facts, struct event *out)
{
	const char *s = facts + strcspn(facts, "\n");

	out->touches = NULL;
	out->n_touches = 0;
	while (*s == '\n' || *s == ',') {
		size_t n = strcspn(++s, "=,\n"), word;
		struct touch t = { .slug = arena_copy(mem, s, n) };

		if (s[n] != '=')
			return;
		s += n + 1;
		word = strcspn(s, ",\n");
		t.level = words_read_level(arena_copy(mem, s, word));
		out->touches =
		    arena_grow(mem, out->touches, out->n_touches, sizeof t);
		out->touches[out->n_touches++] = t;
		s += word;
		if (*s == '\n')
			return;
	}
}

/* Nobody worded it: it is made of the components as they were. */
static bool
made_title(struct arena *mem, const struct conf *c, const struct draft *old)
{
	struct event then = { .title = "" };

	if (old->correct != 0)
		return false;
	touches_of(mem, old->facts, &then);
	return strcmp(old->title, event_title(mem, c, &then)) == 0;
}

bool
drafting_is_plain(const struct conf *c, const struct draft *x)
{
	struct arena *mem;
	bool made;

	const char *const words[] = { x->impact_text, x->reseller_impact,
		x->enduser_impact, x->workaround, x->lasting, x->social,
		x->review.cause, x->review.fix, x->review.prevention,
		x->review.problem, x->reason };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i][0] != '\0')
			return false;
	if (!x->stock)
		return false;
	mem = arena_new();
	made = made_title(mem, c, x);
	arena_free(mem);
	return made;
}

/* Its stock text as of now, with the sentence that was added to it. */
static char *
stock_again(struct job *j, const struct matter *m, const struct event *e,
    const struct draft *old)
{
	bool same = old->kind == POST_SAME || old->cadence != 0;
	char *text = stock_say(j, m, e, old->state, same);

	if (old->cadence != 0)
		return stock_add(j, text, stock_every(j, m, old->cadence));
	if (stock_ends(j, old->text, m->stock->text[STOCK_DELAY]))
		return stock_add(j, text, m->stock->text[STOCK_DELAY]);
	return text;
}

bool
drafting_is_guarded(const struct draft *x)
{
	return text_ends(x->facts, words_disclosure(DISCLOSURE_LIMITED));
}

void
drafting_again(struct job *j, const struct matter *m, const struct event *e,
    const struct draft *old, struct draft *out)
{
	static const struct request none;
	bool tightened = e->disclosure == DISCLOSURE_LIMITED && !old->stock &&
			 !drafting_is_guarded(old);
	struct matter plain = *m;

	plain.request = &none;
	*out = *old;
	out->created = j->now;
	out->status = DRAFT_PENDING;
	out->status_by = "";
	out->status_at = 0;
	out->facts = drafting_facts(j, e);
	out->components = components_at(j, &plain, e, old->state);
	if (made_title(j->mem, m->conf, old))
		out->title = title_of(j, m, e);
	if (out->stock || tightened)
		out->text = stock_again(j, m, e, old);
	if (!tightened)
		return;
	/* Nothing of the author's own stays. */
	out->stock = true;
	out->title = title_of(j, m, e);
	out->review = (struct review)REVIEW_NONE;
	out->impact_text = out->reseller_impact = "";
	out->enduser_impact = out->workaround = out->lasting = "";
	out->social = "";
}

int64_t
drafting_due(const struct conf *c, const struct event *e,
    const struct promise *p, int64_t posted)
{
	if (p->kind == PROMISE_NONE)
		return 0;
	if (p->kind == PROMISE_AFTER)
		return posted + p->value;
	if (p->kind == PROMISE_AT && p->value > posted)
		return p->value;
	return posted + cadence(c, e);
}

/* The worst level shown, unless somebody chose another word. */
static enum impact
impact_of(const struct draft *d)
{
	enum impact worst = IMPACT_NONE;
	const char *s = d->components;

	if (d->impact != IMPACT_UNSET && !is_over(d->state))
		return d->impact;
	while ((s = strchr(s, '=')) != NULL) {
		size_t n = strcspn(++s, ",");
		char word[32];
		enum impact i;

		if (n >= sizeof word)
			continue;
		memcpy(word, s, n);
		word[n] = '\0';
		i = words_impact_of(words_read_level(word));
		if (i > worst)
			worst = i;
	}
	return worst;
}

/* A withdrawal may go back to a state before. */
static void
take_back(const struct draft *d, struct post *out)
{
	out->kind = d->kind;
	if (d->kind == POST_WITHDRAWN)
		out->state = d->state;
	if (!is_over(out->state))
		out->ended = 0;
}

/* A correction stands in the place of what it corrects. */
static void
correct(const struct matter *m, const struct event *e, const struct draft *d,
    struct post *out)
{
	for (size_t i = 0; i < m->n_posts; i++) {
		const struct post *old = &m->posts[i];

		if (old->u != d->correct)
			continue;
		out->u = old->u;
		out->r = old->r + 1;
		/* Somebody's words now, no more the program's. */
		out->kind =
		    old->kind == POST_AUTO || old->kind >= POST_WITHDRAWN
			? POST_UPDATE
			: old->kind;
		out->state = old->state;
		out->backfill = old->backfill;
		/* The promise that stands, not one of the past. */
		out->next_update = e->next_update;
		out->ended = d->ended != 0 ? d->ended : old->ended;
		out->started = d->started != 0 ? d->started : old->started;
		out->notify = !d->typo && d->notify;
		if (d->kind >= POST_WITHDRAWN)
			take_back(d, out);
		return;
	}
}

void
drafting_post(struct job *j, const struct matter *m, const struct event *e,
    const struct draft *d, struct post *out)
{
	const struct post *last = last_post(m);

	*out = (struct post){
		.event = e->id,
		.u = last == NULL ? 1 : last->u + 1,
		.r = 1,
		.posted = j->now,
		.kind = d->kind,
		.state = d->state,
		.title = d->title,
		.text = d->text,
		.lang = d->lang,
		.impact = impact_of(d),
		.impact_text = d->impact_text,
		.reseller_impact = d->reseller_impact,
		.enduser_impact = d->enduser_impact,
		.workaround = d->workaround,
		.lasting = d->lasting,
		.social = d->social,
		.review = d->review,
		.components = d->components,
		.lists = d->lists,
		.started = d->started,
		.ended = d->ended,
		.next_update = drafting_due(m->conf, e, &d->promise, j->now),
		.limited = e->disclosure == DISCLOSURE_LIMITED,
		.backfill = last == NULL && d->state == STATE_RESOLVED,
		.notify = d->notify,
		.typo = d->typo,
		.reason = d->reason,
		.author = d->author,
		.approver = m->sender == NULL ? "" : m->sender->person->slug,
		.draft = d->n,
		.salt = "",
		.hash = "",
	};
	if (d->state == STATE_RESOLVED && out->ended == 0)
		out->ended = j->now;
	if (d->correct != 0)
		correct(m, e, d, out);
}

char *
drafting_facts(struct job *j, const struct event *e)
{
	return arena_printf(j->mem, "%s\n%s\n%d\n%s", words_state(e->noc_state),
	    event_levels(j->mem, e), e->severity,
	    words_disclosure(e->disclosure));
}

/* "email-b=major_outage" as "Email Cluster B (major outage)". */
static char *
levels_for_people(struct arena *mem, const struct conf *c, char *levels)
{
	struct buf b = BUF_INIT;
	char *next, *s;

	for (; levels != NULL && *levels != '\0'; levels = next) {
		char *level = strchr(levels, '=');
		const struct component *known;

		if ((next = strchr(levels, ',')) != NULL)
			*next++ = '\0';
		if (level == NULL)
			break;
		*level++ = '\0';
		known = conf_component(c, levels);
		buf_printf(&b, "%s%s (%s)", b.len == 0 ? "" : "; ",
		    known == NULL ? levels : known->name,
		    text_lower(mem,
			words_level_title(words_read_level(level))));
	}
	s = arena_str(mem, b.len == 0 ? "none" : b.data);
	buf_free(&b);
	return s;
}

char *
drafting_changes(struct job *j, const struct conf *c, const char *facts,
    const struct event *e)
{
	enum { STATE, COMPONENTS, SEVERITY, DISCLOSURE, FACTS };
	static const char *const names[FACTS] = { "State as NOC sees it",
		"Components", "Severity", "Disclosure" };
	char *old = arena_str(j->mem, facts), *now = drafting_facts(j, e);
	struct buf b = BUF_INIT;
	char *s;

	for (int i = 0; i < FACTS; i++) {
		char *was = text_line(&old), *is = text_line(&now);

		if (was == NULL || is == NULL || strcmp(was, is) == 0)
			continue;
		if (i == COMPONENTS) {
			was = levels_for_people(j->mem, c, was);
			is = levels_for_people(j->mem, c, is);
		}
		buf_printf(&b, "%s: %s, before: %s\n", names[i], is, was);
	}
	s = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return s;
}
