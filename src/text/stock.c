#include "text/stock.h"

#include <string.h>

#include "base/text.h"

static const char *const keys[STOCK_COUNT] = {
	[STOCK_INVESTIGATING] = "investigating",
	[STOCK_IDENTIFIED] = "identified",
	[STOCK_MONITORING] = "monitoring",
	[STOCK_RESOLVED] = "resolved",
	[STOCK_SAME] = "same",
	[STOCK_LIMITED] = "limited",
	[STOCK_DELAY] = "delay",
	[STOCK_EVERY] = "every",
};

static int
kind_of(const char *key)
{
	for (int i = 0; i < STOCK_COUNT; i++)
		if (strcmp(keys[i], key) == 0)
			return i;
	return -1;
}

static enum status
read_line(struct job *j, struct arena *mem, const char *line, struct stock *out)
{
	size_t n = strcspn(line, "=");
	int kind;

	if (line[n] == '\0')
		return job_fail(j, ST_PERM, "write it as state = text");
	kind = kind_of(text_trim(j->mem, arena_copy(j->mem, line, n)));
	if (kind < 0)
		return job_fail(j, ST_PERM, "no such state; remove the line");
	out->text[kind] = text_trim(mem, line + n + 1);
	return ST_OK;
}

enum status
stock_read(struct job *j, struct arena *mem, const char *path, const char *text,
    struct stock *out)
{
	char *rest = arena_str(j->mem, text), *line;
	unsigned number = 0;

	*out = (struct stock){ { NULL } };
	while ((line = text_line(&rest)) != NULL) {
		struct job quiet = *j;

		number++;
		if (text_blank(line) || line[0] == '#')
			continue;
		if (read_line(&quiet, mem, line, out) != ST_OK)
			return job_fail(j, ST_PERM, "%s:%u: %s", path, number,
			    quiet.why);
	}
	for (int i = 0; i < STOCK_COUNT; i++)
		if (out->text[i] == NULL)
			return job_fail(j, ST_PERM, "%s: add a line %s = text",
			    path, keys[i]);
	return ST_OK;
}
