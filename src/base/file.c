#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum { PIECE = 64 * 1024 };

enum status
file_read_fd(struct job *j, int fd, size_t max, struct buf *out, int *more)
{
	size_t start = out->len;
	ssize_t n;

	*more = 0;
	for (;;) {
		buf_reserve(out, PIECE);
		n = read(fd, out->data + out->len, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return job_fail(j, ST_TEMP, "cannot read: %s",
			    strerror(errno));
		if (n == 0)
			return ST_OK;
		out->len += (size_t)n;
		out->data[out->len] = '\0';
		if (out->len - start > max) {
			*more = 1;
			buf_cut(out, start + max);
			return ST_OK;
		}
	}
}

enum status
file_read(struct job *j, const char *path, size_t max, struct buf *out)
{
	int more, fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum status st;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return ST_NONE;
	if (fd < 0)
		return job_fail(j, ST_TEMP, "cannot open %s: %s", path,
		    strerror(errno));
	st = file_read_fd(j, fd, max, out, &more);
	(void)close(fd);
	if (st == ST_OK && more)
		return job_fail(j, ST_PERM, "%s is longer than %zu bytes", path,
		    max);
	return st;
}

int
file_write_all(int fd, const void *data, size_t n)
{
	const char *p = data;

	while (n != 0) {
		ssize_t w = write(fd, p, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return -1;
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

enum status
file_mkdirs(struct job *j, const char *path, mode_t mode)
{
	char *p = arena_str(j->mem, path);

	if (mkdir(p, mode) == 0 || errno == EEXIST)
		return ST_OK;
	for (char *s = p + 1; *s != '\0'; s++) {
		if (*s != '/')
			continue;
		*s = '\0';
		if (mkdir(p, mode) != 0 && errno != EEXIST && errno != EROFS)
			return job_fail(j, ST_TEMP,
			    "cannot make the folder %s: %s", p,
			    strerror(errno));
		*s = '/';
	}
	if (mkdir(p, mode) != 0 && errno != EEXIST)
		return job_fail(j, ST_TEMP, "cannot make the folder %s: %s", p,
		    strerror(errno));
	return ST_OK;
}

static int
holds(struct job *j, const char *path, const void *data, size_t n)
{
	struct buf have = BUF_INIT;
	struct stat sb;
	int same = 0;

	if (stat(path, &sb) != 0 || (size_t)sb.st_size != n)
		return 0;
	if (file_read(j, path, n + 1, &have) == ST_OK)
		same = have.len == n && memcmp(have.data, data, n) == 0;
	buf_free(&have);
	return same;
}

int
file_sync_above(struct job *j, const char *path)
{
	char *dir = arena_str(j->mem, path), *slash = strrchr(dir, '/');
	int fd, r;

	if (slash == NULL)
		dir = arena_str(j->mem, ".");
	else
		slash[slash == dir] = '\0';
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	r = fsync(fd);
	(void)close(fd);
	return r;
}

static int
fill(int fd, const void *data, size_t n, mode_t mode, enum file_sync sync)
{
	if (file_write_all(fd, data, n) != 0 || fchmod(fd, mode) != 0)
		return -1;
	return sync == FILE_SYNC ? fsync(fd) : 0;
}

enum status
file_write(struct job *j, const char *path, const void *data, size_t n,
    mode_t mode, enum file_sync sync)
{
	char *aside = arena_printf(j->mem, "%s.%ld~", path, (long)getpid());
	int fd, bad;

	if (holds(j, path, data, n))
		return ST_NONE;
	fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0)
		return job_fail(j, ST_TEMP, "cannot write %s: %s", aside,
		    strerror(errno));
	bad = fill(fd, data, n, mode, sync) != 0;
	if (close(fd) != 0 || bad || rename(aside, path) != 0) {
		enum status st = job_fail(j, ST_TEMP, "cannot write %s: %s",
		    path, strerror(errno));

		(void)unlink(aside);
		return st;
	}
	if (sync == FILE_SYNC && file_sync_above(j, path) != 0)
		return job_fail(j, ST_TEMP, "cannot sync the folder of %s: %s",
		    path, strerror(errno));
	return ST_OK;
}

/* The writer that a name is of, "index.html.4711~"; 0: it isn't such a name. */
static pid_t
writer_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t n = dot == NULL ? 0 : strspn(dot + 1, "0123456789");

	if (dot == NULL || dot == name || n == 0 || n > 9 ||
	    strcmp(dot + 1 + n, "~") != 0)
		return 0;
	return (pid_t)text_number(dot + 1);
}

/* Ours is gone too: it had the same number before. */
static int
is_gone(pid_t pid)
{
	return pid == getpid() || (kill(pid, 0) != 0 && errno == ESRCH);
}

void
file_sweep(struct job *j, const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		pid_t pid = writer_of(e->d_name);

		if (pid != 0 && is_gone(pid))
			(void)unlink(
			    arena_printf(j->mem, "%s/%s", folder, e->d_name));
	}
	(void)closedir(d);
}
