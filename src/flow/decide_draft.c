#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/circle.h"
#include "text/drafting.h"
#include "text/lint.h"
#include "text/moves.h"
#include "text/sections.h"
#include "text/stock_say.h"
#include "text/timing.h"
#include "text/voids.h"

/* ---- what the text is ---- */

static const char *
public_text(const struct deciding *d)
{
	const struct request *r = d->r;

	const char *sections = sections_public(d->j->mem, r);

	if (sections[0] != '\0')
		return sections;
	if (r->public_line != NULL)
		return r->public_line;
	if (d->own_text && r->n_sections == 0)
		return r->text;
	return "";
}

bool
decide_has_public(const struct request *r)
{
	for (size_t i = 0; i < r->n_sections; i++)
		if (r->sections[i].public)
			return true;
	return r->public_line != NULL;
}

static void
line(struct buf *b, const char *label, const char *value)
{
	if (value != NULL)
		buf_printf(b, "%s%s\n", label, value);
}

/* Why somebody objects, or calls it a false alarm, must not be lost. */
static void
reasons(struct buf *b, const struct deciding *d, bool draft)
{
	const struct request *r = d->r;

	if (d->left && d->same)
		buf_str(b, "Nothing has changed.\n");
	for (size_t i = 0; i < r->n_commands; i++) {
		const struct command *c = &r->commands[i];

		if (c->args[0] == '\0')
			continue;
		if ((c->verb == VERB_VOID && !voids_reason(c->args)) ||
		    (rights_of(c->verb) == RIGHT_OBJECT &&
			d->v->did & DID_OPEN))
			line(b, "", c->written);
		else if (c->verb == VERB_VOID)
			line(b, "False alarm: ", c->args);
		else if (rights_of(c->verb) == RIGHT_OBJECT && c->seconds == 0)
			line(b, "Objection: ", c->args);
		else if (c->verb == VERB_WAR_ROOM &&
			 text_istarts(c->args, "sitrep "))
			line(b, "", c->args + strlen("sitrep "));
		else if (c->verb == VERB_DELAY && !draft)
			buf_printf(b, "More time is asked for, %s: %s\n",
			    when_length(d->j->mem, c->seconds), c->args);
	}
	if (r->correct == 0 && (r->amend != AMEND_VOID || !draft))
		line(b, "Reason: ", r->reason);
}

/* Public in a postmortem only. */
static void
review(struct buf *b, const struct request *r)
{
	line(b, "Cause: ", r->cause);
	line(b, "Fix: ", r->fix);
	line(b, "Prevention: ", r->prevention);
	line(b, "Problem: ", r->problem);
}

/* Everything that isn't public, in the writer's order. */
static char *
internal_text(const struct deciding *d)
{
	const struct request *r = d->r;
	struct buf b = BUF_INIT;
	/* The program's own draft took none of the writer's words, nor does
	 * a stock text under limited disclosure: they stay his note. */
	bool draft = d->v->has_draft && d->v->draft.author[0] != '\0' &&
		     (d->v->event.disclosure != DISCLOSURE_LIMITED ||
			 !d->v->draft.stock);
	char *s;

	reasons(&b, d, draft);
	line(&b, "", r->note);
	if (!draft || d->v->draft.state != STATE_POSTMORTEM)
		review(&b, r);
	if (!draft) {
		line(&b, "Service impact: ", r->impact_text);
		line(&b, "Impact for resellers: ", r->reseller_impact);
		line(&b, "Impact for end users: ", r->enduser_impact);
		line(&b, "Workaround: ", r->workaround);
		line(&b, "Lasting effects: ", r->lasting);
		line(&b, "For social networks: ", r->social);
		line(&b, "Proposed in public: ", r->public_line);
	}
	if (!d->own_text || r->n_sections != 0 || !draft)
		line(&b, "", r->text[0] == '\0' ? NULL : r->text);
	for (size_t i = 0; i < r->n_sections; i++)
		if (!r->sections[i].public || !draft)
			line(&b,
			    r->sections[i].public ? "--- public ---\n" : "",
			    r->sections[i].text);
	s = text_trim(d->j->mem, b.data);
	buf_free(&b);
	return s;
}

