/*
 * Members of the reseller lists.  Addresses are compared without case.  Who
 * left, bounced, complained or was removed is never revived by an import or
 * an add.
 */
#ifndef MODEL_MEMBER_H
#define MODEL_MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct member {
	int64_t id;
	const char *list, *address;
	const char *status; /* active, nomail; left, bounced, complained,
			       removed: gets nothing any more */
	const char *lang, *zone, *format, *delivery;
	int64_t joined, changed;
};

/* ST_OK added, ST_NONE is one already, ST_PERM is away (left, ...), or no
 * address (j->why says which). */
enum status member_add(struct db *db, struct job *j,
    const struct member *m) must_check;
/* Puts m->status; ST_NONE: no such member. */
enum status member_set_status(struct db *db, struct job *j, int64_t id,
    const char *list, const char *status) must_check;
enum status member_find(struct db *db, struct job *j, const char *list,
    const char *address, struct member *out) must_check;
enum status member_get(struct db *db, struct job *j, int64_t id,
    struct member *out) must_check;
/*
 * The active members of a list with after < id <= high, in order of id, at
 * most max; *n is how many.  No transaction is held between two calls.
 */
enum status member_batch(struct db *db, struct job *j, const char *list,
    int64_t after, int64_t high, size_t max, struct member *out,
    size_t *n) must_check;
/* The same whatever their status, for show and export. */
enum status member_batch_all(struct db *db, struct job *j, const char *list,
    int64_t after, size_t max, struct member *out, size_t *n) must_check;
enum status member_count(struct db *db, struct job *j, const char *list,
    int64_t *active) must_check;
enum status member_high(struct db *db, struct job *j, const char *list,
    int64_t *high) must_check;

#endif
