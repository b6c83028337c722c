/* Passwords, tokens and private keys. */
#include "text/lint_in.h"

#include <ctype.h>
#include <string.h>

enum { LONG = 32, RANDOM = 20, HUMPS = 6, MOST = 200, BACK = 400 };

static const char token_chars[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+/=.";

static const char hash_chars[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+=.$,";

/* What keys and tokens of well-known systems begin with. */
static const struct {
	const char *with;
	size_t least; /* characters behind it */
	enum lint_rule rule;
} starts[] = {
	/* clang-format off */
	{ "-----BEGIN", 0, RULE_KEY }, { "AGE-SECRET-KEY-", 10, RULE_KEY },
	{ "PuTTY-User-Key-File", 0, RULE_KEY },
	{ "ssh-rsa AAAA", 0, RULE_KEY }, { "ssh-ed25519 AAAA", 0, RULE_KEY },
	{ "ecdsa-sha2-", 0, RULE_KEY },
	{ "AKIA", 12, RULE_CREDENTIAL }, { "ASIA", 12, RULE_CREDENTIAL },
	{ "ghp_", 16, RULE_CREDENTIAL }, { "gho_", 16, RULE_CREDENTIAL },
	{ "ghu_", 16, RULE_CREDENTIAL }, { "ghs_", 16, RULE_CREDENTIAL },
	{ "ghr_", 16, RULE_CREDENTIAL }, { "github_pat_", 16, RULE_CREDENTIAL },
	{ "glpat-", 12, RULE_CREDENTIAL }, { "xoxb-", 8, RULE_CREDENTIAL },
	{ "xoxp-", 8, RULE_CREDENTIAL }, { "xoxa-", 8, RULE_CREDENTIAL },
	{ "xoxr-", 8, RULE_CREDENTIAL }, { "xoxs-", 8, RULE_CREDENTIAL },
	{ "xapp-", 8, RULE_CREDENTIAL }, { "sk-", 20, RULE_CREDENTIAL },
	{ "sk_live_", 8, RULE_CREDENTIAL }, { "sk_test_", 8, RULE_CREDENTIAL },
	{ "rk_live_", 8, RULE_CREDENTIAL }, { "pk_live_", 8, RULE_CREDENTIAL },
	{ "whsec_", 8, RULE_CREDENTIAL }, { "AIza", 20, RULE_CREDENTIAL },
	{ "ya29.", 10, RULE_CREDENTIAL }, { "SG.", 20, RULE_CREDENTIAL },
	{ "eyJ", 30, RULE_CREDENTIAL }, { "key-", 30, RULE_CREDENTIAL },
	{ "npm_", 20, RULE_CREDENTIAL }, { "pypi-", 20, RULE_CREDENTIAL },
	{ "hf_", 20, RULE_CREDENTIAL }, { "dop_v1_", 16, RULE_CREDENTIAL },
	{ "shpat_", 16, RULE_CREDENTIAL }, { "hvs.", 16, RULE_CREDENTIAL },
	{ "$1$", 8, RULE_CREDENTIAL }, { "$5$", 8, RULE_CREDENTIAL },
	{ "$6$", 8, RULE_CREDENTIAL }, { "$2a$", 8, RULE_CREDENTIAL },
	{ "$2b$", 8, RULE_CREDENTIAL }, { "$2y$", 8, RULE_CREDENTIAL },
	{ "$y$", 8, RULE_CREDENTIAL }, { "$argon2", 8, RULE_CREDENTIAL },
	{ "{SSHA}", 8, RULE_CREDENTIAL }, { "{CRYPT}", 4, RULE_CREDENTIAL },
	/* clang-format on */
};

/* Words that a secret follows. */
static const char *const keywords[] = { "password", "passwort", "kennwort",
	"contrasena", "senha", "clave", "wachtwoord", "basic", "accountkey",
	"accesskey", "secretkey", "privatekey", "sharedkey", "authtoken",
	"accesstoken", "clientsecret", "userpassword", "dbpassword", "passwd",
	"passphrase", "passcode", "pass", "pwd", "pw", "secret", "token",
	"apikey", "key", "credentials", "creds", "pin", "otp", "psk",
	"community", "login", "bearer", NULL };
/* ... of which these are said of much else, too. */
static const char *const loose[] = { "key", "token", "secret", "pass", "login",
	"community", "pin", "bearer", "credentials", "basic", "clave", NULL };

static size_t
until_blank(const struct piece *p, size_t at)
{
	size_t n = 0;

	while (n < MOST && p->s[at + n] != '\0' &&
	       strchr(" \t\n\"'`<>", p->s[at + n]) == NULL)
		n++;
	while (n > 0 && strchr(".,;:)]*", p->s[at + n - 1]) != NULL)
		n--;
	return n;
}

struct look { /* of a word that may be a secret */
	size_t lower, upper, digits, others;
};

static struct look
look(const char *s, size_t n)
{
	struct look k = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (islower((unsigned char)s[i]))
			k.lower++;
		else if (isupper((unsigned char)s[i]))
			k.upper++;
		else if (isdigit((unsigned char)s[i]))
			k.digits++;
		else
			k.others++;
	}
	return k;
}

/* Nobody writes such a word in a sentence. */
static bool
is_odd(const char *s, size_t n)
{
	struct look k = look(s, n);
	size_t letters = k.lower + k.upper;

	if (n < 4)
		return false;
	return (letters != 0 && k.digits != 0) ||
	       (k.others != 0 && letters != 0 && strcspn(s, "!$%^&@#~") < n) ||
	       (k.digits >= 4 && letters == 0);
}

static void
known_start(struct linting *l, const struct piece *p, size_t at)
{
	if (lint_alnum(lint_before(p, at)))
		return;
	for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
		size_t n = strlen(starts[k].with);
		size_t more;

		if (strncmp(p->s + at, starts[k].with, n) != 0)
			continue;
		more = strspn(p->s + at + n,
		    starts[k].with[0] == '$' ? hash_chars : token_chars);
		if (more < starts[k].least)
			continue;
		if (starts[k].rule == RULE_KEY)
			more = strcspn(p->s + at + n, "\n");
		lint_mark(l, p, starts[k].rule, at, n + more);
		return;
	}
}

