#include "cmd/slice.h"

#include <string.h>

#include "flow/texts.h"
#include "model/post.h"

enum { BYTES = 1024 * 1024 }; /* of text, about */

static size_t
text_bytes(const struct public_event *e)
{
	size_t n = 0;

	for (size_t i = 0; i < e->n_updates; i++)
		n += strlen(e->updates[i].text);
	return n;
}

static enum status
load(struct world *w, const int64_t **ids, size_t *n, struct slice *out)
{
	size_t bytes = 0;

	while (*n != 0 && out->n < SLICE && bytes < BYTES) {
		struct public_event *e = arena_alloc(out->job.mem, sizeof *e);
		enum status st =
		    post_public_event(w->db, &out->job, &w->conf, **ids, e);

		if (st > ST_NONE)
			return st;
		if (st == ST_OK) {
			bytes += text_bytes(e);
			out->ids[out->n] = **ids;
			out->list[out->n++] = e;
		}
		++*ids;
		--*n;
	}
	return ST_OK;
}

enum status
slice_begin(struct world *w, struct job *j, const int64_t **ids, size_t *n,
    struct slice *out)
{
	enum status st;

	out->n = 0;
	job_begin(&out->job, j->id, j->now);
	out->job.keeps = true;
	if ((st = db_hold(w->db, &out->job)) == ST_OK)
		st = load(w, ids, n, out);
	db_release(w->db);
	if (st != ST_OK)
		return st;
	return texts_read_once(&out->job, &w->conf.limits, w->texts, out->list,
	    out->n);
}

void
slice_end(struct slice *s, struct job *j, enum status st)
{
	if (st > ST_NONE)
		(void)job_fail(j, st, "%s", s->job.why);
	job_end(&s->job);
}
