/*
 * Which event a name or a Message-ID stands for: look-ups by id alone, for
 * flow/route.c.  The whole record is model/event.h's.  ST_NONE: no such event.
 */
#ifndef MODEL_EVENT_FIND_H
#define MODEL_EVENT_FIND_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/words.h"

struct event_found {
	int64_t id;
	const char *kind; /* incident, drill */
	int year, number;
	enum phase phase;
	int64_t closed;  /* when; 0: open */
	int drafts;      /* the number of its newest draft, 0: none */
	int64_t drafted; /* when the one that waits was made, 0: none does */
};

enum status event_find_name(struct db *db, struct job *j, const char *kind,
    int year, int number, struct event_found *out) must_check;
/*
 * A Message-ID without <>, of a letter that went out or of a mail that came
 * in and was filed with an event.
 */
enum status event_find_mid(struct db *db, struct job *j, const char *mid,
    struct event_found *out) must_check;
/* The open ones and those closed at `since` or later, newest first. */
enum status event_find_since(struct db *db, struct job *j, int64_t since,
    struct event_found **out, size_t *n) must_check;

#endif
