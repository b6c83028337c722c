#include "base/hear.h"

#include <errno.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/when.h"

enum { PIECE = 64 * 1024 };

int
hear(int fd, int64_t ms, size_t most, hear_all *all, struct buf *out)
{
	int64_t until = when_steady() + ms;
	size_t start = out->len;

	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = until - when_steady();
		ssize_t n;

		if (left <= 0 || out->len - start > most)
			return -1;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		buf_reserve(out, PIECE);
		n = read(fd, out->data + out->len, PIECE);
		if (n == 0)
			return 0;
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return -1;
		if (n > 0)
			out->len += (size_t)n;
		if (all != NULL && all(out, start))
			return 0;
	}
}

int
hear_end(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}
