#include "cmd/issue_letter.h"

#include <string.h>

#include "cmd/digests.h"
#include "cmd/issues.h"
#include "flow/digest.h"
#include "text/choice.h"

enum status
issue_letter_open(struct world *w, struct job *j, const char *mid,
    struct issue_letter *out)
{
	enum status st = issue_by_mid(w->db, j, mid, &out->issue);

	if (st == ST_NONE)
		return job_fail(j, ST_PERM, "its digest is gone");
	return st == ST_OK
		   ? issues_gather(w, j, &out->issue, true, &out->roundup)
		   : st;
}

enum status
issue_letter_compose(struct world *w, struct job *j, const struct list *l,
    const struct issue_letter *x, const struct variant *v, struct mail *out)
{
	struct mailer_part *parts = NULL;
	size_t n = 0;
	enum status st = ST_OK;

	if (strcmp(v->format, VARIANT_MIME) == 0)
		st = issues_parts(w, j, l, &x->roundup, v, &parts, &n);
	return st == ST_OK
		   ? digest_mail(j, &w->conf, l, &x->roundup, v, parts, n, out)
		   : st;
}

bool
issue_letter_wanted(struct world *w, const struct issue_letter *x,
    const struct member *m, int64_t now)
{
	return choice_wants_digest(m, x->issue.period == ISSUE_WEEKLY, now) &&
	       !digests_elsewhere(w, &x->issue, m->address, now);
}
