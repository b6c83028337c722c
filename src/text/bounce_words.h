/*
 * What the words of a mail server say about why a mail wasn't taken.  The
 * words are families, from the common servers, services and languages; their
 * order decides where a text says several things at once.
 */
#ifndef TEXT_BOUNCE_WORDS_H
#define TEXT_BOUNCE_WORDS_H

#include "base/arena.h"
#include "model/bounce.h"

enum bounce_stage {
	STAGE_UNSAID,
	STAGE_SENDER, /* before a recipient was named */
	STAGE_RCPT,
	STAGE_DATA, /* the recipient had been taken */
};

/* REASON_UNSAID: none that we know.  A status goes before what is vague. */
enum bounce_reason bounce_words_plain(struct arena *mem, const char *text);
enum bounce_reason bounce_words_vague(struct arena *mem, const char *text);
/* To what command of the dialogue the refusal was the reply. */
enum bounce_stage bounce_words_stage(struct arena *mem, const char *text);
/* "permanent error", "failed permanently": nobody tries again. */
bool bounce_words_final(struct arena *mem, const char *text);
/* It will be tried again. */
bool bounce_words_waits(struct arena *mem, const char *text);

#endif
