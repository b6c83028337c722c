/*
 * What model/post.c and model/rehearsal.c share: two tables with the same
 * columns.  Nothing else includes it.
 */
#ifndef MODEL_POST_IN_H
#define MODEL_POST_IN_H

#include "model/post.h"

#define POST_COLUMNS \
	"id, event_id, u, r, posted, kind, state, title, text, lang, impact, " \
	"impact_text, reseller_impact, enduser_impact, workaround, lasting, " \
	"components, lists, started, ended, next_update, limited, backfill, " \
	"notify, typo, reason, author, approver, draft, hash, names, " \
	"cause, fix, prevention, problem, salt, social"

/* What post_insert() binds. */
#define POST_VALUES \
	"(event_id, u, r, posted, kind, state, title, text, lang, impact, " \
	"impact_text, reseller_impact, enduser_impact, workaround, lasting, " \
	"components, lists, started, ended, next_update, limited, backfill, " \
	"notify, typo, reason, author, approver, draft, hash, names, cause, " \
	"fix, prevention, problem, salt, social) " \
	"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, " \
	"?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, " \
	"?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36)"

struct post_row { /* as stored */
	struct post post;
	const char *names; /* what its components were called */
	bool removed;      /* its texts are: post_settle() took them out */
	bool trimmed;      /* it repeated what was removed elsewhere */
	bool withdrawn;    /* what it says of components counts no more */
};

/* sql selects POST_COLUMNS of one event, in order of u and r. */
enum status post_rows(struct db *db, struct job *j, const char *sql,
    int64_t event, struct post_row **out, size_t *n) must_check;
enum status post_insert(struct db *db, struct job *j, const char *sql,
    const struct conf *c, const struct post *p) must_check;
/*
 * What later revisions say of earlier ones of the same update: texts that were
 * removed are taken out, here and nowhere else.
 */
void post_settle(struct post_row *rows, size_t n);
/* The next update of e, whose name, year and number are set. */
void post_add_update(struct job *j, const struct conf *c,
    const struct post_row *row, struct public_event *e);
/* ... when all of them are there. */
void post_end_updates(struct public_event *e);

#endif
