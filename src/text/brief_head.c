#include "text/brief_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/rights.h"

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

/* The mail named an event that doesn't take it. */
static void
related(struct job *j, struct buf *out, const struct brief *b, const char *name)
{
	const struct verdict *v = b->verdict;
	const struct route *r = b->matter->route;
	const char *other =
	    v->written_to == NULL ? "another event" : v->written_to;
	const char *state = r == NULL || r->closed_at == 0
				? ""
				: arena_printf(j->mem, ", closed %s",
				      when_day(j->mem, r->closed_at));

	say(out, arena_printf(j->mem,
		     "You wrote to %s%s. I opened %s and its clock runs. If it "
		     "belongs to the other, void this one with the reason and "
		     "write there.",
		     other, state, name));
}

static void
opened(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	char *name = event_name(j->mem, &v->event);

	if (v->did & DID_HAND_OFF)
		paged_now(j, out, b);
	if (v->did & DID_RELATED)
		related(j, out, b, name);
	say(out, arena_printf(j->mem, "%s is open. %s", name, marketing(j, b)));
}

static void
posted(struct job *j, struct buf *out, const struct brief *b)
{
	const struct post *p = &b->verdict->post;
	char *name = event_name(j->mem, &b->verdict->event);

	say(out,
	    arena_printf(j->mem, "%s update %d%s posted %s by %s (%s).", name,
		p->u, p->r > 1 ? " (corrected)" : "", brief_clock(j, p->posted),
		brief_name(b, p->approver), words_state(p->state)));
	if (p->next_update != 0 && p->r == 1)
		say(out, arena_printf(j->mem, "Next update promised by %s.",
			     brief_clock(j, p->next_update)));
	if (!b->verdict->broadcast)
		say(out, "On the page only, no mail to resellers.");
}

/* Things done, a line each, for whoever gets a copy. */
static void
deeds(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct event *e = &v->event;
	const struct person *p = b->matter->people->oncall;
	char *name = event_name(j->mem, e);
	bool mine = to->answer;

	if (v->did & DID_OVERDUE)
		say(out, arena_printf(j->mem,
			     "%s: the update promised for %s is overdue. Reply "
			     "with draft and the text.",
			     name, brief_clock(j, e->next_update)));
	if (v->did & DID_REMIND)
		say(out,
		    arena_printf(j->mem,
			"%s: the next update is due by %s. Reply with draft "
			"and the text.",
			name, brief_clock(j, e->next_update)));
	if (v->did & DID_REPAGE)
		say(out, arena_printf(j->mem,
			     "%s: no answer from Marketing yet; paged again at "
			     "%s.",
			     name, brief_clock(j, j->now)));
	if ((v->did & DID_HAND_OFF) && !(v->did & DID_OPEN && mine))
		say(out, arena_printf(j->mem, "%s handed to %s %s.", name,
			     p == NULL ? "nobody: the rota has a gap" : p->name,
			     brief_clock(j, j->now)));
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
		say(out, arena_printf(j->mem, "%s objects.",
			     brief_name(b, b->matter->sender->person->slug)));
	if (v->did & DID_FACTS)
		say(out, arena_printf(j->mem, "%s now: SEV%d, NOC says %s, %s.",
			     name, e->severity, words_state(e->noc_state),
			     event_components(j->mem, b->matter->conf, e)));
}

static void
held(struct job *j, struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;

	say(out, arena_printf(j->mem,
		     "Unknown sender %s wrote to us. Reply `accept` to treat "
		     "this mail as the NOC's.",
		     m->sender->address));
	if (b->n_held > 1)
		say(out,
		    arena_printf(j->mem,
			"Kept since the last word, and not passed on: %zu more "
			"mails of unknown senders.",
			b->n_held - 1));
	buf_printf(out, "\nSubject: %s\n%s\n", m->mail.subject,
	    b->message == NULL ? "" : b->message->reply);
}

static bool
asks_yes(const struct brief *b, const struct mailing *to)
{
	return b->preview != NULL &&
	       (to->form == FORM_PREVIEW || to->form == FORM_PAGE ||
		   (to->answer && brief_did(b, DID_RESHOW)));
}

