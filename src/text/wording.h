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

/* What a disclaimer may talk about. */
enum wording_topic {
	LEGAL_SECRET = 1 << 0,
	LEGAL_ADDRESSEE = 1 << 1,
	LEGAL_ACT = 1 << 2, /* delete it, tell nobody */
	LEGAL_PRINT = 1 << 3,
};

struct wording_legal {
	const char *stem;
	unsigned topic;
};

extern const struct wording_label wording_labels[];
extern const char *const wording_verbs[];
extern const char *const wording_starts[];
extern const char *const wording_originals[];
extern const char *const wording_forwards[];
extern const char *const wording_markers[];
extern const char *const wording_forward_subjects[];

/* wording_person.c */
extern const char *const wording_thanks[];
extern const char *const wording_closings[];
extern const char *const wording_greetings[];

/* wording_device.c */
extern const char *const wording_devices[];
extern const char *const wording_device_ends[];
extern const char *const wording_device_words[];
extern const char *const wording_device_bare[];
extern const char *const wording_device_excuses[];
extern const char *const wording_device_weak[];

/* wording_foot.c */
extern const char *const wording_feet[];
extern const char *const wording_feet_weak[];
extern const char *const wording_scans[];
extern const char *const wording_scanners[];
extern const char *const wording_legal_titles[];

/* wording_firm.c */
extern const char *const wording_disclaimers[];
extern const struct wording_legal wording_legal[];
extern const char *const wording_this_mail[];
extern const char *const wording_banners[];
extern const char *const wording_banner_tags[];
extern const char *const wording_alerts[];
extern const char *const wording_mail[];
extern const char *const wording_outside[];
extern const char *const wording_outer[];
extern const char *const wording_cautions[];
extern const char *const wording_pictures[];
extern const char *const wording_imprints[];
extern const char *const wording_socials[];
extern const char *const wording_networks[];

#endif
