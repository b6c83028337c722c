#include "t.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/file.h"
#include "flow/dlog.h"

struct place {
	char *dir;
	struct job j;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);

	p->dir = t_folder();
	job_begin(&p->j, "test", 1000);
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;

	job_end(&p->j);
	t_remove(p->dir);
	free(p);
	return 0;
}

static struct dlog *
open_it(struct place *p)
{
	struct dlog *d;

	assert_int_equal(dlog_open(&p->j, p->dir, 7, &d), ST_OK);
	return d;
}

static void
put(struct place *p, const char *bytes, int flags)
{
	char *path = arena_printf(p->j.mem, "%s/deliveries/7.log", p->dir);
	int fd;

	(void)mkdir(arena_printf(p->j.mem, "%s/deliveries", p->dir), 0700);
	fd = open(path, O_WRONLY | O_CREAT | flags, 0600);
	assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
	(void)close(fd);
}

static char *
get(struct place *p)
{
	struct buf b = BUF_INIT;

	assert_int_equal(file_read(&p->j,
			     arena_printf(p->j.mem, "%s/deliveries/7.log",
				 p->dir),
			     1 << 20, &b),
	    ST_OK);
	return buf_take(&b);
}

static void
remembers(void **state)
{
	struct place *p = *state;
	struct dlog *d = open_it(p);
	char *text;

	assert_int_equal(dlog_reserve(&p->j, d), ST_OK);
	dlog_add(d, 1, 50, 250, "2.0.0 queued as 4F1");
	dlog_add(d, 2, 50, 451, "later");
	dlog_add(d, 3, 51, 550, "a\nb\x1b\xff");
	dlog_add(d, 4000000000, 51, 250, "");
	dlog_add(d, 5, 51, 0, "gone");
	assert_int_equal(dlog_write(&p->j, d, true), ST_OK);
	dlog_close(d);
	text = get(p);
	assert_string_equal(text,
	    "1 50 250 2.0.0 queued as 4F1\n2 50 451 later\n"
	    "3 51 550 a\\x0ab\\x1b\\xff\n4000000000 51 250 \n5 51 000 gone\n");
	free(text);
	d = open_it(p);
	assert_true(dlog_done(d, 1));
	assert_false(dlog_done(d, 2));
	assert_true(dlog_done(d, 3));
	assert_true(dlog_done(d, 4000000000));
	assert_false(dlog_done(d, 5));
	assert_false(dlog_done(d, 0));
	assert_false(dlog_done(d, -1));
	assert_false(dlog_done(d, INT64_MAX));
	assert_int_equal(dlog_taken(d), 2);
	assert_int_equal(dlog_refused(d), 1);
	dlog_add(d, 2, 60, 250, "ok");
	assert_int_equal(dlog_taken(d), 3);
	dlog_close(d);
}

/* Cut at every byte: a torn line never counts, and never turns into another. */
static void
torn(void **state)
{
	static const char line[] = "12 50 250 ok\n123 50 250 2.0.0 queued\n";
	struct place *p = *state;

	for (size_t n = 0; n < sizeof line; n++) {
		char *cut = arena_copy(p->j.mem, line, n), *text;
		struct dlog *d;

		put(p, cut, O_TRUNC);
		d = open_it(p);
		assert_int_equal(dlog_done(d, 12), n >= 13);
		assert_int_equal(dlog_done(d, 123), n == sizeof line - 1);
		assert_false(dlog_done(d, 1));
		dlog_add(d, 9, 50, 250, "x");
		dlog_close(d);
		text = get(p);
		assert_non_null(strstr(text, "9 50 250 x\n"));
		assert_true(text == strstr(text, "9 50") ||
			    strstr(text, "\n9 50") != NULL);
		free(text);
	}
}

static void
damaged(void **state)
{
	struct place *p = *state;
	struct dlog *d;
	char *long_line = arena_alloc(p->j.mem, 200001);

	memset(long_line, '1', 200000);
	long_line[199999] = '\n';
	put(p, "x\n\n1\n1 2\n-3 1 250 x\n4 1 250\n5 1 2500 x\n6 1 25 x\n", 0);
	put(p, "99999999999999999999 1 250 x\n7 1 250x\n", O_APPEND);
	put(p, long_line, O_APPEND);
	put(p, "8 1 250 x\n8 1 250 x\n", O_APPEND);
	d = open_it(p);
	assert_true(dlog_done(d, 4));
	for (int i = 1; i <= 7; i++)
		assert_int_equal(dlog_done(d, i), i == 4);
	assert_true(dlog_done(d, 8));
	dlog_close(d);
}

static void
one_at_a_time(void **state)
{
	struct place *p = *state;
	struct dlog *d = open_it(p), *e;
	char *text;

	dlog_add(d, 1, 1, 250, "x");
	assert_int_equal(dlog_write(&p->j, d, false), ST_OK);
	assert_int_equal(dlog_open(&p->j, p->dir, 7, &e), ST_NONE);
	assert_null(e);
	dlog_close(d);
	text = get(p);
	assert_string_equal(text, "1 1 250 x\n");
	free(text);
	d = open_it(p);
	dlog_close(d);
}

static void
many(void **state)
{
	struct place *p = *state;
	struct dlog *d = open_it(p);

	for (int64_t i = 1; i <= 100000; i++) {
		dlog_add(d, i, 1, i % 10 == 0 ? 451 : 250, "2.0.0 queued");
		if (i % 1000 == 0)
			assert_int_equal(dlog_write(&p->j, d, false), ST_OK);
	}
	dlog_close(d);
	d = open_it(p);
	for (int64_t i = 1; i <= 100000; i++)
		assert_int_equal(dlog_done(d, i), i % 10 != 0);
	assert_int_equal(dlog_taken(d), 90000);
	dlog_close(d);
}

/* Several letters as one, without a lock; a torn line is left as it is. */
static void
looks(void **state)
{
	static const int64_t letters[] = { 7, 8 };
	struct place *p = *state;
	struct dlog *mine = open_it(p), *d;
	char *log;

	put(p, "1 1 250 ok\n2 1 450 later\n3 1 550 no\n40000 1 25", O_APPEND);
	assert_int_equal(dlog_look(&p->j, p->dir, letters, 2, &d), ST_OK);
	assert_true(dlog_done(d, 1));
	assert_false(dlog_done(d, 2));
	assert_true(dlog_done(d, 3));
	assert_false(dlog_done(d, 40000));
	dlog_close(d);
	log = get(p);
	assert_non_null(strstr(log, "40000 1 25"));
	free(log);
	dlog_close(mine);
	assert_int_equal(dlog_look(&p->j, p->dir, NULL, 0, &d), ST_OK);
	assert_false(dlog_done(d, 1));
	dlog_close(d);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = { T(remembers), T(torn), T(damaged),
		T(one_at_a_time), T(many), T(looks) };

	return cmocka_run_group_tests_name("dlog", tests, NULL, NULL);
}
