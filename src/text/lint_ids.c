/* Numbers of inside systems: tickets, changes, and what is known by a CVE. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

/* "UTF-8", "GPT-4": names that have a number, and no tickets.  PR- is the
 * problem's public reference; INC- and MNT- with a year are ours. */
static const char *const plain[] = { "pr", "utf", "sha", "iso", "rfc", "aes",
	"rsa", "dsa", "gpt", "tls", "ssl", "http", "covid", "ieee", "ipv", "md",
	"usb", "pci", "soc", "ansi", "cp", "koi", "windows", "as", "q", "fy",
	"h", "p", "us", "eu", "ap", "sa", "ca", "uk", "ipsec", "es", "ec", "rc",
	"v", "version", "x", "layer", "tier", "level", "phase", "step", "stage",
	"part", "day", "week", "sev", "severity", "wi", "wpa", "tcp", "udp",
	"port", "vp", "mp", "o", "macos", "ios", "ubuntu", "debian", "centos",
	"php", "api", "cluster", "node", "python", "java", "arm", "amd",
	"llama", "claude", "gemini", "grok", "phi", "office", "ms", "ge", "gb",
	"tb", "rep", "utc", "gmt", "est", "edt", "pst", "pdt", "cet", "cest",
	"bst", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
	"sept", "oct", "nov", "dec", NULL };
/* ... and those that are tickets however they are written. */
static const char *const systems[] = { "bug", "chg", "change", "cr", "crq",
	"cs", "escalation", "gh", "help", "helpdesk", "infra", "issue", "itsm",
	"jira", "net", "noc", "ops", "otrs", "prb", "problem", "req", "ritm",
	"rt", "sctask", "sd", "sec", "sr", "sre", "support", "sup", "sys",
	"task", "ticket", "tkt", "tt", "wo", "workorder", "case", "inc", NULL };
/* Words that a number of such a system follows; folded, see lint_tongues.c. */
static const char *const said[] = { "ticket", "tickets", "tkt", "rt", "otrs",
	"jira", "sr", "tt", "chg", "crq", "case", "issue", "bug", "change",
	"request", "task", "wo", "workorder", "order", "zendesk", "vorgang",
	"vorgangsnummer", "ticketnummer", "auftrag", "fall", "dossier",
	"demande", "caso", "solicitud", "incidencia", "chamado", "protocolo",
	"pedido", "pr", "mr", NULL };
static const char *const strong[] = { "ticket", "tickets", "tkt", "rt", "otrs",
	"jira", "sr", "tt", "chg", "crq", "wo", "workorder", "zendesk",
	"vorgang", "chamado", NULL };
enum { LONG_NUMBER = 6 }; /* digits of one that needs no sign */

static size_t
digits(const struct piece *p, size_t at)
{
	return strspn(p->s + at, "0123456789");
}

static bool
has_upper(const struct piece *p, const struct span *w)
{
	for (size_t i = 0; i < w->len; i++)
		if (!isupper((unsigned char)p->s[w->at + i]))
			return false;
	return true;
}

/* INC-2026-0042 and its kin: numbers that the public knows. */
static bool
is_public(const struct piece *p, size_t i)
{
	static const char *const ours[] = { "inc", "mnt", "drl", "rep", NULL };
	const struct span *year = &p->words[i + 1];

	return lint_word_in(p, i, ours) && year->len == 4 &&
	       strncmp(p->s + year->at, "20", 2) == 0 &&
	       p->s[year->at + year->len] == '-' &&
	       digits(p, year->at + year->len + 1) != 0;
}

/* "CHG-1188", "ops-42" */
static void
dashed(struct linting *l, const struct piece *p, size_t i)
{
	const struct span *w = &p->words[i], *number = &p->words[i + 1];
	bool upper = has_upper(p, w), known = lint_word_in(p, i, systems);

	if (i + 1 >= p->n_words || number->at != w->at + w->len + 1 ||
	    p->s[w->at + w->len] != '-' || lint_before(p, w->at) == '-' ||
	    digits(p, number->at) != number->len || is_public(p, i))
		return;
	if (!known && (!upper || w->len < 2 || w->len > 10 || number->len < 2 ||
			  lint_word_in(p, i, plain)))
		return;
	if (known && !upper && number->len < 3)
		return;
	/* "AP-2-x", "US-2026-11": one of a row is no number of a ticket. */
	if (!(known && upper) && p->s[number->at + number->len] == '-' &&
	    lint_alnum(p->s[number->at + number->len + 1]))
		return;
	lint_mark(l, p, RULE_TICKET, w->at, w->len + 1 + number->len);
}

