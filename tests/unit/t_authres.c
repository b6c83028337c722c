/* Authentication-Results: text/authres.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/log.h"
#include "text/authres.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

#define P PROOF_PASS
#define F PROOF_FAIL
#define N PROOF_NONE

/* What a header of ours means for mail from example.net. */
static const struct {
	enum proof want;
	const char *value;
} table[] = {
	/* clang-format off */
	{ P, "ours; dkim=pass header.d=example.net; dmarc=pass header.from=example.net" },
	{ P, "ours; dmarc=pass header.from=example.net" },
	{ P, "ours; dmarc=pass" },
	{ P, "ours 1; dmarc=pass header.from=example.net" },
	{ P, "ours;dmarc=pass header.from=EXAMPLE.NET" },
	{ P, "ours; DMARC=Pass Header.From=example.net" },
	{ P, "ours; dmarc=pass header.from=noc1@example.net" },
	{ P, "ours; dmarc=pass (p=reject dis=none) header.from=example.net" },
	{ P, "ours (our server) 1 (v) ; (c) dmarc (c) = (c) pass (c) header (c) . (c) from (c) = example.net (c)" },
	{ P, "ours; dmarc/1=pass header.from=example.net" },
	{ P, "\"ours\"; dmarc=pass header.from=\"example.net\"" },
	{ P, "ours; dkim=pass header.d=example.net header.s=s1 header.b=AbC/d+e=" },
	{ P, "ours; dkim=pass (2048-bit key; unprotected) header.d=example.net" },
	{ P, "ours; dkim=pass header.i=@example.net header.s=s1" },
	{ P, "ours; dkim=pass header.i=noc1@example.net" },
	{ P, "ours; dkim=fail header.d=example.net; dkim=pass header.d=example.net" },
	{ P, "ours; dkim=pass header.d=list.example; dkim=pass header.d=example.net" },
	{ P, "ours; dmarc=none; dkim=pass header.d=example.net" },
	{ P, "ours; dmarc=temperror; dkim=pass header.d=example.net" },
	{ P, "ours; dmarc=fail header.from=example.net; dkim=pass header.d=example.net" },
	{ P, "ours; spf=pass (ours: domain of noc1@example.net) smtp.mailfrom=noc1@example.net; dkim=pass header.d=example.net; dmarc=pass action=none header.from=example.net;compauth=pass reason=100" },
	{ P, "ours; spf=none smtp.mailfrom=<>; dmarc=pass header.from=example.net" },
	{ P, "ours; dmarc=pass reason=\"a \\\"good\\\" one; dmarc=fail\" header.from=example.net" },
	{ P, "ours; spf=pass smtp.mailfrom=\"a; dmarc=fail\"@b.example; dmarc=pass header.from=example.net" },
	{ P, "ours; dmarc=pass header.from=example.net;" },
	{ P, "ours;\r\n\tdmarc=pass\r\n\t header.from=example.net" },
	{ P, "ours; dmarc=pass header.from=example.net (a (nested \\) one) comment)" },

	{ F, "ours; dmarc=fail header.from=example.net" },
	{ F, "ours; dmarc=fail (p=none) header.from=example.net; spf=pass smtp.mailfrom=example.net" },
	{ F, "ours; dmarc=fail; dkim=pass header.d=other.example" },
	{ F, "ours; dmarc=pass header.from=example.net; dmarc=fail header.from=example.net" },
	{ F, "ours; dmarc=fail; dmarc=pass header.from=example.net" },
	{ F, "ours; dmarc=pass header.from=other.example; dmarc=fail" },

	{ N, "ours" },
	{ N, "ours;" },
	{ N, "ours; none" },
	{ N, "ours 1; none" },
	{ N, "" },
	{ N, ";" },
	{ N, "; dmarc=pass" },
	{ N, "ours 2; dmarc=pass header.from=example.net" },
	{ N, "ours 11; dmarc=pass header.from=example.net" },
	{ N, "ours dmarc=pass header.from=example.net" },
	{ N, "ours; dmarc=none header.from=example.net" },
	{ N, "ours; dmarc=temperror header.from=example.net" },
	{ N, "ours; dmarc=permerror header.from=example.net" },
	{ N, "ours; dmarc=bestguesspass header.from=example.net" },
	{ N, "ours; dmarc=passed header.from=example.net" },
	{ N, "ours; dmarc=pas" },
	{ N, "ours; dmarc=pass.x" },
	{ N, "ours; xdmarc=pass header.from=example.net" },
	{ N, "ours; dmarc-x=pass header.from=example.net" },
	{ N, "ours; dmarc/2=pass header.from=example.net" },
	{ N, "ours; dkim/2=pass header.d=example.net" },
	{ N, "ours; dmarc=pass header.from=other.example" },
	{ N, "ours; dmarc=pass header.from=sub.example.net" },
	{ N, "ours; dmarc=pass header.from=example.net.evil.example" },
	{ N, "ours; dmarc=pass header.from=example.net@evil.example" },
	{ N, "ours; dmarc=pass header.from=evil.example header.from=example.net" },
	{ N, "ours; dmarc=pass header.from=example.net; dmarc=none" },
	{ N, "ours; dmarc=pass header.from=example.net; dmarc=pass header.from=other.example" },
	{ N, "ours; spf=pass smtp.mailfrom=noc1@example.net" },
	{ N, "ours; spf=pass smtp.mailfrom=example.net smtp.helo=dmarc=pass" },
	{ N, "ours; arc=pass; spf=pass; auth=pass; iprev=pass; dkim-atps=pass header.d=example.net" },
	{ N, "ours; dkim=pass" },
	{ N, "ours; dkim=pass header.s=example.net" },
	{ N, "ours; dkim=pass smtp.d=example.net" },
	{ N, "ours; dkim=pass header.d=evil.example header.i=@example.net" },
	{ N, "ours; dkim=pass header.d=evil.example header.d=example.net" },
	{ N, "ours; dkim=pass header.d=example.net header.d=evil.example" },
	{ N, "ours; dkim=pass header.d=net" },
	{ N, "ours; dkim=pass header.d=mail.example.net" },
	{ N, "ours; dkim=pass header.d=xexample.net" },
	{ N, "ours; dkim=pass header.d=example.net.evil.example" },
	{ N, "ours; dkim=neutral header.d=example.net; dkim=policy header.d=example.net; dkim=fail header.d=example.net" },
	{ N, "ours; dkim=pass header.d=\"\"" },
	{ N, "ours; dkim=pass header.d=." },
	{ N, "ours; dkim=pass header.d=.net" },
	/* What was signed for example.net(.example.com is no mail of example.net. */
	{ N, "ours; dkim=pass header.d=example.net(.example.com" },
	{ N, "ours; dkim=pass header.d=example.net(.example.com)" },
	{ N, "ours; dkim=pass header.d=example.net(.evil.example; dkim=pass header.d=x).evil.example" },
	{ N, "ours; dmarc=pass header.from=example.net(.evil.example; spf=fail (x)" },
	{ N, "ours; dkim=pass header.d=(x)example.net" },
	{ N, "ours; dkim=pass header.d=evil).example.net" },
	{ N, "ours; dkim=pass header.d=\"example.net" },
	{ N, "ours; dkim=pass header.d=\"example.net\\" },
	{ N, "ours; dkim=pass header.d=\"example.net\".evil.example" },
	{ N, "ours; dkim=pass (header.d=example.net" },
	{ N, "ours; (dmarc=pass header.from=example.net)" },
	{ N, "ours; dkim=pass (x\\) header.d=example.net" },
	{ N, "ours; dmarc=\"pass\" header.from=example.net" },
	{ N, "ours; \"dmarc\"=pass" },
	/* A selector that was cut where its key was looked for. */
	{ N, "ours; dkim=pass header.d=example.net header.s=s1._domainkey.evil.example." },
	{ N, "ours; dkim=pass header.d=example.net header.s=s1\x01.x" },
	{ N, "ours; dkim=pass header.d=example.net header.s=s1\xef\xbf\xbd.x; dmarc=pass" },
	/* A name in the envelope that was written without its quotes. */
	{ N, "ours; spf=pass smtp.mailfrom=x; dmarc=pass header.from=example.net; y@evil.example" },
	{ N, "ours; spf=pass smtp.mailfrom=x; dmarc=pass header.from=example.net; a=b@evil.example" },
	{ N, "ours; spf=pass smtp.mailfrom=x; dmarc=pass header.from=example.net; a=b c.d=e@evil.example; dmarc=none" },
	{ N, "ours; dmarc=pass header.from" },
	{ N, "ours; dmarc=pass header.from=" },
	{ N, "ours; dmarc=pass header.=example.net" },
	{ N, "ours; dmarc=pass; =pass" },
	{ N, "ours; dmarc=pass; x" },
	{ N, "ours; dmarc=pass, dkim=pass" },
	{ N, "ours.evil(; dmarc=pass header.from=example.net" },
	/* clang-format on */
};

