/* What a public text is read for: hosts of ours, names that stay private. */
#include <regex.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/conf_in.h"

/* "*.int.example" is no regular expression, yet what people write. */
static enum status
check_host(struct loading *l, const struct conf_value *v)
{
	regex_t r;
	char why[128];
	int e;

	if (text_blank(v->text))
		return conf_wrong(l, v->line,
		    "`internal_hosts`: a pattern is empty: remove it");
	if (v->text[0] == '*')
		return v->text[1] == '.' && conf_is_host(v->text + 2)
			   ? ST_OK
			   : conf_wrong(l, v->line,
				 "`internal_hosts`: %s must be like "
				 "*.int.example, or a regular expression",
				 v->text);
	e = regcomp(&r, v->text, REG_EXTENDED | REG_ICASE | REG_NOSUB);
	if (e != 0) {
		(void)regerror(e, &r, why, sizeof why);
		return conf_wrong(l, v->line,
		    "`internal_hosts`: %s is no regular expression (%s): mend "
		    "it, as in \\\\.int$",
		    v->text, why);
	}
	regfree(&r);
	return ST_OK;
}

static enum status
check_hosts(struct loading *l)
{
	const struct conf_item *given = conf_given(l->root, "internal_hosts");
	enum status st = ST_OK;

	for (size_t i = 0; given != NULL && i < given->n_values && st == ST_OK;
	     i++)
		st = check_host(l, &given->values[i]);
	return st;
}

static void
add_word(struct loading *l, const char *word)
{
	struct conf *c = l->conf;

	c->private_words = arena_grow(l->mem, c->private_words,
	    c->n_private_words, sizeof *c->private_words);
	c->private_words[c->n_private_words++] = word;
}

/* A name a line; # begins a comment. */
static enum status
read_words(struct loading *l, const struct conf_value *v)
{
	struct buf b = BUF_INIT;
	enum status st = file_read(l->j, v->text, LIMIT_CONF_FILE, &b);
	char *s, *line;

	if (st == ST_NONE)
		st = conf_wrong(l, v->line,
		    "`private_words`: no file %s: make it, a name a line, or "
		    "leave the key out",
		    v->text);
	s = arena_copy(l->mem, b.data, b.len);
	buf_free(&b);
	if (st == ST_OK && !text_is_utf8(s, strlen(s)))
		st = conf_wrong(l, v->line,
		    "`private_words`: %s isn't UTF-8: save it as such",
		    v->text);
	while (st == ST_OK && (line = text_line(&s)) != NULL) {
		line = text_trim(l->mem, line);
		if (line[0] != '\0' && line[0] != '#')
			add_word(l, line);
	}
	return st;
}

enum status
conf_read_lint(struct loading *l)
{
	const struct conf_item *given = conf_given(l->root, "private_words");
	enum status st = check_hosts(l);

	for (size_t i = 0; given != NULL && i < given->n_values && st == ST_OK;
	     i++) {
		const struct conf_value *v = &given->values[i];

		if (v->text[0] == '/')
			st = read_words(l, v);
		else if (!text_blank(v->text))
			add_word(l, v->text);
	}
	return st;
}
