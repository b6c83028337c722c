/*
 * The commands that a list's request address understands, one a line:
 *
 *	subscribe [each|first-last|digest]   unsubscribe
 *	set topics email-b, dns        set topics all
 *	set min minor|major|critical   set kind incidents|maintenance|all
 *	set lang fr   set tz Europe/Paris   set format text|html|both
 *	set delivery each|first-last   first-last   maintenance only
 *	set digest [daily|weekly] [mime]   set digest off
 *	pause until 2026-04-01   pause 14d   resume
 *	which   open   get INC-2026-0042   follow INC-2026-0042   help
 *
 * Case doesn't matter, the word `set` may be left out, "set min: major" is
 * read too.  A greeting is passed over; a line that is none of these is
 * refused with what to write instead.  Reading ends at `end`, `quit`, "-- " or
 * a thank-you, after LISTCOMMAND_MAX lines, and after LISTCOMMAND_ODD lines in
 * a row that are no commands: that is a letter, and not for us.  An event is
 * got once, and LISTCOMMAND_GETS of them in one mail.
 */
#ifndef TEXT_LISTCOMMAND_H
#define TEXT_LISTCOMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/conf.h"
#include "text/eventid.h"

enum { LISTCOMMAND_MAX = 50, LISTCOMMAND_ODD = 3, LISTCOMMAND_GETS = 5 };

enum list_verb {
	LIST_REFUSED, /* `no` says why */
	LIST_SUBSCRIBE,
	LIST_UNSUBSCRIBE,
	LIST_TOPICS,
	LIST_LEAST,
	LIST_KIND,
	LIST_LANG,
	LIST_ZONE,
	LIST_FORMAT,
	LIST_DELIVERY,
	LIST_PAUSE,
	LIST_RESUME,
	LIST_FOLLOW,
	/* From here on nothing changes. */
	LIST_WHICH,
	LIST_OPEN_EVENTS,
	LIST_GET,
	LIST_HELP,
};

struct list_command {
	enum list_verb verb;
	const char *value;  /* as member.h keeps it */
	int64_t until;      /* of LIST_PAUSE */
	struct eventid id;  /* of LIST_GET and LIST_FOLLOW */
	const char *line;   /* as written, one line */
	const char *no;     /* of LIST_REFUSED: what is wrong */
	const char *copy;   /* ... a line that would be read; "" none */
	const char *answer; /* of queries: set by who carries them out */
};

struct list_commands {
	struct list_command *list;
	size_t n;
	size_t unread; /* lines that weren't looked at */
	size_t odd;    /* lines that are no command */
	size_t again;  /* ... that asked for an event once more */
};

struct list_reading {
	const struct conf *conf;
	int64_t now;
	const char *zone;        /* of the member; NULL: not known */
	const struct list *list; /* NULL: of whom nothing is known */
};

/* text: the reply of a mail, LF line ends.  Always fills *out. */
void listcommand_read(struct arena *mem, const struct list_reading *r,
    const char *text, struct list_commands *out);
/* One line, as in a Subject; false: it is no command. */
bool listcommand_line(struct arena *mem, const struct list_reading *r,
    const char *line, struct list_command *out);

#endif
