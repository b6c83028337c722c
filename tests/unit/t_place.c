/* What an address stands for: text/place.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "text/place.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct list lists[] = {
	{ .slug = "example", .from_address = "news@example.net" },
	{ .slug = "example-status", .from_address = "status@status.example" },
};

static struct conf
conf(const char *delimiter)
{
	return (struct conf){ .domain = "in.status.example",
		.host = "status.example",
		.delimiter = delimiter,
		.status_address = "incident@in.status.example",
		.lists = lists,
		.n_lists = COUNT(lists) };
}

#define TOKEN "abcdefghijklmnopqrstuvwx23"

static const struct row {
	const char *address; /* @in.status.example unless it has its own */
	enum place place;
	const char *list, *token, *event, *object;
	bool reply;
} table[] = {
	/* clang-format off */
	{ "incident", PLACE_INCIDENT, NULL, NULL, NULL, NULL, false },
	{ "Incident@IN.Status.Example", PLACE_INCIDENT, NULL, NULL, NULL, NULL, false },
	{ "noc", PLACE_INCIDENT, NULL, NULL, NULL, NULL, false },
	{ "outage", PLACE_INCIDENT, NULL, NULL, NULL, NULL, false },
	{ "incident+", PLACE_INCIDENT, NULL, NULL, NULL, NULL, false },
	{ "incident+inc-2026-0042", PLACE_INCIDENT, NULL, NULL, "inc-2026-0042", NULL, false },
	{ "INCIDENT+INC-2026-0042", PLACE_INCIDENT, NULL, NULL, "INC-2026-0042", NULL, false },
	{ "incident+2026-0042", PLACE_INCIDENT, NULL, NULL, "2026-0042", NULL, false },
	{ "noc+0042", PLACE_INCIDENT, NULL, NULL, "0042", NULL, false },
	{ "incident+rubbish", PLACE_INCIDENT, NULL, NULL, "rubbish", NULL, false },
	{ "incident+inc-2026-0042.d2", PLACE_INCIDENT, NULL, NULL, "inc-2026-0042", "d2", false },
	{ "incident+inc-2026-0042.d2." TOKEN, PLACE_INCIDENT, NULL, TOKEN, "inc-2026-0042", "d2", true },
	{ "incident+inc-2026-0042.e." TOKEN, PLACE_INCIDENT, NULL, TOKEN, "inc-2026-0042", "e", true },
	{ "incident+inc-2026-0042.D12." TOKEN, PLACE_INCIDENT, NULL, TOKEN, "inc-2026-0042", "d12", true },
	{ "incident+inc-2026-0042.x9." TOKEN, PLACE_INCIDENT, NULL, TOKEN, "inc-2026-0042", NULL, true },
	{ "incident+q17." TOKEN, PLACE_INCIDENT, NULL, TOKEN, NULL, "q17", true },
	{ "incident+q17", PLACE_INCIDENT, NULL, NULL, "q17", NULL, false },
	{ "incident+..", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "maintenance", PLACE_MAINTENANCE, NULL, NULL, NULL, NULL, false },
	{ "maintenance+mnt-2026-0013", PLACE_MAINTENANCE, NULL, NULL, "mnt-2026-0013", NULL, false },
	{ "robot+nagios.s3cret", PLACE_ROBOT, NULL, "nagios.s3cret", NULL, NULL, false },
	{ "robot", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "robot+", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "provider+carrier", PLACE_PROVIDER, NULL, "carrier", NULL, NULL, false },
	{ "warroom+inc-2026-0042", PLACE_WARROOM, NULL, NULL, "inc-2026-0042", NULL, false },
	{ "incident-bounces+" TOKEN, PLACE_PAGE_BOUNCES, NULL, TOKEN, NULL, NULL, false },
	{ "Incident-Bounces+" TOKEN, PLACE_PAGE_BOUNCES, NULL, TOKEN, NULL, NULL, false },
	{ "incident-bounces", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident-bounces+", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "selftest+" TOKEN, PLACE_SELFTEST, NULL, TOKEN, NULL, NULL, false },
	{ "selftest", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "help", PLACE_HELP, NULL, NULL, NULL, NULL, false },
	{ "help+x", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "helpdesk", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incidents", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident-2026", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident.2026", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "p.abcdefgh23", PLACE_PAGE, NULL, "abcdefgh23", NULL, NULL, true },
	{ "P.ABCDEFGH23", PLACE_PAGE, NULL, "ABCDEFGH23", NULL, NULL, true },
	{ "p.abcdefgh2", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "p.abcdefgh234", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "p.abcdefgh01", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "postmaster", PLACE_OWNER, NULL, NULL, NULL, NULL, false },
	{ "PostMaster@in.status.example", PLACE_OWNER, NULL, NULL, NULL, NULL, false },
	{ "abuse", PLACE_OWNER, NULL, NULL, NULL, NULL, false },
	{ "example-status-owner", PLACE_OWNER, "example-status", NULL, NULL, NULL, false },
	{ "example-status-bounces+" TOKEN, PLACE_BOUNCES, "example-status", TOKEN, NULL, NULL, false },
	{ "example-status-bounces", PLACE_BOUNCES, "example-status", NULL, NULL, NULL, false },
	{ "Example-Status-Unsubscribe+" TOKEN, PLACE_UNSUBSCRIBE, "example-status", TOKEN, NULL, NULL, false },
	{ "example-status-unsubscribe", PLACE_LEAVE, "example-status", NULL, NULL, NULL, false },
	{ "example-status-unsubscribe+", PLACE_LEAVE, "example-status", NULL, NULL, NULL, false },
	{ "example-status-subscribe", PLACE_SUBSCRIBE, "example-status", NULL, NULL, NULL, false },
	{ "example-status-request", PLACE_REQUEST, "example-status", NULL, NULL, NULL, false },
	{ "example-status-confirm+x", PLACE_CONFIRM, "example-status", "x", NULL, NULL, false },
	{ "example-owner", PLACE_OWNER, "example", NULL, NULL, NULL, false },
	{ "example-bounces+x", PLACE_BOUNCES, "example", "x", NULL, NULL, false },
	{ "other-bounces+x", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "example-status", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "example-status-bouncesx", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "example-statusbounces", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "status@status.example", PLACE_OWNER, "example-status", NULL, NULL, NULL, false },
	{ "STATUS@Status.example", PLACE_OWNER, "example-status", NULL, NULL, NULL, false },
	{ "news@example.net", PLACE_OWNER, "example", NULL, NULL, NULL, false },
	{ "incident@status.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident@evil.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident@x.in.status.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident@in.status.example.", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident@evil@in.status.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "\"incident\"@in.status.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident@[127.0.0.1]", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident+a|b@in.status.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "incident+a b@in.status.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "@in.status.example", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	{ "nobody", PLACE_UNKNOWN, NULL, NULL, NULL, NULL, false },
	/* clang-format on */
};

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void
check(const struct conf *c, const struct row *r, const char *address)
{
	struct arena *mem = arena_new();
	struct place_parts p;
	const char *object;

	place_parse(mem, c, address, &p);
	object =
	    p.object.letter == 0 ? NULL : eventid_object_word(mem, &p.object);
	if (p.place != r->place || !same(p.list, r->list) ||
	    !same(p.token, r->token) || !same(p.event, r->event) ||
	    !same(object, r->object) || p.reply != r->reply)
		fail_msg("%s: place %d list %s token %s event %s object %s %d",
		    address, p.place, p.list, p.token, p.event, object,
		    p.reply);
	assert_int_equal(place_known(c, address), r->place != PLACE_UNKNOWN);
	arena_free(mem);
}

static void
addresses(void **state)
{
	struct conf c = conf("+");
	char address[300];

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		const char *a = table[i].address;

		snprintf(address, sizeof address, "%s%s", a,
		    strchr(a, '@') == NULL ? "@in.status.example" : "");
		check(&c, &table[i], address);
	}
}

/* Where "-" delimits, the names of lists still win over their parts. */
static void
delimiters(void **state)
{
	static const struct row dash[] = {
		{ "incident-0042@in.status.example", PLACE_INCIDENT, NULL, NULL,
		    "0042", NULL, false },
		{ "incident+0042@in.status.example", PLACE_UNKNOWN, NULL, NULL,
		    NULL, NULL, false },
		{ "example-status-unsubscribe-xyz@in.status.example",
		    PLACE_UNSUBSCRIBE, "example-status", "xyz", NULL, NULL,
		    false },
		{ "example-bounces-xyz@in.status.example", PLACE_BOUNCES,
		    "example", "xyz", NULL, NULL, false },
	};
	static const struct row none[] = {
		{ "incident@in.status.example", PLACE_INCIDENT, NULL, NULL,
		    NULL, NULL, false },
		{ "incident+0042@in.status.example", PLACE_UNKNOWN, NULL, NULL,
		    NULL, NULL, false },
	};
	static const struct row both = { "incident=0042@in.status.example",
		PLACE_INCIDENT, NULL, NULL, "0042", NULL, false };
	struct conf c = conf("-");

	(void)state;
	for (size_t i = 0; i < COUNT(dash); i++)
		check(&c, &dash[i], dash[i].address);
	c = conf("");
	for (size_t i = 0; i < COUNT(none); i++)
		check(&c, &none[i], none[i].address);
	c = conf("+=");
	check(&c, &both, both.address);
}

static void
odd(void **state)
{
	struct conf c = conf("+");
	char long_one[2000];

	(void)state;
	assert_true(place_known(&c, "postmaster"));
	assert_true(place_known(&c, "Postmaster"));
	assert_false(place_known(&c, ""));
	assert_false(place_known(&c, "incident"));
	assert_false(place_known(&c, "@"));
	memset(long_one, 'a', sizeof long_one);
	memcpy(long_one, "incident+", 9);
	strcpy(long_one + 1900, "@in.status.example");
	assert_false(place_known(&c, long_one));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(addresses),
		cmocka_unit_test(delimiters), cmocka_unit_test(odd) };

	log_open(LOG_TO_NOWHERE, "t");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
