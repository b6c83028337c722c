/*
 * What flow/subscribe.c, flow/subscribe_do.c and flow/subscribe_mail.c share.
 * Nothing else includes it.
 */
#ifndef FLOW_SUBSCRIBE_IN_H
#define FLOW_SUBSCRIBE_IN_H

#include "base/tmpl.h"
#include "flow/subscribe.h"
#include "model/member.h"

struct list_mail {
	const char *name;    /* NAME.LIST@HOST is its Message-ID */
	const char *subject; /* NULL: the text's first line, "Subject: ..." */
	const char *text;
	const char *reply_to;
	const char *token; /* to leave with; NULL: of nobody who could */
	bool answers;      /* the mail that came in; else by itself */
};

/* A letter to s->address. */
enum status subscribe_send(struct db *db, struct job *j,
    const struct subscribing *s, const struct list_mail *m) must_check;
/* A template in the language, with the values that all of them have. */
struct tmpl_map *subscribe_values(struct job *j, const struct subscribing *s);
enum status subscribe_text(struct job *j, const struct subscribing *s,
    const char *lang, const char *name, const struct tmpl_map *m,
    char **out) must_check;
/* A time in the words of the language, UTC first, then in the zone; NULL: in
 * those of the list. */
enum status subscribe_time(struct job *j, const struct subscribing *s,
    const char *lang, const char *zone, int64_t t, char **out) must_check;
/* At most so many answers a day go to an address; counts this one. */
enum status subscribe_may_answer(struct db *db, struct job *j,
    const struct subscribing *s, bool *may) must_check;

/* The member of s->address; ST_NONE: there is no row of it. */
enum status subscribe_member(struct db *db, struct job *j,
    const struct subscribing *s, struct member *out) must_check;
/* Active from now on, by the word of the address; delivery "": as it was. */
enum status subscribe_join(struct db *db, struct job *j,
    const struct subscribing *s, const char *delivery,
    struct member *out) must_check;
/* May the address be put on the list at all? */
enum status subscribe_may_join(struct db *db, struct job *j,
    const struct subscribing *s, bool *may) must_check;
/* Sets s->left, where he got anything until now. */
enum status subscribe_off(struct db *db, struct job *j, struct subscribing *s,
    const struct member *m) must_check;
/* Every setting of m as lines that can be sent back. */
char *subscribe_settings(struct job *j, const struct subscribing *s,
    const struct member *m);

#endif
