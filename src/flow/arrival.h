/*
 * Step: the notice to who came to a list by an import: that his subscription
 * was moved here, from which address its mails come now, what is open, how to
 * change and how to leave; on an open list that nothing is to be confirmed, on
 * one of accounts that it is of the contract.  Knows neither store nor clock.
 *
 * ST_PERM: the template, a word list or a header is wrong; the reason names it.
 */
#ifndef FLOW_ARRIVAL_H
#define FLOW_ARRIVAL_H

#include "base/job.h"
#include "model/conf.h"
#include "model/letter.h"
#include "model/mail.h"
#include "model/member.h"

/* "arrival.17.LIST@HOST", by the first member whom it is for. */
char *arrival_mid(struct arena *mem, const struct conf *c, const char *list,
    int64_t first);
/*
 * For the members of a list who share v.  open: the open events in his
 * language, "" for none.  Holes: as in flow/compose.h.
 */
enum status arrival_mail(struct job *j, const struct conf *c,
    const struct list *l, const struct letter *of, const char *open,
    const struct variant *v, struct mail *out) must_check;
/* Who gave his word meanwhile was welcomed as what he is now: by himself. */
bool arrival_wanted(const struct letter *of, const struct member *m);

#endif
