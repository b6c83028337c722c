#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "ext/http_in.h"

enum {
	WHOLE = 64 * 1024,      /* of a file that is sent in one piece */
	HELD = 8 * 1024 * 1024, /* of all of those */
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
struct MHD_Response *
http_respond(struct exchange *x, const struct http_answer *a)
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

void
http_refuse(struct exchange *x, unsigned status, const char *why)
{
	struct http_answer a = { .type = "text/plain; charset=utf-8",
		.cache = "no-store",
		.body = why,
		.n = strlen(why),
		.fd = -1 };

	if (x->response != NULL)
		return;
	x->status = status;
	x->response = http_respond(x, &a);
	add_header(x, x->response, "Connection", "close");
}
