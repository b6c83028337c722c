/* The one thing that a mail asks, and what may be answered. */
#include "text/brief_in.h"

#include <string.h>

#include "base/text.h"
#include "text/rights.h"
#include "text/second.h"

static const char question[] =
    "Reply YES to publish exactly the text between the rulers";

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

/* Who is asked about the draft that is shown. */
static bool
is_asked(const struct brief *b, const struct mailing *to)
{
	return to->form == FORM_PREVIEW ||
	       (to->form == FORM_PAGE && brief_may_publish(to)) ||
	       (to->answer && brief_did(b, DID_RESHOW));
}

/* Another's yes is needed for the draft that is shown. */
static bool
waits_for_another(const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct draft *x = v->did & DID_RESHOW ? &v->reshow : &v->draft;

	return to->person != NULL &&
	       !second_may(b->matter->conf, &v->event, x, to->person);
}

bool
brief_asks_yes(const struct brief *b, const struct mailing *to)
{
	return brief_offers(b) && is_asked(b, to) && !waits_for_another(b, to);
}

bool
brief_asks_mending(const struct brief *b, const struct mailing *to)
{
	return brief_is_blocked(b) && is_asked(b, to);
}

/* Nothing goes out before it is said. */
static bool
asks_attack(const struct brief *b, const struct mailing *to)
{
	return b->verdict->asks_attack && brief_asks_mending(b, to);
}

static void
attack_question(struct buf *out)
{
	brief_say(out, "ATTACK? reply limited, or full");
	brief_say(out,
	    "A note speaks of an attack. limited: the stock text goes out "
	    "and no word more. full: it is none, or may be told. Until then "
	    "no yes counts.");
}

static void
page_question(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct event *e = &b->verdict->event;
	const struct severity *s = conf_severity(b->matter->conf, e->severity);
	int64_t since = brief_since(b);
	int64_t ack = since + (s->ack < 0 ? 0 : s->ack);
	int64_t post = since + (s->first_post < 0 ? 0 : s->first_post);
	const char *by = ack <= j->now ? ""
				       : arena_printf(j->mem, " (by %s)",
					     brief_clock(j, ack));

	if (!brief_asks_yes(b, to))
		brief_say(out, arena_printf(j->mem, "Reply ACK to take %s%s.",
				   event_name(j->mem, e), by));
	else if (e->owner[0] == '\0' || brief_is_owner(b, to))
		brief_say(out,
		    arena_printf(j->mem,
			"%s, or ACK to take it without publishing%s.", question,
			by));
	else
		brief_say(out,
		    arena_printf(j->mem,
			"%s, or ACK to say that you are on it. %s has it.",
			question, brief_name(b, e->owner)));
	if (e->disclosure != DISCLOSURE_EMBARGOED)
		brief_say(out,
		    arena_printf(j->mem, "The first public post %s due at %s.",
			post < j->now ? "was" : "is", brief_clock(j, post)));
}

const char *
brief_query_words(struct job *j, const struct brief *b)
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
void
brief_question(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const unsigned small = DID_NOTE | DID_PARK | DID_LATE | DID_PROPOSE;

	if (brief_swaps(b, to))
		brief_swap(j, out, b, to);
	else if (brief_asks_quiet(b, to))
		brief_say(out, brief_quiet_question(j, b));
	else if (to->answer && brief_asks(b, to))
		brief_say(out,
		    v->did & ~small
			? "One part waits: reply YES to this mail to have it "
			  "carried out."
			: "Nothing was changed yet. Reply YES to this mail to "
			  "have it carried out.");
	else if (asks_attack(b, to))
		attack_question(out);
	else if (to->form == FORM_PAGE &&
		 (brief_asks_yes(b, to) || v->did & DID_HAND_OFF))
		page_question(j, out, b, to);
	else if (asks_noc(b, to))
		brief_say(out,
		    "Nobody of Marketing answered. Reply POST to publish "
		    "exactly the text between the rulers.");
	else if (to->form == FORM_PAGE && brief_offers(b))
		brief_say(out, brief_call_question(j, b, to));
	else if (brief_offers(b) && is_asked(b, to) && waits_for_another(b, to))
		brief_say(out,
		    arena_printf(j->mem,
			"This draft waits for the yes of a second person: %s.",
			second_who(&v->event,
			    v->did & DID_RESHOW ? &v->reshow : &v->draft)));
	else if (brief_asks_mending(b, to))
		brief_say(out,
		    "This draft can't go out as it is. Reply DRAFT and the "
		    "mended text: what is in the way stands above the rulers.");
	else if (brief_asks_yes(b, to))
		brief_say(out,
		    arena_printf(j->mem, "%s%s.", question,
			brief_asks_look(b)
			    ? ", once you have looked at what stands above "
			      "them"
			    : ""));
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
	if (asks_attack(b, to))
		return to->form == FORM_PAGE ? "  limited\n  full\n  ack\n"
					     : "  limited\n  full\n  no\n";
	if (to->form == FORM_PAGE && brief_owes_update(b, to))
		return "  same\n  delay 30m (and why)\n  ack\n  help\n";
	if (to->form == FORM_PAGE)
		return brief_asks_yes(b, to) ? "  yes\n  ack\n  draft\n  no\n"
					     : "  ack\n  help\n";
	if (asks_noc(b, to))
		return "  post\n  no (and what is wrong)\n";
	if (brief_asks_mending(b, to))
		return "  draft (and the mended text below)\n  no\n";
	if (brief_asks_yes(b, to))
		return "  yes\n  draft (and the new text below)\n  hold\n"
		       "  no\n";
	if (brief_asks_quiet(b, to) && v->question.kind == QUESTION_QUIET)
		return "  publish (and your own text below, if you like)\n"
		       "  quiet\n";
	if (brief_asks_quiet(b, to))
		return "  yes\n  no\n";
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

/* Of whom level 3 calls, and who may without anybody's leave. */
static bool
may_open_room(const struct brief *b, const struct mailing *to)
{
	return brief_is_short(b, to) && b->verdict->event.severity <= 2 &&
	       b->matter->room == NULL && to->person != NULL &&
	       rights_has(to->person->roles, RIGHT_ROOM_OPEN);
}

void
brief_options(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const char *s = choices(j, b, to);

	if (s == NULL)
		return;
	buf_printf(out, "\nReply with one of:\n%s", s);
	if (may_open_room(b, to))
		buf_str(out, "  war-room open\n");
}
