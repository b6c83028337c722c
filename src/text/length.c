#include "text/length.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"

enum { YEAR = 366 * DAY };

static const struct {
	const char *word;
	int64_t seconds;
} units[] = {
	/* clang-format off */
	{ "m", MINUTE }, { "min", MINUTE }, { "mins", MINUTE },
	{ "minute", MINUTE }, { "minutes", MINUTE },
	{ "h", HOUR }, { "hr", HOUR }, { "hrs", HOUR },
	{ "hour", HOUR }, { "hours", HOUR },
	{ "d", DAY }, { "day", DAY }, { "days", DAY },
	{ "w", 7 * DAY }, { "week", 7 * DAY }, { "weeks", 7 * DAY },
	{ "minuten", MINUTE }, { "stunde", HOUR }, { "stunden", HOUR },
	{ "std", HOUR }, { "minuto", MINUTE }, { "minutos", MINUTE },
	{ "heure", HOUR }, { "heures", HOUR }, { "hora", HOUR },
	{ "horas", HOUR }, { "minuti", MINUTE }, { "ora", HOUR },
	{ "ore", HOUR }, { "uur", HOUR }, { "minut", MINUTE },
	{ "minuty", MINUTE }, { "godzin", HOUR }, { "godziny", HOUR },
	/* clang-format on */
};

static const struct {
	const char *word;
	int n;
} numbers[] = {
	/* clang-format off */
	{ "a", 1 }, { "an", 1 }, { "one", 1 }, { "two", 2 }, { "three", 3 },
	{ "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 },
	{ "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "twelve", 12 },
	{ "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 },
	{ "forty", 40 }, { "forty-five", 45 }, { "sixty", 60 },
	{ "ninety", 90 }, { "einer", 1 }, { "une", 1 }, { "una", 1 },
	{ "uma", 1 }, { "een", 1 },
	/* clang-format on */
};

static const char *
skip(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

static bool
word(const char **s, const char *w)
{
	if (!text_istarts(*s, w) || isalpha((unsigned char)(*s)[strlen(w)]))
		return false;
	*s = skip(*s + strlen(w));
	return true;
}

/* Seconds of the unit at *s; 0: none. */
static int64_t
unit(const char **s)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (word(s, units[i].word))
			return units[i].seconds;
	return 0;
}

/* "2", "1.5", "two", "an", "half an"; in thousandths. */
static bool
amount(const char **s, int64_t *thousandths)
{
	const char *p = *s;
	int64_t n = 0, part = 100;
	int digits = 0;

	if (word(s, "half")) {
		*thousandths = 500;
		return word(s, "an") || word(s, "a");
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (word(s, numbers[i].word)) {
			*thousandths = 1000 * (int64_t)numbers[i].n;
			return true;
		}
	for (; isdigit((unsigned char)*p); p++) {
		if (++digits > 6)
			return false;
		n = n * 10 + (*p - '0');
	}
	if (digits == 0)
		return false;
	n *= 1000;
	if (*p == '.' && isdigit((unsigned char)p[1]))
		for (p++; isdigit((unsigned char)*p); p++, part /= 10)
			n += part * (*p - '0');
	*thousandths = n;
	*s = skip(p);
	return true;
}

bool
length_read(const char *s, int64_t *seconds)
{
	int64_t total = 0, n, size, before = 0;

	s = skip(s);
	if (*s == '+')
		s = skip(s + 1);
	else if (!word(&s, "in"))
		(void)word(&s, "for");
	do {
		if (!amount(&s, &n))
			return false;
		size = unit(&s);
		if (size == 0 && before == HOUR && n < 60000)
			size = MINUTE; /* 1h30 */
		if (size == 0)
			return false;
		before = size;
		total += n * size / 1000;
		if (total > YEAR)
			return false;
		(void)word(&s, "and");
	} while (*s != '\0' && *s != '.');
	if (total <= 0 || *skip(s + (*s == '.')) != '\0')
		return false;
	*seconds = total;
	return true;
}
