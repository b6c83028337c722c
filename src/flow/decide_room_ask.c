/* How a war room begins: proposed, opened, put to level 2. */
#include "flow/decide_room_in.h"

enum { MISSED = 3 }; /* promises, until a room is proposed */

static const struct room blank = { .proposed_by = "",
	.refused_by = "",
	.opened_by = "",
	.chair = "",
	.scribe = "",
	.comms_lead = "",
	.noc_lead = "",
	.bridge = "",
	.closed_by = "",
	.review_by = "" };

/* ---- proposals ---- */

static const struct room *
newest(const struct deciding *d)
{
	size_t n = d->m->n_rooms;

	return n == 0 ? NULL : &d->m->rooms[n - 1];
}

static bool
proposed(const struct deciding *d, enum room_rule rule)
{
	for (size_t i = 0; i < d->m->n_rooms; i++)
		if (d->m->rooms[i].rule == rule)
			return true;
	return false;
}

static void
propose(struct deciding *d, enum room_rule rule, const char *by)
{
	struct room r = blank;

	r.rule = rule;
	r.proposed = d->j->now;
	r.proposed_by = by;
	decide_room_own(d, &r);
}

/* By rule: once for each, and not while one is open. */
bool
decide_room_by_rule(struct deciding *d, enum room_rule rule, const char *by)
{
	if (decide_room_present(d) != NULL || proposed(d, rule) ||
	    !decide_is_open(&d->v->event))
		return false;
	propose(d, rule, by);
	return true;
}

void
decide_room_propose(struct deciding *d)
{
	enum room_rule rule = d->v->event.severity == 1 ? RULE_SEV1 : RULE_SEV2;

	if (!decide_room_by_rule(d, rule, "")) {
		d->v->did &= ~(unsigned)DID_RUNG;
		return;
	}
	d->v->room.asked = d->j->now;
	decide_room_did(d, ROOM_PUT);
}

/* This miss isn't among the calls yet. */
void
decide_room_missed(struct deciding *d)
{
	int n = 1;

	for (size_t i = 0; i < d->m->n_climbs; i++)
		n += d->m->climbs[i].kind == d->m->timer->kind &&
		     d->m->climbs[i].step == d->m->timer->step;
	if (n >= MISSED)
		(void)decide_room_by_rule(d, RULE_MISSED, "");
}

void
decide_room_put(struct deciding *d)
{
	const struct room *r = newest(d);

	if (r == NULL || !room_is_pending(r) || r->asked != 0 ||
	    !decide_is_open(&d->v->event)) {
		d->v->did &= ~(unsigned)DID_RUNG;
		return;
	}
	decide_room_own(d, r);
	d->v->room.asked = d->j->now;
	decide_room_did(d, ROOM_PUT);
}

/* ---- opening ---- */

static const char *
first_chair(const struct deciding *d, const struct person *by)
{
	const struct conf *c = d->m->conf;

	if (by->roles & (ROLE_COMMS_LEAD | ROLE_EXEC))
		return by->slug;
	if (d->m->people->level2.n != 0)
		return d->m->people->level2.persons[0]->slug;
	for (size_t i = 0; i < c->n_persons; i++)
		if (c->persons[i].roles & ROLE_COMMS_LEAD)
			return c->persons[i].slug;
	return by->slug;
}

static const char *
noc_lead(const struct deciding *d)
{
	const struct people *p = d->m->people;

	if (p->last_noc != NULL)
		return p->last_noc->slug;
	return p->noc.n == 0 ? "" : p->noc.persons[0]->slug;
}

static const char *
comms_lead(const struct deciding *d)
{
	const struct people *p = d->m->people;

	if (d->v->event.owner[0] != '\0')
		return d->v->event.owner;
	return p->oncall == NULL ? "" : p->oncall->slug;
}

static void
open_room(struct deciding *d, const struct room *from)
{
	const struct person *by = d->m->sender->person;
	struct room *r;

	decide_room_own(d, from);
	r = &d->v->room;
	r->opened = d->j->now;
	r->opened_by = by->slug;
	r->chair = r->chair[0] == '\0' ? first_chair(d, by) : r->chair;
	r->noc_lead = noc_lead(d);
	r->comms_lead = comms_lead(d);
	r->bridge = r->bridge[0] == '\0' ? d->m->conf->bridge : r->bridge;
	decide_room_add(d, by->slug, d->j->now);
	decide_room_add(d, r->chair, 0);
	decide_room_add(d, r->comms_lead, 0);
	decide_room_add(d, r->noc_lead, 0);
	decide_room_did(d, ROOM_OPENED);
}

