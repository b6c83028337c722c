/*
 * Preloaded into sitrep: every statement that it prepares goes to the file
 * that SQLSHIM names, a line each.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST = 16384 };

static void
note(const char *sql)
{
	const char *path = getenv("SQLSHIM");
	char line[LONGEST];
	size_t n = strnlen(sql, sizeof line - 1);
	int fd;

	if (path == NULL)
		return;
	for (size_t i = 0; i < n; i++)
		line[i] = sql[i] == '\n' || sql[i] == '\t' ? ' ' : sql[i];
	line[n++] = '\n';
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	if (write(fd, line, n) < 0)
		abort();
	close(fd);
}

int
sqlite3_prepare_v2(void *db, const char *sql, int n, void **out,
    const char **tail)
{
	int (*real)(void *, const char *, int, void **, const char **) =
	    dlsym(RTLD_NEXT, "sqlite3_prepare_v2");

	note(sql);
	return real(db, sql, n, out, tail);
}

int
sqlite3_prepare_v3(void *db, const char *sql, int n, unsigned flags, void **out,
    const char **tail)
{
	int (*real)(void *, const char *, int, unsigned, void **,
	    const char **) = dlsym(RTLD_NEXT, "sqlite3_prepare_v3");

	note(sql);
	return real(db, sql, n, flags, out, tail);
}
