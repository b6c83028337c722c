/*
 * What the delivery logs of one or more letters come to: how many copies, and
 * how long they took from the writing of the letter to the server's yes.
 */
#ifndef FLOW_DLOG_SUM_H
#define FLOW_DLOG_SUM_H

#include "base/buf.h"
#include "base/job.h"

struct dlog_sum {
	int64_t accepted, refused; /* members with a final answer */
	int64_t deferred;          /* tried, and to be tried again */
	struct buf waits;          /* int32_t seconds of each accepted one */
};

#define DLOG_SUM_INIT \
	{ \
		0, 0, 0, BUF_INIT \
	}

/* Adds a letter that was written at `queued`; without a log nothing. */
enum status dlog_sum_add(struct job *j, const char *state, int64_t letter,
    int64_t queued, struct dlog_sum *s) must_check;
void dlog_sum_join(struct dlog_sum *to, const struct dlog_sum *from);
/* So many of a hundred took no longer, in seconds; -1: none was accepted. */
int64_t dlog_sum_percentile(struct dlog_sum *s, unsigned of_hundred);
void dlog_sum_free(struct dlog_sum *s);

#endif
