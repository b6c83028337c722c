/*
 * How a step can end.  The words are the mail system's own: done, nothing
 * there, try again later, never.  Bugs and exhausted memory are not statuses:
 * they end the process (die() in base/log.h), and the mail server keeps the
 * message and retries.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
	ST_OK,
	ST_NONE, /* no such row, no more rows, nothing to do */
	ST_TEMP, /* disk, lock, network: exit 75, the sender's queue retries */
	ST_PERM, /* the input itself is wrong: an answer, a refusal, exit 64 */
};

#define must_check __attribute__((warn_unused_result))

#endif
