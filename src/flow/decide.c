#include "flow/decide.h"

#include "base/text.h"
#include "flow/decide_in.h"
#include "text/circle.h"
#include "text/rights.h"
#include "text/timing.h"

enum { SIMILAR = 3 }; /* incidents named that may be the same */

/* ---- the commands, in the order of enum verb ---- */

static void
do_later(struct deciding *d, const struct command *c)
{
	decide_tell(d, "E21", c)->says =
	    "Not done: that command is not built yet. Say it in a note, or "
	    "mail a new report.";
}

static void
do_query(struct deciding *d, const struct command *c)
{
	d->v->did |= DID_QUERY;
	d->v->query = c->verb;
}

static void
do_nothing(struct deciding *d, const struct command *c)
{
	(void)d;
	(void)c;
}

enum {                    /* what else there is to know of a verb, bits */
	PUBLIC = 1 << 0,  /* its text is for the public */
	BOUND = 1 << 1,   /* not for an event that has moved on, nor from an
			     old mail */
	FREE = 1 << 2,    /* needs no event */
	ENDED = 1 << 3,   /* also of a closed event */
	REPLY = 1 << 4,   /* ... in a real reply */
	ANSWER = 1 << 5,  /* to a question, which may have no event */
	CLOSING = 1 << 6, /* may stand beside "fixed", which closes */
	PAPER = 1 << 7,   /* also of a monthly report */
	REPORTS = 1 << 8, /* alone it opens an event as well as text does */
};

static const struct deed {
	void (*run)(struct deciding *, const struct command *);
	unsigned is;
} deeds[VERB_BUILT + 1] = {
	/* clang-format off */
	[VERB_NONE]          = { do_nothing, FREE | ENDED },
	[VERB_ACK]           = { decide_ack, 0 },
	[VERB_NOTE]          = { do_nothing, ENDED | PAPER },
	[VERB_DRAFT]         = { decide_propose, PUBLIC | BOUND | REPLY | PAPER },
	[VERB_PUBLISH]       = { decide_propose, PUBLIC | BOUND | REPLY | PAPER },
	[VERB_POST]          = { decide_yes, BOUND | REPLY | ANSWER | PAPER },
	[VERB_YES]           = { decide_yes, BOUND | REPLY | ANSWER | PAPER },
	[VERB_NO]            = { decide_object, REPLY | ANSWER | PAPER },
	[VERB_WRONG]         = { decide_object, REPLY | PAPER },
	[VERB_STOP]          = { decide_object, REPLY | PAPER },
	[VERB_HOLD]          = { decide_object, REPLY | PAPER },
	[VERB_INVESTIGATING] = { decide_state, PUBLIC | BOUND | CLOSING | REPORTS },
	[VERB_IDENTIFIED]    = { decide_state, PUBLIC | BOUND | CLOSING | REPORTS },
	[VERB_MONITORING]    = { decide_state, PUBLIC | BOUND | CLOSING },
	[VERB_RESOLVE]       = { decide_state, PUBLIC | BOUND | REPLY | CLOSING },
	[VERB_SAME]          = { decide_state, PUBLIC | BOUND | CLOSING },
	[VERB_SEVERITY]      = { do_nothing, BOUND | CLOSING | REPORTS },
	[VERB_HANDOFF]       = { decide_handoff, REPORTS },
	[VERB_VOID]          = { decide_void, BOUND },
	[VERB_CORRECT]       = { decide_propose, PUBLIC | BOUND | REPLY | PAPER },
	[VERB_NEW]           = { do_nothing, ENDED | PAPER | REPORTS },
	[VERB_ACCEPT]        = { decide_accept, FREE | ENDED | ANSWER | PAPER },
	[VERB_SWAP]          = { decide_swap, BOUND | FREE | ENDED | PAPER },
	[VERB_LIST]          = { do_query, FREE | ENDED | PAPER },
	[VERB_STATUS]        = { do_query, FREE | ENDED | PAPER },
	[VERB_SHOW]          = { do_query, FREE | ENDED | PAPER },
	[VERB_WHO]           = { do_query, FREE | ENDED | PAPER },
	[VERB_HELP]          = { do_query, FREE | ENDED | PAPER },
	[VERB_ESCALATE]      = { decide_escalate, REPORTS },
	[VERB_QUIET]         = { decide_quiet, REPLY },
	[VERB_NOT_YET]       = { decide_not_yet, 0 },
	[VERB_POSTMORTEM]    = { decide_postmortem, PUBLIC | BOUND | REPLY },
	[VERB_WAR_ROOM]      = { decide_war_room, ENDED },
	[VERB_LIMITED]       = { decide_guard, ENDED | REPORTS },
	[VERB_EMBARGO]       = { decide_guard, ENDED | REPORTS },
	[VERB_FULL]          = { decide_guard, ENDED },
	[VERB_DELAY]         = { decide_delay, PUBLIC | BOUND },
	[VERB_LONG_RUNNING]  = { decide_long_running, PUBLIC | BOUND },
	[VERB_RETRACT]       = { decide_take_back, BOUND | REPLY | PAPER },
	[VERB_REDACT]        = { decide_take_back, BOUND | REPLY | PAPER },
	[VERB_REOPEN]        = { decide_reopen, PUBLIC | BOUND | REPLY },
	[VERB_BACKFILL]      = { decide_backfill, PUBLIC | BOUND | REPLY },
	[VERB_MERGE]         = { decide_merge, BOUND },
	[VERB_SPLIT]         = { decide_split, BOUND | ENDED },
	/* clang-format on */
};

