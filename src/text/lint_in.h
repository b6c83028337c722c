/*
 * What the files text/lint*.c share: one draft being read, a field at a time.
 * Nothing else includes it.
 */
#ifndef TEXT_LINT_IN_H
#define TEXT_LINT_IN_H

#include <regex.h>

#include "text/lint.h"

enum lint_rule {
	RULE_CREDENTIAL,
	RULE_KEY,
	RULE_RANDOM,
	RULE_INTERNAL,
	RULE_QUOTED,
	RULE_PLACEHOLDER,
	RULE_MARKUP,
	RULE_EMPTY,
	RULE_COMPONENT,
	RULE_ADDRESS,
	RULE_HOST,
	RULE_PERSON,
	RULE_URL,
	RULE_MAIL,
	RULE_PHONE,
	RULE_TICKET,
	RULE_CUSTOMER,
	RULE_ATTACK,
	RULE_CVE,
	RULE_VENDOR,
	RULE_VOLUME,
	RULE_BLAME,
	RULE_ECHO,
	RULE_LONG,
	RULE_WEEKDAY,
	RULE_CLOCK,
	RULE_ZONE,
	RULE_PROMISE,
	RULE_RED,
	RULE_NO_IMPACT,
	RULE_NO_NEXT,
	RULE_APOLOGY,
	RULE_TITLE,
	RULE_COUNT,
};

struct span {
	size_t at, len;
};

struct piece { /* one field */
	const char *field;
	bool markdown;      /* else plain text, whatever it holds */
	const char *whole;  /* as it was written, LF line ends */
	const char *s;      /* as lint_fold() gives it: what rules read */
	const size_t *from; /* where each octet of that stands in whole */
	const char *low;    /* the same in lower case (ASCII) */
	size_t n;
	struct span *words; /* runs of letters and digits */
	size_t n_words;
	struct span *safe; /* public names: no word of them is marked */
	size_t n_safe;
};

struct book { /* names, plain and sorted */
	const char **names;
	size_t n, longest; /* in words */
};

struct linting {
	struct arena *mem;
	const struct lint_scene *scene;
	regex_t *hosts; /* of the configuration, but those with a star */
	size_t n_hosts;
	const struct book *book; /* the list of private words */
	struct lint_mark *marks;
	size_t n;
};

/* A phrase of lower-case words; "*" at its end: any ending of the last. */
struct phrase {
	const char *says;
	enum lint_rule rule;
	unsigned is; /* bits: */
};

enum {
	PHRASE_CASE = 1 << 0,  /* written exactly so */
	PHRASE_NAME = 1 << 1,  /* the words below make another name of it */
	PHRASE_GUARD = 1 << 2, /* under limited disclosure only */
};

/*
 * A text in the plainest letters: nothing invisible, no accents, no letters
 * that only look like those of ASCII, dashes and quotes of ASCII.  *from, if
 * asked for, is the place in s of each octet, and of the end.
 */
char *lint_fold(struct arena *mem, const char *s, unsigned how, size_t **from);
/* "Mueller" of "M\u00fcller". */
char *lint_spelt_out(struct arena *mem, const char *s);

enum {                          /* how it is read; bits */
	FOLD_MARKDOWN = 1 << 0, /* entities and backslashes as it shows them */
	FOLD_JOINED = 1 << 1,   /* words broken at a line's end, or by stars */
};

/* at and len: of p->s. */
void lint_mark(struct linting *l, const struct piece *p, enum lint_rule r,
    size_t at, size_t len);
/* Of the draft as a whole. */
void lint_mark_whole(struct linting *l, enum lint_rule r, const char *words);

/* Marks each place of a phrase of the table. */
void lint_phrases(struct linting *l, const struct piece *p,
    const struct phrase *all, size_t n);
/* How many words of the field from word i on the phrase takes; 0: none. */
size_t lint_phrase_at(const struct piece *p, size_t i, const char *phrase,
    bool exact);
/* Do only blanks, hyphens and marks of emphasis stand between two words? */
bool lint_adjoins(const struct piece *p, size_t i);
bool lint_word_is(const struct piece *p, size_t i, const char *low);
/* ... or one of a table that ends with NULL? */
bool lint_word_in(const struct piece *p, size_t i, const char *const *low);
bool lint_in(const char *s, size_t n, const char *const *low);
char lint_before(const struct piece *p, size_t at); /* '\n' at the start */
bool lint_alnum(char c); /* letters beyond ASCII count */

/* Each reads one field. */
void lint_words(struct linting *l, const struct piece *p);
void lint_tongues(struct linting *l, const struct piece *p);
void lint_places(struct linting *l, const struct piece *p);
void lint_hosts(struct linting *l, const struct piece *p);
void lint_phones(struct linting *l, const struct piece *p);
void lint_secrets(struct linting *l, const struct piece *p);
void lint_ids(struct linting *l, const struct piece *p);
void lint_times(struct linting *l, const struct piece *p);
void lint_promises(struct linting *l, const struct piece *p);
void lint_names(struct linting *l, const struct piece *p);
void lint_blame(struct linting *l, const struct piece *p);
void lint_echo(struct linting *l, const struct piece *p);
void lint_shape(struct linting *l, const struct piece *p);
/* The draft as a whole. */
void lint_whole(struct linting *l, const struct draft *x);

/* The list of private words, made ready; it lives in the arena. */
void lint_names_open(struct linting *l);
/* The patterns of internal_hosts, made ready and freed again. */
void lint_hosts_open(struct linting *l);
void lint_hosts_close(struct linting *l);
/* Is this name of a host one of ours, by the configuration or its look? */
bool lint_host_is_inside(struct linting *l, const char *host, size_t n);
/* ... one label of such a name: "mbx-b07", "ns2". */
bool lint_host_label(const char *s, size_t n);
/* An address of the Internet, written as such; its length, 0: none. */
size_t lint_ipv4_at(const struct piece *p, size_t at);

#endif
