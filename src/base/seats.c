#include "base/seats.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
	ALL = SEATS + SEATS_LEAVING,
	SPARE_FDS = 48, /* files of ours besides connections */
	PER_ADDRESS = 20,
};

int64_t
seats_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static size_t
count(void)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) != 0)
		return SEATS / 8;
	if (l.rlim_cur < l.rlim_max) {
		l.rlim_cur = l.rlim_max;
		if (l.rlim_cur > SEATS * 2 + SEATS_LEAVING)
			l.rlim_cur = SEATS * 2 + SEATS_LEAVING;
		(void)setrlimit(RLIMIT_NOFILE, &l);
		(void)getrlimit(RLIMIT_NOFILE, &l);
	}
	if (l.rlim_cur < (rlim_t)2 * SPARE_FDS)
		return SPARE_FDS / 4;
	/* Each may have a file open besides; those on their way out, too. */
	return l.rlim_cur - SPARE_FDS > (size_t)SEATS * 4 / 3
		   ? SEATS
		   : (l.rlim_cur - SPARE_FDS) * 3 / 4;
}

void
seats_open(struct seats *s, const char *farewell, int64_t asking_ms)
{
	memset(s, 0, sizeof *s);
	s->max = count();
	s->farewell = farewell;
	s->asking_ms = asking_ms;
}

void
seat_enter(struct seat *p, enum seat_phase phase, int64_t ms)
{
	p->phase = phase;
	p->until = seats_now() + ms;
}

static void
send_home(struct seats *s, struct seat *p)
{
	if (p->phase == SEAT_ASKING && p->asked && seats_now() >= p->until)
		(void)send(p->fd, s->farewell, strlen(s->farewell),
		    MSG_DONTWAIT | MSG_NOSIGNAL);
	(void)shutdown(p->fd, SHUT_RDWR);
	p->phase = SEAT_LEAVING;
	s->n--;
	s->leaving++;
}

static void
fill_address(struct seat *p, const struct sockaddr_storage *from)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)from;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;

	p->near = true;
	p->four = from->ss_family == AF_INET;
	if (p->four) {
		memcpy(p->address, &in->sin_addr, 4);
		p->near = p->address[0] == 127;
	} else if (from->ss_family == AF_INET6) {
		memcpy(p->address, &in6->sin6_addr, 8); /* a network of /64 */
		p->near = IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
	}
}

/* Of those that haven't asked for anything yet; like: with this address. */
static struct seat *
oldest(struct seats *s, const struct seat *like, size_t *n)
{
	struct seat *found = NULL;

	*n = 0;
	for (size_t i = 0; i < ALL; i++) {
		struct seat *p = &s->list[i];

		if (p->phase == SEAT_FREE || p->phase == SEAT_LEAVING ||
		    (like != NULL && memcmp(p->address, like->address,
					 sizeof p->address) != 0))
			continue;
		(*n)++;
		if (p->phase == SEAT_ASKING &&
		    (found == NULL || p->since < found->since))
			found = p;
	}
	return found;
}

/* false: there is no room for this one. */
static bool
make_room(struct seats *s, const struct seat *newcomer)
{
	struct seat *p;
	size_t n;

	if (seats_stuck(s))
		return false;
	if (!newcomer->near) {
		p = oldest(s, newcomer, &n);
		if (n >= PER_ADDRESS && p == NULL)
			return false;
		if (n >= PER_ADDRESS)
			send_home(s, p);
	}
	if (s->n < s->max)
		return true;
	p = oldest(s, NULL, &n);
	if (p == NULL)
		return false;
	send_home(s, p);
	return true;
}

struct seat *
seats_take(struct seats *s, int fd, const struct sockaddr_storage *from)
{
	struct seat new = { .fd = fd, .asked = true, .since = seats_now() };
	size_t i = 0;

	fill_address(&new, from);
	while (i < ALL && s->list[i].phase != SEAT_FREE)
		i++;
	if (i == ALL || !make_room(s, &new))
		return NULL;
	seat_enter(&new, SEAT_ASKING, s->asking_ms);
	s->list[i] = new;
	s->n++;
	return &s->list[i];
}

void
seats_give(struct seats *s, struct seat *p)
{
	if (p->phase == SEAT_FREE)
		return;
	if (p->phase == SEAT_LEAVING)
		s->leaving--;
	else
		s->n--;
	p->phase = SEAT_FREE;
}

bool
seats_stuck(const struct seats *s)
{
	return s->leaving >= SEATS_LEAVING;
}

void
seats_look(struct seats *s)
{
	int64_t now = seats_now();

	for (size_t i = 0; i < ALL; i++) {
		struct seat *p = &s->list[i];

		if ((p->phase == SEAT_ASKING || p->phase == SEAT_BODY ||
			p->phase == SEAT_SENDING) &&
		    now >= p->until)
			send_home(s, p);
	}
}
