/*
 * sitrep: the table of commands, each with what it needs.
 */
#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "cmd/world.h"
#include "ext/confine.h"

#define VERSION "0.1"

struct entry {
	const char *name;
	command_fn *run;
	unsigned needs;
	const char *usage;
};

static const struct entry commands[] = {
	/* clang-format off */
	{ "check", cmd_check, 0, "check [--selftest|--sandbox] [--json]" },
	{ "deliver", cmd_deliver, 0,
	  "deliver [-f SENDER] [-s SIZE] [--] RECIPIENT..." },
	{ "demo", cmd_demo, 0, "demo [DIR]" },
	{ "explain", cmd_explain, 0, "explain [--reply|--json] < MESSAGE" },
	{ "import", cmd_import, NEED_CONF | NEED_MAKE | NEED_KEYS,
	  "import [--dry-run] statuspage|history FILE" },
	{ "key", cmd_key, NEED_CONF | NEED_MAKE,
	  "key add PERSON [FILE]|list [PERSON]|remove PERSON "
	  "[FINGERPRINT]" },
	{ "list", cmd_list, NEED_CONF | NEED_MAKE,
	  "list NAME show|add ADDRESS...|remove ADDRESS...|import FILE|"
	  "sync FILE|export|unreachable" },
	{ "page", cmd_page, NEED_CONF | NEED_STORE | NEED_KEYS,
	  "page [--all]" },
	{ "post", cmd_post, NEED_CONF | NEED_MAKE | NEED_KEYS,
	  "post --as PERSON [--yes] < MESSAGE" },
	{ "replay", cmd_replay, NEED_CONF, "replay STORE" },
	{ "report", cmd_report, NEED_CONF | NEED_MAKE | NEED_KEYS,
	  "report MONTH" },
	{ "send", cmd_send, NEED_CONF | NEED_STORE | NEED_KEYS, "send" },
	{ "serve", cmd_serve, NEED_CONF, "serve" },
	{ "show", cmd_show, NEED_CONF | NEED_STORE,
	  "show [ID|queue|rota|lists|held|promises [--since DATE|LENGTH]] "
	  "[--json]" },
	{ "tick", cmd_tick, NEED_CONF, "tick" }, /* the rest by itself */
	{ "verify", cmd_verify, 0, "verify [-k KEY] [--json] [TREE|MBOX]" },
	/* clang-format on */
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void
usage(FILE *out)
{
	(void)fputs("usage: sitrep [-c FILE] [-t TIME] [-v] COMMAND "
		    "[ARGUMENTS]\n",
	    out);
	for (size_t i = 0; i < COMMANDS; i++)
		(void)fprintf(out, "       sitrep %s\n", commands[i].usage);
	(void)fputs("The manual: man sitrep\n", out);
}

static const struct entry *
find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int __attribute__((format(printf, 1, 2))) wrong(const char *fmt, ...)
{
	va_list ap;

	(void)fputs("sitrep: ", stderr);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	usage(stderr);
	return EX_WRONG_USAGE;
}

static bool
read_clock(const char *s, int64_t *out)
{
	char *end;

	if (s[0] != '@')
		return when_read_rfc3339(s, out);
	errno = 0;
	*out = strtoll(s + 1, &end, 10);
	return errno == 0 && end != s + 1 && *end == '\0';
}

/* -1: go on; else the exit status. */
static int
options(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "+c:t:v", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			o->conf_path = optarg;
			o->conf_named = true;
			break;
		case 'v': o->verbose = true; break;
		case 't':
			o->clock_set = true;
			if (!read_clock(optarg, &o->clock))
				return wrong("-t takes a time such as "
					     "2026-03-04T14:05:00Z or "
					     "@1772633100");
			break;
		case 'h': usage(stdout); return EX_DONE;
		case 'V': (void)puts("sitrep " VERSION); return EX_DONE;
		default: return wrong("what is that option?");
		}
	}
	return -1;
}

static int
run(const struct entry *e, const struct options *o, int argc, char **argv)
{
	struct world w;
	struct job j;
	int code = EX_FAILED;

	job_begin(&j, e->name, (int64_t)time(NULL));
	if (e->needs == 0)
		w = (struct world){ .options = *o };
	else if (world_open(&j, o, e->needs, &w) != ST_OK) {
		(void)fprintf(stderr, "sitrep: %s\n", j.why);
		goto done;
	}
	/* getopt_long() of the command begins anew. */
	optind = 0;
	code = e->run(&w, &j, argc, argv);
done:
	world_close(&w);
	job_end(&j);
	return code;
}

int
main(int argc, char **argv)
{
	const char *path = getenv("SITREP_CONF");
	bool named = path != NULL && path[0] != '\0';
	struct options o = { .conf_path =
				 named ? path : "/etc/sitrep/sitrep.conf",
		.conf_named = named };
	const struct entry *e;
	int code;

	log_open(LOG_TO_STDERR, "sitrep");
	confine_no_core();
	/* A file that may not grow is an error of write(), not our death. */
	(void)signal(SIGXFSZ, SIG_IGN);
	if ((code = options(argc, argv, &o)) != -1)
		return code;
	if (optind == argc)
		return wrong("which command?");
	e = find(argv[optind]);
	if (e == NULL)
		return wrong("no such command: %s", argv[optind]);
	o.clock_runs = e->run == cmd_serve;
	if (e->run == cmd_deliver)
		log_last_word("4.3.0 no memory for the mail: try again\n");
	return run(e, &o, argc - optind, argv + optind);
}
