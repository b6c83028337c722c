#include "t.h"

#include "base/buf.h"
#include "text/talk.h"

struct scene {
	struct talk *t;
	struct buf said; /* what the client said so far */
	bool slow;       /* the server's bytes come one by one */
};

static void
listen_to(struct scene *s)
{
	size_t n;
	const char *p = talk_out(s->t, &n);

	buf_add(&s->said, p, n);
	talk_wrote(s->t, n);
}

static void
server(struct scene *s, const char *line)
{
	size_t n = strlen(line);

	for (size_t i = 0; s->slow && i < n; i++)
		talk_read(s->t, line + i, 1);
	if (!s->slow)
		talk_read(s->t, line, n);
	listen_to(s);
}

static void
begin(struct scene *s, bool pipelining)
{
	bool slow = s->slow;

	*s = (struct scene){ .t = talk_new("status.example"),
		.said = BUF_INIT,
		.slow = slow };
	server(s, "220-mx.example\r\n220 ESMTP\r\n");
	assert_string_equal(s->said.data, "EHLO status.example\r\n");
	assert_false(talk_hungry(s->t));
	server(s, pipelining ? "250-mx\r\n250-PIPELINING\r\n250 SIZE 5000\r\n"
			     : "250-mx\r\n250 SIZES 3\r\n");
	assert_true(talk_hungry(s->t));
	buf_clear(&s->said);
}

static void
finish(struct scene *s)
{
	talk_free(s->t);
	buf_free(&s->said);
}

static void
offer(struct scene *s, uint32_t tag, const char *to)
{
	struct talk_envelope e = { .tag = tag,
		.from = "b@s.example",
		.to = to };

	talk_envelope(s->t, &e);
	listen_to(s);
}

static void
give(struct scene *s, const char *text)
{
	talk_text(s->t, text, strlen(text));
	talk_text_end(s->t);
}

static void
expect(struct scene *s, enum talk_kind kind, uint32_t tag, int code)
{
	struct talk_event e;

	assert_true(talk_event(s->t, &e));
	assert_int_equal(e.kind, kind);
	assert_int_equal(e.tag, tag);
	assert_int_equal(e.code, code);
}

static void
expect_nothing(struct scene *s)
{
	struct talk_event e;

	assert_false(talk_event(s->t, &e));
}

static void
pipelines(void **state)
{
	struct scene s = { .slow = *state != NULL };

	begin(&s, true);
	offer(&s, 1, "a@x.example");
	assert_string_equal(s.said.data,
	    "MAIL FROM:<b@s.example>\r\nRCPT TO:<a@x.example>\r\nDATA\r\n");
	assert_false(talk_hungry(s.t));
	server(&s, "250 ok\r\n250 ok\r\n354 go\r\n");
	expect(&s, TALK_TEXT, 1, 0);
	buf_clear(&s.said);
	give(&s, "hi\r\n");
	assert_true(talk_hungry(s.t));
	offer(&s, 2, "c@x.example");
	assert_string_equal(s.said.data,
	    "hi\r\n.\r\nMAIL FROM:<b@s.example>\r\nRCPT TO:<c@x.example>\r\n"
	    "DATA\r\n");
	server(&s, "250 2.0.0 queued as 4F1\r\n250 ok\r\n");
	expect(&s, TALK_DONE, 1, 250);
	expect_nothing(&s);
	server(&s, "250 ok\r\n354 go\r\n");
	expect(&s, TALK_TEXT, 2, 0);
	give(&s, "");
	listen_to(&s);
	server(&s, "451-4.3.0 not\r\n451 now\r\n");
	expect(&s, TALK_DONE, 2, 451);
	buf_clear(&s.said);
	talk_quit(s.t);
	listen_to(&s);
	assert_string_equal(s.said.data, "QUIT\r\n");
	server(&s, "221 bye\r\n");
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);
}

