/*
 * /metrics: numbers for a monitor, in the Prometheus text format 0.0.4.  Who
 * works on the store leaves them in STATE/web/metrics, where the web child,
 * which never opens the store, finds them and adds its own.  Only numbers, of
 * what is public or of the house as a whole: nothing of an event that isn't
 * public, no person, no address.
 */
#ifndef CMD_METRICS_H
#define CMD_METRICS_H

#include "base/buf.h"
#include "cmd/world.h"

enum { METRICS_MAX = 64 * 1024 };

/* Replaces the file. */
enum status metrics_write(struct world *w, struct job *j) must_check;

/* One line of help, one of type, for what follows. */
void metrics_head(struct buf *b, const char *name, const char *type,
    const char *help);

#endif
