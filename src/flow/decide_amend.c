/* What was published is taken back: withdrawn, its text removed, reopened. */
#include "base/when.h"
#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "text/moves.h"

enum { REOPEN_DAYS = 7 };

/* Why a text is removed: these words stay in its place. */
static const char *const categories[] = { "secret", "personal data",
	"exploit detail" };

enum { CATEGORIES = sizeof categories / sizeof *categories };

static const char *
category(const char *reason)
{
	for (size_t i = 0; reason != NULL && i < CATEGORIES; i++)
		if (text_ieq(reason, categories[i]))
			return categories[i];
	return NULL;
}

/* ---- withdrawing and removing ---- */

/* Which update, and why?  false: told. */
static bool
says_which(struct deciding *d, const struct command *c)
{
	struct finding *f;

	if (d->r->correct == 0 && d->r->amend != AMEND_VOID) {
		bool redacts = d->r->amend == AMEND_REDACT;

		f = decide_tell(d, "E24", c);
		f->says = redacts
			      ? "Not done: say which update, by its number."
			      : "Not done: say which update, by its number, or "
				"all if there never was a problem.";
		f->copy = redacts ? "redact u1 personal data"
				  : "retract u1 it was another cluster";
		return false;
	}
	if (d->r->amend == AMEND_REDACT && category(d->r->reason) == NULL) {
		f = decide_tell(d, "E24", c);
		f->says =
		    "Not done: say why, in one of these words, which stay on "
		    "the page: secret, personal data, exploit detail.";
		f->copy = arena_printf(d->j->mem, "redact u%d personal data",
		    d->r->correct);
		return false;
	}
	if (d->r->reason == NULL) {
		f = decide_tell(d, "E24", c);
		f->says = "Not done: say why; the reason is for the public.";
		f->copy = d->r->amend == AMEND_VOID
			      ? "retract all our monitoring was wrong"
			      : arena_printf(d->j->mem,
				    "retract u%d it was another cluster",
				    d->r->correct);
		return false;
	}
	return true;
}

/* Can the event as a whole be withdrawn?  false: told. */
static bool
can_void(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;
	const struct matter *m = d->m;
	const char *why = NULL;

	if (event_is_report(e))
		why = "a report is withdrawn by its updates, as in retract u1.";
	else if (m->n_posts == 0)
		why = "nothing of it is public. Write void and why.";
	else if (e->state == STATE_POSTMORTEM)
		why = "its postmortem is posted. Correct that.";
	else if (m->posts[m->n_posts - 1].kind == POST_VOIDED)
		why = "it is withdrawn already.";
	if (why != NULL)
		decide_tell(d, "E13", c)->says =
		    arena_printf(d->j->mem, "Not done: %s", why);
	return why == NULL;
}

void
decide_take_back(struct deciding *d, const struct command *c)
{
	bool all = d->r->amend == AMEND_VOID;

	if (!decide_may(d, rights_of(c->verb), c) || !says_which(d, c) ||
	    (all && !can_void(d, c)))
		return;
	decide_want(d, all ? STATE_RESOLVED : STATE_NONE);
	d->own_text = all;
}

/* It says that all is over: taking that back is reopening. */
static bool
says_it_is_over(const struct deciding *d, const struct post *p)
{
	return d->r->amend == AMEND_WITHDRAW && p->state == STATE_RESOLVED &&
	       d->v->event.state == STATE_RESOLVED &&
	       p->u == d->m->posts[d->m->n_posts - 1].u;
}

bool
decide_stays(struct deciding *d, const struct post *p)
{
	if (p->kind == POST_REDACTED)
		decide_tell(d, "E14", NULL)->says = arena_printf(d->j->mem,
		    "No draft was made: the text of update %d is removed "
		    "already.",
		    p->u);
	else if (p->kind == POST_WITHDRAWN && d->r->amend == AMEND_WITHDRAW)
		decide_tell(d, "E14", NULL)->says = arena_printf(d->j->mem,
		    "No draft was made: update %d is withdrawn already.", p->u);
	else if (says_it_is_over(d, p)) {
		struct finding *f = decide_tell(d, "E13", NULL);

		f->says = "No draft was made: that update says that it is "
			  "over. If it isn't, reopen, with the text below; "
			  "wrong words in it you correct.";
		f->copy = "reopen";
	} else
		return false;
	return true;
}

/* The newest that still counts, before p if p is the last; NULL: none. */
static const struct post *
counts_again(const struct deciding *d, const struct post *p)
{
	const struct matter *m = d->m;

	for (size_t i = m->n_posts; i != 0; i--)
		if (m->posts[i - 1].u < p->u &&
		    m->posts[i - 1].kind != POST_WITHDRAWN)
			return &m->posts[i - 1];
	return NULL;
}

const char *
decide_all_well(struct arena *mem, const char *components)
{
	const char *out = "";

	while (*components != '\0') {
		size_t n = strcspn(components, "="), rest;

		out = arena_printf(mem, "%s%s%.*s=operational", out,
		    out[0] == '\0' ? "" : ",", (int)n, components);
		rest = n + strcspn(components + n, ",");
		components += rest;
		components += *components == ',';
	}
	return out;
}

