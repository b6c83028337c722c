/*
 * The whole sender against a mail server that misbehaves (P4, P13): nobody is
 * skipped, repeated copies stay within the window, each message has one
 * recipient and carries no other's marker.
 */
#include "t.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "cmd/outbox.h"
#include "flow/courier.h"
#include "model/letter.h"
#include "model/member.h"
#include "model/store.h"
#include "model/timer.h"
#include "sink.h"
#include "standin.h"

enum { MEMBERS = 300, ROUNDS = 40 };

struct spot {
	char *dir, *file;
	struct job j;
	struct world w;
	struct list list;
	const char *relays[3];
	pid_t sink;
	int port;
};

static int
setup(void **state)
{
	struct spot *p = calloc(1, sizeof *p);

	log_open(LOG_TO_NOWHERE, "test");
	p->dir = t_folder();
	job_begin(&p->j, "test", (int64_t)time(NULL));
	p->file = arena_printf(p->j.mem, "%s/taken", p->dir);
	p->list = (struct list){ .slug = "example-status", .language = "en" };
	p->w = (struct world){ .keys.list.n = 1, .keys.reply.n = 1 };
	p->w.conf = (struct conf){ .limits = LIMITS_DEFAULT,
		.state = p->dir,
		.domain = "in.status.example",
		.host = "status.example",
		.delimiter = "+",
		.lists = &p->list,
		.n_lists = 1,
		.relays = p->relays };
	(void)setenv("STANDIN_SIZE", "4096", 1);
	if (store_open(&p->j, p->dir, DB_CREATE, &p->w.db) != ST_OK)
		return -1;
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct spot *p = *state;

	if (p->sink != 0)
		sink_stop(p->sink);
	db_close(p->w.db);
	job_end(&p->j);
	t_remove(p->dir);
	free(p);
	return 0;
}

static void
relay(struct spot *p, const char *url)
{
	p->relays[p->w.conf.n_relays++] = url;
}

static void
serve(struct spot *p, const struct sink_faults *f)
{
	p->sink = sink_start(f, p->file, &p->port);
	relay(p, arena_printf(p->j.mem, "smtp://127.0.0.1:%d", p->port));
}

static void
sql(struct spot *p, const char *text)
{
	assert_int_equal(db_script(p->w.db, &p->j, text), ST_OK);
}

static void
fill(struct spot *p, int n)
{
	assert_int_equal(db_begin(p->w.db, &p->j), ST_OK);
	sql(p, "INSERT INTO event (id, kind, year, number, opened, began, "
	       "source, reporter, subject, title, phase, state, noc_state, "
	       "severity, impact, disclosure, owner, started, detected, "
	       "ended, handed_off, acked, closed, changed, next_update, "
	       "related) VALUES (1, 'incident', 2026, 42, 1, 1, "
	       "'noc', '', 's', '', 'public', 'investigating', "
	       "'investigating', 3, 'unset', 'full', '', 1, 0, 0, 1, 1, 0, 1, "
	       "0, NULL)");
	sql(p, "INSERT INTO post VALUES (1, 1, 1, 1, 1, 'update', "
	       "'investigating', '', '', 'en', 'major', '', '', '', '', '', "
	       "'', '', '', 1, 0, 0, 0, 0, 1, 0, '', '', '', 1, '', '', '', "
	       "'', '', '', '')");
	for (int i = 0; i < n; i++) {
		struct member m = { .list = "example-status",
			.zone = i % 3 == 0 ? "Europe/Paris" : "",
			.lang = i % 5 == 0 ? "fr" : "" };

		m.address = arena_printf(p->j.mem, "m%05dm@x.example", i);
		assert_int_equal(member_add(p->w.db, &p->j, &m), ST_OK);
	}
	assert_int_equal(db_commit(p->w.db, &p->j), ST_OK);
}

static void
broadcast(struct spot *p)
{
	struct letter l = { .event = 1,
		.post = 1,
		.list = "example-status",
		.mid = "inc-2026-0042.u1.r1.example-status@status.example",
		.created = p->j.now };

	assert_int_equal(letter_add_broadcast(p->w.db, &p->j, &l), ST_OK);
}

static void
mail(struct spot *p, enum letter_kind kind, const char *to, const char *text)
{
	struct letter l = { .kind = kind,
		.recipient = to,
		.sender = "incident@in.status.example",
		.mid = arena_printf(p->j.mem, "%s.%d@x", to, kind),
		.raw = text,
		.n = strlen(text),
		.created = p->j.now };

	assert_int_equal(letter_add(p->w.db, &p->j, &l), ST_OK);
}

