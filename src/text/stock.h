/*
 * Stock texts: what may be said before anybody has found words, made of
 * component names alone (templates/stock).
 */
#ifndef TEXT_STOCK_H
#define TEXT_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job.h"
#include "model/words.h"

struct stock {
	enum state state;
	bool same;    /* no change since last_post */
	bool limited; /* every state but resolved says the limited text */
	const char *const *names; /* public names of components; none: "our
				     services" */
	size_t n_names;
	int64_t last_post; /* of same */
	int64_t now;       /* so that another day is named */
};

/* Markdown.  ST_PERM: the file is missing or has no such text. */
enum status stock_text(struct job *j, const char *templates,
    const struct stock *s, char **out) must_check;
/* "A", "A and B", "A, B and C". */
char *stock_names(struct arena *mem, const char *const *names, size_t n);

#endif