/* State and components are those of before, unless the mail gives some. */
/*
 * Taking a word back neither opens an event nor ends it: that is said by
 * reopen and resolve, which move its timers too.
 */
static enum state
state_after(const struct deciding *d, const struct post *p,
    const struct post *old)
{
	bool open = decide_is_open(&d->v->event);
	enum state s = d->r->state;

	if (s == STATE_NONE)
		s = old == NULL ? p->state : old->state;
	if (open == (s < STATE_RESOLVED))
		return s;
	return open ? d->v->event.state : STATE_RESOLVED;
}

static void
fall_back(struct deciding *d, const struct post *p, struct draft *x)
{
	const struct post *last = &d->m->posts[d->m->n_posts - 1];
	const struct post *old = counts_again(d, p);

	if (p->u == last->u)
		x->state = state_after(d, p, old);
	if (d->r->components_given && decide_is_open(&d->v->event))
		return;
	x->components = old == NULL || !decide_is_open(&d->v->event)
			    ? decide_all_well(d->j->mem, p->components)
			    : old->components;
}

void
decide_fill_amend(struct deciding *d, const struct post *p, struct draft *x)
{
	bool redacts = d->r->amend == AMEND_REDACT;
	struct event bare = d->v->event;

	x->kind = redacts ? POST_REDACTED : POST_WITHDRAWN;
	x->stock = false;
	x->lang = "en";
	x->text = redacts ? "The text of this update was removed."
			  : "This update is withdrawn.";
	x->impact_text = x->reseller_impact = x->enduser_impact = "";
	x->workaround = x->lasting = "";
	x->review = (struct review)REVIEW_NONE;
	x->typo = false;
	if (!redacts) {
		x->impact = IMPACT_UNSET;
		fall_back(d, p, x);
		return;
	}
	bare.title = "";
	if (d->r->title == NULL)
		x->title = event_title(d->j->mem, d->m->conf, &bare);
	x->social = "";
	x->reason = category(d->r->reason);
	x->components = p->components;
	x->notify = false;
}

/* The last update explains. */
void
decide_fill_void(struct deciding *d, const char *own, struct draft *x)
{
	const struct event *e = &d->v->event;

	x->kind = POST_VOIDED;
	x->stock = false;
	x->impact = IMPACT_UNSET;
	x->components = decide_all_well(d->j->mem,
	    d->m->posts[d->m->n_posts - 1].components);
	x->reason = d->r->reason;
	if (own[0] == '\0')
		x->text = arena_printf(d->j->mem,
		    "This incident is withdrawn: there was no problem with "
		    "%s.\n\n%s",
		    event_components(d->j->mem, d->m->conf, e), x->reason);
}

/* What the event is after one of these was published. */
void
decide_amended(struct deciding *d, const struct draft *x)
{
	struct event *e = &d->v->event;
	const struct matter *m = d->m;

	if (x->kind == POST_WITHDRAWN &&
	    x->correct == m->posts[m->n_posts - 1].u)
		e->state = d->v->post.state;
	for (size_t i = 0; x->kind == POST_REDACTED && i < m->n_posts; i++)
		if (m->posts[i].u == x->correct &&
		    strcmp(e->title, m->posts[i].title) == 0)
			e->title = x->title;
}

/* ---- reopening ---- */

static bool
too_late(const struct deciding *d)
{
	return d->j->now - d->v->event.closed > REOPEN_DAYS * DAY;
}

void
decide_reopen(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;

	if (!decide_may(d, RIGHT_REOPEN, c))
		return;
	if (e->state != STATE_RESOLVED || e->phase == PH_MERGED) {
		decide_tell(d, "E13", c)->says =
		    e->phase == PH_MERGED
			? "Not done: it was merged into another. To part them "
			  "again write split and this number."
		    : e->state == STATE_POSTMORTEM
			? "Not done: its postmortem is posted. Mail a new "
			  "report, with Related: and this number."
		    : decide_is_open(e)
			? "Not done: it is open."
			: "Not done: nothing of it is public. If it is broken "
			  "again, mail a new report.";
		return;
	}
	if (too_late(d)) {
		decide_tell(d, "E13", c)->says = arena_printf(d->j->mem,
		    "Not done: it was resolved more than %d days ago. Mail a "
		    "new report, with the line Related: %s",
		    REOPEN_DAYS, event_name(d->j->mem, e));
		return;
	}
	decide_want(d,
	    d->r->state == STATE_NONE ? STATE_INVESTIGATING : d->r->state);
	d->own_text = rights_has(d->roles, RIGHT_APPROVE);
	d->reopens = true;
}

/* A draft that only `reopen` can have made, and that isn't too late. */
bool
decide_may_reopen(const struct deciding *d, enum state to)
{
	return moves_reopen(d->v->event.state, to) && !too_late(d);
}

void
decide_reopened(struct deciding *d)
{
	struct event *e = &d->v->event;

	e->closed = 0;
	e->ended = d->v->post.ended = 0;
	decide_cancel(d, 0);
}
