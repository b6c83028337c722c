/* A mail of ours, whatever its shape, reads as the text that went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/legible.h"
#include "text/mailer.h"

static const char text[] =
    "Prices in \xe2\x82\xac = 5; a line that is so long that it cannot stand "
    "in quoted-printable as it is, however one looks at it.\n"
    "\n"
    "-- dashes\n"
    "trailing blank \n"
    "From here on it is plain.\n";

enum shape { PLAIN, RAW, ALTERNATIVE, ORIGINAL, SHAPES };

static char *
written(struct job *j, enum shape shape)
{
	struct mailer m = MAILER_INIT;
	size_t n;
	char *raw;

	mailer_words(&m, "Subject", "boundary=\"x\" in a subject");
	switch (shape) {
	case PLAIN: mailer_text(&m, text); break;
	case RAW: mailer_text_raw(&m, text); break;
	case ALTERNATIVE: mailer_alternative(&m, text, "<p>x</p>\n"); break;
	default: mailer_original(&m, text, "A: b\n\nc\n", 8); break;
	}
	assert_int_equal(mailer_end(&m, j, &raw, &n), ST_OK);
	return raw;
}

static void
every_shape(void **state)
{
	struct job j;

	(void)state;
	job_begin(&j, "t", 0);
	for (enum shape s = PLAIN; s < SHAPES; s++)
		assert_string_equal(legible(j.mem, written(&j, s)), text);
	job_end(&j);
}

/* What isn't whole is no reason to read beyond its end. */
static void
cut_short(void **state)
{
	struct job j;

	(void)state;
	job_begin(&j, "t", 0);
	for (enum shape s = PLAIN; s < SHAPES; s++) {
		char *raw = written(&j, s);

		for (size_t n = strlen(raw); n-- != 0;) {
			char *part = arena_copy(j.mem, raw, n);

			assert_true(strlen(legible(j.mem, part)) <= n);
		}
	}
	job_end(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shape),
		cmocka_unit_test(cut_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
