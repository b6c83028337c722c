/*
 * Words by which mail programs and people mark what isn't the reply, in the
 * languages that we have seen: attributions ("On ... wrote:"), labels of a
 * header block, separators, phones' signatures, closings, disclaimers,
 * banners.  All are given and compared folded (phrase_fold).  A language is
 * added by adding its words to the tables.
 */
#ifndef TEXT_PHRASES_H
#define TEXT_PHRASES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * Lower case, one space where there was any white space, none at the ends;
 * asterisks of bold text and invisible characters gone; straight quotes and a
 * plain colon for their relatives.
 */
char *phrase_fold(struct arena *mem, const char *s);

enum phrase_label {
	LABEL_NONE = 0,
	LABEL_FROM = 1 << 0,
	LABEL_DATE = 1 << 1,
	LABEL_TO = 1 << 2,
	LABEL_SUBJECT = 1 << 3,
	LABEL_OTHER = 1 << 4,
};

/* The label that a folded line begins with, before its colon. */
enum phrase_label phrase_label(const char *fold);

/* A verb of "wrote" stands in n bytes of s; *last: at their end. */
bool phrase_wrote(const char *s, size_t n, bool *last);
/* s begins like an attribution: a word such as "on", a weekday, a digit. */
bool phrase_attribution_start(const char *s);
/* The words between the dashes of "-----Original Message-----". */
bool phrase_original(const char *s);
bool phrase_forwarded(const char *s);

enum phrase_closing { CLOSING_NONE, CLOSING_THANKS, CLOSING_FORMAL };

/* The line is a closing and nothing else. */
enum phrase_closing phrase_closing(const char *fold);
/* It begins with a closing, then a comma: what follows, or NULL. */
const char *phrase_after_closing(const char *fold);
/* The line says from which device or program it was sent. */
bool phrase_device(struct arena *mem, const char *fold);
bool phrase_disclaimer(const char *fold);
bool phrase_banner(const char *fold);
/* A subject that says that the mail is forwarded. */
bool phrase_forward_subject(const char *subject);
bool phrase_greeting(const char *fold);

#endif
