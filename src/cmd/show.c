/*
 * sitrep show: what is open, one event's history, the queue, who is on call,
 * the lists, how promises were kept; for people, or as JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "cmd/held.h"
#include "cmd/show_delivery.h"
#include "cmd/show_event.h"
#include "cmd/show_promises.h"
#include "cmd/show_queue.h"
#include "cmd/show_search.h"
#include "cmd/stale.h"
#include "cmd/world.h"
#include "ext/json.h"
#include "flow/report.h"
#include "model/event.h"
#include "model/event_find.h"
#include "model/member.h"
#include "model/swap.h"
#include "text/eventid.h"

static enum status
find_event(struct world *w, struct job *j, const char *id, int64_t *out)
{
	struct event_found found;
	struct eventid name;
	enum status st;

	if (!eventid_read(id, when_utc(j->now).year, &name))
		return job_fail(j, ST_PERM,
		    "%s is no event's name: write it as INC-2026-0042", id);
	st = event_find_name(w->db, j, eventid_kind_word(name.kind), name.year,
	    name.number, &found);
	*out = st == ST_OK ? found.id : 0;
	return st;
}

static void
duties_json(struct job *j, const struct rota *r, struct json *root)
{
	struct json *list = json_new_array();
	struct shift *all;
	size_t n = rota_duties(j->mem, r, j->now, &all);

	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "level", all[i].level);
		json_put_str(o, "role", words_role((enum role)all[i].role));
		json_put_str(o, "person", all[i].person->slug);
		json_put_str(o, "name", all[i].person->name);
		json_put_time(o, "until", all[i].until);
		json_add(list, o);
	}
	json_put(root, "rota", list);
}

static enum status
swaps_json(struct world *w, struct job *j, struct json *root)
{
	struct json *list = json_new_array();
	struct swap *all;
	size_t n = 0;
	enum status st = swap_list(w->db, j, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "level", all[i].level);
		json_put_str(o, "role", words_role((enum role)all[i].role));
		json_put_str(o, "giver", all[i].giver);
		json_put_str(o, "taker", all[i].taker);
		json_put_time(o, "asked", all[i].asked);
		json_put_time(o, "from", all[i].from);
		json_put_time(o, "until", all[i].until);
		json_put_time(o, "giver_yes", all[i].giver_yes);
		json_put_time(o, "taker_yes", all[i].taker_yes);
		json_add(list, o);
	}
	json_put(root, "swaps", list);
	return st;
}

/* The next one of comms level 1; empty if there is none. */
static void
gaps_json(struct job *j, const struct rota *r, struct json *root)
{
	struct json *list = json_new_array();
	int64_t gap = rota_gap(r, j->now, j->now + ROTA_AHEAD), end;

	if (gap >= 0) {
		struct json *o = json_new_object();

		end = rota_gap_end(r, gap);
		json_put_time(o, "from", gap);
		json_put_time(o, "until", end < 0 ? 0 : end);
		json_add(list, o);
	}
	json_put(root, "gaps", list);
}

static enum status
rota_json(struct world *w, struct job *j, struct json *root)
{
	struct rota r;
	enum status st = swap_rota(w->db, j, &w->conf, &w->rota, &r);

	if (st != ST_OK)
		return st;
	duties_json(j, &r, root);
	gaps_json(j, &r, root);
	return swaps_json(w, j, root);
}

static enum status
lists_json(struct world *w, struct job *j, struct json *root)
{
	struct json *list = json_new_array();
	enum status st = ST_OK;

	for (size_t i = 0; i < w->conf.n_lists && st == ST_OK; i++) {
		struct json *o = json_new_object();
		int64_t n = 0;

		st = member_count(w->db, j, w->conf.lists[i].slug, &n);
		json_put_str(o, "list", w->conf.lists[i].slug);
		json_put_int(o, "active", n);
		json_add(list, o);
	}
	json_put(root, "lists", list);
	return st;
}

/* Of the desk as a whole: what the public sees isn't what the store has. */
static bool
is_desk(const char *what)
{
	return what == NULL || strcmp(what, "queue") == 0;
}

static enum status
as_json(struct world *w, struct job *j, const char *what, struct buf *out)
{
	struct json *root = json_new_object();
	const char *stale = is_desk(what) ? stale_why(j, &w->conf) : NULL;
	enum status st = ST_OK;
	int64_t id = 0;

	if (stale != NULL)
		json_put_str(root, "pages", stale);
	if (what == NULL)
		st = show_open_json(w, j, root);
	else if (strcmp(what, "queue") == 0)
		st = show_queue_json(w, j, root);
	else if (strcmp(what, "rota") == 0)
		st = rota_json(w, j, root);
	else if (strcmp(what, "held") == 0)
		st = held_json(w, j, root);
	else if (strcmp(what, "lists") == 0)
		st = lists_json(w, j, root);
	else if ((st = find_event(w, j, what, &id)) == ST_OK)
		st = show_event_json(w, j, id, root);
	json_write(root, out);
	json_free(root);
	return st;
}

