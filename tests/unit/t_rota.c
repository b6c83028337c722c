/*
 * Who is on call: mistakes with their line, the later of two lines, order of a
 * level, gaps, overlaps; and the same from a calendar, with what repeats.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/when.h"
#include "model/rota.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct here {
	char dir[32], path[56];
	struct person persons[5];
	struct conf conf;
	struct rota rota;
	struct job j;
};

static int
set_up(void **state)
{
	static const struct person persons[] = {
		{ .slug = "a",
		    .name = "Ann A.",
		    .roles = ROLE_COMMS | ROLE_SUPPORT },
		{ .slug = "b", .roles = ROLE_COMMS | ROLE_COMMS_LEAD },
		{ .slug = "n", .roles = ROLE_NOC },
		{ .slug = "c", .roles = ROLE_COMMS },
		{ .slug = "x", .roles = ROLE_EXEC | ROLE_SUPPORT },
	};
	struct here *h = calloc(1, sizeof *h);

	assert_non_null(h);
	strcpy(h->dir, "/tmp/t_rota.XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	(void)snprintf(h->path, sizeof h->path, "%s/rota", h->dir);
	memcpy(h->persons, persons, sizeof persons);
	h->conf = (struct conf){ .rota_path = h->path,
		.timezone = "Europe/Paris",
		.persons = h->persons,
		.n_persons = COUNT(persons) };
	job_begin(&h->j, "t", 0);
	*state = h;
	return 0;
}

static int
tear_down(void **state)
{
	struct here *h = *state;

	job_end(&h->j);
	(void)unlink(h->path);
	(void)rmdir(h->dir);
	free(h);
	return 0;
}

static enum status
load_n(struct here *h, const char *text, size_t n)
{
	FILE *f = fopen(h->path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	job_forget(&h->j);
	return rota_load(&h->j, h->j.mem, &h->conf, &h->rota);
}

static enum status
load(struct here *h, const char *text)
{
	return load_n(h, text, strlen(text));
}

static int64_t
at(const char *s)
{
	int64_t t;

	assert_true(when_read_rfc3339(s, &t));
	return t;
}

static void
mistakes_are_told_with_their_line(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
		const char *says;
	} all[] = {
		/* clang-format off */
		{ "hello\n", 1, "FROM UNTIL ROLE LEVEL PERSON" },
		{ "# c\n\n2026-01-01T00:00Z 2026-01-02T00:00Z comms 1\n", 3,
		  "not 4 words" },
		{ "2026-01-01T00:00Z 2026-01-02T00:00Z comms 1 a b\n", 1,
		  "not 6 words" },
		{ "2026-01-01 2026-01-02 comms 1 a\n", 1, "no time" },
		{ "2026-01-01T00:00 2026-01-02T00:00Z comms 1 a\n", 1,
		  "no time" },
		{ "2026-02-30T00:00Z 2026-03-02T00:00Z comms 1 a\n", 1,
		  "no time" },
		{ "2026-01-02T00:00Z 2026-01-02T00:00Z comms 1 a\n", 1,
		  "before it begins" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z boss 1 a\n", 1,
		  "no such role" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 0 a\n", 1,
		  "1 to 4" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 5 a\n", 1,
		  "1 to 4" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 11 a\n", 1,
		  "1 to 4" },
		{ "2026-01-02T00:00Z 2026-01-03T00:00Z comms 1 nobody\n", 1,
		  "no such person" },
		{ "\n2026-01-02T00:00Z 2026-01-03T00:00Z comms 1 n", 2,
		  "hasn't the role comms" },
		{ "\r\n", 1, "CR LF" },
		/* clang-format on */
	};
	struct here *h = *state;

	for (size_t i = 0; i < COUNT(all); i++) {
		char head[64];

		if (load(h, all[i].text) != ST_PERM)
			fail_msg("taken without complaint: %s", all[i].text);
		(void)snprintf(head, sizeof head, "%s:%u: ", h->path,
		    all[i].line);
		if (strncmp(h->j.why, head, strlen(head)) != 0 ||
		    strstr(h->j.why, all[i].says) == NULL)
			fail_msg("<%s>: %s", all[i].text, h->j.why);
		assert_int_equal(h->rota.n, 0);
	}
	assert_int_equal(load_n(h, "# a\0\n", 5), ST_PERM);
	assert_non_null(strstr(h->j.why, ":1: a NUL"));
}

