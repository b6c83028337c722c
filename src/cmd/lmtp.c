/*
 * The LMTP door: many senders at once, one process, poll().  The messages that
 * became whole in one round share a commit, and none is acknowledged before
 * it; handling them is another child's work, so that no sender waits for
 * another's mail.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/sock.h"
#include "cmd/child.h"
#include "cmd/walk.h"
#include "flow/intake.h"
#include "text/lmtp.h"
#include "text/place.h"

enum {
	CLIENTS = 100,
	IDLE = 5 * 60,
	SILENT = 2, /* seconds, then it makes room for another */
	PIECE = 64 * 1024,
	UNSENT = 64 * 1024,       /* replies nobody reads */
	HELD = 128 * 1024 * 1024, /* bytes of unfinished messages */
	STOP_AT = 0,
	LISTEN_AT = 1,
	CLIENTS_AT = 2, /* in the poll array */
};

struct client {
	int fd; /* -1: free */
	bool over;
	struct lmtp lmtp;
	struct gather gather;
	bool gathering;
	bool whole;      /* its message waits for the commit of this round */
	struct buf rest; /* what came behind that message */
	time_t active;   /* monotonic */
};

struct server {
	struct desk desk;
	struct client clients[CLIENTS];
	size_t n; /* those in use */
	bool strict;
	long taken;        /* since the start, for names of jobs */
	time_t deaf_until; /* no descriptors: don't accept before */
	char piece[PIECE];
};

static time_t
uptime(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void
hang_up(struct server *s, struct client *c)
{
	(void)close(c->fd);
	c->fd = -1;
	lmtp_free(&c->lmtp);
	if (c->gathering)
		gather_drop(&c->gather);
	c->gathering = c->whole = false;
	buf_free(&c->rest);
	c->rest = (struct buf)BUF_INIT;
	s->n--;
}

static void
flush(struct client *c)
{
	struct buf *out = &c->lmtp.out, rest = BUF_INIT;
	ssize_t n;

	if (out->len == 0)
		return;
	n = send(c->fd, out->data, out->len, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n < 0) {
		c->over = true;
		buf_clear(out);
		return;
	}
	buf_add(&rest, out->data + n, out->len - (size_t)n);
	buf_free(out);
	*out = rest;
}

/* The one that has been silent for longest, with no mail begun; or NULL. */
static struct client *
most_silent(struct server *s)
{
	struct client *found = NULL;

	for (size_t i = 0; i < CLIENTS; i++) {
		struct client *c = &s->clients[i];

		if (c->fd >= 0 && !c->lmtp.mail &&
		    uptime() - c->active >= SILENT &&
		    (found == NULL || c->active < found->active))
			found = c;
	}
	return found;
}

static bool
make_room(struct server *s)
{
	struct client *c;

	if (s->n < CLIENTS)
		return true;
	if ((c = most_silent(s)) == NULL)
		return false;
	lmtp_bye(&c->lmtp, "4.3.2 others are waiting");
	flush(c);
	hang_up(s, c);
	return true;
}

static void
answer_phone(struct server *s)
{
	const struct conf *conf = &s->desk.house->w->conf;
	struct client *c = s->clients;
	int fd;

	if (!make_room(s))
		return;
	fd = accept4(s->desk.house->lmtp, NULL, NULL,
	    SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0 && (errno == EMFILE || errno == ENFILE)) {
		log_warn("step=lmtp error=%s", strerror(errno));
		s->deaf_until = uptime() + 1;
	}
	if (fd < 0)
		return;
	while (c->fd >= 0)
		c++;
	c->fd = fd;
	c->over = false;
	c->active = uptime();
	lmtp_begin(&c->lmtp, conf->domain, (size_t)conf->max_mail,
	    conf->limits.rcpt, s->strict);
	s->n++;
}

static void
add(struct server *s, struct client *c)
{
	if (!c->gathering)
		gather_begin(&c->gather,
		    (size_t)s->desk.house->w->conf.max_mail);
	c->gathering = true;
	gather_add(&c->gather, c->lmtp.piece, c->lmtp.piece_len);
}

/* What was fed, up to a whole message: what is behind that must wait. */
static void
obey(struct server *s, struct client *c)
{
	const struct conf *conf = &s->desk.house->w->conf;
	enum lmtp_event ev;

	while (!c->over && !c->whole && (ev = lmtp_next(&c->lmtp)) != LMTP_WANT)
		if (ev == LMTP_RCPT)
			lmtp_rcpt(&c->lmtp,
			    place_known(conf, c->lmtp.path.data));
		else if (ev == LMTP_BYTES)
			add(s, c);
		else if (ev == LMTP_END) {
			c->lmtp.piece_len = 0;
			add(s, c); /* an empty message had no bytes yet */
			c->whole = true;
		} else
			c->over = true;
	if (c->whole)
		buf_add(&c->rest, c->lmtp.in, c->lmtp.in_len);
	else
		flush(c);
}

static void
hear(struct server *s, struct client *c)
{
	ssize_t n = recv(c->fd, s->piece, sizeof s->piece, 0);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) { /* a message cut short is nobody's */
		c->over = true;
		if (n < 0)
			buf_clear(&c->lmtp.out);
		flush(c);
		return;
	}
	c->active = uptime();
	lmtp_feed(&c->lmtp, s->piece, (size_t)n);
	obey(s, c);
}

