#include "flow/courier_in.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/line.h"
#include "base/log.h"
#include "base/when.h"
#include "ext/resolve.h"
#include "ext/smtp.h"
#include "ext/spool.h"
#include "text/parcels.h"
#include "text/relay.h"
#include "text/talk.h"
#include "text/wire.h"

void
courier_add(struct courier *c, const struct parcel *p)
{
	parcels_add(c->parcels, p);
}

bool
courier_take(struct courier *c, struct outcome *out)
{
	return parcels_take(c->parcels, out);
}

size_t
courier_room(const struct courier *c)
{
	return parcels_room(c->parcels);
}

size_t
courier_relays(const struct courier *c)
{
	return c->n_lanes;
}

const char *
courier_relay_name(const struct courier *c, int relay)
{
	if (relay < 0 || (size_t)relay >= c->n_lanes)
		return "";
	return c->lanes[relay].name;
}

size_t
courier_to(const struct courier *c, const char *domain)
{
	return parcels_to(c->parcels, domain);
}

/* ---- relays ---- */

static void
open_session(struct courier *c, struct lane *l, bool urgent, int64_t ms)
{
	const struct resolve_address *a = &l->addresses[l->address];
	struct session *s = c->sessions;

	while (s->smtp != NULL)
		if (++s == c->sessions + SESSIONS)
			return; /* others will be done sooner or later */
	if (s == c->sessions + c->n_sessions)
		c->n_sessions++;
	*s = (struct session){ .lane = courier_lane_index(c, l),
		.urgent = urgent,
		.deadline = ms + CONNECT_MS,
		.texting = PARCELS_NONE };
	s->smtp = smtp_open((const struct sockaddr *)&a->addr, a->len);
	if (smtp_fd(s->smtp) < 0)
		s->deadline = ms; /* to be told of it, not to wait for it */
	s->talk = talk_new(c->helo);
	l->opening++;
	if (urgent)
		l->urgent++;
}

static size_t
count_hungry(const struct courier *c, const struct lane *l, bool urgent)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_sessions; i++) {
		const struct session *s = &c->sessions[i];

		if (s->smtp != NULL && &c->lanes[s->lane] == l &&
		    s->urgent == urgent &&
		    (!s->was_ready || talk_hungry(s->talk)))
			n++;
	}
	return n;
}

/*
 * As many sessions as there is something to carry: one, then, for each that is
 * ready, two more, so that the first copy doesn't wait for the last greeting.
 */
static void
staff(struct courier *c, struct lane *l, int64_t ms)
{
	size_t pages =
	    parcels_waiting(c->parcels, courier_lane_index(c, l), true);
	size_t rest =
	    parcels_waiting(c->parcels, courier_lane_index(c, l), false);
	size_t idle = pages == 0 ? 0 : count_hungry(c, l, true);
	size_t ordinary, most = 2 * l->ready + 1;

	for (; idle < pages && l->urgent < l->urgent_limit; idle++)
		open_session(c, l, true, ms);
	if (l->urgent_limit == 0)
		rest += pages;
	ordinary = l->opening + l->ready - l->urgent;
	if (most > l->limit)
		most = l->limit;
	if (rest == 0 || ordinary >= most)
		return;
	idle = count_hungry(c, l, false);
	for (; idle < rest && ordinary < most; idle++, ordinary++)
		open_session(c, l, false, ms);
}

/* ---- sessions ---- */

static void
drop_session(struct courier *c, struct session *s, const char *why, int64_t ms)
{
	struct lane *l = &c->lanes[s->lane];
	struct session was = *s;

	courier_unwatch(c, s);
	smtp_close(s->smtp);
	talk_free(s->talk);
	*s = (struct session){ .texting = PARCELS_NONE };
	while (
	    c->n_sessions != 0 && c->sessions[c->n_sessions - 1].smtp == NULL)
		c->n_sessions--;
	if (was.was_ready)
		l->ready--;
	else
		l->opening--;
	if (was.urgent)
		l->urgent--;
	courier_lane_failed(c, &was, why, ms);
}

