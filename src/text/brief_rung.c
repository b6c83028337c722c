/* The words of a timer's step: why this mail, what was tried, what it asks. */
#include "text/brief_in.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "text/ladder.h"
#include "text/rights.h"
#include "text/timing.h"
#include "text/wrap.h"

enum { QUOTED = 600 };

static const char later[] =
    "Reply same if nothing changed, delay 30m and why, resolve, or draft and "
    "the text below.";

/* What stands in braces: hole(). */
static const struct words {
	int kind, step;
	const char *subject, *why;
	const char *ask; /* of those who are asked, not paged; "" if none */
} table[] = {
	/* clang-format off */
	{ T_ACK, 1, "nobody has answered yet",
	  "{untaken}{again}.", "" },
	{ T_ACK, 2, "level 2 is called",
	  "{untaken}{call}.", "" },
	{ T_ACK, 3, "level 3 is called",
	  "{untaken}{call}.", "" },
	{ T_FIRST_POST, 1, "first post is due",
	  "nothing is public yet, and the first post is due now.", "" },
	{ T_FIRST_POST, 2, "first post is overdue",
	  "nothing is public yet{call}.", "" },
	{ T_FIRST_POST, 3, "first post is overdue",
	  "nothing is public yet{call}.", "" },
	{ T_CADENCE, 1, "update due soon",
	  "the next update is due by {promise}.",
	  later },
	{ T_CADENCE, 2, "update overdue",
	  "the update due by {promise} is overdue.",
	  later },
	{ T_CADENCE, 3, "update overdue",
	  "the update due by {promise} is overdue{call}.",
	  later },
	{ T_CADENCE, 4, "update overdue",
	  "the update due by {promise} is overdue{call}.",
	  later },
	{ T_SITREP, 1, "how does it stand?", "how does it stand?",
	  "One line is enough; reply same if nothing changed." },
	{ T_PREVIEW, 1, "a draft waits",
	  "draft {draft} waits for a yes since {created}.", "" },
	{ T_PREVIEW, 2, "a draft waits",
	  "draft {draft} waits for a yes since {created}; anybody of "
	  "Marketing may give it.", "" },
	{ T_PREVIEW, 3, "a draft expired",
	  "draft {draft} of {created} was never approved.", "" },
	{ T_DWELL, 1, "is it over?",
	  "monitoring since {posted}. Is it over?",
	  "Reply resolve, or not yet +60m." },
	{ T_ROOM, 1, "sitrep is due", "the war room's sitrep is due.",
	  "Reply war-room sitrep, and below: known, unknown, doing, next "
	  "decision at." },
	{ T_ROOM, 2, "sitrep is overdue",
	  "the war room's sitrep is overdue{call}.", "" },
	{ T_ROOM_LEFT, 1, "the war room is still open",
	  "it is over, and the war room is still open.",
	  "Reply war-room close, and the closing sitrep below." },
	{ T_POSTMORTEM, 1, "postmortem is due", "its postmortem is due.",
	  "Reply postmortem, and the text below." },
	{ T_POSTMORTEM, 2, "postmortem is overdue",
	  "its postmortem is overdue.",
	  "Reply postmortem, and the text below." },
	{ T_DISCLOSURE, 1, "what can be told now?",
	  "{told}. What can be told now?",
	  "Security or an executive replies Disclosure: full; then Marketing "
	  "replies postmortem, or resolve for a short addition, and the text "
	  "below." },
	{ T_PROPOSE, 1, "open a war room?", "{rule}. Open a war room?",
	  "Reply YES to open it, or no." },
	{ T_ROOM_ASK, 1, "open a war room?", "{rule}. Open a war room?",
	  "Reply YES to open it, or no." },
	/* clang-format on */
};

/* The third step of the first post, where it made that post. */
static const struct words held_out = { T_FIRST_POST, LADDER_HOLDING,
	"posted automatically",
	"nobody had posted, so the holding text was posted automatically at "
	"{now}{also}.",
	"Reply draft and the text below for the next update." };

static const struct words *
words_of(const struct brief *b)
{
	const struct timer *t = b->matter->timer;

	if (b->verdict->has_post)
		return &held_out;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].kind == t->kind && table[i].step == t->step)
			return &table[i];
	return &table[0];
}

const char *
brief_rung_subject(const struct brief *b)
{
	return words_of(b)->subject;
}

/* Which level, and who of it, so that everybody knows. */
static const char *
called(struct job *j, const struct brief *b, const char *lead)
{
	const struct verdict *v = b->verdict;
	const char *who;

	if (v->taken)
		return arena_printf(j->mem, "; level %d answered before",
		    v->climb.level);
	if (!v->has_climb)
		return "";
	who = brief_names(j, b, v->climb.persons);
	if (who[0] == '\0')
		return arena_printf(j->mem, "; nobody is on call at level %d",
		    v->climb.level);
	if (lead == NULL)
		return arena_printf(j->mem, "; paged at %s: %s",
		    brief_clock(j, j->now), who);
	return arena_printf(j->mem, "%s level %d is called: %s", lead,
	    v->climb.level, who);
}

