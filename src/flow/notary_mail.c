#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "flow/notary_in.h"

/* Besides those that begin with sitrep-. */
static const char *const sealed[] = { "from", "reply-to", "subject", "date",
	"message-id", "references", "archived-at", "list-id", "mime-version",
	"content-type", "content-transfer-encoding", "content-language" };

struct header {
	char *name; /* lower case */
	char *value;
};

static char *
unfolded(struct arena *mem, const char *s, size_t n)
{
	char *out = arena_alloc(mem, n + 1);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		bool blank = strchr(" \t\r\n", s[i]) != NULL && s[i] != '\0';

		if (!blank)
			out[k++] = s[i];
		else if (k != 0 && out[k - 1] != ' ')
			out[k++] = ' ';
	}
	if (k != 0 && out[k - 1] == ' ')
		k--;
	out[k] = '\0';
	return out;
}

/* The next header at *at; false: the block ends there. */
static bool
next_header(struct arena *mem, const char *p, size_t n, size_t *at,
    struct header *out)
{
	size_t i = *at, colon, end;

	if (i >= n || p[i] == '\n')
		return false;
	for (colon = i; colon < n && p[colon] != ':' && p[colon] != '\n';)
		colon++;
	for (end = colon; end < n; end++)
		if (p[end] == '\n' &&
		    (end + 1 >= n || (p[end + 1] != ' ' && p[end + 1] != '\t')))
			break;
	out->name = text_lower(mem, arena_copy(mem, p + i, colon - i));
	out->value = colon >= end
			 ? arena_str(mem, "")
			 : unfolded(mem, p + colon + 1, end - colon - 1);
	*at = end + 1;
	return true;
}

char *
notary_header(struct job *j, const char *p, size_t n, const char *name)
{
	struct header h;
	size_t at = 0;

	while (next_header(j->mem, p, n, &at, &h))
		if (text_ieq(h.name, name))
			return h.value;
	return NULL;
}

static bool
is_sealed(const char *name)
{
	if (strncmp(name, "sitrep-", 7) == 0)
		return strcmp(name, "sitrep-seal") != 0;
	for (size_t i = 0; i < sizeof sealed / sizeof *sealed; i++)
		if (strcmp(name, sealed[i]) == 0)
			return true;
	return false;
}

static int
by_line(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static size_t
put_headers(struct arena *mem, const char *p, size_t n, struct buf *out)
{
	char **lines = NULL;
	struct header h;
	size_t at = 0, k = 0;

	while (next_header(mem, p, n, &at, &h)) {
		if (!is_sealed(h.name))
			continue;
		lines = arena_grow(mem, lines, k, sizeof *lines);
		lines[k++] = arena_printf(mem, "%s: %s\n", h.name, h.value);
	}
	if (k != 0)
		qsort(lines, k, sizeof *lines, by_line);
	for (size_t i = 0; i < k; i++)
		buf_str(out, lines[i]);
	return at < n ? at : n;
}

/* "https://HOST/u/TOKEN" of List-Unsubscribe; NULL: there is none. */
static const char *
token_of(struct job *j, const char *p, size_t n)
{
	const char *value = notary_header(j, p, n, "List-Unsubscribe");
	const char *s = value == NULL ? NULL : strstr(value, "/u/");

	if (s == NULL ||
	    strspn(s + 3, "abcdefghijklmnopqrstuvwxyz234567*") < TOKEN_LIST)
		return NULL;
	return arena_copy(j->mem, s + 3, TOKEN_LIST);
}

/* Programs that keep mail put > before a line that begins with From. */
static size_t
marks(const char *p, size_t n)
{
	size_t k = 0;

	while (k < n && p[k] == '>')
		k++;
	return n - k >= 5 && strncmp(p + k, "From ", 5) == 0 ? k : 0;
}

static void
put_body(const char *p, size_t n, const char *token, struct buf *out)
{
	size_t i = 0;
	bool start = true;

	while (n != 0 && p[n - 1] == '\n')
		n--;
	while (i < n) {
		if (start)
			i += marks(p + i, n - i);
		if (token != NULL && n - i >= TOKEN_LIST &&
		    strncmp(p + i, token, TOKEN_LIST) == 0) {
			buf_str(out, "**************************");
			i += TOKEN_LIST;
			start = false;
			continue;
		}
		start = p[i] == '\n';
		buf_char(out, p[i++]);
	}
}

/* With LF ends alone. */
static char *
lines_only(struct job *j, const char *p, size_t *n)
{
	char *out = arena_alloc(j->mem, *n + 1);
	size_t k = 0;

	for (size_t i = 0; i < *n; i++)
		if (p[i] != '\r' || i + 1 == *n || p[i + 1] != '\n')
			out[k++] = p[i];
	out[k] = '\0';
	*n = k;
	return out;
}

char *
notary_mail_form(struct job *j, const char *p, size_t n)
{
	struct buf b = BUF_INIT;
	char *text = lines_only(j, p, &n), *out;
	size_t at = put_headers(j->mem, text, n, &b);

	buf_char(&b, '\n');
	if (at < n && text[at] == '\n')
		at++;
	put_body(text + at, n - at, token_of(j, text, n), &b);
	out = arena_copy(j->mem, b.data, b.len);
	buf_free(&b);
	return out;
}

bool
notary_mail_good(struct job *j, const struct notary_keys *k, const char *p,
    size_t n)
{
	char *form = notary_mail_form(j, p, n);
	size_t len = n;
	char *text = lines_only(j, p, &len);
	const char *seal = notary_header(j, text, len, "Sitrep-Seal");

	return seal != NULL && strlen(seal) == NOTARY_SEAL &&
	       notary_good(k, NOTARY_MAIL, form, strlen(form), seal);
}

/* As it will arrive, with stars for what differs. */
static void
flatten(const struct mail *m, struct buf *out)
{
	bool start = true;

	for (size_t i = 0; i < m->n_pieces; i++) {
		const struct piece *p = &m->pieces[i];

		if (p->hole != HOLE_NONE) {
			buf_str(out, p->hole == HOLE_TO
					 ? "to@example"
					 : "**************************");
			start = false;
			continue;
		}
		for (size_t k = 0; k < p->len; k++) {
			bool dot = start && p->data[k] == '.';

			start = p->data[k] == '\n';
			if (!dot)
				buf_char(out, p->data[k]);
		}
	}
}

void
notary_seal_mail(struct job *j, const struct keys *k, struct mail *m)
{
	struct piece *more = arena_array(j->mem, m->n_pieces + 1, sizeof *more);
	char seal[NOTARY_SEAL + 1];
	struct buf flat = BUF_INIT;
	char *form, *line;

	flatten(m, &flat);
	form = notary_mail_form(j, flat.data, flat.len);
	buf_free(&flat);
	notary_sign(k, NOTARY_MAIL, form, strlen(form), seal);
	line = arena_printf(j->mem, NOTARY_HEADER "%s\r\n", seal);
	more[0] = (struct piece){ HOLE_NONE, line, strlen(line) };
	if (m->n_pieces != 0)
		(void)memcpy(more + 1, m->pieces, m->n_pieces * sizeof *more);
	m->pieces = more;
	m->n_pieces++;
	m->size += strlen(line);
}