static enum status
as_text(struct world *w, struct job *j, const char *what, struct buf *out)
{
	const char *stale = is_desk(what) ? stale_why(j, &w->conf) : NULL;
	enum status st = ST_OK;
	int64_t id = 0;

	if (stale != NULL)
		buf_printf(out,
		    "The pages stay as they were %s; sitrep check names what "
		    "to mend.\n",
		    stale);
	if (what == NULL)
		return report_open(w->db, j, &w->conf, out);
	if (strcmp(what, "queue") == 0)
		return show_queue(w, j, out);
	if (strcmp(what, "lists") == 0)
		return report_lists(w->db, j, &w->conf, out);
	if (strcmp(what, "rota") == 0)
		return report_rota(w->db, j, &w->conf, &w->rota, out);
	if ((st = find_event(w, j, what, &id)) == ST_OK)
		st = report_event(w->db, j, &w->conf, id, out);
	return st;
}

struct wish {
	const char *what, *since, *address; /* NULL: not given */
	bool delivery;
	int held;     /* number of a held mail; 0: not given */
	char **words; /* of --search */
	bool json;
};

/* "18", or "q18". */
static bool
read_number(const char *s, int *out)
{
	char *end;
	long n = strtol(s + (*s == 'q'), &end, 10);

	*out = (int)n;
	return *end == '\0' && n > 0 && n < INT32_MAX;
}

static bool
read_wish(int argc, char **argv, struct wish *out)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			out->json = true;
		else if (strcmp(argv[i], "--search") == 0 && i + 1 < argc) {
			out->words = argv + i + 1;
			return out->what == NULL;
		} else if (strcmp(argv[i], "--since") == 0 && i + 1 < argc)
			out->since = argv[++i];
		else if (strcmp(argv[i], "--delivery") == 0)
			out->delivery = true;
		else if (out->delivery && out->what != NULL &&
			 out->address == NULL && strchr(argv[i], '@') != NULL)
			out->address = argv[i];
		else if (out->what == NULL && argv[i][0] != '-')
			out->what = argv[i];
		else if (out->what == NULL || strcmp(out->what, "held") != 0 ||
			 out->held != 0 || !read_number(argv[i], &out->held))
			return false;
	}
	if (out->delivery && (out->what == NULL || out->since != NULL))
		return false;
	return out->since == NULL ||
	       (out->what != NULL && strcmp(out->what, "promises") == 0);
}

static enum status
delivery(struct world *w, struct job *j, const struct wish *o, struct buf *out)
{
	struct delivery_wish d = { .address = o->address, .json = o->json };
	struct event e;
	enum status st = find_event(w, j, o->what, &d.event);

	if (st == ST_OK)
		st = event_get(w->db, j, d.event, &e);
	if (st != ST_OK)
		return st;
	d.name = event_name(j->mem, &e);
	return show_delivery(w, j, &d, out);
}

static enum status
show(struct world *w, struct job *j, const struct wish *o, struct buf *out)
{
	if (o->words != NULL)
		return show_search(w, j, o->words, o->json, out);
	if (o->delivery)
		return delivery(w, j, o, out);
	if (o->what != NULL && strcmp(o->what, "promises") == 0)
		return show_promises(w, j, o->since, o->json, out);
	if (o->what != NULL && strcmp(o->what, "held") == 0 && !o->json)
		return held_show(w, j, o->held, out);
	return o->json ? as_json(w, j, o->what, out)
		       : as_text(w, j, o->what, out);
}

int
cmd_show(struct world *w, struct job *j, int argc, char **argv)
{
	struct buf out = BUF_INIT;
	struct wish o = { 0 };
	enum status st;

	if (!read_wish(argc, argv, &o)) {
		(void)fputs("usage: sitrep show [ID|queue|rota|lists|held "
			    "[NUMBER]] [--json]\n       sitrep show ID "
			    "--delivery [ADDRESS] [--json]\n       sitrep "
			    "show promises [--since DATE|LENGTH] [--json]\n"
			    "       sitrep show [--json] --search WORD ...\n",
		    stderr);
		return EX_WRONG_USAGE;
	}
	st = show(w, j, &o, &out);
	if (st == ST_OK)
		(void)fputs(out.data, stdout);
	else
		(void)fprintf(stderr, "sitrep: %s\n",
		    st != ST_NONE ? j->why
		    : o.held != 0 ? "no such mail; sitrep show held lists "
				    "those that wait"
				  : "no such event; sitrep show lists the "
				    "open ones");
	buf_free(&out);
	return st == ST_OK ? EX_DONE : EX_FAILED;
}
