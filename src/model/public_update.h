/*
 * Paper: what the public may see, and nothing else.  Renderers of public
 * output take these and have no other way to an event; they are built in one
 * place (model/post.c) from the named public columns of posts.  Strings are
 * never NULL; "" means not given.
 */
#ifndef MODEL_PUBLIC_UPDATE_H
#define MODEL_PUBLIC_UPDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/words.h"

struct prose; /* text/prose.h */

struct tongue {                    /* a text in one language */
	const char *lang;          /* "fr" */
	const char *text;          /* Markdown source */
	const struct prose *prose; /* of it, by flow/texts.c; else NULL */
};

struct public_component {
	const char *slug, *name;
	enum level level;
};

enum post_kind {
	POST_UPDATE,
	POST_SAME,      /* "No change since ..." */
	POST_AUTO,      /* the holding statement; a later part */
	POST_MERGED,    /* the event is followed as another; reason: its name */
	POST_VOIDED,    /* there was no problem: the event is withdrawn */
	POST_WITHDRAWN, /* a revision: what the update said isn't so */
	POST_REDACTED,  /* a revision: the texts before it are removed */
};

struct review { /* what a postmortem tells besides its text */
	const char *cause, *fix, *prevention, *problem;
};

#define REVIEW_NONE \
	{ \
		"", "", "", "" \
	}

struct public_update {
	const char *event; /* "INC-2026-0042" */
	int year, number;
	int u, r; /* update and revision */
	enum post_kind kind;
	enum state state;
	enum impact impact;
	bool limited;  /* posted under limited disclosure */
	bool backfill; /* resolved as the first post */
	const char *title;
	const char *text;          /* Markdown source */
	const struct prose *prose; /* of text, by flow/texts.c; else NULL */
	const char *lang;          /* of the text: "en" */
	struct tongue *others;     /* the same in further languages */
	size_t n_others;
	const char *impact_text, *reseller_impact, *enduser_impact, *workaround,
	    *lasting;
	const char *social; /* instead of the made text, see text/blurb.h */
	struct review review;
	struct public_component *components;
	size_t n_components;
	int64_t started, ended; /* 0: not given */
	int64_t posted;         /* of this revision */
	int64_t first_posted;   /* of u, whatever the revision */
	int64_t next_update;    /* 0: none promised */
	const char *reason;     /* of a revision; of a removal, what it was */
	bool removed;           /* its texts were: there are none here */
	bool trimmed;           /* words removed elsewhere are left out */
	bool typo;              /* corrected without mail */
	const char *hash;       /* of the chain, hexadecimal */
	const char *previous;   /* ... of the post before; NULL: not asked */
};

/* An event as its page shows it: every revision of every update. */
struct public_event {
	const char *event;
	int year, number;
	bool voided;             /* withdrawn as a whole: no impact */
	bool merged;             /* followed as another: its last word says */
	bool report;             /* of month `number`, no incident */
	const char *title;       /* the newest */
	const char *first_title; /* for stable subjects */
	enum state state;
	enum impact impact; /* now */
	enum impact peak;
	int64_t started, ended;
	int64_t next_update; /* 0: none */
	bool overdue;        /* the timer for it has fired */
	/* In order of u, then r; the last r of each u is the one that counts */
	struct public_update *updates;
	size_t n_updates;
	/* Every component ever named, with its worst level. */
	struct public_component *components;
	size_t n_components;
};

#endif
