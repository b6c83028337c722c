/*
 * Importing members.  Who is one already stays as he is, and who left,
 * bounced, complained, was removed or is gone stays away; a file may say that
 * of its members, who are kept as that.  Memory doesn't grow with the file.
 */
#ifndef CMD_LIST_IMPORT_H
#define CMD_LIST_IMPORT_H

#include <stdbool.h>

#include "cmd/list_source.h"
#include "cmd/world.h"

struct import_wish {
	const struct list *list;
	struct member as;   /* status and delivery, where the file says none */
	const char *source; /* of the consent, where the file says none */
	int64_t
	    consented; /* ... and its date; 0: as long as a member, or now */
	bool welcome;  /* who is new and gets mail is told */
};

struct import {
	int64_t lines, added, there, away, bad;
	int64_t silent; /* of those added: they get nothing */
	int64_t told;   /* of those added: they get a notice */
};

/*
 * Refused lines go to standard error with their number and the reason.
 * ST_TEMP: store or file; what was committed stays.
 */
enum status list_import(struct world *w, struct job *j,
    const struct import_wish *wish, struct source *from,
    struct import *out) must_check;

/* On standard error: a line that isn't taken. */
void list_reject(struct job *j, const struct source *from, const char *what,
    const char *why);
/* On a terminal, every now and then: how far it is. */
void list_progress(const struct source *from, int64_t lines, const char *more);
void list_progress_end(void);
/* On standard output, where a welcome was wished for. */
void list_say_told(int64_t n);

#endif