void
decide_note(struct deciding *d)
{
	char *text = internal_text(d);

	if (text[0] == '\0')
		return;
	d->v->has_note = true;
	d->v->did |= DID_NOTE;
	d->v->note = (struct note){
		.at = d->m->mail.written,
		.received = d->m->mail.received,
		.author = d->m->sender->person->slug,
		.late = d->late || d->stale,
		.unverified = d->trust == TRUST_A0K,
		.text = text,
		.message = d->m->mail.id,
	};
}

/* ---- drafts ---- */

static const struct post *
post_of(const struct matter *m, int u)
{
	for (size_t i = 0; i < m->n_posts; i++)
		if (m->posts[i].u == u)
			return &m->posts[i];
	return NULL;
}

/* The state can't come next; true: told. */
static bool
strays(struct deciding *d)
{
	const struct event *e = &d->v->event;
	const struct matter *m = d->m;

	if (e->state == STATE_POSTMORTEM)
		decide_tell(d, "E13", NULL)->says = arena_printf(d->j->mem,
		    "No draft was made: the postmortem is posted. To change "
		    "it write correct u%d, Reason: and the text.",
		    m->posts[m->n_posts - 1].u);
	else if (e->phase == PH_CLOSED_QUIET && d->state != STATE_RESOLVED)
		decide_tell(d, "E13", NULL)->says =
		    "No draft was made: it is over, so its only state is "
		    "resolved. If it is broken again, mail a new report.";
	else if (!moves_allowed(e->state, d->state) && !d->reopens)
		decide_tell(d, "E13", NULL)->says = arena_printf(d->j->mem,
		    "No draft was made: after %s comes %s. If it is broken "
		    "again, mail a new report.",
		    words_state(e->state), moves_list(d->j->mem, e->state));
	else
		return false;
	return true;
}

/* Findings that no draft survives; true: refused. */
static bool
undraftable(struct deciding *d)
{
	const struct event *e = &d->v->event;

	if (e->disclosure == DISCLOSURE_EMBARGOED &&
	    d->r->amend != AMEND_REDACT) {
		decide_tell(d, "E46", NULL)->says =
		    "No draft was made: the event is embargoed, nothing about "
		    "it may be published. Security or an executive lifts that.";
		return true;
	}
	if (d->r->public_refused)
		return true;
	if (d->r->correct != 0 && post_of(d->m, d->r->correct) == NULL) {
		decide_tell(d, "E10", NULL)->says = arena_printf(d->j->mem,
		    "No draft was made: there is no update %d to correct. "
		    "Name one that was posted.",
		    d->r->correct);
		return true;
	}
	if (d->r->correct != 0 && d->r->amend != AMEND_WORDS)
		return decide_stays(d, post_of(d->m, d->r->correct));
	if (event_is_report(e) && decide_report_refuses(d, public_text(d)))
		return true;
	return d->r->correct == 0 && strays(d);
}

/* The event with the cadence that the draft announces. */
static struct event
paced(const struct deciding *d)
{
	struct event e = d->v->event;

	if (d->every != 0)
		e.cadence = d->every;
	return e;
}

static struct promise
promise(const struct deciding *d, bool *clipped)
{
	const struct promise *wish =
	    d->next.kind == PROMISE_UNSET ? &d->r->next : &d->next;
	struct event e = paced(d);

	return drafting_promise(d->m, &e, wish, d->j->now, clipped);
}

static void
promise_findings(struct deciding *d)
{
	const struct promise *p = &d->r->next;
	struct event e = paced(d);
	bool clipped;

	(void)promise(d, &clipped);
	if (clipped)
		decide_tell(d, "W45", NULL)->says = arena_printf(d->j->mem,
		    "That promise is longer than SEV%d allows; the draft "
		    "promises %s.",
		    e.severity,
		    when_length(d->j->mem, drafting_longest(d->m->conf, &e)));
	if ((p->kind == PROMISE_NONE && d->state < STATE_RESOLVED) ||
	    (p->kind == PROMISE_AT && p->value <= d->j->now))
		decide_tell(d, "E24", NULL)->says =
		    "Next-Update must lie ahead, and none goes with resolved "
		    "only; the draft has the usual promise.";
}

