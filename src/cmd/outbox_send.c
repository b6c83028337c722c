#include "cmd/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/when.h"
#include "cmd/broadcast.h"
#include "cmd/encrypt.h"
#include "cmd/precedence.h"
#include "cmd/progress.h"
#include "cmd/uncomposed.h"
#include "ext/command.h"
#include "flow/courier.h"
#include "flow/heartbeat.h"
#include "flow/unreached.h"
#include "model/letter.h"
#include "model/store.h"
#include "text/again.h"
#include "text/domains.h"
#include "text/wire.h"

enum {
	ERRANDS = 32,       /* letters on their way at a time */
	FOR_PAGES = 8,      /* of them, kept free for pages */
	LEAVE = 16,         /* places a broadcast leaves to letters */
	LEAVE_PAGES = 8,    /* ... and those to pages */
	HEAD_START_MS = 30, /* of a broadcast, or until one copy is taken */
	TICK_MS = 250,      /* how often the store is asked for more */
	COMMAND_TICK_MS = 20,
	AGAIN_MS = 5000,          /* how often it is asked from the beginning */
	BYTES = 64 * 1024 * 1024, /* of letters held at a time */
	AGAIN_S = 30,
	REPLY = 320,
};

enum { TAG_BROADCAST = ERRANDS };

/* A letter to one recipient, on its way. */
struct errand {
	bool used, moved; /* moved: its row has its outcome already */
	struct job job;   /* its bytes */
	struct letter letter;
	struct mail mail;
	struct command *command;
	size_t out; /* parcels on their way */
	bool taken, later, tried;
	char reply[REPLY];
};

struct outbox {
	struct world *w;
	struct courier *courier;
	struct broadcast *broadcast;
	struct errand errands[ERRANDS];
	size_t bytes;
	int64_t page_after, after; /* letters seen in this scan */
	int64_t tick, again;       /* when to ask next, ms */
	bool kept;                 /* something stays for a later try */
	bool probed;               /* the store takes writes, in this look */
	bool broken;               /* it doesn't: start no letter */
	bool stopped;              /* start nothing at all */
	bool head_start;           /* of a broadcast that just began */
	struct progress progress;
	int lock;
	struct outbox_ends ends;
};

/* ---- the end of an errand ---- */

/* A self-test that comes too late says nothing. */
static bool
outlived(const struct outbox *o, const struct job *j, const struct letter *l)
{
	return heartbeat_is(&o->w->conf, l->recipient) &&
	       j->now >= l->created + o->w->conf.selftest;
}

static enum status
move_letter(struct outbox *o, struct job *j, struct errand *e)
{
	const struct letter *l = &e->letter;
	int64_t due;

	if (e->taken)
		return letter_sent(o->w->db, j, l->id, e->reply);
	if (!e->later || outlived(o, j, l) ||
	    !again_due(j->now, l->first_failed, &due)) {
		log_fail("step=courier letter=%lld st=failed reply=%s",
		    (long long)l->id, e->reply);
		return letter_failed(o->w->db, j, l->id, e->reply);
	}
	o->kept = true;
	if (!e->tried)
		due = j->now + AGAIN_S;
	return letter_later(o->w->db, j, l, due, e->reply);
}

/* Failed for good, or a command that failed, however often it is tried. */
static bool
unreached(const struct errand *e)
{
	const struct letter *l = &e->letter;

	if (e->taken)
		return false;
	return l->kind == LETTER_COMMAND ? l->tries == 0
					 : l->kind == LETTER_PAGE && !e->later;
}

/* The next step is due in the transaction that notes the failure. */
static enum status
move_page(struct outbox *o, struct job *j, struct errand *e)
{
	static const uint64_t one = 1;
	bool hastened = false;
	enum status st = db_begin(o->w->db, j);

	if (st == ST_OK)
		st = move_letter(o, j, e);
	if (st == ST_OK)
		st = unreached_page(o->w->db, j, &e->letter, &hastened);
	if (st == ST_OK)
		st = db_commit(o->w->db, j);
	db_rollback(o->w->db);
	if (st == ST_OK && hastened && o->ends.clock >= 0)
		(void)!write(o->ends.clock, &one, sizeof one);
	return st;
}

