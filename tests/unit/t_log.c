/* Log lines: base/log.c. */
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { SAID = 16 * 1024 };

/* What a child says on standard error, and its exit status. */
static int
said(void (*say)(const char *), const char *what, char *out)
{
	size_t n = 0;
	ssize_t got;
	int fd[2], status = -1;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	if ((pid = fork()) == 0) {
		(void)dup2(fd[1], STDERR_FILENO);
		(void)close(fd[0]);
		(void)close(fd[1]);
		log_open(LOG_TO_STDERR, "sitrep");
		say(what);
		_exit(0);
	}
	assert_true(pid > 0);
	(void)close(fd[1]);
	while (n < SAID - 1 && (got = read(fd[0], out + n, SAID - 1 - n)) > 0)
		n += (size_t)got;
	(void)close(fd[0]);
	out[n] = '\0';
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

static void
note(const char *what)
{
	log_note("step=x from=%s st=ok", what);
}

static void
end(const char *what)
{
	die("step=x why=%s", what);
}

static void
test_bytes(void **state)
{
	static const struct {
		const char *in, *out;
	} table[] = {
		/* clang-format off */
		{ "noc1@example.net", "noc1@example.net" },
		{ "a\nsitrep: note: step=forged", "a\\x0asitrep: note: step=forged" },
		{ "a\r\nb", "a\\x0d\\x0ab" },
		{ "\x1b[2J\x1b]0;x\x07", "\\x1b[2J\\x1b]0;x\\x07" },
		{ "\t\x0b\x08\x7f", "\\x09\\x0b\\x08\\x7f" },
		{ "\xff\xfe\xc0\xaf", "\\xff\\xfe\\xc0\\xaf" },
		{ "\xc3\xa9", "\\xc3\\xa9" },
		{ "\xe2\x80\xae", "\\xe2\\x80\\xae" },
		{ "\xc2\x9b" "31m", "\\xc2\\x9b31m" },
		{ "%s%n%x", "%s%n%x" },
		{ "", "" },
		/* clang-format on */
	};
	char out[SAID], want[SAID];

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		assert_int_equal(said(note, table[i].in, out), 0);
		(void)snprintf(want, sizeof want,
		    "sitrep: note: step=x from=%s st=ok\n", table[i].out);
		assert_string_equal(out, want);
		assert_int_equal(said(end, table[i].in, out), 75);
		(void)snprintf(want, sizeof want,
		    "sitrep: die: step=x why=%s\n", table[i].out);
		assert_string_equal(out, want);
	}
}

/* However long: one line that ends, cut between two escapes. */
static void
test_length(void **state)
{
	static const char bytes[] = { 'a', '\n', '\xff' };
	static char in[SAID], out[SAID];

	(void)state;
	for (size_t k = 0; k < sizeof bytes; k++) {
		memset(in, bytes[k], sizeof in - 1);
		assert_int_equal(said(note, in, out), 0);
		assert_ptr_equal(strchr(out, '\n'), out + strlen(out) - 1);
		assert_true(strlen(out) > 1000 && strlen(out) < 5000);
		for (const char *p = out; p[1] != '\0'; p++)
			assert_in_range((unsigned char)*p, 0x20, 0x7e);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