/* A refused recipient and a server that wants a text all the same. */
static void
lone_dot(void **state)
{
	struct scene s = { .slow = *state != NULL };

	begin(&s, true);
	offer(&s, 7, "no@x.example");
	buf_clear(&s.said);
	server(&s, "250 ok\r\n550 5.1.1 nobody\r\n354 go\r\n");
	assert_string_equal(s.said.data, ".\r\n");
	assert_false(talk_hungry(s.t));
	server(&s, "554 no valid recipients\r\n");
	expect(&s, TALK_DONE, 7, 550);
	offer(&s, 8, "a@x.example");
	assert_non_null(strstr(s.said.data, "RSET\r\nMAIL"));
	server(&s, "250 reset\r\n250 ok\r\n250 ok\r\n354 go\r\n");
	expect(&s, TALK_TEXT, 8, 0);
	finish(&s);
}

static void
first_refusal_counts(void **state)
{
	struct scene s = { .slow = *state != NULL };

	begin(&s, true);
	offer(&s, 1, "a@x.example");
	server(&s, "452 4.2.2 full\r\n503 no\r\n554 no\r\n");
	expect(&s, TALK_DONE, 1, 452);
	assert_true(talk_hungry(s.t));
	finish(&s);
}

static void
one_by_one(void **state)
{
	struct scene s = { .slow = *state != NULL };

	begin(&s, false);
	offer(&s, 1, "a@x.example");
	assert_string_equal(s.said.data, "MAIL FROM:<b@s.example>\r\n");
	server(&s, "250 ok\r\n");
	assert_non_null(strstr(s.said.data, "RCPT"));
	assert_null(strstr(s.said.data, "DATA"));
	server(&s, "250 ok\r\n");
	server(&s, "354 ok\r\n");
	expect(&s, TALK_TEXT, 1, 0);
	give(&s, "x\r\n");
	listen_to(&s);
	assert_false(talk_hungry(s.t));
	server(&s, "250 ok\r\n");
	expect(&s, TALK_DONE, 1, 250);
	offer(&s, 2, "a@x.example");
	server(&s, "250 ok\r\n");
	server(&s, "550 no\r\n");
	expect(&s, TALK_DONE, 2, 550);
	finish(&s);
}

/* What is in doubt, what isn't: the heart of "never twice, never skipped". */
static void
breaks(void **state)
{
	struct scene s = { .slow = *state != NULL };

	begin(&s, true);
	offer(&s, 1, "a@x.example");
	server(&s, "250 ok\r\n250 ok\r\n354 go\r\n");
	expect(&s, TALK_TEXT, 1, 0);
	give(&s, "hi\r\n");
	offer(&s, 2, "c@x.example");
	talk_end(s.t, "gone");
	expect(&s, TALK_LOST, 1, 0);
	expect(&s, TALK_BACK, 2, 0);
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);

	begin(&s, true);
	offer(&s, 1, "a@x.example");
	server(&s, "250 ok\r\n421 4.3.2 shutting down\r\n");
	expect(&s, TALK_BACK, 1, 0);
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);

	begin(&s, true);
	offer(&s, 1, "a@x.example");
	server(&s, "250 ok\r\n250 ok\r\n354 go\r\n");
	expect(&s, TALK_TEXT, 1, 0);
	give(&s, "hi\r\n");
	server(&s, "421 4.3.2 shutting down\r\n");
	expect(&s, TALK_DONE, 1, 421);
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);

	begin(&s, true);
	offer(&s, 1, "a@x.example");
	server(&s, "250 ok\r\n250 ok\r\n354 go\r\n");
	expect(&s, TALK_TEXT, 1, 0);
	talk_text(s.t, "half", 4);
	server(&s, "552 too big\r\n");
	expect(&s, TALK_DONE, 1, 552);
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);
}

static void
nonsense(void **state)
{
	static const char *const all[] = { "hello\r\n", "25\r\n", "999 x\r\n",
		"250ok\r\n", "\r\n", "150 x\r\n", "-50 x\r\n",
		"250 unasked\r\n" };
	struct scene s = { .slow = *state != NULL };
	struct talk_event e;
	char *much = calloc(1, 10000);

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		begin(&s, true);
		server(&s, all[i]);
		expect(&s, TALK_OVER, 0, 0);
		assert_true(talk_over(s.t));
		finish(&s);
	}
	begin(&s, true);
	memset(much, '2', 9999);
	server(&s, much);
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);
	free(much);

	begin(&s, true);
	for (int i = 0; i < 200; i++)
		server(&s, "250-more\r\n");
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);

	begin(&s, true);
	offer(&s, 1, "a@x.example");
	server(&s, "550 a\x1b[2J\tb\xff\r\n554 x\r\n554 x\r\n");
	assert_true(talk_event(s.t, &e));
	assert_string_equal(e.reply, "a?[2J?b?");
	finish(&s);
}