static bool
is(enum verb v, unsigned what)
{
	return v <= VERB_BUILT && (deeds[v].is & what) != 0;
}

static bool
has_command(const struct request *r, unsigned what)
{
	for (size_t i = 0; i < r->n_commands; i++)
		if (is(r->commands[i].verb, what))
			return true;
	return false;
}

/* ... or the field that stands for one. */
static bool
has(const struct request *r, unsigned what)
{
	return has_command(r, what) || r->state != STATE_NONE ||
	       r->correct != 0;
}

bool
decide_is_bound(const struct request *r)
{
	return has(r, BOUND);
}

/* Is there a command that needs this right? */
bool
decide_says(const struct request *r, enum right right)
{
	for (size_t i = 0; i < r->n_commands; i++)
		if (rights_of(r->commands[i].verb) == right)
			return true;
	return false;
}

/* A closed event takes few commands, most of them in a real reply only. */
static bool
ended(const struct deciding *d, const struct command *c)
{
	unsigned takes = decide_at_closed(d->m->route) ? ENDED | REPLY : ENDED;

	if (d->v->event.phase == PH_VOID)
		takes = ENDED;
	return words_phase_is_closed(d->v->event.phase) && !is(c->verb, takes);
}

/* In a report "Yes, ..." and "No ..." answer nothing: they begin a sentence. */
static bool
begins_report(const struct deciding *d, const struct command *c)
{
	enum right r = rights_of(c->verb);

	return d->v->did & DID_OPEN &&
	       (r == RIGHT_APPROVE || r == RIGHT_OBJECT);
}

void
decide_run(struct deciding *d, const struct command *c)
{
	const struct event *e = &d->v->event;

	if (c->verb > VERB_BUILT) {
		do_later(d, c);
		return;
	}
	if (begins_report(d, c))
		return;
	if ((d->late || d->old) && is(c->verb, BOUND))
		return;
	if (d->v->did & DID_CLOSE_QUIET && is(c->verb, CLOSING))
		return;
	if (decide_answers_quiet(d, c))
		return;
	if (d->m->question != NULL && is(c->verb, ANSWER)) {
		deeds[c->verb].run(d, c);
		return;
	}
	if (e->phase == PH_NONE && !is(c->verb, FREE)) {
		decide_tell(d, "E10", c)->says =
		    "Not done: I can't tell which event you mean. Name it in "
		    "the subject, as in [INC-2026-0042].";
		return;
	}
	if (event_is_report(e) && !is(c->verb, PAPER)) {
		decide_tell(d, "E13", c)->says =
		    "Not done: a report takes yes, no, hold, draft and, once "
		    "it is public, correct, retract and redact.";
		return;
	}
	if (ended(d, c)) {
		decide_tell(d, "E11", c)->says =
		    "Not done: the event is closed. If it is broken again, "
		    "mail a new report.";
		return;
	}
	deeds[c->verb].run(d, c);
}

/* ---- the whole of a mail ---- */

static bool
only_asks(const struct request *r)
{
	for (size_t i = 0; i < r->n_commands; i++)
		if (r->commands[i].verb < VERB_LIST ||
		    r->commands[i].verb > VERB_HELP)
			return false;
	return r->n_commands != 0 && text_blank(r->text) &&
	       !decide_names_facts(r);
}

/* One word that says nothing new, under a subject that names nothing. */
static bool
only_answers(const struct deciding *d)
{
	const struct request *r = d->r;

	return r->only_word && !has_command(r, REPORTS) &&
	       r->subject_severity == 0 && r->subject_component == NULL;
}

