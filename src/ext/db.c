#include "ext/db.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"

enum {
	KEPT = 256,
	BUSY_MS = 10 * 1000,
	BUSY_STEP_US = 2000,
	BUSY_SHORT = 8, /* steps, shorter by as much: a commit takes as long */
};

/* A statement, and while it runs also its rows. */
struct rows {
	struct db *db;
	sqlite3_stmt *stmt;
	const char *sql;
	bool busy;
};

struct db {
	sqlite3 *handle;
	bool open_transaction;
	bool held;              /* for reading */
	bool scripted;          /* in this transaction, which changes what isn't
				   counted */
	int64_t changes;        /* of rows, before it */
	int64_t busy_since;     /* ms, monotonic */
	struct rows kept[KEPT]; /* by hash of the SQL's address */
};

static enum status
classify(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
	case SQLITE_ROW: return ST_OK;
	case SQLITE_CONSTRAINT: return ST_PERM;
	default: return ST_TEMP;
	}
}

/* The error is copied at once: the next call would replace it. */
static enum status
fail(struct db *db, struct job *j, int rc, const char *what)
{
	enum status st = classify(rc);

	if (rc == SQLITE_MISUSE || rc == SQLITE_RANGE)
		die("sqlite: %s: %s", what, sqlite3_errmsg(db->handle));
	log_fail("step=store id=%s rc=%d sql=%.60s error=%s", j->id,
	    sqlite3_extended_errcode(db->handle), what,
	    sqlite3_errmsg(db->handle));
	return job_fail(j, st, "the store said: %s",
	    sqlite3_errmsg(db->handle));
}

static enum status
set(struct db *db, struct job *j, const char *pragma, const char *want)
{
	sqlite3_stmt *stmt = NULL;
	const char *got = NULL;
	enum status st = ST_OK;
	int rc = sqlite3_prepare_v2(db->handle, pragma, -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		st = fail(db, j, rc, pragma);
	if (rc == SQLITE_ROW)
		got = (const char *)sqlite3_column_text(stmt, 0);
	if (st == ST_OK && want != NULL &&
	    (got == NULL || strcmp(got, want) != 0))
		st = job_fail(j, ST_TEMP, "the store: %s took no effect (%s)",
		    pragma, got == NULL ? "nothing" : got);
	sqlite3_finalize(stmt);
	return st;
}

static void
rest(int us)
{
	const struct timespec t = { us / 1000000, us % 1000000 * 1000L };

	(void)nanosleep(&t, NULL);
}

/*
 * Another process has the lock.  SQLite's own handler sleeps for longer and
 * longer, up to 100 ms, and who sleeps is passed over again and again by a
 * process that makes one transaction after the other.
 */
static int
wait_for_lock(void *arg, int tries)
{
	struct db *db = arg;
	struct timespec t;
	int64_t now;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	now = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
	if (tries == 0)
		db->busy_since = now;
	if (now - db->busy_since >= BUSY_MS)
		return 0;
	rest(tries < BUSY_SHORT ? BUSY_STEP_US / BUSY_SHORT : BUSY_STEP_US);
	return 1;
}

void
db_give_way(void)
{
	rest(3 * BUSY_STEP_US);
}

static enum status
settings(struct db *db, struct job *j, enum db_mode mode)
{
	static const struct {
		const char *pragma, *want;
	} all[] = {
		/* clang-format off */
		{ "PRAGMA trusted_schema=0", NULL },
		{ "PRAGMA trusted_schema", "0" },
		{ "PRAGMA foreign_keys=1", NULL },
		{ "PRAGMA foreign_keys", "1" },
		{ "PRAGMA synchronous=EXTRA", NULL },
		{ "PRAGMA synchronous", "3" },
		{ "PRAGMA temp_store=MEMORY", NULL },
		{ "PRAGMA journal_mode", "delete" },
		/* clang-format on */
	};
	enum status st = ST_OK;
	int on = 0;

	sqlite3_busy_handler(db->handle, wait_for_lock, db);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &on);
	if (!on)
		return job_fail(j, ST_TEMP, "the store: no defensive mode");
	for (size_t i = 0; i < sizeof all / sizeof *all && st == ST_OK; i++)
		st = set(db, j, all[i].pragma, all[i].want);
	if (st == ST_OK && mode == DB_READ)
		st = set(db, j, "PRAGMA query_only=1", NULL);
	return st;
}

