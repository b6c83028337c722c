/*
 * The name of a writer below what was written: the words of the From header,
 * as people sign with them.  Lines are folded (phrase_fold), but for
 * ownname_like().
 */
#ifndef TEXT_OWNNAME_H
#define TEXT_OWNNAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* The words of a name and of a local part, folded: `names` below. */
char *ownname_fold(struct arena *mem, const char *name, const char *address);
/*
 * How much of a line is the writer's own name, from its start; 0: it doesn't
 * begin so.  What follows is the end or set apart.
 */
size_t ownname_starts(const char *names, const char *s);
bool ownname_only(const char *names, const char *s);
/* "/mk", "-mk", "M.": the writer's initials, marked as such. */
bool ownname_initials(const char *names, const char *s);
/* One to four words that begin with a capital, or of another script. */
bool ownname_like(const char *s);

#endif
