#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/when.h"
#include "cmd/web.h"

static const struct type {
	const char *ending, *type;
} types[] = {
	/* clang-format off */
	{ ".html", "text/html; charset=utf-8" },
	{ ".css",  "text/css; charset=utf-8" },
	{ ".txt",  "text/plain; charset=utf-8" },
	{ ".json", "application/json; charset=utf-8" },
	{ ".atom", "application/atom+xml; charset=utf-8" },
	{ ".xml",  "application/xml; charset=utf-8" },
	{ ".ics",  "text/calendar; charset=utf-8" },
	{ ".svg",  "image/svg+xml" },
	{ ".png",  "image/png" },
	{ ".ico",  "image/x-icon" },
	{ ".mbox", "application/mbox" },
	/* clang-format on */
};

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte at *s, which moves on; -1: a % that isn't followed by two. */
static int
decode(const char **s)
{
	const char *p = *s;

	if (*p != '%') {
		(*s)++;
		return (unsigned char)*p;
	}
	if (digit(p[1]) < 0 || digit(p[2]) < 0)
		return -1;
	*s += 3;
	return digit(p[1]) * 16 + digit(p[2]);
}

/* Names of the tree are made of these; a name never begins with a dot. */
static bool
may_stand(int c, int before)
{
	if (c == '.')
		return before != '/';
	if (c == '/')
		return before != '/';
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_';
}

enum status
web_path(struct job *j, const char *sent, const char **out)
{
	char *path = arena_alloc(j->mem, strlen(sent) + 2);
	bool fine = true;
	int before = '/';
	size_t n = 0;

	*out = NULL;
	if (sent[0] != '/')
		return ST_PERM;
	for (sent++; *sent != '\0';) {
		int c = decode(&sent);

		if (c == 0)
			return ST_PERM;
		if (c < 0 || !may_stand(c, before)) {
			fine = false;
			sent += c < 0;
		}
		before = c;
		path[n++] = (char)c;
	}
	if (fine)
		*out = n == 0 ? "." : path;
	return ST_OK;
}

/* Name by name: never up, never through a link, whatever the kernel's age. */
static int
open_inside(struct job *j, int tree, const char *path)
{
	const int flags =
	    O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW;
	int at = tree, fd;

	for (;;) {
		size_t n = strcspn(path, "/");
		bool last = path[n] == '\0';

		if (n == 0 || path[0] == '.')
			fd = -1;
		else
			fd = openat(at, arena_copy(j->mem, path, n),
			    last ? flags : flags | O_DIRECTORY);
		if (at != tree)
			(void)close(at);
		if (fd < 0 || last)
			return fd;
		at = fd;
		path += n + 1;
	}
}

static void
find_type(const char *path, struct web_file *f)
{
	const char *dot = strrchr(path, '.');

	f->type = "application/octet-stream";
	f->download = true;
	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
		if (strcmp(dot, types[i].ending) == 0) {
			f->type = types[i].type;
			f->download = false;
		}
}

/* RFC 9110, 5.6.7: like RFC 5322, but with GMT. */
static char *
http_date(struct job *j, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(j->mem, "%s, %02d %s %04d %02d:%02d:%02d GMT",
	    when_weekday(c.weekday), c.day, when_month(c.month), c.year, c.hour,
	    c.minute, c.second);
}

static void
describe(struct job *j, const char *path, const struct stat *sb,
    struct web_file *f)
{
	f->size = (size_t)sb->st_size;
	f->changed = sb->st_mtim.tv_sec;
	f->modified = http_date(j, f->changed);
	f->etag = arena_printf(j->mem, "\"%llx-%llx-%llx\"",
	    (unsigned long long)sb->st_ino, (unsigned long long)f->size,
	    (unsigned long long)sb->st_mtim.tv_sec * 1000000000ULL +
		(unsigned long long)sb->st_mtim.tv_nsec);
	find_type(path, f);
}

static enum web_found
open_file(struct job *j, int tree, const char *path, struct web_file *out)
{
	struct stat sb;
	int fd = open_inside(j, tree, path);

	if (fd < 0)
		return WEB_NOTHING;
	if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode)) {
		describe(j, path, &sb, out);
		out->fd = fd;
		return WEB_FILE;
	}
	(void)close(fd);
	return S_ISDIR(sb.st_mode) ? WEB_FOLDER : WEB_NOTHING;
}

enum web_found
web_open(struct job *j, int tree, const char *path, struct web_file *out)
{
	size_t n = strlen(path);

	if (strcmp(path, ".") == 0)
		return open_file(j, tree, "index.html", out);
	if (path[n - 1] != '/')
		return open_file(j, tree, path, out);
	return open_file(j, tree, arena_printf(j->mem, "%sindex.html", path),
	    out);
}
