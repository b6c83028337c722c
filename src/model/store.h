/*
 * The store as a whole: STATE/sitrep.db, its schema and its version.
 */
#ifndef MODEL_STORE_H
#define MODEL_STORE_H

#include <stdbool.h>

#include "ext/db.h"

enum { STORE_VERSION = 14 };

/* true unless there surely is no STATE/sitrep.db. */
bool store_exists(struct job *j, const char *state);
/*
 * Opens STATE/sitrep.db; DB_CREATE makes folder, file and schema.  A store of
 * an older version is brought up to this one, in one transaction.
 */
enum status store_open(struct job *j, const char *state, enum db_mode mode,
    struct db **out) must_check;
/*
 * A number that is another one once a different connection has committed
 * something; cheap enough to ask every second.
 */
enum status store_stamp(struct db *db, struct job *j,
    int64_t *stamp) must_check;
/*
 * The page cache of this connection: small for one who walks through a whole
 * list and must not grow with it, large for an import, or the usual one.
 */
enum store_cache { STORE_USUAL, STORE_SMALL, STORE_LARGE };

enum status store_cache(struct db *db, struct job *j,
    enum store_cache size) must_check;

#endif
