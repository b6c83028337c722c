/* The calendar of maintenances: RFC 5545, read again by our own reader too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "flow/calendar.h"
#include "model/ical.h"
#include "sample.h"

enum { FROM = 1773547200 }; /* 2026-03-15 04:00 UTC */

static struct job job;
static struct conf conf;

static int
begin(void **state)
{
	(void)state;
	job_begin(&job, "t", FROM);
	conf = sample_conf("templates", "/nowhere");
	return 0;
}

static int
end(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

static struct planned
planned(void)
{
	return (struct planned){ .event = "MNT-2026-0013",
		.title = "New disks; Cluster B, and \\more",
		.text = "We replace disks.\nMail waits, none is lost.",
		.services = "Email Cluster B",
		.path = "maintenance/2026/0013/",
		.status = PLANNED_CONFIRMED,
		.from = FROM,
		.until = FROM + 2 * HOUR,
		.created = FROM - 7 * DAY,
		.changed = FROM - 6 * DAY,
		.sequence = 1 };
}

static char *
written(const struct planned *list, size_t n)
{
	struct buf b = BUF_INIT;
	char *s;

	calendar_write(&job, &conf, list, n, &b);
	s = arena_copy(job.mem, b.data, b.len);
	buf_free(&b);
	return s;
}

/* Every line ends with CR LF, is short enough, and cuts no character. */
static char *
unfolded(const char *s)
{
	struct buf b = BUF_INIT;
	char *out;

	while (*s != '\0') {
		const char *end = strstr(s, "\r\n");

		assert_non_null(end);
		assert_true(end - s <= 75);
		assert_true(text_is_utf8(s, (size_t)(end - s)));
		assert_null(memchr(s, '\n', (size_t)(end - s)));
		if (*s == ' ')
			buf_add(&b, s + 1, (size_t)(end - s) - 1);
		else {
			if (b.len != 0)
				buf_str(&b, "\n");
			buf_add(&b, s, (size_t)(end - s));
		}
		s = end + 2;
	}
	buf_str(&b, "\n");
	out = arena_str(job.mem, b.data);
	buf_free(&b);
	return out;
}

static void
has(const char *text, const char *line)
{
	const char *at = strstr(text, arena_printf(job.mem, "\n%s\n", line));

	if (at == NULL)
		fail_msg("no line \"%s\" in:\n%s", line, text);
}

static size_t
reads(const char *s, struct ical_event **out)
{
	size_t n = 0;

	if (ical_read(&job, job.mem, "calendar.ics", "UTC", s, strlen(s), out,
		&n) != ST_OK)
		fail_msg("%s", job.why);
	return n;
}

static void
empty_is_valid(void **state)
{
	const char *s = unfolded(written(NULL, 0));
	struct ical_event *list;

	(void)state;
	assert_int_equal(strncmp(s, "BEGIN:VCALENDAR\nVERSION:2.0\n", 28), 0);
	assert_true(text_ends(s, "\nEND:VCALENDAR\n"));
	/* One component at least. */
	has(s, "BEGIN:VTIMEZONE");
	has(s, "TZOFFSETTO:+0000");
	assert_int_equal(reads(s, &list), 0);
}

static void
one_event(void **state)
{
	struct planned p = planned();
	const char *s = unfolded(written(&p, 1));
	struct ical_event *list;

	(void)state;
	has(s, "UID:mnt-2026-0013@status.example");
	has(s, "DTSTAMP:20260309T040000Z");
	has(s, "CREATED:20260308T040000Z");
	has(s, "LAST-MODIFIED:20260309T040000Z");
	has(s, "SEQUENCE:1");
	has(s, "STATUS:CONFIRMED");
	has(s, "DTSTART:20260315T040000Z");
	has(s, "DTEND:20260315T060000Z");
	has(s, "SUMMARY:New disks\\; Cluster B\\, and \\\\more "
	       "[MNT-2026-0013]");
	has(s, "DESCRIPTION:We replace disks.\\nMail waits\\, none is lost.");
	has(s, "URL:https://status.example/maintenance/2026/0013/");
	assert_null(strstr(s, "VTIMEZONE"));
	assert_int_equal(reads(s, &list), 1);
	assert_string_equal(list[0].uid, "mnt-2026-0013@status.example");
	assert_int_equal(list[0].sequence, 1);
	assert_int_equal(ical_at(&list[0].start, 0), FROM);
	assert_int_equal(ical_at(&list[0].end, 0), FROM + 2 * HOUR);
	assert_false(list[0].cancelled);
}

/* What was put off keeps its name; what is cancelled stays to say so. */
static void
what_becomes_of_it(void **state)
{
	struct planned p[2] = { planned(), planned() };
	struct ical_event *list;

	(void)state;
	p[0].status = PLANNED_CANCELLED;
	p[0].sequence = 2;
	p[1].event = "MNT-2026-0014";
	p[1].status = PLANNED_TENTATIVE;
	has(unfolded(written(p, 2)), "STATUS:CANCELLED");
	has(unfolded(written(p, 2)), "STATUS:TENTATIVE");
	assert_int_equal(reads(written(p, 2), &list), 2);
	assert_string_equal(list[0].uid, "mnt-2026-0013@status.example");
	assert_true(list[0].cancelled);
	assert_int_equal(list[0].sequence, 2);
	assert_false(list[1].cancelled);
}

/* Whatever is in a field, there is one line of that name and no other. */
static void
hostile(void **state)
{
	static const char *const all[] = {
		"\r\nEND:VEVENT\r\nBEGIN:VALARM",
		"a\nATTENDEE:mailto:x",
		"\x1b[31m\x01\x7f",
		";X-A=\"b\":c",
		"ééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
		"\xe6\x97\xa5\xe6\x9c\xac\xf0\x9f\x92\xa5",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	struct planned p = planned();
	const char *plain = unfolded(written(&p, 1));
	size_t lines = 0, n;

	(void)state;
	for (const char *s = plain; *s != '\0'; s++)
		lines += *s == '\n';
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *s;
		struct ical_event *list;

		p.title = p.text = p.services = all[i];
		s = unfolded(written(&p, 1));
		n = 0;
		for (const char *at = s; *at != '\0'; at++) {
			n += *at == '\n';
			assert_true(
			    *at == '\n' ||
			    ((unsigned char)*at >= 0x20 && *at != 0x7f));
		}
		assert_int_equal(n, lines);
		assert_int_equal(reads(s, &list), 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(empty_is_valid, begin, end),
		cmocka_unit_test_setup_teardown(one_event, begin, end),
		cmocka_unit_test_setup_teardown(what_becomes_of_it, begin, end),
		cmocka_unit_test_setup_teardown(hostile, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