static void
no_file_is_an_empty_rota(void **state)
{
	struct here *h = *state;

	assert_int_equal(rota_load(&h->j, h->j.mem, &h->conf, &h->rota),
	    ST_NONE);
	assert_int_equal(h->rota.n, 0);
	assert_null(rota_holder(&h->rota, ROLE_COMMS, 1, 0));
	assert_int_equal(rota_gap(&h->rota, 5, 10), 5);
	assert_int_equal(load(h, ""), ST_OK);
	assert_int_equal(load(h, "# nothing"), ST_OK);
	assert_int_equal(h->rota.n, 0);
}

static void
the_later_line_holds(void **state)
{
	struct here *h = *state;

	assert_int_equal(
	    load(h, "2026-03-02T00:00Z 2026-03-09T00:00Z comms 1 a\n"
		    "2026-03-04T12:00-05:00 2026-03-04T18:00-05:00 comms 1 b "
		    "# swapped\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z comms 2 a\n"),
	    ST_OK);
	assert_int_equal(h->rota.n, 3);
	assert_null(
	    rota_holder(&h->rota, ROLE_COMMS, 1, at("2026-03-01T23:59:59Z")));
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-02T00:00Z"))
				->slug,
	    "a");
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-04T17:00Z"))
				->slug,
	    "b");
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-04T22:59:59Z"))
				->slug,
	    "b");
	assert_string_equal(rota_holder(&h->rota, ROLE_COMMS, 1,
				at("2026-03-04T23:00Z"))
				->slug,
	    "a");
	assert_null(
	    rota_holder(&h->rota, ROLE_COMMS, 1, at("2026-03-09T00:00Z")));
	assert_null(
	    rota_holder(&h->rota, ROLE_NOC, 1, at("2026-03-04T17:00Z")));
}

static void
a_level_keeps_the_order_of_its_first_lines(void **state)
{
	struct here *h = *state;
	const struct person *who[4];
	int64_t t = at("2026-03-04T17:00Z");

	assert_int_equal(
	    load(h, "2026-03-02T00:00Z 2026-03-09T00:00Z comms      2 a\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z support    2 x\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z comms-lead 2 b\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z exec       3 x\n"),
	    ST_OK);
	assert_int_equal(rota_level(&h->rota, 2, t, who, 4), 3);
	assert_string_equal(who[0]->slug, "a");
	assert_string_equal(who[1]->slug, "x");
	assert_string_equal(who[2]->slug, "b");
	assert_int_equal(rota_level(&h->rota, 2, t, who, 2), 2);
	assert_int_equal(rota_level(&h->rota, 4, t, who, 4), 0);
	assert_int_equal(rota_level(&h->rota, 2, t, who, 0), 0);

	/* b steps in for a: first still, and named once. */
	assert_int_equal(
	    load(h, "2026-03-02T00:00Z 2026-03-09T00:00Z comms      2 a\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z support    2 x\n"
		    "2026-03-02T00:00Z 2026-03-09T00:00Z comms-lead 2 b\n"
		    "2026-03-04T00:00Z 2026-03-05T00:00Z comms      2 b\n"),
	    ST_OK);
	assert_int_equal(rota_level(&h->rota, 2, t, who, 4), 2);
	assert_string_equal(who[0]->slug, "b");
	assert_string_equal(who[1]->slug, "x");
}

