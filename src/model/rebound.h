/*
 * Copies that came back, receiving domains that turned away too many of them,
 * and who is tried again.  All within the caller's transaction.
 */
#ifndef MODEL_REBOUND_H
#define MODEL_REBOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "ext/db.h"

struct rebound { /* a copy that came back for good */
	int64_t member, letter, post, message, at;
	const char *domain; /* lower case */
	bool hard;
	bool counts;
	const char *reason, *status;
};

/* ST_NONE: that copy came back before. */
enum status rebound_add(struct db *db, struct job *j,
    const struct rebound *r) must_check;

struct tally {                     /* what counts against a member */
	int64_t hard, days, posts; /* since hard_since */
	int64_t soft;              /* since soft_since */
};

enum status rebound_tally(struct db *db, struct job *j, int64_t member,
    int64_t hard_since, int64_t soft_since, struct tally *out) must_check;
/* Nothing of it counts against the member any more. */
enum status rebound_forgive(struct db *db, struct job *j,
    int64_t member) must_check;
/*
 * Of a domain, since a time: members whose copies turned hard; nothing of it
 * counts any more, and who was taken off since then is back.
 */
enum status rebound_turned(struct db *db, struct job *j, const char *domain,
    int64_t since, int64_t *members) must_check;
enum status rebound_forgive_domain(struct db *db, struct job *j,
    const char *domain, int64_t since) must_check;

struct brake {
	int64_t members, counted, until;
	int64_t spare; /* so many more may turn before it is counted again */
};

/* ST_NONE: there is no row; *out is zero. */
enum status brake_get(struct db *db, struct job *j, const char *domain,
    struct brake *out) must_check;
enum status brake_set(struct db *db, struct job *j, const char *domain,
    const struct brake *b) must_check;
/* Active members of all lists with an address there; walks through them. */
enum status brake_members(struct db *db, struct job *j, const char *domain,
    int64_t *n) must_check;

struct probe {
	int64_t member, due, letter; /* letter 0: none is on its way */
	int tries;
};

enum status probe_set(struct db *db, struct job *j,
    const struct probe *p) must_check;
/* ST_NONE: that member isn't to be tried. */
enum status probe_get(struct db *db, struct job *j, int64_t member,
    struct probe *out) must_check;
enum status probe_drop(struct db *db, struct job *j, int64_t member) must_check;
/* The one that is due first; ST_NONE: there is none. */
enum status probe_first(struct db *db, struct job *j,
    struct probe *out) must_check;

/*
 * The letter whose id ends in these 24 bits, the newest.  ST_NONE: there is
 * none.
 */
enum status rebound_letter(struct db *db, struct job *j, int64_t low,
    int64_t *id) must_check;

#endif
