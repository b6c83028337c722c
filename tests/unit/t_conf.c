/*
 * The configuration: every mistake is told with its line and what to do; what
 * isn't given has the default of sitrep.conf(5); the samples load.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "model/conf.h"
#include "model/conf_in.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { OWN_LINES = 5 };

struct here {
	char dir[32];
	char *path; /* of its sitrep.conf */
	struct job j;
};

static int
set_up(void **state)
{
	struct here *h = calloc(1, sizeof *h);

	assert_non_null(h);
	strcpy(h->dir, "/tmp/t_conf.XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	job_begin(&h->j, "t", 0);
	h->path = arena_printf(h->j.mem, "%s/sitrep.conf", h->dir);
	assert_int_equal(mkdir(arena_printf(h->j.mem, "%s/lists", h->dir),
			     0700),
	    0);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	struct here *h = *state;
	char cmd[64];

	job_end(&h->j);
	(void)snprintf(cmd, sizeof cmd, "rm -r %s", h->dir);
	free(h);
	return system(cmd);
}

static void
put(struct here *h, const char *name, const void *data, size_t n)
{
	char *path = arena_printf(h->j.mem, "%s/%s", h->dir, name);

	(void)unlink(path);
	assert_int_equal(file_write(&h->j, path, data, n, 0600, FILE_NOSYNC),
	    ST_OK);
}

/* What every configuration needs, on lines 1 to OWN_LINES, then `more`. */
static enum status
load_n(struct here *h, const char *more, size_t n, struct conf *c)
{
	struct buf text = BUF_INIT;
	enum status st;

	buf_printf(&text,
	    "domain = \"in.status.example\"\nurl = "
	    "\"https://status.example/\"\n"
	    "owner = \"boss@home.example\"\nlists = \"%s/lists\"\n"
	    "rota = \"%s/rota\"\n",
	    h->dir, h->dir);
	buf_add(&text, more, n);
	put(h, "sitrep.conf", text.data, text.len);
	buf_free(&text);
	job_forget(&h->j);
	st = conf_load(&h->j, h->j.mem, h->path, c);
	if (st != ST_OK)
		assert_string_not_equal(h->j.why, "");
	return st;
}

static enum status
load(struct here *h, const char *more, struct conf *c)
{
	return load_n(h, more, strlen(more), c);
}

/* The reason names the file and the line (from 1 in `more`; 0: none). */
static void
wants(struct here *h, const char *input, const char *file, unsigned line,
    const char *says)
{
	char *head = line == 0 ? arena_printf(h->j.mem, "%s/%s: ", h->dir, file)
			       : arena_printf(h->j.mem, "%s/%s:%u: ", h->dir,
				     file, line);

	if (strncmp(h->j.why, head, strlen(head)) != 0 ||
	    strstr(h->j.why, says) == NULL)
		fail_msg("for <%s>\n  wanted %s... %s\n  got    %s", input,
		    head, says, h->j.why);
}

#define PERSON \
	"person \"a\" { name = \"A\" roles = { \"noc\" } " \
	"addresses = { \"a@x.example\" } }\n"

#define PAGED \
	"person \"a\" { name = \"A\" roles = { \"noc\" } " \
	"addresses = { \"a@x.example\" } page = { \"p@x.example\" } }\n"
#define TEN "0123456789"
#define LONG TEN TEN TEN TEN TEN TEN TEN TEN "1"
#define DESK "status_from = \"desk@x.example\"\n"

static void
mistakes_are_told_with_their_line(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
		const char *says;
	} all[] = {
		/* clang-format off */
		/* Nothing may come back to us. */
		{ DESK "admin = \"Desk@x.example\"\n", 2, "come back" },
		{ DESK "noc_list = \"desk@x.example\"\n", 2, "come back" },
		{ DESK "person \"a\" { name = \"A\" roles = { \"noc\" } "
		  "addresses = {\n\"desk@x.example\" } }\n", 3, "of ours" },
		{ "component \"a\" {\nname = \"" LONG "\" }\n", 2,
		  "at most 80" },
		{ "person \"a\" {\nname = \"" LONG "\" }\n", 2,
		  "at most 80" },
		{ "component \"a\" { name = \"A\" aliases = { \"" LONG LONG LONG
		  LONG ",\" } }\n", 1, "no , ; : or =" },
		/* Syntax. */
		{ "\n\ntimezone UTC\n", 3, "equal" },
		{ "timezone =\n", 2, "" },
		{ "timezone = \"UTC\nhttp = \"\"\n", 1, "isn't closed" },
		{ "component \"a\" {\n name = \"A\"\n", 1, "add a }" },
		{ "}\n", 1, "closes nothing" },
		{ "/* one\ntwo\n", 1, "comment isn't closed" },
		{ "/* one\n * two */ // three\n# four {\nbad = 1\n", 4, "bad" },
		{ "timezone = \"${TZ}\"\n", 1, "environment" },
		{ "timezone = ${TZ}\n", 1, "environment" },
		{ "\ninclude(\"/etc/passwd\")\n", 2, "aren't included" },
		{ "relay = { smtp://127.0.0.1:25 }\n", 1, "in quotes" },
		{ "http = \"a\\nb\"\n", 1, "backslash" },
		{ "http = \"\\x00\"\n", 1, "backslash" },
		{ "timezone = \"UTC\"\r\n", 1, "CR LF" },
		{ "# \xff\n", 1, "UTF-8" },
		{ "# \x1b[31m\n", 1, "control" },
		{ "((((\n", 1, "" },
		{ "{{{{{{{{{{{{{{{\n", 1, "" },
		/* Keys. */
		{ "\ntimezne = \"UTC\"\n", 2, "did you mean `timezone`" },
		{ "relays = { }\n", 1, "did you mean `relay`" },
		{ "own-domain = { }\n", 1, "did you mean `own_domains`" },
		{ "frobnicate = 1\n", 1, "sitrep.conf(5)" },
		{ "a|b = 1\n", 1, "" },
		{ "\n\non_publish = \"x\"\n", 3, "not built yet: remove the line" },
		{ "encrypt = \"all\"\n", 1, "\"off\" or \"internal\"" },
		{ "holding = \"on\"\n", 1, "\"off\", \"sev1\" or \"sev2\"" },
		{ "\nnoc_may_publish = \"\"\n", 2, "\"stock\", \"off\" or" },
		{ "two_person = { \"sev2\" }\n", 1, "none of limited" },
		{ "on_publish = \"\"\n", 1, "not built yet" },
		{ "internal_hosts = { \"(\" }\n", 1, "no regular expression" },
		{ "internal_hosts = { \"*x\" }\n", 1, "like *.int.example" },
		{ "internal_hosts = { \" \" }\n", 1, "a pattern is empty" },
		{ "private_words = \"/nowhere/words\"\n", 1,
		    "no file /nowhere/words" },
		{ "clock_rate = 2\n", 1, "allow_clock" },
		{ "clock_rate = 0\nallow_clock = true\n", 1, "from 1" },
		{ "clock_rate = 1K\nallow_clock = true\n", 1, "number" },
		{ "silence = \"soon\"\n", 1, "a time" },
		{ "selftest = \"never\"\n", 1, "a time" },
		{ "\nrobot \"nagios\" {\n}\n", 2, "not built yet" },
		{ "http = \"\"\n\nhttp = \"\"\n", 3, "line 6" },
		{ "relay = { \"smtp://a:1\" }\nrelay = { \"smtp://b:1\" }\n", 2,
		  "keep one" },
		{ PERSON PERSON, 2, "" },
		{ PERSON "person \"b\" { nme = \"B\" }\n", 2, "`name`" },
		/* Values. */
		{ "allow_clock = maybe\n", 1, "true or false" },
		{ "max_mail = \"lots\"\n", 1, "number of bytes" },
		{ "max_mail = \"1K\"\n", 1, "from 65536" },
		{ "max_headers = many\n", 1, "a number from 100 to 1000, not many" },
		{ "max_headers = -1\n", 1, "from 100 to 1000" },
		{ "\nmax_text = \"1M\"\n", 2, "from 4096 to 262144" },
		{ "max_mail = \"999999999999M\"\n", 1, "size" },
		{ "severity 2 { handoff = \"15 minutes\" }\n", 1, "15m" },
		{ "severity 2 {\n ack = \"0\"\n}\n", 2, "from 1 min" },
		{ "severity 2 { ack = \"never\" }\n", 1, "`ack`" },
		{ "severity 6 { }\n", 1, "1 to 5" },
		{ "severity 2 { cadence = \"5h\" }\n", 1, "cadence_max" },
		{ "timezone = \"Mars/Olympus\"\n", 1, "time zone" },
		{ "timezone = \"../../etc/passwd\"\n", 1, "time zone" },
		{ "trust = \"anybody\"\n", 1, "\"open\"" },
		{ "delimiter = \"-\"\n", 1, "recipient_delimiter" },
		{ "delimiter = \"\"\n", 1, "recipient_delimiter" },
		{ "state = \"var\"\n", 1, "whole path" },
		{ "templates = \"\"\n", 1, "whole path" },
		{ "relay = { }\n", 0, "one or two" },
		{ "relay = { \"smtps://a:25\" }\n", 1, "must be like" },
		{ "relay = { \"smtp://a\" }\n", 1, "must be like" },
		{ "relay = { \"smtp://a:0\" }\n", 1, "must be like" },
		{ "relay = { \"smtp://a:99999\" }\n", 1, "must be like" },
		{ "relay = { \"smtp://[::1:25\" }\n", 1, "must be like" },
		{ "relay = { \"smtp://[]:25\" }\n", 1, "must be like" },
		{ "relay = { \"spool:here\" }\n", 1, "must be like" },
		{ "lmtp = \"localhost:24\"\n", 1, "must be a path" },
		{ "http = \"8080\"\n", 1, "must be a path" },
		{ "admin = \"root\"\n", 1, "no address" },
		{ "admin = \"x@in.status.example\"\n", 1, "come back" },
		{ "noc_list = \"a b@x.example\"\n", 1, "no address" },
		{ "status_from = \"Desk <incident>\"\n", 1, "must be like" },
		{ "status_from = \"Desk <a@x.example> x\"\n", 1,
		  "must be like" },
		{ "own_domains = { \"a b\" }\n", 1, "domain name" },
		{ "authserv = \"a; b\"\n", 1, "no name" },
		{ "zones = { \"EST\" }\n", 1, "must be like" },
		{ "zones = {\n \"EST=America/Toronto\",\n \"est=UTC\" }\n", 3,
		  "must be like" },
		{ "zones = { \"EST=Moon\" }\n", 1, "time zone" },
		{ "zones = { \"UTC=America/Toronto\" }\n", 1, "fixed" },
		{ "zones = {\n\"Z=Europe/Paris\" }\n", 2, "fixed" },
		{ "zones = { \"A=UTC\",\n\"A=UTC\" }\n", 2, "twice" },
		/* Components. */
		{ "component \"Email B\" { name = \"B\" }\n", 1, "a-z" },
		{ "component \"b\" { name = \"B\" }\n\n"
		  "component \"b\" { name = \"C\" }\n", 3,
		    "another stands above: rename one" },
		{ "severity 2 { }\n\nseverity 2 { }\n", 3, "stands above" },
		{ "authserv = { \"a\" }\n", 1, "one value" },
		{ "relay = \"a\"\nfoo { }\n", 2, "unknown key" },
		{ "component { }\n", 1, "write a name" },
		{ "component \"\" { name = \"B\" }\n", 1, "a-z" },
		{ "component \"b\" { }\n", 1, "name is missing" },
		{ "component \"b\" {\n\n name = \" \" }\n", 3, "missing" },
		{ "component \"b\" { name = \"B\"\n aliases = { \"a,b\" } }\n",
		  2, "can't be" },
		{ "component \"b\" { name = \"B\" }\n"
		  "component \"c\" { name = \"C\" aliases = { \"b\" } }\n", 2,
		  "\"b\" already" },
		{ "component \"mail-b\" { name = \"B\" }\n"
		  "component \"c\" { name = \"Mail B\" }\n", 2, "already" },
		{ "component \"b\" { name = \"B\" group = \"C\" }\n"
		  "component \"c\" { name = \"Other\" }\n", 1, "group" },
		/* People. */
		{ "person \"a\" { name = \"A\" roles = { \"noc\" } }\n", 1,
		  "no address" },
		{ "person \"a\" { name = \"A\" addresses = { \"a@b.c\" } }\n", 1,
		  "no role" },
		{ "person \"a\" { name = \"A\" addresses = { \"a@b.c\" }\n"
		  "roles = { \"boss\" } }\n", 2, "no such role" },
		{ "person \"a\" { name = \"A\" addresses = { \"a@b|c\" } }\n", 1,
		  "is no address" },
		{ "person \"a\" { name = \"A\"\naddresses = { "
		  "\"noc@IN.status.example\" } }\n", 2, "of ours" },
		{ PERSON "person \"b\" { name = \"B\" roles = { \"noc\" }\n"
		  "addresses = { \"A@X.example\" } }\n", 3,
		  "belongs to \"a\"" },
		{ PERSON "person \"b\" { name = \"B\" roles = { \"noc\" } "
		  "addresses = { \"b@x.example\" }\n"
		  "page = { \"a@x.example\" } }\n", 3, "belongs to \"a\"" },
		{ "person \"a\" { name = \"A\" addresses = { \"a@b.c\" }\n"
		  "page = { \"|page\" } }\n", 2, "from /" },
		{ "person \"a\" { name = \"A\" addresses = { \"a@b.c\" }\n"
		  "keys = { \"FINGERPRINT\" } }\n", 2, "fingerprint" },
		{ "person \"a\" { name = \"A\" addresses = { \"a@b.c\" }\n"
		  "language = \"English\" }\n", 2, "language" },
		{ "person \"a\" { name = \"A\" addresses = { \"a@b.c\" }\n"
		  "timezone = \"EST5\" }\n", 2, "time zone" },
		{ "brand \"a\" { name = \"A\" }\nbrand \"b\" { name = \"B\" }\n",
		  2, "not built yet" },
		{ "brand \"a\" { name = \"A\"\nurl = \"x\" }\n", 2, "unknown" },
		/* clang-format on */
	};
	struct here *h = *state;
	struct conf c;

	for (size_t i = 0; i < COUNT(all); i++) {
		if (load(h, all[i].text, &c) != ST_PERM)
			fail_msg("taken without complaint: %s", all[i].text);
		wants(h, all[i].text, "sitrep.conf",
		    all[i].line == 0 ? 0 : all[i].line + OWN_LINES,
		    all[i].says);
	}
}

