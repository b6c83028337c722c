#include "text/actions.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"

enum { ACTIONS = 50 };

/* Without the marks of a list, bold and space before it. */
static const char *
bare(const char *s)
{
	for (;; s++) {
		if (strncmp(s, "\xe2\x80\xa2", 3) == 0) {
			s += 2;
			continue;
		}
		if (*s == '\0' || strchr(" \t\r-*", *s) == NULL)
			return s;
	}
}

/* What stands behind "NAME:"; NULL: another line. */
static const char *
behind(const char *line, const char *name)
{
	const char *s = bare(line);
	size_t n = strlen(name);

	if (!text_istarts(s, name))
		return NULL;
	s += n + strspn(s + n, " *");
	return *s == ':' ? s + 1 + strspn(s + 1, " *") : NULL;
}

/* The word behind the last @ that begins one. */
static const char *
owner(struct arena *mem, const char *s)
{
	const char *found = NULL;

	for (const char *p = s; *p != '\0'; p++)
		if (*p == '@' && (p == s || p[-1] == ' ') && p[1] != ' ')
			found = p + 1;
	return found == NULL ? ""
			     : arena_copy(mem, found, strcspn(found, " ,;"));
}

static const char *
due(struct arena *mem, const char *s)
{
	const char *found = NULL;

	for (const char *p = s; (p = text_ifind(p, " by ")) != NULL; p++)
		found = p + 4;
	return found == NULL ? "" : text_trim(mem, found);
}

static void
add(struct arena *mem, const char *said, struct request *r)
{
	const char *text = text_one_line(mem, said, LIMIT_FIELD);

	if (text_blank(text) || r->n_actions == ACTIONS)
		return;
	r->actions =
	    arena_grow(mem, r->actions, r->n_actions, sizeof *r->actions);
	r->actions[r->n_actions++] = (struct action){
		.text = text,
		.owner = owner(mem, text),
		.due = due(mem, text),
	};
}

void
actions_read(struct arena *mem, const char *text, struct request *r)
{
	char *rest = arena_str(mem, text), *line;
	const char *s;

	while ((line = text_line(&rest)) != NULL) {
		if ((s = behind(line, "action")) != NULL)
			add(mem, s, r);
		else if ((s = behind(line, "postmortem")) != NULL)
			r->review = text_one_line(mem, s, LIMIT_TITLE);
	}
	rest = arena_str(mem, r->text);
	while ((line = text_line(&rest)) != NULL)
		if (*bare(line) != '\0' && behind(line, "action") == NULL &&
		    behind(line, "postmortem") == NULL)
			r->more = true;
}
