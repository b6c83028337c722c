/*
 * Transactions of the store: one that changed nothing waits for nobody who
 * reads, one that changed something is on disk.
 */
#include "t.h"

#include "ext/db.h"

struct spot {
	char *dir, *file;
	struct job j;
	struct db *db, *reader;
};

static int
setup(void **state)
{
	struct spot *p = calloc(1, sizeof *p);

	p->dir = t_folder();
	job_begin(&p->j, "t", 0);
	p->file = arena_printf(p->j.mem, "%s/a.db", p->dir);
	assert_int_equal(db_open(&p->j, p->file, DB_CREATE, &p->db), ST_OK);
	assert_int_equal(db_begin(p->db, &p->j), ST_OK);
	assert_int_equal(db_script(p->db, &p->j,
			     "CREATE TABLE t(a INTEGER) STRICT"),
	    ST_OK);
	assert_int_equal(db_commit(p->db, &p->j), ST_OK);
	assert_int_equal(db_open(&p->j, p->file, DB_CREATE, &p->reader), ST_OK);
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct spot *p = *state;

	db_close(p->reader);
	db_close(p->db);
	t_remove(p->dir);
	job_end(&p->j);
	free(p);
	return 0;
}

static int64_t
rows(struct spot *p)
{
	int64_t n = -1;

	assert_int_equal(db_one_int(p->reader, &p->j, &n,
			     "SELECT count(*) FROM t", ""),
	    ST_OK);
	return n;
}

static enum status
change(struct spot *p, const char *sql)
{
	assert_int_equal(db_begin(p->db, &p->j), ST_OK);
	assert_int_equal(db_run(p->db, &p->j, sql, ""), ST_OK);
	return db_commit(p->db, &p->j);
}

/* A commit would give up after ten seconds. */
static void
nothing(void **state)
{
	struct spot *p = *state;

	assert_int_equal(db_hold(p->reader, &p->j), ST_OK);
	assert_int_equal(rows(p), 0);
	assert_int_equal(change(p, "DELETE FROM t WHERE a = 1"), ST_OK);
	assert_false(db_in_transaction(p->db));
	assert_int_equal(change(p, "INSERT INTO t SELECT 1 WHERE 0"), ST_OK);
	db_release(p->reader);
}

static void
something(void **state)
{
	struct spot *p = *state;

	assert_int_equal(change(p, "INSERT INTO t VALUES (1), (2)"), ST_OK);
	assert_int_equal(rows(p), 2);
	assert_int_equal(change(p, "UPDATE t SET a = 3"), ST_OK);
	assert_int_equal(change(p, "DELETE FROM t"), ST_OK);
	assert_int_equal(rows(p), 0);
	assert_false(db_in_transaction(p->db));
}

/* What a script makes isn't counted as rows. */
static void
scripts(void **state)
{
	struct spot *p = *state;
	int64_t n = -1;

	assert_int_equal(db_begin(p->db, &p->j), ST_OK);
	assert_int_equal(db_script(p->db, &p->j,
			     "CREATE TABLE u(a INTEGER) STRICT; "
			     "PRAGMA user_version = 7"),
	    ST_OK);
	assert_int_equal(db_commit(p->db, &p->j), ST_OK);
	assert_int_equal(db_one_int(p->reader, &p->j, &n,
			     "SELECT count(*) FROM u", ""),
	    ST_OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_one_int(p->reader, &p->j, &n, "PRAGMA user_version",
			     ""),
	    ST_OK);
	assert_int_equal(n, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(something, setup, teardown),
		cmocka_unit_test_setup_teardown(scripts, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
