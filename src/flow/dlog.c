#include "flow/dlog.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/line.h"
#include "base/log.h"
#include "base/numbers.h"
#include "base/text.h"

enum {
	PIECE = 64 * 1024,
	LINE_MOST = 2048,       /* longer is none of ours */
	HEAD = 64,              /* three numbers */
	RESERVE = 1024 * 1024,  /* asked of the disk at a time */
	KEEP_FREE = 512 * 1024, /* a few hundred outcomes */
};

struct dlog {
	int fd;
	bool ours; /* the lock is */
	char *path;
	off_t size, reserved;
	int64_t taken, refused;
	struct buf added;
	struct numbers *done; /* members */
};

bool
dlog_done(const struct dlog *d, int64_t member)
{
	return numbers_has(d->done, member);
}

static void
count(struct dlog *d, int code)
{
	if (code >= 200 && code <= 299)
		d->taken++;
	else if (code >= 500 && code <= 599)
		d->refused++;
}

static void
read_line(struct dlog *d, const char *line)
{
	int64_t member, time, code;

	if (!text_take_int(&line, &member) || !text_take_int(&line, &time) ||
	    !text_take_int(&line, &code) || (*line != ' ' && *line != '\0') ||
	    dlog_done(d, member))
		return;
	if (code < 200 || (code > 299 && code < 500) || code > 999)
		return;
	count(d, (int)code);
	numbers_put(d->done, member);
}

/* Whole lines of the piece; what is left of it moves to its front. */
static size_t
read_lines(struct dlog *d, char *piece, size_t n)
{
	char *line = piece, *end;

	while ((end = memchr(line, '\n', n - (size_t)(line - piece))) != NULL) {
		*end = '\0';
		if (end - line < LINE_MOST)
			read_line(d, line);
		line = end + 1;
	}
	n -= (size_t)(line - piece);
	memmove(piece, line, n);
	return n < PIECE ? n : 0;
}

/* From d->size on; *whole is where its last whole line ends. */
static int
read_all(struct dlog *d, off_t *whole)
{
	char *piece = malloc(PIECE + 1);
	size_t left = 0;
	ssize_t n = 0;

	if (piece == NULL)
		die("out of memory for a delivery log");
	while ((n = pread(d->fd, piece + left, PIECE - left, d->size)) > 0) {
		d->size += n;
		left = read_lines(d, piece, left + (size_t)n);
		*whole = d->size - (off_t)left;
	}
	free(piece);
	return n < 0 ? -1 : 0;
}

static int
read_log(struct dlog *d)
{
	off_t whole = 0;

	if (read_all(d, &whole) != 0)
		return -1;
	/* Torn by a kill: were it continued, it might read as another line. */
	if (whole != d->size && ftruncate(d->fd, whole) != 0)
		return -1;
	d->size = d->reserved = whole;
	return 0;
}

static enum status
fail(struct job *j, const struct dlog *d, const char *what)
{
	return job_fail(j, ST_TEMP, "cannot %s %s: %s", what, d->path,
	    strerror(errno));
}

