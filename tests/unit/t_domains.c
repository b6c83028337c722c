/* Receiving domains that ask for less, and get more again. */
#include "t.h"

#include "base/numbers.h"
#include "cmd/held_copies.h"
#include "text/domains.h"

static const char slow[] = "4.7.1 too many";

static bool
said(struct domains *d, int code, const char *reply, int64_t ms)
{
	return domains_said(d, "a@Slow.example", code, reply, ms);
}

static void
lowered(void **state)
{
	struct domains *d = domains_new();
	int at;

	(void)state;
	assert_int_equal(domains_find(d, "slow.example"), -1);
	assert_false(said(d, 450, "4.2.0 mailbox busy", 0));
	assert_false(said(d, 250, "4.7.1 no", 0));
	assert_false(said(d, 550, slow, 0));
	assert_false(domains_said(d, "nowhere", 450, slow, 0));
	assert_int_equal(domains_limit(d, "slow.example"), 0);
	assert_true(said(d, 450, slow, 0));
	at = domains_find(d, "slow.EXAMPLE");
	assert_true(at >= 0);
	assert_string_equal(domains_name(d, at), "Slow.example");
	assert_int_equal(domains_limit(d, "slow.example"), DOMAINS_FIRST);
	/* The same burst counts once; nothing goes while it lasts. */
	assert_false(said(d, 450, slow, 249));
	assert_int_equal(domains_limit(d, "slow.example"), DOMAINS_FIRST);
	assert_false(domains_may(d, at, 0, 249));
	assert_true(domains_may(d, at, 0, 250));
	assert_true(domains_may(d, at, DOMAINS_FIRST - 1, 1000));
	assert_false(domains_may(d, at, DOMAINS_FIRST, 1000));
	assert_true(said(d, 421, slow, 1000));
	assert_int_equal(domains_limit(d, "slow.example"), DOMAINS_FIRST / 2);
	assert_false(domains_may(d, at, 0, 1499));
	assert_true(domains_may(d, at, 0, 1500));
	for (int64_t ms = 3000; ms < 3000 + 20 * 60000; ms += 60000)
		assert_true(said(d, 450, slow, ms));
	assert_int_equal(domains_limit(d, "slow.example"), 1);
	/* Another one is free. */
	assert_int_equal(domains_find(d, "x.example"), -1);
	domains_free(d);
}

static void
raised(void **state)
{
	struct domains *d = domains_new();
	unsigned n = 0;

	(void)state;
	for (int64_t ms = 0; ms < 300000; ms += 60000)
		assert_true(said(d, 450, slow, ms));
	assert_int_equal(domains_limit(d, "slow.example"), 1);
	assert_false(said(d, 250, "ok", 400000));
	assert_int_equal(domains_limit(d, "slow.example"), 2);
	assert_false(said(d, 250, "ok", 400000));
	assert_int_equal(domains_limit(d, "slow.example"), 2);
	assert_false(said(d, 250, "ok", 400000));
	assert_int_equal(domains_limit(d, "slow.example"), 3);
	/* Its pause is short again. */
	assert_true(said(d, 450, slow, 400000));
	assert_true(domains_may(d, domains_find(d, "slow.example"), 0, 408000));
	while (domains_limit(d, "slow.example") != 0 && n < 10000) {
		assert_false(said(d, 250, "ok", 500000));
		n++;
	}
	assert_true(n < 10000);
	domains_free(d);
}

/* However many there are, the latest are known. */
static void
many(void **state)
{
	struct domains *d = domains_new();
	char address[32];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		(void)snprintf(address, sizeof address, "a@d%d.example", i);
		assert_true(domains_said(d, address, 450, slow, i));
		assert_int_equal(domains_limit(d, domains_of(address)),
		    DOMAINS_FIRST);
	}
	assert_int_equal(domains_limit(d, "d0.example"), 0);
	domains_free(d);
	domains_free(NULL);
}

static void
held(void **state)
{
	struct held_copies *h = held_copies_new();
	int64_t member, n = 0;
	int domain;

	(void)state;
	assert_false(held_copies_take(h, &member, &domain));
	while (held_copies_put(h, n + 7, (int)(n % 64)))
		n++;
	assert_int_equal(held_copies_n(h), n);
	for (int64_t i = 0; i < n; i++) {
		assert_true(held_copies_take(h, &member, &domain));
		assert_int_equal(member, i + 7);
		assert_int_equal(domain, i % 64);
		assert_true(held_copies_put(h, member, domain));
	}
	assert_int_equal(held_copies_n(h), n);
	held_copies_free(h);
	held_copies_free(NULL);
}

static void
numbers(void **state)
{
	static const int64_t some[] = { 0, 7, 8, 32767, 32768, 4294967295 };
	struct numbers *n = numbers_new();

	(void)state;
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		assert_false(numbers_has(n, some[i]));
		numbers_put(n, some[i]);
		assert_true(numbers_has(n, some[i]));
	}
	assert_false(numbers_has(n, 1));
	assert_false(numbers_has(n, 32769));
	numbers_put(n, -1);
	numbers_put(n, INT64_MAX);
	assert_false(numbers_has(n, -1));
	assert_false(numbers_has(n, INT64_MAX));
	numbers_free(n);
	numbers_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lowered),
		cmocka_unit_test(raised), cmocka_unit_test(many),
		cmocka_unit_test(held), cmocka_unit_test(numbers) };

	return cmocka_run_group_tests_name("domains", tests, NULL, NULL);
}
