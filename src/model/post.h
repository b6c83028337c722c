/*
 * What was published: insert-only.  A post is update u of an event in
 * revision r; the newest r of each u is the one that counts.  The public
 * papers (public_update.h) are built here and nowhere else, from the public
 * columns alone; of a drill there are none (model/rehearsal.h).
 */
#ifndef MODEL_POST_H
#define MODEL_POST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ext/db.h"
#include "model/conf.h"
#include "model/keys.h"
#include "model/public_update.h"

struct post { /* as the process sees it */
	int64_t id, event;
	int u, r;
	int64_t posted;
	enum post_kind kind;
	enum state state;
	const char *title, *text, *lang;
	enum impact impact; /* shown */
	const char *impact_text, *reseller_impact, *enduser_impact, *workaround,
	    *lasting, *social;
	struct review review;
	const char *components; /* slug=level,slug=level */
	const char *lists;      /* slugs with commas, "" for all */
	int64_t started, ended, next_update;
	bool limited, backfill, notify, typo;
	const char *reason;
	const char *author, *approver; /* internal */
	int draft;
	const char *salt, *hash; /* of the chain (model/chain.h) */
};

/* Links it to the chain and stores it; sets id, salt and hash. */
enum status post_add(struct db *db, struct job *j, const struct conf *c,
    const struct keys *k, struct post *p) must_check;
/* As it is stored: "update", "same", "auto". */
const char *post_kind_word(enum post_kind k);
/*
 * The newest revision of each update, in order of u, for the process: of a
 * drill, what was rehearsed.
 */
enum status post_list(struct db *db, struct job *j, int64_t event,
    struct post **out, size_t *n) must_check;
/* Every revision, in order of u, then r. */
enum status post_revisions(struct db *db, struct job *j, int64_t event,
    struct post **out, size_t *n) must_check;

/* The event as the public sees it; ST_NONE: it never was public. */
enum status post_public_event(struct db *db, struct job *j,
    const struct conf *c, int64_t event, struct public_event *out) must_check;
/*
 * The same as it was known before `until`: later posts aren't there, but a
 * text that one of them removed isn't either.
 */
enum status post_public_event_at(struct db *db, struct job *j,
    const struct conf *c, int64_t event, int64_t until,
    struct public_event *out) must_check;

/* A post that isn't stored yet, as a public paper: for previews. */
void post_as_public(struct job *j, const struct conf *c, const char *event,
    const struct post *p, struct public_update *out);

#endif
