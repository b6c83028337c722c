#include "cmd/show_queue.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "cmd/show_publications.h"
#include "flow/dlog_sum.h"

enum { LINE = 200 };

/* A broadcast on its way: its log says more than its row, which is written at
 * the end of a round. */
static enum status
so_far(struct world *w, struct job *j, const struct letter *l,
    struct dlog_sum *sum)
{
	if (l->kind != LETTER_BROADCAST)
		return ST_OK;
	return dlog_sum_add(j, w->conf.state, l->id, l->created, sum);
}

static const char *
why_of(struct job *j, const struct letter *l)
{
	static const char counted[] = "so far; "; /* by the log itself */
	const char *s = strstr(l->reply, counted);

	if (l->reply[0] != '\0')
		return text_one_line(j->mem,
		    s == NULL ? l->reply : s + strlen(counted), LINE);
	return l->due > j->now ? "its time has not come" : "not tried yet";
}

static void
letter_text(struct job *j, const struct letter *l, const struct dlog_sum *sum,
    struct buf *out)
{
	bool whole = l->kind == LETTER_BROADCAST;
	bool waits = strcmp(l->status, "waiting") == 0;

	buf_printf(out, "%lld %s %s %s%s, ", (long long)l->id, l->status,
	    whole ? "list" : "to", whole ? l->list : l->recipient,
	    l->first == 0 ? "" : " (who is new)");
	buf_printf(out, "for %s, tries %d",
	    when_length(j->mem, j->now > l->created ? j->now - l->created : 0),
	    l->tries);
	if (waits)
		buf_printf(out, ", next %s", when_rfc3339(j->mem, l->due));
	if (sum->accepted + sum->refused + sum->deferred != 0)
		buf_printf(out, ", %lld accepted, %lld refused, %lld deferred",
		    (long long)sum->accepted, (long long)sum->refused,
		    (long long)sum->deferred);
	buf_printf(out, ": %s\n", why_of(j, l));
}

enum status
show_queue(struct world *w, struct job *j, struct buf *out)
{
	struct letter *all;
	size_t n;
	enum status st = letter_list(w->db, j, &all, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++) {
		struct dlog_sum sum = DLOG_SUM_INIT;

		if ((st = so_far(w, j, &all[i], &sum)) == ST_OK)
			letter_text(j, &all[i], &sum, out);
		dlog_sum_free(&sum);
	}
	if (st == ST_OK)
		st = show_publications(w, j, out);
	if (st == ST_OK && out->len == 0)
		buf_str(out, "Nothing waits.\n");
	return st;
}

struct json *
show_letter_json(const struct letter *l)
{
	struct json *o = json_new_object();

	json_put_int(o, "letter", l->id);
	json_put_str(o, "message_id", l->mid);
	json_put_str(o, "to", l->recipient);
	json_put_str(o, "list", l->list);
	json_put_str(o, "status", l->status);
	json_put_int(o, "tries", l->tries);
	json_put_time(o, "created", l->created);
	json_put_time(o, "due", l->due);
	json_put_str(o, "reply", l->reply);
	return o;
}

enum status
show_queue_json(struct world *w, struct job *j, struct json *root)
{
	struct json *list = json_new_array();
	struct letter *all;
	size_t n = 0;
	enum status st = letter_list(w->db, j, &all, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++) {
		struct dlog_sum sum = DLOG_SUM_INIT;
		struct json *o = show_letter_json(&all[i]);

		st = so_far(w, j, &all[i], &sum);
		if (all[i].kind == LETTER_BROADCAST) {
			json_put_int(o, "accepted", sum.accepted);
			json_put_int(o, "refused", sum.refused);
			json_put_int(o, "deferred", sum.deferred);
		}
		json_add(list, o);
		dlog_sum_free(&sum);
	}
	json_put(root, "letters", list);
	return st == ST_OK ? show_publications_json(w, j, 0, root) : st;
}