enum status
db_open(struct job *j, const char *path, enum db_mode mode, struct db **out)
{
	struct db *db = calloc(1, sizeof *db);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW |
		    SQLITE_OPEN_NOMUTEX; /* no process of ours has threads */
	enum status st;
	int rc;

	*out = NULL;
	if (db == NULL)
		die("out of memory for a store");
	if (mode == DB_CREATE)
		flags |= SQLITE_OPEN_CREATE;
	/* Nobody asks for statistics; refused once a store was opened. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(path, &db->handle, flags, NULL);
	if (db->handle == NULL)
		die("out of memory for a store");
	st = rc == SQLITE_OK ? settings(db, j, mode) : fail(db, j, rc, path);
	if (st != ST_OK) {
		db_close(db);
		return st;
	}
	*out = db;
	return ST_OK;
}

enum status
db_keep_journal(struct db *db, struct job *j)
{
	/* What a large transaction made of it is given back. */
	static const char limit[] = "PRAGMA journal_size_limit=1048576";
	enum status st = set(db, j, "PRAGMA journal_mode=PERSIST", "persist");

	return st == ST_OK ? set(db, j, limit, "1048576") : st;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < KEPT; i++)
		sqlite3_finalize(db->kept[i].stmt);
	if (sqlite3_close(db->handle) != SQLITE_OK)
		die("sqlite: a statement is still open");
	free(db);
}

/* The answer of a check, in which "ok" stands alone. */
static bool
says_damage(int rc, sqlite3_stmt *stmt)
{
	const unsigned char *s;

	if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
		return true;
	s = rc == SQLITE_ROW ? sqlite3_column_text(stmt, 0) : NULL;
	return s != NULL && strcmp((const char *)s, "ok") != 0;
}

