#include "cmd/errands.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "cmd/encrypt.h"
#include "ext/command.h"
#include "flow/heartbeat.h"
#include "flow/unreached.h"
#include "model/letter.h"
#include "text/again.h"
#include "text/wire.h"

enum {
	FOR_PAGES = 8,   /* errands kept free for pages */
	LEAVE_PAGES = 8, /* places of the courier that letters leave to them */
	BYTES = 64 * 1024 * 1024, /* of letters held at a time */
	AGAIN_S = 30,
	REPLY = 320,
};

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

struct errands {
	struct sending *run;
	struct errand all[ERRANDS_MOST];
	size_t bytes;
	int64_t page_after, after; /* letters seen in this scan */
};

bool
errands_can_write(struct sending *s, struct job *j, int64_t letter)
{
	if (!s->probed && letter_probe(s->w->db, j, letter) != ST_OK) {
		s->broken = s->kept = true;
		log_fail("step=courier letter=%lld error=%s", (long long)letter,
		    j->why);
	}
	s->probed = true;
	return !s->broken;
}

struct errands *
errands_new(struct sending *run)
{
	struct errands *a = calloc(1, sizeof *a);

	if (a == NULL)
		die("out of memory for letters");
	a->run = run;
	return a;
}

void
errands_free(struct errands *a)
{
	free(a);
}

void
errands_again(struct errands *a)
{
	a->page_after = a->after = 0;
}

static struct errand *
find_free(struct errands *a, size_t leave)
{
	struct errand *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ERRANDS_MOST; i++)
		if (!a->all[i].used) {
			found = &a->all[i];
			n++;
		}
	return n > leave ? found : NULL;
}

bool
errands_any(const struct errands *a)
{
	for (size_t i = 0; i < ERRANDS_MOST; i++)
		if (a->all[i].used)
			return true;
	return false;
}

bool
errands_commands(const struct errands *a)
{
	for (size_t i = 0; i < ERRANDS_MOST; i++)
		if (a->all[i].command != NULL)
			return true;
	return false;
}

/* ---- the end of an errand ---- */

/* A self-test that comes too late says nothing. */
static bool
outlived(const struct errands *a, const struct job *j, const struct letter *l)
{
	return heartbeat_is(&a->run->w->conf, l->recipient) &&
	       j->now >= l->created + a->run->w->conf.selftest;
}

