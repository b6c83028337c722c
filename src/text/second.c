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

/* What takes more than who may else approve: to remove a text. */
static bool
removes(const struct draft *x)
{
	return x->kind == POST_REDACTED;
}

/* By the configuration the drafter isn't enough, whoever he is. */
static bool
is_parted(const struct conf *c, const struct event *e, const struct draft *x)
{
	unsigned of = (is_limited(e) ? TWO_LIMITED : 0) |
		      (e->severity == WORST ? TWO_SEV1 : 0);

	if (removes(x))
		of = TWO_REDACT;
	return (c->two_person & of) != 0;
}

bool
second_needed(const struct conf *c, const struct event *e,
    const struct draft *x)
{
	if (removes(x))
		return true;
	return (is_limited(e) || is_parted(c, e, x)) && !event_is_report(e) &&
	       !drafting_is_plain(c, x);
}

/* Whose yes it may be, if not everybody's who may approve; 0: everybody's. */
static unsigned
only(const struct event *e, const struct draft *x)
{
	if (removes(x))
		return ROLE_COMMS_LEAD | ROLE_EXEC | ROLE_SECURITY;
	return is_limited(e) ? ROLE_EXEC | ROLE_SECURITY : 0;
}

bool
second_may(const struct conf *c, const struct event *e, const struct draft *x,
    const struct person *p)
{
	unsigned roles = only(e, x);

	if (!second_needed(c, e, x))
		return true;
	if (roles != 0 && !(p->roles & roles))
		return false;
	return !is_parted(c, e, x) || strcmp(p->slug, x->author) != 0;
}

unsigned
second_roles(const struct event *e, const struct draft *x)
{
	unsigned roles = only(e, x);

	return roles != 0 ? roles : ROLE_COMMS | ROLE_COMMS_LEAD;
}

const char *
second_who(const struct event *e, const struct draft *x)
{
	if (removes(x))
		return "Marketing's lead, security or an executive";
	return is_limited(e) ? "security or an executive"
			     : "Marketing (comms), its lead or an executive";
}
