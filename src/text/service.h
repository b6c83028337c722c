/*
 * The services of the configuration as the public sees them now: what open
 * events say of each, how it was day by day, and the one sentence that sums
 * them up.  Services that the page doesn't show are left out.
 */
#ifndef TEXT_SERVICE_H
#define TEXT_SERVICE_H

#include <stddef.h>

#include "model/conf.h"
#include "model/public_update.h"
#include "text/uptime.h"

enum { SERVICE_DAYS = 90, SERVICE_MONTHS = 12 };

struct service {
	const char *slug, *name, *group; /* group "" if none */
	enum level level;                /* LEVEL_OPERATIONAL if well */
	const struct public_event *of;   /* what hurts it most, or NULL */
	int64_t born;                    /* known since; 0: not known */
	int64_t changed;                 /* its level, last; 0: never */
	int64_t as_of;                   /* until when it is observed */
	/* The past SERVICE_DAYS, the last is today; NULL: not asked for. */
	const struct uptime *days;
	struct uptime sum; /* of these days */
	int64_t first_day;
};

/* In the order of the configuration, with what the events say of each. */
size_t service_list(struct arena *mem, const struct conf *c,
    const struct public_event *events, size_t n, struct service **out);

struct service_sum {
	size_t shown, hurt, open; /* services, and open events */
	enum level worst;         /* of the services */
	enum impact impact;       /* of the events */
};

struct service_sum service_add_up(const struct service *list, size_t n,
    const struct public_event *events, size_t n_events);
/* What the band is coloured with. */
enum level service_level(const struct service_sum *s);
/* "All systems operational"; level: the word for the worst level. */
char *service_headline(struct arena *mem, const struct service_sum *s,
    const char *level);

#endif
