/*
 * usage: lint CONF [limited]
 *
 * Reads texts from standard input, an RS (octal 36) behind each, as the texts
 * of drafts; a first line "@EPOCH" says when one is posted.  Writes for each a
 * line per mark, "CLASS TAB RULE TAB WORDS TAB WHY", and then an RS on a line
 * of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "text/lint.h"

enum { MOST = 64 * 1024 * 1024 };

static void
look(const struct conf *c, enum disclosure how, const char *text)
{
	static const char *const classes[] = { "advise", "ask", "block" };
	struct arena *mem = arena_new();
	char *rest;
	long long now = text[0] == '@' ? strtoll(text + 1, &rest, 10) : 0;
	const struct lint_scene scene = { .conf = c,
		.disclosure = how,
		.now = now,
		.n_posts = 1 };
	const struct draft x = { .title = "",
		.text = now == 0 ? text : rest + 1,
		.state = STATE_INVESTIGATING,
		.components = "",
		.promise = { PROMISE_AFTER, 3600 } };
	struct lint_mark *m;
	size_t n = lint(mem, &scene, &x, &m);

	for (size_t i = 0; i < n; i++)
		(void)printf("%s\t%s\t%s\t%s\n", classes[m[i].class], m[i].rule,
		    m[i].words, m[i].why);
	(void)puts("\036");
	arena_free(mem);
}

int
main(int argc, char **argv)
{
	enum disclosure how = argc > 2 && strcmp(argv[2], "limited") == 0
				  ? DISCLOSURE_LIMITED
				  : DISCLOSURE_FULL;
	struct buf in = BUF_INIT;
	struct conf c;
	struct job j;
	int more;

	log_open(LOG_TO_STDERR, "lint");
	job_begin(&j, "lint", 0);
	if (argc < 2 || conf_load(&j, j.mem, argv[1], &c) != ST_OK ||
	    file_read_fd(&j, STDIN_FILENO, MOST, &in, &more) != ST_OK)
		die("%s", j.why);
	for (char *s = in.data, *end; (end = strchr(s, '\036')) != NULL;
	     s = end + 1) {
		*end = '\0';
		look(&c, how, s);
	}
	buf_free(&in);
	job_end(&j);
	return 0;
}
