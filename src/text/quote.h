/*
 * Where quoted text begins, in all the forms that mail programs give it:
 * attribution ("On ... wrote:", also broken over lines), "-----Original
 * Message-----", a block of headers, a line of underscores, our own marker.
 */
#ifndef TEXT_QUOTE_H
#define TEXT_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "text/lines.h"

/* The first line of every internal body that we send. */
#define QUOTE_MARKER "##- Please write above this line -##"

enum quote_kind {
	QUOTE_NONE,
	QUOTE_ATTRIBUTION, /* what it introduces is quoted */
	QUOTE_REST,        /* all that follows is */
	QUOTE_FORWARD,     /* the same, of a forwarded mail */
};

/* What begins at line i; *len lines belong to it. */
enum quote_kind quote_at(struct arena *mem, const struct lines *l, size_t i,
    size_t *len);
/* Nothing but a line drawn with -, _, = or *, at least 3 long. */
bool quote_is_rule(const char *s);
/* "SD> ", "Status> ": a quoted line that says whose it is, or a prompt. */
bool quote_cites(const char *s);
/* "A> ", "AB> ": initials of the quoted, in which length; 0: none. */
size_t quote_initials(const char *s);
/* Words between such lines, at least 4 long. */
bool quote_is_title(const char *s);
/*
 * A line of n bytes, followed by a quoted one, may hold own words and an
 * attribution behind them: how many bytes are own (n if all).
 */
size_t quote_split(struct arena *mem, const char *s, size_t n);

#endif
