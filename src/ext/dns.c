#include "ext/dns.h"

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { ANSWER = 8192, HEAD = 12, PATIENCE = 2, FIXED = 10 };

struct answer {
	unsigned char bytes[ANSWER];
	const unsigned char *at, *end;
	unsigned left; /* records that are still to come */
};

struct record {
	unsigned type;
	const unsigned char *data;
	size_t n;
};

static unsigned
two(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static bool
skip_name(struct answer *a)
{
	int n = dn_skipname(a->at, a->end);

	if (n < 0)
		return false;
	a->at += n;
	return true;
}

static enum status
ask(const char *name, int type, struct answer *a)
{
	struct __res_state r;
	int n, why;

	memset(&r, 0, sizeof r);
	if (res_ninit(&r) != 0)
		return ST_TEMP;
	r.retrans = PATIENCE;
	r.retry = 1;
	n = res_nquery(&r, name, ns_c_in, type, a->bytes, sizeof a->bytes);
	why = r.res_h_errno;
	res_nclose(&r);
	if (n < HEAD)
		return why == HOST_NOT_FOUND || why == NO_DATA ? ST_NONE
							       : ST_TEMP;
	if ((size_t)n > sizeof a->bytes)
		n = sizeof a->bytes;
	a->at = a->bytes + HEAD;
	a->end = a->bytes + n;
	a->left = two(a->bytes + 6);
	for (unsigned i = two(a->bytes + 4); i != 0; i--) {
		if (!skip_name(a) || a->end - a->at < 4)
			return ST_TEMP;
		a->at += 4;
	}
	return ST_OK;
}

static bool
next(struct answer *a, struct record *out)
{
	if (a->left == 0 || !skip_name(a) || a->end - a->at < FIXED)
		return false;
	a->left--;
	out->type = two(a->at);
	out->n = two(a->at + 8);
	out->data = a->at + FIXED;
	if ((size_t)(a->end - out->data) < out->n)
		return false;
	a->at = out->data + out->n;
	return true;
}

enum status
dns_has_mx(const char *name)
{
	struct answer a;
	struct record r;
	enum status st = ask(name, ns_t_mx, &a);

	if (st != ST_OK)
		return st;
	while (next(&a, &r))
		if (r.type == ns_t_mx)
			return ST_OK;
	return ST_NONE;
}

/* The first of a record's strings is long enough for its beginning. */
static bool
begins(const struct record *r, const char *start)
{
	size_t n = strlen(start);

	return r->type == ns_t_txt && r->n > n && r->data[0] >= n &&
	       strncasecmp((const char *)r->data + 1, start, n) == 0;
}

enum status
dns_has_text(const char *name, const char *start)
{
	struct answer a;
	struct record r;
	enum status st = ask(name, ns_t_txt, &a);

	if (st != ST_OK)
		return st;
	while (next(&a, &r))
		if (begins(&r, start))
			return ST_OK;
	return ST_NONE;
}
