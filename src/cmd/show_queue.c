#include "cmd/show_queue.h"

#include "cmd/outbox_herald.h"
#include "model/letter.h"
#include "model/publication.h"

static enum status
letters_json(struct world *w, struct job *j, int64_t event, struct json *root)
{
	struct json *list = json_new_array();
	struct letter *all;
	size_t n = 0;
	enum status st = event == 0
			     ? letter_list(w->db, j, &all, &n)
			     : letter_of_event(w->db, j, event, &all, &n);

	for (size_t i = 0; i < n && st == ST_OK; i++) {
		struct json *o = json_new_object();

		json_put_int(o, "letter", all[i].id);
		json_put_str(o, "message_id", all[i].mid);
		json_put_str(o, "to", all[i].recipient);
		json_put_str(o, "list", all[i].list);
		json_put_str(o, "status", all[i].status);
		json_put_int(o, "tries", all[i].tries);
		json_put_time(o, "due", all[i].due);
		json_put_str(o, "reply", all[i].reply);
		json_add(list, o);
	}
	json_put(root, "letters", list);
	return st;
}

static enum status
publications_json(struct world *w, struct job *j, int64_t event,
    struct json *root)
{
	struct json *list = json_new_array();
	struct publication *all;
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
	return st;
}

enum status
show_queue(struct world *w, struct job *j, int64_t event, struct json *root)
{
	enum status st = letters_json(w, j, event, root);
	const char *trouble;

	if (st == ST_OK)
		st = publications_json(w, j, event, root);
	if (event == 0 && (trouble = mirror_trouble(j, &w->conf)) != NULL)
		json_put_str(root, "publish", trouble);
	return st;
}
