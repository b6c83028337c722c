/*
 * A page that nobody got counts as unanswered now: the next step of its timer
 * is due at once (specification, section 2.5).  Both are part of the caller's
 * transaction, the one that notes the failure.
 */
#ifndef FLOW_UNREACHED_H
#define FLOW_UNREACHED_H

#include <stdbool.h>

#include "ext/db.h"
#include "model/letter.h"

/*
 * l: a page whose row says by now that it failed.  *hastened: a timer is due.
 */
enum status unreached_page(struct db *db, struct job *j, const struct letter *l,
    bool *hastened) must_check;
/*
 * Letter `id` came back.  *event: whose page it was; ST_NONE: it is no page,
 * or came back before.
 */
enum status unreached_bounce(struct db *db, struct job *j, int64_t id,
    int64_t *event) must_check;

#endif
