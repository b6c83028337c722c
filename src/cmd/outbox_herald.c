/*
 * on_publish: each command is told of each public post that is worth it, one
 * after the other, and the posts of one event in their order.  What it prints
 * is what it calls the post there; the next one of the event is told it.
 */
#include "cmd/outbox_herald.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "base/when.h"
#include "flow/herald.h"
#include "flow/texts.h"
#include "model/post.h"
#include "model/publication.h"
#include "text/again.h"
#include "text/blurb.h"
#include "text/posting.h"

enum {
	TICK_MS = 20,
	REPLY = 300,
	REMOTE = 1000,
	ENOUGH = 24 * 60 * 60,
	CLAIM = 90,        /* seconds: longer than a command may take */
	PATIENCE_MS = 7000 /* ... that is at it when we have to end */
};

struct errand { /* of one command */
	const char *line;
	struct job job; /* of the publication, while the command runs */
	struct publication publication;
	struct command *command; /* NULL: it doesn't run */
};

struct heralds {
	struct world *w;
	struct errand errands[HERALD_COMMANDS];
	size_t n;
	struct mirror mirror;
	int lock;
	bool ending; /* nothing is begun any more */
};

/* ---- what is to be told ---- */

static enum status
add(struct heralds *h, struct job *j, const char *line,
    const struct publication_post *p)
{
	struct public_event e;
	enum status st = p->quiet ? ST_NONE
				  : post_public_event(h->w->db, j, &h->w->conf,
					p->event, &e);
	size_t i;

	if (st != ST_OK)
		return st == ST_NONE ? ST_OK : st;
	i = posting_place(&e, p->u, p->r);
	if (i == e.n_updates || !blurb_told(&e, i))
		return ST_OK;
	return publication_add(h->w->db, j, line, p);
}

/* The next few; ST_NONE: there were none. */
static enum status
gather_some(struct heralds *h, struct job *j, const char *line)
{
	struct publication_post *list = NULL;
	int64_t seen = 0;
	size_t n = 0;
	enum status st = publication_seen(h->w->db, j, line, &seen);

	if (st == ST_OK)
		st = publication_posts(h->w->db, j, seen, &list, &n);
	for (size_t i = 0; st == ST_OK && i < n; i++)
		st = add(h, j, line, &list[i]);
	if (st == ST_OK && n != 0)
		st = publication_see(h->w->db, j, line, list[n - 1].id);
	return st == ST_OK && n == 0 ? ST_NONE : st;
}

static enum status
gather(struct heralds *h, struct job *j, const char *line)
{
	enum status st;

	do {
		struct job own;

		job_begin(&own, "publish", j->now);
		st = publication_behind(h->w->db, &own, line);
		if (st == ST_OK)
			st = db_begin(h->w->db, &own);
		if (st == ST_OK)
			st = gather_some(h, &own, line);
		if (db_in_transaction(h->w->db) && st <= ST_NONE &&
		    db_commit(h->w->db, &own) != ST_OK)
			st = ST_TEMP;
		db_rollback(h->w->db);
		if (st > ST_NONE)
			(void)job_fail(j, st, "%s", own.why);
		job_end(&own);
	} while (st == ST_OK);
	return st == ST_NONE ? ST_OK : st;
}

/* ---- telling ---- */

static void
finish(struct heralds *h, struct errand *e)
{
	struct job j;
	enum status st;

	job_begin(&j, "publish", world_now(h->w));
	st = publication_save(h->w->db, &j, &e->publication);
	if (st != ST_OK) {
		/* Nobody knows that it went: nothing more in a hurry. */
		h->ending = true;
		log_fail("step=publish error=%s", j.why);
	}
	log_note("step=publish post=%lld st=%s reply=%s",
	    (long long)e->publication.post, e->publication.status,
	    e->publication.reply);
	job_end(&j);
	command_end(e->command);
	e->command = NULL;
	job_end(&e->job);
}

/* What is a day old is no news. */
static void
put_off(struct heralds *h, struct errand *e, const char *why)
{
	struct publication *p = &e->publication;
	int64_t now = world_now(h->w);

	p->reply = text_one_line(e->job.mem, why, REPLY);
	p->tries++;
	if (p->first_failed == 0 || p->first_failed > now)
		p->first_failed = now;
	if (now - p->first_failed >= ENOUGH ||
	    !again_due(now, p->first_failed, &p->due)) {
		p->status = "failed";
		p->due = now;
	}
	finish(h, e);
}

static void
drop(struct heralds *h, struct errand *e, const char *why)
{
	e->publication.status = "dropped";
	e->publication.reply = why;
	finish(h, e);
}

static enum status
compose(struct heralds *h, struct errand *e, struct public_event *event,
    struct buf *out)
{
	struct publication *p = &e->publication;
	struct herald x = { .event = event };
	struct job *j = &e->job;
	enum status st =
	    publication_thread(h->w->db, j, p, &x.thread, &x.reply_to);

	if (st == ST_OK)
		st = texts_read(j, &h->w->conf.limits, &event, 1);
	/* Where the outcome can't be noted it isn't told again in a hurry. */
	p->due = world_now(h->w) + CLAIM;
	if (st == ST_OK)
		st = publication_save(h->w->db, j, p);
	x.at = posting_place(event, p->u, p->r);
	return st == ST_OK ? herald_write(j, &h->w->conf, &x, out) : st;
}

