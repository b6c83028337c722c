/*
 * Whom an internal mail names in To or Cc though it isn't for them: the
 * addresses under which a list speaks in public.  A reply to all doesn't make
 * a text public; its writer should hear so.
 */
#ifndef TEXT_ONLOOKERS_H
#define TEXT_ONLOOKERS_H

#include "model/conf.h"
#include "model/message.h"

/* The first such address as the configuration writes it; NULL: none. */
const char *onlookers_public(struct arena *mem, const struct conf *c,
    const struct message *m);

#endif
