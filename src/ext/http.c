#include "ext/http.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/late.h"
#include "base/log.h"
#include "ext/http_in.h"

enum {
	POOL = 32 * 1024,  /* memory of one connection */
	BYTES_PER_MS = 16, /* the slowest reader */
	ACCEPT_AT_ONCE = 64,
	LOOK_MS = 250,
};

/* clang-format off */
#define NAME(call) { "MHD_" #call, offsetof(struct mhd, call) },
static const struct late_name names[] = { CALLS(NAME) };
/* clang-format on */

static const char late[] = "HTTP/1.1 408 Request Timeout\r\n"
			   "Connection: close\r\n"
			   "Content-Type: text/plain; charset=utf-8\r\n"
			   "X-Content-Type-Options: nosniff\r\n"
			   "Content-Security-Policy: default-src 'none'\r\n"
			   "Content-Length: 26\r\n\r\n"
			   "The request took too long\n";

static enum MHD_Result
send_answer(struct exchange *x)
{
	return x->lib->queue_response(x->connection, x->status, x->response);
}

static void
take_body(struct exchange *x, const char *data, size_t n)
{
	x->n_body += n;
	if (x->n_body > HTTP_BODY) {
		buf_free(&x->body);
		http_refuse(x, 413, "The request is too long\n");
	} else if (strcmp(x->request.method, "POST") == 0)
		buf_add(&x->body, data, n);
	x->request.body = x->body.data;
	x->request.n_body = x->body.len;
}

/* Called for the header, each piece of the body, their end, and when an
 * answer that had to be waited for is there. */
static enum MHD_Result
hear(void *cls, struct MHD_Connection *c, const char *url, const char *method,
    const char *version, const char *data, size_t *n, void **context)
{
	struct http *h = cls;
	struct exchange *x = *context;

	if (x == NULL) {
		*context = x = http_begin(h, c, url, method);
		http_check(x, version);
		return x->response != NULL ? send_answer(x) : MHD_YES;
	}
	if (*n != 0) {
		take_body(x, data, *n);
		*n = 0;
		return MHD_YES;
	}
	if (x->response != NULL)
		return send_answer(x);
	if (x->seat->phase == SEAT_BODY)
		x->seat->phase = SEAT_ANSWER;
	x->next = NULL;
	*h->last = x;
	h->last = &x->next;
	h->lib.suspend_connection(c);
	return MHD_YES;
}

static void
finish(void *cls, struct MHD_Connection *c, void **context,
    enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *context;

	(void)cls;
	(void)c;
	(void)code;
	if (x == NULL)
		return;
	x->seat->asked = false;
	if (x->seat->phase != SEAT_LEAVING)
		seat_enter(x->seat, SEAT_ASKING, HEADER_MS);
	if (x->response != NULL)
		x->lib->destroy_response(x->response);
	*x->held -= x->holds;
	buf_free(&x->body);
	free(x);
	*context = NULL;
}

/* The first line of a request is there. */
static void *
note_line(void *cls, const char *uri, struct MHD_Connection *c)
{
	const struct http *h = cls;
	const union MHD_ConnectionInfo *info =
	    h->lib.get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct seat *p = info->socket_context;

	p->asked = true;
	/* The library cuts the line in place: what follows the path, had it
	 * no NUL of its own, is the version. */
	p->odd = strncmp(uri + strlen(uri) + 1, "HTTP/", 5) != 0;
	return NULL;
}

static void
come_and_go(void *cls, struct MHD_Connection *c, void **context,
    enum MHD_ConnectionNotificationCode code)
{
	struct http *h = cls;
	struct seat *p = *context;

	(void)c;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = h->arriving;
		return;
	}
	seats_give(&h->seats, p);
}

/* Paths are decoded by who knows which are fine. */
static size_t
leave_escaped(void *cls, struct MHD_Connection *c, char *s)
{
	(void)cls;
	(void)c;
	return strlen(s);
}

static void
seat(struct http *h, int fd, const struct sockaddr_storage *from, socklen_t len)
{
	struct seat *p = seats_take(&h->seats, fd, from);

	if (p == NULL) {
		(void)close(fd);
		return;
	}
	h->arriving = p;
	/* Whoever isn't let in is closed by the library. */
	if (h->lib.add_connection(h->daemon, fd, (const struct sockaddr *)from,
		len) != MHD_YES)
		seats_give(&h->seats, p);
}

