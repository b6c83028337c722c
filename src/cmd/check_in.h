/*
 * Between the files of `sitrep check`: what each part looked at and found.
 * check_site.c looks at files, people and store, check_texts.c at the
 * templates, check_net.c at the mail server and the DNS; check_loop.c sends a
 * mail through all of it, check_sandbox.c tries what must fail.
 */
#ifndef CMD_CHECK_IN_H
#define CMD_CHECK_IN_H

#include <stddef.h>

#include "cmd/world.h"

enum grade { CHECK_OK, CHECK_WARN, CHECK_WRONG };

struct checked {
	enum grade grade;
	const char *what; /* a word or two: "rota" */
	const char *says; /* what is wrong, and how to mend it */
};

struct report {
	struct job *j; /* its arena holds the texts */
	struct checked *checked;
	size_t n;
};

void check_add(struct report *r, enum grade grade, const char *what,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

void check_settings(struct report *r, const struct conf *c);
void check_files(struct report *r, const struct conf *c);
void check_texts(struct report *r, const struct conf *c);
void check_store(struct report *r, const struct conf *c);
/* Of the open events: check_events.c. */
void check_events(struct report *r, const struct conf *c, struct db *db);
void check_disk(struct report *r, const struct conf *c);
/* Of people, and ours: check_keys.c. */
void check_keyring(struct report *r, const struct conf *c);
void check_people(struct report *r, const struct conf *c);
void check_rota(struct report *r, const struct conf *c);
void check_relays(struct report *r, const struct conf *c);
void check_postfix(struct report *r, const struct conf *c);
/* Sends a mail to ourselves and waits for it. */
void check_selftest(struct report *r, const struct options *o);
/* What the children of serve can't do, a line for each of them and deed. */
void check_sandbox(struct report *r, const struct conf *c);
void check_names(struct report *r, const struct conf *c);

#endif