static void
hear(struct courier *c, struct session *s, int64_t ms)
{
	struct lane *l = &c->lanes[s->lane];
	struct talk_event e;

	while (s->smtp != NULL && talk_event(s->talk, &e)) {
		int at = (int)e.tag;

		switch (e.kind) {
		case TALK_TEXT:
			s->texting = at;
			s->piece = s->offset = 0;
			break;
		case TALK_DONE:
			s->answers++;
			l->fruitless = 0;
			parcels_stage(c->parcels, at, e.at);
			parcels_answered(c->parcels, at, e.code, e.reply);
			break;
		case TALK_LOST: parcels_lost(c->parcels, at, e.reply); break;
		case TALK_BACK: parcels_back(c->parcels, at, e.reply); break;
		case TALK_OVER: drop_session(c, s, e.reply, ms); break;
		}
	}
}

static void
give_text(struct courier *c, struct session *s)
{
	const struct parcel *parcel = parcels_at(c->parcels, s->texting);
	const struct mail *m = parcel->mail;
	size_t room;

	while (s->piece < m->n_pieces && (room = talk_room(s->talk)) != 0) {
		const struct piece *p = &m->pieces[s->piece];
		bool literal = p->hole == HOLE_NONE;
		const char *data =
		    literal ? p->data : wire_hole(&parcel->copy, p->hole);
		size_t n = (literal ? p->len : strlen(data)) - s->offset;

		if (n > room) {
			talk_text(s->talk, data + s->offset, room);
			s->offset += room;
			return;
		}
		talk_text(s->talk, data + s->offset, n);
		s->offset = 0;
		s->piece++;
	}
	if (s->piece < m->n_pieces)
		return;
	s->texting = PARCELS_NONE;
	talk_text_end(s->talk);
}

static void
give_envelope(struct courier *c, struct session *s)
{
	bool pages =
	    s->urgent || (c->lanes[s->lane].urgent_limit == 0 &&
			     parcels_waiting(c->parcels, s->lane, true) != 0);
	int at = parcels_next(c->parcels, s->lane, pages);
	const struct parcel *p;
	struct talk_envelope e;
	char name[NAME_ROOM];
	struct line l;

	if (at == PARCELS_NONE)
		return;
	p = parcels_at(c->parcels, at);
	line_begin(&l, name, sizeof name);
	line_int(&l, p->letter);
	line_str(&l, ".");
	line_int(&l, p->copy.member);
	e = (struct talk_envelope){ .tag = (uint32_t)at,
		.name = p->letter == 0 ? NULL : name,
		.from = p->copy.sender,
		.to = p->copy.to,
		.size = wire_size(p->mail, &p->copy),
		.eight_bit = p->mail->eight_bit != 0,
		.utf8 = p->mail->utf8 != 0 };
	talk_envelope(s->talk, &e);
}

static void
hurry(struct session *s, int64_t ms)
{
	int64_t patience = talk_patience(s->talk);

	s->deadline = patience == 0 ? INT64_MAX : ms + patience;
}

static void
write_out(struct session *s, int64_t ms)
{
	const char *p;
	size_t n, k = 0;
	enum status st;

	p = talk_out(s->talk, &n);
	if (n == 0 || (st = smtp_write(s->smtp, p, n, &k)) == ST_NONE)
		return;
	if (st != ST_OK) {
		talk_end(s->talk, smtp_why(s->smtp));
		return;
	}
	talk_wrote(s->talk, k);
	hurry(s, ms);
}

/* The rest of a text and the next envelope leave in one write, by speak(). */
static void
feed(struct courier *c, struct session *s, int64_t ms)
{
	bool quiet = s->deadline == INT64_MAX;

	if (!s->connected)
		return;
	if (s->texting != PARCELS_NONE)
		give_text(c, s);
	if (s->texting == PARCELS_NONE && talk_hungry(s->talk))
		give_envelope(c, s);
	if (quiet)
		hurry(s, ms);
	s->speaks = true;
}