/* The words "is", "was", "=", ":" and quotes between keyword and value. */
static size_t
value_of(const struct piece *p, size_t at, bool *assigned)
{
	static const char *const links[] = { "is ", "was ", "are ", "set to ",
		"now ", "ist ", "lautet ", "war ", "est ", "es ", "e " };
	size_t from = at;

	*assigned = false;
	for (;;) {
		size_t before = at;

		at += strspn(p->s + at, " \t\"'`*(");
		if (p->s[at] == ':' || p->s[at] == '=') {
			*assigned = true;
			at++;
		}
		for (size_t k = 0; k < sizeof links / sizeof *links; k++)
			if (strncmp(p->low + at, links[k], strlen(links[k])) ==
			    0) {
				at += strlen(links[k]);
				*assigned = true;
			}
		if (at == before || at - from > 24)
			return at;
	}
}

/* One word that ends its line, behind "password:". */
static bool
is_alone(const struct piece *p, size_t at, size_t n)
{
	const char *end = p->s + at + n;

	end += strspn(end, " \t.,;\"'`)");
	return *end == '\n' || *end == '\0';
}

/* "Bearer ZNLi...": long, and of all kinds of characters; or hexadecimal. */
static bool
is_token(const char *s, size_t n)
{
	struct look k = look(s, n);

	if (n >= RANDOM && strspn(s, "0123456789abcdefABCDEF") >= n &&
	    k.digits >= 3 && k.lower + k.upper >= 3)
		return true;
	return n >= 16 && k.lower >= 3 && k.upper >= 3 && k.digits != 0 &&
	       k.others <= n / 8;
}

/* "PIN 4471" */
static bool
is_code(const struct piece *p, size_t i, size_t at, size_t n)
{
	static const char *const words[] = { "pin", "otp", NULL };

	return lint_word_in(p, i, words) && n >= 4 && n <= 8 &&
	       strspn(p->s + at, "0123456789") >= n;
}

