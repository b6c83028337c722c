/* The subjects of internal mails. */
#include "text/brief_in.h"

#include "base/limits.h"
#include "base/text.h"
#include "text/subject.h"

enum { SUBJECT_WORDS = 60 };

/* What a page may say of the trouble: public names only. */
static char *
what(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (brief_is_secret(b) || e->n_touches == 0)
		return arena_printf(j->mem, "SEV%d", e->severity);
	return arena_printf(j->mem, "%s SEV%d",
	    event_components(j->mem, b->matter->conf, e), e->severity);
}

/* The first thing that was done, in two words. */
static const struct {
	unsigned did;
	const char *words;
} done_words[] = {
	/* clang-format off */
	{ DID_UNSORTED, "Kept" },
	{ DID_CLOSE_QUIET, "Closed quietly" },
	{ DID_VOID, "Void" },
	{ DID_OPEN, "Opened" },
	{ DID_CORRECT, "Corrected" },
	{ DID_POST, "Posted" },
	{ DID_LATE, "Late mail, question" },
	{ DID_PARK, "Question" },
	{ DID_ROOM, "War room" },
	{ DID_CALL, "Called" },
	{ DID_TAKEN, "Noted" },
	{ DID_ACK, "Yours" },
	{ DID_NOT_YET, "Asked again later" },
	{ DID_DISCARD, "Draft discarded" },
	{ DID_OBJECT, "Objection" },
	{ DID_HOLD, "Draft held" },
	{ DID_OWNER | DID_HAND_OFF, "Handed over" },
	{ DID_FACTS, "Changed" },
	{ DID_NOTE, "Note kept" },
	{ DID_SWAP, "Swap" },
	{ DID_QUERY, "Answer" },
	{ DID_ANSWERED, "Answered" },
	/* clang-format on */
};

static const char *
done_word(const struct brief *b)
{
	const struct post *p = &b->verdict->post;

	if (brief_did(b, DID_CORRECT) && p->kind >= POST_WITHDRAWN)
		return p->kind == POST_WITHDRAWN ? "Withdrawn" : "Removed";
	for (size_t i = 0; i < sizeof done_words / sizeof *done_words; i++)
		if (brief_did(b, done_words[i].did))
			return done_words[i].words;
	return "Not done";
}

static char *
tag(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (e->phase == PH_NONE)
		return arena_str(j->mem, "");
	return arena_printf(j->mem, "[%s] ", event_name(j->mem, e));
}

static char *
receipt_subject(struct job *j, const struct brief *b)
{
	const char *words = b->matter->mail.subject;
	struct shorthand parts;

	if (b->verdict->event.phase != PH_NONE &&
	    b->verdict->event.subject[0] != '\0')
		words = b->verdict->event.subject;
	subject_read(j->mem, b->matter->conf, words, &parts);
	words = text_one_line(j->mem,
	    parts.words[0] == '\0' ? words : parts.words, SUBJECT_WORDS);
	return arena_printf(j->mem, "%s%s%s%s [INTERNAL]", tag(j, b),
	    done_word(b), words[0] == '\0' ? "" : ": ", words);
}

static const char *
copy_words(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;

	if (brief_did(b, DID_RUNG))
		return brief_rung_subject(b);
	if (brief_did(b, DID_ROOM))
		return brief_room_subject(b);
	if (brief_did(b, DID_CALL))
		return brief_call_subject(j, b);
	if (brief_did(b, DID_TAKEN))
		return arena_printf(j->mem, "%s is on it",
		    brief_name(b, b->matter->sender->person->slug));
	if (brief_did(b, DID_HAND_OFF))
		return arena_printf(j->mem, "handed to %s", brief_handed(j, b));
	if (brief_did(b, DID_OBJECT))
		return "objection";
	if (brief_did(b, DID_ACK | DID_OWNER))
		return arena_printf(j->mem, "owned by %s",
		    brief_name(b, v->event.owner));
	if (brief_did(b, DID_VOID))
		return "void";
	if (brief_did(b, DID_ORDER))
		return brief_order(j, b);
	if (brief_did(b, DID_NOT_YET))
		return "not over yet";
	if (v->has_note)
		return arena_printf(j->mem, "note by %s",
		    brief_name(b, v->note.author));
	if (v->has_draft)
		return arena_printf(j->mem, "draft d%d waits", v->draft.n);
	return "changed";
}

static char *
copy_subject(struct job *j, const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;

	if (to->check)
		return arena_printf(j->mem, "[INTERNAL] %scheck d%d: %s",
		    tag(j, b), v->draft.n, v->draft.title);
	if (to->form == FORM_PUBLISHED && !brief_did(b, DID_RUNG))
		return arena_printf(j->mem, "%scopy of update %d [INTERNAL]",
		    tag(j, b), v->post.u);
	return arena_printf(j->mem, "[INTERNAL] %s%s", tag(j, b),
	    brief_swaps(b, to) ? brief_swap_words(j, b) : copy_words(j, b));
}

static char *
preview_subject(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct draft *d = v->did & DID_RESHOW ? &v->reshow : &v->draft;

	if (brief_did(b, DID_HELD_MAIL))
		return arena_str(j->mem,
		    "[INTERNAL] Mail from an unknown sender");
	return arena_printf(j->mem, "[PREVIEW] %sd%d %s", tag(j, b), d->n,
	    d->title);
}

/* Not his, but he is called: by whom, or how high it has come. */
static char *
page_subject(struct job *j, const struct brief *b, const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	int level = v->has_climb ? v->climb.level : 1;
	bool others = v->event.owner[0] != '\0' && !brief_is_owner(b, to);

	if (brief_did(b, DID_CALL))
		return arena_printf(j->mem, "[INTERNAL] %s%s calls you: %s",
		    tag(j, b), brief_name(b, v->climb.by), what(j, b));
	if (level > 2 || (level == 2 && others))
		return arena_printf(j->mem,
		    "[INTERNAL] %sEscalated to level %d: %s", tag(j, b), level,
		    what(j, b));
	return arena_printf(j->mem, "YOU HAVE IT: %s [INTERNAL] %s", what(j, b),
	    tag(j, b));
}

char *
brief_subject(struct job *j, const struct brief *b, const struct mailing *to)
{
	bool shows = b->verdict->has_draft || brief_did(b, DID_RESHOW);
	bool preview =
	    to->form == FORM_PREVIEW ||
	    (to->answer && shows && (brief_did(b, DID_RESHOW) || to->check));
	char *s;

	if (brief_asks_quiet(b, to))
		s = brief_quiet_subject(j, b);
	else if (to->form == FORM_PAGE)
		s = page_subject(j, b, to);
	else if (brief_did(b, DID_RUNG) || (!preview && !to->answer))
		s = copy_subject(j, b, to);
	else
		s = preview ? preview_subject(j, b) : receipt_subject(j, b);
	if (event_is_drill(&b->verdict->event))
		s = arena_printf(j->mem, "[DRILL] %s", s);
	return text_one_line(j->mem, s, LIMIT_SUBJECT);
}
