#include "cmd/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/when.h"
#include "cmd/broadcast.h"
#include "cmd/errands.h"
#include "cmd/precedence.h"
#include "cmd/progress.h"
#include "cmd/uncomposed.h"
#include "flow/courier.h"
#include "model/letter.h"
#include "model/store.h"
#include "text/again.h"
#include "text/domains.h"

enum {
	LEAVE = 16,         /* places a broadcast leaves to letters */
	HEAD_START_MS = 30, /* of a broadcast, or until one copy is taken */
	TICK_MS = 250,      /* how often the store is asked for more */
	COMMAND_TICK_MS = 20,
	AGAIN_MS = 5000, /* how often it is asked from the beginning */
	AGAIN_S = 30,
};

enum { TAG_BROADCAST = ERRANDS_MOST };

struct outbox {
	struct sending run;
	struct broadcast *broadcast;
	struct errands *errands;
	int64_t tick, again; /* when to ask next, ms */
	bool stopped;        /* start nothing at all */
	bool head_start;     /* of a broadcast that just began */
	struct progress progress;
	int lock, stop;
};

/* ---- a broadcast ---- */

static void
ask_to_mend(struct outbox *o, struct job *j, int64_t letter, const char *why)
{
	const char *part =
	    arena_printf(j->mem, "letter.%lld", (long long)letter);

	if (uncomposed_tell(o->run.w, j, part,
		"A mail to a list waits:", why) != ST_OK)
		log_fail("step=courier letter=%lld alarm error=%s",
		    (long long)letter, j->why);
}

/* false: another one may be tried. */
static bool
start_broadcast(struct outbox *o, struct job *j, const struct letter *l)
{
	enum status st = broadcast_open(o->run.w, j, l, &o->broadcast);

	if (st == ST_OK || st == ST_NONE)
		return st == ST_OK;
	log_fail("step=courier letter=%lld error=%s", (long long)l->id, j->why);
	if (st == ST_PERM)
		ask_to_mend(o, j, l->id, arena_str(j->mem, j->why));
	st = letter_later(o->run.w->db, j, l, j->now + AGAIN_S, j->why);
	o->run.kept = true;
	if (st != ST_OK)
		log_fail("step=courier letter=%lld error=the store refused",
		    (long long)l->id);
	return false;
}

/*
 * The one that goes before the others; one on its way makes room for it, and
 * is taken up again after it.
 */
static void
look_for_broadcast(struct outbox *o)
{
	struct letter *all;
	struct job j;
	size_t n = 0;

	job_begin(&j, "send", world_now(o->run.w));
	if (letter_broadcasts(o->run.w->db, &j, j.now, &all, &n) != ST_OK)
		log_warn("step=courier error=%s", j.why);
	precedence_sort(&o->run.w->conf, all, n);
	if (o->broadcast != NULL && n != 0 &&
	    precedence_before(&o->run.w->conf, &all[0],
		broadcast_of(o->broadcast)))
		broadcast_yield(o->broadcast);
	for (size_t i = 0; i < n && o->broadcast == NULL && !o->run.broken;
	     i++) {
		struct letter *l = &all[i];

		l->first_failed = again_since(j.now, l->first_failed, l->due);
		job_forget(&j);
		if (errands_can_write(&o->run, &j, l->id) &&
		    start_broadcast(o, &j, l))
			break;
	}
	job_end(&j);
}

/* Each copy on its way is waited for, and none is repeated afterwards. */
static bool
told_to_stop(struct outbox *o)
{
	struct pollfd p = { .fd = o->stop, .events = POLLIN };

	if (o->stopped || poll(&p, 1, 0) != 1)
		return o->stopped;
	o->stopped = true;
	if (o->broadcast != NULL)
		broadcast_yield(o->broadcast);
	return true;
}

/* Whether one begins. */
static bool
begins_broadcast(struct outbox *o)
{
	bool had = o->broadcast != NULL;

	look_for_broadcast(o);
	return !had && o->broadcast != NULL;
}

/*
 * Pages first; a broadcast that runs doesn't delay what comes meanwhile.  One
 * that begins has a head start on letters, which tell its author that it goes:
 * what becomes of a letter is noted in a transaction, which waits for the disk.
 */
static void
look(struct outbox *o)
{
	int64_t ms = when_steady();

	if (ms < o->tick)
		return;
	o->tick = ms + TICK_MS;
	if (told_to_stop(o))
		return;
	o->run.probed = false;
	if (ms >= o->again) {
		o->again = ms + AGAIN_MS;
		errands_again(o->errands);
	}
	while (errands_take(o->errands, true))
		;
	/* Letters between two that are short go out between them. */
	o->head_start = begins_broadcast(o) && !o->head_start;
	if (o->head_start) {
		o->tick = ms + HEAD_START_MS;
		return;
	}
	while (errands_take(o->errands, false))
		;
}

