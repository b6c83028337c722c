#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "flow/courier_in.h"

enum {
	GATHER = 4, /* sessions from which on replies are gathered */
	ENOUGH = 4, /* that part of them is worth a round */
	SOON_US = 200,
	GATHER_NS = 50 * 1000,
};

enum status
courier_wait_begin(struct courier *c, struct job *j)
{
	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	return c->epoll >= 0
		   ? ST_OK
		   : job_fail(j, ST_TEMP, "cannot wait for mail servers: %s",
			 strerror(errno));
}

void
courier_wait_end(struct courier *c)
{
	if (c->epoll >= 0)
		(void)close(c->epoll);
}

/* ---- what is waited for ---- */

static uint32_t
interest(const struct session *s)
{
	size_t n;

	if (!s->connected)
		return EPOLLOUT;
	(void)talk_out(s->talk, &n);
	if (n == 0 && s->texting == PARCELS_NONE)
		return EPOLLIN;
	return EPOLLIN | EPOLLOUT;
}

static void
watch(struct courier *c, struct session *s)
{
	uint32_t events = interest(s);
	struct epoll_event e = { .events = events, .data.ptr = s };

	if (events == s->watched || smtp_fd(s->smtp) < 0)
		return;
	if (epoll_ctl(c->epoll, s->watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD,
		smtp_fd(s->smtp), &e) != 0)
		die("courier: cannot wait for a server: %s", strerror(errno));
	s->watched = events;
}

/* Closing isn't enough where a child has the descriptor, too. */
void
courier_unwatch(struct courier *c, struct session *s)
{
	if (s->watched != 0)
		(void)epoll_ctl(c->epoll, EPOLL_CTL_DEL, smtp_fd(s->smtp),
		    NULL);
	s->watched = 0;
}

/* How long, in ms; 0: there is something to do. */
static int
time_left(const struct courier *c, int64_t ms, int wait_ms)
{
	int64_t least = wait_ms;

	if (parcels_done(c->parcels) != 0)
		return 0;
	for (size_t i = 0; i < c->n_sessions; i++) {
		const struct session *s = &c->sessions[i];

		if (s->smtp != NULL && s->deadline - ms < least)
			least = s->deadline - ms;
	}
	for (size_t i = 0; i < c->n_lanes; i++)
		if (c->lanes[i].state == RESOLVING && least > 20)
			least = 20;
	return least < 0 ? 0 : (int)least;
}

/* ---- waiting ---- */

/*
 * Where many are at work and one reply comes soon after the other, it waits a
 * moment for the next unless enough are there: a wake-up for each is dear to
 * both sides.  How many are there; 0: nobody looked.
 */
static int
gather(const struct courier *c, struct epoll_event *events)
{
	const struct timespec moment = { 0, GATHER_NS };
	int n;

	if (c->n_sessions < GATHER || c->apart_us >= SOON_US)
		return 0;
	n = epoll_wait(c->epoll, events, AT_ONCE, 0);
	if (n == AT_ONCE || n * ENOUGH >= (int)c->n_sessions)
		return n;
	(void)nanosleep(&moment, NULL);
	return 0;
}

size_t
courier_wait(struct courier *c, int64_t ms, int wait_ms, struct heard *heard)
{
	struct epoll_event events[AT_ONCE];
	int64_t now;
	int n;

	for (size_t i = 0; i < c->n_sessions; i++)
		if (c->sessions[i].smtp != NULL)
			watch(c, &c->sessions[i]);
	if ((n = gather(c, events)) <= 0)
		n = epoll_wait(c->epoll, events, AT_ONCE,
		    time_left(c, ms, wait_ms));
	if (n < 0)
		n = 0; /* a signal: the caller goes on */
	now = when_steady_us();
	c->apart_us = now - c->heard_us;
	c->heard_us = now;
	for (int i = 0; i < n; i++)
		heard[i] = (struct heard){ events[i].data.ptr,
			(events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) !=
			    0 };
	return (size_t)n;
}