static bool
is_mot_de_passe(const struct piece *p, size_t i)
{
	return i >= 2 && lint_word_is(p, i, "passe") &&
	       lint_word_is(p, i - 1, "de") && lint_word_is(p, i - 2, "mot");
}

static void
keyword(struct linting *l, const struct piece *p, size_t i)
{
	size_t from = p->words[i].at, at, n;
	bool assigned, weak = lint_word_in(p, i, loose), equals;

	at = value_of(p, from + p->words[i].len, &assigned);
	n = until_blank(p, at);
	equals = p->s[from + p->words[i].len] == '=';
	if (n == 0)
		return;
	if (!assigned && is_code(p, i, at, n)) {
		lint_mark(l, p, RULE_CREDENTIAL, from, at + n - from);
		return;
	}
	if (!assigned && weak && !is_token(p->s + at, n))
		return;
	if (!(is_odd(p->s + at, n) || (equals && n >= 4) ||
		(assigned && !weak && n >= 4 && is_alone(p, at, n) &&
		    strcspn(p->s + from, ":=") < at - from)))
		return;
	if (!assigned && !is_odd(p->s + at, n))
		return;
	lint_mark(l, p, RULE_CREDENTIAL, from, at + n - from);
}

/* https://name:secret@host/ */
static void
in_address(struct linting *l, const struct piece *p, size_t at)
{
	size_t n, colon;

	if (strncmp(p->s + at, "://", 3) != 0)
		return;
	n = strcspn(p->s + at + 3, " \t\n/@");
	colon = strcspn(p->s + at + 3, ":");
	if (p->s[at + 3 + n] == '@' && colon < n)
		lint_mark(l, p, RULE_CREDENTIAL, at + 3, n);
}

/* A long run that no word, number or path looks like. */
static void
random_run(struct linting *l, const struct piece *p, size_t at, size_t n)
{
	struct look k = look(p->s + at, n);
	size_t hex = strspn(p->low + at, "0123456789abcdef");
	size_t turns = 0, humps = 0;

	if (hex >= n && n >= LONG && k.digits != 0 && k.lower + k.upper != 0) {
		lint_mark(l, p, RULE_RANDOM, at, n);
		return;
	}
	for (size_t i = at; i + 1 < at + n; i++)
		turns += (isdigit((unsigned char)p->s[i]) != 0) !=
			 (isdigit((unsigned char)p->s[i + 1]) != 0);
	for (size_t i = at; i + 1 < at + n; i++)
		humps += islower((unsigned char)p->s[i]) != 0 &&
			 isupper((unsigned char)p->s[i + 1]) != 0;
	if (n >= RANDOM && k.lower >= 3 && k.upper >= 3 && k.others <= n / 8 &&
	    ((k.digits >= 2 && turns >= 4) ||
		(n >= LONG && k.digits != 0 && humps >= HUMPS)))
		lint_mark(l, p, RULE_RANDOM, at, n);
}

/* Part of an address of the web: what stands there is a path. */
static bool
in_url(const struct piece *p, size_t at)
{
	size_t least = at > BACK ? at - BACK : 0;

	while (at > least && strchr(" \t\n(<[\"", p->s[at - 1]) == NULL)
		at--;
	return strncmp(p->low + at, "http", 4) == 0;
}

void
lint_secrets(struct linting *l, const struct piece *p)
{
	for (size_t i = 0; i < p->n_words; i++)
		if (lint_word_in(p, i, keywords) || is_mot_de_passe(p, i))
			keyword(l, p, i);
	for (size_t i = 0; i < p->n; i++) {
		known_start(l, p, i);
		in_address(l, p, i);
	}
	for (size_t i = 0; i < p->n;) {
		size_t n = strspn(p->s + i, token_chars);

		if (n >= RANDOM && !in_url(p, i))
			random_run(l, p, i, n);
		i += n + 1;
	}
}