static void
needed_keys_are_asked_for(void **state)
{
	static const struct {
		const char *text, *says;
	} all[] = {
		{ "", "`domain` is missing" },
		{ "domain = \"a.example\"", "`url` is missing" },
		{ "domain = \"a_b\"", "no domain name" },
		{ "domain = \"a..b\"", "no domain name" },
		{ "domain = \"a.example\"\nurl = \"ftp://x/\"", "https://" },
		{ "domain = \"a.example\"\nurl = \"https:///x\"", "no host" },
		{ "domain = \"a.example\"\nurl = \"https://h:x/\"", "no host" },
		{ "domain = \"a.example\"\nurl = \"https://u@h/\"", "without" },
		{ "domain = \"a.example\"\nurl = \"https://h/?q\"", "without" },
		{ "domain = \"a.example\"\nurl = \"https://h/\"",
		    "`owner` is missing" },
		{ "domain = \"a.example\"\nurl = \"https://h/\"\n"
		  "owner = \"me@a.example\"",
		    "come back" },
		{ "domain = \"a.example\"\nurl = \"https://h/\"\n"
		  "owner = \"me@b.example\"\nlists = \"/nowhere/at/all\"",
		    "/nowhere/at/all" },
	};
	struct here *h = *state;
	struct conf c;

	for (size_t i = 0; i < COUNT(all); i++) {
		put(h, "sitrep.conf", all[i].text, strlen(all[i].text));
		job_forget(&h->j);
		assert_int_equal(conf_load(&h->j, h->j.mem, h->path, &c),
		    ST_PERM);
		if (strstr(h->j.why, all[i].says) == NULL)
			fail_msg("<%s>: %s", all[i].text, h->j.why);
	}
}

