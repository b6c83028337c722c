#include "text/grave.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

static const char *const phrases[] = { "data loss", "loss of data", "lost data",
	"data lost", "data is lost", "data was lost", "security key",
	"private key", "signing key" };
static const char *const denials[] = { "no ", "without ", "not a ", "any " };
static const char *const nothing[] = { "none", "no", "nothing", "-", "n/a" };

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Does one of the denials end where the phrase begins? */
static bool
denied(const char *text, const char *at)
{
	for (size_t i = 0; i < COUNT(denials); i++) {
		size_t n = strlen(denials[i]);

		if ((size_t)(at - text) >= n &&
		    text_istarts(at - n, denials[i]))
			return true;
	}
	return false;
}

bool
grave_says(const char *text)
{
	for (size_t i = 0; i < COUNT(phrases); i++)
		for (const char *at = text;
		     (at = text_ifind(at, phrases[i])) != NULL; at++)
			if (!denied(text, at) &&
			    !isalnum((unsigned char)at[strlen(phrases[i])]))
				return true;
	return false;
}

bool
grave_lasts(const char *effects)
{
	for (size_t i = 0; i < COUNT(nothing); i++)
		if (text_key_eq(effects, nothing[i]))
			return false;
	return !text_blank(effects) && !text_istarts(effects, "no ") &&
	       !text_istarts(effects, "none");
}
