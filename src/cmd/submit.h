/*
 * A request of the web turned into the mail that it stands for, handed to our
 * own LMTP door without waiting: the caller polls submit_fd() and calls
 * submit_step() when it is ready.
 */
#ifndef CMD_SUBMIT_H
#define CMD_SUBMIT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/job.h"

struct submit {
	int fd;           /* -1: not at work */
	unsigned replies; /* final reply lines seen */
	struct buf out, in;
	struct buf letter; /* RFC 5322, CRLF, sent after 354 */
};

/* where: the configured LMTP socket.  ST_TEMP: nobody answers. */
enum status submit_begin(struct submit *s, struct job *j, const char *where,
    const char *recipient, const char *letter) must_check;
/* poll() events to wait for. */
short submit_events(const struct submit *s);
/* ST_OK: acknowledged; ST_NONE: goes on; ST_TEMP: it didn't get through.
 * Closed but for ST_NONE. */
enum status submit_step(struct submit *s) must_check;
void submit_end(struct submit *s); /* also of one that isn't at work */

#endif
