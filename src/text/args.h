/*
 * What may stand behind a verb, one reader for each kind.
 */
#ifndef TEXT_ARGS_H
#define TEXT_ARGS_H

#include <stddef.h>

#include "base/arena.h"
#include "text/verbs.h"

enum args {
	ARG_NONE,
	ARG_ID,     /* nothing or the id of an event */
	ARG_EVENT,  /* the id of an event */
	ARG_STATE,  /* [state] [next +2h] */
	ARG_REASON, /* anything */
	ARG_ASIDE,  /* nothing, or a reason after a comma or the like */
	ARG_LEVEL,  /* a severity, and perhaps a reason */
	ARG_NAME,   /* nothing, now, or a person */
	ARG_UPDATE, /* [uN] [typo] [reason] */
	ARG_LENGTH, /* nothing or +30m, or a reason as ARG_ASIDE */
	ARG_DELAY,  /* 30m and a reason */
	ARG_UNTIL,  /* nothing or "until" */
	ARG_TIME,   /* nothing or a time */
	ARG_SWAP,   /* a person, "until" and a time */
	ARG_ROOM,   /* what is to happen to a war room */
};

/* rest: what follows the verb, from its punctuation on.  out->command holds
 * the verb. */
enum verb_fit args_read(struct arena *mem, enum args args, const char *rest,
    struct verb_line *out);

size_t args_words(const char *s);
/* The next word, "" at the end; *s moves on. */
const char *args_cut(struct arena *mem, const char **s);
/* Without the full stops, commas and exclamation marks at its end. */
const char *args_bare(struct arena *mem, const char *s);

#endif