static char *
status_of(struct spot *p, int64_t id)
{
	struct rows *r;
	char *s;

	assert_int_equal(db_query(p->w.db, &p->j, &r,
			     "SELECT status FROM letter WHERE id = ?", "i", id),
	    ST_OK);
	assert_int_equal(db_next(r, &p->j), ST_OK);
	s = db_str(r, 0, &p->j);
	db_end(r);
	return s;
}

/* Rounds as the service would make them, without the pauses. */
static int
send_until_done(struct spot *p)
{
	enum status st = ST_TEMP;
	int n = 0;

	while (st == ST_TEMP && n++ < ROUNDS) {
		sql(p, "UPDATE letter SET due = 0 WHERE status = 'waiting'");
		job_forget(&p->j);
		st = outbox_send(&p->w, &p->j, NULL);
	}
	assert_int_equal(st, ST_OK);
	return n;
}

/* ---- what arrived ---- */

struct arrived {
	int count[MEMBERS];
	int total;
};

/* Each with one recipient, its own address, nobody else's, one Message-ID. */
static void
check_text(const char *text, size_t n, int who)
{
	char own[32];
	const char *end = text + n, *s = text;
	int found = 0;

	(void)snprintf(own, sizeof own, "m%05dm@", who);
	while ((s = memmem(s, (size_t)(end - s), "@x.example", 10)) != NULL) {
		assert_memory_equal(s - 7, own, 8);
		found++;
		s++;
	}
	assert_int_equal(found, 1);
	assert_non_null(memmem(text, n,
	    "<inc-2026-0042.u1.r1.example-status@status.example>", 51));
	assert_memory_equal(end - 6, "Bye.\r\n", 6);
}

static void
arrivals(struct spot *p, struct arrived *a)
{
	struct buf b = BUF_INIT;
	char *s, *end;

	memset(a, 0, sizeof *a);
	assert_int_equal(file_read(&p->j, p->file, 100 << 20, &b), ST_OK);
	for (s = b.data; *s != '\0'; s = end + 4) {
		int who, rcpts;
		char *text = strchr(s, '\n') + 1;

		assert_int_equal(sscanf(s,
				     "<<< example-status-bounces+%*[a-z0-9]"
				     "@in.status.example m%5dm@x.example %d",
				     &who, &rcpts),
		    2);
		assert_int_equal(rcpts, 1);
		assert_non_null(end = strstr(text, ">>>\n"));
		check_text(text, (size_t)(end - text), who);
		a->count[who]++;
		a->total++;
	}
	buf_free(&b);
}

static int
doubles(struct spot *p, int n)
{
	struct arrived a;

	arrivals(p, &a);
	for (int i = 0; i < n; i++)
		if (a.count[i] == 0)
			fail_msg("member %d was skipped", i);
	return a.total - n;
}

/* ---- tests ---- */

static void
plain(void **state)
{
	static const struct sink_faults kinds[] = { { 0 },
		{ .no_pipelining = true }, { .many_lines = true },
		{ .byte_us = 20 }, { .at_most = 3 } };

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct spot *p;

		assert_int_equal(setup((void **)&p), 0);
		serve(p, &kinds[i]);
		fill(p, MEMBERS);
		broadcast(p);
		assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
		assert_int_equal(doubles(p, MEMBERS), 0);
		assert_string_equal(status_of(p, 1), "sent");
		teardown((void **)&p);
	}
}

