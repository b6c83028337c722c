#include "text/polite.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { WORD_MAX = 40, GREETING_WORDS = 5 };

enum token { TOKEN_END, TOKEN_WORD, TOKEN_DOUBT };

static const char *const yes_words[] = { "yes", "y", "ok", "okay", "approve",
	"approved", "go", "1", "+1" };
static const char *const courtesy[] = { "please", "pls", "thanks", "thank",
	"thx", "you", "many", "cheers", "regards", "kind", "best" };
static const char *const objections[] = { "no", "nack", "reject", "wrong",
	"stop", "hold", "wait", "nope", "nah", "incorrect", "nein", "falsch",
	"halt", "warte", "non", "faux", "não", "nee", "fout", "nie", "nej" };
/* Of one who agrees, and doesn't say yes; the others only go with them. */
static const char *const agreeing[] = { "sure", "lgtm", "good", "fine", "great",
	"perfect", "nice", "yep", "yeah", "yup", "aye", "ja", "oui", "si",
	"confirm", "confirmed", "agree", "agreed", "right", "correct", "post",
	"publish", "send", "ship", "release", "oki", "okey", "super", "klar",
	"passt", "perfekt", "einverstanden", "freigegeben", "genehmigt",
	"d'accord", "parfait", "sí", "vale", "claro", "perfecto", "sim", "tak",
	"zgoda", "akkoord", "prima", "certo" };
static const char *const beside[] = { "looks", "look", "all", "it", "this",
	"that", "to", "me", "by", "i", "do", "ahead", "now", "very", "for",
	"is", "from", "sounds", "bitte", "gern", "gerne", "danke", "so", "das",
	"merci", "s'il", "vous", "plaît", "por", "favor", "gracias", "obrigado",
	"obrigada", "graag", "dank", "je", "bedankt", "proszę", "dzięki",
	"grazie" };
/* Never a name, whatever the speaker is called. */
static const char *const doubts[] = { "no", "not", "but", "if", "nack",
	"reject", "wrong", "stop", "hold", "wait", "don't", "dont", "never",
	"except", "after", "when", "until", "later", "change", "without",
	"cancel", "draft", "only", "first", "unless", "maybe" };

static bool
is_one_of(const char *const *table, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (text_ieq(table[i], word))
			return true;
	return false;
}

/* Marks and emoji that ask, refuse or wonder. */
static bool
doubtful(uint32_t c)
{
	static const uint32_t marks[] = { '?', 0xbf, 0x37e, 0x61f, 0x203d,
		0x2047, 0x2048, 0x2049, 0xfe56, 0xff1f, 0x26a0, 0x26d4, 0x270b,
		0x274c, 0x274e, 0x2753, 0x2754, 0x2716, 0x1f44e, 0x1f590,
		0x1f5d9, 0x1f610, 0x1f612, 0x1f613, 0x1f614, 0x1f615, 0x1f616,
		0x1f61e, 0x1f61f, 0x1f620, 0x1f621, 0x1f622, 0x1f629, 0x1f62b,
		0x1f62d, 0x1f630, 0x1f97a, 0x1f494, 0x2639, 0x1f623, 0x1f625,
		0x1f627, 0x1f628, 0x1f62c, 0x1f631, 0x1f641, 0x1f644, 0x1f645,
		0x1f6ab, 0x1f6ad, 0x1f6d1, 0x1f914, 0x1f928, 0x1f92e, 0x1f937,
		0x1f974 };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (marks[i] == c)
			return true;
	return false;
}

/* :( and its like; s is behind the eyes, or the mouth of one turned round. */
static bool
frowns(uint32_t c, const char *s)
{
	if (c == ')')
		return *s == ':';
	if (c != ':' && c != '=')
		return false;
	if (*s == '-' || *s == '\'')
		s++;
	return *s != '\0' && strchr("(/\\|[<{", *s) != NULL;
}

/* White space, punctuation, emoji: says nothing. */
static bool
silent(uint32_t c)
{
	if (c < 0x80)
		return !isalnum((int)c) && c != '?' && c != '+' && c != '@' &&
		       c != '%' && c != '$' && c != '=' && c != '<' && c != '#';
	return c == 0xa0 || c == 0xa1 || c == 0xab || c == 0xad || c == 0xb4 ||
	       c == 0xb7 || c == 0xbb || (c >= 0x2000 && c <= 0x206f) ||
	       (c >= 0x2600 && c <= 0x27bf) || (c >= 0x2b00 && c <= 0x2bff) ||
	       (c >= 0x3000 && c <= 0x3003) || (c >= 0xfe00 && c <= 0xfe0f) ||
	       c == 0xfeff || c == 0xff01 || c == 0xff0c || c == 0xff0e ||
	       (c >= 0x1f000 && c <= 0x1faff);
}

static bool
apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019;
}

/* The next word, in lower case where it is ASCII; "" for one too long. */
static enum token
next(const char **s, char word[WORD_MAX + 1])
{
	const char *p = *s, *start;
	uint32_t c = 0;
	size_t n = 0;
	bool minus = false;

	for (start = p; (c = text_next(&p)) != 0; start = p) {
		if (doubtful(c) || frowns(c, p))
			return TOKEN_DOUBT;
		if (!silent(c))
			break;
		minus = c == '-' || c == 0x2212 || c == '/';
	}
	if (c == 0)
		return TOKEN_END;
	if (minus && isdigit((unsigned char)*start))
		return TOKEN_DOUBT; /* -1 */
	for (p = start; (c = text_next(&p)) != 0; start = p) {
		if (doubtful(c) || (silent(c) && !apostrophe(c)))
			break;
		if (apostrophe(c))
			c = '\'';
		if (n >= WORD_MAX - 4)
			continue;
		if (c < 0x80)
			word[n++] = (char)tolower((int)c);
		else
			for (; start < p; start++)
				word[n++] = *start;
	}
	word[n] = '\0';
	*s = start;
	return TOKEN_WORD;
}

