/*
 * The stable names of events: INC-2026-0042, MNT-2026-0013, DRL-2026-0001,
 * REP-2026-02, with
 * all the ways a person writes them, and the Message-IDs made of them
 * (<inc-2026-0042.u1.r1.LIST@HOST>).  Case never matters; numbers have four
 * digits or as many as they need, of a report two.
 */
#ifndef TEXT_EVENTID_H
#define TEXT_EVENTID_H

#include <stdbool.h>

#include "base/arena.h"

enum event_kind {
	EVENT_ANY, /* written without its prefix */
	EVENT_INCIDENT,
	EVENT_MAINTENANCE,
	EVENT_DRILL,  /* never what a bare number means */
	EVENT_REPORT, /* numbered by its month */
};

struct eventid {
	enum event_kind kind;
	int year, number;
};

/*
 * The whole of s: INC-2026-0042, 2026-0042, 0042, 42, each with # or brackets
 * around it if need be.  Where the year is left out it is `year`.
 */
bool eventid_read(const char *s, int year, struct eventid *out);
/* The same, but 42 and 0042 aren't enough. */
bool eventid_read_full(const char *s, struct eventid *out);
/*
 * The next INC-2026-0042 or #2026-0042 in running text; *s moves behind it.
 * *at, *len: as written.
 */
bool eventid_next(const char **s, struct eventid *out, const char **at,
    size_t *len);

char *eventid_tag(struct arena *mem, const struct eventid *id);  /* INC-... */
char *eventid_slug(struct arena *mem, const struct eventid *id); /* inc-... */
/* "incident", "maintenance", "drill" as the store has it; ANY: an incident. */
const char *eventid_kind_word(enum event_kind k);
enum event_kind eventid_kind_of(const char *word);

/* An object of an event in a reply address or a Message-ID: d2, u1, e. */
struct eventid_object {
	char letter; /* d u n t q e w; 0: none */
	int number;  /* 0 for e and w */
};

/* The whole of the n bytes at s. */
bool eventid_read_object(const char *s, size_t n, struct eventid_object *out);
/* "d2" */
char *eventid_object_word(struct arena *mem, const struct eventid_object *o);

/*
 * A Message-ID of ours, without <>: its event and, where its second part is
 * one, its object.  host: of the ids we make.  Ids of ours that name no event
 * (<q17@HOST>) are false.
 */
bool eventid_of_mid(const char *mid, const char *host, struct eventid *out,
    struct eventid_object *object);
/* "inc-2026-0042.PART@HOST"; part NULL: the root id. */
char *eventid_mid(struct arena *mem, const struct eventid *id, const char *part,
    const char *host);

#endif
