/*
 * A report as JSON inside of a mail, as Amazon's SES writes it, bare or
 * wrapped once more as a string.  Not a parser of JSON: looks for the few
 * keys that it knows, in any text.
 */
#ifndef TEXT_BOUNCE_JSON_H
#define TEXT_BOUNCE_JSON_H

#include <stdbool.h>

#include "text/bounce_fields.h"

/*
 * The groups hold final, action, status and diagnostic; the action of a
 * complaint is "complaint".  false: that isn't one.
 */
bool bounce_json_read(struct arena *mem, const char *text,
    struct bounce_fields *out);

#endif
