#include "t.h"

#include "base/file.h"
#include "base/when.h"
#include "text/listcommand.h"

enum { NOW = 1772632800 /* 2026-03-04 14:00 UTC */ };

static struct component parts[] = {
	{ .slug = "email-b",
	    .name = "Email Cluster B",
	    .group = "Email",
	    .visible = true },
	{ .slug = "dns", .name = "DNS", .group = "", .visible = true },
	{ .slug = "hidden", .name = "Hidden", .group = "" },
};
static const struct conf conf = { .components = parts,
	.n_components = 3,
	.timezone = "UTC" };
static const struct list_reading reading = { &conf, NOW, "Europe/Paris", NULL };

static const struct {
	const char *line;
	enum list_verb verb;
	const char *value; /* of a refused line: what it says to write */
} table[] = {
	/* clang-format off */
	{ "subscribe", LIST_SUBSCRIBE, "" },
	{ " Subscribe. ", LIST_SUBSCRIBE, "" },
	{ "join each", LIST_SUBSCRIBE, "each" },
	{ "subscribe first-last!", LIST_SUBSCRIBE, "first-last" },
	{ "subscribe me please", LIST_REFUSED, "subscribe first-last" },
	{ "UNSUBSCRIBE", LIST_UNSUBSCRIBE, "" },
	{ "unsubscribe me", LIST_REFUSED, "unsubscribe" },
	{ "unsubscrbe", LIST_REFUSED, "unsubscribe" },
	{ "!set topics dns", LIST_TOPICS, "dns" },
	{ "/set topics dns", LIST_TOPICS, "dns" },
	{ "**set topics: dns**", LIST_TOPICS, "dns" },
	{ "topics=Email, dns", LIST_TOPICS, "group:email,dns" },
	{ "set topics hidden", LIST_TOPICS, "hidden" },
	{ "set topics x", LIST_REFUSED, "set topics all" },
	{ "set min Critical", LIST_LEAST, "critical" },
	{ "set impact partial outage", LIST_LEAST, "major" },
	{ "min all", LIST_LEAST, "" },
	{ "set min 3", LIST_REFUSED, "set min major" },
	{ "maintenance only", LIST_KIND, "maintenance" },
	{ "Incidents only", LIST_KIND, "incidents" },
	{ "maintenance", LIST_REFUSED, "help" },
	{ "set lang FR", LIST_LANG, "fr" },
	{ "set lang pt-BR", LIST_LANG, "pt-br" },
	{ "set lang f", LIST_REFUSED, "set lang fr" },
	{ "set lang ../../etc", LIST_REFUSED, "set lang fr" },
	{ "set tz new york", LIST_ZONE, "America/New_York" },
	{ "set time zone Auckland", LIST_ZONE, "Pacific/Auckland" },
	{ "set tz ../../etc/passwd", LIST_REFUSED, "set tz Europe/Paris" },
	{ "set format HTML", LIST_FORMAT, "html" },
	{ "first-last", LIST_DELIVERY, "first-last" },
	{ "First Last", LIST_REFUSED, "help" },
	{ "set delivery first and last", LIST_DELIVERY, "first-last" },
	{ "set digest off", LIST_DELIVERY, "each" },
	{ "set digest weekly", LIST_REFUSED, "set delivery first-last" },
	{ "resume", LIST_RESUME, "" },
	{ "which", LIST_WHICH, "" },
	{ "which one?", LIST_REFUSED, "which" },
	{ "open", LIST_OPEN_EVENTS, "" },
	{ "open the gates please", LIST_REFUSED, "help" },
	{ "pause", LIST_REFUSED, "pause until 2026-03-18" },
	{ "pause until yesterday", LIST_REFUSED, "pause until 2026-03-18" },
	{ "pause 400d", LIST_REFUSED, "pause until 2026-03-18" },
	{ "get it", LIST_REFUSED, "get INC-2026-0042" },
	{ "sett topics dns", LIST_REFUSED, "set topics dns" },
	{ "set topic dns", LIST_TOPICS, "dns" },
	{ "set tpoics dns", LIST_REFUSED, "set topics dns" },
	{ "set", LIST_REFUSED, "set topics all" },
	{ "set fire to it", LIST_REFUSED, "set topics all" },
	/* clang-format on */
};

static void
lines(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct list_commands c;
		const char *have;

		listcommand_read(mem, &reading, table[i].line, &c);
		assert_int_equal(c.n, 1);
		have = c.list[0].verb == LIST_REFUSED ? c.list[0].copy
						      : c.list[0].value;
		if (c.list[0].verb != table[i].verb ||
		    strcmp(have, table[i].value) != 0)
			fail_msg("%s: %d %s", table[i].line,
			    (int)c.list[0].verb, have);
		if (c.list[0].verb == LIST_REFUSED)
			assert_true(c.list[0].no[0] != '\0');
	}
	arena_free(mem);
}

static const struct list weekly = { .digest = DIGEST_WEEKLY };
static const struct list_reading with_digest = { &conf, NOW, NULL, &weekly };

