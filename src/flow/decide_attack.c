/*
 * A note speaks of an attack, and nobody has said how much may be told: that
 * is asked before anything else, and no yes counts until comms or NOC has
 * answered (specification, section 3.7).
 */
#include "flow/decide_in.h"

#include "text/drafting.h"
#include "text/lint.h"

bool
decide_asks_attack(const struct deciding *d)
{
	const struct event *e = &d->v->event;
	const struct matter *m = d->m;

	if (e->disclosed || e->disclosure != DISCLOSURE_FULL ||
	    event_is_report(e))
		return false;
	if (lint_says_attack(d->j->mem, e->subject) ||
	    (d->v->has_note && lint_says_attack(d->j->mem, d->v->note.text)))
		return true;
	for (size_t i = 0; i < m->n_written; i++)
		if (lint_says_attack(d->j->mem, m->written[i].text))
			return true;
	return false;
}

/* Said without being asked it counts as well, of those who may answer. */
void
decide_affirm(struct deciding *d)
{
	struct event *e = &d->v->event;
	bool asked = decide_asks_attack(d);

	if (e->disclosed)
		return;
	if (!rights_has(d->roles, RIGHT_DRAFT) ||
	    !rights_proved(d->trust, RIGHT_DRAFT)) {
		if (asked)
			(void)decide_may(d, RIGHT_DRAFT, NULL);
		return;
	}
	e->disclosed = true;
	d->settled = asked;
	if (asked)
		d->v->did |= DID_FACTS;
}

void
decide_after_attack(struct deciding *d)
{
	const struct draft *old = d->m->open_draft;
	struct verdict *v = d->v;

	if (old == NULL || v->event.disclosure == DISCLOSURE_EMBARGOED ||
	    old->state == STATE_POSTMORTEM)
		return;
	if (v->event.disclosure == DISCLOSURE_FULL)
		drafting_again(d->j, d->m, &v->event, old, &v->draft);
	else {
		drafting_make(d->j, d->m, &v->event, old->state, "", &v->draft);
		v->draft.author = old->author;
		v->draft.proposal = old->proposal;
	}
	decide_set_draft(d);
	if (v->draft.proposal)
		v->did |= DID_PROPOSE;
}

/* It was so before, and nobody asked. */
static bool
is_so(const struct deciding *d)
{
	const struct event *e = d->m->event;

	return e != NULL && e->disclosure == d->r->disclosure && !d->settled &&
	       !decide_asks_attack(d);
}

void
decide_guard(struct deciding *d, const struct command *c)
{
	if (is_so(d))
		decide_tell(d, "E14", c)->says = arena_printf(d->j->mem,
		    "Disclosure is %s already; nothing was done now.",
		    words_disclosure(d->r->disclosure));
	if (c->args[0] != '\0')
		decide_tell(d, "E24", c)->says =
		    "Disclosure ends at no time by itself: write full when "
		    "all may be told again.";
}
