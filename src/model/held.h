/*
 * Mails of senders whom nobody vouches for, each with the question whether to
 * accept it.  The first is passed on at once; those after it wait in a queue
 * until a digest shows them.  Writes are part of the caller's transaction.
 */
#ifndef MODEL_HELD_H
#define MODEL_HELD_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct held {
	int n; /* of the question: q18 */
	int64_t asked, message;
	const char *address, *subject; /* as the mail gives them */
};

/* A mail whose question is n comes into the next digest. */
enum status held_queue(struct db *db, struct job *j, int n) must_check;
/* Since when the first one waits for that; ST_NONE: none does. */
enum status held_since(struct db *db, struct job *j, int64_t *at) must_check;
/*
 * The first `max` that wait for the digest and weren't answered, oldest first;
 * *all: how many there are.
 */
enum status held_queued(struct db *db, struct job *j, size_t max,
    struct held **out, size_t *n, size_t *all) must_check;
/* The last one in the queue, 0: it is empty; and all up to one leave it. */
enum status held_last(struct db *db, struct job *j, int64_t *n) must_check;
enum status held_shown(struct db *db, struct job *j, int64_t upto) must_check;
/* The last `max` that were never answered, newest first. */
enum status held_open(struct db *db, struct job *j, size_t max,
    struct held **out, size_t *n) must_check;
/* One of them, answered or not; ST_NONE: no such. */
enum status held_get(struct db *db, struct job *j, int n,
    struct held *out) must_check;

#endif