static void
let_in(struct http *h)
{
	for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
		struct sockaddr_storage from = { 0 };
		socklen_t len = sizeof from;
		int fd = accept4(h->listen_fd, (struct sockaddr *)&from, &len,
		    SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd >= 0) {
			seat(h, fd, &from, len);
			continue;
		}
		if (errno == EMFILE || errno == ENFILE)
			h->deaf_until = seats_now() + LOOK_MS;
		return;
	}
}

static void
send_home_the_late(struct http *h)
{
	int64_t now = seats_now();

	if (now - h->looked < LOOK_MS)
		return;
	h->looked = now;
	seats_look(&h->seats);
}

enum status
http_open(struct job *j, int listen_fd, struct http **out)
{
	struct http *h = calloc(1, sizeof *h);
	const union MHD_DaemonInfo *info;
	const char *missing;

	if (h == NULL)
		die("out of memory for the web server");
	missing = late_load(LIBMICROHTTPD, names, sizeof names / sizeof *names,
	    &h->lib);
	if (missing != NULL)
		die("%s", missing);
	h->listen_fd = listen_fd;
	h->last = &h->first;
	seats_open(&h->seats, late, HEADER_MS);
	h->daemon = h->lib.start_daemon(MHD_USE_EPOLL |
					    MHD_USE_NO_LISTEN_SOCKET |
					    MHD_ALLOW_SUSPEND_RESUME,
	    0, NULL, NULL, hear, h, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)(SEATS + SEATS_LEAVING),
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(REQUEST_MS / 1000 + 1),
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED,
	    finish, h, MHD_OPTION_NOTIFY_CONNECTION, come_and_go, h,
	    MHD_OPTION_URI_LOG_CALLBACK, note_line, h,
	    MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_END);
	info = h->daemon == NULL ? NULL
				 : h->lib.get_daemon_info(h->daemon,
				       MHD_DAEMON_INFO_EPOLL_FD);
	if (info == NULL) {
		free(h);
		return job_fail(j, ST_TEMP, "the web server doesn't start");
	}
	h->epoll_fd = info->epoll_fd;
	*out = h;
	return ST_OK;
}

void
http_close(struct http *h)
{
	static const char why[] = "Going down, try again\n";
	struct http_answer a = { .status = 503,
		.type = "text/plain; charset=utf-8",
		.body = why,
		.n = sizeof why - 1,
		.fd = -1 };

	if (h == NULL)
		return;
	while (h->first != NULL)
		http_answer(h, http_next(h), &a);
	(void)h->lib.run(h->daemon);
	h->lib.stop_daemon(h->daemon);
	free(h);
}

void
http_fds(const struct http *h, struct pollfd p[HTTP_FDS])
{
	bool deaf = seats_stuck(&h->seats) || seats_now() < h->deaf_until;

	p[0] = (struct pollfd){ h->epoll_fd, POLLIN, 0 };
	p[1] = (struct pollfd){ deaf ? -1 : h->listen_fd, POLLIN, 0 };
}

int
http_wait(const struct http *h)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (h->first != NULL)
		return 0;
	if (h->lib.get_timeout(h->daemon, &ms) == MHD_YES && ms < LOOK_MS)
		return (int)ms;
	return LOOK_MS;
}

struct http_request *
http_next(struct http *h)
{
	struct exchange *x = h->first;

	if (x == NULL) {
		send_home_the_late(h);
		let_in(h);
		(void)h->lib.run(h->daemon);
		x = h->first;
	}
	if (x == NULL)
		return NULL;
	h->first = x->next;
	if (h->first == NULL)
		h->last = &h->first;
	return &x->request;
}

void
http_answer(struct http *h, struct http_request *r, const struct http_answer *a)
{
	struct exchange *x = (struct exchange *)r;

	x->status = (unsigned)a->status;
	x->response = http_respond(x, a);
	if (x->seat->phase == SEAT_ANSWER)
		seat_enter(x->seat, SEAT_SENDING,
		    REQUEST_MS + (int64_t)(a->n / BYTES_PER_MS));
	h->lib.resume_connection(x->connection);
}
