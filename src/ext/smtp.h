/*
 * The connection of an SMTP session: libetpan's stream over a socket that never
 * waits.  What is said on it is text/talk.h's; the owner polls smtp_fd().
 *
 * ST_OK; ST_NONE: not yet, poll again; ST_TEMP: the connection can't be made
 * or is gone, smtp_why() says how.
 */
#ifndef EXT_SMTP_H
#define EXT_SMTP_H

#include <stddef.h>
#include <sys/socket.h>

#include "base/status.h"

struct smtp;

/* Begins to connect; never NULL, what goes wrong is told by the next call. */
struct smtp *smtp_open(const struct sockaddr *to, socklen_t n);
void smtp_close(struct smtp *s); /* NULL is allowed */
int smtp_fd(const struct smtp *s);
const char *smtp_why(const struct smtp *s);

enum status smtp_connected(struct smtp *s) must_check;
enum status smtp_read(struct smtp *s, void *p, size_t size,
    size_t *n) must_check;
enum status smtp_write(struct smtp *s, const void *p, size_t size,
    size_t *n) must_check;

#endif