/* As the store has it now: a text that was removed or corrected stays here. */
static void
begin(struct heralds *h, struct errand *e)
{
	const struct publication *p = &e->publication;
	struct command_plan plan = { .line = e->line,
		.now = when_steady(),
		.most = COMMAND_MS,
		.heard = true };
	struct public_event event;
	struct buf b = BUF_INIT;
	enum status st =
	    post_public_event(h->w->db, &e->job, &h->w->conf, p->event, &event);
	size_t i = st == ST_OK ? posting_place(&event, p->u, p->r) : 0;

	if (st == ST_NONE || (st == ST_OK && (i == event.n_updates ||
						 event.updates[i].removed))) {
		drop(h, e, "its text was removed");
		return;
	}
	if (st == ST_OK && !posting_current(&event, i)) {
		drop(h, e, "it was corrected before it went");
		return;
	}
	if (st == ST_OK)
		st = compose(h, e, &event, &b);
	plan.in = b.data;
	plan.n = b.len;
	if (st == ST_OK)
		st = command_start(&e->job, &plan, &e->command);
	if (st != ST_OK)
		put_off(h, e, arena_str(e->job.mem, e->job.why));
	buf_free(&b);
}

/* false: nothing is due for it. */
static bool
take(struct heralds *h, struct errand *e)
{
	enum status st;

	job_begin(&e->job, "publish", world_now(h->w));
	st = publication_next(h->w->db, &e->job, e->line, &e->publication);
	if (st == ST_OK) {
		begin(h, e);
		return true;
	}
	if (st != ST_NONE)
		log_fail("step=publish error=%s", e->job.why);
	job_end(&e->job);
	return false;
}

/* The first line that it printed. */
static const char *
name_there(struct errand *e)
{
	char *rest = arena_str(e->job.mem, command_said(e->command));
	const char *line = text_line(&rest);

	return line == NULL ? "" : text_one_line(e->job.mem, line, REMOTE);
}

static void
look(struct heralds *h, struct errand *e)
{
	enum status st;
	const char *more;

	job_forget(&e->job);
	st = command_poll(&e->job, e->command, when_steady());
	if (st == ST_NONE)
		return;
	if (st == ST_OK) {
		e->publication.status = "done";
		e->publication.reply = "";
		e->publication.remote = name_there(e);
		finish(h, e);
		return;
	}
	more = command_complained(e->command);
	put_off(h, e,
	    arena_printf(e->job.mem, "%s%s%s", e->job.why,
		*more == '\0' ? "" : ": ", more));
}

/* ---- the round ---- */

/* Something runs. */
static bool
turn(struct heralds *h)
{
	bool busy = false;

	for (size_t i = 0; i < h->n; i++) {
		struct errand *e = &h->errands[i];

		if (e->command != NULL)
			look(h, e);
		busy |= e->command != NULL || (!h->ending && take(h, e));
	}
	mirror_look(h->w, &h->mirror);
	if (!h->ending)
		mirror_begin(h->w, &h->mirror);
	return busy || h->mirror.command != NULL;
}

/* What is at it may have said it already: a short while it may go on. */
static void
work(struct heralds *h, int stop)
{
	const struct timespec pause = { .tv_nsec = TICK_MS * 1000000L };
	struct pollfd p = { stop, POLLIN, 0 };
	int64_t until = INT64_MAX;

	while (turn(h) && when_steady() < until) {
		if (h->ending)
			(void)nanosleep(&pause, NULL);
		else if (poll(&p, 1, TICK_MS) > 0) {
			h->ending = true;
			until = when_steady() + PATIENCE_MS;
		}
	}
	command_end(h->mirror.command);
	for (size_t i = 0; i < h->n; i++)
		if (h->errands[i].command != NULL)
			put_off(h, &h->errands[i], "sitrep was stopped");
}

static enum status
lock(struct heralds *h, struct job *j)
{
	char *path = arena_printf(j->mem, "%s/publish.lock", h->w->conf.state);

	h->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (h->lock >= 0 && flock(h->lock, LOCK_EX | LOCK_NB) == 0)
		return ST_OK;
	if (h->lock >= 0 && errno == EWOULDBLOCK)
		return ST_NONE;
	return job_fail(j, ST_TEMP, "cannot lock %s: %s", path,
	    strerror(errno));
}

enum status
outbox_publish(struct world *w, struct job *j, int stop)
{
	struct heralds h = { .w = w, .lock = -1 };
	enum status st = ST_OK;

	if (w->conf.n_on_publish == 0 && w->conf.publish[0] == '\0')
		return ST_OK;
	st = lock(&h, j);
	for (size_t i = 0; st == ST_OK && i < w->conf.n_on_publish; i++) {
		h.errands[h.n++].line = w->conf.on_publish[i];
		st = gather(&h, j, w->conf.on_publish[i]);
	}
	if (st == ST_OK)
		work(&h, stop);
	if (h.lock >= 0)
		(void)close(h.lock);
	return st;
}
