/*
 * Is what stands behind "void" the reason why an incident is none?  "void a
 * probe was broken" is; "Void warranty on the SAN" tells of something else.
 */
#ifndef TEXT_VOIDS_H
#define TEXT_VOIDS_H

#include <stdbool.h>

/* One of the words by which a false alarm is explained is among them. */
bool voids_reason(const char *s);

#endif
