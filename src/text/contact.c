#include "text/contact.h"

#include <ctype.h>
#include <string.h>

#include "text/phrases.h"

enum { LONG = 120, WITH_ADDRESS = 60 };

static bool
letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool
is_phone(const char *s)
{
	size_t number = 0, dots = 0, letters = 0, other = 0;

	for (; *s != '\0'; s++) {
		if (isdigit((unsigned char)*s))
			number++;
		else if (letter(*s))
			letters++;
		else if (*s == '.')
			dots++;
		else if (strchr(" +-()/|:,", *s) == NULL)
			other++;
	}
	/* Four groups with dots are an IP address. */
	return number >= 7 && letters <= 14 && other == 0 && dots != 3;
}

bool
contact_data(const char *fold)
{
	if (strlen(fold) > LONG)
		return false;
	if (strstr(fold, "www.") != NULL || strstr(fold, "http") != NULL ||
	    strstr(fold, "skype") != NULL || strstr(fold, "linkedin") != NULL)
		return true;
	if (strchr(fold, '@') != NULL)
		return strchr(fold, ' ') == NULL ||
		       strlen(fold) <= WITH_ADDRESS;
	return is_phone(fold);
}

/* The length of "[...]" or "<...>" at s, 0: neither, or it has no end. */
static size_t
bracketed(const char *s)
{
	const char *end = *s == '['   ? strchr(s, ']')
			  : *s == '<' ? strchr(s, '>')
				      : NULL;

	return end == NULL ? 0 : (size_t)(end - s) + 1;
}

/* "[cid:image001.png]", "[Logo]<https://...> [LinkedIn]<https://...>" */
bool
contact_picture(const char *fold)
{
	const char *s = fold;
	size_t n;

	if (*s != '[' && *s != '<')
		return false;
	if (strstr(s, "]<http") == NULL && !phrase_picture(s))
		return false;
	while ((n = bracketed(s)) != 0) {
		s += n;
		s += strspn(s, " |");
	}
	return *s == '\0';
}

bool
contact_idle(const char *fold)
{
	return contact_data(fold) || contact_picture(fold) ||
	       phrase_imprint(fold) || phrase_networks(fold);
}