/* ---- the commit of a round ---- */

struct round {
	size_t n;
	struct client *clients[CLIENTS];
	struct envelope envelopes[CLIENTS];
	struct intake intakes[CLIENTS];
};

static bool
any_whole(const struct server *s)
{
	for (size_t i = 0; i < CLIENTS; i++)
		if (s->clients[i].fd >= 0 && s->clients[i].whole)
			return true;
	return false;
}

static void
gather_round(struct server *s, struct job *j, struct round *r)
{
	r->n = 0;
	for (size_t i = 0; i < CLIENTS; i++) {
		struct client *c = &s->clients[i];
		struct envelope *e = &r->envelopes[r->n];

		if (c->fd < 0 || !c->whole)
			continue;
		*e = (struct envelope){ .source = "lmtp",
			.actor = "",
			.from = c->lmtp.from.data,
			.recipient = c->lmtp.to.data,
			.received = j->now };
		gather_end(&c->gather, j, e);
		r->intakes[r->n] = (struct intake){
			arena_printf(j->mem, "lmtp-%ld", ++s->taken), e, ST_TEMP
		};
		r->clients[r->n++] = c;
	}
}

/* Its replies, then what it said behind its message. */
static void
answer(struct server *s, struct client *c, bool taken)
{
	struct buf rest = c->rest;

	c->rest = (struct buf)BUF_INIT;
	gather_drop(&c->gather);
	c->gathering = c->whole = false;
	lmtp_done(&c->lmtp, taken);
	lmtp_feed(&c->lmtp, rest.data, rest.len);
	obey(s, c);
	flush(c);
	buf_free(&rest);
	if (c->over && c->lmtp.out.len == 0)
		hang_up(s, c);
}

/* Commit 1.  The store is opened afresh after trouble. */
static void
keep(struct server *s, struct job *j, struct round *r)
{
	bool good = desk_open(&s->desk, j) == ST_OK &&
		    walk_take_all(&s->desk.w, j, r->intakes, r->n);

	if (good)
		return;
	log_fail("step=lmtp id=%s error=%s", r->intakes[0].id, j->why);
	desk_close(&s->desk);
}

/* Until no message that came is without its answer. */
static void
take_round(struct server *s)
{
	struct round r;
	bool any = false;

	while (any_whole(s)) {
		struct job j;

		job_begin(&j, "lmtp", desk_now(&s->desk));
		gather_round(s, &j, &r);
		keep(s, &j, &r);
		for (size_t i = 0; i < r.n; i++) {
			bool taken = r.intakes[i].st == ST_OK ||
				     r.intakes[i].st == ST_NONE;

			any = any || taken;
			answer(s, r.clients[i], taken);
		}
		job_end(&j);
	}
	if (any)
		bell_ring(s->desk.house, BELL_WALK);
}

