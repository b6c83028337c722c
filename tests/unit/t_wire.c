#include "t.h"

#include "text/again.h"
#include "text/csv.h"
#include "text/relay.h"
#include "text/wire.h"

static void
to_wire(void **state)
{
	static const struct {
		const char *raw, *wire;
	} all[] = {
		/* clang-format off */
		{ "", "" },
		{ "a", "a\r\n" },
		{ "a\n", "a\r\n" },
		{ "a\r\nb\r\n", "a\r\nb\r\n" },
		{ "a\rb\nc", "a\r\nb\r\nc\r\n" },
		{ "a\r\r\nb", "a\r\n\r\nb\r\n" },
		{ ".\n", "..\r\n" },
		{ "a\n.\nb", "a\r\n..\r\nb\r\n" },
		{ "a\n.\r\nMAIL FROM:<x>", "a\r\n..\r\nMAIL FROM:<x>\r\n" },
		{ "a\r.\rb", "a\r\n..\r\nb\r\n" },
		{ "..a\n...", "...a\r\n....\r\n" },
		{ "a.b\n", "a.b\r\n" },
		{ "\n\n.", "\r\n\r\n..\r\n" },
		/* clang-format on */
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct mail m;

		wire_mail(mem, all[i].raw, strlen(all[i].raw), &m);
		assert_int_equal(m.n_pieces, 1);
		assert_int_equal(m.size, strlen(all[i].wire));
		assert_memory_equal(m.pieces[0].data, all[i].wire, m.size);
	}
	arena_free(mem);
}

static void
says_what_it_holds(void **state)
{
	static const struct {
		const char *raw;
		int utf8, eight;
	} all[] = { { "S: a\n\nb", 0, 0 }, { "S: \xc3\xa4\n\nb", 1, 1 },
		{ "S: a\n\n\xc3\xa4", 0, 1 }, { "S: \xe4\n\nb", 0, 1 } };
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct mail m;

		wire_mail(mem, all[i].raw, strlen(all[i].raw), &m);
		assert_int_equal(m.utf8, all[i].utf8);
		assert_int_equal(m.eight_bit, all[i].eight);
	}
	arena_free(mem);
}

static void
back_again(void **state)
{
	struct piece pieces[] = { { HOLE_NONE, "To: ", 4 },
		{ HOLE_TO, NULL, 0 }, { HOLE_NONE, "\r\n\r\n..a\r\n", 9 },
		{ HOLE_UNSUBSCRIBE, NULL, 0 },
		{ HOLE_NONE, ".b\r\n...\r\n", 9 } };
	struct mail m = { .pieces = pieces, .n_pieces = 5 };
	struct copy c = { .to = "a@x", .sender = "s@y", .unsubscribe = "tok" };
	struct buf out = BUF_INIT;

	(void)state;
	wire_file(&out, &m, &c);
	assert_string_equal(out.data, "Return-Path: <s@y>\nDelivered-To: "
				      "a@x\nTo: a@x\n\n.a\ntok.b\n..\n");
	assert_int_equal(wire_size(&m, &c), 4 + 3 + 9 + 3 + 9);
	buf_free(&out);
}

static void
relays(void **state)
{
	static const struct {
		const char *s, *host, *port;
	} good[] = { { "smtp://127.0.0.1:25", "127.0.0.1", "25" },
		{ "smtp://mx.example", "mx.example", "25" },
		{ "SMTP://mx.example:2525/", "mx.example", "2525" },
		{ "smtp://[::1]:26", "::1", "26" },
		{ "smtp://[::1]", "::1", "25" } };
	static const char *const bad[] = { "", "smtp://", "smtp://:25",
		"smtp://a b", "smtp://a:0", "smtp://a:65536", "smtp://a:x",
		"smtp://a:25/x", "smtp://[::1", "smtp://[::1]x", "smtps://a",
		"spool:", "spool:relative", "http://a", "smtp://a\n:25",
		"smtp://-a", "smtp://a:" };
	struct arena *mem = arena_new();
	struct relay r;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(relay_read(mem, good[i].s, &r));
		assert_string_equal(r.host, good[i].host);
		assert_string_equal(r.port, good[i].port);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(relay_read(mem, bad[i], &r));
	assert_true(relay_read(mem, "spool:/var/x y", &r));
	assert_string_equal(r.dir, "/var/x y");
	arena_free(mem);
}

static void
csv(void **state)
{
	char line[] = "a@x , \"Doe, \"\"J\"\" \nx\",,\"\"\r\n";
	char *v[8];

	(void)state;
	assert_int_equal(csv_split(line, ',', v, 8), 4);
	assert_string_equal(v[0], "a@x");
	assert_string_equal(v[1], "Doe, \"J\" \nx");
	assert_string_equal(v[2], "");
	assert_string_equal(v[3], "");
	assert_true(csv_is_open("a,\"b\n"));
	assert_false(csv_is_open("a,\"b\"\n"));
	assert_int_equal(csv_separator("email;name,x"), ';');
	assert_int_equal(csv_separator("email"), 0);
}

static void
again(void **state)
{
	int64_t due;

	(void)state;
	assert_true(again_due(1000, 0, &due));
	assert_int_equal(due, 1030);
	assert_true(again_due(1000, 990, &due));
	assert_int_equal(due, 1030);
	assert_true(again_due(1000, 800, &due));
	assert_int_equal(due, 1100);
	assert_true(again_due(100000, 1, &due));
	assert_int_equal(due, 101800);
	assert_true(again_due(432000, 1, &due));
	assert_false(again_due(432001, 1, &due));
	/* What is left of a broadcast. */
	assert_true(again_copies_due(1000, 0, &due));
	assert_int_equal(due, 1010);
	assert_true(again_copies_due(2200, 1000, &due));
	assert_int_equal(due, 2260);
	assert_true(again_copies_due(100000, 1, &due));
	assert_int_equal(due, 101800);
	assert_false(again_copies_due(432001, 1, &due));
	/* Only time in which it was tried counts. */
	assert_int_equal(again_since(1000, 0, 0), 0);
	assert_int_equal(again_since(1000, 200, 950), 200);
	assert_int_equal(again_since(9000, 200, 1000), 4600);
	assert_int_equal(again_since(100, 200, 1000), 100);
	assert_false(again_falls(1000, 0));
	assert_false(again_falls(1000, 821));
	assert_true(again_falls(1000, 820));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(to_wire),
		cmocka_unit_test(says_what_it_holds),
		cmocka_unit_test(back_again), cmocka_unit_test(relays),
		cmocka_unit_test(csv), cmocka_unit_test(again) };

	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
