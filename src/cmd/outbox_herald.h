/*
 * Commands that are told of public posts (on_publish), and the one that brings
 * the tree to another host (publish).  Both run beside the mail, in a process
 * of their own: whatever becomes of them, no letter waits for it.
 */
#ifndef CMD_OUTBOX_HERALD_H
#define CMD_OUTBOX_HERALD_H

#include "cmd/world.h"
#include "ext/command.h"

enum { HERALD_COMMANDS = 8 }; /* of on_publish: model/conf_commands.c */

/*
 * Everything of both that is due, once.  stop: a descriptor that becomes
 * readable when it has to end soon; -1: none.  ST_NONE: another process is at
 * it.
 */
enum status outbox_publish(struct world *w, struct job *j, int stop) must_check;

/*
 * The tree has changed.  Changes while the command runs, or before it is tried
 * again, are brought by one more run.
 */
enum status mirror_mark(struct world *w, struct job *j) must_check;

struct mirror {
	struct command *command; /* NULL: it doesn't run */
};

/* Starts it if it is due. */
void mirror_begin(struct world *w, struct mirror *m);
/* Looks whether it has ended. */
void mirror_look(struct world *w, struct mirror *m);
/* Why it failed last, and when next it is tried; NULL: it didn't. */
char *mirror_trouble(struct job *j, const struct conf *c);

#endif
