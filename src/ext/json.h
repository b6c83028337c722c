/*
 * JSON in and out, by Jansson.  A value that is put into another belongs to it;
 * json_free() of the root frees all.  Text must be valid UTF-8; what isn't is
 * left out as "".  No memory ends the process.
 */
#ifndef EXT_JSON_H
#define EXT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/job.h"

struct json;

/*
 * One value and nothing after it.  ST_PERM: it is none; the reason names the
 * line, counted from 1.  json_free() the root.
 */
enum status json_read(struct job *j, const char *text, size_t n,
    struct json **out) must_check;
/* A member; NULL: there is none, or it isn't an object, or it is null. */
const struct json *json_get(const struct json *object, const char *key);
size_t json_count(const struct json *array); /* 0 of what is none */
const struct json *json_at(const struct json *array, size_t i);
/* Of a string, else NULL; it belongs to the value. */
const char *json_text(const struct json *value);

struct json *json_new_object(void);
struct json *json_new_array(void);
void json_put(struct json *object, const char *key, struct json *value);
void json_put_str(struct json *object, const char *key, const char *s);
void json_put_int(struct json *object, const char *key, int64_t i);
void json_put_bool(struct json *object, const char *key, bool b);
/* An RFC 3339 time, or null for 0. */
void json_put_time(struct json *object, const char *key, int64_t t);
/* The same with milliseconds: "2026-03-04T14:24:40.000Z". */
void json_put_ms(struct json *object, const char *key, int64_t t);
void json_put_null(struct json *object, const char *key);
void json_add(struct json *array, struct json *value);
void json_add_str(struct json *array, const char *s);
/* Indented, keys in the order they were put, a final newline. */
void json_write(const struct json *root, struct buf *out);
void json_free(struct json *root);

#endif
