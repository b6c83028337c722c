/*
 * Requests about an address that wait for its own word: subscribing, leaving,
 * and mails to LIST-request whose sender isn't proved.  One is confirmed
 * within PENDING_LASTS or never; what was asked is kept for 30 days, to be
 * counted, and then forgotten.
 */
#ifndef MODEL_PENDING_H
#define MODEL_PENDING_H

#include <stdbool.h>
#include <stdint.h>

#include "ext/db.h"

enum {
	PENDING_LASTS = 72 * 60 * 60,
	PENDING_DAY = 24 * 60 * 60,
	PENDING_MONTH = 30 * PENDING_DAY,
};

enum pending_what { PENDING_SUBSCRIBE, PENDING_UNSUBSCRIBE, PENDING_REQUEST };

struct pending {
	int64_t id;
	const char *list, *address;
	enum pending_what what;
	const char *delivery; /* of a subscription */
	int64_t message;      /* that asked */
	int64_t asked, done;  /* done 0: not confirmed yet */
};

struct pending_counts {     /* confirmations that were asked for */
	int64_t day, month; /* of this address, on any list */
	int64_t same;       /* ... of the day: unanswered, the same request */
	int64_t hour;       /* of anybody */
	int64_t hour_domain;
};

enum status pending_count(struct db *db, struct job *j, const struct pending *p,
    struct pending_counts *out) must_check;
/* Sets its id; forgets what is older than a month. */
enum status pending_add(struct db *db, struct job *j,
    struct pending *p) must_check;
/* One more that nothing came of: counts it at the newest of the address. */
enum status pending_again(struct db *db, struct job *j,
    const char *address) must_check;
enum status pending_get(struct db *db, struct job *j, int64_t id,
    struct pending *out) must_check;
enum status pending_done(struct db *db, struct job *j, int64_t id) must_check;

#endif
