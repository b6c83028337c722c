/*
 * Where members come from: a file or standard input, or a folder, as people
 * have them from the list manager that they leave.
 *
 *	an address a line, also as `list_members -f` or `mailman members` write
 *	them (Name <address>)
 *	comma separated values, see text/roster.h
 *	what Mailman 2's dumpdb prints of config.pck (text/mailman.h), at most
 *	SOURCE_DUMP octets
 *	a folder of mlmmj's: the list's own, or subscribers.d, digesters.d or
 *	nomailsubs.d in it, or a file in one of these
 *
 * Which it is, is seen by itself.  Memory doesn't grow with the file, but for
 * Mailman's.
 */
#ifndef CMD_LIST_SOURCE_H
#define CMD_LIST_SOURCE_H

#include <stdio.h>

#include "model/conf.h"
#include "model/member.h"

enum { SOURCE_DUMP = 64 * 1024 * 1024 };

struct source;

struct entry {
	struct member m;  /* without its list; what isn't given is NULL or 0 */
	const char *why;  /* NULL, or why it is refused */
	const char *what; /* as written, to be shown */
};

/* path "-": standard input.  ST_PERM: the reason is in j. */
enum status source_open(struct job *j, const struct conf *c, const char *path,
    struct source **out) must_check;
/* in is the caller's; name: for messages. */
enum status source_file(struct job *j, const struct conf *c, FILE *in,
    const char *name, struct source **out) must_check;
void source_close(struct source *s); /* NULL is allowed */
/*
 * The next, in j's memory; ST_NONE: there is none; ST_TEMP: it can't be read.
 */
enum status source_next(struct job *j, struct source *s,
    struct entry *out) must_check;
/* "line 12", "subscribers.d/a, line 3": of the last one. */
char *source_where(struct arena *mem, const struct source *s);
/* How much of it was read, in per cent; -1: that isn't known. */
int source_done(const struct source *s);

#endif
