/* Names of events: text/eventid.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/eventid.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
whole(void **state)
{
	static const struct {
		const char *s;
		bool ok, full;
		enum event_kind kind;
		int year, number;
	} table[] = {
		{ "INC-2026-0042", true, true, EVENT_INCIDENT, 2026, 42 },
		{ "inc-2026-42", true, true, EVENT_INCIDENT, 2026, 42 },
		{ "Mnt-2025-0013", true, true, EVENT_MAINTENANCE, 2025, 13 },
		{ "DRL-2026-0001", true, true, EVENT_DRILL, 2026, 1 },
		{ "[drl-2026-1]", true, true, EVENT_DRILL, 2026, 1 },
		{ "drl-1", true, false, EVENT_DRILL, 2030, 1 },
		{ "drill-2026-0001", false, false, 0, 0, 0 },
		{ "2026-0042", true, true, EVENT_ANY, 2026, 42 },
		{ "#2026-0042", true, true, EVENT_ANY, 2026, 42 },
		{ "[INC-2026-0042]", true, true, EVENT_INCIDENT, 2026, 42 },
		{ " [ #INC-2026-12345 ] ", true, true, EVENT_INCIDENT, 2026,
		    12345 },
		{ "INC-2026-0042.", true, true, EVENT_INCIDENT, 2026, 42 },
		{ "0042", true, false, EVENT_ANY, 2030, 42 },
		{ "42", true, false, EVENT_ANY, 2030, 42 },
		{ "#42", true, false, EVENT_ANY, 2030, 42 },
		{ "INC-42", true, false, EVENT_INCIDENT, 2030, 42 },
		{ "", false, false, 0, 0, 0 },
		{ "new", false, false, 0, 0, 0 },
		{ "0", false, false, 0, 0, 0 },
		{ "0000", false, false, 0, 0, 0 },
		{ "INC-2026-0000", false, false, 0, 0, 0 },
		{ "INC-2026-", false, false, 0, 0, 0 },
		{ "INC2026-0042", false, false, 0, 0, 0 },
		{ "INC-2026-0042x", false, false, 0, 0, 0 },
		{ "INC-2026-0042-1", false, false, 0, 0, 0 },
		{ "xINC-2026-0042", false, false, 0, 0, 0 },
		{ "INC-02026-0042", false, false, 0, 0, 0 },
		{ "INC-2026-00000042", false, false, 0, 0, 0 },
		{ "99999999999999999999", false, false, 0, 0, 0 },
		{ "-42", false, false, 0, 0, 0 },
		{ "2026-0042 and more", false, false, 0, 0, 0 },
		{ "\xd9\xa4\xd9\xa2", false, false, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct eventid id = { 0 };

		if (eventid_read(table[i].s, 2030, &id) != table[i].ok ||
		    id.kind != table[i].kind || id.year != table[i].year ||
		    id.number != table[i].number ||
		    eventid_read_full(table[i].s, &id) != table[i].full)
			fail_msg("%s: %d-%d", table[i].s, id.year, id.number);
	}
}

static void
in_subjects(void **state)
{
	static const struct {
		const char *subject, *first, *second;
	} table[] = {
		{ "Re: [INC-2026-0042] imap", "INC-2026-0042", NULL },
		{ "inc-2026-0042 again", "inc-2026-0042", NULL },
		{ "about #2026-0042, please", "#2026-0042", NULL },
		{ "(MNT-2026-13)", "MNT-2026-13", NULL },
		{ "Re: [DRILL] [PREVIEW] [DRL-2026-0001] d1", "DRL-2026-0001",
		    NULL },
		{ "AW: WG: [INC-2026-0042][INC-2026-0043]", "INC-2026-0042",
		    "INC-2026-0043" },
		{ "INC-2026-0042: was INC-2026-0041", "INC-2026-0042",
		    "INC-2026-0041" },
		{ "\xe2\x80\x9cINC-2026-0042\xe2\x80\x9d", "INC-2026-0042",
		    NULL },
		{ "\xe9\x9a\x9cINC-2026-0042\xe3\x81\xae", "INC-2026-0042",
		    NULL },
		{ "INC-2026-0042-1", NULL, NULL },
		{ "INC-2026-0042-imap", "INC-2026-0042", NULL },
		{ "2026-0042 imap", NULL, NULL },
		{ "window 2026-03-04", NULL, NULL },
		{ "#2026-03-04", NULL, NULL },
		{ "VINC-2026-0042", NULL, NULL },
		{ "INC-2026-0042a", NULL, NULL },
		{ "INC-2026-0042_b", NULL, NULL },
		{ "#INC-2026-0042", "#INC-2026-0042", NULL },
		{ "INC-INC-2026-0042", "INC-2026-0042", NULL },
		{ "INC0042 INC-42 #42", NULL, NULL },
		{ "", NULL, NULL },
		{ "INC-2026-", NULL, NULL },
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		const char *want[] = { table[i].first, table[i].second, NULL };
		const char *rest = table[i].subject, *at;
		struct eventid id;
		size_t n, k = 0;

		for (; eventid_next(&rest, &id, &at, &n); k++)
			if (want[k] == NULL || strlen(want[k]) != n ||
			    memcmp(at, want[k], n) != 0)
				fail_msg("%s: %.*s", table[i].subject, (int)n,
				    at);
		if (want[k] != NULL)
			fail_msg("%s: not found", table[i].subject);
	}
	arena_free(mem);
}

static void
makes(void **state)
{
	struct eventid id = { EVENT_INCIDENT, 2026, 42 };
	struct eventid big = { EVENT_MAINTENANCE, 2026, 123456 };
	struct eventid drill = { EVENT_DRILL, 2026, 1 };
	struct eventid_object o = { 'd', 12 }, e = { 'e', 0 };
	struct arena *mem = arena_new();

	(void)state;
	assert_string_equal(eventid_tag(mem, &id), "INC-2026-0042");
	assert_string_equal(eventid_slug(mem, &id), "inc-2026-0042");
	assert_string_equal(eventid_tag(mem, &drill), "DRL-2026-0001");
	assert_string_equal(eventid_slug(mem, &drill), "drl-2026-0001");
	assert_string_equal(eventid_tag(mem, &big), "MNT-2026-123456");
	assert_string_equal(eventid_mid(mem, &id, NULL, "status.example"),
	    "inc-2026-0042@status.example");
	assert_string_equal(eventid_mid(mem, &id, "u1.r1.l", "h.example"),
	    "inc-2026-0042.u1.r1.l@h.example");
	assert_string_equal(eventid_object_word(mem, &o), "d12");
	assert_string_equal(eventid_object_word(mem, &e), "e");
	assert_string_equal(eventid_kind_word(EVENT_ANY), "incident");
	assert_int_equal(eventid_kind_of("maintenance"), EVENT_MAINTENANCE);
	assert_int_equal(eventid_kind_of("drill"), EVENT_DRILL);
	assert_string_equal(eventid_kind_word(EVENT_DRILL), "drill");
	assert_int_equal(eventid_kind_of("x"), EVENT_ANY);
	arena_free(mem);
}

static void
message_ids(void **state)
{
	static const struct {
		const char *mid;
		bool ok;
		char letter;
		int number;
	} table[] = {
		{ "inc-2026-0042@status.example", true, 0, 0 },
		{ "INC-2026-0042@STATUS.example", true, 0, 0 },
		{ "inc-2026-0042.u1.r1.example-status@status.example", true,
		    'u', 1 },
		{ "inc-2026-0042.t1.1@status.example", true, 't', 1 },
		{ "inc-2026-0042.d12@status.example", true, 'd', 12 },
		{ "inc-2026-0042.d12.check@status.example", true, 'd', 12 },
		{ "inc-2026-0042.rcpt.0a1b2c3d@status.example", true, 0, 0 },
		{ "drl-2026-0001@status.example", true, 0, 0 },
		{ "drl-2026-0001.u1.r1.copy@status.example", true, 'u', 1 },
		{ "q17@status.example", false, 0, 0 },
		{ "rcpt.0a1b2c3d@status.example", false, 0, 0 },
		{ "2026-0042@status.example", false, 0, 0 },
		{ "inc-2026-0042@evil.example", false, 0, 0 },
		{ "inc-2026-0042@x.status.example", false, 0, 0 },
		{ "inc-2026-0042@status.example@evil.example", false, 0, 0 },
		{ "inc-2026-0042@evil.example@status.example", false, 0, 0 },
		{ "inc-2026-0042x@status.example", false, 0, 0 },
		{ "inc-2026-0042", false, 0, 0 },
		{ "@status.example", false, 0, 0 },
		{ "", false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct eventid id;
		struct eventid_object o = { 0 };

		if (eventid_of_mid(table[i].mid, "status.example", &id, &o) !=
			table[i].ok ||
		    o.letter != table[i].letter || o.number != table[i].number)
			fail_msg("%s", table[i].mid);
	}
}

static void
objects(void **state)
{
	static const struct {
		const char *s;
		bool ok;
	} table[] = { { "d2", true }, { "D2", true }, { "q170", true },
		{ "e", true }, { "w", true }, { "u1", true }, { "n3", true },
		{ "t14", true }, { "e1", false }, { "d", false },
		{ "d0", false }, { "d02", false }, { "x1", false },
		{ "", false }, { "d1x", false }, { "d9999999999", false },
		{ "-1", false } };

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct eventid_object o;

		if (eventid_read_object(table[i].s, strlen(table[i].s), &o) !=
		    table[i].ok)
			fail_msg("%s", table[i].s);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(whole),
		cmocka_unit_test(in_subjects), cmocka_unit_test(makes),
		cmocka_unit_test(message_ids), cmocka_unit_test(objects) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
