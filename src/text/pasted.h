/*
 * A text that was copied from between the rulers of a preview and mended
 * there: what the preview had put around it, the title line, state, components
 * and address above, the times below, is made anew and is no part of the text.
 * Pure; results live in the arena.
 */
#ifndef TEXT_PASTED_H
#define TEXT_PASTED_H

#include "base/arena.h"

/* The text alone; the same text where its first line isn't such a frame. */
const char *pasted_text(struct arena *mem, const char *text);
/* "[Investigating] Logins fail [INC-2026-0042]": the words of it. */
const char *pasted_title(struct arena *mem, const char *title);

#endif
