#include "text/office.h"

#include "base/when.h"

enum { WEEK = 8 };

/* Midnight of the local day of t, some days later, and a time of that day. */
static int64_t
at(const char *zone, int64_t t, int days, int64_t seconds)
{
	struct civil c = when_local(zone, t);

	c.hour = c.minute = c.second = 0;
	c = when_utc(when_of(&c) + (int64_t)days * DAY + seconds);
	return when_of_local(zone, &c);
}

static int
weekday(const char *zone, int64_t t)
{
	return when_local(zone, t).weekday;
}

int64_t
office_next(const struct office *o, const char *zone, int64_t t)
{
	for (int i = 0; i <= WEEK; i++) {
		int64_t opens = at(zone, t, i, o->from);

		if (!(o->days & 1u << weekday(zone, opens)))
			continue;
		if (t < opens)
			return opens;
		if (t < at(zone, t, i, o->until))
			return t;
	}
	return t;
}

int64_t
office_after(const struct office *o, const char *zone, int64_t t,
    int64_t seconds)
{
	for (;;) {
		int64_t from = office_next(o, zone, t);
		int64_t closes = at(zone, from, 0, o->until);

		if (from + seconds < closes || closes <= from)
			return from + seconds;
		seconds -= closes - from;
		t = closes;
	}
}

int64_t
office_days_after(const char *zone, int64_t t, int64_t n)
{
	struct civil c = when_local(zone, t);
	int64_t of_day = c.hour * 3600 + c.minute * 60 + c.second;
	int days = 0;

	while (n > 0) {
		int d = weekday(zone, at(zone, t, ++days, DAY / 2));

		if (d != 0 && d != 6)
			n--;
	}
	return at(zone, t, days, of_day);
}
