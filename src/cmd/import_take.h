/*
 * What a history (flow/history.h) becomes in the store: incidents of source
 * "import" that are over, their posts in the order of time.  No letter, no
 * timer, no answer comes of it.
 */
#ifndef CMD_IMPORT_TAKE_H
#define CMD_IMPORT_TAKE_H

#include "cmd/world.h"
#include "flow/history.h"

/* "statuspage", "history"; false: neither. */
bool import_form(const char *word, enum history_form *out);
/*
 * ST_PERM: something was posted after the oldest of it, and posts are kept in
 * the order of time; the reason is in the job.
 */
enum status import_fits(struct world *w, struct job *j,
    const struct history *h) must_check;
/*
 * Within the caller's transaction.  names: of the incidents, in their order.
 */
enum status import_take(struct world *w, struct job *j, const struct history *h,
    const char ***names) must_check;

#endif
