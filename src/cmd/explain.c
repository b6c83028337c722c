/*
 * sitrep explain: how a mail would be read.  Changes nothing and needs no
 * database; without a configuration it tells what was read, no more.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "cmd/explain_in.h"
#include "flow/read.h"

enum mode { WHOLE, REPLY, JSON };

static bool
read_mode(int argc, char **argv, enum mode *out)
{
	*out = WHOLE;
	if (argc == 1)
		return true;
	*out = strcmp(argv[1], "--reply") == 0 ? REPLY : JSON;
	return argc == 2 && (*out == REPLY || strcmp(argv[1], "--json") == 0);
}

/* Only one that was asked for by name must be there. */
static enum status
open_conf(struct job *j, struct world *w)
{
	const struct options o = w->options;

	if (o.conf_path == NULL ||
	    (!o.conf_named && access(o.conf_path, F_OK) != 0)) {
		w->conf.max_mail = LIMIT_MAIL;
		w->conf.limits = (struct limits)LIMITS_DEFAULT;
		return ST_OK;
	}
	return world_open(j, &o, NEED_CONF, w);
}

static enum status
tell(struct world *w, struct job *j, enum mode mode, struct buf *out)
{
	struct explained *x = arena_alloc(j->mem, sizeof *x);
	struct buf raw = BUF_INIT;
	enum status st;
	int more = 0;

	st = file_read_fd(j, 0, (size_t)w->conf.max_mail, &raw, &more);
	if (st == ST_OK && more)
		buf_cut(&raw, LIMIT_MAIL_KEPT);
	if (st == ST_OK && mode == REPLY) {
		st = read_message(j, &w->conf, raw.data, raw.len, more != 0,
		    &x->message);
		if (st == ST_OK)
			buf_printf(out, "%s\n", x->message.reply);
	} else if (st == ST_OK) {
		st = explain_gather(w, j, &raw, more != 0, x);
		if (st == ST_OK && mode == JSON)
			explain_json(j, x, out);
		else if (st == ST_OK)
			explain_text(j, x, out);
	}
	buf_free(&raw);
	return st;
}

int
cmd_explain(struct world *w, struct job *j, int argc, char **argv)
{
	struct buf out = BUF_INIT;
	enum status st;
	enum mode mode;
	bool good;

	if (!read_mode(argc, argv, &mode)) {
		(void)
		    fputs("usage: sitrep explain [--reply|--json] < MESSAGE\n",
			stderr);
		return EX_WRONG_USAGE;
	}
	st = open_conf(j, w);
	if (st == ST_OK)
		st = tell(w, j, mode, &out);
	if (st != ST_OK)
		(void)fprintf(stderr, "sitrep: %s\n", j->why);
	good = fwrite(out.data, 1, out.len, stdout) == out.len &&
	       fflush(stdout) == 0;
	buf_free(&out);
	return st == ST_OK && good ? EX_DONE : EX_FAILED;
}