/* One of the words of a name. */
static bool
in_name(const char *name, const char *word)
{
	char part[WORD_MAX + 1];

	while (name != NULL && next(&name, part) == TOKEN_WORD)
		if (strlen(part) > 1 && text_ieq(part, word))
			return true;
	return false;
}

static bool
own_name(const struct speaker *who, const char *word)
{
	if (who == NULL || is_one_of(doubts, COUNT(doubts), word))
		return false;
	return in_name(who->name, word) || in_name(who->from_name, word) ||
	       (who->slug != NULL && text_ieq(who->slug, word));
}

static bool
only(const struct speaker *who, const char *s, size_t *yes)
{
	char word[WORD_MAX + 1];
	bool number = false;
	enum token t;

	*yes = 0;
	while ((t = next(&s, word)) == TOKEN_WORD) {
		if (is_one_of(yes_words, COUNT(yes_words), word)) {
			(*yes)++;
			number |= strchr(word, '1') != NULL;
		} else if (!is_one_of(courtesy, COUNT(courtesy), word) &&
			   !own_name(who, word))
			return false;
	}
	/* "1" is an answer; "ok 1" may be a choice. */
	return t == TOKEN_END && (!number || *yes == 1);
}

bool
polite_only(const struct speaker *who, const char *s)
{
	size_t yes;

	return only(who, s, &yes) && yes == 0;
}

bool
polite_yes(const struct speaker *who, const char *s)
{
	size_t yes;

	return only(who, s, &yes) && yes != 0;
}

bool
polite_agrees(const struct speaker *who, const char *s)
{
	char word[WORD_MAX + 1];
	size_t agrees = 0;
	enum token t;

	while ((t = next(&s, word)) == TOKEN_WORD)
		if (is_one_of(agreeing, COUNT(agreeing), word) ||
		    is_one_of(yes_words, COUNT(yes_words), word))
			agrees++;
		else if (!is_one_of(beside, COUNT(beside), word) &&
			 !is_one_of(courtesy, COUNT(courtesy), word) &&
			 !own_name(who, word))
			return false;
	return t == TOKEN_END && agrees != 0;
}

/* A number opens many lines that are no answer: it must stand alone. */
bool
polite_begins_yes(const char *s)
{
	char word[WORD_MAX + 1];

	if (next(&s, word) != TOKEN_WORD ||
	    !is_one_of(yes_words, COUNT(yes_words), word))
		return false;
	return !isdigit((unsigned char)word[strlen(word) - 1]) ||
	       s[strspn(s, " .!")] == '\0' || s[strspn(s, " .!")] == '\n';
}

bool
polite_objects(const char *s)
{
	char word[WORD_MAX + 1];

	return next(&s, word) == TOKEN_WORD &&
	       is_one_of(objections, COUNT(objections), word);
}

static size_t
words_of(const char *s)
{
	char word[WORD_MAX + 1];
	size_t n = 0;

	while (next(&s, word) == TOKEN_WORD)
		n++;
	return n;
}

bool
polite_greets(const char *line)
{
	static const char *const greetings[] = { "hi", "hello", "hey", "dear",
		"hallo", "bonjour", "bonsoir", "hola", "moin", "servus",
		"salut", "ciao", "hoi", "hej", "olá", "oi", "cześć", "czesc",
		"witam", "liebe", "liebes", "lieber", "beste", "cher", "chers",
		"caro", "cari", "buongiorno", "goedemorgen", "goedemiddag",
		"goedenavond", "good", "guten", "buenos", "buenas", "bom",
		"boa", "dzień", "dzien", "greetings" };
	/* Those that greet only with the part of the day behind them. */
	static const char *const halves[] = { "good", "guten", "buenos", "bom",
		"boa", "dzień", "dzien" };
	static const char *const parts[] = { "morning", "afternoon", "evening",
		"day", "tag", "morgen", "abend", "días", "dias", "tardes",
		"noches", "dia", "tarde", "noite", "dobry" };
	static const char *const crowd[] = { "team", "all", "everyone", "folks",
		"colleagues", "guys", "noc", "marketing", "zusammen", "leute",
		"kollegen", "allemaal", "todos", "tous", "wszystkim" };
	const char *s = line;
	char word[WORD_MAX + 1], second[WORD_MAX + 1];
	size_t n = words_of(line);
	bool closed;

	if (strpbrk(line, ":=?") != NULL || next(&s, word) != TOKEN_WORD)
		return false;
	closed = strchr(",!", line[strlen(line) - 1]) != NULL;
	if (is_one_of(crowd, COUNT(crowd), word))
		return n == 1 && closed;
	if (!is_one_of(greetings, COUNT(greetings), word))
		return false;
	if (next(&s, second) != TOKEN_WORD)
		return true;
	if (is_one_of(halves, COUNT(halves), word) &&
	    !is_one_of(parts, COUNT(parts), second))
		return false;
	return closed ? n <= GREETING_WORDS
		      : n == 2 && (is_one_of(crowd, COUNT(crowd), second) ||
				      is_one_of(parts, COUNT(parts), second));
}

bool
polite_stops(const char *line)
{
	static const char *const stops[] = { "thanks", "quit", "thank you",
		"many thanks", "--" };
	size_t n = strlen(line);

	while (n != 0 && strchr(" .,!", line[n - 1]) != NULL)
		n--;
	for (size_t i = 0; i < COUNT(stops); i++)
		if (strlen(stops[i]) == n && text_istarts(line, stops[i]))
			return true;
	return false;
}
