/* Where a mail belongs: flow/route.c and model/event_find.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/when.h"
#include "flow/route.h"
#include "header_text.h"
#include "model/store.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct person persons[] = {
	{ .slug = "noc1", .roles = ROLE_NOC },
	{ .slug = "comms1", .roles = ROLE_COMMS },
	{ .slug = "support1", .roles = ROLE_SUPPORT | ROLE_COMMS },
};
enum { NOC1, COMMS1, SUPPORT1, NOBODY };

struct here {
	struct job j;
	struct db *db;
	char dir[64];
	struct keys keys;
	struct conf conf;
	struct message message;
	struct envelope envelope;
	struct sender sender;
	struct request request;
	struct command command;
};

/* 2026-03-04 14:00 UTC */
static const int64_t now = 1772632800;

enum { OPEN = 1, OTHER, CLOSED, LONG_CLOSED, LAST_YEAR, DRILL, SAME_NUMBER };

static void
run_sql(struct here *h, const char *sql)
{
	assert_int_equal(db_script(h->db, &h->j, sql), ST_OK);
}

static void
add_kind(struct here *h, const char *kind, int number, const char *phase,
    int64_t closed, int year)
{
	assert_int_equal(
	    db_run(h->db, &h->j,
		"INSERT INTO event (kind, year, number, opened, began, source,"
		" reporter, subject, title, phase, state, noc_state, severity,"
		" impact, disclosure, owner, started, detected, ended,"
		" handed_off, acked, closed, changed, next_update) VALUES"
		" (?5, ?1, ?2, 0, 0, 'noc', 'noc1', '', '', ?3,"
		" 'none', 'none', 3, 'unset', 'full', '', 0, 0, 0, 0, 0, ?4,"
		" 0, 0)",
		"nnsis", year, number, phase, closed, kind),
	    ST_OK);
}

static void
add_event(struct here *h, int number, const char *phase, int64_t closed,
    int year)
{
	add_kind(h, "incident", number, phase, closed, year);
}

static void
add_letter(struct here *h, int event, const char *mid)
{
	assert_int_equal(
	    db_run(h->db, &h->j,
		"INSERT INTO letter (kind, event_id, list, person, recipient,"
		" sender, mid, high, created, due, tries, first_failed,"
		" status, reply) VALUES ('mail', nullif(?1, 0), '', '',"
		" 'a@b.example', '', ?2, 0, 0, 0, 0, 0, 'sent', '')",
		"ns", event, mid),
	    ST_OK);
}

static void
add_handled(struct here *h, int message, int event, const char *mid)
{
	assert_int_equal(
	    db_run(h->db, &h->j,
		"INSERT INTO message (id, received, source, envelope_from,"
		" recipient, sha, size, cut, raw) VALUES (?1, 0, 'lmtp', '',"
		" '', ?1, 0, 0, x'')",
		"n", message),
	    ST_OK);
	assert_int_equal(
	    db_run(h->db, &h->j,
		"INSERT INTO handled (message_id, at, verdict, trust, person,"
		" address, mid, subject, event_id, result, flags) VALUES (?1,"
		" 0, 'done', 'A1', '', '', ?2, '', nullif(?3, 0), 'ok', '')",
		"nsn", message, mid, event),
	    ST_OK);
}

