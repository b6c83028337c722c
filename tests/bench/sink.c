/*
 * sink [COUNTS]: a mail server on loopback that takes everything, in one
 * process.  It acknowledges each segment at once, by a reply where it has one:
 * who writes a little, then waits, would else wait for us 40 ms a message.
 * Prints its port.
 *
 * COUNTS: a line of 8 bytes for each message, before its reply: the number in
 * the recipient's address.  A line of dashes: no client is connected any more.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { IN = 1 << 17, OUT = 1 << 14, LINE = 8 };

struct peer {
	int fd;
	bool text;
	unsigned long to;
	size_t n, said, counted;
	char in[IN], out[OUT], count[OUT];
};

static int counts = -1, open_peers;

static const struct {
	const char *verb, *reply;
} replies[] = {
	{ "MAIL", "250 2.1.0 Ok\r\n" },
	{ "RCPT", "250 2.1.5 Ok\r\n" },
	{ "DATA", "354 go on\r\n" },
	{ "RSET", "250 2.0.0 Ok\r\n" },
	{ "EHLO", "250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n" },
	{ "HELO", "250 sink\r\n" },
	{ "QUIT", "221 2.0.0 Bye\r\n" },
};

static void
put(int fd, const char *p, size_t n)
{
	if (n != 0 && write(fd, p, n) != (ssize_t)n)
		(void)shutdown(fd, SHUT_RDWR);
}

static void
flush(struct peer *p)
{
	if (counts >= 0)
		put(counts, p->count, p->counted);
	put(p->fd, p->out, p->said);
	p->said = p->counted = 0;
}

static void
say(struct peer *p, const char *reply)
{
	size_t n = strlen(reply);

	if (p->said + n > OUT || p->counted + LINE > OUT)
		flush(p);
	memcpy(p->out + p->said, reply, n);
	p->said += n;
}

static void
command(struct peer *p, const char *line, size_t n)
{
	const char *digits = memchr(line, '<', n);

	for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
		if (n > 4 && strncasecmp(line, replies[i].verb, 4) == 0) {
			say(p, replies[i].reply);
			p->text = replies[i].reply[0] == '3';
			if (i == 1 && digits != NULL)
				p->to = strtoul(digits + strcspn(digits,
							     "0123456789@>"),
				    NULL, 10);
			return;
		}
	say(p, "500 5.5.1 what?\r\n");
}

static void
take(struct peer *p)
{
	char line[LINE + 1];

	p->text = false;
	say(p, "250 2.0.0 Ok: queued as 4F1\r\n");
	(void)snprintf(line, sizeof line, "%07lu\n", p->to % 10000000);
	memcpy(p->count + p->counted, line, LINE);
	p->counted += LINE;
}

/*
 * One command, or as much of a text as is there; how many bytes that was.  The
 * line end before a text is left for it: its dot may be its first line.
 */
static size_t
eat(struct peer *p, const char *in, size_t n)
{
	const char *end;

	if (!p->text) {
		if ((end = memchr(in, '\n', n)) == NULL)
			return 0;
		command(p, in, (size_t)(end - in) + 1);
		return (size_t)(end - in) + (p->text ? (size_t)-1 : 1);
	}
	if ((end = memmem(in, n, "\r\n.\r\n", 5)) == NULL)
		return n > 4 ? n - 4 : 0;
	take(p);
	return (size_t)(end - in) + 5;
}

static void
leave(struct peer *p)
{
	(void)close(p->fd);
	free(p);
	if (--open_peers == 0 && counts >= 0)
		put(counts, "-------\n", LINE);
}

static void
serve(struct peer *p)
{
	size_t at = 0, ate;
	ssize_t got = read(p->fd, p->in + p->n, IN - p->n);
	int on = 1;

	if (got <= 0) {
		leave(p);
		return;
	}
	p->n += (size_t)got;
	while ((ate = eat(p, p->in + at, p->n - at)) != 0)
		at += ate;
	p->n -= at;
	memmove(p->in, p->in + at, p->n);
	if (p->said != 0)
		flush(p);
	else
		(void)setsockopt(p->fd, IPPROTO_TCP, TCP_QUICKACK, &on,
		    sizeof on);
}

static void
welcome(int epoll, int listener)
{
	struct peer *p = calloc(1, sizeof *p);
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = p };
	int on = 1;

	if (p == NULL || (p->fd = accept(listener, NULL, NULL)) < 0) {
		free(p);
		return;
	}
	(void)setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	(void)epoll_ctl(epoll, EPOLL_CTL_ADD, p->fd, &e);
	open_peers++;
	say(p, "220 sink ESMTP\r\n");
	flush(p);
}

static int
listen_somewhere(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(fd, (struct sockaddr *)&a, n) != 0 || listen(fd, 100) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &n) != 0)
		abort();
	(void)printf("%d\n", ntohs(a.sin_port));
	(void)fflush(stdout);
	return fd;
}

int
main(int argc, char **argv)
{
	struct epoll_event e = { .events = EPOLLIN }, events[64];
	int epoll = epoll_create1(0), listener;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGPIPE, SIG_IGN);
	if (argc > 1)
		counts = open(argv[1], O_WRONLY | O_APPEND | O_CREAT, 0600);
	listener = listen_somewhere();
	(void)epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e);
	for (;;) {
		int n = epoll_wait(epoll, events, 64, -1);

		for (int i = 0; i < n; i++)
			if (events[i].data.ptr == NULL)
				welcome(epoll, listener);
			else
				serve(events[i].data.ptr);
	}
}