static void
faults(void **state)
{
	static const struct sink_faults kinds[] = {
		{ .rcpt_4xx = 5 },
		{ .rcpt_4xx = 5, .text_after_refusal = true },
		{ .rcpt_4xx = 10, .no_pipelining = true },
		{ .dot_4xx = 20 },
		{ .shut_421 = 2 },
		{ .shut_421 = 2, .no_pipelining = true },
		{ .reset = 2 },
		{ .close_after_dot = 3 },
		{ .rcpt_4xx = 5,
		    .dot_4xx = 5,
		    .shut_421 = 1,
		    .reset = 1,
		    .close_after_dot = 1,
		    .delay_ms = 3,
		    .many_lines = true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct sink_faults f = kinds[i];
		struct spot *p;
		int n;

		f.seed = (unsigned)i + 1;
		assert_int_equal(setup((void **)&p), 0);
		serve(p, &f);
		fill(p, MEMBERS);
		broadcast(p);
		(void)send_until_done(p);
		n = doubles(p, MEMBERS);
		/* Only a lost answer may repeat a copy. */
		if (f.close_after_dot == 0 && f.reset == 0 && n != 0)
			fail_msg("kind %zu: %d copies too many", i, n);
		teardown((void **)&p);
	}
}

/* P4: killed at random, a round repeats at most what is on the wire. */
static void
killed(void **state)
{
	struct sink_faults f = { .delay_ms = 2 };
	struct spot *p = *state;
	unsigned seed = 42;
	int kills = 0, n;

	serve(p, &f);
	fill(p, MEMBERS);
	broadcast(p);
	for (int i = 0; i < 12; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			struct world w = p->w;
			struct job j;

			job_begin(&j, "child", p->j.now);
			if (store_open(&j, p->dir, DB_WRITE, &w.db) == ST_OK)
				(void)!outbox_send(&w, &j, NULL);
			_exit(0);
		}
		(void)usleep(rand_r(&seed) / 7 % 25000);
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
		kills++;
		sql(p, "UPDATE letter SET due = 0 WHERE status = 'waiting'");
	}
	(void)send_until_done(p);
	n = doubles(p, MEMBERS);
	assert_true(n <= kills * COURIER_SESSIONS);
}

static void
refused(void **state)
{
	struct sink_faults f = { .text_after_refusal = true };
	struct spot *p = *state;
	struct letter *all;
	size_t n;

	serve(p, &f);
	fill(p, 20);
	sql(p, "UPDATE member SET address = 'bad' || id || '@x.example' "
	       "WHERE id IN (3, 4, 11)");
	sql(p, "UPDATE member SET status = 'left' WHERE id = 7");
	broadcast(p);
	mail(p, LETTER_MAIL, "bad@y.example", "Subject: x\n\nx\n");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
	assert_string_equal(status_of(p, 1), "sent");
	assert_string_equal(status_of(p, 2), "failed");
	assert_int_equal(letter_of_event(p->w.db, &p->j, 1, &all, &n), ST_OK);
	assert_string_equal(all[0].reply, "16 taken, 3 refused");
}

static void
texts(void **state)
{
	static const char dots[] = "Subject: d\n\n.\n..\na\r\n.b\rc";
	struct sink_faults f = { 0 };
	struct spot *p = *state;
	struct buf big = BUF_INIT, b = BUF_INIT, want = BUF_INIT;

	serve(p, &f);
	buf_str(&big, "Subject: big\n\n");
	while (big.len < 12 * 1024)
		buf_str(&big, "a line of the text that is long\n");
	mail(p, LETTER_MAIL, "twelve@y.example", big.data);
	while (big.len < 3 * 1024 * 1024)
		buf_str(&big, ".a line of the text that is long\n");
	mail(p, LETTER_MAIL, "big@y.example", big.data);
	mail(p, LETTER_MAIL, "dots@y.example", dots);
	mail(p, LETTER_MAIL, "empty@y.example", "");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
	assert_int_equal(file_read(&p->j, p->file, 100 << 20, &b), ST_OK);
	buf_str(&want, "big@y.example 1\n");
	for (const char *s = big.data; *s != '\0'; s++)
		buf_add(&want, *s == '\n' ? "\r\n" : s, *s == '\n' ? 2 : 1);
	buf_str(&want, ">>>\n");
	assert_non_null(strstr(b.data, want.data));
	buf_free(&want);
	assert_non_null(strstr(b.data, "twelve@y.example 1\n"));
	assert_non_null(
	    strstr(b.data, "dots@y.example 1\nSubject: "
			   "d\r\n\r\n.\r\n..\r\na\r\n.b\r\nc\r\n>>>"));
	assert_non_null(strstr(b.data, "empty@y.example 1\n>>>"));
	buf_free(&big);
	buf_free(&b);
}

