/*
 * What an issue of a digest tells, gathered from the store each time it is
 * shown: as things stood when its time was over, without what was removed
 * since.  Papers live in the job's arena.
 */
#ifndef CMD_ISSUES_H
#define CMD_ISSUES_H

#include "cmd/world.h"
#include "model/roundup.h"
#include "text/mailer.h"

/*
 * An issue that isn't kept yet: sets *ids and *n to the events it is about.
 * ST_NONE: nothing was posted in its time.
 */
enum status issues_about(struct world *w, struct job *j, const struct issue *i,
    int64_t **ids, size_t *n) must_check;
/* texts: those of the events are read too. */
enum status issues_gather(struct world *w, struct job *j, const struct issue *i,
    bool texts, struct roundup *out) must_check;
/* The mails of the time, in the order of posting; the texts are read. */
enum status issues_parts(struct world *w, struct job *j, const struct list *l,
    const struct roundup *r, const struct variant *v, struct mailer_part **out,
    size_t *n) must_check;

#endif