static bool
opens(const struct deciding *d)
{
	const struct route *route = d->m->route;

	if (d->m->event != NULL || route->unknown_id)
		return false;
	if (route->place != PLACE_INCIDENT || only_asks(d->r))
		return false;
	if (only_answers(d) || d->m->question != NULL)
		return false;
	if (decide_says(d->r, RIGHT_SWAP) ||
	    (decide_says(d->r, RIGHT_MERGE) && text_blank(d->r->text)))
		return false;
	return rights_has(d->roles, RIGHT_OPEN);
}

static void
unsorted(struct deciding *d)
{
	struct verdict *v = d->v;

	if (v->event.phase != PH_NONE || d->m->question != NULL ||
	    decide_says(d->r, RIGHT_SWAP))
		return;
	if (v->did & DID_QUERY) {
		if (d->m->route->unknown_id)
			decide_tell(d, "E10", NULL)->says =
			    "There is no event of that number.";
		return;
	}
	v->did |= DID_UNSORTED;
	if (d->m->route->unknown_id)
		v->outcome = "no-incident";
	if (d->m->route->unknown_id)
		decide_tell(d, d->m->route->named_by_key ? "E10" : "E12", NULL)
		    ->says = arena_printf(d->j->mem,
		    "Kept, but there is no event %s. Reply with the right "
		    "number in the subject, or mail a new report.",
		    d->m->route->named);
}

/* NOC's bare word while own words of comms wait: they keep their place. */
static bool
leaves_draft(const struct deciding *d)
{
	const struct draft *old = decide_waiting(d);

	return !rights_has(d->roles, RIGHT_APPROVE) && old != NULL &&
	       !old->stock && !old->proposal && !decide_has_public(d->r) &&
	       d->r->correct == 0;
}

/*
 * A note is taken once.  The text of a draft that waits for a yes is none, and
 * "Yes, but ..." is answered at once, to him who wrote it.
 */
static bool
notes_now(const struct deciding *d)
{
	if (d->m->noted || decide_nearly_yes(d))
		return false;
	return !d->parked || !rights_has(d->roles, RIGHT_APPROVE) ||
	       !has(d->r, PUBLIC);
}

static void
write_down(struct deciding *d)
{
	bool ends = d->v->did & (DID_CLOSE_QUIET | DID_VOID);

	if (decide_says(d->r, RIGHT_NOTE))
		d->wants = false;
	d->left = d->wants && leaves_draft(d);
	if (d->left && !d->same && d->delay == NULL)
		d->v->did |= DID_FACTS;
	else if (d->wants && !d->left && !ends)
		decide_draft(d);
	if (d->settled && !d->v->has_draft)
		decide_after_attack(d);
	if (d->v->event.phase != PH_NONE && notes_now(d))
		decide_note(d);
}

/* ---- timers of a mail ---- */

static void
start_clock(struct deciding *d)
{
	struct event *e = &d->v->event;

	if (d->v->did & DID_OPEN && e->phase == PH_OPEN &&
	    rights_has(d->roles, RIGHT_APPROVE) && !(d->roles & ROLE_NOC)) {
		decide_take(d, d->m->sender->person);
		d->v->did &= ~(unsigned)DID_ACK;
		(void)timing_hand_off(d->m, d->j->now, d->v);
		return;
	}
	if (timing_hand_off(d->m, d->j->now, d->v)) {
		d->v->did |= DID_LATE_HANDOFF;
		decide_hand_off(d);
	}
}

static void
copy_findings(struct deciding *d)
{
	for (size_t i = 0; i < d->r->n_findings; i++)
		*decide_tell(d, "", NULL) = d->r->findings[i];
}

/* Said too late, and it isn't so: a drill stays one, and so does the real. */
static void
late_drill(struct deciding *d)
{
	const struct event *e = &d->v->event;
	bool drill = event_is_drill(e);

	if (d->r->drill == ASK_UNSET || e->phase == PH_NONE ||
	    (d->r->drill == ASK_YES) == drill)
		return;
	decide_tell(d, "E24", NULL)->says = arena_printf(d->j->mem,
	    "Not done: Drill: counts only in the mail that opens an event. %s "
	    "%s.",
	    event_name(d->j->mem, e), drill ? "stays a drill" : "is real");
}

/* The newest of the open ones that may be the same; the others are counted. */
static void
similar(struct deciding *d)
{
	size_t n = d->m->n_similar;

	for (size_t i = 0; i < n && i < SIMILAR; i++) {
		const struct event *e = &d->m->similar[i];
		struct finding *f = decide_tell(d, "W46", NULL);

		f->says = arena_printf(d->j->mem,
		    "Looks like %s (%s, SEV%d%s%s). If it is the same, reply "
		    "with the line below. Until then both clocks run.",
		    event_name(d->j->mem, e),
		    event_components(d->j->mem, d->m->conf, e), e->severity,
		    e->owner[0] == '\0' ? "" : ", it is with ",
		    e->owner[0] == '\0' ? "" : decide_name(d, e->owner));
		f->copy = arena_printf(d->j->mem, "merge %s",
		    event_name(d->j->mem, e));
	}
	if (n > SIMILAR)
		decide_tell(d, "W46", NULL)->says = arena_printf(d->j->mem,
		    "%zu more open incidents may be the same: reply list to "
		    "see them.",
		    n - SIMILAR);
}