static void
settle_errand(struct outbox *o, struct errand *e)
{
	struct job j;
	enum status st;

	if (e->moved)
		return;
	e->moved = true;
	job_begin(&j, "send", world_now(o->w));
	st = unreached(e) ? move_page(o, &j, e) : move_letter(o, &j, e);
	if (st == ST_OK)
		log_note("step=courier letter=%lld st=%s reply=%s",
		    (long long)e->letter.id,
		    e->taken ? "sent" : (e->later ? "later" : "failed"),
		    e->reply);
	else {
		/* It went, or not, and nobody knows: not again in a hurry. */
		o->broken = o->kept = true;
		log_fail("step=courier letter=%lld error=%s",
		    (long long)e->letter.id, j.why);
	}
	job_end(&j);
}

static void
end_errand(struct outbox *o, struct errand *e)
{
	settle_errand(o, e);
	command_end(e->command);
	o->bytes -= e->letter.n;
	job_end(&e->job);
	*e = (struct errand){ 0 };
}

static void
put_reply(struct errand *e, int code, const char *reply)
{
	if (code != 0)
		(void)snprintf(e->reply, sizeof e->reply, "%d %s", code, reply);
	else
		(void)snprintf(e->reply, sizeof e->reply, "%s", reply);
}

/* One relay's answer; a page is gone as soon as one of them took it. */
static void
errand_outcome(struct outbox *o, struct errand *e, const struct outcome *r)
{
	e->out--;
	if (!e->taken)
		put_reply(e, r->code, r->reply);
	e->taken = e->taken || r->fate == FATE_TAKEN;
	e->later = e->later || r->fate == FATE_LATER || r->fate == FATE_UNSENT;
	e->tried = e->tried || r->fate != FATE_UNSENT;
	if (e->taken)
		settle_errand(o, e);
	if (e->out == 0)
		end_errand(o, e);
}

static void
watch_commands(struct outbox *o)
{
	for (size_t i = 0; i < ERRANDS; i++) {
		struct errand *e = &o->errands[i];
		enum status st;

		if (!e->used || e->command == NULL)
			continue;
		job_forget(&e->job);
		st = command_poll(&e->job, e->command, when_steady());
		if (st == ST_NONE)
			continue;
		e->taken = st == ST_OK;
		e->later = e->tried = st != ST_OK;
		put_reply(e, 0, st == ST_OK ? "done" : e->job.why);
		end_errand(o, e);
	}
}

/* ---- its beginning ---- */

/*
 * What automatic mail comes from: nobody; a page must be able to bounce, and
 * so must a mail to a member of a list.
 */
static const char *
sender_of(const struct outbox *o, struct errand *e)
{
	const struct conf *c = &o->w->conf;
	const struct letter *l = &e->letter;
	char token[TOKEN_BOUNCE + 1];

	if (l->kind == LETTER_MAIL && l->list[0] != '\0') {
		keys_bounce(&o->w->keys, l->list, l->high, l->id, token);
		return arena_printf(e->job.mem, "%s-bounces%c%s@%s", l->list,
		    c->delimiter[0], token, c->domain);
	}
	if (l->kind != LETTER_PAGE)
		return l->sender;
	keys_row(&o->w->keys, "page", l->id, token);
	return arena_printf(e->job.mem, "incident-bounces%c%s@%s",
	    c->delimiter[0], token, c->domain);
}

/* It couldn't even be begun: at another time. */
static void
put_off(struct outbox *o, struct errand *e)
{
	e->later = e->tried = true;
	put_reply(e, 0, e->job.why);
	end_errand(o, e);
}

static void
post_mail(struct outbox *o, struct errand *e, uint64_t tag)
{
	bool page = e->letter.kind == LETTER_PAGE;
	size_t n = page ? courier_relays(o->courier) : 1;
	struct letter_bytes bytes;
	struct parcel p = { .tag = tag,
		.letter = e->letter.id,
		.mail = &e->mail,
		.copy = { .to = e->letter.recipient,
		    .sender = sender_of(o, e) },
		.relay = -1,
		.fall = again_falls(world_now(o->w), e->letter.first_failed),
		.forward = true };

	if (heartbeat_is(&o->w->conf, e->letter.recipient))
		p.relay = 0; /* it is about the first */
	if (encrypt_letter(o->w, &e->job, &e->letter, &bytes) != ST_OK) {
		put_off(o, e);
		return;
	}
	wire_mail(e->job.mem, bytes.p, bytes.n, &e->mail);
	for (size_t i = 0; i < n; i++) {
		if (page)
			p.relay = (int)i;
		courier_add(o->courier, &p);
		e->out++;
	}
}