static void
odd_files_are_refused(void **state)
{
	struct here *h = *state;
	struct conf c;
	char *big = malloc(2 * 1024 * 1024);

	assert_non_null(big);
	assert_int_equal(load_n(h, "# a\0b\n", 6, &c), ST_PERM);
	wants(h, "NUL", "sitrep.conf", OWN_LINES + 1, "NUL");
	memset(big, '#', 5000);
	big[4999] = '\n';
	assert_int_equal(load_n(h, big, 5000, &c), ST_PERM);
	wants(h, "long", "sitrep.conf", OWN_LINES + 1, "4096");
	memset(big, '\n', 2 * 1024 * 1024);
	assert_int_equal(load_n(h, big, 2 * 1024 * 1024, &c), ST_PERM);
	assert_non_null(strstr(h->j.why, "longer than"));
	free(big);
	put(h, "sitrep.conf", "\xef\xbb\xbf# x\n", 7);
	job_forget(&h->j);
	assert_int_equal(conf_load(&h->j, h->j.mem, h->path, &c), ST_PERM);
	wants(h, "BOM", "sitrep.conf", 1, "byte order mark");
	assert_int_equal(unlink(h->path), 0);
	job_forget(&h->j);
	assert_int_equal(conf_load(&h->j, h->j.mem, h->path, &c), ST_NONE);
	assert_int_equal(mkdir(h->path, 0700), 0);
	assert_int_equal(conf_load(&h->j, h->j.mem, h->path, &c), ST_TEMP);
	assert_int_equal(rmdir(h->path), 0);
}

