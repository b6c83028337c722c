/* swap with NAME until TIME: asked of both, in force when both said yes. */
#include "base/when.h"
#include "flow/decide_in.h"

#include "base/text.h"

enum { LONGEST = 14 * DAY };

/* "comms level 1" */
static const char *
post_of(const struct deciding *d, const struct shift *s)
{
	return arena_printf(d->j->mem, "%s level %d",
	    words_role((enum role)s->role), s->level);
}

/* A time that can't be agreed on; NULL: it can. */
static const char *
bad_time(const struct deciding *d, int64_t until)
{
	if (until <= d->j->now)
		return "Not swapped: that time is over. Write swap again with "
		       "a later one.";
	if (until > d->j->now + LONGEST)
		return "Not swapped: a swap by mail ends within 14 days. For "
		       "longer ones change the rota file.";
	return NULL;
}

/* Why it can't be; NULL: it can. */
static const char *
bad_swap(const struct deciding *d, const struct person *taker)
{
	const struct matter *m = d->m;

	if (d->v->n_swaps != 0)
		return "Not swapped: one swap a mail. Send the second in a "
		       "mail of its own.";
	if (taker == m->sender->person)
		return "Not swapped: that is yourself. Name who is to stand "
		       "in for you.";
	if (m->n_held == 0)
		return "Not swapped: you aren't on call now, so there is "
		       "nothing to give. Reply who to see who is.";
	for (size_t i = 0; i < m->n_held; i++)
		if ((taker->roles & m->held[i].role) == 0)
			return arena_printf(d->j->mem,
			    "Not swapped: %s can't be on call as %s, for want "
			    "of the role. Name somebody who has it.",
			    taker->name, post_of(d, &m->held[i]));
	return bad_time(d, d->r->swap_until.at);
}

static void
add(struct deciding *d, const struct swap *s)
{
	struct verdict *v = d->v;

	v->swaps =
	    arena_grow(d->j->mem, v->swaps, v->n_swaps, sizeof *v->swaps);
	v->swaps[v->n_swaps++] = *s;
}

static struct question
ask(const struct deciding *d, const struct person *who)
{
	return (struct question){
		.event = d->v->event.id,
		.kind = QUESTION_SWAP,
		.person = who->slug,
		.message = d->m->mail.id,
		.asked = d->j->now,
		.answer = "",
	};
}

void
decide_swap(struct deciding *d, const struct command *c)
{
	const struct matter *m = d->m;
	const struct person *taker;
	const char *why;

	/* What couldn't be read was told by the reader. */
	if (d->r->swap_with == NULL || !decide_may(d, RIGHT_SWAP, c))
		return;
	taker = conf_person(m->conf, d->r->swap_with);
	if ((why = bad_swap(d, taker)) != NULL) {
		decide_tell(d, "E24", c)->says = why;
		return;
	}
	for (size_t i = 0; i < m->n_held; i++)
		add(d, &(struct swap){
			   .message = m->mail.id,
			   .asked = d->j->now,
			   .role = m->held[i].role,
			   .level = m->held[i].level,
			   .giver = m->sender->person->slug,
			   .taker = taker->slug,
			   .until = d->r->swap_until.at,
		       });
	d->v->did |= DID_SWAP;
	d->v->has_question = d->v->has_also = true;
	d->v->question = ask(d, m->sender->person);
	d->v->also = ask(d, taker);
}

/* Why the answer comes too late; NULL: it doesn't. */
static const char *
too_late(const struct deciding *d, const struct swap *s)
{
	if (s->refused != 0)
		return arena_printf(d->j->mem,
		    "That swap was refused at %s; nothing was done now.",
		    decide_clock(d, s->refused));
	if (s->until <= d->j->now)
		return "Nothing was swapped: its time is over.";
	if (d->m->n_held == 0)
		return arena_printf(d->j->mem,
		    "Nothing was swapped: %s isn't on call any more.",
		    decide_name(d, s->giver));
	return NULL;
}

static void
answer(struct deciding *d, struct swap s, bool yes)
{
	bool mine = text_ieq(d->m->question->person, s.giver);

	if (!yes)
		s.refused = d->j->now;
	else if (mine)
		s.giver_yes = d->j->now;
	else
		s.taker_yes = d->j->now;
	if (s.giver_yes != 0 && s.taker_yes != 0)
		s.from = d->j->now;
	add(d, &s);
}

void
decide_swap_answer(struct deciding *d, const struct command *c)
{
	const struct matter *m = d->m;
	const char *why = too_late(d, &m->swaps[0]);

	if (why != NULL) {
		decide_tell(d, "E14", c)->says = why;
		return;
	}
	if (d->r->yes_extra) {
		decide_tell(d, "E40", c)->says =
		    "Nothing was swapped: there was more than a yes. Reply "
		    "yes or no alone.";
		return;
	}
	d->v->did |= DID_SWAP;
	d->v->answered = m->question->id;
	d->v->answer = words_verb(c->verb);
	for (size_t i = 0; i < m->n_swaps; i++)
		answer(d, m->swaps[i], c->verb != VERB_NO);
}
