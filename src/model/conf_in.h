/*
 * Between the files that read the configuration: model/conf.c the file as a
 * whole, conf_staff.c and conf_times.c its sections, conf_lint.c
 * what public texts are read for, conf_lists.c lists/NAME.conf.  Nobody else
 * includes this but tests.
 */
#ifndef MODEL_CONF_IN_H
#define MODEL_CONF_IN_H

#include "ext/conf.h"
#include "model/conf.h"

#define AT(record, field) .at = offsetof(struct record, field)
#define AT_LIST(record, field) \
	.at = offsetof(struct record, field), \
	.count = offsetof(struct record, n_##field)
#define LATER(key) \
	{ \
		.name = key, .type = CONF_LATER \
	}

struct loading {
	struct job *j;
	struct arena *mem;
	const char *path; /* of the file that is read */
	struct conf *conf;
	const struct conf_item *root;
};

/* Tables of keys; each ends with a key whose name is NULL. */
extern const struct conf_key conf_keys[];           /* sitrep.conf */
extern const struct conf_key conf_component_keys[]; /* its sections */
extern const struct conf_key conf_person_keys[];
extern const struct conf_key conf_severity_keys[];
extern const struct conf_key conf_brand_keys[];
extern const struct conf_key conf_list_file_keys[]; /* lists/NAME.conf */
extern const struct conf_key conf_list_keys[];      /* its section */

/* "FILE:LINE: ..."; line 0: no line. */
enum status conf_wrong(struct loading *l, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

enum status conf_read_components(struct loading *l) must_check;
enum status conf_read_persons(struct loading *l) must_check;
enum status conf_read_severities(struct loading *l) must_check;
enum status conf_read_office(struct loading *l) must_check;
enum status conf_read_brand(struct loading *l) must_check;
enum status conf_read_zones(struct loading *l) must_check;
enum status conf_read_moved(struct loading *l) must_check;
enum status conf_read_commands(struct loading *l) must_check;
enum status conf_read_lint(struct loading *l) must_check;
enum status conf_read_lists(struct loading *l) must_check;

bool conf_is_section(const struct conf_item *item, const char *name);
/* The title is a slug; the name isn't blank; neither is too long. */
enum status conf_check_slug(struct loading *l,
    const struct conf_item *s) must_check;
enum status conf_check_name(struct loading *l, const struct conf_item *s,
    const char *name) must_check;
enum status conf_check_length(struct loading *l, const struct conf_item *s,
    const char *key, const char *text) must_check;
/* a-z, 0-9 and -, beginning with a letter or digit, at most max octets. */
bool conf_is_slug(const char *s, size_t max);
bool conf_is_host(const char *s);
/* A digit where the form has 0, else what the form has. */
bool conf_looks_like(const char *s, const char *form);
/* "Name <a@b>" or "a@b"; false: neither. */
bool conf_mailbox(struct arena *mem, const char *s, const char **address);
/* Every value of the key is an IANA zone. */
enum status conf_check_zones(struct loading *l, const struct conf_item *section,
    const char *key) must_check;

#endif
