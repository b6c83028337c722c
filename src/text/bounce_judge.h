/*
 * Part of text/bounce.c: what a failure is, of what was said about it.
 */
#ifndef TEXT_BOUNCE_JUDGE_H
#define TEXT_BOUNCE_JUDGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/bounce.h"

/* What is said about one recipient, before it is judged. */
struct hearsay {
	const char *address;
	const char *action, *status; /* as a report gives them, or "" */
	const char *diagnosis;       /* a server's reply, or "" */
	const char *said;            /* the text around it */
	const char *text;            /* all of the text above what came back */
	bool guessed; /* only the mail that came back names the address */
};

void bounce_judge(struct arena *mem, const struct hearsay *h,
    struct bounced *out);

#endif
