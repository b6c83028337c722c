#include "model/store_check.h"

#include <string.h>

static const char *const sql_pages = "PRAGMA quick_check(1)";
static const char *const sql_keys = "PRAGMA foreign_key_check";

static enum status
check_pages(struct db *db, struct job *j)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_pages, "");

	if (st == ST_OK)
		st = db_next(r, j);
	if (st == ST_OK && strcmp(db_str(r, 0, j), "ok") != 0)
		st = job_fail(j, ST_PERM, "%s", db_str(r, 0, j));
	db_end(r);
	return st;
}

static enum status
check_keys(struct db *db, struct job *j)
{
	struct rows *r = NULL;
	enum status st = db_query(db, j, &r, sql_keys, "");

	if (st == ST_OK)
		st = db_next(r, j);
	if (st == ST_OK)
		st = job_fail(j, ST_PERM, "a row of %s belongs to nothing",
		    db_str(r, 0, j));
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
store_check(struct db *db, struct job *j)
{
	enum status st = check_pages(db, j);

	return st == ST_OK ? check_keys(db, j) : st;
}
