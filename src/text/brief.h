/*
 * The words of one internal mail: subject and body (specification, section
 * 3.11).  Plain text, LF line ends, one column of at most 60 where the words
 * are ours; the body begins with the marker line, then the verdict or the one
 * question.  Pure.
 */
#ifndef TEXT_BRIEF_H
#define TEXT_BRIEF_H

#include "base/job.h"
#include "model/matter.h"
#include "model/message.h"
#include "model/note.h"
#include "model/verdict.h"

struct brief {
	const struct matter *matter;
	const struct verdict *verdict; /* after it was applied */
	const struct message *message; /* NULL: a timer */
	const char *preview; /* the draft (or the post) as it would go out */
	const char *preview_subject;
	bool unshown; /* its words alone: the form of the mail is broken */
	const char *counts;       /* "example-status 1000", of a preview, and of
				     an update that a drill rehearsed */
	const struct note *notes; /* since the last post */
	size_t n_notes;
	const int *overtaken; /* drafts replaced since its reader was last
				 written to */
	size_t n_overtaken;
	const char *answer; /* of a query: lists, timeline, rota, help */
	int64_t copies;     /* that went out of a text that is removed */
};

char *brief_subject(struct job *j, const struct brief *b,
    const struct mailing *to);
char *brief_body(struct job *j, const struct brief *b,
    const struct mailing *to);
/* Is the verdict's question put to this reader? */
bool brief_asks(const struct brief *b, const struct mailing *to);
/*
 * At most 160 characters for a pager (text/pager.h), to: the address that an
 * answer goes to; of the event the id alone unless all is open.  Of a drill it
 * begins with DRILL, and what a mail says with [DRILL].
 */
char *brief_page(struct job *j, const struct brief *b, const char *to);
/* An answer to this mail belongs to the war room, or decides about one. */
bool brief_is_room(const struct brief *b, const struct mailing *to);
/* "E20;W41", or "ok". */
char *brief_result(struct job *j, const struct verdict *v);

#endif
