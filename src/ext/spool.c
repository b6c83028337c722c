#include "ext/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/file.h"

enum status
spool_open(struct job *j, const char *dir)
{
	static const char *const parts[] = { "tmp", "new", "cur" };
	enum status st = ST_OK;

	for (size_t i = 0; i < 3 && st == ST_OK; i++) {
		char *p = arena_printf(j->mem, "%s/%s", dir, parts[i]);

		st = file_mkdirs(j, p, 0700);
	}
	return st;
}

static int
fill(const char *path, const void *p, size_t n)
{
	int bad, fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	bad = file_write_all(fd, p, n) != 0 || fsync(fd) != 0;
	return close(fd) != 0 || bad ? -1 : 0;
}

/* Unique by time, process, sequence and a random number, as Maildir asks. */
static char *
name(struct job *j, unsigned long seq)
{
	unsigned long random = 0;
	char host[65] = "";

	(void)gethostname(host, sizeof host - 1);
	for (char *p = host; *p != '\0'; p++)
		if (*p == '/' || *p == ':')
			*p = '_';
	(void)!getrandom(&random, sizeof random, 0);
	return arena_printf(j->mem, "%lld.P%ldQ%luR%lx.%s", (long long)j->now,
	    (long)getpid(), seq, random, *host == '\0' ? "localhost" : host);
}

enum status
spool_put(struct job *j, const char *dir, unsigned long seq, const void *p,
    size_t n)
{
	char *unique = name(j, seq);
	char *tmp = arena_printf(j->mem, "%s/tmp/%s", dir, unique);
	char *new = arena_printf(j->mem, "%s/new/%s", dir, unique);
	enum status st;

	if (fill(tmp, p, n) == 0 && rename(tmp, new) == 0)
		return ST_OK;
	st = job_fail(j, ST_TEMP, "cannot write %s: %s", tmp, strerror(errno));
	(void)unlink(tmp);
	return st;
}

enum status
spool_sync(struct job *j, const char *dir)
{
	char *new = arena_printf(j->mem, "%s/new", dir);
	int bad, fd = open(new, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return job_fail(j, ST_TEMP, "cannot open %s: %s", new,
		    strerror(errno));
	bad = fsync(fd);
	(void)close(fd);
	if (bad != 0)
		return job_fail(j, ST_TEMP, "cannot sync %s: %s", new,
		    strerror(errno));
	return ST_OK;
}
