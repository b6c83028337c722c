/*
 * Who is on call: mistakes with their line, the later of two lines, order of a
 * level, gaps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/rota.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct here {
	char dir[32], path[48];
	struct person persons[4];
	struct conf conf;
	struct rota rota;
	struct job j;
};

static int
set_up(void **state)
{
	static const struct person persons[] = {
		{ .slug = "a", .roles = ROLE_COMMS | ROLE_SUPPORT },
		{ .slug = "b", .roles = ROLE_COMMS | ROLE_COMMS_LEAD },
		{ .slug = "n", .roles = ROLE_NOC },
		{ .slug = "x", .roles = ROLE_EXEC | ROLE_SUPPORT },
	};
	struct here *h = calloc(1, sizeof *h);

	assert_non_null(h);
	strcpy(h->dir, "/tmp/t_rota.XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	(void)snprintf(h->path, sizeof h->path, "%s/rota", h->dir);
	memcpy(h->persons, persons, sizeof persons);
	h->conf = (struct conf){ .rota_path = h->path,
		.persons = h->persons,
		.n_persons = COUNT(persons) };
	job_begin(&h->j, "t", 0);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	struct here *h = *state;

	job_end(&h->j);
	(void)unlink(h->path);
	(void)rmdir(h->dir);
	free(h);
	return 0;
}

static enum status
load_n(struct here *h, const char *text, size_t n)
{
	FILE *f = fopen(h->path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	job_forget(&h->j);
	return rota_load(&h->j, h->j.mem, &h->conf, &h->rota);
}

static enum status
load(struct here *h, const char *text)
{
	return load_n(h, text, strlen(text));
}

static int64_t
at(const char *s)
{
	int64_t t;

	assert_true(when_read_rfc3339(s, &t));
	return t;
}

static void
mistakes_are_told_with_their_line(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
		const char *says;
	} all[] = {
		/* clang-format off */
		{ "hello\n", 1, "FROM UNTIL ROLE LEVEL PERSON" },
		{ "# c\n\n2026-01-01T00:00Z 2026-01-02T00:00Z comms 1\n", 3,
		  "not 4 words" },
		{ "2026-01-01T00:00Z 2026-01-02T00:00Z comms 1 a b\n", 1,
		  "not 6 words" },
		{ "2026-01-01 2026-01-02 comms 1 a\n", 1, "no time" },
		{ "2026-01-01T00:00 2026-01-02T00:00Z comms 1 a\n", 1,
		  "no time" },
		{ "2026-02-30T00:00Z 2026-03-02T00:00Z comms 1 a\n", 1,
		  "no time" },
		{ "2026-01-02T00:00Z 2026-01-02T00:00Z comms 1 a\n", 1,
		  "before it begins" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z boss 1 a\n", 1,
		  "no such role" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 0 a\n", 1,
		  "1 to 4" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 5 a\n", 1,
		  "1 to 4" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 11 a\n", 1,
		  "1 to 4" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 1 nobody\n", 1,
		  "no such person" },
		{ "\n2026-01-02T00:00Z 2026-01-03T00:00Z comms 1 n", 2,
		  "hasn't the role comms" },
		{ "\r\n", 1, "CR LF" },
		/* clang-format on */
	};
	struct here *h = *state;

	for (size_t i = 0; i < COUNT(all); i++) {
		char head[64];

		if (load(h, all[i].text) != ST_PERM)
			fail_msg("taken without complaint: %s", all[i].text);
		(void)snprintf(head, sizeof head, "%s:%u: ", h->path,
		    all[i].line);
		if (strncmp(h->j.why, head, strlen(head)) != 0 ||
		    strstr(h->j.why, all[i].says) == NULL)
			fail_msg("<%s>: %s", all[i].text, h->j.why);
		assert_int_equal(h->rota.n, 0);
	}
	assert_int_equal(load_n(h, "# a\0\n", 5), ST_PERM);
	assert_non_null(strstr(h->j.why, ":1: a NUL"));
	assert_int_equal(load(h, "BEGIN:VCALENDAR\r\n"), ST_PERM);
	assert_non_null(strstr(h->j.why, "not built yet"));
}

static void
no_file_is_an_empty_rota(void **state)
{
	struct here *h = *state;

	assert_int_equal(rota_load(&h->j, h->j.mem, &h->conf, &h->rota),
	    ST_NONE);
	assert_int_equal(h->rota.n, 0);
	assert_null(rota_holder(&h->rota, ROLE_COMMS, 1, 0));
	assert_int_equal(rota_gap(&h->rota, 5, 10), 5);
	assert_int_equal(load(h, ""), ST_OK);
	assert_int_equal(load(h, "# nothing"), ST_OK);
	assert_int_equal(h->rota.n, 0);
}

