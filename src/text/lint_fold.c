/*
 * A field as its reader sees it, in the plainest letters: what is invisible
 * goes, accents go, letters that only look like ours are ours, and what
 * Markdown resolves is resolved.  Rules are written for this form, so that no
 * spelling of the same words gets around them.  Code points: Unicode 15.
 */
#include "text/lint_in.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

struct rune {
	uint32_t c;
	size_t at; /* where it stands in the field */
};

struct runes {
	struct rune *r;
	size_t n;
};

/* U+00C0 to U+017F; "" stays as it is. */
static const char latin[][3] = {
	/* clang-format off */
	"A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I",
	"I", "I", "D", "N", "O", "O", "O", "O", "O", "", "O", "U", "U", "U",
	"U", "Y", "Th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e",
	"e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o",
	"", "o", "u", "u", "u", "u", "y", "th", "y", "A", "a", "A", "a", "A",
	"a", "C", "c", "C", "c", "C", "c", "C", "c", "D", "d", "D", "d", "E",
	"e", "E", "e", "E", "e", "E", "e", "E", "e", "G", "g", "G", "g", "G",
	"g", "G", "g", "H", "h", "H", "h", "I", "i", "I", "i", "I", "i", "I",
	"i", "I", "i", "IJ", "ij", "J", "j", "K", "k", "k", "L", "l", "L", "l",
	"L", "l", "L", "l", "L", "l", "N", "n", "N", "n", "N", "n", "n", "N",
	"n", "O", "o", "O", "o", "O", "o", "OE", "oe", "R", "r", "R", "r", "R",
	"r", "S", "s", "S", "s", "S", "s", "S", "s", "T", "t", "T", "t", "T",
	"t", "U", "u", "U", "u", "U", "u", "U", "u", "U", "u", "U", "u", "W",
	"w", "Y", "y", "Y", "Z", "z", "Z", "z", "Z", "z", "s",
	/* clang-format on */
};

/* What is one of a row: [from, to] is `as`; 0 takes it away. */
static const struct {
	uint32_t from, to;
	char as;
} rows[] = {
	/* clang-format off */
	{ 0xa0, 0xa0, ' ' }, { 0xad, 0xad, 0 }, { 0xb0, 0xb0, 'o' },
	{ 0xba, 0xba, 'o' }, { 0x300, 0x36f, 0 }, { 0x61c, 0x61c, 0 },
	{ 0x1680, 0x1680, ' ' }, { 0x180e, 0x180e, 0 },
	{ 0x2000, 0x200a, ' ' }, { 0x200b, 0x200f, 0 },
	{ 0x2010, 0x2013, '-' }, { 0x2018, 0x201b, '\'' },
	{ 0x201c, 0x201f, '"' }, { 0x2024, 0x2024, '.' },
	{ 0x202a, 0x202e, 0 }, { 0x202f, 0x202f, ' ' },
	{ 0x205f, 0x205f, ' ' }, { 0x2060, 0x206f, 0 },
	{ 0x2212, 0x2212, '-' }, { 0x3000, 0x3000, ' ' },
	{ 0x3002, 0x3002, '.' }, { 0xfe00, 0xfe0f, 0 },
	{ 0xfe63, 0xfe63, '-' }, { 0xfeff, 0xfeff, 0 },
	{ 0xff61, 0xff61, '.' }, { 0xe0000, 0xe01ef, 0 },
	/* clang-format on */
};

/* Letters of Greek and Cyrillic that look like the one beside them. */
static const struct {
	uint32_t c;
	char as;
} likes[] = {
	/* clang-format off */
	{ 0x391, 'A' }, { 0x392, 'B' }, { 0x395, 'E' }, { 0x396, 'Z' },
	{ 0x397, 'H' }, { 0x399, 'I' }, { 0x39a, 'K' }, { 0x39c, 'M' },
	{ 0x39d, 'N' }, { 0x39f, 'O' }, { 0x3a1, 'P' }, { 0x3a4, 'T' },
	{ 0x3a5, 'Y' }, { 0x3a7, 'X' }, { 0x3b1, 'a' }, { 0x3b9, 'i' },
	{ 0x3ba, 'k' }, { 0x3bd, 'v' }, { 0x3bf, 'o' }, { 0x3c1, 'p' },
	{ 0x3c4, 't' }, { 0x3c5, 'u' }, { 0x3c7, 'x' }, { 0x405, 'S' },
	{ 0x406, 'I' }, { 0x408, 'J' }, { 0x410, 'A' }, { 0x412, 'B' },
	{ 0x415, 'E' }, { 0x41a, 'K' }, { 0x41c, 'M' }, { 0x41d, 'H' },
	{ 0x41e, 'O' }, { 0x420, 'P' }, { 0x421, 'C' }, { 0x422, 'T' },
	{ 0x423, 'Y' }, { 0x425, 'X' }, { 0x430, 'a' }, { 0x435, 'e' },
	{ 0x43a, 'k' }, { 0x43e, 'o' }, { 0x440, 'p' }, { 0x441, 'c' },
	{ 0x442, 't' }, { 0x443, 'y' }, { 0x445, 'x' }, { 0x455, 's' },
	{ 0x456, 'i' }, { 0x458, 'j' }, { 0x4bb, 'h' }, { 0x501, 'd' },
	/* clang-format on */
};