static enum proof
says(const char *value)
{
	struct authres a;

	(void)authres_read(mem, value, &a);
	return authres_proof(&a, "example.net");
}

static void
results(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (says(table[i].value) != table[i].want) {
			print_error("%d, not %d: %s\n", says(table[i].value),
			    table[i].want, table[i].value);
			wrong++;
		}
	assert_int_equal(wrong, 0);
}

static void
authserv(void **state)
{
	static const struct {
		bool want;
		const char *value;
	} names[] = {
		{ true, "in.status.example" },
		{ true, "In.Status.EXAMPLE; dmarc=pass" },
		{ true, " in.status.example 1; none" },
		{ true, "(c) \"in.status.example\" ; none" },
		{ true, "in.status.example; dmarc=(" },
		{ false, "" },
		{ false, "status.example; dmarc=pass" },
		{ false, "x.in.status.example; dmarc=pass" },
		{ false, "in.status.example.; dmarc=pass" },
		{ false, "in.status.example.evil.example; dmarc=pass" },
		{ false, "in.status.example/x; dmarc=pass" },
		{ false, "in.status.example(; dmarc=pass" },
		{ false, "in.status.example(.evil.example); dmarc=pass" },
		{ false, "\"in.status.example\"x; dmarc=pass" },
		{ false, "\"in.status.example; dmarc=pass" },
		{ false, "evil.example in.status.example; dmarc=pass" },
		{ false, "in.status.example\xc2\xa0; dmarc=pass" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		if (authres_names(mem, names[i].value, "in.status.example") !=
		    names[i].want)
			fail_msg("%s", names[i].value);
}

static void
alignment(void **state)
{
	(void)state;
	assert_true(authres_aligned("example.net", "example.net"));
	assert_true(authres_aligned("Example.NET", "noc.example.net"));
	assert_true(authres_aligned("example.co.uk", "example.co.uk"));
	assert_false(authres_aligned("co.uk", "example.co.uk"));
	assert_false(authres_aligned("com.au", "example.com.au"));
	assert_false(authres_aligned("net", "example.net"));
	assert_false(authres_aligned("", "example.net"));
	assert_false(authres_aligned(".example.net", "example.net"));
	assert_false(authres_aligned("noc.example.net", "example.net"));
	assert_false(authres_aligned("example.net", "badexample.net"));
	assert_false(authres_aligned("example.net", ".net"));
	assert_false(authres_aligned("example.net", ""));
}

/* Of our own work, whatever else the machine does. */
static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/*
 * Ten thousand results, unclosed comments, quotes: done in a moment, where each
 * looked at all the others it would be seconds; and none.
 */
static void
floods(void **state)
{
	static const char *const pieces[] = { "; dmarc=pass header.from="
					      "example.net",
		"; dkim=pass header.d=example.net", ";", "; none", "(", "()",
		"((", "\"", "\\", ";a=b", ";a=b c.d=e", " ", "; dmarc=pass (",
		"/1", "=" };
	struct authres a;

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		struct buf b = BUF_INIT;
		double start;

		buf_str(&b, "ours; dmarc=pass header.from=example.net");
		for (int k = 0; k < 10000; k++)
			buf_str(&b, pieces[i]);
		buf_str(&b, "=");
		start = seconds();
		(void)authres_read(mem, b.data, &a);
		assert_true(seconds() - start < 0.1);
		assert_int_equal(authres_proof(&a, "example.net"), PROOF_NONE);
		buf_free(&b);
	}
}

/* As many as a real server writes are fine. */
static void
many(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_str(&b, "ours");
	for (int k = 0; k < AUTHRES_RESULTS - 1; k++)
		buf_str(&b, "; dkim=fail header.d=example.net");
	buf_str(&b, "; dkim=pass header.d=example.net");
	assert_int_equal(says(b.data), PROOF_PASS);
	buf_str(&b, "; dkim=pass header.d=example.net");
	assert_int_equal(says(b.data), PROOF_NONE);
	buf_free(&b);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(results), T(authserv), T(alignment), T(floods), T(many)
	};

	log_open(LOG_TO_NOWHERE, "t");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
