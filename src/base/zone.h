/*
 * Time zones by the words people use: an IANA name in any case
 * ("america/toronto") or the city that ends one ("Toronto", "New York",
 * "sao_paulo").  Reads the names in the system's tzdata folder, nothing
 * else.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/arena.h"

/* The IANA name as when_zone_known() takes it; NULL: no such place. */
const char *zone_find(struct arena *mem, const char *word);

#endif