static void
gaps_of_comms_level_one_are_found(void **state)
{
	struct here *h = *state;
	int64_t day = 86400, mon = at("2026-03-02T00:00Z");

	assert_int_equal(load(h,
			     "2026-03-03T00:00Z 2026-03-04T00:00Z comms 1 a\n"
			     "2026-03-02T00:00Z 2026-03-03T00:00Z comms 1 b\n"
			     "2026-03-03T12:00Z 2026-03-05T06:00Z comms 1 b\n"
			     "2026-03-05T00:00Z 2026-03-06T00:00Z comms 2 a\n"
			     "2026-03-05T00:00Z 2026-03-06T00:00Z noc 1 n\n"
			     "2026-03-05T07:00Z 2026-03-06T00:00Z comms 1 a\n"),
	    ST_OK);
	assert_int_equal(rota_gap(&h->rota, mon, mon + 3 * day), -1);
	assert_int_equal(rota_gap(&h->rota, mon, mon + 3 * day + 6 * 3600), -1);
	assert_int_equal(rota_gap(&h->rota, mon, mon + 4 * day),
	    at("2026-03-05T06:00Z"));
	assert_int_equal(rota_gap(&h->rota, mon - 1, mon + day), mon - 1);
	assert_int_equal(rota_gap(&h->rota, mon + 4 * day, mon + 4 * day + 1),
	    mon + 4 * day);
	assert_int_equal(rota_gap(&h->rota, mon, mon), -1);
}

static void
ends_of_a_gap_and_of_a_shift(void **state)
{
	struct here *h = *state;

	assert_int_equal(load(h,
			     "2026-03-02T00:00Z 2026-03-03T00:00Z comms 1 a\n"
			     "2026-03-03T00:00Z 2026-03-04T00:00Z comms 1 a\n"
			     "2026-03-04T06:00Z 2026-03-05T00:00Z comms 1 b\n"),
	    ST_OK);
	assert_int_equal(rota_gap_end(&h->rota, at("2026-03-04T00:00Z")),
	    at("2026-03-04T06:00Z"));
	assert_int_equal(rota_gap_end(&h->rota, at("2026-03-05T00:00Z")), -1);
	assert_int_equal(rota_change(&h->rota, ROLE_COMMS, 1,
			     at("2026-03-02T01:00Z")),
	    at("2026-03-04T00:00Z"));
	assert_int_equal(rota_change(&h->rota, ROLE_COMMS, 2,
			     at("2026-03-02T01:00Z")),
	    0);
}

static void
overlaps_are_found_but_not_handovers(void **state)
{
	struct here *h = *state;
	size_t a = 0, b = 0;
	int64_t mon = at("2026-03-02T00:00Z");

	assert_int_equal(load(h,
			     "2026-03-02T00:00Z 2026-03-03T00:00Z comms 1 a\n"
			     "2026-03-03T00:00Z 2026-03-05T00:00Z comms 1 b\n"
			     "2026-03-02T12:00Z 2026-03-02T18:00Z comms 1 a\n"
			     "2026-03-02T12:00Z 2026-03-02T18:00Z comms 2 b\n"
			     "2026-03-04T12:00Z 2026-03-06T00:00Z comms 1 a\n"),
	    ST_OK);
	assert_true(rota_overlap(&h->rota, mon, mon + 9 * 86400, &a, &b));
	assert_int_equal(h->rota.shifts[a].line, 2);
	assert_int_equal(h->rota.shifts[b].line, 5);
	assert_false(rota_overlap(&h->rota, mon, mon + 9 * 86400, &a, &b));
	a = b = 0;
	assert_false(rota_overlap(&h->rota, mon, mon + 86400, &a, &b));
	a = b = 0;
	assert_false(rota_overlap(&h->rota, at("2026-03-05T00:00Z"),
	    mon + 9 * 86400, &a, &b));
}

