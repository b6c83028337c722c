#include "cmd/submit.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/sock.h"
#include "base/text.h"

/* The replies in their order: each has to begin with its digit. */
static const char expected[] = {
	'2', /* greeting */
	'2', /* LHLO */
	'2', /* MAIL */
	'2', /* RCPT */
	'3', /* DATA */
	'2', /* the message */
};

enum {
	AFTER_DATA = 5,
	ALL = sizeof expected,
	REPLY_MAX = 8 * 1024,
};

enum status
submit_begin(struct submit *s, struct job *j, const char *where,
    const char *recipient, const char *letter)
{
	*s = (struct submit){ .fd = -1,
		.out = BUF_INIT,
		.in = BUF_INIT,
		.letter = BUF_INIT };
	if (!text_is_address(recipient))
		return job_fail(j, ST_TEMP, "no address to submit to");
	if (sock_connect(j, where, &s->fd) != ST_OK)
		return ST_TEMP;
	buf_printf(&s->out,
	    "LHLO web\r\nMAIL FROM:<>\r\nRCPT TO:<%s>\r\nDATA\r\n", recipient);
	buf_str(&s->letter, letter);
	buf_str(&s->letter, ".\r\nQUIT\r\n");
	return ST_OK;
}

short
submit_events(const struct submit *s)
{
	return s->out.len == 0 ? POLLIN : POLLIN | POLLOUT;
}

void
submit_end(struct submit *s)
{
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
	buf_free(&s->out);
	buf_free(&s->in);
	buf_free(&s->letter);
}

static bool
push(struct submit *s)
{
	struct buf rest = BUF_INIT;
	ssize_t n;

	if (s->out.len == 0)
		return true;
	n = send(s->fd, s->out.data, s->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR || errno == ENOTCONN;
	buf_add(&rest, s->out.data + n, s->out.len - (size_t)n);
	buf_free(&s->out);
	s->out = rest;
	return true;
}

static bool
pull(struct submit *s)
{
	char piece[1024];
	ssize_t n = recv(s->fd, piece, sizeof piece, MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR || errno == ENOTCONN;
	if (n == 0 || s->in.len > REPLY_MAX)
		return false;
	buf_add(&s->in, piece, (size_t)n);
	return true;
}

/* One line of a reply; only its last one counts. */
static bool
judge(struct submit *s, const char *line)
{
	if (strlen(line) < 3)
		return false;
	if (line[3] == '-')
		return true;
	if (line[0] != expected[s->replies])
		return false;
	s->replies++;
	if (s->replies == AFTER_DATA)
		buf_add(&s->out, s->letter.data, s->letter.len);
	return true;
}

static bool
judge_all(struct submit *s)
{
	struct buf rest = BUF_INIT;
	char *line = s->in.data, *end;
	bool good = true;

	while (
	    good && s->replies < ALL && (end = strstr(line, "\r\n")) != NULL) {
		*end = '\0';
		good = judge(s, line);
		line = end + 2;
	}
	buf_add(&rest, line, s->in.len - (size_t)(line - s->in.data));
	buf_free(&s->in);
	s->in = rest;
	return good;
}

enum status
submit_step(struct submit *s)
{
	bool good = push(s) && pull(s) && judge_all(s) && push(s);

	if (good && s->replies < ALL)
		return ST_NONE;
	submit_end(s);
	return good ? ST_OK : ST_TEMP;
}
