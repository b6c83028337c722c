#include "flow/decide_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/circle.h"
#include "text/drafting.h"
#include "text/ladder.h"
#include "text/moves.h"
#include "text/second.h"
#include "text/timing.h"

/* ---- approving ---- */

void
decide_reshow(struct deciding *d, const struct draft *x)
{
	if (x == NULL)
		return;
	d->v->did |= DID_RESHOW;
	d->v->reshow = *x;
}

bool
decide_show_again(struct deciding *d, const struct draft *old,
    const char *changes)
{
	struct verdict *v = d->v;

	decide_tell(d, "E41", NULL)->says = arena_printf(d->j->mem,
	    "Not posted: something changed since your preview.\n%sBelow is "
	    "the same text once more.",
	    changes);
	decide_move_draft(d, old, DRAFT_STALE);
	drafting_again(d->j, d->m, &v->event, old, &v->draft);
	v->has_draft = true;
	v->did |= DID_DRAFT | DID_RESHOW;
	return true;
}

/* A cadence that was announced ends with a promise of the usual kind. */
static int64_t
cadence_after(const struct deciding *d, const struct draft *x)
{
	const struct event *e = &d->v->event;
	int64_t most = conf_severity(d->m->conf, e->severity)->cadence_max;

	if (x->cadence != 0)
		return x->cadence;
	return d->v->post.next_update - d->j->now > most ? e->cadence : 0;
}

/* Who tells of what ended quietly has it from now on. */
static void
over(struct deciding *d)
{
	struct event *e = &d->v->event;

	if (e->owner[0] == '\0' && rights_has(d->roles, RIGHT_ACK))
		e->owner = d->m->sender->person->slug;
	e->phase = PH_CLOSED;
	e->closed = e->closed == 0 ? d->j->now : e->closed;
	decide_cancel(d, 0);
}

void
decide_publish(struct deciding *d, const struct draft *x)
{
	struct verdict *v = d->v;
	struct event *e = &v->event;
	bool again = moves_reopen(e->state, x->state);

	drafting_post(d->j, d->m, e, x, &v->post);
	v->has_post = true;
	v->broadcast = v->post.notify;
	if (x->correct != 0) {
		v->did |= DID_CORRECT;
		decide_amended(d, x);
		return;
	}
	if (again)
		decide_reopened(d);
	v->did |= DID_POST;
	e->state = v->post.state;
	e->next_update = v->post.next_update;
	e->ended = v->post.ended;
	if (e->phase == PH_CLOSED && !again) /* an addendum, the postmortem */
		return;
	e->cadence = cadence_after(d, x);
	e->phase = PH_PUBLIC;
	if (e->state == STATE_RESOLVED)
		over(d);
	decide_ordered(d, x);
}

static void
post_draft(struct deciding *d, const struct draft *x)
{
	decide_move_draft(d, x, DRAFT_APPROVED);
	if (x->correct == 0)
		decide_imply_ack(d);
	decide_publish(d, x);
}

static const char *
ending(enum draft_status s)
{
	switch (s) {
	case DRAFT_STALE: return "was overtaken by changes";
	case DRAFT_SUPERSEDED: return "was replaced";
	default: return "was discarded";
	}
}

/* Why a known draft can't be approved any more; true: answered. */
static bool
gone(struct deciding *d, const struct draft *x)
{
	if (x->status == DRAFT_PENDING || x->status == DRAFT_HELD)
		return false;
	if (x->status == DRAFT_APPROVED) {
		decide_tell(d, "E14", NULL)->says = arena_printf(d->j->mem,
		    "Already posted by %s at %s; nothing was done now.",
		    decide_name(d, x->status_by),
		    decide_clock(d, x->status_at));
		return true;
	}
	decide_tell(d, "E41", NULL)->says =
	    arena_printf(d->j->mem, "Not posted: draft d%d %s at %s. %s", x->n,
		ending(x->status), decide_clock(d, x->status_at),
		d->m->open_draft == NULL
		    ? "Write draft and the text to make a new one."
		    : arena_printf(d->j->mem,
			  "Below is draft d%d, which waits now.",
			  d->m->open_draft->n));
	decide_reshow(d, d->m->open_draft);
	return true;
}

/* What happened since the preview, a sentence each; "" if nothing. */
static const char *
since_preview(const struct deciding *d, const struct draft *x)
{
	const struct person *by = conf_person(d->m->conf, x->status_by);
	const char *changes =
	    drafting_changes(d->j, d->m->conf, x->facts, &d->v->event);

	if (x->status != DRAFT_HELD ||
	    (by != NULL && rights_has(by->roles, RIGHT_APPROVE)))
		return changes;
	return arena_printf(d->j->mem, "%s objected at %s.\n%s",
	    decide_name(d, x->status_by), decide_clock(d, x->status_at),
	    changes);
}

