/*
 * How the lists grow, and whom nobody reaches: what the owner's weekly report
 * counts.  Numbers; of accounts that can't be reached also who they are.
 */
#ifndef MODEL_GROWTH_H
#define MODEL_GROWTH_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct growth {                 /* of one list, since it was counted last */
	int64_t active, before; /* members who get mail: now, then */
	int64_t joined;         /* for the first time, or again */
	int64_t left, nomail, complained, removed, gone; /* of the active */
	int64_t bounced, back;       /* back: of those who had bounced */
	int64_t accounts, unreached; /* of an account list */
};

struct unreached {           /* an account without an active member */
	const char *account; /* "": an address without one */
	const char *address; /* of one of its members */
	const char *status;  /* his */
	int64_t since;
	int64_t members;
};

enum status growth_count(struct db *db, struct job *j, const char *list,
    struct growth *out) must_check;
/* Of an account list: g->accounts and g->unreached. */
enum status growth_accounts(struct db *db, struct job *j, const char *list,
    struct growth *g) must_check;
/* It is counted from now on. */
enum status growth_counted(struct db *db, struct job *j,
    const char *list) must_check;
/* Those that are longest so first, at most max. */
enum status growth_unreached(struct db *db, struct job *j, const char *list,
    size_t max, struct unreached **out, size_t *n) must_check;

#endif
