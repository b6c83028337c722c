/*
 * What is published where nobody of Marketing answers (specification, section
 * 2.6): the holding statement by the clock, stock text by the NOC.
 */
#include "flow/decide_in.h"

#include <string.h>

#include "text/drafting.h"
#include "text/ladder.h"
#include "text/timing.h"

/* The stock text of the state under a title that nobody worded. */
static void
plain_draft(struct deciding *d, enum state s, struct draft *out)
{
	struct event plain = d->v->event;

	plain.title = "";
	drafting_make(d->j, d->m, &plain, s, "", out);
	out->author = "";
}

/* ---- the NOC ---- */

/* Everybody was called whom T2 calls, and nobody has taken it. */
static bool
unanswered(const struct deciding *d)
{
	const struct event *e = &d->v->event;
	const struct matter *m = d->m;

	if (e->owner[0] != '\0' || e->handed_off == 0 ||
	    conf_severity(m->conf, e->severity)->ack < 0)
		return false;
	for (size_t i = 0; i < m->n_timers; i++)
		if (m->timers[i].kind == T_ACK &&
		    (m->timer == NULL || m->timers[i].id != m->timer->id))
			return false;
	return true;
}

static bool
may_say(const struct deciding *d, const struct draft *x)
{
	enum noc_may may = d->m->conf->noc_may_publish;

	return may == NOC_MAY_FULL ||
	       (may == NOC_MAY_STOCK && drafting_is_plain(d->m->conf, x));
}

bool
decide_noc_may(const struct deciding *d, const struct draft *x)
{
	return (d->roles & ROLE_NOC) && unanswered(d) && may_say(d, x);
}

/* What it may not say gives way to the stock text. */
void
decide_ask_noc(struct deciding *d)
{
	struct verdict *v = d->v;
	const struct draft *x = d->m->open_draft;

	if (d->m->conf->noc_may_publish == NOC_MAY_OFF || !unanswered(d) ||
	    v->event.disclosure == DISCLOSURE_EMBARGOED)
		return;
	if (x == NULL || !may_say(d, x)) {
		plain_draft(d, x == NULL ? STATE_INVESTIGATING : x->state,
		    &v->draft);
		decide_set_draft(d);
	}
	v->asks_noc = true;
}

/* ---- the holding statement ---- */

bool
decide_holds(const struct deciding *d)
{
	const struct event *e = &d->v->event;

	return d->m->timer->kind == T_FIRST_POST &&
	       d->m->timer->step == LADDER_HOLDING &&
	       timing_holds(d->m->conf, e) && e->state == STATE_NONE &&
	       e->disclosure == DISCLOSURE_FULL && !decide_asks_attack(d);
}

/*
 * The program's own draft has had its time: it is this, or replaced by it.
 * What a person drafted waits on, and is posted next.
 */
void
decide_hold_out(struct deciding *d)
{
	const struct draft *old = d->m->open_draft;
	struct draft x;
	bool same;

	plain_draft(d, STATE_INVESTIGATING, &x);
	x.kind = POST_AUTO;
	if (old != NULL && old->author[0] == '\0') {
		same = strcmp(old->text, x.text) == 0 &&
		       strcmp(old->title, x.title) == 0;
		x.n = same ? old->n : 0;
		decide_move_draft(d, old,
		    same ? DRAFT_APPROVED : DRAFT_SUPERSEDED);
	}
	decide_publish(d, &x);
}
