/*
 * Carries a verdict out: every record it names, inside the caller's
 * transaction, which commits or forgets them together with the letters.  Ids
 * and numbers that the store allots are put into the verdict.  ST_TEMP: the
 * store refused, or a draft isn't the one that was shown.
 */
#ifndef FLOW_APPLY_H
#define FLOW_APPLY_H

#include "ext/db.h"
#include "model/conf.h"
#include "model/keys.h"
#include "model/verdict.h"

enum status apply(struct db *db, struct job *j, const struct conf *c,
    const struct keys *k, struct verdict *v) must_check;

#endif