static void
swap(struct here *h, const char *giver, const char *taker, const char *from,
    const char *until)
{
	const struct shift over = { .from = at(from),
		.until = at(until),
		.role = ROLE_COMMS,
		.level = 1,
		.person = conf_person(&h->conf, taker) };

	rota_swap(h->j.mem, &h->rota, &over, conf_person(&h->conf, giver));
}

/* Who holds comms level 1 at some hours of 2 March. */
static const char *
holders(struct here *h)
{
	static const char *const hours[] = { "2026-03-02T01:00Z",
		"2026-03-02T07:00Z", "2026-03-02T13:00Z", "2026-03-02T19:00Z" };
	char *out = arena_str(h->j.mem, "");

	for (size_t i = 0; i < COUNT(hours); i++) {
		const struct person *p =
		    rota_holder(&h->rota, ROLE_COMMS, 1, at(hours[i]));

		out = arena_printf(h->j.mem, "%s%s", out,
		    p == NULL ? "-" : p->slug);
	}
	return out;
}

static void
a_swap_moves_what_its_giver_holds(void **state)
{
	static const char file[] =
	    "2026-03-02T00:00Z 2026-03-02T12:00Z comms 1 a\n"
	    "2026-03-02T12:00Z 2026-03-02T18:00Z comms 1 c\n"
	    "2026-03-02T00:00Z 2026-03-02T12:00Z comms 2 a\n";
	struct here *h = *state;
	struct shift *held;

	assert_int_equal(load(h, file), ST_OK);
	assert_string_equal(holders(h), "aac-");
	/* Not the next one's shift, and nothing where nobody was. */
	swap(h, "a", "b", "2026-03-02T06:00Z", "2026-03-03T00:00Z");
	assert_string_equal(holders(h), "abc-");
	assert_int_equal(rota_held(h->j.mem, &h->rota,
			     conf_person(&h->conf, "b"),
			     at("2026-03-02T07:00Z"), &held),
	    1);
	assert_int_equal(held[0].until, at("2026-03-02T12:00Z"));
	/* On to a third; and the first giver thinks better of it. */
	swap(h, "b", "c", "2026-03-02T06:30Z", "2026-03-02T12:00Z");
	assert_string_equal(holders(h), "acc-");
	swap(h, "a", "b", "2026-03-02T00:00Z", "2026-03-02T10:00Z");
	assert_string_equal(holders(h), "bbc-");
	/* Who holds nothing gives nothing. */
	assert_int_equal(load(h, file), ST_OK);
	swap(h, "b", "c", "2026-03-02T00:00Z", "2026-03-03T00:00Z");
	assert_string_equal(holders(h), "aac-");
}

/* ---- calendars ---- */

#define CAL "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define END "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define A1 "SUMMARY:comms 1 a\r\n"