static void
the_later_line_holds(void **state)
{
	struct here *h = *state;

	assert_int_equal(
	    load(h, "2026-03-02T00:00Z 2026-03-09T00:00Z comms 1 a\n"
		    "2026-03-04T12:00-05:00 2026-03-04T18:00-05:00 comms 1 b "
		    "# swapped\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z comms 2 a\n"),
	    ST_OK);
	assert_int_equal(h->rota.n, 3);
	assert_null(
	    rota_holder(&h->rota, ROLE_COMMS, 1, at("2026-03-01T23:59:59Z")));
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-02T00:00Z"))
				->slug,
	    "a");
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-04T17:00Z"))
				->slug,
	    "b");
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-04T22:59:59Z"))
				->slug,
	    "b");
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-04T23:00Z"))
				->slug,
	    "a");
	assert_null(
	    rota_holder(&h->rota, ROLE_COMMS, 1, at("2026-03-09T00:00Z")));
	assert_null(
	    rota_holder(&h->rota, ROLE_NOC, 1, at("2026-03-04T17:00Z")));
}

static void
a_level_keeps_the_order_of_its_first_lines(void **state)
{
	struct here *h = *state;
	const struct person *who[4];
	int64_t t = at("2026-03-04T17:00Z");

	assert_int_equal(
	    load(h, "2026-03-02T00:00Z 2026-03-09T00:00Z comms      2 a\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z support    2 x\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z comms-lead 2 b\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z exec       3 x\n"),
	    ST_OK);
	assert_int_equal(rota_level(&h->rota, 2, t, who, 4), 3);
	assert_string_equal(who[0]->slug, "a");
	assert_string_equal(who[1]->slug, "x");
	assert_string_equal(who[2]->slug, "b");
	assert_int_equal(rota_level(&h->rota, 2, t, who, 2), 2);
	assert_int_equal(rota_level(&h->rota, 4, t, who, 4), 0);
	assert_int_equal(rota_level(&h->rota, 2, t, who, 0), 0);

	/* b steps in for a: first still, and named once. */
	assert_int_equal(
	    load(h, "2026-03-02T00:00Z 2026-03-09T00:00Z comms      2 a\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z support    2 x\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z comms-lead 2 b\n"
		    "2026-03-04T00:00Z 2026-03-05T00:00Z comms      2 b\n"),
	    ST_OK);
	assert_int_equal(rota_level(&h->rota, 2, t, who, 4), 2);
	assert_string_equal(who[0]->slug, "b");
	assert_string_equal(who[1]->slug, "x");
}

static void
gaps_of_comms_level_one_are_found(void **state)
{
	struct here *h = *state;
	int64_t day = 86400, mon = at("2026-03-02T00:00Z");

	assert_int_equal(load(h,
			     "2026-03-03T00:00Z 2026-03-04T00:00Z comms 1 a\n"
			     "2026-03-02T00:00Z 2026-03-03T00:00Z comms 1 b\n"
			     "2026-03-03T12:00Z 2026-03-05T06:00Z comms 1 b\n"
			     "2026-03-05T00:00Z 2026-03-06T00:00Z comms 2 a\n"
			     "2026-03-05T00:00Z 2026-03-06T00:00Z noc 1 n\n"
			     "2026-03-05T07:00Z 2026-03-06T00:00Z comms 1 a\n"),
	    ST_OK);
	assert_int_equal(rota_gap(&h->rota, mon, mon + 3 * day), -1);
	assert_int_equal(rota_gap(&h->rota, mon, mon + 3 * day + 6 * 3600), -1);
	assert_int_equal(rota_gap(&h->rota, mon, mon + 4 * day),
	    at("2026-03-05T06:00Z"));
	assert_int_equal(rota_gap(&h->rota, mon - 1, mon + day), mon - 1);
	assert_int_equal(rota_gap(&h->rota, mon + 4 * day, mon + 4 * day + 1),
	    mon + 4 * day);
	assert_int_equal(rota_gap(&h->rota, mon, mon), -1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mistakes_are_told_with_their_line),
		TEST(no_file_is_an_empty_rota),
		TEST(the_later_line_holds),
		TEST(a_level_keeps_the_order_of_its_first_lines),
		TEST(gaps_of_comms_level_one_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
