#include "flow/dlog_sum.h"

#include <stdlib.h>
#include <string.h>

#include "base/numbers.h"
#include "flow/dlog_lines.h"

struct seen { /* members of one letter */
	struct numbers *done, *tried;
};

static bool
is_final(int code)
{
	return (code >= 200 && code <= 299) || (code >= 500 && code <= 599);
}

/* Of a member who is named twice the first final answer counts. */
static void
take(struct dlog_sum *s, struct seen *seen, const struct dlog_line *l,
    int64_t queued)
{
	bool tried = numbers_has(seen->tried, l->member);
	int64_t wait = l->time - queued;
	int32_t kept = wait < 0           ? 0
		       : wait > INT32_MAX ? INT32_MAX
					  : (int32_t)wait;

	if (numbers_has(seen->done, l->member))
		return;
	if (!is_final(l->code)) {
		s->deferred += !tried;
		numbers_put(seen->tried, l->member);
		return;
	}
	numbers_put(seen->done, l->member);
	s->deferred -= tried;
	if (l->code >= 500) {
		s->refused++;
		return;
	}
	s->accepted++;
	buf_add(&s->waits, &kept, sizeof kept);
}

enum status
dlog_sum_add(struct job *j, const char *state, int64_t letter, int64_t queued,
    struct dlog_sum *s)
{
	struct seen seen = { numbers_new(), numbers_new() };
	struct dlog_lines *lines;
	struct dlog_line line;
	enum status st = dlog_lines_open(j, state, letter, &lines);

	while (lines != NULL && dlog_lines_next(lines, &line))
		take(s, &seen, &line, queued);
	dlog_lines_close(lines);
	numbers_free(seen.done);
	numbers_free(seen.tried);
	return st;
}

void
dlog_sum_join(struct dlog_sum *to, const struct dlog_sum *from)
{
	to->accepted += from->accepted;
	to->refused += from->refused;
	to->deferred += from->deferred;
	buf_add(&to->waits, from->waits.data, from->waits.len);
}

static int
by_length(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int64_t
dlog_sum_percentile(struct dlog_sum *s, unsigned of_hundred)
{
	size_t n = s->waits.len / sizeof(int32_t), at;
	int32_t wait;

	if (n == 0)
		return -1;
	qsort(s->waits.data, n, sizeof wait, by_length);
	at = (n * of_hundred + 99) / 100;
	memcpy(&wait, s->waits.data + (at == 0 ? 0 : at - 1) * sizeof wait,
	    sizeof wait);
	return wait;
}

void
dlog_sum_free(struct dlog_sum *s)
{
	buf_free(&s->waits);
}
