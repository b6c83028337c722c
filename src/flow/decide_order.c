/*
 * Two incidents that are one (specification, section 2.8): merged into the one
 * that goes on, and parted again.  Of what is public a post says so, after a
 * preview; what isn't is done at once.
 */
#include "flow/decide_in.h"

#include <string.h>

#include "base/when.h"
#include "text/ladder.h"
#include "text/merging.h"
#include "text/timing.h"

enum { PART_HOURS = 24 };

static const char *
name_of(const struct deciding *d, const struct event *e)
{
	return event_name(d->j->mem, e);
}

/* ---- may it be? ---- */

/* Why the two can't be one; NULL: they can. */
static const char *
apart(const struct deciding *d, const struct event *into)
{
	const struct event *e = &d->v->event;

	if (into->id == e->id)
		return "Not done: that is this event itself.";
	if (strcmp(into->kind, e->kind) != 0)
		return "Not done: what is a drill and what isn't are never "
		       "one.";
	if (!decide_is_open(into))
		return arena_printf(d->j->mem,
		    "Not done: %s is closed. Reopen it first.",
		    name_of(d, into));
	return NULL;
}

/* false: told. */
static bool
can_merge(struct deciding *d, const struct command *c)
{
	const struct matter *m = d->m->other;
	const char *why;

	if (m == NULL) {
		decide_tell(d, "E10", c)->says =
		    d->v->did & DID_OPEN
			? "Not done: this mail opened an event of its own. "
			  "Reply merge and the number to its receipt."
			: "Not done: there is no incident of that number. "
			  "Reply list to see the open ones.";
		return false;
	}
	if ((why = apart(d, m->event)) == NULL)
		return true;
	decide_tell(d, "E13", c)->says = why;
	return false;
}

/* false: told. */
static bool
can_part(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;
	const char *why = NULL;

	if (e->phase != PH_MERGED || d->m->other == NULL)
		why = "Not done: it isn't merged into another.";
	else if (d->j->now - e->merged_at > PART_HOURS * (int64_t)HOUR)
		why = arena_printf(d->j->mem,
		    "Not done: it was merged more than %d hours ago. Mail a "
		    "new report, with the line Related: %s",
		    PART_HOURS, name_of(d, e));
	if (why == NULL)
		return true;
	decide_tell(d, "E13", c)->says = why;
	return false;
}

bool
decide_can_order(struct deciding *d, const struct draft *x,
    const struct command *c)
{
	if (x->kind == POST_MERGED)
		return can_merge(d, c);
	return d->v->event.phase != PH_MERGED || x->correct != 0 ||
	       can_part(d, c);
}

/* NOC proposes: comms on call is asked, and the yes carries this mail out. */
static bool
asks_first(struct deciding *d, const struct command *c)
{
	const struct person *p = d->m->people->oncall;

	if (rights_has(d->roles, RIGHT_APPROVE) || d->m->endorsed)
		return false;
	if (p == NULL) {
		decide_refuse(d, RIGHT_APPROVE, c);
		return true;
	}
	d->v->did |= DID_ORDER;
	d->v->order |= ORDER_ASKED;
	d->v->has_question = true;
	d->v->question = (struct question){
		.event = d->v->event.id,
		.kind = c->verb == VERB_MERGE ? QUESTION_MERGE : QUESTION_SPLIT,
		.person = p->slug,
		.message = d->m->mail.id,
		.asked = d->j->now,
		.answer = "",
	};
	return true;
}

/* ---- what becomes of the other ---- */

/* The promise that it has given stays as it is. */
static void
keep_promise(struct verdict *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n_arms; i++)
		if (v->arms[i].kind != T_CADENCE)
			v->arms[n++] = v->arms[i];
	v->n_arms = n;
	n = 0;
	for (size_t i = 0; i < v->n_cancels; i++)
		if (v->cancels[i] != T_CADENCE)
			v->cancels[n++] = v->cancels[i];
	v->n_cancels = n;
}

static void
follow(struct deciding *d, struct verdict *other)
{
	const struct matter *m = d->m->other;
	bool due = timing_hand_off(m, d->j->now, other);

	timing_follow(m, d->j->now, other);
	if (due)
		timing_again(m, d->j->now, other, T_HAND_OFF, d->j->now);
	keep_promise(other);
	other->save = true;
	d->v->second = other;
	d->v->did |= DID_ORDER;
}

