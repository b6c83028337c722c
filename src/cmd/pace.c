#include "cmd/pace.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"

enum { LINE = 100 };

int64_t
pace_machine_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t
pace_now(const struct pace *p)
{
	return p->began + (pace_machine_ms() - p->machine_ms) * p->rate / 1000;
}

static char *
path_of(struct job *j, const char *state)
{
	return arena_printf(j->mem, "%s/clock", state);
}

enum status
pace_read(struct job *j, const char *state, struct pace *out)
{
	char *path = path_of(j, state);
	struct buf b = BUF_INIT;
	struct pace p = { 0 };
	const char *s;
	enum status st = file_read(j, path, LINE, &b);

	s = b.data;
	if (st == ST_OK && (!text_take_int(&s, &p.machine_ms) ||
			       !text_take_int(&s, &p.began) ||
			       !text_take_int(&s, &p.rate) || p.rate < 1))
		st = job_fail(j, ST_PERM, "%s can't be read: remove it", path);
	buf_free(&b);
	if (st == ST_OK)
		*out = p;
	return st;
}

/* Aside and renamed: others read it at any moment. */
enum status
pace_begin(struct job *j, const char *state, int64_t rate, int64_t began,
    struct pace *out)
{
	char *path = path_of(j, state), *aside;
	const struct pace p = { pace_machine_ms(), began, rate };
	char *line =
	    arena_printf(j->mem, "%" PRId64 " %" PRId64 " %" PRId64 "\n",
		p.machine_ms, p.began, p.rate);
	int fd, bad;

	aside = arena_printf(j->mem, "%s~", path);
	fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bad = fd < 0 || file_write_all(fd, line, strlen(line)) != 0;
	if (fd >= 0 && close(fd) != 0)
		bad = 1;
	if (bad || rename(aside, path) != 0)
		return job_fail(j, ST_TEMP, "cannot write %s: %s", path,
		    strerror(errno));
	*out = p;
	return ST_OK;
}

void
pace_end(struct job *j, const char *state)
{
	(void)unlink(path_of(j, state));
}
