#include "text/brief_in.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "text/circle.h"
#include "text/rights.h"

enum { JUST_NOW = 60 };

static const char internal[] = "Your reply to this mail stays internal.\n";
static const char question[] =
    "Reply YES to publish exactly the text between the rulers";

static void
say(struct buf *out, const char *s)
{
	text_wrap(out, s, 60, "");
	buf_char(out, '\n');
}

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
		say(out, arena_printf(j->mem,
			     "Marketing was paged just now: %s, SEV%d.",
			     event_name(j->mem, e), e->severity));
		return;
	}
	say(out, arena_printf(j->mem,
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
	const char *state = r == NULL || r->closed_at == 0
				? "which is open"
				: arena_printf(j->mem, "closed %s",
				      when_day(j->mem, r->closed_at));

	say(out, arena_printf(j->mem,
		     "You wrote to %s, %s. I opened %s and its clock runs. If "
		     "it belongs to the other, reply:",
		     old, state, event_name(j->mem, &v->event)));
	buf_printf(out, "  void belongs to %s\n", old);
}

static void
opened(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;

	if (v->did & DID_HAND_OFF)
		paged_now(j, out, b);
	say(out, arena_printf(j->mem, "%s is open. %s",
		     event_name(j->mem, &v->event), marketing(j, b)));
	if (v->did & DID_RELATED)
		related(j, out, b);
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

	say(out,
	    arena_printf(j->mem, "%s update %d%s %s %s %s%s%s.", name, p->u,
		p->r > 1 ? " (corrected)" : "", drill ? "rehearsed" : "posted",
		brief_clock(j, p->posted),
		p->kind == POST_AUTO ? "automatically" : "by ",
		p->kind == POST_AUTO ? "" : brief_name(b, p->approver), state));
	if (drill)
		say(out, arena_printf(j->mem,
			     "drill: nothing was published; it would have gone "
			     "to: %s",
			     b->counts));
	if (p->next_update != 0 && p->r == 1)
		say(out, arena_printf(j->mem, "Next update promised by %s.",
			     brief_clock(j, p->next_update)));
	if (!b->verdict->broadcast && !drill)
		say(out, "On the page only, no mail to resellers.");
}

static const char *
oncall(const struct brief *b)
{
	const struct person *p = b->matter->people->oncall;

	return p == NULL ? "nobody: the rota has a gap" : p->name;
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
		say(out, arena_printf(j->mem, "%s: noted, you are on it. %s",
			     name, marketing(j, b)));
	else if (v->did & DID_TAKEN)
		say(out, arena_printf(j->mem, "%s: %s is on it.", name,
			     brief_name(b, b->matter->sender->person->slug)));
	if ((v->did & DID_HAND_OFF) && to->form != FORM_PAGE &&
	    !(v->did & DID_OPEN && to->answer))
		say(out, arena_printf(j->mem, "%s handed to %s %s.", name,
			     oncall(b), brief_clock(j, j->now)));
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
		say(out, arena_printf(j->mem,
			     v->n_moves == 0 ? "%s: %s objects."
					     : "%s: %s objects to the draft.",
			     name, who));
		return;
	}
	say(out, arena_printf(j->mem,
		     "%s: %s objects to update %d, which is public.", name, who,
		     v->objected));
	if (to->answer || to->person == NULL ||
	    !rights_has(to->person->roles, RIGHT_APPROVE))
		return;
	say(out, "To correct it, reply with these lines, a blank line and the "
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
		say(out, arena_printf(j->mem, "%s is changed.", name));
	else
		say(out, arena_printf(j->mem, "%s now: SEV%d, %s%s%s%s%s.",
			     name, e->severity,
			     event_components(j->mem, b->matter->conf, e),
			     secret ? ", " : "",
			     secret ? words_disclosure(e->disclosure) : "",
			     e->noc_state == STATE_NONE ? "" : ", NOC says ",
			     e->noc_state == STATE_NONE
				 ? ""
				 : words_state(e->noc_state)));
}

/* Things done, a line each, for whoever gets a copy. */
static void
deeds(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct event *e = &v->event;
	char *name = event_name(j->mem, e);
	bool mine = to->answer;

	timers(j, out, b, to);
	brief_room_head(j, out, b, to);
	if (v->did & (DID_ACK | DID_OWNER))
		say(out,
		    mine && (v->did & DID_ACK)
			? arena_printf(j->mem, "%s is yours.", name)
			: arena_printf(j->mem, "%s %s %s.", name,
			      v->did & DID_ACK ? "acked by" : "handed over to",
			      brief_name(b, e->owner)));
	if (v->did & (DID_POST | DID_CORRECT))
		posted(j, out, b);
	if (v->did & DID_CLOSE_QUIET)
		say(out,
		    arena_printf(j->mem,
			"%s is closed quietly; nothing was public. If it is "
			"broken again, mail a new report.",
			name));
	if (v->did & DID_VOID)
		say(out,
		    arena_printf(j->mem, "%s is void: a false alarm.", name));
	if (v->did & DID_OBJECT)
		objected(j, out, b, to);
	if (v->did & DID_NOT_YET)
		brief_not_yet(j, out, b, to);
	if (v->did & DID_FACTS)
		facts(j, out, b, mine);
}

/* The answer to NOC's own proposal is its fact check as well. */
static void
proposed(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct person *p;

	if (!(v->did & DID_PROPOSE) || v->did & DID_RESHOW)
		return;
	p = circle_approver(b->matter, v);
	if (to->form == FORM_PREVIEW && !to->answer)
		say(out, arena_printf(j->mem, "Proposed by %s.",
			     brief_name(b, v->draft.author)));
	else if (to->answer)
		say(out, arena_printf(j->mem,
			     "%s: draft d%d waits for the yes of %s. Is it "
			     "right? If not, reply no and why.",
			     event_name(j->mem, &v->event), v->draft.n,
			     p == NULL ? "Marketing" : p->name));
}

/* A second update in a row that says that nothing has changed. */
static bool
same_again(const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct matter *m = b->matter;
	bool same = (v->has_draft && v->draft.kind == POST_SAME) ||
		    (v->has_post && v->post.kind == POST_SAME);

	return same && m->n_posts != 0 &&
	       m->posts[m->n_posts - 1].kind == POST_SAME;
}

/* A mail that only told something. */
static void
noted(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct request *r = b->matter->request;
	char *name = event_name(j->mem, &v->event);

	if (v->did & ~(unsigned)DID_NOTE || !v->has_note ||
	    v->event.phase == PH_NONE)
		return;
	if (words_phase_is_closed(v->event.phase))
		say(out, arena_printf(j->mem,
			     "Noted on %s, which is closed. If it is broken "
			     "again, mail a new report.",
			     name));
	else
		say(out, arena_printf(j->mem, "Noted on %s. %s%s", name,
			     r != NULL && r->n_commands == 0
				 ? "No command read; the clock runs. "
				 : "",
			     marketing(j, b)));
}

/* A copy of which nothing else was said. */
static void
passed_on(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	char *name = event_name(j->mem, &v->event);

	say(out, v->has_note ? arena_printf(j->mem, "%s: note by %s.", name,
				   brief_name(b, v->note.author))
			     : arena_printf(j->mem, "%s is changed.", name));
}

static void
held(struct job *j, struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;

	say(out, arena_printf(j->mem,
		     "Reply accept to treat this mail as the NOC's. Its "
		     "sender, %s, %s.",
		     m->sender->address,
		     m->sender->proof == PROOF_FAIL
			 ? "FAILED the check: it may be forged"
			 : "is unknown here"));
	if (b->n_held > 1)
		say(out,
		    arena_printf(j->mem,
			"Kept since the last word, and not passed on: %zu more "
			"mail%s of unknown senders.",
			b->n_held - 1, b->n_held == 2 ? "" : "s"));
	buf_printf(out, "\nSubject: %s\n%s\n", m->mail.subject,
	    b->message == NULL ? "" : b->message->reply);
}

/* NOC, by the last step of T2: nobody else is left. */
static bool
asks_noc(const struct brief *b, const struct mailing *to)
{
	return b->verdict->asks_noc && to->form == FORM_PREVIEW;
}

bool
brief_is_owner(const struct brief *b, const struct mailing *to)
{
	return to->person != NULL &&
	       strcmp(b->verdict->event.owner, to->person->slug) == 0;
}

bool
brief_may_publish(const struct mailing *to)
{
	return to->person != NULL &&
	       rights_has(to->person->roles, RIGHT_APPROVE);
}

static bool
asks_yes(const struct brief *b, const struct mailing *to)
{
	return brief_offers(b) &&
	       (to->form == FORM_PREVIEW ||
		   (to->form == FORM_PAGE && brief_may_publish(to)) ||
		   (to->answer && brief_did(b, DID_RESHOW)));
}

static void
page_question(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct event *e = &b->verdict->event;
	const struct severity *s = conf_severity(b->matter->conf, e->severity);
	int64_t ack = e->handed_off + (s->ack < 0 ? 0 : s->ack);
	int64_t post = e->handed_off + (s->first_post < 0 ? 0 : s->first_post);
	const char *by = ack <= j->now ? ""
				       : arena_printf(j->mem, " (by %s)",
					     brief_clock(j, ack));

	if (!brief_offers(b))
		say(out, arena_printf(j->mem, "Reply ACK to take %s%s.",
			     event_name(j->mem, e), by));
	else if (e->owner[0] == '\0' || brief_is_owner(b, to))
		say(out, arena_printf(j->mem,
			     "%s, or ACK to take it without publishing%s.",
			     question, by));
	else
		say(out, arena_printf(j->mem,
			     "%s, or ACK to say that you are on it. %s has it.",
			     question, brief_name(b, e->owner)));
	if (e->disclosure != DISCLOSURE_EMBARGOED)
		say(out,
		    arena_printf(j->mem, "The first public post %s due at %s.",
			post < j->now ? "was" : "is", brief_clock(j, post)));
}

static const char *
query_words(struct job *j, const struct brief *b)
{
	switch (b->verdict->query) {
	case VERB_WHO: return "On call:";
	case VERB_HELP: return "How to write to the status desk:";
	case VERB_LIST: return "Open incidents:";
	default: break;
	}
	return b->matter->event == NULL
		   ? "Open incidents:"
		   : arena_printf(j->mem, "%s as it stands:",
			 event_name(j->mem, b->matter->event));
}

/* The one thing that the mail asks. */
static void
ask(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const unsigned small = DID_NOTE | DID_PARK | DID_LATE | DID_PROPOSE;

	if (brief_swaps(b, to))
		brief_swap(j, out, b, to);
	else if (brief_asks_quiet(b, to))
		say(out, brief_quiet_question(j, b));
	else if (to->answer && brief_asks(b, to))
		say(out,
		    v->did & ~small
			? "One part waits: reply YES to this mail to have it "
			  "carried out."
			: "Nothing was changed yet. Reply YES to this mail to "
			  "have it carried out.");
	else if (to->form == FORM_PAGE &&
		 (asks_yes(b, to) || v->did & DID_HAND_OFF))
		page_question(j, out, b, to);
	else if (asks_noc(b, to))
		say(out, "Nobody of Marketing answered. Reply POST to publish "
			 "exactly the text between the rulers.");
	else if (to->form == FORM_PAGE && brief_offers(b))
		say(out, brief_call_question(j, b, to));
	else if (asks_yes(b, to))
		say(out, arena_printf(j->mem, "%s.", question));
}

/* What couldn't be done, if that is all there is to say. */
static void
verdict(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct finding *first = brief_verdict(b, to);

	if (first != NULL)
		say(out, first->says);
	else if (to->answer && v->did & DID_UNSORTED)
		say(out, "Your mail is kept, but belongs to no event.");
	else if (to->answer && v->did == 0 && v->n_findings != 0)
		say(out, "Nothing was changed.");
	if (to->answer && v->did & DID_QUERY)
		say(out, query_words(j, b));
	if (to->answer && v->did & DID_ANSWERED &&
	    brief_answered(j, b)[0] != '\0')
		say(out, brief_answered(j, b));
}

/* Why a promise was missed only a person can say. */
static void
report(struct job *j, struct buf *out, const struct brief *b)
{
	const struct report_paper *r = b->matter->report;

	if (r != NULL && r->missed != 0)
		say(out, arena_printf(j->mem,
			     "%zu promise%s missed, and the text doesn't say "
			     "why. To add it: reply draft, and the whole text "
			     "below.",
			     r->missed, r->missed == 1 ? " was" : "s were"));
}

/* What nobody vouched for is marked wherever it is passed on. */
static void
unverified(struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;

	if (b->verdict->note.unverified ||
	    (m->sender != NULL && m->sender->trust == TRUST_A0K &&
		!m->confirmed))
		say(out, "UNVERIFIED: the sender couldn't be proved.");
	else if (m->unproved)
		say(out, "UNVERIFIED: this incident was opened by a mail whose "
			 "sender couldn't be proved.");
}

void
brief_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	size_t before;

	if (v->did & DID_HELD_MAIL) {
		held(j, out, b);
		return;
	}
	before = out->len;
	verdict(j, out, b, to);
	ask(j, out, b, to);
	if (to->answer && (v->did & DID_OPEN))
		opened(j, out, b);
	deeds(j, out, b, to);
	proposed(j, out, b, to);
	report(j, out, b);
	if ((to->answer || to->form == FORM_PREVIEW) && same_again(b))
		say(out, "Two updates in a row without news. Say something of "
			 "substance, or promise the next one for later: "
			 "Next-Update.");
	if (to->check && !to->answer)
		say(out, "Is this draft right? If not, reply no and why.");
	else if (to->room && to->form == FORM_COPY && v->has_draft)
		say(out, arena_printf(j->mem, "%s: draft d%d waits for a yes.",
			     event_name(j->mem, &v->event), v->draft.n));
	if (to->answer)
		noted(j, out, b);
	brief_moves(out, b);
	if (out->len == before && to->answer)
		say(out, "Nothing was changed: your mail holds no command and "
			 "no text.");
	else if (out->len == before)
		passed_on(j, out, b);
	unverified(out, b);
	if (!asks_yes(b, to))
		buf_str(out, internal);
}

