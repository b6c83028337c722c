/*
 * Codes in the texts of mail servers: enhanced status codes (RFC 3463) and
 * what they mean for a bounce.
 */
#ifndef TEXT_BOUNCE_STATUS_H
#define TEXT_BOUNCE_STATUS_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/bounce.h"

/*
 * The status that a text gives: one behind a reply code ("550-5.1.1") before
 * any other, one that says something before x.0.0.  "" if there is none.
 */
const char *bounce_status_find(struct arena *mem, const char *text);
/* There is a code of three digits in it: what is said was said by a server. */
bool bounce_status_replied(const char *text);
/* false: "5.0.0" and "" say nothing. */
bool bounce_status_tells(const char *status);
enum bounce_reason bounce_status_reason(const char *status);

#endif