static void
greetings(void **state)
{
	struct scene s = { .said = BUF_INIT };

	(void)state;
	s.t = talk_new("x y\r\nRSET");
	server(&s, "220 hi\r\n");
	assert_string_equal(s.said.data, "EHLO localhost\r\n");
	server(&s, "502 what\r\n");
	assert_non_null(strstr(s.said.data, "HELO localhost\r\n"));
	server(&s, "250 ok\r\n");
	assert_true(talk_hungry(s.t));
	finish(&s);

	s = (struct scene){ .t = talk_new("x"), .said = BUF_INIT };
	server(&s, "554 no service\r\n");
	expect(&s, TALK_OVER, 0, 0);
	finish(&s);
}

/* Nothing that isn't an address, or too long, reaches the wire. */
static void
injection(void **state)
{
	static const char *const bad[] = { "a@x\r\nRCPT TO:<b@y>", "a b@x",
		"<a@x>", "a@x>", "", "a", "|cmd@x", "a@[127.0.0.1]",
		"p\xc3\xa4@x.example" };
	struct talk_envelope e = { .tag = 3, .from = "b@s", .size = 5001 };
	struct scene s = { 0 };

	(void)state;
	begin(&s, true);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		offer(&s, 1, bad[i]);
		expect(&s, TALK_DONE, 1, 553);
	}
	e.to = "a@x.example";
	talk_envelope(s.t, &e);
	expect(&s, TALK_DONE, 3, 553);
	e.size = 0;
	e.from = "a@x\nb";
	talk_envelope(s.t, &e);
	expect(&s, TALK_DONE, 3, 553);
	assert_int_equal(s.said.len, 0);
	e.from = "";
	e.size = 5000;
	talk_envelope(s.t, &e);
	listen_to(&s);
	assert_non_null(strstr(s.said.data, "MAIL FROM:<> SIZE=5000\r\n"));
	finish(&s);
}

static void
envelopes(struct scene *s, const char *offers)
{
	*s = (struct scene){ .t = talk_new("h"), .said = BUF_INIT };
	server(s, "220 mx\r\n");
	server(s, offers);
	buf_clear(&s->said);
}

static void
one(struct scene *s, const char *from, const char *to, const char *name)
{
	const struct talk_envelope e = { .tag = 1,
		.from = from,
		.to = to,
		.name = name };

	buf_clear(&s->said);
	talk_envelope(s->t, &e);
	listen_to(s);
}

/* RFC 3461 where it is offered, and where a report could come back. */
static void
reports(void **state)
{
	char sender[400] = "";
	struct scene s;

	(void)state;
	envelopes(&s, "250-mx\r\n250-PIPELINING\r\n250 DSN\r\n");
	one(&s, "b@s.example", "a@x.example", "12.345");
	assert_string_equal(s.said.data,
	    "MAIL FROM:<b@s.example> RET=HDRS ENVID=12.345\r\n"
	    "RCPT TO:<a@x.example> NOTIFY=FAILURE,DELAY\r\nDATA\r\n");
	server(&s, "250 ok\r\n550 5.1.1 no\r\n554 no\r\n");
	expect(&s, TALK_DONE, 1, 550);
	one(&s, "", "a@x.example", "12.346");
	assert_string_equal(s.said.data,
	    "RSET\r\nMAIL FROM:<>\r\nRCPT TO:<a@x.example>\r\nDATA\r\n");
	server(&s, "250 ok\r\n250 ok\r\n550 ok\r\n554 no\r\n");
	expect(&s, TALK_DONE, 1, 550);
	one(&s, "b@s.example", "a@x.example", NULL);
	assert_null(strstr(s.said.data, "RET="));
	finish(&s);
	/* Rather no name than no mail. */
	envelopes(&s, "250-mx\r\n250-PIPELINING\r\n250-SIZE\r\n250 DSN\r\n");
	memset(sender, 'a', 240);
	strcat(sender, "@s.example");
	one(&s, sender, "a@x.example",
	    "123456789012345678901234567890123456789012345678901234567890"
	    "123456789012345678901234567890123456789012345678901234567890"
	    "123456789012345678901234567890123456789012345678901234567890"
	    "123456789012345678901234567890123456789012345678901234567890");
	assert_null(strstr(s.said.data, "ENVID="));
	assert_non_null(strstr(s.said.data, "NOTIFY=FAILURE,DELAY"));
	finish(&s);
	envelopes(&s, "250-mx\r\n250 PIPELINING\r\n");
	one(&s, "b@s.example", "a@x.example", "12.345");
	assert_null(strstr(s.said.data, "ENVID"));
	assert_null(strstr(s.said.data, "NOTIFY"));
	finish(&s);
}