/* A copy over 8 KB doesn't wait for the peer's delayed acknowledgement. */
static void
no_delay(void **state)
{
	struct sink_faults f = { 0 };
	struct spot *p = *state;
	struct timespec a, b;

	(void)setenv("STANDIN_SIZE", "12288", 1);
	serve(p, &f);
	fill(p, MEMBERS);
	broadcast(p);
	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	assert_int_equal(doubles(p, MEMBERS), 0);
#ifndef __SANITIZE_ADDRESS__
	/* 300 copies on 16 sessions, 44 ms each: 0.8 s and more. */
	assert_true(
	    (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000 <
	    600);
#endif
}

static void
second_relay(void **state)
{
	struct sink_faults f = { 0 };
	struct spot *p = *state;

	relay(p, "smtp://127.0.0.1:1"); /* nobody listens */
	serve(p, &f);
	fill(p, 50);
	broadcast(p);
	mail(p, LETTER_MAIL, "a@y.example", "S: x\n\nx\n");
	mail(p, LETTER_PAGE, "p@y.example", "S: x\n\nx\n");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
	for (int i = 1; i <= 3; i++)
		assert_string_equal(status_of(p, i), "sent");
}

/* 4xx of the first for three minutes: the second is asked at once. */
static void
second_relay_after_4xx(void **state)
{
	struct sink_faults f = { .rcpt_4xx = 100 };
	struct spot *p = *state;

	serve(p, &f);
	relay(p, arena_printf(p->j.mem, "spool:%s/spool", p->dir));
	mail(p, LETTER_MAIL, "a@y.example", "S: x\n\nx\n");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_TEMP);
	assert_string_equal(status_of(p, 1), "waiting");
	sql(p, "UPDATE letter SET due = due - 60, first_failed = first_failed "
	       "- 180");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
	assert_string_equal(status_of(p, 1), "sent");
}

static void
no_relay(void **state)
{
	struct spot *p = *state;
	struct letter l;
	int64_t due;

	relay(p, "smtp://127.0.0.1:1");
	fill(p, 50);
	broadcast(p);
	mail(p, LETTER_MAIL, "a@y.example", "S: x\n\nx\n");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_TEMP);
	assert_int_equal(letter_due(p->w.db, &p->j, &due), ST_OK);
	assert_true(due >= p->j.now + 29 && due <= p->j.now + 40);
	sql(p, "UPDATE letter SET due = due - 60, first_failed = "
	       "first_failed - 432000");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
	assert_string_equal(status_of(p, 1), "failed");
	assert_string_equal(status_of(p, 2), "failed");
	assert_int_equal(letter_next(p->w.db, &p->j, INT64_MAX, 0, false, &l),
	    ST_NONE);
}

/* Pages don't wait for a server that is silent. */
static void
pages_pass(void **state)
{
	struct sink_faults silent = { .no_banner = true }, good = { 0 };
	struct spot *p = *state;
	char *other = arena_printf(p->j.mem, "%s/other", p->dir);
	int port = 0, waited = 0;
	struct buf b = BUF_INIT;
	pid_t sink = sink_start(&silent, other, &port), pid;

	relay(p, arena_printf(p->j.mem, "smtp://127.0.0.1:%d", port));
	serve(p, &good);
	fill(p, 50);
	broadcast(p);
	mail(p, LETTER_PAGE, "p@y.example", "S: x\n\nx\n");
	mail(p, LETTER_COMMAND,
	    arena_printf(p->j.mem, "|cat > %s/paged; env >> %s/paged", p->dir,
		p->dir),
	    "run me\n");
	if ((pid = fork()) == 0) {
		struct world w = p->w;
		struct job j;

		job_begin(&j, "child", p->j.now);
		if (store_open(&j, p->dir, DB_WRITE, &w.db) == ST_OK)
			(void)!outbox_send(&w, &j, NULL);
		_exit(0);
	}
	while (waited++ < 400 && (strcmp(status_of(p, 2), "sent") != 0 ||
				     strcmp(status_of(p, 3), "sent") != 0))
		(void)usleep(50000);
	assert_true(waited < 400);
	/* A second sender leaves the queue to the first. */
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_NONE);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	sink_stop(sink);
	assert_int_equal(file_read(&p->j,
			     arena_printf(p->j.mem, "%s/paged", p->dir), 9999,
			     &b),
	    ST_OK);
	assert_memory_equal(b.data, "run me\n", 7);
	assert_null(strstr(b.data, "STANDIN_SIZE"));
	buf_free(&b);
}

