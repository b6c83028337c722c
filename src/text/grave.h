/*
 * Words of a note that call for a war room: data or a key is lost.
 */
#ifndef TEXT_GRAVE_H
#define TEXT_GRAVE_H

#include <stdbool.h>

/* "no data loss" and "without data loss" aren't. */
bool grave_says(const char *text);
/* Of Lasting-Effects: anything but none. */
bool grave_lasts(const char *effects);

#endif
