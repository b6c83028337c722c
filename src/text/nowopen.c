#include "text/nowopen.h"

#include "base/limits.h"
#include "base/text.h"
#include "text/posting.h"

void
nowopen_add(struct buf *out, struct job *j, const struct conf *c,
    const struct labels *words, const struct public_event *e)
{
	buf_printf(out, "%s %s\n  %s", e->event,
	    text_one_line(j->mem, e->title, LIMIT_TITLE),
	    labels_of(words, j->mem, "state_", words_state(e->state)));
	if (e->started != 0)
		buf_printf(out, "; %s: %s", labels_get(words, "started"),
		    labels_time(words, j->mem, e->started, 0, NULL));
	if (e->next_update != 0)
		buf_printf(out, "; %s: %s", labels_get(words, "next"),
		    labels_time(words, j->mem, e->next_update, e->started,
			NULL));
	buf_printf(out, "\n  %s%s\n", c->url, posting_path(j->mem, e));
}