static bool
disclosure_forbids(struct deciding *d, const struct draft *x)
{
	enum disclosure now = d->v->event.disclosure;

	if (x->kind == POST_REDACTED)
		return false;
	if (now == DISCLOSURE_EMBARGOED) {
		decide_tell(d, "E46", NULL)->says =
		    "Not posted: the event is embargoed. Security or an "
		    "executive lifts that.";
		return true;
	}
	if (now != DISCLOSURE_LIMITED || drafting_is_guarded(x))
		return false;
	decide_tell(d, "E44", NULL)->says =
	    "Not posted: disclosure is limited now, and these words are of "
	    "before. Write draft alone for the stock text.";
	return true;
}

/* One yes isn't enough; true: told. */
static bool
needs_second(struct deciding *d, const struct draft *x)
{
	const struct event *e = &d->v->event;
	const struct person *p = d->m->sender->person;

	if (second_may(d->m->conf, e, x, p))
		return false;
	decide_tell(d, "E44", NULL)->says = arena_printf(d->j->mem,
	    "Not posted: these words need the yes of a second person: %s%s. "
	    "Draft alone makes the stock text, which you may post.",
	    second_who(e, x),
	    strcmp(p->slug, x->author) == 0 ? ", and not the drafter" : "");
	return true;
}

/*
 * Signed, the event named in what is signed, and signed after the draft was
 * made: no older word can be turned on a text that its writer never saw.
 */
static bool
signs(const struct deciding *d, const struct draft *x)
{
	return d->trust == TRUST_A3 && d->m->route->hit == HIT_KEY &&
	       d->m->sender->signed_at >= x->created;
}

/* Unproved, but by the reply address of one who writes from his own. */
static bool
registered(const struct deciding *d)
{
	return d->trust == TRUST_A0K && d->m->route->token_ok &&
	       !d->m->sender->page_target;
}

static bool
approver(struct deciding *d, const struct draft *x, const struct command *c)
{
	bool security = (d->roles & ROLE_SECURITY) &&
			(d->v->event.disclosure == DISCLOSURE_LIMITED ||
			    x->kind >= POST_VOIDED);
	/*
	 * Only a yes to the preview of this very draft: who has seen another
	 * mail hasn't seen the text.  Just when the check of the sender is
	 * missing, stock text must get through.
	 */
	bool seen = d->m->asked != NULL;
	bool speaks = rights_has(d->roles, RIGHT_APPROVE) || security;
	bool enough =
	    signs(d, x) || (seen && (d->trust >= TRUST_A2 ||
					(speaks && registered(d) &&
					    drafting_is_plain(d->m->conf, x))));

	if (!speaks && !decide_noc_may(d, x)) {
		decide_refuse(d, RIGHT_APPROVE, c);
		return false;
	}
	if (enough && !d->m->internal_only)
		return true;
	decide_tell(d, "E43", c)->says =
	    "Not posted: a yes counts only as your own answer to the preview "
	    "below.";
	decide_reshow(d, x);
	return false;
}

static void
approve(struct deciding *d, const struct draft *x, const struct command *c)
{
	const struct event *e = &d->v->event;
	const char *changes;

	if (gone(d, x) || !approver(d, x, c) || disclosure_forbids(d, x) ||
	    needs_second(d, x))
		return;
	if (!d->r->only_word) {
		decide_tell(d, "E40", c)->says = arena_printf(d->j->mem,
		    "Not posted: only a YES with nothing else posts it as it "
		    "is; for other words reply draft and the text.%s",
		    decide_untaken(d));
		decide_reshow(d, x);
		return;
	}
	changes = since_preview(d, x);
	if (changes[0] != '\0') {
		(void)decide_show_again(d, x, changes);
		return;
	}
	if (decide_too_much(d, x, c))
		return;
	if (x->correct == 0 && !moves_allowed(e->state, x->state) &&
	    !decide_may_reopen(d, x->state)) {
		decide_tell(d, "E13", c)->says =
		    arena_printf(d->j->mem, "Not posted: after %s comes %s.",
			words_state(e->state), moves_list(d->j->mem, e->state));
		return;
	}
	if (decide_can_order(d, x, c))
		post_draft(d, x);
}

static void
answer_question(struct deciding *d, const struct command *c)
{
	const struct question *q = d->m->question;

	if (q->answered != 0) {
		decide_tell(d, "E14", c)->says = arena_printf(d->j->mem,
		    "Already answered at %s; nothing was done now.",
		    decide_clock(d, q->answered));
		return;
	}
	if (!d->m->route->token_ok) {
		decide_tell(d, "E43", c)->says =
		    "Not done: this question was put to somebody else.";
		return;
	}
	if (q->kind == QUESTION_SWAP) {
		decide_swap_answer(d, c);
		return;
	}
	d->v->did |= DID_ANSWERED;
	d->v->answered = q->id;
	d->v->answer = words_verb(c->verb);
	if (c->verb != VERB_NO)
		d->v->carry = q->message;
}

