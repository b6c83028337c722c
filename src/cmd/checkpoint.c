#include "cmd/checkpoint.h"

#include "base/when.h"
#include "flow/notary.h"

void
checkpoint_write(struct world *w, struct job *j, const char *when, int64_t at,
    const struct chain_head *h, struct buf *out)
{
	buf_printf(out, "site: %s\n%s: %s\nposts: %lld\n", w->conf.url, when,
	    when_rfc3339(j->mem, at), (long long)h->number);
	buf_printf(out, "last: %s u%d r%d\nhash: %s\n", h->event, h->u, h->r,
	    h->hash);
	notary_seal_paper(&w->keys, out);
}

const char *
checkpoint_write_day(struct world *w, struct job *j, int64_t day,
    const struct chain_head *h, struct buf *out)
{
	struct civil c = when_utc(day);

	checkpoint_write(w, j, "until", day + DAY, h, out);
	return arena_printf(j->mem, "chain/%04d-%02d-%02d.txt", c.year, c.month,
	    c.day);
}

enum status
checkpoint_of_day(struct world *w, struct job *j, int64_t day,
    const char **path, struct buf *out)
{
	struct chain_head h;
	enum status st = chain_head(w->db, j, day + DAY, &h);

	*path = "";
	if (st == ST_OK)
		*path = checkpoint_write_day(w, j, day, &h, out);
	return st;
}
