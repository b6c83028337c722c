/* The head of a mail: the verdict or the one question, then what was done. */
#include "text/brief_in.h"

#include "base/when.h"
#include "text/circle.h"

static const char internal[] = "Your reply to this mail stays internal.\n";

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
		brief_say(out, arena_printf(j->mem, "Proposed by %s.",
				   brief_name(b, v->draft.author)));
	else if (to->answer)
		brief_say(out,
		    arena_printf(j->mem,
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

static void
held(struct job *j, struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;

	brief_say(out, arena_printf(j->mem,
			   "Reply accept to treat this mail as the NOC's. Its "
			   "sender, %s, %s.",
			   m->sender->address,
			   m->sender->proof == PROOF_FAIL
			       ? "FAILED the check: it may be forged"
			       : "is unknown here"));
	buf_printf(out, "\nSubject: %s\n%s\n", m->mail.subject,
	    b->message == NULL ? "" : b->message->reply);
}

/* What couldn't be done, if that is all there is to say. */
static void
verdict(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct finding *first = brief_verdict(b, to);

	if (first != NULL)
		brief_say(out, first->says);
	else if (to->answer && v->did & DID_UNSORTED)
		brief_say(out,
		    "Your mail is kept, but belongs to no event. Name one in "
		    "the subject, as in [INC-2026-0042]; something new is "
		    "for NOC, Marketing, support, security or an executive "
		    "to report.");
	else if (to->answer && v->did == 0 && v->n_findings != 0)
		brief_say(out, "Nothing was changed.");
	if (to->answer && v->did & DID_QUERY)
		brief_say(out, brief_query_words(j, b));
	if (to->answer && v->did & DID_ANSWERED &&
	    brief_answered(j, b)[0] != '\0')
		brief_say(out, brief_answered(j, b));
}

/* Why a promise was missed only a person can say. */
static void
report(struct job *j, struct buf *out, const struct brief *b)
{
	const struct report_paper *r = b->matter->report;

	if (r != NULL && r->missed != 0)
		brief_say(out,
		    arena_printf(j->mem,
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
		brief_say(out, "UNVERIFIED: the sender couldn't be proved.");
	else if (m->unproved)
		brief_say(out,
		    "UNVERIFIED: this incident was opened by a mail whose "
		    "sender couldn't be proved.");
}

static bool
is_moved(const struct verdict *v, int draft)
{
	for (size_t i = 0; i < v->n_moves; i++)
		if (v->moves[i].n == draft)
			return true;
	return false;
}

static void
moves(struct buf *out, const struct brief *b)
{
	const struct verdict *v = b->verdict;

	for (size_t i = 0; i < b->n_overtaken; i++)
		if (!is_moved(v, b->overtaken[i]))
			buf_printf(out, "Draft d%d is superseded.\n",
			    b->overtaken[i]);
	for (size_t i = 0; i < v->n_moves; i++) {
		const struct draft *d = &v->moves[i];

		if (d->status == DRAFT_SUPERSEDED)
			buf_printf(out, "Draft d%d is superseded.\n", d->n);
		else if (d->status == DRAFT_DISCARDED)
			buf_printf(out, "Draft d%d is discarded%s%s.\n", d->n,
			    d->status_by[0] == '\0' ? "" : " by ",
			    d->status_by[0] == '\0'
				? ""
				: brief_name(b, d->status_by));
		else if (d->status == DRAFT_HELD)
			buf_printf(out, "Draft d%d is held.\n", d->n);
	}
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
	brief_question(j, out, b, to);
	if (to->answer && (v->did & DID_OPEN))
		brief_opened(j, out, b);
	brief_deeds(j, out, b, to);
	proposed(j, out, b, to);
	report(j, out, b);
	if ((to->answer || to->form == FORM_PREVIEW) && same_again(b))
		brief_say(out,
		    "Two updates in a row without news. Say something of "
		    "substance, or promise the next one for later: "
		    "Next-Update.");
	if (to->check && !to->answer)
		brief_say(out,
		    "Is this draft right? If not, reply no and why.");
	else if (to->room && to->form == FORM_COPY && v->has_draft)
		brief_say(out,
		    arena_printf(j->mem, "%s: draft d%d waits for a yes.",
			event_name(j->mem, &v->event), v->draft.n));
	if (to->answer)
		brief_noted(j, out, b);
	moves(out, b);
	if (out->len == before && to->answer)
		brief_say(out,
		    "Nothing was changed: your mail holds no command and "
		    "no text.");
	else if (out->len == before)
		brief_passed_on(j, out, b);
	unverified(out, b);
	if (!brief_asks_yes(b, to) && !brief_asks_mending(b, to))
		buf_str(out, internal);
}

/* What was reported with it, and waits for the same page. */
static void
twins(struct job *j, struct buf *out, const struct brief *b)
{
	const struct matter *m = b->matter;

	for (size_t i = 0; i < m->n_twins; i++) {
		const struct event *t = &m->twins[i];

		if (t->handed_off != 0 || t->owner[0] != '\0')
			continue;
		brief_say(out,
		    arena_printf(j->mem,
			"Reported as well, and perhaps the same: "
			"%s, by %s at %s: %s",
			event_name(j->mem, t), brief_name(b, t->reporter),
			brief_clock(j, t->opened), t->subject));
	}
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
	brief_say(out, arena_printf(j->mem, "Reported by %s at %s: %s",
			   brief_name(b, e->reporter),
			   brief_clock(j, e->opened), e->subject));
	twins(j, out, b);
	if (e->disclosure != DISCLOSURE_FULL)
		buf_printf(out, "Disclosure: %s\n",
		    words_disclosure(e->disclosure));
	brief_call_facts(j, out, b);
}