/* What a bare yes means to the question of a timer. */
static void
yes_to_timer(struct deciding *d, const struct command *c)
{
	static const struct {
		int kind;
		enum verb verb;
		enum state state;
	} means[] = {
		{ T_CADENCE, VERB_SAME, STATE_NONE },
		{ T_SITREP, VERB_SAME, STATE_NONE },
		{ T_DWELL, VERB_RESOLVE, STATE_RESOLVED },
	};
	struct command meant = *c;
	bool ended = words_phase_is_closed(d->v->event.phase);
	bool called = decide_called(d, d->m->sender->person->slug) != 0;

	if (ended) {
		decide_tell(d, "E14", c)->says =
		    "Nothing waits for a yes here: it is over. Write the "
		    "command that the mail names, and the text below it.";
		return;
	}
	for (size_t i = 0; i < sizeof means / sizeof *means && !called; i++) {
		if (means[i].kind != d->m->route->number)
			continue;
		meant.verb = means[i].verb;
		meant.state = means[i].state;
		decide_state(d, &meant);
		return;
	}
	decide_ack(d, c);
}

void
decide_yes(struct deciding *d, const struct command *c)
{
	const struct matter *m = d->m;

	if (m->question != NULL) {
		answer_question(d, c);
		return;
	}
	if (m->route->place == PLACE_PAGE) {
		decide_ack(d, c);
		return;
	}
	if (m->route->object == 't') {
		yes_to_timer(d, c);
		return;
	}
	if (m->route->object == 'w') {
		decide_room_answer(d, c);
		return;
	}
	if (m->asked != NULL) {
		approve(d, m->asked, c);
		return;
	}
	if (m->open_draft != NULL) {
		approve(d, m->open_draft, c);
		return;
	}
	decide_tell(d, "E14", c)->says =
	    "Nothing waits for a yes here. To propose a text, write draft and "
	    "the text below it.";
}

/* ---- objecting ---- */

static bool
waits(const struct draft *x)
{
	return x != NULL &&
	       (x->status == DRAFT_PENDING || x->status == DRAFT_HELD);
}

/*
 * What the fact checker objects to: the draft, or the one that took its
 * place.  NULL: it is public already (the verdict names the update), or
 * nothing waits.
 */
static const struct draft *
objected_to(struct deciding *d, const struct draft *asked)
{
	const struct matter *m = d->m;

	for (size_t i = 0; i < m->n_posts; i++)
		if (asked != NULL && m->posts[i].draft == asked->n)
			d->v->objected = m->posts[i].u;
	if (d->v->objected != 0)
		return NULL;
	if (waits(asked))
		return asked;
	if (asked == NULL || m->n_posts == 0 ||
	    (asked->status != DRAFT_APPROVED && m->open_draft != NULL))
		return m->open_draft;
	d->v->objected = m->posts[m->n_posts - 1].u;
	return NULL;
}

/* "Is it over?"  No. */
static bool
no_to_dwell(const struct deciding *d, const struct command *c)
{
	const struct route *r = d->m->route;

	return c->verb == VERB_NO && r->object == 't' && r->number == T_DWELL &&
	       decide_is_open(&d->v->event);
}

void
decide_object(struct deciding *d, const struct command *c)
{
	const struct draft *x = d->m->asked;
	bool mine = rights_has(d->roles, RIGHT_APPROVE);

	if (d->m->question != NULL && c->verb == VERB_NO) {
		answer_question(d, c);
		return;
	}
	if (no_to_dwell(d, c)) {
		decide_not_yet(d, c);
		return;
	}
	if (d->m->route->object == 'w' && c->verb == VERB_NO) {
		decide_room_answer(d, c);
		return;
	}
	if (!decide_may(d, RIGHT_OBJECT, c))
		return;
	if (!mine)
		x = objected_to(d, x);
	else if (x == NULL)
		x = d->m->open_draft;
	if (x == NULL && mine) {
		decide_tell(d, "E14", c)->says =
		    "Not done: no draft waits here.";
		return;
	}
	if (x == NULL) {
		d->v->did |= DID_OBJECT;
		return;
	}
	if (mine && gone(d, x))
		return;
	if (mine && c->verb == VERB_NO) {
		decide_move_draft(d, x, DRAFT_DISCARDED);
		d->v->did |= DID_DISCARD;
		return;
	}
	decide_move_draft(d, x, DRAFT_HELD);
	d->v->hold = c->seconds;
	d->v->did |= mine ? DID_HOLD : DID_HOLD | DID_OBJECT;
}

void
decide_accept(struct deciding *d, const struct command *c)
{
	if (d->m->question == NULL || d->m->question->kind == QUESTION_QUIET) {
		decide_tell(d, "E14", c)->says =
		    "No held mail waits for your answer here.";
		return;
	}
	answer_question(d, c);
}
