#include "text/dsn.h"

#include <string.h>

#include "base/text.h"
#include "text/headers.h"
#include "text/machine.h"

enum { LINE = 200, LINES = 20000 };

/* A line of raw bytes, its end cut; false: there is none left. */
static bool
next_line(const char **s, const char *end, char line[LINE])
{
	const char *nl;
	size_t n;

	if (*s >= end)
		return false;
	nl = memchr(*s, '\n', (size_t)(end - *s));
	n = (size_t)((nl == NULL ? end : nl) - *s);
	if (n >= LINE)
		n = LINE - 1;
	memcpy(line, *s, n);
	line[n] = '\0';
	if (n != 0 && line[n - 1] == '\r')
		line[n - 1] = '\0';
	*s = nl == NULL ? end : nl + 1;
	return true;
}

static const char *
value_of(const char *line, const char *name)
{
	if (!text_istarts(line, name))
		return NULL;
	line += strlen(name);
	return line + strspn(line, " \t");
}

/* Inside of the delivery-status part: one recipient failed. */
static bool
status_failed(const char *s, const char *end)
{
	bool inside = false, action = false, status = false;
	char line[LINE];

	for (int i = 0; i < LINES && next_line(&s, end, line); i++) {
		const char *v = value_of(line, "Content-Type:");

		if (v != NULL && (text_istarts(v, "message/delivery-status") ||
				     text_istarts(v, "message/global-delivery-"
						     "status")))
			inside = true;
		if (!inside)
			continue;
		if (strncmp(line, "--", 2) == 0)
			break;
		if ((v = value_of(line, "Action:")) != NULL) {
			action = true;
			if (text_istarts(v, "failed"))
				return true;
		}
		if ((v = value_of(line, "Status:")) != NULL)
			status = status || v[0] == '5';
	}
	return !action && status;
}

/* No report in form: a bounce comes from nobody and isn't an answer. */
static bool
looks_failed(const struct message *m, bool null_sender)
{
	static const char *const waits[] = { "delay", "warning", "retry",
		"not yet" };
	const char *answer = headers_first(m, "Auto-Submitted");

	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++)
		if (text_ifind(m->subject, waits[i]) != NULL)
			return false;
	if (headers_first(m, "X-Failed-Recipients") != NULL)
		return true;
	return null_sender && !machine_is_away(m) &&
	       (answer == NULL || !text_istarts(answer, "auto-replied"));
}

bool
dsn_failed(const struct message *m, bool null_sender, const char *raw, size_t n)
{
	const char *type = headers_first(m, "Content-Type");

	if (type == NULL || !text_istarts(type, "multipart/report"))
		return looks_failed(m, null_sender);
	/* Its report-type may be a receipt or a complaint. */
	return status_failed(raw, raw + n);
}