/* A failed load leaves the library ready for the next. */
static void
every_cut_of_a_file_is_survived(void **state)
{
	static const char whole[] =
	    PERSON "/* c */ component 'b' { name = \"B \\\"x\\\"\" "
		   "aliases = { \"m b\", mb } } // end\n"
		   "zones = { \"EST=America/Toronto\" }\nhttp = ''\n";
	struct here *h = *state;
	struct conf c;

	for (size_t n = 0; n < sizeof whole; n++) {
		enum status st = load_n(h, whole, n, &c);

		assert_true(st == ST_OK || st == ST_PERM);
	}
	assert_int_equal(load_n(h, whole, sizeof whole - 1, &c), ST_OK);
	assert_string_equal(c.components[0].name, "B \"x\"");
	assert_string_equal(c.components[0].aliases[1], "mb");
	assert_string_equal(c.zones[0].zone, "America/Toronto");
	assert_string_equal(c.http, "");
}

static void
defaults_are_those_of_the_manual(void **state)
{
	struct here *h = *state;
	struct conf c;

	assert_int_equal(load(h, "", &c), ST_OK);
	assert_string_equal(c.path, h->path);
	assert_string_equal(c.state, "/var/lib/sitrep");
	assert_string_equal(c.templates, "/usr/share/sitrep/templates");
	assert_string_equal(c.host, "status.example");
	assert_string_equal(c.timezone, "UTC");
	assert_string_equal(c.authserv, "in.status.example");
	assert_false(c.trust_open);
	assert_false(c.allow_clock);
	assert_false(c.own_copies);
	assert_int_equal(c.n_relays, 1);
	assert_string_equal(c.relays[0], "smtp://127.0.0.1:25");
	assert_string_equal(c.lmtp, "/run/sitrep/lmtp.sock");
	assert_string_equal(c.lmtp_group, "postfix");
	assert_string_equal(c.http, "127.0.0.1:8080");
	assert_int_equal(c.n_own_domains, 0);
	assert_string_equal(c.admin, "boss@home.example");
	assert_string_equal(c.status_from,
	    "Status desk <incident@in.status.example>");
	assert_string_equal(c.status_address, "incident@in.status.example");
	assert_string_equal(c.noc_list, "");
	assert_string_equal(c.delimiter, "+");
	assert_string_equal(c.banners[0], "[EXTERNAL]");
	assert_int_equal(c.n_banners, 2);
	assert_int_equal(c.n_disclaimers, 0);
	assert_int_equal(c.max_mail, 25 * 1024 * 1024);
	assert_string_equal(c.brand.name, "status.example");
	assert_string_equal(c.brand.apology, "");
	assert_int_equal(c.n_lists, 0);
}

