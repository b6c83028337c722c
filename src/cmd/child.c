#include "cmd/child.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"

void
bell_ring(const struct house *h, enum bell b)
{
	static const uint64_t one = 1;

	if (write(h->bell[b], &one, sizeof one) < 0 && errno != EAGAIN)
		log_warn("step=serve error=%s", strerror(errno));
}

int
child_stop_fd(void)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		die("signalfd: %s", strerror(errno));
	return fd;
}

void
desk_begin(struct desk *d, const struct house *h)
{
	*d = (struct desk){ .house = h, .stop = child_stop_fd() };
}

enum status
desk_open(struct desk *d, struct job *j)
{
	enum status st;

	if (d->open)
		return ST_OK;
	st = world_open(j, &d->house->w->options,
	    NEED_CONF | NEED_MAKE | NEED_KEYS, &d->w);
	if (st != ST_OK)
		return st;
	d->w.clock_offset = d->house->w->clock_offset;
	d->w.pace = d->house->w->pace;
	d->open = true;
	return ST_OK;
}

void
desk_close(struct desk *d)
{
	if (d->open)
		world_close(&d->w);
	d->open = false;
}

int64_t
desk_now(const struct desk *d)
{
	return world_now(d->house->w);
}
