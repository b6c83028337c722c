#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/circle.h"
#include "text/drafting.h"
#include "text/ladder.h"
#include "text/moves.h"
#include "text/timing.h"
#include "text/voids.h"

/* ---- the hand-off and the ack ---- */

void
decide_stock_draft(struct deciding *d)
{
	struct verdict *v = d->v;
	enum state s = v->event.noc_state;

	if (v->event.disclosure == DISCLOSURE_EMBARGOED || v->has_draft)
		return;
	if (s == STATE_NONE || s == STATE_RESOLVED)
		s = STATE_INVESTIGATING;
	if (decide_waiting(d) != NULL) {
		v->draft = *decide_waiting(d);
		return;
	}
	drafting_make(d->j, d->m, &v->event, s, "", &v->draft);
	v->draft.author = "";
	decide_set_draft(d);
}

/* Who was named first, then who is on call. */
static void
page(struct deciding *d, const struct person *named,
    const struct person *oncall)
{
	struct crowd *c = &d->v->called;

	c->persons = arena_array(d->j->mem, 2, sizeof(void *));
	if (named != NULL)
		c->persons[c->n++] = named;
	if (oncall != NULL && oncall != named)
		c->persons[c->n++] = oncall;
	d->v->did |= DID_HAND_OFF;
	decide_call(d, 1, T_HAND_OFF, 1);
	decide_stock_draft(d);
}

void
decide_hand_off(struct deciding *d)
{
	struct event *e = &d->v->event;
	const struct person *p = d->m->people->oncall;

	e->phase = PH_HANDED_OFF;
	e->handed_off = d->j->now;
	e->on_call = p == NULL ? "" : p->slug;
	decide_cancel(d, T_HAND_OFF);
	page(d, d->to, p);
}

/* Wanted by this mail; handed off before, it goes on to one who is named. */
void
decide_hand_on(struct deciding *d)
{
	enum phase now = d->v->event.phase;

	if (d->hands && now == PH_OPEN)
		decide_hand_off(d);
	else if (d->to != NULL && now == PH_HANDED_OFF)
		page(d, d->to, NULL);
}

static void
own(struct event *e, const struct person *p, int64_t now)
{
	if (e->acked == 0 || strcmp(e->owner, p->slug) != 0)
		e->acked = now;
	e->owner = p->slug;
	if (e->first_acked == 0) {
		e->first_acked = now;
		e->first_owner = p->slug;
	}
	if (e->phase == PH_OPEN || e->phase == PH_HANDED_OFF)
		e->phase = PH_OWNED;
}

/* An unproved answer is told, but keeps nobody from being paged. */
static void
answered(struct deciding *d, const struct person *p, int level)
{
	if (d->trust <= TRUST_A0K)
		return;
	d->v->answered_level = level;
	d->v->answered_by = p->slug;
}

void
decide_take(struct deciding *d, const struct person *p)
{
	own(&d->v->event, p, d->j->now);
	d->v->did |= DID_ACK;
	answered(d, p, decide_called(d, p->slug));
	decide_cancel(d, T_HAND_OFF);
	if (d->trust > TRUST_A0K)
		decide_cancel(d, T_ACK);
}

/* Who was called and isn't the owner says that he is there. */
static bool
answers_call(struct deciding *d)
{
	const struct person *p = d->m->sender->person;
	const struct event *e = &d->v->event;
	int level = decide_called(d, p->slug);

	if (level == 0 ||
	    (rights_has(d->roles, RIGHT_ACK) &&
		(e->owner[0] == '\0' || strcmp(e->owner, p->slug) == 0)))
		return false;
	answered(d, p, level);
	d->v->did |= DID_TAKEN;
	return true;
}

/* An ack stops paging; where none is due it has no further effect. */
static bool
is_awaited(const struct deciding *d, const char *slug)
{
	for (size_t i = 0; i < d->m->n_timers; i++)
		if (d->m->timers[i].kind == T_ACK)
			return true;
	return decide_called(d, slug) != 0;
}

