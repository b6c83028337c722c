/*
 * A Maildir that takes the place of a mail server (`spool:DIR`): a mail is
 * written to tmp/, synced, renamed to new/; spool_sync() makes the new names
 * durable.  ST_TEMP: the system refused, the reason is in the job.
 */
#ifndef EXT_SPOOL_H
#define EXT_SPOOL_H

#include <stddef.h>

#include "base/job.h"

/* Makes the folders that are missing. */
enum status spool_open(struct job *j, const char *dir) must_check;
/*
 * p: the whole file, LF line ends.  seq: another for each mail of this
 * process.
 */
enum status spool_put(struct job *j, const char *dir, unsigned long seq,
    const void *p, size_t n) must_check;
enum status spool_sync(struct job *j, const char *dir) must_check;

#endif
