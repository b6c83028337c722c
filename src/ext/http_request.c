#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "ext/http_in.h"

enum { HEADER = 16 * 1024 };

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

void
http_check(struct exchange *x, const char *version)
{
	struct framing f = { 0 };
	const char *why;

	(void)x->lib->get_connection_values_n(x->connection, MHD_HEADER_KIND,
	    weigh, &f);
	if ((why = misread(x, &f, version)) != NULL)
		http_refuse(x, 400, why);
	else if (f.coding != NULL && strcasecmp(f.coding, "chunked") != 0)
		http_refuse(x, 501, "No transfer coding but chunked, please\n");
	else if (f.length > HTTP_BODY)
		http_refuse(x, 413, "The request is too long\n");
	else if (f.bytes + strlen(x->request.path) > HEADER)
		http_refuse(x, 431, "The header is too long\n");
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

/* The whole request has its time from the same beginning. */
static void
enter_body(struct seat *p)
{
	p->phase = SEAT_BODY;
	p->until += REQUEST_MS - HEADER_MS;
}

struct exchange *
http_begin(struct http *h, struct MHD_Connection *c, const char *url,
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
