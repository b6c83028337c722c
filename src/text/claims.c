#include "text/claims.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "text/names.h"
#include "text/values.h"

enum { ITEM_MAX = 300 };

static void
put(struct arena *mem, const char *slug, enum level level, struct claims *out)
{
	for (size_t i = 0; i < out->n; i++)
		if (strcmp(out->at[i].slug, slug) == 0) {
			if (level != LEVEL_UNSET)
				out->at[i].level = level;
			return;
		}
	out->at = arena_grow(mem, out->at, out->n, sizeof *out->at);
	out->at[out->n++] = (struct claim){ slug, level };
}

/* A component, or all of a group. */
static bool
name(struct arena *mem, const struct conf *conf, const char *s,
    enum level level, struct claims *out)
{
	const struct component *c = names_component(conf, s);
	bool found = c != NULL;

	if (c != NULL) {
		put(mem, c->slug, level, out);
		return true;
	}
	for (size_t i = 0; *s != '\0' && i < conf->n_components; i++)
		if (names_in_group(&conf->components[i], s)) {
			put(mem, conf->components[i].slug, level, out);
			found = true;
		}
	return found;
}

static bool
is_name(const struct conf *conf, const char *s)
{
	if (names_component(conf, s) != NULL)
		return true;
	for (size_t i = 0; *s != '\0' && i < conf->n_components; i++)
		if (names_in_group(&conf->components[i], s))
			return true;
	return false;
}

/* Without what joins a name to its status: "api is", "api -", "api (". */
static char *
left_of(struct arena *mem, const char *s, size_t n)
{
	char *p = text_trim(mem, arena_copy(mem, s, n));

	n = strlen(p);
	while (n != 0 && strchr(" -(=:", p[n - 1]) != NULL)
		p[--n] = '\0';
	if (n > 3 && text_ieq(p + n - 3, " is"))
		p[n - 3] = '\0';
	return text_trim(mem, p);
}

static char *
right_of(struct arena *mem, const char *s)
{
	char *p = text_trim(mem, s + strspn(s, " -(=:"));
	size_t n = strlen(p);

	while (n != 0 && strchr(" ).!", p[n - 1]) != NULL)
		p[--n] = '\0';
	return p;
}

/* A hyphen inside of a word is none: "email-x" is a name. */
static bool
is_mark(const char *p)
{
	return *p == '-' ? p[-1] == ' ' || p[1] == ' '
			 : strchr(" =:(", *p) != NULL;
}

/* "email-b (imap)", but not "email-b (partal outage)" */
static bool
is_remark(const char *p, const char *right)
{
	return *p == '(' && value_near_level(right) == NULL;
}

/* Name and status with a mark or just a space between them. */
static enum claim_fault
split(struct arena *mem, const struct conf *conf, const char *item,
    struct claims *out)
{
	enum claim_fault fault = CLAIM_UNKNOWN;

	for (const char *p = item; *p != '\0'; p++) {
		const char *left, *right;
		enum level level;

		if (p == item || !is_mark(p))
			continue;
		left = left_of(mem, item, (size_t)(p - item));
		if (!is_name(conf, left))
			continue;
		right = right_of(mem, p);
		level = value_level(right);
		if ((level != LEVEL_UNSET || is_remark(p, right)) &&
		    name(mem, conf, left, level, out))
			return CLAIM_FINE;
		if (*p == ' ')
			continue;
		fault = CLAIM_STATUS;
		out->named = left;
		out->status = right;
	}
	return fault;
}

/* "email-b and webmail", in the words of those who write to us. */
static const char *
joint(const char *s, size_t *len)
{
	static const char *const words[] = { " and ", " & ", " + ", " / ",
		" und ", " et ", " y ", " e ", " en ", " i " };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *p = text_ifind(s, words[i]);

		*len = strlen(words[i]);
		if (p != NULL)
			return p;
	}
	return NULL;
}

enum claim_fault
claims_add(struct arena *mem, const struct conf *conf, const char *item,
    struct claims *out)
{
	enum claim_fault fault;
	const char *and;
	size_t len;

	if (strlen(item) > ITEM_MAX)
		return CLAIM_UNKNOWN;
	if (name(mem, conf, item, LEVEL_UNSET, out))
		return CLAIM_FINE;
	fault = split(mem, conf, item, out);
	if (fault != CLAIM_UNKNOWN || (and = joint(item, &len)) == NULL)
		return fault;
	fault = claims_add(mem, conf,
	    text_trim(mem, arena_copy(mem, item, (size_t)(and-item))), out);
	if (fault != CLAIM_FINE)
		return fault;
	return claims_add(mem, conf, text_trim(mem, and+len), out);
}

const char *
claims_next(struct arena *mem, const char **s)
{
	size_t n;
	char *item;

	do {
		if (**s == '\0')
			return NULL;
		n = strcspn(*s, ",;");
		item = text_trim(mem, arena_copy(mem, *s, n));
		*s += n + ((*s)[n] != '\0');
	} while (*item == '\0');
	n = strlen(item);
	if (item[n - 1] == '.')
		item[n - 1] = '\0';
	if (*item == '"' && n > 2 && item[n - 1] == '"') {
		item[n - 1] = '\0';
		item++;
	}
	return text_istarts(item, "the ") ? item + 4 : item;
}
