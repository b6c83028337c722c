/* What was done, a line each; and what a mail that did nothing told. */
#include "text/brief_in.h"

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "text/rights.h"

enum { JUST_NOW = 60 };

/* When Marketing has it, or will. */
static char *
marketing(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;
	int64_t wait = conf_severity(b->matter->conf, e->severity)->handoff;

	if (e->owner[0] != '\0')
		return arena_printf(j->mem, "It is with %s.",
		    brief_name(b, e->owner));
	if (e->handed_off != 0 && j->now - e->handed_off < JUST_NOW)
		return arena_str(j->mem, "Marketing was paged just now.");
	if (e->handed_off != 0)
		return arena_printf(j->mem, "Marketing has it since %s.",
		    brief_clock(j, e->handed_off));
	if (wait < 0)
		return arena_str(j->mem, "It stays internal.");
	return arena_printf(j->mem, "Marketing at %s.",
	    brief_clock(j, e->began + wait));
}

/* A hand-off that the sender set off himself comes first. */
static void
paged_now(struct job *j, struct buf *out, const struct brief *b)
{
	const struct event *e = &b->verdict->event;
	const struct moment *m = &b->matter->request->started;

	if (e->severity == 1 || b->matter->request->handoff_now || !m->given) {
		brief_say(out, arena_printf(j->mem,
				   "Marketing was paged just now: %s, SEV%d.",
				   event_name(j->mem, e), e->severity));
		return;
	}
	brief_say(out,
	    arena_printf(j->mem,
		"Marketing was paged just now: Since %s is %s ago. Wrong "
		"time? reply `Since: %s`",
		m->written, when_length(j->mem, j->now - m->at),
		when_clock(j->mem, b->matter->mail.written)));
}

/* He wrote to another event, by an address book or a new subject. */
static void
related(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct route *r = b->matter->route;
	const char *old =
	    v->written_to == NULL ? "another event" : v->written_to;
	const char *runs =
	    words_phase_is_closed(v->event.phase) ? "" : " and its clock runs";
	const char *state = r == NULL || r->closed_at == 0
				? "which is open"
				: arena_printf(j->mem, "closed %s",
				      when_day(j->mem, r->closed_at));

	brief_say(out, arena_printf(j->mem,
			   "You wrote to %s, %s. I opened %s%s. If "
			   "it belongs to the other, reply:",
			   old, state, event_name(j->mem, &v->event), runs));
	buf_printf(out, "  void belongs to %s\n", old);
}

void
brief_opened(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;

	if (v->did & DID_HAND_OFF)
		paged_now(j, out, b);
	if (v->event.phase == PH_CLOSED_QUIET && v->has_draft)
		brief_say(out,
		    arena_printf(j->mem, "%s is filed as over; no clock runs.",
			event_name(j->mem, &v->event)));
	else if (!words_phase_is_closed(v->event.phase))
		brief_say(out,
		    arena_printf(j->mem, "%s is open. %s",
			event_name(j->mem, &v->event), marketing(j, b)));
	if (v->did & DID_RELATED)
		related(j, out, b);
}

static const char *
revision(const struct post *p)
{
	switch (p->kind) {
	case POST_VOIDED: return " (the incident is withdrawn)";
	case POST_WITHDRAWN: return " (withdrawn)";
	case POST_REDACTED: return " (text removed)";
	default: return p->r > 1 ? " (corrected)" : "";
	}
}

/* A delivered mail can't be called back. */
static void
went_out(struct job *j, struct buf *out, const struct brief *b)
{
	brief_say(out,
	    arena_printf(j->mem,
		"It is gone from the page, the archive and what wasn't sent "
		"yet. %lld %s of it went out before and can't be called back.",
		(long long)b->copies, b->copies == 1 ? "copy" : "copies"));
}

