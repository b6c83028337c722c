#include "cmd/turn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { WAITS = 40, WAIT_NS = 50 * 1000 * 1000, LINE = 64 };

static bool
lock(int fd)
{
	const struct timespec pause = { .tv_nsec = WAIT_NS };

	for (int i = 0; i < WAITS; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		(void)nanosleep(&pause, NULL);
	}
	return false;
}

enum status
turn_take(struct job *j, const char *state, struct turn *out)
{
	char *path = arena_printf(j->mem, "%s/turn", state);

	out->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (out->fd < 0)
		return job_fail(j, ST_TEMP, "cannot open %s: %s", path,
		    strerror(errno));
	if (lock(out->fd))
		return ST_OK;
	turn_give(out);
	return ST_NONE;
}

/* Not synced: it is for a process that dies, not for a machine that does. */
bool
turn_try(struct turn *t, int64_t message)
{
	char line[LINE] = "";
	const char *s = line;
	int64_t last, tries;
	int n;

	if (pread(t->fd, line, sizeof line - 1, 0) <= 0 ||
	    !text_take_int(&s, &last) || last != message ||
	    !text_take_int(&s, &tries))
		tries = 0;
	if (tries >= TURN_TRIES)
		return false;
	n = snprintf(line, sizeof line, "%lld %d\n", (long long)message,
	    (int)tries + 1);
	if (pwrite(t->fd, line, (size_t)n, 0) != n || ftruncate(t->fd, n) != 0)
		return true;
	return true;
}

void
turn_spare(struct turn *t)
{
	(void)!ftruncate(t->fd, 0);
}

void
turn_give(struct turn *t)
{
	if (t->fd >= 0)
		(void)close(t->fd);
	t->fd = -1;
}