static int
setup(void **state)
{
	struct here *h = calloc(1, sizeof *h);

	log_open(LOG_TO_NOWHERE, "t");
	job_begin(&h->j, "t", now);
	strcpy(h->dir, "/tmp/t_route.XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	assert_int_equal(keys_load(&h->j, h->dir, &h->keys), ST_OK);
	assert_int_equal(store_open(&h->j, h->dir, DB_CREATE, &h->db), ST_OK);
	h->conf = (struct conf){ .domain = "in.status.example",
		.host = "status.example",
		.delimiter = "+",
		.status_address = "incident@in.status.example",
		.persons = persons,
		.n_persons = COUNT(persons) };
	add_event(h, 42, "public", 0, 2026);
	add_event(h, 43, "open", 0, 2026);
	add_event(h, 41, "closed", now - 3 * DAY, 2026);
	add_event(h, 7, "closed_quiet", now - 31 * DAY, 2026);
	add_event(h, 99, "owned", 0, 2025);
	add_kind(h, "drill", 5, "open", 0, 2026);
	add_kind(h, "drill", 42, "open", 0, 2026);
	run_sql(h, "UPDATE event SET next_update = 5");
	add_letter(h, OPEN, "odd-42@elsewhere.example");
	add_letter(h, 0, "q17@status.example");
	add_handled(h, 1, OPEN, "first@example.net");
	add_handled(h, 2, OTHER, "twice@example.net");
	add_handled(h, 3, OPEN, "twice@example.net");
	add_handled(h, 4, 0, "lost@example.net");
	add_handled(h, 5, 0, "");
	*state = h;
	return 0;
}

static int
teardown(void **state)
{
	struct here *h = *state;
	char cmd[100];

	db_close(h->db);
	snprintf(cmd, sizeof cmd, "rm -rf %s", h->dir);
	assert_int_equal(system(cmd), 0);
	job_end(&h->j);
	free(h);
	return 0;
}

/* recipient: local part; headers: of the mail. */
static struct route
find(struct here *h, int who, const char *recipient, const char *headers)
{
	struct route_ask q = { &h->conf, &h->keys, &h->message, &h->envelope,
		&h->sender, &h->request };
	struct route r;

	h->message = header_message(h->j.mem, headers);
	h->envelope = (struct envelope){ .source = "lmtp",
		.from = "",
		.recipient =
		    arena_printf(h->j.mem, "%s@in.status.example", recipient) };
	h->sender = (struct sender){ .trust = TRUST_A1,
		.person = who == NOBODY ? NULL : &persons[who] };
	assert_int_equal(route_find(h->db, &h->j, &q, &r), ST_OK);
	return r;
}

static void
ask(struct here *h, const char *incident, enum verb verb, const char *args)
{
	h->command = (struct command){ .verb = verb, .args = args };
	h->request = (struct request){ .incident = incident,
		.commands = &h->command,
		.n_commands = verb == VERB_NONE ? 0 : 1 };
}

#define TAG "Subject: Re: [INC-2026-0042] imap\n"
#define PLAIN "Subject: imap\n"
#define REPLY "In-Reply-To: <inc-2026-0042.u1.r1.l@status.example>\n"

/* One mail each: how it is found. */
static void
found(void **state)
{
	static const struct {
		const char *recipient, *headers, *incident;
		enum hit hit;
		int64_t event;
		bool disagree, unknown;
	} table[] = {
		/* clang-format off */
		{ "incident", PLAIN, NULL, HIT_NONE, 0, 0, 0 },
		{ "noc", TAG, NULL, HIT_SUBJECT, OPEN, 0, 0 },
		{ "incident", "Subject: #2026-0043 x\n", NULL, HIT_SUBJECT, OTHER, 0, 0 },
		{ "incident+inc-2026-0042", PLAIN, NULL, HIT_ADDRESS, OPEN, 0, 0 },
		{ "incident+2026-0042", PLAIN, NULL, HIT_ADDRESS, OPEN, 0, 0 },
		{ "incident+0042", PLAIN, NULL, HIT_ADDRESS, OPEN, 0, 0 },
		{ "INCIDENT+INC-2026-0042", PLAIN, NULL, HIT_ADDRESS, OPEN, 0, 0 },
		{ "incident+2025-0099", PLAIN, NULL, HIT_ADDRESS, LAST_YEAR, 0, 0 },
		{ "warroom+inc-2026-0042", PLAIN, NULL, HIT_ADDRESS, OPEN, 0, 0 },
		{ "incident", PLAIN REPLY, NULL, HIT_THREAD, OPEN, 0, 0 },
		{ "incident", PLAIN "References: <inc-2026-0042@status.example>\n", NULL, HIT_THREAD, OPEN, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <odd-42@elsewhere.example>\n", NULL, HIT_THREAD, OPEN, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <first@example.net>\n", NULL, HIT_THREAD, OPEN, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <twice@example.net>\n", NULL, HIT_THREAD, OPEN, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <lost@example.net>\n", NULL, HIT_NONE, 0, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <q17@status.example>\n", NULL, HIT_NONE, 0, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <>\n", NULL, HIT_NONE, 0, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <inc-2026-0042@evil.example>\n", NULL, HIT_NONE, 0, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <inc-2026-0999@status.example>\n", NULL, HIT_NONE, 0, 0, 0 },
		/* In-Reply-To first, then the last reference. */
		{ "incident", PLAIN REPLY "References: <inc-2026-0043@status.example>\n", NULL, HIT_THREAD, OPEN, 0, 0 },
		{ "incident", PLAIN "References: <inc-2026-0043@status.example> <x@y.example> <inc-2026-0042@status.example>\n", NULL, HIT_THREAD, OPEN, 0, 0 },
		{ "incident", PLAIN, "INC-2026-0042", HIT_KEY, OPEN, 0, 0 },
		{ "incident", PLAIN, "0042", HIT_KEY, OPEN, 0, 0 },
		{ "incident", PLAIN, " 42 ", HIT_KEY, OPEN, 0, 0 },
		/* All of them agree. */
		{ "incident+0042", TAG REPLY, "0042", HIT_KEY, OPEN, 0, 0 },
		{ "incident+0042", TAG REPLY, NULL, HIT_ADDRESS, OPEN, 0, 0 },
		{ "incident", TAG REPLY, NULL, HIT_THREAD, OPEN, 0, 0 },
		/* They don't. */
		{ "incident+0043", TAG, NULL, HIT_ADDRESS, OTHER, 1, 0 },
		{ "incident+0043", PLAIN REPLY, NULL, HIT_ADDRESS, OTHER, 1, 0 },
		{ "incident", "Subject: INC-2026-0043\n" REPLY, NULL, HIT_THREAD, OPEN, 1, 0 },
		{ "incident", TAG REPLY, "0043", HIT_KEY, OTHER, 1, 0 },
		{ "incident", "Subject: [INC-2026-0042] and INC-2026-0043\n", NULL, HIT_SUBJECT, OPEN, 1, 0 },
		/* A drill is named whole: a bare number is an incident's. */
		{ "incident", "Subject: Re: [DRILL] [DRL-2026-0005] x\n", NULL, HIT_SUBJECT, DRILL, 0, 0 },
		{ "incident+drl-2026-0005", PLAIN, NULL, HIT_ADDRESS, DRILL, 0, 0 },
		{ "incident", PLAIN "In-Reply-To: <drl-2026-0005.t1.1@status.example>\n", NULL, HIT_THREAD, DRILL, 0, 0 },
		{ "incident", PLAIN, "DRL-2026-0005", HIT_KEY, DRILL, 0, 0 },
		{ "incident", PLAIN, "drl-42", HIT_KEY, SAME_NUMBER, 0, 0 },
		{ "incident+drl-2026-0042", PLAIN, NULL, HIT_ADDRESS, SAME_NUMBER, 0, 0 },
		{ "incident+drl-2026-0042", TAG, NULL, HIT_ADDRESS, SAME_NUMBER, 1, 0 },
		{ "incident", PLAIN, "0005", HIT_NONE, 0, 0, 1 },
		{ "incident+2026-0005", PLAIN, NULL, HIT_NONE, 0, 0, 1 },
		{ "incident", "Subject: #2026-0005\n", NULL, HIT_NONE, 0, 0, 1 },
		{ "incident", PLAIN, "DRL-2026-0043", HIT_NONE, 0, 0, 1 },
		/* Unknown ones. */
		{ "incident", PLAIN, "INC-2026-0999", HIT_NONE, 0, 0, 1 },
		{ "incident", PLAIN, "gibberish", HIT_NONE, 0, 0, 1 },
		{ "incident", "Subject: [INC-2026-0999]\n", NULL, HIT_NONE, 0, 0, 1 },
		{ "incident", "Subject: [MNT-2026-0042]\n", NULL, HIT_NONE, 0, 0, 1 },
		{ "incident+inc-2026-0999", PLAIN, NULL, HIT_NONE, 0, 0, 1 },
		{ "incident+0099", PLAIN, NULL, HIT_NONE, 0, 0, 1 },
		{ "incident+rubbish", PLAIN, NULL, HIT_NONE, 0, 0, 1 },
		{ "incident", TAG REPLY, "0999", HIT_THREAD, OPEN, 1, 1 },
		{ "incident+0999", TAG, NULL, HIT_SUBJECT, OPEN, 1, 1 },
		{ "incident", "Subject: [INC-2026-0042] INC-2026-0999\n", NULL, HIT_SUBJECT, OPEN, 1, 1 },
		/* Elsewhere an event isn't looked for. */
		{ "help", TAG REPLY, NULL, HIT_NONE, 0, 0, 0 },
		{ "postmaster", TAG REPLY, NULL, HIT_NONE, 0, 0, 0 },
		{ "nobody", TAG REPLY, NULL, HIT_NONE, 0, 0, 0 },
		/* clang-format on */
	};
	struct here *h = *state;

	for (size_t i = 0; i < COUNT(table); i++) {
		struct route r;

		ask(h, table[i].incident, VERB_NONE, "");
		r = find(h, COMMS1, table[i].recipient, table[i].headers);
		if (r.hit != table[i].hit || r.event != table[i].event ||
		    r.disagree != table[i].disagree ||
		    r.unknown_id != table[i].unknown)
			fail_msg("row %zu, %s: hit %d event %lld disagree %d "
				 "unknown %d",
			    i, table[i].recipient, r.hit, (long long)r.event,
			    r.disagree, r.unknown_id);
		assert_int_equal(r.opens, false);
		assert_int_equal(r.related, 0);
	}
}

static void
arguments(void **state)
{
	static const struct {
		enum verb verb;
		const char *args;
		int64_t event;
	} table[] = {
		{ VERB_NOTE, "0042", OPEN },
		{ VERB_SHOW, "INC-2026-0042", OPEN },
		{ VERB_SHOW, "DRL-2026-0042", SAME_NUMBER },
		{ VERB_SHOW, "0005", 0 },
		{ VERB_NOTE, "2026-0042 and so on", OPEN },
		{ VERB_STATUS, "identified", 0 },
		{ VERB_NOTE, "42", 0 },
		{ VERB_NOTE, "", 0 },
		{ VERB_SEVERITY, "2", 0 },
		{ VERB_MERGE, "0042", 0 },
		{ VERB_SPLIT, "0042", OPEN },
		{ VERB_VOID, "0042", 0 },
		{ VERB_CORRECT, "2", 0 },
		{ VERB_HOLD, "+30m", 0 },
	};
	struct here *h = *state;

	for (size_t i = 0; i < COUNT(table); i++) {
		struct route r;

		ask(h, NULL, table[i].verb, table[i].args);
		r = find(h, COMMS1, "incident", PLAIN);
		if (r.event != table[i].event)
			fail_msg("%d %s: %lld", table[i].verb, table[i].args,
			    (long long)r.event);
	}
}

#define REPLY41 "In-Reply-To: <inc-2026-0041.u1.r1.l@status.example>\n"
#define TAG41 "Subject: Re: [INC-2026-0041] imap\n"

/* Stale address books, replies to what is over, and what role writes. */
static void
fresh(void **state)
{
	static const struct {
		int who;
		const char *recipient, *headers, *incident;
		int64_t event;
		bool fresh, opens;
	} table[] = {
		/* clang-format off */
		/* A reply address on an open event; its token follows. */
		{ NOC1, "incident+inc-2026-0042.d2.", PLAIN, NULL, OPEN, 1, 1 },
		{ COMMS1, "incident+inc-2026-0042.d2.", PLAIN, NULL, OPEN, 1, 0 },
		{ SUPPORT1, "incident+inc-2026-0042.d2.", PLAIN, NULL, OPEN, 1, 1 },
		{ NOBODY, "incident+inc-2026-0042.d2.", PLAIN, NULL, OPEN, 1, 0 },
		{ NOC1, "incident+inc-2026-0042.d2.", TAG, NULL, OPEN, 0, 0 },
		{ NOC1, "incident+inc-2026-0042.d2.", PLAIN REPLY, NULL, OPEN, 0, 0 },
		{ NOC1, "incident+inc-2026-0042.d2.", PLAIN "In-Reply-To: <first@example.net>\n", NULL, OPEN, 0, 0 },
		{ NOC1, "incident+inc-2026-0042.d2.", "Subject: [INC-2026-0043]\n", NULL, OPEN, 1, 1 },
		{ NOC1, "incident+inc-2026-0042.d2.", PLAIN, "0042", OPEN, 0, 0 },
		/* Typed by hand: explicit while it's open. */
		{ NOC1, "incident+inc-2026-0042", PLAIN, NULL, OPEN, 0, 0 },
		{ NOC1, "incident+0042", PLAIN, NULL, OPEN, 0, 0 },
		/* Closed. */
		{ NOC1, "incident+inc-2026-0041", PLAIN, NULL, CLOSED, 1, 1 },
		{ COMMS1, "incident+inc-2026-0041", PLAIN, NULL, CLOSED, 1, 0 },
		{ NOC1, "incident", TAG41, NULL, CLOSED, 1, 1 },
		{ NOC1, "incident", PLAIN REPLY41, NULL, CLOSED, 1, 1 },
		{ COMMS1, "incident", PLAIN REPLY41, NULL, CLOSED, 1, 0 },
		{ NOC1, "incident", TAG41 REPLY41, NULL, CLOSED, 0, 0 },
		{ NOC1, "incident+inc-2026-0041.e.", TAG41 REPLY41, NULL, CLOSED, 0, 0 },
		{ NOC1, "incident+inc-2026-0041.e.", TAG41, NULL, CLOSED, 1, 1 },
		{ NOC1, "incident", PLAIN, "0041", CLOSED, 0, 0 },
		{ NOC1, "warroom+inc-2026-0041", PLAIN, NULL, CLOSED, 1, 0 },
		/* An open one by its tag or thread is just found. */
		{ NOC1, "incident", TAG, NULL, OPEN, 0, 0 },
		{ NOC1, "incident", PLAIN REPLY, NULL, OPEN, 0, 0 },
		{ NOC1, "incident", PLAIN, NULL, 0, 0, 0 },
		/* A question without an event stands for itself. */
		{ NOC1, "incident+q17.", TAG41, NULL, CLOSED, 0, 0 },
		/* clang-format on */
	};
	struct here *h = *state;

	for (size_t i = 0; i < COUNT(table); i++) {
		const char *recipient = table[i].recipient;
		char local[100];
		struct route r;

		snprintf(local, sizeof local, "%s%s", recipient,
		    recipient[strlen(recipient) - 1] == '.'
			? "abcdefghijklmnopqrstuvwxyz"
			: "");
		ask(h, table[i].incident, VERB_NONE, "");
		r = find(h, table[i].who, local, table[i].headers);
		if (r.event != table[i].event || r.fresh != table[i].fresh ||
		    r.opens != table[i].opens ||
		    r.related != (table[i].opens ? table[i].event : 0) ||
		    r.closed != (table[i].event == CLOSED))
			fail_msg("row %zu, %s: event %lld fresh %d opens %d", i,
			    local, (long long)r.event, r.fresh, r.opens);
	}
}

static void
asks_for_new(void **state)
{
	struct here *h = *state;
	struct route r;

	ask(h, "new", VERB_NONE, "");
	r = find(h, COMMS1, "incident", PLAIN REPLY);
	assert_true(r.opens);
	assert_int_equal(r.related, OPEN);
	ask(h, NULL, VERB_NEW, "");
	r = find(h, COMMS1, "incident+0043", TAG);
	assert_true(r.opens);
	assert_false(r.disagree);
	assert_int_equal(r.related, OTHER);
	r = find(h, COMMS1, "incident", "Subject: [INC-2026-0999]\n");
	assert_true(r.opens);
	assert_false(r.unknown_id);
	assert_int_equal(r.related, 0);
	r = find(h, COMMS1, "help", PLAIN REPLY);
	assert_false(r.opens);
}

static void
named(void **state)
{
	struct here *h = *state;
	struct route r;

	ask(h, "INC-2026-0999", VERB_NONE, "");
	r = find(h, COMMS1, "incident", PLAIN);
	assert_string_equal(r.named, "INC-2026-0999");
	assert_true(r.named_by_key);
	ask(h, NULL, VERB_NONE, "");
	r = find(h, COMMS1, "incident", "Subject: x #2026-0998 y\n");
	assert_string_equal(r.named, "#2026-0998");
	assert_false(r.named_by_key);
}

static void
tokens(void **state)
{
	struct here *h = *state;
	struct job *j = &h->j;
	const char *t =
	    keys_reply(j, &h->keys, "inc-2026-0042", "d2", "comms1");
	const char *late =
	    keys_reply(j, &h->keys, "inc-2026-0007", "e", "comms1");
	const char *draft =
	    keys_reply(j, &h->keys, "inc-2026-0007", "d1", "comms1");
	const char *soon =
	    keys_reply(j, &h->keys, "inc-2026-0041", "e", "comms1");
	const char *ask17 = keys_reply(j, &h->keys, "", "q17", "noc1");
	struct route r;

	ask(h, NULL, VERB_NONE, "");
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0042.d2.%s", t), TAG);
	assert_true(r.has_token && r.token_ok);
	assert_string_equal(r.token_person, "comms1");
	assert_int_equal(r.object, 'd');
	assert_int_equal(r.number, 2);
	/* Any spelling of the id means the same event. */
	r = find(h, COMMS1, arena_printf(j->mem, "incident+0042.D2.%s", t),
	    TAG);
	assert_true(r.token_ok);
	/* Another's, a stranger's, and of another object. */
	r = find(h, NOC1,
	    arena_printf(j->mem, "incident+inc-2026-0042.d2.%s", t), TAG);
	assert_true(r.has_token && !r.token_ok);
	assert_string_equal(r.token_person, "comms1");
	r = find(h, NOBODY,
	    arena_printf(j->mem, "incident+inc-2026-0042.d2.%s", t), TAG);
	assert_false(r.token_ok);
	assert_string_equal(r.token_person, "comms1");
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0042.d3.%s", t), TAG);
	assert_true(r.has_token && !r.token_ok);
	assert_null(r.token_person);
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0043.d2.%s", t), TAG);
	assert_null(r.token_person);
	r = find(h, COMMS1, "incident+inc-2026-0042", TAG);
	assert_false(r.has_token);
	/* Reply addresses end 30 days after the event. */
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0041.e.%s", soon), TAG41);
	assert_true(r.token_ok);
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0007.e.%s", late), PLAIN);
	assert_true(r.has_token && !r.token_ok);
	assert_null(r.token_person);
	assert_int_equal(r.event, LONG_CLOSED);
	/* ... but a draft that was made later can be approved. */
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0007.d1.%s", draft), PLAIN);
	assert_false(r.token_ok);
	run_sql(h,
	    arena_printf(j->mem,
		"INSERT INTO draft (event_id, n, created, author, status, "
		"status_at, status_by, kind, stock, proposal, state, title, "
		"text, lang, impact, impact_text, reseller_impact, "
		"enduser_impact, workaround, lasting, components, lists, "
		"started, ended, promise, promise_value, notify, correct, "
		"typo, reason, facts, hash) VALUES (%d, 1, %lld, '', "
		"'pending', 0, '', 'update', 0, 0, 'postmortem', '', '', "
		"'en', 'unset', '', '', '', '', '', '', '', 0, 0, 'none', 0, "
		"1, 0, 0, '', '', '')",
		LONG_CLOSED, (long long)j->now));
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0007.d1.%s", draft), PLAIN);
	assert_true(r.token_ok);
	r = find(h, COMMS1,
	    arena_printf(j->mem, "incident+inc-2026-0007.e.%s", late), PLAIN);
	assert_false(r.token_ok);
	/* A question without an event. */
	r = find(h, NOC1, arena_printf(j->mem, "incident+q17.%s", ask17),
	    PLAIN);
	assert_true(r.token_ok);
	assert_int_equal(r.event, 0);
	assert_int_equal(r.number, 17);
	r = find(h, COMMS1, arena_printf(j->mem, "incident+q17.%s", ask17),
	    PLAIN);
	assert_false(r.token_ok);
	r = find(h, NOC1, arena_printf(j->mem, "incident+q18.%s", ask17),
	    PLAIN);
	assert_null(r.token_person);
}

static void
pages(void **state)
{
	struct here *h = *state;
	struct job *j = &h->j;
	const char *t1 =
	    keys_page(j, &h->keys, "inc-2026-0043", "t1", "comms1");
	const char *d1 =
	    keys_page(j, &h->keys, "inc-2026-0042", "d1", "comms1");
	const char *old =
	    keys_page(j, &h->keys, "inc-2026-0007", "e", "comms1");
	struct route r;

	ask(h, NULL, VERB_NONE, "");
	r = find(h, COMMS1, arena_printf(j->mem, "P.%s", t1), "");
	assert_int_equal(r.place, PLACE_PAGE);
	assert_int_equal(r.event, OTHER);
	assert_int_equal(r.object, 't');
	assert_int_equal(r.number, 1);
	assert_true(r.token_ok && !r.fresh);
	r = find(h, NOC1, arena_printf(j->mem, "p.%s", t1), "");
	assert_false(r.token_ok);
	assert_string_equal(r.token_person, "comms1");
	assert_int_equal(r.event, OTHER);
	/* A draft's page is found once the draft is there. */
	r = find(h, COMMS1, arena_printf(j->mem, "p.%s", d1), "");
	assert_int_equal(r.event, 0);
	run_sql(h,
	    "INSERT INTO draft SELECT NULL, 1, 1, 0, '', 'pending', 0, '',"
	    " 'update', 1, 0, 'investigating', '', '', 'en', 'unset', '', '',"
	    " '', '', '', '', '', 0, 0, 'none', 0, 1, 0, 0, '', '', '', 0,"
	    " '', '', '', '', '', ''");
	r = find(h, COMMS1, arena_printf(j->mem, "p.%s", d1), "");
	assert_int_equal(r.event, OPEN);
	assert_int_equal(r.object, 'd');
	r = find(h, COMMS1, arena_printf(j->mem, "p.%s", old), "");
	assert_int_equal(r.event, 0);
	r = find(h, COMMS1, "p.abcdefghij", "");
	assert_int_equal(r.event, 0);
	assert_true(r.has_token && !r.token_ok);
	assert_null(r.token_person);
}

static void
without_a_store(void **state)
{
	struct here *h = *state;
	struct route_ask q = { &h->conf, NULL, &h->message, &h->envelope,
		&h->sender, &h->request };
	struct route r;

	ask(h, "new", VERB_NONE, "");
	h->message = header_message(h->j.mem, TAG);
	h->envelope.recipient =
	    "incident+inc-2026-0042.d2.abcdefghij@in.status.example";
	route_place(&h->j, &q, &r);
	assert_int_equal(r.place, PLACE_INCIDENT);
	assert_int_equal(r.event, 0);
	assert_true(r.has_token && !r.token_ok && r.opens);
}

/* A thousand references are no work; the first hundred count. */
static void
flood(void **state)
{
	struct here *h = *state;
	struct buf b = BUF_INIT;
	struct route r;

	ask(h, NULL, VERB_NONE, "");
	buf_str(&b, "Subject: ");
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "#2026-%d ", i + 100);
	buf_str(&b, "INC-2026-0042\nReferences: <first@example.net>");
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, " <x%d@example.net>", i);
	r = find(h, COMMS1, "incident", b.data);
	assert_int_equal(r.event, 0);
	assert_true(r.unknown_id);
	buf_free(&b);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(found), T(arguments), T(fresh), T(asks_for_new), T(named),
		T(tokens), T(pages), T(without_a_store), T(flood)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
