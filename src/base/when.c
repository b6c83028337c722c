#include "base/when.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { ZONE_NAME = 64, MONTHS = 12 };

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri",
	"Sat" };

/* Days since 1970-01-01 of the civil date (Howard Hinnant's algorithm). */
static int64_t
days_of(int64_t y, int m, int d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct civil
when_utc(int64_t t)
{
	int64_t day = t / DAY - (t % DAY < 0), s = t - day * DAY;
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	struct civil c = { 0 };

	c.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	c.hour = (int)(s / HOUR);
	c.minute = (int)(s % HOUR / MINUTE);
	c.second = (int)(s % MINUTE);
	c.weekday = (int)(((day + 4) % 7 + 7) % 7);
	return c;
}

int64_t
when_of(const struct civil *c)
{
	return days_of(c->year, c->month, c->day) * DAY +
	       (int64_t)c->hour * HOUR + c->minute * MINUTE + c->second;
}

bool
when_valid(const struct civil *c)
{
	struct civil back;

	if (c->year < 1 || c->year > 9999 || c->month < 1 || c->month > 12 ||
	    c->day < 1 || c->day > 31 || c->hour < 0 || c->hour > 23 ||
	    c->minute < 0 || c->minute > 59 || c->second < 0 || c->second > 60)
		return false;
	back = when_utc(days_of(c->year, c->month, c->day) * DAY);
	return back.day == c->day;
}

bool
when_zone_known(const char *zone)
{
	char path[ZONE_NAME + 32];

	if (zone == NULL || zone[0] == '\0' || strlen(zone) > ZONE_NAME ||
	    zone[0] == '/' || strstr(zone, "..") != NULL)
		return false;
	for (const char *s = zone; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && strchr("/_+-", *s) == NULL)
			return false;
	(void)snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
	return isupper((unsigned char)zone[0]) && access(path, R_OK) == 0;
}

/* The C library knows the zone rules; it reads them through TZ. */
struct civil
when_local(const char *zone, int64_t t)
{
	time_t clock = (time_t)t;
	struct civil c;
	struct tm tm;

	if (!when_zone_known(zone))
		return when_utc(t);
	if (setenv("TZ", zone, 1) != 0)
		return when_utc(t);
	tzset();
	if (localtime_r(&clock, &tm) == NULL)
		return when_utc(t);
	c = when_utc(t + tm.tm_gmtoff);
	c.offset = (int)tm.tm_gmtoff;
	return c;
}

int64_t
when_of_local(const char *zone, const struct civil *c)
{
	int64_t wall = when_of(c);
	int64_t before = wall - when_local(zone, wall - DAY).offset;
	int64_t after = wall - when_local(zone, wall + DAY).offset;

	/* The offset before a change holds in a fold's first hour and, read
	 * past a gap, gives the time after the jump. */
	if (before != after &&
	    when_local(zone, before).offset != wall - before &&
	    when_local(zone, after).offset == wall - after)
		return after;
	return before;
}

char *
when_rfc3339(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year,
	    c.month, c.day, c.hour, c.minute, c.second);
}

char *
when_rfc5322(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%s, %02d %s %04d %02d:%02d:%02d +0000",
	    days[c.weekday], c.day, months[c.month - 1], c.year, c.hour,
	    c.minute, c.second);
}

char *
when_clock(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%02d:%02d", c.hour, c.minute);
}

char *
when_day(struct arena *mem, int64_t t)
{
	struct civil c = when_utc(t);

	return arena_printf(mem, "%d %s %d", c.day, months[c.month - 1],
	    c.year);
}

char *
when_moment(struct arena *mem, int64_t t, int64_t now)
{
	struct civil a = when_utc(t), b = when_utc(now);
	bool today = a.day == b.day && a.month == b.month && a.year == b.year;

	return arena_printf(mem, "%s UTC%s%s", when_clock(mem, t),
	    today ? "" : " on ", today ? "" : when_day(mem, t));
}

char *
when_length(struct arena *mem, int64_t s)
{
	int64_t min = s < 0 ? 0 : s / MINUTE;

	if (min < 60)
		return arena_printf(mem, "%lld min", (long long)min);
	if (min < 2 * DAY / MINUTE)
		return min % 60 == 0
			   ? arena_printf(mem, "%lld h", (long long)(min / 60))
			   : arena_printf(mem, "%lld h %lld min",
				 (long long)(min / 60), (long long)(min % 60));
	min /= 60;
	return min % 24 == 0
		   ? arena_printf(mem, "%lld d", (long long)(min / 24))
		   : arena_printf(mem, "%lld d %lld h", (long long)(min / 24),
			 (long long)(min % 24));
}

int
when_month_of(int64_t t)
{
	struct civil c = when_utc(t);

	return c.year * MONTHS + c.month - 1;
}

int64_t
when_month_begin(int month)
{
	struct civil c = { .year = month / MONTHS,
		.month = month % MONTHS + 1,
		.day = 1 };

	return when_of(&c);
}

char *
when_month_name(struct arena *mem, int month)
{
	return arena_printf(mem, "%04d-%02d", month / MONTHS,
	    month % MONTHS + 1);
}

const char *
when_month(int month)
{
	return month >= 1 && month <= 12 ? months[month - 1] : "";
}

const char *
when_weekday(int weekday)
{
	return weekday >= 0 && weekday <= 6 ? days[weekday] : "";
}

char *
when_city(struct arena *mem, const char *zone)
{
	const char *slash = strrchr(zone, '/');
	char *city = arena_str(mem, slash == NULL ? zone : slash + 1);

	for (char *s = city; *s != '\0'; s++)
		if (*s == '_')
			*s = ' ';
	return city;
}

