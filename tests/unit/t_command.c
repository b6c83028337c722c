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

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(ends),
		cmocka_unit_test(limit) };

	return cmocka_run_group_tests_name("command", tests, NULL, NULL);
}