static void
run_command(struct outbox *o, struct errand *e)
{
	const struct letter *l = &e->letter;

	if (command_begin(&e->job, l->recipient, l->raw == NULL ? "" : l->raw,
		l->n, when_steady(), &e->command) != ST_OK)
		put_off(o, e);
}

static void
ask_to_mend(struct outbox *o, struct job *j, int64_t letter, const char *why)
{
	const char *part =
	    arena_printf(j->mem, "letter.%lld", (long long)letter);

	if (uncomposed_tell(o->w, j, part, "A mail to a list waits:", why) !=
	    ST_OK)
		log_fail("step=courier letter=%lld alarm error=%s",
		    (long long)letter, j->why);
}

/* false: another one may be tried. */
static bool
start_broadcast(struct outbox *o, struct job *j, const struct letter *l)
{
	enum status st = broadcast_open(o->w, j, l, &o->broadcast);

	if (st == ST_OK || st == ST_NONE)
		return st == ST_OK;
	log_fail("step=courier letter=%lld error=%s", (long long)l->id, j->why);
	if (st == ST_PERM)
		ask_to_mend(o, j, l->id, arena_str(j->mem, j->why));
	st = letter_later(o->w->db, j, l, j->now + AGAIN_S, j->why);
	o->kept = true;
	if (st != ST_OK)
		log_fail("step=courier letter=%lld error=the store refused",
		    (long long)l->id);
	return false;
}

static bool
on_its_way(const struct outbox *o, int64_t id)
{
	for (size_t i = 0; i < ERRANDS; i++)
		if (o->errands[i].used && o->errands[i].letter.id == id)
			return true;
	return false;
}

static struct errand *
free_errand(struct outbox *o, size_t leave)
{
	struct errand *free = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ERRANDS; i++)
		if (!o->errands[i].used) {
			free = &o->errands[i];
			n++;
		}
	return n > leave ? free : NULL;
}

/* Takes over the job that the letter was read into. */
static void
start_errand(struct outbox *o, struct errand *e, struct job *j,
    const struct letter *l)
{
	*e = (struct errand){ .used = true, .job = *j, .letter = *l };
	o->bytes += l->n;
	if (l->kind == LETTER_COMMAND)
		run_command(o, e);
	else
		post_mail(o, e, (uint64_t)(e - o->errands));
}

static bool
can_write(struct outbox *o, struct job *j, int64_t letter)
{
	if (!o->probed && letter_probe(o->w->db, j, letter) != ST_OK) {
		o->broken = o->kept = true;
		log_fail("step=courier letter=%lld error=%s", (long long)letter,
		    j->why);
	}
	o->probed = true;
	return !o->broken;
}

/* false: no further letter is due, or there is no place for one now. */
static bool
take_letter(struct outbox *o, bool pages)
{
	int64_t *after = pages ? &o->page_after : &o->after;
	struct errand *e = free_errand(o, pages ? 0 : FOR_PAGES);
	size_t need = pages ? courier_relays(o->courier) : LEAVE_PAGES + 1;
	struct letter l = { 0 };
	enum status st;
	struct job j;

	if (o->broken || e == NULL || courier_room(o->courier) < need ||
	    (!pages && o->bytes > BYTES))
		return false;
	job_begin(&j, "send", world_now(o->w));
	st = letter_next(o->w->db, &j, j.now, *after, pages, &l);
	if (st == ST_OK) {
		*after = l.id;
		l.first_failed = again_since(j.now, l.first_failed, l.due);
	}
	if (st == ST_OK && !on_its_way(o, l.id) && can_write(o, &j, l.id)) {
		start_errand(o, e, &j, &l);
		return true;
	}
	job_end(&j);
	return st == ST_OK;
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

	job_begin(&j, "send", world_now(o->w));
	if (letter_broadcasts(o->w->db, &j, j.now, &all, &n) != ST_OK)
		log_warn("step=courier error=%s", j.why);
	precedence_sort(&o->w->conf, all, n);
	if (o->broadcast != NULL && n != 0 &&
	    precedence_before(&o->w->conf, &all[0], broadcast_of(o->broadcast)))
		broadcast_yield(o->broadcast);
	for (size_t i = 0; i < n && o->broadcast == NULL && !o->broken; i++) {
		struct letter *l = &all[i];

		l->first_failed = again_since(j.now, l->first_failed, l->due);
		job_forget(&j);
		if (can_write(o, &j, l->id) && start_broadcast(o, &j, l))
			break;
	}
	job_end(&j);
}

