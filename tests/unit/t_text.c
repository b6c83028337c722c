/* Numbers out of texts that nobody has checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>

#include "base/text.h"

static void
a_number_is_the_digits_in_front(void **state)
{
	static const struct {
		const char *s;
		int n;
	} rows[] = {
		{ "", 0 },
		{ "x1", 0 },
		{ " 1", 0 },
		{ "-1", 0 },
		{ "0", 0 },
		{ "007", 7 },
		{ "42nd", 42 },
		{ "2026-11", 2026 },
		{ "214748363", 214748363 },
		{ "2147483599", 2147483599 },
		{ "2147483647", INT_MAX },
		{ "2147483648", INT_MAX },
		{ "99999999999999999999999999", INT_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (text_number(rows[i].s) != rows[i].n)
			fail_msg("\"%s\" gives %d", rows[i].s,
			    text_number(rows[i].s));
}

static void
numbers_are_taken_one_by_one(void **state)
{
	const char *s = "12  -3 9223372036854775807x";
	int64_t n;

	(void)state;
	assert_true(text_take_int(&s, &n));
	assert_int_equal(n, 12);
	assert_true(text_take_int(&s, &n));
	assert_int_equal(n, -3);
	assert_true(text_take_int(&s, &n));
	assert_int_equal(n, INT64_MAX);
	assert_false(text_take_int(&s, &n));
	assert_string_equal(s, "x");
}

static void
what_is_too_large_is_not_taken(void **state)
{
	const char *s = "9223372036854775808 1", *before = s;
	int64_t n;

	(void)state;
	assert_false(text_take_int(&s, &n));
	assert_ptr_equal(s, before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_the_digits_in_front),
		cmocka_unit_test(numbers_are_taken_one_by_one),
		cmocka_unit_test(what_is_too_large_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
