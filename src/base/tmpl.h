/*
 * Templates in Mustache syntax: {{name}}, {{#section}}, {{^inverted}},
 * {{/end}}, {{! comment}}, {{> partial}}, with its rule for tags that stand
 * alone on a line.  There is no unescaped insert: {{{name}}} and {{&name}} are
 * mistakes.  The kind of the template and, in HTML, the place of the tag
 * choose the escaper (base/escape.h) when the template is read; a tag in a
 * place where no escaper helps (a tag's name, an unquoted value, a style, a
 * script, a comment, an on... attribute) is a mistake too.  Only a value of
 * the type struct html goes in as it is, and only between tags.
 *
 * Differences from Mustache: a name that nobody has set is a mistake, so that
 * a misspelt one is found; partials are read with the template, from its
 * folder; no lambdas, no other delimiters.
 *
 * ST_PERM: "FILE:LINE: what is wrong".  ST_NONE: there is no such file.
 * Time is linear in template and output; nesting has a limit.
 */
#ifndef BASE_TMPL_H
#define BASE_TMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/escape.h"
#include "base/job.h"

enum tmpl_kind { TMPL_TEXT, TMPL_HTML, TMPL_HEADER, TMPL_XML, TMPL_JSON };

enum { TMPL_DEPTH = 32, TMPL_FILE = 256 * 1024 };

struct tmpl;

/* DIR/NAME; it lives in the job's arena. */
enum status tmpl_load(struct job *j, const char *dir, const char *name,
    enum tmpl_kind kind, struct tmpl **out) must_check;
/* From memory; name is for messages; dir NULL: partials are a mistake. */
enum status tmpl_read(struct job *j, const char *dir, const char *name,
    const char *source, enum tmpl_kind kind, struct tmpl **out) must_check;

/*
 * Values: a tree of maps.  The strings given are not copied.  Setting a name
 * again replaces it.  A string is true if it isn't empty, a list if it has an
 * item.
 */
struct tmpl_map;

struct tmpl_map *tmpl_map(struct arena *mem);
void tmpl_str(struct tmpl_map *m, const char *name, const char *value);
void tmpl_int(struct tmpl_map *m, const char *name, long long value);
void tmpl_flag(struct tmpl_map *m, const char *name, bool value);
void tmpl_html(struct tmpl_map *m, const char *name, struct html value);
/*
 * n times the byte, a control character that no escaper lets through: a place
 * to be found again in the finished bytes.
 */
void tmpl_hole(struct tmpl_map *m, const char *name, char byte, size_t n);
/* An empty list, or the next item of it. */
void tmpl_list(struct tmpl_map *m, const char *name);
struct tmpl_map *tmpl_item(struct tmpl_map *m, const char *name);

/* Adds to out; on a mistake out is as it was. */
enum status tmpl_render(struct job *j, const struct tmpl *t,
    const struct tmpl_map *values, struct buf *out) must_check;

#endif
