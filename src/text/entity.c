#include "text/entity.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST = 10, REPLACEMENT = 0xfffd };

/* clang-format off */
static const struct entity {
	const char *name;
	uint32_t c;
} entities[] = {
	{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
	{ "apos", '\'' }, { "nbsp", 0xa0 }, { "iexcl", 0xa1 },
	{ "cent", 0xa2 }, { "pound", 0xa3 }, { "yen", 0xa5 },
	{ "sect", 0xa7 }, { "copy", 0xa9 }, { "ordf", 0xaa },
	{ "laquo", 0xab }, { "shy", 0xad }, { "reg", 0xae }, { "deg", 0xb0 },
	{ "plusmn", 0xb1 }, { "acute", 0xb4 }, { "micro", 0xb5 },
	{ "para", 0xb6 }, { "middot", 0xb7 }, { "ordm", 0xba },
	{ "raquo", 0xbb }, { "frac14", 0xbc }, { "frac12", 0xbd },
	{ "frac34", 0xbe }, { "iquest", 0xbf },
	{ "Agrave", 0xc0 }, { "Aacute", 0xc1 }, { "Acirc", 0xc2 },
	{ "Atilde", 0xc3 }, { "Auml", 0xc4 }, { "Aring", 0xc5 },
	{ "AElig", 0xc6 }, { "Ccedil", 0xc7 }, { "Egrave", 0xc8 },
	{ "Eacute", 0xc9 }, { "Ecirc", 0xca }, { "Euml", 0xcb },
	{ "Igrave", 0xcc }, { "Iacute", 0xcd }, { "Icirc", 0xce },
	{ "Iuml", 0xcf }, { "Ntilde", 0xd1 }, { "Ograve", 0xd2 },
	{ "Oacute", 0xd3 }, { "Ocirc", 0xd4 }, { "Otilde", 0xd5 },
	{ "Ouml", 0xd6 }, { "times", 0xd7 }, { "Oslash", 0xd8 },
	{ "Ugrave", 0xd9 }, { "Uacute", 0xda }, { "Ucirc", 0xdb },
	{ "Uuml", 0xdc }, { "szlig", 0xdf }, { "agrave", 0xe0 },
	{ "aacute", 0xe1 }, { "acirc", 0xe2 }, { "atilde", 0xe3 },
	{ "auml", 0xe4 }, { "aring", 0xe5 }, { "aelig", 0xe6 },
	{ "ccedil", 0xe7 }, { "egrave", 0xe8 }, { "eacute", 0xe9 },
	{ "ecirc", 0xea }, { "euml", 0xeb }, { "igrave", 0xec },
	{ "iacute", 0xed }, { "icirc", 0xee }, { "iuml", 0xef },
	{ "ntilde", 0xf1 }, { "ograve", 0xf2 }, { "oacute", 0xf3 },
	{ "ocirc", 0xf4 }, { "otilde", 0xf5 }, { "ouml", 0xf6 },
	{ "divide", 0xf7 }, { "oslash", 0xf8 }, { "ugrave", 0xf9 },
	{ "uacute", 0xfa }, { "ucirc", 0xfb }, { "uuml", 0xfc },
	{ "yacute", 0xfd }, { "yuml", 0xff }, { "OElig", 0x152 },
	{ "oelig", 0x153 }, { "Scaron", 0x160 }, { "scaron", 0x161 },
	{ "ensp", 0x2002 }, { "emsp", 0x2003 }, { "thinsp", 0x2009 },
	{ "zwnj", 0x200c }, { "zwj", 0x200d }, { "ndash", 0x2013 },
	{ "mdash", 0x2014 }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 },
	{ "sbquo", 0x201a }, { "ldquo", 0x201c }, { "rdquo", 0x201d },
	{ "bdquo", 0x201e }, { "bull", 0x2022 }, { "hellip", 0x2026 },
	{ "lsaquo", 0x2039 }, { "rsaquo", 0x203a }, { "euro", 0x20ac },
	{ "trade", 0x2122 }, { "larr", 0x2190 }, { "rarr", 0x2192 },
	{ "ne", 0x2260 }, { "le", 0x2264 }, { "ge", 0x2265 },
};
/* clang-format on */

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* s: behind "&#". */
static uint32_t
number(const char *s, size_t n, size_t *len)
{
	bool hex = n != 0 && (*s == 'x' || *s == 'X');
	int base = hex ? 16 : 10;
	size_t i = hex ? 1 : 0, first = i;
	uint32_t c = 0;

	for (; i < n && digit(s[i]) >= 0 && digit(s[i]) < base; i++)
		if (c <= 0x10ffff)
			c = c * (uint32_t)base + (uint32_t)digit(s[i]);
	if (i == first)
		return 0;
	*len = 2 + i + (i < n && s[i] == ';');
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ||
	    (c >= 0x7f && c <= 0x9f))
		return REPLACEMENT;
	return c;
}

uint32_t
entity_read(const char *s, size_t n, size_t *len)
{
	size_t name = 1;

	if (n > 2 && s[1] == '#')
		return number(s + 2, n - 2, len);
	while (name < n && name < LONGEST && s[name] != ';')
		name++;
	if (name == n || s[name] != ';')
		return 0;
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		const char *e = entities[i].name;

		if (strlen(e) != name - 1 || memcmp(e, s + 1, name - 1) != 0)
			continue;
		*len = name + 1;
		return entities[i].c;
	}
	return 0;
}
