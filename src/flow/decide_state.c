#include "flow/decide_in.h"

#include "base/text.h"
#include "base/when.h"
#include "text/drafting.h"
#include "text/markup.h"
#include "text/rights.h"

/* ---- the state and the text ---- */

/* The last command that wants a draft is the one that gets it. */
void
decide_want(struct deciding *d, enum state state)
{
	d->wants = true;
	d->state = state;
	d->own_text = d->same = d->keep_text = d->reopens = false;
	d->delay = NULL;
	d->every = 0;
	d->next = (struct promise){ PROMISE_UNSET, 0 };
}

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
	decide_want(d, s);
	d->same = c->verb == VERB_SAME;
	d->own_text = rights_has(d->roles, RIGHT_APPROVE) && !d->same;
}

void
decide_propose(struct deciding *d, const struct command *c)
{
	if (!decide_may(d,
		c->verb == VERB_CORRECT ? RIGHT_CORRECT : RIGHT_DRAFT, c))
		return;
	decide_want(d, STATE_NONE);
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

/* ---- later, or less often ---- */

void
decide_delay(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;
	int64_t from = e->next_update;
	size_t line;

	if (!decide_may(d, RIGHT_STATE, c))
		return;
	if (e->state == STATE_NONE) {
		decide_tell(d, "E13", c)->says =
		    "Not done: nothing is public yet, so no update was "
		    "promised that could come later.";
		return;
	}
	if (c->args[0] == '\0') {
		struct finding *f = decide_tell(d, "E24", c);

		f->says = "Not done: say why on the same line; it is for the "
			  "public.";
		f->copy = "delay 30m a spare part is on its way";
		return;
	}
	if (markup_find(c->args, &line) != NULL) {
		decide_tell(d, "E25", c)->says =
		    "Not done: images and HTML can't be published.";
		return;
	}
	decide_want(d, e->state);
	d->delay = c->args;
	d->next.kind = PROMISE_AT;
	d->next.value = (from > d->j->now ? from : d->j->now) + c->seconds;
}

/* Something to say, of what still goes on. */
static bool
says_something(const struct deciding *d, enum state s)
{
	if (s >= STATE_RESOLVED)
		return false;
	return d->v->event.state != STATE_NONE || d->r->text[0] != '\0' ||
	       decide_has_public(d->r);
}

void
decide_long_running(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;
	int64_t most = conf_severity(d->m->conf, e->severity)->cadence_max;
	enum state s = present_state(d);

	if (!decide_may(d, RIGHT_PACE, c))
		return;
	if (c->seconds <= most || c->seconds > DAY) {
		struct finding *f = decide_tell(d, "E24", c);

		f->says = arena_printf(d->j->mem,
		    "Not done: it takes an interval of more than the %s that "
		    "SEV%d allows, and at most 24 h. For less write "
		    "Next-Update.",
		    when_length(d->j->mem, most), e->severity);
		if (most < DAY)
			f->copy = "long-running 24h";
		return;
	}
	if (!says_something(d, s)) {
		decide_tell(d, "E13", c)->says =
		    "Not done: it goes with an update on what is still going "
		    "on. Write the text below it.";
		return;
	}
	decide_want(d, s);
	d->own_text = true;
	d->every = c->seconds;
}
