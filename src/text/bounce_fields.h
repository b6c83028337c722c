/*
 * The fields of a delivery report (RFC 3464, 6533) and of a feedback report
 * (RFC 5965), as servers really write them: groups that run into one another,
 * types left out, names of fields in any case, folded lines that aren't.
 */
#ifndef TEXT_BOUNCE_FIELDS_H
#define TEXT_BOUNCE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct bounce_field_group { /* of one recipient; "" is not given */
	const char *original, *final, *actual; /* addresses */
	const char *action, *status, *diagnostic;
};

struct bounce_fields {
	struct bounce_field_group *at;
	size_t n; /* at most BOUNCE_MOST */
};

/* text: the part itself, or any text in which such lines stand. */
void bounce_fields_read(struct arena *mem, const char *text,
    struct bounce_fields *out);

struct bounce_feedback {
	const char *type;        /* abuse, fraud, not-spam; "" if none */
	const char **recipients; /* as far as it says */
	size_t n;                /* at most BOUNCE_MOST */
};

/* false: that isn't one. */
bool bounce_feedback_read(struct arena *mem, const char *text,
    struct bounce_feedback *out);

#endif
