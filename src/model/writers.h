/*
 * Who wrote to an event: the reporter first, then the others in order of
 * their first mail, as slugs; and the one of a set of persons who wrote last.
 */
#ifndef MODEL_WRITERS_H
#define MODEL_WRITERS_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct writer {
	const char *slug;
	int64_t last; /* id of the last message */
};

enum status writers_list(struct db *db, struct job *j, int64_t event,
    struct writer **out, size_t *n) must_check;
/* Was the event opened by a mail that nobody vouched for (class A0k)? */
enum status writers_unproved(struct db *db, struct job *j, int64_t event,
    bool *out) must_check;

#endif
