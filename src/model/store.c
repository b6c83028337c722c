#include "model/store.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/*
 * What makes version N of version N - 1, as strings that the Makefile makes of
 * the files.  The number is set last: a step counts whole or not at all.
 */
static const char *const steps[STORE_VERSION] = {
#include "schema.sql.h"
	"PRAGMA user_version = 1;",
#include "schema_2.sql.h"
	"PRAGMA user_version = 2;",
#include "schema_3.sql.h"
	"PRAGMA user_version = 3;",
#include "schema_4.sql.h"
	"PRAGMA user_version = 4;",
#include "schema_5.sql.h"
	"PRAGMA user_version = 5;",
#include "schema_6.sql.h"
	"PRAGMA user_version = 6;",
#include "schema_7.sql.h"
	"PRAGMA user_version = 7;",
#include "schema_8.sql.h"
	"PRAGMA user_version = 8;",
#include "schema_9.sql.h"
	"PRAGMA user_version = 9;",
#include "schema_10.sql.h"
	"PRAGMA user_version = 10;",
#include "schema_11.sql.h"
	"PRAGMA user_version = 11;",
#include "schema_12.sql.h"
	"PRAGMA user_version = 12;",
#include "schema_13.sql.h"
	"PRAGMA user_version = 13;",
#include "schema_14.sql.h"
	"PRAGMA user_version = 14;",
};

static const char *const sql_version = "PRAGMA user_version";
static const char *const sql_stamp = "PRAGMA data_version";

static const char *const sql_cache[] = {
	[STORE_USUAL] = "PRAGMA cache_size = -2000",
	[STORE_SMALL] = "PRAGMA cache_size = -256",
	[STORE_LARGE] = "PRAGMA cache_size = -32000",
};

enum status
store_cache(struct db *db, struct job *j, enum store_cache size)
{
	return db_run(db, j, sql_cache[size], "");
}

/* Two first starts at once: the second finds the first one's schema. */
static enum status
upgrade(struct db *db, struct job *j, int64_t *version)
{
	enum status st;

	if ((st = db_begin(db, j)) != ST_OK)
		return st;
	st = db_one_int(db, j, version, sql_version, "");
	for (; st == ST_OK && *version < STORE_VERSION; (*version)++)
		st = db_script(db, j, steps[*version]);
	if (st == ST_OK)
		st = db_commit(db, j);
	db_rollback(db);
	return st;
}

bool
store_exists(struct job *j, const char *state)
{
	return access(arena_printf(j->mem, "%s/sitrep.db", state), F_OK) == 0 ||
	       errno != ENOENT;
}

enum status
store_open(struct job *j, const char *state, enum db_mode mode, struct db **out)
{
	char *path = arena_printf(j->mem, "%s/sitrep.db", state);
	struct db *db = NULL;
	int64_t version = 0;
	enum status st;

	*out = NULL;
	if (mode == DB_CREATE && (st = file_mkdirs(j, state, 0751)) != ST_OK)
		return st;
	if (mode != DB_CREATE && !store_exists(j, state))
		return job_fail(j, ST_TEMP,
		    "%s isn't there: the first mail makes it, or sitrep tick, "
		    "or sitrep list; or is a disk not mounted?",
		    path);
	if ((st = db_open(j, path, mode, &db)) != ST_OK)
		return st;
	if (mode != DB_READ)
		st = db_keep_journal(db, j);
	if (st == ST_OK)
		st = db_one_int(db, j, &version, sql_version, "");
	if (st == ST_OK && version == 0 && mode == DB_CREATE)
		(void)chmod(path, 0600);
	if (st == ST_OK && version < STORE_VERSION &&
	    (mode == DB_CREATE || (mode == DB_WRITE && version != 0)))
		st = upgrade(db, j, &version);
	if (st == ST_OK && version < STORE_VERSION)
		st = job_fail(j, ST_TEMP,
		    "%s is of an older program: sitrep tick brings it up",
		    path);
	if (st == ST_OK && version != STORE_VERSION)
		st = job_fail(j, ST_TEMP,
		    "%s has version %lld, this program knows %d: install the "
		    "program that made it, or start with an empty state",
		    path, (long long)version, STORE_VERSION);
	if (st == ST_OK)
		*out = db;
	else
		db_close(db);
	return st;
}

enum status
store_stamp(struct db *db, struct job *j, int64_t *stamp)
{
	return db_one_int(db, j, stamp, sql_stamp, "");
}
