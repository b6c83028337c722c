/*
 * The store's versions: one of an older program is brought up to this one,
 * once, with what it held, and then has the very schema of a new one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/climb.h"
#include "model/event.h"
#include "model/store.h"

static const char first[] =
#include "schema.sql.h"
    ;

static const char old_event[] =
    "INSERT INTO event VALUES (7, 'incident', 2026, 42, 10, 10, 'noc', 'noc1', "
    "'imap', '', 'owned', 'none', 'none', 2, 'unset', 'full', 'comms1', 0, 0, "
    "0, 20, 30, 0, 40, 0, NULL); PRAGMA user_version = 1;";

static char folder[64];

static void
fresh(void)
{
	(void)strcpy(folder, "/tmp/t_store.XXXXXX");
	assert_non_null(mkdtemp(folder));
}

static void
clean(struct job *j)
{
	(void)unlink(arena_printf(j->mem, "%s/sitrep.db", folder));
	(void)unlink(arena_printf(j->mem, "%s/sitrep.db-journal", folder));
	(void)rmdir(folder);
}

static void
make_old(struct job *j)
{
	char *path = arena_printf(j->mem, "%s/sitrep.db", folder);
	struct db *db;

	assert_int_equal(db_open(j, path, DB_CREATE, &db), ST_OK);
	assert_int_equal(db_script(db, j, first), ST_OK);
	assert_int_equal(db_script(db, j, old_event), ST_OK);
	db_close(db);
}

/* Every table, index and trigger, and the columns of every table. */
static char *
shape(struct job *j, struct db *db)
{
	static const char *const sql =
	    "SELECT m.type, m.name, coalesce(c.name, ''), coalesce(c.type, "
	    "''), "
	    "coalesce(c.\"notnull\", 0), coalesce(c.dflt_value, '') FROM "
	    "sqlite_master m LEFT JOIN pragma_table_info(m.name) c "
	    "ORDER BY 1, 2, 3";
	struct buf b = BUF_INIT;
	struct rows *r;
	char *s;

	assert_int_equal(db_query(db, j, &r, sql, ""), ST_OK);
	while (db_next(r, j) == ST_OK)
		buf_printf(&b, "%s %s %s %s %lld %s\n", db_str(r, 0, j),
		    db_str(r, 1, j), db_str(r, 2, j), db_str(r, 3, j),
		    (long long)db_int(r, 4), db_str(r, 5, j));
	db_end(r);
	s = arena_str(j->mem, b.data);
	buf_free(&b);
	return s;
}

static void
brought_up(void **state)
{
	struct event e;
	struct db *db;
	struct job j;
	char *old;

	(void)state;
	job_begin(&j, "t", 100);
	fresh();
	make_old(&j);
	assert_int_equal(store_open(&j, folder, DB_WRITE, &db), ST_OK);
	assert_int_equal(event_get(db, &j, 7, &e), ST_OK);
	assert_string_equal(e.owner, "comms1");
	assert_string_equal(e.first_owner, "");
	assert_int_equal(e.reached, 0);
	old = shape(&j, db);
	db_close(db);
	assert_int_equal(store_open(&j, folder, DB_WRITE, &db), ST_OK);
	db_close(db);
	clean(&j);
	fresh();
	assert_int_equal(store_open(&j, folder, DB_CREATE, &db), ST_OK);
	assert_string_equal(shape(&j, db), old);
	db_close(db);
	clean(&j);
	job_end(&j);
}