static void
severities_have_the_times_of_the_process(void **state)
{
	static const struct severity want[] = {
		/* clang-format off */
		{ 0 },
		{ 0, 300, 900, 3600, 7200, 300, 3600, 1800, 3 * 86400,
		  3, false },
		{ 900, 300, 900, 7200, 14400, 600, 3600, 3600, 5 * 86400,
		  3, false },
		{ 900, 300, 900, 7200, 43200, 600, 3600, 3600, -1, 2, false },
		{ 3600, 300, 900, 86400, 259200, 600, 3600, 43200, -1, 2,
		  true },
		{ -1, 300, 900, 86400, 259200, 600, 3600, 43200, -1, 2, true },
		/* clang-format on */
	};
	struct here *h = *state;
	struct conf c;

	assert_int_equal(load(h, "", &c), ST_OK);
	for (int i = 1; i <= 5; i++)
		assert_memory_equal(conf_severity(&c, i), &want[i],
		    sizeof want[i]);
	assert_ptr_equal(conf_severity(&c, 0), &c.severity[3]);
	assert_ptr_equal(conf_severity(&c, 9), &c.severity[3]);
	assert_int_equal(load(h,
			     "severity 1 { handoff = \"90s\" cadence = 30m }\n"
			     "severity 4 { handoff = never sitrep = 1h "
			     "levels = 3 office = no }\n"
			     "office = \"Sun-Thu 08:30-24:00\" remind = 5m\n",
			     &c),
	    ST_OK);
	assert_int_equal(c.severity[1].handoff, 90);
	assert_int_equal(c.severity[1].sitrep, 900);
	assert_int_equal(c.severity[1].ack, 300);
	assert_int_equal(c.severity[4].handoff, -1);
	assert_int_equal(c.severity[4].sitrep, 3600);
	assert_int_equal(c.severity[4].levels, 3);
	assert_false(c.severity[4].office);
	assert_int_equal(c.office.days, 31);
	assert_int_equal(c.office.from, 8 * 3600 + 1800);
	assert_int_equal(c.office.until, 86400);
	assert_int_equal(c.remind, 300);
}

static void
office_hours_are_a_line(void **state)
{
	static const char *const bad[] = { "", "Mon-Fri", "Mon-Fri 9-17",
		"Mon-Fri 09:00-09:00", "Mon-Fri 17:00-09:00",
		"Mon-Fry 09:00-17:00", "Mon-Fri 09:60-17:00",
		"Mon-Fri 09:00-24:01", "Mon-Fri 09:00-17:00 x",
		"mon fri 09:00-17:00", "Mon-Fri -9:00-17:00" };
	struct here *h = *state;
	struct conf c;

	assert_int_equal(load(h, "", &c), ST_OK);
	assert_int_equal(c.office.days, 62);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char line[80];

		(void)snprintf(line, sizeof line, "office = \"%s\"\n", bad[i]);
		assert_int_equal(load(h, line, &c), ST_PERM);
		assert_non_null(strstr(h->j.why, "Mon-Fri 09:00-17:00"));
		job_forget(&h->j);
	}
	assert_int_equal(load(h, "severity 2 { levels = 4 }\n", &c), ST_PERM);
	assert_non_null(strstr(h->j.why, "1 to 3"));
}

static void
things_are_found_as_people_write_them(void **state)
{
	struct here *h = *state;
	struct conf c;

	assert_int_equal(
	    load(h,
		"component \"email-b\" { name = \"Email Cluster B\" "
		"aliases = { \"cluster b\" } visible = no }\n"
		"person \"noc1\" { name = \"N\" roles = { noc, Support } "
		"addresses = { \"Noc1@X.example\", \"n@home.example\" } "
		"page = { \"55@pager.example\", \"|/bin/page it\" } "
		"keys = { \"0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 "
		"4567\" } }\n",
		&c),
	    ST_OK);
	assert_non_null(conf_component(&c, "EMAIL_B"));
	assert_non_null(conf_component(&c, "email cluster b"));
	assert_non_null(conf_component(&c, "Cluster-B"));
	assert_null(conf_component(&c, "cluster"));
	assert_null(conf_component(&c, ""));
	assert_false(c.components[0].visible);
	assert_string_equal(c.components[0].group, "");
	assert_ptr_equal(conf_person(&c, "NOC1"), &c.persons[0]);
	assert_int_equal(c.persons[0].roles, ROLE_NOC | ROLE_SUPPORT);
	assert_string_equal(c.persons[0].timezone, "UTC");
	assert_int_equal(c.persons[0].n_page, 2);
	assert_ptr_equal(conf_person_reached(&c, "noc1@x.EXAMPLE"),
	    &c.persons[0]);
	assert_ptr_equal(conf_person_reached(&c, "n@home.example"),
	    &c.persons[0]);
	assert_ptr_equal(conf_person_reached(&c, "55@pager.example"),
	    &c.persons[0]);
	assert_null(conf_person_reached(&c, "x@home.example"));
}

