/*
 * Paper: a public text in several languages, kept as one: the text of the
 * draft's own language, then for each further one the line that its writer
 * put above it, "--- public: fr ---", and the text.  So what is approved,
 * hashed, linked to the chain and kept is always all of them.
 *
 * Results live in the arena.
 */
#ifndef MODEL_TONGUE_H
#define MODEL_TONGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/public_update.h"

/* At least one: the first is that of `lang`, the draft's own. */
size_t tongue_split(struct arena *mem, const char *text, const char *lang,
    struct tongue **out);
/* The other way round; a language that stands twice is one text. */
char *tongue_join(struct arena *mem, const struct tongue *all, size_t n);
/* The line that opens the next language; NULL: there is none. */
const char *tongue_next(const char *text);
/* Can who wants "pt-BR" read this: "pt-BR", "pt", but not "pt-PT"? */
bool tongue_serves(const char *lang, const char *wanted);

#endif
