/*
 * The connections of a server: how many there may be, how long each may take,
 * and who makes room for a newcomer.  Whoever is sent home gets its socket
 * shut down; the server that reads it sees the end, closes it and gives the
 * seat back.  Knows no protocol but the farewell it was given.
 *
 * One address has at most 20 seats (this machine's own: any number).  When all
 * are taken the oldest that hasn't asked for anything yet makes room.
 */
#ifndef BASE_SEATS_H
#define BASE_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum {
	SEATS = 4096,
	SEATS_LEAVING = 256, /* shut down, not yet given back */
};

enum seat_phase {
	SEAT_FREE,
	SEAT_ASKING, /* waits for a request, or reads its header */
	SEAT_BODY,
	SEAT_ANSWER, /* ours to answer: takes as long as we do */
	SEAT_SENDING,
	SEAT_LEAVING,
};

struct seat { /* one connection */
	enum seat_phase phase;
	int fd;
	unsigned char address[16];
	bool four;     /* IPv4: the first 4 bytes; else a /64 of IPv6 */
	bool near;     /* from this machine */
	bool asked;    /* began a request, or has never yet: gets a farewell */
	bool odd;      /* for the server: its request is malformed */
	int64_t until; /* ms, monotonic */
	int64_t since;
};

struct seats {
	struct seat list[SEATS + SEATS_LEAVING];
	size_t max, n, leaving;
	const char *farewell; /* to whoever took too long to ask */
	int64_t asking_ms;    /* how long that may take */
};

/* As many as the limit of open files, which is raised, allows. */
void seats_open(struct seats *s, const char *farewell, int64_t asking_ms);
/* For a new connection; NULL: there is no room for it. */
struct seat *seats_take(struct seats *s, int fd,
    const struct sockaddr_storage *from);
/* Its connection was closed. */
void seats_give(struct seats *s, struct seat *p);
/* Nobody can be sent home now. */
bool seats_stuck(const struct seats *s);
/* Sends home those whose time is over. */
void seats_look(struct seats *s);

void seat_enter(struct seat *p, enum seat_phase phase, int64_t ms);
/* Milliseconds of the clock that is never set. */
int64_t seats_now(void);

#endif
