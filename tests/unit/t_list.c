#include "t.h"

#include "base/log.h"
#include "cmd/list_import.h"
#include "model/member.h"
#include "model/store.h"
#include "standin.h"
#include "text/roster.h"

struct spot {
	char *dir;
	struct job j;
	struct world w;
	struct list list;
};

static int
setup(void **state)
{
	struct spot *p = calloc(1, sizeof *p);

	p->dir = t_folder();
	job_begin(&p->j, "test", 1000);
	p->list = (struct list){ .slug = "l", .language = "en" };
	if (!freopen("/dev/null", "w", stderr) ||
	    store_open(&p->j, p->dir, DB_CREATE, &p->w.db) != ST_OK)
		return -1;
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct spot *p = *state;

	db_close(p->w.db);
	job_end(&p->j);
	t_remove(p->dir);
	free(p);
	return 0;
}

static struct import
take(struct spot *p, const char *text, size_t n)
{
	const struct import_wish wish = { .list = &p->list, .source = "test" };
	FILE *in = tmpfile();
	struct source *from;
	struct import i;

	assert_int_equal(fwrite(text, 1, n, in), n);
	rewind(in);
	assert_int_equal(source_file(&p->j, &p->w.conf, in, "", &from), ST_OK);
	assert_int_equal(list_import(&p->w, &p->j, &wish, from, &i), ST_OK);
	source_close(from);
	(void)fclose(in);
	return i;
}

#define TAKE(p, s) take(p, s, sizeof(s) - 1)

static void
expect(struct import i, int added, int there, int away, int bad)
{
	assert_int_equal(i.added, added);
	assert_int_equal(i.there, there);
	assert_int_equal(i.away, away);
	assert_int_equal(i.bad, bad);
}

static void
lines(void **state)
{
	struct spot *p = *state;
	struct member m;

	expect(TAKE(p, ""), 0, 0, 0, 0);
	expect(TAKE(p, "\xef\xbb\xbf"
		       "a@x.example\r\n\n# c\n  b@x.example \n"
		       "Doe, J <c@x.example>\nA@X.example\nno\n"
		       "d@x.example|cmd\ne@x\0y.example\nf@x.example"),
	    4, 1, 0, 3);
	assert_int_equal(member_find(p->w.db, &p->j, "l", "b@x.example", &m),
	    ST_OK);
	assert_int_equal(member_set_status(p->w.db, &p->j, m.id, "l", "left"),
	    ST_OK);
	expect(TAKE(p, "b@x.example\na@x.example\n"), 0, 1, 1, 0);
	assert_int_equal(member_find(p->w.db, &p->j, "l", "b@x.example", &m),
	    ST_OK);
	assert_string_equal(m.status, "left");
}

static void
columns(void **state)
{
	struct spot *p = *state;
	struct member m;

	expect(TAKE(p, "\xef\xbb\xbfName;E-Mail;Time zone;lang;format\n"
		       "\"Doe; \"\"J\"\"\nof x\";a@x.example;Europe/Paris;fr;"
		       "TEXT\nx;b@x.example;;;\nx;c@x.example;Mars/Base;;\n"
		       "x;d@x.example;;f,r;\ny\n\"open;e@x.example\n"),
	    2, 0, 0, 4);
	assert_int_equal(member_find(p->w.db, &p->j, "l", "a@x.example", &m),
	    ST_OK);
	assert_string_equal(m.zone, "Europe/Paris");
	assert_string_equal(m.lang, "fr");
	assert_string_equal(m.format, "text");
	expect(TAKE(p, "email\nz@x.example\n"), 1, 0, 0, 0);
}

