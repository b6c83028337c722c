/* Page texts: 160 characters of the GSM alphabet, whatever the names are. */
#include "t.h"

#include <string.h>

#include "text/pager.h"

static struct arena *mem;

static const char usual[] = "p.k7q2m9tz4w@in.status.example";

static const char *
page(const char *what, const char *to)
{
	const struct pager p = { .id = "INC-2026-0042",
		.what = what,
		.severity = "SEV2",
		.said = "yours since 14:20",
		.answer = "ack",
		.to = to };

	return pager_text(mem, &p);
}

static void
short_names(void **state)
{
	(void)state;
	assert_string_equal(page("Email Cluster B", usual),
	    "INC-2026-0042 Email Cluster B SEV2, yours since 14:20. Answer "
	    "ack to p.k7q2m9tz4w@in.status.example");
	assert_string_equal(page("", usual),
	    "INC-2026-0042 SEV2, yours since 14:20. Answer ack to "
	    "p.k7q2m9tz4w@in.status.example");
}

/* Whatever is cut, these stand in it whole. */
static void
check(const char *what, const char *to)
{
	const char *s = page(what, to);

	if (strlen(s) > PAGER_MAX)
		fail_msg("%zu characters: %s", strlen(s), s);
	assert_int_equal(strncmp(s, "INC-2026-0042 ", 14), 0);
	assert_non_null(strstr(s, " SEV2"));
	assert_non_null(strstr(s, ". Answer ack to "));
	assert_string_equal(s + strlen(s) - strlen(to), to);
	for (; *s != '\0'; s++)
		if (*s < 0x20 || *s > 0x7e || strchr("[]{}\\|~^`", *s) != NULL)
			fail_msg("no GSM character: %c", *s);
}

static void
long_names(void **state)
{
	static const char *const parts[] = { "Email", "Überraschung",
		"\u540d\u524d", "a[b]{c}|d~e^f`g\\h", "x",
		"averylongnamewithoutanyblankinitthatgoesonandon" };
	char what[600], to[200];

	(void)state;
	for (size_t n = 0; n < 120; n++) {
		what[0] = '\0';
		for (size_t i = 0; strlen(what) < n * 4; i++) {
			strcat(what, parts[(n + i) % 6]);
			strcat(what, i % 3 == 0 ? ", " : " ");
		}
		check(what, usual);
		(void)snprintf(to, sizeof to, "p.k7q2m9tz4w@%.*s.example",
		    (int)(n % 90),
		    "status-of-a-company-with-a-very-long-name.in-a-town-"
		    "with-one-too.and-one-more-for-the-country");
		check(what, to);
	}
	assert_string_equal(page("Email Cluster A, Email Cluster B, Webmail, "
				 "Registrar API and the Control Panel",
				usual),
	    "INC-2026-0042 Email Cluster A, Email Cluster B, Webmail, "
	    "Registrar API and the Control... SEV2, yours since 14:20. Answer "
	    "ack to "
	    "p.k7q2m9tz4w@in.status.example");
}

/* A domain that leaves no room: it stays whole all the same. */
static void
endless_domain(void **state)
{
	char to[260];
	const char *s;

	(void)state;
	(void)snprintf(to, sizeof to, "p.k7q2m9tz4w@%0200d.example", 0);
	s = page("Email", to);
	assert_string_equal(s,
	    arena_printf(mem, "INC-2026-0042 SEV2. Answer ack to %s", to));
}

static void
secret(void **state)
{
	const struct pager p = { "INC-2026-0042", "", "", "", "ack", usual };

	(void)state;
	assert_string_equal(pager_text(mem, &p),
	    "INC-2026-0042. Answer ack to p.k7q2m9tz4w@in.status.example");
}

static void
plain(void **state)
{
	(void)state;
	assert_string_equal(pager_plain(mem, "Çà et là – œuvre «ß»"),
	    "Ca et la - oeuvre \"ss\"");
	assert_string_equal(pager_plain(mem, "Łódź, Český Krumlov, Åse"),
	    "Lodz, Cesky Krumlov, Ase");
	assert_string_equal(pager_plain(mem, "e\u0301\u200b\u4e2d[x]"), "e?"
									"?(x)");
	assert_string_equal(pager_plain(mem, "a\tb\nc"), "a?b?c");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(short_names),
		cmocka_unit_test(long_names), cmocka_unit_test(endless_domain),
		cmocka_unit_test(secret), cmocka_unit_test(plain) };
	int bad;

	mem = arena_new();
	bad = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(mem);
	return bad;
}
