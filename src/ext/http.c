#include "ext/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/late.h"
#include "base/log.h"

enum {
	PLACES = 4096,  /* connections */
	SPARE_FDS = 48, /* files of ours besides connections */
	LEAVING = 256,  /* connections shut down, not yet closed */
	PER_ADDRESS = 20,
	POOL = 32 * 1024, /* memory of one connection */
	HEADER = 16 * 1024,
	HEADER_MS = 5 * 1000,
	REQUEST_MS = 15 * 1000,
	BYTES_PER_MS = 16, /* the slowest reader */
	ACCEPT_AT_ONCE = 64,
	LOOK_MS = 250,
};

/* What is used of the library. */
/* clang-format off */
#define CALLS(EACH) \
	EACH(start_daemon) EACH(stop_daemon) EACH(run) EACH(get_timeout) \
	EACH(get_daemon_info) EACH(add_connection) EACH(get_connection_info) \
	EACH(get_connection_values) EACH(lookup_connection_value) \
	EACH(suspend_connection) EACH(resume_connection) \
	EACH(queue_response) EACH(create_response_from_buffer) \
	EACH(create_response_from_fd64) EACH(add_response_header) \
	EACH(destroy_response)
#define MEMBER(call) __typeof__(MHD_##call) *call;
#define NAME(call) { "MHD_" #call, offsetof(struct mhd, call) },

struct mhd { CALLS(MEMBER) };
static const struct late_name names[] = { CALLS(NAME) };
/* clang-format on */

enum phase {
	PHASE_FREE,
	PHASE_HEADER, /* waits for a request, or reads its header */
	PHASE_BODY,
	PHASE_ANSWER, /* ours to answer */
	PHASE_SENDING,
	PHASE_LEAVING, /* shut down; the library will close it */
};

struct place { /* one connection */
	enum phase phase;
	int fd;
	unsigned char address[16];
	bool near;     /* from this machine */
	bool asked;    /* began a request, or has never yet: wants a 408 */
	bool odd;      /* its first line holds a NUL, or no version */
	int64_t until; /* ms, monotonic */
	int64_t since;
};

struct exchange {
	struct http_request request; /* first: what the caller holds */
	const struct mhd *lib;
	struct MHD_Connection *connection;
	struct place *place;
	struct MHD_Response *response; /* NULL: not answered yet */
	unsigned status;
	size_t body;
	struct exchange *next;
};

