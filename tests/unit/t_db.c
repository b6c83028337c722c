/*
 * Transactions of the store: one that changed nothing waits for nobody who
 * reads, one that changed something is on disk.  A journal that stays is empty
 * then, and one that a kill left isn't.
 */
#include "t.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hear.h"
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

static struct stat
journal(struct spot *p, char *first)
{
	char *path = arena_printf(p->j.mem, "%s-journal", p->file);
	struct stat is = { 0 };
	FILE *f = fopen(path, "re");

	*first = '?';
	if (f == NULL)
		return is;
	*first = (char)getc(f);
	assert_int_equal(fstat(fileno(f), &is), 0);
	(void)fclose(f);
	return is;
}

static void
kept_journal(void **state)
{
	struct spot *p = *state;
	char first;
	ino_t same;

	assert_int_equal(chmod(p->file, 0600), 0);
	assert_int_equal(db_keep_journal(p->db, &p->j), ST_OK);
	assert_int_equal(change(p, "INSERT INTO t VALUES (1)"), ST_OK);
	same = journal(p, &first).st_ino;
	assert_int_equal(first, 0);
	assert_int_equal(journal(p, &first).st_mode & 0777, 0600);
	assert_int_equal(change(p, "INSERT INTO t VALUES (2)"), ST_OK);
	assert_int_equal(journal(p, &first).st_ino, same);
	assert_int_equal(rows(p), 2);
	/* Much of it isn't kept. */
	assert_int_equal(change(p, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
				   "SELECT i + 1 FROM n WHERE i < 300000) "
				   "INSERT INTO t SELECT i FROM n"),
	    ST_OK);
	assert_int_equal(change(p, "UPDATE t SET a = -a"), ST_OK);
	assert_true(journal(p, &first).st_size <= 1048576);
	assert_int_equal(first, 0);
	assert_int_equal(rows(p), 300002);
}

/* Killed with half of a transaction in the file: the next one mends it. */
static void
killed_within(void **state)
{
	struct spot *p = *state;
	char first;
	pid_t pid;

	assert_int_equal(db_keep_journal(p->db, &p->j), ST_OK);
	assert_int_equal(change(p, "INSERT INTO t VALUES (1), (2)"), ST_OK);
	db_close(p->reader);
	p->reader = NULL;
	if ((pid = fork()) == 0) {
		struct db *db;

		if (db_open(&p->j, p->file, DB_WRITE, &db) != ST_OK ||
		    db_keep_journal(db, &p->j) != ST_OK ||
		    db_run(db, &p->j, "PRAGMA cache_size=1", "") != ST_OK ||
		    db_begin(db, &p->j) != ST_OK ||
		    db_run(db, &p->j,
			"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
			"i + 1 FROM n WHERE i < 9999) INSERT INTO t SELECT i "
			"FROM n",
			"") != ST_OK)
			_exit(1);
		(void)raise(SIGKILL);
	}
	assert_int_equal(hear_end(pid), SIGKILL);
	(void)journal(p, &first);
	assert_int_not_equal(first, 0);
	assert_int_equal(db_open(&p->j, p->file, DB_READ, &p->reader), ST_OK);
	assert_int_equal(rows(p), 2);
	(void)journal(p, &first);
	assert_true(first == 0 || first == '?');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(something, setup, teardown),
		cmocka_unit_test_setup_teardown(scripts, setup, teardown),
		cmocka_unit_test_setup_teardown(kept_journal, setup, teardown),
		cmocka_unit_test_setup_teardown(killed_within, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
