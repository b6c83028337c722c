/*
 * Incoming messages: the raw bytes, what waits, what became of each.  Raw
 * messages and outcomes are insert-only.  Every function but inbox_take()
 * runs inside the caller's transaction where it writes.
 */
#ifndef MODEL_INBOX_H
#define MODEL_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct envelope {           /* what the mail server said, and what came */
	const char *source; /* lmtp, pipe, post, clock, command */
	const char *actor;  /* login name of post and command, else "" */
	const char *from;   /* "" is the null sender */
	const char *recipient;
	int64_t received;
	const char *sha; /* of the content, hexadecimal */
	size_t size;     /* as received */
	bool cut;        /* raw is only the beginning */
	const void *raw;
	size_t n;
};

struct letter_in { /* a stored message */
	int64_t id;
	struct envelope envelope;
};

struct outcome {
	int64_t message;
	int64_t at;
	const char *verdict, *trust, *person, *address, *mid, *subject;
	int64_t event; /* 0: none */
	const char *result, *flags;
};

struct arrival { /* a mail with what became of it */
	struct outcome outcome;
	int64_t received;
	int64_t repeats; /* how often the same came again */
	const char *source, *actor;
};

/*
 * Makes a message ours, in one transaction of its own: ST_OK it is new and
 * waits, ST_NONE its content was here before (a row in `repeat`); *id names
 * it in both cases.
 */
enum status inbox_take(struct db *db, struct job *j, const struct envelope *e,
    int64_t *id) must_check;
/*
 * Several in one transaction: all of them durable, or none.  What each came to
 * is in its st, as above; where the group fails so does each of them.
 */
struct inbox_arrival {
	const struct envelope *envelope;
	int64_t id;
	enum status st;
};
enum status inbox_take_all(struct db *db, struct job *j,
    struct inbox_arrival *all, size_t n) must_check;
/* The oldest that waits; ST_NONE: nothing does. */
enum status inbox_next(struct db *db, struct job *j,
    struct letter_in *out) must_check;
/* ST_OK: a message waits; ST_NONE: none does. */
enum status inbox_waits(struct db *db, struct job *j) must_check;
enum status inbox_get(struct db *db, struct job *j, int64_t id,
    struct letter_in *out) must_check;
/*
 * The message after `id`, of all that ever came, and whether it is what came:
 * its link is the hash over the link of the message before, what the mail
 * server said, and its bytes.  Of those that came to an older program it is
 * "", which `good` lets pass.  ST_NONE: it was the last.
 */
struct inbox_link {
	struct letter_in in;
	const char *link;
	bool good;
};
enum status inbox_walk(struct db *db, struct job *j, int64_t id,
    const char *before, struct inbox_link *out) must_check;
struct inbox_entry { /* of the journal: every message there is */
	int64_t id;
	int64_t at; /* when it was carried out; received, where it waits */
	bool waits;
};
/* In the order in which they were carried out. */
enum status inbox_entries(struct db *db, struct job *j,
    struct inbox_entry **out, size_t *n) must_check;
/* The id of the newest message; 0: there is none. */
enum status inbox_last(struct db *db, struct job *j, int64_t *id) must_check;
/* Files the outcome and takes the message off the waiting ones. */
enum status inbox_done(struct db *db, struct job *j,
    const struct outcome *o) must_check;
/* Another message with this Message-ID was here before `id`. */
enum status inbox_same_mid(struct db *db, struct job *j, int64_t id,
    const char *mid, bool *out) must_check;
/* When the last mail came in, self-tests left out; ST_NONE: none ever did. */
enum status inbox_last_mail(struct db *db, struct job *j,
    int64_t *received) must_check;
/* The event of a handled message with this Message-ID; ST_NONE: none. */
enum status inbox_event_of(struct db *db, struct job *j, const char *mid,
    int64_t *event) must_check;
/* What became of a message; ST_NONE: it waits. */
enum status inbox_outcome(struct db *db, struct job *j, int64_t id,
    struct outcome *out) must_check;
/* Mails (not the clock's rows) that were filed under an event, in order. */
enum status inbox_of_event(struct db *db, struct job *j, int64_t event,
    struct arrival **out, size_t *n) must_check;
/*
 * What the program decided by itself (a timer) or was told on the command line
 * as a row like a mail's, handled at once, in the caller's transaction.
 */
enum status inbox_journal(struct db *db, struct job *j,
    const struct envelope *e, int64_t event) must_check;

#endif
