/*
 * Components, groups, people and lists as a mail names them.
 */
#ifndef TEXT_NAMES_H
#define TEXT_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/conf.h"

enum { NAMES_NEAR = 3 };

/* By slug, name or alias; NULL: none. */
const struct component *names_component(const struct conf *c, const char *s);
bool names_in_group(const struct component *c, const char *group);
/* The slugs of the nearest components, the best first; returns how many. */
size_t names_near(const struct conf *c, const char *s,
    const char *out[NAMES_NEAR]);
/* By slug, name, address, or a first name that only one person has. */
const struct person *names_person(struct arena *mem, const struct conf *c,
    const char *s);
const struct list *names_list(const struct conf *c, const char *s);

#endif
