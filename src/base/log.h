/*
 * One line per step and outcome: `step=apply id=... st=ok`.  Four words:
 * note (normal), warn (odd, handled), fail (this job), die (this process).
 * Bytes that aren't printable ASCII are written as \xNN, so that no mail can
 * write a second line or reach a terminal.  The one file with state of its
 * own: where lines go.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

enum log_target {
	LOG_TO_STDERR, /* a terminal, systemd's journal */
	LOG_TO_SYSLOG, /* a mail server's child: its stderr isn't ours */
	LOG_TO_NOWHERE,
};

void log_open(enum log_target target, const char *name);
/* What die() says on standard output besides; NULL, as at first: nothing. */
void log_last_word(const char *line);
void log_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A bug or no memory: exit 75, nothing committed, the mail server retries. */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
