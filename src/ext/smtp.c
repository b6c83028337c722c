#include "ext/smtp.h"

#include <errno.h>
#include <libetpan/mailstream.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/late.h"
#include "base/log.h"

#define CALLS(EACH) \
	EACH(mailstream_low_new) \
	EACH(mailstream_low_close) \
	EACH(mailstream_low_free) \
	EACH(mailstream_low_read) \
	EACH(mailstream_low_write)
LATE_TABLE(CALLS);

struct smtp {
	int fd;
	mailstream_low *low; /* once connected; owns fd */
	int error;           /* errno; 0: none */
};

/* ---- the ground of a stream ---- */

/*
 * The library's own asks select() before each read and each write whether it
 * has to wait, and knows no descriptor past 1024; ours never waits, for the
 * owner has polled.
 */
static int
low_fd(mailstream_low *low)
{
	const struct smtp *s = low->data;

	return s->fd;
}

static ssize_t
low_read(mailstream_low *low, void *p, size_t size)
{
	return recv(low_fd(low), p, size, 0);
}

static ssize_t
low_write(mailstream_low *low, const void *p, size_t size)
{
	return send(low_fd(low), p, size, MSG_NOSIGNAL);
}

static int
low_close(mailstream_low *low)
{
	return close(low_fd(low));
}

static void
low_free(mailstream_low *low)
{
	free(low);
}

/* Never written to, though the library's type allows it. */
static mailstream_low_driver ground = { .mailstream_read = low_read,
	.mailstream_write = low_write,
	.mailstream_close = low_close,
	.mailstream_get_fd = low_fd,
	.mailstream_free = low_free };

/* ---- the connection ---- */

struct smtp *
smtp_open(const struct sockaddr *to, socklen_t n)
{
	struct smtp *s = calloc(1, sizeof *s);
	const char *missing;
	int on = 1;

	if (s == NULL)
		die("out of memory for a connection");
	if ((missing = LATE_LOAD(LIBETPAN)) != NULL)
		die("%s", missing);
	s->fd = socket(to->sa_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0) {
		s->error = errno;
		return s;
	}
	/* Without it a text over 8 KB waits for a delayed acknowledgement. */
	(void)setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(s->fd, to, n) != 0 && errno != EINPROGRESS)
		s->error = errno;
	return s;
}

void
smtp_close(struct smtp *s)
{
	if (s == NULL)
		return;
	if (s->low != NULL) {
		(void)lib.mailstream_low_close(s->low);
		lib.mailstream_low_free(s->low);
	} else if (s->fd >= 0)
		(void)close(s->fd);
	free(s);
}

int
smtp_fd(const struct smtp *s)
{
	return s->fd;
}

const char *
smtp_why(const struct smtp *s)
{
	return s->error == 0 ? "the server closed the connection"
			     : strerror(s->error);
}

enum status
smtp_connected(struct smtp *s)
{
	struct sockaddr_storage peer;
	socklen_t n = sizeof peer, size = sizeof s->error;

	if (s->low != NULL)
		return ST_OK;
	if (s->error == 0)
		(void)getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &s->error, &size);
	if (s->error == 0 &&
	    getpeername(s->fd, (struct sockaddr *)&peer, &n) != 0)
		return ST_NONE;
	if (s->error == 0 &&
	    (s->low = lib.mailstream_low_new(s, &ground)) == NULL)
		s->error = ENOMEM;
	return s->error == 0 ? ST_OK : ST_TEMP;
}

static enum status
failed(struct smtp *s)
{
	if (errno == EAGAIN || errno == EINTR)
		return ST_NONE;
	s->error = errno;
	return ST_TEMP;
}

enum status
smtp_read(struct smtp *s, void *p, size_t size, size_t *n)
{
	ssize_t r = lib.mailstream_low_read(s->low, p, size);

	if (r < 0)
		return failed(s);
	*n = (size_t)r;
	return r == 0 ? ST_TEMP : ST_OK;
}

enum status
smtp_write(struct smtp *s, const void *p, size_t size, size_t *n)
{
	ssize_t r = lib.mailstream_low_write(s->low, p, size);

	if (r < 0)
		return failed(s);
	*n = (size_t)r;
	return ST_OK;
}
