/*
 * An HTTP/1.1 server over libmicrohttpd, which no other file knows.  Requests
 * are fetched, and answered at once or later, from one loop:
 *
 *	poll() on http_fds() for at most http_wait() ms;
 *	while ((r = http_next(h)) != NULL) http_answer(h, r, &answer);
 *
 * What has no business beyond this file is refused here: framing that can be
 * read in two ways, names and values of headers that are none, headers over
 * 16 KB (431), versions that aren't 1.0 or 1.1, codings but chunked (501),
 * bodies over HTTP_BODY (413; at once where the length is announced).  A header
 *is whole after 5 s (408), a request after 15 s; an answer goes out at 16 KB/s
 *or more.  One address has at most 20 connections (this machine's own: any
 *number); when all places are taken the oldest connection that hasn't asked for
 *anything yet makes room.
 *
 * Every answer of ours carries nosniff and a Content-Security-Policy.
 */
#ifndef EXT_HTTP_H
#define EXT_HTTP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"

enum { HTTP_BODY = 16 * 1024, HTTP_FDS = 2 };

struct http;

struct http_request { /* valid until it is answered */
	const char *method;
	const char *path; /* still with its %XX, without host and ?... */
	/* NULL if the request hasn't got it. */
	const char *if_none_match, *if_modified_since, *type;
	const char *words; /* ?q= of the address, still with its %XX */
	bool passed_on;    /* it says that it came by way of a proxy */
	const char *body;  /* of a POST; terminated, but NULs may be in it */
	size_t n_body;
	/* Where it comes from: a /24, or a /48, and zeros; near: this machine,
	 * which may be a proxy. */
	unsigned char network[16];
	bool near;
};

struct http_answer { /* strings may be NULL: no such header */
	int status;
	const char *type, *cache, *etag, *modified, *allow, *location,
	    *disposition, *origin, *retry_after;
	const void *body;
	size_t n;
	int fd; /* a file of n bytes instead of body; -1: none.  Taken over. */
};

/* listen_fd stays the caller's. */
enum status http_open(struct job *j, int listen_fd,
    struct http **out) must_check;
void http_close(struct http *h); /* NULL is allowed */

void http_fds(const struct http *h, struct pollfd p[HTTP_FDS]);
int http_wait(const struct http *h);
/* NULL: none yet. */
struct http_request *http_next(struct http *h);
/* The request is gone after this.  The body is copied. */
void http_answer(struct http *h, struct http_request *r,
    const struct http_answer *a);

#endif
