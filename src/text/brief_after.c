/* The words of what comes after: quiet ends, later accounts. */
#include "text/brief_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"

static bool
asks_quiet(const struct brief *b)
{
	const struct verdict *v = b->verdict;

	return v->has_question && v->question.kind >= QUESTION_QUIET;
}

/* Proposed by NOC: to merge, or to part. */
static bool
asks_order(const struct brief *b)
{
	return b->verdict->question.kind != QUESTION_QUIET;
}

/*
 * "merge it into 0042": in a subject, whose answer must not name two events.
 */
static char *
order_subject(struct job *j, const struct brief *b)
{
	bool merge = b->verdict->question.kind == QUESTION_MERGE;

	return arena_printf(j->mem, "%s it %s %04d", merge ? "merge" : "part",
	    merge ? "into" : "from", b->matter->other->event->number);
}

/* "merge INC-2026-0043 into INC-2026-0042" */
static char *
order_words(struct job *j, const struct brief *b)
{
	const struct matter *m = b->matter;
	bool merge = b->verdict->question.kind == QUESTION_MERGE;
	const char *name = event_name(j->mem, &b->verdict->event);

	return arena_printf(j->mem, "%s %s %s %s", merge ? "merge" : "part",
	    name, merge ? "into" : "from", event_name(j->mem, m->other->event));
}

bool
brief_asks(const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;

	if (asks_quiet(b))
		return to->person != NULL &&
		       strcmp(to->person->slug, v->question.person) == 0;
	return v->has_question && (to->answer || (v->did & DID_HELD_MAIL) != 0);
}

bool
brief_asks_quiet(const struct brief *b, const struct mailing *to)
{
	return asks_quiet(b) && brief_asks(b, to);
}

/* "over in 9 min" */
static char *
over(struct job *j, const struct event *e)
{
	int64_t from = e->started != 0 ? e->started : e->began;

	return e->ended - from < MINUTE
		   ? arena_str(j->mem, "over at once")
		   : arena_printf(j->mem, "over in %s",
			 when_length(j->mem, e->ended - from));
}

char *
brief_quiet_subject(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (asks_order(b))
		return arena_printf(j->mem, "[INTERNAL] [%s] %s?",
		    event_name(j->mem, e), order_subject(j, b));
	return arena_printf(j->mem, "[INTERNAL] [%s] %s: post a notice?",
	    event_name(j->mem, e), over(j, e));
}

char *
brief_quiet_question(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (asks_order(b))
		return arena_printf(j->mem,
		    "%s proposes to %s. Reply YES to have it done, or NO.",
		    brief_name(b, b->matter->sender->person->slug),
		    order_words(j, b));
	return arena_printf(j->mem,
	    "%s was %s. Post a short after-the-fact notice? Reply publish or "
	    "quiet.",
	    event_name(j->mem, e), over(j, e));
}

const char *
brief_answered(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct question *q = b->matter->question;

	if (q != NULL && q->kind == QUESTION_QUIET)
		return strcmp(v->answer, "quiet") != 0
			   ? ""
			   : arena_printf(j->mem,
				 "%s stays quiet: no public notice.",
				 event_name(j->mem, &v->event));
	return v->carry == 0 ? "As you say: nothing was done."
			     : "Accepted: that mail counts as the NOC's.";
}

void
brief_not_yet(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const char *name = event_name(j->mem, &v->event);
	const char *at = brief_clock(j, v->again);
	const char *day =
	    when_utc(v->again).day == when_utc(j->now).day
		? ""
		: arena_printf(j->mem, " on %s", when_day(j->mem, v->again));
	const char *by = brief_name(b, b->matter->sender->person->slug);

	brief_say(out,
	    to->answer
		? arena_printf(j->mem, "%s: you are asked again at %s%s.", name,
		      at, day)
		: arena_printf(j->mem,
		      "%s: not over yet, says %s, who is asked again at %s%s.",
		      name, by, at, day));
}

/* Of an event that is closed, only its disclosure changes. */
void
brief_revealed(struct job *j, struct buf *out, const struct brief *b)
{
	const struct event *e = &b->verdict->event;
	const char *how = "";

	if (e->disclosure == DISCLOSURE_FULL && e->state == STATE_RESOLVED)
		how = " To tell more reply postmortem, or resolve for a short "
		      "addition, and the text below.";
	else if (e->disclosure == DISCLOSURE_FULL &&
		 e->phase == PH_CLOSED_QUIET)
		how = " To tell of it reply publish, and the text below.";
	brief_say(out,
	    arena_printf(j->mem, "%s: disclosure is %s now.%s",
		event_name(j->mem, e), words_disclosure(e->disclosure), how));
}

/* ---- two events that are one ---- */

char *
brief_order(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	int other = b->matter->other->event->number;

	if (v->order & ORDER_MERGED)
		return arena_printf(j->mem, "merged into %04d", other);
	if (v->order & ORDER_SPLIT)
		return arena_printf(j->mem, "parted from %04d", other);
	return arena_printf(j->mem, "to %s?", order_subject(j, b));
}

void
brief_ordered(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const char *name = event_name(j->mem, &v->event);
	const char *other = event_name(j->mem, b->matter->other->event);

	if (v->order & ORDER_MERGED)
		brief_say(out,
		    arena_printf(j->mem,
			"%s is merged into %s, which has its notes now; write "
			"there. Within 24 hours `split %s` undoes it.",
			name, other, name));
	else if (v->order & ORDER_SPLIT)
		brief_say(out, arena_printf(j->mem,
				   "%s is on its own again, parted from %s.",
				   name, other));
	else
		brief_say(out,
		    arena_printf(j->mem,
			"%s was asked to %s; nothing was done yet.",
			brief_name(b, v->question.person), order_words(j, b)));
}
