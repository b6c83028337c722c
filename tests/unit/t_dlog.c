#include "t.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/file.h"
#include "flow/dlog.h"
#include "flow/dlog_lines.h"
#include "flow/dlog_sum.h"

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

static void
say(struct dlog *d, int64_t member, int64_t time, int code, const char *reply)
{
	const struct dlog_line line = { member, time, code, "", reply };

	dlog_add(d, &line);
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
	say(d, 1, 50, 250, "2.0.0 queued as 4F1");
	say(d, 2, 50, 451, "later");
	say(d, 3, 51, 550, "a\nb\x1b\xff");
	say(d, 4000000000, 51, 250, "");
	say(d, 5, 51, 0, "gone");
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
	say(d, 2, 60, 250, "ok");
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
		say(d, 9, 50, 250, "x");
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

	say(d, 1, 1, 250, "x");
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
		say(d, i, 1, i % 10 == 0 ? 451 : 250, "2.0.0 queued");
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

static void
next(struct dlog_lines *l, int64_t member, int64_t time, int code,
    const char *server, const char *reply)
{
	struct dlog_line line;

	assert_true(dlog_lines_next(l, &line));
	assert_int_equal(line.member, member);
	assert_int_equal(line.time, time);
	assert_int_equal(line.code, code);
	assert_string_equal(line.server, server);
	assert_string_equal(line.reply, reply);
}

/* By whom; lines of older versions, without that; and what is none. */
static void
lines(void **state)
{
	struct place *p = *state;
	struct dlog_line line = { 1, 50, 250, "mx.example:25", "2.0.0 as 4F1" };
	struct dlog_lines *l;
	struct dlog *d;

	assert_int_equal(dlog_lines_open(&p->j, p->dir, 7, &l), ST_OK);
	assert_null(l);
	d = open_it(p);
	dlog_add(d, &line);
	line = (struct dlog_line){ 2, 51, 0, "sp ool\n", "gone" };
	dlog_add(d, &line);
	dlog_close(d);
	put(p,
	    "rubbish\n3 52 250 2.0.0 old\n4 52 1000 x\n5 53 451\n"
	    "6 54 250 @x\n7 55 250 torn",
	    O_APPEND);
	assert_int_equal(dlog_lines_open(&p->j, p->dir, 7, &l), ST_OK);
	next(l, 1, 50, 250, "mx.example:25", "2.0.0 as 4F1");
	next(l, 2, 51, 0, "sp", "ool\\x0a gone");
	next(l, 3, 52, 250, "", "2.0.0 old");
	next(l, 5, 53, 451, "", "");
	next(l, 6, 54, 250, "", "@x");
	assert_false(dlog_lines_next(l, &line));
	dlog_lines_close(l);
	dlog_lines_close(NULL);
	d = open_it(p);
	assert_true(dlog_done(d, 1));
	assert_false(dlog_done(d, 2));
	assert_true(dlog_done(d, 3));
	dlog_close(d);
}

static void
sums(void **state)
{
	struct place *p = *state;
	struct dlog_sum s = DLOG_SUM_INIT, all = DLOG_SUM_INIT;

	assert_int_equal(dlog_sum_add(&p->j, p->dir, 7, 100, &s), ST_OK);
	assert_int_equal(dlog_sum_percentile(&s, 50), -1);
	put(p,
	    "1 101 450 later\n2 101 250 ok\n2 109 250 ok\n3 101 550 no\n"
	    "4 101 451 x\n4 102 000 y\n1 103 250 ok\n5 90 250 early\n"
	    "6 200 250 late\n",
	    O_APPEND);
	assert_int_equal(dlog_sum_add(&p->j, p->dir, 7, 100, &s), ST_OK);
	assert_int_equal(s.accepted, 4);
	assert_int_equal(s.refused, 1);
	assert_int_equal(s.deferred, 1);
	assert_int_equal(dlog_sum_percentile(&s, 50), 1);
	assert_int_equal(dlog_sum_percentile(&s, 75), 3);
	assert_int_equal(dlog_sum_percentile(&s, 95), 100);
	assert_int_equal(dlog_sum_percentile(&s, 0), 0);
	dlog_sum_join(&all, &s);
	dlog_sum_join(&all, &s);
	assert_int_equal(all.accepted, 8);
	assert_int_equal(dlog_sum_percentile(&all, 50), 1);
	dlog_sum_free(&s);
	dlog_sum_free(&all);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = { T(remembers), T(torn), T(damaged),
		T(one_at_a_time), T(many), T(looks), T(lines), T(sums) };

	return cmocka_run_group_tests_name("dlog", tests, NULL, NULL);
}
