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
	/* clang-format on */
};

static const char *
skip(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

static size_t
letters(const char *s)
{
	size_t n = 0;

	while (isalpha((unsigned char)s[n]))
		n++;
	return n;
}

static bool
word(const char **s, const char *w)
{
	if (!text_istarts(*s, w) || letters(*s) != strlen(w))
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

/* "2", "1.5", "an", "half an"; in thousandths. */
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
	*thousandths = 1000;
	if (word(s, "an") || word(s, "a") || word(s, "one"))
		return true;
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
	int64_t total = 0, n, size;

	s = skip(s);
	if (*s == '+')
		s = skip(s + 1);
	else if (!word(&s, "in"))
		(void)word(&s, "for");
	do {
		if (!amount(&s, &n) || (size = unit(&s)) == 0)
			return false;
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
