/* Public pages from papers made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "flow/page.h"
#include "sample.h"

static struct job job;
static struct public_update updates[5], more[5];

static int
begin(void **state)
{
	(void)state;
	job_begin(&job, "t", SAMPLE_STARTED + 3 * 3600);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

static void
has(const char *text, const char *what)
{
	if (strstr(text, what) == NULL)
		fail_msg("no \"%s\" in:\n%s", what, text);
}

static char *
front(struct public_event *e, size_t n)
{
	struct page_now now = { .events = e, .n = n };
	struct service *services;
	struct conf c = sample_conf("templates", "/nowhere");
	struct buf b = BUF_INIT;
	char *s;

	for (size_t i = 0; i < n; i++)
		sample_read(&job, &e[i]);
	now.n_services = service_list(job.mem, &c, e, n, &services);
	now.services = services;
	if (page_front(&job, &c, &now, &b) != ST_OK)
		fail_msg("%s", job.why);
	assert_true(b.len < 100 * 1024);
	s = arena_copy(job.mem, b.data, b.len);
	buf_free(&b);
	return s;
}

static char *
incident(struct public_event *e)
{
	struct conf c = sample_conf("templates", "/nowhere");
	struct buf b = BUF_INIT;
	char *s;

	sample_read(&job, e);
	if (page_event(&job, &c, e, &b, NULL) != ST_OK)
		fail_msg("%s", job.why);
	s = arena_copy(job.mem, b.data, b.len);
	buf_free(&b);
	return s;
}

static void
quiet(void **state)
{
	char *s = front(NULL, 0);

	(void)state;
	has(s, "All systems operational");
	has(s, "As of 4 Mar 2026");
	has(s, "<dt>18 Feb – 4 Mar</dt>");
	assert_null(strstr(s, "Open now"));
	assert_null(strstr(s, "Laboratory"));
	assert_null(strstr(s, "<script"));
	assert_null(strstr(s, ".mbox"));
}

static void
one_open(void **state)
{
	struct public_event e = sample_event(updates, 1);
	char *s = front(&e, 1);

	(void)state;
	has(s, "Partial outage – 1 of 5 services affected");
	has(s, "Updated <time datetime=\"2026-03-04T14:24:40Z\">"
	       "4 Mar 2026 14:24 UTC");
	has(s, "Next update by <strong>16:24 UTC</strong>");
	has(s, "href=\"incident/2026/0042/#u1\"");
	has(s, "href=\"component/email-b/\"");
	assert_null(strstr(s, "overdue"));
	e.overdue = true;
	has(front(&e, 1), "Update overdue since 16:24 UTC.");
	has(incident(&e), "Update overdue since");
	/* No component named, or one that isn't ours. */
	e.updates[0].n_components = 0;
	has(front(&e, 1), "1 open incident");
}

static void
past(void **state)
{
	struct public_event e[2] = { sample_event(updates, 5),
		sample_event(more, 1) };
	char *s;

	(void)state;
	e[1].number = 43;
	e[1].started -= 40 * 86400; /* long ago, still open */
	s = front(e, 2);
	has(s, "incident/2026/0043/");
	has(s, "✓</span> Resolved</span> · Partial outage · 2 h 3 min");
	e[1].state = STATE_POSTMORTEM;
	has(front(e, 2), "All systems operational");
}

static void
page(void **state)
{
	struct public_event e = sample_event(updates, 4);
	char *s = incident(&e);

	(void)state;
	has(s, "<li id=\"u1\"");
	has(s, "<article id=\"u2r2\">");
	has(s, "<details id=\"u2r1\">");
	has(s, "Corrected <a href=\"#u2r2\">15:31 UTC</a></strong>: <bdi>Web");
	has(s, "some may still be slow");
	assert_true(strstr(s, "id=\"u3\"") < strstr(s, "id=\"u1\""));
	e = sample_event(updates, 5);
	s = incident(&e);
	assert_true(strstr(s, "id=\"u3\"") > strstr(s, "id=\"u1\""));
	has(s, "<td>2 h 3 min</td>");
	has(s, "Lasting effects");
	assert_string_equal(s, incident(&e));
}

/* However much is open, the front page stays small. */
static void
crowd(void **state)
{
	enum { N = 300 };
	static struct public_event e[N];
	static char big[20000];

	(void)state;
	memset(big, 'x', sizeof big - 1);
	for (int i = 0; i < N; i++) {
		e[i] = sample_event(updates, i < 8 ? 1 : 5);
		e[i].number = i + 1;
	}
	(void)sample_event(updates, 5);
	for (int i = 0; i < 5; i++)
		updates[i].text = big;
	has(front(e, N), "Read update 1");
	has(front(e, N), "There are more");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quiet),
		cmocka_unit_test(one_open),
		cmocka_unit_test(past),
		cmocka_unit_test(page),
		cmocka_unit_test(crowd),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
