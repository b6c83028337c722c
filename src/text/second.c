#include "text/second.h"

#include <string.h>

#include "text/drafting.h"
#include "text/rights.h"

enum { WORST = 1 };

static bool
is_limited(const struct event *e)
{
	return e->disclosure == DISCLOSURE_LIMITED;
}

/* By the configuration the drafter isn't enough, whoever he is. */
static bool
is_parted(const struct conf *c, const struct event *e)
{
	unsigned of = (is_limited(e) ? TWO_LIMITED : 0) |
		      (e->severity == WORST ? TWO_SEV1 : 0);

	return (c->two_person & of) != 0;
}

bool
second_needed(const struct conf *c, const struct event *e,
    const struct draft *x)
{
	return (is_limited(e) || is_parted(c, e)) && !event_is_report(e) &&
	       !drafting_is_plain(c, x);
}

bool
second_may(const struct conf *c, const struct event *e, const struct draft *x,
    const struct person *p)
{
	if (!second_needed(c, e, x))
		return true;
	if (is_limited(e) && !(p->roles & (ROLE_EXEC | ROLE_SECURITY)))
		return false;
	return !is_parted(c, e) || strcmp(p->slug, x->author) != 0;
}

const char *
second_who(const struct event *e)
{
	return is_limited(e) ? "security or an executive"
			     : "Marketing (comms), its lead or an executive";
}
