#include "flow/decide_in.h"

#include "base/text.h"
#include "text/rights.h"

/* ---- the state and the text ---- */

/* The state that a draft without one has. */
static enum state
present_state(const struct deciding *d)
{
	const struct event *e = &d->v->event;

	if (d->r->state != STATE_NONE)
		return d->r->state;
	if (d->keep_text && d->m->open_draft != NULL)
		return d->m->open_draft->state;
	if (e->state != STATE_NONE)
		return e->state;
	return decide_is_open(e) ? STATE_INVESTIGATING : STATE_RESOLVED;
}

static void
quiet(struct deciding *d)
{
	decide_close(d, PH_CLOSED_QUIET);
	d->v->did |= DID_CLOSE_QUIET;
}

static bool
is_end(enum state s)
{
	return s == STATE_MONITORING || s == STATE_RESOLVED;
}

void
decide_state(struct deciding *d, const struct command *c)
{
	enum state s = c->state;

	if (c->verb == VERB_SAME)
		s = d->v->event.state;
	if (!decide_may(d, RIGHT_STATE, c))
		return;
	if (c->verb == VERB_SAME && s == STATE_NONE) {
		decide_tell(d, "E13", c)->says =
		    "Not done: nothing is public yet that could be the same.";
		return;
	}
	if (d->v->event.phase == PH_OPEN && is_end(s) &&
	    !rights_has(d->roles, RIGHT_APPROVE)) {
		quiet(d);
		return;
	}
	if (c->verb != VERB_SAME && (d->roles & ROLE_NOC))
		d->v->event.noc_state = s;
	d->state = s;
	d->same = c->verb == VERB_SAME;
	d->wants = true;
	d->own_text = rights_has(d->roles, RIGHT_APPROVE) && !d->same;
}

void
decide_propose(struct deciding *d, const struct command *c)
{
	if (!decide_may(d,
		c->verb == VERB_CORRECT ? RIGHT_CORRECT : RIGHT_DRAFT, c))
		return;
	d->wants = true;
	d->keep_text = c->verb != VERB_CORRECT;
	d->state = c->state != STATE_NONE ? c->state : present_state(d);
	if (event_is_report(&d->v->event))
		d->state = STATE_NONE;
	d->own_text =
	    rights_has(d->roles, RIGHT_APPROVE) || (d->roles & ROLE_SECURITY);
	if (!d->own_text && d->r->text[0] != '\0' && !decide_has_public(d->r))
		decide_tell(d, "E42", c)->says =
		    "Your text stayed internal. To propose words for the "
		    "public, put them below a line --- public ---";
}
