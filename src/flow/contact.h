/*
 * Step: the last contact of a reseller on an account list has left
 * (specification, section 4.2).  It takes effect at once, as anywhere; the
 * owner is told, and so are the account's other addresses that could get the
 * mail instead, as they had asked for none before.  Once a day for an account.
 */
#ifndef FLOW_CONTACT_H
#define FLOW_CONTACT_H

#include "ext/db.h"
#include "model/conf.h"

/*
 * The member has just left list (NULL is allowed; 0: nobody has).  Nothing
 * happens where another address of the account gets mail.
 */
enum status contact_left(struct db *db, struct job *j, const struct conf *c,
    const struct list *list, int64_t member) must_check;

#endif