void
brief_facts(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct event *e = &b->verdict->event;

	if (to->form == FORM_COPY && !to->answer)
		brief_call_line(j, out, b);
	if (to->form != FORM_PAGE && !brief_asks_quiet(b, to) &&
	    !((b->verdict->did & DID_HAND_OFF) && !to->answer))
		return;
	buf_printf(out, "\nSEV%d, %s\n", e->severity,
	    event_components(j->mem, b->matter->conf, e));
	if (e->started != 0)
		buf_printf(out, "Started %s %s\n", when_day(j->mem, e->started),
		    brief_clock(j, e->started));
	say(out, arena_printf(j->mem, "Reported by %s at %s: %s",
		     brief_name(b, e->reporter), brief_clock(j, e->opened),
		     e->subject));
	if (e->disclosure != DISCLOSURE_FULL)
		buf_printf(out, "Disclosure: %s\n",
		    words_disclosure(e->disclosure));
	brief_call_facts(j, out, b);
}

struct offer {
	const char *line;
	enum right right; /* RIGHT_COUNT: everybody's */
};

/* What this reader may say.  Whoever stands in no file is the NOC's list. */
static const char *
offers(struct arena *mem, const struct mailing *to, const struct offer *o)
{
	unsigned roles = to->person == NULL ? ROLE_NOC : to->person->roles;
	const char *s = "";

	for (; o->line != NULL; o++)
		if (o->right == RIGHT_COUNT || rights_has(roles, o->right))
			s = arena_printf(mem, "%s  %s\n", s, o->line);
	return s;
}

