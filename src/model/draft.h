/*
 * A proposed public text.  At most one draft of an event is pending or held;
 * a new one supersedes it.  An approval binds to the hash over everything the
 * author chose; `facts` are what NOC had said when the preview was made.
 */
#ifndef MODEL_DRAFT_H
#define MODEL_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/public_update.h"
#include "model/request.h"

enum draft_status {
	DRAFT_PENDING,
	DRAFT_HELD,
	DRAFT_APPROVED,
	DRAFT_STALE,
	DRAFT_SUPERSEDED,
	DRAFT_DISCARDED,
};

struct draft {
	int64_t event;
	int n;
	int64_t created;
	const char *author; /* person, "" for the program */
	enum draft_status status;
	int64_t status_at;
	const char *status_by;
	enum post_kind kind;
	bool stock, proposal;
	enum state state;
	const char *title, *text, *lang;
	enum impact impact;
	const char *impact_text, *reseller_impact, *enduser_impact, *workaround,
	    *lasting, *social;
	struct review review;
	const char *components; /* slug=level,slug=level */
	const char *lists;      /* slugs with commas, "" for all */
	int64_t started, ended;
	struct promise promise;
	int64_t cadence; /* of long-running, from its posting on; 0 */
	bool notify;
	int correct;
	bool typo;
	const char *reason;
	const char *facts;
	const char *marks; /* that ask, as its preview showed them */
	const char *hash;
};

const char *draft_word(enum draft_status s);
/* Numbers it, hashes it, stores it. */
enum status draft_add(struct db *db, struct job *j, struct draft *d) must_check;
enum status draft_get(struct db *db, struct job *j, int64_t event, int n,
    struct draft *out) must_check;
/* The one that is pending or held; ST_NONE: none. */
enum status draft_open(struct db *db, struct job *j, int64_t event,
    struct draft *out) must_check;
enum status draft_move(struct db *db, struct job *j,
    const struct draft *d) must_check;
/* All of an event, in order. */
enum status draft_list(struct db *db, struct job *j, int64_t event,
    struct draft **out, size_t *n) must_check;
/*
 * Numbers of the drafts that this person made or was asked about, and that
 * another took the place of since he was last written to.
 */
enum status draft_overtaken(struct db *db, struct job *j, int64_t event,
    const char *person, int **out, size_t *n) must_check;
/* The hash that an approval binds to, of its current fields. */
char *draft_hash(struct job *j, const struct draft *d);

#endif
