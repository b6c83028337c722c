#include "text/roomword.h"

#include <string.h>

#include "base/text.h"
#include "text/args.h"
#include "text/values.h"

enum { ALONE_WORDS = 4 };

static const struct {
	const char *word;
	enum roomword is;
} words[] = {
	{ "open", ROOMWORD_OPEN },
	{ "sitrep", ROOMWORD_SITREP },
	{ "join", ROOMWORD_JOIN },
	{ "chair", ROOMWORD_CHAIR },
	{ "scribe", ROOMWORD_SCRIBE },
	{ "close", ROOMWORD_CLOSE },
};

enum { WORDS = sizeof words / sizeof *words };

enum roomword
roomword_read(struct arena *mem, const char *s, const char **rest)
{
	const char *word = arena_copy(mem, s, strcspn(s, " :,.;!"));

	*rest = s + strlen(word);
	*rest += strspn(*rest, " :,.;!");
	for (size_t i = 0; i < WORDS; i++)
		if (text_ieq(words[i].word, word))
			return words[i].is;
	return ROOMWORD_NONE;
}

bool
roomword_alone(struct arena *mem, const char *line)
{
	const char *rest;
	enum roomword is = roomword_read(mem, line, &rest);

	return (is == ROOMWORD_JOIN || is == ROOMWORD_CHAIR ||
		   is == ROOMWORD_SCRIBE) &&
	       args_words(line) <= ALONE_WORDS;
}

const char *
roomword_near(const char *s)
{
	for (size_t i = 0; i < WORDS; i++)
		if (value_is_near(s, words[i].word))
			return words[i].word;
	return NULL;
}
