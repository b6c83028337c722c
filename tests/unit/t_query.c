/* What somebody looks for, as a query in which nothing is an operator. */
#include "t.h"

#include <string.h>

#include "text/query.h"

static void
queries(void **state)
{
	static const struct {
		const char *words, *query;
	} all[] = {
		{ "", NULL },
		{ "  - * \" ( ", NULL },
		{ "imap", "\"imap\"*" },
		{ "ab", "\"ab\"" },
		{ "imap logins", "\"imap\" \"logins\"*" },
		{ " IMAP \t\n OR  NOT x", "\"IMAP\" \"OR\" \"NOT\" \"x\"" },
		{ "title:imap", "\"title:imap\"*" },
		{ "a\"b", "\"a\"\"b\"*" },
		{ "\"quoted words\"", "\"\"\"quoted\" \"words\"\"\"*" },
		{ "INC-2026-0042", "\"INC-2026-0042\"*" },
		{ "pann\xc3\xa9", "\"pann\xc3\xa9\"*" },
		{ "\x01x\x7fyz", "\"xyz\"*" },
		{ "1 2 3 4 5 6 7 8 9 10",
		    "\"1\" \"2\" \"3\" \"4\" \"5\" \"6\" \"7\" \"8\"" },
	};
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *got = query_of(mem, all[i].words);

		if (all[i].query == NULL)
			assert_null(got);
		else
			assert_string_equal(got, all[i].query);
	}
	arena_free(mem);
}

/* However much is typed, the query stays short. */
static void
bounds(void **state)
{
	struct arena *mem = arena_new();
	char *words = arena_alloc(mem, 100001);

	(void)state;
	memset(words, 'a', 100000);
	words[100000] = '\0';
	assert_true(strlen(query_of(mem, words)) <= QUERY_LENGTH + 3);
	memset(words, '"', 100000);
	words[1] = 'a';
	assert_true(strlen(query_of(mem, words)) <= 2 * QUERY_LENGTH + 3);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries),
		cmocka_unit_test(bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