static void
digests(void **state)
{
	static const struct {
		const char *line, *kept; /* NULL: refused */
	} all[] = { { "digest", "digest" }, { "set digest", "digest" },
		{ "set digest daily", "digest" },
		{ "set digest: on", "digest" }, { "digest summary", "digest" },
		{ "set digest weekly", "digest-weekly" },
		{ "set digest mime", "digest-mime" },
		{ "Set Digest Weekly Mime", "digest-weekly-mime" },
		{ "set digest mime weekly", "digest-weekly-mime" },
		{ "set delivery digest", "digest" },
		{ "set delivery digest weekly", "digest-weekly" },
		{ "set delivery digest-mime", "digest-mime" },
		{ "subscribe digest", "digest" },
		{ "subscribe digest weekly", "digest-weekly" },
		{ "set digest off", "each" }, { "set digest none", "each" },
		{ "set digest hourly", NULL }, { "subscribe digests", NULL },
		{ "set delivery x", NULL } };
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct list_commands c;

		listcommand_read(mem, &with_digest, all[i].line, &c);
		assert_int_equal(c.n, 1);
		if ((c.list[0].verb == LIST_REFUSED) != (all[i].kept == NULL) ||
		    (all[i].kept != NULL &&
			strcmp(c.list[0].value, all[i].kept) != 0))
			fail_msg("%s: %d %s", all[i].line, (int)c.list[0].verb,
			    c.list[0].value);
	}
	arena_free(mem);
}

static void
times(void **state)
{
	static const struct {
		const char *line;
		int64_t until;
	} all[] = {
		{ "pause 14d", NOW + 14 * DAY },
		{ "pause for 12h", NOW + DAY / 2 },
		{ "pause until 2026-04-01", 1774994400 }, /* 00:00 Paris */
		{ "pause until 2026-04-01 12:00Z", 1775044800 },
		{ "pause until 1 Apr", 1774994400 },
	};
	struct arena *mem = arena_new();
	struct list_commands c;

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		listcommand_read(mem, &reading, all[i].line, &c);
		assert_int_equal(c.list[0].verb, LIST_PAUSE);
		assert_int_equal(c.list[0].until, all[i].until);
	}
	listcommand_read(mem, &reading, "get 42\nfollow [INC-2025-0007]\n", &c);
	assert_int_equal(c.list[0].id.number, 42);
	assert_int_equal(c.list[0].id.year, 2026);
	assert_int_equal(c.list[1].verb, LIST_FOLLOW);
	assert_int_equal(c.list[1].id.year, 2025);
	arena_free(mem);
}

static void
texts(void **state)
{
	struct arena *mem = arena_new();
	struct list_command one;
	struct list_commands c;
	struct buf b = BUF_INIT;

	(void)state;
	listcommand_read(mem, &reading,
	    "\nHello team,\n\nset min major\nwhich\n-- \nset min minor\n", &c);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.odd + c.unread, 0);
	listcommand_read(mem, &reading, "", &c);
	assert_int_equal(c.n, 0);
	listcommand_read(mem, &reading,
	    "I read\nthat you\nwere down\n\nwhy\n\nset "
	    "min major\n",
	    &c);
	assert_int_equal(c.n, LISTCOMMAND_ODD);
	assert_int_equal(c.odd, 3);
	assert_int_equal(c.unread, 2);
	for (int i = 0; i < 2 * LISTCOMMAND_MAX; i++)
		buf_str(&b, "which\n");
	listcommand_read(mem, &reading, b.data, &c);
	assert_int_equal(c.n, LISTCOMMAND_MAX);
	assert_int_equal(c.unread, LISTCOMMAND_MAX);
	buf_free(&b);
	assert_true(listcommand_line(mem, &reading, "Re: RE: help", &one));
	assert_int_equal(one.verb, LIST_HELP);
	assert_false(listcommand_line(mem, &reading, "set topics x", &one));
	assert_false(listcommand_line(mem, &reading, "Question", &one));
	arena_free(mem);
}

/* What the help of a language offers is read as it stands there. */
static void
help_in(const char *lang)
{
	struct buf b = BUF_INIT;
	struct job j;
	char *rest, *line;
	size_t n = 0;

	job_begin(&j, "t", NOW);
	assert_int_equal(file_read(&j,
			     arena_printf(j.mem, "templates/%s/listhelp.txt",
				 lang),
			     1 << 16, &b),
	    ST_OK);
	rest = b.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char *gap = strstr(line + strspn(line, " "), "  ");
		struct list_commands c;

		if (strncmp(line, "  ", 2) != 0 || line[2] == ' ')
			continue;
		if (gap != NULL)
			*gap = '\0';
		listcommand_read(j.mem, &with_digest, line, &c);
		if (c.n != 1 || c.list[0].verb == LIST_REFUSED)
			fail_msg("%s: isn't read", line);
		n++;
	}
	assert_int_equal(n, 18);
	buf_free(&b);
	job_end(&j);
}

static void
help(void **state)
{
	static const char *const all[] = { "en", "fr", "de", "es", "pt" };

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		help_in(all[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lines),
		cmocka_unit_test(digests), cmocka_unit_test(times),
		cmocka_unit_test(texts), cmocka_unit_test(help) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