/* T2 goes on after an ack that nothing proves. */
static const char *
untaken(struct job *j, const struct brief *b)
{
	const struct event *e = &b->verdict->event;

	if (e->owner[0] == '\0')
		return arena_printf(j->mem, "nobody has taken it since %s",
		    brief_clock(j, e->handed_off));
	return arena_printf(j->mem,
	    "%s took it at %s, but by a mail that is unproved",
	    brief_name(b, e->owner), brief_clock(j, e->acked));
}

static const char *
hole(struct job *j, const struct brief *b, const char *name, size_t n)
{
	const struct verdict *v = b->verdict;
	const struct matter *m = b->matter;
	const struct draft *d = m->open_draft;
	const struct post *p =
	    m->n_posts == 0 ? NULL : &m->posts[m->n_posts - 1];

	if (strncmp(name, "{untaken}", n) == 0)
		return untaken(j, b);
	if (strncmp(name, "{promise}", n) == 0)
		return when_moment(j->mem, timing_meant(m, &v->event), j->now);
	if (strncmp(name, "{call}", n) == 0)
		return called(j, b, ", so");
	if (strncmp(name, "{also}", n) == 0)
		return called(j, b, ";");
	if (strncmp(name, "{again}", n) == 0)
		return called(j, b, NULL);
	if (strncmp(name, "{told}", n) == 0)
		return p == NULL ? "nothing of it was public"
				 : "it was posted with little detail";
	if (strncmp(name, "{posted}", n) == 0 && p != NULL)
		return brief_clock(j, p->posted);
	if (strncmp(name, "{draft}", n) == 0 && d != NULL)
		return arena_printf(j->mem, "d%d", d->n);
	if (strncmp(name, "{rule}", n) == 0)
		return brief_room_rule(j, b);
	if (strncmp(name, "{created}", n) == 0 && d != NULL)
		return brief_clock(j, d->created);
	return brief_clock(j, j->now);
}

static void
fill(struct job *j, struct buf *out, const struct brief *b, const char *s)
{
	const char *open;

	while ((open = strchr(s, '{')) != NULL) {
		size_t n = strcspn(open, "}") + 1;

		buf_add(out, s, (size_t)(open - s));
		buf_str(out, hole(j, b, open, n));
		s = open + n;
	}
	buf_str(out, s);
}

/* What is asked of those who are asked: nobody for what would be refused. */
static const char *
ask_of(const struct brief *b, const struct mailing *to)
{
	bool secret = b->verdict->event.disclosure == DISCLOSURE_EMBARGOED;
	int kind = b->matter->timer->kind;

	if (secret && kind == T_CADENCE)
		return "It is embargoed: to have an update, security or an "
		       "executive first replies Disclosure: full.";
	if (secret && kind == T_SITREP)
		return "One line is enough.";
	if (kind == T_POSTMORTEM && !brief_may_publish(to))
		return "Reply postmortem, and the text below a line "
		       "--- public --- for Marketing to approve.";
	return words_of(b)->ask;
}

/* The owner, whom a page calls for the update that was promised. */
bool
brief_owes_update(const struct brief *b, const struct mailing *to)
{
	const struct event *e = &b->verdict->event;

	return brief_did(b, DID_RUNG) && b->matter->timer->kind == T_CADENCE &&
	       e->disclosure != DISCLOSURE_EMBARGOED && brief_is_owner(b, to);
}

/* The escalations' answer: to say that one is there, or to take it. */
const char *
brief_call_question(struct job *j, const struct brief *b,
    const struct mailing *to)
{
	const struct event *e = &b->verdict->event;
	const struct person *p = to->person;
	bool takes = p != NULL && rights_has(p->roles, RIGHT_ACK);

	if (e->owner[0] == '\0')
		return takes ? arena_printf(j->mem, "Reply ACK to take %s.",
				   event_name(j->mem, e))
			     : "Reply ACK to say that you are on it.";
	if (brief_is_owner(b, to))
		return ask_of(b, to);
	return arena_printf(j->mem,
	    "Reply ACK to say that you are on it. %s has it%s%s",
	    brief_name(b, e->owner),
	    takes ? "; to take it over: handoff " : ".", takes ? p->slug : "");
}

