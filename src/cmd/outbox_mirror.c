/*
 * `publish`: the tree to another host.  STATE/mirror.due says that there is
 * something to bring; it is mirror.now while the command runs, so that what
 * changes meanwhile, and what a kill interrupts, is brought too.  In
 * mirror.failed stand when it failed first, when it is due again, and why.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "cmd/outbox_herald.h"
#include "text/again.h"

enum { MOST_MS = 15 * 60 * 1000, NOTE = 1024, REASON = 200 };

static char *
path_of(struct job *j, const struct conf *c, const char *name)
{
	return arena_printf(j->mem, "%s/mirror.%s", c->state, name);
}

static bool
is_there(struct job *j, const struct conf *c, const char *name)
{
	return access(path_of(j, c, name), F_OK) == 0;
}

enum status
mirror_mark(struct world *w, struct job *j)
{
	enum status st;

	if (w->conf.publish[0] == '\0')
		return ST_OK;
	st = file_write(j, path_of(j, &w->conf, "due"), "", 0, 0640,
	    FILE_NOSYNC);
	return st == ST_NONE ? ST_OK : st;
}

struct failure {
	int64_t first, due; /* 0: none */
	const char *why;
};

static struct failure
last_failure(struct job *j, const struct conf *c)
{
	struct failure f = { .why = "" };
	struct buf b = BUF_INIT;
	const char *s;

	if (file_read(j, path_of(j, c, "failed"), NOTE, &b) == ST_OK) {
		s = arena_str(j->mem, b.data);
		if (!text_take_int(&s, &f.first) || !text_take_int(&s, &f.due))
			f.first = f.due = 0;
		f.why = text_one_line(j->mem, s, REASON);
	}
	buf_free(&b);
	return f;
}

char *
mirror_trouble(struct job *j, const struct conf *c)
{
	struct failure f = last_failure(j, c);

	if (f.first == 0)
		return NULL;
	return arena_printf(j->mem, "since %s: %s; next try %s",
	    when_rfc3339(j->mem, f.first), f.why, when_rfc3339(j->mem, f.due));
}

/* A clock that was ahead doesn't hold it up. */
static bool
is_due(struct world *w, struct job *j)
{
	struct failure f = last_failure(j, &w->conf);

	return (is_there(j, &w->conf, "due") || is_there(j, &w->conf, "now")) &&
	       (j->now >= f.due || j->now < f.first);
}

static void
note_failure(struct world *w, struct job *j, const char *why)
{
	struct failure f = last_failure(j, &w->conf);
	struct buf b = BUF_INIT;

	f.first = f.first == 0 || f.first > j->now ? j->now : f.first;
	if (!again_due(j->now, f.first, &f.due))
		f.due = j->now + HOUR;
	log_warn("step=publish st=later reason=%s", why);
	buf_printf(&b, "%lld %lld %s\n", (long long)f.first, (long long)f.due,
	    text_one_line(j->mem, why, REASON));
	if (file_write(j, path_of(j, &w->conf, "failed"), b.data, b.len, 0640,
		FILE_NOSYNC) > ST_NONE)
		log_fail("step=publish error=%s", j->why);
	buf_free(&b);
}

void
mirror_begin(struct world *w, struct mirror *m)
{
	struct command_plan plan = { .line = w->conf.publish,
		.in = "",
		.now = when_steady(),
		.most = MOST_MS,
		.heard = true };
	struct job j;

	if (m->command != NULL || w->conf.publish[0] == '\0')
		return;
	job_begin(&j, "publish", world_now(w));
	if (is_due(w, &j)) {
		if (rename(path_of(&j, &w->conf, "due"),
			path_of(&j, &w->conf, "now")) != 0 &&
		    errno != ENOENT)
			note_failure(w, &j, strerror(errno));
		else if (command_start(&j, &plan, &m->command) != ST_OK)
			note_failure(w, &j, j.why);
	}
	job_end(&j);
}

void
mirror_look(struct world *w, struct mirror *m)
{
	const char *more;
	enum status st;
	struct job j;

	if (m->command == NULL)
		return;
	job_begin(&j, "publish", world_now(w));
	st = command_poll(&j, m->command, when_steady());
	if (st == ST_OK) {
		log_note("step=publish st=ok");
		(void)unlink(path_of(&j, &w->conf, "now"));
		(void)unlink(path_of(&j, &w->conf, "failed"));
	} else if (st != ST_NONE) {
		more = command_complained(m->command);
		note_failure(w, &j,
		    arena_printf(j.mem, "%s%s%s", j.why,
			*more == '\0' ? "" : ": ", more));
	}
	if (st != ST_NONE) {
		command_end(m->command);
		m->command = NULL;
	}
	job_end(&j);
}
