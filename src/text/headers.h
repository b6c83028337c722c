/*
 * The headers of a message that was read.
 */
#ifndef TEXT_HEADERS_H
#define TEXT_HEADERS_H

#include "model/message.h"

/* The value of the first of that name, in any case; NULL: there is none. */
const char *headers_first(const struct message *m, const char *name);

#endif
