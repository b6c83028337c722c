/* Addresses of pages that were elsewhere once: "/old/path /new/path". */
#include <string.h>

#include "base/text.h"
#include "model/conf_in.h"

/* What the tree itself has, or may have one day. */
static const char *const own[] = { "api", "archive", "badge", "calendar.ics",
	"chain", "component", "digest", "feed", "healthz", "history",
	"incident", "index.html", "maintenance", "metrics", "now.txt", "report",
	"search", "style.css", "subscribe", "u" };

/* "/status/old-page.html": names that the tree can hold, none of them up. */
static bool
is_path(const char *s)
{
	static const char fine[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789-_./";

	return s[0] == '/' && s[strspn(s, fine)] == '\0' &&
	       strstr(s, "//") == NULL && strstr(s, "/.") == NULL;
}

static bool
is_own(const char *path)
{
	size_t n = strcspn(path + 1, "/");

	if (n == 0)
		return true;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strlen(own[i]) == n && strncmp(own[i], path + 1, n) == 0)
			return true;
	return false;
}

static bool
stands_twice(const struct conf *c, const char *from)
{
	for (size_t i = 0; i < c->n_moved; i++)
		if (strcmp(c->moved[i].from, from) == 0)
			return true;
	return false;
}

static enum status
read_one(struct loading *l, const struct conf_value *v, struct moved *out)
{
	char *from = text_trim(l->mem, v->text), *to = strpbrk(from, " \t");

	if (to == NULL)
		return conf_wrong(l, v->line,
		    "`moved`: %s must be like \"/old/path /new/path\"",
		    v->text);
	*to++ = '\0';
	to = text_trim(l->mem, to);
	if (!is_path(from) || !is_path(to))
		return conf_wrong(l, v->line,
		    "`moved`: %s: paths begin with / and have letters, "
		    "digits, - _ and . in them, no name begins with a dot",
		    v->text);
	if (is_own(from))
		return conf_wrong(l, v->line,
		    "`moved`: %s is an address of the tree itself: leave it "
		    "out",
		    from);
	if (stands_twice(l->conf, from))
		return conf_wrong(l, v->line,
		    "`moved`: %s stands twice: keep one", from);
	*out = (struct moved){ from, to };
	return ST_OK;
}

enum status
conf_read_moved(struct loading *l)
{
	const struct conf_item *given = conf_given(l->root, "moved");
	struct conf *c = l->conf;

	for (size_t i = 0; given != NULL && i < given->n_values; i++) {
		struct moved m;
		enum status st = read_one(l, &given->values[i], &m);

		if (st != ST_OK)
			return st;
		c->moved = arena_grow(l->mem, c->moved, c->n_moved, sizeof m);
		c->moved[c->n_moved++] = m;
	}
	return ST_OK;
}
