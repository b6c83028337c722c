/*
 * SQLite.  The only file that knows it.  Statements are prepared once for
 * each SQL text and kept with the connection; values are bound, never
 * printed.
 *
 * Types of values, one letter each: i int64_t, n int, s const char * (NULL is
 * SQL NULL), b const void * and size_t (a blob).
 *
 * ST_OK; ST_NONE: no row (db_next, db_one); ST_TEMP: locked, full, read-only,
 * corrupt, I/O: the reason is in the job.  A constraint that fails is
 * ST_PERM.  A statement that doesn't compile is a bug and ends the process.
 */
#ifndef EXT_DB_H
#define EXT_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"

struct db;
struct rows;

enum db_mode { DB_READ, DB_WRITE, DB_CREATE };

/* Opens the file with every setting of the house, each read back. */
enum status db_open(struct job *j, const char *path, enum db_mode mode,
    struct db **out) must_check;
void db_close(struct db *db); /* NULL is allowed */
/*
 * The rollback journal stays after a transaction, emptied, for the next one: to
 * make and to remove it each time is two more things that the disk is waited
 * for.  Who only reads must be able to read the journal, too.
 */
enum status db_keep_journal(struct db *db, struct job *j) must_check;
/*
 * Is the file surely damaged, or no database at all?  false where it can't be
 * told: it is locked, or can't be read, or isn't there.
 */
bool db_is_damaged(const char *path);

/* BEGIN IMMEDIATE.  Rollback is the default: a no-op once committed. */
enum status db_begin(struct db *db, struct job *j) must_check;
enum status db_commit(struct db *db, struct job *j) must_check;
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);
/*
 * Until db_release() all is read as it is now, and who writes waits: for a few
 * dozen queries that belong together, each of which would look again whether
 * somebody has written.  In a transaction it does nothing.
 */
enum status db_hold(struct db *db, struct job *j) must_check;
void db_release(struct db *db);
/*
 * Between two transactions of a long row of them: a moment in which others get
 * their turn.
 */
void db_give_way(void);

/* One statement without rows. */
enum status db_run(struct db *db, struct job *j, const char *sql,
    const char *types, ...) must_check;
/* Several statements, as in schema.sql; nothing is bound. */
enum status db_script(struct db *db, struct job *j, const char *sql) must_check;
int64_t db_last_id(const struct db *db);
int64_t db_changes(const struct db *db);

/*
 * Rows.  db_next() until it isn't ST_OK; db_end() in every case (NULL is
 * allowed).  Column values are valid until the next db_next(); db_str() and
 * db_blob() copy into the job's arena, db_str() gives "" for NULL.
 */
enum status db_query(struct db *db, struct job *j, struct rows **out,
    const char *sql, const char *types, ...) must_check;
enum status db_next(struct rows *r, struct job *j) must_check;
int64_t db_int(struct rows *r, int column);
char *db_str(struct rows *r, int column, struct job *j);
char *db_blob(struct rows *r, int column, struct job *j, size_t *n);
bool db_is_null(struct rows *r, int column);
void db_end(struct rows *r);

/* The first column of every row, in the job's arena; *n 0 if there is none. */
enum status db_ints(struct db *db, struct job *j, int64_t **out, size_t *n,
    const char *sql, const char *types, ...) must_check;
/* The first column of the first row, or ST_NONE. */
enum status db_one_int(struct db *db, struct job *j, int64_t *out,
    const char *sql, const char *types, ...) must_check;

#endif