static enum status
move_letter(struct errands *a, struct job *j, struct errand *e)
{
	const struct letter *l = &e->letter;
	int64_t due;

	if (e->taken)
		return letter_sent(a->run->w->db, j, l->id, e->reply);
	if (!e->later || outlived(a, j, l) ||
	    !again_due(j->now, l->first_failed, &due)) {
		log_fail("step=courier letter=%lld st=failed reply=%s",
		    (long long)l->id, e->reply);
		return letter_failed(a->run->w->db, j, l->id, e->reply);
	}
	a->run->kept = true;
	if (!e->tried)
		due = j->now + AGAIN_S;
	return letter_later(a->run->w->db, j, l, due, e->reply);
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
move_page(struct errands *a, struct job *j, struct errand *e)
{
	static const uint64_t one = 1;
	bool hastened = false;
	enum status st = db_begin(a->run->w->db, j);

	if (st == ST_OK)
		st = move_letter(a, j, e);
	if (st == ST_OK)
		st = unreached_page(a->run->w->db, j, &e->letter, &hastened);
	if (st == ST_OK)
		st = db_commit(a->run->w->db, j);
	db_rollback(a->run->w->db);
	if (st == ST_OK && hastened && a->run->clock >= 0)
		(void)!write(a->run->clock, &one, sizeof one);
	return st;
}

static void
settle_errand(struct errands *a, struct errand *e)
{
	struct job j;
	enum status st;

	if (e->moved)
		return;
	e->moved = true;
	job_begin(&j, "send", world_now(a->run->w));
	st = unreached(e) ? move_page(a, &j, e) : move_letter(a, &j, e);
	if (st == ST_OK)
		log_note("step=courier letter=%lld st=%s reply=%s",
		    (long long)e->letter.id,
		    e->taken ? "sent" : (e->later ? "later" : "failed"),
		    e->reply);
	else {
		/* It went, or not, and nobody knows: not again in a hurry. */
		a->run->broken = a->run->kept = true;
		log_fail("step=courier letter=%lld error=%s",
		    (long long)e->letter.id, j.why);
	}
	job_end(&j);
}

static void
end_errand(struct errands *a, struct errand *e)
{
	settle_errand(a, e);
	command_end(e->command);
	a->bytes -= e->letter.n;
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
void
errands_outcome(struct errands *a, const struct outcome *r)
{
	struct errand *e = &a->all[r->tag];

	e->out--;
	if (!e->taken)
		put_reply(e, r->code, r->reply);
	e->taken = e->taken || r->fate == FATE_TAKEN;
	e->later = e->later || r->fate == FATE_LATER || r->fate == FATE_UNSENT;
	e->tried = e->tried || r->fate != FATE_UNSENT;
	if (e->taken)
		settle_errand(a, e);
	if (e->out == 0)
		end_errand(a, e);
}

void
errands_watch(struct errands *a)
{
	for (size_t i = 0; i < ERRANDS_MOST; i++) {
		struct errand *e = &a->all[i];
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
		end_errand(a, e);
	}
}

/* ---- its beginning ---- */

/*
 * What automatic mail comes from: nobody; a page must be able to bounce, and
 * so must a mail to a member of a list.
 */
static const char *
sender_of(const struct errands *a, struct errand *e)
{
	const struct conf *c = &a->run->w->conf;
	const struct letter *l = &e->letter;
	char token[TOKEN_BOUNCE + 1];

	if (l->kind == LETTER_MAIL && l->list[0] != '\0') {
		keys_bounce(&a->run->w->keys, l->list, l->high, l->id, token);
		return arena_printf(e->job.mem, "%s-bounces%c%s@%s", l->list,
		    c->delimiter[0], token, c->domain);
	}
	if (l->kind != LETTER_PAGE)
		return l->sender;
	keys_row(&a->run->w->keys, "page", l->id, token);
	return arena_printf(e->job.mem, "incident-bounces%c%s@%s",
	    c->delimiter[0], token, c->domain);
}

/* It couldn't even be begun: at another time. */
static void
put_off(struct errands *a, struct errand *e)
{
	e->later = e->tried = true;
	put_reply(e, 0, e->job.why);
	end_errand(a, e);
}

static void
post_mail(struct errands *a, struct errand *e, uint64_t tag)
{
	bool page = e->letter.kind == LETTER_PAGE;
	size_t n = page ? courier_relays(a->run->courier) : 1;
	struct letter_bytes bytes;
	struct parcel p = { .tag = tag,
		.letter = e->letter.id,
		.mail = &e->mail,
		.copy = { .to = e->letter.recipient,
		    .sender = sender_of(a, e) },
		.relay = -1,
		.fall =
		    again_falls(world_now(a->run->w), e->letter.first_failed),
		.forward = true };

	if (heartbeat_is(&a->run->w->conf, e->letter.recipient))
		p.relay = 0; /* it is about the first */
	if (encrypt_letter(a->run->w, &e->job, &e->letter, &bytes) != ST_OK) {
		put_off(a, e);
		return;
	}
	wire_mail(e->job.mem, bytes.p, bytes.n, &e->mail);
	for (size_t i = 0; i < n; i++) {
		if (page)
			p.relay = (int)i;
		courier_add(a->run->courier, &p);
		e->out++;
	}
}

static void
run_command(struct errands *a, struct errand *e)
{
	const struct letter *l = &e->letter;

	if (command_begin(&e->job, l->recipient, l->raw == NULL ? "" : l->raw,
		l->n, when_steady(), &e->command) != ST_OK)
		put_off(a, e);
}

static bool
on_its_way(const struct errands *a, int64_t id)
{
	for (size_t i = 0; i < ERRANDS_MOST; i++)
		if (a->all[i].used && a->all[i].letter.id == id)
			return true;
	return false;
}

/* Takes over the job that the letter was read into. */
static void
start_errand(struct errands *a, struct errand *e, struct job *j,
    const struct letter *l)
{
	*e = (struct errand){ .used = true, .job = *j, .letter = *l };
	a->bytes += l->n;
	if (l->kind == LETTER_COMMAND)
		run_command(a, e);
	else
		post_mail(a, e, (uint64_t)(e - a->all));
}

/* false: no further letter is due, or there is no place for one now. */
bool
errands_take(struct errands *a, bool pages)
{
	int64_t *after = pages ? &a->page_after : &a->after;
	struct errand *e = find_free(a, pages ? 0 : FOR_PAGES);
	size_t need = pages ? courier_relays(a->run->courier) : LEAVE_PAGES + 1;
	struct letter l = { 0 };
	enum status st;
	struct job j;

	if (a->run->broken || e == NULL ||
	    courier_room(a->run->courier) < need ||
	    (!pages && a->bytes > BYTES))
		return false;
	job_begin(&j, "send", world_now(a->run->w));
	st = letter_next(a->run->w->db, &j, j.now, *after, pages, &l);
	if (st == ST_OK) {
		*after = l.id;
		l.first_failed = again_since(j.now, l.first_failed, l.due);
	}
	if (st == ST_OK && !on_its_way(a, l.id) &&
	    errands_can_write(a->run, &j, l.id)) {
		start_errand(a, e, &j, &l);
		return true;
	}
	job_end(&j);
	return st == ST_OK;
}
