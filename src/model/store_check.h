/*
 * Is the store whole?  Reads all of it, for `sitrep check`.
 */
#ifndef MODEL_STORE_CHECK_H
#define MODEL_STORE_CHECK_H

#include "ext/db.h"

/* ST_PERM: it is broken, the job says where. */
enum status store_check(struct db *db, struct job *j) must_check;

#endif
