/*
 * Two persons for what one alone may not publish (specification, section 2.4;
 * the key two_person): own words, title or fields while disclosure is
 * limited, of SEV1, and to remove a text.
 * The drafter is the first of them, whose yes is the second's; he can't be
 * both.  The program's own stock text needs one.  Pure.
 */
#ifndef TEXT_SECOND_H
#define TEXT_SECOND_H

#include <stdbool.h>

#include "model/conf.h"
#include "model/draft.h"
#include "model/event.h"

/* Is the yes of one who may approve not enough? */
bool second_needed(const struct conf *c, const struct event *e,
    const struct draft *x);
/* Is this person's?  True as well where none is needed. */
bool second_may(const struct conf *c, const struct event *e,
    const struct draft *x, const struct person *p);
/* The roles of those who are asked for it. */
unsigned second_roles(const struct event *e, const struct draft *x);
/* "security or an executive" */
const char *second_who(const struct event *e, const struct draft *x);

#endif
