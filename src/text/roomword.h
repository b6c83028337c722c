/*
 * The words behind war-room: open, sitrep, join NAME, chair NAME, scribe NAME,
 * close.
 */
#ifndef TEXT_ROOMWORD_H
#define TEXT_ROOMWORD_H

#include <stdbool.h>

#include "base/arena.h"

enum roomword {
	ROOMWORD_NONE,
	ROOMWORD_OPEN,
	ROOMWORD_SITREP,
	ROOMWORD_JOIN,
	ROOMWORD_CHAIR,
	ROOMWORD_SCRIBE,
	ROOMWORD_CLOSE,
};

/* *rest: what stands behind the word. */
enum roomword roomword_read(struct arena *mem, const char *s,
    const char **rest);
/* chair, scribe and join NAME: these may stand alone. */
bool roomword_alone(struct arena *mem, const char *line);
/* The word that s is a slip of; NULL: none. */
const char *roomword_near(const char *s);

#endif
