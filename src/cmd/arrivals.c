#include "cmd/arrivals.h"

#include <string.h>

#include "cmd/opennow.h"
#include "flow/arrival.h"

void
arrivals_note(struct arrivals *a, struct world *w, const struct member *m)
{
	if (a->list == NULL ||
	    (m->status != NULL && strcmp(m->status, "active") != 0))
		return;
	a->high = db_last_id(w->db);
	if (a->first == 0)
		a->first = a->high;
	a->n++;
}

enum status
arrivals_write(struct arrivals *a, struct world *w, struct job *j)
{
	struct letter l = { .first = a->first,
		.high = a->high,
		.created = j->now };
	enum status st;

	if (a->first == 0)
		return ST_OK;
	l.list = a->list->slug;
	l.mid = arrival_mid(j->mem, &w->conf, l.list, l.first);
	st = letter_add_arrival(w->db, j, &l, &a->letter);
	a->first = a->high = 0;
	return st;
}

enum status
arrivals_compose(struct world *w, struct job *j, const struct list *l,
    const struct letter *of, const struct variant *v, struct mail *out)
{
	char *open = NULL;
	enum status st = opennow_text(w, j,
	    v->lang[0] != '\0' ? v->lang : l->language, &open);

	return st == ST_OK ? arrival_mail(j, &w->conf, l, of, open, v, out)
			   : st;
}
