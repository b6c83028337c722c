#include "cmd/show_promises.h"

#include "base/text.h"
#include "base/when.h"
#include "ext/json.h"
#include "flow/report_promises.h"
#include "text/score.h"

/* ---- since when ---- */

static enum status
read_since(struct job *j, const char *s, int64_t *out)
{
	int64_t length;

	*out = 0;
	if (s == NULL)
		return ST_OK;
	if (when_read_length(s, &length)) {
		*out = j->now - length;
		return ST_OK;
	}
	if (when_read_rfc3339(s, out) ||
	    when_read_rfc3339(arena_printf(j->mem, "%sT00:00:00Z", s), out))
		return ST_OK;
	return job_fail(j, ST_PERM,
	    "%s is no time: write a day as 2026-03-01, or how far back as 90d",
	    text_one_line(j->mem, s, 40));
}

static enum status
collect_record(struct world *w, struct job *j, int64_t since,
    struct record *out)
{
	struct measure *m;
	struct interval *i;
	enum status st =
	    promises_measures(w->db, j, since, INT64_MAX, &m, &out->n_measures);

	if (st == ST_OK)
		st = promises_intervals(w->db, j, since, INT64_MAX, &i,
		    &out->n_intervals);
	if (st != ST_OK)
		return st;
	out->measures = m;
	out->intervals = i;
	return ST_OK;
}

/* ---- for programs ---- */

/* Seconds; -1 is no target. */
static struct json *
spread_json(const struct spread *s, int64_t target)
{
	struct json *o = json_new_object();

	json_put_int(o, "n", (int64_t)s->n);
	if (s->n != 0) {
		json_put_int(o, "median", s->median);
		json_put_int(o, "p90", s->p90);
	}
	if (target >= 0)
		json_put_int(o, "target", target);
	return o;
}

static void
put_score(struct job *j, const struct record *r, const struct scope *only,
    struct json *o)
{
	struct score s = score_of(j->mem, r, only);
	struct json *kept = json_new_object();
	int64_t first =
	    only->severity == 1 ? TARGET_FIRST_POST_SEV1 : TARGET_FIRST_POST;

	json_put_int(o, "incidents", (int64_t)s.incidents);
	json_put(o, "hand_off", spread_json(&s.hand_off, TARGET_HAND_OFF));
	json_put(o, "ack", spread_json(&s.ack, TARGET_ACK));
	json_put(o, "first_post", spread_json(&s.first_post, first));
	json_put(o, "first_post_from_start", spread_json(&s.from_start, -1));
	json_put_int(kept, "kept", (int64_t)s.kept);
	json_put_int(kept, "missed", (int64_t)s.missed);
	json_put_int(kept, "running", (int64_t)s.running);
	if (score_kept(&s) >= 0)
		json_put_int(kept, "permille", score_kept(&s));
	json_put_int(kept, "target_permille", INT64_C(10) * TARGET_KEPT);
	json_put(o, "cadence", kept);
}

static struct json *
severities_json(struct job *j, const struct record *r)
{
	struct json *list = json_new_array();

	for (int i = 1; i <= 5; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "severity", i);
		put_score(j, r, &(struct scope){ .severity = i }, o);
		json_add(list, o);
	}
	return list;
}

static struct json *
months_json(struct job *j, const struct record *r)
{
	struct json *list = json_new_array();
	int *months;
	size_t n;

	score_months(j->mem, r, &months, &n);
	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new_object();

		json_put_str(o, "month", when_month_name(j->mem, months[i]));
		put_score(j, r, &(struct scope){ .month = months[i] }, o);
		json_add(list, o);
	}
	return list;
}

static struct json *
persons_json(struct job *j, const struct record *r, const char **names,
    size_t n, bool owners)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new_object();
		struct scope s = { .on_call = owners ? NULL : names[i],
			.first_owner = owners ? names[i] : NULL };

		json_put_str(o, "person", names[i]);
		put_score(j, r, &s, o);
		json_add(list, o);
	}
	return list;
}

static struct json *
intervals_json(const struct record *r)
{
	static const char *const words[] = { "kept", "missed", "running" };
	struct json *list = json_new_array();

	for (size_t i = 0; i < r->n_intervals; i++) {
		const struct interval *x = &r->intervals[i];
		struct json *o = json_new_object();

		json_put_str(o, "event", x->event);
		json_put_int(o, "update", x->u);
		json_put_int(o, "severity", x->severity);
		json_put_str(o, "on_call", x->on_call);
		json_put_time(o, "posted", x->posted);
		json_put_time(o, "due", x->due);
		json_put_time(o, "next", x->next);
		json_put_str(o, "kept", words[x->kept]);
		json_put_int(o, "late_seconds", x->late);
		json_add(list, o);
	}
	return list;
}

static void
as_json(struct job *j, const struct record *r, int64_t since, struct buf *out)
{
	struct json *root = json_new_object(), *all = json_new_object();
	static const struct scope everything;
	const char **names;
	size_t n;

	json_put_time(root, "since", since);
	put_score(j, r, &everything, all);
	json_put(root, "overall", all);
	json_put(root, "by_severity", severities_json(j, r));
	json_put(root, "by_month", months_json(j, r));
	score_on_call(j->mem, r, &names, &n);
	json_put(root, "by_on_call", persons_json(j, r, names, n, false));
	score_owners(j->mem, r, &names, &n);
	json_put(root, "by_first_owner", persons_json(j, r, names, n, true));
	json_put(root, "promises", intervals_json(r));
	json_write(root, out);
	json_free(root);
}

enum status
show_promises(struct world *w, struct job *j, const char *since, bool json,
    struct buf *out)
{
	struct record r;
	int64_t from;
	enum status st = read_since(j, since, &from);

	if (st == ST_OK)
		st = collect_record(w, j, from, &r);
	if (st != ST_OK)
		return st;
	if (json)
		as_json(j, &r, from, out);
	else
		report_promises(j, &r, out);
	return ST_OK;
}
