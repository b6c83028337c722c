#include "text/months.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Those of German, French, Spanish, Portuguese, Italian, Dutch and Polish. */
static const struct {
	const char *word;
	int month;
} foreign_months[] = {
	/* clang-format off */
	{ "januar", 1 }, { "janvier", 1 }, { "enero", 1 }, { "janeiro", 1 },
	{ "gennaio", 1 }, { "januari", 1 }, { "stycznia", 1 },
	{ "februar", 2 }, { "février", 2 }, { "febrero", 2 },
	{ "fevereiro", 2 }, { "febbraio", 2 }, { "februari", 2 },
	{ "lutego", 2 },
	{ "märz", 3 }, { "maerz", 3 }, { "mrz", 3 }, { "mars", 3 },
	{ "marzo", 3 }, { "março", 3 }, { "maart", 3 }, { "mrt", 3 },
	{ "marca", 3 },
	{ "avril", 4 }, { "abril", 4 }, { "aprile", 4 }, { "kwietnia", 4 },
	{ "mai", 5 }, { "mayo", 5 }, { "maio", 5 }, { "maggio", 5 },
	{ "mei", 5 }, { "maja", 5 },
	{ "juni", 6 }, { "juin", 6 }, { "junio", 6 }, { "junho", 6 },
	{ "giugno", 6 }, { "czerwca", 6 },
	{ "juli", 7 }, { "juillet", 7 }, { "julio", 7 }, { "julho", 7 },
	{ "luglio", 7 }, { "lipca", 7 },
	{ "août", 8 }, { "agosto", 8 }, { "augustus", 8 }, { "sierpnia", 8 },
	{ "septembre", 9 }, { "septiembre", 9 }, { "setembro", 9 },
	{ "settembre", 9 }, { "września", 9 },
	{ "oktober", 10 }, { "okt", 10 }, { "octobre", 10 },
	{ "octubre", 10 }, { "outubro", 10 }, { "ottobre", 10 },
	{ "października", 10 },
	{ "novembre", 11 }, { "noviembre", 11 }, { "novembro", 11 },
	{ "listopada", 11 },
	{ "dezember", 12 }, { "dez", 12 }, { "décembre", 12 },
	{ "diciembre", 12 }, { "dezembro", 12 }, { "dicembre", 12 },
	{ "grudnia", 12 },
	/* clang-format on */
};

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
}

static int
foreign(const char **s)
{
	for (size_t i = 0; i < sizeof foreign_months / sizeof *foreign_months;
	     i++) {
		size_t n = strlen(foreign_months[i].word);

		if (strncmp(*s, foreign_months[i].word, n) != 0 ||
		    letter((*s)[n]))
			continue;
		*s += n;
		return foreign_months[i].month;
	}
	return 0;
}

int
months_read(const char **s)
{
	static const char *const names[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };
	size_t n = 0;

	while (letter((*s)[n]))
		n++;
	for (size_t i = 0; n >= 3 && i < 12; i++)
		if (strncmp(*s, names[i], n) == 0 &&
		    (n <= 4 || n == strlen(names[i]))) {
			*s += n;
			return (int)i + 1;
		}
	return foreign(s);
}
