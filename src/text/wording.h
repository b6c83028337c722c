/*
 * The tables behind text/phrases.h: words by language, folded.  Each ends with
 * NULL.  A language is added by adding its words here.
 */
#ifndef TEXT_WORDING_H
#define TEXT_WORDING_H

#include "text/phrases.h"

struct wording_label {
	const char *word;
	enum phrase_label kind;
};

extern const struct wording_label wording_labels[];
extern const char *const wording_verbs[];
extern const char *const wording_starts[];
extern const char *const wording_originals[];
extern const char *const wording_forwards[];
extern const char *const wording_thanks[];
extern const char *const wording_closings[];
extern const char *const wording_devices[];
extern const char *const wording_device_ends[];
extern const char *const wording_device_words[];
extern const char *const wording_disclaimers[];
extern const char *const wording_legal[];
extern const char *const wording_banners[];
extern const char *const wording_forward_subjects[];
extern const char *const wording_greetings[];

#endif