static enum status
open_log(struct job *j, struct dlog *d)
{
	d->fd = open(d->path,
	    O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (d->fd < 0)
		return fail(j, d, "open");
	if (flock(d->fd, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? ST_NONE : fail(j, d, "lock");
	d->ours = true;
	return read_log(d) == 0 ? ST_OK : fail(j, d, "read");
}

static void
set_path(struct job *j, struct dlog *d, const char *dir, int64_t letter)
{
	free(d->path);
	d->path =
	    strdup(arena_printf(j->mem, "%s/%lld.log", dir, (long long)letter));
	if (d->path == NULL)
		die("out of memory for a delivery log");
}

static struct dlog *
new_log(void)
{
	struct dlog *d = calloc(1, sizeof *d);

	if (d == NULL)
		die("out of memory for a delivery log");
	d->fd = -1;
	d->done = numbers_new();
	d->added = (struct buf)BUF_INIT;
	return d;
}

static enum status
look(struct job *j, struct dlog *d)
{
	off_t whole = 0;
	int bad;

	d->fd = open(d->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (d->fd < 0)
		return errno == ENOENT ? ST_OK : fail(j, d, "open");
	d->size = 0;
	bad = read_all(d, &whole);
	(void)close(d->fd);
	d->fd = -1;
	return bad ? fail(j, d, "read") : ST_OK;
}

enum status
dlog_look(struct job *j, const char *state, const int64_t *letters, size_t n,
    struct dlog **out)
{
	char *dir = arena_printf(j->mem, "%s/deliveries", state);
	struct dlog *d = new_log();
	enum status st = ST_OK;

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		set_path(j, d, dir, letters[i]);
		st = look(j, d);
	}
	*out = st == ST_OK ? d : NULL;
	if (st != ST_OK)
		dlog_close(d);
	return st;
}

enum status
dlog_open(struct job *j, const char *state, int64_t letter, struct dlog **out)
{
	char *dir = arena_printf(j->mem, "%s/deliveries", state);
	enum status st = file_mkdirs(j, dir, 0700);
	struct dlog *d;

	*out = NULL;
	if (st != ST_OK)
		return st;
	d = new_log();
	set_path(j, d, dir, letter);
	if ((st = open_log(j, d)) == ST_OK)
		*out = d;
	else
		dlog_close(d);
	return st;
}

void
dlog_close(struct dlog *d)
{
	if (d == NULL)
		return;
	if (d->ours && d->added.len != 0)
		(void)!file_write_all(d->fd, d->added.data, d->added.len);
	if (d->ours) /* gives back what was reserved */
		(void)!ftruncate(d->fd, lseek(d->fd, 0, SEEK_END));
	if (d->fd >= 0)
		(void)close(d->fd);
	numbers_free(d->done);
	buf_free(&d->added);
	free(d->path);
	free(d);
}

int64_t
dlog_taken(const struct dlog *d)
{
	return d->taken;
}

int64_t
dlog_refused(const struct dlog *d)
{
	return d->refused;
}

enum status
dlog_reserve(struct job *j, struct dlog *d)
{
	if (d->reserved - d->size - (off_t)d->added.len >= KEEP_FREE)
		return ST_OK;
	if (fallocate(d->fd, FALLOC_FL_KEEP_SIZE, d->size, RESERVE) != 0 &&
	    errno != EOPNOTSUPP && errno != ENOSYS)
		return fail(j, d, "reserve room for");
	d->reserved = d->size + RESERVE;
	return ST_OK;
}

static void
add_words(struct dlog *d, const char *reply)
{
	static const char hex[] = "0123456789abcdef";

	while (*reply != '\0') {
		unsigned char c = (unsigned char)*reply;
		char escaped[4] = { '\\', 'x', hex[c >> 4], hex[c & 15] };
		size_t n = 0;

		while (reply[n] >= 0x20 && reply[n] < 0x7f)
			n++;
		buf_add(&d->added, reply, n);
		if (n == 0)
			buf_add(&d->added, escaped, sizeof escaped);
		reply += n == 0 ? 1 : n;
	}
}

void
dlog_add(struct dlog *d, const struct dlog_line *l)
{
	char head[HEAD];
	struct line h;

	line_begin(&h, head, sizeof head);
	line_int(&h, l->member);
	line_str(&h, " ");
	line_int(&h, l->time);
	line_str(&h, l->code == 0 ? " 00" : " ");
	line_int(&h, l->code);
	line_str(&h, " ");
	buf_add(&d->added, head, h.len);
	if (l->server[0] != '\0') {
		buf_char(&d->added, '@');
		add_words(d, l->server);
		buf_char(&d->added, ' ');
	}
	add_words(d, l->reply);
	buf_char(&d->added, '\n');
	count(d, l->code);
}

enum status
dlog_write(struct job *j, struct dlog *d, bool sync)
{
	if (d->added.len != 0 &&
	    file_write_all(d->fd, d->added.data, d->added.len) != 0)
		return fail(j, d, "write");
	d->size += (off_t)d->added.len;
	buf_clear(&d->added);
	if (sync && fdatasync(d->fd) != 0)
		return fail(j, d, "sync");
	return ST_OK;
}
