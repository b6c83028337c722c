/*
 * What ext/http*.c share: the library, a connection's exchange, the listener.
 * Nothing else includes this.
 */
#ifndef EXT_HTTP_IN_H
#define EXT_HTTP_IN_H

#include <microhttpd.h>

#include "base/buf.h"
#include "base/seats.h"
#include "ext/http.h"

enum {
	HEADER_MS = 5 * 1000, /* for its header, and for a whole request */
	REQUEST_MS = 15 * 1000,
};

/* What is used of the library. */
/* clang-format off */
#define CALLS(EACH) \
	EACH(start_daemon) EACH(stop_daemon) EACH(run) EACH(get_timeout) \
	EACH(get_daemon_info) EACH(add_connection) EACH(get_connection_info) \
	EACH(get_connection_values_n) EACH(lookup_connection_value) \
	EACH(suspend_connection) EACH(resume_connection) \
	EACH(queue_response) EACH(create_response_from_buffer) \
	EACH(create_response_from_fd64) EACH(add_response_header) \
	EACH(destroy_response)
#define MEMBER(call) __typeof__(MHD_##call) *(call);

struct mhd { CALLS(MEMBER) };
/* clang-format on */

struct exchange {
	struct http_request request; /* first: what the caller holds */
	const struct mhd *lib;
	struct MHD_Connection *connection;
	struct seat *seat;
	struct MHD_Response *response; /* NULL: not answered yet */
	size_t holds, *held;           /* bytes of a file; of all of them */
	unsigned status;
	struct buf body;
	size_t n_body; /* also of what isn't kept */
	struct exchange *next;
};

struct http {
	struct mhd lib;
	struct MHD_Daemon *daemon;
	int listen_fd, epoll_fd;
	struct seats seats;
	struct seat *arriving;
	struct exchange *first, **last; /* to be fetched by http_next() */
	size_t held;                    /* bytes of files, in memory */
	int64_t looked, deaf_until;
};

/* ---- http_request.c ---- */

/* What a connection asks, with what is known of it. */
struct exchange *http_begin(struct http *h, struct MHD_Connection *c,
    const char *url, const char *method);
/* Refuses what two readers could read as two things, and what is too long,
 * before a body is waited for. */
void http_check(struct exchange *x, const char *version);

/* ---- http_answer.c ---- */

/* Takes the answer's file over. */
struct MHD_Response *http_respond(struct exchange *x,
    const struct http_answer *a);
/* What is refused before anybody is asked; the first reason holds. */
void http_refuse(struct exchange *x, unsigned status, const char *why);

#endif
