/*
 * How long the check of a token takes tells nothing of how much of it is
 * right: model/keys.c.  One token is checked in a place where, in turn by
 * chance, the key lies under which only its last bit is wrong, and one under
 * which all of it is; Welch's t of the two, slow outliers left out, as dudect
 * does it.  Timing is looked at where CHECK_LONG is set; a comparison that
 * ends at the first difference has to be seen then, too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "model/keys.h"

enum { SAMPLES = 1000000, ROUNDS = 3, MAC = 12 };

static const double LIMIT = 4.5 * 4.5; /* of t, squared */
static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

struct series {
	double n, mean, square; /* Welford's */
};

static void
take(struct series *s, double x)
{
	double d = x - s->mean;

	s->n++;
	s->mean += d / s->n;
	s->square += d * (x - s->mean);
}

/* Squared. */
static double
welch(const struct series s[2])
{
	double a = s[0].square / (s[0].n - 1) / s[0].n;
	double b = s[1].square / (s[1].n - 1) / s[1].n;
	double d = s[0].mean - s[1].mean;

	return d * d / (a + b);
}

static bool
near(double a, double b)
{
	return a - b < 1e-9 && b - a < 1e-9;
}

/* 1 to 5, and 2 to 10 by twos: (3 - 6)^2 / (2.5 / 5 + 10 / 5). */
static void
statistic(void **state)
{
	struct series s[2] = { { 0, 0, 0 }, { 0, 0, 0 } };

	(void)state;
	for (int i = 1; i <= 5; i++) {
		take(&s[0], i);
		take(&s[1], 2 * i);
	}
	assert_true(near(s[0].mean, 3) && near(s[1].mean, 6));
	assert_true(near(welch(s), 3.6));
}

/* ---- what is measured ---- */

struct place {
	struct keys near, far, here;
	char token[TOKEN_LIST + 1];
	unsigned char mac[2][MAC], want[MAC];
};

static void
prepare(struct place *p)
{
	char *last = &p->token[TOKEN_LIST - 1];

	memset(p, 0, sizeof *p);
	p->near.list.n = p->far.list.n = 1;
	memset(p->near.list.generation[0], 'n', KEY_SIZE);
	memset(p->far.list.generation[0], 'f', KEY_SIZE);
	keys_unsubscribe(&p->near, "example-status", 123456, p->token);
	*last = base32[(strchr(base32, *last) - base32) ^ 4];
	memset(p->want, 7, sizeof p->want);
	memset(p->mac[0], 7, sizeof p->mac[0]);
	p->mac[0][MAC - 1] = 8;
	memset(p->mac[1], 9, sizeof p->mac[1]);
}

typedef bool checks(struct place *p, int which);

static bool
ours(struct place *p, int which)
{
	int64_t member;

	(void)which;
	return keys_unsubscribe_ok(&p->here, "example-status", p->token,
	    &member);
}

/* What it must not be. */
static bool
leaky(struct place *p, int which)
{
	const volatile unsigned char *a = p->mac[which];

	for (size_t i = 0; i < MAC; i++)
		if (a[i] != p->want[i])
			return false;
	return true;
}

static double
once(struct place *p, checks *check, int which)
{
	struct timespec a, b;

	p->here = which == 0 ? p->near : p->far;
	clock_gettime(CLOCK_MONOTONIC, &a);
	assert_false(check(p, which));
	clock_gettime(CLOCK_MONOTONIC, &b);
	return (double)(b.tv_sec - a.tv_sec) * 1e9 +
	       (double)(b.tv_nsec - a.tv_nsec);
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Longer than most: what takes longer still was interrupted. */
static double
usual(struct place *p, checks *check)
{
	static double all[2000];
	const size_t n = sizeof all / sizeof *all;

	for (size_t i = 0; i < n; i++)
		all[i] = once(p, check, (int)(i % 2));
	qsort(all, n, sizeof *all, by_size);
	return all[n * 9 / 10];
}

static double
difference(checks *check)
{
	struct series s[2] = { { 0, 0, 0 }, { 0, 0, 0 } };
	struct place p;
	double most, t;

	prepare(&p);
	most = usual(&p, check);
	for (int i = 0; i < SAMPLES; i++) {
		int which = (int)(random() >> 8 & 1);
		double took = once(&p, check, which);

		if (took <= most)
			take(&s[which], took);
	}
	t = welch(s);
	print_message("# %.2f ns and %.2f ns, t^2 = %.2f\n", s[0].mean,
	    s[1].mean, t);
	return t;
}

static void
is_seen(void **state)
{
	(void)state;
	assert_true(difference(leaky) > LIMIT);
}

/* What else runs makes one round loud, not each of them. */
static void
tells_nothing(void **state)
{
	int loud = 0;

	(void)state;
	for (int i = 0; i < ROUNDS; i++)
		loud += difference(ours) > LIMIT;
	assert_true(loud < ROUNDS);
}

int
main(void)
{
	const struct CMUnitTest always[] = { cmocka_unit_test(statistic) };
	const struct CMUnitTest timed[] = { cmocka_unit_test(is_seen),
		cmocka_unit_test(tells_nothing) };
	int bad = cmocka_run_group_tests(always, NULL, NULL);

	if (getenv("CHECK_LONG") != NULL)
		bad += cmocka_run_group_tests(timed, NULL, NULL);
	return bad;
}