/* Each copy on its way is waited for, and none is repeated afterwards. */
static bool
told_to_stop(struct outbox *o)
{
	struct pollfd p = { .fd = o->ends.stop, .events = POLLIN };

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
	o->probed = false;
	if (ms >= o->again) {
		o->again = ms + AGAIN_MS;
		o->page_after = o->after = 0;
	}
	while (take_letter(o, true))
		;
	/* Letters between two that are short go out between them. */
	o->head_start = begins_broadcast(o) && !o->head_start;
	if (o->head_start) {
		o->tick = ms + HEAD_START_MS;
		return;
	}
	while (take_letter(o, false))
		;
}

/* ---- the round ---- */

static void
take_outcomes(struct outbox *o)
{
	int64_t now = world_now(o->w);
	struct outcome r;

	while (courier_take(o->courier, &r))
		if (r.tag == TAG_BROADCAST) {
			broadcast_outcome(o->broadcast, &r,
			    courier_relay_name(o->courier, r.relay), now);
			o->tick = o->head_start ? 0 : o->tick;
		} else
			errand_outcome(o, &o->errands[r.tag], &r);
}

static void
end_broadcast(struct outbox *o)
{
	struct job j;
	enum status st;

	job_begin(&j, "send", world_now(o->w));
	if (broadcast_cant(o->broadcast)[0] != '\0')
		ask_to_mend(o, &j, broadcast_letter(o->broadcast),
		    broadcast_cant(o->broadcast));
	st = broadcast_finish(o->broadcast, &j);
	if (st != ST_OK)
		o->kept = true;
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
	broadcast_write(o->broadcast, world_now(o->w));
	progress_show(&o->progress, o->broadcast);
	if (broadcast_over(o->broadcast))
		end_broadcast(o);
}

static bool
running_commands(const struct outbox *o)
{
	for (size_t i = 0; i < ERRANDS; i++)
		if (o->errands[i].command != NULL)
			return true;
	return false;
}

static bool
busy(struct outbox *o)
{
	if (o->broadcast != NULL || free_errand(o, ERRANDS - 1) == NULL)
		return true;
	/* What came while we were at it, before we go. */
	o->tick = o->again = 0;
	look(o);
	return o->broadcast != NULL || free_errand(o, ERRANDS - 1) == NULL;
}

static int
patience(const struct outbox *o)
{
	if (running_commands(o))
		return COMMAND_TICK_MS;
	return o->head_start ? HEAD_START_MS : TICK_MS;
}

static void
work(struct outbox *o)
{
	while (busy(o)) {
		look(o);
		if (o->broadcast != NULL)
			broadcast_feed(o->broadcast, o->courier, TAG_BROADCAST,
			    LEAVE);
		courier_step(o->courier, world_now(o->w), patience(o));
		take_outcomes(o);
		watch_commands(o);
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

enum status
outbox_send(struct world *w, struct job *j, const struct outbox_ends *ends)
{
	struct courier_options with = { .relays = w->conf.relays,
		.n_relays = w->conf.n_relays,
		.helo = w->conf.host };
	struct outbox o = { .w = w, .lock = -1, .ends = { -1, -1 } };
	bool lent = w->domains != NULL;
	enum status st = lock(j, w->conf.state, &o.lock);

	if (!lent)
		w->domains = domains_new();
	o.progress.on = w->progress;
	if (ends != NULL)
		o.ends = *ends;
	if (st == ST_OK)
		st = courier_new(j, &with, &o.courier);
	if (st == ST_OK)
		st = store_cache(w->db, j, STORE_SMALL);
	if (st == ST_OK) {
		work(&o);
		st = store_cache(w->db, j, STORE_USUAL);
	}
	if (st == ST_OK && o.kept)
		st = ST_TEMP;
	if (!lent) {
		domains_free(w->domains);
		w->domains = NULL;
	}
	courier_free(o.courier);
	if (o.lock >= 0)
		(void)close(o.lock);
	return st;
}
