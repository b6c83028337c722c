#include "cmd/systemd.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { FIRST = 3 };

static int
count(void)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");

	if (pid == NULL || fds == NULL || text_number(pid) != getpid())
		return 0;
	return text_number(fds);
}

int
systemd_socket(const char *name)
{
	const char *s = getenv("LISTEN_FDNAMES");
	size_t want = strlen(name);
	int n = count();

	for (int i = 0; i < n && s != NULL && *s != '\0'; i++) {
		size_t len = strcspn(s, ":");

		if (len == want && memcmp(s, name, len) == 0) {
			int fd = FIRST + i, flags = fcntl(fd, F_GETFL);

			(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
			(void)fcntl(fd, F_SETFL, flags | O_NONBLOCK);
			return fd;
		}
		s += len + (s[len] == ':');
	}
	return -1;
}

void
systemd_forget(void)
{
	(void)unsetenv("LISTEN_PID");
	(void)unsetenv("LISTEN_FDS");
	(void)unsetenv("LISTEN_FDNAMES");
}

/* A reload is timed by systemd: it wants to know when it began. */
static void
compose(const char *state, char *out, size_t size)
{
	struct timespec t;

	if (strcmp(state, "RELOADING=1") != 0) {
		(void)snprintf(out, size, "%s", state);
		return;
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	(void)snprintf(out, size, "%s\nMONOTONIC_USEC=%lld", state,
	    (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000);
}

void
systemd_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	char text[128];
	size_t n;
	int fd;

	if (path == NULL || (path[0] != '/' && path[0] != '@'))
		return;
	n = strlen(path);
	if (n >= sizeof to.sun_path)
		return;
	memcpy(to.sun_path, path, n);
	if (path[0] == '@')
		to.sun_path[0] = '\0';
	compose(state, text, sizeof text);
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)sendto(fd, text, strlen(text), MSG_NOSIGNAL,
	    (const struct sockaddr *)&to,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	(void)close(fd);
}
