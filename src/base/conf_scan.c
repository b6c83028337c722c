#include "base/conf_scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { DEPTH = 4 };

struct scan {
	struct job *j;
	const char *path;
	char *s; /* the next byte */
	unsigned line;
	unsigned open[DEPTH]; /* lines of the braces that are open */
	size_t depth;
	char last;    /* the last byte that isn't blank */
	bool in_word; /* the byte before belongs to a bare word */
	struct conf_lines *sections;
};

static enum status
wrong(struct scan *c, unsigned line, const char *what)
{
	return job_fail(c->j, ST_PERM, "%s:%u: %s", c->path, line, what);
}

static const char *
bad_line(const char *s, size_t n)
{
	if (memchr(s, '\0', n) != NULL)
		return "a NUL byte: this isn't a text file";
	if (memchr(s, '\r', n) != NULL)
		return "the line ends in CR LF: save the file with Unix line "
		       "ends";
	if (!text_is_utf8(s, n))
		return "not UTF-8: save the file as UTF-8";
	if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		return "a byte order mark: save the file as UTF-8 without it";
	if (n > CONF_LINE)
		return "a line of more than 4096 bytes: break it";
	for (size_t i = 0; i < n; i++)
		if (iscntrl((unsigned char)s[i]) && s[i] != '\t')
			return "a control character: remove it";
	return NULL;
}

static enum status
check_lines(struct scan *c, const struct buf *text)
{
	const char *s = text->data, *end = s + text->len;
	unsigned line = 1;

	for (; s < end; line++) {
		const char *lf = memchr(s, '\n', (size_t)(end - s));
		size_t n = (size_t)((lf == NULL ? end : lf) - s);
		const char *bad = bad_line(s, n);

		if (bad != NULL)
			return wrong(c, line, bad);
		s += n + 1;
	}
	return ST_OK;
}

static enum status
skip_rest(struct scan *c)
{
	while (*c->s != '\0' && *c->s != '\n')
		*c->s++ = ' ';
	return ST_OK;
}

static enum status
skip_block(struct scan *c)
{
	unsigned line = c->line;

	memset(c->s, ' ', 2);
	for (c->s += 2; *c->s != '\0'; c->s++) {
		if (c->s[0] == '*' && c->s[1] == '/') {
			memset(c->s, ' ', 2);
			c->s += 2;
			return ST_OK;
		}
		if (*c->s == '\n')
			c->line++;
		else
			*c->s = ' ';
	}
	return wrong(c, line, "this comment isn't closed: add */");
}

static enum status
skip_string(struct scan *c)
{
	char quote = *c->s++;

	for (; *c->s != quote; c->s++) {
		if (*c->s == '\0' || *c->s == '\n')
			return wrong(c, c->line,
			    "a string isn't closed on its line: add the quote "
			    "or join the lines");
		if (*c->s == '\\' && strchr("\\\"'", c->s[1]) == NULL)
			return wrong(c, c->line,
			    "a backslash in a string: write \\\\ for one");
		if (*c->s == '\\' && c->s[1] != '\0')
			c->s++;
		else if (quote == '"' && c->s[0] == '$' && c->s[1] == '{')
			return wrong(c, c->line,
			    "${...}: the environment isn't read, write the "
			    "value itself");
	}
	c->s++;
	return ST_OK;
}

static enum status
open_brace(struct scan *c)
{
	if (c->depth == DEPTH)
		return wrong(c, c->line, "too many { within one another");
	c->open[c->depth++] = c->line;
	if (c->last == '=')
		return ST_OK;
	c->sections->line = arena_grow(c->j->mem, c->sections->line,
	    c->sections->n, sizeof *c->sections->line);
	c->sections->line[c->sections->n++] = c->line;
	return ST_OK;
}

static enum status
step(struct scan *c)
{
	bool comment = c->s[0] == '/' && (c->s[1] == '/' || c->s[1] == '*');

	if (comment && c->in_word)
		return wrong(c, c->line,
		    "// or /* within a value: put it in quotes");
	if (c->s[0] == '#' || (comment && c->s[1] == '/'))
		return skip_rest(c);
	if (comment)
		return skip_block(c);
	if (c->s[0] == '$' && c->s[1] == '{')
		return wrong(c, c->line,
		    "${...}: the environment isn't read, write the value "
		    "itself");
	if (*c->s == '{' && open_brace(c) != ST_OK)
		return ST_PERM;
	if (*c->s == '}' && c->depth == 0)
		return wrong(c, c->line, "a } that closes nothing: remove it");
	if (*c->s == '}')
		c->depth--;
	c->in_word = !isspace((unsigned char)*c->s) &&
		     strchr("{}(),=+\"'", *c->s) == NULL;
	if (!isspace((unsigned char)*c->s))
		c->last = *c->s;
	if (*c->s == '\n')
		c->line++;
	if (*c->s == '"' || *c->s == '\'')
		return skip_string(c);
	c->s++;
	return ST_OK;
}

enum status
conf_scan(struct job *j, const char *path, struct buf *text,
    struct conf_lines *sections)
{
	struct scan c = { .j = j,
		.path = path,
		.s = text->data,
		.line = 1,
		.sections = sections };
	enum status st = check_lines(&c, text);

	while (st == ST_OK && *c.s != '\0')
		st = step(&c);
	if (st == ST_OK && c.depth != 0)
		st = wrong(&c, c.open[c.depth - 1],
		    "this { isn't closed: add a }");
	return st;
}
