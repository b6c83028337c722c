/*
 * Stream sockets by name: "/run/x.sock" is a Unix socket, "127.0.0.1:2424"
 * and "[::1]:2424" are TCP; names of hosts aren't looked up.  Descriptors are
 * close-on-exec and non-blocking.
 */
#ifndef BASE_SOCK_H
#define BASE_SOCK_H

#include <stdbool.h>

#include "base/job.h"

/*
 * A socket that listens.  A Unix socket gets mode 0660 and, if it isn't "",
 * the group; one that nobody listens on any more is replaced.  ST_PERM: not
 * such a name; ST_TEMP: the system refused.
 */
enum status sock_listen(struct job *j, const char *where, const char *group,
    int *fd) must_check;
/* Begins to connect: writable once connected. */
enum status sock_connect(struct job *j, const char *where, int *fd) must_check;
/* Only this machine can reach it. */
bool sock_is_local(const char *where);

#endif
