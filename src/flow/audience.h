/*
 * Who gets a broadcast: the active members of its list up to the newest of its
 * creation, in batches and in order; who left before his batch was read is
 * not among them.  Members who share language, zone and format share a
 * variant, a number that stays until audience_forget().  Memory doesn't grow
 * with the list.
 */
#ifndef FLOW_AUDIENCE_H
#define FLOW_AUDIENCE_H

#include "ext/db.h"
#include "model/mail.h"
#include "model/member.h"

enum { AUDIENCE_BATCH = 256, AUDIENCE_VARIANTS = 64 };

struct recipient {
	int64_t member;
	const char *address;     /* until the next batch */
	const struct member *is; /* until then too; follows: that event */
	size_t variant;
};

struct audience;

/* lang: of the list, for members who chose none; event: 0 is none. */
struct audience *audience_new(const char *list, const char *lang, int64_t event,
    int64_t high);
/* None before the member `first`. */
void audience_from(struct audience *a, int64_t first);
/* Of a digest: those who chose the mails in it are variants of their own. */
void audience_of_digest(struct audience *a);
void audience_free(struct audience *a); /* NULL is allowed */

/*
 * ST_NONE: everybody was read.  A batch may be short where the variants are
 * all used up (audience_full()): hand over what there is, drop what was made
 * for the variants, and forget them.
 */
enum status audience_next(struct db *db, struct job *j, struct audience *a,
    const struct recipient **out, size_t *n) must_check;
/*
 * One of them by his number, in *out until the next call.  ST_NONE: he is none
 * any more; or, where audience_full(), there is no variant left for him.
 */
enum status audience_one(struct db *db, struct job *j, struct audience *a,
    int64_t member, const struct recipient **out) must_check;
bool audience_full(const struct audience *a);
void audience_forget(struct audience *a);
const struct variant *audience_variant(const struct audience *a, size_t i);

#endif
