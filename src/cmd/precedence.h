/*
 * Which broadcast goes before which: what is critical first, then lists of
 * accounts, whose members must know, before open ones, then in order; behind
 * all of them what greets members that an import brought.
 */
#ifndef CMD_PRECEDENCE_H
#define CMD_PRECEDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/conf.h"
#include "model/letter.h"

/* By letter_broadcasts(), whose order stays where nothing else decides. */
void precedence_sort(const struct conf *c, struct letter *all, size_t n);
/* By what they are, not by their age. */
bool precedence_before(const struct conf *c, const struct letter *a,
    const struct letter *b);

#endif
