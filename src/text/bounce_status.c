#include "text/bounce_status.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static size_t
digits(const char *s, size_t most)
{
	size_t n = 0;

	while (n <= most && isdigit((unsigned char)s[n]))
		n++;
	return n > most ? 0 : n;
}

/* The length of a status code at s, 0 if there is none; no IP address is. */
static size_t
code_at(const char *s)
{
	size_t a, b, end;

	if (strchr("245", *s) == NULL || *s == '\0' || s[1] != '.')
		return 0;
	if ((a = digits(s + 2, 3)) == 0 || s[2 + a] != '.')
		return 0;
	if ((b = digits(s + 3 + a, 3)) == 0)
		return 0;
	end = 3 + a + b;
	if (s[end] == '.' && isdigit((unsigned char)s[end + 1]))
		return 0;
	return isalnum((unsigned char)s[end]) || s[end] == '_' ? 0 : end;
}

static bool
starts_word(const char *text, const char *s)
{
	return s == text ||
	       (!isalnum((unsigned char)s[-1]) && s[-1] != '.' && s[-1] != '_');
}

/* "550 ", "550-", "550 #", "550-'" stand in front of s. */
static bool
after_reply(const char *text, const char *s)
{
	while (s > text && strchr(" -#'\"(", s[-1]) != NULL)
		s--;
	return s - text >= 3 && isdigit((unsigned char)s[-1]) &&
	       isdigit((unsigned char)s[-2]) && strchr("245", s[-3]) != NULL &&
	       starts_word(text, s - 3);
}

bool
bounce_status_tells(const char *status)
{
	return strlen(status) > 2 && strcmp(status + 1, ".0.0") != 0;
}

const char *
bounce_status_find(struct arena *mem, const char *text)
{
	const char *best = "";
	int worth = 0;

	for (const char *s = text; *s != '\0'; s++) {
		size_t n = starts_word(text, s) ? code_at(s) : 0;
		const char *code;
		int w = 1;

		if (n == 0 || (*s == '2' && !after_reply(text, s)))
			continue;
		code = arena_copy(mem, s, n);
		w += after_reply(text, s) ? 1 : 0;
		w += bounce_status_tells(code) ? 2 : 0;
		if (w > worth) {
			best = code;
			worth = w;
		}
		s += n - 1;
	}
	return best;
}

bool
bounce_status_replied(const char *text)
{
	for (const char *s = text; *s != '\0'; s++) {
		if ((*s != '4' && *s != '5') || !starts_word(text, s))
			continue;
		if (digits(s, 3) == 3 && strchr(" -:#\n", s[3]) != NULL)
			return true;
	}
	return false;
}

/* Subject and detail; a detail of -1 stands for the others. */
static const struct meaning {
	int subject, detail;
	enum bounce_reason reason;
} meanings[] = {
	/* clang-format off */
	{ 1, 0, REASON_NO_USER },
	{ 1, 1, REASON_NO_USER },
	{ 1, 2, REASON_NO_HOST },
	{ 1, 3, REASON_NO_USER },
	{ 1, 4, REASON_NO_USER },
	{ 1, 5, REASON_UNSAID },
	{ 1, 6, REASON_MOVED },
	{ 1, 7, REASON_POLICY },
	{ 1, 8, REASON_POLICY },
	{ 1, 10, REASON_NO_USER },
	{ 1, 351, REASON_NO_USER },
	{ 2, 1, REASON_DISABLED },
	{ 2, 2, REASON_FULL },
	{ 2, 3, REASON_SIZE },
	{ 2, -1, REASON_POLICY },
	{ 3, 1, REASON_FULL },
	{ 3, 4, REASON_SIZE },
	{ 3, -1, REASON_SYSTEM },
	{ 4, 4, REASON_NO_HOST },
	{ 4, 7, REASON_EXPIRED },
	{ 4, -1, REASON_NETWORK },
	{ 5, 3, REASON_RATE },
	{ 5, -1, REASON_SYSTEM },
	{ 6, -1, REASON_CONTENT },
	{ 7, -1, REASON_POLICY },
	/* clang-format on */
};

enum bounce_reason
bounce_status_reason(const char *status)
{
	int subject, detail;
	char *end;

	if (status[0] == '\0' || status[1] != '.')
		return REASON_UNSAID;
	subject = (int)strtol(status + 2, &end, 10);
	if (*end != '.')
		return REASON_UNSAID;
	detail = (int)strtol(end + 1, NULL, 10);
	/* "No route" is final only where the class is. */
	if (subject == 4 && detail == 4 && status[0] == '4')
		return REASON_NETWORK;
	for (size_t i = 0; i < COUNT(meanings); i++)
		if (meanings[i].subject == subject &&
		    (meanings[i].detail == detail || meanings[i].detail < 0))
			return meanings[i].reason;
	return REASON_UNSAID;
}