static void
calendar_mistakes_are_told_with_their_line(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
		const char *says;
	} all[] = {
		/* clang-format off */
		{ CAL EVENT(A1), 3, "no DTSTART" },
		{ CAL EVENT(A1 "DTSTART:20260302T080000Z\r\n"), 3, "no DTEND" },
		{ CAL EVENT(A1 "DTSTART:2026-03-02\r\n"), 5, "is no time" },
		{ CAL EVENT(A1 "DTSTART:20260230\r\n"), 5, "is no time" },
		{ CAL EVENT(A1 "DTSTART:19690302\r\n"), 5, "is no time" },
		{ CAL EVENT(A1 "DTSTART;TZID=Eastern Standard Time:"
		  "20260302T080000\r\n"), 5, "America/Toronto" },
		{ CAL EVENT("DTSTART:20260302\r\n"), 3, "not empty" },
		{ CAL EVENT("SUMMARY:holidays\r\nDTSTART:20260302\r\n"), 3,
		  "ROLE LEVEL PERSON" },
		{ CAL EVENT("SUMMARY:comms 1\r\nDTSTART:20260302\r\n"), 3,
		  "ROLE LEVEL PERSON" },
		{ CAL EVENT("SUMMARY:comms 7 a\r\nDTSTART:20260302\r\n"), 3,
		  "1 to 4" },
		{ CAL EVENT("SUMMARY:comms 1 zed\r\nDTSTART:20260302\r\n"),
		  3, "no such person" },
		{ CAL EVENT("SUMMARY:noc 1 a\r\nDTSTART:20260302\r\n"), 3,
		  "hasn't the role noc" },
		{ CAL EVENT("X-SITREP-ROLE:comms\r\nDTSTART:20260302\r\n"),
		  3, "write all three" },
		{ CAL EVENT(A1 "DTSTART:20260302T080000Z\r\n"
		  "DTEND:20260302T080000Z\r\n"), 3, "before it begins" },
		{ CAL EVENT(A1 "DTSTART:20260302\r\nDURATION:8h\r\n"), 6,
		  "no duration" },
		{ CAL EVENT(A1 "DTSTART:20260302\r\nDURATION:PT0S\r\n"), 3,
		  "before it begins" },
		{ CAL EVENT(A1 "DTSTART:20260302\r\nRRULE:FREQ=MONTHLY\r\n"),
		  6, "DAILY or WEEKLY" },
		{ CAL EVENT(A1 "DTSTART:20260302\r\nRRULE:COUNT=2\r\n"), 6,
		  "no FREQ" },
		{ CAL EVENT(A1 "RRULE:FREQ=DAILY;BYHOUR=8\r\n"), 5,
		  "BYHOUR in RRULE" },
		{ CAL EVENT(A1 "RRULE:FREQ=WEEKLY;BYDAY=1MO\r\n"), 5,
		  "BYDAY in RRULE can't be" },
		{ CAL EVENT(A1 "RRULE:FREQ=WEEKLY;WKST=XX\r\n"), 5,
		  "WKST in RRULE can't be" },
		{ CAL EVENT(A1 "RRULE:FREQ=DAILY;INTERVAL=0\r\n"), 5,
		  "INTERVAL in RRULE can't be 0" },
		{ CAL EVENT(A1 "RRULE:FREQ=DAILY;COUNT=99999999\r\n"), 5,
		  "COUNT in RRULE" },
		{ CAL EVENT(A1 "RRULE:FREQ\r\n"), 5, "KEY=VALUE" },
		{ CAL EVENT(A1 "DTSTART:20260302\r\n"
		  "RRULE:FREQ=WEEKLY;BYDAY=TU\r\n"), 3, "none of the days" },
		{ CAL EVENT(A1 "RDATE:20260302\r\n"), 5, "RDATE" },
		{ CAL EVENT(A1 "SEQUENCE:x\r\n"), 5, "SEQUENCE" },
		{ CAL EVENT(A1 "EXDATE:20260302,tomorrow\r\n"), 5,
		  "is no time" },
		{ CAL "BEGIN:VEVENT\r\n" A1, 3, "END:VEVENT" },
		{ CAL "BEGIN:VEVENT\r\nBEGIN:VEVENT\r\n", 4, "line 3" },
		{ CAL "nonsense\r\n", 3, "NAME:VALUE" },
		{ CAL "A;B:c\r\n", 3, "NAME:VALUE" },
		{ CAL "A;B=\"c:d\r\n", 3, "NAME:VALUE" },
		{ CAL "DTSTART;TZID=\r\n", 3, "NAME:VALUE" },
		/* clang-format on */
	};
	struct here *h = *state;

	for (size_t i = 0; i < COUNT(all); i++) {
		char head[64];

		if (load(h, all[i].text) != ST_PERM)
			fail_msg("taken without complaint: %s", all[i].text);
		(void)snprintf(head, sizeof head, "%s:%u: ", h->path,
		    all[i].line);
		if (strncmp(h->j.why, head, strlen(head)) != 0 ||
		    strstr(h->j.why, all[i].says) == NULL)
			fail_msg("<%s>: %s", all[i].text, h->j.why);
		assert_int_equal(h->rota.n, 0);
	}
	assert_int_equal(load_n(h, "BEGIN:VCALENDAR\na\0:\n", 19), ST_PERM);
	assert_non_null(strstr(h->j.why, ":2: a NUL"));
	(void)strcpy(h->path + strlen(h->path), ".ics");
	assert_int_equal(load(h, "2026-01-01T00:00Z\n"), ST_PERM);
	assert_non_null(strstr(h->j.why, ".ics:1: "));
	assert_int_equal(load(h, "NAME:x\n"), ST_PERM);
	assert_non_null(strstr(h->j.why, "BEGIN:VCALENDAR"));
}

