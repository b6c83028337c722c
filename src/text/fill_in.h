/*
 * What the files text/fill*.c share; nothing else includes it.  Each filler
 * puts one entry into the request, or says why it can't.
 */
#ifndef TEXT_FILL_IN_H
#define TEXT_FILL_IN_H

#include "text/fill.h"

/* A finding about this line; copy: a line to reply with, NULL: none. */
void fill_find(struct fill *w, const struct entry *e, const char *code,
    const char *says, const char *copy);
/* "Since: 2026-03-04 09:00": the key as it was written. */
const char *fill_again(struct fill *w, const struct entry *e,
    const char *value);
/* E24, and the same key with a value that would do. */
void fill_bad(struct fill *w, const struct entry *e, const char *says,
    const char *value);
/* "+2h", "90 min", "none", or a time; *no is set when false. */
bool fill_promise(struct fill *w, const char *s, struct promise *out,
    struct moment_refusal *no);

/* In doubt the stricter of the two. */
void fill_tighten(struct fill *w, enum disclosure d);

/* fill_named.c: values that name what is set up */
void fill_components(struct fill *w, const struct entry *e);
void fill_lists(struct fill *w, const struct entry *e);
void fill_brand(struct fill *w, const struct entry *e);
void fill_handoff(struct fill *w, const struct entry *e);
void fill_hand_off(struct fill *w, const struct entry *e, const char *to);

/* fill_command.c */
void fill_command(struct fill *w, const struct entry *e);

#endif
