/*
 * What the public tree was made of: STATE/tree.db, made from the store alone
 * by the one who writes the tree, in the same order and so with the same
 * numbers whether post by post or all at once.  Removing it makes the next
 * `page` write everything.
 *
 * Statuses are those of ext/db.h; ST_NONE: no such thing.
 */
#ifndef MODEL_TREE_H
#define MODEL_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/span.h"
#include "model/uptime.h"

/* Opens or makes it; one of another version is made anew. */
enum status tree_open(struct job *j, const char *state,
    struct db **out) must_check;
/* Removes one that is damaged: what it knew is found out anew.  false: it
 * isn't, or can't be removed. */
bool tree_drop_damaged(struct job *j, const char *state) must_check;
/* Forgets all but what the files were like. */
enum status tree_clear(struct db *db, struct job *j) must_check;

enum status tree_number(struct db *db, struct job *j, const char *name,
    int64_t *out) must_check;
enum status tree_set_number(struct db *db, struct job *j, const char *name,
    int64_t value) must_check;

/* In the place of those that the event had. */
enum status tree_put_claims(struct db *db, struct job *j, int64_t event,
    const struct span *list, size_t n) must_check;
/* Those of a service that touch from <= t < until. */
enum status tree_claims(struct db *db, struct job *j, const char *slug,
    int64_t from, int64_t until, struct span **out, size_t *n) must_check;
/* When a claim on the service last began or ended; 0: there is none. */
enum status tree_changed(struct db *db, struct job *j, const char *slug,
    int64_t *out) must_check;

/*
 * What the claims on a service that has been there since `born` amount to in a
 * month that is over.  ST_NONE: it isn't known (any more).
 */
enum status tree_uptime(struct db *db, struct job *j, const char *slug,
    int64_t born, int64_t since, int64_t until, struct uptime *out) must_check;
enum status tree_set_uptime(struct db *db, struct job *j, const char *slug,
    int64_t born, int64_t since, int64_t until,
    const struct uptime *u) must_check;

struct tree_entry {
	int64_t n, event;
	int u; /* 0: the event as a whole */
};

/* Adds it where it isn't there yet; its number in any case. */
enum status tree_add_entry(struct db *db, struct job *j, const char *list,
    int64_t event, int u, int64_t *n) must_check;
enum status tree_entry_number(struct db *db, struct job *j, const char *list,
    int64_t event, int u, int64_t *n) must_check;
enum status tree_count(struct db *db, struct job *j, const char *list,
    int64_t *n) must_check;
/* first <= n <= last, newest first. */
enum status tree_entries(struct db *db, struct job *j, const char *list,
    int64_t first, int64_t last, struct tree_entry **out, size_t *n) must_check;

/* Slugs of all services that posts have hurt. */
enum status tree_services(struct db *db, struct job *j, char ***slugs,
    size_t *n) must_check;

/* Months are year * 12 + month - 1. */
enum status tree_add_month(struct db *db, struct job *j, int month,
    int64_t event) must_check;
enum status tree_month(struct db *db, struct job *j, int month, int64_t **ids,
    size_t *n) must_check;
/* Those with a post of the event. */
enum status tree_months_of(struct db *db, struct job *j, int64_t event,
    int64_t **months, size_t *n) must_check;
/* Those with a post, newest first. */
enum status tree_months(struct db *db, struct job *j, int64_t **months,
    size_t *n) must_check;

enum status tree_file(struct db *db, struct job *j, const char *path,
    char **sha) must_check;
enum status tree_set_file(struct db *db, struct job *j, const char *path,
    const char *sha) must_check;
/* The next path after `after` ("" for the first). */
enum status tree_next_file(struct db *db, struct job *j, const char *after,
    char **path, char **sha) must_check;

#endif
