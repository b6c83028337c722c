/*
 * Files of members.  A line that is taken has an address that may be written
 * into SMTP, and is the same member when what we write of it is read again;
 * one that isn't has a reason.  A dump of Mailman's is read or not, with
 * members whose strings end.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "text/csv.h"
#include "text/mailman.h"
#include "text/roster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct component parts[] = { { .slug = "email-b",
    .name = "Email Cluster B",
    .group = "Email",
    .visible = true } };
static const struct conf conf = { .components = parts, .n_components = 1 };

static char *
written(struct arena *mem, const struct member *m)
{
	struct buf b = BUF_INIT;
	char *s;

	roster_put(&b, mem, m);
	s = arena_str(mem, b.data);
	buf_free(&b);
	return s;
}

static const char *
read_line(struct arena *mem, const char *head, const char *line,
    struct member *m)
{
	char *values[ROSTER_FIELDS], *copy = arena_str(mem, head);
	struct roster r = { .has = { false } };

	*m = (struct member){ .address = "" };
	if (!roster_header(&r, values,
		csv_split(copy, ',', values, ROSTER_FIELDS)))
		return "";
	copy = arena_str(mem, line);
	return roster_read(mem, &conf, &r, values,
	    csv_split(copy, ',', values, ROSTER_FIELDS), m);
}

static void
line(struct arena *mem, const char *text)
{
	struct member m, again;
	const char *why = read_line(mem, roster_head, text, &m);

	if (why != NULL && *why == '\0')
		abort();
	if (why != NULL)
		return;
	if (!text_is_address(m.address))
		abort();
	text = written(mem, &m);
	if (read_line(mem, roster_head, text, &again) != NULL ||
	    strcmp(written(mem, &again), text) != 0)
		abort();
}

static void
dump(struct arena *mem, char *text)
{
	struct mailman_member *all;
	size_t n, sum = 0;

	if (!mailman_read(mem, text, &all, &n))
		return;
	for (size_t i = 0; i < n; i++)
		sum += strlen(all[i].address) + strlen(all[i].lang) +
		       strlen(all[i].status);
	if (sum == SIZE_MAX)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	char *copy = arena_copy(mem, (const char *)data, n);
	struct buf text = BUF_INIT;

	dump(mem, arena_str(mem, copy));
	(void)text_repair(&text, copy, n);
	line(mem, text.data);
	buf_free(&text);
	arena_free(mem);
	return 0;
}