/* A drill, an incident, and which of them may be published. */
static void
drills(void **state)
{
	static const char two[] =
	    "INSERT INTO event (id, kind, year, number, opened, began, source,"
	    " reporter, subject, title, phase, state, noc_state, severity,"
	    " impact, disclosure, owner, started, detected, ended, handed_off,"
	    " acked, closed, changed, next_update) SELECT x, iif(x = 1,"
	    " 'incident', 'drill'), 2026, 1, 0, 0, '', '', '', '', 'open',"
	    " 'none', 'none', 2, 'unset', 'full', '', 0, 0, 0, 0, 0, 0, 0, 0"
	    " FROM (SELECT 1 AS x UNION SELECT 2);";
#define POST(table, event) \
	"INSERT INTO " table " VALUES (NULL, " event ", 1, 1, 0, 'update'," \
	" 'identified', '', '', 'en', 'none', '', '', '', '', '', '', ''," \
	" '', 0, 0, 0, 0, 0, 0, 0, '', '', '', 1, '', '', '', '', " \
	"'', '', '')"
#define LETTER(kind, event) \
	"INSERT INTO letter (kind, event_id, list, person, recipient," \
	" sender, mid, high, created, due, tries, first_failed, status," \
	" reply) VALUES ('" kind "', " event ", 'l', '', '', '', '" kind event \
	"', 0, 0, 0, 0, 0, 'waiting', '')"
	static const struct {
		const char *sql;
		bool taken;
	} table[] = {
		{ POST("post", "1"), true },
		{ POST("post", "2"), false },
		{ POST("rehearsal", "1"), false },
		{ POST("rehearsal", "2"), true },
		{ LETTER("broadcast", "1"), true },
		{ LETTER("broadcast", "2"), false },
		{ LETTER("mail", "2"), true },
		{ "UPDATE letter SET kind = 'broadcast' WHERE event_id = 2",
		    false },
		{ "UPDATE letter SET event_id = 2 WHERE event_id = 1", false },
		{ "UPDATE letter SET status = 'sent' WHERE event_id = 2",
		    true },
		{ "UPDATE event SET kind = 'incident', number = 2 WHERE id = 2",
		    false },
		{ "UPDATE event SET phase = 'owned' WHERE id = 2", true },
		{ "UPDATE rehearsal SET title = 'x'", false },
		{ "DELETE FROM rehearsal", false },
	};
	struct db *db;
	struct job j;

	(void)state;
	job_begin(&j, "t", 100);
	fresh();
	assert_int_equal(store_open(&j, folder, DB_CREATE, &db), ST_OK);
	assert_int_equal(db_script(db, &j, two), ST_OK);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		enum status st = db_script(db, &j, table[i].sql);

		if ((st == ST_OK) != table[i].taken)
			fail_msg("%s: %s", table[i].sql, j.why);
		job_forget(&j);
	}
	db_close(db);
	clean(&j);
	job_end(&j);
}

static void
only_looked_at(void **state)
{
	struct db *db;
	struct job j;

	(void)state;
	job_begin(&j, "t", 100);
	fresh();
	make_old(&j);
	assert_int_equal(store_open(&j, folder, DB_READ, &db), ST_TEMP);
	assert_non_null(strstr(j.why, "sitrep tick"));
	clean(&j);
	job_end(&j);
}

static void
calls_and_answers(void **state)
{
	struct climb *all, c = { .event = 1,
		.at = 50,
		.level = 2,
		.kind = 2,
		.step = 1,
		.persons = "comms2,lead",
		.by = "",
		.reason = "" };
	struct event e = { .kind = "incident",
		.opened = 10,
		.source = "noc",
		.reporter = "",
		.subject = "",
		.title = "",
		.owner = "",
		.on_call = "comms1",
		.first_owner = "comms2",
		.first_acked = 60,
		.reached = 2,
		.cadence = 3600,
		.severity = 2,
		.disclosure = DISCLOSURE_FULL };
	struct db *db;
	struct job j;
	size_t n;

	(void)state;
	job_begin(&j, "t", 100);
	fresh();
	assert_int_equal(store_open(&j, folder, DB_CREATE, &db), ST_OK);
	assert_int_equal(event_save(db, &j, &e), ST_OK);
	e.reached = 3;
	assert_int_equal(event_save(db, &j, &e), ST_OK);
	assert_int_equal(event_get(db, &j, e.id, &e), ST_OK);
	assert_int_equal(e.reached, 3);
	assert_int_equal(e.first_acked, 60);
	assert_int_equal(e.cadence, 3600);
	assert_string_equal(e.on_call, "comms1");
	assert_int_equal(climb_add(db, &j, &c), ST_OK);
	c.level = 3;
	assert_int_equal(climb_add(db, &j, &c), ST_OK);
	assert_int_equal(climb_answer(db, &j, 1, 2, "lead"), ST_OK);
	assert_int_equal(climb_list(db, &j, 1, &all, &n), ST_OK);
	assert_int_equal(n, 2);
	assert_int_equal(all[0].acked, 100);
	assert_string_equal(all[0].acked_by, "lead");
	assert_int_equal(all[1].acked, 0);
	db_close(db);
	clean(&j);
	job_end(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(brought_up),
		cmocka_unit_test(drills),
		cmocka_unit_test(only_looked_at),
		cmocka_unit_test(calls_and_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