/* ---- the round ---- */

static void
take_outcomes(struct outbox *o)
{
	int64_t now = world_now(o->run.w);
	struct outcome r;

	while (courier_take(o->run.courier, &r))
		if (r.tag == TAG_BROADCAST) {
			broadcast_outcome(o->broadcast, &r,
			    courier_relay_name(o->run.courier, r.relay), now);
			o->tick = o->head_start ? 0 : o->tick;
		} else
			errands_outcome(o->errands, &r);
}

static void
end_broadcast(struct outbox *o)
{
	struct job j;
	enum status st;

	job_begin(&j, "send", world_now(o->run.w));
	if (broadcast_cant(o->broadcast)[0] != '\0')
		ask_to_mend(o, &j, broadcast_letter(o->broadcast),
		    broadcast_cant(o->broadcast));
	st = broadcast_finish(o->broadcast, &j);
	if (st != ST_OK)
		o->run.kept = true;
	job_end(&j);
	broadcast_free(o->broadcast);
	o->broadcast = NULL;
	o->tick = 0; /* for the next one */
}

static void
tend_broadcast(struct outbox *o)
{
	if (o->broadcast == NULL)
		return;
	broadcast_write(o->broadcast, world_now(o->run.w));
	progress_show(&o->progress, o->broadcast);
	if (broadcast_over(o->broadcast))
		end_broadcast(o);
}

static bool
busy(struct outbox *o)
{
	if (o->broadcast != NULL || errands_any(o->errands))
		return true;
	/* What came while we were at it, before we go. */
	o->tick = o->again = 0;
	look(o);
	return o->broadcast != NULL || errands_any(o->errands);
}

static int
patience(const struct outbox *o)
{
	if (errands_commands(o->errands))
		return COMMAND_TICK_MS;
	return o->head_start ? HEAD_START_MS : TICK_MS;
}

static void
work(struct outbox *o)
{
	while (busy(o)) {
		look(o);
		if (o->broadcast != NULL)
			broadcast_feed(o->broadcast, o->run.courier,
			    TAG_BROADCAST, LEAVE);
		courier_step(o->run.courier, world_now(o->run.w), patience(o));
		take_outcomes(o);
		errands_watch(o->errands);
		tend_broadcast(o);
	}
}

/* One sender at a time; the lock goes with the process. */
static enum status
lock(struct job *j, const char *state, int *fd)
{
	char *dir = arena_printf(j->mem, "%s/deliveries", state);
	char *path = arena_printf(j->mem, "%s/lock", dir);
	enum status st = file_mkdirs(j, dir, 0700);

	if (st != ST_OK)
		return st;
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd >= 0 && flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return ST_OK;
	if (*fd >= 0 && errno == EWOULDBLOCK)
		return ST_NONE;
	return job_fail(j, ST_TEMP, "cannot lock %s: %s", path,
	    strerror(errno));
}

static void
begin(struct outbox *o, struct world *w, const struct outbox_ends *ends)
{
	*o = (struct outbox){ .run = { .w = w, .clock = -1 },
		.lock = -1,
		.stop = -1 };
	if (ends != NULL) {
		o->run.clock = ends->clock;
		o->stop = ends->stop;
	}
	o->errands = errands_new(&o->run);
	o->progress.on = w->progress;
}

static void
end(struct outbox *o)
{
	courier_free(o->run.courier);
	errands_free(o->errands);
	if (o->lock >= 0)
		(void)close(o->lock);
}

enum status
outbox_send(struct world *w, struct job *j, const struct outbox_ends *ends)
{
	struct courier_options with = { .relays = w->conf.relays,
		.n_relays = w->conf.n_relays,
		.helo = w->conf.host };
	struct domains *own = w->domains == NULL ? domains_new() : NULL;
	struct outbox o;
	enum status st;

	begin(&o, w, ends);
	if (own != NULL)
		w->domains = own;
	st = lock(j, w->conf.state, &o.lock);
	if (st == ST_OK)
		st = courier_new(j, &with, &o.run.courier);
	if (st == ST_OK)
		st = store_cache(w->db, j, STORE_SMALL);
	if (st == ST_OK) {
		work(&o);
		st = store_cache(w->db, j, STORE_USUAL);
	}
	if (st == ST_OK && o.run.kept)
		st = ST_TEMP;
	end(&o);
	if (own != NULL)
		w->domains = NULL;
	domains_free(own);
	return st;
}
