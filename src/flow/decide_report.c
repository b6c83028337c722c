#include "flow/decide_in.h"

#include "text/drafting.h"

/*
 * A monthly report is an event of a kind of its own, numbered by its month:
 * so its draft, its yes and its post walk the road of every other text, and
 * the chain covers it.  It has no state, promises nothing, starts no timer.
 */

static void
begin(struct event *e, const struct report_paper *r, int64_t now)
{
	*e = (struct event){
		.kind = "report",
		.year = r->year,
		.number = r->month,
		.opened = now,
		.began = now,
		.source = r->source,
		.reporter = "",
		.subject = r->title,
		.title = r->title,
		.phase = PH_OWNED,
		.severity = 5,
		.disclosure = DISCLOSURE_FULL,
		.on_call = "",
		.first_owner = "",
	};
}

/* It goes to the open lists: nobody else asked for it. */
void
decide_report_lists(const struct deciding *d, struct draft *x)
{
	const struct conf *c = d->m->conf;

	x->lists = "";
	for (size_t i = 0; i < c->n_lists; i++)
		if (c->lists[i].kind == LIST_OPEN)
			x->lists = arena_printf(d->j->mem, "%s%s%s", x->lists,
			    x->lists[0] == '\0' ? "" : ",", c->lists[i].slug);
	if (x->lists[0] == '\0')
		x->notify = false;
}

static struct draft
draft(const struct deciding *d, const struct report_paper *r)
{
	struct draft x = {
		.created = d->j->now,
		.author = "",
		.status = DRAFT_PENDING,
		.status_by = "",
		.state = STATE_NONE,
		.title = r->title,
		.text = r->text,
		.lang = "en",
		.impact_text = "",
		.reseller_impact = "",
		.enduser_impact = "",
		.workaround = "",
		.lasting = "",
		.social = "",
		.review = REVIEW_NONE,
		.components = "",
		.promise = { PROMISE_NONE, 0 },
		.notify = true,
		.reason = "",
		.facts = drafting_facts(d->j, &d->v->event),
		.hash = "",
		.marks = "",
	};

	decide_report_lists(d, &x);
	return x;
}

/* The clock has no name to sign a superseded draft with. */
static void
supersede(struct deciding *d)
{
	struct verdict *v = d->v;
	struct draft *x;

	if (d->m->open_draft == NULL)
		return;
	x = &v->moves[v->n_moves++];
	*x = *d->m->open_draft;
	x->status = DRAFT_SUPERSEDED;
	x->status_at = d->j->now;
	x->status_by = "";
}

void
decide_report(struct deciding *d)
{
	const struct person *p = d->m->people->oncall;
	struct verdict *v = d->v;

	if (d->m->event == NULL)
		begin(&v->event, d->m->report, d->j->now);
	/* Whoever is on call now, a second draft a week later too. */
	v->event.owner = p == NULL ? "" : p->slug;
	v->event.changed = d->j->now;
	supersede(d);
	v->draft = draft(d, d->m->report);
	v->has_draft = true;
	v->did |= DID_DRAFT;
}

/* There is one post, and no stock text. */
bool
decide_report_refuses(struct deciding *d, const char *own)
{
	if (d->r->correct != 0)
		return false;
	if (d->m->n_posts != 0) {
		decide_tell(d, "E13", NULL)->says =
		    "No draft was made: the report is public. To change it, "
		    "write correct u1 and the whole text below.";
		return true;
	}
	if (own[0] != '\0' || decide_waiting(d) != NULL)
		return false;
	decide_tell(d, "E24", NULL)->says =
	    "No draft was made: write the text below the command, or have "
	    "sitrep report make it anew.";
	return true;
}
