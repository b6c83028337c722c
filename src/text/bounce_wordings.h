/*
 * The words in which mail servers, services and their operators say why a mail
 * wasn't taken, by what they mean; a part of text/bounce_words.c.  In lower
 * case; the first that is found holds.  The tables end with words NULL.
 */
#ifndef TEXT_BOUNCE_WORDINGS_H
#define TEXT_BOUNCE_WORDINGS_H

#include "model/bounce.h"

struct wording {
	enum bounce_reason reason;
	const char *words;
};

/* What leaves no doubt. */
extern const struct wording bounce_plain[];
/* What is said for many reasons: a status says more. */
extern const struct wording bounce_vague[];

#endif
