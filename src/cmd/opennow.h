/*
 * The public events that are open, for who comes to a list or asks.
 */
#ifndef CMD_OPENNOW_H
#define CMD_OPENNOW_H

#include "cmd/world.h"

/* In the words of the language; "" where nothing is. */
enum status opennow_text(struct world *w, struct job *j, const char *lang,
    char **out) must_check;

#endif
