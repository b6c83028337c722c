/*
 * What mail servers and services say in their users' languages: not phrases
 * but what is spoken of and what is said of it, which have to stand close
 * together in one sentence ("Ваш ящик ... переполнен").  A language is added
 * by adding a row.  Pure; texts are folded (phrase_fold).
 */
#ifndef TEXT_BOUNCE_TONGUES_H
#define TEXT_BOUNCE_TONGUES_H

#include <stdbool.h>

#include "model/bounce.h"

/* Why: of the mailbox or its owner; REASON_UNSAID: nothing that we know. */
enum bounce_reason bounce_tongues_reason(const char *fold);
/* Something was not delivered. */
bool bounce_tongues_undelivered(const char *fold);

#endif
