/* What comes to the sender of a page: failures, and all that is none. */
#include "t.h"

#include <string.h>

#include "text/dsn.h"

#define REPORT(action) \
	"Content-Type: multipart/report; report-type=delivery-status;\r\n" \
	" boundary=b\r\n\r\n--b\r\n" \
	"Content-Type: text/plain\r\n\r\nAction: failed, says the text\r\n" \
	"--b\r\nContent-Type: message/delivery-status\r\n\r\n" \
	"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b\r\n" action \
	"--b\r\nContent-Type: message/rfc822\r\n\r\n" \
	"Action: failed\r\n--b--\r\n"

static const struct {
	const char *what;
	struct header headers[2];
	const char *subject;
	bool null_sender;
	const char *raw;
	bool failed;
} cases[] = {
	/* clang-format off */
	{ "a report of failure",
	  { { "Content-Type", "multipart/report; report-type=delivery-status" },
	    { "Auto-Submitted", "auto-replied" } },
	  "Undelivered", true, REPORT("Action: failed\r\nStatus: 5.1.1\r\n"),
	  true },
	{ "not from nobody, and LF, and capitals",
	  { { "content-type", "Multipart/Report" } }, "x", false,
	  "\n--b\nContent-Type: message/delivery-status\n\nACTION:FAILED\n",
	  true },
	{ "a delay", { { "Content-Type", "multipart/report" } }, "x", true,
	  REPORT("Action: delayed\r\nStatus: 4.4.1\r\n"), false },
	{ "delivered", { { "Content-Type", "multipart/report" } }, "x", true,
	  REPORT("Action: delivered\r\nStatus: 2.0.0\r\n"), false },
	{ "one of two failed", { { "Content-Type", "multipart/report" } }, "x",
	  true, REPORT("Action: delayed\r\n\r\nAction: failed\r\n"), true },
	{ "no action, but a status", { { "Content-Type", "multipart/report" } },
	  "x", true, REPORT("Status: 5.0.0\r\n"), true },
	{ "no status part: a complaint, a receipt",
	  { { "Content-Type", "multipart/report" } }, "x", true,
	  "\r\n--b\r\nContent-Type: text/plain\r\n\r\nAction: failed\r\n",
	  false },
	{ "free form, from nobody", { { "X-Mailer", "q" } }, "failure notice",
	  true, "\r\nSorry.\r\n", true },
	{ "free form, from somebody", { { "X-Mailer", "q" } }, "failure notice",
	  false, "\r\nSorry.\r\n", false },
	{ "names the failed", { { "X-Failed-Recipients", "a@b" },
	    { "Auto-Submitted", "auto-replied" } }, "Mail delivery failed",
	  true, "\r\n", true },
	{ "free form of a delay", { { "X-Failed-Recipients", "a@b" } },
	  "Warning: message delayed 24 hours", true, "\r\n", false },
	{ "a vacation", { { "Auto-Submitted", "auto-replied" } }, "Re: x", true,
	  "\r\nAway.\r\n", false },
	{ "a vacation that doesn't say so", { { "X-Mailer", "q" } },
	  "Out of office: back on Monday", true, "\r\nAway.\r\n", false },
	{ "a person", { { "X-Mailer", "q" } }, "ack", false, "\r\nack\r\n",
	  false },
	/* clang-format on */
};

static void
all_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct header h[2];
		struct message m = { .headers = h,
			.subject = cases[i].subject };

		memcpy(h, cases[i].headers, sizeof h);
		m.n_headers = h[1].name == NULL ? 1 : 2;
		if (dsn_failed(&m, cases[i].null_sender, cases[i].raw,
			strlen(cases[i].raw)) != cases[i].failed)
			fail_msg("%s", cases[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(all_cases) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
