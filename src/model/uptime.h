/*
 * Paper: how long a service was well in a while (text/uptime.h).
 */
#ifndef MODEL_UPTIME_H
#define MODEL_UPTIME_H

#include <stdint.h>

#include "model/words.h"

enum { UPTIME_LEVELS = LEVEL_MAJOR + 1 };

struct uptime {
	int64_t observed; /* seconds in which it existed, until as_of */
	int64_t seconds[UPTIME_LEVELS]; /* at each level above operational */
	enum level worst;               /* LEVEL_UNSET: nothing observed */
	const char *event;              /* what the worst is of; NULL: none */
};

#endif
