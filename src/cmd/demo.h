/*
 * The demonstration's parts: a throw-away instance (demo_set.c), its mail
 * (demo_mail.c), and the play (demo.c).
 */
#ifndef CMD_DEMO_H
#define CMD_DEMO_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/world.h"

enum { DEMO_MEMBERS = 1000 };

struct demo {
	char *dir;
	char *conf_path;
	int lmtp_port, http_port;
	int64_t *clock; /* seconds that our time is ahead; shared by all */
	struct world w;
};

/* demo_set.c: folder, configuration, rota, list, store, members. */
enum status demo_set(struct job *j, struct demo *d, const char *dir) must_check;

/* demo_mail.c: one mail into the LMTP door, as the mail server would. */
enum status demo_send(struct job *j, const struct demo *d, const char *from,
    const char *to, const char *mail) must_check;
/* The address that a person's newest mail of an event asks replies to. */
enum status demo_reply_to(struct job *j, struct demo *d, const char *person,
    char **out) must_check;
/* The oldest internal mail to a person, decoded. */
enum status demo_letter(struct job *j, struct demo *d, const char *person,
    char **out) must_check;
/* The oldest mail in the spool to an address, decoded. */
enum status demo_spooled(struct job *j, const struct demo *d,
    const char *address, char **out) must_check;

#endif
