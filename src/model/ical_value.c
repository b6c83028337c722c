#include "model/ical_value.h"
#include "base/when.h"

#include <ctype.h>
#include <string.h>

enum { EARLIEST = 1970, NUMBER_MAX = 1000000, DAYS_MAX = 3660 };

/* So many digits; -1: something else. */
static int
digits(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (!isdigit((unsigned char)s[i]))
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

int
ical_number(const char **s)
{
	int v = 0;

	if (!isdigit((unsigned char)**s))
		return -1;
	for (; isdigit((unsigned char)**s); (*s)++) {
		v = v * 10 + (**s - '0');
		if (v > NUMBER_MAX)
			return -1;
	}
	return v;
}

bool
ical_positive(const char *s, int *out)
{
	*out = ical_number(&s);
	return *out > 0 && *s == '\0';
}

bool
ical_stamp(const char *s, struct ical_when *out, bool *utc)
{
	size_t n = strlen(s);
	struct civil c = { 0 };

	*utc = n == 16 && s[15] == 'Z';
	if (n != 8 && n != 15 && !*utc)
		return false;
	c.year = digits(s, 4);
	c.month = digits(s + 4, 2);
	c.day = digits(s + 6, 2);
	if (n != 8) {
		if (s[8] != 'T')
			return false;
		c.hour = digits(s + 9, 2);
		c.minute = digits(s + 11, 2);
		c.second = digits(s + 13, 2);
	}
	if (!when_valid(&c) || c.year < EARLIEST)
		return false;
	out->given = true;
	out->date = n == 8;
	out->wall = when_utc(when_of(&c));
	return true;
}

bool
ical_duration(const char *s, int *days, int64_t *seconds)
{
	static const char units[] = "WDHMS";
	static const int worth[] = { 7, 1, 3600, 60, 1 };
	bool time = false;

	*days = 0;
	*seconds = 0;
	s += *s == '+';
	if (*s++ != 'P' || *s == '\0')
		return false;
	while (*s != '\0') {
		const char *unit;
		int v;

		if (*s == 'T' && !time) {
			time = true;
			s++;
		}
		if ((v = ical_number(&s)) < 0 || *s == '\0' ||
		    (unit = strchr(units, *s++)) == NULL ||
		    (unit - units >= 2) != time)
			return false;
		if (time)
			*seconds += (int64_t)v * worth[unit - units];
		else
			*days += v * worth[unit - units];
		if (*days > DAYS_MAX || *seconds > (int64_t)DAYS_MAX * DAY)
			return false;
	}
	return true;
}

int
ical_weekday(const char *s)
{
	static const char days[] = "SUMOTUWETHFRSA";

	for (int i = 0; i < 7 && strlen(s) == 2; i++)
		if (strncmp(s, days + (size_t)2 * i, 2) == 0)
			return i;
	return -1;
}

bool
ical_days(char *s, unsigned *out)
{
	char *one;

	while ((one = strsep(&s, ",")) != NULL) {
		int day = ical_weekday(one);

		if (day < 0)
			return false;
		*out |= 1u << day;
	}
	return true;
}
