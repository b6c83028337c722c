/*
 * Internal text on an event.  Insert-only; nothing public ever reads it.
 */
#ifndef MODEL_NOTE_H
#define MODEL_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct note {
	int64_t event;
	int n; /* set by note_add() */
	int64_t at, received;
	const char *author; /* person, or a source */
	bool late, unverified;
	const char *text;
	int64_t message;  /* 0: none */
	const char *kind; /* sitrep, minute; "" or NULL: a note */
};

enum status note_add(struct db *db, struct job *j, struct note *n) must_check;
/* The notes of `from` become those of event too, marked with where they were
 * written: "[INC-2026-0043 n2] ...". */
enum status note_adopt(struct db *db, struct job *j, int64_t event,
    int64_t from, const char *name) must_check;
/* Those with n > after, in order of mail time. */
enum status note_list(struct db *db, struct job *j, int64_t event, int after,
    struct note **out, size_t *n) must_check;

#endif