static void
page_question(struct job *j, struct buf *out, const struct brief *b)
{
	const struct event *e = &b->verdict->event;
	const struct severity *s = conf_severity(b->matter->conf, e->severity);
	int64_t ack = e->handed_off + (s->ack < 0 ? 0 : s->ack);
	int64_t post = e->handed_off + (s->first_post < 0 ? 0 : s->first_post);

	if (b->preview == NULL)
		say(out, arena_printf(j->mem, "Reply ACK to take %s (by %s).",
			     event_name(j->mem, e), brief_clock(j, ack)));
	else
		say(out,
		    arena_printf(j->mem,
			"%s, or ACK to take it without publishing (by %s).",
			question, brief_clock(j, ack)));
	say(out, arena_printf(j->mem, "The first public post is due at %s.",
		     brief_clock(j, post)));
}

/* What nobody vouched for is marked wherever it is passed on. */
static void
unverified(struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;

	if (b->verdict->note.unverified ||
	    (m->sender != NULL && m->sender->trust == TRUST_A0K))
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

	if (v->did & DID_HELD_MAIL) {
		held(j, out, b);
		return;
	}
	if (to->answer && v->has_question)
		say(out, "Reply YES to this mail to have it carried out.");
	else if (to->form == FORM_PAGE)
		page_question(j, out, b);
	else if (asks_yes(b, to))
		say(out, arena_printf(j->mem, "%s.", question));
	if (to->check && !to->answer)
		say(out, "Is this draft right? If not, reply no and why.");
	if (to->answer && (v->did & DID_OPEN))
		opened(j, out, b);
	deeds(j, out, b, to);
	if (to->answer && (v->did & DID_UNSORTED))
		say(out, "Your mail is kept, but belongs to no event.");
	if (to->answer && !(v->did & ~(unsigned)DID_NOTE) &&
	    v->event.phase != PH_NONE && v->has_note)
		say(out, arena_printf(j->mem,
			     "Noted on %s. No command read; the clock runs. %s",
			     event_name(j->mem, &v->event), marketing(j, b)));
	else if (to->answer && v->did == 0 && v->n_findings != 0)
		say(out, "Nothing was changed.");
	unverified(out, b);
	if (!asks_yes(b, to))
		buf_str(out, internal);
}

void
brief_facts(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct event *e = &b->verdict->event;

	if (to->form != FORM_PAGE &&
	    !((b->verdict->did & DID_HAND_OFF) && !to->answer))
		return;
	buf_printf(out, "\nSEV%d, %s\n", e->severity,
	    event_components(j->mem, b->matter->conf, e));
	if (e->started != 0)
		buf_printf(out, "Started %s %s\n", when_day(j->mem, e->started),
		    brief_clock(j, e->started));
	buf_printf(out, "Reported by %s at %s: %s\n",
	    brief_name(b, e->reporter), brief_clock(j, e->opened), e->subject);
	if (e->disclosure != DISCLOSURE_FULL)
		buf_printf(out, "Disclosure: %s\n",
		    words_disclosure(e->disclosure));
}

static const char *
choices(const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	bool speaks =
	    to->person != NULL && rights_has(to->person->roles, RIGHT_APPROVE);

	if (v->did & DID_HELD_MAIL)
		return "  accept\n  no\n";
	if (to->form == FORM_PAGE)
		return b->preview == NULL ? "  ack\n  help\n"
					  : "  yes\n  ack\n  draft\n  no\n";
	if (asks_yes(b, to))
		return "  yes\n  draft (and the new text below)\n  hold\n"
		       "  no\n";
	if (to->answer && v->has_question)
		return "  yes\n  no\n";
	if (to->check)
		return "  no (and what is wrong)\n";
	if (v->event.phase == PH_NONE || !to->answer)
		return NULL;
	if (words_phase_is_closed(v->event.phase))
		return NULL;
	if (v->event.phase == PH_OPEN)
		return "  resolve\n  sev 1\n  handoff now\n  help\n";
	return speaks ? "  draft (and the text below)\n  same\n  help\n"
		      : "  identified\n  fixed\n  help\n";
}

void
brief_options(struct buf *out, const struct brief *b, const struct mailing *to)
{
	const char *s = choices(b, to);

	if (s != NULL)
		buf_printf(out, "\nReply with one of:\n%s", s);
}
