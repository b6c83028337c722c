/*
 * sitrep check: a line for each thing that was looked at; what is wrong says
 * how to mend it.  Exit 0: nothing is.
 */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "cmd/check_in.h"
#include "ext/md.h"
#include "ext/mime.h"

static const char *const grades[] = { "ok", "warn", "WRONG" };

void
check_add(struct report *r, enum grade grade, const char *what, const char *fmt,
    ...)
{
	struct checked f = { .grade = grade, .what = what };
	va_list ap;

	va_start(ap, fmt);
	f.says = arena_vprintf(r->j->mem, fmt, ap);
	va_end(ap);
	r->checked = arena_grow(r->j->mem, r->checked, r->n, sizeof f);
	r->checked[r->n++] = f;
}

static bool
set_clock(struct report *r, struct world *w)
{
	if (!w->options.clock_set) {
		if (world_clock(r->j, w) == ST_OK)
			return true;
		check_add(r, CHECK_WRONG, "clock", "%s", r->j->why);
		return false;
	}
	if (w->conf.allow_clock) {
		r->j->now = w->options.clock;
		return true;
	}
	check_add(r, CHECK_WRONG, "clock",
	    "-t needs allow_clock = true in %s: leave it out", w->conf.path);
	return false;
}

/* What follows needs a configuration that loads. */
static bool
check_conf(struct report *r, struct world *w)
{
	struct conf *c = &w->conf;
	enum status st;

	if (w->mem == NULL)
		w->mem = arena_new();
	st = conf_load(r->j, w->mem, w->options.conf_path, c);
	if (st == ST_NONE)
		check_add(r, CHECK_WRONG, "configuration",
		    "%s isn't there: make it from the sample, or name it with "
		    "-c FILE",
		    w->options.conf_path);
	else if (st != ST_OK)
		check_add(r, CHECK_WRONG, "configuration", "%s", r->j->why);
	else
		check_add(r, CHECK_OK, "configuration",
		    "%s: %zu component%s, %zu %s, %zu list%s", c->path,
		    c->n_components, c->n_components == 1 ? "" : "s",
		    c->n_persons, c->n_persons == 1 ? "person" : "people",
		    c->n_lists, c->n_lists == 1 ? "" : "s");
	return st == ST_OK && set_clock(r, w);
}

/* What is loaded only when a mail or a text is read (base/late.h). */
static void
check_reader(struct report *r, const struct conf *c)
{
	const char *const missing[] = { mime_load(), md_load() };

	(void)c;
	for (size_t i = 0; i < 2; i++)
		if (missing[i] != NULL)
			check_add(r, CHECK_WRONG, "reader",
			    "%s: nothing can be read until that library is "
			    "installed; what comes is kept meanwhile",
			    missing[i]);
}

static enum grade
worst(const struct report *r)
{
	enum grade g = CHECK_OK;

	for (size_t i = 0; i < r->n; i++)
		if (r->checked[i].grade > g)
			g = r->checked[i].grade;
	return g;
}

static void
print(const struct report *r)
{
	for (size_t i = 0; i < r->n; i++)
		(void)printf("%-5s  %-13s  %s\n", grades[r->checked[i].grade],
		    r->checked[i].what, r->checked[i].says);
}

static void
put_json(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, "\"%s\": \"", key);
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			buf_char(out, '\\');
		if ((unsigned char)*value < 0x20)
			buf_printf(out, "\\u%04x", (unsigned)*value);
		else
			buf_char(out, *value);
	}
	buf_char(out, '"');
}

static void
print_json(const struct report *r)
{
	struct buf out = BUF_INIT;

	buf_printf(&out, "{\"ok\": %s, \"checks\": [",
	    worst(r) == CHECK_WRONG ? "false" : "true");
	for (size_t i = 0; i < r->n; i++) {
		buf_str(&out, i == 0 ? "\n  {" : ",\n  {");
		put_json(&out, "grade",
		    r->checked[i].grade == CHECK_WRONG
			? "wrong"
			: grades[r->checked[i].grade]);
		buf_str(&out, ", ");
		put_json(&out, "what", r->checked[i].what);
		buf_str(&out, ", ");
		put_json(&out, "says", r->checked[i].says);
		buf_char(&out, '}');
	}
	buf_str(&out, "\n]}\n");
	(void)fputs(out.data, stdout);
	buf_free(&out);
}

/* -1: go on; else the exit status. */
static int
options(int argc, char **argv, bool *json, bool *selftest)
{
	static const struct option longs[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "selftest", no_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*json = *selftest = false;
	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (c != 'j' && c != 's')
			return EX_WRONG_USAGE;
		*json = *json || c == 'j';
		*selftest = *selftest || c == 's';
	}
	if (optind == argc)
		return -1;
	(void)fputs("usage: sitrep check [--selftest] [--json]\n", stderr);
	return EX_WRONG_USAGE;
}

int
cmd_check(struct world *w, struct job *j, int argc, char **argv)
{
	static void (*const parts[])(struct report *, const struct conf *) = {
		check_settings,
		check_reader,
		check_texts,
		check_files,
		check_store,
		check_disk,
		check_people,
		check_rota,
		check_relays,
		check_postfix,
		check_names,
	};
	struct report r = { .j = j };
	bool json, selftest;
	int code = options(argc, argv, &json, &selftest);

	if (code != -1)
		return code;
	if (check_conf(&r, w)) {
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			parts[i](&r, &w->conf);
		if (selftest)
			check_selftest(&r, &w->options);
	}
	if (json)
		print_json(&r);
	else
		print(&r);
	return worst(&r) == CHECK_WRONG ? EX_FAILED : EX_DONE;
}
