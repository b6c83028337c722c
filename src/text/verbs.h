/*
 * The verbs of the mail grammar with their synonyms and what may stand behind
 * each.  A line is a command only if all of it fits: "hold music is broken"
 * and "publish the fix tomorrow" are text.
 */
#ifndef TEXT_VERBS_H
#define TEXT_VERBS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/request.h"

enum verb_fit {
	VERB_NOT,    /* text */
	VERB_FITS,   /* a command */
	VERB_MISFIT, /* means a command, but its argument can't be read */
};

struct verb_line {              /* what a command line says */
	struct command command; /* line and written are the caller's */
	const char *next;       /* "+2h" of `publish next +2h`, NULL */
	const char *until;      /* TIME of swap, NULL */
	const char *name;       /* NAME of swap; of handoff, NULL: now */
	bool whole;             /* `retract all` */
	bool typo;              /* `correct u3 typo` */
	const char *copy;       /* VERB_MISFIT: a line that would fit */
	const char *says;       /* ... and what is wrong */
	const char *code;       /* ... E21 or E24 */
};

/* s: one line without leading space.  A leading ! or / is skipped. */
enum verb_fit verb_read(struct arena *mem, const char *s,
    struct verb_line *out);
/* The verb that a line of at most two words is a slip of; NULL: none. */
const char *verb_near(struct arena *mem, const char *s);
/* The word is a verb or a synonym of one, whatever stands behind it. */
enum verb verb_word(const char *word);
/* Publishing: its text goes public, after a preview. */
bool verb_publishes(enum verb v);
/* The state that the verb asks for; STATE_NONE: not a state verb. */
enum state verb_state(enum verb v);

#endif