static void
posted(struct job *j, struct buf *out, const struct brief *b)
{
	const struct post *p = &b->verdict->post;
	char *name = event_name(j->mem, &b->verdict->event);
	bool drill = event_is_drill(&b->verdict->event);

	const char *state =
	    p->state == STATE_NONE
		? "" /* a report */
		: arena_printf(j->mem, " (%s)", words_state(p->state));

	brief_say(out,
	    arena_printf(j->mem, "%s update %d%s %s %s %s%s%s.", name, p->u,
		revision(p), drill ? "rehearsed" : "posted",
		brief_clock(j, p->posted),
		p->kind == POST_AUTO ? "automatically" : "by ",
		p->kind == POST_AUTO ? "" : brief_name(b, p->approver), state));
	if (drill)
		brief_say(out,
		    arena_printf(j->mem,
			"drill: nothing was published; it would have gone "
			"to: %s",
			b->counts));
	if (p->next_update != 0 && p->r == 1)
		brief_say(out,
		    arena_printf(j->mem, "Next update promised by %s.",
			when_moment(j->mem, p->next_update, j->now)));
	if (p->kind == POST_REDACTED && !drill)
		went_out(j, out, b);
	else if (!b->verdict->broadcast && !drill)
		brief_say(out, "On the page only, no mail to resellers.");
}

const char *
brief_handed(struct job *j, const struct brief *b)
{
	const struct crowd *c = &b->verdict->called;

	if (c->n == 0)
		return "nobody: the rota has a gap";
	if (c->n == 1)
		return c->persons[0]->name;
	return arena_printf(j->mem, "%s and %s", c->persons[0]->name,
	    c->persons[1]->name);
}

/* What the clock did. */
static void
timers(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	char *name = event_name(j->mem, &v->event);

	if (v->did & DID_RUNG)
		brief_rung_head(j, out, b, to);
	if (v->did & DID_CALL)
		brief_call_head(j, out, b, to);
	if (v->did & DID_TAKEN && to->answer)
		brief_say(out,
		    arena_printf(j->mem, "%s: noted, you are on it. %s", name,
			marketing(j, b)));
	else if (v->did & DID_TAKEN)
		brief_say(out,
		    arena_printf(j->mem, "%s: %s is on it.", name,
			brief_name(b, b->matter->sender->person->slug)));
	if (v->twin != NULL && to->form == FORM_PREVIEW)
		brief_say(out,
		    arena_printf(j->mem,
			"The page about %s at %s was for this as well: it was "
			"reported with it. Reply ACK to take %s without "
			"publishing.",
			event_name(j->mem, v->twin),
			brief_clock(j, v->twin->handed_off), name));
	if ((v->did & DID_HAND_OFF) && to->form != FORM_PAGE &&
	    !(v->did & DID_OPEN && to->answer))
		brief_say(out, arena_printf(j->mem, "%s handed to %s %s.", name,
				   brief_handed(j, b), brief_clock(j, j->now)));
}

/* The words behind `no` or `wrong`; "" if there were none. */
static const char *
objection(const struct brief *b)
{
	const struct request *r = b->matter->request;

	for (size_t i = 0; i < r->n_commands; i++)
		if (rights_of(r->commands[i].verb) == RIGHT_OBJECT &&
		    r->commands[i].args[0] != '\0')
			return r->commands[i].args;
	return "";
}

/* Held in time, or too late: then a correction stands ready. */
static void
objected(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const char *name = event_name(j->mem, &v->event);
	const char *who = brief_name(b, b->matter->sender->person->slug);
	const char *why = objection(b);

	if (v->objected == 0) {
		brief_say(out,
		    arena_printf(j->mem,
			v->n_moves == 0 ? "%s: %s objects."
					: "%s: %s objects to the draft.",
			name, who));
		return;
	}
	brief_say(out, arena_printf(j->mem,
			   "%s: %s objects to update %d, which is public.",
			   name, who, v->objected));
	if (to->answer || to->person == NULL ||
	    !rights_has(to->person->roles, RIGHT_APPROVE))
		return;
	brief_say(out,
	    "To correct it, reply with these lines, a blank line and the "
	    "right text:");
	buf_printf(out, "  correct u%d\n  Reason: %s\n", v->objected,
	    why[0] == '\0' ? "..." : text_one_line(j->mem, why, LIMIT_FIELD));
}

