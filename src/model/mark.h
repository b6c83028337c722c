/*
 * Paper: words of a public draft that somebody should look at, as text/lint.h
 * finds them.
 */
#ifndef MODEL_MARK_H
#define MODEL_MARK_H

#include <stddef.h>

enum lint_class {
	LINT_ADVISE, /* said once, stands in nobody's way */
	LINT_ASK,    /* a yes counts after the preview that showed it */
	LINT_BLOCK,  /* no yes counts: it has to be mended */
};

struct lint_mark {
	enum lint_class class;
	const char *rule;  /* "host": a stable word */
	const char *field; /* "Title", "Text", "Workaround" ... */
	size_t line;       /* of the field, from 1; 0: the draft as a whole */
	size_t at, len;    /* where it stands in the field */
	const char *words; /* what is marked, one line; "" of a whole */
	const char *why;   /* what it is, and what to do */
};

#endif