static void
mail_findings(struct deciding *d)
{
	if (d->m->mail.skewed)
		decide_tell(d, "W44", NULL)->says =
		    "The date of your mail can't be right; the time of its "
		    "receipt counts.";
	late_drill(d);
	if (d->v->did & DID_OPEN)
		similar(d);
}

static bool
disagrees(struct deciding *d)
{
	bool bound = has(d->r, BOUND);

	if (d->m->route->disagree)
		decide_tell(d, "E10", NULL)->says = arena_printf(d->j->mem,
		    "Your mail names two events; it was filed under %s%s.",
		    event_name(d->j->mem, &d->v->event),
		    bound ? " and nothing was published" : "");
	return d->m->route->disagree && bound;
}

static void
decide_mail(struct deciding *d)
{
	const struct request *r = d->r;
	bool mixed;

	decide_age(d);
	copy_findings(d);
	if (opens(d))
		decide_open(d);
	decide_own_touches(d);
	mixed = disagrees(d);
	if (decide_is_open(&d->v->event) && !d->late &&
	    !event_is_report(&d->v->event))
		decide_facts(d);
	decide_reveal(d);
	for (size_t i = 0; i < r->n_commands; i++)
		if (!mixed || !is(r->commands[i].verb, BOUND))
			decide_run(d, &r->commands[i]);
	if (!mixed)
		decide_unsaid(d);
	decide_unsaid_always(d);
	decide_ask_late(d);
	decide_levels(d);
	decide_hand_on(d);
	start_clock(d);
	write_down(d);
	decide_ask_quiet(d);
	decide_room_minutes(d);
	unsorted(d);
	mail_findings(d);
}

/* ---- strangers and machines ---- */

static void
hold_stranger(struct deciding *d)
{
	struct verdict *v = d->v;

	v->outcome = "held";
	v->silent = true;
	if (d->m->route->place != PLACE_INCIDENT)
		return;
	v->did |= DID_HELD_MAIL;
	v->has_question = true;
	v->question = (struct question){
		.kind = QUESTION_HELD,
		.person = "",
		.message = d->m->mail.id,
		.asked = d->j->now,
		.answer = "",
	};
}

static void
begin(struct deciding *d)
{
	const struct matter *m = d->m;
	static const struct event none = { .kind = "incident",
		.source = "",
		.reporter = "",
		.subject = "",
		.title = "",
		.owner = "",
		.on_call = "",
		.first_owner = "",
		.before = "" };

	*d->v = (struct verdict){ .outcome = "done", .answer = "" };
	d->v->event = m->event == NULL ? none : *m->event;
	if (m->sender == NULL)
		return;
	d->v->silent = m->sender->quiet;
	d->trust = m->sender->trust;
	if (d->trust == TRUST_A1 && m->route->token_ok)
		d->trust = TRUST_A2;
	if (m->confirmed && !m->internal_only && d->trust < TRUST_A2)
		d->trust = TRUST_A2;
	if (m->as_noc)
		d->roles = ROLE_NOC;
	else if (m->sender->person != NULL && d->trust != TRUST_A0)
		d->roles = m->sender->person->roles;
}

static void
finish(struct deciding *d)
{
	struct verdict *v = d->v;

	decide_lint(d);
	v->save = v->event.phase != PH_NONE &&
		  (v->did & ~(unsigned)(DID_QUERY | DID_RESHOW)) != 0;
	timing_follow(d->m, d->j->now, v);
	circle_draw(d->j, d->m, v);
	if (v->has_climb)
		v->climb.persons = circle_paged(d->j, v);
}

void
decide(struct job *j, const struct matter *m, struct verdict *out)
{
	struct deciding d = { .j = j, .m = m, .r = m->request, .v = out };

	begin(&d);
	if (m->timer != NULL)
		decide_timer(&d);
	else if (m->report != NULL)
		decide_report(&d);
	else if (m->sender->machine[0] != '\0') {
		out->outcome = m->sender->machine;
		out->silent = true;
		return;
	} else if (d.roles == 0)
		hold_stranger(&d);
	else
		decide_mail(&d);
	finish(&d);
}
