#include "base/job.h"

#include <stdarg.h>
#include <stdio.h>

void
job_begin(struct job *j, const char *id, int64_t now)
{
	*j = (struct job){ .mem = arena_new(), .now = now, .id = id };
}

void
job_end(struct job *j)
{
	arena_free(j->mem);
	j->mem = NULL;
}

enum status
job_fail(struct job *j, enum status st, const char *fmt, ...)
{
	va_list ap;

	if (j->why[0] != '\0')
		return st;
	va_start(ap, fmt);
	(void)vsnprintf(j->why, sizeof j->why, fmt, ap);
	va_end(ap);
	return st;
}

void
job_forget(struct job *j)
{
	j->why[0] = '\0';
}
