/*
 * Sections of a text (specification, section 3.7): which lines are public and
 * which aren't.  In doubt a line is internal: a marker that can't be read
 * switches to internal.
 */
#ifndef TEXT_PARTS_H
#define TEXT_PARTS_H

#include "model/conf.h"
#include "text/findings.h"
#include "text/typed.h"

enum part_kind {
	PART_INTERNAL,
	PART_PUBLIC,
	PART_RESELLERS, /* what it means for resellers; public */
	PART_ENDUSERS,  /* ... for their customers; public */
};

struct part {
	enum part_kind kind;
	const char *lang, *brand; /* NULL: any */
	const char *text;
	size_t line; /* of the marker, from 1 */
};

struct parts {
	const char *text; /* before the first marker */
	size_t line;      /* of its first line, from 1 */
	struct part *at;
	size_t n;
	bool doubtful; /* a marker wasn't understood */
};

/* The lines from `from` to the end. */
void parts_read(const struct typed *l, size_t from, const struct brand *brand,
    struct findings *f, struct parts *out);

#endif
