#include "cmd/metrics.h"

#include <inttypes.h>

#include "base/file.h"
#include "base/when.h"
#include "cmd/side.h"
#include "model/gauge.h"
#include "model/member.h"
#include "model/post.h"
#include "model/post_find.h"
#include "model/promises.h"
#include "text/service.h"

enum { PAST = 30 }; /* days that promises are counted for */

void
metrics_head(struct buf *b, const char *name, const char *type,
    const char *help)
{
	buf_printf(b, "# HELP sitrep_%s %s\n# TYPE sitrep_%s %s\n", name, help,
	    name, type);
}

static void
put(struct buf *b, const char *name, const char *type, const char *help,
    int64_t value)
{
	metrics_head(b, name, type, help);
	buf_printf(b, "sitrep_%s %" PRId64 "\n", name, value);
}

static enum status
put_house(struct world *w, struct job *j, struct buf *b)
{
	struct gauge g;
	enum status st = gauge_read(w->db, j, &g);

	if (st != ST_OK)
		return st;
	put(b, "measured_timestamp_seconds", "gauge",
	    "When these numbers were taken.", j->now);
	put(b, "messages_total", "counter", "Mails and other requests taken.",
	    g.messages);
	put(b, "messages_waiting", "gauge", "Of them, not handled yet.",
	    g.waiting);
	put(b, "letters_total", "counter",
	    "Letters written; one to a whole list is one.", g.letters);
	put(b, "letters_waiting", "gauge", "Of them, not gone yet.", g.queued);
	if (g.oldest != 0)
		put(b, "letters_oldest_timestamp_seconds", "gauge",
		    "When the oldest of those was written.", g.oldest);
	put(b, "posts_total", "counter",
	    "Published updates, their corrections included.", g.posts);
	return ST_OK;
}

static void
put_services(struct buf *b, struct job *j, const struct conf *c,
    const struct public_event *open, size_t n)
{
	struct service *list;
	size_t k = service_list(j->mem, c, open, n, &list), overdue = 0;

	for (size_t i = 0; i < n; i++)
		overdue += open[i].overdue;
	put(b, "incidents_open", "gauge", "Public incidents that aren't over.",
	    (int64_t)n);
	put(b, "incidents_overdue", "gauge",
	    "Of them, with a promised update that didn't come.",
	    (int64_t)overdue);
	metrics_head(b, "component_level", "gauge",
	    "1 operational, 2 maintenance, 3 degraded, 4 partial outage, "
	    "5 major outage.");
	for (size_t i = 0; i < k; i++)
		buf_printf(b, "sitrep_component_level{component=\"%s\"} %d\n",
		    list[i].slug, (int)list[i].level);
}

static enum status
put_public(struct world *w, struct job *j, struct buf *b)
{
	int64_t first = 0, last = 0, *ids = NULL;
	struct public_event *open;
	size_t n = 0, k = 0;
	enum status st = post_times(w->db, j, &first, &last);

	if (st == ST_OK)
		st = post_events_open(w->db, j, &ids, &n);
	if (st != ST_OK)
		return st;
	if (last != 0)
		put(b, "post_timestamp_seconds", "gauge",
		    "When the last update was published.", last);
	open = arena_array(j->mem, n + 1, sizeof *open);
	for (size_t i = 0; i < n; i++) {
		st = post_public_event(w->db, j, &w->conf, ids[i], &open[k]);
		if (st > ST_NONE)
			return st;
		k += st == ST_OK;
	}
	put_services(b, j, &w->conf, open, k);
	return ST_OK;
}

/* Lists of the house are its own business. */
static enum status
put_lists(struct world *w, struct job *j, struct buf *b)
{
	enum status st = ST_OK;

	metrics_head(b, "subscribers", "gauge", "Active members of a list.");
	for (size_t i = 0; st == ST_OK && i < w->conf.n_lists; i++) {
		const struct list *l = &w->conf.lists[i];
		int64_t n = 0;

		if (l->kind == LIST_INTERNAL)
			continue;
		st = member_count(w->db, j, l->slug, &n);
		buf_printf(b, "sitrep_subscribers{list=\"%s\"} %" PRId64 "\n",
		    l->slug, n);
	}
	return st;
}

static enum status
put_promises(struct world *w, struct job *j, struct buf *b)
{
	int64_t from = j->now - PAST * DAY, kept[] = { 0, 0, 0 };
	struct interval *list;
	size_t n;
	enum status st =
	    promises_intervals(w->db, j, from, j->now + 1, &list, &n);

	if (st != ST_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		kept[list[i].kept]++;
	metrics_head(b, "promised_updates_30d", "gauge",
	    "Updates promised for the past 30 days, by whether they came in "
	    "time.");
	buf_printf(b,
	    "sitrep_promised_updates_30d{kept=\"yes\"} %" PRId64 "\n"
	    "sitrep_promised_updates_30d{kept=\"no\"} %" PRId64 "\n",
	    kept[PROMISE_KEPT], kept[PROMISE_MISSED]);
	return ST_OK;
}

/* From the first mail; of what was published, nothing else has one. */
static enum status
put_first_posts(struct world *w, struct job *j, struct buf *b)
{
	int64_t *list, sum = 0;
	size_t n;
	enum status st = promises_first_posts(w->db, j, j->now - PAST * DAY,
	    j->now + 1, &list, &n);

	if (st != ST_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		sum += list[i];
	put(b, "first_posts_30d", "gauge",
	    "Incidents of the past 30 days that were published.", (int64_t)n);
	put(b, "first_post_seconds_30d", "gauge",
	    "Seconds from report to first update, of all of them together.",
	    sum);
	return ST_OK;
}

enum status
metrics_write(struct world *w, struct job *j)
{
	static enum status (*const parts[])(struct world *, struct job *,
	    struct buf *) = { put_house, put_public, put_lists, put_promises,
		put_first_posts };
	struct buf b = BUF_INIT;
	enum status st = file_mkdirs(j, side_folder(j->mem, &w->conf), 0750);

	for (size_t i = 0; st == ST_OK && i < sizeof parts / sizeof *parts; i++)
		st = parts[i](w, j, &b);
	if (st == ST_OK)
		st = file_write(j, side_metrics(j->mem, &w->conf), b.data,
		    b.len, 0640, FILE_NOSYNC);
	buf_free(&b);
	return st == ST_NONE ? ST_OK : st;
}
