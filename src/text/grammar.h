/*
 * The mail grammar (specification, section 3.5): a text becomes a block of
 * fields and commands and the free text under it, with its sections.  Says
 * where things stand and which words were meant; what a field's value means
 * is for text/fill.h.
 *
 * A key or verb that is only nearly right is a finding (E20, E21); the rest of
 * the mail is read on.  Strings live in the arena of the findings.
 */
#ifndef TEXT_GRAMMAR_H
#define TEXT_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

#include "model/conf.h"
#include "text/fields.h"
#include "text/findings.h"
#include "text/parts.h"
#include "text/verbs.h"

struct entry {        /* a line of the block, with what was folded below it */
	enum key key; /* KEY_NONE: a command */
	struct verb_line verb; /* of a command */
	const char *value;     /* of a field: one line */
	const char *name;      /* the key as written */
	unsigned line;         /* from 1 */
	const char *written;
	bool slip; /* the key was misspelt: nothing but a tightened
		      disclosure is taken from it */
};

struct outline {
	struct entry *entries;
	size_t n;
	const char *body;    /* all but banners and the greeting */
	const char *opening; /* its first line, "" */
	struct parts parts;
	bool degraded; /* publishing becomes a preview */
};

struct grammar { /* what the reading depends on besides the text */
	const struct brand *brand;
	const char **banners; /* lines that mail systems put on top */
	size_t n_banners;
	bool from_html;
	size_t max_lines; /* of the block */
};

void grammar_read(const struct grammar *g, const char *text, struct findings *f,
    struct outline *out);

#endif
