/* The pages of digests, which stay as they are once they are written. */
#include "base/when.h"
#include "cmd/issues.h"
#include "cmd/site.h"
#include "flow/page.h"
#include "model/tree.h"
#include "text/roundup.h"

static enum status
write_page(struct site *x, struct job *j, const struct issue *i)
{
	struct buf b = BUF_INIT;
	struct roundup r;
	enum status st = issues_gather(x->w, j, i, false, &r);

	if (st == ST_OK)
		st = page_digest(j, &x->w->conf, &r, &b);
	if (st == ST_OK)
		st = site_save(x, j,
		    arena_printf(j->mem, "%sindex.html",
			roundup_path(j->mem, i)),
		    &b);
	buf_free(&b);
	return st;
}

/* Its entry stands in the archive of the month in which it was made. */
static void
touch_month(struct site *x, struct job *j, const struct issue *i)
{
	site_touch(x, &x->months,
	    arena_printf(j->mem, "%d", when_month_of(i->made)));
}

static enum status
write_few(struct site *x, struct job *j, size_t *n)
{
	struct issue *list;
	enum status st = issue_since(x->w->db, j, x->issue, &list, n);

	for (size_t i = 0; i < *n && st == ST_OK; i++) {
		struct job own;

		touch_month(x, j, &list[i]);
		x->issue = list[i].id;
		job_begin(&own, j->id, j->now);
		if ((st = write_page(x, &own, &list[i])) > ST_NONE)
			(void)job_fail(j, st, "%s", own.why);
		job_end(&own);
	}
	return st;
}

enum status
site_digests(struct site *x, struct job *j)
{
	size_t n = 0;
	enum status st = tree_number(x->db, j, "digest", &x->issue);

	do {
		if (st == ST_OK)
			st = write_few(x, j, &n);
	} while (st == ST_OK && n != 0);
	return st;
}
