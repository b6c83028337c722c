/*
 * Whose turn it is to handle what waits: one process at a time, by a lock on
 * STATE/turn.  The file also remembers which message is being handled and how
 * often that was begun, so that a message on which the process dies again and
 * again is set aside instead of stopping the next ones.
 */
#ifndef CMD_TURN_H
#define CMD_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job.h"

enum { TURN_TRIES = 3 };

struct turn {
	int fd;
};

/* Waits a little; ST_NONE: another process is at it. */
enum status turn_take(struct job *j, const char *state,
    struct turn *out) must_check;
/* Notes that a message is begun; false: it was begun too often before. */
bool turn_try(struct turn *t, int64_t message);
/* That try doesn't count: it ended in order, and it wasn't the message's fault.
 */
void turn_spare(struct turn *t);
void turn_give(struct turn *t);

#endif