static void
the_host_is_that_of_the_url(void **state)
{
	static const struct {
		const char *url, *host, *whole;
	} all[] = {
		{ "https://Status.Example", "status.example",
		    "https://Status.Example/" },
		{ "http://127.0.0.1:8080/", "127.0.0.1",
		    "http://127.0.0.1:8080/" },
		{ "https://example.net/status", "example.net",
		    "https://example.net/status/" },
	};
	struct here *h = *state;
	struct conf c;

	for (size_t i = 0; i < COUNT(all); i++) {
		char *text = arena_printf(h->j.mem,
		    "domain = \"a.example\"\nowner = \"b@c.example\"\n"
		    "lists = \"%s/lists\"\nurl = \"%s\"\n",
		    h->dir, all[i].url);

		put(h, "sitrep.conf", text, strlen(text));
		assert_int_equal(conf_load(&h->j, h->j.mem, h->path, &c),
		    ST_OK);
		assert_string_equal(c.host, all[i].host);
		assert_string_equal(c.url, all[i].whole);
	}
}

static void
lists_are_read_and_checked(void **state)
{
	static const struct {
		const char *file, *text;
		unsigned line;
		const char *says;
	} all[] = {
		/* clang-format off */
		{ "a.conf", "", 0, "one list" },
		{ "a.conf", "list \"b\" { from = \"x@y.example\" }", 1,
		  "name the file b.conf" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\" }\nlist \"b\" { }", 2,
		  "one list" },
		{ "a.conf", "list \"a\" {\n}", 1, "no from" },
		{ "a.conf", "list \"a\" {\nfrom = \"x\" }", 2, "must be like" },
		{ "a.conf", "list \"a\" {\nfrom = \"I <incident@in.status."
		  "example>\" }", 2, "internal mail" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ndigest = \"daily "
		  "8:00\" }", 2, "daily 08:00" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ndigest = \"daily "
		  "24:00\" }", 2, "daily 08:00" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ndigest = "
		  "\"weekly 08:60\" }", 2, "daily 08:00" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ndigest = "
		  "\"hourly 08:00\" }", 2, "daily 08:00" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ndigest = "
		  "\"none 08:00\" }", 2, "daily 08:00" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\nkind = \"x\" }", 2,
		  "open" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\nsubject = \"x\" }",
		  2, "stable" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\nreply_to = \"x\" }",
		  2, "no address" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\nlanguage = \"\" }",
		  2, "language" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ntopics = { \"x\" } "
		  "}", 2, "no such component" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ntimezones = { "
		  "\"UTC\", \"UTC\", \"UTC\", \"UTC\" } }", 2, "three" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ntimezones = {\n"
		  "\"UTC\", \"Nix\" } }", 3, "Nix" },
		{ "a.conf", "list \"a\" {\nfrom = \"B <boss@home.example>\" }",
		  2, "comes back" },
		{ "a.conf", "list \"a\" {\nfrom = \"A@x.example\" }", 2,
		  "person \"a\"" },
		{ "a.conf", "list \"a\" {\nfrom = \"p@x.example\" }", 2,
		  "person \"a\"" },
		{ "a.conf", "list \"a\" {\nfrom = \"n@x.example\" }", 2,
		  "`noc_list`" },
		{ "a.conf", "list \"a\" { from = \"x@y.z\"\ndescription = \""
		  LONG "\" }", 2, "at most 80" },
		{ "incident.conf", "list \"incident\" { from = \"x@y.z\" }", 1,
		  "another address" },
		{ "a-owner.conf", "list \"a-owner\" { from = \"x@y.z\" }", 1,
		  "can't end" },
		{ "a23456789012345678901234x.conf",
		  "list \"a23456789012345678901234x\" { from = \"x@y.z\" }", 1,
		  "at most 24" },
		/* clang-format on */
	};
	struct here *h = *state;
	struct conf c;

	for (size_t i = 0; i < COUNT(all); i++) {
		char *name = arena_printf(h->j.mem, "lists/%s", all[i].file);

		put(h, name, all[i].text, strlen(all[i].text));
		if (load(h, PAGED "noc_list = \"n@x.example\"\n", &c) !=
		    ST_PERM)
			fail_msg("taken without complaint: %s", all[i].text);
		wants(h, all[i].text, name, all[i].line, all[i].says);
		assert_int_equal(unlink(arena_printf(h->j.mem, "%s/%s", h->dir,
				     name)),
		    0);
	}
	put(h, "lists/b.conf", "list \"b\" { from = \"x@y.z\" }", 27);
	put(h, "lists/b-2.conf",
	    "list b-2 { from = \"B <x@y.z>\" kind = account subject = stable "
	    "topics = { MAIL, \"email b\" } }",
	    92);
	put(h, "lists/.b.conf", "x", 1);
	put(h, "lists/b.conf~", "x", 1);
	assert_int_equal(load(h,
			     "component \"email-b\" { name = \"Cluster\" "
			     "group = \"Mail\" }\n",
			     &c),
	    ST_OK);
	assert_int_equal(c.n_lists, 2);
	assert_string_equal(c.lists[0].slug, "b");
	assert_string_equal(c.lists[0].description, "b");
	assert_string_equal(c.lists[0].reply_to, "");
	assert_int_equal(c.lists[0].kind, LIST_OPEN);
	assert_string_equal(c.lists[1].from_address, "x@y.z");
	assert_int_equal(c.lists[1].kind, LIST_ACCOUNT);
	assert_int_equal(c.lists[1].subject, SUBJECT_STABLE);
	assert_string_equal(c.lists[1].topics[0], "Mail");
	assert_string_equal(c.lists[1].topics[1], "email-b");
	assert_ptr_equal(conf_list(&c, "B-2"), &c.lists[1]);
	assert_null(conf_list(&c, "c"));
}

/* The sample with its /etc/sitrep in our folder. */
static void
copy(struct here *h, const char *from, const char *to)
{
	static const char etc[] = "/etc/sitrep/";
	struct buf in = BUF_INIT, out = BUF_INIT;
	const char *s, *next;

	assert_int_equal(file_read(&h->j, from, 1 << 20, &in), ST_OK);
	for (s = in.data; (next = strstr(s, etc)) != NULL;
	     s = next + sizeof etc - 1) {
		buf_add(&out, s, (size_t)(next - s));
		buf_printf(&out, "%s/", h->dir);
	}
	buf_str(&out, s);
	put(h, to, out.data, out.len);
	buf_free(&in);
	buf_free(&out);
}

static void
the_samples_load(void **state)
{
	struct here *h = *state;
	struct conf c;

	copy(h, "contrib/sitrep.conf", "sitrep.conf");
	copy(h, "lists/example-status.conf", "lists/example-status.conf");
	if (conf_load(&h->j, h->j.mem, h->path, &c) != ST_OK)
		fail_msg("%s", h->j.why);
	assert_int_equal(c.n_components, 5);
	assert_int_equal(c.n_persons, 5);
	assert_int_equal(c.n_lists, 1);
	assert_int_equal(c.lists[0].n_timezones, 2);
}

/* `word` as a whole word somewhere in the file. */
static bool
names(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = text; (s = strstr(s, word)) != NULL; s += n) {
		bool before = s != text && strchr("\n\t #{", s[-1]) != NULL;

		if (before && strchr(" \n", s[n]) != NULL)
			return true;
	}
	return false;
}

static void
check_named(const struct conf_key *keys, const char *text, const char *prefix)
{
	for (; keys->name != NULL; keys++) {
		char word[64];

		(void)snprintf(word, sizeof word, "%s%s", prefix, keys->name);
		if (keys->type != CONF_LATER && !names(text, word))
			fail_msg("%s isn't there", word);
	}
}

static void
the_samples_show_every_key(void **state)
{
	static const struct conf_key *const tables[] = { conf_keys,
		conf_component_keys, conf_person_keys, conf_severity_keys,
		conf_brand_keys };
	struct here *h = *state;
	struct buf text = BUF_INIT;

	assert_int_equal(file_read(&h->j, "contrib/sitrep.conf", 1 << 20,
			     &text),
	    ST_OK);
	for (size_t i = 0; i < COUNT(tables); i++)
		check_named(tables[i], text.data, "");
	buf_clear(&text);
	assert_int_equal(file_read(&h->j, "lists/example-status.conf", 1 << 20,
			     &text),
	    ST_OK);
	check_named(conf_list_keys, text.data, "");
	buf_free(&text);
}

static bool
is_key(const char *s, size_t n)
{
	static const struct conf_key *const tables[] = { conf_keys,
		conf_component_keys, conf_person_keys, conf_severity_keys,
		conf_brand_keys, conf_list_file_keys, conf_list_keys };

	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct conf_key *k = tables[i]; k->name != NULL; k++)
			if (k->type != CONF_LATER && strlen(k->name) == n &&
			    strncmp(k->name, s, n) == 0)
				return true;
	return false;
}

static bool
is_item(const char *text, const char *want)
{
	size_t n = strlen(want);

	while ((text = strstr(text, want)) != NULL) {
		if (strchr(" \n", text[n]) != NULL)
			return true;
		text += n;
	}
	return false;
}

/* In the manual each key is an item of its own: ".It Ic key". */
static void
the_manual_names_every_key_and_no_other(void **state)
{
	static const struct conf_key *const tables[] = { conf_keys,
		conf_component_keys, conf_person_keys, conf_severity_keys,
		conf_brand_keys, conf_list_file_keys, conf_list_keys };
	static const char item[] = "\n.It Ic ";
	struct here *h = *state;
	struct buf text = BUF_INIT;

	assert_int_equal(file_read(&h->j, "src/sitrep.conf.5", 1 << 20, &text),
	    ST_OK);
	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct conf_key *k = tables[i]; k->name != NULL;
		     k++) {
			if (k->type != CONF_LATER &&
			    !is_item(text.data,
				arena_printf(h->j.mem, "%s%s", item, k->name)))
				fail_msg("%s isn't in the manual", k->name);
		}
	for (const char *s = text.data; (s = strstr(s, item)) != NULL;) {
		size_t n;

		s += sizeof item - 1;
		n = strcspn(s, " \n");
		if (!is_key(s, n))
			fail_msg("%.*s isn't a key", (int)n, s);
	}
	buf_free(&text);
}