struct http {
	struct mhd lib;
	struct MHD_Daemon *daemon;
	int listen_fd, epoll_fd;
	struct place places[PLACES + LEAVING];
	size_t max, n, leaving;
	struct place *arriving;
	struct exchange *first, **last; /* to be fetched by http_next() */
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

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
enter(struct place *p, enum phase phase, int64_t ms)
{
	p->phase = phase;
	p->until = now_ms() + ms;
}

/* The whole request has its time from the same beginning. */
static void
enter_body(struct place *p)
{
	p->phase = PHASE_BODY;
	p->until += REQUEST_MS - HEADER_MS;
}

/* The library closes it when it next looks. */
static void
shut(struct http *h, struct place *p)
{
	if (p->phase == PHASE_HEADER && p->asked && now_ms() >= p->until)
		(void)send(p->fd, late, sizeof late - 1,
		    MSG_DONTWAIT | MSG_NOSIGNAL);
	(void)shutdown(p->fd, SHUT_RDWR);
	p->phase = PHASE_LEAVING;
	h->n--;
	h->leaving++;
}

static void
add_header(const struct exchange *x, struct MHD_Response *r, const char *name,
    const char *value)
{
	if (value != NULL &&
	    x->lib->add_response_header(r, name, value) != MHD_YES)
		die("http: header %s: %s", name, value);
}

static struct MHD_Response *
respond(const struct exchange *x, const struct http_answer *a)
{
	struct MHD_Response *r;

	if (a->fd >= 0)
		r = x->lib->create_response_from_fd64(a->n, a->fd);
	else {
		void *copy = malloc(a->n + 1);

		if (copy == NULL)
			die("out of memory for an answer");
		if (a->n != 0)
			memcpy(copy, a->body, a->n);
		r = x->lib->create_response_from_buffer(a->n, copy,
		    MHD_RESPMEM_MUST_FREE);
	}
	if (r == NULL)
		die("out of memory for an answer");
	add_header(x, r, "Content-Type", a->type);
	add_header(x, r, "Cache-Control", a->cache);
	add_header(x, r, "ETag", a->etag);
	add_header(x, r, "Last-Modified", a->modified);
	add_header(x, r, "Allow", a->allow);
	add_header(x, r, "Location", a->location);
	add_header(x, r, "Content-Disposition", a->disposition);
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
};

static enum MHD_Result
weigh(void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct framing *f = cls;

	(void)kind;
	f->bytes += strlen(key) + (value == NULL ? 0 : strlen(value)) + 4;
	f->lengths += strcasecmp(key, "Content-Length") == 0;
	f->codings += strcasecmp(key, "Transfer-Encoding") == 0;
	f->hosts += strcasecmp(key, "Host") == 0;
	return MHD_YES;
}

/* Two readers of such a request could see two different ones. */
static void
check(struct exchange *x, const char *version)
{
	struct framing f = { 0 };

	(void)x->lib->get_connection_values(x->connection, MHD_HEADER_KIND,
	    weigh, &f);
	if (x->place->odd || (strcmp(version, "HTTP/1.1") != 0 &&
				 strcmp(version, "HTTP/1.0") != 0))
		refuse(x, 400, "HTTP/1.0 or HTTP/1.1, please\n");
	else if (f.lengths > 1 || f.codings > 1 || f.hosts > 1 ||
		 (f.lengths != 0 && f.codings != 0))
		refuse(x, 400, "The request says twice how it ends\n");
	else if (f.bytes + strlen(x->request.path) > HEADER)
		refuse(x, 431, "The header is too long\n");
}

static const char *
header(const struct http *h, struct MHD_Connection *c, const char *name)
{
	return h->lib.lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static struct exchange *
begin(const struct http *h, struct MHD_Connection *c, const char *url,
    const char *method)
{
	struct exchange *x = calloc(1, sizeof *x);
	const union MHD_ConnectionInfo *info =
	    h->lib.get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	if (x == NULL)
		die("out of memory for a request");
	x->lib = &h->lib;
	x->connection = c;
	x->place = info->socket_context;
	x->request = (struct http_request){ .method = method,
		.path = url,
		.if_none_match = header(h, c, "If-None-Match"),
		.if_modified_since = header(h, c, "If-Modified-Since") };
	if (x->place->phase == PHASE_HEADER)
		enter_body(x->place);
	return x;
}

static enum MHD_Result
send_answer(struct exchange *x)
{
	return x->lib->queue_response(x->connection, x->status, x->response);
}

/* Called for the header, each piece of the body, their end, and when an
 * answer that had to be waited for is there. */
static enum MHD_Result
hear(void *cls, struct MHD_Connection *c, const char *url, const char *method,
    const char *version, const char *data, size_t *n, void **context)
{
	struct http *h = cls;
	struct exchange *x = *context;

	(void)data;
	if (x == NULL) {
		*context = x = begin(h, c, url, method);
		check(x, version);
		return x->response != NULL ? send_answer(x) : MHD_YES;
	}
	if (*n != 0) {
		x->body += *n;
		*n = 0;
		if (x->body > HTTP_BODY)
			refuse(x, 413, "The request is too long\n");
		return MHD_YES;
	}
	if (x->response != NULL)
		return send_answer(x);
	if (x->place->phase == PHASE_BODY)
		x->place->phase = PHASE_ANSWER;
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
	x->place->asked = false;
	if (x->place->phase != PHASE_LEAVING)
		enter(x->place, PHASE_HEADER, HEADER_MS);
	if (x->response != NULL)
		x->lib->destroy_response(x->response);
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
	struct place *p = info->socket_context;

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
	struct place *p = *context;

	(void)c;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = h->arriving;
		return;
	}
	if (p->phase == PHASE_LEAVING)
		h->leaving--;
	else
		h->n--;
	p->phase = PHASE_FREE;
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
fill_address(struct place *p, const struct sockaddr_storage *from)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)from;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;

	memset(p->address, 0, sizeof p->address);
	p->near = true;
	if (from->ss_family == AF_INET) {
		memcpy(p->address, &in->sin_addr, 4);
		p->near = p->address[0] == 127;
	} else if (from->ss_family == AF_INET6) {
		memcpy(p->address, &in6->sin6_addr, 8); /* a network of /64 */
		p->near = IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
	}
}

