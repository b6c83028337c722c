/*
 * Members of the reseller lists.  Addresses are compared without case.  Who
 * left, bounced, complained or was removed is never revived by an import or
 * an add: only the word of the address does it, member_consent().
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
	const char *lang, *zone, *format;
	const char *delivery;              /* each, first-last, digest,
					      digest-weekly, digest-mime,
					      digest-weekly-mime */
	const char *topics, *kind, *least; /* "": all; see text/choice.h */
	int64_t paused;                    /* nothing until then; 0: not */
	int64_t joined, changed;
	bool follows; /* the event of member_batch() */
};

struct member_walk { /* how far a broadcast is */
	const char *list;
	int64_t event; /* 0: none */
	int64_t after, high;
};

/* ST_OK added, ST_NONE is one already, ST_PERM is away (left, ...), or no
 * address (j->why says which). */
enum status member_add(struct db *db, struct job *j,
    const struct member *m) must_check;
/* Puts m->status; ST_NONE: no such member. */
enum status member_set_status(struct db *db, struct job *j, int64_t id,
    const char *list, const char *status) must_check;
/* Language, zone, format, delivery, topics, kind, least and paused of m. */
enum status member_save_settings(struct db *db, struct job *j,
    const struct member *m) must_check;
/* Active, whatever it was, by the word of the address in message. */
enum status member_consent(struct db *db, struct job *j, int64_t id,
    int64_t message) must_check;
enum status member_follow(struct db *db, struct job *j, int64_t id,
    int64_t event) must_check;
enum status member_find(struct db *db, struct job *j, const char *list,
    const char *address, struct member *out) must_check;
enum status member_get(struct db *db, struct job *j, int64_t id,
    struct member *out) must_check;
/*
 * The active members of a list with after < id <= high, in order of id, at
 * most max; *n is how many.  No transaction is held between two calls.
 */
enum status member_batch(struct db *db, struct job *j,
    const struct member_walk *w, size_t max, struct member *out,
    size_t *n) must_check;
/* The same whatever their status, for show and export. */
enum status member_batch_all(struct db *db, struct job *j, const char *list,
    int64_t after, size_t max, struct member *out, size_t *n) must_check;
enum status member_count(struct db *db, struct job *j, const char *list,
    int64_t *active) must_check;
/* Does any active member get less than all of the list? */
enum status member_choosy(struct db *db, struct job *j, const char *list,
    bool *out) must_check;
/* Does any active member get digests? */
enum status member_digests(struct db *db, struct job *j, const char *list,
    bool *out) must_check;
enum status member_high(struct db *db, struct job *j, const char *list,
    int64_t *high) must_check;

#endif
