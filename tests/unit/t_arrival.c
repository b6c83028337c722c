/* The notice to who came by an import: what it says, in which words, to whom.
 */
#include "t.h"

#include "copy.h"
#include "flow/arrival.h"
#include "model/keys.h"
#include "sample.h"

static struct job job;

static int
begin(void **state)
{
	(void)state;
	job_begin(&job, "t", SAMPLE_STARTED + 10000);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	job_end(&job);
	return 0;
}

static char *
compose(const struct list *l, const char *lang, const char *open)
{
	struct conf c = sample_conf("templates", "/nowhere");
	const struct variant v = { lang, "", "both" };
	const struct letter of = { .first = 17,
		.mid = arrival_mid(job.mem, &c, l->slug, 17),
		.created = SAMPLE_POSTED };
	struct mail m;

	if (arrival_mail(&job, &c, l, &of, open, &v, &m) != ST_OK)
		fail_msg("%s", job.why);
	return copy_read(&job, &m);
}

static void
open_list(void **state)
{
	struct list l = sample_list;
	char *s;

	(void)state;
	l.prefix = "Example";
	l.description = "Status of our services";
	s = compose(&l, "", "");
	has(s, "From: \"Example Status\" <status@status.example>\n");
	has(s, "To: TO\n");
	has(s, "Reply-To: example-status-request@in.status.example\n");
	has(s, "Date: Wed, 04 Mar 2026 14:24:40 +0000\n");
	has(s, "Message-ID: <arrival.17.example-status@status.example>\n");
	has(s, "Auto-Submitted: auto-generated\n");
	has(s, "Precedence: list\n");
	has(s, "List-Id: Example <example-status.status.example>\n");
	has(s, "List-Unsubscribe: <https://status.example/u/TOKEN>,\n"
	       " <mailto:example-status-unsubscribe+TOKEN@in.status.example>"
	       "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n");
	has(s, "Content-Language: en\n");
	has(s, "Subject: [Example] Your subscription to example-status was "
	       "moved\n");
	has(s, "\n\nYour subscription to example-status\n"
	       "(Status of our services)\nwas moved");
	has(s, "now:\nExample Status <status@status.example>\n");
	has(s, "There is nothing to confirm");
	has(s, "\nNothing is open now.\n");
	has(s, "\nexample-status-unsubscribe+TOKEN@in.status.example\n");
	hasnt(s, "contract");
	hasnt(s, "{{");
	hasnt(s, "()");
	hasnt(s, "text/html");
}

static void
other_kinds(void **state)
{
	struct list l = sample_list;
	char *s;

	(void)state;
	l.kind = LIST_ACCOUNT;
	s = compose(&l, "", "INC-2026-0042 Mail\n  x\n");
	has(s, "part of the contract");
	has(s, "example-status-owner@in.status.example");
	has(s, "\nOpen now:\n\nINC-2026-0042 Mail\n  x\n\n");
	hasnt(s, "confirm");
	hasnt(s, "Nothing is open");
	hasnt(s, "\n()\n"); /* it has no description */
	l.kind = LIST_INTERNAL;
	s = compose(&l, "", "");
	hasnt(s, "contract");
	hasnt(s, "confirm");
}

static void
languages(void **state)
{
	static const struct {
		const char *lang, *says;
	} all[] = { { "de", "Zu best\xc3\xa4tigen gibt es nichts" },
		{ "fr", "Il n'y a rien \xc3\xa0 confirmer" },
		{ "es", "No hay nada que confirmar" },
		{ "pt", "N\xc3\xa3o h\xc3\xa1 nada a confirmar" } };

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char *s = compose(&sample_list, all[i].lang, "");

		has(s, all[i].says);
		has(s, "status@status.example>\n\n");
		has(s, "unsubscribe+TOKEN@in.status.example\n\n-- \n");
		has(s, arena_printf(job.mem, "Content-Language: %s\n",
			   all[i].lang));
		hasnt(s, "Nothing is open");
	}
}

static void
who_gets_it(void **state)
{
	const struct letter of = { .created = 100 };
	static const struct {
		const char *source;
		int64_t consented;
		bool wanted;
	} all[] = { { "members.csv", 100, true }, { "", 0, true },
		{ "web form", 200, true }, { MEMBER_CONFIRMED, 99, true },
		{ MEMBER_CONFIRMED, 100, false },
		{ MEMBER_CONFIRMED, 101, false } };

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const struct member m = { .source = all[i].source,
			.consented = all[i].consented };

		assert_int_equal(arrival_wanted(&of, &m), all[i].wanted);
	}
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = { T(open_list), T(other_kinds),
		T(languages), T(who_gets_it) };

	return cmocka_run_group_tests_name("arrival", tests, NULL, NULL);
}
