/*
 * The reader of drafts.  Properties: a mark stands inside of the text and has
 * the words that it says; CRLF line ends give the same marks as LF; what is
 * asked was shown once it was shown; limited disclosure lets nothing pass that
 * full would not.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "text/lint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *boxes[] = { "jane@example.net" };
static struct person persons[] = { { .slug = "jdoe",
    .name = "Jane Doerksen",
    .addresses = boxes,
    .n_addresses = 1 } };
static struct component components[] = { { .slug = "email-b",
    .name = "Email Cluster B" } };
static const char *hosts[] = { "\\.int$", "*.bb.example.org" };
static const char *domains[] = { "example.net" };
static const char *words[] = { "Acme Hosting, Inc.", "Nordstern s.r.o.", "a" };
static const char *notes[] = {
	"the pool was too small for the load of that day, so it was doubled"
};
static const struct conf conf = { .persons = persons,
	.n_persons = 1,
	.components = components,
	.n_components = 1,
	.internal_hosts = hosts,
	.n_internal_hosts = 2,
	.own_domains = domains,
	.n_own_domains = 1,
	.private_words = words,
	.n_private_words = 3,
	.brand = { .name = "Example" } };

static void
must(int so)
{
	if (!so)
		abort();
}

static size_t
look(struct arena *mem, enum disclosure how, const char *text,
    struct lint_mark **out)
{
	const struct lint_scene s = { .conf = &conf,
		.disclosure = how,
		.now = 1772640000,
		.n_posts = 1,
		.notes = notes,
		.n_notes = 1 };
	const struct draft x = { .title = "",
		.text = text,
		.state = STATE_INVESTIGATING,
		.components = "email-b=operational",
		.promise = { PROMISE_AFTER, 3600 } };

	return lint(mem, &s, &x, out);
}

/* As the fields are read: LF line ends. */
static char *
plain(struct arena *mem, const char *s)
{
	char *out = arena_str(mem, s), *to = out;

	for (; *s != '\0'; s++)
		if (*s != '\r' || s[1] != '\n')
			*to++ = *s == '\r' ? '\n' : *s;
	*to = '\0';
	return out;
}

static char *
with_crlf(struct arena *mem, const char *s)
{
	struct buf b = BUF_INIT;
	char *out;

	for (; *s != '\0'; s++) {
		if (*s == '\n')
			buf_char(&b, '\r');
		buf_char(&b, *s);
	}
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

static void
same(const struct lint_mark *a, const struct lint_mark *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		must(a[i].at == b[i].at && a[i].len == b[i].len &&
		     a[i].class == b[i].class && a[i].line == b[i].line &&
		     strcmp(a[i].rule, b[i].rule) == 0 &&
		     strcmp(a[i].words, b[i].words) == 0);
}

static void
check(struct arena *mem, enum disclosure how, const char *text)
{
	struct lint_mark *a, *b;
	size_t n = look(mem, how, text, &a), len = strlen(text);

	for (size_t i = 0; i < n; i++) {
		must(a[i].at <= len && a[i].len <= len - a[i].at);
		must(text_is_line(a[i].words) && a[i].why[0] != '\0');
		must(i == 0 || a[i - 1].class >= a[i].class);
	}
	must(n <= LINT_MOST);
	must(look(mem, how, with_crlf(mem, text), &b) == n);
	same(a, b, n);
	must(lint_was_shown(mem, a, n, lint_shown(mem, a, n)));
	(void)lint_says_attack(mem, text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	struct buf b = BUF_INIT;
	struct lint_mark *m;
	const char *text;
	enum lint_class full, limited;

	(void)text_repair(&b, (const char *)data, n);
	text = plain(mem, b.data);
	buf_free(&b);
	check(mem, DISCLOSURE_FULL, text);
	check(mem, DISCLOSURE_LIMITED, text);
	n = look(mem, DISCLOSURE_FULL, text, &m);
	full = lint_worst(m, n);
	n = look(mem, DISCLOSURE_LIMITED, text, &m);
	limited = lint_worst(m, n);
	must(limited >= full);
	arena_free(mem);
	return 0;
}