bool
db_is_damaged(const char *path)
{
	static const char *const check = "PRAGMA integrity_check(1)";
	sqlite3 *handle = NULL;
	sqlite3_stmt *stmt = NULL;
	bool damaged;
	int rc = sqlite3_open_v2(path, &handle,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX,
	    NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(handle, check, -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	damaged = says_damage(rc, stmt);
	(void)sqlite3_finalize(stmt);
	(void)sqlite3_close(handle);
	return damaged;
}

static bool
holds(const struct rows *r, const char *sql)
{
	return r->sql == sql || (r->sql != NULL && strcmp(r->sql, sql) == 0);
}

/* The kept statement of this SQL, prepared at its first use. */
static enum status
statement(struct db *db, struct job *j, const char *sql, struct rows **out)
{
	size_t at = 5381;
	struct rows *r;
	int rc;

	for (const char *s = sql; *s != '\0'; s++)
		at = at * 33 + (unsigned char)*s;
	for (size_t tried = 0;; tried++, at++) {
		r = &db->kept[at % KEPT];
		if (r->sql == NULL || (holds(r, sql) && !r->busy))
			break;
		if (tried == KEPT)
			die("sqlite: more than %d statements", KEPT);
	}
	*out = r;
	if (r->stmt != NULL)
		return ST_OK;
	rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
	    &r->stmt, NULL);
	if (rc == SQLITE_ERROR)
		die("sqlite: %s: %s", sql, sqlite3_errmsg(db->handle));
	if (rc != SQLITE_OK)
		return fail(db, j, rc, sql);
	r->db = db;
	r->sql = sql;
	return ST_OK;
}

static void
bind(struct rows *r, const char *types, va_list ap)
{
	int i = 0, rc = SQLITE_OK;

	if ((int)strlen(types) != sqlite3_bind_parameter_count(r->stmt))
		die("sqlite: %s: %zu values", r->sql, strlen(types));
	for (; *types != '\0' && rc == SQLITE_OK; types++) {
		i++;
		if (*types == 'i')
			rc =
			    sqlite3_bind_int64(r->stmt, i, va_arg(ap, int64_t));
		else if (*types == 'n')
			rc = sqlite3_bind_int(r->stmt, i, va_arg(ap, int));
		else if (*types == 's')
			rc = sqlite3_bind_text(r->stmt, i,
			    va_arg(ap, const char *), -1, SQLITE_TRANSIENT);
		else if (*types == 'b') {
			const void *p = va_arg(ap, const void *);

			rc = sqlite3_bind_blob64(r->stmt, i, p,
			    va_arg(ap, size_t), SQLITE_TRANSIENT);
		} else
			die("sqlite: type %c", *types);
	}
	if (rc != SQLITE_OK)
		die("sqlite: %s: value %d: %d", r->sql, i, rc);
}

void
db_end(struct rows *r)
{
	if (r == NULL || !r->busy)
		return;
	(void)sqlite3_reset(r->stmt);
	(void)sqlite3_clear_bindings(r->stmt);
	r->busy = false;
}

static enum status
start(struct db *db, struct job *j, const char *sql, const char *types,
    va_list ap, struct rows **out)
{
	enum status st = statement(db, j, sql, out);

	if (st != ST_OK) {
		*out = NULL;
		return st;
	}
	(*out)->busy = true;
	bind(*out, types, ap);
	return ST_OK;
}

enum status
db_query(struct db *db, struct job *j, struct rows **out, const char *sql,
    const char *types, ...)
{
	enum status st;
	va_list ap;

	va_start(ap, types);
	st = start(db, j, sql, types, ap, out);
	va_end(ap);
	return st;
}

enum status
db_next(struct rows *r, struct job *j)
{
	int rc = sqlite3_step(r->stmt);

	if (rc == SQLITE_ROW)
		return ST_OK;
	if (rc == SQLITE_DONE)
		return ST_NONE;
	return fail(r->db, j, rc, r->sql);
}

enum status
db_run(struct db *db, struct job *j, const char *sql, const char *types, ...)
{
	struct rows *r;
	enum status st;
	va_list ap;

	va_start(ap, types);
	st = start(db, j, sql, types, ap, &r);
	va_end(ap);
	if (st != ST_OK)
		return st;
	st = db_next(r, j);
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
db_one_int(struct db *db, struct job *j, int64_t *out, const char *sql,
    const char *types, ...)
{
	struct rows *r;
	enum status st;
	va_list ap;

	va_start(ap, types);
	st = start(db, j, sql, types, ap, &r);
	va_end(ap);
	if (st != ST_OK)
		return st;
	st = db_next(r, j);
	if (st == ST_OK && db_is_null(r, 0))
		st = ST_NONE;
	if (st == ST_OK)
		*out = db_int(r, 0);
	db_end(r);
	return st;
}

enum status
db_ints(struct db *db, struct job *j, int64_t **out, size_t *n, const char *sql,
    const char *types, ...)
{
	struct rows *r;
	enum status st;
	va_list ap;

	*out = NULL;
	*n = 0;
	va_start(ap, types);
	st = start(db, j, sql, types, ap, &r);
	va_end(ap);
	if (st != ST_OK)
		return st;
	while ((st = db_next(r, j)) == ST_OK) {
		*out = arena_grow(j->mem, *out, *n, sizeof **out);
		(*out)[(*n)++] = db_int(r, 0);
	}
	db_end(r);
	return st == ST_NONE ? ST_OK : st;
}

enum status
db_script(struct db *db, struct job *j, const char *sql)
{
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	db->scripted = true;
	return rc == SQLITE_OK ? ST_OK : fail(db, j, rc, "script");
}

int64_t
db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int64_t
db_changes(const struct db *db)
{
	return sqlite3_changes64(db->handle);
}

int64_t
db_int(struct rows *r, int column)
{
	return sqlite3_column_int64(r->stmt, column);
}

bool
db_is_null(struct rows *r, int column)
{
	return sqlite3_column_type(r->stmt, column) == SQLITE_NULL;
}

char *
db_blob(struct rows *r, int column, struct job *j, size_t *n)
{
	const void *p = sqlite3_column_blob(r->stmt, column);

	*n = (size_t)sqlite3_column_bytes(r->stmt, column);
	return arena_copy(j->mem, p, *n);
}

char *
db_str(struct rows *r, int column, struct job *j)
{
	const char *s = (const char *)sqlite3_column_text(r->stmt, column);
	/* Most of a member's are empty. */
	size_t n = s == NULL || *s == '\0'
		       ? 0
		       : (size_t)sqlite3_column_bytes(r->stmt, column);

	return arena_copy(j->mem, n == 0 ? "" : s, n);
}

enum status
db_begin(struct db *db, struct job *j)
{
	enum status st = db_run(db, j, "BEGIN IMMEDIATE", "");

	db->open_transaction = st == ST_OK;
	db->scripted = false;
	db->changes = sqlite3_total_changes64(db->handle);
	return st;
}

/*
 * COMMIT waits until nobody reads, even if there is nothing to write; ROLLBACK
 * waits for nobody.
 */
enum status
db_commit(struct db *db, struct job *j)
{
	bool idle =
	    !db->scripted && sqlite3_total_changes64(db->handle) == db->changes;
	enum status st = db_run(db, j, idle ? "ROLLBACK" : "COMMIT", "");

	if (st == ST_OK)
		db->open_transaction = false;
	return st;
}

void
db_rollback(struct db *db)
{
	if (db == NULL || !db->open_transaction)
		return;
	if (sqlite3_get_autocommit(db->handle) == 0 &&
	    sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
		log_fail("step=store error=%s", sqlite3_errmsg(db->handle));
	db->open_transaction = false;
}

enum status
db_hold(struct db *db, struct job *j)
{
	enum status st = ST_OK;

	if (!db->open_transaction && !db->held)
		st = db_run(db, j, "BEGIN", "");
	db->held = st == ST_OK && !db->open_transaction;
	return st;
}

void
db_release(struct db *db)
{
	if (db->held &&
	    sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		log_fail("step=store error=%s", sqlite3_errmsg(db->handle));
	db->held = false;
}

bool
db_in_transaction(const struct db *db)
{
	return db->open_transaction;
}
