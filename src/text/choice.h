/*
 * What a member chose of a list's posts, and whether a post is of that.  A
 * post that names no component is for everybody, whatever topics and impact
 * he chose.
 *
 * Topics are kept as "slug,slug,group:name": components, and groups with what
 * is added to them later; a group's name is folded as the mail grammar
 * compares it.  "" is everything.
 */
#ifndef TEXT_CHOICE_H
#define TEXT_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/conf.h"
#include "model/member.h"
#include "model/public_update.h"

struct choice {              /* one update, as members look at it */
	const char **topics; /* none: it is about everything */
	size_t n;
	bool incident, rated; /* rated: `impact` means something */
	enum impact impact;
	bool same;    /* "no change": only for those who want each */
	bool turning; /* raised, resolved or later, or corrected */
};

/* Of e->updates[at]; lives in mem. */
void choice_of(struct arena *mem, const struct conf *c,
    const struct public_event *e, size_t at, struct choice *out);
/*
 * had: an earlier update of the event was delivered to m.  Whoever got one
 * gets the later ones, whatever topics, kind and impact say by then.
 */
bool choice_wants(const struct choice *c, const struct member *m, bool had,
    int64_t now);
/*
 * "email-b, Email, dns" or "all" as it is kept, which is read too; NULL:
 * *unknown is the word that is neither component nor group.
 */
const char *choice_read_topics(struct arena *mem, const struct conf *c,
    const char *s, const char **unknown);
/* As it can be read again: "email-b, Email"; "all" for everything. */
char *choice_show_topics(struct arena *mem, const struct conf *c,
    const char *topics);

#endif
