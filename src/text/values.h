/*
 * What a mail may write for the words of the process: severity, state, level,
 * impact, disclosure, yes and no, with their synonyms.  Case, and space, -
 * and _ inside a word, don't matter.
 */
#ifndef TEXT_VALUES_H
#define TEXT_VALUES_H

#include <stdbool.h>

#include "model/request.h"
#include "model/words.h"

/* 1 to 5; 0: no severity; -1: a number out of range. */
int value_severity(const char *s);
/* STATE_NONE: no such word. */
enum state value_state(const char *s);
/* A state word that belongs to maintenance. */
bool value_is_maintenance(const char *s);
/* The word as near to s as a slip of the finger; NULL: none. */
const char *value_near_state(const char *s);
const char *value_near_level(const char *s);
enum level value_level(const char *s);
enum impact value_impact(const char *s);
/* DISCLOSURE_UNSET: not understood. */
enum disclosure value_disclosure(const char *s);
enum ask_impact value_yes_no(const char *s);
/*
 * A text that opens a mail with a resolved or monitoring word used as a
 * report ("fixed, pool restarted"), else STATE_NONE: "fixed IP range ..." and
 * "not fixed" are none.
 */
enum state value_opening(const char *line);
/* As near as a slip of the finger: two edits, one for up to 5 letters. */
bool value_is_near(const char *a, const char *b);

#endif
