/*
 * One writing of the public tree: what changed since the last, which files
 * that touches, and the files.  Everything stands in one transaction of
 * STATE/tree.db (model/tree.h), which is committed when the files are on disk;
 * a run that was killed is done again.
 *
 * Functions of cmd/site_*.c write files of one kind each.  Memory that they
 * need is of the job they are given.
 */
#ifndef CMD_SITE_H
#define CMD_SITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "cmd/world.h"
#include "model/public_update.h"
#include "text/service.h"

enum {
	SITE_DAY = 24 * 60 * 60,
	SITE_PIECE = 50,     /* entries of a feed's archive, events of a page */
	SITE_FOLDERS = 8192, /* that are remembered */
};

struct touched { /* strings, each once */
	char **list;
	size_t n;
};

struct site_piece { /* of an archive, from 1 */
	const char *list;
	int64_t n;
};

struct site {
	struct world *w;
	struct job *j;         /* of the whole run */
	struct db *db;         /* tree.db */
	bool all;              /* everything is written */
	bool sure;             /* what tree.db says of files can be relied on */
	int64_t since, newest; /* posts: seen before, and now */
	int64_t issue;         /* the newest digest */
	int64_t first, last;   /* when posts were posted; 0: none was */
	int64_t today;         /* its midnight */
	bool new_day;
	struct touched months, years, slugs;
	struct touched listings;   /* months that list an event with news */
	struct touched edited;     /* files that somebody else had changed */
	struct site_piece *pieces; /* that changed */
	size_t n_pieces;
	uint64_t folders[SITE_FOLDERS]; /* seen to, at a place by their hash */
	size_t written;
};

void site_touch(struct site *x, struct touched *t, const char *s);
bool site_touches(const struct touched *t, const char *s);

void site_touch_piece(struct site *x, const char *list, int64_t piece);
/*
 * The next piece to be written after that one, of those that are full; 0:
 * there is none.  before: how many pieces before one change with it.
 */
int64_t site_next_piece(const struct site *x, const char *list, int64_t after,
    int64_t whole, int64_t before);

/* path is below the public folder. */
enum status site_save(struct site *x, struct job *j, const char *path,
    const struct buf *b) must_check;
/*
 * What stands there, where it is what was written last and can be built on;
 * ST_NONE: there is no such thing.
 */
enum status site_had(struct site *x, struct job *j, const char *path,
    struct buf *out) must_check;
/* Looks at every file that was ever written; touches nothing. */
enum status site_look(struct site *x, struct job *j, bool *changed) must_check;

/* What was posted since: lists, months and claims of it. */
enum status site_learn(struct site *x, struct job *j) must_check;
/* Events' own pages. */
enum status site_events(struct site *x, struct job *j) must_check;
/* Digests that were made since: their pages, and months of them. */
enum status site_digests(struct site *x, struct job *j) must_check;
/* Months, years, and the archives of mail. */
enum status site_history(struct site *x, struct job *j) must_check;
/* The archive of one month (year * 12 + month - 1). */
enum status site_mbox(struct site *x, struct job *j, int month) must_check;

/*
 * Open events and the services as they say they are; with_days: their bars.
 * The texts are read.
 */
struct site_now {
	struct public_event *open; /* newest first */
	size_t n_open;
	struct service *services;
	size_t n_services;
};
enum status site_now(struct site *x, struct job *j, bool with_days,
    struct site_now *out) must_check;

/* Front page, now.txt, style, search; then the services' pages and badges. */
enum status site_front(struct site *x, struct job *j) must_check;
enum status site_services(struct site *x, struct job *j) must_check;
enum status site_feeds(struct site *x, struct job *j) must_check;
/* Services that aren't shown any more and whose pages are due now. */
enum status site_gone(struct site *x, struct job *j, struct service **out,
    size_t *n) must_check;
/* Where pages were once (`moved`). */
enum status site_moved(struct site *x, struct job *j) must_check;
enum status site_calendar(struct site *x, struct job *j) must_check;
enum status site_api(struct site *x, struct job *j) must_check;

/* Events of ids, each once, in that order; texts: they are read too. */
enum status site_load(struct site *x, struct job *j, const int64_t *ids,
    size_t n, bool texts, struct public_event **out, size_t *n_out) must_check;
/* Which pieces of a list there are besides the newest, and what that has. */
struct site_list {
	int64_t whole; /* pieces that are full */
	int64_t first, last;
};
enum status site_list(struct site *x, struct job *j, const char *name,
    struct site_list *out) must_check;

#endif
