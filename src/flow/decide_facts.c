#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/circle.h"
#include "text/drafting.h"
#include "text/moves.h"
#include "text/timing.h"

/* ---- facts ---- */

static void
severity(struct deciding *d, const struct command *c)
{
	struct event *e = &d->v->event;
	bool lower = c->number > e->severity;

	if (c->number == e->severity)
		return;
	if (!decide_may(d, lower ? RIGHT_LOWER : RIGHT_FACTS, c))
		return;
	if (lower && d->r->text[0] == '\0' && d->r->reason == NULL) {
		decide_tell(d, "E24", c)->says =
		    "Not done: a lower severity needs a reason. Write it "
		    "below, or as Reason: on a line of its own.";
		return;
	}
	/* What got worse is news sooner. */
	if (!lower)
		e->cadence = 0;
	e->severity = c->number;
	d->v->did |= DID_FACTS;
}

static struct touch *
touch_of(struct event *e, const char *slug)
{
	for (size_t i = 0; i < e->n_touches; i++)
		if (strcmp(e->touches[i].slug, slug) == 0)
			return &e->touches[i];
	return NULL;
}

static void
add_touch(struct deciding *d, const char *slug, enum level level)
{
	struct event *e = &d->v->event;
	struct touch *t = touch_of(e, slug);

	if (t == NULL) {
		struct touch *more =
		    arena_array(d->j->mem, e->n_touches + 1, sizeof *more);

		for (size_t i = 0; i < e->n_touches; i++)
			more[i] = e->touches[i];
		e->touches = more;
		t = &e->touches[e->n_touches++];
		*t = (struct touch){ .slug = slug,
			.level = words_level_of_severity(e->severity) };
	}
	if (level != LEVEL_UNSET) {
		t->level = level;
		t->given = true;
	}
}

/* Work on a copy: the matter's own event stays as it was. */
void
decide_own_touches(struct deciding *d)
{
	struct event *e = &d->v->event;
	struct touch *own =
	    arena_array(d->j->mem, e->n_touches + 1, sizeof *own);

	for (size_t i = 0; i < e->n_touches; i++)
		own[i] = e->touches[i];
	e->touches = own;
}

void
decide_levels(struct deciding *d)
{
	struct event *e = &d->v->event;

	for (size_t i = 0; i < e->n_touches; i++)
		if (!e->touches[i].given)
			e->touches[i].level =
			    words_level_of_severity(e->severity);
}

static void
set_components(struct deciding *d)
{
	for (size_t i = 0; i < d->r->n_components; i++)
		add_touch(d, d->r->components[i].slug,
		    d->r->components[i].level);
	if (d->r->n_components == 0 && (d->v->did & DID_OPEN) &&
	    d->r->subject_component != NULL)
		add_touch(d, d->r->subject_component, LEVEL_UNSET);
}

void
decide_disclosure(struct deciding *d)
{
	struct event *e = &d->v->event;
	enum disclosure to = d->r->disclosure, was = e->disclosure;

	if (to == DISCLOSURE_UNSET)
		return;
	if (to == was) {
		decide_affirm(d);
		return;
	}
	if (to < was && (d->roles & ROLE_COMMS_LEAD) &&
	    !rights_has(d->roles, RIGHT_LOOSEN)) {
		decide_tell(d, "E44", NULL)->says =
		    "Not done: security has to agree to more disclosure. Ask "
		    "them to write Disclosure: full.";
		return;
	}
	/* Who may open an event may open it guarded: it fails closed. */
	if (!(d->v->did & DID_OPEN) &&
	    !decide_may(d, to < was ? RIGHT_LOOSEN : RIGHT_TIGHTEN, NULL))
		return;
	d->settled = decide_asks_attack(d);
	e->disclosure = to;
	e->disclosed = true;
	d->v->did |= DID_FACTS;
	if (to > was && d->m->open_draft != NULL)
		decide_move_draft(d, d->m->open_draft, DRAFT_DISCARDED);
}

bool
decide_names_facts(const struct request *r)
{
	return r->components_given || r->started.given || r->detected.given ||
	       r->ended.given || r->impact != IMPACT_UNSET || r->title != NULL;
}

static void
set_times(struct deciding *d)
{
	struct event *e = &d->v->event;

	if (d->r->started.given)
		e->started = d->r->started.at;
	if (d->r->detected.given)
		e->detected = d->r->detected.at;
	if (d->r->ended.given)
		e->ended = d->r->ended.at;
}

void
decide_facts(struct deciding *d)
{
	const struct request *r = d->r;
	struct event *e = &d->v->event;
	bool opens = d->v->did & DID_OPEN;
	struct command sev = { .args = "" };

	for (size_t i = 0; i < r->n_commands; i++)
		if (r->commands[i].verb == VERB_SEVERITY)
			sev = r->commands[i];
	sev.number = r->severity;
	if (sev.number == 0 && opens)
		sev.number = r->subject_severity;
	if (sev.number != 0 && opens)
		e->severity = sev.number;
	else if (sev.number != 0 && !d->old)
		severity(d, &sev);
	decide_disclosure(d);
	if (!decide_names_facts(r) && !opens)
		return;
	if (!opens && !decide_may(d, RIGHT_FACTS, NULL))
		return;
	set_components(d);
	set_times(d);
	if (r->impact != IMPACT_UNSET)
		e->impact = r->impact;
	if (r->title != NULL)
		e->title = r->title;
	if (!opens)
		d->v->did |= DID_FACTS;
}

/* ---- opening ---- */

static const char *
source_of(unsigned roles)
{
	if (roles & ROLE_NOC)
		return "noc";
	if (roles & ROLES_SPEAK)
		return "comms";
	return "support";
}

void
decide_open(struct deciding *d)
{
	struct verdict *v = d->v;
	const struct person *p = d->m->sender->person;

	v->did |= DID_OPEN;
	v->event = (struct event){
		.kind = d->r->drill == ASK_YES ? "drill" : "incident",
		.opened = d->m->mail.received,
		.source = source_of(d->roles),
		.reporter = p->slug,
		.subject = d->m->mail.subject,
		.title = "",
		.phase = PH_OPEN,
		.severity = 3,
		.disclosure = DISCLOSURE_FULL,
		.owner = "",
		.on_call = "",
		.first_owner = "",
		.before = "",
		.changed = d->j->now,
		.related = d->m->route->related,
	};
	if (v->event.related != 0) {
		v->did |= DID_RELATED;
		v->written_to = d->m->route->related_name;
	}
}