/* Who left, and what a member chose, also comes from a file. */
static void
states(void **state)
{
	static const struct {
		const char *address, *status, *delivery;
	} table[] = {
		/* clang-format off */
		{ "a@x.example", "active", "each" },
		{ "b@x.example", "nomail", "each" },
		{ "c@x.example", "bounced", "each" },
		{ "d@x.example", "left", "each" },
		{ "e@x.example", "active", "digest-mime" },
		{ "f@x.example", "nomail", "digest" },
		{ "g@x.example", "complained", "each" },
		/* clang-format on */
	};
	struct spot *p = *state;
	struct member m;

	expect(TAKE(p, "E-Mail,Delivery Status,delivery_mode,nomail,Joined,"
		       "opt-in time\n"
		       "a@x.example,enabled,regular,no,2019-04-01,\n"
		       "b@x.example,by_user,,,,\n"
		       "c@x.example,by_bounces,,yes,,2018-05-06 07:08:09\n"
		       "d@x.example,unsubscribed,,,,\n"
		       "e@x.example,,mime_digests,0,,\n"
		       "f@x.example,,plaintext_digests,1,,\n"
		       "g@x.example,Spam,,,,\n"
		       "h@x.example,pending,,,,\n"
		       "i@x.example,purple,,,,\n"
		       "j@x.example,,weekly,,,\n"
		       "k@x.example,,,,1 Apr,\n"
		       "l@x.example,,,,,2019-13-01\n"),
	    7, 0, 0, 5);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		assert_int_equal(member_find(p->w.db, &p->j, "l",
				     table[i].address, &m),
		    ST_OK);
		assert_string_equal(m.status, table[i].status);
		assert_string_equal(m.delivery, table[i].delivery);
		assert_string_equal(m.source, "test");
		assert_int_equal(m.consented, i == 0   ? 1554076800
					      : i == 2 ? 1525590489
						       : 1000);
	}
	/* None of them is brought back, or stopped. */
	expect(TAKE(p, "email,status\na@x.example,left\nb@x.example,active\n"
		       "c@x.example,active\nd@x.example,active\n"
		       "g@x.example,\n"),
	    0, 2, 3, 0);
	assert_int_equal(member_find(p->w.db, &p->j, "l", "d@x.example", &m),
	    ST_OK);
	assert_string_equal(m.status, "left");
}

/* No header, but it is clear which column has the addresses. */
static void
guessed(void **state)
{
	struct spot *p = *state;

	expect(TAKE(p, "Ann,a@x.example\n\"Bob, Inc\",b@x.example\nC,no\n"), 2,
	    0, 0, 1);
	expect(TAKE(p, "Doe, J <c@x.example>\nd@x.example, e@x.example\n"), 1,
	    0, 0, 1);
}

static void
dump(void **state)
{
	static const char text[] =
	    "[----- start pickle file -----]\n"
	    "<----- start object 1 ----->\n"
	    "{   'accept_these_nonmembers': [],\n"
	    "    'bounce_info': {   'c@x.example': <Mailman.Bouncer."
	    "_BounceInfo instance at 0x7f>},\n"
	    "    'delivery_status': {   'b@x.example': (2, 1204.5),\n"
	    "                           'c@x.example': (4, 1205.0),\n"
	    "                           'e@x.example': (0, 0)},\n"
	    "    'description': \"It's {a} list, 'really'\",\n"
	    "    'digest_members': {   'd@x.example': 'D@X.example'},\n"
	    "    'language': {   'a@x.example': 'fr', 'b@x.example': 'en'},\n"
	    "    'members': {   'a@x.example': 0,\n"
	    "                   'b@x.example': 0,\n"
	    "                   'c@x.example': 0,\n"
	    "                   'e@x.example': 0,\n"
	    "                   'no address': 0},\n"
	    "    'passwords': {   'a@x.example': 'x\\'}\\\\'},\n"
	    "    'user_options': {   'e@x.example': 257}}\n"
	    "[----- end pickle file -----]\n";
	static const struct {
		const char *address, *status, *delivery, *lang;
	} table[] = {
		/* clang-format off */
		{ "a@x.example", "active", "each", "fr" },
		{ "b@x.example", "nomail", "each", "en" },
		{ "c@x.example", "bounced", "each", "" },
		{ "D@X.example", "active", "digest", "" },
		{ "e@x.example", "nomail", "each", "" },
		/* clang-format on */
	};
	struct spot *p = *state;
	struct source *from;
	struct member m;
	FILE *in = tmpfile();

	expect(TAKE(p, text), 5, 0, 0, 1);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		assert_int_equal(member_find(p->w.db, &p->j, "l",
				     table[i].address, &m),
		    ST_OK);
		assert_string_equal(m.address, table[i].address);
		assert_string_equal(m.status, table[i].status);
		assert_string_equal(m.delivery, table[i].delivery);
		assert_string_equal(m.lang, table[i].lang);
	}
	(void)fwrite(text, 1, sizeof text / 2, in);
	rewind(in);
	assert_int_equal(source_file(&p->j, &p->w.conf, in, "", &from),
	    ST_PERM);
	assert_null(from);
	(void)fclose(in);
}

