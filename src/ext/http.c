#include "ext/http.h"

#include <ctype.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/late.h"
#include "base/log.h"
#include "base/seats.h"

enum {
	POOL = 32 * 1024, /* memory of one connection */
	HEADER = 16 * 1024,
	HEADER_MS = 5 * 1000,
	REQUEST_MS = 15 * 1000,
	BYTES_PER_MS = 16, /* the slowest reader */
	ACCEPT_AT_ONCE = 64,
	LOOK_MS = 250,
	WHOLE = 64 * 1024,      /* of a file that is sent in one piece */
	HELD = 8 * 1024 * 1024, /* of all of those */
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
#define NAME(call) { "MHD_" #call, offsetof(struct mhd, call) },

struct mhd { CALLS(MEMBER) };
static const struct late_name names[] = { CALLS(NAME) };
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

static const struct {
	const char *name, *value;
} always[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
	    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
};

static const char late[] = "HTTP/1.1 408 Request Timeout\r\n"
			   "Connection: close\r\n"
			   "Content-Type: text/plain; charset=utf-8\r\n"
			   "X-Content-Type-Options: nosniff\r\n"
			   "Content-Security-Policy: default-src 'none'\r\n"
			   "Content-Length: 26\r\n\r\n"
			   "The request took too long\n";

/* The whole request has its time from the same beginning. */
static void
enter_body(struct seat *p)
{
	p->phase = SEAT_BODY;
	p->until += REQUEST_MS - HEADER_MS;
}

static void
add_header(const struct exchange *x, struct MHD_Response *r, const char *name,
    const char *value)
{
	if (value != NULL &&
	    x->lib->add_response_header(r, name, value) != MHD_YES)
		die("http: header %s: %s", name, value);
}

/* NULL: it goes by and by, as do all while many are held by slow readers. */
static void *
whole_file(struct exchange *x, const struct http_answer *a)
{
	void *p;

	if (a->n > WHOLE || *x->held + a->n > HELD)
		return NULL;
	p = malloc(a->n + 1);
	if (p == NULL || pread(a->fd, p, a->n, 0) != (ssize_t)a->n) {
		free(p);
		return NULL;
	}
	(void)close(a->fd);
	x->holds = a->n;
	*x->held += a->n;
	return p;
}

static void *
copy_of(const struct http_answer *a)
{
	void *copy = malloc(a->n + 1);

	if (copy == NULL)
		die("out of memory for an answer");
	if (a->n != 0)
		memcpy(copy, a->body, a->n);
	return copy;
}

/* In memory it leaves in one piece with its header. */
static struct MHD_Response *
respond(struct exchange *x, const struct http_answer *a)
{
	void *p = a->fd >= 0 ? whole_file(x, a) : copy_of(a);
	struct MHD_Response *r;

	if (p == NULL)
		r = x->lib->create_response_from_fd64(a->n, a->fd);
	else
		r = x->lib->create_response_from_buffer(a->n, p,
		    MHD_RESPMEM_MUST_FREE);
	if (r == NULL)
		die("out of memory for an answer");
	add_header(x, r, "Content-Type", a->type);
	add_header(x, r, "Cache-Control", a->cache);
	add_header(x, r, "ETag", a->etag);
	add_header(x, r, "Last-Modified", a->modified);
	add_header(x, r, "Allow", a->allow);
	add_header(x, r, "Location", a->location);
	add_header(x, r, "Content-Disposition", a->disposition);
	add_header(x, r, "Access-Control-Allow-Origin", a->origin);
	add_header(x, r, "Retry-After", a->retry_after);
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		add_header(x, r, always[i].name, always[i].value);
	return r;
}

/* What is refused before anybody is asked. */
static void
refuse(struct exchange *x, unsigned status, const char *why)
{
	struct http_answer a = { .type = "text/plain; charset=utf-8",
		.cache = "no-store",
		.body = why,
		.n = strlen(why),
		.fd = -1 };

	if (x->response != NULL)
		return;
	x->status = status;
	x->response = respond(x, &a);
	add_header(x, x->response, "Connection", "close");
}

struct framing {
	unsigned lengths, codings, hosts;
	size_t bytes;
	bool odd;           /* a name or value that is none */
	uint64_t length;    /* Content-Length, if it is one */
	const char *coding; /* NULL: none */
};

/* A token; the library lets blanks in front of the colon through. */
static bool
is_name(const char *s, size_t n)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) &&
		    (s[i] == '\0' || strchr(marks, s[i]) == NULL))
			return false;
	return n != 0;
}

