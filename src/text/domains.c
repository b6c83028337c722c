#include "text/domains.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"

enum { PAUSE_LEAST = 250, PAUSE_MOST = 60 * 1000 };

struct domain {
	char name[LIMIT_ADDRESS + 1]; /* "": free */
	unsigned limit, good;
	int64_t pause, until;
};

struct domains {
	size_t n; /* places that were ever taken */
	struct domain at[DOMAINS_ROOM];
};

struct domains *
domains_new(void)
{
	struct domains *d = calloc(1, sizeof *d);

	if (d == NULL)
		die("out of memory for domains");
	return d;
}

void
domains_free(struct domains *d)
{
	free(d);
}

const char *
domains_of(const char *address)
{
	const char *at = strrchr(address, '@');

	return at == NULL ? "" : at + 1;
}

int
domains_find(const struct domains *d, const char *domain)
{
	for (int i = 0; i < (int)d->n && *domain != '\0'; i++)
		if (text_ieq(d->at[i].name, domain))
			return i;
	return -1;
}

const char *
domains_name(const struct domains *d, int at)
{
	return d->at[at].name;
}

bool
domains_may(const struct domains *d, int at, size_t on_their_way, int64_t ms)
{
	const struct domain *e = &d->at[at];

	return e->name[0] == '\0' ||
	       (ms >= e->until && on_their_way < e->limit);
}

unsigned
domains_limit(const struct domains *d, const char *domain)
{
	int at = domains_find(d, domain);

	return at < 0 ? 0 : d->at[at].limit;
}

/* A free place, or that of the one whose pause ended first. */
static struct domain *
place(struct domains *d)
{
	struct domain *best = &d->at[0];

	for (size_t i = 0; i < d->n; i++) {
		struct domain *e = &d->at[i];

		if (e->name[0] == '\0')
			return e;
		if (e->until < best->until)
			best = e;
	}
	return d->n < DOMAINS_ROOM ? &d->at[d->n++] : best;
}

static void
slow_down(struct domain *e, int64_t ms)
{
	e->limit = e->limit > 1 ? e->limit / 2 : 1;
	e->pause = e->pause == 0 ? PAUSE_LEAST : e->pause * 2;
	if (e->pause > PAUSE_MOST)
		e->pause = PAUSE_MOST;
	e->until = ms + e->pause;
	e->good = 0;
}

static void
went_well(struct domain *e)
{
	if (++e->good < e->limit)
		return;
	e->good = 0;
	e->pause /= 2;
	if (++e->limit >= DOMAINS_MOST)
		*e = (struct domain){ .name = "" };
}

bool
domains_said(struct domains *d, const char *address, int code,
    const char *reply, int64_t ms)
{
	const char *domain = domains_of(address);
	bool slow =
	    code >= 400 && code <= 499 && strncmp(reply, "4.7.", 4) == 0;
	int at = domains_find(d, domain);
	struct domain *e;

	if (at < 0 && (!slow || *domain == '\0'))
		return false;
	if (at < 0) {
		e = place(d);
		*e = (struct domain){ .limit = DOMAINS_FIRST * 2 };
		strncpy(e->name, domain, sizeof e->name - 1);
	} else
		e = &d->at[at];
	if (slow && ms >= e->until) {
		slow_down(e, ms);
		return true;
	}
	if (code >= 200 && code <= 299)
		went_well(e);
	return false;
}
