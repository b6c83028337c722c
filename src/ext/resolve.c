#include "ext/resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

struct resolve {
	pid_t pid;
	int fd;
	size_t got;
	struct resolve_address answer[RESOLVE_MAX];
};

static size_t
look_up(const char *host, const char *port, int flags,
    struct resolve_address *out)
{
	struct addrinfo hints = { .ai_flags = flags,
		.ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	size_t n = 0;

	if (getaddrinfo(host, port, &hints, &list) != 0)
		return 0;
	for (struct addrinfo *a = list; a != NULL && n < RESOLVE_MAX;
	     a = a->ai_next) {
		if (a->ai_addrlen > sizeof out[n].addr)
			continue;
		memcpy(&out[n].addr, a->ai_addr, a->ai_addrlen);
		out[n++].len = a->ai_addrlen;
	}
	freeaddrinfo(list);
	return n;
}

/* In the child: whole records, then the end of the pipe. */
static _Noreturn void
answer(int fd, const char *host, const char *port)
{
	struct resolve_address all[RESOLVE_MAX];
	size_t n;

	memset(all, 0, sizeof all);
	n = look_up(host, port, AI_NUMERICSERV | AI_ADDRCONFIG, all);
	if (n == 0) /* loopback isn't an address that AI_ADDRCONFIG counts */
		n = look_up(host, port, AI_NUMERICSERV, all);
	_exit(file_write_all(fd, all, n * sizeof *all) == 0 ? 0 : 1);
}

enum status
resolve_begin(const char *host, const char *port, struct resolve_address *out,
    size_t *n, struct resolve **r)
{
	int end[2];
	pid_t pid;

	*r = NULL;
	*n = look_up(host, port, AI_NUMERICHOST | AI_NUMERICSERV, out);
	if (*n != 0)
		return ST_OK;
	if (pipe2(end, O_CLOEXEC | O_NONBLOCK) != 0)
		return ST_TEMP;
	if ((pid = fork()) == 0)
		answer(end[1], host, port);
	(void)close(end[1]);
	if (pid < 0) {
		(void)close(end[0]);
		return ST_TEMP;
	}
	if ((*r = calloc(1, sizeof **r)) == NULL)
		die("out of memory for a name");
	(*r)->pid = pid;
	(*r)->fd = end[0];
	return ST_NONE;
}

enum status
resolve_read(struct resolve *r, struct resolve_address *out, size_t *n)
{
	char *to = (char *)r->answer;
	ssize_t k = 1;

	while (r->got < sizeof r->answer && k > 0) {
		k = read(r->fd, to + r->got, sizeof r->answer - r->got);
		if (k > 0)
			r->got += (size_t)k;
	}
	if (k < 0 && (errno == EAGAIN || errno == EINTR))
		return ST_NONE;
	*n = r->got / sizeof *r->answer;
	if (*n == 0)
		return ST_TEMP;
	memcpy(out, r->answer, *n * sizeof *out);
	return ST_OK;
}

void
resolve_end(struct resolve *r)
{
	if (r == NULL)
		return;
	(void)kill(r->pid, SIGKILL);
	while (waitpid(r->pid, NULL, 0) < 0 && errno == EINTR)
		;
	(void)close(r->fd);
	free(r);
}
