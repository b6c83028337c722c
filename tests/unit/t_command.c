/* Commands of the configuration: their end, their limit, what they leave. */
#include "t.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "ext/command.h"

static enum status
ended(struct job *j, const char *line, int64_t at_ms)
{
	struct command *c;
	enum status st;
	int tries = 0;

	job_begin(j, "test", 0);
	assert_int_equal(command_begin(j, line, "text\n", 5, 0, &c), ST_OK);
	while ((st = command_poll(j, c, at_ms)) == ST_NONE && tries++ < 250)
		(void)usleep(20000);
	command_end(c);
	return st;
}

static void
ends(void **state)
{
	static const struct {
		const char *line;
		enum status st;
		const char *why;
	} all[] = {
		{ "|test \"$(cat)\" = text", ST_OK, "" },
		{ "cat > /dev/full", ST_TEMP, "the command ended with 1" },
		{ "|/nowhere/page", ST_TEMP, "the command ended with 127" },
		{ "|kill -9 $$", ST_TEMP, "the command died of signal 9" },
		{ "|exec <&-", ST_OK, "" },
		{ "|head -c 1000000 /dev/zero", ST_OK, "" },
		{ "|sleep 300 & exit 0", ST_OK, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct job j;

		assert_int_equal(ended(&j, all[i].line, 1), all[i].st);
		assert_string_equal(j.why, all[i].why);
		job_end(&j);
	}
}

/* At its limit it is killed, whatever it does about TERM, with its children. */
static void
limit(void **state)
{
	struct job j;

	(void)state;
	assert_int_equal(
	    ended(&j, "|trap '' TERM; (trap '' TERM; sleep 300) & sleep 300",
		COMMAND_MS),
	    ST_TEMP);
	assert_string_equal(j.why, "the command took over 60 s");
	job_end(&j);
}

/* What it prints, as much as is kept; its limit is the plan's. */
static void
heard(void **state)
{
	static const char line[] =
	    "|cat; echo no >&2; (sleep 300; echo late) & "
	    "head -c 100000 /dev/zero | tr '\\0' x";
	struct command_plan p = { .line = line,
		.in = "text\n",
		.n = 5,
		.most = 1000,
		.heard = true };
	struct command *c;
	struct job j;

	(void)state;
	job_begin(&j, "test", 0);
	assert_int_equal(command_start(&j, &p, &c), ST_OK);
	while (command_poll(&j, c, 0) == ST_NONE)
		(void)usleep(20000);
	assert_int_equal(strncmp(command_said(c), "text\nxxxx", 9), 0);
	assert_int_equal(strlen(command_said(c)), COMMAND_SAID);
	assert_string_equal(command_complained(c), "no\n");
	command_end(c);
	p.line = "exec sleep 300";
	p.heard = false;
	assert_int_equal(command_start(&j, &p, &c), ST_OK);
	assert_int_equal(command_poll(&j, c, 999), ST_NONE);
	assert_int_equal(command_poll(&j, c, 1000), ST_TEMP);
	assert_string_equal(j.why, "the command took over 1 s");
	assert_string_equal(command_said(c), "");
	command_end(c);
	job_end(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(ends),
		cmocka_unit_test(limit), cmocka_unit_test(heard) };

	return cmocka_run_group_tests_name("command", tests, NULL, NULL);
}
