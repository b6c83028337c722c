/*
 * Words that somebody looks for, as a query of SQLite's FTS5: all of them must
 * be there, in any order, without regard to case or accents; the last may be
 * the beginning of one.  Nothing that is typed is an operator.
 */
#ifndef TEXT_QUERY_H
#define TEXT_QUERY_H

#include "base/arena.h"

enum { QUERY_WORDS = 8, QUERY_LENGTH = 200 };

/* NULL: there is no word in it. */
char *query_of(struct arena *mem, const char *words);

#endif