void
decide_ack(struct deciding *d, const struct command *c)
{
	const struct person *p = d->m->sender->person;
	struct event *e = &d->v->event;

	if (answers_call(d) || !decide_may(d, RIGHT_ACK, c))
		return;
	if (e->owner[0] != '\0' && strcmp(e->owner, p->slug) != 0) {
		decide_tell(d, "E14", c)->says = arena_printf(d->j->mem,
		    "%s has had it since %s. To take it over: handoff %s",
		    decide_name(d, e->owner), decide_clock(d, e->acked),
		    p->slug);
		return;
	}
	if (e->owner[0] != '\0' && !is_awaited(d, p->slug)) {
		decide_tell(d, "E14", c)->says = arena_printf(d->j->mem,
		    "It is yours since %s; nothing was done now.",
		    decide_clock(d, e->acked));
		return;
	}
	decide_take(d, p);
}

/* Work of comms on the public text is also the ack. */
void
decide_imply_ack(struct deciding *d)
{
	const struct event *e = &d->v->event;

	if (!rights_has(d->roles, RIGHT_ACK))
		return;
	if (e->owner[0] == '\0' && decide_is_open(e))
		decide_take(d, d->m->sender->person);
	/* Also after an ack that wasn't proved, and by a yes that counted. */
	decide_cancel(d, T_ACK);
}

/* ---- closing before anything was public ---- */

void
decide_close(struct deciding *d, enum phase to)
{
	struct event *e = &d->v->event;

	e->phase = to;
	e->closed = d->j->now;
	e->changed = d->j->now;
	e->next_update = 0;
	if (e->ended == 0)
		e->ended = d->m->mail.written;
	decide_cancel(d, 0);
	if (decide_waiting(d) != NULL)
		decide_move_draft(d, d->m->open_draft, DRAFT_DISCARDED);
}

void
decide_void(struct deciding *d, const struct command *c)
{
	if (!decide_may(d, RIGHT_VOID, c))
		return;
	if (d->v->event.state != STATE_NONE) {
		struct finding *f = decide_tell(d, "E13", c);

		f->says = "Not done: the event is public, so it can't be void. "
			  "Withdraw all of it, and say why.";
		f->copy = "retract all it was a false alarm";
		return;
	}
	if (c->args[0] == '\0') {
		decide_tell(d, "E24", c)->says =
		    "Not done: say why on the same line.";
		d->v->findings[d->v->n_findings - 1].copy =
		    "void false alarm of the probe";
		return;
	}
	if (!d->m->confirmed && !voids_reason(c->args)) {
		decide_park(d, c,
		    "Is it a false alarm, and void? Then this needs your YES; "
		    "the line is kept as a note.");
		return;
	}
	decide_close(d, PH_VOID);
	d->v->did |= DID_VOID;
}

/*
 * To be named is no answer: until somebody has taken it the one who is named
 * is paged, and T2 goes on.
 */
static void
hand_to(struct deciding *d, const struct person *to)
{
	enum phase now = d->v->event.phase;

	if (to == d->m->sender->person)
		decide_take(d, to);
	else if (now == PH_OPEN || now == PH_HANDED_OFF) {
		d->hands = true;
		d->to = to;
		return;
	} else
		own(&d->v->event, to, d->j->now);
	d->v->did |= DID_OWNER;
}

void
decide_handoff(struct deciding *d, const struct command *c)
{
	const struct person *to;

	if (!decide_may(d, RIGHT_HANDOFF, c))
		return;
	if (c->args[0] == '\0' || text_ieq(c->args, "now")) {
		d->hands = true;
		return;
	}
	to = conf_person(d->m->conf, c->args);
	if (to == NULL || !rights_has(to->roles, RIGHT_ACK)) {
		decide_tell(d, "E24", c)->says =
		    "Not done: nobody of that name is in Marketing. Write a "
		    "short name that who lists.";
		return;
	}
	if (d->trust == TRUST_A0K && !d->m->internal_only) {
		decide_park(d, c,
		    "That mail isn't proved to be yours, so this needs your "
		    "YES first.");
		return;
	}
	hand_to(d, to);
}
