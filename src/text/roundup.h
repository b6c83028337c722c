/*
 * An issue of a digest as values for a template: what mail, page and archive
 * show of it.  An update counts that was posted in the time of the issue and
 * went out; a correction of a typo didn't.
 */
#ifndef TEXT_ROUNDUP_H
#define TEXT_ROUNDUP_H

#include "model/roundup.h"
#include "text/posting.h"

struct roundup_sum {
	size_t open, began, resolved, updates, corrections;
	size_t others; /* postmortems, reports, words on what was over */
};

void roundup_add_up(const struct roundup *r, struct roundup_sum *out);
/* Was that update, of an event as it is now, posted in the time of it? */
bool roundup_has(const struct roundup *r, const struct public_update *u);
/* Nothing was posted. */
bool roundup_is_empty(const struct roundup *r);

/* p: its event is changed. */
void roundup_put(struct posting *p, const struct roundup *r,
    struct tmpl_map *m);
/* "Daily digest 2026-03-04: 1 open, 2 resolved (Vol. 2026, No. 63)" */
char *roundup_subject(const struct posting *p, const struct roundup *r,
    const char *prefix);
/* "Daily digest 2026-03-04" */
char *roundup_title(const struct posting *p, const struct issue *i);
/* "digest/daily/2026-03-04/" */
char *roundup_path(struct arena *mem, const struct issue *i);
/* The root that all digests of a week and a list hang on; it is never sent:
 * "digest.example-status.2026-W10"; list "": of the archive. */
char *roundup_root(struct arena *mem, const struct issue *i, const char *list);
/* "digest.example-status.daily.2026-03-04", as that. */
char *roundup_id(struct arena *mem, const struct issue *i, const char *list);

#endif
