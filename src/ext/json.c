#include "ext/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/late.h"
#include "base/log.h"
#include "base/when.h"

/* What is used of the library. */
/* clang-format off */
#define CALLS(EACH) \
	EACH(json_array) EACH(json_array_append_new) EACH(json_delete) \
	EACH(json_array_get) EACH(json_array_size) \
	EACH(json_dumps) EACH(json_false) EACH(json_integer) \
	EACH(json_loadb) EACH(json_null) EACH(json_object) \
	EACH(json_object_get) EACH(json_object_set_new) \
	EACH(json_string) EACH(json_string_value) EACH(json_true)
/* clang-format on */

LATE_TABLE(CALLS);

/* Before the first value is made. */
static void
load(void)
{
	const char *missing = LATE_LOAD(LIBJANSSON);

	if (missing != NULL)
		die("%s: install it", missing);
}

/* The library's value, under a name of ours. */
static json_t *
real(const struct json *j)
{
	return (json_t *)(uintptr_t)j;
}

static struct json *
ours(json_t *j)
{
	if (j == NULL)
		die("out of memory for JSON");
	return (struct json *)j;
}

static json_t *
string(const char *s)
{
	json_t *j = lib.json_string(s);

	return j == NULL ? lib.json_string("") : j;
}

static void
must(int failed)
{
	if (failed)
		die("out of memory for JSON");
}

struct json *
json_new_object(void)
{
	load();
	return ours(lib.json_object());
}

struct json *
json_new_array(void)
{
	load();
	return ours(lib.json_array());
}

void
json_put(struct json *object, const char *key, struct json *value)
{
	must(lib.json_object_set_new(real(object), key, real(value)));
}

void
json_put_str(struct json *object, const char *key, const char *s)
{
	must(lib.json_object_set_new(real(object), key, string(s)));
}

void
json_put_int(struct json *object, const char *key, int64_t i)
{
	must(lib.json_object_set_new(real(object), key, lib.json_integer(i)));
}

void
json_put_bool(struct json *object, const char *key, bool b)
{
	must(lib.json_object_set_new(real(object), key,
	    b ? lib.json_true() : lib.json_false()));
}

void
json_put_time(struct json *object, const char *key, int64_t t)
{
	struct arena *mem = arena_new();
	json_t *value = t == 0 ? lib.json_null() : string(when_rfc3339(mem, t));

	must(lib.json_object_set_new(real(object), key, value));
	arena_free(mem);
}

void
json_put_null(struct json *object, const char *key)
{
	must(lib.json_object_set_new(real(object), key, lib.json_null()));
}

void
json_put_ms(struct json *object, const char *key, int64_t t)
{
	struct arena *mem = arena_new();
	char *s = when_rfc3339(mem, t);

	if (t == 0) {
		json_put_null(object, key);
	} else {
		s[strlen(s) - 1] = '\0'; /* the Z */
		json_put_str(object, key, arena_printf(mem, "%s.000Z", s));
	}
	arena_free(mem);
}

void
json_add(struct json *array, struct json *value)
{
	must(lib.json_array_append_new(real(array), real(value)));
}

void
json_add_str(struct json *array, const char *s)
{
	must(lib.json_array_append_new(real(array), string(s)));
}

void
json_write(const struct json *root, struct buf *out)
{
	char *s =
	    lib.json_dumps(real(root), JSON_INDENT(2) | JSON_PRESERVE_ORDER);

	if (s == NULL)
		die("out of memory for JSON");
	buf_str(out, s);
	buf_char(out, '\n');
	free(s);
}

void
json_free(struct json *root)
{
	lib.json_delete(real(root));
}

enum status
json_read(struct job *j, const char *text, size_t n, struct json **out)
{
	json_error_t error;

	load();
	*out = (struct json *)lib.json_loadb(text, n, JSON_REJECT_DUPLICATES,
	    &error);
	if (*out != NULL)
		return ST_OK;
	return job_fail(j, ST_PERM, "line %d isn't JSON: %.120s", error.line,
	    error.text);
}

const struct json *
json_get(const struct json *object, const char *key)
{
	const json_t *v =
	    object == NULL ? NULL : lib.json_object_get(real(object), key);

	return v == NULL || json_is_null(v) ? NULL : (const struct json *)v;
}

size_t
json_count(const struct json *array)
{
	return array == NULL ? 0 : lib.json_array_size(real(array));
}

const struct json *
json_at(const struct json *array, size_t i)
{
	return (const struct json *)lib.json_array_get(real(array), i);
}

const char *
json_text(const struct json *value)
{
	return value == NULL ? NULL : lib.json_string_value(real(value));
}