void
brief_rung_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	struct buf line = BUF_INIT;
	const char *ask = "";

	buf_printf(&line, "%s: ", event_name(j->mem, &b->verdict->event));
	fill(j, &line, b, words_of(b)->why);
	if (to->form == FORM_PREVIEW)
		ask = ask_of(b, to);
	else if (to->form == FORM_PAGE && !brief_offers(b))
		ask = brief_call_question(j, b, to);
	if (ask[0] != '\0')
		buf_printf(&line, " %s", ask);
	brief_say(out, line.data);
	buf_free(&line);
}

/* ---- an escalation: what was said, who was tried ---- */

void
brief_public(struct job *j, struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;
	const struct post *p =
	    m->n_posts == 0 ? NULL : &m->posts[m->n_posts - 1];

	if (b->verdict->has_post)
		return; /* it is shown whole */
	if (p == NULL) {
		buf_str(out, "Nothing is public yet.\n");
		return;
	}
	buf_printf(out, "Public: %s, update %d of %s. It says:\n",
	    words_state(p->state), p->u, brief_clock(j, p->posted));
	buf_str(out,
	    wrap_long(j->mem,
		arena_copy(j->mem, p->text, strnlen(p->text, QUOTED)), COLUMN));
	buf_char(out, '\n');
}

static void
tried(struct job *j, struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;

	if (m->n_climbs != 0)
		buf_str(out, "Tried so far:\n");
	for (size_t i = 0; i < m->n_climbs; i++) {
		const struct climb *c = &m->climbs[i];

		buf_printf(out, "  %s level %d:", when_clock(j->mem, c->at),
		    c->level);
		if (c->persons[0] != '\0')
			buf_printf(out, " %s", brief_names(j, b, c->persons));
		else
			buf_str(out, " nobody was on call");
		if (c->acked != 0)
			buf_printf(out, " (%s answered %s)",
			    brief_name(b, c->acked_by),
			    when_clock(j->mem, c->acked));
		buf_char(out, '\n');
	}
}

void
brief_call_facts(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;

	if (!v->has_climb || v->did & DID_HAND_OFF)
		return;
	buf_char(out, '\n');
	brief_public(j, out, b);
	tried(j, out, b);
}

/* Level 3 and above: short, without the notes. */
bool
brief_is_short(const struct brief *b, const struct mailing *to)
{
	return b->verdict->has_climb && b->verdict->climb.level >= 3 &&
	       to->form == FORM_PAGE;
}

/* ---- for those who are told ---- */

void
brief_call_line(struct job *j, struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	const struct event *e = &v->event;
	const struct matter *m = b->matter;
	const struct timer *t = m->timer;
	const struct post *p =
	    m->n_posts == 0 ? NULL : &m->posts[m->n_posts - 1];
	bool rung =
	    brief_did(b, DID_RUNG) && t->kind >= T_ACK && t->kind <= T_CADENCE;
	char *line;

	if (!rung && !brief_did(b, DID_CALL))
		return;
	line = arena_printf(j->mem, "SEV%d, %s. ", e->severity,
	    event_components(j->mem, m->conf, e));
	if (p == NULL)
		line = arena_printf(j->mem, "%sNothing is public yet.", line);
	else
		line =
		    arena_printf(j->mem, "%sPublic: %s, update %d of %s.", line,
			words_state(p->state), p->u, brief_clock(j, p->posted));
	if (e->owner[0] != '\0')
		line = arena_printf(j->mem, "%s %s has it.", line,
		    brief_name(b, e->owner));
	buf_char(out, '\n');
	brief_say(out, line);
}

/* ---- by somebody's word ---- */

const char *
brief_call_subject(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;

	if (v->climb.level > 1)
		return arena_printf(j->mem, "level %d is called",
		    v->climb.level);
	if (v->called.n == 1)
		return arena_printf(j->mem, "%s is called",
		    brief_crowd(j, &v->called));
	return "help is called";
}

/* What became of it, to him who called. */
static char *
paged(struct job *j, const struct brief *b)
{
	const struct verdict *v = b->verdict;
	char *name = event_name(j->mem, &v->event);

	if (v->climb.level > 1)
		return arena_printf(j->mem, "%s: level %d is paged: %s.", name,
		    v->climb.level, brief_crowd(j, &v->called));
	return arena_printf(j->mem, "%s: paged: %s.", name,
	    brief_crowd(j, &v->called));
}

void
brief_call_head(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	bool called = to->form == FORM_PAGE;
	char *line = arena_printf(j->mem, "%s: %s calls %s%s%s.%s",
	    event_name(j->mem, &v->event), brief_name(b, v->climb.by),
	    called ? "you" : brief_crowd(j, &v->called),
	    v->climb.reason[0] == '\0' ? "" : ": ", v->climb.reason,
	    called ? " Reply ACK to say that you are on it." : "");

	brief_say(out, to->answer ? paged(j, b) : line);
}
