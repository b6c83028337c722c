#include "cmd/progress.h"

#include <stdio.h>

#include "base/when.h"

enum { TICK_MS = 250 };

void
progress_show(struct progress *p, const struct broadcast *b)
{
	int64_t ms = when_steady();
	bool over = broadcast_over(b);
	struct broadcast_counts n;

	if (!p->on || (!over && ms < p->next))
		return;
	p->next = ms + TICK_MS;
	broadcast_count(b, &n);
	/* \033[K: what an earlier, longer line left is erased. */
	(void)fprintf(stderr,
	    "%s: %lld accepted, %lld refused, %lld deferred\033[K%s",
	    broadcast_of(b)->list, (long long)n.taken, (long long)n.refused,
	    (long long)n.later, over ? "\n" : "\r");
	(void)fflush(stderr);
}
