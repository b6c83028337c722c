#include "text/dkim.h"

#include <string.h>

#include "base/text.h"
#include "text/authres.h"

enum { DOMAIN = 255 };

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t';
}

/* The value of a tag, up to ";" (RFC 6376, 3.2); NULL: it isn't there. */
static const char *
tag(const char *s, char name)
{
	for (; s != NULL; s = strchr(s, ';')) {
		s += strspn(s, "; \t");
		if (*s != name)
			continue;
		s += 1 + strspn(s + 1, " \t");
		if (*s == '=')
			return s + 1 + strspn(s + 1, " \t");
	}
	return NULL;
}

/* d= of a signature speaks for From. */
static bool
is_authors(const struct message *m, const char *signature)
{
	const char *d = tag(signature, 'd'),
		   *at = strrchr(m->from_address, '@');
	char domain[DOMAIN + 1];
	size_t n = 0;

	if (d == NULL || at == NULL)
		return false;
	for (; *d != '\0' && *d != ';' && n < DOMAIN; d++)
		if (!is_gap(*d))
			domain[n++] = *d;
	domain[n] = '\0';
	return authres_aligned(domain, at + 1);
}

/* The next signature of From's domain, from *i on; NULL: no more. */
static const char *
next(const struct message *m, size_t *i)
{
	for (; *i < m->n_headers; ++*i) {
		const struct header *h = &m->headers[*i];

		if (text_ieq(h->name, "DKIM-Signature") &&
		    is_authors(m, h->value))
			return m->headers[(*i)++].value;
	}
	return NULL;
}

/* Of those that we read, the ones that RFC 5322 and MIME allow once. */
static bool
stands_twice(const struct message *m)
{
	static const char *const once[] = { "Date", "Subject", "Message-ID",
		"In-Reply-To", "References", "Content-Type",
		"Content-Transfer-Encoding" };

	for (size_t k = 0; k < COUNT(once); k++) {
		size_t n = 0;

		for (size_t i = 0; i < m->n_headers; i++)
			n += text_ieq(m->headers[i].name, once[k]);
		if (n > 1)
			return true;
	}
	return false;
}

bool
dkim_leaves_room(const struct message *m)
{
	const char *s;
	size_t i = 0;

	while ((s = next(m, &i)) != NULL)
		if (tag(s, 'l') != NULL)
			return true;
	return stands_twice(m);
}

bool
dkim_signed_at(const struct message *m, int64_t *at)
{
	bool found = false;
	const char *s;
	size_t i = 0;

	while ((s = next(m, &i)) != NULL) {
		const char *t = tag(s, 't');
		int64_t when = 0;

		for (; t != NULL && *t >= '0' && *t <= '9' &&
		       when < INT64_MAX / 100;
		     t++)
			when = when * 10 + (*t - '0');
		if (when == 0 || (found && when >= *at))
			continue;
		*at = when;
		found = true;
	}
	return found;
}