static bool
is_value(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') ||
		    s[i] == 0x7f)
			return false;
	return true;
}

static enum MHD_Result
weigh(void *cls, enum MHD_ValueKind kind, const char *key, size_t n,
    const char *value, size_t m)
{
	struct framing *f = cls;

	(void)kind;
	f->bytes += n + m + 4;
	if (!is_name(key, n) || !is_value(value, m)) {
		f->odd = true;
		return MHD_NO;
	}
	if (strcasecmp(key, "Content-Length") == 0) {
		f->lengths++;
		f->length = strtoull(value, NULL, 10);
	}
	if (strcasecmp(key, "Transfer-Encoding") == 0) {
		f->codings++;
		f->coding = value;
	}
	f->hosts += strcasecmp(key, "Host") == 0;
	return MHD_YES;
}

/* Two readers of such a request could see two different ones. */
static const char *
misread(const struct exchange *x, const struct framing *f, const char *version)
{
	bool older = strcmp(version, "HTTP/1.0") == 0;

	if (x->seat->odd || (!older && strcmp(version, "HTTP/1.1") != 0))
		return "HTTP/1.0 or HTTP/1.1, please\n";
	if (f->odd)
		return "That is no header\n";
	if (f->hosts > 1)
		return "The request names two hosts\n";
	if (f->lengths + f->codings > 1 || (older && f->codings != 0))
		return "The request says twice how it ends\n";
	return NULL;
}

/* Before a body is waited for. */
static void
check(struct exchange *x, const char *version)
{
	struct framing f = { 0 };
	const char *why;

	(void)x->lib->get_connection_values_n(x->connection, MHD_HEADER_KIND,
	    weigh, &f);
	if ((why = misread(x, &f, version)) != NULL)
		refuse(x, 400, why);
	else if (f.coding != NULL && strcasecmp(f.coding, "chunked") != 0)
		refuse(x, 501, "No transfer coding but chunked, please\n");
	else if (f.length > HTTP_BODY)
		refuse(x, 413, "The request is too long\n");
	else if (f.bytes + strlen(x->request.path) > HEADER)
		refuse(x, 431, "The header is too long\n");
}

static const char *
header(const struct http *h, struct MHD_Connection *c, const char *name)
{
	return h->lib.lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static bool
passed_on(const struct http *h, struct MHD_Connection *c)
{
	static const char *const tells[] = { "Forwarded", "Via",
		"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
		"X-Real-IP" };

	for (size_t i = 0; i < sizeof tells / sizeof *tells; i++)
		if (header(h, c, tells[i]) != NULL)
			return true;
	return false;
}

/* As sent to a proxy: http://host/path. */
static const char *
path_of(const char *url)
{
	if (strncasecmp(url, "http://", 7) == 0)
		url += 7;
	else if (strncasecmp(url, "https://", 8) == 0)
		url += 8;
	else
		return url;
	url = strchr(url, '/');
	return url == NULL ? "/" : url;
}

static void
fill_network(struct exchange *x)
{
	memcpy(x->request.network, x->seat->address, x->seat->four ? 3 : 6);
	x->request.near = x->seat->near;
}

static struct exchange *
begin(struct http *h, struct MHD_Connection *c, const char *url,
    const char *method)
{
	struct exchange *x = calloc(1, sizeof *x);
	const union MHD_ConnectionInfo *info =
	    h->lib.get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	if (x == NULL)
		die("out of memory for a request");
	x->lib = &h->lib;
	x->held = &h->held;
	x->connection = c;
	x->seat = info->socket_context;
	x->request = (struct http_request){ .method = method,
		.path = path_of(url),
		.if_none_match = header(h, c, "If-None-Match"),
		.if_modified_since = header(h, c, "If-Modified-Since"),
		.type = header(h, c, "Content-Type"),
		.words = h->lib.lookup_connection_value(c,
		    MHD_GET_ARGUMENT_KIND, "q"),
		.passed_on = passed_on(h, c),
		.body = "" };
	x->body = (struct buf)BUF_INIT;
	fill_network(x);
	if (x->seat->phase == SEAT_ASKING)
		enter_body(x->seat);
	return x;
}

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
		refuse(x, 413, "The request is too long\n");
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
		*context = x = begin(h, c, url, method);
		check(x, version);
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
	x->response = respond(x, a);
	if (x->seat->phase == SEAT_ANSWER)
		seat_enter(x->seat, SEAT_SENDING,
		    REQUEST_MS + (int64_t)(a->n / BYTES_PER_MS));
	h->lib.resume_connection(x->connection);
}