/* Entities that Markdown knows and that hide or join words. */
static const struct {
	const char *says;
	uint32_t c;
} entities[] = {
	/* clang-format off */
	{ "&shy;", 0xad }, { "&zwj;", 0x200d }, { "&zwnj;", 0x200c },
	{ "&nbsp;", ' ' }, { "&ensp;", ' ' }, { "&emsp;", ' ' },
	{ "&thinsp;", ' ' }, { "&period;", '.' }, { "&colon;", ':' },
	{ "&commat;", '@' }, { "&num;", '#' }, { "&sol;", '/' },
	{ "&lowbar;", '_' }, { "&hyphen;", '-' }, { "&dash;", '-' },
	{ "&equals;", '=' }, { "&NoBreak;", 0x2060 },
	{ "&ZeroWidthSpace;", 0x200b },
	/* clang-format on */
};

/* ---- one rune ---- */

/* "&#97;", "&#x61;": how long; 0: none. */
static size_t
number(const char *s, uint32_t *c)
{
	bool hex = s[2] == 'x' || s[2] == 'X';
	const char *digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
	size_t from = hex ? 3 : 2, n;

	if (strncmp(s, "&#", 2) != 0)
		return 0;
	n = strspn(s + from, digits);
	if (n == 0 || n > 7 || s[from + n] != ';')
		return 0;
	*c = (uint32_t)strtoul(s + from, NULL, hex ? 16 : 10);
	/* These would begin something else. */
	return *c < ' ' || (*c < 0x80 && strchr("<>&*_`[]!", (int)*c) != NULL)
		   ? 0
		   : from + n + 1;
}

static size_t
entity(const char *s, uint32_t *c)
{
	if (s[0] != '&')
		return 0;
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (strncmp(s, entities[i].says, strlen(entities[i].says)) ==
		    0) {
			*c = entities[i].c;
			return strlen(entities[i].says);
		}
	return number(s, c);
}

/* What Markdown would show: "\." is ".", "&#46;" as well. */
static uint32_t
shown(const char **s)
{
	uint32_t c;
	size_t n;

	if ((*s)[0] == '\\' && (*s)[1] != '\0' &&
	    strchr(".-:/@#=+,;()'\"", (*s)[1]) != NULL)
		++*s;
	else if ((n = entity(*s, &c)) != 0) {
		*s += n;
		return c;
	}
	return text_next(s);
}

/* The plain form; 0: it goes. */
static uint32_t
plain(uint32_t c)
{
	if (c < 0x80)
		return c;
	if (c >= 0xff01 && c <= 0xff5e) /* full width */
		return c - 0xff00 + 0x20;
	if (c >= 0x1d400 && c <= 0x1d6a3) { /* letters of mathematics */
		c = (c - 0x1d400) % 52;
		return c < 26 ? 'A' + c : 'a' + c - 26;
	}
	if (c >= 0x1d7ce && c <= 0x1d7ff)
		return '0' + (c - 0x1d7ce) % 10;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (c >= rows[i].from && c <= rows[i].to)
			return (unsigned char)rows[i].as;
	return c;
}

/* ---- the whole ---- */

static void
read_runes(struct arena *mem, const char *s, bool markdown, struct runes *out)
{
	const char *from = s;

	out->r = arena_array(mem, strlen(s) + 1, sizeof *out->r);
	out->n = 0;
	while (*s != '\0') {
		size_t at = (size_t)(s - from);
		uint32_t c = plain(markdown ? shown(&s) : text_next(&s));

		if (c != 0)
			out->r[out->n++] = (struct rune){ c, at };
	}
	out->r[out->n] = (struct rune){ 0, (size_t)(s - from) };
}