static const struct offer early[] = { { "resolve", RIGHT_STATE },
	{ "sev 1", RIGHT_FACTS }, { "handoff now", RIGHT_HANDOFF },
	{ "help", RIGHT_COUNT }, { NULL, RIGHT_COUNT } };
static const struct offer reporting[] = { { "identified", RIGHT_STATE },
	{ "fixed", RIGHT_STATE }, { "help", RIGHT_COUNT },
	{ NULL, RIGHT_COUNT } };

static const char *
choices(struct job *j, const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	bool speaks =
	    to->person != NULL && rights_has(to->person->roles, RIGHT_APPROVE);

	if (v->did & DID_HELD_MAIL)
		return "  accept\n  no\n";
	if (v->room_did & ROOM_PUT)
		return "  yes\n  no\n";
	if (to->form == FORM_PAGE && brief_owes_update(b, to))
		return "  same\n  delay 30m (and why)\n  ack\n  help\n";
	if (to->form == FORM_PAGE)
		return asks_yes(b, to) ? "  yes\n  ack\n  draft\n  no\n"
				       : "  ack\n  help\n";
	if (asks_noc(b, to))
		return "  post\n  no (and what is wrong)\n";
	if (asks_yes(b, to))
		return "  yes\n  draft (and the new text below)\n  hold\n"
		       "  no\n";
	if (brief_asks_quiet(b, to))
		return "  publish (and your own text below, if you like)\n"
		       "  quiet\n";
	if ((to->answer && brief_asks(b, to)) ||
	    (v->has_also && brief_swaps(b, to)))
		return "  yes\n  no\n";
	if (to->check)
		return "  no (and what is wrong)\n";
	if (v->event.phase == PH_NONE || !to->answer)
		return NULL;
	if (words_phase_is_closed(v->event.phase))
		return NULL;
	if (v->event.disclosure == DISCLOSURE_EMBARGOED)
		return "  help\n";
	if (event_is_report(&v->event))
		return v->event.phase == PH_PUBLIC
			   ? "  correct u1 (and the whole text below)\n  help\n"
			   : "  draft (and the text below)\n  help\n";
	if (v->event.phase == PH_OPEN)
		return offers(j->mem, to, early);
	if (speaks && v->event.state == STATE_NONE)
		return "  draft (and the text below)\n  help\n";
	return speaks ? "  draft (and the text below)\n  same\n  help\n"
		      : offers(j->mem, to, reporting);
}

void
brief_options(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const char *s = choices(j, b, to);

	if (s != NULL)
		buf_printf(out, "\nReply with one of:\n%s", s);
}
