/*
 * The names of months, in the languages of those who write to us: English by
 * the first three letters or the whole name ("sept" too), the others by the
 * name as it stands in a date, and a few abbreviations.
 */
#ifndef TEXT_MONTHS_H
#define TEXT_MONTHS_H

/* s in lower case: 1 to 12, *s moves behind the name; 0: none stands there. */
int months_read(const char **s);

#endif
