#include "t.h"

#include "base/line.h"

static void
pieces(void **state)
{
	char room[64];
	struct line l;

	(void)state;
	line_begin(&l, room, sizeof room);
	assert_string_equal(room, "");
	line_str(&l, "member ");
	line_int(&l, 7);
	line_add(&l, ", xyz", 3);
	assert_string_equal(room, "member 7, x");
	assert_int_equal(l.len, 11);
	assert_true(line_fits(&l));
	line_cut(&l, 6);
	line_str(&l, "s");
	assert_string_equal(room, "members");
}

static void
numbers(void **state)
{
	static const struct {
		int64_t v;
		const char *s;
	} all[] = { { 0, "0" }, { 9, "9" }, { 10, "10" }, { -1, "-1" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" } };
	char room[LINE_INT];
	struct line l;

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		line_begin(&l, room, sizeof room);
		line_int(&l, all[i].v);
		assert_true(line_fits(&l));
		assert_string_equal(room, all[i].s);
	}
}

/* What came before stays, and nothing comes behind a gap. */
static void
too_long(void **state)
{
	char room[8];
	struct line l;

	(void)state;
	line_begin(&l, room, sizeof room);
	line_str(&l, "1234567");
	assert_true(line_fits(&l));
	line_str(&l, "");
	assert_true(line_fits(&l));
	line_cut(&l, 4);
	line_str(&l, "5678");
	assert_false(line_fits(&l));
	assert_string_equal(room, "1234");
	line_str(&l, "5");
	assert_string_equal(room, "1234");
	assert_int_equal(l.len, 9);
	line_cut(&l, 4);
	line_str(&l, "5");
	assert_true(line_fits(&l));
	assert_string_equal(room, "12345");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces),
		cmocka_unit_test(numbers),
		cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