/* Too much unfinished in memory: only the longest goes on. */
static const struct client *
sole_speaker(const struct server *s)
{
	const struct client *longest = NULL;
	size_t held = 0;

	for (size_t i = 0; i < CLIENTS; i++) {
		const struct client *c = &s->clients[i];

		if (c->fd < 0 || !c->gathering)
			continue;
		held += c->gather.raw.len;
		if (longest == NULL ||
		    c->gather.raw.len > longest->gather.raw.len)
			longest = c;
	}
	return held > HELD ? longest : NULL;
}

static short
wanted(const struct client *c, const struct client *sole)
{
	short events = c->lmtp.out.len == 0 ? 0 : POLLOUT;

	if (!c->over && c->lmtp.out.len < UNSENT &&
	    (sole == NULL || sole == c || !c->gathering))
		events |= POLLIN;
	return events;
}

static void
wait_for_any(struct server *s, struct pollfd p[CLIENTS_AT + CLIENTS])
{
	const struct client *sole = sole_speaker(s);
	bool full = (s->n == CLIENTS && most_silent(s) == NULL) ||
		    uptime() < s->deaf_until;

	p[STOP_AT] = (struct pollfd){ s->desk.stop, POLLIN, 0 };
	p[LISTEN_AT] =
	    (struct pollfd){ full ? -1 : s->desk.house->lmtp, POLLIN, 0 };
	for (size_t i = 0; i < CLIENTS; i++) {
		const struct client *c = &s->clients[i];

		p[CLIENTS_AT + i] = (struct pollfd){ c->fd,
			c->fd < 0 ? 0 : wanted(c, sole), 0 };
	}
	while (poll(p, CLIENTS_AT + CLIENTS, 1000) < 0)
		if (errno != EINTR)
			die("poll: %s", strerror(errno));
}

static void
serve_client(struct server *s, struct client *c, short revents)
{
	if (c->fd < 0)
		return;
	if (revents & POLLOUT) {
		flush(c);
		c->active = uptime();
	}
	if (!c->over && revents & (POLLIN | POLLHUP | POLLERR))
		hear(s, c);
	if (!c->over && uptime() - c->active >= IDLE) {
		lmtp_bye(&c->lmtp, "4.4.2 idle for too long");
		flush(c);
		hang_up(s, c);
		return;
	}
	if (revents & (POLLERR | POLLNVAL) ||
	    (c->over && (c->lmtp.out.len == 0 || uptime() - c->active >= IDLE)))
		hang_up(s, c);
}

static void
say_goodbye(struct server *s)
{
	for (size_t i = 0; i < CLIENTS; i++) {
		struct client *c = &s->clients[i];

		if (c->fd < 0)
			continue;
		if (!c->over)
			lmtp_bye(&c->lmtp, "4.3.2 going down");
		flush(c);
		hang_up(s, c);
	}
	desk_close(&s->desk);
}

int
child_lmtp(const struct house *h)
{
	struct server *s = calloc(1, sizeof *s);
	struct pollfd p[CLIENTS_AT + CLIENTS];

	if (s == NULL)
		die("out of memory for the LMTP server");
	desk_begin(&s->desk, h);
	s->strict = !sock_is_local(h->w->conf.lmtp);
	for (size_t i = 0; i < CLIENTS; i++) {
		s->clients[i].fd = -1;
		s->clients[i].rest = (struct buf)BUF_INIT;
	}
	for (;;) {
		wait_for_any(s, p);
		if (p[STOP_AT].revents != 0)
			break;
		for (size_t i = 0; i < CLIENTS; i++)
			serve_client(s, &s->clients[i],
			    p[CLIENTS_AT + i].revents);
		take_round(s);
		if (p[LISTEN_AT].revents != 0)
			answer_phone(s);
	}
	say_goodbye(s);
	free(s);
	return EX_DONE;
}