/*
 * All in a row: a server that is quicker than we are would else fall asleep
 * between two of them, and each of them wake it.
 */
static void
speak(struct courier *c, int64_t ms)
{
	for (size_t i = 0; i < c->n_sessions; i++) {
		struct session *s = &c->sessions[i];

		if (s->smtp == NULL || !s->speaks)
			continue;
		s->speaks = false;
		write_out(s, ms);
		hear(c, s, ms);
	}
}

static void
read_in(struct session *s)
{
	char bytes[8192];
	size_t n = 0;
	enum status st = smtp_read(s->smtp, bytes, sizeof bytes, &n);

	if (st == ST_OK)
		talk_read(s->talk, bytes, n);
	else if (st == ST_TEMP)
		talk_end(s->talk, smtp_why(s->smtp));
}

static void
connect_on(struct session *s, int64_t ms)
{
	char why[TALK_REPLY];
	enum status st = smtp_connected(s->smtp);

	if (st == ST_OK) {
		s->connected = true;
		hurry(s, ms);
	} else if (st == ST_TEMP) {
		(void)snprintf(why, sizeof why, "cannot connect: %s",
		    smtp_why(s->smtp));
		talk_end(s->talk, why);
	}
}

static void
work(struct courier *c, struct session *s, bool reads, int64_t ms)
{
	struct lane *l = &c->lanes[s->lane];

	if (!s->connected)
		connect_on(s, ms);
	else if (reads)
		read_in(s);
	if (talk_replies(s->talk) != s->replies) {
		s->replies = talk_replies(s->talk);
		hurry(s, ms);
	}
	if (!s->was_ready && talk_ready(s->talk)) {
		s->was_ready = true;
		l->opening--;
		l->ready++;
	}
	if (ms >= s->deadline)
		talk_end(s->talk, s->connected
				      ? "no answer in time"
				      : "cannot connect: no answer in time");
	hear(c, s, ms);
	if (s->smtp != NULL)
		feed(c, s, ms);
}

/* ---- spool folders ---- */

/* What waits is written, then made durable together, then told. */
static void
fill_spool(struct courier *c, struct lane *l, int64_t now, int64_t ms)
{
	bool pages =
	    parcels_waiting(c->parcels, courier_lane_index(c, l), true) != 0;
	int put[PARCELS_ROOM], at;
	struct buf file = BUF_INIT;
	size_t n = 0;
	enum status st;
	struct job j;

	job_begin(&j, "spool", now);
	st = spool_open(&j, l->relay.dir);
	while (st == ST_OK &&
	       (at = parcels_next(c->parcels, courier_lane_index(c, l),
		    pages)) != PARCELS_NONE) {
		buf_clear(&file);
		wire_file(&file, parcels_at(c->parcels, at)->mail,
		    &parcels_at(c->parcels, at)->copy);
		st = spool_put(&j, l->relay.dir, c->spooled++, file.data,
		    file.len);
		put[n++] = at;
	}
	if (st == ST_OK)
		st = spool_sync(&j, l->relay.dir);
	if (st != ST_OK) /* first, so that what comes back goes on */
		courier_close_lane(c, l, j.why, ms);
	for (size_t i = 0; i < n; i++)
		if (st == ST_OK)
			parcels_answered(c->parcels, put[i], 250,
			    "2.0.0 written to the spool");
		else
			parcels_back(c->parcels, put[i], j.why);
	buf_free(&file);
	job_end(&j);
}

/* ---- the round ---- */

static void
tend(struct courier *c, struct lane *l, int64_t now, int64_t ms)
{
	size_t at = courier_lane_index(c, l);

	if (l->state == DOWN && ms >= l->until) {
		l->state = UNKNOWN;
		parcels_open(c->parcels, at);
	}
	if (parcels_waiting(c->parcels, at, true) == 0 &&
	    parcels_waiting(c->parcels, at, false) == 0)
		return;
	if (l->relay.kind == RELAY_SPOOL) {
		fill_spool(c, l, now, ms);
		return;
	}
	if (l->state == UNKNOWN)
		courier_find_lane(c, l, ms);
	else if (l->state == RESOLVING)
		courier_resolved(c, l,
		    resolve_read(l->resolve, l->addresses, &l->n_addresses),
		    ms);
	if (l->state == KNOWN)
		staff(c, l, ms);
}

