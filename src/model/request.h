/*
 * Paper: what a mail asks for, as the grammar of the specification (sections
 * 3.5 to 3.8) reads it.  Made by flow/request.c from struct message; says
 * nothing about whether it may be done.  Strings are NULL where not given.
 */
#ifndef MODEL_REQUEST_H
#define MODEL_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/action.h"
#include "model/words.h"

struct finding {             /* an E or W code with what to tell the writer */
	const char *code;    /* "E20" */
	unsigned line;       /* of the text as written, from 1; 0: none */
	const char *written; /* the line, verbatim; NULL if none */
	const char *says;    /* a sentence: what is wrong, what wasn't done */
	const char *copy;    /* a line to copy, NULL if none */
};

struct claim { /* a component as named in a mail or shown in a post */
	const char *slug;
	enum level level; /* LEVEL_UNSET: named without a status */
};

struct moment { /* a time as given */
	bool given;
	int64_t at;
	const char *written; /* "9:02" */
	const char *read_as; /* "Toronto", "UTC": the zone; "": none */
};

struct promise { /* Next-Update: */
	enum { PROMISE_UNSET, PROMISE_AFTER, PROMISE_AT, PROMISE_NONE } kind;
	int64_t value; /* seconds after posting, or a time */
};

struct command {
	enum verb verb;
	const char *args; /* "" if none */
	enum state state; /* of draft, publish and the state verbs */
	int number;       /* severity N, correct N; 0 if none */
	int64_t seconds;  /* of hold +30m and the like; 0 if none */
	unsigned line;
	const char *written;
};

struct section {
	bool public;
	const char *lang, *brand; /* NULL: any */
	const char *text;
};

/* What is to become of the update that `correct` names. */
enum amend {
	AMEND_WORDS,
	AMEND_WITHDRAW,
	AMEND_REDACT,
	AMEND_VOID, /* of no update: the event as a whole is withdrawn */
};

enum ask_impact { ASK_UNSET, ASK_NO, ASK_YES };

struct request {
	struct command *commands;
	size_t n_commands;
	struct finding *findings;
	size_t n_findings;

	/* Fields, by the name of their key. */
	const char *incident; /* as written: INC-2026-0042, 0042, "new" */
	const char *title, *impact_text, *lasting, *reseller_impact,
	    *enduser_impact, *workaround, *social, *cause, *fix, *prevention,
	    *note, *public_line, *reason, *related, *problem, *lang, *key;
	int severity; /* 0: not given */
	struct claim *components;
	size_t n_components;
	bool components_given;
	enum state state; /* Status: */
	enum impact impact;
	enum disclosure disclosure;
	struct moment started, detected, ended;
	struct promise next;
	enum ask_impact notify;
	enum ask_impact drill; /* Drill: */
	bool backfill;         /* Backfill: yes */
	const char **lists;
	size_t n_lists;
	int correct; /* Correct: 3 -> 3; also of retract, redact */
	enum amend amend;
	bool correct_typo;     /* "Correct: 3 typo" */
	bool handoff_now;      /* Handoff: now, or the command */
	const char *handoff;   /* a person's slug, NULL */
	const char *swap_with; /* the same */
	struct moment swap_until;
	const char *bridge; /* Bridge: */

	/* Lines anywhere in the mail, for a war room. */
	struct action *actions;
	size_t n_actions;
	const char *review; /* "Postmortem: NAME", as written; NULL */
	bool more;          /* the text says more than such lines */

	/* From the subject. */
	int subject_severity;          /* 0: none */
	const char *subject_component; /* slug, NULL */

	const char *text;         /* free text before any section, "" if none */
	struct section *sections; /* in order */
	size_t n_sections;
	/*
	 * The first line of the text begins with a resolved or monitoring word
	 * ("fixed, pool restarted"): before the hand-off it closes quietly.
	 */
	enum state opening_word;
	bool degraded; /* E20 and the like: publishing becomes a preview */
	bool public_refused; /* E25: no draft may be made of the text */
	bool only_word;      /* the whole reply is one command, polite words and
				punctuation aside: may approve */
	bool yes_extra;      /* begins with yes but says more, or agrees in
				other words: E40 */
	bool objection;      /* begins with no, wrong, stop or hold */
	size_t text_lines;
};

#endif