/* `draft next +1h` without text keeps the text of the draft that waits. */
static bool
keeps_text(const struct deciding *d, const char *own)
{
	const struct draft *old = d->m->open_draft;

	return own[0] == '\0' && d->keep_text && old != NULL && !old->stock &&
	       d->r->correct == 0 &&
	       d->v->event.disclosure != DISCLOSURE_LIMITED;
}

/* Those sections stay of which nothing new was said. */
static void
keep_review(const struct request *r, const struct review *old,
    struct review *out)
{
	out->cause = r->cause == NULL ? old->cause : out->cause;
	out->fix = r->fix == NULL ? old->fix : out->fix;
	out->prevention =
	    r->prevention == NULL ? old->prevention : out->prevention;
	out->problem = r->problem == NULL ? old->problem : out->problem;
}

/* Where it goes stays, unless something else is said. */
static void
keep_way(const struct request *r, const char *lists, bool notify,
    struct draft *x)
{
	if (r->n_lists == 0)
		x->lists = lists;
	if (r->notify == ASK_UNSET)
		x->notify = notify;
}

static void
fill_kept(struct deciding *d)
{
	const struct draft *old = d->m->open_draft;
	struct draft *x = &d->v->draft;

	x->title = d->r->title == NULL ? old->title : x->title;
	x->text = old->text;
	x->lang = old->lang;
	x->stock = false;
	x->impact_text = old->impact_text;
	x->reseller_impact = old->reseller_impact;
	x->enduser_impact = old->enduser_impact;
	x->workaround = old->workaround;
	x->lasting = old->lasting;
	x->social = d->r->social == NULL ? old->social : x->social;
	keep_review(d->r, &old->review, &x->review);
	x->correct = old->correct;
	x->reason = old->reason;
	keep_way(d->r, old->lists, old->notify, x);
	if (d->r->next.kind == PROMISE_UNSET && x->state < STATE_RESOLVED)
		x->promise = old->promise;
}

static void
fill_correction(struct deciding *d)
{
	const struct post *p = post_of(d->m, d->r->correct);
	struct draft *x = &d->v->draft;

	x->state = p->state;
	x->kind = p->kind < POST_WITHDRAWN ? p->kind : POST_UPDATE;
	if (d->r->title == NULL)
		x->title = p->title;
	if (!d->r->components_given || !decide_is_open(&d->v->event))
		x->components = p->components;
	if (x->stock && !p->limited) {
		x->text = p->text;
		x->lang = p->lang;
	}
	x->impact_text =
	    d->r->impact_text == NULL ? p->impact_text : x->impact_text;
	x->reseller_impact = d->r->reseller_impact == NULL ? p->reseller_impact
							   : x->reseller_impact;
	x->enduser_impact = d->r->enduser_impact == NULL ? p->enduser_impact
							 : x->enduser_impact;
	x->workaround =
	    d->r->workaround == NULL ? p->workaround : x->workaround;
	x->lasting = d->r->lasting == NULL ? p->lasting : x->lasting;
	x->promise = (struct promise){ PROMISE_NONE, 0 };
	keep_way(d->r, p->lists, p->notify, x);
	if (d->r->amend != AMEND_WORDS)
		decide_fill_amend(d, p, x);
	else if (p->state == STATE_POSTMORTEM)
		keep_review(d->r, &p->review, &x->review);
	else
		x->review = (struct review)REVIEW_NONE;
}

/* A postmortem; its correction is one of those. */
static bool
told_once(const struct deciding *d)
{
	return d->state == STATE_POSTMORTEM && d->r->correct == 0;
}

