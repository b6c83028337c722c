/*
 * sitrep explain: how a mail would be read.  Changes nothing and needs no
 * database; without a configuration it tells what was read, no more.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "cmd/explain_in.h"
#include "flow/read.h"
#include "text/bounce.h"

enum mode { WHOLE, REPLY, BOUNCE, JSON };

static const struct {
	const char *option;
	enum mode mode;
} modes[] = {
	{ "--reply", REPLY },
	{ "--bounce", BOUNCE },
	{ "--json", JSON },
};

static bool
read_mode(int argc, char **argv, enum mode *out)
{
	*out = WHOLE;
	if (argc == 1)
		return true;
	for (size_t i = 0; argc == 2 && i < sizeof modes / sizeof *modes; i++)
		if (strcmp(argv[1], modes[i].option) == 0) {
			*out = modes[i].mode;
			return true;
		}
	return false;
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

/* CLASS ADDRESS [STATUS], a line each; nothing where it is no bounce. */
static void
list_bounce(struct job *j, const struct bounce *b, struct buf *out)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct bounced *x = &b->at[i];

		buf_printf(out, "%s %s%s%s\n", bounce_class_word(x->class),
		    x->address[0] == '\0'
			? "-"
			: text_one_line(j->mem, x->address, LIMIT_ADDRESS),
		    x->status[0] == '\0' ? "" : " ", x->status);
	}
}

static enum status
tell_part(struct world *w, struct job *j, enum mode mode, const struct buf *raw,
    bool cut, struct buf *out)
{
	struct message m;
	enum status st =
	    read_message(j, &w->conf, raw->data, raw->len, cut, &m);

	if (st != ST_OK)
		return st;
	if (mode == REPLY)
		buf_printf(out, "%s\n", m.reply);
	else
		list_bounce(j, &m.bounce, out);
	return ST_OK;
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
	if (st == ST_OK && (mode == REPLY || mode == BOUNCE)) {
		st = tell_part(w, j, mode, &raw, more != 0, out);
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
		(void)fputs("usage: sitrep explain [--reply|--bounce|--json] "
			    "< MESSAGE\n",
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
