/*
 * A list as the reseller database has it, beside the list as it is: the
 * difference between the two.  Kept in a file that goes with the connection;
 * memory doesn't grow with either.
 *
 *	add      the database has the address, the list never had
 *	back     it was gone from the database once
 *	account  it belongs to another account now
 *	go       the database hasn't got it; who was added by hand stays
 *
 * Who left, bounced, complained or was removed is no difference: he stays so.
 */
#ifndef MODEL_STAGING_H
#define MODEL_STAGING_H

#include <stddef.h>

#include "ext/db.h"
#include "model/member.h"

#define STAGING_BY_HAND "by hand" /* such a source isn't of the database */

enum staging_change {
	STAGING_ADD,
	STAGING_BACK,
	STAGING_ACCOUNT,
	STAGING_GO,
	STAGING_CHANGES,
};

struct difference {
	int64_t key;      /* where it stands among those of its kind */
	struct member is; /* as the database has it; of go, as the list has */
	const char *was;  /* its account until now */
};

/* Empty, whatever was in it. */
enum status staging_begin(struct db *db, struct job *j) must_check;
/* m's address, account, language and zone.  ST_NONE: it has the address. */
enum status staging_put(struct db *db, struct job *j,
    const struct member *m) must_check;
/* How many there are of each; *same: nothing is to be done. */
enum status staging_count(struct db *db, struct job *j, const char *list,
    int64_t out[STAGING_CHANGES], int64_t *same) must_check;
/* Those with key > after, at most max. */
enum status staging_next(struct db *db, struct job *j, const char *list,
    enum staging_change what, int64_t after, size_t max,
    struct difference **out, size_t *n) must_check;

#endif
