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

/* It ends in one of the words, after which NULL stands. */
bool phrase_ends(const char *fold, const char *const *words);

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

/*
 * A verb of "wrote" stands in n bytes of s; *last: at their end; *colon: a
 * colon follows one.
 */
bool phrase_wrote(const char *s, size_t n, bool *last, bool *colon);
/* s begins like an attribution: a word such as "on", a weekday, a digit. */
bool phrase_attribution_start(const char *s);
/* The words between the dashes of "-----Original Message-----". */
bool phrase_original(const char *s);
bool phrase_forwarded(const char *s);

/* A help desk's "please reply above this line". */
bool phrase_reply_marker(const char *fold);

enum phrase_closing { CLOSING_NONE, CLOSING_THANKS, CLOSING_FORMAL };

/*
 * The line begins with a closing, or several ("Danke und Gruß", "Med venlig
 * hilsen / Best regards"); *rest: what follows them, marks aside.
 */
enum phrase_closing phrase_closing(const char *fold, const char **rest);
/* The line says from which device or program it was sent. */
bool phrase_device(struct arena *mem, const char *fold);
/* A paragraph in one line. */
bool phrase_disclaimer(const char *fold);
/* The same, of a list, a virus scanner or a help desk. */
bool phrase_footer(const char *fold);
/* "Legal notice": nothing else stands above such a paragraph. */
bool phrase_legal_title(const char *fold);

enum phrase_banner {
	BANNER_NONE,
	BANNER_TAG,    /* "[external]", "external sender" */
	BANNER_PREFIX, /* "[external] own words" */
	BANNER_SENTENCE,
};

/*
 * A mail gateway's warning.  An alarm word alone makes none: it must speak of
 * mail from outside.
 */
enum phrase_banner phrase_banner(const char *fold);
/* What such a warning advises: "do not click links". */
bool phrase_caution(const char *fold);
/* Words for a picture: the name of its file, "logo". */
bool phrase_picture(const char *fold);
/* A firm's register, tax number or advertisement. */
bool phrase_imprint(const char *fold);
bool phrase_networks(const char *fold);
/* A subject that says that the mail is forwarded. */
bool phrase_forward_subject(const char *subject);
bool phrase_greeting(const char *fold);

#endif
