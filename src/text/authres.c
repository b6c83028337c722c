#include "text/authres.h"

#include <string.h>

#include "base/text.h"

static const char replaced[] = "\xef\xbf\xbd"; /* NUL, or no UTF-8 */

struct reader {
	struct arena *mem;
	const char *s;
	bool bad;
};

struct result { /* one `method=word` with what follows it */
	const char *method, *word;
	bool known_version;
	const char *from, *d, *i; /* header.from, header.d, header.i */
	bool twice;               /* one of them more than once */
};

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_control(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* At "(": moves behind its end; comments nest. */
static void
skip_comment(struct reader *r)
{
	size_t depth = 0;

	for (; *r->s != '\0'; r->s++) {
		if (*r->s == '(')
			depth++;
		else if (*r->s == ')' && --depth == 0) {
			r->s++;
			return;
		} else if (*r->s == '\\' && r->s[1] != '\0')
			r->s++;
	}
	r->bad = true;
}

static void
skip(struct reader *r)
{
	while (is_gap(*r->s) || *r->s == '(') {
		if (*r->s == '(')
			skip_comment(r);
		else
			r->s++;
	}
}

static const char *
keyword(struct reader *r)
{
	const char *start = r->s;

	while (is_word(*r->s))
		r->s++;
	if (r->s == start)
		r->bad = true;
	return arena_copy(r->mem, start, (size_t)(r->s - start));
}

/* At a double quote: adds what is quoted to out. */
static void
unquote(struct reader *r, struct buf *out)
{
	for (r->s++; *r->s != '\0' && *r->s != '"'; r->s++) {
		if (*r->s == '\\' && r->s[1] != '\0')
			r->s++;
		buf_char(out, *r->s);
	}
	if (*r->s == '"')
		r->s++;
	else
		r->bad = true;
}

/*
 * A value as servers write it: a token, a quoted string, an address or a
 * domain.  What ends it is a gap, ";" or the end, never a comment.
 */
static const char *
value(struct reader *r)
{
	struct buf b = BUF_INIT;
	const char *start = r->s;
	char *s;

	while (*r->s != '\0' && *r->s != ';' && !is_gap(*r->s) && !r->bad) {
		if (*r->s == '"')
			unquote(r, &b);
		else if (*r->s == '(' || *r->s == ')' || is_control(*r->s))
			r->bad = true;
		else
			buf_char(&b, *r->s++);
	}
	if (r->s == start || strstr(b.data, replaced) != NULL)
		r->bad = true;
	s = arena_copy(r->mem, b.data, b.len);
	buf_free(&b);
	return s;
}

static bool
take(struct reader *r, char c)
{
	skip(r);
	if (*r->s != c)
		return false;
	r->s++;
	skip(r);
	return true;
}

static void
keep(struct result *res, const char **slot, const char *v)
{
	res->twice = res->twice || *slot != NULL;
	*slot = v;
}

/* `reason=...`, `ptype.property=...`, or a `name=...` of nobody's standard. */
static void
read_property(struct reader *r, struct result *res)
{
	const char *type = keyword(r), *name = "", *v;

	if (take(r, '.'))
		name = keyword(r);
	if (r->bad || !take(r, '=') || r->s[-1] == ')') {
		r->bad = true;
		return;
	}
	v = value(r);
	if (!text_ieq(type, "header"))
		return;
	if (text_ieq(name, "from"))
		keep(res, &res->from, v);
	else if (text_ieq(name, "d"))
		keep(res, &res->d, v);
	else if (text_ieq(name, "i"))
		keep(res, &res->i, v);
	/* No selector, but a whole name: the key was asked elsewhere. */
	else if (text_ieq(name, "s") && text_ifind(v, "_domainkey") != NULL)
		r->bad = true;
}

/* Behind ";".  An empty one and "none" leave res->method NULL. */
static void
read_result(struct reader *r, struct result *res)
{
	const char *method;

	*res = (struct result){ .known_version = true };
	skip(r);
	if (*r->s == '\0' || *r->s == ';')
		return;
	method = keyword(r);
	skip(r);
	if (text_ieq(method, "none") && (*r->s == '\0' || *r->s == ';'))
		return;
	if (take(r, '/'))
		res->known_version = strcmp(keyword(r), "1") == 0;
	if (r->bad || !take(r, '=')) {
		r->bad = true;
		return;
	}
	res->method = method;
	res->word = keyword(r);
	if (*r->s != '\0' && *r->s != ';' && *r->s != '(' && !is_gap(*r->s))
		r->bad = true;
	for (skip(r); !r->bad && *r->s != '\0' && *r->s != ';'; skip(r))
		read_property(r, res);
}

static const char *
domain_of(const char *s)
{
	const char *at = strrchr(s, '@');

	return at == NULL ? s : at + 1;
}

static enum proof
dmarc_says(const struct result *res)
{
	if (text_ieq(res->word, "fail"))
		return PROOF_FAIL;
	return text_ieq(res->word, "pass") && !res->twice && res->known_version
		   ? PROOF_PASS
		   : PROOF_NONE;
}

static void
add_dmarc(struct authres *a, const struct result *res)
{
	enum proof says = dmarc_says(res);
	const char *from = res->from == NULL ? "" : domain_of(res->from);

	if (a->n_dmarc++ == 0) {
		a->dmarc = says;
		a->dmarc_from = from;
	} else if (a->dmarc == PROOF_FAIL || says == PROOF_FAIL)
		a->dmarc = PROOF_FAIL;
	else if (says != PROOF_PASS || !text_ieq(a->dmarc_from, from))
		a->dmarc = PROOF_NONE;
}

static void
add_dkim(struct arena *mem, struct authres *a, const struct result *res)
{
	const char *by = res->d != NULL ? res->d : res->i;

	if (!text_ieq(res->word, "pass") || res->twice || by == NULL ||
	    !res->known_version)
		return;
	a->dkim = arena_grow(mem, a->dkim, a->n_dkim, sizeof *a->dkim);
	a->dkim[a->n_dkim++] = domain_of(by);
}

/* The server's name and the version of the header. */
static bool
read_head(struct reader *r, struct authres *a)
{
	skip(r);
	a->authserv = value(r);
	skip(r);
	if (!r->bad && *r->s != '\0' && *r->s != ';') {
		if (strcmp(keyword(r), "1") != 0)
			return false;
		skip(r);
	}
	return !r->bad && (*r->s == '\0' || *r->s == ';');
}

bool
authres_names(struct arena *mem, const char *text, const char *authserv)
{
	struct reader r = { .mem = mem, .s = text };
	const char *name;

	skip(&r);
	name = value(&r);
	return !r.bad && text_ieq(name, authserv);
}

static const struct authres nothing = { .authserv = "", .dmarc_from = "" };

static bool
read_results(struct reader *r, struct authres *a)
{
	struct result res;
	size_t n = 0;

	while (*r->s == ';') {
		r->s++;
		read_result(r, &res);
		if (r->bad || n++ == AUTHRES_RESULTS)
			return false;
		if (res.method == NULL)
			continue;
		if (text_ieq(res.method, "dmarc"))
			add_dmarc(a, &res);
		else if (text_ieq(res.method, "dkim"))
			add_dkim(r->mem, a, &res);
	}
	return true;
}

bool
authres_more(struct arena *mem, const char *text, struct authres *all)
{
	struct reader r = { .mem = mem, .s = text };
	struct authres a = *all;

	*all = nothing;
	if (!read_head(&r, &a) || !read_results(&r, &a))
		return false;
	*all = a;
	return true;
}

bool
authres_read(struct arena *mem, const char *text, struct authres *out)
{
	*out = nothing;
	return authres_more(mem, text, out);
}

/* com, uk, and those of the form co.uk. */
static bool
is_suffix(const char *domain)
{
	static const char *const second[] = { "ac", "co", "com", "edu", "gen",
		"gob", "gouv", "gov", "go", "info", "mil", "ne", "net", "nom",
		"or", "org", "sch" };
	const char *dot = strchr(domain, '.');

	if (dot == NULL || dot == domain || dot[1] == '\0')
		return true;
	if (strlen(dot + 1) != 2)
		return false;
	for (size_t i = 0; i < sizeof second / sizeof *second; i++)
		if (strlen(second[i]) == (size_t)(dot - domain) &&
		    text_istarts(domain, second[i]))
			return true;
	return false;
}

bool
authres_aligned(const char *signer, const char *domain)
{
	size_t n = strlen(signer), m = strlen(domain);

	if (n == 0 || is_suffix(signer))
		return false;
	if (m == n)
		return text_ieq(signer, domain);
	return m > n + 1 && domain[m - n - 1] == '.' &&
	       text_ieq(signer, domain + m - n);
}

enum proof
authres_proof(const struct authres *a, const char *domain)
{
	if (*domain == '\0')
		return PROOF_NONE;
	if (a->dmarc == PROOF_PASS &&
	    (*a->dmarc_from == '\0' || text_ieq(a->dmarc_from, domain)))
		return PROOF_PASS;
	for (size_t i = 0; i < a->n_dkim; i++)
		if (authres_aligned(a->dkim[i], domain))
			return PROOF_PASS;
	return a->dmarc == PROOF_FAIL ? PROOF_FAIL : PROOF_NONE;
}
