/*
 * Paper: an interval in which an event says that a service isn't well.
 */
#ifndef MODEL_SPAN_H
#define MODEL_SPAN_H

#include <stdint.h>

#include "model/words.h"

#define SPAN_OPEN INT64_MAX /* until: not over */

struct span {
	const char *slug;
	enum level level;     /* above operational */
	int64_t since, until; /* seconds UTC, until isn't of it */
	const char *event;    /* "INC-2026-0042" */
};

#endif