/* What is written is read as the same. */
static void
lines_of_ours(void **state)
{
	static const struct member members[] = {
		{ .address = "a@x.example" },
		{ .address = "b@x.example",
		    .status = "left",
		    .lang = "fr",
		    .zone = "Europe/Paris",
		    .format = "text",
		    .delivery = "first-last",
		    .kind = "incidents",
		    .least = "major",
		    .paused = 1554076800,
		    .joined = 1525590489,
		    .account = "4711, \"south\"",
		    .source = "a form; twice",
		    .consented = 1525590490 },
	};
	struct spot *p = *state;

	for (size_t i = 0; i < 2; i++) {
		struct buf b = BUF_INIT, again = BUF_INIT;
		struct member m;

		buf_str(&b, roster_head);
		roster_put(&b, p->j.mem, &members[i]);
		expect(take(p, b.data, b.len), 1, 0, 0, 0);
		assert_int_equal(member_find(p->w.db, &p->j, "l",
				     members[i].address, &m),
		    ST_OK);
		if (i == 0) {
			m.joined = m.consented = 0;
			m.source = "";
		}
		buf_str(&again, roster_head);
		roster_put(&again, p->j.mem, &m);
		assert_string_equal(again.data, b.data);
		buf_free(&b);
		buf_free(&again);
	}
}

static void
addresses(void **state)
{
	static const char *const good[] = { "a@x.example", "A.b+c@x-1.example",
		"o'neil@x.example", "1@2.example", "a/b@x.example",
		"\xc3\xbc@x.example" };
	static const char *const bad[] = { "", "a", "@x.example", "a@",
		"a@b@x.example", "\"a b\"@x.example", "a b@x.example", "a@x",
		"a@[192.0.2.1]", "a@x.example.", "a@.x.example", "a@x..example",
		"a@-x.example", "a@x-.example", "a@b\xc3\xbc.example",
		"|cmd@x.example", "../../x@y.example", "/etc/passwd@x.example",
		"a@x.example/../y", "a@x_y.example", "a..b@x.example",
		".a@x.example", "a.@x.example", "<a@x.example>",
		"a@x.example,b@x.example", "a@x.example\rRCPT TO:<b@x.example>",
		"a@x.example\x1b[1m", "\xff@x.example", "a,b@x.example",
		"a`id`@x.example",
		"1234567890123456789012345678901234567890123456789012345678901"
		"2345@x.example" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_null(roster_address(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_non_null(roster_address(bad[i]));
}

static void
many(void **state)
{
	struct spot *p = *state;
	struct buf b = BUF_INIT;
	int64_t n;

	for (int i = 0; i < 12001; i++)
		buf_printf(&b, "m%d@x.example\n", i);
	expect(take(p, b.data, b.len), 12001, 0, 0, 0);
	assert_int_equal(member_count(p->w.db, &p->j, "l", &n), ST_OK);
	assert_int_equal(n, 12001);
	buf_free(&b);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = { T(lines), T(columns), T(states),
		T(guessed), T(dump), T(lines_of_ours), T(addresses), T(many) };

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