static bool
opens_alone(const struct deciding *d)
{
	return rights_has(d->roles, RIGHT_ROOM_OPEN) ||
	       (d->v->event.severity == 1 &&
		   rights_has(d->roles, RIGHT_ROOM_SEV1));
}

/* There is one, it was asked for, or it is over; true: answered. */
static bool
needless(struct deciding *d, const struct command *c)
{
	const struct room *r = newest(d);

	if (decide_room_present(d) != NULL) {
		decide_room_tell(d, "E14", c,
		    arena_printf(d->j->mem,
			"The war room is open since %s; its chair is %s. To "
			"be in it: war-room join",
			decide_clock(d, decide_room_present(d)->opened),
			decide_name(d, decide_room_present(d)->chair)));
		return true;
	}
	if (!decide_is_open(&d->v->event)) {
		decide_room_tell(d, "E11", c,
		    "Not done: the event is closed. If it is broken again, "
		    "mail a new report.");
		return true;
	}
	if (opens_alone(d) || r == NULL || !room_is_pending(r))
		return false;
	decide_room_tell(d, "E14", c,
	    arena_printf(d->j->mem,
		"A war room was proposed at %s already; level 2 has the "
		"question.",
		decide_clock(d, r->proposed)));
	return true;
}

void
decide_room_open(struct deciding *d, const struct command *c, const char *names)
{
	struct crowd who = { NULL, 0 };
	struct room r = blank;

	d->shut = true;
	if (!rights_has(d->roles, RIGHT_ROOM)) {
		decide_refuse(d, RIGHT_ROOM, c);
		return;
	}
	if (needless(d, c) || !decide_room_names(d, c, names, &who))
		return;
	r.bridge = d->r->bridge == NULL ? "" : d->r->bridge;
	if (opens_alone(d)) {
		if (!decide_room_ready(d, RIGHT_ROOM_SEV1, c))
			return;
		open_room(d, &r);
	} else {
		if (!decide_may(d, RIGHT_ROOM, c))
			return;
		propose(d, RULE_REQUEST, d->m->sender->person->slug);
		d->v->room.bridge = r.bridge;
		decide_room_add(d, d->m->sender->person->slug, d->j->now);
		decide_room_did(d, ROOM_ASKED);
	}
	for (size_t i = 0; i < who.n; i++)
		decide_room_add(d, who.persons[i]->slug, 0);
	d->shut = false;
}

/* ---- yes or no of level 2 ---- */

static bool
is_level2(const struct deciding *d)
{
	const struct crowd *c = &d->m->people->level2;

	for (size_t i = 0; i < c->n; i++)
		if (c->persons[i] == d->m->sender->person)
			return true;
	return opens_alone(d);
}

static bool
answered(struct deciding *d, const struct command *c, const struct room *r)
{
	if (r == NULL || (r->opened == 0 && r->refused == 0))
		return false;
	decide_room_tell(d, "E14", c,
	    r->refused != 0
		? arena_printf(d->j->mem,
		      "%s said no at %s. To open one all the same: war-room "
		      "open",
		      decide_name(d, r->refused_by),
		      decide_clock(d, r->refused))
		: arena_printf(d->j->mem,
		      "The war room was opened at %s by %s; nothing was done "
		      "now.",
		      decide_clock(d, r->opened),
		      decide_name(d, r->opened_by)));
	return true;
}

void
decide_room_answer(struct deciding *d, const struct command *c)
{
	const struct room *r = newest(d);

	if (answered(d, c, r))
		return;
	if (r == NULL || !decide_is_open(&d->v->event)) {
		decide_room_tell(d, "E14", c, "Nothing waits for a yes here.");
		return;
	}
	if (!d->m->route->token_ok || !is_level2(d)) {
		decide_room_tell(d, "E42", c,
		    "Not done: this question was put to level 2.");
		return;
	}
	if (!decide_may(d, RIGHT_ROOM_LEAD, c))
		return;
	if (c->verb != VERB_NO) {
		open_room(d, r);
		return;
	}
	decide_room_own(d, r);
	d->v->room.refused = d->j->now;
	d->v->room.refused_by = d->m->sender->person->slug;
	decide_room_did(d, ROOM_REFUSED);
}
