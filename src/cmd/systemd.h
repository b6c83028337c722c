/*
 * What systemd says to a service and wants to hear, without its library:
 * sd_listen_fds(3) and sd_notify(3).  All of it does nothing where systemd
 * isn't.
 */
#ifndef CMD_SYSTEMD_H
#define CMD_SYSTEMD_H

/* The listening socket of this name (FileDescriptorName=); -1: none. */
int systemd_socket(const char *name);
/* No child takes them for its own: call when all sockets are fetched. */
void systemd_forget(void);
/* "READY=1" and the like. */
void systemd_notify(const char *state);

#endif
