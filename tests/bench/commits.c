/*
 * commits FILE N: opens a database as the store is opened (model/store.c) and
 * makes N synced commits of one row each.  The least that a program which
 * keeps what it was given can cost.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static void
run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return;
	(void)fprintf(stderr, "commits: %s\n", sqlite3_errmsg(db));
	exit(1);
}

int
main(int argc, char **argv)
{
	sqlite3 *db;

	if (argc != 3 || sqlite3_open(argv[1], &db) != SQLITE_OK)
		return 64;
	run(db, "PRAGMA synchronous=EXTRA");
	run(db, "PRAGMA journal_mode=DELETE");
	run(db, "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, b)");
	for (long n = atol(argv[2]); n > 0; n--) {
		run(db, "BEGIN IMMEDIATE");
		run(db, "INSERT INTO t (b) VALUES (randomblob(500))");
		run(db, "COMMIT");
	}
	return sqlite3_close(db) != SQLITE_OK;
}
