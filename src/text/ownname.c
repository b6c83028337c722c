#include "text/ownname.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "text/phrases.h"

enum { NAMES = 4, LIKE_MAX = 40 };

char *
ownname_fold(struct arena *mem, const char *name, const char *address)
{
	size_t n = strcspn(address, "@");

	return phrase_fold(mem,
	    arena_printf(mem, "%s %.*s", name, (int)n, address));
}

static bool
letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static size_t
word_length(const char *s)
{
	size_t n = 0;

	while (letter(s[n]) || isdigit((unsigned char)s[n]) || s[n] == '\'')
		n++;
	return n;
}

/* The letter without its accent: an address book may lack it. */
static uint32_t
bare(uint32_t c)
{
	/* clang-format off */
	static const char latin[] = /* from U+00E0 */
		"aaaaaaaceeeeiiiidnooooo/ouuuuyty";
	static const char more[] = /* from U+0100 */
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk"
		"llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuu"
		"wwyyyzzzzzzs";
	/* clang-format on */

	if (c >= 0xe0 && c <= 0xff)
		return (unsigned char)latin[c - 0xe0];
	if (c >= 0x100 && c <= 0x17f)
		return (unsigned char)more[c - 0x100];
	if (c >= 0x218 && c <= 0x21b)
		return c <= 0x219 ? 's' : 't';
	return c;
}

/* "ü" is "ue" where it can't be written. */
static void
skip_e(uint32_t c, const char **other, const char *end)
{
	if ((c == 0xe4 || c == 0xf6 || c == 0xfc || c == 0xf8 || c == 0xe6) &&
	    *other < end && **other == 'e')
		(*other)++;
}

/* Words of n and m bytes. */
static bool
same(const char *a, size_t n, const char *b, size_t m)
{
	const char *a_end = a + n, *b_end = b + m;

	while (a < a_end && b < b_end) {
		uint32_t c = text_next(&a), d = text_next(&b);

		if (bare(c) != bare(d))
			return false;
		if (c == d)
			continue;
		skip_e(c, &b, b_end);
		skip_e(d, &a, a_end);
	}
	return a == a_end && b == b_end;
}

/* 0: not one of the writer's names; 1: an initial of one; 2: one. */
static unsigned
own_word(const char *names, const char *s, size_t n)
{
	unsigned best = 0;

	while (*names != '\0') {
		size_t len = word_length(names);

		if (len > 1 && n > 1 && same(names, len, s, n))
			return 2;
		if (n == 1 && len != 0 && names[0] == s[0])
			best = 1;
		names += len;
		names += len == 0;
	}
	return best;
}

/* "i. a.", "dr.": what stands before a name. */
static size_t
title(const char *s)
{
	static const char *const words[] = { "i. a. ", "i.a. ", "i. v. ",
		"i.v. ", "ppa. ", "dr. ", "prof. ", "ing. ", "bc. ", "mgr. ",
		"dipl.-ing. ", "mr ", "ms ", "mr. ", "ms. ", "mrs. " };
	size_t n = 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(s + n, words[i], strlen(words[i])) == 0)
			n += strlen(words[i]);
	return n;
}

size_t
ownname_starts(const char *names, const char *s)
{
	const char *start = s;
	unsigned full = 0, words = 0;

	if (names[0] == '\0')
		return 0;
	s += title(s);
	while (*s == '-' || *s == '/' || *s == '~' || *s == ' ')
		s++;
	while (strncmp(s, "\xe2\x80\x94", 3) == 0 ||
	       strncmp(s, "\xe2\x80\x93", 3) == 0)
		s += 3;
	s += strspn(s, " ");
	while (words < NAMES) {
		size_t n = word_length(s);
		unsigned own = n == 0 ? 0 : own_word(names, s, n);

		if (own == 0)
			break;
		full += own == 2;
		words++;
		s += n + (s[n] == '.');
		s += *s == ' ' && letter(s[1]);
		if (words == 1 && s[0] == ',' && s[1] == ' ' &&
		    own_word(names, s + 2, word_length(s + 2)) == 2)
			s += 2; /* "Ash, Ann" */
	}
	if (full == 0)
		return 0;
	s += strspn(s, " ");
	if (*s != '\0' && strchr("|,/(-<.!+", *s) == NULL &&
	    (unsigned char)*s < 0x80)
		return 0;
	return *s == '\0' || words > 1 ? (size_t)(s - start) : 0;
}

bool
ownname_only(const char *names, const char *s)
{
	size_t n = ownname_starts(names, s);

	return n != 0 && s[n + strspn(s + n, " .!,")] == '\0';
}

bool
ownname_like(const char *s)
{
	unsigned words = 0;

	s += strspn(s, " \t-/");
	if (strlen(s) > LIKE_MAX)
		return false;
	while (*s != '\0') {
		if (!isupper((unsigned char)*s) && (unsigned char)*s < 0x80)
			return false;
		while (letter(*s) || *s == '\'' || *s == '-' || *s == '.')
			s++;
		if (*s == ',')
			s++;
		if (*s != '\0' && *s != ' ')
			return false;
		s += strspn(s, " ");
		words++;
	}
	return words >= 1 && words <= NAMES;
}

bool
ownname_initials(const char *names, const char *s)
{
	bool marked = strchr("/-~", *s) != NULL && *s != '\0';
	size_t n = 0;

	s += strspn(s, "/-~ ");
	for (; letter(s[n]) && (unsigned char)s[n] < 0x80; n++) {
		if (s[n] != names[0])
			return false;
		names += word_length(names);
		names += *names == ' ';
	}
	if (s[n] == '.' && s[n + 1] == '\0')
		return n == 1;
	return marked && n >= 2 && s[n] == '\0';
}
