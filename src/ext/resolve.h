/*
 * Names to addresses, without waiting: numbers at once, names in a child that
 * can be given up, since the resolver may take half a minute and pages can't.
 */
#ifndef EXT_RESOLVE_H
#define EXT_RESOLVE_H

#include <stddef.h>
#include <sys/socket.h>

#include "base/status.h"

enum { RESOLVE_MAX = 4 };

struct resolve_address {
	struct sockaddr_storage addr;
	socklen_t len;
};

struct resolve;

/*
 * ST_OK: *n addresses in out (RESOLVE_MAX).  ST_NONE: *r is at work, ask
 * resolve_read().  ST_TEMP: no child could be made.
 */
enum status resolve_begin(const char *host, const char *port,
    struct resolve_address *out, size_t *n, struct resolve **r) must_check;
/* ST_OK, ST_NONE (not all came yet) or ST_TEMP: no address. */
enum status resolve_read(struct resolve *r, struct resolve_address *out,
    size_t *n) must_check;
/* Ends the child if it still runs.  NULL is allowed. */
void resolve_end(struct resolve *r);

#endif
