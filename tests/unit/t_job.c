/* Reasons: base/job.c. */
#include "t.h"

#include "base/text.h"

/* What is long is a name in the middle; head and remedy are kept. */
static void
the_remedy_stays(void **state)
{
	static const char *const long_names[] = { "n", "\xc3\xa9",
		"\xf0\x9f\x91\x8d" };
	struct job j;

	(void)state;
	job_begin(&j, "t", 0);
	for (size_t i = 0; i < sizeof long_names / sizeof *long_names; i++)
		for (size_t n = 1; n < 400; n++) {
			char *name = arena_alloc(j.mem, 4 * n + 1);
			size_t used = 0;

			for (size_t k = 0; k < n; k++) {
				strcpy(name + used, long_names[i]);
				used += strlen(long_names[i]);
			}
			job_forget(&j);
			assert_int_equal(job_fail(&j, ST_PERM,
					     "/etc/sitrep.conf:7: \"%s\" is no "
					     "name: take "
					     "another",
					     name),
			    ST_PERM);
			assert_true(strlen(j.why) < sizeof j.why);
			assert_true(text_is_utf8(j.why, strlen(j.why)));
			assert_int_equal(strncmp(j.why,
					     "/etc/sitrep.conf:7: \"", 21),
			    0);
			assert_non_null(
			    strstr(j.why, "\" is no name: take another"));
			if (used < 180)
				assert_non_null(strstr(j.why, name));
			else if (used > 250)
				assert_non_null(strstr(j.why, " ... "));
		}
	job_end(&j);
}

static void
the_first_reason_wins(void **state)
{
	struct job j;

	(void)state;
	job_begin(&j, "t", 0);
	assert_int_equal(job_fail(&j, ST_TEMP, "one"), ST_TEMP);
	assert_int_equal(job_fail(&j, ST_PERM, "two"), ST_PERM);
	assert_string_equal(j.why, "one");
	job_end(&j);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_remedy_stays),
		cmocka_unit_test(the_first_reason_wins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
