/* model/tongue.h: a text in several languages is one, and comes apart again. */
#include "t.h"

#include "model/tongue.h"

static struct arena *mem;

static int
begin(void **state)
{
	(void)state;
	mem = arena_new();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static void
one_language_is_the_text_itself(void **state)
{
	struct tongue *all;

	(void)state;
	assert_int_equal(tongue_split(mem, "\nA\n--- public ---\nB\n", "en",
			     &all),
	    1);
	assert_string_equal(all[0].lang, "en");
	assert_string_equal(all[0].text, "\nA\n--- public ---\nB\n");
	assert_int_equal(tongue_split(mem, "", "en", &all), 1);
	assert_string_equal(all[0].text, "");
}

static void
several_come_apart(void **state)
{
	struct tongue *all;

	(void)state;
	assert_int_equal(tongue_split(mem,
			     "We look.\n\n--- public: fr ---\n\nNous\n\n"
			     "cherchons.\n\n--- public: pt-BR ---\n\nVemos.",
			     "en", &all),
	    3);
	assert_string_equal(all[0].text, "We look.");
	assert_string_equal(all[1].lang, "fr");
	assert_string_equal(all[1].text, "Nous\n\ncherchons.");
	assert_string_equal(all[2].lang, "pt-BR");
	assert_string_equal(all[2].text, "Vemos.");
	assert_string_equal(tongue_join(mem, all, 3),
	    "We look.\n\n--- public: fr ---\n\nNous\n\ncherchons.\n\n"
	    "--- public: pt-BR ---\n\nVemos.");
}

static void
what_only_looks_like_a_marker_is_text(void **state)
{
	static const char *const texts[] = { "--- public: french words ---",
		"--- public: f ---", "x --- public: fr ---",
		"--- public: fr --- x", "--- public: fr --", "--- public: fr",
		" --- public: fr ---" };
	struct tongue *all;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_null(tongue_next(texts[i]));
		assert_int_equal(tongue_split(mem, texts[i], "en", &all), 1);
		assert_string_equal(all[0].text, texts[i]);
	}
}

static void
a_language_that_stands_twice_is_one_text(void **state)
{
	static const struct tongue all[] = { { "en", "A", NULL },
		{ "fr", "B", NULL }, { "en", "C", NULL }, { "fr", "D", NULL } };

	(void)state;
	assert_string_equal(tongue_join(mem, all, 4),
	    "A\n\nC\n\n--- public: fr ---\n\nB\n\nD");
}

static void
a_language_serves_its_countries(void **state)
{
	(void)state;
	assert_true(tongue_serves("pt", "pt-BR"));
	assert_true(tongue_serves("pt-br", "pt-BR"));
	assert_false(tongue_serves("pt-PT", "pt-BR"));
	assert_false(tongue_serves("pt-BR", "pt"));
	assert_false(tongue_serves("en", "fr"));
	assert_false(tongue_serves("", "fr"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_language_is_the_text_itself),
		cmocka_unit_test(several_come_apart),
		cmocka_unit_test(what_only_looks_like_a_marker_is_text),
		cmocka_unit_test(a_language_that_stands_twice_is_one_text),
		cmocka_unit_test(a_language_serves_its_countries),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