/* "CHG0030001", "INC0012345" */
static void
joined(struct linting *l, const struct piece *p, size_t i)
{
	const struct span *w = &p->words[i];
	size_t n = 0;

	while (n < w->len && isalpha((unsigned char)p->s[w->at + n]))
		n++;
	if (n < 2 || w->len - n < 4 || digits(p, w->at + n) != w->len - n ||
	    !lint_in(p->s + w->at, n, systems))
		return;
	lint_mark(l, p, RULE_TICKET, w->at, w->len);
}

/* "0044123", "1-2231998" */
static bool
has_long_number(const struct piece *p, size_t at)
{
	size_t n = digits(p, at), more;

	if (n < LONG_NUMBER && p->s[at + n] == '-')
		return digits(p, at + n + 1) >= LONG_NUMBER;
	more = p->s[at + n] == '.' || p->s[at + n] == ','
		   ? digits(p, at + n + 1)
		   : 0;
	return n >= LONG_NUMBER && more == 0;
}

/* "#55120" behind a name: "[example.net #55120]", "ops/infra#312" */
static void
sharp(struct linting *l, const struct piece *p, size_t at)
{
	size_t from = at, n = digits(p, at + 1);
	bool listed;

	if (n < 2 || n > 12 || lint_alnum(p->s[at + 1 + n]))
		return;
	while (from > 0 && (lint_alnum(p->s[from - 1]) ||
			       strchr("/._-", p->s[from - 1]) != NULL))
		from--;
	listed = from == at && n > 2 && p->s[at + 1 + n] == ']';
	if (at - from >= 2 || listed)
		lint_mark(l, p, RULE_TICKET, from, at + 1 + n - from);
}

/* "request !2231" */
static void
merge(struct linting *l, const struct piece *p, size_t at)
{
	static const char *const before[] = { "request", "mr", "mrs", NULL };
	size_t n = digits(p, at + 1), k = p->n_words;

	while (k > 0 && p->words[k - 1].at >= at)
		k--;
	if (n >= 2 && k > 0 && lint_word_in(p, k - 1, before) &&
	    at - p->words[k - 1].at - p->words[k - 1].len <= 2)
		lint_mark(l, p, RULE_TICKET, at, n + 1);
}

/* "ticket 48213", "case no. 00412", "RT #77" */
static void
spoken(struct linting *l, const struct piece *p, size_t i)
{
	static const char *const between[] = { "no", "nr", "number", "nummer",
		"id", "num", "numero", NULL };
	size_t from = p->words[i].at, k = i + 1, at;
	bool hashed = false, named = false;

	if (!lint_word_in(p, i, said) || k >= p->n_words)
		return;
	if (lint_word_in(p, k, between)) {
		named = true;
		k++;
	}
	if (k >= p->n_words || p->words[k].at - from > 30)
		return;
	at = p->words[k].at;
	hashed = lint_before(p, at) == '#';
	if (digits(p, at) != p->words[k].len || p->words[k].len > 12)
		return;
	for (size_t j = p->words[k - 1].at + p->words[k - 1].len; j < at; j++)
		if (strchr(" #.:", p->s[j]) == NULL)
			return;
	if (!(hashed || named) && !has_long_number(p, at) &&
	    !(lint_word_in(p, i, strong) && p->words[k].len >= 3))
		return;
	lint_mark(l, p, RULE_TICKET, from, at + p->words[k].len - from);
}

static void
cve(struct linting *l, const struct piece *p, size_t i)
{
	const struct span *w = &p->words[i], *last = w;
	static const char *const names[] = { "cve", "ghsa", "cwe", "cvss",
		NULL };

	if (!lint_word_in(p, i, names))
		return;
	while (i + 1 < p->n_words && lint_adjoins(p, i) &&
	       p->s[last->at + last->len] != '\n' &&
	       isdigit((unsigned char)p->s[p->words[i + 1].at]))
		last = &p->words[++i];
	lint_mark(l, p, RULE_CVE, w->at, last->at + last->len - w->at);
}

void
lint_ids(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n_words; i++) {
		if (i + 1 < p->n_words)
			dashed(l, p, i);
		joined(l, p, i);
		spoken(l, p, i);
		cve(l, p, i);
	}
	for (size_t i = 0; i < p->n; i++) {
		if (p->s[i] == '#')
			sharp(l, p, i);
		if (p->s[i] == '!')
			merge(l, p, i);
	}
}
