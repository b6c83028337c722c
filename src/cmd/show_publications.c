#include "cmd/show_publications.h"

#include "base/text.h"
#include "base/when.h"
#include "cmd/outbox_herald.h"
#include "model/publication.h"

enum { LINE = 200 };

enum status
show_publications(struct world *w, struct job *j, struct buf *out)
{
	const char *trouble = mirror_trouble(j, &w->conf);
	struct publication *all;
	size_t n = 0;
	enum status st = publication_list(w->db, j, 0, &all, &n);

	for (size_t i = 0; st == ST_OK && i < n; i++)
		buf_printf(out, "%s u%d.r%d %s to %s, tries %d, next %s: %s\n",
		    all[i].name, all[i].u, all[i].r, all[i].status,
		    all[i].command, all[i].tries,
		    when_rfc3339(j->mem, all[i].due),
		    text_one_line(j->mem, all[i].reply, LINE));
	if (trouble != NULL)
		buf_printf(out, "publish fails %s\n", trouble);
	return st;
}

enum status
show_publications_json(struct world *w, struct job *j, int64_t event,
    struct json *root)
{
	struct json *list = json_new_array();
	struct publication *all;
	const char *trouble;
	size_t n = 0;
	enum status st = publication_list(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *o = json_new_object();

		json_put_str(o, "event", all[i].name);
		json_put_int(o, "update", all[i].u);
		json_put_int(o, "revision", all[i].r);
		json_put_str(o, "command", all[i].command);
		json_put_str(o, "status", all[i].status);
		json_put_int(o, "tries", all[i].tries);
		json_put_time(o, "due", all[i].due);
		json_put_str(o, "reply", all[i].reply);
		json_put_str(o, "remote", all[i].remote);
		json_add(list, o);
	}
	json_put(root, "publications", list);
	trouble = event == 0 ? mirror_trouble(j, &w->conf) : NULL;
	if (trouble != NULL)
		json_put_str(root, "publish", trouble);
	return st;
}
