/*
 * Texts that were removed (POST_REDACTED), and where else they stand: in other
 * updates of the event that repeat them word for word, and in the reports of
 * months, whose lines name an event by its title.  What is removed is so from
 * all of them, and so is the salt that their records are published with.
 *
 * Strings live in the job's arena.  ST_TEMP: the store can't be read.
 */
#ifndef MODEL_REMOVAL_H
#define MODEL_REMOVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/post.h"

/* Of a post, as model/chain.c names them: title, text, ..., reason. */
enum { REMOVAL_TITLE, REMOVAL_TEXT, REMOVAL_TEXTS = 13 };

struct removal {
	const char *event;                 /* its name */
	int u, r;                          /* the revision that removes */
	const char *before[REMOVAL_TEXTS]; /* what is removed; "" nothing */
	const char *title, *text;          /* what stands in its place */
};

/* Of one event, or of all (0). */
enum status removal_list(struct db *db, struct job *j, int64_t event,
    struct removal **out, size_t *n) must_check;
/* Does a text of an update of the event repeat what was removed? */
bool removal_hits(const struct removal *x, const char *text);
/* Takes them out of p; true: there were some. */
bool removal_take_out(const struct removal *list, size_t n, struct post *p);
/* The text of a report without the titles; itself where there are none. */
const char *removal_report(struct job *j, const struct removal *list, size_t n,
    const char *text);

#endif
