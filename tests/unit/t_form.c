#include "t.h"

#include "base/arena.h"
#include "text/form.h"

#define B "multipart/form-data; boundary=b-1"
#define PART(name, value) \
	"--b-1\r\nContent-Disposition: form-data; name=\"" name \
	"\"\r\n\r\n" value "\r\n"

static const struct {
	const char *type, *body, *want; /* of "address"; NULL: none */
} table[] = {
	/* clang-format off */
	{ NULL, "address=a%40x.example", "a@x.example" },
	{ NULL, "x=y&address=a+b&address=c", "a b" },
	{ NULL, "address", "" },
	{ NULL, "address=", "" },
	{ NULL, "", NULL },
	{ NULL, "&&=&x", NULL },
	{ NULL, "Address=a", NULL },
	{ NULL, "addres%73=a", "a" },
	{ NULL, "address=%", "%" },
	{ NULL, "address=%4", "%4" },
	{ NULL, "address=%zz%41", "%zzA" },
	{ NULL, "address=a%00b", NULL },
	{ NULL, "address=a%ffb", NULL },
	{ NULL, "address=b%C3%BCcher", "bücher" },
	{ "application/x-www-form-urlencoded; charset=utf-8", "address=a", "a" },
	{ "text/plain", "address=a", "a" },
	{ B, PART("list", "l") PART("address", "a@x") "--b-1--\r\n", "a@x" },
	{ "Multipart/Form-Data; charset=x; boundary=\"b-1\"",
	  "preamble\r\n" PART("address", "a") "--b-1--", "a" },
	{ B, PART("address", "") "--b-1--\r\n", "" },
	{ B, PART("address", "two\r\nlines") "--b-1--\r\n", "two\r\nlines" },
	{ B, PART("address", "a\xff") "--b-1--\r\n", NULL },
	{ B, "--b-1\r\nContent-Disposition: form-data; name=\"address\"\r\n\r\na",
	  NULL },
	{ B, "--b-1\r\nX: name=\"address\"\r\n\r\na\r\n--b-1--\r\n", NULL },
	{ B, "--b-1\r\n", NULL },
	{ B, "--b-1", NULL },
	{ B, "", NULL },
	{ "multipart/form-data", PART("address", "a") "--b-1--\r\n", NULL },
	{ "multipart/form-data; boundary=", "x", NULL },
	{ "multipart/form-data; boundary=\"\"", "x", NULL },
	/* clang-format on */
};

static void
values(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *got = form_value(mem, table[i].type, table[i].body,
		    strlen(table[i].body), "address");

		if ((got == NULL) != (table[i].want == NULL) ||
		    (got != NULL && strcmp(got, table[i].want) != 0))
			fail_msg("%zu: %s: have %s, want %s", i, table[i].body,
			    got == NULL ? "none" : got,
			    table[i].want == NULL ? "none" : table[i].want);
	}
	assert_null(form_value(mem, NULL, "address=a\0b", 11, "address"));
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(values) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
