/* Why something is no address that a list can have as a member. */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "text/roster.h"

enum { LOCAL_MOST = 64, LABEL_MOST = 63 }; /* RFC 5321, 1035 */

static const char *
domain_fault(const char *domain)
{
	static const char usual[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";

	for (const char *s = domain; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return "its domain isn't ASCII: write it as xn--";
	if (domain[strspn(domain, usual)] != '\0')
		return "its domain has more than letters, digits, - and .";
	if (strchr(domain, '.') == NULL)
		return "its domain has no dot";
	for (const char *s = domain; *s != '\0';) {
		size_t n = strcspn(s, ".");

		if (n == 0 || n > LABEL_MOST || s[0] == '-' || s[n - 1] == '-')
			return "its domain can't exist";
		s += n;
		if (*s == '.' && *++s == '\0')
			return "its domain ends in a dot";
	}
	return NULL;
}

static const char *
shape_fault(const char *s, const char *at)
{
	if (at == NULL)
		return "there is no @ in it";
	if (at == s)
		return "there is nothing before its @";
	if (at[1] == '\0')
		return "there is nothing after its @";
	if (s[0] == '"' || at[-1] == '"')
		return "a quoted local part isn't taken";
	if (at[1] == '[')
		return "a number in place of a domain isn't taken";
	if (memchr(s, '@', (size_t)(at - s)) != NULL)
		return "there is more than one @ in it";
	if (s[0] == '|')
		return "a command isn't an address";
	if (s[0] == '/' || strncmp(s, "..", 2) == 0 || s[0] == '\\')
		return "a path isn't an address";
	if (strpbrk(s, " \t") != NULL)
		return "there is a blank in it";
	if (strpbrk(s, ",;") != NULL)
		return "one address a line is wanted";
	return NULL;
}

const char *
roster_address(const char *s)
{
	const char *at = strrchr(s, '@'), *why;
	size_t n = strlen(s);

	if (n == 0)
		return "there is no address";
	if (!text_is_utf8(s, n))
		return "it isn't UTF-8";
	if (!text_is_line(s) && strchr(s, '\t') == NULL)
		return "there is a control character in it";
	if (n > LIMIT_ADDRESS)
		return "it is longer than 254 octets";
	if ((why = shape_fault(s, at)) != NULL)
		return why;
	if (at - s > LOCAL_MOST)
		return "more than 64 octets stand before its @";
	if ((why = domain_fault(at + 1)) != NULL)
		return why;
	return text_is_address(s) ? NULL : "it isn't an address";
}
