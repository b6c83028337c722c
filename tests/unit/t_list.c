#include "t.h"

#include "base/log.h"
#include "cmd/list_import.h"
#include "model/member.h"
#include "model/store.h"
#include "standin.h"

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
	FILE *in = tmpfile();
	struct import i;

	assert_int_equal(fwrite(text, 1, n, in), n);
	rewind(in);
	assert_int_equal(list_import(&p->w, &p->j, &p->list, in, &i), ST_OK);
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
	const struct CMUnitTest tests[] = { T(lines), T(columns), T(many) };

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
