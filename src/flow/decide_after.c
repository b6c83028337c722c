/* Afterwards: is it over, what ended quietly, the postmortem, what is told. */
#include "flow/decide_in.h"

#include "base/text.h"
#include "base/when.h"
#include "text/ladder.h"
#include "text/timing.h"

enum { SOONEST = 5 * 60, USUAL = 60 * 60, LATEST = 24 * 60 * 60 };

/* ---- is it over? ---- */

void
decide_not_yet(struct deciding *d, const struct command *c)
{
	struct verdict *v = d->v;
	int64_t wait = c->seconds == 0 ? USUAL : c->seconds;

	if (!decide_may(d, RIGHT_DWELL, c))
		return;
	if (v->event.state != STATE_MONITORING) {
		decide_tell(d, "E13", c)->says = arena_printf(d->j->mem,
		    "Not done: whether it is over is asked once it is "
		    "monitoring; %s. Write monitoring when it is dealt with.",
		    v->event.state == STATE_NONE
			? "nothing is public yet"
			: arena_printf(d->j->mem, "it is %s now",
			      words_state(v->event.state)));
		return;
	}
	if (wait < SOONEST || wait > LATEST) {
		decide_tell(d, "E24", c)->says =
		    "Not done: not yet takes 5 min to 24 h.";
		v->findings[v->n_findings - 1].copy = "not yet +60m";
		return;
	}
	v->again = d->j->now + wait;
	v->did |= DID_NOT_YET;
	timing_again(d->m, d->j->now, v, T_DWELL, v->again);
}

/* ---- what ended quietly ---- */

void
decide_ask_quiet(struct deciding *d)
{
	struct verdict *v = d->v;
	const struct person *p = d->m->people->oncall;

	if (!(v->did & DID_CLOSE_QUIET) || v->event.severity > 3 ||
	    v->event.disclosure == DISCLOSURE_EMBARGOED || p == NULL ||
	    v->has_question)
		return;
	v->has_question = true;
	v->question = (struct question){
		.event = v->event.id,
		.kind = QUESTION_QUIET,
		.person = p->slug,
		.message = d->m->mail.id,
		.asked = d->j->now,
		.answer = "",
	};
}

/* Not this person's to answer, or not any more; true: told. */
static bool
settled(struct deciding *d, const struct command *c)
{
	const struct question *q = d->m->question;

	if (!d->m->route->token_ok)
		decide_tell(d, "E43", c)->says =
		    "Not done: this question was put to somebody else.";
	else if (d->v->event.phase != PH_CLOSED_QUIET)
		decide_tell(d, "E14", c)->says =
		    "It is public already; nothing was done now.";
	else if (q->answered != 0)
		decide_tell(d, "E14", c)->says = arena_printf(d->j->mem,
		    "Already answered at %s (%s); nothing was done now. For a "
		    "draft write resolve, and the text below it.",
		    decide_clock(d, q->answered), q->answer);
	else
		return false;
	return true;
}

static void
answer(struct deciding *d, const char *what)
{
	d->v->did |= DID_ANSWERED;
	d->v->answered = d->m->question->id;
	d->v->answer = what;
}

/* The first and last word on it, as a draft like any other. */
static void
publish(struct deciding *d, const struct command *c)
{
	struct command meant = *c;

	if (settled(d, c))
		return;
	meant.verb = VERB_PUBLISH;
	meant.state = STATE_RESOLVED;
	decide_propose(d, &meant);
	if (d->wants)
		answer(d, "publish");
}

bool
decide_answers_quiet(struct deciding *d, const struct command *c)
{
	const struct question *q = d->m->question;

	if (q == NULL || q->kind != QUESTION_QUIET)
		return false;
	switch (c->verb) {
	case VERB_YES:
	case VERB_POST:
	case VERB_PUBLISH: publish(d, c); return true;
	case VERB_NO:
	case VERB_QUIET:
		if (!settled(d, c))
			answer(d, "quiet");
		return true;
	default: return false;
	}
}

void
decide_quiet(struct deciding *d, const struct command *c)
{
	decide_tell(d, "E14", c)->says =
	    "Not done: nobody asks here whether it stays quiet. To end "
	    "something write resolve.";
}

static bool
has_times(const struct deciding *d)
{
	const struct event *e = &d->v->event;

	return (e->started != 0 || e->detected != 0) &&
	       (d->r->ended.given || e->ended != 0);
}

void
decide_backfill(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;
	struct finding *f;

	if (!decide_may(d, RIGHT_REOPEN, c))
		return;
	if (e->state != STATE_NONE) {
		decide_tell(d, "E13", c)->says =
		    "Not done: it is public. What goes on you resolve; what "
		    "else was over is a mail of its own.";
		return;
	}
	if (!has_times(d)) {
		f = decide_tell(d, "E24", c);
		f->says = "Not done: say when it began and when it ended, in "
			  "lines Started: and Ended: below backfill.";
		f->copy = "Ended: 14:30 UTC";
		return;
	}
	if (decide_is_open(e))
		decide_close(d, PH_CLOSED_QUIET);
	decide_want(d, STATE_RESOLVED);
	d->own_text = rights_has(d->roles, RIGHT_APPROVE);
}

/* ---- the postmortem ---- */

void
decide_postmortem(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;
	struct command meant = *c;

	if (e->state != STATE_RESOLVED && e->state != STATE_POSTMORTEM) {
		decide_tell(d, "E13", c)->says =
		    "Not done: a postmortem follows what was resolved in "
		    "public, and this isn't yet.";
		return;
	}
	meant.state = STATE_POSTMORTEM;
	decide_propose(d, &meant);
}

/* Has it a text of its own, and may that be told?  true: told why not. */
bool
decide_untold(struct deciding *d, bool text)
{
	if (d->v->event.disclosure == DISCLOSURE_LIMITED)
		decide_tell(d, "E44", NULL)->says =
		    "No draft was made: disclosure is limited, and there is no "
		    "stock text for a postmortem. First security or an "
		    "executive writes Disclosure: full.";
	else if (!text)
		decide_tell(d, "E24", NULL)->says =
		    "No draft was made: write the text of the postmortem "
		    "below, after a blank line.";
	else
		return false;
	return true;
}

/* ---- what can be told now ---- */

void
decide_reveal(struct deciding *d)
{
	const struct event *e = &d->v->event;
	const struct route *route = d->m->route;

	if (!words_phase_is_closed(e->phase) || d->late ||
	    d->r->disclosure == DISCLOSURE_UNSET)
		return;
	if (decide_at_closed(route)) {
		decide_disclosure(d);
		return;
	}
	decide_tell(d, "E11", NULL)->says =
	    "Disclosure wasn't changed: the event is closed. Answer one of "
	    "our mails about it.";
}