static char *
as_written(struct arena *mem, int64_t n)
{
	if (n % (1024 * 1024) == 0)
		return arena_printf(mem, "%lldM", (long long)n / 1024 / 1024);
	if (n % 1024 == 0)
		return arena_printf(mem, "%lldK", (long long)n / 1024);
	return arena_printf(mem, "%lld", (long long)n);
}

/* One value of one limit; what became of it is in the job and in *got. */
static enum status
set_limit(struct here *h, const struct conf_key *k, int64_t n, int64_t *got)
{
	struct conf c;
	enum status st = load(h,
	    arena_printf(h->j.mem, "%s = %lld\n", k->name, (long long)n), &c);

	if (st == ST_OK)
		*got =
		    k->type == CONF_SIZE
			? *(const int64_t *)(const void *)((char *)&c + k->at)
			: (int64_t) *
			      (const size_t *)(const void *)((char *)&c +
							     k->at);
	return st;
}

static void
check_limit(struct here *h, const struct conf_key *k, const char *manual)
{
	struct arena *mem = h->j.mem;
	const char *item =
	    strstr(manual, arena_printf(mem, "\n.It Ic %s ", k->name));
	char *text = arena_copy(mem, item, strcspn(item + 1, ".") + 400);
	int64_t range[] = { k->min, k->max }, got = 0;
	struct conf c;
	size_t initial;

	for (char *s = text; *s != '\0'; s++)
		*s = *s == '\n' ? ' ' : *s;
	if (strstr(text,
		arena_printf(mem, "rom %s to %s", as_written(mem, k->min),
		    as_written(mem, k->max))) == NULL)
		fail_msg("%s: the manual tells another range", k->name);
	assert_int_equal(load(h, "", &c), ST_OK);
	memcpy(&initial, (char *)&c + k->at, sizeof initial);
	if (strstr(text, arena_printf(mem, " %s ",
			     as_written(mem, (int64_t)initial))) == NULL)
		fail_msg("%s: the manual tells another default", k->name);
	for (size_t i = 0; i < COUNT(range); i++) {
		assert_int_equal(set_limit(h, k, range[i], &got), ST_OK);
		assert_int_equal(got, range[i]);
	}
	range[0]--, range[1]++;
	for (size_t i = 0; i < COUNT(range); i++) {
		assert_int_equal(set_limit(h, k, range[i], &got), ST_PERM);
		assert_non_null(strstr(h->j.why,
		    arena_printf(mem, "from %lld to %lld", (long long)k->min,
			(long long)k->max)));
	}
}

static void
limits_have_a_range(void **state)
{
	struct here *h = *state;
	struct buf text = BUF_INIT;
	size_t n = 0;

	assert_int_equal(file_read(&h->j, "src/sitrep.conf.5", 1 << 20, &text),
	    ST_OK);
	for (const struct conf_key *k = conf_keys; k->name != NULL; k++)
		if (k->type == CONF_SIZE || k->type == CONF_LIMIT) {
			check_limit(h, k, text.data);
			n++;
		}
	assert_int_equal(n, 11);
	buf_free(&text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mistakes_are_told_with_their_line),
		TEST(needed_keys_are_asked_for),
		TEST(odd_files_are_refused),
		TEST(every_cut_of_a_file_is_survived),
		TEST(defaults_are_those_of_the_manual),
		TEST(severities_have_the_times_of_the_process),
		TEST(office_hours_are_a_line),
		TEST(things_are_found_as_people_write_them),
		TEST(the_host_is_that_of_the_url),
		TEST(lists_are_read_and_checked),
		TEST(limits_have_a_range),
		TEST(the_samples_load),
		TEST(the_samples_show_every_key),
		TEST(the_manual_names_every_key_and_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
