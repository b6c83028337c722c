#include "base/job.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/hear.h"

void
job_begin(struct job *j, const char *id, int64_t now)
{
	*j = (struct job){ .mem = arena_new(), .now = now, .id = id };
}

void
job_end(struct job *j)
{
	job_leave(j, 0);
	arena_free(j->mem);
	j->mem = NULL;
}

/* What is too long is a name within: its middle goes, the remedy stays. */
static void
shorten(char *why, size_t size, const char *whole)
{
	static const char gap[] = " ... ";
	size_t n = strlen(whole), head = size / 3;
	const char *tail = whole + n - (size - head - sizeof gap);

	while (((unsigned char)whole[head] & 0xc0) == 0x80)
		head--;
	while (((unsigned char)*tail & 0xc0) == 0x80)
		tail++;
	(void)snprintf(why, size, "%.*s%s%s", (int)head, whole, gap, tail);
}

enum status
job_fail(struct job *j, enum status st, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (j->why[0] != '\0')
		return st;
	va_start(ap, fmt);
	n = vsnprintf(j->why, sizeof j->why, fmt, ap);
	va_end(ap);
	if (n < (int)sizeof j->why)
		return st;
	va_start(ap, fmt);
	shorten(j->why, sizeof j->why, arena_vprintf(j->mem, fmt, ap));
	va_end(ap);
	return st;
}

void
job_forget(struct job *j)
{
	j->why[0] = '\0';
}

void
job_leave(struct job *j, pid_t child)
{
	if (j->dying != 0)
		(void)hear_end(j->dying);
	j->dying = child;
}

struct job_shelf {
	const char *name;
	const void *what;
	struct job_shelf *next;
};

const void *
job_kept(const struct job *j, const char *name)
{
	for (const struct job_shelf *k = j->kept; k != NULL; k = k->next)
		if (strcmp(k->name, name) == 0)
			return k->what;
	return NULL;
}

void
job_keep(struct job *j, const char *name, const void *what)
{
	struct job_shelf *k;

	if (!j->keeps)
		return;
	k = arena_alloc(j->mem, sizeof *k);
	*k = (struct job_shelf){ arena_str(j->mem, name), what, j->kept };
	j->kept = k;
}
