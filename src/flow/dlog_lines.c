#include "flow/dlog_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

struct dlog_lines {
	FILE *file;
	char *line;
	size_t cap;
};

enum status
dlog_lines_open(struct job *j, const char *state, int64_t letter,
    struct dlog_lines **out)
{
	char *path = arena_printf(j->mem, "%s/deliveries/%lld.log", state,
	    (long long)letter);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct dlog_lines *l;

	*out = NULL;
	if (fd < 0 && errno == ENOENT)
		return ST_OK;
	if (fd < 0)
		return job_fail(j, ST_TEMP, "cannot open %s: %s", path,
		    strerror(errno));
	if ((l = calloc(1, sizeof *l)) == NULL ||
	    (l->file = fdopen(fd, "r")) == NULL)
		die("out of memory for a delivery log");
	*out = l;
	return ST_OK;
}

void
dlog_lines_close(struct dlog_lines *l)
{
	if (l == NULL)
		return;
	(void)fclose(l->file);
	free(l->line);
	free(l);
}

/* Cuts the line in place. */
static bool
read_line(char *line, struct dlog_line *out)
{
	const char *s = line;
	int64_t code;
	char *end;

	*out = (struct dlog_line){ .server = "", .reply = "" };
	if (!text_take_int(&s, &out->member) ||
	    !text_take_int(&s, &out->time) || !text_take_int(&s, &code) ||
	    code < 0 || code > 999 || (*s != ' ' && *s != '\0'))
		return false;
	out->code = (int)code;
	out->reply = *s == ' ' ? s + 1 : s;
	if (*out->reply == '@' && (end = strchr(out->reply, ' ')) != NULL) {
		*end = '\0';
		out->server = out->reply + 1;
		out->reply = end + 1;
	}
	return true;
}

bool
dlog_lines_next(struct dlog_lines *l, struct dlog_line *out)
{
	ssize_t n;

	while ((n = getline(&l->line, &l->cap, l->file)) > 0) {
		if (l->line[n - 1] != '\n')
			return false; /* it is being written */
		l->line[n - 1] = '\0';
		if (strlen(l->line) == (size_t)n - 1 && read_line(l->line, out))
			return true;
	}
	return false;
}
