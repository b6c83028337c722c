/*
 * What is odd about a rota that could be read: overlaps and gaps, each with
 * its line and how to mend it.  For check, and for the log of serve.
 */
#ifndef CMD_ROTA_LOOK_H
#define CMD_ROTA_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/rota.h"

struct oddity {
	bool wrong; /* somebody would be missing; else a warning */
	const char *says;
};

size_t rota_look(struct job *j, const struct conf *c, const struct rota *r,
    struct oddity **out);

#endif
