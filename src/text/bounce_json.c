#include "text/bounce_json.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/bounce.h"
#include "text/bounce_lines.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { LONGEST = 64 * 1024 };

/* Wrapped once more, each quote has a backslash: they all go, and so do line
 * ends, which a mail server may have put in. */
static char *
unwrap(struct arena *mem, const char *text)
{
	struct buf b = BUF_INIT;
	char *out;

	for (; *text != '\0' && b.len < LONGEST; text++)
		if (*text != '\\' && *text != '\n' && *text != '\r')
			buf_char(&b, *text);
	out = arena_copy(mem, b.data, b.len);
	buf_free(&b);
	return out;
}

/* Behind "key": in s; NULL: it isn't there. */
static const char *
behind(const char *s, const char *key)
{
	size_t n = strlen(key);

	for (; (s = strstr(s, key)) != NULL; s += n) {
		const char *v = s + n;

		if (*v != '"')
			continue;
		v += 1 + strspn(v + 1, " ");
		if (*v == ':')
			return v + 1 + strspn(v + 1, " ");
	}
	return NULL;
}

static const char *
string_of(struct arena *mem, const char *s, const char *key)
{
	const char *v = behind(s, key);

	if (v == NULL || *v != '"')
		return "";
	v++;
	return arena_copy(mem, v, strcspn(v, "\""));
}

static void
add(struct arena *mem, struct bounce_fields *out, const char *address,
    const char *action, const char *status, const char *diagnostic)
{
	const char *found = bounce_lines_address(mem, &address);

	if (found == NULL || out->n == BOUNCE_MOST)
		return;
	out->at[out->n++] = (struct bounce_field_group){ .original = "",
		.final = found,
		.actual = "",
		.action = action,
		.status = status,
		.diagnostic = diagnostic };
}

/* list: at '['; an object for each recipient, or an address. */
static void
read_list(struct arena *mem, const char *list, const char *action,
    const char *reply, struct bounce_fields *out)
{
	const char *s = list + 1;

	while (*s == '{' || *s == '"' || *s == ',' || *s == ' ') {
		size_t n = *s == '{'   ? strcspn(s, "}")
			   : *s == '"' ? 1 + strcspn(s + 1, "\"")
				       : 0;
		char *one = arena_copy(mem, s, n);

		if (*s == '"')
			add(mem, out, one + 1, action, "", reply);
		if (*s == '{') {
			const char *diagnosis =
			    string_of(mem, one, "diagnosticCode");
			const char *kind = strstr(diagnosis, "; ");

			add(mem, out, string_of(mem, one, "emailAddress"),
			    action, string_of(mem, one, "status"),
			    kind == NULL ? diagnosis : kind + 2);
		}
		s += n + (s[n] != '\0');
	}
}

bool
bounce_json_read(struct arena *mem, const char *text, struct bounce_fields *out)
{
	static const struct {
		const char *kind, *list, *action;
	} kinds[] = {
		{ "Bounce", "bouncedRecipients", "failed" },
		{ "Complaint", "complainedRecipients", "complaint" },
		{ "DeliveryDelay", "delayedRecipients", "delayed" },
		{ "Delivery", "recipients", "delivered" },
	};
	const char *s, *kind;

	out->at = arena_array(mem, BOUNCE_MOST, sizeof *out->at);
	out->n = 0;
	if (strstr(text, "notificationType") == NULL &&
	    strstr(text, "eventType") == NULL)
		return false;
	s = unwrap(mem, text);
	kind = string_of(mem, s, "notificationType");
	if (*kind == '\0')
		kind = string_of(mem, s, "eventType");
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const char *list = behind(s, kinds[i].list);

		if (strcmp(kinds[i].kind, kind) == 0 && list != NULL &&
		    *list == '[')
			read_list(mem, list, kinds[i].action,
			    string_of(mem, s, "smtpResponse"), out);
	}
	return out->n != 0;
}
