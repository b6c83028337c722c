/*
 * What a child of ours says over a pipe, and how it ended: for those who start
 * one and don't trust it (ext/confine.h, ext/gpg_keeper.h).
 */
#ifndef BASE_HEAR_H
#define BASE_HEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"

/* Has it said all, from `start` on? */
typedef bool hear_all(const struct buf *said, size_t start);

/*
 * Adds to *out what comes, until `all` says so (NULL: nobody does) or the pipe
 * ends.  -1: it took more than `ms` milliseconds, or it was more than `most`
 * bytes and may go on.
 */
int hear(int fd, int64_t ms, size_t most, hear_all *all, struct buf *out);
/* Waits for its end: the status of waitpid(), or -1 if there is none. */
int hear_end(pid_t pid);

#endif
