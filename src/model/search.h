/*
 * What is public, to be searched (SQLite's FTS5): STATE/web/search.db, made by
 * who writes the tree from what is on its pages, read by the web child and by
 * show.  Writers work on STATE/web/search.next, which takes the other's place
 * when it is whole.
 *
 * Statuses are those of ext/db.h; ST_NONE: there is none yet, or one of
 * another version.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"

enum { SEARCH_UPDATES = 4096 }; /* of an event that are searched */

struct search_entry { /* one update, as its page shows it */
	int64_t event;
	int u;
	const char *name; /* INC-2026-0042 */
	const char *path; /* below the site */
	const char *tag;  /* Monitoring */
	const char *title;
	const char *text; /* all that is searched besides */
	int64_t posted;
};

struct search_hit {
	const char *name, *path, *tag, *title;
	/* Of the text, around what was found, which stands between \x02 and
	 * \x03. */
	const char *around;
	int64_t posted;
};

/* For reading. */
enum status search_open(struct job *j, const char *path,
    struct db **out) must_check;
/* For writing; made if it isn't there, made anew if it is of another version
 * or can't be read. */
enum status search_make(struct job *j, const char *path,
    struct db **out) must_check;

enum status search_seen(struct db *db, struct job *j, int64_t *post) must_check;
enum status search_see(struct db *db, struct job *j, int64_t post) must_check;
/* Every update of the event. */
enum status search_forget(struct db *db, struct job *j,
    int64_t event) must_check;
enum status search_add(struct db *db, struct job *j,
    const struct search_entry *e) must_check;
/*
 * query: of text/query.h.  The newest events first, in each the newest
 * update; at most max.
 */
enum status search_find(struct db *db, struct job *j, const char *query,
    size_t max, struct search_hit **out, size_t *n) must_check;

#endif
