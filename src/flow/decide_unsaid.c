/* What a mail wants without a command: by a field, a bare word, its text. */
#include "flow/decide_in.h"

/* The field Status: does what the command of that name does. */
static void
state_field(struct deciding *d)
{
	static const enum verb verbs[] = { VERB_NONE, VERB_INVESTIGATING,
		VERB_IDENTIFIED, VERB_MONITORING, VERB_RESOLVE, VERB_NONE };
	struct command c = { .verb = verbs[d->r->state],
		.state = d->r->state,
		.args = "" };

	if (!d->wants && c.verb != VERB_NONE)
		decide_run(d, &c);
}

/* An answer to a preview, of one whose yes would count. */
static bool
at_preview(const struct deciding *d)
{
	return d->m->route->object == 'd' && !d->late && !d->old &&
	       !(d->v->did & DID_OPEN) && rights_has(d->roles, RIGHT_APPROVE);
}

bool
decide_nearly_yes(const struct deciding *d)
{
	return d->r->yes_extra && at_preview(d);
}

const char *
decide_untaken(const struct deciding *d)
{
	return d->v->event.phase == PH_HANDED_OFF
		   ? " Nobody has taken the incident yet: reply ack."
		   : "";
}

/* What commands nothing is a note; the draft waits on, and is shown. */
static void
still_waits(struct deciding *d)
{
	const struct draft *x = decide_waiting(d);

	if (x == NULL || d->wants || d->v->did & DID_FACTS)
		return;
	decide_tell(d, "E40", NULL)->says = arena_printf(d->j->mem,
	    "Not posted: draft d%d still waits%s. YES posts it as it is; for "
	    "other words reply draft and the text.%s",
	    x->n, d->r->text[0] == '\0' ? "" : ", and your words are a note",
	    decide_untaken(d));
	decide_reshow(d, x);
}

/* A command that is known and not built yet does nothing. */
static bool
commands(const struct request *r)
{
	for (size_t i = 0; i < r->n_commands; i++)
		if (r->commands[i].verb <= VERB_BUILT)
			return true;
	return false;
}

/* It is no yes, and must not pass unseen. */
static void
almost_yes(struct deciding *d)
{
	struct command c = { .verb = VERB_YES, .args = "" };

	if (commands(d->r) || !at_preview(d))
		return;
	if (d->r->yes_extra)
		decide_run(d, &c);
	else
		still_waits(d);
}

/* "fixed, pool restarted" on top of an answer. */
static void
opening_word(struct deciding *d)
{
	struct command c = { .verb = VERB_RESOLVE,
		.state = d->r->opening_word,
		.args = "" };

	if (c.state == STATE_NONE || d->wants || (d->v->did & DID_OPEN) ||
	    !(d->roles & ROLE_NOC) || !decide_is_open(&d->v->event))
		return;
	if (c.state == STATE_MONITORING || d->v->event.phase != PH_OPEN) {
		c.verb = VERB_MONITORING;
		c.state = STATE_MONITORING;
	}
	decide_run(d, &c);
}

/* "No, webmail is down too": an answer to a fact check, without a command. */
static void
objection(struct deciding *d)
{
	struct command c = { .verb = VERB_WRONG, .args = "" };

	if (d->r->objection && d->m->route->object == 'd' &&
	    !rights_has(d->roles, RIGHT_APPROVE) &&
	    !decide_says(d->r, RIGHT_OBJECT))
		decide_run(d, &c);
}

static void
handoff_field(struct deciding *d)
{
	struct command c = { .verb = VERB_HANDOFF, .args = d->r->handoff };

	if (d->r->handoff_now)
		c.args = "now";
	if (c.args != NULL && !decide_says(d->r, RIGHT_HANDOFF))
		decide_run(d, &c);
}

static void
want_correction(struct deciding *d)
{
	struct command c = { .verb = VERB_CORRECT, .args = "" };

	if (d->r->amend != AMEND_WORDS)
		c.verb = VERB_RETRACT;
	if (decide_says(d->r, RIGHT_RETRACT) || decide_says(d->r, RIGHT_REDACT))
		return; /* what it is about was said there */
	if (d->r->correct != 0 && !d->wants)
		decide_run(d, &c);
}

static void
want_backfill(struct deciding *d)
{
	struct command c = { .verb = VERB_BACKFILL, .args = "" };

	if (d->r->backfill && !d->wants && !decide_says(d->r, RIGHT_REOPEN))
		decide_run(d, &c);
}

static void
want_section(struct deciding *d)
{
	struct command c = { .verb = VERB_DRAFT, .args = "" };

	if (!d->wants && decide_has_public(d->r) &&
	    decide_is_open(&d->v->event))
		decide_run(d, &c);
}

void
decide_unsaid(struct deciding *d)
{
	state_field(d);
	want_correction(d);
	want_backfill(d);
	want_section(d);
	opening_word(d);
	almost_yes(d);
}

void
decide_unsaid_always(struct deciding *d)
{
	objection(d);
	handoff_field(d);
}
