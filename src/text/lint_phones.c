/* Telephone numbers, as people write them. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

enum { MOST = 15, LEAST = 8 }; /* digits: ITU-T E.164 */

static const char *const keywords[] = { "phone", "tel", "telephone", "call",
	"dial", "ext", "extension", "fax", "mobile", "cell", "pager", "hotline",
	"bridge", "whatsapp", "reach", "sms", "telefon", "telefono", "telefone",
	"durchwahl", "rufnummer", "handy", "anrufen", "appelez", "appeler",
	"llame", "llamar", "movil", "ligue", "ligar", "celular", "ramal",
	NULL };
/* ... and those that a short one follows. */
static const char *const inner[] = { "ext", "extension", "durchwahl", "ramal",
	NULL };

struct run { /* digits and what stands between them */
	size_t len, digits, groups;
	size_t group[8]; /* their lengths */
};

static struct run
read_run(const struct piece *p, size_t at)
{
	struct run r = { 0 };
	size_t i = at, digits;

	for (; r.groups < 8; r.groups++) {
		size_t gap = strspn(p->s + i, "-. ()/");

		if (r.groups != 0 && gap > 2)
			break;
		digits = strspn(p->s + i + gap, "0123456789");
		if (digits == 0)
			break;
		i += gap + digits;
		r.group[r.groups] = digits;
		r.digits += digits;
		r.len = i - at;
	}
	return r;
}

static bool
follows_keyword(const struct piece *p, size_t at)
{
	size_t k = p->n_words;

	while (k > 0 && p->words[k - 1].at >= at)
		k--;
	for (size_t back = 0; back < 3 && k > back; back++) {
		const struct span *w = &p->words[k - 1 - back];

		if (at - w->at > 32)
			return false;
		if (lint_in(p->low + w->at, w->len, keywords))
			return true;
	}
	return false;
}

/* "ext. 4471", "Durchwahl 317" */
static bool
is_inner(const struct piece *p, size_t at, const struct run *r)
{
	size_t k = p->n_words;

	while (k > 0 && p->words[k - 1].at >= at)
		k--;
	return k > 0 && r->groups == 1 && r->digits >= 3 && r->digits <= 5 &&
	       lint_word_in(p, k - 1, inner) &&
	       at - p->words[k - 1].at - p->words[k - 1].len <= 2;
}

/* A day, a clock, a version: numbers of another kind. */
static bool
is_date(const struct run *r)
{
	return (r->group[0] == 4 && r->groups >= 3 && r->group[1] <= 2 &&
		   r->group[2] <= 2) ||
	       (r->groups >= 3 && r->group[0] <= 2 && r->group[1] <= 2 &&
		   r->group[2] == 4);
}

/* "1.18.1": a group of one digit is no part of a number in a country. */
static bool
has_single(const struct run *r)
{
	for (size_t i = 0; i < r->groups; i++)
		if (r->group[i] < 2)
			return true;
	return false;
}

static bool
is_phone(const struct piece *p, size_t at, const struct run *r)
{
	bool plus = lint_before(p, at) == '+';
	bool paren = lint_before(p, at) == '(';

	if (r->digits > MOST || is_date(r))
		return false;
	if (plus)
		return r->digits >= LEAST;
	if (is_inner(p, at, r))
		return true;
	if (follows_keyword(p, at))
		return r->digits >= 5 && !has_single(r);
	if (r->groups >= 3 && r->group[r->groups - 3] == 3 &&
	    r->group[r->groups - 2] == 3 && r->group[r->groups - 1] == 4)
		return true;
	if (paren && r->groups >= 2 && r->digits >= 7 && r->group[0] <= 5)
		return p->s[at + r->group[0]] == ')';
	return p->s[at] == '0' && r->groups >= 2 && r->digits >= 9 &&
	       r->group[0] >= 2;
}

void
lint_phones(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n;) {
		struct run r;
		size_t from = i;

		if (!isdigit((unsigned char)p->s[i]) ||
		    lint_alnum(lint_before(p, i)) ||
		    strchr("./-:#", lint_before(p, i)) != NULL) {
			i++;
			continue;
		}
		r = read_run(p, i);
		if (is_phone(p, i, &r) && p->s[i + r.len] != ':' &&
		    !lint_alnum(p->s[i + r.len])) {
			if (from > 0 && strchr("+(", p->s[from - 1]) != NULL)
				from--;
			lint_mark(l, p, RULE_PHONE, from, i + r.len - from);
		}
		i += r.len == 0 ? 1 : r.len;
	}
}
