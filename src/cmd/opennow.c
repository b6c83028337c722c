#include "cmd/opennow.h"

#include "model/post.h"
#include "model/post_find.h"
#include "text/nowopen.h"

enum status
opennow_text(struct world *w, struct job *j, const char *lang, char **out)
{
	struct buf b = BUF_INIT;
	struct labels words;
	int64_t *ids;
	size_t n = 0;
	enum status st =
	    labels_load(j, w->conf.templates, w->conf.brand.slug, lang, &words);

	if (st == ST_OK)
		st = post_events_open(w->db, j, &ids, &n);
	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct public_event e;

		st = post_public_event(w->db, j, &w->conf, ids[i], &e);
		if (st == ST_OK && !e.report)
			nowopen_add(&b, j, &w->conf, &words, &e);
	}
	*out = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return st;
}
