/*
 * The delivery log of a broadcast, STATE/deliveries/LETTER.log: a line per
 * outcome, `MEMBER TIME CODE @SERVER REPLY`, only ever appended (of older
 * versions without @SERVER).  It is the proof of
 * delivery and the courier's memory: a member with a 2xx or 5xx is done, one
 * with anything else, or no line, is to be tried (again).  CODE 000: the
 * connection broke before an answer.
 *
 * Held under a lock, so that two couriers don't send one letter.  A line that
 * a kill tore is cut off.  Room on the disk is reserved ahead: a copy must not
 * be sent whose outcome can't be written.
 */
#ifndef FLOW_DLOG_H
#define FLOW_DLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"

struct dlog;

/* ST_NONE: another process has it.  ST_TEMP: disk; the reason is in the job. */
enum status dlog_open(struct job *j, const char *state, int64_t letter,
    struct dlog **out) must_check;
/*
 * Who is done in any of these letters, to be asked of dlog_done() alone; no
 * lock, nothing is changed.  A log that isn't there counts for nobody.
 */
enum status dlog_look(struct job *j, const char *state, const int64_t *letters,
    size_t n, struct dlog **out) must_check;
/* Writes what is left.  NULL is allowed. */
void dlog_close(struct dlog *d);

/* As read at the opening; what is added later isn't asked for. */
bool dlog_done(const struct dlog *d, int64_t member);
/* Copies with a final line, those added since included. */
int64_t dlog_taken(const struct dlog *d);
int64_t dlog_refused(const struct dlog *d);

/* Before copies are sent: there is room for the outcomes of a few hundred. */
enum status dlog_reserve(struct job *j, struct dlog *d) must_check;
/* server: who said it; "": nobody. */
struct dlog_line {
	int64_t member, time;
	int code;
	const char *server, *reply;
};

void dlog_add(struct dlog *d, const struct dlog_line *line);
/* Everything added is with the system; sync: and on the disk. */
enum status dlog_write(struct job *j, struct dlog *d, bool sync) must_check;

#endif
