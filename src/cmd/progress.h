/* How far a broadcast is, as one line of a terminal that is written over. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/broadcast.h"

struct progress {
	bool on;
	int64_t next; /* ms */
};

/* Four times a second, and at the end of a broadcast with a line end. */
void progress_show(struct progress *p, const struct broadcast *b);

#endif
