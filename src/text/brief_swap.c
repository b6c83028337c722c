/* What a mail about a swap of the rota says. */
#include "base/text.h"
#include "base/when.h"
#include "text/brief_in.h"

/* "comms level 1 and comms level 2" */
static char *
posts(struct job *j, const struct verdict *v)
{
	char *s = arena_str(j->mem, "");

	for (size_t i = 0; i < v->n_swaps; i++)
		s = arena_printf(j->mem, "%s%s%s level %d", s,
		    i == 0 ? "" : " and ",
		    words_role((enum role)v->swaps[i].role), v->swaps[i].level);
	return s;
}

bool
brief_swaps(const struct brief *b, const struct mailing *to)
{
	const struct swap *s = b->verdict->swaps;

	return brief_did(b, DID_SWAP) && to->person != NULL &&
	       (text_ieq(to->person->slug, s->giver) ||
		   text_ieq(to->person->slug, s->taker));
}

char *
brief_swap_words(struct job *j, const struct brief *b)
{
	const struct swap *s = b->verdict->swaps;
	const char *what = s->refused != 0 ? "no swap"
			   : s->from != 0  ? "swapped"
					   : "swap?";

	return arena_printf(j->mem, "%s %s", what, posts(j, b->verdict));
}

/* "4 Mar 2026 18:00 UTC", in the reader's zone too if that differs. */
static char *
until(struct job *j, const struct mailing *to, int64_t t)
{
	const char *zone = to->person->timezone;
	struct civil c = when_local(zone, t);

	if (c.offset == 0)
		return arena_printf(j->mem, "%s %s", when_day(j->mem, t),
		    brief_clock(j, t));
	return arena_printf(j->mem, "%s %s (%02d:%02d %s)", when_day(j->mem, t),
	    brief_clock(j, t), c.hour, c.minute, when_city(j->mem, zone));
}

static void
asked(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct swap *s = v->swaps;
	char *when = until(j, to, s->until);

	if (to->answer)
		brief_say(out,
		    arena_printf(j->mem,
			"Is %s to be on call as %s for you until %s? Reply YES "
			"to this mail. %s is asked too; you are on call until "
			"both have said yes.",
			brief_name(b, s->taker), posts(j, v), when,
			brief_name(b, s->taker)));
	else
		brief_say(out,
		    arena_printf(j->mem,
			"%s asks you to be on call as %s until %s; reply yes "
			"or no.",
			brief_name(b, s->giver), posts(j, v), when));
}

static void
refused(struct job *j, struct buf *out, const struct brief *b)
{
	const struct swap *s = b->verdict->swaps;
	const struct sender *by = b->matter->sender;

	brief_say(out,
	    arena_printf(j->mem,
		"No swap: %s said no. %s stays on call as %s; to ask somebody "
		"else, write swap with, the name, until and the time.",
		by->person->name, brief_name(b, s->giver),
		posts(j, b->verdict)));
}

void
brief_swap(struct job *j, struct buf *out, const struct brief *b,
    const struct mailing *to)
{
	const struct verdict *v = b->verdict;
	const struct swap *s = v->swaps;
	const char *other;

	if (v->has_also) {
		asked(j, out, b, to);
		return;
	}
	if (s->refused != 0) {
		refused(j, out, b);
		return;
	}
	if (s->from != 0) {
		brief_say(out,
		    arena_printf(j->mem,
			"Swapped: %s is on call as %s from %s until %s instead "
			"of %s.",
			brief_name(b, s->taker), posts(j, v),
			brief_clock(j, s->from), until(j, to, s->until),
			brief_name(b, s->giver)));
		return;
	}
	other = brief_name(b, s->giver_yes != 0 ? s->taker : s->giver);
	brief_say(out,
	    arena_printf(j->mem,
		"Your yes is noted. The swap is in force as soon as %s says "
		"yes too; until then %s is on call as %s.",
		other, brief_name(b, s->giver), posts(j, v)));
}