static void
refused_at(struct scene *s, const char *replies, enum refused_at at)
{
	struct talk_event e;

	one(s, "b@s.example", "a@x.example", NULL);
	server(s, replies);
	assert_true(talk_event(s->t, &e));
	if (e.kind == TALK_TEXT) {
		give(s, "hi\r\n");
		listen_to(s);
		server(s, "554 5.7.1 spam\r\n");
		assert_true(talk_event(s->t, &e));
	}
	assert_int_equal(e.kind, TALK_DONE);
	assert_int_equal(e.at, at);
}

/* What was refused: the sender, the recipient, the text; or it was by us. */
static void
stages(void **state)
{
	struct talk_event e;
	struct scene s;

	(void)state;
	envelopes(&s, "250-mx\r\n250 PIPELINING\r\n");
	refused_at(&s, "550 no\r\n503 no\r\n503 no\r\n", AT_MAIL);
	refused_at(&s, "250 ok\r\n250 ok\r\n550 no\r\n554 no\r\n", AT_RCPT);
	refused_at(&s, "250 ok\r\n250 ok\r\n250 ok\r\n451 no\r\n", AT_DATA);
	refused_at(&s, "250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n", AT_TEXT);
	one(&s, "b@s.example", "no address", NULL);
	assert_true(talk_event(s.t, &e));
	assert_int_equal(e.at, AT_NOTHING);
	finish(&s);
}

/* The parameter goes where an address needs it, and only where it's offered. */
static void
utf8(void **state)
{
	struct scene s;

	(void)state;
	envelopes(&s, "250-mx\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n");
	one(&s, "b@s.example", "a@x.example", NULL);
	assert_null(strstr(s.said.data, "SMTPUTF8"));
	finish(&s);
	envelopes(&s, "250-mx\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n");
	one(&s, "b@s.example", "p\xc3\xa4@x.example", NULL);
	assert_non_null(
	    strstr(s.said.data, "MAIL FROM:<b@s.example> SMTPUTF8"));
	finish(&s);
}

int
main(void)
{
	int slow = 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pipelines),
		cmocka_unit_test_prestate(pipelines, &slow),
		cmocka_unit_test(lone_dot),
		cmocka_unit_test_prestate(lone_dot, &slow),
		cmocka_unit_test(first_refusal_counts),
		cmocka_unit_test_prestate(first_refusal_counts, &slow),
		cmocka_unit_test(one_by_one),
		cmocka_unit_test_prestate(one_by_one, &slow),
		cmocka_unit_test(breaks),
		cmocka_unit_test_prestate(breaks, &slow),
		cmocka_unit_test(nonsense),
		cmocka_unit_test_prestate(nonsense, &slow),
		cmocka_unit_test(greetings),
		cmocka_unit_test(injection),
		cmocka_unit_test(reports),
		cmocka_unit_test(stages),
		cmocka_unit_test(utf8),
	};

	return cmocka_run_group_tests_name("talk", tests, NULL, NULL);
}
