/* Commands that hear of what is published: `on_publish` and `publish`. */
#include <string.h>

#include "base/text.h"
#include "model/conf_in.h"

enum { COMMANDS = 8 };

static enum status
check(struct loading *l, const char *key, const char *s)
{
	if (s[0] == '|' && !text_blank(s + 1) && text_is_line(s))
		return ST_OK;
	return conf_wrong(l, conf_line(l->root, key),
	    "`%s`: %s must be a command with a bar before it, like "
	    "\"|/usr/local/bin/tell\"",
	    key, s[0] == '\0' ? "\"\"" : s);
}

enum status
conf_read_commands(struct loading *l)
{
	struct conf *c = l->conf;
	enum status st = ST_OK;

	/* on_publish = "": none. */
	if (c->n_on_publish == 1 && c->on_publish[0][0] == '\0')
		c->n_on_publish = 0;
	if (c->n_on_publish > COMMANDS)
		return conf_wrong(l, conf_line(l->root, "on_publish"),
		    "`on_publish` takes %d commands at most", COMMANDS);
	for (size_t i = 0; i < c->n_on_publish; i++) {
		if ((st = check(l, "on_publish", c->on_publish[i])) != ST_OK)
			return st;
		for (size_t k = 0; k < i; k++)
			if (strcmp(c->on_publish[i], c->on_publish[k]) == 0)
				return conf_wrong(l,
				    conf_line(l->root, "on_publish"),
				    "`on_publish`: %s stands there twice",
				    c->on_publish[i]);
	}
	return c->publish[0] == '\0' ? ST_OK : check(l, "publish", c->publish);
}
