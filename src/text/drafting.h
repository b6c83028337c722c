/*
 * Drafts and posts as plain data: from a mail's request, from stock text, and
 * from a draft that was approved.  Pure; strings live in the job's arena.
 */
#ifndef TEXT_DRAFTING_H
#define TEXT_DRAFTING_H

#include "base/job.h"
#include "model/matter.h"

/*
 * A pending draft of the event as e has it; own text "" takes the stock
 * sentence.  The promise is clipped to the bound.
 */
void drafting_make(struct job *j, const struct matter *m, const struct event *e,
    enum state state, const char *own, struct draft *out);
/* The longest that an update may promise; 0: any. */
int64_t drafting_longest(const struct conf *c, const struct event *e);
/* What was wished, within that bound; nothing: the usual. */
struct promise drafting_promise(const struct matter *m, const struct event *e,
    const struct promise *wish, int64_t now, bool *clipped);
/* The same text once more, of an event that has changed. */
void drafting_again(struct job *j, const struct matter *m,
    const struct event *e, const struct draft *old, struct draft *out);
/* What is posted when d is approved now. */
void drafting_post(struct job *j, const struct matter *m, const struct event *e,
    const struct draft *d, struct post *out);
/* When a promise made at `posted` falls due; 0: none. */
int64_t drafting_due(const struct conf *c, const struct event *e,
    const struct promise *p, int64_t posted);

/*
 * What NOC says, a line for each fact, as it is stored; and a sentence for
 * people on each difference to it, with the public names of services.
 */
/* Was it made while disclosure was limited? */
bool drafting_is_guarded(const struct draft *x);
/* The program's words alone: no text, title, field or reason of a person. */
bool drafting_is_plain(const struct conf *c, const struct draft *x);
char *drafting_facts(struct job *j, const struct event *e);
char *drafting_changes(struct job *j, const struct conf *c, const char *facts,
    const struct event *e);

#endif