static void
facts(struct job *j, struct buf *out, const struct brief *b, bool mine)
{
	const struct event *e = &b->verdict->event;
	char *name = event_name(j->mem, e);

	bool secret = e->disclosure != DISCLOSURE_FULL;

	if (b->matter->event != NULL &&
	    words_phase_is_closed(b->matter->event->phase)) {
		brief_revealed(j, out, b);
		return;
	}
	if (b->verdict->has_draft || (mine && b->verdict->did & DID_OPEN))
		return;
	if (mine)
		brief_say(out, arena_printf(j->mem, "%s is changed.", name));
	else
		brief_say(out,
		    arena_printf(j->mem, "%s now: SEV%d, %s%s%s%s%s.", name,
			e->severity,
			event_components(j->mem, b->matter->conf, e),
			secret ? ", " : "",
			secret ? words_disclosure(e->disclosure) : "",
			e->noc_state == STATE_NONE ? "" : ", NOC says ",
			e->noc_state == STATE_NONE
			    ? ""
			    : words_state(e->noc_state)));
}

/* Things done, a line each, for whoever gets a copy. */
void
brief_deeds(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct event *e = &v->event;
	char *name = event_name(j->mem, e);
	bool mine = to->answer;

	timers(j, out, b, to);
	brief_room_head(j, out, b, to);
	if (v->did & (DID_ACK | DID_OWNER))
		brief_say(out,
		    mine && (v->did & DID_ACK)
			? arena_printf(j->mem, "%s is yours.", name)
			: arena_printf(j->mem, "%s %s %s.", name,
			      v->did & DID_ACK ? "acked by" : "handed over to",
			      brief_name(b, e->owner)));
	if (v->did & (DID_POST | DID_CORRECT))
		posted(j, out, b);
	if (v->did & DID_CLOSE_QUIET)
		brief_say(out,
		    arena_printf(j->mem,
			"%s is closed quietly; nothing was public. If it is "
			"broken again, mail a new report.",
			name));
	if (v->did & DID_VOID)
		brief_say(out,
		    arena_printf(j->mem, "%s is void: a false alarm.", name));
	if (v->did & DID_ORDER)
		brief_ordered(j, out, b);
	if (v->did & DID_OBJECT)
		objected(j, out, b, to);
	if (v->did & DID_OBJECT && mine && words_phase_is_closed(e->phase))
		brief_say(out,
		    "It is closed, and your words are a note on it. If it is "
		    "broken again, mail a new report.");
	if (v->did & DID_NOT_YET)
		brief_not_yet(j, out, b, to);
	if (v->did & DID_FACTS)
		facts(j, out, b, mine);
}

/* A mail that only told something. */
void
brief_noted(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct request *r = b->matter->request;
	char *name = event_name(j->mem, &v->event);

	if (v->did & ~(unsigned)DID_NOTE || !v->has_note ||
	    v->event.phase == PH_NONE)
		return;
	if (words_phase_is_closed(v->event.phase))
		brief_say(out,
		    arena_printf(j->mem,
			"Noted on %s, which is closed. If it is broken "
			"again, mail a new report.",
			name));
	else
		brief_say(out, arena_printf(j->mem, "Noted on %s. %s%s", name,
				   r != NULL && r->n_commands == 0
				       ? "No command read; the clock runs. "
				       : "",
				   marketing(j, b)));
}

/* A copy of which nothing else was said. */
void
brief_passed_on(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	char *name = event_name(j->mem, &v->event);

	brief_say(out, v->has_note
			   ? arena_printf(j->mem, "%s: note by %s.", name,
				 brief_name(b, v->note.author))
			   : arena_printf(j->mem, "%s is changed.", name));
}
