#include "t.h"

#include "text/parcels.h"

static void
add(struct parcels *p, uint64_t tag, int relay, bool fall, bool forward)
{
	struct parcel x = { .tag = tag,
		.relay = relay,
		.fall = fall,
		.forward = forward,
		.copy = { .member = (int64_t)tag, .to = "a@x", .sender = "" } };

	parcels_add(p, &x);
}

static void
expect(struct parcels *p, uint64_t tag, enum fate fate, int code,
    const char *reply)
{
	struct outcome o;

	assert_true(parcels_take(p, &o));
	assert_int_equal(o.tag, tag);
	assert_int_equal(o.fate, fate);
	assert_int_equal(o.code, code);
	assert_string_equal(o.reply, reply);
}

static void
order(void **state)
{
	struct parcels *p = parcels_new(2);
	struct outcome o;
	int a, b;

	(void)state;
	add(p, 1, -1, false, false);
	add(p, 2, -1, false, false);
	add(p, 3, -1, false, true);
	add(p, 4, 1, false, false);
	assert_int_equal(parcels_room(p), PARCELS_ROOM - 4);
	assert_int_equal(parcels_waiting(p, 0, false), 3);
	assert_int_equal(parcels_waiting(p, 1, true), 1);
	a = parcels_next(p, 0, false);
	assert_int_equal(parcels_at(p, a)->tag, 3);
	b = parcels_next(p, 0, false);
	assert_int_equal(parcels_at(p, b)->tag, 1);
	parcels_answered(p, b, 250, "ok");
	parcels_answered(p, a, 550, "no");
	expect(p, 1, FATE_TAKEN, 250, "ok");
	expect(p, 3, FATE_REFUSED, 550, "no");
	assert_false(parcels_take(p, &o));
	assert_int_equal(parcels_held(p), 2);
	parcels_free(p);
}

static void
shut_relays(void **state)
{
	struct parcels *p = parcels_new(2);
	int at;

	(void)state;
	add(p, 1, -1, false, false);
	add(p, 2, 0, false, false);
	parcels_shut(p, 0, "refused");
	expect(p, 2, FATE_UNSENT, 0, "refused");
	assert_int_equal(parcels_waiting(p, 1, false), 1);
	add(p, 3, -1, false, false);
	at = parcels_next(p, 1, false);
	assert_int_equal(parcels_at(p, at)->tag, 1);
	parcels_shut(p, 1, "dark");
	expect(p, 3, FATE_UNSENT, 0, "dark");
	parcels_back(p, at, "gone");
	expect(p, 1, FATE_UNSENT, 0, "dark");
	parcels_open(p, 0);
	add(p, 4, -1, false, false);
	assert_int_equal(parcels_waiting(p, 0, false), 1);
	parcels_free(p);
}

/* A 4xx falls to the next relay where asked, and stands if that is shut. */
static void
falls(void **state)
{
	struct parcels *p = parcels_new(2);
	int at;

	(void)state;
	add(p, 1, -1, true, false);
	add(p, 2, -1, false, false);
	add(p, 3, -1, true, false);
	parcels_answered(p, parcels_next(p, 0, false), 451, "greylisted");
	parcels_answered(p, parcels_next(p, 0, false), 451, "greylisted");
	expect(p, 2, FATE_LATER, 451, "greylisted");
	at = parcels_next(p, 1, false);
	assert_int_equal(parcels_at(p, at)->tag, 1);
	parcels_answered(p, at, 452, "full");
	expect(p, 1, FATE_LATER, 452, "full");
	parcels_shut(p, 1, "dark");
	parcels_answered(p, parcels_next(p, 0, false), 451, "again");
	expect(p, 3, FATE_LATER, 451, "again");
	parcels_free(p);
}

static void
goes_back_but_not_for_ever(void **state)
{
	struct parcels *p = parcels_new(1);
	int n = 0, at;

	(void)state;
	add(p, 1, -1, false, false);
	while ((at = parcels_next(p, 0, false)) != PARCELS_NONE && n++ < 100)
		parcels_back(p, at, "shut");
	assert_true(n > 1 && n < 10);
	expect(p, 1, FATE_LATER, 0, "shut");
	parcels_free(p);
}

static void
too_long(void **state)
{
	struct parcels *p = parcels_new(1);
	char to[400];
	struct parcel x = { .relay = -1, .copy = { .sender = "", .to = to } };
	struct outcome o;

	(void)state;
	memset(to, 'a', sizeof to - 1);
	to[sizeof to - 1] = '\0';
	to[300] = '@';
	parcels_add(p, &x);
	assert_true(parcels_take(p, &o));
	assert_int_equal(o.fate, FATE_REFUSED);
	assert_int_equal(parcels_room(p), PARCELS_ROOM);
	parcels_free(p);
}

/* Whose answer it was, what it answered, and who else goes to that domain. */
static void
told(void **state)
{
	static const char *const to[] = { "a@x.example", "b@X.EXAMPLE",
		"c@y.example" };
	struct parcels *p = parcels_new(2);
	struct outcome o;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct parcel x = { .tag = i,
			.relay = -1,
			.fall = true,
			.copy = { .sender = "", .to = to[i] } };

		parcels_add(p, &x);
	}
	assert_int_equal(parcels_to(p, "x.example"), 2);
	assert_int_equal(parcels_to(p, "z.example"), 0);
	(void)parcels_next(p, 0, false);
	parcels_stage(p, 0, AT_RCPT);
	parcels_answered(p, 0, 451, "later");
	assert_int_equal(parcels_next(p, 1, false), 0);
	parcels_stage(p, 0, AT_TEXT);
	parcels_answered(p, 0, 250, "ok");
	assert_int_equal(parcels_to(p, "x.example"), 1);
	assert_true(parcels_take(p, &o));
	assert_int_equal(o.relay, 1);
	assert_int_equal(o.at, AT_TEXT);
	assert_string_equal(o.to, "a@x.example");
	parcels_shut(p, 0, "gone");
	parcels_shut(p, 1, "gone");
	assert_true(parcels_take(p, &o));
	assert_int_equal(o.fate, FATE_UNSENT);
	assert_int_equal(o.relay, -1);
	assert_int_equal(o.at, AT_NOTHING);
	parcels_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order),
		cmocka_unit_test(shut_relays),
		cmocka_unit_test(falls),
		cmocka_unit_test(goes_back_but_not_for_ever),
		cmocka_unit_test(too_long),
		cmocka_unit_test(told),
	};

	return cmocka_run_group_tests_name("parcels", tests, NULL, NULL);
}
