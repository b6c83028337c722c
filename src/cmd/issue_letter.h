/*
 * The letter of a digest: what a broadcast is made of that has no post.
 */
#ifndef CMD_ISSUE_LETTER_H
#define CMD_ISSUE_LETTER_H

#include "cmd/world.h"
#include "model/mail.h"
#include "model/member.h"
#include "model/roundup.h"

struct issue_letter {
	struct issue issue;
	struct roundup roundup; /* with its texts */
};

/* In the job's arena.  ST_PERM: there is no issue of that Message-ID. */
enum status issue_letter_open(struct world *w, struct job *j, const char *mid,
    struct issue_letter *out) must_check;
/* For the members of a list who share v; as flow/digest.h. */
enum status issue_letter_compose(struct world *w, struct job *j,
    const struct list *l, const struct issue_letter *x, const struct variant *v,
    struct mail *out) must_check;
bool issue_letter_wanted(struct world *w, const struct issue_letter *x,
    const struct member *m, int64_t now);

#endif
