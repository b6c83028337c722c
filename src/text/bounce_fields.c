#include "text/bounce_fields.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/bounce.h"
#include "text/bounce_lines.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { VALUE = 4000 };

enum field { ORIGINAL, FINAL, ACTUAL, ACTION, STATUS, DIAGNOSTIC, FIELDS };

static const char *const names[FIELDS] = {
	[ORIGINAL] = "Original-Recipient",
	[FINAL] = "Final-Recipient",
	[ACTUAL] = "X-Actual-Recipient",
	[ACTION] = "Action",
	[STATUS] = "Status",
	[DIAGNOSTIC] = "Diagnostic-Code",
};

/* The value behind "Name:" at s; NULL: it's another line. */
static const char *
value_at(const char *s, const char *name)
{
	size_t n = strlen(name);

	s += strspn(s, " \t");
	if (!text_istarts(s, name))
		return NULL;
	s += n + strspn(s + n, " \t");
	return *s == ':' ? s + 1 : NULL;
}

static const char *
line_end(const char *s)
{
	return s + strcspn(s, "\n");
}

/* "Word-Word:" at the start of the line. */
static bool
is_field(const char *s)
{
	size_t n = strcspn(s, ": \t\n");

	return n != 0 && s[n] == ':' && isalpha((unsigned char)*s);
}

/*
 * With the lines that go on: folded ones, and in a long diagnosis also those
 * that were not indented.
 */
static char *
take_value(struct arena *mem, const char *v, bool loose, const char **next)
{
	struct buf b = BUF_INIT;
	const char *end = line_end(v);
	char *out;

	buf_add(&b, v, (size_t)(end - v));
	while (*end == '\n' && b.len < VALUE) {
		const char *s = end + 1;

		if (*s == '\0' || *s == '\n' || strncmp(s, "--", 2) == 0 ||
		    (*s != ' ' && *s != '\t' && (!loose || is_field(s))))
			break;
		if (value_at(s, names[ACTION]) != NULL ||
		    value_at(s, names[STATUS]) != NULL ||
		    value_at(s, names[FINAL]) != NULL)
			break;
		end = line_end(s);
		buf_char(&b, ' ');
		buf_add(&b, s, (size_t)(end - s));
	}
	*next = *end == '\n' ? end + 1 : end;
	out = text_trim(mem, b.data);
	buf_free(&b);
	return out;
}

/* "rfc822; a@b", "utf-8; a@b", "<a@b>", "@relay:a@b", "a@b (name)". */
static const char *
address_of(struct arena *mem, const char *value)
{
	const char *s = strchr(value, ';');
	char *found;

	s = s == NULL ? value : s + 1;
	s += strspn(s, " \t<");
	if (*s == '@' && strchr(s, ':') != NULL)
		s = strchr(s, ':') + 1;
	found = bounce_lines_address(mem, &s);
	return found == NULL ? "" : found;
}

/* "smtp; 550 ..." without its type. */
static const char *
diagnosis_of(const char *value)
{
	size_t n = strcspn(value, "; ");

	if (value[n] != ';')
		return value;
	value += n + 1;
	return value + strspn(value, " \t");
}

static const char **
place_of(struct bounce_field_group *g, enum field f)
{
	switch (f) {
	case ORIGINAL: return &g->original;
	case FINAL: return &g->final;
	case ACTUAL: return &g->actual;
	case ACTION: return &g->action;
	case STATUS: return &g->status;
	default: return &g->diagnostic;
	}
}

static bool
is_blank(const struct bounce_field_group *g)
{
	return g->original[0] == '\0' && g->final[0] == '\0' &&
	       g->action[0] == '\0' && g->status[0] == '\0' &&
	       g->diagnostic[0] == '\0';
}

static const struct bounce_field_group blank = { "", "", "", "", "", "" };

static void
close_group(struct bounce_fields *out, struct bounce_field_group *g)
{
	if (!is_blank(g) && out->n < BOUNCE_MOST)
		out->at[out->n++] = *g;
	*g = blank;
}

/* A field that is there already begins the next recipient. */
static void
take_field(struct arena *mem, struct bounce_fields *out,
    struct bounce_field_group *g, enum field f, char *value)
{
	const char **at = place_of(g, f);

	if (**at != '\0' && (f == ORIGINAL || f == FINAL || f == ACTION))
		close_group(out, g);
	if (f <= ACTUAL)
		*at = address_of(mem, value);
	else if (f == DIAGNOSTIC)
		*at = diagnosis_of(value);
	else if (**at == '\0')
		*at = value;
}

void
bounce_fields_read(struct arena *mem, const char *text,
    struct bounce_fields *out)
{
	struct bounce_field_group g = blank;
	const char *s = text, *v = NULL;

	out->at = arena_array(mem, BOUNCE_MOST, sizeof *out->at);
	out->n = 0;
	while (*s != '\0') {
		size_t f = 0;

		while (f < FIELDS && (v = value_at(s, names[f])) == NULL)
			f++;
		if (f < FIELDS) {
			char *value = take_value(mem, v, f == DIAGNOSTIC, &s);

			take_field(mem, out, &g, (enum field)f, value);
			continue;
		}
		/* A blank line ends a recipient once all is said of it. */
		if (*s == '\n' && g.action[0] != '\0' &&
		    (g.final[0] != '\0' || g.original[0] != '\0'))
			close_group(out, &g);
		s = line_end(s);
		s += *s == '\n';
	}
	close_group(out, &g);
}

static void
add_recipient(struct bounce_feedback *out, const char *address)
{
	for (size_t i = 0; i < out->n; i++)
		if (text_ieq(out->recipients[i], address))
			return;
	if (address[0] != '\0' && out->n < BOUNCE_MOST)
		out->recipients[out->n++] = address;
}

bool
bounce_feedback_read(struct arena *mem, const char *text,
    struct bounce_feedback *out)
{
	static const char *const who[] = { "Original-Rcpt-To",
		"Removal-Recipient", "Original-Recipient", "Redacted-Address",
		"X-Original-Rcpt-To", "Abuse-Recipient" };
	const char *v, *next;

	*out = (struct bounce_feedback){ .type = "" };
	out->recipients = arena_array(mem, BOUNCE_MOST, sizeof(char *));
	while (*text != '\0') {
		if ((v = value_at(text, "Feedback-Type")) != NULL)
			out->type =
			    text_lower(mem, take_value(mem, v, false, &next));
		for (size_t i = 0; i < COUNT(who); i++)
			if ((v = value_at(text, who[i])) != NULL)
				add_recipient(out,
				    address_of(mem,
					take_value(mem, v, false, &next)));
		text = line_end(text);
		text += *text == '\n';
	}
	return out->type[0] != '\0';
}