/* Two digits and what must follow them. */
static bool
two(const char **s, int *out)
{
	if (!isdigit((unsigned char)(*s)[0]) ||
	    !isdigit((unsigned char)(*s)[1]))
		return false;
	*out = ((*s)[0] - '0') * 10 + ((*s)[1] - '0');
	*s += 2;
	return true;
}

static bool
mark(const char **s, const char *any)
{
	if (**s == '\0' || strchr(any, **s) == NULL)
		return false;
	(*s)++;
	return true;
}

/* Z, +hh:mm, -hh:mm. */
static bool
zone_3339(const char **s, int *offset)
{
	int sign = **s == '-' ? -1 : 1, h, m;

	if (mark(s, "Zz")) {
		*offset = 0;
		return true;
	}
	if (!mark(s, "+-") || !two(s, &h) || !mark(s, ":") || !two(s, &m) ||
	    h > 23 || m > 59)
		return false;
	*offset = sign * (h * HOUR + m * MINUTE);
	return true;
}

bool
when_read_rfc3339(const char *s, int64_t *t)
{
	struct civil c = { 0 };
	int century, offset;

	if (!two(&s, &century) || !two(&s, &c.year) || !mark(&s, "-") ||
	    !two(&s, &c.month) || !mark(&s, "-") || !two(&s, &c.day) ||
	    !mark(&s, "Tt ") || !two(&s, &c.hour) || !mark(&s, ":") ||
	    !two(&s, &c.minute))
		return false;
	c.year += century * 100;
	if (mark(&s, ":") && !two(&s, &c.second))
		return false;
	if (mark(&s, "."))
		while (isdigit((unsigned char)*s))
			s++;
	if (!zone_3339(&s, &offset) || *s != '\0' || !when_valid(&c))
		return false;
	*t = when_of(&c) - offset;
	return true;
}

static const char *
skip(const char *s)
{
	int depth = 0;

	for (; *s != '\0'; s++) {
		if (*s == '(')
			depth++;
		else if (*s == ')' && depth > 0)
			depth--;
		else if (depth == 0 && !isspace((unsigned char)*s))
			break;
	}
	return s;
}

static bool
number(const char **s, int *out, int *digits)
{
	const char *p = skip(*s);
	int n = 0;

	for (*digits = 0; isdigit((unsigned char)*p) && *digits < 6;
	     (*digits)++)
		n = n * 10 + (*p++ - '0');
	*s = skip(p);
	*out = n;
	return *digits != 0;
}

/* RFC 5322 section 4.3; military and unknown letters mean "no zone". */
static void
zone_5322(const char *s, int *offset, bool *zoned)
{
	static const struct {
		const char *name;
		int hours;
	} names[] = {
		/* clang-format off */
		{ "GMT", 0 }, { "UTC", 0 }, { "UT", 0 }, { "Z", 0 },
		{ "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 },
		{ "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 },
		/* clang-format on */
	};
	int sign = *s == '-' ? -1 : 1, h, m;

	*offset = 0;
	*zoned = false;
	if (*s == '+' || *s == '-') {
		s++;
		if (two(&s, &h) && two(&s, &m) && h < 24 && m < 60) {
			*offset = sign * (h * HOUR + m * MINUTE);
			*zoned = sign > 0 || *offset != 0;
		}
		return;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_istarts(s, names[i].name) &&
		    !isalpha((unsigned char)s[strlen(names[i].name)])) {
			*offset = names[i].hours * HOUR;
			*zoned = true;
			return;
		}
}

static bool
clock_5322(const char **s, struct civil *c)
{
	int digits;

	if (!number(s, &c->hour, &digits) || !mark(s, ":") ||
	    !number(s, &c->minute, &digits))
		return false;
	if (mark(s, ":") && !number(s, &c->second, &digits))
		return false;
	return true;
}

bool
when_read_rfc5322(const char *s, int64_t *t, int *offset, bool *zoned)
{
	struct civil c = { 0 };
	int digits;

	s = skip(s);
	if (isalpha((unsigned char)*s)) {
		s += strspn(s, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		s = skip(s);
		(void)mark(&s, ",");
	}
	if (!number(&s, &c.day, &digits))
		return false;
	for (int m = 1; m <= 12; m++)
		if (text_istarts(s, months[m - 1]))
			c.month = m;
	s += strcspn(s, " \t\r\n(");
	if (c.month == 0 || !number(&s, &c.year, &digits) || digits > 4)
		return false;
	if (digits < 4)
		c.year += digits == 2 && c.year < 50 ? 2000 : 1900;
	if (!clock_5322(&s, &c) || !when_valid(&c))
		return false;
	zone_5322(s, offset, zoned);
	*t = when_of(&c) - *offset;
	return true;
}

bool
when_read_length(const char *s, int64_t *seconds)
{
	static const char units[] = "smhdw";
	static const int64_t size[] = { 1, MINUTE, HOUR, DAY, 7 * DAY };
	int64_t n = 0;
	const char *u;
	int digits = 0;

	for (; isdigit((unsigned char)*s); s++) {
		if (++digits > 7)
			return false;
		n = n * 10 + (*s - '0');
	}
	if (digits == 0 || *s == '\0' || s[1] != '\0')
		return false;
	u = strchr(units, *s);
	if (u == NULL)
		return false;
	*seconds = n * size[u - units];
	return true;
}

int64_t
when_steady_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
when_steady(void)
{
	return when_steady_us() / 1000;
}
