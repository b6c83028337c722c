#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/circle.h"
#include "text/drafting.h"
#include "text/moves.h"
#include "text/timing.h"

/* ---- telling ---- */

struct finding *
decide_tell(struct deciding *d, const char *code, const struct command *c)
{
	struct verdict *v = d->v;
	struct finding *f;

	v->findings = arena_grow(d->j->mem, v->findings, v->n_findings,
	    sizeof *v->findings);
	f = &v->findings[v->n_findings++];
	*f = (struct finding){ .code = code, .says = "" };
	if (c != NULL) {
		f->line = c->line;
		f->written = c->written;
	}
	return f;
}

void
decide_refuse(struct deciding *d, enum right r, const struct command *c)
{
	decide_tell(d, "E42", c)->says = arena_printf(d->j->mem,
	    "Not done: that is for %s. Ask one of them, or write it as a "
	    "note.",
	    rights_who(r));
}

const char *
decide_name(const struct deciding *d, const char *slug)
{
	const struct person *p = conf_person(d->m->conf, slug);

	if (slug[0] == '\0')
		return "the status system (automatic)";
	return p == NULL ? slug : p->name;
}

const char *
decide_clock(const struct deciding *d, int64_t t)
{
	return arena_printf(d->j->mem, "%s UTC", when_clock(d->j->mem, t));
}

/* ---- small steps ---- */

void
decide_park(struct deciding *d, const struct command *c, const char *why)
{
	struct verdict *v = d->v;

	d->parked = true;
	decide_tell(d, "E43", c)->says = why;
	if (v->has_question)
		return;
	v->did |= DID_PARK;
	v->has_question = true;
	v->question = (struct question){
		.event = v->event.id,
		.kind = QUESTION_PARKED,
		.person = d->m->sender->person->slug,
		.message = d->m->mail.id,
		.asked = d->j->now,
		.answer = "",
	};
}

/* A step towards the public: a yes that isn't proved is not enough. */
static bool
leads_out(enum right r)
{
	return (r >= RIGHT_STATE && r <= RIGHT_APPROVE) || r == RIGHT_LOOSEN;
}

/* May this person do it, and is he proved well enough? */
bool
decide_may(struct deciding *d, enum right r, const struct command *c)
{
	if (!rights_has(d->roles, r)) {
		decide_refuse(d, r, c);
		return false;
	}
	if (d->m->internal_only && leads_out(r)) {
		decide_tell(d, "E43", c)->says =
		    "Not done: your mail server's check is missing, so only "
		    "internal steps are carried out. Ask a colleague, or use "
		    "sitrep post on the server.";
		return false;
	}
	if (d->m->internal_only || rights_proved(d->trust, r))
		return true;
	decide_park(d, c,
	    "That mail isn't proved to be yours, so this needs your YES "
	    "first.");
	return false;
}

void
decide_cancel(struct deciding *d, int kind)
{
	timing_cancel(d->v, kind);
}

void
decide_move_draft(struct deciding *d, const struct draft *old,
    enum draft_status to)
{
	struct draft *x = &d->v->moves[d->v->n_moves++];

	*x = *old;
	x->status = to;
	x->status_at = d->j->now;
	x->status_by = d->m->sender == NULL ? "" : d->m->sender->person->slug;
	d->v->event.changed = d->j->now;
}

bool
decide_is_open(const struct event *e)
{
	return e->phase != PH_NONE && !words_phase_is_closed(e->phase);
}

bool
decide_at_closed(const struct route *r)
{
	return r->by_reply || r->hit == HIT_KEY;
}

const struct draft *
decide_waiting(const struct deciding *d)
{
	return d->v->n_moves == 0 ? d->m->open_draft : NULL;
}

/* The new draft takes the place of the one that waits. */
void
decide_set_draft(struct deciding *d)
{
	const struct draft *old = decide_waiting(d);

	if (old != NULL)
		decide_move_draft(d, old, DRAFT_SUPERSEDED);
	d->v->has_draft = true;
	d->v->did |= DID_DRAFT;
	d->v->event.changed = d->j->now;
}
