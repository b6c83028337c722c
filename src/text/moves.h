/*
 * The life of an incident in public (specification, section 2.2): which state
 * may follow which.
 */
#ifndef TEXT_MOVES_H
#define TEXT_MOVES_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/words.h"

bool moves_allowed(enum state from, enum state to);
/* From resolved to what goes on again: by reopening alone. */
bool moves_reopen(enum state from, enum state to);
/* "investigating, identified or monitoring" */
char *moves_list(struct arena *mem, enum state from);

#endif