static bool
is_letter(uint32_t c)
{
	return c >= 0x80 || isalpha((int)c);
}

static bool
is_letter_or_digit(uint32_t c)
{
	return c >= 0x80 || isalnum((int)c);
}

static bool
is_hex(uint32_t c)
{
	return c < 0x80 && isxdigit((int)c);
}

/* In a word that has letters of ours, those that look like ours are. */
static void
unmask(struct rune *r, size_t n)
{
	bool ours = false;

	for (size_t i = 0; i < n; i++)
		ours = ours || (r[i].c < 0x250 && is_letter(r[i].c));
	for (size_t i = 0; i < n && ours; i++)
		for (size_t k = 0; k < sizeof likes / sizeof *likes; k++)
			if (likes[k].c == r[i].c)
				r[i].c = (unsigned char)likes[k].as;
}

static void
unmask_words(struct runes *all)
{
	for (size_t i = 0; i < all->n;) {
		size_t n = 0;

		while (i + n < all->n && is_letter_or_digit(all->r[i + n].c))
			n++;
		unmask(all->r + i, n);
		i += n == 0 ? 1 : n;
	}
}

/* How many runes at i only break a word: "vulnera-\nbility", "att**ack". */
static size_t
breaks(const struct runes *all, size_t i)
{
	const struct rune *r = all->r + i;
	uint32_t before = i == 0 ? 0 : r[-1].c;
	size_t n = 0;

	if (before == 0)
		return 0;
	if (r[0].c == '-' && r[1].c == '\n')
		return is_letter(before) && is_letter(r[2].c) ? 2 : 0;
	if (r[0].c == '\n' && strchr(".:", (int)before) != NULL && i > 1)
		return is_hex(r[-2].c) && is_hex(r[1].c) ? 1 : 0;
	while (r[n].c == '*' || r[n].c == '`')
		n++;
	return n != 0 && is_letter(before) && r[n].c != 0 && is_letter(r[n].c)
		   ? n
		   : 0;
}

static void
join(struct runes *all)
{
	size_t to = 0;

	for (size_t i = 0; i < all->n; i++) {
		i += breaks(all, i);
		all->r[to++] = all->r[i];
	}
	all->r[to] = all->r[all->n];
	all->n = to;
}

static void
put(struct buf *b, uint32_t c)
{
	if (c >= 0xc0 && c < 0x180 && latin[c - 0xc0][0] != '\0')
		buf_str(b, latin[c - 0xc0]);
	else
		text_put(b, c);
}

static bool
is_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

char *
lint_fold(struct arena *mem, const char *s, unsigned how, size_t **from)
{
	struct buf b = BUF_INIT;
	struct runes all;
	size_t *map;
	char *out;

	if (how == 0 && from == NULL && is_ascii(s))
		return arena_str(mem, s);
	read_runes(mem, s, how & FOLD_MARKDOWN, &all);
	unmask_words(&all);
	if (how & FOLD_JOINED)
		join(&all);
	map = arena_array(mem, 3 * strlen(s) + 1, sizeof *map); /* U+FFFD */
	for (size_t i = 0; i < all.n; i++) {
		size_t at = b.len;

		put(&b, all.r[i].c);
		while (at < b.len)
			map[at++] = all.r[i].at;
	}
	map[b.len] = strlen(s);
	if (from != NULL)
		*from = map;
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

char *
lint_spelt_out(struct arena *mem, const char *s)
{
	static const struct {
		uint32_t c;
		const char *as;
	} two[] = { { 0xc4, "Ae" }, { 0xd6, "Oe" }, { 0xdc, "Ue" },
		{ 0xe4, "ae" }, { 0xf6, "oe" }, { 0xfc, "ue" }, { 0xc5, "Aa" },
		{ 0xe5, "aa" }, { 0xd8, "Oe" }, { 0xf8, "oe" } };
	struct buf b = BUF_INIT;
	uint32_t c;
	char *out;

	if (is_ascii(s))
		return arena_str(mem, s);
	while ((c = text_next(&s)) != 0) {
		size_t i = 0;

		while (i < sizeof two / sizeof *two && two[i].c != c)
			i++;
		if (i < sizeof two / sizeof *two)
			buf_str(&b, two[i].as);
		else
			text_put(&b, c);
	}
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}
