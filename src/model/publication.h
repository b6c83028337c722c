/*
 * Public posts as they are told to commands (on_publish): an outbox, one row
 * for each post and command.  A command is told of what is published after it
 * was seen first.
 *
 * waiting -> done      the command ended well; what it printed is remote
 * waiting -> failed    it failed for a day
 * waiting -> dropped   the text was removed or corrected before it went
 */
#ifndef MODEL_PUBLICATION_H
#define MODEL_PUBLICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

struct publication {
	int64_t id, event, post;
	const char *name; /* of the event */
	int u, r;         /* of the post */
	const char *command;
	int64_t created, due;
	int tries;
	int64_t first_failed; /* 0: not yet */
	const char *status, *reply, *remote;
};

struct publication_post { /* where a post belongs, and whether it is quiet */
	int64_t id, event;
	int u, r;
	bool quiet; /* Notify: no, or a corrected typing error */
};

/* The last post that the command was asked about; one that is new begins with
 * the newest. */
enum status publication_seen(struct db *db, struct job *j, const char *command,
    int64_t *seen) must_check;
/* ST_NONE: nothing was published since, and the command is no new one. */
enum status publication_behind(struct db *db, struct job *j,
    const char *command) must_check;
enum status publication_see(struct db *db, struct job *j, const char *command,
    int64_t seen) must_check;
/* The next few after since; *n 0: there are none. */
enum status publication_posts(struct db *db, struct job *j, int64_t since,
    struct publication_post **out, size_t *n) must_check;
enum status publication_add(struct db *db, struct job *j, const char *command,
    const struct publication_post *p) must_check;

/*
 * The oldest that is due for the command, and waits for no earlier one of its
 * event; ST_NONE: there is none.
 */
enum status publication_next(struct db *db, struct job *j, const char *command,
    struct publication *out) must_check;
/* Puts due, tries, first_failed, status, reply and remote of p. */
enum status publication_save(struct db *db, struct job *j,
    const struct publication *p) must_check;
/* What the command calls the first and the last of an event; "": nothing. */
enum status publication_thread(struct db *db, struct job *j,
    const struct publication *p, const char **first,
    const char **last) must_check;
/* Of an event; 0: those that wait, or failed in the past week. */
enum status publication_list(struct db *db, struct job *j, int64_t event,
    struct publication **out, size_t *n) must_check;

#endif
