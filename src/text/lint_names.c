/* Names: of our people, of those whom the list of private words has, and of
 * others whom a post would blame. */
#include "text/lint_in.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { NAME_WORDS = 8, PART = 3 };

/* ---- one name ---- */

/* Endings of firms; who is named is named without them, too. */
static const char *const firms[] = { "inc", "incorporated", "ltd", "limited",
	"llc", "llp", "corp", "corporation", "co", "company", "gmbh", "ag",
	"kg", "sa", "sarl", "sas", "bv", "nv", "oy", "ab", "as", "aps", "plc",
	"pty", "spa", "srl", "sl", "ug", "ev", "kk", "pte", NULL };

/* "Kestrel & Finch" is "Kestrel and Finch", too. */
static const char *const ands[] = { "and", "und", "et", "y", "en", NULL };

/* "acme hosting" of "Acme Hosting, Inc."; "" if nothing is left. */
static char *
plain_name(struct arena *mem, const char *s)
{
	struct piece p = { .s = lint_fold(mem, s, 0, NULL) };
	struct buf b = BUF_INIT;
	size_t ends[NAME_WORDS], n = 0, singles = 0;
	char *out;

	p.low = text_lower(mem, p.s);
	p.n = strlen(p.s);
	for (size_t i = 0; i < p.n && n < NAME_WORDS;) {
		size_t len = 0;

		while (i + len < p.n && lint_alnum(p.s[i + len]))
			len++;
		if (len != 0 && !(n != 0 && lint_in(p.low + i, len, ands))) {
			if (b.len != 0)
				buf_char(&b, ' ');
			buf_add(&b, p.low + i, len);
			ends[n++] = b.len;
		}
		i += len == 0 ? 1 : len;
	}
	/* "s.r.o.", "S. A." */
	while (n - singles > 1 &&
	       ends[n - singles - 1] - ends[n - singles - 2] == 2)
		singles++;
	if (singles >= 2)
		buf_cut(&b, ends[(n -= singles) - 1]);
	while (n > 1 && lint_in(b.data + ends[n - 2] + 1,
			    ends[n - 1] - ends[n - 2] - 1, firms))
		buf_cut(&b, ends[--n - 1]);
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

/* ---- the list of private words ---- */

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t
count_words(const char *s)
{
	size_t n = *s != '\0';

	for (; *s != '\0'; s++)
		n += *s == ' ';
	return n;
}

static void
add_plain(struct arena *mem, struct book *b, const char *plain)
{
	size_t n = count_words(plain);
	char *joined, *to;

	if (strlen(plain) < 2)
		return;
	b->names[b->n++] = plain;
	if (n > b->longest)
		b->longest = n;
	if (n < 2)
		return;
	joined = to = arena_str(mem, plain); /* "acmehosting" */
	for (const char *s = plain; *s != '\0'; s++)
		if (*s != ' ')
			*to++ = *s;
	*to = '\0';
	b->names[b->n++] = joined;
}

/* What firms of our trade are called behind their own name. */
static const char *const trades[] = { "domains", "domain", "hosting", "host",
	"internet", "web", "webhosting", "online", "networks", "network",
	"registrar", "registrars", "solutions", "systems", "services", "group",
	"media", "digital", "cloud", "telecom", "technologies", NULL };

/* Also without the word of its trade where two are left: "Blue Heron". */
static void
add_name(struct arena *mem, struct book *b, const char *name)
{
	char *plain = plain_name(mem, name), *last;

	add_plain(mem, b, plain);
	last = strrchr(plain, ' ');
	if (last == NULL || !lint_in(last + 1, strlen(last + 1), trades))
		return;
	plain = arena_copy(mem, plain, (size_t)(last - plain));
	if (count_words(plain) >= 2)
		add_plain(mem, b, plain);
}

void
lint_names_open(struct linting *l)
{
	const struct conf *c = l->scene->conf;
	struct arena *mem = l->mem;
	struct book *b = arena_array(mem, 1, sizeof *b);

	*b = (struct book){ 0 };
	l->book = b;
	b->names =
	    arena_array(mem, 8 * c->n_private_words + 1, sizeof *b->names);
	for (size_t i = 0; i < c->n_private_words; i++) {
		const char *name = c->private_words[i];
		const char *other = lint_spelt_out(mem, name);

		add_name(mem, b, name);
		if (strcmp(other, name) != 0)
			add_name(mem, b, other);
	}
	if (b->n != 0)
		qsort(b->names, b->n, sizeof *b->names, by_name);
}

static bool
has(const struct book *b, const char *name)
{
	return bsearch(&name, b->names, b->n, sizeof *b->names, by_name) !=
	       NULL;
}

/* The longest name that begins at word i; its words, 0: none. */
static size_t
name_at(const struct piece *p, size_t i, const struct book *b)
{
	struct buf s = BUF_INIT;
	size_t best = 0;

	for (size_t n = 1; n <= b->longest + 1 && i + n <= p->n_words; n++) {
		const struct span *w = &p->words[i + n - 1];

		if (n > 1 && !lint_adjoins(p, i + n - 2) &&
		    p->s[w->at - 1] != '.')
			break;
		if (n > 1 && lint_word_in(p, i + n - 1, ands))
			continue;
		if (n > 1)
			buf_char(&s, ' ');
		buf_add(&s, p->low + w->at, w->len);
		if (has(b, s.data))
			best = n;
	}
	buf_free(&s);
	return best;
}

static void
private_words(struct linting *l, const struct piece *p)
{
	const struct book *b = l->book;

	for (size_t i = 0; i < p->n_words && b->n != 0; i++) {
		size_t n = name_at(p, i, b);
		const struct span *last;

		if (n == 0)
			continue;
		last = &p->words[i + n - 1];
		lint_mark(l, p, RULE_CUSTOMER, p->words[i].at,
		    last->at + last->len - p->words[i].at);
		i += n - 1;
	}
}

/* ---- our people ---- */

/* Parts of names in a roster that are words of every text as well. */
static const char *const common[] = { "noc", "comms", "lead", "duty", "exec",
	"security", "support", "admin", "desk", "team", "status", "system",
	"service", "operations", "marketing", "manager", "director", "chief",
	"officer", "engineer", "head", "call", "night", "day", "shift", "first",
	"second", "third", "one", "two", "three", "four", "five", "six",
	"seven", "eight", "nine", "ten", "van", "von", "der", "den", "de", "la",
	"le", "el", "di", "da", "the", "and", "april", "may", "june", "august",
	"will", "mark", "grace", "hope", "faith", "joy", "rose", "dawn",
	"summer", "autumn", "chase", "grant", "pat", "art", "bill", "rob",
	"drew", "frank", "jack", "max", "guy", "miles", "price", "long",
	"short", "young", "white", "black", "green", "brown", "gray", "grey",
	"king", "page", "cook", "baker", "hill", "field", "banks", "rivers",
	"stone", "wood", "woods", "bell", "west", "east", "north", "south",
	"good", "best", "post", "power", "fields", "major", "general",
	"english", "french", "german", "monitor", "test", NULL };

static bool
starts_sentence(const struct piece *p, size_t i)
{
	size_t at = p->words[i].at;

	while (at > 0 && strchr(" \t*_\"'(", p->s[at - 1]) != NULL)
		at--;
	return at == 0 || strchr(".!?\n:-", p->s[at - 1]) != NULL;
}

/* "Miller has fixed it": a part of a name, written as one. */
static void
part(struct linting *l, const struct piece *p, size_t i, const char *name)
{
	const struct span *w = &p->words[i];

	for (const char *s = name; *s != '\0';) {
		size_t n = strcspn(s, " ");

		if (n >= PART && n == w->len &&
		    memcmp(s, p->low + w->at, n) == 0 &&
		    isupper((unsigned char)p->s[w->at]) &&
		    strspn(s, "0123456789") == 0 && !lint_in(s, n, common) &&
		    !(starts_sentence(p, i) && n <= PART))
			lint_mark(l, p, RULE_PERSON, w->at, w->len);
		s += n + (s[n] == ' ');
	}
}

static bool
is_login(const char *slug)
{
	return strlen(slug) >= PART &&
	       (strcspn(slug, "0123456789") < strlen(slug) ||
		   !lint_in(slug, strlen(slug), common));
}

static void
person(struct linting *l, const struct piece *p, const struct person *who,
    const char *name)
{
	const char *slug = text_lower(l->mem, who->slug);
	bool login = is_login(slug);

	for (size_t i = 0; i < p->n_words && name[0] != '\0'; i++) {
		size_t n = lint_phrase_at(p, i, name, false);
		const struct span *w = &p->words[i];

		if (n > 1 || (n == 1 && !lint_in(name, strlen(name), common)))
			lint_mark(l, p, RULE_PERSON, w->at,
			    p->words[i + n - 1].at + p->words[i + n - 1].len -
				w->at);
		else if (login && lint_word_is(p, i, slug))
			lint_mark(l, p, RULE_PERSON, w->at, w->len);
		else if (n == 0)
			part(l, p, i, name);
	}
}

void
lint_names(struct linting *l, const struct piece *p)
{
	const struct conf *c = l->scene->conf;

	private_words(l, p);
	for (size_t i = 0; i < c->n_persons; i++) {
		const struct person *who = &c->persons[i];
		const char *other = lint_spelt_out(l->mem, who->name);

		person(l, p, who, plain_name(l->mem, who->name));
		if (strcmp(other, who->name) != 0)
			person(l, p, who, plain_name(l->mem, other));
	}
}

/* ---- others ---- */

/* Who works for us, or beside us: "our carrier Globex". */
static const char *const thirds[] = { "provider", "carrier", "vendor",
	"supplier", "partner", "contractor", "upstream", "registry",
	"manufacturer", "operator", "reseller", "customer", "client",
	"competitor", "subcontractor", NULL };
/* ... and what he is blamed with: "a mistake by Initech". */
static const char *const faults[] = { "fault", "mistake", "negligence",
	"carelessness", "blunder", "incompetence", NULL };
static const char *const of[] = { "at", "by", NULL };
static const char *const does[] = { "failed", "broke", "caused", "refuses",
	"refused", "forgot", "neglected", NULL };

/* Written as a name, in the middle of a sentence. */
static bool
is_name(const struct piece *p, size_t i)
{
	const struct span *w;

	if (i >= p->n_words)
		return false;
	w = &p->words[i];
	return isupper((unsigned char)p->s[w->at]) && w->len > 1 &&
	       islower((unsigned char)p->s[w->at + 1]) &&
	       !starts_sentence(p, i);
}

/* "Colomax GmbH": a firm by its full name. */
static void
firm(struct linting *l, const struct piece *p, size_t i)
{
	static const char *const ends_of[] = { "GmbH", "Inc", "Ltd", "LLC",
		"Corp", "SARL", "SAS", "BV", "SpA", "Pty", "Oy", "AG", NULL };
	const struct span *w = &p->words[i], *last;

	if (!is_name(p, i) || !lint_adjoins(p, i))
		return;
	last = &p->words[i + 1];
	for (size_t k = 0; ends_of[k] != NULL; k++)
		if (strlen(ends_of[k]) == last->len &&
		    memcmp(p->s + last->at, ends_of[k], last->len) == 0)
			lint_mark(l, p, RULE_VENDOR, w->at,
			    last->at + last->len - w->at);
	/* "Redes Andinas S.A." */
	if (strncmp(p->s + last->at, "S.A.", 4) == 0 ||
	    strncmp(p->s + last->at, "B.V.", 4) == 0 ||
	    strncmp(p->s + last->at, "S.L.", 4) == 0)
		lint_mark(l, p, RULE_VENDOR, w->at, last->at + 4 - w->at);
}

static void
blame(struct linting *l, const struct piece *p, size_t from, size_t to)
{
	const struct span *a = &p->words[from], *b = &p->words[to];

	for (size_t i = 0; i < p->n_safe; i++)
		if (p->safe[i].at <= b->at &&
		    b->at < p->safe[i].at + p->safe[i].len)
			return;
	lint_mark(l, p, RULE_BLAME, a->at, b->at + b->len - a->at);
}

/* "caused by Brightwave Fibre": two words that are a name. */
static void
caused(struct linting *l, const struct piece *p, size_t i)
{
	if (lint_word_is(p, i, "caused") && lint_word_is(p, i + 1, "by") &&
	    lint_adjoins(p, i + 1) && is_name(p, i + 2) &&
	    lint_adjoins(p, i + 2) && is_name(p, i + 3))
		blame(l, p, i, i + 3);
}

void
lint_blame(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n_words; i++) {
		firm(l, p, i);
		caused(l, p, i);
		if (lint_word_in(p, i, thirds) && lint_adjoins(p, i) &&
		    is_name(p, i + 1))
			blame(l, p, i, i + 1);
		if (lint_word_in(p, i, faults) && lint_word_in(p, i + 1, of) &&
		    lint_adjoins(p, i + 1) && is_name(p, i + 2))
			blame(l, p, i, i + 2);
		/* "Initech's fault" */
		if (is_name(p, i) && lint_word_is(p, i + 1, "s") &&
		    p->words[i + 1].at ==
			p->words[i].at + p->words[i].len + 1 &&
		    (lint_word_in(p, i + 2, faults) ||
			lint_word_is(p, i + 2, "side")))
			blame(l, p, i, i + 2);
		/* "because Initech failed" */
		if ((lint_word_is(p, i, "because") ||
			lint_word_is(p, i, "since")) &&
		    is_name(p, i + 1) && lint_word_in(p, i + 2, does))
			blame(l, p, i + 1, i + 2);
	}
}
