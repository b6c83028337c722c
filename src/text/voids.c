#include "text/voids.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

/* Beginnings of words; a space ends those that must be whole. */
static const char *const cues[] = { "alarm", "alert", "already", "belong",
	"bogus", "cancel", "closed", "demo ", "double", "drill", "dup", "error",
	"exercise", "expected", "fals", "gone ", "inc-", "isn", "known",
	"mainten", "merge", "misread", "mistak", "monitor", "never ", "no ",
	"not ", "nothing", "over ", "planned", "probe", "rehears", "same ",
	"scheduled", "sensor", "spam", "test", "tried ", "try ", "twice ",
	"typo", "wasn", "wrong" };

/* Does the word at s begin like that, or is it that, if it must be whole? */
static bool
begins(const char *s, const char *cue)
{
	size_t n = strcspn(cue, " ");
	char stem[16] = "";

	(void)strncat(stem, cue, n);
	return text_istarts(s, stem) &&
	       (cue[n] == '\0' || strcspn(s, " ,.;:!") == n);
}

bool
voids_reason(const char *s)
{
	for (s += strspn(s, " "); *s != '\0'; s += strspn(s, " ")) {
		for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
			if (begins(s, cues[i]))
				return true;
		s += strcspn(s, " ");
	}
	return false;
}