/* "a 2026-03-02T08:00:00Z 2026-03-03T08:00:00Z", a line each, at most max */
static char *
shifts(struct here *h, size_t max)
{
	char *out = arena_str(h->j.mem, "");

	for (size_t i = 0; i < h->rota.n && i < max; i++) {
		const struct shift *s = &h->rota.shifts[i];

		out = arena_printf(h->j.mem, "%s%s%d %s %s\n", out,
		    s->person->slug, s->level, when_rfc3339(h->j.mem, s->from),
		    when_rfc3339(h->j.mem, s->until));
	}
	return out;
}

struct calendar {
	const char *text, *gives;
};

static const struct calendar calendars[] = {
	/* clang-format off */
	/* UTC, a zone, the house's zone, days, durations */
	{ CAL EVENT(A1 "DTSTART:20260302T080000Z\r\nDTEND:20260303T080000Z\r\n")
	  END, "a1 2026-03-02T08:00:00Z 2026-03-03T08:00:00Z\n" },
	{ CAL EVENT("SUMMARY:comms L2: Ann A.\r\n"
	  "DTSTART;TZID=America/Toronto:20260302T080000\r\n"
	  "DTEND;TZID=\"America/Toronto\":20260302T200000\r\n") END,
	  "a2 2026-03-02T13:00:00Z 2026-03-03T01:00:00Z\n" },
	{ CAL EVENT("summary:comms level 3, b\r\n"
	  "DTSTART:20260702T080000\r\nDURATION:PT1H30M\r\n") END,
	  "b3 2026-07-02T06:00:00Z 2026-07-02T07:30:00Z\n" },
	{ CAL EVENT(A1 "DTSTART;VALUE=DATE:20260302\r\n") END,
	  "a1 2026-03-01T23:00:00Z 2026-03-02T23:00:00Z\n" },
	{ CAL EVENT(A1 "DTSTART;VALUE=DATE:20260302\r\n"
	  "DTEND;VALUE=DATE:20260309\r\n") END,
	  "a1 2026-03-01T23:00:00Z 2026-03-08T23:00:00Z\n" },
	{ CAL EVENT(A1 "DTSTART:20260328T080000\r\nDURATION:P1D\r\n") END,
	  "a1 2026-03-28T07:00:00Z 2026-03-29T06:00:00Z\n" },
	{ CAL EVENT(A1 "DTSTART:20260328T080000\r\nDURATION:PT24H\r\n") END,
	  "a1 2026-03-28T07:00:00Z 2026-03-29T07:00:00Z\n" },
	{ CAL EVENT("X-SITREP-ROLE:comms\r\nX-SITREP-LEVEL:4\r\n"
	  "X-SITREP-PERSON:b\r\nSUMMARY:Whatever\\, really\r\n"
	  "DTSTART:20260302T080000Z\r\nDURATION:+P1W\r\n") END,
	  "b4 2026-03-02T08:00:00Z 2026-03-09T08:00:00Z\n" },
	/* folded lines, a byte order mark, Unix line ends, other components */
	{ "\xef\xbb\xbf" "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\n"
	  "BEGIN:STANDARD\nDTSTART:16010101T000000\nRRULE:FREQ=YEARLY\n"
	  "END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMM\n ARY:com\n"
	  "\tms 1 a\nDTSTART:20260302T080000Z\nDURATION:PT1H\n"
	  "BEGIN:VALARM\nDURATION:PT9H\nSUMMARY:wake up\nEND:VALARM\n"
	  "END:VEVENT\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR",
	  "a1 2026-03-02T08:00:00Z 2026-03-02T09:00:00Z\n" },
	/* handed over at the same local time, summer or winter */
	{ CAL EVENT(A1 "DTSTART:20260323T090000\r\nDTEND:20260330T090000\r\n"
	  "RRULE:FREQ=WEEKLY;COUNT=2\r\n") END,
	  "a1 2026-03-23T08:00:00Z 2026-03-30T07:00:00Z\n"
	  "a1 2026-03-30T07:00:00Z 2026-04-06T07:00:00Z\n" },
	/* half an hour of summer time; a night that leaps */
	{ CAL EVENT(A1 "DTSTART;TZID=Australia/Lord_Howe:20260404T180000\r\n"
	  "DTEND;TZID=Australia/Lord_Howe:20260405T060000\r\n"
	  "RRULE:FREQ=DAILY;COUNT=2\r\n") END,
	  "a1 2026-04-04T07:00:00Z 2026-04-04T19:30:00Z\n"
	  "a1 2026-04-05T07:30:00Z 2026-04-05T19:30:00Z\n" },
	/* every second week on two days, the week beginning on Sunday */
	{ CAL EVENT(A1 "DTSTART:20260303T080000Z\r\nDURATION:PT1H\r\n"
	  "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,SU\r\n") END,
	  "a1 2026-03-03T08:00:00Z 2026-03-03T09:00:00Z\n"
	  "a1 2026-03-15T08:00:00Z 2026-03-15T09:00:00Z\n"
	  "a1 2026-03-17T08:00:00Z 2026-03-17T09:00:00Z\n"
	  "a1 2026-03-29T08:00:00Z 2026-03-29T09:00:00Z\n" },
	{ CAL EVENT(A1 "DTSTART:20260303T080000Z\r\nDURATION:PT1H\r\n"
	  "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3;WKST=MO;BYDAY=TU,SU\r\n") END,
	  "a1 2026-03-03T08:00:00Z 2026-03-03T09:00:00Z\n"
	  "a1 2026-03-08T08:00:00Z 2026-03-08T09:00:00Z\n"
	  "a1 2026-03-17T08:00:00Z 2026-03-17T09:00:00Z\n" },
	/* on working days, until a day that counts, but not on one */
	{ CAL EVENT(A1 "DTSTART:20260305T080000Z\r\nDURATION:PT1H\r\n"
	  "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260310\r\n"
	  "EXDATE:20260309T080000Z\r\n") END,
	  "a1 2026-03-05T08:00:00Z 2026-03-05T09:00:00Z\n"
	  "a1 2026-03-06T08:00:00Z 2026-03-06T09:00:00Z\n"
	  "a1 2026-03-10T08:00:00Z 2026-03-10T09:00:00Z\n" },
	{ CAL EVENT(A1 "DTSTART:20260305T080000Z\r\nDURATION:PT1H\r\n"
	  "RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260309T080000Z\r\n"
	  "EXDATE;VALUE=DATE:20260305,20260306\r\n") END,
	  "a1 2026-03-07T08:00:00Z 2026-03-07T09:00:00Z\n"
	  "a1 2026-03-09T08:00:00Z 2026-03-09T09:00:00Z\n" },
	/* one of them is another's, one is off, one was sent anew */
	{ CAL EVENT("UID:1\r\n" A1 "DTSTART:20260302T080000Z\r\n"
	  "DURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")
	  EVENT("UID:1\r\nRECURRENCE-ID:20260303T080000Z\r\n"
	  "SUMMARY:comms 1 b\r\nDTSTART:20260303T100000Z\r\n"
	  "DURATION:PT1H\r\n")
	  EVENT("UID:1\r\nRECURRENCE-ID:20260304T080000Z\r\n"
	  "STATUS:CANCELLED\r\nSUMMARY:off\r\nDTSTART:20260304T080000Z\r\n"
	  "DURATION:PT1H\r\n") END,
	  "a1 2026-03-02T08:00:00Z 2026-03-02T09:00:00Z\n"
	  "b1 2026-03-03T10:00:00Z 2026-03-03T11:00:00Z\n" },
	{ CAL EVENT("UID:1\r\nSEQUENCE:2\r\n" A1
	  "DTSTART:20260302T080000Z\r\nDURATION:PT1H\r\n")
	  EVENT("UID:1\r\nSEQUENCE:1\r\n" A1
	  "DTSTART:20260302T090000Z\r\nDURATION:PT1H\r\n")
	  EVENT("UID:2\r\n" A1
	  "DTSTART:20260303T090000Z\r\nDURATION:PT1H\r\n")
	  EVENT("UID:2\r\n" A1
	  "DTSTART:20260304T090000Z\r\nDURATION:PT1H\r\n") END,
	  "a1 2026-03-02T08:00:00Z 2026-03-02T09:00:00Z\n"
	  "a1 2026-03-04T09:00:00Z 2026-03-04T10:00:00Z\n" },
	/* clang-format on */
};