static void
failing_commands(void **state)
{
	struct spot *p = *state;

	relay(p, arena_printf(p->j.mem, "spool:%s/spool", p->dir));
	mail(p, LETTER_COMMAND, "|exit 3", "x");
	mail(p, LETTER_COMMAND, "|kill -9 $$", "x");
	mail(p, LETTER_COMMAND, "|true", "x");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_TEMP);
	assert_string_equal(status_of(p, 1), "waiting");
	assert_string_equal(status_of(p, 2), "waiting");
	assert_string_equal(status_of(p, 3), "sent");
}

/* A page of T1 to comms1, and T2 armed for later. */
static void
page(struct spot *p, enum letter_kind kind, const char *to, const char *text)
{
	struct letter l = { .kind = kind,
		.event = 1,
		.person = "comms1",
		.recipient = to,
		.mid = "inc-2026-0042.t1.1.page@status.example",
		.raw = text,
		.n = strlen(text),
		.created = p->j.now };

	assert_int_equal(letter_add(p->w.db, &p->j, &l), ST_OK);
}

static int64_t
due_in(struct spot *p)
{
	struct timer t;

	assert_int_equal(timer_first(p->w.db, &p->j, &t), ST_OK);
	assert_int_equal(t.due - t.since, 300);
	return t.due - p->j.now;
}

static void
arm(struct spot *p)
{
	const struct timer t = { .event = 1,
		.kind = 2,
		.step = 1,
		.since = p->j.now,
		.due = p->j.now + 300 };

	assert_int_equal(timer_arm(p->w.db, &p->j, &t), ST_OK);
}

/* 5xx to the only page: the next step is due, and the clock is told. */
static void
page_refused(void **state)
{
	struct sink_faults f = { 0 };
	struct spot *p = *state;
	int bell = eventfd(0, EFD_NONBLOCK);
	const struct outbox_ends ends = { bell, -1 };
	struct buf b = BUF_INIT;
	uint64_t rung = 0;

	serve(p, &f);
	fill(p, 0);
	arm(p);
	page(p, LETTER_PAGE, "bad@y.example", "S: x\n\nx\n");
	mail(p, LETTER_MAIL, "a@y.example", "S: x\n\nx\n");
	assert_int_equal(outbox_send(&p->w, &p->j, &ends), ST_OK);
	assert_string_equal(status_of(p, 1), "failed");
	assert_true(due_in(p) <= 5);
	assert_int_equal(read(bell, &rung, sizeof rung), sizeof rung);
	(void)close(bell);
	assert_int_equal(file_read(&p->j, p->file, 9999, &b), ST_OK);
	assert_non_null(strstr(b.data, "<<< incident@in.status.example a@y"));
	buf_free(&b);
}

/* One of the two targets works: the person was reached. */
static void
page_reached(void **state)
{
	struct sink_faults f = { 0 };
	struct spot *p = *state;
	struct buf b = BUF_INIT;

	serve(p, &f);
	fill(p, 0);
	arm(p);
	page(p, LETTER_PAGE, "bad@y.example", "S: x\n\nx\n");
	page(p, LETTER_PAGE, "good@y.example", "S: x\n\nx\n");
	page(p, LETTER_COMMAND, "|false", "S: x\n\nx\n");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_TEMP);
	assert_int_equal(due_in(p), 300);
	/* A page has a sender of its own, so that it can come back. */
	assert_int_equal(file_read(&p->j, p->file, 9999, &b), ST_OK);
	assert_non_null(strstr(b.data, "<<< incident-bounces+"));
	buf_free(&b);
}

/* A command counts at its first failure, and once. */
static void
page_command_fails(void **state)
{
	struct spot *p = *state;

	relay(p, arena_printf(p->j.mem, "spool:%s/spool", p->dir));
	fill(p, 0);
	arm(p);
	page(p, LETTER_COMMAND, "|/nowhere/page", "x");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_TEMP);
	assert_true(due_in(p) <= 5);
	sql(p, "UPDATE timer SET since = since + 290, due_at = due_at + 290");
	sql(p, "UPDATE letter SET due = 0");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_TEMP);
	assert_true(due_in(p) > 200);
}

/* 4xx isn't a refusal: the page is on its way still. */
static void
page_put_off(void **state)
{
	struct sink_faults f = { .rcpt_4xx = 100 };
	struct spot *p = *state;

	serve(p, &f);
	fill(p, 0);
	arm(p);
	page(p, LETTER_PAGE, "a@y.example", "S: x\n\nx\n");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_TEMP);
	assert_int_equal(due_in(p), 300);
}