/* Why the next update comes later, in the author's words. */
static const char *
delay_text(const struct deciding *d)
{
	const char *more = public_text(d);

	return arena_printf(d->j->mem, "%s\n\n%s%s%s",
	    d->m->stock->text[STOCK_DELAY], d->delay,
	    more[0] == '\0' ? "" : "\n\n", more);
}

/* What no state has a sentence for: no change, later, less often. */
static void
special(struct deciding *d, bool own)
{
	bool limited = d->v->event.disclosure == DISCLOSURE_LIMITED;
	struct draft *x = &d->v->draft;

	if ((d->same && !limited) || (d->every != 0 && !own))
		x->text = stock_say(d->j, d->m, &d->v->event, d->state, true);
	if (d->same && !limited) {
		x->kind = POST_SAME;
		x->stock = true;
	}
	if (d->delay != NULL && limited)
		x->text =
		    stock_add(d->j, x->text, d->m->stock->text[STOCK_DELAY]);
	if (d->every != 0) {
		x->cadence = d->every;
		x->text =
		    stock_add(d->j, x->text, stock_every(d->j, d->m, d->every));
	}
}

/* Own words while disclosure is limited: which of them may not go out? */
static bool
guarded(struct deciding *d, const char *own)
{
	struct lint_mark *marks = NULL;
	struct draft x;
	size_t n;

	drafting_make(d->j, d->m, &d->v->event, d->state, own, &x);
	n = decide_marks(d, &x, &marks);
	if (lint_worst(marks, n) != LINT_BLOCK) {
		decide_tell(d, "E44", NULL)->says =
		    "Disclosure is limited: own words need the yes of a second "
		    "person, security or an executive. They were asked.";
		return true;
	}
	decide_tell(d, "E44", NULL)->says =
	    "Disclosure is limited: own words need a second person, and these "
	    "may not go out at all. They stayed internal and the draft is the "
	    "stock text.";
	decide_tell(d, "E45", NULL)->says = decide_blocked(d, marks, n);
	return false;
}

/* What of the writer's words the draft is made of. */
static const char *
own_words(struct deciding *d)
{
	const char *own;

	if (d->r->amend != AMEND_WORDS && d->r->amend != AMEND_VOID)
		return "";
	if (d->v->event.disclosure != DISCLOSURE_LIMITED)
		return d->delay != NULL ? delay_text(d) : public_text(d);
	own = d->delay != NULL ? "" : public_text(d);
	if (own[0] == '\0' || d->state == STATE_POSTMORTEM || guarded(d, own))
		return own;
	d->own_text = false;
	return "";
}

void
decide_draft(struct deciding *d)
{
	struct verdict *v = d->v;
	bool clipped, text;
	const char *own;

	if (undraftable(d))
		return;
	own = own_words(d);
	text = own[0] != '\0' || keeps_text(d, own);
	if (told_once(d) && decide_untold(d, text))
		return;
	promise_findings(d);
	drafting_make(d->j, d->m, &v->event, d->state, own, &v->draft);
	if (own[0] != '\0')
		v->draft.lang = sections_lang(d->r);
	if (d->state > STATE_NONE && d->state < STATE_RESOLVED)
		v->draft.promise = promise(d, &clipped);
	special(d, own[0] != '\0');
	if (keeps_text(d, own))
		fill_kept(d);
	if (d->r->correct != 0)
		fill_correction(d);
	else if (d->merges)
		decide_fill_merge(d, &v->draft);
	else if (d->splits)
		decide_fill_split(d, own, &v->draft);
	else if (d->r->amend == AMEND_VOID)
		decide_fill_void(d, own, &v->draft);
	if (d->reopens)
		v->draft.ended = 0;
	if (event_is_report(&v->event))
		decide_report_lists(d, &v->draft);
	v->draft.proposal = !rights_has(d->roles, RIGHT_APPROVE);
	if (v->draft.proposal)
		v->did |= DID_PROPOSE;
	decide_set_draft(d);
	decide_imply_ack(d);
}