static void
calendars_are_read(void **state)
{
	struct here *h = *state;

	h->j.now = at("2026-03-04T12:00Z");
	for (size_t i = 0; i < COUNT(calendars); i++) {
		if (load(h, calendars[i].text) != ST_OK)
			fail_msg("%s: %s", calendars[i].text, h->j.why);
		assert_string_equal(shifts(h, 9), calendars[i].gives);
	}
}

static void
what_repeats_for_ever_reaches_far_enough(void **state)
{
	struct here *h = *state;
	int64_t now = at("2026-03-04T12:00Z"), year = 366 * 86400;

	h->j.now = now;
	assert_int_equal(load(h,
			     CAL EVENT(A1
				 "DTSTART:19990101T000000\r\nDURATION:P1D\r\n"
				 "RRULE:FREQ=DAILY\r\n") END),
	    ST_OK);
	assert_true(h->rota.n < 2200);
	assert_int_equal(rota_gap(&h->rota, now - 90 * 86400, now + 4 * year),
	    -1);
	assert_true(rota_gap(&h->rota, now, now + 9 * year) > now + 4 * year);
}

static void
there_is_an_end_to_shifts(void **state)
{
	static const char forever[] =
	    EVENT(A1 "DTSTART:20260101T000000\r\nDURATION:P1D\r\n"
		     "RRULE:FREQ=DAILY\r\n");
	struct here *h = *state;
	struct buf b = BUF_INIT;

	h->j.now = at("2026-03-04T12:00Z");
	buf_str(&b, CAL);
	for (int i = 0; i < 40; i++)
		buf_str(&b, forever);
	assert_int_equal(load_n(h, b.data, b.len), ST_PERM);
	assert_non_null(strstr(h->j.why, "more than 50000 shifts"));
	buf_free(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mistakes_are_told_with_their_line),
		TEST(no_file_is_an_empty_rota),
		TEST(the_later_line_holds),
		TEST(a_level_keeps_the_order_of_its_first_lines),
		TEST(gaps_of_comms_level_one_are_found),
		TEST(ends_of_a_gap_and_of_a_shift),
		TEST(overlaps_are_found_but_not_handovers),
		TEST(a_swap_moves_what_its_giver_holds),
		TEST(calendar_mistakes_are_told_with_their_line),
		TEST(calendars_are_read),
		TEST(what_repeats_for_ever_reaches_far_enough),
		TEST(there_is_an_end_to_shifts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