static pid_t
pid_in(struct spot *p, const char *name)
{
	struct buf b = BUF_INIT;
	pid_t pid;

	assert_int_equal(file_read(&p->j,
			     arena_printf(p->j.mem, "%s/%s", p->dir, name), 99,
			     &b),
	    ST_OK);
	pid = (pid_t)atoi(b.data);
	buf_free(&b);
	assert_true(pid > 1);
	return pid;
}

/* Not gone, and not waiting to be buried either. */
static bool
lives(pid_t pid)
{
	char path[64], state = 'Z';
	FILE *f;

	(void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	if ((f = fopen(path, "r")) == NULL)
		return false;
	(void)!fscanf(f, "%*d (%*[^)]) %c", &state);
	(void)fclose(f);
	return state != 'Z';
}

/* Whatever a command does, the rest goes on beside it. */
static void
odd_commands(void **state)
{
	const char *odd[] = { NULL, "|exec <&-; exit 0", "|exit 3",
		"|/nowhere/page",
		"|head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2",
		NULL, "|kill -9 $$" };
	static const char *const want[] = { "waiting", "sent", "waiting",
		"waiting", "sent", "sent", "waiting", "sent", "sent", "sent" };
	struct spot *p = *state;
	int waited = 0;
	pid_t pid;

	odd[0] = arena_printf(p->j.mem,
	    "|trap '' TERM; echo $$ > %s/hangs; exec sleep 300", p->dir);
	odd[5] = arena_printf(p->j.mem,
	    "|sleep 300 & echo $! > %s/left; exit 0", p->dir);
	relay(p, arena_printf(p->j.mem, "spool:%s/spool", p->dir));
	fill(p, MEMBERS);
	for (size_t i = 0; i < 7; i++)
		page(p, LETTER_COMMAND, odd[i], "S: x\n\nx\n");
	page(p, LETTER_PAGE, "a@y.example", "S: x\n\nx\n");
	mail(p, LETTER_MAIL, "a@y.example", "S: x\n\nx\n");
	broadcast(p);
	if ((pid = fork()) == 0) {
		struct world w = p->w;
		struct job j;

		job_begin(&j, "child", p->j.now);
		if (store_open(&j, p->dir, DB_WRITE, &w.db) == ST_OK)
			(void)!outbox_send(&w, &j, NULL);
		_exit(0);
	}
	while (waited++ < 400 && strcmp(status_of(p, 10), "sent") != 0)
		(void)usleep(50000);
	assert_true(waited < 400);
	for (int i = 0; i < 10; i++)
		if (strcmp(status_of(p, i + 1), want[i]) != 0)
			fail_msg("%d is %s", i, status_of(p, i + 1));
	assert_false(lives(pid_in(p, "left")));
	assert_true(lives(pid_in(p, "hangs")));
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	(void)kill(pid_in(p, "hangs"), SIGKILL);
}

static void
spool(void **state)
{
	struct spot *p = *state;
	char *dir = arena_printf(p->j.mem, "%s/spool", p->dir);
	struct buf b = BUF_INIT;
	FILE *ls;
	int more;

	relay(p, arena_printf(p->j.mem, "spool:%s", dir));
	fill(p, 70);
	broadcast(p);
	mail(p, LETTER_MAIL, "a@y.example", "S: x\r\n\r\n.x\r\n");
	assert_int_equal(outbox_send(&p->w, &p->j, NULL), ST_OK);
	ls = popen(arena_printf(p->j.mem,
		       "cd %s && test -z \"$(ls tmp)\" && ls new | wc -l && "
		       "cat $(grep -l a@y new/*)",
		       dir),
	    "r");
	assert_int_equal(file_read_fd(&p->j, fileno(ls), 9999, &b, &more),
	    ST_OK);
	(void)pclose(ls);
	assert_string_equal(b.data,
	    "71\nReturn-Path: <incident@in.status.example>\n"
	    "Delivered-To: a@y.example\nS: x\n\n.x\n");
	buf_free(&b);
}

int
main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = { cmocka_unit_test(plain),
		cmocka_unit_test(faults), T(killed), T(refused), T(texts),
		T(no_delay), T(second_relay), T(second_relay_after_4xx),
		T(no_relay), T(pages_pass), T(failing_commands),
		T(page_refused), T(page_reached), T(page_command_fails),
		T(page_put_off), T(odd_commands), T(spool) };

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
