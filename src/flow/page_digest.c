/* The page of an issue of a digest. */
#include "flow/page_in.h"
#include "text/roundup.h"

enum status
page_digest(struct job *j, const struct conf *c, const struct roundup *r,
    struct buf *out)
{
	struct tmpl_map *m = tmpl_map(j->mem);
	struct pager x;
	enum status st = page_begin(&x, j, c);

	if (st != ST_OK)
		return st;
	tmpl_str(m, "root", "../../../");
	tmpl_str(m, "month", page_month_of(j->mem, r->issue->made));
	roundup_put(&x.posting, r, m);
	return page_render(&x, "digest.html", TMPL_HTML, m, out);
}
