/* What a step of a timer does besides calling, asking and telling. */
#include "flow/decide_in.h"

#include <string.h>

#include "text/ladder.h"
#include "text/timing.h"

/* How high the clock climbs. */
static int64_t
height(const struct deciding *d)
{
	return conf_severity(d->m->conf, d->v->event.severity)->levels;
}

/*
 * The page of another incident named this one as well: T1 pages once for both,
 * unless this one is worse or is somebody else's; its own T2 runs on.
 */
static const struct event *
paged_with(const struct deciding *d)
{
	const struct event *e = &d->v->event;

	for (size_t i = 0; i < d->m->n_twins; i++) {
		const struct event *t = &d->m->twins[i];

		if (t->handed_off >= e->opened && t->severity <= e->severity &&
		    strcmp(t->on_call, e->on_call) == 0 &&
		    e->disclosure != DISCLOSURE_EMBARGOED)
			return t;
	}
	return NULL;
}

static void
hand_off(struct deciding *d)
{
	decide_hand_off(d);
	d->v->twin = paged_with(d);
	if (d->v->twin != NULL)
		d->v->has_climb = false;
	d->v->did &= ~(unsigned)DID_RUNG; /* it has a form of its own */
}

/* The draft that waits is shown again, if one does. */
static void
show(struct deciding *d)
{
	if (d->m->open_draft != NULL)
		d->v->draft = *d->m->open_draft;
}

static void
expire(struct deciding *d)
{
	decide_move_draft(d, d->m->open_draft, DRAFT_DISCARDED);
}

/* Show it; and where nobody is left to be called, the NOC may publish it. */
static void
nobody_acks(struct deciding *d)
{
	const struct timer *t = d->m->timer;
	const struct rung *r = ladder_rung(t->kind, t->step);

	show(d);
	if (ladder_next(r, height(d)) == NULL)
		decide_ask_noc(d);
}

static void
first_post(struct deciding *d)
{
	if (decide_holds(d))
		decide_hold_out(d);
	else
		decide_stock_draft(d);
}

/* What no step of a kind needs stands in none of these. */
static const struct extra {
	int kind, step; /* step 0: every other one */
	void (*run)(struct deciding *);
} extras[] = {
	{ T_HAND_OFF, 1, hand_off },
	{ T_ACK, 0, nobody_acks },
	{ T_FIRST_POST, 0, first_post },
	{ T_PREVIEW, 3, expire },
	{ T_PREVIEW, 0, show },
	{ T_CADENCE, 2, decide_room_missed },
	{ T_PROPOSE, 0, decide_room_propose },
	{ T_ROOM_ASK, 0, decide_room_put },
};

static void
run_extra(struct deciding *d, const struct rung *r)
{
	for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
		const struct extra *x = &extras[i];

		if (x->kind != r->kind || (x->step != 0 && x->step != r->step))
			continue;
		x->run(d);
		return;
	}
}

void
decide_timer(struct deciding *d)
{
	const struct timer *t = d->m->timer;
	const struct rung *r = ladder_rung(t->kind, t->step);
	bool climbs;

	d->v->fired = t->id;
	if (r == NULL || (r->kind == T_PREVIEW && d->m->open_draft == NULL))
		return;
	climbs = ladder_climbs(r, height(d));
	if (!climbs && !decide_holds(d))
		return;
	d->v->did |= DID_RUNG;
	if (r->level != 0 && climbs && r->kind != T_HAND_OFF)
		decide_call(d, r->level, r->kind, r->step);
	run_extra(d, r);
	timing_next(d->m, d->j->now, d->v);
}
