/*
 * The store as a whole: STATE/sitrep.db, its schema and its version.
 */
#ifndef MODEL_STORE_H
#define MODEL_STORE_H

#include "ext/db.h"

enum { STORE_VERSION = 1 };

/* Opens STATE/sitrep.db; DB_CREATE makes folder, file and schema. */
enum status store_open(struct job *j, const char *state, enum db_mode mode,
    struct db **out) must_check;
/*
 * A number that is another one once a different connection has committed
 * something; cheap enough to ask every second.
 */
enum status store_stamp(struct db *db, struct job *j,
    int64_t *stamp) must_check;

#endif
