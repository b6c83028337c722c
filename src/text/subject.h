/*
 * What a subject says in shorthand: `Sev2 cluster b: imap logins failing`.
 * Re:, Fwd:, [EXTERNAL] and tags such as [INC-2026-0042] in front are
 * skipped.  Fields of the mail win over it; words after the colon are no
 * data.
 */
#ifndef TEXT_SUBJECT_H
#define TEXT_SUBJECT_H

#include "base/arena.h"
#include "model/conf.h"

struct shorthand {
	int severity;          /* 0: none */
	const char *component; /* slug, NULL */
	const char *words;     /* behind all that, "" if nothing is left */
};

void subject_read(struct arena *mem, const struct conf *conf,
    const char *subject, struct shorthand *out);

#endif