/* Of those that haven't asked for anything yet; like: with this address. */
static struct place *
oldest(struct http *h, const struct place *like, size_t *n)
{
	struct place *found = NULL;

	*n = 0;
	for (size_t i = 0; i < PLACES + LEAVING; i++) {
		struct place *p = &h->places[i];

		if (p->phase == PHASE_FREE || p->phase == PHASE_LEAVING ||
		    (like != NULL && memcmp(p->address, like->address,
					 sizeof p->address) != 0))
			continue;
		(*n)++;
		if (p->phase == PHASE_HEADER &&
		    (found == NULL || p->since < found->since))
			found = p;
	}
	return found;
}

/* false: there is no room for this one. */
static bool
make_room(struct http *h, const struct place *newcomer)
{
	struct place *p;
	size_t n;

	if (h->leaving >= LEAVING)
		return false;
	if (!newcomer->near) {
		p = oldest(h, newcomer, &n);
		if (n >= PER_ADDRESS && p == NULL)
			return false;
		if (n >= PER_ADDRESS)
			shut(h, p);
	}
	if (h->n < h->max)
		return true;
	p = oldest(h, NULL, &n);
	if (p == NULL)
		return false;
	shut(h, p);
	return true;
}

static void
seat(struct http *h, int fd, const struct sockaddr_storage *from, socklen_t len)
{
	struct place new = { .fd = fd, .asked = true, .since = now_ms() };
	size_t i = 0;

	fill_address(&new, from);
	while (i < PLACES + LEAVING && h->places[i].phase != PHASE_FREE)
		i++;
	if (i == PLACES + LEAVING || !make_room(h, &new)) {
		(void)close(fd);
		return;
	}
	enter(&new, PHASE_HEADER, HEADER_MS);
	h->places[i] = new;
	h->arriving = &h->places[i];
	h->n++;
	if (h->lib.add_connection(h->daemon, fd, (const struct sockaddr *)from,
		len) == MHD_YES)
		return;
	if (h->places[i].phase != PHASE_FREE)
		h->n--;
	h->places[i].phase = PHASE_FREE;
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
			h->deaf_until = now_ms() + LOOK_MS;
		return;
	}
}

static void
send_home_the_late(struct http *h)
{
	int64_t now = now_ms();

	if (now - h->looked < LOOK_MS)
		return;
	h->looked = now;
	for (size_t i = 0; i < PLACES + LEAVING; i++) {
		struct place *p = &h->places[i];

		if ((p->phase == PHASE_HEADER || p->phase == PHASE_BODY ||
			p->phase == PHASE_SENDING) &&
		    now >= p->until)
			shut(h, p);
	}
}

static size_t
count_places(void)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) != 0)
		return PLACES / 8;
	if (l.rlim_cur < l.rlim_max) {
		l.rlim_cur = l.rlim_max;
		if (l.rlim_cur > PLACES * 2 + LEAVING)
			l.rlim_cur = PLACES * 2 + LEAVING;
		(void)setrlimit(RLIMIT_NOFILE, &l);
		(void)getrlimit(RLIMIT_NOFILE, &l);
	}
	if (l.rlim_cur < 2 * SPARE_FDS)
		return SPARE_FDS / 4;
	/* Each may have a file open besides; those on their way out, too. */
	return l.rlim_cur - SPARE_FDS > (size_t)PLACES * 4 / 3
		   ? PLACES
		   : (l.rlim_cur - SPARE_FDS) * 3 / 4;
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
	h->max = count_places();
	h->daemon = h->lib.start_daemon(MHD_USE_EPOLL |
					    MHD_USE_NO_LISTEN_SOCKET |
					    MHD_ALLOW_SUSPEND_RESUME,
	    0, NULL, NULL, hear, h, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)(PLACES + LEAVING), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    (size_t)POOL, MHD_OPTION_CONNECTION_TIMEOUT,
	    (unsigned)(REQUEST_MS / 1000 + 1), MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_NOTIFY_COMPLETED, finish, h,
	    MHD_OPTION_NOTIFY_CONNECTION, come_and_go, h,
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
	bool deaf = h->leaving >= LEAVING || now_ms() < h->deaf_until;

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
	if (x->place->phase == PHASE_ANSWER)
		enter(x->place, PHASE_SENDING,
		    REQUEST_MS + (int64_t)(a->n / BYTES_PER_MS));
	h->lib.resume_connection(x->connection);
}
