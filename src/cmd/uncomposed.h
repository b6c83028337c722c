/*
 * What the public gets can't be composed: a list's file, a template or a word
 * list wants a person.  Tells the administrator, once for each mistake.
 */
#ifndef CMD_UNCOMPOSED_H
#define CMD_UNCOMPOSED_H

#include "cmd/world.h"

/*
 * part: names the mail together with why, so that a second one of both is no
 * new one; what: what comes of it meanwhile; why: names the file.  In the
 * caller's transaction, if there is one.
 */
enum status uncomposed_tell(struct world *w, struct job *j, const char *part,
    const char *what, const char *why) must_check;

#endif