/* What can be said before a server is heard. */
static void
feed_hungry(struct courier *c, int64_t ms)
{
	for (size_t i = 0; i < c->n_sessions; i++) {
		struct session *s = &c->sessions[i];

		if (s->smtp != NULL && s->was_ready && talk_hungry(s->talk))
			feed(c, s, ms);
	}
}

void
courier_step(struct courier *c, int64_t now, int wait_ms)
{
	struct heard heard[AT_ONCE];
	int64_t ms = when_steady();
	size_t n;

	for (size_t i = 0; i < c->n_lanes; i++)
		tend(c, &c->lanes[i], now, ms);
	feed_hungry(c, ms);
	speak(c, ms);
	n = courier_wait(c, ms, wait_ms, heard);
	ms = c->heard_us / 1000;
	for (size_t i = 0; i < n; i++)
		work(c, heard[i].session, heard[i].reads, ms);
	for (size_t i = 0; i < c->n_sessions; i++)
		if (c->sessions[i].smtp != NULL &&
		    ms >= c->sessions[i].deadline)
			work(c, &c->sessions[i], false, ms);
}

/* ---- beginning and end ---- */

static enum status
read_relays(struct courier *c, struct job *j, const struct courier_options *o)
{
	for (size_t i = 0; i < o->n_relays && i < PARCELS_RELAYS; i++) {
		if (!relay_read(c->job.mem, o->relays[i], &c->lanes[i].relay))
			return job_fail(j, ST_PERM,
			    "relay \"%s\" isn't understood: write "
			    "smtp://HOST:PORT or spool:/DIR",
			    o->relays[i]);
		courier_name_lane(c, &c->lanes[i]);
		c->n_lanes++;
	}
	if (c->n_lanes == 0)
		return job_fail(j, ST_PERM,
		    "no relay is configured: name one in `relay`");
	c->parcels = parcels_new(c->n_lanes);
	return ST_OK;
}

enum status
courier_new(struct job *j, const struct courier_options *o,
    struct courier **out)
{
	struct courier *c = calloc(1, sizeof *c);
	enum status st;

	if (c == NULL)
		die("out of memory for the courier");
	job_begin(&c->job, "courier", j->now);
	c->helo = arena_str(c->job.mem, o->helo);
	c->sessions_each = o->sessions == 0 || o->sessions > COURIER_SESSIONS
			       ? COURIER_SESSIONS
			       : o->sessions;
	(void)signal(SIGPIPE, SIG_IGN); /* who reads our progress may go */
	st = courier_wait_begin(c, j);
	if (st == ST_OK)
		st = read_relays(c, j, o);
	*out = st == ST_OK ? c : NULL;
	if (st != ST_OK)
		courier_free(c);
	return st;
}

/* A short while for goodbyes, so that servers don't log a lost connection. */
static void
farewell(struct courier *c)
{
	int64_t until = when_steady() + FAREWELL_MS;

	for (size_t i = 0; i < c->n_sessions; i++)
		if (c->sessions[i].smtp != NULL) {
			talk_quit(c->sessions[i].talk);
			work(c, &c->sessions[i], false, when_steady());
		}
	while (c->n_sessions != 0 && when_steady() < until)
		courier_step(c, 0, 50);
}

void
courier_free(struct courier *c)
{
	if (c == NULL)
		return;
	if (c->parcels != NULL)
		farewell(c);
	for (size_t i = 0; i < c->n_sessions; i++) {
		smtp_close(c->sessions[i].smtp);
		talk_free(c->sessions[i].talk);
	}
	for (size_t i = 0; i < c->n_lanes; i++)
		resolve_end(c->lanes[i].resolve);
	parcels_free(c->parcels);
	courier_wait_end(c);
	job_end(&c->job);
	free(c);
}
