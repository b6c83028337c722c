/*
 * Paper: what an issue of a digest tells, from public papers alone.  Gathered
 * by cmd/issues.c, put into words by text/roundup.c.
 */
#ifndef MODEL_ROUNDUP_H
#define MODEL_ROUNDUP_H

#include <stddef.h>

#include "model/issue.h"
#include "model/public_update.h"

struct roundup_event {
	struct public_event then; /* when it begins; n_updates 0: not yet */
	struct public_event now;  /* when it ends */
};

struct roundup_service {
	const char *name;
	enum level then, now;
};

struct roundup {
	const struct issue *issue;
	const struct issue *before; /* of its kind; NULL: it is the first */
	const struct roundup_event *events;
	size_t n;
	const struct roundup_service *services;
	size_t n_services;
	/* The signed checkpoint of the chain on the last day that is over and
	 * had a post, as it stands at that path; "": there is none yet. */
	const char *checkpoint, *checkpoint_path;
};

#endif
