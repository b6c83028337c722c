#include "text/membership.h"

#include <string.h>

#include "base/text.h"
#include "model/keys.h"
#include "text/listhead.h"

void
membership_headers(struct mailer *m, const struct conf *c, const struct list *l)
{
	char token[TOKEN_LIST + 1];

	memset(token, MAILER_HOLE_TOKEN, TOKEN_LIST);
	token[TOKEN_LIST] = '\0';
	listhead_put(m, c, l);
	listhead_leave(m, c, l, token);
	mailer_header(m, "Precedence", "list");
	mailer_header(m, "X-Auto-Response-Suppress", "OOF, AutoReply");
}

void
membership_put(struct arena *mem, const struct conf *c, const struct list *l,
    struct tmpl_map *m)
{
	tmpl_str(m, "list", l->slug);
	tmpl_str(m, "topics",
	    l->n_topics == 0 ? "" : text_join(mem, l->topics, l->n_topics));
	tmpl_str(m, "request",
	    arena_printf(mem, "%s-request@%s", l->slug, c->domain));
	tmpl_str(m, "leave_before",
	    arena_printf(mem, "%s-unsubscribe%s", l->slug, c->delimiter));
	tmpl_str(m, "leave_after", arena_printf(mem, "@%s", c->domain));
	tmpl_hole(m, "token", MAILER_HOLE_TOKEN, TOKEN_LIST);
}

struct zones
membership_zones(const struct list *l, const struct variant *v)
{
	return v->zone != NULL && v->zone[0] != '\0'
		   ? (struct zones){ &v->zone, 1 }
		   : (struct zones){ l->timezones, l->n_timezones };
}