static struct verdict *
other_verdict(struct deciding *d)
{
	struct verdict *v = arena_alloc(d->j->mem, sizeof *v);

	*v = (struct verdict){ .outcome = "done", .answer = "" };
	v->event = *d->m->other->event;
	return v;
}

/* What was to be said of it was meant for more readers than it has now. */
static void
drop_draft(struct deciding *d, struct verdict *other)
{
	const struct draft *x = d->m->other->open_draft;

	if (x == NULL ||
	    other->event.disclosure == d->m->other->event->disclosure)
		return;
	other->moves[0] = *x;
	other->moves[0].status = DRAFT_DISCARDED;
	other->moves[0].status_at = d->j->now;
	other->moves[0].status_by = "";
	other->n_moves = 1;
}

static void
join(struct deciding *d)
{
	struct event *e = &d->v->event;
	struct verdict *other = other_verdict(d);

	e->before = merging_facts(d->j->mem, &other->event);
	e->merged = other->event.id;
	e->merged_at = d->j->now;
	decide_close(d, PH_MERGED);
	merging_join(d->j->mem, e, &other->event);
	drop_draft(d, other);
	other->adopts = e->id;
	d->v->order |= ORDER_MERGED;
	follow(d, other);
}

static void
part(struct deciding *d)
{
	struct event *e = &d->v->event;
	struct verdict *other = other_verdict(d);

	merging_part(d->j->mem, e, e->before, &other->event);
	e->merged = e->merged_at = e->closed = 0;
	e->before = "";
	d->v->order |= ORDER_SPLIT;
	if (decide_is_open(&other->event))
		follow(d, other);
	d->v->did |= DID_ORDER;
}

/* ---- the commands ---- */

void
decide_merge(struct deciding *d, const struct command *c)
{
	if (!decide_may(d, RIGHT_MERGE, c) || !can_merge(d, c))
		return;
	d->merges = d->m->n_posts != 0;
	if (d->merges)
		decide_want(d, STATE_RESOLVED);
	else if (!asks_first(d, c))
		join(d);
}

/* The state of before, whatever was said in between. */
static enum state
state_before(const struct matter *m)
{
	for (size_t i = m->n_posts; i != 0; i--)
		if (m->posts[i - 1].state < STATE_RESOLVED)
			return m->posts[i - 1].state;
	return STATE_INVESTIGATING;
}

void
decide_split(struct deciding *d, const struct command *c)
{
	struct event *e = &d->v->event;

	if (!decide_may(d, RIGHT_MERGE, c) || !can_part(d, c))
		return;
	if (d->m->n_posts != 0) {
		decide_want(d, state_before(d->m));
		d->splits = d->reopens = true;
		return;
	}
	if (asks_first(d, c))
		return;
	part(d);
	e->phase = PH_OPEN;
	e->owner = "";
	if (rights_has(d->roles, RIGHT_APPROVE))
		decide_take(d, d->m->sender->person);
	else
		d->hands = true;
}

/* ---- what is public ---- */

/* The address, where there is a page. */
static const char *
where(const struct deciding *d, const struct matter *other)
{
	const struct event *e = other->event;

	if (other->n_posts == 0)
		return ".";
	return arena_printf(d->j->mem, ": %sincident/%04d/%04d/",
	    d->m->conf->url, e->year, e->number);
}

void
decide_fill_merge(struct deciding *d, struct draft *x)
{
	const struct matter *other = d->m->other;
	const char *name = name_of(d, other->event);

	x->kind = POST_MERGED;
	x->stock = false;
	x->impact = IMPACT_UNSET;
	x->reason = name;
	x->components = decide_all_well(d->j->mem,
	    d->m->posts[d->m->n_posts - 1].components);
	x->text = arena_printf(d->j->mem,
	    "This incident is now followed as %s%s", name, where(d, other));
}

void
decide_fill_split(struct deciding *d, const char *own, struct draft *x)
{
	for (size_t i = d->m->n_posts; i != 0; i--)
		if (d->m->posts[i - 1].state < STATE_RESOLVED) {
			x->components = d->m->posts[i - 1].components;
			break;
		}
	x->stock = false;
	if (own[0] == '\0')
		x->text = "This incident is followed here again.";
}

void
decide_ordered(struct deciding *d, const struct draft *x)
{
	if (x->kind == POST_MERGED)
		join(d);
	else if (d->m->event->phase == PH_MERGED)
		part(d);
}
